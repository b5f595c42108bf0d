"""Which words of a sentence say that a figure rose, fell or stood still?

Every pattern is linear: each tries a bounded number of characters from where it begins.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from bluelamp.lib.definitions import SHIPPED, read_definition

BLANK: Final = "\x01"
WAYS = ("up", "down", "same", "level", "better", "worse", "as_good", "as_bad")


@dataclass(frozen=True, kw_only=True)
class Directions:
    """Words by the way they go (`directions.yaml`), and words beside them that take it away."""

    up: tuple[str, ...]
    down: tuple[str, ...]
    same: tuple[str, ...]
    level: tuple[str, ...]
    better: tuple[str, ...]
    worse: tuple[str, ...]
    as_good: tuple[str, ...]  # as the exception's verdict says
    as_bad: tuple[str, ...]
    not_after: tuple[str, ...]
    not_before: tuple[str, ...]
    states_after: tuple[str, ...] = ()


@lru_cache(maxsize=1)
def load_directions() -> Directions:
    return read_definition(SHIPPED / "vocabularies" / "directions.yaml", Directions)


@dataclass(frozen=True, slots=True)
class SaidWay:
    printed: str
    start: int
    way: str  # one of WAYS


_WORD = re.compile(r"[A-Za-z][A-Za-z'’-]*")


@lru_cache(maxsize=1)
def _ways() -> dict[str, list[tuple[tuple[str, ...], str]]]:
    directions = load_directions()
    found: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for way in WAYS:
        for said in getattr(directions, way):
            words = tuple(said.split())
            found.setdefault(words[0], []).append((words, way))
    for listed in found.values():
        listed.sort(key=lambda each: -len(each[0]))
    return found


def read_ways(line: str) -> Iterator[SaidWay]:
    """Every word of direction that states a movement. Where a number stood, `line` has `BLANK` in its place."""
    table = _ways()
    if table.keys().isdisjoint(_WORD.findall(line.lower())):
        return
    directions = load_directions()
    words = list(_WORD.finditer(line))
    plain = [found.group().lower() for found in words]
    at = 0
    while at < len(words):
        for wanted, way in table.get(plain[at], ()):
            end = at + len(wanted)
            if tuple(plain[at:end]) != wanted or _taken_away(line, words, plain, at, end, directions):
                continue
            yield SaidWay(line[words[at].start() : words[end - 1].end()], words[at].start(), way)
            at = end - 1
            break
        at += 1


def _taken_away(
    line: str, words: Sequence[re.Match[str]], plain: Sequence[str], at: int, end: int, directions: Directions
) -> bool:
    before = " ".join(plain[max(0, at - 2) : at])
    if before in directions.states_after:
        return False
    if any(before == each or before.endswith(f" {each}") for each in directions.not_after):
        return True
    if at > 1 and plain[at - 2] in ("not", "no", "never"):
        return True
    after = " ".join(plain[end : end + 2])
    if any(after.startswith(each) for each in directions.not_before):
        return True
    # "more than 200" is a hedge, "up to 90%" a ceiling: blanks stand where the number was.
    rest = line[words[end - 1].end() : words[end - 1].end() + 8]
    return bool(re.match(r" than ?\x01", rest)) or (plain[end - 1] == "up" and rest.startswith(" to"))
