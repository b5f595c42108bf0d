"""Which points of a series are unusual, and is its target within reach? (XmR: individual values, moving ranges)

The method is that of "Making Data Count"; where its reference implementation gives a result, this is the same.
Two inputs defeat the reference and are defined here:

- A missing value. It is no point: it sets no limit, no moving range reaches across it, and it ends every run,
  trend and window of three, because nobody knows which side of the mean it lay on. The alternative, closing the
  gap, would let a rule about seven months in a row speak of months that are not in a row. The limits of its
  group still stand at its date; whatever would be said of the point itself is None.
- A series that never changes. Its limits are its mean: all ranges are zero and none is screened. Any point that
  then differs lies outside.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby, pairwise
from statistics import mean
from typing import Final

from bluelamp.figures.control_rules import PLAIN_SETTINGS, Cause, ControlSettings, Improvement, RuleSet
from bluelamp.lib.errors import PlainError

LARGEST: Final = 1e100
"""Values beyond this are refused: their sums would overflow, and no count or rate is so large."""


class Variation(StrEnum):
    """What the latest known point says."""

    COMMON = "common_cause"
    IMPROVEMENT_HIGH = "improvement_high"
    IMPROVEMENT_LOW = "improvement_low"
    CONCERN_HIGH = "concern_high"
    CONCERN_LOW = "concern_low"
    NEUTRAL_HIGH = "neutral_high"
    NEUTRAL_LOW = "neutral_low"


class Assurance(StrEnum):
    """Where the target lies against the last group's limits. NO_LIMITS: one point has none."""

    PASS = "consistent_pass"  # noqa: S105  (no password: the target is met)
    FAIL = "consistent_fail"
    INCONSISTENT = "inconsistent"
    NO_LIMITS = "no_limits"


class PointType(StrEnum):
    """A cause seen from the direction that is better."""

    COMMON = "common_cause"
    IMPROVEMENT = "special_cause_improvement"
    CONCERN = "special_cause_concern"
    NEUTRAL_HIGH = "special_cause_neutral_high"
    NEUTRAL_LOW = "special_cause_neutral_low"


@dataclass(frozen=True, slots=True)
class Limits:
    """Of one group of points. The four limits are None where there is no moving range: fewer than two points in
    a row."""

    mean: float
    lower: float | None
    upper: float | None
    near_lower: float | None
    near_upper: float | None


@dataclass(frozen=True, slots=True)
class ControlPoint:
    """A date of the chart. `side` is -1, 0 or 1: below, on or above the mean. What is said of the value is None
    where it is missing; `outside` and `near` are None too where the group has no limits."""

    day: dt.date
    value: float | None
    group: int
    limits: Limits | None
    short_group: bool
    side: int | None
    outside: bool | None
    near: bool | None
    cause: Cause | None
    kind: PointType | None


@dataclass(frozen=True, slots=True)
class ControlChart:
    """The points in order of their dates, and the two icons; the assurance is None without target or direction."""

    points: tuple[ControlPoint, ...]
    settings: ControlSettings
    variation: Variation
    assurance: Assurance | None

    @property
    def latest(self) -> ControlPoint:
        """The last point that has a value."""
        return next(point for point in reversed(self.points) if point.value is not None)


def make_control_chart(
    days: Sequence[dt.date], values: Sequence[float | None], settings: ControlSettings = PLAIN_SETTINGS
) -> ControlChart:
    """The chart of `values` (None where missing) at `days`; PlainError where they cannot be charted."""
    settings.check()
    check_series(days, values)
    series = sorted(zip(days, values, strict=True), key=lambda at: at[0])
    points: list[ControlPoint] = []
    for number, group in groupby(_number_groups(series, settings.rebase), key=lambda at: at[0]):
        points.extend(_make_group(number, [(day, value) for _, day, value in group], settings))
    chart = tuple(points)
    return ControlChart(chart, settings, _find_variation(chart), _find_assurance(chart, settings))


