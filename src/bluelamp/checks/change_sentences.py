"""Is a change said in words what the two figures of its own sentence give: "doubled, from 890 to 2,136"?

Also points beside two shares: "from 49% to 72%, up 20 percentage points".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise
from typing import Final

from bluelamp.checks.model import Check, Paper, Result, Subject, Verdict
from bluelamp.checks.numbers import LONGEST, FoundNumber, find_numbers
from bluelamp.documents.blocks import Block
from bluelamp.documents.sentences import split_sentences

_SIZE = re.compile(
    r"(?P<hedge>\b(?:nearly|almost|more than|over|around|about|roughly|approximately|just over|just under|not)\s)?"
    r"\b(?P<word>doubled|halved|trebled|tripled|quadrupled|(?:fell|dropped|decreased|reduced|declined) by a third"
    r"|(?:rose|grew|increased) by a third)\b(?P<rest>[^.;()]{0,60}?),?\sfrom\s$",
    re.I,
)
_FACTORS: Final = {
    "doubled": Decimal(2), "halved": Decimal("0.5"), "trebled": Decimal(3), "tripled": Decimal(3),
    "quadrupled": Decimal(4), "down": Decimal(2) / 3, "up": Decimal(4) / 3,
}  # fmt: skip
_ROOM: Final = Decimal("0.08")
"""Of the factor: nobody says "doubled" of 1.8; with a hedge, three times as much."""
_POINTS_LINK = re.compile(
    r",?\s(?:up|down|(?:an?\s)?(?:increase|rise|fall|reduction|decrease|drop|gain)\sof)\s$", re.I
)


def check_change_sentences(subjects: Sequence[Subject]) -> Iterator[Result]:
    """Two figures from one to the other and the change that their sentence makes of them."""
    for subject in subjects:
        for paper in subject.papers:
            for block in paper.prose:
                if " from " in block.text[:LONGEST]:
                    yield from _in_block(paper, block)


def _in_block(paper: Paper, block: Block) -> Iterator[Result]:
    text = block.text[:LONGEST]
    numbers = find_numbers(text)
    for start, end in split_sentences(text):
        mine = [number for number in numbers if start <= number.start and number.end <= end]
        pairs = [pair for pair in pairwise(mine) if text[pair[0].end : pair[1].start].strip() == "to"]
        if len(pairs) != 1 or any(number.hedge for number in pairs[0]):
            continue
        one, other = pairs[0]
        yield from _size(paper, block, start, one, other)
        after = next((number for number in mine if number.start >= other.end), None)
        if after is not None and after.value.unit == "points":
            yield from _points(paper, block, one, other, after)


def _size(paper: Paper, block: Block, start: int, one: FoundNumber, other: FoundNumber) -> Iterator[Result]:
    found = _SIZE.search(block.text[max(start, one.start - 120) : one.start])
    if found is None or one.value.unit != other.value.unit or not one.value.value or other.value.value is None:
        return
    word = found["word"].lower()
    way = "down" if word.startswith(("f", "dr", "de", "re")) else "up"
    factor = _FACTORS.get(word) or _FACTORS[way]
    ratio = other.value.value / one.value.value
    agrees = abs(ratio - factor) <= factor * _ROOM * (3 if found["hedge"] else 1)
    shown = f"{round(ratio, 2).normalize():f} times as much"
    yield _result(paper, block, (one, other), f"{one.bare} to {other.bare} is {shown}", shown, agrees=agrees)


def _points(paper: Paper, block: Block, one: FoundNumber, other: FoundNumber, by: FoundNumber) -> Iterator[Result]:
    if not _POINTS_LINK.fullmatch(block.text[other.end : by.start]) or one.value.unit != "percent":
        return
    bounds = [one.value.low, one.value.high, other.value.low, other.value.high, by.value.low, by.value.high]
    if any(bound is None for bound in bounds) or one.value.value is None or other.value.value is None:
        return
    a, b, c, d, low, high = (bound or Decimal(0) for bound in bounds)
    place = (high - low) / 2  # the figures may have been cut off, each to its last place
    least, most = sorted((abs(c - b), abs(d - a)))
    agrees = least - place <= high and low - place <= most
    shown = f"{abs(other.value.value - one.value.value).normalize():f} points"
    yield _result(paper, block, (one, by), f"from {one.bare}% to {other.bare}% is {shown}", shown, agrees=agrees)


def _result(
    paper: Paper, block: Block, ends: tuple[FoundNumber, FoundNumber], says: str, shown: str, *, agrees: bool
) -> Result:
    begin = max(0, ends[0].start - 60)
    words = block.text[begin : ends[1].end]
    return Result(
        verdict=Verdict.CONSISTENT if agrees else Verdict.CONTRADICTION,
        check=Check.CHANGE,
        rule="change-in-sentence",
        message=f"“{words.strip()}”: {says}" + (", as told." if agrees else "."),
        printed=(paper.print_of((block, begin, ends[1].end)),),
        recomputed=shown,
    )
