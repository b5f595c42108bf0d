"""Of which period does a clause speak?"""

from __future__ import annotations

import datetime as dt

import pytest

from bluelamp.checks.claim_periods import find_named, read_when

pytestmark = pytest.mark.no_database


@pytest.mark.parametrize(
    ("words", "to", "months"),
    [
        ("in the 12 months to March 2021", dt.date(2021, 3, 31), 12),
        ("in the year ending 30 September 2023", dt.date(2023, 9, 30), 12),
        ("during the 12 months to the end of March 2021", dt.date(2021, 3, 31), 12),
        ("in 2020/21", dt.date(2021, 3, 31), 12),
        ("in 2019", dt.date(2019, 12, 31), 12),
        ("in Q4 2020/21", dt.date(2021, 3, 31), 3),
        ("in March 2024", dt.date(2024, 3, 31), 1),
        ("by March 2024", dt.date(2024, 3, 31), None),
        ("between Jan-Mar 2021", dt.date(2021, 3, 31), 3),
    ],
)
def test_a_named_period(words: str, to: dt.date, months: int | None) -> None:
    of = read_when(f"Burglary fell {words}").of
    assert of is not None
    assert (of.to, of.months) == (to, months)


@pytest.mark.parametrize(
    ("words", "base"),
    [
        ("since March 2018", dt.date(2018, 3, 31)),
        ("compared with 2019/20", dt.date(2020, 3, 31)),
        ("from 41% in 2019/20", dt.date(2020, 3, 31)),
        ("against the same period in 2019", dt.date(2019, 12, 31)),
    ],
)
def test_what_it_compares_with(words: str, base: dt.date) -> None:
    when = read_when(f"burglary in 2020/21 fell {words}")
    assert when.base is not None
    assert when.base.to == base


@pytest.mark.parametrize(
    ("words", "is_default", "is_quarter", "is_other"),
    [
        ("over the last year", True, False, False),
        ("by more than a quarter", True, False, False),
        ("in the latest quarter", False, True, False),
        ("quarter on quarter", False, True, False),
        ("last month", False, False, True),
        ("in April and May", False, False, True),
        ("since the launch of the scheme", False, False, True),
    ],
)
def test_words_without_a_name(words: str, is_default: bool, is_quarter: bool, is_other: bool) -> None:
    when = read_when(f"burglary fell {words}")
    assert (when.is_default, when.is_quarter, when.is_other) == (is_default, is_quarter, is_other)


def test_years_are_counted_and_no_ages() -> None:
    assert read_when("over the last three years").years == 3
    assert read_when("among 16 year olds").years is None


@pytest.mark.parametrize("words", ["£2020", "2020 offences were", "12,020", "20.2021%"])
def test_no_year(words: str) -> None:
    assert not [n for n in find_named(f"it cost {words}") if words.startswith(("£", "12", "20.20"))]
