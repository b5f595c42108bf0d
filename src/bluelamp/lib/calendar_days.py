"""Which day is it, how is a day said, and which day is so many months later? Nothing here reads the clock."""

from __future__ import annotations

import datetime as dt
from calendar import monthrange
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")


def london_day(moment: dt.datetime) -> dt.date:
    """The day in London at a moment (which knows its zone)."""
    return moment.astimezone(LONDON).date()


def say_day(day: dt.date) -> str:
    """ "4 September 2024" """
    return f"{day.day} {day:%B} {day.year}"


def read_iso_day(iso: str) -> dt.date | None:
    """The day of "2024-07-11"; None of a month, a year or anything else."""
    try:
        return dt.date.fromisoformat(iso)
    except ValueError:
        return None


def add_months(day: dt.date, months: int) -> dt.date:
    """The same day so many months later; the last of the month where it has no such day (31 Jan + 1: 28 Feb)."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return dt.date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def end_of_day(day: dt.date) -> dt.datetime:
    """The last moment of a day in London: what "as of" that day includes."""
    return dt.datetime.combine(day, dt.time.max, LONDON)
