"""By how much did a figure change: in number, in per cent, in percentage points?

Exact (Decimal): what is printed is rounded once, half away from zero, from the figures themselves. A change from
zero, or from below zero, has no percentage, and says so.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from bluelamp.figures.not_known import NotKnown, named
from bluelamp.figures.ratios import MaybeDecimal

FROM_ZERO = "a change from zero has no percentage"
FROM_BELOW = "a change from below zero has no percentage"


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """From `first` to `last`. `actual` is in their unit: percentage points where they are percentages."""

    first: Decimal
    last: Decimal

    @property
    def actual(self) -> Decimal:
        return self.last - self.first

    @property
    def percent(self) -> Decimal | NotKnown:
        return percent_change(self.first, self.last)


def find_change(first: MaybeDecimal, last: MaybeDecimal) -> Change | NotKnown:
    """The change between two figures; not known where either is not, by its name."""
    before, after = named(first, "no first figure"), named(last, "no last figure")
    if isinstance(before, NotKnown):
        return before
    return after if isinstance(after, NotKnown) else Change(first=before, last=after)


def percent_change(first: Decimal, last: Decimal) -> Decimal | NotKnown:
    """(last - first) / first in per cent."""
    if first <= 0:
        return NotKnown(FROM_ZERO if first == 0 else FROM_BELOW)
    return (last - first) * 100 / first
