"""Which words of a sentence name a measure, and which measure of a table do they name?

A measure's name and a sentence are lists of stems. Words that name nothing by themselves are data
(definitions/vocabularies/claim-words.yaml); an abbreviation stands for the words whose initials it is, on either
side ("FTE" for first time entrants, "National Crime Recording Standard" for NCRS).
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Final

from bluelamp.lib.definitions import SHIPPED, read_definition
from bluelamp.lib.wording import Word, find_stem, is_capitals, read_words, split_words

_SMALL: Final = frozenset({"of", "and", "the", "for", "in", "to", "a", "on", "with"})
_SAME: Final = {"children": "child", "peopl": "person", "women": "woman", "men": "man", "calls": "call"}
_INITIALS = re.compile(r"[A-Z]{2,8}s?|[A-Z][a-z]?[A-Z]{1,6}s?")
_LONGEST: Final = 400
"""Words of one sentence that are looked at."""
_UNIT = re.compile(
    r"\((?:£\s?)?['’]?(?:m|k|bn|000s?|million|thousands?|fte|%|days?|hours?|hrs|min(?:ute)?s?|sec(?:ond)?s?"
    r"|number|n|no\.?)\)",
    re.I,
)


@dataclass(frozen=True, kw_only=True)
class ClaimWords:
    plain: tuple[str, ...]
    empty: tuple[str, ...]
    hollow: tuple[str, ...]
    neutral: tuple[str, ...]
    shares: tuple[str, ...]
    breaks: tuple[str, ...]
    changes: dict[str, str]
    unchanged: tuple[str, ...]
    fractions: dict[str, str]


@lru_cache(maxsize=1)
def load_claim_words() -> ClaimWords:
    return read_definition(SHIPPED / "vocabularies" / "claim-words.yaml", ClaimWords)


@lru_cache(maxsize=1)
def _plain() -> tuple[frozenset[str], frozenset[str]]:
    """Stems, and words that count by themselves only ("=experienced")."""
    words = load_claim_words().plain
    stems = {stem_of(word) for each in words if not each.startswith("=") for word in re.findall(r"[^\W_]+", each)}
    return frozenset(stems), frozenset(each[1:] for each in words if each.startswith("="))


@lru_cache(maxsize=1)
def _empty() -> tuple[frozenset[str], frozenset[str]]:
    vocabulary = load_claim_words()
    return (
        frozenset(stem_of(word) for word in vocabulary.empty),
        frozenset(stem_of(word) for word in vocabulary.shares),
    )


@lru_cache(maxsize=1)
def _hollow() -> frozenset[str]:
    return frozenset(stem_of(word) for word in load_claim_words().hollow)


@lru_cache(maxsize=1)
def _neutral() -> frozenset[str]:
    return frozenset(load_claim_words().neutral)


def lacks_shade(name: Name, said: frozenset[str], *, says_share: bool) -> bool:
    """Has the name a plain word that changes what is counted ("rate", "time") and that nobody says?"""
    empty, shares = _empty()
    shades = name.stems - name.keys - empty
    if says_share or said & shares:
        shades -= shares
    return bool(shades - said)


def says_share(text: str) -> bool:
    return bool(read_said(text).stems & _empty()[1])


@lru_cache(maxsize=50_000)
def stem_of(word: str) -> str:
    stem = find_stem(word)
    return _SAME.get(stem, stem)


def is_plain(word: Word) -> bool:
    stems, exact = _plain()
    return _stem(word) in stems or word.exact[1:] in exact


def _stem(word: Word) -> str:
    return _SAME.get(word.stem, word.stem)


@dataclass(frozen=True)
class Name:
    """A measure's name as it is looked for. `keys` are the stems that tell it from another."""

    text: str
    stems: frozenset[str]
    keys: frozenset[str]
    words: tuple[tuple[str, str], ...]  # stem and the word itself, in order

    @cached_property
    def short(self) -> tuple[tuple[str, str], ...]:
        """The abbreviations among its words."""
        return tuple(word for word in self.words if _INITIALS.fullmatch(word[1]))


@lru_cache(maxsize=20_000)
def name_of(text: str) -> Name:
    text = _UNIT.sub(" ", text[:300])
    words = read_words(text)
    stems = [_stem(word) for word in words]
    keys = frozenset(stem for stem, word in zip(stems, words, strict=True) if not is_plain(word))
    if not keys:  # "All recorded crime" is told by its plain words, "Total" by none
        kept = frozenset(stems) - _hollow()
        keys = kept if len(kept) > 1 else keys
    said = tuple((stem, text[word.start : word.end]) for stem, word in zip(stems, words, strict=True))
    return Name(text, frozenset(stems), keys, said)


