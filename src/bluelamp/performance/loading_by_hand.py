"""Which figures did somebody type in, a row for each indicator, and which of them cannot be?"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from bluelamp.figures.months import Month, Span, period_words
from bluelamp.lib.calendar_days import say_day
from bluelamp.performance.loading_figures import ReadFigure, ReadFigures, make_point
from bluelamp.performance.loading_periods import OWN_SPAN
from bluelamp.performance.loading_refusals import Place, Refused, RefusedError
from bluelamp.performance.loading_values import Figure, Manner, Said, read_figure
from bluelamp.performance.plans import Indicator, Plan
from bluelamp.performance.series import UNKNOWN, SeriesKey

CHOOSABLE: Final = {name: words for name, words in UNKNOWN.items() if name not in ("not-loaded", "unreadable")}
"""Why there is no figure, as somebody may say who types figures in."""

SOURCE: Final = "by hand"


@dataclass(frozen=True)
class TypedRow:
    """What was typed for one indicator; "" where nothing was."""

    code: str
    value: str = ""
    numerator: str = ""
    denominator: str = ""
    unknown: str = ""
    provisional: bool = False

    @property
    def is_empty(self) -> bool:
        return not (self.value or self.numerator or self.denominator or self.unknown)


def indicators_for(plan: Plan, span: Span) -> list[Indicator]:
    """Those of which a figure of that length may be typed: counted so often, or for 12 months."""
    return [each for each in plan.indicators if span in (OWN_SPAN.get(each.frequency, Span.MONTH), Span.YEAR)]


def check_period(to: Month, span: Span, day: dt.date) -> str:
    """Why figures of the period cannot be known yet; "" where they can."""
    if to.last <= day:
        return ""
    return f"{period_words(to, span)} ends on {say_day(to.last)}, after {say_day(day)}."


def read_typed(rows: Iterable[TypedRow], plan: Plan, *, area: str, to: Month, span: Span) -> ReadFigures:
    """The figures of the rows in which something stands. A refusal names the code in place of a cell."""
    read: list[ReadFigure] = []
    refused: list[Refused] = []
    for number, row in enumerate(rows, 1):
        indicator = plan.indicator(row.code)
        if indicator is None or row.is_empty:
            continue
        place = Place(SOURCE, "", number, 0)
        try:
            figure = _read(row, indicator)
        except RefusedError as refusal:
            refused.append(Refused(SOURCE, "", row.code, str(refusal)))
            continue
        key = SeriesKey(plan.slug, indicator.code, area, span)
        read.append(ReadFigure(key, make_point(to, figure, SOURCE), place))
    return ReadFigures(tuple(read), tuple(refused))


def _read(row: TypedRow, indicator: Indicator) -> Figure:
    if row.unknown:
        if row.unknown not in CHOOSABLE:
            raise RefusedError(f"“{row.unknown}” is no name for what is missing.")
        if row.value:
            raise RefusedError("There is a value and a reason why there is none: take one of them out.")
        return Figure(unknown=row.unknown)
    said = Said(
        value=row.value,
        numerator=row.numerator,
        denominator=row.denominator,
        provisional="yes" if row.provisional else "",
    )
    figure = read_figure(indicator, said, Manner())
    if figure is None:
        raise RefusedError("Nothing was said.")
    return figure
