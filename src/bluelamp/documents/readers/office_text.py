"""How do the paragraphs and cells of an office file become normalised text, each word with its place?"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from bluelamp.documents.blocks import Block, BlockKind, Cell, Page, Row, Span
from bluelamp.documents.document import Document
from bluelamp.documents.readers.folding import fold_lines
from bluelamp.documents.readers.office_package import clean
from bluelamp.lib.text import fold

_NUMBER = re.compile(r"[(\-+−–]?[£$€]?[\d.,]*\d[\d.,]*\s?(?:%|k|m|bn|pp|ppt)?\)?[*†]?", re.IGNORECASE)
_LONGEST_CAPITALS = 120


@dataclass(frozen=True, slots=True)
class CellDraft:
    """A cell before it has a place. `column` counts in the file's own grid, which may have unused columns.

    `above`: continues the cell above it (a vertical merge): it says again what that cell says.
    """

    text: str
    column: int
    column_span: int = 1
    above: bool = False
    strong: bool = False


@dataclass(frozen=True, slots=True)
class RowDraft:
    cells: tuple[CellDraft, ...]
    is_head: bool = False


class TextBuilder:
    """Grows the text and its blocks together, so that a span can never disagree with the text."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._length = 0
        self._pages: list[Page] = []
        self._blocks: list[Block] = []
        self._asides: list[Block] = []
        self._notes: list[str] = []

    @property
    def page_is_blank(self) -> bool:
        return not self._pages or self._length - self._pages[-1].start <= 1

    def begin_page(
        self,
        number: int | None,
        *,
        name: str = "",
        width: float = 0.0,
        height: float = 0.0,
        printed: str | None = None,
    ) -> None:
        self._end_page()
        start = self._length
        if self._pages:
            self._append("\f")
        shown = fold(clean(name))[:200]
        self._pages.append(Page(number, start, start, printed=printed, name=shown, width=width, height=height))

    def mark_page(self, *, image_only: bool = False, printed: str | None = None) -> None:
        page = self._pages[-1]
        self._pages[-1] = replace(page, image_only=image_only or page.image_only, printed=printed or page.printed)

    def mark_unshown(self, *sentences: str, hides_cells: bool = False) -> None:
        page = self._pages[-1]
        unshown = (*page.unshown, *sentences)
        self._pages[-1] = replace(page, unshown=unshown, hides_cells=hides_cells or page.hides_cells)

    def note(self, sentence: str) -> None:
        if sentence not in self._notes:
            self._notes.append(sentence)

    def add_line_break(self) -> None:
        """An empty line, which keeps a text file's own numbering of lines."""
        self._append("\n")

    def add(
        self,
        kind: BlockKind,
        text: str,
        *,
        level: int = 0,
        marker: str = "",
        strong: bool = False,
        strong_until: int = 0,
    ) -> None:
        """One paragraph, which becomes one line, or as many as it was parted into; nothing where it has no words.

        `strong_until` counts characters of `text` as it is given.
        """
        lines = fold_lines("\n".join(clean(line) for line in text.split("\n")) if "\n" in text else clean(text))
        words = lines.replace("\n", " ")
        if not words:
            return
        sign = fold(clean(marker))
        if sign:
            self._append(sign + " ")
        span = self._append(lines)
        self._append("\n")
        strong = strong or is_capitals(words)
        bold = 0 if strong else len(fold(clean(text[:strong_until])))
        block = Block(kind, words, (span,), self._page, level, strong, sign, strong_until=bold)
        self._place(block)

    def add_table(self, rows: Sequence[RowDraft], *, lines_after: Sequence[int] = ()) -> None:
        """One line for each row that has words, its cells parted by tabs.

        `lines_after`: how many empty lines follow each row, where a row filled several lines of its file.
        """
        said = [row for row in rows if any(cell.text.strip() for cell in row.cells)]
        if not said:
            return
        starts = sorted({cell.column for row in said for cell in row.cells})
        begin = self._length
        above: dict[int, Cell] = {}
        built: list[Row] = []
        for number, row in enumerate(said):
            cells = self._add_row(row, starts, above)
            self._append("\n" * (lines_after[number] if lines_after else 0))
            above = {cell.column: cell for cell in cells}
            built.append(Row(cells, row.is_head))
        text = "".join(self._parts[self._part_at(begin) :])
        block = Block(
            BlockKind.TABLE, fold(text), ((begin, begin + len(text.rstrip())),), self._page, rows=tuple(built)
        )
        self._place(block)

    def _part_at(self, offset: int) -> int:
        """The index of the part that begins at `offset`, which lies near the end."""
        position, index = self._length, len(self._parts)
        while position > offset:
            index -= 1
            position -= len(self._parts[index])
        return index

    def _add_row(self, row: RowDraft, starts: list[int], above: dict[int, Cell]) -> tuple[Cell, ...]:
        cells: list[Cell] = []
        at = 0
        for draft in sorted(row.cells, key=lambda cell: cell.column):
            column = bisect_left(starts, draft.column)
            column_span = max(1, bisect_left(starts, draft.column + draft.column_span) - column)
            if column < at:  # a file may lie about its spans
                continue
            continued = above.get(column) if draft.above else None
            if continued is not None:
                cells.append(replace(continued, column_span=column_span))
                continue
            words = fold(clean(draft.text))
            if not words:
                cells.append(Cell("", (), column, column_span))
                continue
            self._append("\t" * (column - at))
            at = column
            cells.append(Cell(words, (self._append(words),), column, column_span))
        self._append("\n")
        return tuple(cells)

    def build(self, *, sha256: str, file_format: str, title: str = "") -> Document:
        self._end_page()
        return Document(
            sha256=sha256,
            format=file_format,
            text="".join(self._parts),
            pages=tuple(self._pages) or (Page(None, 0, self._length),),
            blocks=tuple(self._blocks),
            asides=tuple(self._asides),
            title=title,
            notes=tuple(self._notes),
        )

    @property
    def _page(self) -> int:
        return max(0, len(self._pages) - 1)

    def _place(self, block: Block) -> None:
        aside = block.kind in (BlockKind.RUNNING_HEAD, BlockKind.PAGE_NUMBER)
        (self._asides if aside else self._blocks).append(block)

    def _append(self, text: str) -> Span:
        start = self._length
        if text:
            self._parts.append(text)
            self._length += len(text)
        return start, self._length

    def _end_page(self) -> None:
        if not self._pages:
            return
        if self._parts and not self._parts[-1].endswith("\n"):
            self._append("\n")
        self._pages[-1] = replace(self._pages[-1], end=self._length)


