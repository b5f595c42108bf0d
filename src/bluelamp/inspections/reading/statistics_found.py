"""Where in a sentence stands a value with an interval, or a fraction of a sample?"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

_NUMBER = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d{1,7}(?:\.\d{1,4})?"
_UNIT = r"(?:percentage points?|per ?cent|%)"
_PLUS_MINUS = r"(?:\+\s?/\s?[-–−]|±|plus or minus|\+ ?or ?[-–−])"
_THE = r"(?: the| these| those| our| its)?"
_WHOLE = r"\d[\d,]{0,8}"

_INTERVAL = re.compile(rf"{_PLUS_MINUS}\s?({_NUMBER})\s?({_UNIT})?(?P<close>\s*\)?)", re.I)
_VALUE = re.compile(rf"(?<![\d.,])({_NUMBER})(?![\d,.]*\d)\s?({_UNIT})?(?! ?(?:%|per ?cent)?,? confidence)", re.I)
_CLAUSE_END = re.compile(r"[.;](?=\s)")
_APART = re.compile(r"\b(?!with|confidence|interval|margin|error|percent|per|cent|an?\b|of\b)[a-z]{3,}", re.I)
_OF_WHAT = re.compile(r"\s*of\b", re.I)
_LOOK_BACK = 160  # characters from the interval back to its value
_LIMITS = re.compile(
    rf"(?<![\d.,])({_NUMBER})\s?({_UNIT})\s*[,(]\s*(?:with )?(?:an? )?(?:95 ?(?:%|per ?cent) )?"
    rf"(?:confidence interval|CI)[^()\d]{{0,40}}({_NUMBER})\s?(?:{_UNIT})?\s?(?:to|and|[-–−])\s?"
    rf"({_NUMBER})\s?(?:{_UNIT})?\s*\)?",
    re.I,
)
_RANGE = re.compile(rf"\b(?:between|from) ({_NUMBER})\s?({_UNIT})? (?:and|to) ({_NUMBER})\s?({_UNIT})", re.I)
_ESTIMATES = re.compile(r"\bestimat|\bconfiden", re.I)
_SHARE = re.compile(
    rf"(?<![\d.,])({_NUMBER})\s?({_UNIT})\s*\(\s*({_WHOLE}) (?:out of|of|from){_THE} ({_WHOLE})[^()]{{0,40}}\)",
    re.I,
)
_OUT_OF = re.compile(rf"(?<![\d.,£/])\b({_WHOLE}) (?:(out )?of){_THE} ({_WHOLE})\b(?![.,]?\d|/)", re.I)
_NO_SAMPLE = re.compile(
    r"\b(?:page|part|step|figure|section|volume|question|table|chapter|stage|recommendation|annex)s?\s*$", re.I
)
_THINGS = (
    r"(?:cases?|records?|files?|incidents?|forms?|crimes?|reports?|victims?|calls?|investigations?|encounters?"
    r"|searches|stops|officers?|staff|people|offences?|respondents?|applications?|referrals?|visits?|replies"
    r"|reviews?|posts?|logs?|occasions|responses|disclosures|assessments?|interactions)"
)
_SAMPLED = re.compile(rf"\b{_THINGS}\b", re.I)
_COUNTED = re.compile(rf"^(?:[a-z-]+ ){{0,3}}?{_THINGS}\b(?: (?:we|that|of|on|for)\b[^.;:,]{{0,60}})?", re.I)
_OF_THEM = re.compile(
    rf"^(?:of|among|from)(?: all)?{_THE} ({_WHOLE}) ([^,.;]{{3,120}}), (?:only |just )?({_WHOLE})"
    r"(?= (?:had|were|was|did|didn|contained|showed|met|of (?:them|these|which)|lacked|could|have|are)\b)",
    re.I,
)
_WORDS = (
    "none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty",
)  # fmt: skip
_IN_WORDS = re.compile(
    rf"\b({'|'.join(_WORDS)}) (?:out )?of (?:the|these|those|our) ({'|'.join(_WORDS)})((?: [a-z-]+){{1,3}})", re.I
)


@dataclass(frozen=True, slots=True)
class Found:
    """A value and its place in the sentence; `unit` is percent, points, count or empty."""

    start: int
    end: int
    value: Decimal
    half_width: Decimal | None
    unit: str
    n: int | None = None
    things: str = ""  # what was counted, where the same words say it


def find_statistics(sentence: str) -> list[Found]:
    """The statistics of one sentence; where two readings overlap, the one that says more."""
    chosen: list[Found] = []  # by place; no two overlap
    for search in (_with_half_width, _with_limits, _as_range, _as_share, _as_remainder, _as_fraction, _as_words):
        for found in search(sentence):
            position = bisect_left(chosen, found.start, key=lambda other: other.start)
            after_last = position == 0 or chosen[position - 1].end <= found.start
            if after_last and (position == len(chosen) or found.end <= chosen[position].start):
                chosen.insert(position, found)
    return chosen


def find_counted(words: str) -> str:
    """The things counted, if `words` begin with them ("files we reviewed")."""
    match = _COUNTED.match(words)
    return match[0] if match else ""


def _with_half_width(sentence: str) -> Iterator[Found]:
    """The value before each "+/-": the last one in its clause, with "of ..." perhaps between the two."""
    last = 0
    for interval in _INTERVAL.finditer(sentence):
        start = max(last, interval.start() - _LOOK_BACK)
        clause = max((m.end() for m in _CLAUSE_END.finditer(sentence, start, interval.start())), default=start)
        values = list(_VALUE.finditer(sentence, clause, interval.start()))
        if not values:
            continue
        value, last = values[-1], interval.end()
        between = sentence[value.end() : interval.start()]
        things = between.partition("(")[0]
        apart = _APART.search(things) is not None
        if apart and not (value[2] and _OF_WHAT.match(things)):
            continue
        yield Found(
            value.start(),
            _closed(sentence, between, interval),
            _decimal(value[1]),
            _decimal(interval[1]),
            _unit(value[2] or interval[2] or ""),
            things=things.strip().removeprefix("of ") if apart else "",
        )


def _closed(sentence: str, between: str, interval: re.Match[str]) -> int:
    """The printed words end after the bracket only if it was opened in them."""
    if "(" not in between:
        return interval.end() - len(interval["close"])
    if ")" in interval["close"]:
        return interval.end()
    closing = sentence.find(")", interval.end(), interval.end() + 60)
    return closing + 1 if closing != -1 else interval.end()


def _with_limits(sentence: str) -> Iterator[Found]:
    for match in _LIMITS.finditer(sentence):
        low, high = _decimal(match[3]), _decimal(match[4])
        if low <= _decimal(match[1]) <= high:
            yield Found(match.start(), match.end(), _decimal(match[1]), (high - low) / 2, _unit(match[2]))


def _as_range(sentence: str) -> Iterator[Found]:
    """ "Between 80.1% and 85.3%" is an interval only where the report estimates."""
    for match in _RANGE.finditer(sentence) if _ESTIMATES.search(sentence) else ():
        low, high = _decimal(match[1]), _decimal(match[3])
        if low < high:
            yield Found(match.start(), match.end(), (low + high) / 2, (high - low) / 2, _unit(match[4]))


def _as_share(sentence: str) -> Iterator[Found]:
    for match in _SHARE.finditer(sentence):
        part, whole = _count(match[3]), _count(match[4])
        if part <= whole:
            yield Found(match.start(), match.end(), _decimal(match[1]), None, _unit(match[2]), whole)


def _as_remainder(sentence: str) -> Iterator[Found]:
    """ "Of 90 files, 38 had ..." ."""
    match = _OF_THEM.match(sentence)
    if match and _SAMPLED.search(match[2]) and _count(match[3]) <= _count(match[1]):
        part, whole = _decimal(match[3]), _count(match[1])
        yield Found(match.start(1), match.end(3), part, None, "count", whole, match[2])


def _as_fraction(sentence: str) -> Iterator[Found]:
    """ "38 out of 48"; without "out" only of things that are sampled ("12 of the 40 files")."""
    for match in _OUT_OF.finditer(sentence):
        part, whole = _count(match[1]), _count(match[3])
        if part > whole or whole < 2 or _NO_SAMPLE.search(sentence, max(0, match.start() - 30), match.start()):
            continue
        if match[2] or _SAMPLED.search(sentence, match.end(), match.end() + 40):
            yield Found(match.start(), match.end(), Decimal(part), None, "count", whole)


def _as_words(sentence: str) -> Iterator[Found]:
    """ "Nine of the ten records": a fraction in words, of things that are sampled."""
    for match in _IN_WORDS.finditer(sentence):
        part, whole = _WORDS.index(match[1].lower()), _WORDS.index(match[2].lower())
        if 0 < part <= whole and _SAMPLED.search(match[3]):
            yield Found(match.start(), match.end(2), Decimal(part), None, "count", whole)


def _decimal(printed: str) -> Decimal:
    return Decimal(printed.replace(",", ""))


def _count(printed: str) -> int:
    return int(printed.replace(",", ""))


def _unit(printed: str) -> str:
    plain = printed.lower().replace(" ", "")
    if plain.startswith("percentagepoint"):
        return "points"
    return "percent" if plain else ""
