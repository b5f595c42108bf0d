"""Are the bounds those of the methods they name, found here a slow second way?"""

from __future__ import annotations

import csv
import math
from pathlib import Path

import numpy as np
import pytest
import scipy.special  # noqa: F401  # loaded here, so that no example's time counts it
from hypothesis import given, settings
from hypothesis import strategies as st
from statsmodels.stats.proportion import proportion_confint

from bluelamp.figures.intervals import (
    Interval,
    byars_bounds,
    byars_limits,
    count_interval,
    count_limits,
    normal_quantile,
    poisson_limits,
    proportion_interval,
    rate_interval,
    wilson_limits,
)
from bluelamp.figures.not_known import NotKnown
from bluelamp.lib.errors import PlainError

pytestmark = pytest.mark.no_database

confidences = st.sampled_from([0.8, 0.9, 0.95, 0.99, 0.998])
counts = st.integers(0, 100_000)


@st.composite
def proportions(draw: st.DrawFn) -> tuple[int, int]:
    n = draw(st.integers(1, 100_000))
    return draw(st.integers(0, n)), n


# -- slow twins -----------------------------------------------------------------------------------------------


def bisect(low: float, high: float, is_above: object) -> float:
    """The number at which `is_above` begins to hold, between the two."""
    for _ in range(200):
        middle = (low + high) / 2
        if is_above(middle):  # type: ignore[operator]
            high = middle
        else:
            low = middle
    return (low + high) / 2


def wilson_by_search(x: float, n: float, z: float) -> tuple[float, float]:
    """Those true shares that lie no more than z of their own standard errors from what was seen."""
    seen = x / n

    def is_far(share: float) -> bool:
        return abs(seen - share) > z * math.sqrt(share * (1 - share) / n)

    low = 0.0 if x == 0 else bisect(0, seen, lambda share: not is_far(share))
    return low, 1.0 if x == n else bisect(seen, 1, is_far)


def poisson_at_most(x: int, mean: float) -> float:
    return math.fsum(math.exp(k * math.log(mean) - mean - math.lgamma(k + 1)) for k in range(x + 1))


def poisson_by_search(x: int, tail: float) -> tuple[float, float]:
    """The means under which so few, or so many, events have just the tail's chance."""
    high = bisect(1e-9, 10 * x + 50, lambda mean: poisson_at_most(x, mean) < tail)
    if x == 0:
        return 0.0, high
    return bisect(1e-9, x + 1, lambda mean: 1 - poisson_at_most(x - 1, mean) > tail), high


@settings(deadline=None)
@given(proportions(), confidences)
def test_wilson_is_found_by_search(share: tuple[int, int], confidence: float) -> None:
    low, high = map(float, wilson_limits(*share, confidence))
    slow = wilson_by_search(*share, normal_quantile(confidence))
    assert (low, high) == pytest.approx(slow, rel=1e-9, abs=1e-12)


@settings(deadline=None)
@given(st.integers(0, 60), confidences)
def test_the_exact_interval_is_found_by_adding_up_chances(events: int, confidence: float) -> None:
    low, high = map(float, poisson_limits(events, confidence))
    assert (low, high) == pytest.approx(poisson_by_search(events, (1 - confidence) / 2), rel=1e-8, abs=1e-12)


@settings(deadline=None)
@given(st.integers(1, 500), st.integers(0, 500), st.sampled_from([0.9, 0.95, 0.998]))
def test_wilson_is_that_of_statsmodels(n: int, x: int, confidence: float) -> None:
    x = min(x, n)
    low, high = proportion_confint(x, n, alpha=1 - confidence, method="wilson")
    found = proportion_interval(x, n, confidence=confidence)
    assert isinstance(found, Interval)
    assert (found.low, found.high) == pytest.approx((low, high), rel=1e-9, abs=1e-12)


@given(st.integers(10, 10**6))
def test_byars_is_near_the_exact_interval(events: int) -> None:
    for near, exact in zip(byars_limits(events), poisson_limits(events), strict=True):
        assert float(near) == pytest.approx(float(exact), rel=0.02)


# -- properties -----------------------------------------------------------------------------------------------


@given(proportions(), confidences)
def test_a_proportion_lies_within_its_bounds_and_they_within_nought_and_one(
    share: tuple[int, int], confidence: float
) -> None:
    found = proportion_interval(*share, confidence=confidence)
    assert isinstance(found, Interval)
    assert 0 <= found.low <= found.value + 1e-15
    assert found.value - 1e-15 <= found.high <= 1


@given(proportions(), confidences)
def test_those_who_did_not_are_the_mirror_of_those_who_did(share: tuple[int, int], confidence: float) -> None:
    x, n = share
    low, high = map(float, wilson_limits(x, n, confidence))
    other_low, other_high = map(float, wilson_limits(n - x, n, confidence))
    assert (1 - other_high, 1 - other_low) == pytest.approx((low, high), abs=1e-12)


@given(counts, st.integers(1, 10**7), st.sampled_from([1, 1000, 100_000]))
def test_a_rate_is_its_count_over_its_population(events: int, population: int, per: int) -> None:
    rate, count = rate_interval(events, population, multiplier=per), count_interval(events)
    assert isinstance(rate, Interval)
    assert isinstance(count, Interval)
    scaled = [figure / population * per for figure in (count.value, count.low, count.high)]
    assert [rate.value, rate.low, rate.high] == pytest.approx(scaled, rel=1e-12)
    assert rate.low <= rate.value <= rate.high


@given(counts)
def test_more_confidence_is_a_wider_interval(events: int) -> None:
    found = [count_interval(events, confidence=level) for level in (0.9, 0.95, 0.998)]
    assert all(isinstance(each, Interval) for each in found)
    widths = [each.high - each.low for each in found if isinstance(each, Interval)]
    assert widths == sorted(widths)


