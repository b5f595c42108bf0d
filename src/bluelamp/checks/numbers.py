"""Which numbers stand in a sentence, and which figures there are none: dates, years, codes, page references?"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Final

from bluelamp.figures.hedges import split_hedge
from bluelamp.figures.printed import PrintedValue, read_printed
from bluelamp.lib.days import find_days

_DIGITS = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
_UNIT = (
    r"(?:\s?%\s?-?\s?(?:points?|pts?|pp)\b\.?|\s?%|\s?per\s?cent(?:age points?)?\b|\s?percentage points?\b"
    r"|\s?p\.p\.|\s?p?pts?\b|\s?(?:k|m|bn|mn)\b|\s(?:thousand|million|billion)\b"
    r"|\s(?:seconds?|secs?|minutes?|mins?|hours?|hrs?|days?|FTE)\b)"
)
_HEDGE = (
    r"(?:just (?:over|above|under|below)|slightly (?:over|more than|above|under|less than|below)"
    r"|a little (?:over|under)|in the region of|in excess of|at least|upwards of|no (?:fewer|more|less) than"
    r"|not (?:less|more) than|up to|at most|a maximum of|around|about|approximately|approx\.?|roughly|circa|some"
    r"|over|more than|above|exceeding|almost|nearly|close to|approaching|virtually|under|below|less than"
    r"|fewer than|~|>=?|<=?|≥|≤)"
)
_NUMBER = re.compile(
    rf"(?:(?<![\w-])(?P<hedge>{_HEDGE})\s?)?(?:(?<![\w£.,/])|(?<=\d/))(?P<number>[+\-−–]?(?:£\s?)?{_DIGITS}{_UNIT}?)(?![\w])",
    re.IGNORECASE,
)
_RAISED = re.compile(r"(?P<figure>£[\d.,]{1,12}(?:m|k|bn)|(?<=[\d%])(?<!\b10))(?P<note>[⁰¹²³⁴-⁹]{1,6})")
"""A note's number on a figure; ten to a power is none, nor is a square ("5 m²")."""
_DIGIT = re.compile(r"\d")
_LEAD: Final = 24  # more characters than a hedge, a sign and a "£" take
_SCALED = re.compile(rf"{_DIGITS}(?:{_UNIT})?", re.IGNORECASE)
_CODE = re.compile(
    r"\b[A-Za-z]{0,4}\d+(?!(?:k|m|bn|mn|p?pts?)\b)[A-Za-z]+[\w.]*|\b[A-Za-z]+\d[\w.]*|\b\d+(?:\.\d+){2,}|\b\d+(?:st|nd|rd|th)\b"
)
_MAY_BE_CODE = re.compile(r"\d(?:[A-Za-z]|\.\d+\.\d|(?<=[A-Za-z]\d))")  # a letter beside a digit, or two stops
_SPLIT_YEAR = re.compile(
    r"\b(?:19|20)\d\d\s?[/–-]\s?(?:(?:19|20)?\d\d)\b|\b\d{1,2}:\d\d(?::\d\d)?\b|\b\d+/\d+/\d+\b|\b24/7\b"
)
_SPLIT = re.compile(r"\d\s?[/–:-]")  # no split year and no time without it
_PARAGRAPH = re.compile(r"\s{0,2}\d{1,2}(?:\.\d{1,2}){1,2}\.?\s{1,4}(?=[A-Z][a-z]|A\s)")
"""A paragraph's own number at its head: "3.1 Of the 61 recommendations"."""
_YEAR = re.compile(r"(?:19|20)\d\d")
_REFERENCE = re.compile(
    r"\b(?:pages?|pp?\.|para(?:graph)?s?\.?|sections?|appendix|appendices|annex|tables?|fig(?:ure)?s?\.?|items?|chapters?"
    r"|recommendations?|resolutions?|schedule|part|volume|phase|tier|grade|level|step|stage|theme|priority|quarter|q"
    r"|version|s\.|article|rule|week|no\.?|number|ref\.?)\s?(?:no\.?\s?)?$",
    re.IGNORECASE,
)
LONGEST: Final = 20_000
"""Characters of one block in which numbers are looked for; a line of megabytes is no sentence."""


