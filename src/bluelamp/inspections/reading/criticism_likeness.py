"""Do two passages of one report say the same in other words?

Words that are in every report count nothing, and of the others the rarer in this report the more. Candidates are
found by the words they share, so that a long report costs what it repeats, not the square of its length.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache

from bluelamp.inspections.reading.criticism_words import is_number, read_tokens, words_of

_COMMONEST = 400  # passages with the same word beyond which it finds no candidates
_ENDINGS = (
    "ations",
    "ation",
    "ments",
    "ment",
    "ingly",
    "edly",
    "ings",
    "ing",
    "ies",
    "ied",
    "ed",
    "es",
    "ly",
    "s",
)
_SHORTEST_STEM = 3


@lru_cache(maxsize=20_000)
def _stem(word: str) -> str:
    word = word.removesuffix("'s").rstrip("'")
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_STEM:
            stem = word[: -len(ending)]
            return stem[:-1] if len(stem) > _SHORTEST_STEM and stem[-1] == stem[-2] else stem.rstrip("e")
    return word.rstrip("e")


def content_of(words: str) -> frozenset[str]:
    """The stems of the words that say what a passage is about."""
    kept = (token for token in read_tokens(words) if token not in words_of("common"))
    return frozenset(_stem(token) for token in kept if token[:1].isalpha() or is_number(token))


class Likeness:
    """Weighs shared words by how rare they are among all `passages` of the report."""

    def __init__(self, passages: Iterable[frozenset[str]]) -> None:
        self._count = 0
        self._frequency: Counter[str] = Counter()
        for passage in passages:
            self._count += 1
            self._frequency.update(passage)

    def weight(self, stems: Iterable[str]) -> float:
        return sum(self._weight(stem) for stem in stems)

    def _weight(self, stem: str) -> float:
        return math.log(1 + (self._count + 1) / (1 + self._frequency[stem]))

    def alike(self, one: frozenset[str], other: frozenset[str]) -> float:
        """From 0 to 1: the weight of the words that both have, in that of the words that either has."""
        either = self.weight(one | other)
        return self.weight(one & other) / either if either else 0.0

    def within(self, one: frozenset[str], other: frozenset[str]) -> float:
        """From 0 to 1: how much of the smaller stands in the larger."""
        smaller = min(self.weight(one), self.weight(other))
        return self.weight(one & other) / smaller if smaller else 0.0


class Gathered:
    """Passages met so far, found again by the words they share with another."""

    def __init__(self) -> None:
        self._places: dict[str, list[int]] = {}

    def add(self, place: int, stems: frozenset[str]) -> None:
        for stem in stems:
            self._places.setdefault(stem, []).append(place)

    def sharing(self, stems: frozenset[str], at_least: int) -> Sequence[int]:
        """Those that share so many words, the most first."""
        shared: Counter[int] = Counter()
        for stem in stems:
            places = self._places.get(stem, ())
            if len(places) <= _COMMONEST:
                shared.update(places)
        return [place for place, count in shared.most_common() if count >= at_least]
