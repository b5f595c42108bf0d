"""What does a control chart look like on paper? An SVG that reads in grey, without sight and without its caption.

Every state of a point has a shape beside its colour; the lines are named where they end, not in a key; title and
description are inside the picture. The same chart is the same bytes each time, on any machine: dates are drawn in
universal time, and no place but the data decides anything.
"""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Final

from lxml import etree

from bluelamp.figures.control_charts import ControlChart, ControlPoint, PointType
from bluelamp.figures.control_words import POINT_SHAPES, POINT_WORDS, SayDay, SayValue, say_chart, say_number
from bluelamp.lib.calendar_days import say_day

BLUE, GREEN, PLUM, ORANGE = "#12436D", "#28A197", "#801650", "#F46A25"
INK, QUIET, FAINT = "#0b0c0c", "#505a5f", "#d8dcde"
WIDTH, HEIGHT = 600, 260
VEGA_LITE: Final = "6.4"
"""The version of the grammar: named, so that a newer library draws the same."""
Mark = dict[str, Any]
"""A piece of a drawing, as JSON."""
_COLOURS: Final = {
    PointType.COMMON: BLUE,
    PointType.IMPROVEMENT: GREEN,
    PointType.CONCERN: ORANGE,
    PointType.NEUTRAL_HIGH: PLUM,
    PointType.NEUTRAL_LOW: PLUM,
}
_MISSING: Final = "missing"
_LINE_OF_WORDS: Final = 120  # characters that fit beside each other at this width
_APART: Final = 14.0  # pixels between the names of two lines
_SVG: Final = "{http://www.w3.org/2000/svg}"
_DAYS_OF_A_MONTHLY_STEP: Final = 25
_LOOKS: Final[Mark] = {
    "aria": False,  # names of each line and dot would drown the description; the table beside it has the numbers
    "font": "Arial, Helvetica, sans-serif",
    "background": "white",
    "view": {"stroke": None},
    "title": {"anchor": "start", "fontSize": 15, "color": INK, "offset": 12}
    | {"subtitleColor": INK, "subtitleFontSize": 12},
    "axis": {"labelColor": INK, "labelFontSize": 11, "gridColor": FAINT, "domainColor": QUIET, "labelAngle": 0},
}


@dataclass(frozen=True, slots=True)
class _Scale:
    """The values from the foot of the drawing to its top."""

    low: float
    high: float

    def pixel(self, value: float) -> float:
        return HEIGHT * (self.high - value) / (self.high - self.low)


def draw_control_chart(
    chart: ControlChart, title: str, *, unit: str = "", say: SayValue = say_number, day: SayDay = say_day
) -> str:
    """The chart as SVG. `unit` says what is counted ("offences a month"); the chart's own sentences stand under
    the title and are its description."""
    import vl_convert

    words = say_chart(chart, say=say, day=day)
    drawing = make_drawing(chart, title, [*([unit] if unit else []), *textwrap.wrap(words, _LINE_OF_WORDS)], say)
    return _describe(vl_convert.vegalite_to_svg(drawing, vl_version=VEGA_LITE), title, words)


def make_drawing(chart: ControlChart, title: str, subtitle: Sequence[str], say: SayValue = say_number) -> Mark:
    """The chart in the grammar of Vega-Lite; a test holds it to Altair's schema.

    Written as data and not through Altair's classes, which check every part as it is made: that took 0.33 s of
    the 0.42 s that a chart cost, where a report has hundreds (measured 21 November 2026, Altair 6.3).
    """
    scale = _find_scale(chart)
    return {
        "$schema": f"https://vega.github.io/schema/vega-lite/v{VEGA_LITE}.0.json",
        "width": WIDTH,
        "height": HEIGHT,
        "title": {"text": title, "subtitle": list(subtitle)},
        "config": _LOOKS,
        "layer": [
            *_draw_limits(chart, scale),
            *_draw_rebases(chart),
            _draw_values(chart, scale),
            _draw_points(chart, scale),
            *_name_lines(chart, scale, say),
        ],
    }


