"""How are the sentences of a block told apart and cited, in time that grows only with its length?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from bluelamp.documents.blocks import Block, Span
from bluelamp.documents.citations import Citation
from bluelamp.documents.document import Document
from bluelamp.lib.text import Folded

_BETWEEN = re.compile(r"(?<=[.!?])\s+(?=[A-Z0-9\"'‘“])")


def find_sentences(words: str) -> Iterator[Span]:
    """Start and end of each sentence of `words`."""
    start = 0
    for gap in _BETWEEN.finditer(words):
        yield start, gap.start()
        start = gap.end()
    if start < len(words):
        yield start, len(words)


@dataclass(frozen=True)
class Words:
    """The words of one block; folded once, however many sentences of it are cited."""

    document: Document
    block: Block

    @cached_property
    def _folded(self) -> Folded:
        return self.document.folded(self.block)

    def cite(self, start: int, end: int) -> tuple[Citation, ...]:
        """Citations for `block.text[start:end]`."""
        offsets = self._folded.offsets
        if end > len(offsets):  # a piece cut from a block: its spans are its own
            return self.document.cite(self.block)
        if start >= end:
            return ()
        first, last = offsets[start], offsets[end - 1] + 1
        return self.document.cite(
            [(max(first, a), min(last, b)) for a, b in self.block.spans if a < last and b > first]
        )
