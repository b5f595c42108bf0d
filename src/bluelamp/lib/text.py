"""How are words compared when only the white space differs?"""

from __future__ import annotations

import re
from dataclasses import dataclass

_SPACE = re.compile(r"\s+")
# A hyphen at the end of a line joins the two halves of a word ("well-" / "honed").
_BROKEN_HYPHEN = re.compile(r"(?<=\w)-[ \t]*\n[ \t]*(?=\w)")


def fold(text: str) -> str:
    """White space of any length becomes one space; none at the ends."""
    return _SPACE.sub(" ", text).strip()


@dataclass(frozen=True, slots=True)
class Folded:
    """Folded text, and for each of its characters the offset it came from."""

    text: str
    offsets: tuple[int, ...]


_WORD = re.compile(r"\S+")
# White space that folding takes away or a hyphen that it may join; without them it changes no character's place.
_UNEVEN = re.compile(r"\s\s|-\n|\A\s|\s\Z")


def fold_spans(text: str, spans: tuple[tuple[int, int], ...]) -> Folded:
    """Fold the given spans of `text` into one line, joining words broken at a hyphen."""
    characters: list[str] = []
    offsets: list[int] = []
    for start, end in spans:
        if characters and characters[-1] != " ":
            _append_space(characters, offsets, start)
        chunk = text[start:end]
        if chunk and not _UNEVEN.search(chunk):
            characters.append(_SPACE.sub(" ", chunk))
            offsets.extend(range(start, start + len(chunk)))
            continue
        position = start
        for word in _WORD.finditer(text, start, end):
            if word.start() > position and characters and characters[-1] != " ":
                _append_space(characters, offsets, position)
            characters.extend(word[0])
            offsets.extend(range(word.start(), word.end()))
            position = word.end()
            broken = _BROKEN_HYPHEN.match(text, position - 1, end)
            if broken:
                position = broken.end()
        if position < end and characters and characters[-1] != " ":
            _append_space(characters, offsets, position)
    while characters and characters[-1] == " ":
        characters.pop()
        offsets.pop()
    return Folded("".join(characters), tuple(offsets))


def _append_space(characters: list[str], offsets: list[int], position: int) -> None:
    characters.append(" ")
    offsets.append(position)


LONG = 2_000
"""Characters of a needle beyond which one expression of all its words costs more than folding the haystack."""


def find_folded(haystack: str, needle: str) -> tuple[int, int] | None:
    """Where `needle` stands in `haystack`, white space folded; offsets of the haystack."""
    words = needle.split()
    if not words:
        return None
    if len(needle) <= LONG:
        found = re.search(r"\s+".join(re.escape(word) for word in words), haystack)
        return found.span() if found else None
    return _find_long(haystack, " ".join(words))


def _find_long(haystack: str, folded_needle: str) -> tuple[int, int] | None:
    places = [found.span() for found in re.finditer(r"\S+", haystack)]
    folded = " ".join(haystack[start:end] for start, end in places)
    at = folded.find(folded_needle)
    if at < 0:
        return None
    first, last = _original(places, at), _original(places, at + len(folded_needle) - 1)
    return first, last + 1


def _original(places: list[tuple[int, int]], folded_offset: int) -> int:
    """The haystack's offset of a character of the folded text that is no space."""
    running = 0
    for start, end in places:
        if folded_offset < running + end - start:
            return start + folded_offset - running
        running += end - start + 1
    raise ValueError("the offset lies beyond the text")