def check_series(days: Sequence[dt.date], values: Sequence[float | None]) -> None:
    """PlainError unless there is a date for each value, none twice, and a value to chart."""
    if len(days) != len(values):
        raise PlainError(f"There are {len(values)} values for {len(days)} dates: give one date for each value.")
    seen: set[dt.date] = set()
    for day in days:
        if day in seen:
            raise PlainError(f"The date {day.isoformat()} stands twice: a chart takes one value for each date.")
        seen.add(day)
    if all(value is None for value in values):
        raise PlainError("The series has no value: give at least one number.")
    for day, value in zip(days, values, strict=True):
        if value is not None and not abs(value) <= LARGEST:
            raise PlainError(f"The value at {day.isoformat()} is not a number that can be charted.")


def _number_groups(
    series: list[tuple[dt.date, float | None]], rebase: tuple[dt.date, ...]
) -> Iterator[tuple[int, dt.date, float | None]]:
    """Group 0 until a date of `rebase`; a rebase at the first point makes its group number 1."""
    number = 0
    for day, value in series:
        number += day in rebase
        yield number, day, value


def find_limits(values: Sequence[float | None], settings: ControlSettings) -> Limits | None:
    """The limits that the values of one group set; None where every value is missing."""
    used = _first_known(values, settings.fix_after)
    known = [value for value in used if value is not None]
    if not known:
        return None
    # Exact, rounded once. A floating sum over n can miss a constant's own value by a bit, and then every point of
    # a series that never changes lies outside (seen with 0.1 three times over).
    centre = mean(known)
    ranges = [abs(b - a) for a, b in pairwise(used) if a is not None and b is not None]
    if not ranges:
        return Limits(centre, None, None, None, None)
    rules, average = settings.rules, mean(ranges)
    if settings.screen_outliers and average > 0:
        average = mean([each for each in ranges if each < rules.screen * average])
    wide, near = rules.limit * average, rules.near * average
    return Limits(centre, centre - wide, centre + wide, centre - near, centre + near)


def _first_known(values: Sequence[float | None], count: int | None) -> Sequence[float | None]:
    """The values up to the one that is the `count`th known."""
    if count is None:
        return values
    known = 0
    for at, value in enumerate(values):
        known += value is not None
        if known == count:
            return values[: at + 1]
    return values


def _make_group(
    number: int, series: list[tuple[dt.date, float | None]], settings: ControlSettings
) -> Iterator[ControlPoint]:
    values = [value for _, value in series]
    limits = find_limits(values, settings)
    short = sum(value is not None for value in values) < settings.rules.short
    sides = [_side(value, limits) for value in values]
    outside = [_is_beyond(value, limits) for value in values]
    near = [bool(_is_near(value, limits)) and not out for value, out in zip(values, outside, strict=True)]
    causes = _find_causes(values, sides, outside, near, settings.rules)
    for (day, value), side, out, close, cause in zip(series, sides, outside, near, causes, strict=True):
        unsaid = value is None or out is None
        yield ControlPoint(
            day=day,
            value=value,
            group=number,
            limits=limits,
            short_group=short,
            side=side,
            outside=out,
            near=None if unsaid else close,
            cause=None if value is None else cause,
            kind=None if value is None else type_of(cause, settings.improvement),
        )


def _side(value: float | None, limits: Limits | None) -> int | None:
    if value is None or limits is None:
        return None
    return (value > limits.mean) - (value < limits.mean)


def _is_beyond(value: float | None, limits: Limits | None) -> bool | None:
    if value is None or limits is None or limits.lower is None or limits.upper is None:
        return None
    return value > limits.upper or value < limits.lower


def _is_near(value: float | None, limits: Limits | None) -> bool | None:
    """Beyond the near limits, whether or not beyond the limits."""
    if value is None or limits is None or limits.near_lower is None or limits.near_upper is None:
        return None
    return value > limits.near_upper or value < limits.near_lower


