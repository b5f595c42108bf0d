"""Sentences of papers that an examiner wrote: which row is meant, and what compares with another year."""

from __future__ import annotations

import pytest
from tests.checks.made_subjects import check, said, table, wrong

from bluelamp.checks.claims import check_claims
from bluelamp.checks.model import Verdict

pytestmark = pytest.mark.no_database

SEARCHES = "## Table 1: Stops and searches by reason\n\n" + table(
    "Reason | 2023 | 2024",
    "Drugs | 2,914 | 2,702",
    "Going equipped | 388 | 402",
    "Stolen goods | 511 | 470",
    "All searches | 5,100 | 5,030",
)


@pytest.mark.parametrize(
    "sentence",
    [
        "Searches for stolen goods fell from 511 to 407.",
        "Searches for going equipped doubled.",
        "Drug searches fell by 12%.",
    ],
)
def test_a_row_of_a_part_is_meant_before_the_row_for_all(sentence: str) -> None:
    assert said(check(check_claims, f"{SEARCHES}\n{sentence}\n"), Verdict.CONTRADICTION)


@pytest.mark.parametrize(
    "sentence",
    [
        "Searches for stolen goods fell from 511 to 470.",
        "Drug searches fell by 7%.",
        "Searches fell by a little over 1%.",
        "Drug searches of children fell by 12%.",
    ],
)
def test_what_a_row_says_or_what_is_a_part_of_it_is_not_told(sentence: str) -> None:
    assert not wrong(check(check_claims, f"{SEARCHES}\n{sentence}\n"))


def test_a_row_named_by_a_plain_word_is_not_taken_for_the_total() -> None:
    text = "## Table 1: Allegations by kind\n\n" + table(
        "Kind | 2022/23 | 2023/24",
        "Delivery of duties | 702 | 781",
        "Conduct | 266 | 258",
        "Total allegations | 968 | 1,039",
    )
    assert not wrong(check(check_claims, f"{text}\nAllegations about conduct fell by 3% to 258.\n"))


def test_a_second_comparison_keeps_its_year_to_itself() -> None:
    text = "## Table 1: Offences, 12 months to 31 December\n\n" + table(
        "Measure | 2022 | 2023 | 2024",
        "Shoplifting | 6,020 | 7,244 | 8,932",
        "Robbery | 610 | 588 | 641",
    )
    end = "Shoplifting rose by around 23%, to just under 9,000 offences, nearly half as much again as in 2022.\n"
    assert not wrong(check(check_claims, f"{text}\n{end}"))
