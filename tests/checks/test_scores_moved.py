"""Does a count of what rose and fell agree with the scores beside those before?"""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.checks.made_subjects import check, table, wrong

from bluelamp.checks.model import Verdict
from bluelamp.checks.scores_moved import check_scores_moved

pytestmark = pytest.mark.no_database

_HEAD = "Ref | Risk | Score | Previous score"
_ROWS = ("R1 | Flood | 16 | 16", "R2 | Fire | 15 | 12", "R3 | Fraud | 12 | 16", "R4 | Fuel | 6 | 8")
_RISKS = table(_HEAD, *_ROWS)
_NEW = table(_HEAD, *_ROWS, "R5 | Fog | 9 | –")


@pytest.mark.parametrize(
    ("grid", "text", "verdict"),
    [
        (_RISKS, "Two risks rose, two fell and the rest did not change.", Verdict.CONTRADICTION),
        (_RISKS, "One risk rose and one fell.", Verdict.CONTRADICTION),
        (_RISKS, "One risk fell and two rose.", Verdict.CONTRADICTION),
        (_NEW, "Two risks rose and two fell.", Verdict.SUSPECT),
        (_NEW, "Three risks have risen, two have fallen.", Verdict.CONTRADICTION),
    ],
)
def test_a_wrong_count_is_told(grid: str, text: str, verdict: Verdict) -> None:
    (found,) = wrong(check(check_scores_moved, f"{grid}\n{text}\n"))
    assert found.verdict is verdict


@pytest.mark.parametrize(
    ("grid", "text"),
    [
        (_RISKS, "One risk rose, two fell and the rest did not change."),
        (_RISKS, "Two risks fell and one rose."),
        (_NEW, "One risk rose and two fell."),
        (_RISKS, "Two crimes rose and one fell."),
        (_RISKS, "Last quarter two risks rose and one fell."),
        (_RISKS, "Two risks rose by more than three and one fell."),
        (_RISKS, "Two risks rose in the north and one fell."),
        (_RISKS, "Two risks rose, one fell and three were new."),
        (_RISKS, "Two risks rose since May."),
        (_RISKS + "\nThe second list.\n\n" + _RISKS, "Two risks rose and one fell."),
        (table("Ref | Risk | Score | Target score", *_ROWS), "Two risks rose and one fell."),
    ],
)
def test_what_agrees_or_may_be_of_others_is_left(grid: str, text: str) -> None:
    assert wrong(check(check_scores_moved, f"{grid}\n{text}\n")) == []


@settings(max_examples=30, deadline=None)
@given(
    st.lists(st.tuples(st.integers(2, 25), st.integers(2, 25)), min_size=3, max_size=8),
    st.integers(1, 6),
    st.integers(1, 6),
)
def test_the_slow_way_agrees(scores: list[tuple[int, int]], rose: int, fell: int) -> None:
    rows = [f"R{n} | Item {n} | {now} | {before}" for n, (now, before) in enumerate(scores)]
    found = wrong(check(check_scores_moved, f"{table(_HEAD, *rows)}\n{rose} risks rose and {fell} fell.\n"))
    ups = len([1 for now, before in scores if now > before])
    downs = len([1 for now, before in scores if now < before])
    assert bool(found) is ((rose, fell) != (ups, downs))
