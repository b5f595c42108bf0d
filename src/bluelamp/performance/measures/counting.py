"""What does a measure come to: its figures by area and month, and what was left out of them and why?"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TypeVar

from bluelamp.figures.comparison import median
from bluelamp.figures.months import Month
from bluelamp.performance.measures.records import Record
from bluelamp.performance.series import FORCE, Point

T = TypeVar("T")


@dataclass(frozen=True)
class Counted:
    """The points of one output, of one group of rows, in one area, by month. Values in the output's unit."""

    output: str
    group: str
    area: str  # as the list writes it; FORCE for all rows, those without an area too
    points: tuple[Point, ...]


@dataclass(frozen=True)
class Outcome:
    """`left_out`: why rows count nowhere, and how many; `notes`: what a reader must know of the figures."""

    counted: tuple[Counted, ...]
    left_out: Mapping[str, int]
    notes: tuple[str, ...] = ()


@dataclass
class LeftOut:
    """Rows that count nowhere, by reason."""

    reasons: Counter[str] = field(default_factory=Counter)

    def add(self, reason: str, rows: int = 1) -> None:
        self.reasons[reason] += rows


@dataclass(frozen=True, kw_only=True)
class Asked:
    """`day`: the last day that the list covers; what happened after it is not in the list."""

    day: dt.date


def areas_of(record: Record) -> tuple[str, ...]:
    """Where a row counts: in the force, and in its area where it names one."""
    area = record.words.get("area", "")
    return (FORCE, area) if area and area.lower() != FORCE else (FORCE,)


def gather(records: Iterable[Record], group: Callable[[Record], str]) -> dict[tuple[str, str], list[Record]]:
    """The rows by group and area."""
    found: dict[tuple[str, str], list[Record]] = {}
    for record in records:
        for area in areas_of(record):
            found.setdefault((group(record), area), []).append(record)
    return found


def by_month(rows: Iterable[T], day_of: Callable[[T], dt.date]) -> dict[Month, list[T]]:
    found: dict[Month, list[T]] = {}
    for row in rows:
        found.setdefault(Month.of(day_of(row)), []).append(row)
    return found


def months_covered(records: Sequence[Record], name: str, asked: Asked) -> Iterator[Month]:
    """Every month from the first row to the day the list covers; months without a row are covered too."""
    days = [record.days[name] for record in records if name in record.days]
    if days:
        yield from (Month.at(i) for i in range(Month.of(min(days)).index, Month.of(asked.day).index + 1))


def share_point(
    month: Month, numerator: int | Decimal, denominator: int | Decimal, *, flags: tuple[str, ...] = ()
) -> Point:
    """A percentage with its fraction. Of nothing there is no share: the point says so."""
    top, bottom = Decimal(numerator), Decimal(denominator)
    if not bottom:
        return Point(to=month, unknown="not-applicable", numerator=top, denominator=bottom, flags=flags)
    sample = int(bottom) if bottom == int(bottom) else None
    value = top * 100 / bottom
    return Point(to=month, value=value, numerator=top, denominator=bottom, sample=sample, flags=flags)


def number_point(
    month: Month, value: Decimal | int | None, *, flags: tuple[str, ...] = (), sample: int | None = None
) -> Point:
    if value is None:
        return Point(to=month, unknown="not-applicable", flags=flags, sample=sample)
    return Point(to=month, value=Decimal(value), flags=flags, sample=sample)


def middle(values: Sequence[Decimal]) -> Decimal | None:
    """The median; None of no values."""
    return median(values) if values else None
