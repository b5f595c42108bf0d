"""Which figures does a published report's table give, as they were accepted from it?

What was published is kept as it was printed, also where it cannot be right: a value that does not agree with the
numbers beside it is told, not refused. A cell with a range gives no figure (law 2). A row that is no indicator of
the plan is named.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final

from bluelamp.figures.months import Month, Span, period_words
from bluelamp.figures.printed import PrintedValue
from bluelamp.lib.calendar_days import say_day
from bluelamp.performance.loading_figures import ReadFigure, ReadFigures, refuse_repeats
from bluelamp.performance.loading_names import Names
from bluelamp.performance.loading_refusals import Place, Refused, RefusedError, shown
from bluelamp.performance.loading_values import (
    Number,
    check_agreement,
    check_parts,
    check_value,
    kept_number,
    worth_of,
)
from bluelamp.performance.plans import Indicator, Plan
from bluelamp.performance.series import FLAGS, Point, SeriesKey

_UNKNOWN: Final = {"pending": "pending", "not_applicable": "not-applicable", "not_published": "not-published"}
_HALF: Final = Decimal(2)


@dataclass(frozen=True)
class PublishedFigure:
    """One cell of a row: the last day of its period, and what it prints."""

    to: dt.date
    printed: PrintedValue


@dataclass(frozen=True)
class PublishedRow:
    """One accepted row. `line` and `page` are where it stands in the document."""

    code: str
    name: str
    figures: tuple[PublishedFigure, ...]
    line: int = 0
    page: int | None = None

    @property
    def where(self) -> str:
        page = f"page {self.page}, " if self.page else ""
        return f"{page}line {self.line}"


@dataclass
class _Taken:
    read: list[ReadFigure] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)
    told: list[str] = field(default_factory=list)


def read_report(
    rows: Iterable[PublishedRow], plan: Plan, names: Names, *, title: str, day: dt.date, area: str, span: Span
) -> ReadFigures:
    """The figures of every row that is an indicator of the plan. `day` is the day of the report."""
    taken = _Taken()
    for row in rows:
        try:
            indicator = _find_indicator(row, names, taken.told)
        except RefusedError as refusal:
            taken.refused.append(Refused(title, "", row.where, str(refusal)))
            continue
        for figure in row.figures:
            _take(figure, row, indicator, SeriesKey(plan.slug, indicator.code, area, span), title, day, taken)
    kept, clashes, _ = refuse_repeats(taken.read)
    return ReadFigures(tuple(kept), (*taken.refused, *clashes), tuple(taken.told), "published-report")


def _find_indicator(row: PublishedRow, names: Names, told: list[str]) -> Indicator:
    """By its code, else by its name; a code of ours over another name is said."""
    by_name = names.find(row.name)
    if row.code and (found := names.find(row.code)) is not None:
        if by_name is not None and by_name.code != found.code:
            told.append(
                f"{row.where}: {found.code} stands there for {shown(row.name)}, called {by_name.code} in the plan."
            )
        return found
    if by_name is None:
        what = f"{row.code} {row.name}".strip()
        raise RefusedError(f"{shown(what)} is no indicator of {names.plan.name}, by its code or by its name.")
    if not row.code:
        told.append(f"{row.where}: the row prints no code; by its name it is {by_name.code}.")
    return by_name


def _take(
    figure: PublishedFigure,
    row: PublishedRow,
    indicator: Indicator,
    key: SeriesKey,
    title: str,
    day: dt.date,
    into: _Taken,
) -> None:
    to = Month.of(figure.to)
    what = f"{row.where}: {indicator.code} for {period_words(to, key.span)}"
    if figure.to != to.last or figure.to > day:
        why = (
            "does not end with a month"
            if figure.to != to.last
            else f"is later than {say_day(day)}, the report's day"
        )
        into.refused.append(Refused(title, "", row.where, f"{say_day(figure.to)} {why}."))
        return
    point = make_published_point(to, figure.printed, indicator, row.where)
    doubt = _find_doubt(indicator, figure.printed, point)
    if doubt:
        into.told.append(f"{what} is kept as it was printed. {doubt}")
    into.read.append(ReadFigure(key, point, Place(title, "", row.line, len(into.read))))


def make_published_point(to: Month, printed: PrintedValue, indicator: Indicator, cell: str) -> Point:
    """What the cell prints, as a point of the series."""
    flags = tuple(flag for flag in printed.flags if flag in FLAGS)
    unknown = next((_UNKNOWN[flag] for flag in printed.flags if flag in _UNKNOWN), "")
    value = None if unknown else printed.value
    numerator, denominator = printed.numerator, printed.denominator
    if indicator.unit == "count" and printed.unit == "percent" and numerator is not None and value is not None:
        value = numerator  # "5.06% 20,718" of a count: the count is the figure, the share stands beside it
    if value is None and not unknown:
        value = worth_of(indicator, numerator, denominator)
        unknown = "" if value is not None else "not-published"
    return Point(
        to=to,
        value=kept_number(value),
        numerator=numerator,
        denominator=denominator,
        unknown=unknown,
        flags=flags,
        printed=printed.printed,
        cell=cell,
    )


def _find_doubt(indicator: Indicator, printed: PrintedValue, point: Point) -> str:
    """Why what was printed cannot be, in a sentence; "" where it can."""
    if point.value is None:
        return ""
    try:
        check_parts(indicator, point.numerator, point.denominator)
        check_value(indicator, point.value)
        if printed.low is not None and printed.high is not None and printed.value == point.value:
            number = Number(point.value, (printed.high - printed.low) / _HALF)
            check_agreement(indicator, number, point.numerator, point.denominator, printed.printed)
    except RefusedError as refusal:
        return str(refusal)
    return ""