@dataclass(frozen=True, slots=True)
class FoundNumber:
    """A number of running text. `start` to `end` covers its hedge, sign and unit too."""

    start: int
    end: int
    value: PrintedValue
    hedge: str = ""  # around, over, just over, almost, under, just under, up to
    bare: str = ""  # the digits alone


def says_any(text: str, pieces: tuple[str, ...]) -> bool:
    """Does one of these pieces of small letters stand in it? Asked before a pattern goes through the text."""
    lower = _lower(text)
    return any(piece in lower for piece in pieces)


@lru_cache(maxsize=8192)  # many rules ask the same paragraphs
def _lower(text: str) -> str:
    return text.lower()


@lru_cache(maxsize=8192)
def find_numbers(text: str) -> tuple[FoundNumber, ...]:
    """Every number of the text in order, as it may be summed and compared."""
    text = text[:LONGEST]
    if not _DIGIT.search(text):
        return ()
    if not text.isascii():
        text = _RAISED.sub(lambda match: match["figure"] + " " * len(match["note"]), text)
    taken = _taken(text)
    starts = [start for start, _ in taken]
    found = []
    for match in _matches(text):
        start, end = match.span("number")
        digits = next(_SCALED.finditer(text, start, end), None)
        if digits is None or _within(taken, starts, digits.start()):
            continue
        bare = _bare(digits[0])
        if _is_year(text, bare, digits.start(), digits.end()) or _REFERENCE.search(
            text[max(0, start - 24) : start]
        ):
            continue
        number = _tidy(text[start:end])
        whole = f"{match['hedge']} {number}" if match["hedge"] else number
        value = read_printed(whole) or read_printed(number)
        if value is not None and value.value is not None:
            hedge = split_hedge(match["hedge"])[0] if match["hedge"] else ""
            first = match.start("hedge") if match["hedge"] else start
            found.append(FoundNumber(first, start + len(text[start:end].rstrip()), value, hedge, bare))
    return tuple(found)


def _matches(text: str) -> Iterator[re.Match[str]]:
    """What `_NUMBER` finds, in order; words too far before a digit to be its hedge are passed over."""
    at = 0
    while digit := _DIGIT.search(text, at):
        match = _NUMBER.search(text, max(at, digit.start() - _LEAD))
        if match is None:
            return
        yield match
        at = match.end()


def _taken(text: str) -> list[tuple[int, int]]:
    """Stretches whose figures are no numbers."""
    spans = [(day.start, day.end) for day in find_days(text)]
    if _MAY_BE_CODE.search(text):
        spans += [match.span() for match in _CODE.finditer(text)]
    if _SPLIT.search(text):
        spans += [match.span() for match in _SPLIT_YEAR.finditer(text)]
    if found := _PARAGRAPH.match(text):
        spans.append(found.span())
    return sorted(spans)


def _within(taken: list[tuple[int, int]], starts: list[int], place: int) -> bool:
    index = bisect_right(starts, place)
    return any(start <= place < end for start, end in taken[max(0, index - 3) : index])


def _bare(words: str) -> str:
    found = re.match(_DIGITS, words)
    return found[0] if found else ""


def _is_year(text: str, bare: str, start: int, end: int) -> bool:
    """ "2021" with no unit beside it and no comma in it is a year, where it could be one."""
    return bool(_YEAR.fullmatch(bare)) and end - start == 4 and not text[max(0, start - 1) : start].endswith("£")


def _tidy(words: str) -> str:
    """One sign for the dashes that stand for it; a bracket in running text is no minus."""
    return words.replace("−", "-").replace("–", "-").strip()


def exact(number: FoundNumber) -> Decimal | None:
    """The value, where the print is a bare count without hedge or unit."""
    value = number.value
    return value.value if value.low == value.high and not number.hedge and not value.unit else None
