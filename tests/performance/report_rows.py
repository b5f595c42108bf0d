"""Rows of a report as the tests of its words use them: one indicator, five periods, a change, an exception."""

from __future__ import annotations

from decimal import Decimal

from bluelamp.figures.months import Month, Span
from bluelamp.performance.plans import Indicator
from bluelamp.performance.reports.model import (
    ChartOfRow,
    ExceptionOfRow,
    PeriodFigure,
    ReportRow,
    Verdict,
)
from bluelamp.performance.reports.printing import print_value
from bluelamp.performance.reports.yearly_change import find_change

LAST = Month(2021, 3)


def make_indicator(**said: object) -> Indicator:
    given: dict[str, object] = {
        "code": "1B.2",
        "name": "Knife crime",
        "theme": "1B",
        "aim": "reduce",
        "polarity": "lower-is-better",
        "unit": "count",
    }
    return Indicator(**(given | said))  # type: ignore[arg-type]


def make_row(
    *values: int | str | None,
    verdict: Verdict = Verdict.NONE,
    sentence: str = "",
    span: Span = Span.YEAR,
    **indicator: object,
) -> ReportRow:
    """A row whose periods end each quarter, the last of them in March 2021."""
    of = make_indicator(**indicator)
    periods = []
    for back, value in enumerate(reversed(values)):
        to = LAST.plus(-3 * back)
        if value is None:
            periods.append(
                PeriodFigure(to=to, span=span, printed="pending", unknown="pending", reason="It is pending.")
            )
        else:
            number = Decimal(value)
            periods.append(PeriodFigure(to=to, span=span, printed=print_value(of, number), value=number))
    periods.reverse()
    return ReportRow(
        indicator=of,
        periods=tuple(periods),
        change=find_change(of, periods[0], periods[-1]),
        exception=ExceptionOfRow(verdict=verdict, sentence=sentence),
        chart=ChartOfRow(span=span, points=(), unit_words="number"),
    )
