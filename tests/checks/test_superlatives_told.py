"""Is what a sentence calls the highest or the lowest that of its table?"""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.checks.made_subjects import check, table, wrong

from bluelamp.checks.model import Verdict
from bluelamp.checks.superlatives_told import check_superlatives

pytestmark = pytest.mark.no_database

_AREAS = table(
    "Area | Calls | Late rate",
    "North | 400 | 10.5%",
    "South | 610 | 14.0%",
    "East side | 95 | 12.2%",
    "Other | 9 | 2.0%",
    "All | 1,114 | 12.0%",
)
_QUARTERS = table(
    "Quarter | Cases | Average days to close", "Q1 | 40 | 31", "Q2 | 44 | 36", "Q3 | 41 | 42", "Year | 125 | 37"
)
_SIGNED = table("Head | Variance | Rank", "Pay | (425) | 1", "Cars | 40 | 2", "Rent | 60 | 3")
_ACROSS = table("Measure | Q1 | Q2 | Q3 | Year", "Cases | 40 | 44 | 41 | 125", "Stops | 90 | 80 | 85 | 255")


@pytest.mark.parametrize(
    ("grid", "text"),
    [
        (_AREAS, "The late rate was lowest in East side."),
        (_AREAS, "1.3 Calls were the highest in the north."),
        (_AREAS, "The highest late rate was in North."),
        (_QUARTERS, "Cases were lowest in the third quarter."),
        (_QUARTERS, "The average for the year, 37 days, counts all. It was lowest in quarter 3."),
        (_ACROSS, "Cases were highest in Q3."),
    ],
)
def test_a_superlative_that_another_row_beats_is_told(grid: str, text: str) -> None:
    (found,) = wrong(check(check_superlatives, f"{grid}\n{text}\n"))
    assert found.verdict is (Verdict.SUSPECT if "It was" in text else Verdict.CONTRADICTION)


@pytest.mark.parametrize(
    ("grid", "text"),
    [
        (_AREAS, "The late rate was lowest in North."),
        (_AREAS, "The late rate was highest in South."),
        (_AREAS, "Calls were lowest in East side."),
        (_AREAS, "The late rate was second lowest in East side."),
        (_AREAS, "The rate of complaint was lowest in East side."),
        (_AREAS, "The late rate of dog units was lowest in East side."),
        (_AREAS, "The late rate was lowest in West."),
        (_AREAS, "The late rate was among the lowest in East side."),
        (_AREAS, "The late rate was lowest in East side, if small areas are left out."),
        (_AREAS, "The late rate was lowest in East side in May."),
        (_AREAS, "The increase was highest in North."),
        (_AREAS, "The lowest rate was for East side."),
        (_AREAS + "\nThe second list.\n\n" + _AREAS, "The late rate was lowest in East side."),
        (_QUARTERS, "Cases were lowest in the first quarter."),
        (_QUARTERS, "The average for the year, 39 days, counts all. It was lowest in quarter 3."),
        (_QUARTERS, "Morale is good. It was lowest in quarter 3."),
        (_ACROSS, "Stops were highest in Q1."),
        (_SIGNED, "The variance was largest in Pay."),
        (_SIGNED, "The rank was highest for Cars."),
        (_ACROSS, "Cases of fraud were highest in Q3."),
    ],
)
def test_what_is_so_or_may_be_of_something_else_is_left(grid: str, text: str) -> None:
    assert wrong(check(check_superlatives, f"{grid}\n{text}\n")) == []


@settings(max_examples=40, deadline=None)
@given(st.lists(st.integers(1, 60), min_size=3, max_size=6), st.data())
def test_the_slow_way_agrees(calls: list[int], data: st.DataObject) -> None:
    names = ["Anton", "Belmont", "Corfield", "Dunmore", "Elmstead", "Foxhill"][: len(calls)]
    grid = table(
        "Town | Calls | Staff", *(f"{name} | {count} | 31" for name, count in zip(names, calls, strict=True))
    )
    at = data.draw(st.integers(0, len(calls) - 1))
    found = wrong(check(check_superlatives, f"{grid}\nCalls were highest in {names[at]}.\n"))
    higher = [count for count in calls if count > calls[at]]
    if len(set(calls)) < 6:  # where every one of many ends in a nought or a five they may be rounded
        assert bool(found) is bool(higher)
    else:
        assert not found or higher
