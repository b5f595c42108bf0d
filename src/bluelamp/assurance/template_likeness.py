"""How do the words of a returned row compare with those of an item?

Likeness is one less the normalised insertions and deletions of characters (rapidfuzz's `ratio`), over words in
lower case without marks; 1 is the same, 0 has nothing in common.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from rapidfuzz import fuzz, process

_NO_WORD = re.compile(r"[\W_]+")
_SHORTEST_PART = 20  # characters: a shorter run of words stands in too many places
_PART_ALIKE = 0.85  # parts of unrelated sentences about policing stand at 0.6
_NEARLY_WHOLE = 0.9  # a word left out at an end makes no part
ALIKE = 0.75
"""From here on the same words, mended here and there. Of all pairs of rows in the public template of 2017 (78
rows), the most alike that say two things stand at 0.71; two that repeat one another at 0.78 and 0.97."""
NEAR = 0.5
"""Below this no more than two sentences about policing are alike."""


class Wording(StrEnum):
    """A row's words beside an item's."""

    NONE = "none"  # the row has no words
    SAME = "same"
    MORE = "more"  # all of the item's words, and others after or before them
    PART = "part"
    REWORDED = "reworded"
    UNSURE = "unsure"  # between reworded and other
    OTHER = "other"


@dataclass(frozen=True)
class Likeness:
    wording: Wording
    score: float
    extra: str = ""  # plain words that the row has beyond the item's


_LONGEST = 10_000  # characters compared; the longest point seen has 1,500


def plain(words: str) -> str:
    """Lower case, every mark a space."""
    return _NO_WORD.sub(" ", words[:_LONGEST].casefold()).strip()


def score(one: str, other: str) -> float:
    """Of two plain texts."""
    return float(fuzz.ratio(one, other)) / 100


def compare(row: str, item: str) -> Likeness:
    """Two plain texts."""
    if not row:
        return Likeness(Wording.NONE, 0.0)
    if row == item:
        return Likeness(Wording.SAME, 1.0)
    alike = score(row, item)
    if item and _holds(row, item):
        return Likeness(Wording.MORE, alike, extra=f" {row} ".replace(f" {item} ", " ", 1).strip())
    if alike >= _NEARLY_WHOLE:
        return Likeness(Wording.REWORDED, alike)
    if _holds(item, row) and (len(row) >= _SHORTEST_PART or len(row) * 2 >= len(item)):
        return Likeness(Wording.PART, alike)
    if alike >= ALIKE:
        return Likeness(Wording.REWORDED, alike)
    if len(row) >= _SHORTEST_PART * 2 and len(row) < len(item) and _is_mended_part(row, item):
        return Likeness(Wording.PART, alike)
    return Likeness(Wording.UNSURE if alike >= NEAR else Wording.OTHER, alike)


def _holds(longer: str, shorter: str) -> bool:
    return f" {shorter} " in f" {longer} "


def _is_mended_part(row: str, item: str) -> bool:
    return float(fuzz.partial_ratio(row, item, score_cutoff=_PART_ALIKE * 100)) > 0


class Wordbook:
    """The items by their words."""

    def __init__(self, items: Iterable[tuple[str, str, str]]) -> None:
        """`items`: reference, words, and what was printed under the words (an office's notes)."""
        listed = list(items)
        self._plain = {reference: plain(words) for reference, words, _ in listed}
        self._under = {reference: plain(under) for reference, _, under in listed if under}
        self._exact: dict[str, list[str]] = {}
        for reference, words in self._plain.items():
            self._exact.setdefault(words, []).append(reference)

    def words_of(self, reference: str) -> str:
        return self._plain.get(reference, "")

    def exactly(self, words: str) -> tuple[str, ...]:
        """The items with these very words (plain)."""
        return tuple(self._exact.get(words, ())) if words else ()

    def compare(self, words: str, reference: str) -> Likeness:
        found = compare(words, self._plain[reference])
        if found.wording is Wording.MORE and found.extra == self._under.get(reference):
            return Likeness(Wording.SAME, 1.0)
        return found

    def nearest(self, words: str, *, without: str = "", most: int = 3) -> list[tuple[str, float]]:
        """The items whose words are most alike, each with its score, the most alike first."""
        others = {key: held for key, held in self._plain.items() if key != without}
        found = process.extract(
            words, others, scorer=fuzz.ratio, processor=None, limit=most, score_cutoff=NEAR * 100
        )
        return [(key, alike / 100) for _, alike, key in found]

    def holding(self, part: str) -> tuple[str, ...]:
        """The items of whose words this is a part (plain, long enough to mean one)."""
        if len(part) < _SHORTEST_PART:
            return ()
        return tuple(key for key, held in self._plain.items() if _holds(held, part))
