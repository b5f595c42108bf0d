"""How is a stored page shown: its blocks in reading order, its lines anchored, some of its words marked?"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from bluelamp.documents.blocks import ASIDES, BlockKind, Box
from bluelamp.documents.models import StoredPage
from bluelamp.lib.text import find_folded, fold_spans

PageSpan = tuple[int, int]
"""Start and end offset in a page's own text."""

StoredBlock = dict[str, Any]
"""A block as `documents.pages` keeps it."""

_ASIDES = frozenset(kind.value for kind in ASIDES)
_UNMARKED = -1
LONGEST_BLOCK = 20_000
"""Characters of one block that are shown: eight printed pages. A text file may hold one line of megabytes."""


@dataclass(frozen=True)
class Mark:
    """Words to show as cited. `here` are those the reader came for, `first` those of them to begin with."""

    key: str
    spans: tuple[PageSpan, ...]
    here: bool = False
    first: bool = False


@dataclass(frozen=True)
class Run:
    """Words alike in everything. `line` is given where a line of the normalised text begins with them."""

    text: str
    line: int | None = None
    mark: Mark | None = None


@dataclass(frozen=True)
class SheetCell:
    runs: tuple[Run, ...]
    column_span: int
    is_head: bool


@dataclass(frozen=True)
class SheetBlock:
    """A block to show. `kind` as in `BlockKind`, or "aside"; `items` are those of a list; `rows` of a table."""

    kind: str
    level: int = 0
    marker: str = ""
    runs: tuple[Run, ...] = ()
    rows: tuple[tuple[SheetCell, ...], ...] = ()
    items: list[SheetBlock] = field(default_factory=list)


def find_marks(
    page: StoredPage, cited: Iterable[tuple[str, Sequence[Any]]], *, here: str = "", all_here: bool = False
) -> list[Mark]:
    """The words of each key's citations that stand on this page; citations are as on the wire."""
    starts = _line_starts(page.text)
    marks = []
    for key, citations in cited:
        spans = tuple(span for citation in citations if (span := _find_quote(page, starts, citation)))
        if spans:
            marks.append(Mark(key, spans, here=all_here or key == here, first=key == here))
    return marks


def mark_lines(page: StoredPage, first: int, last: int) -> list[Mark]:
    """These lines of the normalised text, so far as they stand on this page."""
    starts = _line_starts(page.text)
    found = _span_of_lines(page, starts, first, last)
    return [Mark("lines", (found,), here=True)] if found else []


def _line_starts(text: str) -> list[int]:
    starts = [0]
    position = text.find("\n")
    while position != -1:
        starts.append(position + 1)
        position = text.find("\n", position + 1)
    return starts


def _find_quote(page: StoredPage, starts: list[int], citation: Any) -> PageSpan | None:
    lines = _span_of_lines(page, starts, citation["line"], citation["line_end"])
    if lines is None or (citation.get("page") or page.number) != page.number:
        return None
    found = find_folded(page.text[lines[0] : lines[1]], citation["quote"])
    return (lines[0] + found[0], lines[0] + found[1]) if found else None


def _span_of_lines(page: StoredPage, starts: list[int], first: int, last: int) -> PageSpan | None:
    low, high = first - page.first_line, last - page.first_line
    if high < 0 or low >= len(starts) or high < low:
        return None
    end = starts[high + 1] if high + 1 < len(starts) else len(page.text)
    return starts[max(0, low)], end


def make_sheet(
    page: StoredPage, marks: Sequence[Mark] = (), blocks: Sequence[StoredBlock] | None = None
) -> list[SheetBlock]:
    """The page's blocks (or those given) in runs; list items that follow one another stand in one list."""
    return _Sheet(page, marks).lay_out(page.blocks if blocks is None else blocks)