@lru_cache(maxsize=20_000)
def _is_short(word: str) -> bool:
    return bool(_INITIALS.fullmatch(word)) and is_capitals(word)


@dataclass(frozen=True)
class Said:
    """The words of a text, or of a part of it; their places in it are read only where they are asked for."""

    text: str
    part: tuple[Word, ...] | None = None

    @cached_property
    def words(self) -> tuple[Word, ...]:
        return tuple(read_words(self.text)[:_LONGEST]) if self.part is None else self.part

    @cached_property
    def _printed(self) -> list[str]:
        if self.part is None:
            return split_words(self.text)[:_LONGEST]
        return [self.text[word.start : word.end] for word in self.part]

    @cached_property
    def stems(self) -> frozenset[str]:
        return frozenset(map(stem_of, set(self._printed)))

    @cached_property
    def pairs(self) -> tuple[tuple[str, str], ...]:
        """Stem and the word itself, in order."""
        return tuple((stem_of(printed), printed) for printed in self._printed)

    @cached_property
    def short(self) -> tuple[str, ...]:
        """The abbreviations among them."""
        return tuple(sorted(e for e in set(self._printed) if not e.islower() and _is_short(e)))

    @cached_property
    def initials(self) -> str:
        return "".join(printed[:1].lower() for printed in self._printed)

    @cached_property
    def _plain_initials(self) -> str:
        """Of the words that are not small."""
        return "".join(printed[:1].lower() for printed in self._printed if printed.lower() not in _SMALL)

    def may_spell(self, short: str) -> bool:
        """Do the initials stand here in order? Asked before the words themselves are gone through."""
        letters = short.removesuffix("s").lower()
        return letters in self.initials or letters in self._plain_initials

    def within(self, start: int, end: int) -> Said:
        words = self.words[bisect_left(self._starts, start) : bisect_right(self._ends, end)]
        return Said(self.text, words)

    @cached_property
    def _starts(self) -> list[int]:
        return [word.start for word in self.words]

    @cached_property
    def _ends(self) -> list[int]:
        return [word.end for word in self.words]


@lru_cache(maxsize=4096)
def read_said(text: str) -> Said:
    return Said(text)


def match(name: Name, said: Iterable[Said]) -> frozenset[str]:
    """The keys of the name that the words say, abbreviations written out on either side."""
    found: set[str] = set()
    for each in said:
        stems = each.stems
        found |= name.keys & stems
        if len(found) < len(name.keys):
            found |= _by_initials(name, each)
    return frozenset(found & name.keys)


def _by_initials(name: Name, said: Said) -> set[str]:
    found: set[str] = set()
    for short in said.short:
        found |= spelt_out(short, name.words)
    found.update(
        stem
        for stem, printed in name.short
        if stem not in said.stems and said.may_spell(printed) and spelt_out(printed, said.pairs)
    )
    return found


@lru_cache(maxsize=20_000)
def spelt_out(short: str, words: tuple[tuple[str, str], ...]) -> frozenset[str]:
    """The stems of the words whose initials are the abbreviation; with or without small words between."""
    letters = short.removesuffix("s").lower()
    for chosen in (words, tuple(word for word in words if word[1].lower() not in _SMALL)):
        initials = "".join(printed[:1].lower() for _, printed in chosen)
        at = initials.find(letters)
        if at >= 0 and len(letters) > 1:
            return frozenset(stem for stem, _ in chosen[at : at + len(letters)])
    return frozenset()


def unexplained(said: Said, name: Name, also: frozenset[str]) -> list[Word]:
    """The words that neither the name nor `also` has and that are not plain: they may narrow what is meant."""
    spelt = (spelt_out(printed, said.pairs) for _, printed in name.short if said.may_spell(printed))
    abbreviated = {stem for stems in spelt for stem in stems}
    return [word for word in said.words if not _is_explained(word, said, name, also | abbreviated)]


def _is_explained(word: Word, said: Said, name: Name, also: frozenset[str]) -> bool:
    stem = _stem(word)
    if stem in name.stems or stem in also or is_plain(word) or stem.isdigit() or word.exact[1:] in _neutral():
        return True
    printed = said.text[word.start : word.end]
    if printed[:1].isdigit() or len(printed) == 1:
        return True
    return bool(_INITIALS.fullmatch(printed)) and bool(spelt_out(printed, name.words))


def stems_of(texts: Sequence[str]) -> frozenset[str]:
    return frozenset(stem for text in texts for stem in name_of(text).stems)
