"""Are control charts those of the reference, and sound where the reference is not?"""

from __future__ import annotations

import datetime as dt
import json
import math
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.figures.slow_control import slow_chart

from bluelamp.figures.control_cases import read_case, write_chart
from bluelamp.figures.control_charts import (
    Assurance,
    ControlChart,
    PointType,
    Variation,
    make_control_chart,
)
from bluelamp.figures.control_rules import (
    PLAIN_SETTINGS,
    RULE_SETS,
    Cause,
    ControlSettings,
    Improvement,
    RuleSet,
    can_chart,
    check_can_chart,
    find_improvement,
    find_rules,
)
from bluelamp.figures.months import Month, Span
from bluelamp.lib.errors import PlainError

pytestmark = pytest.mark.no_database

UP = ControlSettings(improvement=Improvement.INCREASE)


def days_of(count: int) -> list[dt.date]:
    return [Month(2015, 1).plus(nth).first for nth in range(count)]


def chart_of(values: list[float | None], settings: ControlSettings = UP) -> ControlChart:
    return make_control_chart(days_of(len(values)), values, settings)


def causes_of(values: list[float | None], settings: ControlSettings = UP) -> list[Cause | None]:
    return [point.cause for point in chart_of(values, settings).points]


# -- the reference ----------------------------------------------------------------------------------------

FAULTS_OF_THE_REFERENCE = {"own_constant_series", "own_na_gap"}


def same(expected: object, found: object) -> bool:
    if isinstance(expected, list):
        return isinstance(found, list) and len(expected) == len(found) and all(map(same, expected, found))
    if isinstance(expected, bool | str) or expected is None or isinstance(found, bool | str) or found is None:
        return expected == found and type(expected) is type(found if not isinstance(found, str) else str(found))
    return math.isclose(float(expected), float(found), rel_tol=0, abs_tol=1e-9)  # type: ignore[arg-type]


@pytest.mark.shared
@pytest.mark.parametrize(("name", "results", "refused"), [("spc_cases", 30, 0), ("spc_fuzz", 140, 10)])
def test_every_case_of_the_reference(shared: Path, name: str, results: int, refused: int) -> None:
    cases: list[dict[str, Any]] = json.loads((shared / "conformance" / f"{name}.json").read_bytes())["cases"]
    agreed, errors = 0, 0
    for case in cases:
        if case["id"] in FAULTS_OF_THE_REFERENCE:
            continue
        if "expected" not in case:
            with pytest.raises(PlainError):
                read_case(case["input"], PLAIN_SETTINGS).chart()
            errors += 1
            continue
        read = read_case(case["input"], PLAIN_SETTINGS)
        found = write_chart(read.chart(), bare=read.bare)
        assert found.keys() == case["expected"].keys()
        differ = [key for key, expected in case["expected"].items() if not same(expected, found[key])]
        assert differ == [], case["id"]
        agreed += 1
    assert (agreed, errors) == (results, refused)


# -- a second opinion -------------------------------------------------------------------------------------

# Few values, so that ties, points on the mean and trends come up; some of the few are halves and tenths.
small = st.integers(-4, 4).map(float)
tenths = st.integers(-30, 30).map(lambda number: number / 10)
wide = st.floats(-1e6, 1e6, allow_nan=False)
walks = st.lists(st.sampled_from([1.0, 1.0, 1.0, 2.0, -1.0, 0.0]), min_size=1, max_size=40)


@st.composite
def series(draw: st.DrawFn) -> list[float | None]:
    if draw(st.booleans()):
        steps, at = draw(walks), 0.0
        turn = draw(st.sampled_from([1, -1]))
        values: list[float | None] = []
        for step in steps:
            at += step * turn
            values.append(at)
            turn = -turn if draw(st.integers(0, 9)) == 0 else turn
    else:
        each = draw(st.sampled_from([small, tenths, wide]))
        values = list(draw(st.lists(each, min_size=1, max_size=40)))
    if draw(st.booleans()):
        gaps = draw(st.sets(st.integers(0, len(values) - 1), max_size=5))
        values = [None if at in gaps else value for at, value in enumerate(values)]
    if all(value is None for value in values):
        values.append(1.0)
    return values


