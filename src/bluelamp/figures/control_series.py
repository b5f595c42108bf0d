"""Which dates and values does a table of cells hold, as a series for a control chart?

The columns are found by their heads, else by what stands in them. A period that is left out, in a series that goes
from month to month or from week to week, is a gap like an empty cell. Values over rolling periods are refused.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from bluelamp.figures.control_rules import check_can_chart
from bluelamp.figures.months import Month, Span
from bluelamp.figures.printed import PrintedValue, read_printed
from bluelamp.figures.units import unit_of
from bluelamp.lib.days import DatedPeriod, read_period
from bluelamp.lib.errors import PlainError
from bluelamp.lib.names import show_name
from bluelamp.lib.sheet_columns import column_letters

CellRow = tuple[int, Sequence[str]]
"""The row's number in its file, from 1, and its cells."""
_DATE_WORDS: Final = frozenset({"date", "day", "week", "month", "quarter", "period", "ending", "ended", "time"})
_VALUE_WORDS: Final = frozenset(
    {"value", "values", "count", "counts", "number", "rate", "total", "offences", "crimes", "incidents", "figure"}
    | {"percentage", "percent", "proportion", "mean", "average", "score", "volume"}
)
_ROLLING: Final = re.compile(r"\b(?:rolling|r12|12[ -]?m(?:onths?)?|twelve[ -]months?|cumulative|year to date)\b")
_MONTH_OF_YEAR: Final = re.compile(r"(\d{1,2})[/-](\d{4})")
_TELL_FROM: Final = 12  # rows by which a column without a telling head is known
_WEEK: Final = 7
_NEAREST: Final = 21  # days between two dates of a monthly series


@dataclass(frozen=True, slots=True)
class ControlSeries:
    """`months` stands beside the days where the series goes from month to month. `notes` are sentences."""

    name: str
    days: tuple[dt.date, ...]
    values: tuple[float | None, ...]
    months: tuple[Month, ...] | None
    percent: bool = False
    notes: tuple[str, ...] = ()

    def find_day(self, said: str) -> dt.date:
        """The date of the series that `said` names, itself or by its month; PlainError where there is none."""
        period = read_time(said)
        if period is None:
            raise PlainError(f"“{show_name(said)}” is no date: write it as 2021-03 or 2021-03-31.")
        if period.end in self.days:
            return period.end
        first = period.start or period.end.replace(day=1)
        within = [day for day in self.days if (first.year, first.month) == (day.year, day.month)]
        if len(within) == 1 and self.months is not None:
            return within[0]
        raise PlainError(
            f"The series has no value at {show_name(said)}: it goes from {self.days[0].isoformat()} to"
            f" {self.days[-1].isoformat()}, so choose one of its dates."
        )


def read_series(rows: Sequence[CellRow], value_head: str = "") -> ControlSeries:
    """The series of a table whose first row is its heads; PlainError names the cell that cannot be read."""
    rows = [row for row in rows if any(cell.strip() for cell in row[1])]
    if len(rows) < 2:
        raise PlainError("The file has no rows under a row of heads: give a column of dates and one of values.")
    (_, heads), body = rows[0], rows[1:]
    when = _find_dates(heads, body)
    what = _find_values(heads, body, when, value_head)
    _refuse_rolling(heads[what], heads[when])
    periods, values = [], []
    for number, cells in body:
        periods.append(_read_when(_cell(cells, when), number, when))
        values.append(_read_value(_cell(cells, what), number, what, unit_of(heads[what])))
    _refuse_doubles(periods, body, when)
    name = show_name(" ".join(heads[what].split())) or "Value"
    percent = any(value is not None and value.unit == "percent" for value in values)
    numbers = [None if value is None or value.value is None else float(value.value) for value in values]
    return _order(name, periods, numbers, percent)


# -- columns ----------------------------------------------------------------------------------------------


def _words(head: str) -> set[str]:
    return set(re.findall(r"[a-z]+", head.lower()))


def _cell(cells: Sequence[str], column: int) -> str:
    return cells[column].strip() if column < len(cells) else ""


