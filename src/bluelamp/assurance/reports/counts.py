"""How many, in each state, and how did it move? Counts cross-foot because each item is counted once in each."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bluelamp.assurance.snapshot import ItemThen, Snapshot


@dataclass(frozen=True)
class CrossTable:
    """Items by two facts. Rows and columns are in the order given; every item is in exactly one cell."""

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    cells: dict[tuple[str, str], int]

    def row_total(self, row: str) -> int:
        return sum(self.cells.get((row, column), 0) for column in self.columns)

    def column_total(self, column: str) -> int:
        return sum(self.cells.get((row, column), 0) for row in self.rows)

    @property
    def total(self) -> int:
        return sum(self.cells.values())


def cross(
    items: Sequence[ItemThen],
    row: Callable[[ItemThen], str],
    column: Callable[[ItemThen], str],
    *,
    rows: Sequence[str] = (),
    columns: Sequence[str] = (),
) -> CrossTable:
    """Items by two values. `rows` and `columns` give an order; a value not in it comes after, never lost."""
    cells: Counter[tuple[str, str]] = Counter((row(item), column(item)) for item in items)
    return CrossTable(
        rows=_ordered(rows, {key for key, _ in cells}),
        columns=_ordered(columns, {key for _, key in cells}),
        cells=dict(cells),
    )


def _ordered(known: Sequence[str], found: set[str]) -> tuple[str, ...]:
    return (*(value for value in known if value in found), *sorted(found - set(known)))


@dataclass(frozen=True)
class Movement:
    """What happened between two days, each item once in each list. before + new + reopened - closed = now open."""

    before: int
    new: tuple[ItemThen, ...]
    reopened: tuple[ItemThen, ...]
    signed_off: tuple[ItemThen, ...]
    closed_elsewhere: tuple[ItemThen, ...]
    gone: tuple[str, ...]  # references of items open then and merged into others since
    now: int

    @property
    def foots(self) -> bool:
        left = len(self.signed_off) + len(self.closed_elsewhere) + len(self.gone)
        return self.before + len(self.new) + len(self.reopened) - left == self.now


def find_movement(then: Snapshot, now: Snapshot) -> Movement:
    """The movement of open items between two snapshots. What came and ended in between counts as both."""
    was = {item.key: item for item in then.items}
    held = {item.key for item in now.items}
    left = [item for item in then.items if item.is_open]
    new = [item for item in now.items if item.key not in was]
    ended = [item for item in now.items if not item.is_open and (item.key not in was or was[item.key].is_open)]
    return Movement(
        before=len(left),
        new=tuple(new),
        reopened=tuple(
            item for item in now.items if item.is_open and item.key in was and not was[item.key].is_open
        ),
        signed_off=tuple(item for item in ended if item.closing == "signed-off"),
        closed_elsewhere=tuple(item for item in ended if item.closing != "signed-off"),
        gone=tuple(str(item.reference) for item in left if item.key not in held),
        now=sum(item.is_open for item in now.items),
    )


AGES = ((90, "Up to 3 months"), (182, "3 to 6 months"), (365, "6 to 12 months"), (730, "1 to 2 years"))
OLDEST = "Over 2 years"


def age_band(item: ItemThen, day: dt.date) -> str:
    """How long ago the point was taken into the register."""
    days = (day - item.added_day).days
    return next((name for most, name in AGES if days <= most), OLDEST)


AGE_BANDS = (*(name for _, name in AGES), OLDEST)
