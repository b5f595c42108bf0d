"""How is a read document kept as pages and passages?

A page keeps its part of the normalised text and its blocks as JSON, each with spans that count from the page's own
start:

    {"kind": "table", "level": 0, "marker": "", "strong": false, "continued": false, "spans": [[0, 120]],
     "rows": [{"head": true, "cells": [{"column": 0, "column_span": 1, "text": "Area", "spans": [[0, 4]]}]}]}

A block that runs over a page stands on each with its part of the spans; `continued` on all but the first.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from bluelamp.documents.blocks import Block, BlockKind, Page, Row, Span
from bluelamp.documents.document import Document
from bluelamp.documents.models import StoredDocument, StoredPage

LONGEST_PASSAGE = 4000  # characters; PostgreSQL indexes at most a megabyte of words in one value
_FORBIDDEN = {code: " " for code in range(32) if chr(code) not in "\t\n\f\r"}
"""Characters PostgreSQL cannot hold, or that mark a search hit; each becomes one space, so spans still count."""


def make_pages(document: Document, stored: StoredDocument) -> list[StoredPage]:
    blocks = _blocks_by_page(document)
    return [
        StoredPage(
            document=stored,
            index=index,
            number=page.number,
            printed=page.printed or "",
            name=page.name,
            image_only=page.image_only,
            first_line=document.line_at(page.start),
            text=clean(document.text[page.start : page.end]),
            blocks=blocks[index],
            line_boxes=_line_boxes(document, page),
            width=page.width,
            height=page.height,
        )
        for index, page in enumerate(document.pages)
    ]


def clean(text: str) -> str:
    return text if text.isprintable() else text.translate(_FORBIDDEN)


def _line_boxes(document: Document, page: Page) -> list[list[float] | None]:
    if not any(document.line_boxes):
        return []
    first, last = document.line_at(page.start), document.line_at(max(page.start, page.end - 1))
    return [plain_box(box) if box else None for box in document.line_boxes[first - 1 : last]]


def plain_box(box: Sequence[float]) -> list[float]:
    """To a hundredth of a point; a negative zero would not come back from PostgreSQL as it went."""
    return [round(edge, 2) + 0.0 for edge in box]


def _blocks_by_page(document: Document) -> list[list[dict[str, Any]]]:
    starts = {page.start: index for index, page in enumerate(document.pages)}
    found: list[list[dict[str, Any]]] = [[] for _ in document.pages]
    everything = sorted((*document.blocks, *document.asides), key=lambda block: block.spans[:1])
    for block in everything:
        touched = sorted(
            {starts[document.page_at(start).start] for start, _ in _cut_at_pages(document, block.spans)}
        )
        for nth, index in enumerate(touched):
            found[index].append(_block_on_page(block, document.pages[index], continued=nth > 0))
    return found


def _cut_at_pages(document: Document, spans: Iterable[Span]) -> Iterator[Span]:
    for start, end in spans:
        position = start
        while position < end:
            page = document.page_at(position)
            cut = min(end, page.end) if page.end > position else end
            yield position, cut
            position = cut


def _block_on_page(block: Block, page: Page, *, continued: bool) -> dict[str, Any]:
    made: dict[str, Any] = {
        "kind": block.kind.value,
        "level": block.level,
        "marker": clean(block.marker),
        "strong": block.strong,
        "continued": continued,
        "spans": _within(block.spans, page),
    }
    if block.rows:
        made["rows"] = [wire for row in block.rows if (wire := _row_on_page(row, page, first=not continued))]
    return made


def _row_on_page(row: Row, page: Page, *, first: bool) -> dict[str, Any] | None:
    """The row with those of its words that stand on this page; a row without any words belongs to the first."""
    cells = [
        {
            "column": cell.column,
            "column_span": cell.column_span,
            "text": clean(cell.text),
            "spans": _within(cell.spans, page),
        }
        for cell in row.cells
    ]
    has_words = any(cell.spans for cell in row.cells)
    if (has_words and not any(cell["spans"] for cell in cells)) or (not has_words and not first):
        return None
    return {"head": row.is_head, "cells": cells}


def _within(spans: Iterable[Span], page: Page) -> list[list[int]]:
    """The parts of the spans on this page, counted from its start."""
    return [
        [max(start, page.start) - page.start, min(end, page.end) - page.start]
        for start, end in spans
        if start < page.end and end > page.start
    ]


@dataclass(frozen=True, slots=True)
class PassageWords:
    """What a passage holds, before it is written. `page` is the page's place in `Document.pages`."""

    page: int
    line: int
    line_end: int
    text: str


def make_passages(document: Document) -> Iterator[PassageWords]:
    """Every block's words but running heads and the like; tables row by row, long blocks in pieces."""
    index_of = {page.start: index for index, page in enumerate(document.pages)}
    for text, spans in _runs(document):
        if not spans:
            continue
        first, last = spans[0][0], max(spans[0][0], spans[-1][1] - 1)
        page = index_of[document.page_at(first).start]
        yield PassageWords(page, document.line_at(first), document.line_at(last), clean(text))


def _runs(document: Document) -> Iterator[tuple[str, Sequence[Span]]]:
    for block in document.blocks:
        if block.kind is BlockKind.TABLE and block.rows:
            for row in block.rows:
                spans = sorted(span for cell in row.cells for span in cell.spans)
                words = " | ".join(cell.text for cell in row.cells if cell.text)
                yield from _in_pieces(words, spans)
        elif len(block.text) > LONGEST_PASSAGE:
            yield from _long_block(document, block)
        else:
            yield block.text, block.spans


def _in_pieces(words: str, spans: Sequence[Span]) -> Iterator[tuple[str, Sequence[Span]]]:
    for start in range(0, len(words), LONGEST_PASSAGE):
        yield words[start : start + LONGEST_PASSAGE], spans


def _long_block(document: Document, block: Block) -> Iterator[tuple[str, Sequence[Span]]]:
    folded = document.folded(block)
    start = 0
    while start < len(folded.text):
        end = min(len(folded.text), start + LONGEST_PASSAGE)
        space = folded.text.rfind(" ", start, end)
        end = space if end < len(folded.text) and space > start else end
        offsets = folded.offsets[start:end]
        yield folded.text[start:end], [(offsets[0], offsets[-1] + 1)]
        start = end
