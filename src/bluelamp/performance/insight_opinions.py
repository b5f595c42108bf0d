"""Which sentence of an insight says why something happened, and rests on nothing that it names?

The words are data (`causes.yaml`). A sentence names its evidence by number: "because of X [1]".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from bluelamp.documents.sentences import split_sentences
from bluelamp.lib.definitions import SHIPPED, read_definition

_NUMBERED = re.compile(r"\[(\d{1,2}(?: ?, ?\d{1,2}){0,19})\]")
_WORD = re.compile(r"[A-Za-z]+(?:['’][A-Za-z]+)?|\d+")


@dataclass(frozen=True, kw_only=True)
class CausePhrase:
    words: str
    not_before: tuple[str, ...] = ()
    not_after: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Causes:
    """The rule as data: what is looked for, how a find is printed, and the rule in words."""

    phrases: tuple[CausePhrase, ...]
    printed_as: str
    rule: str


@lru_cache(maxsize=1)
def load_causes() -> Causes:
    return read_definition(SHIPPED / "vocabularies" / "causes.yaml", Causes)


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of an insight. `cause` is the phrase that says why; "" where none does."""

    words: str
    cause: str = ""
    cites: tuple[int, ...] = ()

    @property
    def is_opinion(self) -> bool:
        return bool(self.cause) and not self.cites


@lru_cache(maxsize=1)
def _by_first_word() -> dict[str, list[tuple[tuple[str, ...], CausePhrase]]]:
    found: dict[str, list[tuple[tuple[str, ...], CausePhrase]]] = {}
    for phrase in load_causes().phrases:
        words = tuple(_words(phrase.words))
        found.setdefault(words[0], []).append((words, phrase))
    return found


def _words(text: str) -> Iterator[str]:
    return (found.group().lower().replace("’", "'") for found in _WORD.finditer(text))


def find_cause(sentence: str) -> str:
    """The first phrase of a sentence that says why; "" where there is none."""
    words = list(_words(sentence))
    table = _by_first_word()
    for at, word in enumerate(words):
        for wanted, phrase in table.get(word, ()):
            end = at + len(wanted)
            if tuple(words[at:end]) != wanted:
                continue
            after = words[end] if end < len(words) else ""
            before = words[at - 1] if at else ""
            if not (_is_among(after, phrase.not_before) or _is_among(before, phrase.not_after)):
                return phrase.words
    return ""


def _is_among(word: str, listed: tuple[str, ...]) -> bool:
    return bool(word) and (word in listed or ("#" in listed and word.isdigit()))


def read_paragraphs(text: str, *, pieces: int = 0) -> tuple[tuple[Sentence, ...], ...]:
    """The text's paragraphs, each as its sentences; `pieces` is how many pieces of evidence it names."""
    lines = (" ".join(line.split()) for line in text.split("\n"))
    return tuple(tuple(_read_sentences(line, pieces)) for line in lines if line)


def _read_sentences(line: str, pieces: int) -> Iterator[Sentence]:
    for words in _join_marks([line[start:end] for start, end in split_sentences(line)]):
        yield Sentence(words, find_cause(words), _cited(words, pieces))


def _join_marks(sentences: list[str]) -> Iterator[str]:
    """A mark after the full stop ("… of X. [1]") belongs to the sentence before it."""
    kept: list[str] = []
    for words in sentences:
        mark = _NUMBERED.match(words)
        while kept and mark:
            kept[-1] = f"{kept[-1]} {mark.group()}"
            words = words[mark.end() :].strip()
            mark = _NUMBERED.match(words)
        if words.strip(" ."):
            kept.append(words)
    return iter(kept)


def _cited(words: str, pieces: int) -> tuple[int, ...]:
    numbers = {int(each) for mark in _NUMBERED.finditer(words) for each in mark[1].split(",")}
    return tuple(sorted(number for number in numbers if 1 <= number <= pieces))


def find_opinions(text: str, *, pieces: int = 0) -> tuple[Sentence, ...]:
    """The sentences that say why and cite nothing."""
    return tuple(each for line in read_paragraphs(text, pieces=pieces) for each in line if each.is_opinion)
