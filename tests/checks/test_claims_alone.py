"""Does a sentence that contradicts itself stand out, and no other?"""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from tests.checks.claim_papers import read_paper

from bluelamp.checks.claims_alone import check_sentences
from bluelamp.checks.model import Result, Verdict

pytestmark = pytest.mark.no_database


def check(sentence: str) -> list[Result]:
    return list(check_sentences([read_paper(f"# Notes of the Saltmarsh board\n\n{sentence}\n")]))


@pytest.mark.parametrize(
    "sentence",
    [
        "Complaints rose from 41 to 38.",
        "Satisfaction fell from 41% to 45%.",
        "Complaints rose by 12% from 100 to 108.",
        "Grievances fell from 200 to 150, a 25% increase.",
        "Grievances fell from 200 to 150, a 35% reduction.",
        "Grievances fell by 60 from 200 to 150.",
        "Hydrant inspections saw a 140% reduction.",
        "Call-outs decreased by 120 per cent.",
        "Attendance at drills doubled from 120 to 160.",
        "Confidence fell from 58% to 55%, a drop of 6 percentage points.",
        "The backlog was down from 1,250 cases to 1,410.",
        "Losses rose from 1,000 to 1,100 (35%).",
        "Bookings grew from 640 to 520 over the winter.",
        "Absence halved from 8.0% to 6.1%.",
    ],
)
def test_what_cannot_be(sentence: str) -> None:
    results = check(sentence)
    assert Verdict.CONTRADICTION in {r.verdict for r in results}
    assert all(sentence in r.printed[0].text for r in results)


@pytest.mark.parametrize(
    "sentence",
    [
        "Grievances fell from 200 to 150, a 25% reduction.",
        "Grievances fell from 200 to 150 (-25%).",
        "Complaints rose by 8% from 100 to 108.",
        "Complaints rose by 10% from 1,000 to 1,100.",
        "Complaints rose by 9% from 1,048 to 1,146.",
        "Confidence fell from 58% to 55%, a drop of 3 percentage points.",
        "Confidence fell from 58% to 55%, a drop of 5%.",
        "Attendance at drills doubled from 120 to 250.",
        "The age limit for cadets was raised from 16 to 18.",
        "Offences against those aged from 16 to 12 years old fell.",
        "The unit moved from 24 to 7 day working and complaints rose.",
        "Station 4 reduced its turnout time from 95 seconds to 1.5 minutes.",
        "The underspend saw a reduction of 140%.",
        "Volunteers rose by 140%.",
        "We aim to reduce waits from 20 to 15 minutes.",
        "The rank fell from 3 in 10 to 1 in 2 of the places.",
        "Repeat calls reduced from over 300 to around 290.",
        "The bus service was cut from 10am to 4pm.",
        "Between 200 and 100 people came.",
        "Patrols were moved from 12 to 9 of the beats while numbers rose.",
        "The number not seen rose from 9 to 12.",
    ],
)
def test_what_may_well_be(sentence: str) -> None:
    assert not [r for r in check(sentence) if r.verdict in (Verdict.CONTRADICTION, Verdict.SUSPECT)]


def test_the_arithmetic_is_said() -> None:
    wrong = [r for r in check("Complaints rose by 12% from 100 to 108.") if r.verdict is Verdict.CONTRADICTION]
    assert ["+8.0%" in r.message and "12%" in r.message for r in wrong] == [True]


@settings(max_examples=120, deadline=None)
@given(st.integers(1, 9_999), st.integers(1, 9_999), st.integers(0, 2))
def test_two_figures_and_their_own_change_agree(a: int, b: int, places: int) -> None:
    assume(a != b)
    percent = round(abs(Decimal(b - a)) * 100 / a, places)
    way, noun = ("rose", "increase") if b > a else ("fell", "fall")
    for sentence in (
        f"Visits {way} from {a:,} to {b:,}, a {percent}% {noun}.",
        f"Visits {way} by {percent}% from {a} to {b}.",
    ):
        assert not [r for r in check(sentence) if r.verdict is Verdict.CONTRADICTION]


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 9_999), st.integers(1, 9_999))
def test_the_wrong_way_is_always_found(a: int, b: int) -> None:
    assume(a != b and not (1900 <= a <= 2099 or 1900 <= b <= 2099))
    way = "fell" if b > a else "rose"
    assert Verdict.CONTRADICTION in {r.verdict for r in check(f"Visits {way} from {a:,} to {b:,}.")}


@pytest.mark.parametrize("piece", ["from 1 to 2 ", "fell from ", "a 1% fall, ", "(1%) ", "1 "])
def test_a_megabyte_does_not_hang(piece: str) -> None:
    assert check(piece * (1_000_000 // len(piece))) is not None


@pytest.mark.parametrize(
    ("said", "verdict", "words"),
    [
        ("Burglary fell by 8% from 2,500 to 2,300.", Verdict.CONSISTENT, "as printed"),
        ("Burglary fell by 12% from 2,500 to 2,300.", Verdict.SUSPECT, "only if these figures are rounded"),
        (
            "Burglary fell by around 12% from 2,500 to 2,300.",
            Verdict.CONSISTENT,
            "only if these figures are rounded",
        ),
        ("Crime rose by 3% from 50,000 to 52,000.", Verdict.CONSISTENT, "only if these figures are rounded"),
        ("Burglary fell by 12% from 2,503 to 2,301.", Verdict.CONTRADICTION, "12% is printed"),
    ],
)
def test_a_change_that_only_rounding_saves_is_not_told_as_printed(said: str, verdict: Verdict, words: str) -> None:
    (found,) = [each for each in check(said) if each.rule == "from-to-size"]
    assert found.verdict is verdict
    assert words in found.message


@pytest.mark.parametrize(
    ("text", "is_told"),
    [
        ("Satisfaction rose by 3%, from 70% to 73%.", True),
        ("The share of women rose by 1.5%, from 36.4% to 37.9%.", True),
        ("Confidence fell from 74% to 72%, a drop of 2%.", True),
        ("Satisfaction rose by 3 points, from 70% to 73%.", False),
        ("Satisfaction rose by 4%, from 70% to 73%.", False),
        ("Satisfaction rose by 4.3%, from 70% to 73%.", False),
        ("Satisfaction rose by 1%, from 98% to 99%.", False),
        ("Satisfaction rose by about 3%, from 70% to 73%.", False),
        ("Complaints rose by 3%, from 100 to 103.", False),
    ],
)
def test_points_that_are_called_per_cent_are_doubted(text: str, is_told: bool) -> None:
    found = [each for each in check(text) if each.verdict in (Verdict.CONTRADICTION, Verdict.SUSPECT)]
    assert [each.verdict for each in found] == [Verdict.SUSPECT] * is_told
    assert all("percentage points as per cent" in each.message for each in found)
