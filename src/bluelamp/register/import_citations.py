"""Where in the stored document does each row of a list stand?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from bluelamp.documents.blocks import BlockKind, Span
from bluelamp.documents.document import Document
from bluelamp.lib.text import fold
from bluelamp.register.import_rows import ReadRow

AHEAD = 40
"""Lines looked through for a row: those between two rows of a list that a document shows, and no more."""

Line = dict[str, tuple[Span, ...]]
"""The words of each cell of one line, with where they stand."""


def cite_rows(document: Document, sheet: str, rows: Sequence[ReadRow]) -> dict[int, list[dict[str, Any]]]:
    """By a row's number its citations, one for each cell that its item rests on; rows not found are left out."""
    lines = list(_lines_of(document, sheet))
    cited: dict[int, list[dict[str, Any]]] = {}
    at = 0
    for row in rows:
        wanted = {fold(words) for words in row.words}
        found = next((i for i in range(at, min(at + AHEAD, len(lines))) if wanted <= set(lines[i])), None)
        if found is None:
            continue
        at = found + 1
        cited[row.number] = [
            _to_wire(citation)
            for words in row.cited
            for citation in document.cite(lines[found].get(fold(words), ()))
        ]
    return cited


def _lines_of(document: Document, sheet: str) -> Iterator[Line]:
    """Each line of the sheet's page: a row of a table, or a paragraph as a row of one cell."""
    for block in document.blocks:
        if sheet and document.pages[block.page].name != fold(sheet)[:200]:
            continue
        if block.kind is BlockKind.TABLE:
            for row in block.rows:
                yield {cell.text: cell.spans for cell in reversed(row.cells) if cell.text}
        else:
            yield {block.text: block.spans}


def _to_wire(citation: Any) -> dict[str, Any]:
    return {
        "document_sha256": citation.document_sha256,
        "page": citation.page,
        "printed_page": citation.printed_page,
        "line": citation.line,
        "line_end": citation.line_end,
        "quote": citation.quote,
        "box": list(citation.box) if citation.box else None,
    }