class _Sheet:
    """One page while it is laid out: whose each character is, and which lines have their anchor already."""

    def __init__(self, page: StoredPage, marks: Sequence[Mark]) -> None:
        self._page = page
        self._marks = sorted(marks, key=lambda mark: mark.here)  # what the reader came for is laid on top
        self._starts = _line_starts(page.text)
        self._owner = [_UNMARKED] * len(page.text)
        for number, mark in enumerate(self._marks):
            for start, end in mark.spans:
                self._owner[start:end] = [number] * (end - start)
        self._anchored: set[int] = set()

    def lay_out(self, blocks: Iterable[StoredBlock]) -> list[SheetBlock]:
        shown: list[SheetBlock] = []
        for stored in blocks:
            block = self._block(stored)
            if block.kind == BlockKind.LIST_ITEM.value:
                if not shown or shown[-1].kind != "list":
                    shown.append(SheetBlock("list"))
                shown[-1].items.append(block)
            elif block.runs or block.rows:
                shown.append(block)
        return shown

    def _block(self, stored: dict[str, Any]) -> SheetBlock:
        kind = "aside" if stored["kind"] in _ASIDES else stored["kind"]
        if stored.get("rows"):
            rows = tuple(self._row(row) for row in stored["rows"])
            return SheetBlock(kind, rows=rows)
        marker = "" if stored.get("continued") else stored.get("marker", "")
        return SheetBlock(kind, stored.get("level", 0), marker, self._runs(stored["spans"]))

    def _row(self, row: dict[str, Any]) -> tuple[SheetCell, ...]:
        return tuple(
            SheetCell(self._runs(cell["spans"]), cell["column_span"], row["head"] and bool(cell["text"]))
            for cell in row["cells"]
        )

    def _runs(self, spans: Sequence[Sequence[int]]) -> tuple[Run, ...]:
        shown = self._clip(spans)
        folded = fold_spans(self._page.text, shown)
        runs: list[Run] = []
        begin, line, owner = 0, 0, _UNMARKED
        for index, offset in enumerate(folded.offsets):
            new_line, new_owner = bisect_right(self._starts, offset), self._owner[offset]
            if index and (new_line, new_owner) != (line, owner):
                runs.append(self._run(folded.text[begin:index], line, owner))
                begin = index
            line, owner = new_line, new_owner
        if folded.text:
            runs.append(self._run(folded.text[begin:], line, owner))
        if runs and sum(end - start for start, end in spans) > LONGEST_BLOCK:
            runs = [Run("… "), *runs, Run(" …")]
        return tuple(runs)

    def _clip(self, spans: Sequence[Sequence[int]]) -> tuple[PageSpan, ...]:
        """All of a block of any usual length; of one of megabytes a stretch from just before the marked words."""
        whole = tuple((start, end) for start, end in spans)
        if sum(end - start for start, end in whole) <= LONGEST_BLOCK:
            return whole
        low, high = whole[0][0], whole[-1][1]
        here = [start for mark in self._marks if mark.here for start, _ in mark.spans if low <= start < high]
        first = max(low, here[0] - LONGEST_BLOCK // 10) if here else low
        last = first + LONGEST_BLOCK
        return tuple((max(start, first), min(end, last)) for start, end in whole if start < last and end > first)

    def _run(self, text: str, nth_line: int, owner: int) -> Run:
        line = self._page.first_line + nth_line - 1
        is_new = line not in self._anchored
        self._anchored.add(line)
        return Run(text, line if is_new else None, self._marks[owner] if owner != _UNMARKED else None)


@dataclass(frozen=True)
class DrawnBox:
    """A box on the picture of a page, in points, with numbers as SVG reads them in any language."""

    left: str
    top: str
    width: str
    height: str
    here: bool


def find_boxes(
    page: StoredPage, cited: Iterable[tuple[str, Sequence[Any]]], *, here: str = "", all_here: bool = False
) -> list[DrawnBox]:
    """Where on the picture the citations stand: a box for each line; those the reader came for last, on top."""
    boxes = [
        (box, all_here or key == here)
        for key, citations in cited
        for citation in citations
        if citation.get("page") == page.number
        for box in _boxes_of(page, citation)
    ]
    return [
        DrawnBox(f"{left:.1f}", f"{top:.1f}", f"{right - left:.1f}", f"{bottom - top:.1f}", is_here)
        for (left, top, right, bottom), is_here in sorted(boxes, key=lambda found: found[1])
    ]


def _boxes_of(page: StoredPage, citation: Any) -> list[Box]:
    low = max(0, citation["line"] - page.first_line)
    lines = page.line_boxes[low : citation["line_end"] - page.first_line + 1]
    found = [(box[0], box[1], box[2], box[3]) for box in lines if box]
    if found:
        return found
    box = citation.get("box")
    return [(box[0], box[1], box[2], box[3])] if box else []
