"""How is an indicator's chart drawn, said in words, and given away as a table?"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from bluelamp.figures.months import Month, period_words
from bluelamp.figures.saying import round_figure
from bluelamp.papers.charts_small import SIGNALS, SmallChart, SmallPoint, draw_small_chart
from bluelamp.papers.csv_tables import make_csv
from bluelamp.papers.model import Column, Content, Number, Table, Unknown
from bluelamp.performance.reports.model import ChartOfRow, ChartPoint, ReportRow

SIGNAL_WORDS: Final = {name: words for name, (words, _, _) in SIGNALS.items()}


def can_draw(chart: ChartOfRow) -> bool:
    return any(point.value is not None for point in chart.points)


def draw_chart(row: ReportRow, area_name: str = "") -> str:
    """SVG with its title and description inside; ValueError where not one figure is known."""
    chart, unit = row.chart, row.indicator.unit
    last = next((point for point in reversed(chart.points) if point.value is not None), None)
    return draw_small_chart(
        SmallChart(
            title=f"{row.indicator.name}{f', {area_name}' if area_name else ''}",
            description=describe_chart(row),
            points=tuple(_small(point, chart, printed=point is last) for point in chart.points),
            before="£" if unit == "money" else "",
            after="%" if unit in ("percentage", "ratio") else "",
            target=chart.target,
            target_words=chart.target_words,
            marks=tuple(Month.of(change.day) for change in chart.changes),
        )
    )


def _small(point: ChartPoint, chart: ChartOfRow, *, printed: bool) -> SmallPoint:
    return SmallPoint(
        to=point.to,
        value=point.value,
        centre=point.centre,
        lower=point.lower,
        upper=point.upper,
        signal=point.signal,
        printed=print_float(point.value, chart.decimals) if printed and point.value is not None else "",
    )


def print_float(value: float, decimals: int) -> str:
    return f"{round_figure(Decimal(repr(value)), decimals):,}"


def describe_chart(row: ReportRow) -> str:
    """What the chart shows, for who does not see it: its months, the latest, its limits, what is unusual."""
    chart = row.chart
    known = [point for point in chart.points if point.value is not None]
    if not known:
        return "There is no figure to draw."
    first, last = known[0], known[-1]
    latest = print_float(last.value or 0.0, chart.decimals)
    said = [
        f"{period_words(first.to, chart.span)} to {period_words(last.to, chart.span)}, {chart.unit_words}."
        f" Latest: {latest}."
    ]
    if last.lower is not None and last.upper is not None:
        between = f"{print_float(last.lower, chart.decimals)} and {print_float(last.upper, chart.decimals)}"
        said.append(f"Its limits are {between}.")
    if row.control:
        said.append(f"{row.control.variation_words[:1].upper()}{row.control.variation_words[1:]}.")
    unusual = [point for point in known if point.signal]
    if unusual:
        said.append(
            f"{len(unusual)} of {len(known)} are unusual, the last {period_words(unusual[-1].to, chart.span)}."
        )
    missing = len(chart.points) - len(known)
    if missing:
        said.append(f"{missing} {'is' if missing == 1 else 'are'} not known.")
    return " ".join(said)


_HEADS: Final = ("Period", "Ends", "Figure", "Mean", "Lower limit", "Upper limit", "What is said of it")


def make_chart_csv(row: ReportRow) -> bytes:
    """The chart's table: a row for each period, what is not known by its name."""
    rows = tuple(
        (
            period_words(point.to, row.chart.span),
            str(point.to),
            _number(point.value, point.unknown or "not known"),
            *(_number(each, "no limits") for each in (point.centre, point.lower, point.upper)),
            SIGNAL_WORDS.get(point.signal, ""),
        )
        for point in row.chart.points
    )
    return make_csv(Table(caption=row.indicator.name, columns=tuple(Column(head) for head in _HEADS), rows=rows))


def _number(value: float | None, otherwise: str) -> Content:
    """To ten digits: more are the machine's and not the figure's."""
    return Unknown(otherwise) if value is None else Number(Decimal(f"{value:.10g}"), "")


@dataclass(frozen=True)
class NumberSaid:
    words: str
    known: bool


@dataclass(frozen=True)
class RowOfChart:
    words: str
    numbers: tuple[NumberSaid, ...]  # figure, mean, lower and upper limit
    said: str


def list_points(chart: ChartOfRow) -> list[RowOfChart]:
    """The chart as a table, newest first."""
    return [
        RowOfChart(
            words=period_words(point.to, chart.span),
            numbers=(
                _say(point.value, point.unknown or "not known", chart.decimals),
                *(_say(each, "no limits", chart.decimals) for each in (point.centre, point.lower, point.upper)),
            ),
            said=SIGNAL_WORDS.get(point.signal, ""),
        )
        for point in reversed(chart.points)
    ]


def _say(value: float | None, otherwise: str, decimals: int) -> NumberSaid:
    return NumberSaid(otherwise, False) if value is None else NumberSaid(print_float(value, decimals), True)
