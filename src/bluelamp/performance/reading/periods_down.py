"""What does a table say whose rows are periods: a column for each indicator, or one indicator by its quarters?"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass

from bluelamp.documents.blocks import Row, Span
from bluelamp.documents.document import Part
from bluelamp.documents.facts import Fact, NamedValue, Period, Unread
from bluelamp.documents.printed_tables import Table, read_cell
from bluelamp.figures.months import Month
from bluelamp.figures.printed import PrintedValue
from bluelamp.lib.days import DatedPeriod, read_period
from bluelamp.performance.facts import IndicatorRow
from bluelamp.performance.reading.figures import shape_of
from bluelamp.performance.reading.indicator_titles import read_title

_BESIDE = re.compile(
    r"(?:.{0,20}\b)?(?:targets?|standard|total|average|mean|change|year to date|ytd|baseline|difference)"
    r"(?:\b.{0,20})?",
    re.IGNORECASE,
)
_TARGET = re.compile(r"\b(?:target|standard)s?\b", re.IGNORECASE)
_QUARTER = re.compile(r"(?:q|qtr|quarter)\s?([1-4])", re.IGNORECASE)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = re.compile(rf"({'|'.join(_MONTHS)})[a-z]{{0,6}}", re.IGNORECASE)

Read = tuple[list[Fact], list[Unread]]


# -- a column for each indicator -------------------------------------------------------------------------------


def read_indicator_columns(part: Part, table: Table) -> Read | None:
    """A row for each column of figures; None where the table's rows are no periods."""
    dated: list[tuple[Row, DatedPeriod]] = []
    beside: list[Row] = []
    for row in table.body:
        period = _period(table, table.text(row, 0))
        if period is not None:
            dated.append((row, period))
        elif _BESIDE.fullmatch(table.text(row, 0)):
            beside.append(row)
        else:
            return None
    columns = [column for column in shape_of(table).figures if table.name_at(column)]
    if len({period.end for _, period in dated}) < max(len(dated), 2) or not columns or not table.heads:
        return None
    if all(_part_of_year(table.name_at(column)) for column in columns):
        return None  # quarters of something that is not named
    found = (_read_column(part, table, column, dated, beside) for column in columns)
    return [fact for fact in found if fact is not None], []


def _period(table: Table, words: str) -> DatedPeriod | None:
    """The period of a row, alone or with the head over it ("12 months to" over "March 2022")."""
    return read_period(words) or read_period(f"{table.name_at(0)} {words}")


def _read_column(
    part: Part, table: Table, column: int, dated: Sequence[tuple[Row, DatedPeriod]], beside: Sequence[Row]
) -> IndicatorRow | None:
    periods: list[Period] = []
    others: list[NamedValue] = []
    target: PrintedValue | None = None
    spans: list[Span] = [
        s for head in table.heads for cell in head.cells if cell.column == column for s in cell.spans
    ]
    for row, period in dated:
        value, cited = _cell(table, row, column)
        if value is not None:
            periods.append(Period(to=period.end, value=value))
            spans += cited
    for row in beside:
        value, cited = _cell(table, row, column)
        if value is None:
            continue
        spans += cited
        if target is None and _TARGET.search(table.text(row, 0)):
            target = value
        else:
            others.append(NamedValue(name=table.text(row, 0), value=value))
    citations = part.document.cite(tuple(spans))
    if len(periods) < 2 or not citations:
        return None
    title = read_title([table.name_at(column)], "")
    return IndicatorRow(
        code=title.code,
        name=title.name,
        aim=title.aim,
        periods=tuple(periods),
        target=target,
        others=tuple(others),
        citations=citations,
    )


def _cell(table: Table, row: Row, column: int) -> tuple[PrintedValue | None, list[Span]]:
    """A figure, and where it and its row's name stand."""
    cell = table.at(row, column)
    value = read_cell(cell, table.unit_at(column))
    if cell is None or value is None:
        return None, []
    return value, [*(row.cells[0].spans if row.cells else ()), *cell.spans]


# -- one indicator, years one way and their parts the other ----------------------------------------------------


@dataclass(frozen=True)
class _Part:
    """A quarter (1 to 4, of whatever the year begins with) or a month of the calendar (1 to 12)."""

    quarter: int = 0
    month: int = 0

    def end_in(self, year: DatedPeriod) -> dt.date | None:
        """Its last day in a year; None where the year is no year."""
        if year.start is None or (year.end - year.start).days not in (364, 365):
            return None
        first = Month.of(year.start)
        if self.quarter:
            return first.plus(3 * self.quarter - 1).last
        return first.plus((self.month - first.number) % 12).last


def _part_of_year(words: str) -> _Part | None:
    quarter, month = _QUARTER.fullmatch(words.strip()), _MONTH.fullmatch(words.strip())
    if quarter:
        return _Part(quarter=int(quarter[1]))
    return _Part(month=_MONTHS.index(month[1].lower()) + 1) if month else None


def read_year_matrix(part: Part, table: Table) -> Read | None:
    """One indicator, named by the table's title; None where the table is not of years and their parts."""
    columns = [column for column in shape_of(table).figures if not _BESIDE.fullmatch(table.name_at(column) or "-")]
    rows = [row for row in table.body if not _BESIDE.fullmatch(table.text(row, 0) or "-")]
    if len(columns) < 2 or len(rows) < 2 or not table.title or not table.heads:
        return None
    periods: list[Period] = []
    spans: list[Span] = [span for head in table.heads for cell in head.cells for span in cell.spans]
    for row in rows:
        for column in columns:
            end = _end_of(table.text(row, 0), table.name_at(column))
            if end is None:
                return None
            value, cited = _cell(table, row, column)
            if value is not None:
                periods.append(Period(to=end, value=value))
                spans += cited
    title = read_title([table.title], "")
    citations = part.document.cite(tuple(spans))
    if len({period.to for period in periods}) < max(len(periods), 2) or not citations:
        return None
    ordered = tuple(sorted(periods, key=lambda period: period.to))
    return [IndicatorRow(code=title.code, name=title.name, aim="", periods=ordered, citations=citations)], []


def _end_of(row: str, column: str) -> dt.date | None:
    """The last day of a cell's period, whether years run down or across."""
    for year, rest in ((row, column), (column, row)):
        named, within = read_period(year), _part_of_year(rest)
        if named is not None and within is not None:
            return within.end_in(named)
    return None
