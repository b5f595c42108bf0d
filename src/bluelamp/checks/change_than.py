"""Is a level what its sentence sets it against: "four fewer than the 15 in December", "15.4%, up from 15.9%"?

Two shapes. A count, how many more or fewer, and what it is set against: the difference must be that, the one way
round. A level and what it came from: it must have gone the way that is told. Counts may be in words. Where some
other number of the sentence would make it true, or a hedge or a place in a ranking is told, nothing is said.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Final

from bluelamp.checks.claim_spans import spans_of
from bluelamp.checks.model import Check, Paper, Result, Subject, Verdict
from bluelamp.checks.numbers import LONGEST, FoundNumber
from bluelamp.checks.worded_counts import find_counts, has_counts, value_of
from bluelamp.documents.blocks import Block
from bluelamp.documents.sentences import split_sentences

_LEVEL_TO_MORE = re.compile(r"[^.;:()]{0,60}?(?:,|\sand|\s[–—-]|\s\()\s?(?:which is |that is |or )?$", re.I)
_MORE = re.compile(
    r"(?:\s(?!more\b|fewer\b|less\b)[a-z-]{3,14}){0,1}\s(?P<way>more|fewer|less|higher|lower)(?:\s[a-z-]{3,14})?"
    r"\sthan\s(?:the|last (?:year|quarter|month)’s|last (?:year|quarter|month)'s|in [a-z ]{3,20}\()\s?$",
    re.I,
)
_UP_FROM = (
    r"[,(–—-]\s?(?:which is |this is )?(?P<way>up|down|rising|falling"
    r"|an? (?:increase|rise|decrease|fall|reduction|drop))\sfrom\s"
    r"(?:the |a )?(?:previous |last (?:year|quarter)’s )?$"
)
_THAN = (
    r",\s(?:which is |this is )?(?:slightly |a little |much |significantly )?"
    r"(?P<way>higher|lower|more|fewer|less)\sthan\s(?:the |in [a-z ]{3,20}\()$"
)
_NOT_LEVELS = r"and\b|or\b|to\b|by\b|with\b|but\b|than\b|compared\b|against\b"
_FROM, _FROM_SHARE = (
    re.compile(rf"(?:\s(?!{stops})[A-Za-z0-9/-]{{1,14}}){{0,7}},?\s?{_UP_FROM}", re.I)
    for stops in (rf"{_NOT_LEVELS}|of\b", _NOT_LEVELS)
)
_LOWER_THAN = re.compile(rf"(?:\s(?!{_NOT_LEVELS})[A-Za-z0-9/-]{{1,14}}){{0,7}}{_THAN}", re.I)
_SET_BESIDE = re.compile(
    rf"(?:\s(?!{_NOT_LEVELS})[A-Za-z0-9/-]{{1,14}}){{0,7}},?\s\(?(?:compared (?:with|to)|against)\s(?:the |a )?$",
    re.I,
)
_THEN_NOUN = re.compile(
    r"(?:\s(?!and\b|or\b|target|plan)[A-Za-z0-9/-]{1,14}){0,7}\)?,\s(?:which is |this is |representing )?an?\s"
    r"(?:[a-z]{4,14}\s)?"
    r"(?P<way>increase|rise|decrease|fall|reduction|drop)\b(?!\s(?:of|in|on|from|by|to)\b)",
    re.I,
)
_TO_FROM = re.compile(
    r"\b(?P<way>rose|risen|increased|grew|grown|fell|fallen|decreased|dropped|declined|went up|went down)\sto\s$",
    re.I,
)
_PLAIN_FROM = re.compile(r",?\s\(?from\s$", re.I)
_MAY_THAN = re.compile(
    r"than (?:the|last (?:year|quarter|month).s|in [a-z ]{3,20}\()\s?(?:\d|t[ehw]|f[io]|s[ei]|ni|e[il])", re.I
)
_MAY_FROM = re.compile(
    r"(?:up|down|rising|falling|increase|rise|decrease|fall|reduction|drop) from"
    r"|\d[^\s]{0,9}(?: [a-z]{3,10})?,? \(?from",
    re.I,
)
_MAY_BESIDE = re.compile(
    r", (?:[a-z]{2,14} ){0,3}an? (?:[a-z]{3,12} )?(?:increase|rise|decrease|fall|reduction|drop)\b"
)
_RANKED = re.compile(
    r"\b(?:rank\w*|plac\w{2,5}|positions?|league|quartile|grade\w*|bands?|level|tier|score of|category|fastest"
    r"|best|worst|target\w*|ceiling|baseline|forecast|planned|respectively)\b",
    re.I,
)
_UP: Final = frozenset(
    {"more", "higher", "up", "rising", "rose", "risen", "increased", "grew", "grown", "went up"}
)
_SIZE: Final = 4  # a level and its base differ by less than so many times


def check_changes_than(subjects: Sequence[Subject]) -> Iterator[Result]:
    for subject in subjects:
        for paper in subject.papers:
            for block in paper.prose:
                text = block.text
                if len(text) <= LONGEST and _may(text) and has_counts(text, 2):
                    yield from _in_block(paper, block)


def _may(text: str) -> bool:
    """May it hold either shape? Cheap, since every paragraph is asked."""
    return (
        (" than " in text and bool(_MAY_THAN.search(text)))
        or ("from " in text and bool(_MAY_FROM.search(text)))
        or (("compared " in text or "against " in text) and bool(_MAY_BESIDE.search(text)))
    )


def _in_block(paper: Paper, block: Block) -> Iterator[Result]:
    numbers = find_counts(block.text, with_one=True)
    for start, end in split_sentences(block.text):
        mine = [number for number in numbers if start <= number.start and number.end <= end]
        if len(mine) > 1 and not _RANKED.search(block.text, start, end):
            yield from _than(paper, block, mine)
            yield from _from(paper, block, start, mine)


# -- so many more than ------------------------------------------------------------------------------------


def _than(paper: Paper, block: Block, numbers: Sequence[FoundNumber]) -> Iterator[Result]:
    text = block.text
    for index in range(1, len(numbers) - 1):
        level, by, base = numbers[index - 1 : index + 2]
        more = _MORE.fullmatch(text[by.end : base.start])
        if more is None:
            continue
        between = text[level.end : by.start]
        if index > 1 and _is_beside(text, level):  # "Twelve are overdue (16.9%), four fewer than the 15"
            level, share = numbers[index - 2], level
            between = text[level.end : share.start - 1].rstrip() + text[share.end + 1 : by.start]
        if not _LEVEL_TO_MORE.fullmatch(between):
            continue
        a, d, b = value_of(level), value_of(by), value_of(base)
        if a is None or d is None or b is None or (level.bare == "1" and level.end - level.start > 1):
            continue
        is_up = more["way"].lower() in _UP
        made = b + d if is_up else b - d
        agrees = a == made
        others = [n for n in numbers if n is not by and n is not base and n is not level and value_of(n) == made]
        if others or (not agrees and abs(a - made) * 2 > made):
            continue  # the level is another number, or the figures count something else
        places = [n for n in numbers if n.end <= level.start and value_of(n) is not None]
        wrong = Verdict.SUSPECT if places else Verdict.CONTRADICTION
        what = "more" if is_up else "fewer"
        says = f"{d:,f} {what} than {b:,f} is {made:,f}" + (", as printed." if agrees else f", not {a:,f}.")
        yield _result(paper, block, level, base, "change-than", says, wrong=None if agrees else wrong)


def _is_beside(text: str, share: FoundNumber) -> bool:
    """A percentage alone in its bracket."""
    is_closed = text[share.start - 1 : share.start] == "(" and text[share.end : share.end + 1] == ")"
    return share.value.unit == "percent" and is_closed


# -- up from ----------------------------------------------------------------------------------------------


def _from(paper: Paper, block: Block, start: int, numbers: Sequence[FoundNumber]) -> Iterator[Result]:
    text = block.text
    for index in range(1, len(numbers)):
        level, base = numbers[index - 1], numbers[index]
        way = _way(text, start, level, base)
        if way is None or not _are_alike(level, base):
            continue
        said = way["way"].lower()
        is_up = said in _UP or said.split()[-1] in ("increase", "rise")  # "an increase"
        one, other = base.value.value or Decimal(0), level.value.value or Decimal(0)
        if one == other:
            before, after = spans_of(base, level)
            if before.meets(after):
                continue
        agrees = one != other and (other > one) is is_up
        if not agrees and any(_may_be(n, base, is_up=is_up) for n in numbers[: index - 1]):
            continue  # the level is another number
        what = "more" if other > one else "less" if other < one else "no more or less"
        says = f"{level.value.printed} is {what} than {base.value.printed}"
        says += ", as told." if agrees else f", and is told as having gone {'up' if is_up else 'down'}."
        verdict = None if agrees else Verdict.CONTRADICTION
        yield _result(paper, block, level, base, "change-from", says, wrong=verdict)


def _way(text: str, start: int, level: FoundNumber, base: FoundNumber) -> re.Match[str] | None:
    """The word that says which way it went, wherever it stands about the two."""
    between = text[level.end : base.start]
    is_share = level.value.unit == "percent" and base.value.unit == "percent"
    way = (_FROM_SHARE if is_share else _FROM).fullmatch(between) or _LOWER_THAN.fullmatch(between)
    if way is None and _PLAIN_FROM.fullmatch(between):
        way = _TO_FROM.search(text[max(start, level.start - 24) : level.start])
    if way is None and _SET_BESIDE.fullmatch(between):
        way = _THEN_NOUN.match(text, base.end)
    return way


def _may_be(number: FoundNumber, base: FoundNumber, *, is_up: bool) -> bool:
    level, before = number.value.value or Decimal(0), base.value.value or Decimal(0)
    return number.value.unit == base.value.unit and level != before and (level > before) is is_up


def _are_alike(level: FoundNumber, base: FoundNumber) -> bool:
    """Two levels of one kind, both above nought and without a hedge, and of one size."""
    one, other = base.value.value, level.value.value
    if base.hedge or level.hedge or not one or not other or one < 0 or other < 0:
        return False
    is_one = base.value.unit == level.value.unit or (
        base.value.unit == "" and level.value.unit in ("days", "hours")
    )
    return is_one and max(one, other) < _SIZE * min(one, other)


def _result(
    paper: Paper,
    block: Block,
    first: FoundNumber,
    last: FoundNumber,
    rule: str,
    says: str,
    *,
    wrong: Verdict | None,
) -> Result:
    place = (block, first.start, last.end)
    return Result(
        verdict=wrong or Verdict.CONSISTENT,
        check=Check.CHANGE,
        rule=rule,
        message=f"“{block.text[first.start : last.end]}”: {says}",
        printed=(paper.print_of(place),),
        recomputed=says.rstrip("."),
    )
