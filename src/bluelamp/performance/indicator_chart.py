"""How is an indicator's chart drawn on its page, and given away as a table?"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final

from bluelamp.figures.months import period_words
from bluelamp.figures.saying import round_figure
from bluelamp.papers.charts_small import SIGNALS, draw_small_chart
from bluelamp.papers.csv_tables import make_csv
from bluelamp.papers.model import Column, Content, Number, Table, Unknown
from bluelamp.performance.reports.model import ChartOfRow, ReportRow
from bluelamp.performance.reports.paper_charts import make_small_chart

SIGNAL_WORDS: Final = {name: words for name, (words, _, _) in SIGNALS.items()}


def draw_chart(row: ReportRow, area_name: str = "") -> str:
    """SVG with its title and description inside; ValueError where not one figure is known."""
    chart = make_small_chart(row)
    return draw_small_chart(replace(chart, title=f"{chart.title}, {area_name}") if area_name else chart)


# -- as a table ----------------------------------------------------------------------------------------------


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
    if value is None:
        return NumberSaid(otherwise, False)
    return NumberSaid(f"{round_figure(Decimal(repr(value)), decimals):,}", True)


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
