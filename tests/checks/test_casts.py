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


@pytest.mark.parametrize("head", ["Days lost", "Planned days", "Target £", "Days used"])
def test_days_and_targets_are_added_up_where_their_total_shows_it(head: str) -> None:
    rows = ("North | 412 | 21", "South | 301 | 30", "East | 188 | 14")
    assert wrong(check(check_casts, table(f"Area | {head} | Open", *rows, "Total | 901 | 65"))) == []
    (found,) = wrong(check(check_casts, table(f"Area | {head} | Open", *rows, "Total | 981 | 65")))
    assert "981" in found.message
    assert "901" in found.message


@pytest.mark.parametrize("total", ["34", "44", "21", "57"])
def test_days_that_no_total_adds_up_are_left_alone(total: str) -> None:
    """A mean, a median, the longest: never more than the longest, or far from the sum."""
    rows = ("North | 21 | 31", "South | 35 | 60", "East | 44 | 14")
    assert wrong(check(check_casts, table("Area | Days | Open", *rows, f"Total | {total} | 105"))) == []


@pytest.mark.parametrize("printed", ["83", "86", "79"])
def test_a_total_among_its_rows_is_an_average(printed: str) -> None:
    rows = ("North | 82 | 40", "South | 79 | 22", "East | 85 | 31", "West | 88 | 30")
    results = check(check_casts, table("Area | Actual | Cases", *rows, f"Total | {printed} | 123"))
    assert wrong(results) == []
    assert "as an average does" in said(results, Verdict.UNCHECKED)[0].message


def test_a_slip_of_one_digit_is_no_average() -> None:
    """Of 240 the print 140 lies among the rows, and one figure of it is another."""
    rows = ("North | 150", "South | 60", "East | 30")
    assert wrong(check(check_casts, table("Area | Cases", *rows, "Total | 140")))


PAGES = ("Ash | 1,210.50 | 1", "Birch | 640.00 | 1", "Cole | 2,005.25 | 2", "Carried forward | 3,855.75 | 4",
         "Brought forward | 3,855.75 | 4", "Dean | 810.00 | 1", "Elm | 1,200.00 | 1")  # fmt: skip


@pytest.mark.parametrize(("total", "is_wrong"), [("5,865.75", False), ("5,685.75", True)])
def test_what_a_page_carries_forward_is_counted_once(total: str, is_wrong: bool) -> None:
    found = wrong(check(check_casts, table("Payee | Amount £ | Items", *PAGES, f"Total | {total} | 6")))
    assert bool(found) is is_wrong


def test_what_is_brought_forward_counts_where_nothing_carried_it() -> None:
    rows = ("Brought forward | 3,855.75", "Dean | 810.00", "Elm | 1,200.00")
    assert wrong(check(check_casts, table("Payee | Amount £", *rows, "Total | 5,865.75"))) == []
    assert wrong(check(check_casts, table("Payee | Amount £", *rows, "Total | 5,685.75")))


def test_an_account_between_two_balances_is_no_sum() -> None:
    rows = ("Balance brought forward | 6,400", "Income | 1,200", "Expenditure | 1,450")
    assert wrong(check(check_casts, table("Fund | £", *rows, "Balance carried forward | 6,150"))) == []


@pytest.mark.parametrize(("debt", "count"), [("51.9", 0), ("58.6", 1), ("519.0", 0)])
def test_a_total_within_a_table_is_held_to_its_rows_where_another_column_holds(debt: str, count: int) -> None:
    rows = ("PWLB | 48.2 | 46.9", "Market loans | 5.0 | 5.0", f"Total external debt | 53.2 | {debt}")
    found = wrong(
        check(check_casts, table("£m | March | September", *rows, "Financing requirement | 71.3 | 72.8"))
    )
    assert [each.verdict for each in found] == [Verdict.SUSPECT] * count


def test_a_total_within_a_table_that_holds_nowhere_is_left_alone() -> None:
    rows = (
        "Loans | 48.2 | 46.9",
        "Leases | 5.0 | 5.0",
        "Total liabilities | 61.3 | 58.2",
        "Net worth | 12.0 | 11.0",
    )
    assert wrong(check(check_casts, table("£m | March | September", *rows))) == []
