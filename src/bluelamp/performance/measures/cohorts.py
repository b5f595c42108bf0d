"""Did those who left the scheme leave it with lower scores and costs than they came with?"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Final

from bluelamp.figures.months import Month
from bluelamp.performance.measures.counting import (
    Asked,
    Counted,
    LeftOut,
    Outcome,
    by_month,
    gather,
    number_point,
    share_point,
)
from bluelamp.performance.measures.definition import Measure
from bluelamp.performance.measures.records import Record
from bluelamp.performance.series import Point

_PAIRS: Final = {"score": ("score_in", "score_out"), "cost": ("cost_before", "cost_after")}


def count_cohort(records: Sequence[Record], measure: Measure, asked: Asked) -> Outcome:
    """By the month of leaving: the mean fall of the score (or cost), and the fall as a share of what it was.

    Only who has left and has both values counts; who is still on the scheme, or left without a second value, is
    left out by name, since a scheme must not look better by whom it loses.
    """
    left, kept = LeftOut(), []
    for record in records:
        gone = record.days.get("left")
        if gone is None or gone > asked.day:
            left.add("still on the scheme")
        elif gone < record.days["entered"]:
            left.add("left before entering")
        else:
            kept.append(record)
    counted = []
    for name, (before, after) in _PAIRS.items():
        if before not in measure.fields:
            continue
        both = [r for r in kept if before in r.numbers and after in r.numbers]
        left.add(f"no {name} at both ends", len(kept) - len(both))
        for (group, area), rows in gather(both, lambda record: record.words.get("group", "")).items():
            months = by_month(rows, lambda record: record.days["left"])
            counted += [
                Counted(f"{name}-fall", group, area, _points(months, before, after, _mean_fall)),
                Counted(f"{name}-fall-share", group, area, _points(months, before, after, _share_fallen)),
            ]
    return Outcome(tuple(counted), {reason: n for reason, n in left.reasons.items() if n})


def _points(
    months: Mapping[Month, Sequence[Record]],
    before: str,
    after: str,
    make: Callable[[Month, Decimal, Decimal, int], Point],
) -> tuple[Point, ...]:
    return tuple(
        make(
            month,
            sum((r.numbers[before] for r in months[month]), Decimal(0)),
            sum((r.numbers[after] for r in months[month]), Decimal(0)),
            len(months[month]),
        )
        for month in sorted(months)
    )


def _mean_fall(month: Month, before: Decimal, after: Decimal, number: int) -> Point:
    return number_point(month, (before - after) / number, sample=number)


def _share_fallen(month: Month, before: Decimal, after: Decimal, number: int) -> Point:
    return share_point(month, before - after, before)
