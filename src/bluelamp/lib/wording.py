"""Which words of a text say the same as other words in this field?

A sentence becomes a list of senses: each is a synonym's slug ("@domestic-abuse" for DV, domestic violence,
domestic abuse) or a word's stem, with the place in the text it was read from. The synonyms are data
(definitions/vocabularies/synonyms.yaml).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import product
from typing import NamedTuple

from bluelamp.lib.definitions import SHIPPED, DefinitionError, read_definition

KINDS = ("topic", "matter", "fault", "who", "plain")
"""What a synonym's words speak of: the subject, what is wrong with it, that it is wrong, people, or little."""

GAP = "…"
GAP_AT_MOST = 5  # words that may stand in a gap
_WORD = re.compile(r"[^\W_]+(?:['’][a-z]{1,2}\b)?")
_POSSESSIVE = re.compile(r"['’](?:s|S)?$")
_CAPITALS_AT_MOST = 6  # a phrase of capitals is an abbreviation: "PIN" is not "pin"


class Word(NamedTuple):
    """A word of a text: its stem, itself ("=referred"), its place, and is it printed in capitals ("RSOs" too)?"""

    stem: str
    exact: str
    capitals: bool
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Sense:
    """What one or more words say: "@slug" of a synonym, or a stem; and where they stand."""

    name: str
    start: int
    end: int

    @property
    def is_synonym(self) -> bool:
        return self.name.startswith("@")


@dataclass(frozen=True, kw_only=True)
class Synonym:
    slug: str
    kind: str
    words: tuple[str, ...]
    within: str = ""


@dataclass(frozen=True, kw_only=True)
class _SynonymList:
    synonyms: tuple[Synonym, ...]


@dataclass(frozen=True, slots=True)
class Phrase:
    """Stems, or words exactly ("=refer"), in order; None is a gap. `name` is the sense it stands for."""

    name: str
    stems: tuple[str | None, ...]
    capitals: bool

    @property
    def needed(self) -> frozenset[str]:
        return frozenset(stem for stem in self.stems if stem)


@lru_cache(maxsize=1)
def load_synonyms() -> Mapping[str, Synonym]:
    """Every synonym by slug."""
    path = SHIPPED / "vocabularies" / "synonyms.yaml"
    synonyms = read_definition(path, _SynonymList).synonyms
    by_slug = {synonym.slug: synonym for synonym in synonyms}
    if len(by_slug) != len(synonyms):
        raise DefinitionError(f"{path.name}: a slug is used twice")
    for synonym in synonyms:
        if synonym.kind not in KINDS:
            raise DefinitionError(f"{path.name}: the kind of {synonym.slug} is not one of {', '.join(KINDS)}")
        if synonym.within and synonym.within not in by_slug:
            raise DefinitionError(f"{path.name}: {synonym.slug} is within {synonym.within}, which is no synonym")
        for words in synonym.words:
            if not words.strip(f"{GAP} /"):
                raise DefinitionError(f"{path.name}: {synonym.slug} has words that say nothing")
    return by_slug


@lru_cache(maxsize=50_000)
def find_stem(word: str) -> str:
    """ "recorded" and "recording" have one stem; so have "RSO" and "RSOs"."""
    bare = _POSSESSIVE.sub("", word)
    if is_capitals(word):
        return bare.removesuffix("s").casefold()
    return str(_stemmer().stemWord(bare.casefold()))


@lru_cache(maxsize=1)
def _stemmer() -> _Stemmer:
    from Stemmer import Stemmer  # only where words are compared: `extract` never needs it

    return Stemmer("english")  # type: ignore[no-any-return]


class _Stemmer:
    """What we use of PyStemmer, which has no types."""

    def stemWord(self, word: str) -> str:  # noqa: N802
        raise NotImplementedError


def read_words(text: str) -> list[Word]:
    """The words of a text in order. A hyphen parts words, so "problem-solving" is two."""
    return [Word(*_read_word(found.group()), *found.span()) for found in _WORD.finditer(text)]


def split_words(text: str) -> list[str]:
    """The same words as they are printed, where their places are not asked for."""
    return _WORD.findall(text)


@lru_cache(maxsize=50_000)
def _read_word(word: str) -> tuple[str, str, bool]:
    return find_stem(word), f"={word.casefold()}", is_capitals(word)


def is_capitals(word: str) -> bool:
    """Is it an abbreviation by its look: "RSO", and "RSOs" too?"""
    bare = _POSSESSIVE.sub("", word)
    return bare.removesuffix("s").isupper() and len(bare) > 1


def compile_phrases(name: str, words: Iterable[str]) -> Iterator[Phrase]:
    """The phrases that a line of a vocabulary stands for: "beat/area teams" is two."""
    for line in words:
        choices = [piece.split("/") for piece in line.split()]
        for chosen in product(*choices):
            stems: list[str | None] = []
            for piece in chosen:
                if piece.startswith("="):
                    stems.append(piece.casefold())
                else:
                    stems.extend([None] if piece == GAP else [find_stem(found) for found in _WORD.findall(piece)])
            bare = "".join(chosen)
            yield Phrase(name, tuple(stems), bare.isupper() and len(bare) <= _CAPITALS_AT_MOST)


@dataclass(frozen=True, slots=True)
class Found:
    """A phrase in a sentence: its first and last word, inclusive."""

    name: str
    first: int
    last: int
    unbroken: bool

    @property
    def size(self) -> int:
        return self.last - self.first


