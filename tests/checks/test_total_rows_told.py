"""Does what a sentence says of so many things agree with the table whose total row prints so many?"""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.checks.made_subjects import check, table, wrong

from bluelamp.checks.model import Verdict
from bluelamp.checks.total_rows_told import check_total_rows

pytestmark = pytest.mark.no_database

_OUTCOMES = table(
    "Outcome | Officers | Staff | Total",
    "Barred | 11 | 5 | 16",
    "Cautioned or warned | 18 | 6 | 24",
    "Total | 29 | 11 | 40",
)
_PROMISES = table(
    "Part | Promises | Kept | Under way", "One | 13 | 5 | 8", "Two | 18 | 6 | 12", "Total | 31 | 11 | 20"
)
_GRADES = table("Audit | High | Medium | Low", "Pay | 0 | 2 | 1", "Stores | 3 | 4 | 2", "Total | 3 | 6 | 3")
_OPINIONS = table("Opinion | Audits", "Full | 4", "Fair | 6", "Limited | 2", "Total | 12")


@pytest.mark.parametrize(
    ("grid", "text", "verdict"),
    [
        (_OUTCOMES, "Of the 40 people who were heard, 17 were barred.", Verdict.CONTRADICTION),
        (_OUTCOMES, "3.1 Of the 40 people heard, 25 were cautioned or warned.", Verdict.CONTRADICTION),
        (_PROMISES, "The plan makes 31 promises, of which twelve are kept.", Verdict.CONTRADICTION),
        (_PROMISES, "Of the 31 promises, 21 are under way and 10 are not.", Verdict.CONTRADICTION),
        (_GRADES, "They made 14 recommendations, of which three were high.", Verdict.SUSPECT),
        (_OPINIONS, "Eleven audits were closed, of which two were limited.", Verdict.SUSPECT),
    ],
)
def test_another_part_or_another_whole_is_told(grid: str, text: str, verdict: Verdict) -> None:
    (found,) = wrong(check(check_total_rows, f"{grid}\n{text}\n"))
    assert found.verdict is verdict


@pytest.mark.parametrize(
    ("grid", "text"),
    [
        (_OUTCOMES, "Of the 40 people who were heard, 16 were barred."),
        (_OUTCOMES, "Of the 40 people who were heard, 17 were barred within a year."),
        (_OUTCOMES, "Of the 40 people who were heard, 17 were barred for life from the force."),
        (_OUTCOMES, "Of the 40 people who were heard, eleven were barred."),
        (_OUTCOMES, "Of the 41 people who were heard, 17 were barred."),
        (_OUTCOMES, "Of the 29 officers, nine were barred last year."),
        (_OUTCOMES, "Of the 40 officers of the unit, 17 were barred."),
        (_OUTCOMES, "Of the 40 people who were heard, 17 were promoted."),
        (_OUTCOMES, "Of the 40 people who were heard, some 17 were barred."),
        (_OUTCOMES + "\nThe second list.\n\n" + _OUTCOMES, "Of the 40 people who were heard, 17 were barred."),
        (_PROMISES, "The plan makes 31 promises, of which eleven are kept."),
        (_PROMISES, "The plan makes 31 promises, of which twelve will be kept."),
        (_PROMISES, "The plan makes 31 promises, of which twelve should be kept by May."),
        (_GRADES, "They made twelve recommendations, of which three were high."),
        (_GRADES, "Stores had nine recommendations, of which three were high."),
        (_GRADES, "They made 30 recommendations, of which three were high."),
        (_GRADES, "The year before they made 14 recommendations, of which three were high."),
        (_GRADES, "They paid 14 visits, of which three were high."),
        (_OPINIONS, "Twelve audits were closed, of which two were limited."),
        (_OPINIONS, "Eleven audits were closed since May, of which two were limited."),
        (_OPINIONS, "Eleven audits of the quarter were closed, of which two were limited."),
        (_OPINIONS, "Eleven visits were made, of which two were limited."),
        (_OPINIONS, "Eleven audits were closed, of which three were limited."),
    ],
)
def test_what_agrees_or_may_be_of_something_else_is_left(grid: str, text: str) -> None:
    assert wrong(check(check_total_rows, f"{grid}\n{text}\n")) == []


@settings(max_examples=40, deadline=None)
@given(st.integers(21, 400), st.integers(401, 900), st.integers(-30, 30))
def test_the_slow_way_agrees(barred: int, warned: int, off: int) -> None:
    grid = table("Outcome | People", f"Barred | {barred}", f"Warned | {warned}", f"Total | {barred + warned}")
    said = max(2, barred + off)
    told = wrong(check(check_total_rows, f"{grid}\nOf the {barred + warned} people, {said} were barred.\n"))
    assert bool(told) is (said not in (barred, warned))
