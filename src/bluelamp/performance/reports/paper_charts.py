"""How does an indicator's chart go into a paper: its picture, its numbers, and what it says in words?"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from typing import Final

from bluelamp.figures.months import Month, Span, period_words
from bluelamp.figures.saying import round_figure
from bluelamp.papers.charts_small import SIGNALS, SmallChart, SmallPoint, draw_small_chart
from bluelamp.papers.model import ChartData, ChartLine
from bluelamp.performance.reports.model import ChartOfRow, ChartPoint, PerformanceReport, ReportRow
from bluelamp.performance.reports.printing import SHARES

Charts = Mapping[str, str]
"""The pictures (SVG) by the indicator's code."""
_SPANS: Final = {Span.MONTH: "by month", Span.QUARTER: "by quarter"}
_MORE_PLACES: Final = 2  # decimals of limits beyond those of the figures


def draw_charts(report: PerformanceReport, progress: Callable[[int], None] | None = None) -> dict[str, str]:
    """A picture for each indicator that has a figure; `progress` is told each."""
    drawn = {}
    for row in report.rows:
        if is_drawn(row):
            drawn[row.code] = draw_small_chart(make_small_chart(row))
        if progress:
            progress(1)
    return drawn


def is_drawn(row: ReportRow) -> bool:
    """Two figures make a line; one is said in words alone."""
    return sum(point.value is not None for point in row.chart.points) > 1


def make_small_chart(row: ReportRow) -> SmallChart:
    chart = row.chart
    before, after = _round_number(row)
    target = chart.target
    return SmallChart(
        title=chart_title(row),
        description=say_chart(row),
        points=tuple(
            SmallPoint(
                to=point.to,
                value=point.value,
                centre=point.centre,
                lower=point.lower,
                upper=point.upper,
                signal=point.signal,
                printed="" if point.value is None else _print(row, point.value),
            )
            for point in chart.points
        ),
        before=before,
        after=after,
        target=target,
        target_words="" if target is None else f"{chart.target_words} {_print(row, target)}",
        marks=tuple(Month.of(change.day) for change in chart.changes),
    )


def _round_number(row: ReportRow) -> tuple[str, str]:
    unit = row.indicator.unit
    return ("£" if unit == "money" else "", "%" if unit in SHARES else "")


def _print(row: ReportRow, value: float, more: int = 0) -> str:
    before, after = _round_number(row)
    number = round_figure(Decimal(repr(value)), row.chart.decimals + more)
    return f"{before}{number:,}{after}"


def chart_title(row: ReportRow) -> str:
    """ "1A.1 Safeguarding referrals, by month"."""
    span = row.chart.span
    how = _SPANS.get(span, f"periods of {span.months} months")
    return f"{row.code} {row.indicator.name}, {how}"


def say_chart(row: ReportRow) -> str:
    """What the chart shows, for who does not see it: ends, limits, what was picked out, what is missing."""
    chart = row.chart
    known = [point for point in chart.points if point.value is not None]
    if not known:
        return "No figure is known."
    first, last = known[0], known[-1]
    low, high = min(known, key=_value), max(known, key=_value)
    said = [
        f"{row.indicator.name}: {_at(row, first)}, {_at(row, last)};"
        f" lowest {_at(row, low)}, highest {_at(row, high)}."
    ]
    if last.lower is not None and last.upper is not None:
        limits = f"{_print(row, last.lower, 1)} to {_print(row, last.upper, 1)}"
        said.append(f"For the last {_noun(chart)} {limits} is usual.")
    said += [_say_picked(row, signal) for signal in SIGNALS if any(p.signal == signal for p in known)]
    if chart.target is not None:
        said.append(f"The {chart.target_words} is {_print(row, chart.target)}.")
    missing = [point for point in chart.points if point.value is None]
    if missing:
        said.append(f"No figure for {_count(len(missing), _noun(chart))}: {_list_few(p.to for p in missing)}.")
    return " ".join(said)


def _value(point: ChartPoint) -> float:
    return point.value or 0.0


def _at(row: ReportRow, point: ChartPoint) -> str:
    if row.chart.span is Span.MONTH:
        return f"{_print(row, _value(point))} in {point.to.short}"
    return f"{_print(row, _value(point))} in the {period_words(point.to, row.chart.span)}"


def _noun(chart: ChartOfRow) -> str:
    return {Span.MONTH: "month", Span.QUARTER: "quarter"}.get(chart.span, "period")


def _say_picked(row: ReportRow, signal: str) -> str:
    months = [point.to for point in row.chart.points if point.signal == signal]
    words = SIGNALS[signal][0]
    return f"{words[:1].upper()}{words[1:]}: {_list_few(months)}."


def _count(number: int, noun: str) -> str:
    return f"1 {noun}" if number == 1 else f"{number} {noun}s"


def _list_few(months: Iterable[Month], most: int = 4) -> str:
    """The latest few by name, the others by their number."""
    found = list(months)
    named = ", ".join(month.short for month in found[-most:])
    return named if len(found) <= most else f"{named} and {len(found) - most} before"


def make_chart_data(row: ReportRow) -> ChartData:
    """The numbers of the chart for a workbook and for programs, rounded two decimals below what is printed."""
    chart = row.chart

    def line(name: str, values: Iterable[float | None], kind: str = "value") -> ChartLine:
        places = chart.decimals + _MORE_PLACES
        rounded = tuple(None if v is None else round_figure(Decimal(repr(v)), places) for v in values)
        return ChartLine(name, rounded, kind)  # type: ignore[arg-type]  # the four kinds below

    lines = [line("Figure", (point.value for point in chart.points))]
    if any(point.centre is not None for point in chart.points):
        lines += [
            line("Mean", (point.centre for point in chart.points), "middle"),
            line("Lower limit", (point.lower for point in chart.points), "limit"),
            line("Upper limit", (point.upper for point in chart.points), "limit"),
        ]
    if chart.target is not None:
        lines.append(line("Standard", (chart.target for _ in chart.points), "target"))
    periods = tuple(point.to for point in chart.points)
    return ChartData(periods, tuple(lines), chart.unit_words)
