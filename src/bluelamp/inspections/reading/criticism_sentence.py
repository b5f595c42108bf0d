"""How does a sentence lie before the rules: its words, the phrases in it, and the parts it falls into?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property

from bluelamp.inspections.reading.criticism_words import MARKS, Hit, load_index, read_tokens, words_of

PAST = frozenset({"was", "were", "had", "did"})
PRESENT = frozenset({"is", "are", "has", "have", "does", "do", "now", "still", "remains", "continues"})
JOINS = frozenset({"and", "but", "so"})
_PARTING = frozenset({";", ":", "(", ")", "–", "—", "."})
_THE = frozenset({"the", "this", "your", "each"})
_FORCE = frozenset({"force", "force's", "constabulary", "constabulary's"})
_BEFORE = 4  # words before one that deny it


class Sentence:
    """One sentence. Places in it are counted in words, marks among them."""

    def __init__(self, words: str, names: frozenset[str] = frozenset()) -> None:
        """`names`: the names of the force that the report is about, in small letters."""
        self.words = words
        self.tokens = read_tokens(words)
        self._names = names
        self._hits: dict[str, list[Hit]] = {}
        self._starts: dict[tuple[str, ...], frozenset[int]] = {}
        for hit in load_index().find(self.tokens):
            self._hits.setdefault(hit.tag, []).append(hit)

    def at(self, tag: str) -> Sequence[Hit]:
        """The phrases of this list of the vocabulary, in order."""
        return self._hits.get(tag, ())

    def starts(self, *tags: str) -> frozenset[int]:
        """Where the phrases of these lists begin."""
        known = self._starts.get(tags)
        if known is None:
            known = self._starts[tags] = frozenset(hit.start for tag in tags for hit in self.at(tag))
        return known

    @cached_property
    def neutral(self) -> frozenset[int]:
        """Words that belong to a phrase which only looks like a fault."""
        return places_of(self.at("neutral"))

    @cached_property
    def parts(self) -> list[int]:
        """For each word the part of the sentence that it stands in; marks and turns ("but") part them."""
        found, part = [], 0
        turns = words_of("turns")
        for at, word in enumerate(self.tokens):
            part += word in _PARTING or (word in turns and at > 0)
            found.append(part)
        return found

    @cached_property
    def names_the_force(self) -> bool:
        flat = self.words.lower()
        named = any(a in _THE and b in _FORCE for a, b in zip(self.tokens, self.tokens[1:], strict=False))
        return named or any(name in flat for name in self._names)

    @cached_property
    def is_past(self) -> bool:
        """No verb of it is of today."""
        tokens = set(self.tokens)
        return bool(tokens & PAST) and not tokens & PRESENT

    @cached_property
    def is_of_today(self) -> bool:
        return not PRESENT.isdisjoint(self.tokens)

    @property
    def last_word(self) -> int:
        places = range(len(self.tokens) - 1, -1, -1)
        return next((at for at in places if self.tokens[at] not in MARKS), 0)

    def part_of(self, at: int) -> range:
        """The words of the part that `at` stands in."""
        first = last = at
        while first and self.parts[first - 1] == self.parts[at]:
            first -= 1
        while last + 1 < len(self.tokens) and self.parts[last + 1] == self.parts[at]:
            last += 1
        return range(first, last + 1)

    def end_of_breath(self, at: int) -> int:
        """The next comma, or where the part ends."""
        part = self.part_of(at)
        return next((i for i in range(at, part.stop) if self.tokens[i] == ","), part.stop)

    def subject_before(self, at: int) -> str:
        """The word before a verb's denial, auxiliaries and adverbs aside ("we", "victims")."""
        while at > 0 and (self.tokens[at - 1] in words_of("auxiliaries") or self.tokens[at - 1].endswith("ly")):
            at -= 1
        return self.tokens[at - 1] if at else ""

    def is_denied(self, at: int) -> bool:
        """Is the word denied, or asked for and so not yet there?"""
        return not words_of("undoing").isdisjoint(self.tokens[max(0, at - _BEFORE) : at])


def places_of(hits: Iterable[Hit]) -> frozenset[int]:
    return frozenset(at for hit in hits for at in range(hit.start, hit.end))
