"""Do the parts of which each says how it fared add up, in figures and in words?"""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.checks.made_subjects import check, wrong

from bluelamp.checks.cast_statuses import check_statuses
from bluelamp.checks.model import Verdict
from bluelamp.checks.worded_counts import find_counts

pytestmark = pytest.mark.no_database


@pytest.mark.parametrize(
    ("text", "verdicts"),
    [
        ("Of the 14 reviews, 4 were closed, 3 were deferred, 2 were withdrawn and 6 are open.", [Verdict.SUSPECT]),
        ("2.3 Of the 14 reviews, 4 were closed, 3 deferred, 2 withdrawn and 6 open.", [Verdict.SUSPECT]),
        ("Of the 24 areas, 15 had been completed, six were in progress and two had not been begun.",
         [Verdict.SUSPECT]),
        ("There were 31 complaints, of which 12 (39%) were upheld, nine were dismissed and eleven are pending.",
         [Verdict.SUSPECT]),
        ("Of the 24 areas, 15 had been completed, six were in progress and the remaining two were closed.",
         [Verdict.CONTRADICTION]),
        ("Of twenty-four audits, fifteen were good, six were adequate and two were inadequate.",
         [Verdict.SUSPECT]),
        # as printed
        ("Of the 15 reviews, 4 were closed, 3 were deferred, 2 were withdrawn and 6 are open.",
         [Verdict.CONSISTENT]),
        ("Of the 24 areas, 15 had been completed, seven were in progress and two had not been begun.",
         [Verdict.CONSISTENT]),
        ("Of the 60 actions, 40 are complete, 15 are in progress, 4 have not been started and one was withdrawn.",
         [Verdict.CONSISTENT]),
        ("Of the 60 actions, 40 are complete, 15 are in progress and 4 have not been begun; one was withdrawn.",
         [Verdict.CONSISTENT]),
        ("Of the 59 actions, 40 are complete, 15 are in progress and 4 have not been begun, the last one in May.",
         []),
        # what may be counted twice, or not at all
        ("Of the 50 officers, 20 were women, 15 were sergeants and 13 were new.", []),
        ("Of the 14 reviews, 8 were complete, 6 were in progress and 1 was overdue.", []),
        ("Of the 60 visits, 30 were planned, 20 were completed and 12 were cancelled.", []),
        ("Of the 24 areas, 15 had been completed, six were in progress and two were also closed.", []),
        ("Of the 40 actions, 15 were completed, six were in progress and two were open.", []),
        ("Of about 24 areas, 15 had been completed, six were in progress and two had not been begun.", []),
        ("Of the 24 areas, 15 had been completed within four weeks, six were in progress and two were open.", []),
        ("Of the 24 areas, 15 had been completed and six were in progress.", []),
        ("The 24 areas were seen by 15 people, six of them closed and two open.", []),
        ("Of the 30 recommendations, 20 were accepted, 6 were completed and 5 were rejected.", []),
    ],
)  # fmt: skip
def test_parts_that_fared_so(text: str, verdicts: list[Verdict]) -> None:
    assert [each.verdict for each in check(check_statuses, text)] == verdicts


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("six were open", ["6"]),
        ("Thirty-eight of 52", ["38", "52"]),
        ("ninety nine and twelve", ["99", "12"]),
        ("two thirds of them", []),
        ("four weeks, two-year, one of them", []),
        ("phase two, at least three, freight, often, tend", []),
    ],
)
def test_counts_in_words(text: str, found: list[str]) -> None:
    assert [number.bare for number in find_counts(text)] == found


@settings(deadline=None, max_examples=40)
@given(st.lists(st.integers(12, 900), min_size=3, max_size=3), st.integers(-5, 5))
def test_the_slow_sum_agrees(parts: list[int], off: int) -> None:
    total = 0
    for part in parts:
        total += part
    states = f"{parts[0]} were closed, {parts[1]} were open and {parts[2]} were withdrawn"
    text = f"Of the {total + off:,} cases, {states}."
    near = abs(off) * 10 <= total + off
    assert bool(wrong(check(check_statuses, text))) is (off != 0 and near)


@pytest.mark.parametrize("piece", ["six, ", "of ", "and the ", "closed ", "Of the 24, ", "twenty "])
def test_a_long_line_does_not_hang(piece: str) -> None:
    check(check_statuses, "Of the 24 areas, " + piece * (200_000 // len(piece)))
