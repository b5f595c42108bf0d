"""Do months count, and are periods named as people name them?"""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bluelamp.figures.months import Month, Span, months_between, period_words

pytestmark = pytest.mark.no_database

days = st.dates(min_value=dt.date(1900, 1, 1), max_value=dt.date(2100, 12, 31))


@given(days, st.integers(-600, 600))
def test_a_month_counts_forth_and_back(day: dt.date, months: int) -> None:
    month = Month.of(day)
    assert month.plus(months).plus(-months) == month
    assert month.plus(months).index - month.index == months
    assert month.first <= day <= month.last
    assert Month.of(month.last + dt.timedelta(days=1)) == month.plus(1)


@given(days)
def test_a_month_is_read_as_it_is_written(day: dt.date) -> None:
    assert Month.parse(str(Month.of(day))) == Month.of(day)


@pytest.mark.parametrize("said", ["2021-13", "2021-00", "March 2021", "21-03", "2021-3", ""])
def test_what_is_no_month_is_refused(said: str) -> None:
    with pytest.raises(ValueError, match="no month"):
        Month.parse(said)


def test_months_between_are_all_of_them() -> None:
    found = [str(month) for month in months_between(Month(2020, 11), Month(2021, 2))]
    assert found == ["2020-11", "2020-12", "2021-01", "2021-02"]
    assert list(months_between(Month(2021, 2), Month(2021, 1))) == []


def test_periods_are_named_by_their_end() -> None:
    to = Month(2021, 3)
    assert period_words(to, Span.MONTH) == "March 2021"
    assert period_words(to, Span.QUARTER) == "January to March 2021"
    assert period_words(to, Span.YEAR) == "12 months to March 2021"
    assert period_words(to, Span.HALF_YEAR) == "October 2020 to March 2021"
