"""What does a control chart say, in words that stand without its colours?"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from bluelamp.figures.control_charts import (
    Assurance,
    ControlChart,
    ControlPoint,
    PointType,
    Variation,
)
from bluelamp.figures.control_rules import Cause, Improvement
from bluelamp.lib.calendar_days import say_day

SayValue = Callable[[float], str]
SayDay = Callable[[dt.date], str]


class Shape(StrEnum):
    """What is drawn: each state has its own, so that grey print loses nothing."""

    CIRCLE = "circle"
    TRIANGLE_UP = "triangle-up"
    TRIANGLE_DOWN = "triangle-down"
    DIAMOND = "diamond"
    SQUARE = "square"
    CROSS = "cross"


@dataclass(frozen=True, slots=True)
class Icon:
    """A state's few words and its shape; the words are always shown, the shape is beside them."""

    words: str
    shape: Shape


VARIATION_ICONS: Final = {
    Variation.COMMON: Icon("Usual variation: no change to be told from chance", Shape.CIRCLE),
    Variation.IMPROVEMENT_HIGH: Icon("Unusual and better: higher", Shape.TRIANGLE_UP),
    Variation.IMPROVEMENT_LOW: Icon("Unusual and better: lower", Shape.TRIANGLE_DOWN),
    Variation.CONCERN_HIGH: Icon("Unusual and worse: higher", Shape.DIAMOND),
    Variation.CONCERN_LOW: Icon("Unusual and worse: lower", Shape.DIAMOND),
    Variation.NEUTRAL_HIGH: Icon("Unusual: higher", Shape.SQUARE),
    Variation.NEUTRAL_LOW: Icon("Unusual: lower", Shape.SQUARE),
}
ASSURANCE_ICONS: Final = {
    Assurance.PASS: Icon("Meets the target unless something changes", Shape.TRIANGLE_UP),
    Assurance.FAIL: Icon("Misses the target unless something changes", Shape.CROSS),
    Assurance.INCONSISTENT: Icon("Meets the target in some periods and misses it in others", Shape.CIRCLE),
    Assurance.NO_LIMITS: Icon("Too few points to say whether the target will be met", Shape.SQUARE),
}
POINT_SHAPES: Final = {
    PointType.COMMON: Shape.CIRCLE,
    PointType.IMPROVEMENT: Shape.TRIANGLE_UP,
    PointType.CONCERN: Shape.DIAMOND,
    PointType.NEUTRAL_HIGH: Shape.SQUARE,
    PointType.NEUTRAL_LOW: Shape.SQUARE,
}
POINT_WORDS: Final = {
    PointType.COMMON: "usual variation",
    PointType.IMPROVEMENT: "unusual and better",
    PointType.CONCERN: "unusual and worse",
    PointType.NEUTRAL_HIGH: "unusual",
    PointType.NEUTRAL_LOW: "unusual",
}
_CAUSES: Final = {
    Cause.COMMON: "within the limits and in no pattern",
    Cause.ABOVE: "above the upper limit",
    Cause.BELOW: "below the lower limit",
    Cause.RISING: "one of {trend} or more that rise each time",
    Cause.FALLING: "one of {trend} or more that fall each time",
    Cause.NEAR_UPPER: "one of two in three near the upper limit",
    Cause.NEAR_LOWER: "one of two in three near the lower limit",
    Cause.SHIFT_UP: "one of {shift} or more in a row above the mean",
    Cause.SHIFT_DOWN: "one of {shift} or more in a row below the mean",
}


def say_cause(point: ControlPoint, chart: ControlChart) -> str:
    """Why the point is marked: "above the upper limit"."""
    if point.cause is None:
        return "missing"
    rules = chart.settings.rules
    return _CAUSES[point.cause].format(trend=rules.trend, shift=rules.shift)


def say_point(point: ControlPoint, chart: ControlChart) -> str:
    """The point's whole state: "unusual and worse: above the upper limit"."""
    if point.kind is None:
        return "missing: no value"
    usual = point.kind is PointType.COMMON
    return POINT_WORDS[point.kind] if usual else f"{POINT_WORDS[point.kind]}: {say_cause(point, chart)}"


def say_number(value: float) -> str:
    """Four figures are enough for a sentence: "1,234", "12.35", "0.001234"."""
    if abs(value) >= 1000 or value == round(value):
        return f"{value:,.0f}"
    return f"{value:.4g}"


def say_chart(chart: ControlChart, *, say: SayValue = say_number, day: SayDay = say_day) -> str:
    """The chart in two to four sentences: the latest value, what it says, the target, what is to be mistrusted."""
    latest = chart.latest
    sentences = [f"{day(latest.day)}: {say(latest.value or 0.0)}, {_say_limits(latest, say)}."]
    if latest.limits and latest.limits.lower is not None:
        sentences.append(f"{VARIATION_ICONS[chart.variation].words}; it is {say_cause(latest, chart)}.")
    else:
        sentences.append("Usual and unusual cannot be told apart yet.")
    if chart.assurance and chart.settings.target is not None:
        sentences.append(f"{ASSURANCE_ICONS[chart.assurance].words} (target {say(chart.settings.target)}).")
    return " ".join([*sentences, *say_cautions(chart, day=day)])


def _say_limits(point: ControlPoint, say: SayValue) -> str:
    limits = point.limits
    assert limits is not None
    if limits.lower is None or limits.upper is None:
        return "too few points in a row for limits"
    return f"where {say(limits.lower)} to {say(limits.upper)} is usual (mean {say(limits.mean)})"


def say_cautions(chart: ControlChart, *, day: SayDay = say_day) -> list[str]:
    """What a reader should know before leaning on the chart, a sentence each."""
    said = []
    missing = [point for point in chart.points if point.value is None]
    if missing:
        count = "1 value is" if len(missing) == 1 else f"{len(missing)} values are"
        said.append(f"{count} missing: no rule reaches across a gap.")
    if chart.points[-1].value is None:
        said.append(f"The latest value is that of {day(chart.latest.day)}.")
    if chart.latest.short_group and chart.latest.limits and chart.latest.limits.lower is not None:
        said.append(f"The limits rest on fewer than {chart.settings.rules.short} points, so take them as a guide.")
    if chart.settings.target is not None and chart.settings.improvement is Improvement.NEUTRAL:
        said.append("The target is drawn but not judged, because no direction is said to be better.")
    return said
