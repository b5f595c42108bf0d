"""Which of the words by which inspectors criticise stand in a sentence, and where?

The words are data (definitions/vocabularies/criticism.yaml). Each phrase is found by its first word, so that a
sentence costs a look-up for each of its words, however long the vocabulary grows.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from functools import lru_cache

from bluelamp.lib.definitions import SHIPPED, DefinitionError, read_definition

GAPS = {"...": 3, ".....": 8}
"""How many words a gap in a phrase may stand for, at most."""
MARKS = frozenset(".,;:()–—!?")


@dataclass(frozen=True, kw_only=True)
class StrengthName:
    slug: str
    name: str
    meaning: str


@dataclass(frozen=True, kw_only=True)
class Faults:
    strength: str
    phrases: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class CriticismWords:
    """The vocabulary as its file has it; every list but the first two is of phrases."""

    strengths: tuple[StrengthName, ...]
    faults: tuple[Faults, ...]
    demands: tuple[str, ...]
    faint: tuple[str, ...]
    named_as: tuple[str, ...]
    named_rightly: tuple[str, ...]
    scant: tuple[str, ...]
    denials: tuple[str, ...]
    not_scant: tuple[str, ...]
    partly: tuple[str, ...]
    hedges: tuple[str, ...]
    unwelcome: tuple[str, ...]
    remedies: tuple[str, ...]
    mended: tuple[str, ...]
    handling: tuple[str, ...]
    praise: tuple[str, ...]
    participles: tuple[str, ...]
    norms: tuple[str, ...]
    suppositions: tuple[str, ...]
    opening_suppositions: tuple[str, ...]
    purposes: tuple[str, ...]
    aims: tuple[str, ...]
    plans: tuple[str, ...]
    inspectors: tuple[str, ...]
    finding_verbs: tuple[str, ...]
    recalled: tuple[str, ...]
    inspector_said: tuple[str, ...]
    inspector_came: tuple[str, ...]
    found_now: tuple[str, ...]
    persisting: tuple[str, ...]
    resolved: tuple[str, ...]
    none_left: tuple[str, ...]
    mended_since: tuple[str, ...]
    others: tuple[str, ...]
    own: tuple[str, ...]
    needing: tuple[str, ...]
    duties: tuple[str, ...]
    neutral: tuple[str, ...]
    heads_not_read: tuple[str, ...]
    heads_of_context: tuple[str, ...]
    announcing: tuple[str, ...]
    leaning: tuple[str, ...]
    consequences: tuple[str, ...]
    examples: tuple[str, ...]
    going_on: tuple[str, ...]
    turning: tuple[str, ...]
    contrasts: tuple[str, ...]
    shared_good: tuple[str, ...]
    measured_good: tuple[str, ...]
    measured_bad: tuple[str, ...]
    measured_bad_beside: tuple[str, ...]
    rises: tuple[str, ...]
    falls: tuple[str, ...]
    higher: tuple[str, ...]
    lower: tuple[str, ...]
    compared: tuple[str, ...]
    grade_words: tuple[str, ...]
    grade_names: tuple[str, ...]
    common: tuple[str, ...]
    auxiliaries: tuple[str, ...]
    finite: tuple[str, ...]
    clause_openers: tuple[str, ...]
    turns: tuple[str, ...]
    undoing: tuple[str, ...]
    cases_meant: tuple[str, ...]
    people_meant: tuple[str, ...]
    signs: tuple[str, ...]
    number_words: tuple[str, ...]


@lru_cache(maxsize=1)
def load_words() -> CriticismWords:
    path = SHIPPED / "vocabularies" / "criticism.yaml"
    words = read_definition(path, CriticismWords)
    named = {strength.slug for strength in words.strengths}
    unknown = {faults.strength for faults in words.faults} - named
    if unknown:
        raise DefinitionError(f"{path.name}: faults: no strength is named {', '.join(sorted(unknown))}.")
    return words


@lru_cache(maxsize=64)
def words_of(name: str) -> frozenset[str]:
    """The words of one list, to ask whether a word is among them."""
    words: tuple[str, ...] = getattr(load_words(), name)
    return frozenset(words)


@dataclass(frozen=True, slots=True)
class Hit:
    """A phrase of the list `tag`, from word `start` to before word `end`."""

    tag: str
    start: int
    end: int
    strength: str = ""


@dataclass(frozen=True, slots=True)
class _Element:
    """One word of a phrase: any of these words, or one that begins so, or a number; else a gap."""

    words: frozenset[str] = frozenset()
    beginnings: tuple[str, ...] = ()
    number: bool = False
    year: bool = False
    any_word: bool = False
    gap: int = 0

    def matches(self, token: str) -> bool:
        return (
            token in self.words
            or (bool(self.beginnings) and token.startswith(self.beginnings))
            or (self.number and is_number(token))
            or (self.year and _YEAR.match(token) is not None)
            or (self.any_word and token not in MARKS)
        )


@dataclass(frozen=True, slots=True)
class _Phrase:
    tag: str
    strength: str
    rest: tuple[_Element, ...]


_A_NUMBER, _A_YEAR, _ANY_WORD = "<number>", "<year>", "<word>"
_YEAR = re.compile(r"(?:19|20)\d\d(?:[/–-]\d{2,4})?$")
_BEGINNING = 3  # letters by which a word that ends in "*" is found


class PhraseIndex:
    """Phrases by their first word."""

    def __init__(self) -> None:
        self._by_word: dict[str, list[_Phrase]] = {}
        self._by_beginning: dict[str, list[tuple[str, _Phrase]]] = {}
        self._by_number: list[_Phrase] = []

    def add(self, tag: str, phrases: Iterable[str], strength: str = "") -> None:
        for printed in phrases:
            first, *rest = (_read_element(word) for word in printed.lower().split())
            phrase = _Phrase(tag, strength, tuple(rest))
            for word in first.words:
                self._by_word.setdefault(word, []).append(phrase)
            for beginning in first.beginnings:
                self._by_beginning.setdefault(beginning[:_BEGINNING], []).append((beginning, phrase))
            if first.number:
                self._by_number.append(phrase)

    def find(self, tokens: Sequence[str]) -> Iterator[Hit]:
        for at, token in enumerate(tokens):
            for phrase in self._by_word.get(token, ()):
                if end := _match(phrase.rest, tokens, at + 1):
                    yield Hit(phrase.tag, at, end, phrase.strength)
            for beginning, phrase in self._by_beginning.get(token[:_BEGINNING], ()):
                if token.startswith(beginning) and (end := _match(phrase.rest, tokens, at + 1)):
                    yield Hit(phrase.tag, at, end, phrase.strength)
            if self._by_number and is_number(token):
                for phrase in self._by_number:
                    if end := _match(phrase.rest, tokens, at + 1):
                        yield Hit(phrase.tag, at, end, phrase.strength)


def _read_element(printed: str) -> _Element:
    if printed in GAPS:
        return _Element(gap=GAPS[printed])
    if printed == _ANY_WORD:
        return _Element(any_word=True)
    parts = printed.split("/")
    short = next((part for part in parts if part.endswith("*") and len(part) <= _BEGINNING), "")
    if short:
        raise DefinitionError(f"criticism.yaml: {short!r} begins too many words.")
    return _Element(
        frozenset(part for part in parts if not part.endswith("*") and part not in (_A_NUMBER, _A_YEAR)),
        tuple(part[:-1] for part in parts if part.endswith("*")),
        number=_A_NUMBER in parts,
        year=_A_YEAR in parts,
    )


def _match(rest: Sequence[_Element], tokens: Sequence[str], at: int) -> int:
    """Where the phrase ends whose words from the second on are `rest`; 0 where it does not stand here."""
    for position, element in enumerate(rest):
        if element.gap:
            following = rest[position + 1 :]
            for skipped in range(element.gap + 1):
                if any(token in MARKS for token in tokens[at : at + skipped]):
                    return 0
                if end := _match(following, tokens, at + skipped):
                    return end
            return 0
        if at >= len(tokens) or not element.matches(tokens[at]):
            return 0
        at += 1
    return at


@lru_cache(maxsize=1)
def load_index() -> PhraseIndex:
    """Every list of the vocabulary in one index, each under its own name."""
    words = load_words()
    index = PhraseIndex()
    for faults in words.faults:
        index.add("faults", faults.phrases, faults.strength)
    for each in fields(words):
        if each.name not in _NOT_LOOKED_FOR:
            index.add(each.name, getattr(words, each.name))
    return index


_NOT_LOOKED_FOR = frozenset(
    {
        "strengths",
        "faults",
        "common",
        "heads_not_read",
        "heads_of_context",
        "auxiliaries",
        "finite",
        "clause_openers",
    }
    | {
        "named_rightly",
        "turns",
        "undoing",
        "cases_meant",
        "people_meant",
        "signs",
        "number_words",
        "grade_names",
        "participles",
    }
)
"""Lists that are asked for a word or a head, not sought in a sentence."""


_TOKEN = re.compile(r"[£]?[a-z0-9]+(?:[-'.,/][a-z0-9]+)*%?|[.,;:()–—!?]")
_JOINED_NOT = {"cannot": "can", "can't": "can", "won't": "will", "shan't": "shall"}


def is_number(token: str) -> bool:
    return token[:1].isdigit() or token in words_of("number_words") or (token[:1] == "£" and token[1:2].isdigit())


def read_tokens(words: str) -> list[str]:
    """The words in small letters and the marks that part them; "doesn't" is two words."""
    flat = words.lower().replace("’", "'").replace("‘", "'").replace(" - ", " – ").replace(" -- ", " – ")
    tokens: list[str] = []
    for token in _TOKEN.findall(flat):
        if token in _JOINED_NOT:
            tokens += (_JOINED_NOT[token], "not")
        elif token.endswith("n't"):
            tokens += (token[:-3], "not")
        else:
            tokens.append(token)
    return tokens
