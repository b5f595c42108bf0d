"""What did happen, beside what was to be expected? (the chart of an event: a restriction, an operation)

Expected is a band with a line through it, broken; actual is a full line with a point each month; the event is a
line with its words. The title and description stand in the picture.
"""

from __future__ import annotations

from decimal import Decimal
from itertools import groupby
from typing import Any, Final

from bluelamp.figures.expected import ExpectedMonth, ExpectedResult
from bluelamp.figures.expected_words import say_expected
from bluelamp.figures.saying import say_figure
from bluelamp.papers.charts import BLUE, INK, ORANGE, Rows, at_month, compile_template, draw_template, find_scale

WIDTH, HEIGHT = 620, 260
BAND: Final = "#F9D3BF"  # the orange of the expected line, light enough that the line reads on it in grey
BEFORE: Final = 24  # months before the event that are drawn
_TICKS: Final = 9


def draw_expected_chart(result: ExpectedResult, *, event: str, title: str = "") -> str:
    """The chart as SVG; `event` names what happened ("restrictions begin")."""
    before, after = result.before[-BEFORE:], result.months
    months = (*before, *after)
    heights = [one.high for one in after] + [one.low for one in after] + [one.expected for one in months]
    heights += [one.actual for one in months if one.actual is not None]
    low, high = find_scale(heights, floor=0.0)
    low = 0.0 if low < 0.4 * high else low
    data: dict[str, Rows] = {
        "band": [_band_row(one, low, high) for one in after],
        "expected": [{"at": at_month(one.month), "value": one.expected} for one in months],
        "actual": _actual_rows(months),
        "event": [{"at": at_month(after[0].month), "value": high, "words": event}],
        "names": _name_rows(after, low, high),
    }
    signals: dict[str, object] = {
        "low": low,
        "high": high,
        "first": at_month(months[0].month),
        "last": at_month(months[-1].month) + (0 if len(months) > 1 else 1),
        "ticks": [at_month(one.month) for one in months[:: -(-len(months) // _TICKS)]],
    }
    return draw_template(
        compile_template(_make_template), data, signals,
        title=title or f"{result.name}: actual against expected", description=describe_expected(result, event),
    )  # fmt: skip


def describe_expected(result: ExpectedResult, event: str) -> str:
    """What the chart shows, in words with its numbers."""
    outside = [one for one in result.months if one.actual is not None and not one.low <= one.actual <= one.high]
    said = f"From {result.months[0].month.words}: {event}. {say_expected(result)}"
    below = [one for one in outside if (one.actual or 0.0) < one.low]
    return (
        f"{said} Months below their own expected range: {len(below)} of {len(result.months)}; above it:"
        f" {len(outside) - len(below)}."
    )


def list_expected(result: ExpectedResult) -> list[tuple[str, str, str, str, str]]:
    """The chart's table: month, actual, expected, and its interval's ends, as printed."""
    return [
        (
            one.month.short, "not known" if one.actual is None else _say(one.actual),
            _say(one.expected), _say(one.low), _say(one.high),
        )
        for one in result.months
    ]  # fmt: skip


def _say(value: float) -> str:
    return say_figure(Decimal(repr(value)))


def _band_row(one: ExpectedMonth, low: float, high: float) -> dict[str, object]:
    return {"at": at_month(one.month), "lower": max(low, one.low), "upper": min(high, one.high)}


def _actual_rows(months: tuple[ExpectedMonth, ...]) -> list[dict[str, object]]:
    """Known months, each with its run: no line crosses a month that is missing."""
    rows: list[dict[str, object]] = []
    for run, (known, held) in enumerate(groupby(months, key=lambda one: one.actual is not None)):
        if known:
            rows += [{"at": at_month(one.month), "value": one.actual, "run": run} for one in held]
    return rows


def _name_rows(after: tuple[ExpectedMonth, ...], low: float, high: float) -> list[dict[str, object]]:
    """The two lines' names where they end, apart by a line of words at least."""
    last = next((one for one in reversed(after) if one.actual is not None), None)
    end = after[-1]
    names: list[dict[str, object]] = [{"at": at_month(end.month), "value": end.expected, "words": "expected"}]
    if last is not None and last.actual is not None:
        clear = 15 * (high - low) / HEIGHT
        away = last.actual - end.expected
        beside = last.actual if abs(away) >= clear else end.expected + (clear if away > 0 else -clear)
        names.append({"at": at_month(end.month), "value": beside, "words": "actual"})
    return names


def _make_template(altair: Any) -> Any:
    """The drawing: data and words come with each chart."""
    across = altair.X(
        "at:T",
        scale=altair.Scale(type="utc", domain=[{"expr": "first"}, {"expr": "last"}], nice=False),
        axis=altair.Axis(
            title=None, grid=False, values={"expr": "ticks"}, labelExpr="utcFormat(datum.value, '%b %Y')"
        ),
    )

    def up(field: str = "value") -> Any:
        scale = altair.Scale(domain=[{"expr": "low"}, {"expr": "high"}], nice=False, zero=False)
        return altair.Y(
            f"{field}:Q", scale=scale, axis=altair.Axis(title=None, tickCount=5, domain=False, ticks=False)
        )

    def chart(name: str) -> Any:
        return altair.Chart(altair.NamedData(name=name))

    words = {"fontSize": 11, "color": INK}
    layers = [
        chart("band").mark_area(color=BAND).encode(x=across, y=up("lower"), y2="upper:Q"),
        chart("expected").mark_line(color=ORANGE, strokeWidth=2, strokeDash=[6, 4]).encode(x=across, y=up()),
        chart("event").mark_rule(color=INK, strokeDash=[2, 2]).encode(x=across),
        chart("actual").mark_line(color=BLUE, strokeWidth=2).encode(x=across, y=up(), detail="run:N"),
        chart("actual").mark_point(color=BLUE, filled=True, size=26, opacity=1).encode(x=across, y=up()),
        chart("event")
        .mark_text(align="right", baseline="top", dx=-5, **words)
        .encode(x=across, y=up(), text="words:N"),
        chart("names").mark_text(align="left", dx=7, **words).encode(x=across, y=up(), text="words:N"),
    ]
    ends = [
        altair.param(name=name, value=value)
        for name, value in (("low", 0), ("high", 1), ("first", 0), ("last", 1))
    ]
    ticks = altair.param(name="ticks", value=[])
    return altair.layer(*layers).properties(width=WIDTH, height=HEIGHT).add_params(*ends, ticks)
