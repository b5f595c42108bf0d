"""Is a share told beside its count what the whole that the sentence names gives?

"60 days (37.5%) of the 160"; "1,056 were seen, 67% of the 1,582 held"; "94 applications, of which 21 (22%)".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from bluelamp.checks.fraction_sentences import gives, may_print
from bluelamp.checks.grids import Figure
from bluelamp.checks.model import Check, Paper, Result, Subject, Verdict
from bluelamp.checks.numbers import LONGEST, FoundNumber, find_numbers
from bluelamp.documents.blocks import Block
from bluelamp.documents.sentences import split_sentences

_BRACKET = re.compile(r"(?:\s[A-Za-z’'-]{1,20}){0,4}\s?\(\s?(?:or\s)?")
_APPOSED = re.compile(
    r"(?:\s(?!by\b|and\b|with\b|than\b)[A-Za-z’'-]{1,20}){0,7}"
    r",\s(?:or|which is|representing|equal to|equating to)?\s?",
    re.I,
)
_OF_WHOLE = re.compile(
    r"(?P<closed>\s?\))?\s(?:out )?of (?:the |our |its |all |these |those )?(?:total (?:of )?|overall total of )?",
    re.I,
)
_OF_WHICH = re.compile(r"[^;:()]{0,80}?\b(?:of which|of whom|of these|of those|of them),?\s", re.I)
_OF_THEM = re.compile(
    r"\sof (?:which|whom|them|these|those)(?:\s(?!of\b|in\b|by\b)[A-Za-z’'-]{1,20}){0,3}\s?\(\s?(?:or\s)?"
)
_CLOSED = re.compile(r"\s?\)")
_PER = re.compile(r"\b(?:per|every|each|about|in|by|up|down|to|from|between)\s?$", re.I)
_COUNTS: Final = ("", "number")
_AMOUNTS: Final = (*_COUNTS, "gbp", "fte", "hours", "days")


@dataclass(frozen=True)
class _Told:
    count: FoundNumber
    share: FoundNumber
    whole: FoundNumber
    is_sure: bool  # the share stands in brackets right behind its count

    @property
    def ends(self) -> tuple[int, int]:
        places = [place for each in (self.count, self.share, self.whole) for place in (each.start, each.end)]
        return min(places), max(places)


def check_ratio_sentences(subjects: Sequence[Subject]) -> Iterator[Result]:
    for subject in subjects:
        for paper in subject.papers:
            for block in paper.prose:
                if len(block.text) > LONGEST or not _has_share(block.text):
                    continue
                numbers = find_numbers(block.text)
                for start, end in split_sentences(block.text):
                    mine = [number for number in numbers if start <= number.start and number.end <= end]
                    for told in _read(block.text, mine):
                        yield from _judge(paper, block, told, mine)


def _has_share(text: str) -> bool:
    return "%" in text or "per cent" in text


def _read(text: str, numbers: Sequence[FoundNumber]) -> Iterator[_Told]:
    for index, share in enumerate(numbers):
        if share.value.unit != "percent" or not index:
            continue
        count = numbers[index - 1]
        between = text[count.end : share.start]
        is_bracket = bool(_BRACKET.fullmatch(between))
        if _PER.search(text[max(0, count.start - 9) : count.start]):
            continue
        whole = numbers[index + 1] if index + 1 < len(numbers) else None
        link = _OF_WHOLE.fullmatch(text[share.end : whole.start]) if whole else None
        if whole and link and bool(link["closed"]) is is_bracket and (is_bracket or _APPOSED.fullmatch(between)):
            yield _Told(count, share, whole, is_bracket)
        elif is_bracket and index > 1 and _CLOSED.match(text[share.end :]):
            before = numbers[index - 2]
            if _OF_WHICH.fullmatch(text[before.end : count.start]) or _OF_THEM.fullmatch(between):
                yield _Told(count, share, before, is_bracket)


def _judge(paper: Paper, block: Block, told: _Told, numbers: Sequence[FoundNumber]) -> Iterator[Result]:
    count, whole, share = told.count, told.whole, told.share
    units = (count.value.unit, whole.value.unit)
    top, bottom = count.value.value, whole.value.value
    bounds = Figure(share.value, share.value.printed).bounds
    if not set(units) <= set(_AMOUNTS) or len(set(units)) > 1 or not top or not bottom or bounds is None:
        return
    agrees = gives(count, whole, bounds)
    if not agrees:
        others = [
            n for n in numbers if n is not count and n.value.unit == units[0] and (n.value.value or 0) >= top
        ]
        if top > bottom or any(each.hedge for each in (count, whole, share)):
            return
        if any(gives(count, other, bounds) for other in others):
            return  # the share is of another number of the sentence
        before = [n.value.value or 0 for n in others if n.end <= count.start]
        if sum(before) and may_print((top * 100 / sum(before),) * 2, bounds):
            return  # or of all that are named before it
    first, last = told.ends
    shown = f"{round(top * 100 / bottom, 2).normalize():f}%"
    wrong = Verdict.CONTRADICTION if told.is_sure else Verdict.SUSPECT
    yield Result(
        verdict=Verdict.CONSISTENT if agrees else wrong,
        check=Check.RATIO,
        rule="fraction",
        message=f"“{block.text[first:last].strip()[-200:]}”: {count.bare} of {whole.bare} is {shown}"
        + (", as printed." if agrees else f", not {share.value.printed}."),
        printed=(paper.print_of((block, first, last)),),
        recomputed=shown,
        tolerance=f"the print allows {bounds[0].normalize():f}% to {bounds[1].normalize():f}%",
    )
