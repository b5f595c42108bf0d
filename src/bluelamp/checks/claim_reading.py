"""What does a sentence claim of a figure: that it changed by so much, went from one to another, or is so much?

A claim keeps the stretch of the sentence it belongs to (`core`): between stops, brackets and the words after
which a sentence goes on to explain itself.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache
from itertools import islice, pairwise
from typing import Final

from bluelamp.checks.claim_model import Claim, Kind, place
from bluelamp.checks.claim_periods import Named, find_named
from bluelamp.checks.claim_worded import NEAR, VERBS, extremes, ways_alone, worded
from bluelamp.checks.claim_words import load_claim_words
from bluelamp.checks.directions import BLANK, SaidWay, read_ways
from bluelamp.checks.model import Paper
from bluelamp.checks.numbers import FoundNumber, find_numbers
from bluelamp.documents.blocks import Block
from bluelamp.documents.sentences import split_sentences

_SOFT = re.compile(r",(?!\d)|[()]| [–—-] |;|:(?!\d)")
_BY = re.compile(
    r"\bby\s(?:a\s|an\s|some\s|further\s|additional\s|another\s|average\s|of\s|total\s|up\s|nearly\s){0,4}$", re.I
)
_NOUN = (
    r"(?:rise|increase|growth|reduction|decrease|fall|decline|drop|jump|surge|climb|uplift|improvement"
    r"|deterioration|change|difference|swing)s?"
)
_OF_BEFORE = re.compile(rf"\b{_NOUN}(?:\s[\w-]{{1,15}}){{0,6}}\sof\s(?:a\s|further\s|some\s){{0,2}}$", re.I)
_NOUN_AFTER = re.compile(
    rf"\s?(?:average\s|overall\s|year[ -]on[ -]year\s|annual\s|net\s|further\s|real\s|marked\s"
    rf"|percentage\s){{0,2}}{_NOUN}\b",
    re.I,
)
_MORE_AFTER = re.compile(r"\s?(?:\w{1,12}\s)?(?:fewer|less|more|higher|lower|greater)\b(?! likely)", re.I)
_VERB_BEFORE = re.compile(
    r"(?<!make )(?<!makes )(?<!made )(?<!making )"
    r"\b(?:up|down|rose|risen|fell|fallen|increased|decreased|grew|grown|dropped|declined|reduced|climbed"
    r"|jumped)\s$",
    re.I,
)
_BESIDE_AFTER = re.compile(r"\s?(above|below)\b", re.I)
_UPDOWN_AFTER = re.compile(r"\s(?:up|down)\b(?! to)", re.I)
_FROM = re.compile(
    r"\bfrom\s(?:a\s|an\s|the\s|just\s|high\s|low\s|of\s|peak\s|baseline\s|figure\s|total\s){0,4}$", re.I
)
_TO = re.compile(
    r"(?P<mid>[^.;()]{0,70}?)\bto\s(?:a\s|an\s|the\s|just\s|of\s|low\s|high\s|new\s|current\s|figure\s|total\s"
    r"|stand\s|at\s){0,4}",
    re.I,
)
_OUT_OF = re.compile(r"\s?(?:in|out of)\s(?!(?:19|20)\d\d)\d", re.I)
_AGE = re.compile(r"\s?(?:[-–]\s?)?(?:years?[- ](?:olds?|of age)|year-olds?|yrs? old)|\s?(?:am|pm)\b", re.I)
_AGED = re.compile(r"\b(?:aged?|ages|between)\s$", re.I)
_PER: Final = (
    (12, re.compile(r"\b(?:monthly|months?'? average|(?:a|per|each|every) month|pcm)\b", re.I)),
    (52, re.compile(r"\b(?:weekly|(?:a|per|each|every) week)\b", re.I)),
    (365, re.compile(r"\b(?:daily|(?:a|per|each|every) day)\b", re.I)),
    (4, re.compile(r"\bquarterly average\b|\b(?:a|per|each|every) quarter\b", re.I)),
)
_PER_HINT = re.compile(r"month|week|da[yi]|quarter|pcm", re.I)
_PART = re.compile(
    r"\b(?:further|another|additional|extra|of these|of those|of which|of whom|including|n\s?=)\s?$", re.I
)
_LONGEST: Final = 1_500
"""Characters of a sentence that are read."""

_MOST_NUMBERS: Final = 24  # of one sentence: more are a table that lost its lines


_MOST_WORDED: Final = 6


_KEPT: Final = "_claims"


def claims_of(paper: Paper, block: Block, *, names: frozenset[str] = frozenset()) -> tuple[Claim, ...]:
    """Every claim of a block of the paper, read once and kept with it: several checks ask for them."""
    kept: dict[tuple[int, frozenset[str]], tuple[Claim, ...]] = paper.__dict__.setdefault(_KEPT, {})
    if names:
        names = names & {number.bare for number in find_numbers(block.text)}
    key = (id(block), names)
    if key not in kept:
        kept[key] = tuple(read_claims(block.text, names=names))
    return kept[key]


def read_claims(text: str, *, names: frozenset[str] = frozenset()) -> Iterator[Claim]:
    """Every claim of a text, in order. `names` are figures that are names ("999", "101") and count nothing."""
    found = find_numbers(text)
    tells = _tells(_LETTERS.findall(text.lower()))
    if not found and not tells:
        return
    named = find_named(text) if found else ()
    numbers = [_in_points(n, text) for n in found if not _is_no_figure(n, text, names, named)]
    for start, end in split_sentences(text):
        if end - start > _LONGEST:
            continue
        mine = [number for number in numbers if start <= number.start and number.end <= end]
        if len(mine) <= _MOST_NUMBERS and (mine or tells):
            yield from _read(text[start:end], start, mine)


_LETTERS = re.compile("[a-z]+")


@lru_cache(maxsize=1)
def _worded_by() -> frozenset[str]:
    """Of every phrase that says a change in words, or a record, the word that tells most."""
    vocabulary = load_claim_words()
    phrases = [*vocabulary.changes, *vocabulary.unchanged, "highest", "lowest"]
    return frozenset(max(_LETTERS.findall(each.lower()), key=len) for each in phrases)


@lru_cache(maxsize=1)
def _parts() -> frozenset[str]:
    return frozenset(max(_LETTERS.findall(each.lower()), key=len) for each in load_claim_words().fractions)


def _says_in_words(words: Collection[str]) -> bool:
    """May a change be said here in words: "doubled", "by a third", "unchanged", "the highest"?"""
    return not _worded_by().isdisjoint(words) or ("by" in words and not _parts().isdisjoint(words))


def _tells(words: Collection[str]) -> bool:
    """May something be claimed here without a number?"""
    return not VERBS.isdisjoint(words) or _says_in_words(words)


_POINTS = re.compile(r"\s?points?\b(?! (?:of|out|on|plan))", re.I)


def _in_points(number: FoundNumber, text: str) -> FoundNumber:
    """ "fell by 4 points": percentage points, where a row prints shares."""
    value = number.value
    points = None if value.unit else _POINTS.match(text[number.end : number.end + 16])
    if points is None or value.value is None:
        return number
    half = Decimal(1).scaleb(-len(number.bare.partition(".")[2])) / 2
    in_points = replace(value, unit="points", low=value.value - half, high=value.value + half)
    return replace(number, value=in_points, end=number.end + points.end())


_LENGTH = re.compile(
    r"[ -](?:successive |consecutive |calendar )?(?:months?|years?|quarters?|weeks?|periods?)\b|[-–/]\d|\s?:\s?\d",
    re.I,
)
_NUMBERED = re.compile(r"(?:[-•]\s?)?\d{1,2}(?:\.\d{1,2}){1,2}\.?\s")


def _is_no_figure(number: FoundNumber, text: str, names: frozenset[str], named: Sequence[Named]) -> bool:
    """A name ("999"), a paragraph's number, a range of ages, or a part or the length of a period."""
    if any(each.start <= number.start < each.end for each in named):
        return True
    if number.start < 4 and _NUMBERED.match(text):
        return True
    before = text[number.start - 1 : number.start] if number.start else ""
    is_range = (
        before.isdigit() or before == "%" or bool(re.match(r"\s?[-–]\s?\d", text[number.end : number.end + 4]))
    )
    if is_range:
        return True
    if number.value.unit or "," in number.bare:
        return False
    after = text[number.end : number.end + 24]
    return (number.bare in names and not number.hedge) or bool(_LENGTH.match(after)) or before in ("-", "–")