def _find_scale(chart: ControlChart) -> _Scale:
    values = [point.value for point in chart.points if point.value is not None]
    for point in chart.points:
        if point.limits:
            values += [each for each in (point.limits.lower, point.limits.upper) if each is not None]
    if chart.settings.target is not None:
        values.append(chart.settings.target)
    low, high = min(values), max(values)
    room = (high - low) * 0.06 or abs(high) * 0.1 or 1.0
    return _Scale(low - room, high + room)


def _layer(rows: list[Mark], mark: Mark, **encoding: Mark) -> Mark:
    return {"data": {"values": rows}, "mark": mark, "encoding": encoding}


def _across(chart: ControlChart) -> Mark:
    days = [point.day for point in chart.points]
    step = (days[-1] - days[0]).days / max(1, len(days) - 1)
    form = "%b %Y" if step >= _DAYS_OF_A_MONTHLY_STEP else "%-d %b %Y"
    axis = {
        "format": form,
        "title": None,
        "grid": False,
        "labelOverlap": True,
        "tickCount": 6,
        "labelFlush": False,
    }
    scale = {"type": "utc", "nice": False, "padding": 8}
    return {"field": "day", "type": "temporal", "axis": axis, "scale": scale}


def _up(field: str, scale: _Scale) -> Mark:
    domain = {"domain": [scale.low, scale.high], "nice": False, "zero": False}
    return {"field": field, "type": "quantitative", "scale": domain, "axis": {"title": None, "tickCount": 5}}


def _draw_limits(chart: ControlChart, scale: _Scale) -> list[Mark]:
    """Mean and limits, broken where they begin anew; the target where there is one."""
    limits = [(point, point.limits) for point in chart.points if point.limits]
    lines: dict[str, tuple[list[int], list[tuple[ControlPoint, float | None]]]] = {
        "mean": ([1, 0], [(point, each.mean) for point, each in limits]),
        "lower": ([6, 4], [(point, each.lower) for point, each in limits]),
        "upper": ([6, 4], [(point, each.upper) for point, each in limits]),
    }
    layers = []
    for field, (dash, places) in lines.items():
        rows: list[Mark] = [
            {"day": point.day.isoformat(), "group": point.group, field: at}
            for point, at in places
            if at is not None
        ]
        mark = {"type": "line", "color": QUIET, "strokeWidth": 1.2, "strokeDash": dash}
        group = {"field": "group", "type": "nominal"}
        layers.append(_layer(rows, mark, x=_across(chart), y=_up(field, scale), detail=group))
    if chart.settings.target is not None:
        mark = {"type": "rule", "color": PLUM, "strokeWidth": 1.6, "strokeDash": [2, 3]}
        layers.append(_layer([{"target": chart.settings.target}], mark, y=_up("target", scale)))
    return layers


def _draw_rebases(chart: ControlChart) -> list[Mark]:
    """A line where limits begin anew after the first group, named at its head."""
    firsts = [next(points) for _, points in groupby(chart.points, key=lambda point: point.group)][1:]
    if not firsts:
        return []
    rows: list[Mark] = [{"day": point.day.isoformat(), "words": "new limits"} for point in firsts]
    rule = {"type": "rule", "color": QUIET, "strokeWidth": 0.8, "strokeDash": [1, 2]}
    name = {"type": "text", "align": "left", "baseline": "top", "dx": 4, "fontSize": 10, "color": QUIET}
    words = {"field": "words", "type": "nominal"}
    return [
        _layer(rows, rule, x=_across(chart)),
        _layer(rows, name, x=_across(chart), y={"value": 0}, text=words),
    ]


