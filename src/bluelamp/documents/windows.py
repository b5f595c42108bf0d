"""Which part of a very long page is shown? A text file without pages is one page of any length."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from bluelamp.documents.models import StoredPage
from bluelamp.documents.sheets import StoredBlock

PART = 300
"""Blocks and rows of tables in one part: about 90 KB of HTML. Most pages of a PDF have under 100."""

BEFORE, AFTER = 30, 60


@dataclass(frozen=True)
class Window:
    """The blocks to show, and the lines of the normalised text that they stand on; `part` counts from 1."""

    blocks: Sequence[StoredBlock]
    first_line: int
    last_line: int
    part: int = 1
    parts: int = 1
    cut_before: bool = False
    cut_after: bool = False

    def holds(self, line: int) -> bool:
        return self.first_line <= line <= self.last_line


Unit = tuple[int, int, int]
"""Where it starts in the page's text, the index of its block, and the index of its row."""


def part_of(page: StoredPage, number: int | None = None, *, line: int | None = None) -> Window:
    """One part of the page: by its number, else the one with this line, else the first."""
    units = _units(page)
    parts = max(1, -(-len(units) // PART))
    if number is None:
        number = _unit_at(page, units, line) // PART + 1 if line is not None else 1
    number = min(max(1, number), parts)
    return _window(page, units, (number - 1) * PART, number * PART, part=number, parts=parts)


def around(page: StoredPage, line: int) -> Window:
    """Some blocks before and after a line; all of a page that is not long."""
    units = _units(page)
    if len(units) <= BEFORE + AFTER:
        return _window(page, units, 0, len(units))
    place = _unit_at(page, units, line)
    return _window(page, units, max(0, place - BEFORE), place + AFTER)


def _units(page: StoredPage) -> list[Unit]:
    units: list[Unit] = []
    for index, block in enumerate(page.blocks):
        start = block["spans"][0][0] if block["spans"] else (units[-1][0] if units else 0)
        units.append((start, index, 0))
        for row_index, row in enumerate(block.get("rows", ())[1:], 1):
            starts = [cell["spans"][0][0] for cell in row["cells"] if cell["spans"]]
            start = max(start, min(starts)) if starts else start
            units.append((start, index, row_index))
    return units


def _unit_at(page: StoredPage, units: Sequence[Unit], line: int) -> int:
    """The unit in which the line begins."""
    offset = _offset_of(page, line)
    return max(0, bisect_right([start for start, _, _ in units], offset) - 1)


def _offset_of(page: StoredPage, line: int) -> int:
    """The end of the line in the page's text, so that what begins within it counts."""
    position = -1
    for _ in range(max(0, line - page.first_line + 1)):
        position = page.text.find("\n", position + 1)
        if position == -1:
            return len(page.text)
    return max(0, position)


def _window(
    page: StoredPage, units: Sequence[Unit], low: int, high: int, *, part: int = 1, parts: int = 1
) -> Window:
    chosen = units[low:high]
    end = units[high][0] if high < len(units) else len(page.text)
    return Window(
        blocks=_blocks_of(page, chosen),
        first_line=page.first_line + page.text.count("\n", 0, chosen[0][0] if low and chosen else 0),
        last_line=page.first_line + page.text.count("\n", 0, max(0, end - 1)),
        part=part,
        parts=parts,
        cut_before=low > 0,
        cut_after=high < len(units),
    )


def _blocks_of(page: StoredPage, units: Sequence[Unit]) -> list[StoredBlock]:
    """The blocks of these units; a table with only those of its rows."""
    rows: dict[int, list[int]] = {}
    for _, block, row in units:
        rows.setdefault(block, []).append(row)
    return [_with_rows(page.blocks[index], wanted) for index, wanted in rows.items()]


def _with_rows(block: StoredBlock, wanted: Sequence[int]) -> StoredBlock:
    held = block.get("rows")
    if not held or len(held) == len(wanted):
        return block
    return {**block, "rows": [held[index] for index in wanted]}
