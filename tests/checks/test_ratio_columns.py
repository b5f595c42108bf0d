"""Are shares, rates and averages held to the counts beside them, where most rows show how they are made?"""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.checks.made_subjects import check, said, table, wrong

from bluelamp.checks.model import Verdict
from bluelamp.checks.ratio_columns import check_ratio_columns

pytestmark = pytest.mark.no_database


@pytest.mark.parametrize(
    ("head", "rows", "told"),
    [
        ("Area | Cases | Solved | % solved",
         ("North | 200 | 50 | 25.0%", "South | 80 | 20 | 25.0%", "East | 60 | 21 | 35.0%",
          "West | 90 | 9 | 19.0%"),
         "“West” prints 19.0% under “% solved” beside 9 by 90, in per cent, which gives 10."),
        ("Area | Population | Crimes | Crimes per 1,000",
         ("North | 20,000 | 1,500 | 75.0", "South | 40,000 | 1,000 | 25.0", "East | 50,000 | 2,000 | 46.0",
          "West | 10,000 | 333 | 33.3"),
         "“East” prints 46.0 under “Crimes per 1,000” beside 2,000 by 50,000, times 1,000, which gives 40."),
        ("Offence | Year | Monthly average",
         ("A | 1,200 | 100", "B | 654 | 55", "C | 366 | 31", "D | 480 | 48"),
         "“D” prints 48 under “Monthly average” beside 480 by 12 which gives 40."),
        ("Team | April | May | June | Average",
         ("A | 3 | 6 | 9 | 6", "B | 10 | 20 | 31 | 20.3", "C | 5 | 5 | 5 | 5", "D | 8 | 9 | 10 | 12"),
         "“D” prints 12 under “Average” beside the 3 figures before it, by 3 which gives 9."),
    ],
)  # fmt: skip
def test_a_row_that_the_others_show_to_be_wrong(head: str, rows: tuple[str, ...], told: str) -> None:
    results = check(check_ratio_columns, table(head, *rows))
    assert [each.message for each in said(results, Verdict.CONTRADICTION)] == [told]
    assert len(said(results, Verdict.CONSISTENT)) == 3


@pytest.mark.parametrize(
    ("head", "rows"),
    [
        ("Area | Officers | Vacancies | % of budget spent",
         ("North | 60 | 4 | 91%", "South | 80 | 9 | 88%", "East | 70 | 6 | 97%", "West | 50 | 5 | 79%")),
        ("Area | 2021 | 2022 | % change",
         ("North | 60 | 66 | 10.0%", "South | 80 | 88 | 10.0%", "East | 70 | 77 | 10.0%", "West | 50 | 99 | 12%")),
        ("Area | Cases | Solved | % solved", ("North | 200 | 50 | 25.0%", "South | 80 | 20 | 35.0%")),
    ],
)  # fmt: skip
def test_columns_of_something_else(head: str, rows: tuple[str, ...]) -> None:
    assert wrong(check(check_ratio_columns, table(head, *rows))) == []


@settings(deadline=None, max_examples=60)
@given(
    st.lists(st.tuples(st.integers(1, 5_000), st.integers(1, 5_000)), min_size=4, max_size=8, unique=True),
    st.integers(0, 2),
    st.booleans(),
)
def test_shares_rounded_or_cut_off_are_never_wrong(pairs: list[tuple[int, int]], places: int, cut: bool) -> None:
    rows = []
    for n, (one, other) in enumerate(pairs):
        top, bottom = min(one, other), max(one, other)
        scaled = Fraction(top * 100, bottom) * 10**places
        whole = int(scaled) if cut else int(scaled + Fraction(1, 2))
        shown = f"{whole // 10**places}.{whole % 10**places:0{places}}" if places else str(whole)
        rows.append(f"Area {n} | {bottom:,} | {top:,} | {shown}%")
    assert wrong(check(check_ratio_columns, table("Area | Calls | Answered | % answered", *rows))) == []


SCORES = "Ref | Likelihood | Impact | Score | {}"
MOVED = ("R1 | 4 | 4 | 16 | 16", "R2 | 3 | 5 | 15 | 12", "R3 | 3 | 4 | 12 | 16", "R4 | 4 | 3 | 12 | 12",
         "R5 | 2 | 5 | 10 | 10", "R6 | 3 | 3 | 9 | 9", "R7 | 2 | 4 | {} | 8", "R8 | 2 | 3 | 6 | 6",
         "R9 | 5 | 3 | 15 | 15", "R10 | 5 | 2 | 10 | 10")  # fmt: skip


@pytest.mark.parametrize("head", ["Previous score", "Target score", "Score in March", "Score before controls"])
def test_a_score_of_another_day_is_not_held_to_todays_likelihood(head: str) -> None:
    rows = [row.format(8) for row in MOVED]
    assert wrong(check(check_ratio_columns, table(SCORES.format(head), *rows))) == []
    rows = [row.format(6) for row in MOVED]
    found = wrong(check(check_ratio_columns, table(SCORES.format(head), *rows)))
    assert ["prints 6 under “Score”" in each.message for each in found] == [True]


