"""How do up to four series of the same measure compare over time?

Each line has a colour, a dash and a shape of its own and its name where it ends, so that it reads in grey. More
than four are refused: they go on small charts side by side, or in a table.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import Any, Final

from bluelamp.figures.months import Month
from bluelamp.papers.charts import (
    COLOURS,
    DASHES,
    INK,
    QUIET,
    SHAPES,
    Rows,
    at_month,
    compile_template,
    draw_template,
    find_scale,
)

WIDTH, HEIGHT = 520, 240
MOST: Final = len(COLOURS)
_NAMES: Final = tuple(f"line{nth}" for nth in range(MOST))
_LINE: Final = 14  # pixels of a line of words
_LONG: Final = 30  # months from which only Januaries are named


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesLine:
    name: str
    points: tuple[tuple[Month, float | None], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesChart:
    """`marks` are months with a dotted upright and its words: an event, a change of counting."""

    title: str
    description: str
    lines: tuple[SeriesLine, ...]
    before: str = ""
    after: str = ""
    marks: tuple[tuple[Month, str], ...] = ()

    def __post_init__(self) -> None:
        if not 1 <= len(self.lines) <= MOST:
            raise ValueError(f"{self.title!r} has {len(self.lines)} lines; a chart shows 1 to {MOST}")


def draw_series_chart(chart: SeriesChart) -> str:
    """The chart as SVG. ValueError where a line has no figure."""
    for line in chart.lines:
        if all(value is None for _, value in line.points):
            raise ValueError(f"the line {line.name!r} of {chart.title!r} has no figure to draw")
    values = [value for line in chart.lines for _, value in line.points if value is not None]
    low, high = find_scale(values, floor=0.0)
    months = sorted({month for line in chart.lines for month, _ in line.points})
    data: dict[str, Rows] = {
        "line": _line_rows(chart),
        "names": _name_rows(chart, low, high),
        "marks": [{"at": at_month(month), "words": words} for month, words in chart.marks],
    }
    signals = {
        "low": low,
        "high": high,
        "first": at_month(months[0]),
        "last": at_month(months[-1]) + (months[0] == months[-1]),
        "before": chart.before,
        "after": chart.after,
        "form": "%Y" if months[-1].index - months[0].index >= _LONG else "%b %Y",
        "ticks": _ticks(months),
    }
    return draw_template(
        compile_template(_make_template), data, signals, title=chart.title, description=chart.description
    )


def _ticks(months: list[Month]) -> list[int]:
    if months[-1].index - months[0].index >= _LONG:
        return [at_month(Month(year, 1)) for year in range(months[0].year + 1, months[-1].year + 1)]
    step = -(-len(months) // 6)
    return [at_month(month) for month in months[::step]]


def _line_rows(chart: SeriesChart) -> list[dict[str, object]]:
    """No line crosses a gap: each run of known points is a line of its own."""
    rows: list[dict[str, object]] = []
    for name, line in zip(_NAMES, chart.lines, strict=False):
        for run, (known, held) in enumerate(groupby(line.points, key=lambda point: point[1] is not None)):
            if known:
                rows += [
                    {"at": at_month(month), "value": value, "line": name, "run": f"{name}-{run}"}
                    for month, value in held
                ]
    return rows


def _name_rows(chart: SeriesChart, low: float, high: float) -> list[dict[str, object]]:
    """Each name at the height of its line's last point, from the top down, none on top of another."""
    clear = _LINE * (high - low) / HEIGHT
    lasts = []
    for name, line in zip(_NAMES, chart.lines, strict=False):
        value = next(value for _, value in reversed(line.points) if value is not None)
        lasts.append((value, name, line.name))
    rows: list[dict[str, object]] = []
    above = float("inf")
    for value, name, words in sorted(lasts, key=lambda each: (-each[0], each[1])):
        above = min(value, above - clear)
        rows.append({"value": above, "words": words, "line": name})
    return rows


def _make_template(altair: Any) -> Any:
    across = altair.X(
        "at:T",
        scale=altair.Scale(type="utc", domain=[{"expr": "first"}, {"expr": "last"}], nice=False),
        axis=altair.Axis(
            title=None, grid=False, values={"expr": "ticks"}, labelExpr="utcFormat(datum.value, form)"
        ),
    )
    scale = altair.Scale(domain=[{"expr": "low"}, {"expr": "high"}], nice=False, zero=False)
    axis = altair.Axis(title=None, tickCount=5, domain=False, labelExpr="before + datum.label + after")
    up = altair.Y("value:Q", scale=scale, axis=axis)

    def chart(name: str) -> Any:
        return altair.Chart(altair.NamedData(name=name))

    colour = altair.Color("line:N", scale=altair.Scale(domain=_NAMES, range=COLOURS), legend=None)
    dash = altair.StrokeDash("line:N", scale=altair.Scale(domain=_NAMES, range=DASHES), legend=None)
    shape = altair.Shape("line:N", scale=altair.Scale(domain=_NAMES, range=SHAPES), legend=None)
    named = chart("names").mark_text(align="left", baseline="middle", dx=8, fontSize=12, color=INK)
    said = chart("marks").mark_text(align="left", baseline="top", dx=4, fontSize=11, color=QUIET)
    layers = [
        chart("marks").mark_rule(color=QUIET, strokeWidth=1, strokeDash=[1, 2]).encode(x=across),
        said.encode(x=across, y=altair.value(0), text="words:N"),
        chart("line")
        .mark_line(strokeWidth=1.6)
        .encode(x=across, y=up, color=colour, strokeDash=dash, detail="run:N"),
        chart("line")
        .mark_point(filled=True, opacity=1, size=26)
        .encode(x=across, y=up, color=colour, shape=shape),
        named.encode(x=altair.value(WIDTH), y=up, text="words:N"),
    ]
    numbers = (("low", 0), ("high", 1), ("first", 0), ("last", 1))
    parameters = [altair.param(name=name, value=value) for name, value in numbers]
    parameters += [altair.param(name=name, value="") for name in ("before", "after", "form")]
    parameters.append(altair.param(name="ticks", value=[]))
    return altair.layer(*layers).properties(width=WIDTH, height=HEIGHT).add_params(*parameters)