def _read(sentence: str, offset: int, numbers: Sequence[FoundNumber]) -> Iterator[Claim]:
    words = frozenset(_LETTERS.findall(sentence.lower()))
    if not numbers and not _tells(words):
        return
    ways = _ways(sentence, offset, numbers)
    segments = _segments(sentence, offset, _ands(sentence, offset, numbers))
    blank = Claim(Kind.LEVEL, offset, offset + len(sentence), sentence, offset, segments, 0)
    used: set[int] = set()
    for index in range(len(numbers)):
        if index in used:
            continue
        claim = _from_to(blank, numbers, index, ways)
        if claim is not None:
            used |= {index, index + 1}
            yield claim
    for index, number in enumerate(numbers):
        if index not in used:
            yield _single(blank, number, ways)
    if _says_in_words(words):
        yield from islice(worded(blank, ways), _MOST_WORDED)
        yield from islice(extremes(blank), _MOST_WORDED)
    if not numbers:
        yield from ways_alone(blank, ways)


def _ways(sentence: str, offset: int, numbers: Sequence[FoundNumber]) -> list[SaidWay]:
    line = list(sentence)
    for number in numbers:
        a, b = number.start - offset, number.end - offset
        line[a:b] = BLANK * (b - a)
    return [SaidWay(way.printed, way.start + offset, way.way) for way in read_ways("".join(line))]


