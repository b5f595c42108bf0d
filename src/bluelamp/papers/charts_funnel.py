"""How do areas of different size stand against their average: which differ by more than chance?

A funnel: each area at its size, the average across, limits that narrow as areas grow. An area beyond a limit has a
shape of its own and its name beside it; the others are dots, named in the table that goes with the chart.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from bluelamp.figures.funnels import Funnel, Position, axis_sizes
from bluelamp.papers.charts import (
    BLUE,
    INK,
    ORANGE,
    PLUM,
    QUIET,
    Rows,
    compile_template,
    draw_template,
    find_scale,
)

WIDTH, HEIGHT = 520, 260
_LOOKS: Final = {
    "within": (BLUE, "circle"),
    "beyond the inner limit": (PLUM, "triangle-up"),
    "beyond the outer limit": (ORANGE, "diamond"),
}
_BEYOND: Final = {
    Position.LOW_INNER: 1,
    Position.HIGH_INNER: 1,
    Position.LOW_OUTER: 2,
    Position.HIGH_OUTER: 2,
}
_LINE, _NAME = 13, 90  # pixels of a line of words, and of a name


@dataclass(frozen=True, slots=True, kw_only=True)
class FunnelPoint:
    """An area: `size` is its denominator; `beyond` is 0 within the limits, 1 and 2 beyond the inner and outer."""

    name: str
    size: float
    value: float
    beyond: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class FunnelLimit:
    """The limits for areas of one size."""

    size: float
    low_inner: float
    high_inner: float
    low_outer: float
    high_outer: float


@dataclass(frozen=True, slots=True, kw_only=True)
class FunnelChart:
    title: str
    description: str
    points: tuple[FunnelPoint, ...]
    limits: tuple[FunnelLimit, ...]
    average: float
    size_words: str  # what the size counts: "crimes", "stops"
    after: str = ""  # stands behind the numbers of the axis: "%"


def make_funnel_chart(
    funnel: Funnel, *, title: str, description: str, size_words: str, after: str = ""
) -> FunnelChart:
    """What is drawn of a funnel as `figures.funnels` builds it."""
    limits = funnel.limits(_sizes_drawn([area.denominator for area in funnel.areas]))
    return FunnelChart(
        title=title,
        description=description,
        points=tuple(
            FunnelPoint(
                name=area.name, size=area.denominator, value=area.value, beyond=_BEYOND.get(area.position, 0)
            )
            for area in funnel.areas
        ),
        limits=tuple(
            FunnelLimit(
                size=limit.denominator,
                low_inner=limit.low_inner,
                high_inner=limit.high_inner,
                low_outer=limit.low_outer,
                high_outer=limit.high_outer,
            )
            for limit in limits
        ),
        average=funnel.baseline,
        size_words=size_words,
        after=after,
    )


def _sizes_drawn(sizes: list[float]) -> list[float]:
    """From half the smallest area on: at a size of one the limits are so wide that all else is a flat line."""
    first = min(sizes) / 2
    return [first, *(size for size in axis_sizes(sizes) if size > first)]


def draw_funnel_chart(chart: FunnelChart) -> str:
    """The funnel as SVG. ValueError where there is no area."""
    if not chart.points:
        raise ValueError(f"the funnel {chart.title!r} has no area to draw")
    heights = [point.value for point in chart.points]
    heights += [each for limit in chart.limits for each in (max(0.0, limit.low_outer), limit.high_outer)]
    low, high = find_scale([*heights, chart.average], floor=0.0)
    sizes = [point.size for point in chart.points] + [limit.size for limit in chart.limits]
    largest = 1.02 * max([1.0, *sizes])
    states = list(_LOOKS)
    data: dict[str, Rows] = {
        "limits": [
            {
                "size": limit.size,
                "low_inner": max(low, limit.low_inner),
                "high_inner": min(high, limit.high_inner),
                "low_outer": max(low, limit.low_outer),
                "high_outer": min(high, limit.high_outer),
            }
            for limit in chart.limits
        ],
        "average": [{"value": chart.average, "words": chart.size_words}],
        "points": [
            {"size": point.size, "value": point.value, "state": states[point.beyond]} for point in chart.points
        ],
        "names": _name_rows(chart, low, high, largest),
    }
    signals = {
        "low": low,
        "high": high,
        "largest": max(*(point.size for point in chart.points), *(limit.size for limit in chart.limits), 1.0)
        * 1.02,
        "after": chart.after,
    }
    return draw_template(
        compile_template(_make_template), data, signals, title=chart.title, description=chart.description
    )


def _name_rows(chart: FunnelChart, low: float, high: float, largest: float) -> list[dict[str, object]]:
    """Names of the areas beyond a limit, beside them; one that would stand on another's is put below it."""
    clear, wide = _LINE * (high - low) / HEIGHT, _NAME * largest / WIDTH
    rows: list[dict[str, object]] = []
    taken: list[tuple[float, float]] = []
    named = (point for point in chart.points if point.beyond)
    for point in sorted(named, key=lambda each: (-each.value, each.name)):
        at = point.value
        for size, height in taken:
            if abs(size - point.size) < wide and abs(height - at) < clear:
                at = height - clear
        taken.append((point.size, at))
        rows.append({"size": point.size, "value": at, "words": point.name})
    return rows