def _find_dates(heads: Sequence[str], body: Sequence[CellRow]) -> int:
    def dated(column: int) -> bool:
        sample = [_cell(cells, column) for _, cells in body[:_TELL_FROM]]
        return any(sample) and all(read_time(cell) for cell in sample if cell)

    named = [column for column, head in enumerate(heads) if _words(head) & _DATE_WORDS]
    for column in sorted(range(len(heads)), key=lambda column: column not in named):
        if dated(column):
            return column
    if named:
        return named[0]  # its first cell that is no date will be told
    raise PlainError("No column has dates: head one “date” or “month”, and write 2021-03 or 31/03/2021 in it.")


def _find_values(heads: Sequence[str], body: Sequence[CellRow], when: int, value_head: str) -> int:
    others = [column for column in range(len(heads)) if column != when]
    if value_head:
        found = [column for column in others if heads[column].strip().lower() == value_head.strip().lower()]
        if len(found) == 1:
            return found[0]
        raise PlainError(f"No one column is headed “{show_name(value_head)}”: {_say_heads(heads, others)}.")
    numeric = [column for column in others if _is_numeric(body, column)]
    named = [column for column in others if _words(heads[column]) & _VALUE_WORDS]
    for found in (named, numeric, [column for column in named if column in numeric], others):
        if len(found) == 1:
            return found[0]
    if not others:
        raise PlainError("There is no column beside the dates: add one of values, headed “value”.")
    raise PlainError(
        f"More than one column may hold the values: {_say_heads(heads, others)}; name one by --value."
    )


def _is_numeric(body: Sequence[CellRow], column: int) -> bool:
    sample = [cell for _, cells in body[:_TELL_FROM] if (cell := _cell(cells, column))]
    return bool(sample) and all(read_printed(cell) is not None for cell in sample)


def _say_heads(heads: Sequence[str], columns: Sequence[int]) -> str:
    return "the heads are " + ", ".join(f"“{show_name(heads[column].strip())}”" for column in columns[:12])


def _refuse_rolling(*heads: str) -> None:
    for head in heads:
        if _ROLLING.search(head.lower()):
            raise PlainError(
                f"The column “{show_name(head.strip())}” holds values over overlapping periods, which cannot be"
                " charted against control limits: give the values of the single months."
            )


# -- cells ------------------------------------------------------------------------------------------------


def _place(number: int, column: int) -> str:
    """ "Row 7 (cell B7)"."""
    return f"Row {number} (cell {column_letters(column)}{number})"


def read_time(said: str) -> DatedPeriod | None:
    """The day, month or other period that a cell names: "2021-03", "03/2021", "Mar 2021", "31/03/2021"."""
    said = said.strip()
    try:
        month = Month.parse(said)
        return DatedPeriod(month.last, month.first)
    except ValueError:
        pass
    try:
        return DatedPeriod(dt.datetime.fromisoformat(said).date())
    except ValueError:
        pass
    found = _MONTH_OF_YEAR.fullmatch(said)
    if found and 1 <= int(found[1]) <= 12 and int(found[2]):
        month = Month(int(found[2]), int(found[1]))
        return DatedPeriod(month.last, month.first)
    return read_period(said)


def _read_when(cell: str, number: int, column: int) -> DatedPeriod:
    period = read_time(cell)
    if period is None:
        said = f"“{show_name(cell[:40])}” is no date" if cell else "the date is missing"
        raise PlainError(f"{_place(number, column)}: {said}: write it as 2021-03 or 31/03/2021.")
    return period


def _read_value(cell: str, number: int, column: int, unit: str) -> PrintedValue | None:
    """The number of the cell; None where it is empty or says that there is none ("n/a", "-", "pending")."""
    if not cell:
        return None
    value = read_printed(cell, unit=unit)
    if value is None or "range" in value.flags:
        raise PlainError(
            f"{_place(number, column)}: “{show_name(cell[:40])}” is no number: write one, or leave the cell empty"
            " where the value is missing."
        )
    return value


