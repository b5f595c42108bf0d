"""Which changes does a sentence claim in words: doubled, fell by a third, unchanged, the highest on record?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache
from typing import Final

from bluelamp.checks.claim_model import Claim, Kind, place
from bluelamp.checks.claim_words import load_claim_words
from bluelamp.checks.directions import SaidWay

NEAR: Final = 60  # characters between a word of direction and its number


@lru_cache(maxsize=1)
def _word_changes() -> re.Pattern[str]:
    words = sorted(load_claim_words().changes, key=len, reverse=True)
    return re.compile(r"\b(?:" + "|".join(words) + r")\b", re.I)


@lru_cache(maxsize=1)
def _fractions() -> re.Pattern[str]:
    words = sorted(load_claim_words().fractions, key=len, reverse=True)
    return re.compile(
        r"\bby\s(?P<hedge>(?:around|about|almost|nearly|over|more than|just over|just under|approximately|roughly)"
        r"\s)?"
        rf"(?:as much as\s)?(?P<words>{'|'.join(words)})\b(?!\s(?:a\s)?(?:per|percent|point|year))",
        re.I,
    )


@lru_cache(maxsize=1)
def _same() -> re.Pattern[str]:
    return re.compile(r"\b(?:" + "|".join(load_claim_words().unchanged) + r")\b", re.I)


def worded(blank: Claim, ways: Sequence[SaidWay]) -> Iterator[Claim]:
    vocabulary = load_claim_words()
    for match in _word_changes().finditer(blank.text):
        said = vocabulary.changes[match.group().lower()]
        size = Decimal(said.rstrip("+"))
        placed = place(blank, blank.offset + match.start(), blank.offset + match.end())
        yield replace(
            placed,
            kind=Kind.WORDS,
            size=abs(size),
            way="up" if size > 0 else "down",
            is_over=said.endswith("+"),
        )
    for match in _fractions().finditer(blank.text):
        start = blank.offset + match.start()
        near = [way for way in ways if start - NEAR <= way.start < start and way.way in ("up", "down")]
        if near:
            placed = place(blank, near[-1].start, blank.offset + match.end())
            size = Decimal(vocabulary.fractions[match["words"].lower()])
            yield replace(placed, kind=Kind.WORDS, size=size, way=near[-1].way, is_over=bool(match["hedge"]))
    for match in _same().finditer(blank.text):
        placed = place(blank, blank.offset + match.start(), blank.offset + match.end())
        yield replace(placed, kind=Kind.SAME)


VERBS: Final = frozenset(
    [
        "rose",
        "risen",
        "fell",
        "fallen",
        "increased",
        "decreased",
        "reduced",
        "declined",
        "dropped",
        "grew",
        "grown",
        "climbed",
        "jumped",
    ]
)


_EXTREME = re.compile(
    r"\b(?P<way>highest|lowest)(?:[ -](?:ever|recorded|annual|rolling|total|overall|level|figure|number|rate"
    r"|volume|point|value|position|count|percentage|proportion)){0,3}"
    r" (?:on record|ever|since records began|since (?:the year )?(?:19|20)\d\d(?:[/–-](?:\d\d){1,2})?"
    r"|(?:in|for) (?:over |more than )?"
    r"(?:two|three|four|five|six|\d) years)\b",
    re.I,
)


def extremes(blank: Claim) -> Iterator[Claim]:
    for match in _EXTREME.finditer(blank.text):
        placed = place(blank, blank.offset + match.start(), blank.offset + match.end())
        yield replace(placed, kind=Kind.EXTREME, way="up" if match["way"].lower() == "highest" else "down")


def ways_alone(blank: Claim, ways: Sequence[SaidWay]) -> Iterator[Claim]:
    if not blank.text.rstrip().endswith("."):
        return  # a heading, or an aim
    for way in ways:
        if way.way in ("up", "down") and way.printed.lower() in VERBS:
            placed = place(blank, way.start, way.start + len(way.printed))
            yield replace(placed, kind=Kind.WAY, way=way.way)
