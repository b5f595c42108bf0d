"""Is a lone share what the count just before it gives: "We made 620 calls. Somebody answered 155 (25%)"?

The whole is the one count of the sentence before, or the one that stands earlier in the same sentence. The share
may still be of something that is not told, so that only one near what the two give is doubted: chance seldom comes
near.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise
from typing import Final

from bluelamp.checks.fraction_sentences import gives
from bluelamp.checks.grids import Figure
from bluelamp.checks.model import Check, Paper, Result, Subject, Verdict
from bluelamp.checks.numbers import LONGEST, FoundNumber, find_numbers
from bluelamp.documents.blocks import Block
from bluelamp.documents.sentences import split_sentences

_CLOSED = re.compile(r"(?:%|per cent)\s?\)")
_OPENS = re.compile(r"\s?\(\s?")
_OF_THESE = re.compile(r"\W{0,3}(?:and )?of (?:these|those|them)\b", re.I)
_TOLD_ELSEWHERE = re.compile(
    r"\b(?:of which|of whom|out of|of the|of these|of those|of them|of all|of our)\b", re.I
)
_OF_IT = re.compile(r"\bof(?: the| all| our| these| those)?\s$", re.I)  # held where the sentence is of it
_OTHER = re.compile(
    r"\b(?:more|fewer|less|up|down|rise|rose|risen|fall|fell|fallen|increas\w{1,4}|decreas\w{1,4}|reduc\w{1,5}|than"
    r"|each|respectively|response|last year|previous|compared|target|growth|grew|change\w{0,1}|of which|of whom"
    r"|overspen\w{1,4}|underspen\w{1,4}|saving\w{0,1}|nationally|vacan\w{2,4})\b",
    re.I,
)
_COUNTS: Final = ("", "number")
_BACK: Final = 2  # sentences back in which the whole may stand
_LEAST: Final = 20  # of the whole
_NEAR: Final = Decimal("0.2")  # of the share that the two give


def check_shares_of_before(subjects: Sequence[Subject]) -> Iterator[Result]:
    for subject in subjects:
        for paper in subject.papers:
            for block in paper.prose:
                text = block.text
                if len(text) <= LONGEST and "(" in text and _CLOSED.search(text):
                    yield from _in_block(paper, block)


def _in_block(paper: Paper, block: Block) -> Iterator[Result]:
    text, numbers = block.text, find_numbers(block.text)
    counts = [n for n in numbers if n.value.unit in _COUNTS and (n.value.value or 0) > 0]
    sentences = split_sentences(text)
    for index, (start, end) in enumerate(sentences):
        mine = [number for number in numbers if start <= number.start and number.end <= end]
        pairs = [pair for pair in pairwise(mine) if _is_pair(text, pair)]
        if len(pairs) != 1 or _OTHER.search(text, start, end):
            continue
        count, share = pairs[0]
        own = [number for number in mine if number.end <= count.start]
        is_these = bool(_OF_THESE.match(text, start))
        if own:
            told = own if not _TOLD_ELSEWHERE.search(text, own[0].start, count.start) else []
            told = [] if _OF_IT.search(text[start : own[0].start]) else told
        elif is_these or not _TOLD_ELSEWHERE.search(text, start, count.start):
            told = _told_before(counts, sentences[max(0, index - _BACK) : index], count)
        else:
            told = []
        if len(told) == 1 and told[0] in counts and not any(n.hedge for n in (told[0], count, share)):
            others = [n for n in counts if n not in (told[0], count)]
            yield from _judge(paper, block, told[0], count, share, others, is_these=is_these)


def _told_before(
    counts: Sequence[FoundNumber], sentences: Sequence[tuple[int, int]], count: FoundNumber
) -> list[FoundNumber]:
    """What the nearest sentence before counts that is more than the count itself."""
    for start, end in reversed(sentences):
        mine = [n for n in counts if start <= n.start and n.end <= end]
        if found := [n for n in mine if (n.value.value or 0) > (count.value.value or 0)]:
            return found
    return []


def _is_pair(text: str, pair: tuple[FoundNumber, FoundNumber]) -> bool:
    count, share = pair
    is_beside = bool(_OPENS.fullmatch(text[count.end : share.start])) and text[share.end : share.end + 1] == ")"
    return is_beside and share.value.unit == "percent" and count.value.unit in _COUNTS


def _judge(
    paper: Paper,
    block: Block,
    whole: FoundNumber,
    count: FoundNumber,
    share: FoundNumber,
    others: Sequence[FoundNumber],
    *,
    is_these: bool,
) -> Iterator[Result]:
    bounds = Figure(share.value, share.value.printed).bounds
    top, bottom, said = count.value.value or Decimal(0), whole.value.value or Decimal(0), share.value.value
    if bounds is None or said is None or bottom < _LEAST or top >= bottom:
        return
    made = top * 100 / bottom
    agrees = gives(count, whole, bounds)
    if not agrees and abs(made - said) > made * (2 * _NEAR if is_these else _NEAR):
        return  # it is of something else
    if not agrees and any(gives(count, other, bounds) for other in others):
        return
    shown = f"{round(made, 2).normalize():f}%"
    place = (block, whole.start, share.end)
    yield Result(
        verdict=Verdict.CONSISTENT if agrees else Verdict.SUSPECT,
        check=Check.RATIO,
        rule="share-of-before",
        message=f"“{block.text[whole.start : share.end].strip()[:240]})”: {count.bare} of {whole.bare} is {shown}"
        + (", as printed." if agrees else f", not {share.value.printed}."),
        printed=(paper.print_of(place),),
        recomputed=shown,
        tolerance=f"the print allows {bounds[0].normalize():f}% to {bounds[1].normalize():f}%",
    )