@given(st.lists(st.one_of(st.just(math.nan), st.integers(0, 40).map(float)), min_size=1))
def test_an_array_says_of_each_what_one_alone_says(events: list[float]) -> None:
    low, high = count_limits(events)
    for each, its_low, its_high in zip(events, low, high, strict=True):
        one = count_interval(each)
        if isinstance(one, NotKnown):
            assert np.isnan(its_low)
            assert np.isnan(its_high)
        else:
            assert (one.low, one.high) == pytest.approx((float(its_low), float(its_high)), rel=1e-14)


# -- what is not known, and what is refused -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("numerator", "denominator", "why"),
    [
        (None, 10, "no numerator"),
        (10, None, "no denominator"),
        (None, None, "no numerator"),
        (0, 0, "the denominator is zero"),
        (3, 0, "the denominator is zero"),
        (math.nan, 10, "no numerator"),
        (5, math.inf, "no denominator"),
        (NotKnown("not published"), 10, "not published"),
        (10, NotKnown("pending"), "pending"),
    ],
)
def test_what_is_not_known_keeps_its_name(numerator: object, denominator: object, why: str) -> None:
    assert proportion_interval(numerator, denominator) == NotKnown(why)  # type: ignore[arg-type]
    assert rate_interval(numerator, denominator) == NotKnown(why)  # type: ignore[arg-type]


@pytest.mark.parametrize("share", [(11, 10), (-1, 10), (1, -10), (1.5, 1)])
def test_what_no_proportion_can_be_is_refused(share: tuple[float, float]) -> None:
    with pytest.raises(PlainError, match="check"):
        proportion_interval(*share)


@pytest.mark.parametrize("confidence", [0, 1, 95, -0.5, math.nan])
def test_what_is_no_confidence_is_refused(confidence: float) -> None:
    with pytest.raises(PlainError, match=r"0\.95"):
        proportion_interval(1, 2, confidence=confidence)
    with pytest.raises(PlainError, match=r"0\.95"):
        rate_interval(1, 2, confidence=confidence)


def test_counts_and_populations_below_zero_are_refused() -> None:
    with pytest.raises(PlainError, match="below zero"):
        rate_interval(-1, 100)
    with pytest.raises(PlainError, match="below zero"):
        rate_interval(1, -100)


def test_where_byars_has_no_lower_bound_the_exact_one_is_published() -> None:
    bounds = byars_bounds(1, confidence=0.998)
    assert not isinstance(bounds, NotKnown)
    assert isinstance(bounds.low, NotKnown)
    assert byars_bounds(None) == NotKnown("no numerator")
    assert byars_bounds(0) != NotKnown("no numerator")


# -- conformance ----------------------------------------------------------------------------------------------


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def number(cell: str) -> float | None:
    return float(cell) if cell else None


@pytest.mark.shared
def test_proportions_conform(shared: Path) -> None:
    rows = rows_of(shared / "conformance" / "intervals_proportion_prop.csv")
    for row in rows:
        for level, low, high in ((0.95, "lower95_0cl", "upper95_0cl"), (0.998, "lower99_8cl", "upper99_8cl")):
            found = proportion_interval(
                number(row["Numerator"]),
                number(row["Denominator"]),
                confidence=level,
                multiplier=float(row["multiplier"]),
            )
            wanted = [number(row[head]) for head in ("value", low, high)]
            if wanted == [None] * 3:
                assert isinstance(found, NotKnown)
            else:
                assert isinstance(found, Interval)
                assert [found.value, found.low, found.high] == pytest.approx(wanted, rel=1e-12)
                assert found.method == row["method"].lower()
    assert len(rows) == 19


@pytest.mark.shared
def test_rates_conform(shared: Path) -> None:
    rows = rows_of(shared / "conformance" / "intervals_rate_rate.csv")
    for row in rows:
        for level, low, high in ((0.95, "lower95_0cl", "upper95_0cl"), (0.998, "lower99_8cl", "upper99_8cl")):
            found = rate_interval(
                number(row["Numerator"]),
                number(row["Denominator"]),
                confidence=level,
                multiplier=float(row["multiplier"]),
            )
            wanted = [number(row[head]) for head in ("value", low, high)]
            if wanted == [None] * 3:
                assert isinstance(found, NotKnown)
            else:
                assert isinstance(found, Interval)
                assert [found.value, found.low, found.high] == pytest.approx(wanted, rel=1e-12)
                assert found.method == row["method"].lower()
    assert len(rows) == 20


@pytest.mark.shared
def test_byars_and_wilson_by_name_conform(shared: Path) -> None:
    rows = rows_of(shared / "conformance" / "intervals_byars_wilson_b_w.csv")
    for row in rows:
        level = float(row["confidence"].rstrip("%")) / 100
        wanted = [number(row["lowercl"]), number(row["uppercl"])]
        if row["method"] == "Wilson":
            share = proportion_interval(number(row["x"]), number(row["n"]), confidence=level)
            assert isinstance(share, Interval)
            found = [share.low, share.high]
        else:
            bounds = byars_bounds(number(row["x"]), confidence=level)
            assert not isinstance(bounds, NotKnown)
            assert isinstance(bounds.low, NotKnown) == (wanted[0] is None)
            found = [bounds.high if isinstance(bounds.low, NotKnown) else bounds.low, bounds.high]
            wanted = [wanted[1] if wanted[0] is None else wanted[0], wanted[1]]
        assert found == pytest.approx(wanted, rel=1e-12)
    assert len(rows) == 13