def _find_causes(
    values: Sequence[float | None],
    sides: Sequence[int | None],
    outside: Sequence[bool | None],
    near: Sequence[bool],
    rules: RuleSet,
) -> list[Cause]:
    shift, trend = _mark_shifts(sides, rules.shift), _mark_trends(values, rules.trend)
    in_window = _mark_two_in_three(sides, outside, near, rules)
    causes = []
    for at, side in enumerate(sides):
        high = side == 1
        if outside[at]:
            causes.append(Cause.ABOVE if high else Cause.BELOW)
        elif trend[at]:
            causes.append(Cause.RISING if trend[at] > 0 else Cause.FALLING)
        elif in_window[at]:
            causes.append(Cause.NEAR_UPPER if high else Cause.NEAR_LOWER)
        elif shift[at]:
            causes.append(Cause.SHIFT_UP if high else Cause.SHIFT_DOWN)
        else:
            causes.append(Cause.COMMON)
    return causes


def _mark_shifts(sides: Sequence[int | None], least: int) -> list[bool]:
    """True for each point of `least` or more in a row on one side of the mean; on it, or missing, ends the run."""
    marks: list[bool] = []
    for side, run in groupby(sides):
        length = len(list(run))
        marks.extend([bool(side) and length >= least] * length)
    return marks


def _mark_trends(values: Sequence[float | None], least: int) -> list[int]:
    """1 or -1 for each point of `least` or more that rise or fall strictly; a peak of two is the later's."""
    steps = [0 if a is None or b is None else (b > a) - (b < a) for a, b in pairwise(values)]
    marks, at = [0] * len(values), 0
    for step, run in groupby(steps):
        length = len(list(run))
        if step and length >= least - 1:
            marks[at : at + length + 1] = [step] * (length + 1)
        at += length
    return marks


def _mark_two_in_three(
    sides: Sequence[int | None], outside: Sequence[bool | None], near: Sequence[bool], rules: RuleSet
) -> list[bool]:
    """True for each point in the outer third of a window that has two there and all on one side of the mean."""
    counts = [close or bool(rules.beyond_counts and out) for close, out in zip(near, outside, strict=True)]
    marks = [False] * len(sides)
    for start in range(len(sides) - rules.window + 1):
        window = range(start, start + rules.window)
        one_side = sides[start] in (-1, 1) and len({sides[at] for at in window}) == 1
        if one_side and sum(counts[at] for at in window) >= rules.window - 1:
            for at in window:
                marks[at] = marks[at] or near[at]
    return marks


def type_of(cause: Cause, improvement: Improvement) -> PointType:
    """A cause as improvement, concern, or neither where no direction is better."""
    if cause is Cause.COMMON:
        return PointType.COMMON
    if improvement is Improvement.NEUTRAL:
        return PointType.NEUTRAL_HIGH if cause.high else PointType.NEUTRAL_LOW
    better = cause.high == (improvement is Improvement.INCREASE)
    return PointType.IMPROVEMENT if better else PointType.CONCERN


def _find_variation(points: tuple[ControlPoint, ...]) -> Variation:
    latest = next(point for point in reversed(points) if point.value is not None)
    assert latest.cause is not None
    assert latest.kind is not None
    if latest.kind is PointType.COMMON:
        return Variation.COMMON
    height = "high" if latest.cause.high else "low"
    return Variation(f"{latest.kind.removeprefix('special_cause_').split('_')[0]}_{height}")


def _find_assurance(points: tuple[ControlPoint, ...], settings: ControlSettings) -> Assurance | None:
    if settings.target is None or settings.improvement is Improvement.NEUTRAL:
        return None
    limits = points[-1].limits
    if limits is None or limits.lower is None or limits.upper is None:
        return Assurance.NO_LIMITS
    increase = settings.improvement is Improvement.INCREASE
    if settings.target > limits.upper:
        return Assurance.FAIL if increase else Assurance.PASS
    if settings.target < limits.lower:
        return Assurance.PASS if increase else Assurance.FAIL
    return Assurance.INCONSISTENT
