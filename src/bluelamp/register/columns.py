"""How many items share which values? Items as columns of numbers, each number standing for a value.

100,000 items of 15 columns are six megabytes, read and counted whole in some milliseconds, whatever the filters.
Rows grouped by their values (what stood here before the five facts) are as many as the items as soon as dates and
owners are among the values, and each filter's choices took a pass of their own.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

NAMES = (
    "force",
    "organisation",
    "source",
    "kind",
    "area",
    "grade",
    "year",
    "framework",
    "response",
    "delivery",
    "assurance",
    "position",
    "schedule",
    "closing",
    "owner",
)
"""The columns in the order in which a block keeps them."""
PARTED_BY = "\x1f"  # between the two halves of a value: area and its name, timing and due day

BLOCK = 256
"""Items in a block. A change of one item writes a block anew: 15 kB."""
CODE = "<u4"  # a number of four bytes, the same on every machine
BYTES = len(NAMES) * BLOCK * np.dtype(CODE).itemsize

MOST_KEPT = 200  # answers: counts are a few kilobytes, which items are among them a tenth of a megabyte
T = TypeVar("T")
Mask = NDArray[np.bool_]
Codes = NDArray[np.uint32]
Places = tuple[NDArray[np.int64], ...]  # of block and place, for each item


@dataclass(frozen=True)
class Columns:
    """`codes[b, i, p]` is the value of column NAMES[i] of the item in place `p` of block `numbers[b]`, 0 where
    there is no item; nothing is copied until it is asked for. `values` names each code of each column."""

    codes: Codes
    numbers: NDArray[np.int64]
    values: Mapping[str, Mapping[int, str]]
    kept: dict[Hashable, Any] = field(default_factory=dict)  # what was worked out from them

    def keep(self, key: Hashable, work_out: Callable[[], T]) -> T:
        """What is worked out from these columns alone, once."""
        held: T | None = self.kept.get(key)  # another thread may empty it between two looks
        if held is None:
            held = work_out()
            if len(self.kept) >= MOST_KEPT:
                self.kept.clear()
            self.kept[key] = held
        return held

    def _column(self, name: str) -> Codes:
        return self.codes[:, NAMES.index(name), :]

    @property
    def everything(self) -> Mask:
        return np.asarray(self._column("kind") > 0)

    def having(self, name: str, wanted: Callable[[str], bool]) -> Mask:
        """The items whose value is wanted."""
        named = self.values.get(name, {})
        table = np.zeros(max(named, default=0) + 1, dtype=np.bool_)
        table[[code for code, value in named.items() if wanted(value)]] = True
        return np.asarray(table[self._column(name)])

    def slots(self, items: Mask) -> list[int]:
        """Where the items stand: block number times BLOCK, plus the place in the block."""
        blocks, places = np.nonzero(items)
        slots: list[int] = (self.numbers[blocks] * BLOCK + places).tolist()
        return slots

    def places(self, items: Mask) -> Mask | Places:
        """The same items in the form in which they are counted faster, time and again."""
        return np.nonzero(items) if items.sum() < items.size // 10 else items

    def in_slots(self, slots: Sequence[int]) -> Mask:
        mask = np.zeros((len(self.numbers), BLOCK), dtype=np.bool_)
        numbers, places = np.divmod(np.array(slots, dtype=np.int64), BLOCK)
        mask[np.searchsorted(self.numbers, numbers), places] = True
        return mask

    def count(self, name: str, items: Mask | Places) -> dict[str, int]:
        """How many of the items have each value; values that none has are left out."""
        counted = np.bincount(self._column(name)[items])
        named = self.values.get(name, {})
        return {named[code]: int(counted[code]) for code in np.flatnonzero(counted).tolist()}

    def rows(self) -> Counter[tuple[str, ...]]:
        """Every item by all its values: the slow look at everything, for tests."""
        held = self.codes.transpose(0, 2, 1)[self.everything].tolist()
        return Counter(
            tuple(self.values[name][code] for name, code in zip(NAMES, row, strict=True)) for row in held
        )


def join_blocks(blocks: Mapping[int, bytes], values: Mapping[str, Mapping[int, str]]) -> Columns:
    """The columns of all blocks by their numbers, in order."""
    numbers = sorted(blocks)
    whole = np.frombuffer(b"".join(blocks[number] for number in numbers), dtype=CODE)
    codes = whole.reshape(len(numbers), len(NAMES), BLOCK)
    return Columns(codes, np.array(numbers, dtype=np.int64), values)


def renew_columns(
    columns: Columns, blocks: Mapping[int, bytes], values: Mapping[str, Mapping[int, str]]
) -> Columns:
    """The columns after a writing: some blocks are others now or new, some values are new. `columns` stay as they
    were, for whoever is counting by them."""
    new = sorted(set(blocks) - set(columns.numbers.tolist()))
    numbers = np.concatenate([columns.numbers, np.array(new, dtype=np.int64)])
    order = np.argsort(numbers, kind="stable")
    codes = np.concatenate([columns.codes, np.zeros((len(new), len(NAMES), BLOCK), dtype=CODE)])[order]
    numbers = numbers[order]
    for number, block in blocks.items():
        place = np.searchsorted(numbers, number)
        codes[place] = np.frombuffer(block, dtype=CODE).reshape(len(NAMES), BLOCK)
    return Columns(
        codes, numbers, {name: {**columns.values.get(name, {}), **values.get(name, {})} for name in NAMES}
    )


def change_block(block: bytes, rows: Mapping[int, Iterable[int]]) -> bytes:
    """The block with the codes of some rows (by their place in it) put in; b"" is an empty block."""
    held = np.frombuffer(block or bytes(BYTES), dtype=CODE).reshape(len(NAMES), BLOCK).copy()
    for place, codes in rows.items():
        held[:, place] = list(codes)
    return held.tobytes()
