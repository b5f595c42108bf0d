"""Is a total over months the sum of all of them, and never of fewer?"""

from __future__ import annotations

import math
from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bluelamp.figures.months import Month
from bluelamp.figures.not_known import NotKnown
from bluelamp.figures.ratios import ratio
from bluelamp.figures.rolling import RollingRatio, rolling_ratio, rolling_sums, rolling_total, rolling_totals

pytestmark = pytest.mark.no_database

START = Month(2019, 4)
figures = st.one_of(
    st.integers(0, 10_000).map(Decimal), st.sampled_from([NotKnown("pending"), NotKnown("not published")])
)
series = st.lists(figures, min_size=1, max_size=40)


def dated(values: list[Decimal | NotKnown]) -> dict[Month, Decimal | NotKnown]:
    return {START.plus(i): value for i, value in enumerate(values)}


@given(series, st.integers(1, 12))
def test_totals_are_sums_of_a_slice(values: list[Decimal | NotKnown], months: int) -> None:
    totals = rolling_totals(dated(values), months)
    assert list(totals) == [START.plus(end) for end in range(months - 1, len(values))]
    for end, found in enumerate(totals.values(), start=months):
        window = values[end - months : end]
        if any(isinstance(value, NotKnown) for value in window):
            assert isinstance(found, NotKnown)
        else:
            assert found == sum(window)  # type: ignore[arg-type]


@given(st.lists(series, min_size=1, max_size=3), st.integers(1, 12))
def test_arrays_say_what_single_series_say(rows: list[list[Decimal | NotKnown]], months: int) -> None:
    width = max(map(len, rows))
    padded = [row + [NotKnown("not given")] * (width - len(row)) for row in rows]
    grid = np.array([[math.nan if isinstance(v, NotKnown) else float(v) for v in row] for row in padded])
    sums = rolling_sums(grid, months)
    assert sums.shape == grid.shape
    for row, found in zip(padded, sums, strict=True):
        for index, value in enumerate(found):
            one = rolling_total(dated(row), START.plus(index), months)
            assert math.isnan(value) if isinstance(one, NotKnown) else value == float(one)


@given(st.lists(st.integers(0, 999).map(Decimal), min_size=24, max_size=24))
def test_a_total_moves_by_the_month_that_came_less_the_month_that_went(values: list[Decimal]) -> None:
    totals = rolling_totals(dated(list(values)))
    for index in range(12, 24):
        step = totals[START.plus(index)] - totals[START.plus(index - 1)]  # type: ignore[operator]
        assert step == values[index] - values[index - 12]


def test_missing_months_are_named() -> None:
    values = dated([Decimal(1)] * 12)
    values[Month(2019, 7)] = NotKnown("not published")
    assert rolling_total(values, Month(2020, 3)) == NotKnown("without July 2019 (not published)")
    del values[Month(2019, 8)]
    assert rolling_total(values, Month(2020, 3)) == NotKnown(
        "without July 2019 (not published), August 2019 (not given)"
    )
    assert rolling_total({}, Month(2020, 3), 3) == NotKnown(
        "without January 2020 (not given), February 2020 (not given), March 2020 (not given)"
    )
    assert rolling_total({}, Month(2020, 3), 12) == NotKnown(
        "without 12 of 12 months, among them April 2019 (not given), May 2019 (not given), June 2019 (not given)"
    )
    assert rolling_total(values, Month(2019, 7), 1) == NotKnown("not published")
    assert rolling_totals({}) == {}
    with pytest.raises(ValueError, match="window"):
        rolling_total(values, Month(2020, 3), 0)
    with pytest.raises(ValueError, match="window"):
        rolling_sums(np.zeros(3), 0)


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(0, 50)), min_size=12, max_size=12))
def test_a_ratio_adds_above_and_below_apart(pairs: list[tuple[int, int]]) -> None:
    tops, bottoms = ({START.plus(i): Decimal(pair[side]) for i, pair in enumerate(pairs)} for side in (0, 1))
    found = rolling_ratio(tops, bottoms, START.plus(11))
    assert isinstance(found, RollingRatio)
    above, below = sum(pair[0] for pair in pairs), sum(pair[1] for pair in pairs)
    assert (found.numerator, found.denominator) == (above, below)
    if below:
        assert float(found.value) == pytest.approx(100 * above / below)  # type: ignore[arg-type]
    else:
        assert found.value == NotKnown("the denominator is zero")


def test_a_ratio_says_which_side_is_missing() -> None:
    whole = dated([Decimal(1)] * 3)
    short = dated([Decimal(1)] * 2)
    to = START.plus(2)
    assert rolling_ratio(short, whole, to, 3) == NotKnown("numerator: without June 2019 (not given)")
    assert rolling_ratio(whole, short, to, 3) == NotKnown("denominator: without June 2019 (not given)")


def test_rates_per_head() -> None:
    assert ratio(Decimal(50), Decimal(20_000), 1000) == Decimal("2.5")
    assert ratio(Decimal(50), Decimal(0), 1000) == NotKnown("the denominator is zero")
    assert ratio(None, Decimal(5)) == NotKnown("no numerator")
    assert ratio(Decimal(5), NotKnown("pending")) == NotKnown("pending")
    assert ratio(Decimal(0), Decimal(7)) == 0
