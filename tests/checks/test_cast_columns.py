"""Are sums and differences across a table, and shares of a whole, held where the table shows that they are so?"""

from __future__ import annotations

import pytest
from tests.checks.made_subjects import check, said, table, wrong

from bluelamp.checks.cast_columns import check_columns
from bluelamp.checks.model import Verdict

pytestmark = pytest.mark.no_database


def test_a_total_column() -> None:
    rows = ("North | 12 | 30 | 42", "South | 5 | 8 | 13", "East | 7 | 9 | 17", "West | 3 | 3 | 6")
    results = check(check_columns, table("Area | Male | Female | Total", *rows))
    assert [each.message for each in said(results, Verdict.CONTRADICTION)] == [
        "In the row “East”, “Total” prints 17; the 2 columns it adds up sum to 16."
    ]
    assert len(said(results, Verdict.CONSISTENT)) == 3


def test_a_variance_is_one_column_less_another() -> None:
    rows = ("Pay | 900 | 920 | 20", "Fleet | 80 | 70 | (10)", "Estates | 60 | 75 | (15)", "ICT | 40 | 44 | 4")
    found = wrong(check(check_columns, table("Head £'000 | Budget | Actual | Variance", *rows)))
    assert [each.message.partition(" (table")[0] for each in found] == [
        "In the row “Estates”, “Variance” prints (15); “Actual” − “Budget” gives 15."
    ]


@pytest.mark.parametrize(
    ("head", "rows"),
    [
        ("Area | Sept | Oct | Year to date", ("North | 4 | 5 | 31", "South | 3 | 8 | 26", "East | 1 | 1 | 9")),
        ("Area | 2021 | 2022 | Target", ("North | 4 | 5 | 9", "South | 3 | 8 | 12", "East | 1 | 2 | 6")),
        ("Area | Open | Closed | Staff", ("North | 4 | 5 | 2", "South | 3 | 8 | 1", "East | 1 | 2 | 2")),
    ],
)
def test_columns_that_are_no_sum(head: str, rows: tuple[str, ...]) -> None:
    assert wrong(check(check_columns, table(head, *rows))) == []


def _shares(*shares: str, note: str = "") -> str:
    counts = (50, 30, 15, 5)
    rows = [f"Type {n} | {count} | {share}%" for n, (count, share) in enumerate(zip(counts, shares, strict=True))]
    return table("Outcome | Cases | Share", *rows) + f"\n{note}\n"


def test_shares_of_a_whole_sum_to_a_hundred() -> None:
    assert [each.verdict for each in check(check_columns, _shares("50", "30", "15", "5"))] == [Verdict.CONSISTENT]
    assert [each.verdict for each in check(check_columns, _shares("50.4", "30.4", "15.4", "5.4"))] == [
        Verdict.SUSPECT
    ]


def test_answers_of_which_several_may_be_given_need_not() -> None:
    note = "Residents could name more than one concern."
    assert wrong(check(check_columns, _shares("50.4", "30.4", "15.4", "5.4", note=note))) == []


@pytest.mark.parametrize(
    ("head", "told"),
    [
        ("Increase", ["Wardens"]),
        ("Rise", ["Wardens"]),
        ("Difference", ["Wardens"]),
        ("Increase since 2029", []),
        ("Increase wanted", []),
    ],
)
def test_what_was_added_is_one_year_less_the_other(head: str, told: list[str]) -> None:
    last = "Wardens | 273 | 286 | 18" if told else "Wardens | 273 | 286 | 40"
    rows = ("Officers | 182 | 191 | 9", "Staff | 212 | 222 | 10", "Others | 243 | 254 | 11", last)
    if not told:
        rows = tuple(row.rsplit("|", 1)[0] + f"| {n * 7}" for n, row in enumerate(rows, 2))
    found = wrong(check(check_columns, table(f"Group | 2031 | 2032 | {head}", *rows)))
    assert [each.message.split("“")[1].split("”")[0] for each in found] == told


@pytest.mark.parametrize("head", ["Variance last month", "Variance at Q1", "Previous variance", "Variance before"])
def test_a_difference_of_another_day_is_passed_over(head: str) -> None:
    rows = ("Pay | 1,203 | 1,182 | (21) | (21)", "Fleet | 404 | 426 | 22 | 22", "Estates | 241 | 252 | 11 | 11",
            "IT | 307 | 320 | 13 | 5", "Cars | 53 | 53 | 0 | 0", "Kit | 61 | 78 | 17 | 17")  # fmt: skip
    head = f"Head | Budget | Forecast | Variance | {head}"
    assert wrong(check(check_columns, table(head, *rows))) == []
    wrongly = [row.replace("426 | 22", "426 | 32") for row in rows]
    found = wrong(check(check_columns, table(head, *wrongly)))
    assert ["“Variance” prints 32" in each.message for each in found] == [True]


@pytest.mark.parametrize(
    "head", ["Change over last year", "Change on the previous year", "Movement since last year"]
)
def test_a_change_that_says_what_it_is_against_is_of_today(head: str) -> None:
    rows = ("Kelp | 182 | 191 | +9", "Marsh | 212 | 222 | +10", "Cove | 243 | 254 | +11", "Dune | 273 | 286 | +18")
    found = wrong(check(check_columns, table(f"Group | 2031 | 2032 | {head}", *rows)))
    assert ["“Dune”" in each.message for each in found] == [True]
