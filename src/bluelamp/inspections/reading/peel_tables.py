"""Which tables of figures does a report print that nothing was read from? They are told."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from bluelamp.documents.blocks import Block
from bluelamp.documents.citations import Citation
from bluelamp.documents.document import Document
from bluelamp.documents.facts import Unread
from bluelamp.inspections.reading.peel_outline import PieceKind, Section

LEFT = "This table of figures is no finding and no judgement; its rows were not read."
_FEWEST_ROWS = 2
_MOSTLY = 0.5


def report_tables_left(document: Document, sections: Iterable[Section], cited: Iterable[Citation]) -> list[Unread]:
    """One note for each table of figures on no line of which a fact or another note rests."""
    known = {line for citation in cited for line in _lines(citation)}
    found: list[Unread] = []
    for section in sections:
        for piece in section.pieces:
            if piece.kind is not PieceKind.TABLE or not _holds_figures(piece.block):
                continue
            citations = document.cite(piece.block)
            if known.isdisjoint(line for citation in citations for line in _lines(citation)):
                found.append(Unread(reason=LEFT, citations=citations))
    return found


def _lines(citation: Citation) -> range:
    return range(citation.line, citation.line_end + 1)


def _holds_figures(block: Block) -> bool:
    """Under its head, in the columns after the first, most cells that say anything hold a figure."""
    told = list(_cells(block))
    figures = sum(any(character.isdigit() for character in words) for words in told)
    return len(block.rows) > _FEWEST_ROWS and figures > _MOSTLY * len(told)


def _cells(block: Block) -> Iterator[str]:
    for row in block.rows[1:]:
        yield from (cell.text for cell in row.cells if cell.column and cell.text.strip())
