"""Does a quote stand where a citation says, in a document that we hold? And where do these words stand in it?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from bluelamp.documents.models import StoredDocument, StoredPage
from bluelamp.documents.queries import page_with_line, pages_of
from bluelamp.lib.errors import PlainError
from bluelamp.lib.text import find_folded, fold

MOST_PAGES = 2_000
"""Looked through for words whose page nobody named; the longest pack seen has 500."""

Wire = dict[str, Any]


class NotFoundThereError(PlainError):
    """Words that do not stand in the document, so no fact can rest on them (law 1)."""


def cite_words(document: StoredDocument, words: str, *, page: int | None = None) -> Wire:
    """The citation of the first place where these words stand together on one page (on `page`, if it is named)."""
    if not words.strip():
        raise NotFoundThereError("A passage needs the words that it quotes.")
    pages = pages_of(document)
    if page is not None:
        pages = pages.filter(number=page)
    for stored in pages[:MOST_PAGES]:
        if found := find_folded(stored.text, words):
            return _cite(document, stored, *found)
    where = f"on page {page} of" if page is not None else "in"
    raise NotFoundThereError(
        f"“{_shorten(words)}” does not stand {where} {document}. Quote the words as they are printed there, all"
        " from one page; words from several pages are several passages."
    )


def _cite(document: StoredDocument, page: StoredPage, start: int, end: int) -> Wire:
    first = page.text.count("\n", 0, start)
    last = page.text.count("\n", 0, end)
    return {
        "document_sha256": document.sha256,
        "page": page.number,
        "printed_page": page.printed or None,
        "line": page.first_line + first,
        "line_end": page.first_line + last,
        "quote": fold(page.text[start:end]),
        "box": _box(page.line_boxes[first : last + 1]),
    }


def _box(boxes: Sequence[Sequence[float] | None]) -> list[float] | None:
    held = [box for box in boxes if box]
    if not held:
        return None
    left, top, right, bottom = zip(*held, strict=True)
    return [min(left), min(top), max(right), max(bottom)]


def check_citations(document: StoredDocument | None, citations: Sequence[Mapping[str, Any]]) -> None:
    """Does every quote stand in the document, on the page and the lines that its citation names?"""
    if citations and document is None:
        raise NotFoundThereError("A citation needs the document in which its words stand.")
    for citation in citations:
        if document is None or not _stands(document, citation):
            said = _shorten(str(citation.get("quote", "")))
            raise NotFoundThereError(f"“{said}” does not stand in {document} where the citation says.")


def _stands(document: StoredDocument, citation: Mapping[str, Any]) -> bool:
    line, line_end, quote = citation.get("line"), citation.get("line_end"), citation.get("quote")
    if citation.get("document_sha256") != document.sha256 or not isinstance(quote, str) or not quote.strip():
        return False
    if not (isinstance(line, int) and isinstance(line_end, int) and 1 <= line <= line_end):
        return False
    page = page_with_line(document, line)
    if page is None or page.number != citation.get("page"):
        return False
    lines = page.text.removesuffix("\n").split("\n")
    first, last = line - page.first_line, line_end - page.first_line
    return last < len(lines) and find_folded("\n".join(lines[first : last + 1]), quote) is not None


def _shorten(words: str) -> str:
    folded = fold(words)
    return folded if len(folded) <= 80 else f"{folded[:79]}…"