# -- stretches ----------------------------------------------------------------------------------------------


@lru_cache(maxsize=1)
def _breaks() -> re.Pattern[str]:
    words = sorted(load_claim_words().breaks, key=len, reverse=True)
    return re.compile(r"\b(?:" + "|".join(re.escape(word) for word in words) + r")\b", re.I)


HARD: Final = (-1, -1)
"""Stands between two segments that do not belong together."""


@lru_cache(maxsize=512)
def _segments(sentence: str, offset: int, ands: tuple[int, ...]) -> tuple[tuple[int, int], ...]:
    """The stretches of the sentence in order, `HARD` between those that a break or a semicolon parts."""
    cuts = [(m.start(), m.end(), m.group() in ";:") for m in _SOFT.finditer(sentence)]
    cuts += [(m.start(), m.start(), True) for m in _breaks().finditer(sentence)]
    cuts += [(at, at, False) for at in ands]
    found: list[tuple[int, int]] = []
    last = 0
    for start, end, hard in [*sorted(cuts), (len(sentence), len(sentence), False)]:
        if sentence[last:start].strip():
            found.append((offset + last, offset + start))
        if hard and found and found[-1] != HARD:
            found.append(HARD)
        last = max(last, end)
    return tuple(found)


def _ands(sentence: str, offset: int, numbers: Sequence[FoundNumber]) -> tuple[int, ...]:
    """Where an "and" between two numbers begins the second's own words: "theft fell by 8% and arson by 1%"."""
    found = []
    for one, other in pairwise(numbers):
        between = sentence[one.end - offset : other.start - offset]
        at = between.find(" and ")
        if at >= 0 and len(between) > 12:
            found.append(one.end - offset + at)
    return tuple(found)


def _single(blank: Claim, number: FoundNumber, ways: Sequence[SaidWay]) -> Claim:
    text, offset = blank.text, blank.offset
    before, after = text[: number.start - offset], text[number.end - offset :]
    claim = replace(place(blank, number.start, number.end), number=number, per=_per(blank, number))
    signed = number.value.printed.lstrip()[:1] in "+-−–" if number.value.printed else False
    near = before[-NEAR:]
    if _NOUN_AFTER.match(after) or _UPDOWN_AFTER.match(after) or _MORE_AFTER.match(after):
        return replace(claim, kind=Kind.CHANGE, way=_way_after(number, ways))
    beside = _BESIDE_AFTER.match(after) if number.value.unit in ("percent", "points") else None
    if beside:
        return replace(claim, kind=Kind.CHANGE, way="up" if beside[1].lower() == "above" else "down")
    if _is_by(near):
        return replace(claim, kind=Kind.CHANGE, way=_way_before(number, ways))
    if signed:
        return replace(claim, kind=Kind.CHANGE, way=_sign(number))
    is_part = bool(_PART.search(near)) or bool(_OUT_OF.match(after)) or bool(_AGE.match(after))
    return replace(claim, is_part=is_part, way=_way_before(number, ways) if near.rstrip().endswith(" to") else "")


def _is_by(near: str) -> bool:
    """Do the words before a number make it the size of a change: "by", "a fall of", "up"?"""
    lower = near.lower()
    return (
        ("by" in lower and bool(_BY.search(near)))
        or ("of" in lower and bool(_OF_BEFORE.search(near)))
        or bool(_VERB_BEFORE.search(near[-12:]))
    )


def _sign(number: FoundNumber) -> str:
    value = number.value.value or Decimal(0)
    return "up" if value > 0 else "down" if value < 0 else ""


