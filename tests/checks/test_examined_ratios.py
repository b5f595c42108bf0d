"""Ratios of papers that an examiner wrote: in brackets, by the month, on average, in columns a total proves."""

from __future__ import annotations

import pytest
from tests.checks.made_subjects import check, said, table, wrong

from bluelamp.checks.casts import check_casts
from bluelamp.checks.change_columns import check_change_columns
from bluelamp.checks.fraction_sentences import check_fraction_sentences
from bluelamp.checks.model import Verdict
from bluelamp.checks.multiples import check_multiples
from bluelamp.checks.ratio_columns import check_ratio_columns

pytestmark = pytest.mark.no_database


@pytest.mark.parametrize(
    "sentence",
    [
        "Of the 188 victims, 47 (35%) had been a victim before.",
        "Of the 60 probationers 54 (80%) had a mentor.",
        "Of 40 audits, 31 (70.5%) were on time.",
    ],
)
def test_a_share_in_brackets_that_no_whole_gives(sentence: str) -> None:
    assert said(check(check_fraction_sentences, sentence + "\n"), Verdict.CONTRADICTION)


@pytest.mark.parametrize(
    "sentence",
    [
        "Of the 180 files reviewed, 153 (85%) were complete and 27 (15%) were not.",
        "Of the 1,842 officers, 420 (23%) are women, of whom 35 (8%) are sergeants.",
        "Of 912 complaints 701 were closed, and 198 of all those closed went to review (28%).",
        "Of the 420 forces asked, 120 (5% more) replied.",
        "Of about 60 probationers, 54 (80%) had a mentor.",
        "Of the 300 calls, 120 (40%) were from 80 callers, 20 (25%) of them children.",
    ],
)
def test_a_share_in_brackets_that_some_whole_gives(sentence: str) -> None:
    assert not wrong(check(check_fraction_sentences, sentence + "\n"))


@pytest.mark.parametrize(
    "sentence",
    [
        "Overtime cost £212,000 a month, which over twelve months is £2.84m.",
        "Rent is £1,250 per month, or £16,000 a year.",
        "Officers lost 11,414 days over 1,811.4 posts, an average of 8.3 days each.",
    ],
)
def test_a_multiple_that_is_none(sentence: str) -> None:
    assert said(check(check_multiples, sentence + "\n"), Verdict.CONTRADICTION)


@pytest.mark.parametrize(
    "sentence",
    [
        "Agency spend was £41,500 a month, or £498,000 over the year.",
        "The lease costs about £4,000 a month (£49,000 a year).",
        "Crime averaged 120 a month, and 900 in the year to March.",
        "Overtime was £212,000 a month, or £700,000 in the year to date.",
        "Days lost were 14,820 across 2,962 posts, an average of 5.0 days each.",
        "There were 640 calls over 4 days, an average of 6 minutes each.",
        "Detentions rose to 640 a month, against 9,000 in the year before.",
    ],
)
def test_a_multiple_that_is_one_or_none_at_all(sentence: str) -> None:
    assert not wrong(check(check_multiples, sentence + "\n"))


def test_a_total_bears_witness_to_a_column_of_three_rows() -> None:
    text = table(
        "Group | Establishment | Vacancies | Vacancy rate",
        "Officers | 1,842.0 | 30.6 | 1.7%",
        "Staff | 1,105.5 | 93.2 | 8.4%",
        "Wardens | 160.0 | 21.8 | 16.3%",
        "Total | 3,107.5 | 145.6 | 4.7%",
    )
    assert "13.62" in said(check(check_ratio_columns, text), Verdict.CONTRADICTION)[0].message


def test_what_a_total_prints_for_a_rate_may_be_a_mean() -> None:
    text = table(
        "Group | Posts | Vacant | Vacancy rate",
        "Officers | 400 | 20 | 5.0%",
        "Staff | 100 | 20 | 20.0%",
        "Wardens | 50 | 4 | 8.0%",
        "Total | 550 | 44 | 11.0%",
    )
    assert not wrong(check(check_ratio_columns, text))


def test_a_score_is_the_product_of_its_two_columns() -> None:
    rows = ["R1 | 4 | 5 | 20", "R2 | 4 | 4 | 16", "R3 | 3 | 4 | 12", "R4 | 3 | 3 | 9", "R5 | 2 | 4 | 10"]
    assert len(wrong(check(check_ratio_columns, table("Risk | Likelihood | Impact | Score", *rows)))) == 1
    assert not wrong(check(check_ratio_columns, table("Risk | Likelihood | Impact | Score", *rows[:-1])))


def test_a_column_of_changes_may_be_in_per_cent_and_in_points() -> None:
    text = table(
        "Measure | Q4 2023/24 | Q3 2024/25 | Q4 2024/25 | Change on Q3 | Change on Q4 last year",
        "Emergency calls | 41,220 | 44,815 | 42,006 | -6.3% | +1.9%",
        "Other calls | 58,911 | 52,300 | 51,870 | -0.8% | -12.0%",
        "Online reports | 9,402 | 10,115 | 11,233 | +11.1% | +19.5%",
        "Answered in time | 87.1% | 89.9% | 90.4% | +0.5 pts | +3.3 pts",
        "Abandoned | 9.9% | 7.7% | 8.3% | +0.6 pts | +1.6 pts",
    )
    found = wrong(check(check_change_columns, text))
    assert len(found) == 1
    assert "sign is wrong" in found[0].message


def test_a_price_that_is_the_same_in_every_row_is_not_added_up() -> None:
    text = table(
        "District | Tax base | Band D £ | Yield £",
        "East | 100 | 284.00 | 28,400",
        "West | 200 | 284.00 | 56,800",
        "Total | 300 | 284.00 | 85,200",
    )
    assert not wrong(check(check_casts, text))


def test_so_many_per_anything_that_is_counted_beside_it() -> None:
    rows = ["North | 84 | 1,012,300 | 12,051", "South | 61 | 798,441 | 13,089", "East | 47 | 560,220 | 11,920"]
    head = "Base | Vehicles | Miles | Miles per vehicle"
    assert wrong(check(check_ratio_columns, table(head, *rows, "West | 39 | 441,870 | 13,130")))
    assert not wrong(check(check_ratio_columns, table(head, *rows, "West | 39 | 441,870 | 11,330")))
