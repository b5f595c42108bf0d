"""Which month does a period of a list end in, and how long is it?

"Mar-21", "2021-03", "31/03/2021", "Jan-Mar 2021", "Q4 2020/21", "6 months to Sep 2020", "12 months to March 2021",
"2020/21". A day alone names a period by its end (for months, by its beginning too) and takes its length from how
often the indicator is counted. Nothing reads the clock.
"""

from __future__ import annotations

import datetime as dt
import re
from functools import lru_cache
from typing import Final

from bluelamp.figures.months import Month, Span, period_words
from bluelamp.lib.calendar_days import say_day
from bluelamp.lib.days import DatedPeriod, read_period
from bluelamp.performance.loading_refusals import RefusedError, shown

OWN_SPAN: Final = {
    "monthly": Span.MONTH,
    "quarterly": Span.QUARTER,
    "six-monthly": Span.HALF_YEAR,
    "yearly": Span.YEAR,
}
"""How long a period of an indicator is, by how often it is counted."""

_SPANS: Final = {span.months: span for span in Span}
_CALLED: Final = {
    Span.MONTH: "month",
    Span.QUARTER: "quarter",
    Span.HALF_YEAR: "half-year",
    Span.YEAR: "12 months",
}
_ISO_MONTH: Final = re.compile(r"((?:19|20)\d\d)[-/](\d\d)")
_ISO_DAY: Final = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:[T ]00:00(?::00(?:\.0{1,6})?)?Z?)?")
_MONTH_FIRST: Final = re.compile(r"(\d\d)[-/]((?:19|20)\d\d)")
_SERIAL: Final = re.compile(r"[345]\d{4}(?:\.0{1,6})?")  # 1982 to 2064
_HALF: Final = re.compile(
    r"(?:H|half(?:-year)?\s?)([12])\s?,?\s?(?:FY\s?)?((?:19|20)\d\d)\s?[/-]\s?((?:20)?\d\d)", re.IGNORECASE
)
_SERIAL_START: Final = dt.date(1899, 12, 30)
_LONGEST: Final = 80


@lru_cache(maxsize=20_000)
def read_end(words: str, frequency: str, span: Span | None = None) -> tuple[Month, Span]:
    """The month in which the period ends, and its length; RefusedError says what is wrong with the words.

    `span` is the length that the list or its mapping names; None where the words must say it.
    """
    if len(words) > _LONGEST:
        raise RefusedError(f"{shown(words)} is no period: write it as 2021-03, Jan-Mar 2021 or Q4 2020/21.")
    own = OWN_SPAN.get(frequency, Span.MONTH)
    found = _read_iso(words, own, span) or _read_half(words) or read_period(words)
    if found is None:
        raise RefusedError(f"{shown(words)} is no period: write it as 2021-03, Jan-Mar 2021 or Q4 2020/21.")
    if found.start is None:
        return _end_of_day(words, found.end, span or own)
    length = _length(words, found)
    to = Month.of(found.end)
    if span is None:
        return to, _check_length(length, to, own, frequency)
    if length is not span and length is not Span.MONTH:
        raise RefusedError(
            f"{shown(words)} is {_a(length)}, and the list's periods are said to be {_a(span)} long."
        )
    return to, span


@lru_cache(maxsize=4096)
def names_period(words: str) -> bool:
    """Do the words mean a period, whether or not it is one that can be taken?"""
    if len(words) > _LONGEST or not any(each.isdigit() for each in words):
        return False
    own = Span.MONTH
    return bool(_read_iso(words, own, None) or _read_half(words) or read_period(words))


def _read_iso(words: str, own: Span, span: Span | None) -> DatedPeriod | None:
    """2021-03 as a month, 03/2021 too; 2011-12 is December, or for a yearly figure April 2011 to March 2012."""
    if day := _ISO_DAY.fullmatch(words):
        return _day(int(day[1]), int(day[2]), int(day[3]))
    if _SERIAL.fullmatch(words):
        return DatedPeriod(_SERIAL_START + dt.timedelta(days=int(words.partition(".")[0])))
    if found := _ISO_MONTH.fullmatch(words):
        year, month = int(found[1]), int(found[2])
        is_year = month == (year + 1) % 100
        if 1 <= month <= 12 and not (is_year and (span or own) is Span.YEAR):
            return _whole(Month(year, month))
    if found := _MONTH_FIRST.fullmatch(words):
        return _whole(Month(int(found[2]), int(found[1]))) if 1 <= int(found[1]) <= 12 else None
    return None


def _day(year: int, month: int, day: int) -> DatedPeriod | None:
    try:
        return DatedPeriod(dt.date(year, month, day))
    except ValueError:
        return None


def _whole(month: Month) -> DatedPeriod:
    return DatedPeriod(month.last, month.first)


def _read_half(words: str) -> DatedPeriod | None:
    """ "H1 2020/21" is April to September 2020."""
    found = _HALF.fullmatch(words.strip())
    if not found or int(found[3]) % 100 != (int(found[2]) + 1) % 100:
        return None
    year = int(found[2])
    last = Month(year, 9) if found[1] == "1" else Month(year + 1, 3)
    return DatedPeriod(last.last, last.plus(-5).first)


def _end_of_day(words: str, day: dt.date, span: Span) -> tuple[Month, Span]:
    month = Month.of(day)
    if day == month.last or (day == month.first and span is Span.MONTH):
        return month, span
    if day == month.first:
        raise RefusedError(
            f"{say_day(day)} may be the first day of {_a(span)} or name its last month: write the whole period,"
            " such as Jan-Mar 2021 or Q4 2020/21."
        )
    raise RefusedError(f"{say_day(day)} is not the last day of a month, so it names no period.")


def _length(words: str, found: DatedPeriod) -> Span:
    start, end = found.start, found.end
    if start is None or start.day != 1 or end != Month.of(end).last:
        raise RefusedError(f"{shown(words)} does not begin and end with a month.")
    months = Month.of(end).index - Month.of(start).index + 1
    if months not in _SPANS:
        raise RefusedError(f"{shown(words)} is {months} months long: a period is a month, 3, 6 or 12 months.")
    return _SPANS[months]


def _check_length(length: Span, to: Month, own: Span, frequency: str) -> Span:
    """A figure of its own frequency, or of 12 months as reports print them."""
    if length in (own, Span.YEAR):
        return length
    raise RefusedError(
        f"{period_words(to, length)} is {_a(length)}, and the indicator is counted {frequency}: give it by"
        f" {_CALLED[own]}, or for 12 months."
    )


def _a(span: Span) -> str:
    return {"month": "a month", "quarter": "a quarter", "half-year": "a half-year", "12-months": "12 months"}[span]