@given(series(), st.data())
def test_the_chart_is_that_of_the_slow_twin(values: list[float | None], data: st.DataObject) -> None:
    days = days_of(len(values))
    starts = data.draw(st.sets(st.integers(0, len(values) - 1), max_size=3))
    settings = ControlSettings(
        rebase=tuple(days[at] for at in starts),
        fix_after=data.draw(st.none() | st.integers(12, 30)),
        screen_outliers=data.draw(st.booleans()),
        rules=data.draw(st.sampled_from(list(RULE_SETS.values()))),
        improvement=data.draw(st.sampled_from(Improvement)),
    )
    slow = slow_chart(
        values,
        starts,
        fix_after=settings.fix_after,
        screen=settings.screen_outliers,
        beyond_counts=settings.rules.name == "mdc_2024",
    )
    fast = [
        {
            "group": point.group,
            "mean": point.limits.mean if point.limits else None,
            "lower": point.limits.lower if point.limits else None,
            "upper": point.limits.upper if point.limits else None,
            "short": point.short_group,
            "side": point.side,
            "outside": point.outside,
            "near": point.near,
            "cause": point.cause,
        }
        for point in make_control_chart(days, values, settings).points
    ]
    assert fast == slow


def test_the_twin_meets_every_cause() -> None:
    """The properties above say nothing of a cause that never comes up."""
    import random

    chance, met = random.Random(4), set()
    for _ in range(400):
        values: list[float | None] = [chance.gauss(0, 1) + (at > 20) for at in range(40)]
        values[5:12] = sorted(values[5:12], key=lambda value: value or 0.0, reverse=chance.random() < 0.5)
        met |= set(causes_of(values))
    assert met == set(Cause)


@given(series(), st.integers(-5, 5), st.sampled_from([0.25, 0.5, 2.0, 4.0]))
def test_shifting_and_stretching_changes_no_cause(values: list[float | None], up: int, by: float) -> None:
    rounded = [None if value is None else float(round(value)) for value in values]
    other = [None if value is None else value * by for value in rounded]
    assert causes_of(other) == causes_of(rounded)
    turned = [None if value is None else -value for value in rounded]
    assert [point.side for point in chart_of(turned).points] == [
        None if point.side is None else -point.side for point in chart_of(rounded).points
    ]


@given(series(), st.randoms())
def test_the_order_of_the_rows_does_not_matter(values: list[float | None], chance: Any) -> None:
    rows = list(zip(days_of(len(values)), values, strict=True))
    mixed = rows.copy()
    chance.shuffle(mixed)
    assert make_control_chart([day for day, _ in mixed], [value for _, value in mixed], UP) == chart_of(values)


# -- gaps -------------------------------------------------------------------------------------------------


def test_no_moving_range_reaches_across_a_gap() -> None:
    """Ranges are 2, 2 and 2; across the gap it would be 50."""
    chart = chart_of([10.0, 12.0, 10.0, None, 60.0, 62.0])
    limits = chart.points[0].limits
    assert limits is not None
    assert limits.mean == pytest.approx(154 / 5)
    assert limits.upper == pytest.approx(154 / 5 + 2.66 * 2)


def test_of_a_missing_value_nothing_is_said_but_its_limits() -> None:
    gap = chart_of([10.0, 12.0, None, 11.0]).points[2]
    assert (gap.value, gap.side, gap.outside, gap.near, gap.cause, gap.kind) == (None,) * 6
    assert gap.limits is not None
    assert gap.limits.mean == 11


def test_a_gap_ends_runs_trends_and_windows() -> None:
    before: list[float | None] = [0.0, 4.0] * 8
    fixed = ControlSettings(fix_after=16)
    for unbroken, cause in (
        ([2.5] * 7, Cause.SHIFT_UP),
        ([1.0, 1.5, 2.0, 2.5, 3.0, 3.5, 4.0], Cause.RISING),
        ([10.0, 3.0, 10.0], Cause.NEAR_UPPER),
    ):
        assert cause in causes_of([*before, *unbroken], fixed)
        broken = [*unbroken[:2], None, *unbroken[2:]]
        assert cause not in causes_of([*before, *broken], fixed)


@pytest.mark.parametrize("values", [[None, None, 3.0, 4.0, 5.0], [3.0, 4.0, 5.0, None, None]])
def test_gaps_at_the_ends(values: list[float | None]) -> None:
    chart = chart_of(values)
    assert chart.latest.value == 5
    assert chart.variation is Variation.COMMON
    assert chart.points[0].limits == chart_of([3.0, 4.0, 5.0]).points[0].limits