def _make_template(altair: Any) -> Any:
    across = altair.X(
        "size:Q",
        scale=altair.Scale(domain=[0, {"expr": "largest"}], nice=False),
        axis=altair.Axis(title=None, grid=False, tickCount=6, format=",d"),
    )

    def up(field: str = "value") -> Any:
        scale = altair.Scale(domain=[{"expr": "low"}, {"expr": "high"}], nice=False, zero=False)
        axis = altair.Axis(title=None, tickCount=5, domain=False, labelExpr="datum.label + after")
        return altair.Y(f"{field}:Q", scale=scale, axis=axis)

    def chart(name: str) -> Any:
        return altair.Chart(altair.NamedData(name=name))

    def line(field: str, dash: list[int]) -> Any:
        return chart("limits").mark_line(color=QUIET, strokeWidth=1, strokeDash=dash).encode(x=across, y=up(field))

    colours = altair.Scale(domain=list(_LOOKS), range=[colour for colour, _ in _LOOKS.values()])
    shapes = altair.Scale(domain=list(_LOOKS), range=[shape for _, shape in _LOOKS.values()])
    legend = altair.Legend(title=None, orient="top", direction="horizontal", padding=6)
    points = (
        chart("points")
        .mark_point(filled=True, opacity=1, size=60)
        .encode(
            x=across,
            y=up(),
            color=altair.Color("state:N", scale=colours, legend=legend),
            shape=altair.Shape("state:N", scale=shapes, legend=legend),
        )
    )
    names = chart("names").mark_text(align="left", baseline="middle", dx=8, fontSize=11, color=INK)
    layers = [
        *(line(field, [2, 3]) for field in ("low_inner", "high_inner")),
        *(line(field, [7, 3]) for field in ("low_outer", "high_outer")),
        chart("average").mark_rule(color=QUIET, strokeWidth=1.2).encode(y=up()),
        chart("average")
        .mark_text(color=INK, fontSize=11, baseline="top")
        .encode(x=altair.value(WIDTH / 2), y=altair.value(HEIGHT + 24), text="words:N"),
        points,
        names.encode(x=across, y=up(), text="words:N"),
    ]
    parameters = [
        altair.param(name=name, value=value) for name, value in (("low", 0), ("high", 1), ("largest", 1))
    ]
    parameters += [altair.param(name=name, value="") for name in ("after",)]
    return altair.layer(*layers).properties(width=WIDTH, height=HEIGHT).add_params(*parameters)