def _way_before(number: FoundNumber, ways: Sequence[SaidWay]) -> str:
    near = [way for way in ways if number.start - NEAR <= way.start < number.start]
    return near[-1].way if near and near[-1].way in ("up", "down") else ""


def _way_after(number: FoundNumber, ways: Sequence[SaidWay]) -> str:
    near = [way for way in ways if number.end <= way.start <= number.end + 45]
    return near[0].way if near and near[0].way in ("up", "down") else ""


def _per(blank: Claim, number: FoundNumber) -> int:
    start = max(0, number.start - blank.offset - 50)
    near = blank.text[start : number.end - blank.offset + 50]
    if not _PER_HINT.search(near):
        return 1
    return next((months for months, pattern in _PER if pattern.search(near)), 1)


# -- from one to another ------------------------------------------------------------------------------------


def _from_to(blank: Claim, numbers: Sequence[FoundNumber], index: int, ways: Sequence[SaidWay]) -> Claim | None:
    if index + 1 >= len(numbers):
        return None
    first, last = numbers[index], numbers[index + 1]
    text, offset = blank.text, blank.offset
    before, between = text[: first.start - offset], text[first.end - offset : last.start - offset]
    after = text[last.end - offset :]
    if not _FROM.search(before[-NEAR:]) or not _TO.fullmatch(between) or _AGED.search(before):
        return None
    if any(pattern.match(rest) for pattern in (_OUT_OF, _AGE) for rest in (after, between)):
        return None
    units = {n.value.unit for n in (first, last)} - {"", "number"}
    if len(units) > 1:
        return None
    if first.value.unit and not last.value.unit:
        return None
    return replace(
        place(blank, first.start, last.end),
        kind=Kind.FROM_TO,
        way=_way_about(first, last, ways, text, offset),
        first=first,
        number=last,
        also=tuple(_beside(blank, numbers, first, last, ways)),
        per=_per(blank, first) if _per(blank, first) > 1 else _per(blank, last),
    )


_LINKED = re.compile(
    r"\s?[,–-]\s?(?:which is\s|representing\s|equating to\s|equivalent to\s|or\s)?(?:an?\s)?(?:\w+\s){0,2}"
    rf"(?:{_NOUN}\sof\s)?"
)
_INSIDE = re.compile(r"\s?\(\s?(?:an?\s|or\s|up\s|down\s)?(?:\w+\s){0,2}(?:of\s)?")
_UNTIL_FROM = re.compile(r"(?:[^,;.()]|\([^()]{0,30}\)){0,60}?[,(]?\s?from\s(?:\w+\s){0,4}")


def _beside(
    blank: Claim,
    numbers: Sequence[FoundNumber],
    first: FoundNumber,
    last: FoundNumber,
    ways: Sequence[SaidWay],
) -> Iterator[tuple[FoundNumber, str]]:
    """The changes beside a from-to: "by 12% from 100 to 112", "from 100 to 112 (12%)", "to 112, a 12% rise"."""
    text, offset = blank.text, blank.offset
    for other in numbers:
        before = text[max(0, other.start - offset - 30) : other.start - offset]
        after = text[other.end - offset :]
        if other.end <= first.start:
            by = bool(_BY.search(before)) or bool(_OF_BEFORE.search(before))
            if (by or _NOUN_AFTER.match(after)) and _UNTIL_FROM.fullmatch(
                text[other.end - offset : first.start - offset]
            ):
                yield other, _way_before(other, ways) if by else _way_after(other, ways)
        elif other.start >= last.end:
            between = text[last.end - offset : other.start - offset]
            if _INSIDE.fullmatch(between) and re.match(r"\s?(?:\w+\s?){0,3}\)", after):
                signed = other.value.printed[:1] in "+-"
                if signed or other.value.unit in ("percent", "points"):
                    yield other, _sign(other) if signed else ""
            elif _LINKED.fullmatch(between) and _NOUN_AFTER.match(after):
                yield other, _way_after(other, ways)
            elif _LINKED.fullmatch(between) and re.search(rf"{_NOUN}\sof\s$", between, re.I):
                yield other, _way_before(other, ways)


def _way_about(first: FoundNumber, last: FoundNumber, ways: Sequence[SaidWay], text: str, offset: int) -> str:
    """The word of direction that belongs to the two: right before "from", with little in between."""
    near = [way for way in ways if first.start - NEAR <= way.start < first.start]
    if not near or near[-1].way not in ("up", "down"):
        return ""
    between = text[near[-1].start - offset + len(near[-1].printed) : first.start - offset]
    return near[-1].way if not re.search(r"[;()]|\b(?:while|but|and)\b", between) else ""
