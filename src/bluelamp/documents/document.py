"""What do we hold of a document once it is read, and does a quote stand in it?"""

from __future__ import annotations

import itertools
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from bluelamp.documents.blocks import Block, Box, Page, Span
from bluelamp.documents.citations import Citation
from bluelamp.lib.errors import PlainError
from bluelamp.lib.text import Folded, find_folded, fold, fold_spans


@dataclass(frozen=True)
class Document:
    """A read document.

    `text` is the normalised text: lines end in "\\n", a page after the first begins with "\\f", and no other
    character breaks a line or a page. Formatting marks (Markdown, HTML) are gone. For text files each line is
    the line of the file with the same number. `blocks` are in reading order; `asides` are running heads, page
    numbers and repeated table heads. `line_boxes[i]` is the box of line i+1, or None.
    """

    sha256: str
    format: str  # "txt", "md", "html", "pdf", "docx", "pptx", "xlsx", "csv"
    text: str
    pages: tuple[Page, ...]
    blocks: tuple[Block, ...]
    asides: tuple[Block, ...] = ()
    title: str = ""  # from the file's own metadata; "" where it has none
    notes: tuple[str, ...] = ()  # what a reader should know: one plain sentence each
    line_boxes: tuple[Box | None, ...] = field(default=())

    @cached_property
    def _line_starts(self) -> list[int]:
        starts = [0]
        position = self.text.find("\n")
        while position != -1:
            starts.append(position + 1)
            position = self.text.find("\n", position + 1)
        return starts

    @cached_property
    def _page_starts(self) -> list[int]:
        return [page.start for page in self.pages]

    def line_at(self, offset: int) -> int:
        """The line, counted from 1, in which the character at `offset` stands."""
        return bisect_right(self._line_starts, offset)

    def line_of(self, block: Block) -> int:
        """The line in which a block begins; 0 for one without words."""
        return self.line_at(block.spans[0][0]) if block.spans else 0

    def page_at(self, offset: int) -> Page:
        return self.pages[max(0, bisect_right(self._page_starts, offset) - 1)]

    def folded(self, block: Block) -> Folded:
        """The block's words in one line, each character with its offset in `text`."""
        return fold_spans(self.text, block.spans)

    def spans_within(self, block: Block, start: int, end: int) -> tuple[Span, ...]:
        """The spans of `text` behind `block.text[start:end]` (a sentence of a paragraph, say)."""
        offsets = self.folded(block).offsets[start:end]
        if not offsets:
            return ()
        first, last = offsets[0], offsets[-1] + 1
        return tuple((max(first, a), min(last, b)) for a, b in block.spans if a < last and b > first)

    def cite(self, *parts: Block | Sequence[Span]) -> tuple[Citation, ...]:
        """One citation for each piece that stands together on one page, in order."""
        spans = tuple(s for part in parts for s in (part.spans if isinstance(part, Block) else part))
        found = self._cited.get(spans)
        if found is None:
            found = self._cited[spans] = tuple(self._cite_piece(piece) for piece in self._pieces(spans))
        return found

    @cached_property
    def _cited(self) -> dict[tuple[Span, ...], tuple[Citation, ...]]:
        """What was cited before: the rows of a table are cited for every one of its columns."""
        return {}

    def _pieces(self, spans: Iterable[Span]) -> list[Span]:
        pieces: list[Span] = []
        for span in spans:
            for start, end in self._split_at_pages(span):
                start, end = self._trim(start, end)
                if start >= end:
                    continue
                if pieces and self._stand_together(pieces[-1], (start, end)):
                    pieces[-1] = (pieces[-1][0], end)
                else:
                    pieces.append((start, end))
        return pieces

    def _split_at_pages(self, span: Span) -> list[Span]:
        starts = self._page_starts
        edges = [span[0], *starts[bisect_right(starts, span[0]) : bisect_left(starts, span[1])], span[1]]
        return list(itertools.pairwise(edges))

    def _trim(self, start: int, end: int) -> Span:
        while start < end and self.text[start].isspace():
            start += 1
        while end > start and self.text[end - 1].isspace():
            end -= 1
        return start, end

    def _stand_together(self, left: Span, right: Span) -> bool:
        same_page = self.page_at(left[0]) is self.page_at(right[0])
        return same_page and left[1] <= right[0] and not self.text[left[1] : right[0]].strip()

    def _cite_piece(self, piece: Span) -> Citation:
        page = self.page_at(piece[0])
        line, line_end = self.line_at(piece[0]), self.line_at(piece[1] - 1)
        return Citation(
            document_sha256=self.sha256,
            page=page.number,
            printed_page=page.printed,
            line=line,
            line_end=line_end,
            quote=fold(self.text[piece[0] : piece[1]]),
            box=self._box(line, line_end),
        )

    def _box(self, line: int, line_end: int) -> Box | None:
        boxes = [box for box in self.line_boxes[line - 1 : line_end] if box]
        if not boxes:
            return None
        left, top, right, bottom = zip(*boxes, strict=True)
        return min(left), min(top), max(right), max(bottom)

    def verify(self, citation: Citation) -> bool:
        """Is the quote found on the page, and on the lines, that the citation names?"""
        if citation.document_sha256 != self.sha256 or not citation.quote.strip():
            return False
        if not 1 <= citation.line <= citation.line_end <= len(self._line_starts):
            return False
        start = self._line_starts[citation.line - 1]
        ends = self._line_starts
        end = ends[citation.line_end] if citation.line_end < len(ends) else len(self.text)
        page = self.page_at(self._trim(start, end)[0])
        on_page = page.number == citation.page
        return on_page and find_folded(self.text[start:end], citation.quote) is not None


@dataclass(frozen=True)
class Part:
    """A document, or one paper of a pack: the blocks that a slice's reader is to read."""

    document: Document
    blocks: tuple[Block, ...]
    title: str = ""


def whole(document: Document) -> Part:
    return Part(document, document.blocks, document.title)


TellPages = Callable[[int, int], None]
"""Hears how many of how many pages of a file are read."""


class UnreadableFileError(PlainError):
    """A file that cannot be read. The message is one plain sentence: what is wrong and what to do."""
