"""Do the limits leave out just those areas whose own interval leaves out the average?"""

from __future__ import annotations

import csv
import itertools
import math
from pathlib import Path

import numpy as np
import pytest
import scipy.special  # noqa: F401  # loaded here, so that no example's time counts it
from hypothesis import assume, given
from hypothesis import strategies as st

from bluelamp.figures.funnels import (
    Area,
    Funnel,
    Position,
    Statistic,
    Widening,
    axis_sizes,
    build_funnel,
    funnel_limits,
)
from bluelamp.figures.intervals import count_limits, poisson_limits, wilson_limits
from bluelamp.figures.not_known import NotKnown
from bluelamp.lib.errors import PlainError

pytestmark = pytest.mark.no_database


def area(name: str, numerator: object, denominator: object) -> Area:
    return Area(name=name, numerator=numerator, denominator=denominator)  # type: ignore[arg-type]


@st.composite
def shares(draw: st.DrawFn) -> list[Area]:
    sizes = draw(st.lists(st.integers(1, 5_000), min_size=2, max_size=15))
    return [area(f"A{i}", draw(st.integers(0, n)), n) for i, n in enumerate(sizes)]


@st.composite
def rates(draw: st.DrawFn) -> list[Area]:
    sizes = draw(st.lists(st.integers(100, 5_000), min_size=2, max_size=15))
    return [area(f"A{i}", draw(st.integers(0, 300)), n) for i, n in enumerate(sizes)]


def side(value: float, low: float, high: float) -> int:
    return -1 if high < value else 1 if low > value else 0


SIDES = {
    Position.LOW_OUTER: (-1, -1),
    Position.LOW_INNER: (-1, 0),
    Position.WITHIN: (0, 0),
    Position.HIGH_INNER: (1, 0),
    Position.HIGH_OUTER: (1, 1),
}


@given(shares())
def test_an_area_lies_outside_when_its_own_wilson_interval_leaves_the_average_out(areas: list[Area]) -> None:
    funnel = build_funnel(areas)
    average = funnel.baseline / 100
    for placed, each in zip(funnel.areas, areas, strict=True):
        found = []
        for level in (0.95, 0.998):
            low, high = (float(x) for x in wilson_limits(each.numerator, each.denominator, level))  # type: ignore[arg-type]
            assume(min(abs(low - average), abs(high - average)) > 1e-12)
            found.append(side(average, low, high))
        assert SIDES[placed.position] == tuple(found)


@given(rates())
def test_a_rate_lies_outside_when_its_published_interval_leaves_the_expected_count_out(areas: list[Area]) -> None:
    funnel = build_funnel(areas, statistic=Statistic.RATE, multiplier=1000)
    for placed, each in zip(funnel.areas, areas, strict=True):
        expected = funnel.baseline / 1000 * float(each.denominator)  # type: ignore[arg-type]
        bounds = [count_limits(float(each.numerator), level) for level in (0.95, 0.998)]  # type: ignore[arg-type]
        assert SIDES[placed.position] == tuple(side(expected, float(a), float(b)) for a, b in bounds)


@given(st.floats(0.5, 5_000), st.sampled_from([0.95, 0.998]))
def test_the_limits_of_a_rate_are_counts_whose_interval_just_reaches_the_expected(
    expected: float, level: float
) -> None:
    low, high = (float(x[0]) * expected for x in funnel_limits([expected], 1.0, Statistic.RATE, confidence=level))
    assert low < expected < high
    assert float(poisson_limits(high, level)[0]) == pytest.approx(expected, rel=1e-6)
    if low > 0:
        assert float(poisson_limits(low, level)[1]) == pytest.approx(expected, rel=1e-6)
    else:
        assert float(poisson_limits(0, level)[1]) >= expected * (1 - 1e-9)


def test_curves_by_events_lie_on_the_curves_by_size() -> None:
    funnel = build_funnel(
        [area("A", 300, 20_000), area("B", 90, 9_000)], statistic=Statistic.RATE, multiplier=1000
    )
    for limit in funnel.limits_by_events([1, 4, 37, 412.0]):
        for name in ("low_inner", "high_inner", "low_outer", "high_outer"):
            size, value = getattr(limit, name)
            assert value == pytest.approx(limit.events / size * 1000)
            assert getattr(funnel.limits([size])[0], name) == pytest.approx(value, rel=1e-6)


def test_the_published_curve_of_ratios() -> None:
    """Two points that the published implementation's own search gives, to its seven digits."""
    funnel = build_funnel([area("A", 1, 1)], statistic=Statistic.RATE, multiplier=1, baseline=1)
    first, second = funnel.limits_by_events([200, 500])
    assert first.high_inner[0] == pytest.approx(173.24086, rel=1e-5)
    assert second.low_outer[0] == pytest.approx(573.02748, rel=1e-5)


def test_curves_by_events_are_of_plain_rates_only() -> None:
    rate = build_funnel([area("A", 5, 10)], statistic=Statistic.RATE)
    with pytest.raises(PlainError, match="above zero"):
        rate.limits_by_events([0])
    with pytest.raises(ValueError, match="by events"):
        build_funnel([area("A", 5, 10)]).limits_by_events([1])


