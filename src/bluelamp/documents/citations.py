"""Where exactly does it say so? A citation, and what it takes for one to hold (law 1)."""

from __future__ import annotations

from dataclasses import dataclass

from bluelamp.documents.blocks import Box


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """A verbatim quote and its place.

    `page` is physical, from 1, None where a document has none. `printed_page` is as printed. `line` and
    `line_end` count from 1 in the normalised text of the whole document, inclusive. `quote` is verbatim but
    for white space folded to single spaces. `box` is in points from the page's top left; only for PDF.
    """

    document_sha256: str
    page: int | None
    printed_page: str | None
    line: int
    line_end: int
    quote: str
    box: Box | None = None
