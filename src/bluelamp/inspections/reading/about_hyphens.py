"""Which words did a line's end break, and how do they read whole?

A justified page breaks "Notting-" / "hamshire"; the block's words keep the hyphen. What is looked for in them
(names, phrases) is not found there unless the word is whole again; what is cited stays as printed.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection
from dataclasses import dataclass

_BROKEN = re.compile(r"([A-Za-z’']{2,})-[ \t]*\n[ \t\f]*([a-z]{2,})")
_WORD = re.compile(r"[a-z’']+(?:-[a-z’']+)*")
_HYPHENED = re.compile(r"[A-Za-z’']{2,}-[a-z]{2,}")


@dataclass(frozen=True, slots=True)
class Mended:
    """Words without the hyphens of line ends. `cuts[n]` is where the n-th of them stood, in the mended text."""

    text: str
    cuts: tuple[int, ...] = ()

    def original(self, position: int) -> int:
        """The place in the words as they were."""
        return position + bisect_right(self.cuts, position)


@dataclass(frozen=True)
class Hyphens:
    """The words that line ends broke in one document, in small letters: {"notting-hamshire"}."""

    broken: frozenset[str]

    def mend(self, text: str) -> Mended:
        if not self.broken or "-" not in text:
            return Mended(text)
        words = (found for found in _HYPHENED.finditer(text) if found[0].lower() in self.broken)
        at = [found.start() + found[0].index("-") for found in words]
        if not at:
            return Mended(text)
        starts, ends = [0, *(cut + 1 for cut in at)], [*at, len(text)]
        whole = "".join(text[start:end] for start, end in zip(starts, ends, strict=True))
        return Mended(whole, tuple(cut - number for number, cut in enumerate(at)))


def find_hyphens(text: str, known: Collection[str]) -> Hyphens:
    """The words broken at a line's end in a document's text, and not written with a hyphen anyway.

    A word is whole without its hyphen if it stands so elsewhere in the document, or is `known`; or where its
    second half is no word of the document by itself, and the two are nowhere joined by a hyphen within a line.
    """
    pairs = {(found[1].lower(), found[2]) for found in _BROKEN.finditer(text)}
    if not pairs:
        return Hyphens(frozenset())
    words = set(_WORD.findall(_BROKEN.sub(" ", text).lower()))
    broken = {
        f"{left}-{right}"
        for left, right in pairs
        if left + right in words
        or left + right in known
        or (right not in words and f"{left}-{right}" not in words and len(right) > 2)
    }
    return Hyphens(frozenset(broken))
