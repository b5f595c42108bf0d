"""Are shares of a whole held to the total, to what the rows add up to, and never to another day's counts?"""

from __future__ import annotations

import pytest
from tests.checks.made_subjects import check, table, wrong

from bluelamp.checks.model import Verdict
from bluelamp.checks.ratios import check_ratios

pytestmark = pytest.mark.no_database

HEAD = "Source | Number | Share | Share last year"
MOVED = ("Kelp | 40 | 40% | 40%", "Marsh | 30 | 30% | 30%", "Cove | 20 | {} | 22%", "Dune | 10 | 10% | 8%",
         "Fell | 50 | 50% | 50%", "Tarn | 50 | 50% | 50%", "Total | 200 | 100% | 100%")  # fmt: skip


@pytest.mark.parametrize("head", [HEAD, HEAD.replace("last year", "before"), "Source | Number | Share | % then"])
def test_shares_of_another_day_are_passed_over(head: str) -> None:
    rows = [row.format("20%").replace("200", "100") for row in MOVED[:4]] + ["Total | 100 | 100% | 100%"]
    assert wrong(check(check_ratios, table(head, *rows))) == []
    rows[2] = "Cove | 20 | 24% | 22%"
    assert ["prints 24%" in each.message for each in wrong(check(check_ratios, table(head, *rows)))] == [True]


STATES = ("Open | 41 | {}", "Late | 18 | {}", "New | 12 | {}", "Done | 10 | {}")


@pytest.mark.parametrize(
    ("total", "shares", "verdicts"),
    [
        ("81", ("51%", "22%", "15%", "12%"), []),
        ("81", ("51%", "22%", "16%", "12%"), [Verdict.CONTRADICTION]),
        # the total is wrong, and the shares are of what the rows add up to
        ("91", ("51%", "22%", "15%", "12%"), []),
        ("91", ("51%", "22%", "16%", "12%"), [Verdict.CONTRADICTION]),
        ("91", ("51%", "22%", "16%", "17%"), []),  # too few are right
        # the total is wrong, and the shares are of it
        ("91", ("45%", "20%", "13%", "11%"), []),
        ("91", ("45%", "20%", "16%", "11%"), [Verdict.CONTRADICTION]),
    ],
)
def test_shares_beside_a_total_that_is_wrong(total: str, shares: tuple[str, ...], verdicts: list[Verdict]) -> None:
    rows = [row.format(share) for row, share in zip(STATES, shares, strict=True)]
    found = wrong(check(check_ratios, table("State | Number | %", *rows, f"Total | {total} | 100%")))
    assert [each.verdict for each in found] == verdicts
    assert all(
        "the total of " in each.message and "." not in each.message.split("total of ")[1][:-1] for each in found
    )


def test_shares_of_what_every_row_prints_are_told_once_and_elsewhere() -> None:
    rows = ("Kelp | 52 | 49 | 94%", "Marsh | 52 | 51 | 98%", "Cove | 52 | 47 | 90%", "Dune | 52 | 38 | 78%")
    assert wrong(check(check_ratios, table("Station | Visits | Made | Per cent made", *rows))) == []


def test_shares_of_a_whole_that_is_not_printed_are_doubted() -> None:
    rows = ("Kelp | 923 | 50%", "Marsh | 554 | 30%", "Cove | 406 | 32%", "Dune | 868 | 47%", "Fell | 1,403 | 76%")
    found = wrong(check(check_ratios, table("Which three matter? | Replies | %", *rows)))
    assert [(each.verdict, "prints 32%" in each.message) for each in found] == [(Verdict.SUSPECT, True)]