def test_a_series_without_values_is_refused() -> None:
    for values in ([], [None], [None, None]):
        with pytest.raises(PlainError, match="no value"):
            chart_of(list(values))


def test_a_group_of_nothing_has_no_limits() -> None:
    days = days_of(5)
    settings = ControlSettings(rebase=(days[3],), target=1.0, improvement=Improvement.INCREASE)
    chart = make_control_chart(days, [1.0, 2.0, 1.0, None, None], settings)
    assert chart.points[4].limits is None
    assert chart.assurance is Assurance.NO_LIMITS
    assert chart.latest.value == 1


def test_known_points_fix_the_limits() -> None:
    """The twelfth known value is the thirteenth of the series."""
    values: list[float | None] = [1.0, None, *[1.0, 3.0] * 5, 1.0, 1000.0]
    limits = chart_of(values, ControlSettings(fix_after=12)).points[0].limits
    assert limits is not None
    assert limits.mean == pytest.approx((7 * 1 + 5 * 3) / 12)


def test_a_range_exactly_at_the_screen_is_left_out() -> None:
    """Ranges 1, 1, 1 and 3 have a mean of 1.5; with a screen of 2 the 3 is at it, and those left average 1."""
    rules = RuleSet("of this test", "", screen=2.0)
    limits = chart_of([0.0, 1.0, 2.0, 3.0, 6.0], ControlSettings(rules=rules)).points[0].limits
    assert limits is not None
    assert limits.upper == pytest.approx(12 / 5 + 2.66)


# -- constant series --------------------------------------------------------------------------------------


@pytest.mark.parametrize("constant", [5.0, 0.0, 0.1, 0.7, -3.3, 1e-9, 1e9 + 0.1])
@pytest.mark.parametrize("count", [2, 3, 6, 15, 40])
def test_a_series_that_never_changes_is_its_own_limits(constant: float, count: int) -> None:
    chart = chart_of([constant] * count)
    for point in chart.points:
        assert point.limits is not None
        assert (point.limits.mean, point.limits.lower, point.limits.upper) == (constant,) * 3
        assert (point.outside, point.near, point.side, point.cause) == (False, False, 0, Cause.COMMON)
    assert chart.variation is Variation.COMMON


def test_the_first_point_that_differs_is_outside() -> None:
    settings = ControlSettings(fix_after=12, improvement=Improvement.DECREASE)
    chart = chart_of([5.0] * 12 + [5.1], settings)
    assert chart.latest.cause is Cause.ABOVE
    assert chart.variation is Variation.CONCERN_HIGH


# -- rules ------------------------------------------------------------------------------------------------


def test_the_later_rules_count_points_beyond_the_limits() -> None:
    values: list[float | None] = [0.0, 1.0] * 10
    values += [3.2, 2.75]
    settings = ControlSettings(fix_after=20, screen_outliers=False)
    assert causes_of(values, settings)[-2:] == [Cause.ABOVE, Cause.COMMON]
    values = [*values[:-2], 0.6, 3.2, 2.75]
    later = ControlSettings(fix_after=20, screen_outliers=False, rules=find_rules("mdc_2024"))
    assert causes_of(values, settings)[-2:] == [Cause.ABOVE, Cause.COMMON]
    assert causes_of(values, later)[-2:] == [Cause.ABOVE, Cause.NEAR_UPPER]


def test_a_point_on_the_mean_breaks_a_run() -> None:
    on_one_side: list[float | None] = [0.0, 4.0] * 8 + [2.5] * 7
    settings = ControlSettings(fix_after=16)
    assert causes_of(on_one_side, settings)[-7:] == [Cause.SHIFT_UP] * 7
    on_one_side[-3] = 2.0
    assert causes_of(on_one_side, settings)[-7:] == [Cause.COMMON] * 7


def test_a_peak_of_two_trends_is_the_later_ones() -> None:
    before: list[float | None] = [0.0, 40.0] * 8
    values = [*before, 17.0, 18.0, 19.0, 20.5, 21.0, 22.0, 23.0, 22.0, 21.0, 20.5, 19.0, 18.0, 17.0]
    causes = causes_of(values, ControlSettings(fix_after=16))
    assert causes[16:22] == [Cause.RISING] * 6
    assert causes[22:] == [Cause.FALLING] * 7


