"""Are changes in per cent and in points held to the columns that most rows show them to be of?"""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.checks.made_subjects import check, said, series, table, value, wrong

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


@pytest.mark.parametrize(("cove", "rows_told"), [("4.2%", ["Cove"]), ("-4.2%", [])])
def test_the_change_is_of_the_counts_and_not_of_rates_that_would_give_anything(
    cove: str, rows_told: list[str]
) -> None:
    head = "Area | 2031 Number | 2031 Rate | 2032 Number | 2032 Rate | Change (number) | Change (%)"
    rows = (
        "Kelp | 61,208 | 88.6 | 59,944 | 86.8 | -1,264 | -2.1%",
        "Marsh | 2,417 | 3.5 | 2,250 | 3.3 | -167 | -6.9%",
        "Dune | 522 | 0.8 | 561 | 0.8 | 39 | 7.5%",
        f"Cove | 733 | 1.1 | 702 | 1.0 | -31 | {cove}",
        "Fell | 6,904 | 10.0 | 6,611 | 9.6 | -293 | -4.2%",
        "Tarn | 1,188 | 1.7 | 1,240 | 1.8 | 52 | 4.4%",
    )
    found = wrong(check(check_change_columns, table(head, *rows)))
    assert [each.message.split("“")[1].split("”")[0] for each in found] == rows_told
    assert all(each.message.endswith("the sign is wrong.") for each in found)


def test_rates_alone_are_learnt_from_as_far_as_they_go() -> None:
    rows = (
        "Kelp | 8.6 | 8.8 | 2.3%",
        "Marsh | 3.5 | 3.3 | -5.7%",
        "Dune | 0.8 | 0.9 | 12.5%",
        "Cove | 1.1 | 1.0 | 4%",
    )
    assert wrong(check(check_change_columns, table("Area | 2031 rate | 2032 rate | % change", *rows))) == []


@pytest.mark.parametrize(("read", "rows_told"), [(True, []), (False, ["Cove"])])
def test_a_change_that_a_reader_of_reports_has_read_is_held_elsewhere(read: bool, rows_told: list[str]) -> None:
    rows = ("Kelp | 200 | 250 | +25%", "Marsh | 80 | 60 | -25%", "Dune | 60 | 66 | +10%", "Cove | 90 | 81 | +10%")
    text = table("Area | 2031 | 2032 | % change", *rows)
    subject = series(f"{text}\n\nBurglary", ["1"])
    found = next(iter(subject.series))
    document = subject.document
    row = document.blocks[0].rows[4]
    cited = document.cite([span for cell in row.cells for span in cell.spans])
    own = replace(found, citations=cited, change_percent=value("+10%") if read else None)
    results = wrong(check_change_columns([replace(subject, series=(own,))]))
    assert [each.message.split("“")[1].split("”")[0] for each in results] == rows_told


@pytest.mark.parametrize("column", ["Change on previous quarter", "% change", "Change against peers"])
def test_changes_of_what_is_not_printed(column: str) -> None:
    rows = (
        "North | 200 | 250 | +3.1%",
        "South | 80 | 60 | +1.4%",
        "East | 60 | 66 | -2.2%",
        "West | 90 | 81 | +4.0%",
    )
    assert wrong(check(check_change_columns, table(f"Area | 2015 | 2022 | {column}", *rows))) == []


def test_a_change_names_the_day_it_is_from() -> None:
    rows = ("Kelp | 380 | 402 | 377 | -0.8% | -6.2%", "Marsh | 1,700 | 1,611 | 1,498 | -11.9% | -7.0%",
            "Cove | 4,000 | 4,688 | 5,611 | +40.3% | +19.7%", "Dune | 50 | 40 | 60 | +20.0% | +55.0%")  # fmt: skip
    head = "Crime | 2029/30 | 2030/31 | 2031/32 | % change on 2029/30 | % change on last year"
    found = wrong(check(check_change_columns, table(head, *rows)))
    assert ["prints +55.0% under “% change on last year”" in each.message for each in found] == [True]


@pytest.mark.parametrize(
    ("head", "last", "told"),
    [
        ("2031/32 | 2032/33 | Increase %", "100 | 120 | 12.0%", 1),
        ("2031/32 | 2032/33 | Increase %", "100 | 120 | 20.0%", 0),
        ("2032/33 | 2031/32 | Increase %", "120 | 100 | 20.0%", 0),
        ("2031/32 | 2032/33 | % change since 2029", "100 | 120 | 12.0%", 0),
        ("2031/32 | 2032/33 | % against target", "100 | 120 | 12.0%", 0),
        ("Men | Women | Change %", "100 | 120 | 12.0%", 0),
    ],
)
def test_two_years_and_their_change_need_no_more_rows(head: str, last: str, told: int) -> None:
    rows = ["Kelp | 200 | 210 | 5.0%", "Marsh | 400 | 440 | 10.0%"]
    if head.startswith("2032"):
        rows = ["Kelp | 210 | 200 | 5.0%", "Marsh | 440 | 400 | 10.0%"]
    found = wrong(check(check_change_columns, table(f"Group | {head}", *rows, f"Cove | {last}")))
    assert len(found) == told
