"""Does a count of things and what they come to agree with the rows of the table that comes to it?"""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.checks.made_subjects import check, table, wrong

from bluelamp.checks.model import Verdict
from bluelamp.checks.rows_told import check_rows_told

pytestmark = pytest.mark.no_database

_MOVES = "## Virements\n\n" + table(
    "Ref | From | To | £000",
    "A1 | Pay | Cars | 110",
    "A2 | Rent | Cars | 55",
    "A5 | Cars | Pay | 200",
    "Total | | | 365",
)
_GRANTS = table("Grants | Place | £", "Youth | North | 4,100", "Homes | South | 5,250", "Total | | 9,350")


@pytest.mark.parametrize(
    ("grid", "text"),
    [
        (_MOVES, "Four virements, of £365,000 in all, were made in the quarter."),
        (_MOVES, "3.1 There were two virements worth £365,000 together."),
        (_GRANTS, "Three grants totalling £9,350 were paid."),
    ],
)
def test_a_count_of_other_rows_is_doubted(grid: str, text: str) -> None:
    (found,) = wrong(check(check_rows_told, f"{grid}\n{text}\n"))
    assert (found.rule, found.verdict) == ("rows-counted", Verdict.SUSPECT)


@pytest.mark.parametrize(
    ("grid", "text"),
    [
        (_MOVES, "Three virements, of £365,000 in all, were made in the quarter."),
        (_MOVES, "Four virements, of £366,000 in all, were made in the quarter."),
        (_MOVES, "Four loans, of £365,000 in all, were made in the quarter."),
        (_MOVES, "The two largest virements, of £310,000 in all, were for pay."),
        (_MOVES, "Last quarter four virements, of £365,000 in all, were made."),
        (_MOVES, "Four virements were made, and £365,000 in all was moved."),
        (
            _MOVES + "\nThe second list.\n\n" + _MOVES,
            "Four virements, of £365,000 in all, were made in the quarter.",
        ),
        (_GRANTS, "Two grants totalling £9,350 were paid."),
        (_GRANTS, "Three grants totalling £12,350 were paid."),
        (_GRANTS, "Three of the grants totalling £9,350 were late."),
    ],
)
def test_what_agrees_or_may_be_of_others_is_left(grid: str, text: str) -> None:
    assert wrong(check(check_rows_told, f"{grid}\n{text}\n")) == []


@settings(max_examples=30, deadline=None)
@given(st.lists(st.integers(1_100, 9_900), min_size=2, max_size=6), st.integers(2, 8))
def test_the_slow_way_agrees(sums: list[int], told: int) -> None:
    rows = [f"Scheme {n} | North | {value:,}" for n, value in enumerate(sums)]
    grid = table("Grants | Place | £", *rows, f"Total | | {sum(sums):,}")
    found = wrong(check(check_rows_told, f"{grid}\nThere were {told} grants totalling £{sum(sums):,}.\n"))
    assert bool(found) is (told != len(sums))
