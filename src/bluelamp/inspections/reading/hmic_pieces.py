"""Which runs of words does a report of HMIC consist of, once lines that mean something are taken apart?

A copy of a report may set a box ("GRADE FAIR") or a heading in the middle of a paragraph. Blocks are cut where a
whole line is such a label; the words on either side of a box stay one piece.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from bluelamp.documents.blocks import ASIDES, Block, BlockKind, Cell, Row, Span
from bluelamp.documents.document import Document, Part
from bluelamp.inspections.frameworks import Framework, name_key
from bluelamp.inspections.reading.hmic_areas import AreaNames
from bluelamp.inspections.reading.hmic_marks import marked_values, words_beside
from bluelamp.inspections.reading.hmic_words import FINDING_LABELS, Label, label_named, numbered_label, read_values
from bluelamp.lib.text import fold, fold_spans


@dataclass(frozen=True)
class Piece:
    text: str
    spans: tuple[Span, ...]
    kind: BlockKind = BlockKind.PARAGRAPH
    level: int = 0
    strong: bool = False
    marker: str = ""
    cells: tuple[Cell, ...] = ()  # of a table's row
    head: Row | None = None  # the row of heads over it
    opens_page: bool = False

    @property
    def is_item(self) -> bool:
        return self.kind is BlockKind.LIST_ITEM

    @property
    def is_heading(self) -> bool:
        return self.kind is BlockKind.HEADING


FIELD = re.compile(
    r"^(?P<name>inspection area|framework area|area|title|problem|solution|outcomes?(?:\(s\))?"
    r"|(?:force )?contacts?(?: details?| name| officer)?|(?:for )?further (?:details?|information))"
    r"\s{0,2}(?:[:–—-]\s{0,3}|$)",
    re.I,
)
_RESTORED = FINDING_LABELS | {Label.PRACTICE, Label.CONTEXT, Label.DISTRIBUTION, Label.TRAVEL}
_LONGEST_LINE = 200
_GLYPH = re.compile(r"[•●▪■◦‣·*\uf0b7\uf0a7−–-]\s{1,4}")
_SENTENCE_END = re.compile(r"[.!?:;)”’\"\d]\s*$")


class Cutter:
    """Cuts blocks into pieces for one framework."""

    def __init__(self, document: Document, framework: Framework, names: AreaNames) -> None:
        self.document = document
        self.framework = framework
        self.names = names

    def pieces(self, part: Part) -> Iterator[Piece]:
        for block in self._with_labels_set_aside(part):
            if block.kind in {BlockKind.CONTENTS, BlockKind.FOOTNOTE}:
                continue
            if block.kind is BlockKind.TABLE:
                yield from self._table(block)
            else:
                yield from self._cut(block)

    def _with_labels_set_aside(self, part: Part) -> list[Block]:
        """The blocks, and among them labels that stand at the head of so many pages that they look like furniture.

        Each area begins on a new page with the same words, which is also what a running head does.
        """
        blocks = [block for block in part.blocks if block.kind not in ASIDES and block.spans]
        if not blocks:
            return blocks
        seen = {name_key(block.text) for block in blocks if len(block.text) <= _LONGEST_LINE}
        first, last = blocks[0].spans[0][0], blocks[-1].spans[-1][1]
        for aside in self.document.asides:
            if not aside.spans or not first <= aside.spans[0][0] <= last or len(aside.text) > _LONGEST_LINE:
                continue
            values = read_values(aside.text, self.framework)
            if label_named(aside.text) in _RESTORED or (values and values.grades):
                blocks.append(replace(aside, kind=BlockKind.HEADING, level=2))
            elif self.names.heading(aside.text) and name_key(aside.text) not in seen:
                seen.add(name_key(aside.text))
                blocks.append(replace(aside, kind=BlockKind.HEADING, level=2))
        return sorted(blocks, key=lambda block: block.spans[0][0])

    def _cut(self, block: Block) -> Iterator[Piece]:
        lines = [line for span in block.spans for line in self._lines(span)]
        if len(lines) < 2 or self._means_something(block.text, whole=True):
            yield self._piece(block, block.spans, block.text)
            return
        gathered: list[Span] = []
        boxes: list[Piece] = []
        before = ""
        for at, line in enumerate(lines):
            text = fold(self.document.text[line[0] : line[1]])
            if self._is_box(text):
                boxes.append(Piece(text, (line,), BlockKind.PARAGRAPH))
            elif self._opens(text, before, first=at == 0):
                yield from self._flush(block, gathered, boxes)
                gathered, boxes = [], []
                if FIELD.match(text):
                    gathered = [line]
                else:
                    yield Piece(text, (line,), BlockKind.HEADING, block.level or 2)
            else:
                gathered.append(line)
            before = text
        yield from self._flush(block, gathered, boxes)

    def _flush(self, block: Block, gathered: list[Span], boxes: list[Piece]) -> Iterator[Piece]:
        if gathered:
            spans = _join_lines(gathered)
            yield self._piece(block, spans, fold_spans(self.document.text, spans).text)
        yield from boxes

    def _piece(self, block: Block, spans: tuple[Span, ...], text: str) -> Piece:
        marker = block.marker if spans and block.spans and spans[0][0] == block.spans[0][0] else ""
        start = spans[0][0] if spans else 0
        page = self.document.page_at(start)
        opens = not self.document.text[page.start : start].strip()
        return Piece(text, spans, block.kind, block.level, block.strong, marker, opens_page=opens)

    def _lines(self, span: Span) -> Iterator[Span]:
        start = span[0]
        while start < span[1]:
            end = self.document.text.find("\n", start, span[1])
            end = span[1] if end == -1 else end
            if self.document.text[start:end].strip():
                yield start, end
            start = end + 1

    def _means_something(self, text: str, *, whole: bool) -> bool:
        if len(text) > _LONGEST_LINE:
            return False
        if label_named(text) or self.names.heading(text) or (whole and self.names.row(text)):
            return True
        return read_values(text, self.framework) is not None

    def _is_box(self, text: str) -> bool:
        """ "GRADE FAIR", "Direction of travel: stable" on a line of its own."""
        values = read_values(text, self.framework) if len(text) <= _LONGEST_LINE else None
        if values is None or values.numbers:
            return False
        return (values.labelled and values.is_grade) or (values.travel and len(values.directions) == 1)

    def _opens(self, text: str, before: str, *, first: bool) -> bool:
        if len(text) > _LONGEST_LINE:
            return False
        if label_named(text) not in {None, Label.END, Label.PROSE} or numbered_label(text):
            return first or _ended(before)
        field = FIELD.match(text)
        if field and (text.rstrip().endswith(":") or ":" in field.group() or field["name"].isupper()):
            return True
        if self.names.heading(text):
            return first or _ended(before)
        row = self.names.row(text)
        return row is not None and bool(row.values.grades or row.values.numbers)

    def _table(self, block: Block) -> Iterator[Piece]:
        head = next((row for row in block.rows[:3] if row.is_head), block.rows[0] if block.rows else None)
        if head is not None and sum(1 for cell in head.cells if _section(cell)) > 1:
            yield from self._columns(block, head)
            return
        for row in block.rows:
            cells = tuple(cell for cell in row.cells if cell.text)
            joined = " ".join(cell.text for cell in cells)
            spans = tuple(span for cell in cells for span in cell.spans)
            over = head if head is not row else None
            if self._marks_a_grade(over, row) or (len(cells) > 1 and self._means_something(joined, whole=True)):
                yield Piece(joined, spans, BlockKind.TABLE, cells=row.cells, head=over)
                continue
            for cell in cells:
                yield from self._cell(cell)

    def _marks_a_grade(self, head: Row | None, row: Row) -> bool:
        """A row that puts a mark under one grade, beside an area's name, a label or nothing."""
        if head is None or marked_values(head, row.cells, self.framework) is None:
            return False
        beside = words_beside(head, row.cells, self.framework)
        return not beside or self._means_something(beside[0], whole=True)

    def _stands_apart(self, line: str, before: list[Span]) -> bool:
        """Is this line of a cell a label or a box, or does it follow one?"""
        if self._opens(line, "", first=True) or self._is_box(line):
            return True
        return self._means_something(fold(self.document.text[before[0][0] : before[-1][1]]), whole=True)

    def _columns(self, block: Block, head: Row) -> Iterator[Piece]:
        """Two lists side by side under "Strengths" and "Areas for improvement"."""
        for label in head.cells:
            if not label.text:
                continue
            yield Piece(label.text, label.spans, BlockKind.HEADING, 3)
            for row in block.rows:
                cell = row.cell_at(label.column)
                if row is not head and cell and cell.text:
                    yield from self._cell(cell)

    def _cell(self, cell: Cell) -> Iterator[Piece]:
        """A cell's words: its bullets one by one, or the whole."""
        lines = [line for span in cell.spans for line in self._lines(span)]
        runs: list[tuple[str, list[Span]]] = []
        for start, end in lines:
            text = self.document.text[start:end]
            inset = start + len(text) - len(text.lstrip())
            glyph = _GLYPH.match(self.document.text, inset, end)
            if glyph:
                runs.append((glyph.group().strip(), [(glyph.end(), end)]))
            elif not runs or self._stands_apart(fold(text), runs[-1][1]):
                runs.append(("", [(start, end)]))
            else:
                runs[-1][1].append((start, end))
        for marker, spans in runs:
            joined = _join_lines(spans)
            kind = BlockKind.LIST_ITEM if marker else BlockKind.PARAGRAPH
            text = fold_spans(self.document.text, joined).text
            yield Piece(text, joined, kind, 1 if marker else 0, marker=marker)


def _section(cell: Cell) -> bool:
    return label_named(cell.text) in {Label.STRENGTHS, Label.WORK_IN_PROGRESS, Label.IMPROVEMENT}


def _ended(before: str) -> bool:
    return not before or bool(_SENTENCE_END.search(before)) or label_named(before) is not None


def _join_lines(lines: list[Span]) -> tuple[Span, ...]:
    """Lines that follow each other become one span again."""
    joined: list[Span] = []
    for start, end in lines:
        if joined and 0 <= start - joined[-1][1] <= 1:
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return tuple(joined)
