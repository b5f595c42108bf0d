"""Is a share beside its count held to the whole that its sentence names, and to no other number?"""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.checks.made_subjects import check, wrong

from bluelamp.checks.model import Verdict
from bluelamp.checks.ratio_sentences import check_ratio_sentences

pytestmark = pytest.mark.no_database


@pytest.mark.parametrize(
    "text",
    [
        "To date 60 days (37.5%) of the 160 days have been used.",
        "1,056 detainees were spoken to, 67% of the 1,582 who were offered a visit.",
        "The weapon was fired 16 times, 13% of the 121 times it was drawn.",
        "There were 702 female officers (34.9%) of 2,011.",
        "The body received 94 applications for review, of which 21 (22%) were upheld.",
    ],
)
def test_a_share_that_holds(text: str) -> None:
    assert [each.verdict for each in check(check_ratio_sentences, text)] == [Verdict.CONSISTENT]


@pytest.mark.parametrize(
    ("text", "is_sure"),
    [
        ("To date 60 days (42.5%) of the 160 days have been used.", True),
        ("There were 702 female officers (43.9%) of 2,011.", True),
        ("The body received 94 applications for review, of which 21 (25%) were upheld.", True),
        ("1,056 detainees were spoken to, 76% of the 1,582 who were offered a visit.", False),
    ],
)
def test_a_share_that_does_not(text: str, is_sure: bool) -> None:
    (found,) = wrong(check(check_ratio_sentences, text))
    assert found.verdict is (Verdict.CONTRADICTION if is_sure else Verdict.SUSPECT)


@pytest.mark.parametrize(
    "text",
    [
        "The team closed 40 cases and 30% of the 120 in the north.",
        "Calls rose by 60 (12%) of the 160 extra that were planned.",
        "About 60 days (42%) of the 160 have been used.",
        "We saw 500 visitors, with 67% of the 1,582 staying for the day.",
        "Of 812 checks 94 failed, of which 21 (2.6%) were grave.",
        "They made 94 visits, up 60 on last year, of which 21 (22%) were at night.",
        "There were 94 reviews; of which 21 (40%) were upheld.",
        "We hold 300 files, of which 21 (14%) of the 150 opened this year are closed.",
        "Costs were 5 per 1,000 (12%) of the 160 sites.",
        "It covers £60m (42%) of the 160 days.",
    ],
)
def test_what_may_be_a_share_of_something_else(text: str) -> None:
    assert wrong(check(check_ratio_sentences, text)) == []


@settings(deadline=None, max_examples=80)
@given(st.integers(1, 9_999), st.integers(1, 9_999), st.integers(0, 2), st.integers(0, 1_000))
def test_the_verdict_is_that_of_the_exact_fraction(top: int, more: int, places: int, permille: int) -> None:
    """A slow twin: a printed share stands for half a place less, or a whole place more where it was cut off."""
    bottom, place = top + more, Fraction(1, 10**places)
    share = Fraction(permille, 10)
    printed = f"{float(share):.{places}f}"
    shown, true = Fraction(printed), Fraction(100 * top, bottom)
    low = shown - place / 2 if shown else -place
    may_be = low <= true < shown + place  # what is cut off never reaches the next figure
    found = check(check_ratio_sentences, f"So far {top:,} files ({printed}%) of the {bottom:,} are closed.")
    assert bool(wrong(found)) is not may_be