def _draw_values(chart: ControlChart, scale: _Scale) -> Mark:
    """The line through the values, broken at each gap."""
    rows: list[Mark] = []
    for run, (known, points) in enumerate(groupby(chart.points, key=lambda point: point.value is not None)):
        if known:
            rows += [{"day": point.day.isoformat(), "value": point.value, "run": run} for point in points]
    line = {"type": "line", "color": BLUE, "strokeWidth": 1.4}
    return _layer(rows, line, x=_across(chart), y=_up("value", scale), detail={"field": "run", "type": "nominal"})


def _draw_points(chart: ControlChart, scale: _Scale) -> Mark:
    """A shape and a colour for each state, with a key of those that are there; a gap is a cross at the foot."""
    rows: list[Mark] = [
        {
            "day": point.day.isoformat(),
            "value": scale.low if point.value is None else point.value,
            "state": _state(point),
            "size": 26 if point.kind is PointType.COMMON else 80,
        }
        for point in chart.points
    ]
    states = {POINT_WORDS[kind]: (_COLOURS[kind], POINT_SHAPES[kind].value) for kind in PointType}
    states[_MISSING] = (QUIET, "cross")
    there = [state for state in states if any(row["state"] == state for row in rows)]
    key = {"title": None, "orient": "bottom", "direction": "horizontal", "labelFontSize": 11, "symbolSize": 80}
    state = {"field": "state", "type": "nominal", "legend": key}
    return _layer(
        rows,
        {"type": "point", "filled": True, "opacity": 1},
        x=_across(chart),
        y=_up("value", scale),
        color=state | {"scale": {"domain": there, "range": [states[each][0] for each in there]}},
        shape=state | {"scale": {"domain": there, "range": [states[each][1] for each in there]}},
        size={"field": "size", "type": "quantitative", "scale": None, "legend": None},
    )


def _state(point: ControlPoint) -> str:
    return _MISSING if point.kind is None else POINT_WORDS[point.kind]


def _name_lines(chart: ControlChart, scale: _Scale, say: SayValue) -> list[Mark]:
    """The names and values of the last group's lines, right of the drawing, never on top of each other."""
    limits = chart.points[-1].limits
    named = [(chart.settings.target, "Target", PLUM)]
    if limits:
        named += [
            (limits.upper, "Upper limit", INK),
            (limits.mean, "Mean", INK),
            (limits.lower, "Lower limit", INK),
        ]
    lines = [
        (scale.pixel(value), f"{words} {say(value)}", colour)
        for value, words, colour in named
        if value is not None
    ]
    lines.sort(key=lambda line: line[0])  # lines at one place keep the order above: upper, mean, lower
    places = spread([pixel for pixel, _, _ in lines])
    return [
        _layer(
            [{"words": words}],
            {"type": "text", "align": "left", "baseline": "middle", "dx": 6, "fontSize": 11, "color": colour},
            text={"field": "words", "type": "nominal"},
            x={"value": WIDTH},
            y={"value": round(place, 1)},
        )
        for place, (_, words, colour) in zip(places, lines, strict=True)
    ]


def spread(pixels: Sequence[float]) -> list[float]:
    """The ascending places, each pushed down from the one above, then up where the drawing ends."""
    places: list[float] = []
    for pixel in pixels:
        places.append(max(pixel, places[-1] + _APART) if places else pixel)
    floor = float(HEIGHT)
    for at in range(len(places) - 1, -1, -1):
        places[at] = min(places[at], floor)
        floor = places[at] - _APART
    return places


def _describe(svg: str, title: str, words: str) -> str:
    """The picture with its name and description as its first elements, for who hears it."""
    root = etree.fromstring(svg.encode())
    for at, (tag, said) in enumerate((("title", title), ("desc", words))):
        element = etree.Element(f"{_SVG}{tag}")
        element.text = said
        root.insert(at, element)
    root.set("role", "img")
    root.set("aria-label", title)
    return etree.tostring(root, encoding="unicode") + "\n"