def is_capitals(words: str) -> bool:
    """Does the line stand alone in capitals?"""
    letters = sum(1 for character in words if character.isalpha())
    return letters >= 3 and len(words) <= _LONGEST_CAPITALS and words == words.upper()


def is_number(text: str) -> bool:
    return bool(_NUMBER.fullmatch(text.strip()))


def mark_head(rows: Iterable[RowDraft]) -> list[RowDraft]:
    """The rows, the first marked as head where the file does not say but its look does.

    A head has words in bold over rows that are not, or words only over columns of numbers.
    """
    marked = [row for row in rows if any(cell.text.strip() for cell in row.cells)]
    if len(marked) < 2 or any(row.is_head for row in marked):
        return marked
    first, rest = marked[0], marked[1:6]
    said = [cell for cell in first.cells if cell.text.strip()]
    if len(said) < 2:
        return marked
    bold = all(cell.strong for cell in said)
    plain_below = any(cell.text.strip() and not cell.strong for row in rest for cell in row.cells)
    words_only = not any(is_number(cell.text) for cell in said)
    numbers_below = 2 * sum(is_number(cell.text) for row in rest for cell in row.cells) >= len(rest)
    if (bold and plain_below) or (words_only and numbers_below):
        marked[0] = replace(first, is_head=True)
    return marked
