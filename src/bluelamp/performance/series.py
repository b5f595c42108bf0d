"""What figures does an indicator have, month by month, and what is known of each?

A figure that is not there says why (law 3): `unknown` is one of UNKNOWN, and an empty month is no zero.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Final

import numpy as np
from numpy.typing import NDArray

from bluelamp.figures.months import Month, Span

UNKNOWN: Final = {
    "not-published": "not published",
    "pending": "pending",
    "not-applicable": "not applicable",
    "not-recorded": "not recorded",
    "suppressed": "suppressed: the number is small",
    "unreadable": "unreadable",
    "not-loaded": "not loaded",
}
"""Why there is no figure, and how that is said."""

FLAGS: Final = ("provisional", "starred", "six_monthly", "range", "estimated")
"""What a figure may carry beside its number, as on the wire."""

FORCE: Final = "force"
"""The area that is the whole force."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """The figure of one period, or the name of what is missing.

    `value` is in the indicator's unit (a percentage as 77.4, not 0.774). `numerator` and `denominator` where they
    are known; `sample` is the number asked or examined, `half_width` its printed margin in the value's unit.
    """

    to: Month
    value: Decimal | None = None
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    unknown: str = ""
    flags: tuple[str, ...] = ()
    printed: str = ""
    sample: int | None = None
    half_width: Decimal | None = None
    load: str = ""  # key of the load it came with
    cell: str = ""  # where it stands in the load's source: "Sheet1!C7", "line 3037"

    def __post_init__(self) -> None:
        if (self.value is None) != bool(self.unknown):
            raise ValueError(f"{self.to}: a figure is either known, or its absence has a name")
        if self.unknown and self.unknown not in UNKNOWN:
            raise ValueError(f"{self.unknown!r} is no name for what is not known")


@dataclass(frozen=True)
class SeriesKey:
    """Which series: an indicator of a plan, in an area, over periods of one length; no `breakdown`: the whole."""

    plan: str
    code: str
    area: str = FORCE
    span: Span = Span.MONTH
    breakdown: str = ""


@dataclass(frozen=True)
class Series:
    """The points of a series, oldest first, at most one for each month in which a period ends."""

    key: SeriesKey
    points: tuple[Point, ...] = ()

    def __post_init__(self) -> None:
        months = [point.to for point in self.points]
        if months != sorted(set(months)):
            raise ValueError(f"the points of {self.key} are not in order, or two end in the same month")

    @cached_property
    def _by_month(self) -> dict[Month, Point]:
        return {point.to: point for point in self.points}

    def at(self, to: Month) -> Point:
        """The point of the period that ends in `to`; "not loaded" where nobody gave one."""
        return self._by_month.get(to) or Point(to=to, unknown="not-loaded")

    def until(self, to: Month) -> Series:
        """The series as far as `to`."""
        return Series(self.key, tuple(point for point in self.points if point.to <= to))

    def columns(self, first: Month, last: Month) -> Columns:
        """Values as arrays over every month from `first` to `last`; NaN where there is none."""
        points = [self.at(Month.at(index)) for index in range(first.index, last.index + 1)]
        return Columns(
            first,
            _array(point.value for point in points),
            _array(point.numerator for point in points),
            _array(point.denominator for point in points),
        )


@dataclass(frozen=True)
class Columns:
    """One entry for each month from `first` on, float64, NaN where a figure is not known."""

    first: Month
    value: NDArray[np.float64]
    numerator: NDArray[np.float64]
    denominator: NDArray[np.float64]


def _array(values: Iterable[Decimal | None]) -> NDArray[np.float64]:
    return np.array([float("nan") if value is None else float(value) for value in values], dtype=np.float64)


def overlay(loads: Iterable[Series]) -> Series:
    """One series from several loads of it, oldest load first: what came later stands in place of what came before.

    Every series has the same key. Nothing is lost by this: each load keeps its own.
    """
    found: dict[Month, Point] = {}
    key: SeriesKey | None = None
    for series in loads:
        if key not in (None, series.key):
            raise ValueError(f"{series.key} is laid over {key}")
        key = series.key
        found |= {point.to: point for point in series.points}
    if key is None:
        raise ValueError("there is no series to lay over another")
    return Series(key, tuple(found[month] for month in sorted(found)))