def test_what_is_better_is_polarity() -> None:
    values: list[float | None] = [0.0, 1.0] * 8 + [9.0]
    kinds = {
        Improvement.INCREASE: (PointType.IMPROVEMENT, Variation.IMPROVEMENT_HIGH),
        Improvement.DECREASE: (PointType.CONCERN, Variation.CONCERN_HIGH),
        Improvement.NEUTRAL: (PointType.NEUTRAL_HIGH, Variation.NEUTRAL_HIGH),
    }
    for improvement, (kind, icon) in kinds.items():
        chart = chart_of(values, ControlSettings(improvement=improvement))
        assert (chart.latest.kind, chart.variation) == (kind, icon)


@pytest.mark.parametrize(
    ("improvement", "target", "assurance"),
    [
        (Improvement.INCREASE, 10.0, Assurance.FAIL),
        (Improvement.INCREASE, -10.0, Assurance.PASS),
        (Improvement.DECREASE, 10.0, Assurance.PASS),
        (Improvement.DECREASE, -10.0, Assurance.FAIL),
        (Improvement.INCREASE, 0.5, Assurance.INCONSISTENT),
        (Improvement.NEUTRAL, 10.0, None),
        (Improvement.INCREASE, None, None),
    ],
)
def test_assurance(improvement: Improvement, target: float | None, assurance: Assurance | None) -> None:
    chart = chart_of([0.0, 1.0] * 8, ControlSettings(improvement=improvement, target=target))
    assert chart.assurance is assurance


def test_a_target_on_the_limit_is_not_beyond_it() -> None:
    limits = chart_of([0.0, 1.0] * 8).points[0].limits
    assert limits is not None
    for target in (limits.upper, limits.lower):
        settings = ControlSettings(improvement=Improvement.INCREASE, target=target)
        assert chart_of([0.0, 1.0] * 8, settings).assurance is Assurance.INCONSISTENT


def test_a_rebase_outside_the_series_changes_nothing_and_one_at_its_start_only_the_number() -> None:
    values: list[float | None] = [1.0, 2.0, 4.0, 3.0]
    plain = chart_of(values)
    for day in (dt.date(2014, 12, 1), dt.date(2030, 1, 1), dt.date(2015, 1, 15)):
        assert chart_of(values, ControlSettings(rebase=(day,), improvement=UP.improvement)).points == plain.points
    first = chart_of(values, ControlSettings(rebase=(dt.date(2015, 1, 1),)))
    assert [point.group for point in first.points] == [1, 1, 1, 1]
    assert [point.limits for point in first.points] == [point.limits for point in plain.points]


def test_a_long_series_is_charted() -> None:
    values: list[float | None] = [float(at % 7) for at in range(20_000)]
    days = [dt.date(1950, 1, 1) + dt.timedelta(days=at) for at in range(20_000)]
    assert len(make_control_chart(days, values, UP).points) == 20_000


# -- what is refused --------------------------------------------------------------------------------------


@pytest.mark.parametrize("settings", [ControlSettings(fix_after=11), ControlSettings(target=math.inf)])
def test_settings_that_contradict_the_rules(settings: ControlSettings) -> None:
    with pytest.raises(PlainError):
        chart_of([1.0, 2.0], settings)


def test_series_that_cannot_be_charted() -> None:
    day = dt.date(2021, 3, 1)
    with pytest.raises(PlainError, match="twice"):
        make_control_chart([day, day], [1.0, 2.0], UP)
    with pytest.raises(PlainError, match="one date for each"):
        make_control_chart([day], [1.0, 2.0], UP)
    for value in (math.nan, math.inf, 1e300):
        with pytest.raises(PlainError, match="not a number"):
            make_control_chart([day], [value], UP)


def test_rolling_values_are_refused() -> None:
    assert can_chart(Span.MONTH)
    assert can_chart(Span.QUARTER, 3)
    for span, step in ((Span.YEAR, 1), (Span.YEAR, 3), (Span.QUARTER, 1)):
        assert not can_chart(span, step)
        with pytest.raises(PlainError, match="single months"):
            check_can_chart(span, step)
    check_can_chart(Span.YEAR, 12)


def test_names_that_are_not_known() -> None:
    with pytest.raises(PlainError, match="mdc_2021 or mdc_2024"):
        find_rules("mdc_1999")
    with pytest.raises(PlainError, match="increase, decrease, neutral"):
        find_improvement("up")