def test_the_column_that_is_held_may_stand_behind_the_other() -> None:
    rows = ("R1 | 4 | 4 | 16 | 16", "R2 | 3 | 5 | 10 | 15", "R3 | 4 | 3 | 12 | 12", "R4 | 2 | 5 | 10 | 10",
            "R5 | 3 | 3 | 9 | 9", "R6 | 2 | 3 | 6 | 6")  # fmt: skip
    assert (
        wrong(check(check_ratio_columns, table("Ref | Likelihood | Impact | Wanted score | Score", *rows))) == []
    )


def test_residual_scores_are_of_what_is_called_residual() -> None:
    head = "Risk | Inherent likelihood | Inherent impact | Inherent score | Residual likelihood | Residual impact"
    rows = ("R1 | 4 | 4 | 16 | 3 | 4 | 12", "R2 | 5 | 4 | 20 | 4 | 4 | 16", "R3 | 3 | 4 | 12 | 2 | 4 | 9",
            "R4 | 3 | 3 | 9 | 3 | 2 | 6", "R5 | 4 | 2 | 8 | 2 | 3 | 6")  # fmt: skip
    found = wrong(check(check_ratio_columns, table(f"{head} | Residual score", *rows)))
    assert ["“R3” prints 9" in each.message for each in found] == [True]


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_a_rate_of_another_year_is_not_held_to_this_years_counts(order: tuple[int, int]) -> None:
    heads = ["Rate per 1,000 (2032/33)", "Rate per 1,000 (2031/32)"]
    rows = [("Kelp | 61,240 | 4,102", "67.0", "66.8"), ("Marsh | 14,900 | 478", "32.1", "32.1"),
            ("Cove | 38,300 | 402", "10.5", "10.5"), ("Dune | 40,000 | 800", "20.0", "20.0")]  # fmt: skip
    lines = [" | ".join([row[0], *(row[1 + n] for n in order)]) for row in rows]
    head = " | ".join(["Area | Population 2031 | Crimes", *(heads[n] for n in order)])
    assert wrong(check(check_ratio_columns, table(head, *lines))) == []


def test_a_rate_of_another_year_than_its_counts_is_passed_over() -> None:
    rows = ("Kelp | 200 | 150 | 75%", "Marsh | 80 | 20 | 26%", "Cove | 120 | 90 | 75%", "Dune | 60 | 30 | 50%")
    assert wrong(check(check_ratio_columns, table("Head | Budget | Spent 2032 | % spent 2031", *rows))) == []
    assert wrong(check(check_ratio_columns, table("Head | Budget | Spent | % spent last year", *rows))) == []
    assert (
        len(wrong(check(check_ratio_columns, table("Head | Budget 2031 | Spent 2032 | % spent 2032", *rows)))) == 1
    )


RATES = ("Kelp | 4,102 | 61,240 | 67.0", "Marsh | 478 | 14,900 | 32.1", "Cove | 402 | 38,300 | 10.5")


@pytest.mark.parametrize(
    ("total", "verdicts"),
    [
        ("Force | 4,982 | 114,440 | 34.5", [Verdict.CONTRADICTION]),
        ("Force | 4,982 | 114,440 | 43.5", []),
        ("Force | 4,982 | 114,440 | 36.5", []),  # the mean of the three
        ("Force | 4,982 | 114,440 | 32.1", []),  # the one in their middle
        ("Force | 4,892 | 114,440 | 43.5", []),  # right for what the rows add up to: the total beside it is wrong
        ("Average | 1,661 | 38,147 | 36.5", []),
        ("Dune | n/a | 900 | n/a\nForce | 4,982 | 115,340 | 43.5", []),  # of the three that are known
        ("Dune | n/a | 900 | n/a\nForce | 4,982 | 115,340 | 34.5", [Verdict.SUSPECT]),
    ],
)
def test_the_rate_of_the_whole(total: str, verdicts: list[Verdict]) -> None:
    rows = (*RATES, *total.split("\n"))
    found = wrong(check(check_ratio_columns, table("Area | Crimes | Population | Per 1,000", *rows)))
    assert [each.verdict for each in found] == verdicts


def test_two_rows_and_what_their_total_should_be() -> None:
    rows = (
        "Kelp | 400 | 100 | 25%",
        "Marsh | 300 | 60 | 20%",
        "Cove | 200 | 50 | 28%",
        "Total | 900 | 230 | 23.3%",
    )
    found = wrong(check(check_ratio_columns, table("Area | Stops | Found | Find rate", *rows)))
    assert ["“Cove” prints 28%" in each.message for each in found] == [True]
    sound = [row.replace("28%", "25%") for row in rows]
    assert wrong(check(check_ratio_columns, table("Area | Stops | Found | Find rate", *sound))) == []
    other = [row.replace("23.3%", "30.1%") for row in rows]  # nothing shows what the rates are of
    assert wrong(check(check_ratio_columns, table("Area | Stops | Found | Met rate", *other))) == []


@pytest.mark.parametrize(("printed", "told"), [("16,358,903", 1), ("15,998,903", 0), ("15,998,902", 0)])
def test_a_precept_is_the_base_times_the_charge(printed: str, told: int) -> None:
    rows = ("Kelp | 71,094.2 | 286.56 | 20,372,754", "Marsh | 52,310.0 | 286.56 | 14,989,954",
            "Cove | 43,118.7 | 286.56 | 12,356,095", f"Dune | 55,830.9 | 286.56 | {printed}")  # fmt: skip
    found = wrong(check(check_ratio_columns, table("Authority | Tax base | Band D £ | Precept £", *rows)))
    assert len(found) == told
