"""How many items share which values? Items as columns of numbers, each number standing for a value.

100,000 items of 15 columns are six megabytes, read and counted whole in some milliseconds, whatever the filters.
Rows grouped by their values (what stood here before the five facts) are as many as the items as soon as dates and
owners are among the values, and each filter's choices took a pass of their own.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

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

Mask = NDArray[np.bool_]
Codes = NDArray[np.uint32]


@dataclass(frozen=True)
class Columns:
    """`codes[i]` is the column NAMES[i]; 0 where a slot is empty. `values` names each code of each column."""

    codes: Codes
    slots: NDArray[np.int64]
    values: Mapping[str, Mapping[int, str]]

    @property
    def everything(self) -> Mask:
        return np.asarray(self.codes[0] > 0)

    def having(self, name: str, wanted: Callable[[str], bool]) -> Mask:
        """The rows whose value is wanted."""
        named = self.values.get(name, {})
        table = np.zeros(max(named, default=0) + 1, dtype=np.bool_)
        table[[code for code, value in named.items() if wanted(value)]] = True
        table[0] = False
        return np.asarray(table[self.codes[NAMES.index(name)]])

    def in_slots(self, slots: Iterable[int]) -> Mask:
        return np.isin(self.slots, np.fromiter(slots, dtype=np.int64))

    def count(self, name: str, rows: Mask) -> dict[str, int]:
        """How many of the rows have each value; values that none has are left out."""
        counted = np.bincount(self.codes[NAMES.index(name)][rows])
        named = self.values.get(name, {})
        return {named[code]: int(counted[code]) for code in np.flatnonzero(counted).tolist()}

    def rows(self) -> Counter[tuple[str, ...]]:
        """Every item by all its values: the slow look at everything, for tests."""
        held = self.codes[:, self.everything].T.tolist()
        return Counter(
            tuple(self.values[name][code] for name, code in zip(NAMES, row, strict=True)) for row in held
        )


def join_blocks(blocks: Mapping[int, bytes], values: Mapping[str, Mapping[int, str]]) -> Columns:
    """The columns of all blocks by their numbers, in order."""
    numbers = sorted(blocks)
    whole = np.frombuffer(b"".join(blocks[number] for number in numbers), dtype=CODE)
    by_block = whole.reshape(len(numbers), len(NAMES), BLOCK)
    codes = by_block.transpose(1, 0, 2).reshape(len(NAMES), len(numbers) * BLOCK)
    starts = np.array(numbers, dtype=np.int64) * BLOCK
    slots = (starts[:, None] + np.arange(BLOCK)).reshape(-1)
    return Columns(codes, slots, values)


def change_block(block: bytes, rows: Mapping[int, Iterable[int]]) -> bytes:
    """The block with the codes of some rows (by their place in it) put in; b"" is an empty block."""
    held = np.frombuffer(block or bytes(BYTES), dtype=CODE).reshape(len(NAMES), BLOCK).copy()
    for place, codes in rows.items():
        held[:, place] = list(codes)
    return held.tobytes()
