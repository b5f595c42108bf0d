"""How many crimes had a positive outcome, and which months are too young to say? Who was a victim again?"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left
from collections.abc import Sequence

from bluelamp.figures.months import Month
from bluelamp.performance.measures.counting import (
    Asked,
    Counted,
    LeftOut,
    Outcome,
    by_month,
    gather,
    months_covered,
    share_point,
)
from bluelamp.performance.measures.definition import Measure
from bluelamp.performance.measures.records import Record
from bluelamp.performance.series import Point

POSITIVE = "positive"


def count_outcomes(records: Sequence[Record], measure: Measure, asked: Asked) -> Outcome:
    """Positive outcomes by the month in which the crime was recorded, of all crimes recorded in it.

    "to-date" counts what the list knows; months younger than `maturity_months` are marked provisional, since
    their outcomes still come. "in-time" counts outcomes within `within_days` of recording, which compares like
    with like; of a month that has not had so many days yet there is none.
    """
    left, kept = LeftOut(), []
    for record in records:
        outcome_day = record.days.get("outcome_day")
        if outcome_day is not None and outcome_day < record.days["when"]:
            left.add("the outcome stands before the crime was recorded")
        elif record.days["when"] > asked.day:
            left.add("recorded after the day the list covers")
        else:
            kept.append(record)
    counted = []
    for (group, area), rows in gather(kept, lambda record: record.words.get("group", "")).items():
        months = by_month(rows, lambda record: record.days["when"])
        span = list(months_covered(records, "when", asked))
        to_date = tuple(_to_date(m, months.get(m, []), measure, asked) for m in span)
        in_time = tuple(_in_time(m, months.get(m, []), measure, asked) for m in span)
        counted += [Counted("to-date", group, area, to_date), Counted("in-time", group, area, in_time)]
    return Outcome(tuple(counted), dict(left.reasons))


def is_mature(month: Month, months: int, day: dt.date) -> bool:
    """Has every crime of the month had so many whole months for its outcome by that day?"""
    return month.plus(months).last <= day


def _to_date(month: Month, rows: Sequence[Record], measure: Measure, asked: Asked) -> Point:
    positive = sum(
        r.words.get("outcome") == POSITIVE and r.days.get("outcome_day", asked.day) <= asked.day for r in rows
    )
    flags = () if is_mature(month, measure.maturity_months, asked.day) else ("provisional",)
    return share_point(month, positive, len(rows), flags=flags)


def _in_time(month: Month, rows: Sequence[Record], measure: Measure, asked: Asked) -> Point:
    allowed = dt.timedelta(days=measure.within_days)
    if month.last + allowed > asked.day:
        return Point(to=month, unknown="pending")
    positive = sum(
        r.words.get("outcome") == POSITIVE
        and "outcome_day" in r.days
        and r.days["outcome_day"] - r.days["when"] <= allowed
        for r in rows
    )
    return share_point(month, positive, len(rows))


def count_repeats(records: Sequence[Record], measure: Measure, asked: Asked) -> Outcome:
    """Events whose person had an earlier one in the days before, of all events ("events"); and persons with an
    event in the month who had an earlier one, of all persons ("persons").

    Nothing is said of months in which the list does not reach far enough back. An event of the same person on the
    same day counts as earlier where its row stands above.
    """
    left = LeftOut()
    known = [record for record in records if record.words.get("who")]
    left.add("nobody is named", len(records) - len(known))
    reach = dt.timedelta(days=measure.look_back_days)
    first = min((record.days["when"] for record in records), default=asked.day)
    again = _find_again(known, reach)
    counted = []
    for (group, area), rows in gather(known, lambda record: record.words.get("group", "")).items():
        months = by_month(rows, lambda record: record.days["when"])
        events, persons = [], []
        for month in months_covered(records, "when", asked):
            if month.first - reach < first:
                early = Point(to=month, unknown="not-recorded")
                events.append(early)
                persons.append(early)
                continue
            here = months.get(month, [])
            who = {r.words["who"] for r in here}
            whose = {r.words["who"] for r in here if again[id(r)]}
            events.append(share_point(month, sum(again[id(r)] for r in here), len(here)))
            persons.append(share_point(month, len(whose), len(who)))
        counted += [Counted("events", group, area, tuple(events)), Counted("persons", group, area, tuple(persons))]
    reasons = {reason: n for reason, n in left.reasons.items() if n}
    begins = Month.of(first + reach).plus(1).words
    note = f"Months before {begins} have not {measure.look_back_days} days of the list behind them."
    return Outcome(tuple(counted), reasons, (note,))


def _find_again(records: Sequence[Record], reach: dt.timedelta) -> dict[int, bool]:
    """Of each row, had its person an earlier event within reach?"""
    by_person: dict[str, list[tuple[dt.date, int]]] = {}
    for record in records:
        by_person.setdefault(record.words["who"], []).append((record.days["when"], record.row))
    for found in by_person.values():
        found.sort()
    answers = {}
    for record in records:
        found = by_person[record.words["who"]]
        here = (record.days["when"], record.row)
        low = bisect_left(found, (record.days["when"] - reach, 0))
        answers[id(record)] = found[low] < here  # its own entry stands at `low` or after it
    return answers