class PhraseBook:
    """Finds every phrase it holds in a sentence. Each phrase is looked for only where its rarest stem stands."""

    def __init__(self, phrases: Iterable[Phrase]) -> None:
        held = list(dict.fromkeys(phrases))
        often: dict[str, int] = {}
        for phrase in held:
            for stem in phrase.needed:
                often[stem] = often.get(stem, 0) + 1
        self._by_exact = frozenset(stem for stem in often if stem.startswith("="))
        self._by_stem: dict[str, list[tuple[Phrase, frozenset[str]]]] = {}
        for phrase in held:
            rarest = min(sorted(phrase.needed), key=lambda stem: often[stem])
            self._by_stem.setdefault(rarest, []).append((phrase, phrase.needed))

    def find(self, words: Sequence[Word]) -> list[Found]:
        """Each phrase in the sentence; one inside a longer one is left out."""
        present = {word.stem for word in words} | {word.exact for word in words if word.exact in self._by_exact}
        found: list[Found] = []
        for stem in present:
            for phrase, needed in self._by_stem.get(stem, ()):
                if needed <= present:
                    found.extend(_matches(phrase, words))
        return _outermost(found)


def _matches(phrase: Phrase, words: Sequence[Word]) -> Iterator[Found]:
    first = phrase.stems[0]
    for begin, word in enumerate(words):
        if first in (word.stem, word.exact):
            last = _match_from(phrase, words, begin)
            if last is not None:
                yield Found(phrase.name, begin, last, None not in phrase.stems)


def _match_from(phrase: Phrase, words: Sequence[Word], begin: int) -> int | None:
    """The last word of the phrase that begins here; a gap takes as few words as it can."""
    at, gap = begin, False
    for stem in phrase.stems:
        if stem is None:
            gap = True
            continue
        until = min(len(words), at + 1 + (GAP_AT_MOST if gap else 0))
        while at < until and stem not in (words[at].stem, words[at].exact):
            at += 1
        if at >= until or (phrase.capitals and not words[at].capitals):
            return None
        at, gap = at + 1, False
    return at - 1


def _outermost(found: list[Found]) -> list[Found]:
    """Without what stands within a longer unbroken phrase ("community" in "community support officer").

    A phrase with a gap swallows nothing but its own name: the words in its gap speak for themselves. And it may
    not end in the middle of an unbroken one: to record something "on the crime system" is not to record a crime.
    """
    unique = sorted(set(found), key=lambda each: (each.first, -each.last, each.name))
    return [each for each in unique if not any(_silences(other, each) for other in unique)]


def _silences(other: Found, each: Found) -> bool:
    if other.first <= each.first and each.last <= other.last and other.size > each.size:
        return other.unbroken or other.name == each.name
    ends_within = each.first < other.first <= each.last < other.last
    return ends_within and other.unbroken and not each.unbroken and other.name != each.name


@lru_cache(maxsize=1)
def synonym_book() -> PhraseBook:
    return PhraseBook(
        phrase
        for synonym in load_synonyms().values()
        for phrase in compile_phrases(f"@{synonym.slug}", synonym.words)
    )


@lru_cache(maxsize=32)
def read_sentence(text: str) -> tuple[tuple[Word, ...], tuple[Found, ...]]:
    """A sentence's words and the synonyms among them. Themes and likeness ask for the same sentence in turn."""
    words = tuple(read_words(text))
    return words, tuple(synonym_book().find(words))


def read_senses(text: str) -> list[Sense]:
    """What one sentence says, in its order: synonyms, and the words that belong to none and carry meaning."""
    words, synonyms = read_sentence(text)
    senses = []
    covered: set[int] = set()
    for found in synonyms:
        covered.update(range(found.first, found.last + 1) if found.unbroken else (found.first, found.last))
        for name in with_wider(found.name):
            senses.append(Sense(name, words[found.first].start, words[found.last].end))
    senses.extend(
        Sense(word.stem, word.start, word.end)
        for at, word in enumerate(words)
        if at not in covered and word.stem not in _silent() and len(word.stem) > 2 and not word.stem.isdigit()
    )
    return sorted(senses, key=lambda sense: (sense.start, sense.end))


@lru_cache(maxsize=1_000)
def with_wider(name: str) -> tuple[str, ...]:
    """A synonym's name, and that of the wider one it is within."""
    if not name.startswith("@"):
        return (name,)
    wider = load_synonyms()[name[1:]].within
    return (name, f"@{wider}") if wider else (name,)


@lru_cache(maxsize=1)
def _silent() -> frozenset[str]:
    return frozenset(find_stem(word) for word in SILENT.split())


SILENT = """
a about above after again all also although always an and any are area areas as at be because been before
being below between both but by can cannot could day did do does doing done down during each either eg even
ever every few first for force forces from further general get gets give given had has have having he her here
how however i ie if in inspection inspector inspectors into is it its itself last made make makes making many
may means might more most much must need needs new no non nor not now of officer officers often on once one
only onto or other our out over own per police policing possible rather said same say see set she should since
so some staff still such take than that the their them then there these they this those though three through
time times to too two under until up upon use used using very was way ways we well were what when where
whether which while who whole why will with within without work working works would year years you found find
finds example including include includes able ensure ensures sure constabulary
"""
"""Words that tell nothing of a point. The first are of any English; then those that every report is full of."""