def phi_by_hand(areas: list[Area], average: float) -> tuple[float, list[float]]:
    """The mean square of the z-scores after the least and greatest tenths are drawn in, and their variances."""
    scores, variances = [], []
    for each in areas:
        x, n = float(each.numerator), float(each.denominator)  # type: ignore[arg-type]
        variances.append(average * (1 - average) / n)
        scores.append((x / n - average) / math.sqrt(variances[-1]))
    ordered = sorted(scores)

    def quantile(share: float) -> float:
        at = share * (len(ordered) - 1)
        below = math.floor(at)
        above = min(below + 1, len(ordered) - 1)
        return ordered[below] + (at - below) * (ordered[above] - ordered[below])

    drawn = [min(max(score, quantile(0.1)), quantile(0.9)) for score in scores]
    return sum(score**2 for score in drawn) / len(drawn), variances


@given(shares())
def test_widening_is_worked_out_by_hand(areas: list[Area]) -> None:
    average = build_funnel(areas).baseline / 100
    assume(0 < average < 1)
    phi, variances = phi_by_hand(areas, average)
    assert build_funnel(areas, widening=Widening.FACTOR).dispersion == pytest.approx(max(1, phi))
    weights = [1 / variance for variance in variances]
    room = sum(weights) - sum(weight**2 for weight in weights) / sum(weights)
    between = max(0.0, (len(areas) * phi - (len(areas) - 1)) / room)
    assert build_funnel(areas, widening=Widening.BETWEEN).between == pytest.approx(between, abs=1e-12)


@given(shares(), st.sampled_from([Widening.FACTOR, Widening.BETWEEN]))
def test_widening_never_puts_an_area_outside(areas: list[Area], widening: Widening) -> None:
    plain, wide = build_funnel(areas), build_funnel(areas, widening=widening)
    for before, after in zip(plain.areas, wide.areas, strict=True):
        assert sum(map(abs, SIDES[after.position])) <= sum(map(abs, SIDES[before.position]))


def test_areas_without_figures_are_left_out_by_name() -> None:
    funnel = build_funnel(
        [
            area("North", 5, 10),
            area("South", NotKnown("not published"), 10),
            area("East", 0, 0),
            area("West", 1, None),
        ]
    )
    assert [placed.name for placed in funnel.areas] == ["North"]
    assert dict(funnel.left_out) == {
        "South": NotKnown("not published"),
        "East": NotKnown("the denominator is zero"),
        "West": NotKnown("no denominator"),
    }


@pytest.mark.parametrize("areas", [[], [area("A", None, 5)], [area("A", 6, 5)], [area("A", -1, 5)]])
def test_what_cannot_be_is_refused(areas: list[Area]) -> None:
    with pytest.raises(PlainError):
        build_funnel(areas)


def test_nobody_above_nothing() -> None:
    for statistic in Statistic:
        funnel = build_funnel([area("A", 0, 10), area("B", 0, 500)], statistic=statistic, widening=Widening.FACTOR)
        assert {placed.position for placed in funnel.areas} == {Position.WITHIN}
        for limit in funnel.limits([10, 100]):
            assert (limit.low_outer, limit.low_inner, limit.high_inner, limit.high_outer) == (0, 0, 0, 0)
    with pytest.raises(PlainError, match="above zero"):
        funnel.limits([0])


def test_a_ratio_is_set_against_one() -> None:
    areas = [area("A", 30, 12.5), area("B", 9, 10.1), area("C", 1, 12)]
    funnel = build_funnel(areas, statistic=Statistic.RATE, multiplier=1, baseline=1)
    assert [placed.position for placed in funnel.areas] == [
        Position.HIGH_OUTER,
        Position.WITHIN,
        Position.LOW_OUTER,
    ]


def test_every_position_has_words() -> None:
    assert len({position.words for position in Position}) == len(Position)


def test_curves_of_areas_of_like_size_begin_near_the_smallest() -> None:
    sizes = axis_sizes([25_932, 30_100])
    assert (sizes[0], sizes[-1], len(sizes)) == (20_000, 32_000, 100)
    assert all(b > a for a, b in itertools.pairwise(sizes))


# -- conformance ----------------------------------------------------------------------------------------------


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def published(shared: Path) -> tuple[Funnel, list[dict[str, str]], list[dict[str, str]]]:
    given = rows_of(shared / "conformance" / "intervals_testdata_funnel_prop_inputs.csv")
    drawn = rows_of(shared / "conformance" / "intervals_testdata_funnel_prop_outputs.csv")
    areas = [area(row["Area"], float(row["numerator"]), float(row["denominator"])) for row in given]
    return build_funnel(areas), given, drawn


@pytest.mark.shared
def test_each_area_conforms(published: tuple[Funnel, list[dict[str, str]], list[dict[str, str]]]) -> None:
    funnel, given, _ = published
    assert [(p.name, p.position.value) for p in funnel.areas] == [(r["Area"], r["significance"]) for r in given]
    assert len(given) > 300


@pytest.mark.shared
def test_the_curves_conform(published: tuple[Funnel, list[dict[str, str]], list[dict[str, str]]]) -> None:
    funnel, _, drawn = published
    sizes = axis_sizes([placed.denominator for placed in funnel.areas])
    assert sizes == [float(row["Population"]) for row in drawn]
    heads = ("Lower2s0025limit", "Upper2s0025limit", "Lower3s0001limit", "Upper3s0001limit", "Baseline")
    wanted = np.array([[float(row[head]) for head in heads] for row in drawn])
    found = np.array(
        [
            [limit.low_inner, limit.high_inner, limit.low_outer, limit.high_outer, funnel.baseline]
            for limit in funnel.limits(sizes)
        ]
    )
    assert np.abs(found - wanted).max() < 6e-7  # the file prints six decimals
