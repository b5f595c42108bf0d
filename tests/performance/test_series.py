"""Are figures kept as they came, and is what is missing named?"""

from __future__ import annotations

from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bluelamp.figures.months import Month
from bluelamp.performance.series import FLAGS, UNKNOWN, Point, Series, SeriesKey, overlay
from bluelamp.performance.stored_points import restore_points, store_points

pytestmark = pytest.mark.no_database

KEY = SeriesKey("plan", "1A.1")
months = st.integers(24_000, 24_400).map(Month.at)
numbers = st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**9), max_value=10**9)
known = st.builds(
    Point,
    to=months,
    value=numbers,
    numerator=st.none() | numbers,
    denominator=st.none() | numbers,
    flags=st.lists(st.sampled_from(FLAGS), unique=True).map(tuple),
    printed=st.text(max_size=5),
    sample=st.none() | st.integers(0, 10**6),
    half_width=st.none() | numbers,
    cell=st.text(max_size=5),
)
missing = st.builds(Point, to=months, unknown=st.sampled_from(sorted(UNKNOWN)))
points = st.lists(known | missing, unique_by=lambda point: point.to).map(
    lambda found: tuple(sorted(found, key=lambda point: point.to))
)


@given(points)
def test_points_come_back_as_they_were_kept(found: tuple[Point, ...]) -> None:
    assert restore_points(store_points(found)) == found


@given(st.lists(points, min_size=1, max_size=4))
def test_a_later_load_stands_in_place_of_an_earlier_one(loads: list[tuple[Point, ...]]) -> None:
    laid = overlay(Series(KEY, each) for each in loads)
    slow = {}
    for each in loads:
        for point in each:
            slow[point.to] = point
    assert {point.to: point for point in laid.points} == slow


def test_a_month_that_nobody_gave_is_no_zero() -> None:
    series = Series(KEY, (Point(to=Month(2021, 1), value=Decimal(3)), Point(to=Month(2021, 3), unknown="pending")))
    assert series.at(Month(2021, 2)).unknown == "not-loaded"
    columns = series.columns(Month(2020, 12), Month(2021, 3))
    assert np.array_equal(columns.value, [np.nan, 3.0, np.nan, np.nan], equal_nan=True)


def test_a_figure_is_known_or_its_absence_has_a_name() -> None:
    with pytest.raises(ValueError, match="has a name"):
        Point(to=Month(2021, 1))
    with pytest.raises(ValueError, match="has a name"):
        Point(to=Month(2021, 1), value=Decimal(1), unknown="pending")
    with pytest.raises(ValueError, match="no name"):
        Point(to=Month(2021, 1), unknown="lost")


def test_two_points_of_one_month_are_refused() -> None:
    twice = Point(to=Month(2021, 1), value=Decimal(3))
    with pytest.raises(ValueError, match="same month"):
        Series(KEY, (twice, twice))
