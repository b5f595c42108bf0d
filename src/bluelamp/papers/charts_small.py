"""What does an indicator's chart look like where seventy of them stand in one report?

One line through the months, the limits as a band behind it, a shape on each month that a rule picks out, the
latest figure beside its point. What the shapes mean stands once in the report and in each chart's description.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Final

from bluelamp.figures.months import Month
from bluelamp.papers.charts import (
    BAND,
    BLUE,
    GREEN,
    ORANGE,
    PLUM,
    QUIET,
    Rows,
    at_month,
    compile_template,
    draw_template,
    find_scale,
)

WIDTH, HEIGHT = 400, 112
SIGNALS: Final = {
    "improvement": ("unusual and better", GREEN, "triangle-up"),
    "concern": ("unusual and worse", ORANGE, "diamond"),
    "neither": ("unusual", PLUM, "square"),
}
"""What a month is picked out as: its words, colour and shape, as in the control charts."""
_OTHERS: Final = {"latest": (BLUE, "circle"), "gap": (QUIET, "cross"), "target": (PLUM, "circle")}
_LINE: Final = 13  # pixels of a line of words
_LONG: Final = 30  # months from which only Januaries are named below the axis


@dataclass(frozen=True, slots=True, kw_only=True)
class SmallPoint:
    to: Month
    value: float | None
    centre: float | None = None
    lower: float | None = None
    upper: float | None = None
    signal: str = ""  # a key of SIGNALS
    printed: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SmallChart:
    """`before` and `after` stand round the numbers of the axis ("£", "%"). `marks` are months with a dotted line:
    from there figures were counted differently. `joined`: periods follow on each other, so a line joins them."""

    title: str
    description: str
    points: tuple[SmallPoint, ...]
    before: str = ""
    after: str = ""
    target: float | None = None
    target_words: str = ""
    marks: tuple[Month, ...] = ()


def draw_small_chart(chart: SmallChart) -> str:
    """The chart as SVG, 10 ms after the first. ValueError where not one figure is known."""
    known = [point for point in chart.points if point.value is not None]
    if not known:
        raise ValueError(f"the chart {chart.title!r} has no figure to draw")
    low, high = find_scale(_heights(chart), floor=0.0 if min(p.value or 0.0 for p in known) >= 0 else None)
    first, last = chart.points[0].to, chart.points[-1].to
    latest = known[-1]
    data: dict[str, Rows] = {
        "band": [_limits_row(point, low, high) for point in chart.points if point.lower is not None],
        "middle": [{"at": at_month(p.to), "value": p.centre} for p in chart.points if p.centre is not None],
        "line": _line_rows(chart.points),
        "points": [*_gap_rows(chart.points, low), *_point_rows(known)],
        "target": [] if chart.target is None else [{"value": chart.target}],
        "words": _word_rows(chart, latest, low, high),
        "marks": [{"at": at_month(month)} for month in chart.marks],
    }
    signals = {
        "low": low,
        "high": high,
        "first": at_month(first),
        "last": at_month(last) + (0 if first != last else 1),
        "before": chart.before,
        "after": chart.after,
        "ticks": _ticks(first, last),
        "form": "%Y" if last.index - first.index >= _LONG else "%b %Y",
    }
    template = compile_template(_make_template)
    return draw_template(template, data, signals, title=chart.title, description=chart.description)


def _heights(chart: SmallChart) -> list[float]:
    found: list[float | None] = [chart.target]
    for point in chart.points:
        found += [point.value, point.lower, point.upper]
    return [height for height in found if height is not None]


def _limits_row(point: SmallPoint, low: float, high: float) -> dict[str, object]:
    """Within the drawing: limits below zero of what cannot be below zero end at its foot."""
    return {
        "at": at_month(point.to),
        "lower": max(low, point.lower if point.lower is not None else low),
        "upper": min(high, point.upper if point.upper is not None else high),
    }


def _gap_rows(points: Sequence[SmallPoint], low: float) -> list[dict[str, object]]:
    return [{"at": at_month(p.to), "value": low, "state": "gap"} for p in points if p.value is None]


def _point_rows(known: Sequence[SmallPoint]) -> list[dict[str, object]]:
    """The months that a rule picks out, and the latest: in its own shape where it is one of them."""
    states = [(p, p.signal if p.signal in SIGNALS else "") for p in known]
    states[-1] = (known[-1], states[-1][1] or "latest")
    return [{"at": at_month(p.to), "value": p.value, "state": state} for p, state in states if state]


def _word_rows(chart: SmallChart, latest: SmallPoint, low: float, high: float) -> list[dict[str, object]]:
    """The latest figure beside its point; the target's right of the drawing, clear of it."""
    at, end = latest.value or 0.0, at_month(chart.points[-1].to)
    rows: list[dict[str, object]] = [
        {"at": at_month(latest.to), "value": at, "words": latest.printed, "state": "latest"}
    ]
    if chart.target is None:
        return rows
    clear = _LINE * (high - low) / HEIGHT
    beside = chart.target
    if latest.to == chart.points[-1].to and abs(beside - at) < clear:
        up = beside >= at
        up = up if low <= (at + clear if up else at - clear) <= high else not up
        beside = at + clear if up else at - clear
    return [*rows, {"at": end, "value": beside, "words": chart.target_words, "state": "target"}]


