"""Which lines of tab-separated cells make one table, and which of its rows were broken over lines or pages?"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from bluelamp.documents.blocks import Cell, Row, Span
from bluelamp.documents.readers.plain_lines import Line
from bluelamp.documents.readers.structure import ends_sentence, find_marker, is_numeric, starts_lower

_SECTION_NUMBER = re.compile(r"\d{1,3}(?:\.\d{1,3})+\.?")
_HEAD_CELL = 80  # characters; the cells of a head are short


@dataclass(frozen=True, slots=True)
class RawCell:
    text: str
    span: Span


def split_cells(line: Line) -> list[RawCell]:
    """The cells of a line: what stands between tabs, without the white space around it."""
    cells = []
    position = line.start
    for piece in line.text.split("\t"):
        bare = piece.strip()
        start = position + (piece.index(bare) if bare else 0)
        cells.append(RawCell(bare, (start, start + len(bare))))
        position += len(piece) + 1
    return cells


def is_row(line: Line) -> bool:
    """Does the line hold two cells or more? A bullet or a number before one text is no cell."""
    if "\t" not in line.text:
        return False
    filled = [piece for piece in line.text.split("\t") if piece and not piece.isspace()]
    if len(filled) != 2:
        return len(filled) > 2
    marker = find_marker(line.text)
    if marker and "\t" not in line.text[marker.end :].rstrip("\t "):
        return False
    return not _SECTION_NUMBER.fullmatch(filled[0].strip())


def is_single(line: Line) -> bool:
    """One filled cell and an empty one after it: a row only where rows stand around it."""
    return "\t" in line.text.strip(" ") and not line.text[0].isspace() and line.text.rstrip(" ").endswith("\t")


@dataclass(slots=True)
class _CellDraft:
    texts: list[str] = field(default_factory=list)
    spans: list[Span] = field(default_factory=list)

    def add(self, cell: RawCell) -> None:
        if cell.text:
            self.texts.append(cell.text)
            self.spans.append(cell.span)

    @property
    def last(self) -> str:
        return self.texts[-1] if self.texts else ""


class TableDraft:
    """A table as its lines come in."""

    def __init__(self) -> None:
        self.rows: list[list[_CellDraft]] = []
        self.strong: list[bool] = []
        self._head_texts: list[str] = []

    def add(self, line: Line) -> None:
        cells = split_cells(line)
        row = [_CellDraft() for _ in cells]
        for draft, cell in zip(row, cells, strict=True):
            draft.add(cell)
        if not self.rows:
            self._head_texts = [cell.text for cell in cells]
        self.rows.append(row)
        self.strong.append(line.strong)

    @property
    def width(self) -> int:
        return max((len(row) for row in self.rows[:50]), default=0)

    def repeats_head(self, line: Line) -> bool:
        """Is this the first row, printed again on the next page?"""
        return len(self.rows) > 1 and [cell.text for cell in split_cells(line)] == self._head_texts

    def goes_on_after_break(self, line: Line) -> bool:
        """Is a row that stands after a blank line or a page's turn one of this table?"""
        cells = split_cells(line)
        if abs(len(cells) - self.width) > (1 if self.width > 3 else 0):
            return False
        if len(self.rows) < 2:
            return True
        numeric = [n for n in range(len(cells)) if self._is_numeric_column(n)]
        filled = [n for n in numeric if cells[n].text]
        return not filled or any(is_numeric(cells[n].text) for n in filled)

    def _is_numeric_column(self, column: int) -> bool:
        texts = [row[column].last for row in self.rows[1:] if column < len(row) and row[column].texts]
        return bool(texts) and 2 * sum(map(is_numeric, texts[-30:])) > len(texts[-30:])

    def take_continuation(self, line: Line, *, after_break: bool) -> bool:
        """Join a line that goes on with the last row (its first cells are empty); False if it does not."""
        if line.text.partition("\t")[0].strip():
            return False
        cells = split_cells(line)
        filled = [n for n, cell in enumerate(cells) if cell.text]
        row = self.rows[-1]
        if not filled or len(cells) > max(len(row), self.width):
            return False
        goes_on = [n for n in filled if n < len(row) and _is_cut(row[n].last, cells[n].text)]
        keyed = after_break and self._first_column_is_full() and any(n < len(row) and row[n].texts for n in filled)
        if len(goes_on) < len(filled) and not keyed:
            return False
        while len(row) < len(cells):
            row.append(_CellDraft())
        for number in filled:
            row[number].add(cells[number])
        return True

    def take_tail(self, line: Line) -> bool:
        """Join a line without tabs that stands directly under a row and goes on with its last cell."""
        filled = [cell for cell in self.rows[-1] if cell.texts]
        if not filled or not _is_cut(filled[-1].last, line.text.strip()) or not starts_lower(line.text):
            return False
        bare = line.text.strip()
        start = line.start + line.text.index(bare)
        filled[-1].add(RawCell(bare, (start, start + len(bare))))
        return True

    def _first_column_is_full(self) -> bool:
        return len(self.rows) > 1 and all(row and row[0].texts for row in self.rows[-30:])

    def build(self) -> tuple[Row, ...]:
        heads = self._count_heads()
        return tuple(Row(_cells(row), is_head=number < heads) for number, row in enumerate(self.rows))

    def spans(self) -> list[Span]:
        return sorted(span for row in self.rows for cell in row for span in cell.spans)

    def _count_heads(self) -> int:
        if len(self.rows) < 2 or not self._looks_like_head(self.rows[0]):
            return 0
        second = self.rows[1]
        blank_first = not second[0].texts and self._looks_like_head(second)
        has_figures = len(self.rows) > 2 and any(is_numeric(cell.last) for cell in self.rows[2])
        return 2 if blank_first and has_figures and all(len(cell.last) <= 25 for cell in second) else 1

    def _looks_like_head(self, row: list[_CellDraft]) -> bool:
        texts = [cell.last for cell in row if cell.texts]
        if len(texts) < 1 or any(
            len(t) > _HEAD_CELL or is_numeric(t) or t.endswith((".", ";", ":")) for t in texts
        ):
            return False
        if len(row) > 2 or self.strong[0] or all(t.isupper() for t in texts):
            return True
        return any(is_numeric(r[-1].last) for r in self.rows[1:4]) and not is_numeric(texts[-1])


def _is_cut(before: str, after: str) -> bool:
    """Does a cell that ended with `before` go on with `after`?"""
    return bool(before) and (starts_lower(after) or not ends_sentence(before)) and len(before) > 20


def _cells(row: list[_CellDraft]) -> tuple[Cell, ...]:
    return tuple(Cell(" ".join(" ".join(c.texts).split()), tuple(c.spans), n) for n, c in enumerate(row))
