"""Are figures written as the reports of the field write them, rounded once and never as -0?"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bluelamp.figures.changes import Change
from bluelamp.figures.not_known import NotKnown
from bluelamp.figures.printed import may_be, read_printed
from bluelamp.figures.saying import (
    round_figure,
    say_change,
    say_figure,
    say_ratio,
    say_signed,
)

pytestmark = pytest.mark.no_database

D = Decimal
numbers = st.decimals(min_value=-(10**7), max_value=10**7, places=3)


@pytest.mark.parametrize(
    ("value", "unit", "places", "said"),
    [
        ("8105", "", None, "8,105"),
        ("77.43", "percent", None, "77.4%"),
        ("0.545", "percent", 2, "0.55%"),
        ("1076.4", "gbp_thousand", None, "£1,076k"),
        ("-0.2", "gbp_thousand", None, "£0k"),
        ("-3426", "gbp_thousand", None, "-£3,426k"),
        ("19544", "gbp", None, "£19,544"),
        ("78.5", "days", None, "78.5 days"),
        ("1", "days", 0, "1 day"),
        ("14", "minutes", None, "14 minutes"),
        ("14.25", "minutes", None, "14.3 minutes"),
        ("2.5", "per 1,000 residents", None, "2.5 per 1,000 residents"),
        ("1", "per 1,000 residents", None, "1 per 1,000 residents"),
        ("8105.5", "count", None, "8,106"),
        ("2.25", "rate", None, "2.3"),
        ("2.25", "mean", None, "2.3"),
        ("2.25", "days", None, "2.3 days"),
        ("3.5", "points", None, "3.5 percentage points"),
        ("160.13", "mean", 2, "160.13"),
        ("-0.04", "percent", None, "0.0%"),
    ],
)
def test_figures(value: str, unit: str, places: int | None, said: str) -> None:
    assert say_figure(D(value), unit, places) == said


def test_what_is_not_known_says_why() -> None:
    assert say_figure(NotKnown("pending"), "percent") == "pending"


def test_ratios_keep_what_was_counted() -> None:
    assert say_ratio(D("1980"), D("2006.0")) == "1,980/2,006"
    assert say_ratio(D("2059.01"), D("2087")) == "2,059.01/2,087"


@pytest.mark.parametrize(
    ("first", "last", "unit", "said"),
    [
        ("2895", "2288", "", "fell by 21.0% (607) to 2,288"),
        ("6981", "8105", "", "rose by 16.1% (1,124) to 8,105"),
        ("134.2", "78.5", "days", "fell by 41.5% (55.7 days) to 78.5 days"),
        ("14.3", "17.8", "percent", "rose by 3.5 percentage points to 17.8%"),
        ("14.3", "15.3", "percent", "rose by 1.0 percentage point to 15.3%"),
        ("14.31", "14.30", "percent", "fell by less than 0.1 percentage points to 14.3%"),
        ("10000", "10003", "", "rose by less than 0.1% (3) to 10,003"),
        ("0", "5", "", "rose by 5 to 5"),
        ("5", "5", "", "stayed at 5"),
        ("5.02", "5.03", "mean", "rose by 0.2% to 5.0"),
        ("0", "0.02", "mean", "rose by little to 0.0"),
        ("12", "14", "gbp", "rose by 16.7% (£2) to £14"),
        ("1000", "1076", "gbp_thousand", "rose by 7.6% (£76k) to £1,076k"),
    ],
)
def test_sentences(first: str, last: str, unit: str, said: str) -> None:
    assert say_change(Change(first=D(first), last=D(last)), unit) == said


@given(numbers, st.integers(0, 3))
def test_rounding_is_half_away_from_zero(value: Decimal, places: int) -> None:
    size = abs(value) * 10**places
    whole = int(size) + (1 if size - int(size) >= D("0.5") else 0)
    assert round_figure(value, places) * 10**places == (whole if value > 0 else -whole)
    assert round_figure(-value, places) == -round_figure(value, places)


@given(numbers, st.integers(0, 3))
def test_nothing_has_no_sign_and_something_has(value: Decimal, places: int) -> None:
    said = say_signed(value, places)
    assert (said[0] in "+-") == bool(round_figure(value, places))
    assert not round_figure(D("-0.0001"), places).is_signed()


@given(numbers, st.sampled_from(["percent", "points", "days"]))
def test_what_is_written_reads_back_as_what_may_be_the_figure(value: Decimal, unit: str) -> None:
    read = read_printed(say_figure(value, unit))
    assert read is not None
    assert may_be(read, value)
    assert read.value == value.quantize(D("0.1"), rounding=ROUND_HALF_UP)
