"""What are the printed lines of a part? Lists of names and headers live in lines, not in paragraphs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bluelamp.documents.blocks import Block, BlockKind, Span
from bluelamp.documents.document import Document
from bluelamp.lib.text import fold


@dataclass(frozen=True, slots=True)
class Line:
    """A printed line's words (or a table row's, cells apart by tabs), their place and the block they are of.

    `first` is true for a block's first line; `index` is the block's place in its part.
    """

    text: str
    spans: tuple[Span, ...]
    block: Block
    index: int
    first: bool

    @property
    def marker(self) -> str:
        return self.block.marker if self.first else ""

    @property
    def is_row(self) -> bool:
        return self.block.kind is BlockKind.TABLE


def lines_of(document: Document, blocks: Iterable[Block]) -> tuple[Line, ...]:
    """Every line of the blocks, in order; empty lines are left out."""
    return tuple(line for index, block in enumerate(blocks) for line in _block_lines(document, block, index))


def _block_lines(document: Document, block: Block, index: int) -> Iterator[Line]:
    first = True
    pieces = _rows(block) if block.kind is BlockKind.TABLE else _printed(document.text, block)
    for text, spans in pieces:
        if text.strip():
            yield Line(text, spans, block, index, first)
            first = False


def _rows(block: Block) -> Iterator[tuple[str, tuple[Span, ...]]]:
    for row in block.rows:
        spans = tuple(span for cell in row.cells for span in cell.spans)
        if spans:
            yield "\t".join(cell.text for cell in row.cells), spans


def _printed(text: str, block: Block) -> Iterator[tuple[str, tuple[Span, ...]]]:
    for start, end in block.spans:
        position = start
        while position < end:
            stop = text.find("\n", position, end)
            stop = end if stop == -1 else stop
            words = fold(text[position:stop])
            if words:
                yield words, ((position, stop),)
            position = stop + 1
