"""Which printed dates cannot be?"""

from __future__ import annotations

import datetime as dt
from calendar import day_name

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.checks.made_subjects import check, said, wrong

from bluelamp.checks.dates import check_dates
from bluelamp.checks.model import Verdict

pytestmark = pytest.mark.no_database


@settings(deadline=None, max_examples=60)
@given(st.dates(dt.date(1990, 1, 1), dt.date(2040, 12, 31)), st.integers(0, 6))
def test_a_weekday_is_its_dates_own(day: dt.date, name: int) -> None:
    text = f"The panel meets on {day_name[name]} {day.day} {day:%B %Y}."
    assert bool(wrong(check(check_dates, text), "weekday")) is (day.weekday() != name)


@pytest.mark.parametrize(
    ("text", "rule", "verdict"),
    [
        ("It covers the year to 31 April 2022.", "no-such-day", Verdict.CONTRADICTION),
        ("It was 29 February 2023.", "no-such-day", Verdict.CONTRADICTION),
        ("Between 6 May 2021 and 28 April 2021 it ran.", "range", Verdict.CONTRADICTION),
        ("From 6 May 2020 to 28 April 2021 it ran.", "range", Verdict.CONSISTENT),
        ("Quarter 3 (October to December) was busy.", "quarter-months", Verdict.CONSISTENT),
        ("Q1 (January to March) was busy.", "quarter-months", Verdict.CONSISTENT),
        ("Q2 (October to December) was busy.", "quarter-months", Verdict.CONTRADICTION),
        ("Figures for the quarter ending 31 May 2021 follow.", "quarter-end", Verdict.SUSPECT),
        ("Figures for the quarter ended 30 June 2021 follow.", "quarter-end", Verdict.CONSISTENT),
    ],
)
def test_one_rule(text: str, rule: str, verdict: Verdict) -> None:
    found = [each for each in check(check_dates, text) if each.rule == rule]
    assert [each.verdict for each in found] == [verdict]


@pytest.mark.parametrize(
    "text",
    [
        "29 February 2024 was the last day.",
        "Minutes of 6 May 2021 and 28 April 2021 were read.",
        "The meetings are on 4 July 2022, 3 June 2022 and 1 May 2022.",
        "In May 2021 it opened.",
        "The quarter to which this refers is the third.",
    ],
)
def test_nothing_is_wrong_here(text: str) -> None:
    assert wrong(check(check_dates, text)) == []


def test_the_sentence_says_which_day_it_was() -> None:
    found = said(check(check_dates, "We meet on Monday 19 May 2021."), Verdict.CONTRADICTION)[0]
    assert found.message == "“Monday 19 May 2021”: 19 May 2021 was a Wednesday."
    assert found.printed[0].text == "Monday 19 May 2021"
