"""What waits, for how long, and is the oldest of it older than last month's?"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal

from bluelamp.figures.months import Month
from bluelamp.performance.measures.counting import (
    Asked,
    Counted,
    LeftOut,
    Outcome,
    gather,
    middle,
    months_covered,
    number_point,
)
from bluelamp.performance.measures.definition import Measure
from bluelamp.performance.measures.records import Record
from bluelamp.performance.series import Point

OUTPUTS = ("open", "oldest-days", "median-days", "overdue", "opened", "closed", "days-to-close")


def count_backlog(records: Sequence[Record], measure: Measure, asked: Asked) -> Outcome:
    """At each month's end: how many are open, the oldest and the middle age in days, how many are overdue; and in
    the month: opened, closed, and the middle time from opening to closing.

    The month in which the list ends is counted at the day the list covers, and marked provisional. A row without a
    closing day is open. Left out, by name: closed before it was opened, opened after the day the list covers.
    """
    left, kept = LeftOut(), []
    for record in records:
        closed = record.days.get("closed")
        if closed is not None and closed < record.days["opened"]:
            left.add("closed before it was opened")
        elif record.days["opened"] > asked.day:
            left.add("opened after the day the list covers")
        else:
            kept.append(record)
    span = list(months_covered(records, "opened", asked))
    counted = []
    for (group, area), rows in gather(kept, lambda record: record.words.get("group", "")).items():
        found: dict[str, list[Point]] = {name: [] for name in OUTPUTS}
        for month in span:
            for name, value in _month(rows, month, measure, asked).items():
                flags = ("provisional",) if month.last > asked.day else ()
                found[name].append(number_point(month, value, flags=flags))
        counted += [Counted(name, group, area, tuple(points)) for name, points in found.items()]
    return Outcome(tuple(counted), dict(left.reasons))


def _month(
    rows: Sequence[Record], month: Month, measure: Measure, asked: Asked
) -> dict[str, Decimal | int | None]:
    end = min(month.last, asked.day)
    waiting = [r for r in rows if r.days["opened"] <= end and _closed_after(r, end)]
    ages = [Decimal((end - r.days["opened"]).days) for r in waiting]
    done = [r for r in rows if "closed" in r.days and month.first <= r.days["closed"] <= end]
    return {
        "open": len(waiting),
        "oldest-days": max(ages, default=None),
        "median-days": middle(ages),
        "overdue": sum(_due(r, measure) < end for r in waiting),
        "opened": sum(month.first <= r.days["opened"] <= end for r in rows),
        "closed": len(done),
        "days-to-close": middle([Decimal((r.days["closed"] - r.days["opened"]).days) for r in done]),
    }


def _closed_after(record: Record, end: dt.date) -> bool:
    return "closed" not in record.days or record.days["closed"] > end


def _due(record: Record, measure: Measure) -> dt.date:
    return record.days.get("due") or record.days["opened"] + dt.timedelta(days=measure.overdue_after)