def _line_rows(points: Sequence[SmallPoint]) -> list[dict[str, object]]:
    """The known points, each with the number of its run: no line crosses a gap."""
    rows: list[dict[str, object]] = []
    for run, (known, held) in enumerate(groupby(points, key=lambda point: point.value is not None)):
        if known:
            rows += [{"at": at_month(point.to), "value": point.value, "run": run} for point in held]
    return rows


def _ticks(first: Month, last: Month) -> list[int]:
    """Each January of a long chart; of a short one, as many quarters' ends as there is room for."""
    months = [Month.at(index) for index in range(first.index, last.index + 1)]
    if len(months) > _LONG:
        return [at_month(month) for month in months if month.number == 1]
    ends = [month for month in months if month.number % 3 == 0] or months
    step = -(-len(ends) // 5)
    return [at_month(month) for month in ends[::-1][::step][::-1]]


def _make_template(altair: Any) -> Any:
    across = altair.X(
        "at:T",
        scale=altair.Scale(type="utc", domain=[{"expr": "first"}, {"expr": "last"}], nice=False),
        axis=altair.Axis(
            title=None, grid=False, values={"expr": "ticks"}, labelExpr="utcFormat(datum.value, form)"
        ),
    )

    def up(field: str = "value") -> Any:
        scale = altair.Scale(domain=[{"expr": "low"}, {"expr": "high"}], nice=False, zero=False)
        axis = altair.Axis(title=None, tickCount=4, domain=False, ticks=False, labelExpr=_LABELS)
        return altair.Y(f"{field}:Q", scale=scale, axis=axis)

    def chart(name: str) -> Any:
        return altair.Chart(altair.NamedData(name=name))

    looks = {state: (colour, shape) for state, (_, colour, shape) in SIGNALS.items()} | _OTHERS
    colours = altair.Scale(domain=list(looks), range=[colour for colour, _ in looks.values()])
    shapes = altair.Scale(domain=list(looks), range=[shape for _, shape in looks.values()])
    edge = {"stroke": QUIET, "strokeWidth": 0.7, "strokeDash": [4, 3]}
    layers = [
        chart("band").mark_area(color=BAND, **edge).encode(x=across, y=up("lower"), y2="upper:Q"),
        chart("middle").mark_line(color=QUIET, strokeWidth=0.9).encode(x=across, y=up()),
        chart("marks").mark_rule(color=QUIET, strokeWidth=0.9, strokeDash=[1, 2]).encode(x=across),
        chart("target").mark_rule(color=PLUM, strokeWidth=1.4, strokeDash=[2, 3]).encode(y=up()),
        chart("line").mark_line(color=BLUE, strokeWidth=1.5).encode(x=across, y=up(), detail="run:N"),
        chart("points")
        .mark_point(filled=True, opacity=1, size=44)
        .encode(
            x=across,
            y=up(),
            color=altair.Color("state:N", scale=colours, legend=None),
            shape=altair.Shape("state:N", scale=shapes, legend=None),
        ),
        chart("words")
        .mark_text(align="left", baseline="middle", fontSize=11, dx=7)
        .encode(x=across, y=up(), text="words:N", color=altair.Color("state:N", scale=colours, legend=None)),
    ]
    names = ("low", "high", "first", "last")
    parameters = [altair.param(name=name, value=value) for name, value in zip(names, (0, 1, 0, 1), strict=True)]
    parameters += [altair.param(name=name, value="") for name in ("before", "after", "form")]
    parameters.append(altair.param(name="ticks", value=[]))
    return altair.layer(*layers).properties(width=WIDTH, height=HEIGHT).add_params(*parameters)


_LABELS: Final = "before + datum.label + after"
