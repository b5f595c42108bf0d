"""What came of a dated event: what was to be expected of the months after it, and what happened?"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Final

from bluelamp.figures.expected import Counted, ExpectedModel, ExpectedResult
from bluelamp.figures.months import Month, Span, months_between
from bluelamp.lib.errors import PlainError
from bluelamp.performance.plans import Indicator
from bluelamp.performance.reports.periods import SeriesBySpan
from bluelamp.performance.series import Series

LONGEST_NAME: Final = 60
LEAST_MONTHS: Final = 24
"""Months before an event without which nobody can say what was to be expected: two of each month."""


@dataclass(frozen=True)
class AskedEvent:
    """The event as it was asked for: its first month, what happened, and the last month that is looked at."""

    first: Month
    name: str
    until: Month


def may_ask(indicator: Indicator, series: SeriesBySpan) -> bool:
    """Only of counts by month with a history: the model counts, and learns its season from two years."""
    held = series.get(Span.MONTH)
    return indicator.unit == "count" and held is not None and len(held.points) > LEAST_MONTHS


def read_event(asked: Mapping[str, str], to: Month) -> AskedEvent | None:
    """What an address asks for; None where it asks for nothing. PlainError where it cannot be understood.

    The event's day may stand as 2020-03-23 or as 2020-03; a month that it ends late in is counted as after it.
    """
    said = asked.get("event", "").strip()
    if not said:
        return None
    first = _read_month(said)
    until = _read_month(asked["until"]) if asked.get("until", "").strip() else to
    if until < first:
        raise PlainError(f"The last month, {until.words}, lies before the event, {first.words}: name a later one.")
    name = " ".join(asked.get("name", "").replace("\x00", " ").split())[:LONGEST_NAME]
    return AskedEvent(first, name or "the event", until)


def _read_month(said: str) -> Month:
    try:
        return Month.of(dt.date.fromisoformat(said)) if len(said) > len("2020-03") else Month.parse(said)
    except ValueError:
        raise PlainError(f"“{said[:40]}” is no day and no month: write it as 2020-03-23 or 2020-03.") from None


@dataclass(frozen=True)
class ExpectedView:
    """The answer of the model that is named, and of the challengers beside it."""

    event: AskedEvent
    result: ExpectedResult
    challengers: tuple[ExpectedResult, ...]


def find_expectation(indicator: Indicator, series: Series, event: AskedEvent) -> ExpectedView:
    """PlainError where the history is too short, or no month from the event on is known."""
    from bluelamp.figures.challengers import repeat_last_year
    from bluelamp.figures.expected import challenge_expected, find_expected

    counted = _count(indicator, series, event.until)
    steps = tuple(
        month
        for change in indicator.recording_changes
        if counted.first < (month := Month.of(change.day)) < event.first
    )
    result = find_expected(counted, event.first, event.until, ExpectedModel(steps=steps))
    challengers: tuple[ExpectedResult, ...] = ()
    with suppress(PlainError):  # it needs every month; the model above can do with gaps
        challengers = (challenge_expected(counted, event.first, event.until, repeat_last_year),)
    return ExpectedView(event, result, challengers)


def _count(indicator: Indicator, series: Series, until: Month) -> Counted:
    known = [point.to for point in series.points if point.value is not None]
    if not known:
        raise PlainError("No month of this indicator is known, so nothing can be expected.")
    points = [series.at(month) for month in months_between(known[0], min(until, known[-1]))]
    values = [None if point.value is None else float(point.value) for point in points]
    return Counted(name=indicator.name, first=known[0], values=values)
