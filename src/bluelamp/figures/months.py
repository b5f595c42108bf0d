"""Which month is it, which quarter does it end, and which twelve months?

Periods of performance figures are whole months. A quarter or a year is named by its last month, as the reports
print it ("12 months to March 2021").
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

_ISO = re.compile(r"(\d{4})-(\d{2})")
_NAMES = calendar.month_name


class Span(StrEnum):
    """How long a period is: the last `months` months up to its end."""

    MONTH = "month"
    QUARTER = "quarter"
    HALF_YEAR = "half-year"
    YEAR = "12-months"

    @property
    def months(self) -> int:
        return {"month": 1, "quarter": 3, "half-year": 6, "12-months": 12}[self.value]


@dataclass(frozen=True, slots=True, order=True)
class Month:
    """A month of a year; `number` is 1 to 12."""

    year: int
    number: int

    def __post_init__(self) -> None:
        if not 1 <= self.number <= 12 or not 1 <= self.year <= 9999:
            raise ValueError(f"{self.year}-{self.number} is no month")

    @staticmethod
    def of(day: dt.date) -> Month:
        return Month(day.year, day.month)

    @staticmethod
    def parse(said: str) -> Month:
        """ "2021-03" as a month; ValueError for anything else."""
        found = _ISO.fullmatch(said)
        if not found:
            raise ValueError(f"{said!r} is no month: write it as 2021-03")
        return Month(int(found[1]), int(found[2]))

    @staticmethod
    def at(index: int) -> Month:
        """The month `index` months after January of year 0; the other way round is `index`."""
        return Month(index // 12, index % 12 + 1)

    @property
    def index(self) -> int:
        return self.year * 12 + self.number - 1

    @property
    def first(self) -> dt.date:
        return dt.date(self.year, self.number, 1)

    @property
    def last(self) -> dt.date:
        return dt.date(self.year, self.number, calendar.monthrange(self.year, self.number)[1])

    @property
    def days(self) -> int:
        return calendar.monthrange(self.year, self.number)[1]

    @property
    def words(self) -> str:
        """ "March 2021"."""
        return f"{_NAMES[self.number]} {self.year}"

    @property
    def short(self) -> str:
        """ "Mar 2021"."""
        return f"{_NAMES[self.number][:3]} {self.year}"

    def plus(self, months: int) -> Month:
        return Month.at(self.index + months)

    def __str__(self) -> str:
        return f"{self.year:04}-{self.number:02}"


def months_between(first: Month, last: Month) -> Iterator[Month]:
    """Every month from the first to the last, both included; none where the last is earlier."""
    return (Month.at(index) for index in range(first.index, last.index + 1))


def period_words(to: Month, span: Span) -> str:
    """ "12 months to March 2021", "January to March 2021", "March 2021"."""
    if span is Span.MONTH:
        return to.words
    if span is Span.YEAR:
        return f"12 months to {to.words}"
    start = to.plus(1 - span.months)
    year = "" if start.year == to.year else f" {start.year}"
    return f"{_NAMES[start.number]}{year} to {to.words}"
