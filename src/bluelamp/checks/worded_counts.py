"""Which counts does a sentence give in words: "six were in progress", "Thirty-eight of 52"?

From two to ninety-nine. "One" is as often a pronoun and is read only by those who ask for it. Fractions ("two
thirds"), spans of time ("four weeks") and what is named by a number ("phase two") are no counts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache
from typing import Final

from bluelamp.checks.numbers import LONGEST, FoundNumber, find_numbers
from bluelamp.figures.printed import read_printed

_UNITS: Final = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_TEENS: Final = (
    "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_TENS: Final = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_VALUES: Final = {
    **{word: n for n, word in enumerate(_UNITS, 1)},
    **{word: n for n, word in enumerate(_TEENS, 10)},
    **{word: 10 * n for n, word in enumerate(_TENS, 2)},
}
_NO_COUNT = (
    r"(?!\s?-|\s(?:thirds?|quarters?|fifths?|tenths?|halves|hundred|thousand|million|per\b|seconds?\b|minutes?\b"
    r"|hours?\b|days?\b|weeks?\b|months?\b|years?\b|times\b|or\b|to\b))"
)
_WORD = re.compile(
    r"(?<![\w-])(?<!phase )(?<!stage )(?<!tier )(?<!part )(?<!level )(?<!grade )(?<!section )(?<!quarter )"
    r"(?<!least )(?<!than )(?<!about )(?<!around )(?<!nearly )(?<!almost )(?<!over )"
    rf"(?:(?P<tens>{'|'.join(_TENS)})(?:[\s-](?P<unit>{'|'.join(_UNITS)}))?"
    rf"|(?P<small>{'|'.join((*_TEENS, *_UNITS))}))"
    rf"\b{_NO_COUNT}",
    re.I,
)
_WORDS = re.compile(r"[a-z]{3,9}")
_LETTERS = re.compile(r"[A-Za-z]{3,9}")
_DIGITS = re.compile(r"\d[\d.,]*")


def has_counts(text: str, fewest: int) -> bool:
    """May there be so many counts? Cheap, and never wrong where it says no."""
    digits = len(_DIGITS.findall(text))
    return digits >= fewest or digits + _worded(text) >= fewest


def has_worded(text: str) -> bool:
    return _worded(text[:LONGEST]) > 0


@lru_cache(maxsize=8192)
def _worded(text: str) -> int:
    return sum(map(_VALUES.__contains__, _WORDS.findall(text.lower())))


def find_counts(text: str, *, with_one: bool = False) -> tuple[FoundNumber, ...]:
    """The numbers of a text in order, those in words among them; "one" only where it is asked for."""
    if not has_worded(text):
        return find_numbers(text)
    found = _find_counts(text)
    return found if with_one else tuple(n for n in found if text[n.start : n.end].lower() != "one")


@lru_cache(maxsize=4096)
def _find_counts(text: str) -> tuple[FoundNumber, ...]:
    found = list(find_numbers(text))
    for match in _matches(text[:LONGEST]):
        value = _value(match)
        printed = read_printed(str(value))
        if printed is not None:
            found.append(FoundNumber(match.start(), match.end(), printed, "", str(value)))
    return tuple(sorted(found, key=lambda number: number.start))


def _matches(text: str) -> Iterator[re.Match[str]]:
    """What `_WORD` finds, in order: it is asked only where one of its words begins."""
    end = 0
    for word in _LETTERS.finditer(text):
        if word.start() >= end and word.group().lower() in _VALUES:
            match = _WORD.match(text, word.start())
            if match is not None:
                end = match.end()
                yield match


def _value(match: re.Match[str]) -> int:
    if match["small"]:
        return _VALUES[match["small"].lower()]
    return _VALUES[match["tens"].lower()] + (_VALUES[match["unit"].lower()] if match["unit"] else 0)


def value_of(number: FoundNumber) -> Decimal | None:
    """A bare count, exact and without a hedge; None for anything else."""
    value = number.value
    is_count = value.unit in ("", "number") and value.low == value.high and not number.hedge
    return value.value if is_count else None
