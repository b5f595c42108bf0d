"""Is a total held to its rows, and only where it is their total?"""

from __future__ import annotations

import pytest
from tests.checks.made_subjects import check, said, table, wrong

from bluelamp.checks.casts import check_casts
from bluelamp.checks.model import Verdict

pytestmark = pytest.mark.no_database
HEAD = "Area | 2021 | 2022"
ROWS = ("North | 412 | 398", "South | 301 | 297", "East | 188 | 205")


@pytest.mark.parametrize("label", ["Total", "TOTAL", "Totals:", "Grand total", "Sub-total", "Overall total"])
def test_a_total_that_holds(label: str) -> None:
    results = check(check_casts, table(HEAD, *ROWS, f"{label} | 901 | 900"))
    assert [each.verdict for each in results] == [Verdict.CONSISTENT] * 2


@pytest.mark.parametrize(("first", "second", "count"), [("902", "900", 1), ("901", "990", 1), ("109", "9", 2)])
def test_a_total_that_does_not_hold(first: str, second: str, count: int) -> None:
    results = wrong(check(check_casts, table(HEAD, *ROWS, f"Total | {first} | {second}")))
    assert [each.verdict for each in results] == [Verdict.CONTRADICTION] * count


def test_the_sentence_shows_the_sum_and_cites_both_places() -> None:
    found = wrong(check(check_casts, table(HEAD, *ROWS, "Total | 901 | 990")))[0]
    assert found.message == "The row “Total” prints 990 under “2022”; the 3 rows it stands for sum to 900."
    assert found.printed[0].text == "Total 901 990"
    assert found.printed[1].text == "North 412 398 | South 301 297 | East 188 205"
    assert all(printed.citations for printed in found.printed)
    assert found.recomputed == "900"


@pytest.mark.parametrize(
    "label",
    [
        "Total (unique individuals)", "Total people (each counted once), distinct", "Total excluding fraud",
        "Total crime less fraud", "Average", "Average per area", "Median",
    ],
)  # fmt: skip
def test_a_row_that_is_no_sum(label: str) -> None:
    assert wrong(check(check_casts, table(HEAD, *ROWS, f"{label} | 700 | 710"))) == []


@pytest.mark.parametrize(
    "note",
    [
        "A person may be seen in more than one area.",
        "Figures do not sum to the total.",
        "Note: columns will not necessarily add to the total.",
        "Each offender is counted once in the total.",
        "Respondents could give multiple answers.",
    ],
)
def test_a_note_below_takes_the_contradiction_away(note: str) -> None:
    results = check(check_casts, table(HEAD, *ROWS, "Total | 701 | 700") + "\n" + note + "\n")
    assert wrong(results) == []
    assert len(said(results, Verdict.UNCHECKED)) == 2


@pytest.mark.parametrize(("total", "is_wrong"), [("902", False), ("899", False), ("930", True)])
def test_a_note_on_rounding_leaves_room_for_rounding_alone(total: str, is_wrong: bool) -> None:
    text = table(HEAD, *ROWS, f"Total | {total} | 900") + "\nFigures may not sum due to rounding.\n"
    assert bool(wrong(check(check_casts, text))) is is_wrong


@pytest.mark.parametrize(
    "rows",
    [
        ("Violence | 900 | 880", "- with injury | 400 | 390", "- without injury | 500 | 490", "Theft | 300 | 310",
         "All crime | 1,200 | 1,190"),
        ("Total | 901 | 900", *ROWS),
        ("Pay | 700 | 710", "of which overtime | 90 | 80", "Premises | 300 | 290", "Total | 1,000 | 1,000"),
        ("Pay | |", "Officers | 700 | 710", "Staff | 200 | 210", "Sub-total | 900 | 920", "Other | |",
         "Premises | 50 | 60", "Fleet | 40 | 30", "Sub-total | 90 | 90", "Total | 990 | 1,010"),
        ("Pay | 900 | 920", "Premises | 90 | 90", "Total expenditure | 990 | 1,010", "Income | (90) | (10)",
         "Net expenditure | 900 | 1,000"),
        ("North | n/a | 398", "South | 301 | 297", "Total | 901 | 695"),
        ("North | TBC | 398", "South | 301 | 297", "East | 12 | 297", "Total | 901 | 992"),
    ],
)  # fmt: skip
def test_tables_that_only_look_wrong(rows: tuple[str, ...]) -> None:
    assert wrong(check(check_casts, table(HEAD, *rows))) == []


def test_averages_and_rates_under_a_total_are_no_sums() -> None:
    rows = ("North | 41 | 20 | 3.1", "South | 30 | 40 | 2.2", "East | 18 | 60 | 5.5", "Total | 89 | 35 | 3.2")
    results = check(check_casts, table("Area | Cases | Average days | Rate per 1,000", *rows))
    assert [each.verdict for each in results] == [Verdict.CONSISTENT]


def test_thousands_may_have_been_rounded_each() -> None:
    rows = ("Pay | 30,134", "Premises | 75", "Fleet | 21", "Total | {}")
    for total, is_wrong in (("30,230", False), ("30,232", False), ("30,229", False), ("30,236", True)):
        text = table("Head | £'000", *(row.format(total) for row in rows))
        assert bool(wrong(check(check_casts, text))) is is_wrong, total


def test_a_wrong_subtotal_is_not_hidden_by_the_total() -> None:
    rows = ("Pay | |", "Officers | 700 | 710", "Staff | 200 | 210", "Sub-total | 940 | 920", "Other | |",
            "Premises | 50 | 60", "Fleet | 40 | 30", "Sub-total | 90 | 90", "Total | 990 | 1,010")  # fmt: skip
    found = wrong(check(check_casts, table(HEAD, *rows)))
    assert ["940" in each.message for each in found] == [True]


def test_a_part_is_no_more_than_its_whole() -> None:
    rows = ("Pay | 700 | 710", "of which overtime | 790 | 80", "Premises | 300 | 290", "Total | 1,000 | 1,000")
    found = wrong(check(check_casts, table(HEAD, *rows)))
    assert [each.rule for each in found] == ["part-of"]
    assert found[0].message == "“of which overtime” prints 790, more than the 700 of “Pay” that it is part of."
