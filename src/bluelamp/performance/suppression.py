"""Which counts may be published, so that no small one can be worked out, not even from totals less their parts?

A count from 1 to `threshold` - 1 is withheld, and with it as many others as it takes: there are always two tables
of whole numbers, none below zero, with the same published counts, in which it differs by at least `threshold` - 1
(the hypercube method of statistical offices: Repsilber 1994, Giessing and Repsilber 2002). What is left is rounded
to a base. Rounding only takes away from what a reader knows, so it cannot undo the rest. Rounding alone would not
do: of 1 + 8 + 8 = 17, published as 15, 10 and 10, a reader knows that the count withheld is 1 or less.

None is published as none, and no move goes through it: a reader may well know that no record can be there (no
incident of anti-social behaviour has a charge), and what only such a place protects is not protected.

It protects one table with all its totals. Two tables that overlap (twelve months to March, and to April) are two:
what the later has more than the earlier is not protected by looking at each. `suppression_tables` therefore
publishes one table of a kind of record, and adds everything else up from what that one says.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce
from itertools import combinations, product
from typing import Final

import numpy as np
from numpy.typing import NDArray

from bluelamp.lib.errors import PlainError

THRESHOLD: Final = 5
BASE: Final = 5
MOST_CELLS: Final = 200_000
Counts = NDArray[np.int64]
Withheld = NDArray[np.bool_]


@dataclass(frozen=True)
class Published:
    """What may be published of a table and all its totals: along each axis the last entry is the total.

    `counts` are rounded, and 0 where `withheld`: look there first. A published 0 is none at all unless
    the base is twice the threshold or more.
    """

    counts: Counts
    withheld: Withheld

    def at(self, place: tuple[int, ...]) -> int | None:
        return None if self.withheld[place] else int(self.counts[place])


def protect(counts: Counts, *, threshold: int = THRESHOLD, base: int = BASE) -> Published:
    """The table with its totals, small counts withheld, the rest rounded. PlainError for what is no such table."""
    if threshold < 1 or base < 1:
        raise PlainError(f"A threshold of {threshold} and a base of {base}: both are 1 or more.")
    if not np.issubdtype(counts.dtype, np.integer) or (counts < 0).any():
        raise PlainError("Only counts can be withheld and rounded: whole numbers, none below zero.")
    if counts.size > MOST_CELLS or 0 in counts.shape:
        raise PlainError(f"A table of {counts.size:,} cells: from 1 to {MOST_CELLS:,} can be looked at together.")
    whole = add_totals(counts)
    withheld = find_withheld(counts, threshold=threshold)
    rounded = round_counts(whole, base)
    return Published(np.where(withheld, 0, rounded), withheld)


def add_totals(counts: Counts) -> Counts:
    """With a last entry along every axis: the total of the others."""
    whole = counts
    for axis in range(counts.ndim):
        whole = np.concatenate([whole, whole.sum(axis=axis, keepdims=True)], axis=axis)
    return whole


def round_counts(counts: Counts, base: int) -> Counts:
    """To the nearest multiple of the base, halves up. Totals are rounded alone: they need not be sums."""
    return np.asarray((counts + base // 2) // base * base, np.int64)


def find_withheld(counts: Counts, *, threshold: int = THRESHOLD) -> Withheld:
    """Which entries of the table with its totals are not published."""
    whole = add_totals(counts)
    withheld = np.zeros(whole.shape, bool)
    for place in np.argwhere((whole > 0) & (whole < threshold)):
        _Protection(counts, whole, withheld, threshold - 1).protect(tuple(int(each) for each in place))
    return withheld


@dataclass(frozen=True)
class _Move:
    """`altered`: what has to be withheld for it; `cost`: how much of that is not yet."""

    cost: int
    altered: list[tuple[int, ...]]


@dataclass(frozen=True)
class _Protection:
    """Finds a move for one entry: counts that go up and counts that go down together, all of them withheld.

    Every published entry stays what it is. `range_` is by how much the entry must be able to move: down by the
    least of the counts that go with it, up by the least of those that go against it.
    """

    counts: Counts
    whole: Counts
    withheld: Withheld
    range_: int

    def protect(self, place: tuple[int, ...]) -> None:
        """Withhold what the cheapest move alters: of those that keep most totals, the one that hides least."""
        specific = [axis for axis, at in enumerate(place) if at < self.counts.shape[axis]]
        for kept in range(len(specific), -1, -1):
            moves = [self._find_cheapest(place, axes) for axes in combinations(specific, kept)]
            found = [move for move in moves if move is not None]
            if found:
                for each in min(found, key=lambda move: move.cost).altered:
                    self.withheld[each] = True
                return

    def _find_cheapest(self, place: tuple[int, ...], axes: tuple[int, ...]) -> _Move | None:
        """Of all counts that the entry holds, with all other positions along each of the axes."""
        shape = self.counts.shape
        best: _Move | None = None
        for start in product(*([at] if at < shape[axis] else range(shape[axis]) for axis, at in enumerate(place))):
            found = self._find_box(start, axes)
            if found is not None and (best is None or found.cost < best.cost):
                best = found
                if best.cost == 0:
                    return best
        return best

    def _find_box(self, start: tuple[int, ...], axes: tuple[int, ...]) -> _Move | None:
        """All boxes with one corner at the count, at once: arrays over where the opposite corner lies."""
        corners = list(product((False, True), repeat=len(axes)))
        free = [axis for axis in range(self.counts.ndim) if axis not in axes]
        with_it = [self.counts[self._index(start, axes, away)] for away in corners if sum(away) % 2 == 0]
        against = [self.counts[self._index(start, axes, away)] for away in corners if sum(away) % 2]
        endless = np.asarray(self.range_)  # where nothing goes down for it, it may go up without end
        reach = _least(with_it) + _least(against) if against else endless
        price = np.where(self.withheld, 0, self.whole + 1)
        entries = [
            self._index(start, axes, away, totals)
            for away in corners
            for size in range(len(free) + 1)
            for totals in combinations(free, size)
        ]
        cost = sum((price[entry] for entry in entries), start=np.asarray(0, np.int64))
        usable = np.broadcast_to(reach >= self.range_, cost.shape).copy()
        for nth, axis in enumerate(axes):
            usable[(slice(None),) * nth + (start[axis],)] = False  # a box needs another position
        for corner in (*with_it, *against):
            usable &= corner > 0  # what is none stays none
        if not usable.any():
            return None
        others = np.unravel_index(int(np.where(usable, cost, np.iinfo(np.int64).max).argmin()), cost.shape)
        altered = [_pick(entry, others) for entry in entries]
        return _Move(int(cost[others]), altered)

    def _index(
        self, start: tuple[int, ...], axes: tuple[int, ...], away: tuple[bool, ...], totals: tuple[int, ...] = ()
    ) -> tuple[Counts | int, ...]:
        """Where a corner lies for every choice of the other positions; at the total along `totals`."""
        found: list[Counts | int] = [
            self.counts.shape[axis] if axis in totals else at for axis, at in enumerate(start)
        ]
        for nth, (axis, gone) in enumerate(zip(axes, away, strict=True)):
            size = self.counts.shape[axis]
            along = np.arange(size) if gone else np.full(size, start[axis])
            found[axis] = along.reshape((1,) * nth + (size,) + (1,) * (len(axes) - nth - 1))
        return tuple(found)


def _least(corners: list[Counts]) -> Counts:
    return reduce(np.minimum, corners)


def _pick(entry: tuple[Counts | int, ...], others: tuple[np.intp, ...]) -> tuple[int, ...]:
    """The entry for one choice of the others."""
    shape = np.broadcast_shapes(*(np.shape(each) for each in entry))
    return tuple(int(np.broadcast_to(each, shape)[tuple(others)] if shape else each) for each in entry)
