"""Are changes in per cent and in points held to the columns that most rows show them to be of?"""

from __future__ import annotations

import pytest
from tests.checks.made_subjects import check, said, table, wrong

from bluelamp.checks.change_columns import check_change_columns
from bluelamp.checks.model import Verdict

pytestmark = pytest.mark.no_database


def test_a_wrong_sign_is_named() -> None:
    rows = (
        "North | 200 | 250 | +25.0%",
        "South | 80 | 60 | -25.0%",
        "East | 60 | 66 | +10.0%",
        "West | 90 | 81 | +10.0%",
    )
    found = wrong(check(check_change_columns, table("Area | 2021 | 2022 | % change", *rows)))
    assert [each.message for each in found] == [
        "“West” prints +10.0% under “% change”; from 90 to 81 it is -10: the sign is wrong."
    ]


def test_points_are_one_share_less_the_other() -> None:
    rows = ("A | 41% | 39% | -2", "B | 50% | 55% | +5", "C | 60% | 61% | +1", "D | 70% | 75% | +9")
    found = wrong(check(check_change_columns, table("Measure | 2021 | 2022 | Change (points)", *rows)))
    assert ["from 70% to 75%" in each.message for each in found] == [True]


def test_a_reduction_is_printed_without_its_sign() -> None:
    rows = (
        "North | 200 | 150 | 25.0%",
        "South | 80 | 60 | 25.0%",
        "East | 60 | 54 | 10.0%",
        "West | 90 | 81 | 10.0%",
    )
    results = check(check_change_columns, table("Area | 2021 | 2022 | % reduction", *rows))
    assert len(said(results, Verdict.CONSISTENT)) == 4


@pytest.mark.parametrize("column", ["Change on previous quarter", "% change", "Change against peers"])
def test_changes_of_what_is_not_printed(column: str) -> None:
    rows = (
        "North | 200 | 250 | +3.1%",
        "South | 80 | 60 | +1.4%",
        "East | 60 | 66 | -2.2%",
        "West | 90 | 81 | +4.0%",
    )
    assert wrong(check(check_change_columns, table(f"Area | 2015 | 2022 | {column}", *rows))) == []