def _refuse_doubles(periods: Sequence[DatedPeriod], body: Sequence[CellRow], column: int) -> None:
    seen: dict[dt.date, int] = {}
    for period, (number, cells) in zip(periods, body, strict=True):
        if period.end in seen:
            raise PlainError(
                f"{_place(number, column)}: “{show_name(_cell(cells, column)[:40])}” stands already in row"
                f" {seen[period.end]}: a chart takes one value for each date, so give one series."
            )
        seen[period.end] = number


# -- from row to row --------------------------------------------------------------------------------------


def _order(
    name: str, periods: Sequence[DatedPeriod], values: Sequence[float | None], percent: bool
) -> ControlSeries:
    """In order of time, with the periods that are left out as gaps."""
    _refuse_overlaps(periods)
    known = dict(zip([_day_of(period) for period in periods], values, strict=True))
    days = sorted(known)
    monthly = _is_monthly(days)
    left_out = _left_out_months(days) if monthly else _left_out_weeks(days)
    if len(left_out) > len(days):
        raise PlainError(
            f"The dates leave out more periods than they hold, from {days[0].isoformat()} to"
            f" {days[-1].isoformat()}: look for a mistyped year."
        )
    notes = []
    if left_out:
        shown = ", ".join(Month.of(day).words if monthly else day.isoformat() for day in left_out[:6])
        more = f" and {len(left_out) - 6} more" if len(left_out) > 6 else ""
        notes.append(f"No row for {shown}{more}: charted as a gap.")
    days = sorted([*days, *left_out])
    months = tuple(Month.of(day) for day in days) if monthly and _step(days) == 1 else None
    return ControlSeries(name, tuple(days), tuple(known.get(day) for day in days), months, percent, tuple(notes))


def _day_of(period: DatedPeriod) -> dt.date:
    """A month by its first day, as the reference's cases have it; any other period by its end."""
    whole = period.start is not None and Month.of(period.start) == Month.of(period.end)
    return period.start if whole and period.start is not None else period.end


def _refuse_overlaps(periods: Sequence[DatedPeriod]) -> None:
    spans = sorted((period.start, period.end) for period in periods if period.start is not None)
    for (start, end), (following, _) in pairwise(spans):
        if following <= end:
            months = Month.of(end).index - Month.of(start).index + 1
            step = max(1, Month.of(following).index - Month.of(start).index)
            for span in Span:
                if span.months == months:
                    check_can_chart(span, step)
            raise PlainError("The periods overlap, so they cannot be charted: give the values of single months.")


def _is_monthly(days: Sequence[dt.date]) -> bool:
    """One date a month at most, and none nearer than three weeks to the next."""
    months = {Month.of(day) for day in days}
    return len(months) == len(days) > 1 and all((later - day).days >= _NEAREST for day, later in pairwise(days))


def _step(days: Sequence[dt.date]) -> int:
    """The usual number of months from one date to the next."""
    steps = Counter(Month.of(later).index - Month.of(day).index for day, later in pairwise(days))
    return min(steps, key=lambda step: (-steps[step], step)) if steps else 0


def _left_out_months(days: Sequence[dt.date]) -> list[dt.date]:
    step, at_end = _step(days), all(day == Month.of(day).last for day in days)
    have = {Month.of(day).index for day in days}
    if any((index - min(have)) % step for index in have):
        return []  # months and quarters side by side: no rhythm, so nothing is left out
    absent = [Month.at(index) for index in range(min(have), max(have), step) if index not in have]
    return [
        month.last if at_end else dt.date(month.year, month.number, min(days[0].day, month.days))
        for month in absent
    ]


def _left_out_weeks(days: Sequence[dt.date]) -> list[dt.date]:
    """Dates a week or more apart in a steady rhythm; nearer ones leave out weekends and holidays on purpose."""
    gaps = [(later - day).days for day, later in pairwise(days)]
    if not gaps or min(gaps) < _WEEK or any(gap % min(gaps) for gap in gaps):
        return []
    step = dt.timedelta(days=min(gaps))
    have, day, absent = set(days), days[0], []
    while day < days[-1]:
        if day not in have:
            absent.append(day)
        day += step
    return absent
