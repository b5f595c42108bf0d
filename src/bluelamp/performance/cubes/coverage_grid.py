"""For which cells is everything there that they count, and for which is it not yet time to compare?

A cell counts a scope (one force, or all that were asked for) over its window's months or the whole span. One
absent force-month makes it unknown; eleven months are never sold as a year, and four forces never as five.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from bluelamp.figures.months import Month
from bluelamp.performance.warehouse.coverage import Covered, Presence

Flags = NDArray[np.bool_]
Indices = NDArray[np.int64]


class State(IntEnum):
    """How much there is of what a cell counts."""

    COMPLETE = 0
    PARTIAL = 1  # something, not all: the figure is not known
    ABSENT = 2  # nothing: neither is it

    @property
    def word(self) -> str:
        return self.name.lower()


@dataclass(frozen=True)
class CoverageGrid:
    """`covered` names every force and month that may count, present or not.

    Rows are scopes: the forces in their order, or one row for all of them; columns the months from `start`.
    """

    covered: Sequence[Covered]
    by_force: bool
    window: int
    maturity: int  # months after its end from which a month's figures can be compared

    @cached_property
    def forces(self) -> tuple[str, ...]:
        return tuple(sorted({each.force for each in self.covered}))

    @cached_property
    def start(self) -> int:
        """The index of the first month."""
        return min((each.month.index for each in self.covered), default=0)

    @cached_property
    def length(self) -> int:
        return max((each.month.index for each in self.covered), default=self.start - 1) - self.start + 1

    @cached_property
    def _present(self) -> Flags:
        found = np.zeros((len(self.forces), self.length), bool)
        rows = {force: row for row, force in enumerate(self.forces)}
        for each in self.covered:
            if each.presence is Presence.PRESENT:
                found[rows[each.force], each.month.index - self.start] = True
        return found

    @cached_property
    def _mature(self) -> Flags:
        """Absent months are no reason against comparing: they are unknown already."""
        found = np.ones((len(self.forces), self.length), bool)
        rows = {force: row for row, force in enumerate(self.forces)}
        for each in self.covered:
            if each.known_on is not None:
                age = Month.of(each.known_on).index - each.month.index
                found[rows[each.force], each.month.index - self.start] = age >= self.maturity
        return found

    @cached_property
    def states(self) -> NDArray[np.int8]:
        """Of each scope and last month (months before the first whole window are never complete)."""
        every, some = self._over_window(self._present, np.all), self._over_window(self._present, np.any)
        return np.where(every, State.COMPLETE, np.where(some, State.PARTIAL, State.ABSENT)).astype(np.int8)

    @cached_property
    def comparable(self) -> Flags:
        return self._over_window(self._mature, np.all, beyond=True)

    def _over_window(self, flags: Flags, fold: np.ufunc | object, *, beyond: bool = False) -> Flags:
        assert callable(fold)
        scoped = flags if self.by_force else fold(flags, axis=0, keepdims=True)
        padding = np.full((scoped.shape[0], self.window - 1), beyond)
        padded = np.concatenate([padding, scoped], axis=1)
        return np.asarray(fold(np.lib.stride_tricks.sliding_window_view(padded, self.window, axis=1), axis=-1))

    def over_span(self) -> CoverageGrid:
        """The same where cells are not told apart by month: one window as long as the span."""
        return CoverageGrid(self.covered, self.by_force, max(self.length, 1), self.maturity)

    def find_missing(self, row: int, month: int) -> list[Covered]:
        """What is not there of the window that ends with the month at that index."""
        return self._lack.get((row, month)) or self._find_missing(row, month)

    @cached_property
    def _lack(self) -> dict[tuple[int, int], list[Covered]]:
        return {}

    def _find_missing(self, row: int, month: int) -> list[Covered]:
        found = [
            each
            for each in self._absent
            if month - self.window < each.month.index <= month
            and (not self.by_force or each.force == self.forces[row])
        ]
        self._lack[row, month] = found
        return found

    @cached_property
    def _absent(self) -> list[Covered]:
        return [each for each in self.covered if each.presence is not Presence.PRESENT]
