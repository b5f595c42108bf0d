"""Do the figures of a list add up to the total of the sentence above it: "Outcomes of the 640 complaints were:"?

Only lists of labels with one figure each ("withdrawn: 27", "27 withdrawn"), and only where the sentence says that
the list is all there is. A list that may leave something out, or in which one thing may be counted twice, is left
alone; a sum that misses by much counts something else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from bluelamp.checks.cross_counts import list_below
from bluelamp.checks.grids import overlap
from bluelamp.checks.model import Check, Paper, Result, Subject, Verdict
from bluelamp.checks.numbers import FoundNumber, find_numbers
from bluelamp.documents.blocks import ASIDES, Block, BlockKind

_WHOLLY = re.compile(
    r"\b(?:as follows|made up of|comprising|comprised of|comprises|consist(?:s|ed|ing) of|broken down"
    r"|breaks? down|breakdown|split|divided|namely|were|are|was|is)\b[^.;]{0,40}:\s*-?$",
    re.I,
)
_SOME = re.compile(
    r"\b(?:includ\w{1,4}|main|key|top|most|some|such as|for example|highlights?|facts|examples?|largest|principal"
    r"|over the|more than one|at least one|several|notabl[ey]|previous|compared|target|average|each|per)\b",
    re.I,
)
_SHARE = re.compile(r"\s?\(?\s?\d{1,3}(?:\.\d{1,2})?\s?(?:%|per cent)\s?\)?")
_VERB = re.compile(
    r"\b(?:led|resulted|involved|happened|took|had|has|have|of which|of whom|of these|including|up|down|rose|fell"
    r"|from|compared|more|fewer|less|than)\b",
    re.I,
)
_FEWEST: Final = 3
_NEAR: Final = 8  # a sum that misses by less than one part in so many is of the same things
_LONGEST: Final = 90
_UNITS: Final = ("", "number", "gbp", "fte", "hours", "days")


@dataclass(frozen=True)
class _Part:
    block: Block
    number: FoundNumber
    is_negative: bool


def check_lists(subjects: Sequence[Subject]) -> Iterator[Result]:
    for subject in subjects:
        for paper in subject.papers:
            blocks = [block for block in paper.blocks if block.kind not in ASIDES]
            for index, block in enumerate(blocks):
                if block.kind in (BlockKind.TABLE, BlockKind.CONTENTS) or not _leads(block.text):
                    continue
                yield from _check(paper, block, list_below(blocks, index))


def _leads(text: str) -> bool:
    """Does the text end by saying that what follows is all there is?"""
    return text.rstrip("- \n\t").endswith(":") and bool(_WHOLLY.search(text[-240:]))


def _check(paper: Paper, block: Block, items: Sequence[Block]) -> Iterator[Result]:
    start = block.text.rfind(". ") + 1
    sentence = block.text[start:]
    whole = _whole(sentence)
    if whole is None or len(items) < _FEWEST or _SOME.search(sentence):
        return
    parts = [part for item in items if (part := _part(item))]
    if len(parts) < len(items) or {part.number.value.unit for part in parts} != {whole.value.unit}:
        return
    bounds = _sum(parts)
    low, high, printed = whole.value.low, whole.value.high, whole.value.value
    if bounds is None or low is None or high is None or not printed:
        return
    total = sum(
        ((-1 if part.is_negative else 1) * (part.number.value.value or Decimal(0)) for part in parts), Decimal(0)
    )
    agrees = overlap(bounds, (low, high))
    if not agrees and abs(total - printed) * _NEAR > printed:
        return
    shown = f"{total.normalize():,f}"
    yield Result(
        verdict=Verdict.CONSISTENT if agrees else Verdict.SUSPECT,
        check=Check.CAST,
        rule="parts-in-list",
        message=f"“{sentence.strip()[-160:]}”: the {len(parts)} parts listed below sum to {shown}"
        + (", as said." if agrees else f", not {whole.value.printed}."),
        printed=(
            paper.print_of((block, start + whole.start, start + whole.end)),
            *(paper.print_of(part.block) for part in parts),
        ),
        recomputed=shown,
    )


def _whole(sentence: str) -> FoundNumber | None:
    """The one count or sum of the sentence, but for shares beside it."""
    numbers = [number for number in find_numbers(sentence) if number.value.unit in _UNITS]
    return numbers[0] if len(numbers) == 1 and not numbers[0].hedge else None


def _part(item: Block) -> _Part | None:
    """A label with its figure at one end; a bracket around the figure is a minus where money is meant."""
    text = _SHARE.sub("", item.text).strip(" ;,.")
    text = re.sub(r"[;,]?\s(?:and|plus)$", "", text)
    numbers = find_numbers(text)
    if len(text) > _LONGEST or len(numbers) != 1 or _VERB.search(text) or numbers[0].hedge:
        return None
    (number,) = numbers
    before, after = text[: number.start].strip(), text[number.end :].strip()
    is_closed = before.endswith("(") and after.startswith(")")
    is_end = not before or not after.strip(") ") or before.endswith((":", "–", "-", "("))
    return _Part(item, number, is_closed and number.value.unit == "gbp") if is_end else None


def _sum(parts: Sequence[_Part]) -> tuple[Decimal, Decimal] | None:
    low = high = Decimal(0)
    for part in parts:
        one, other = part.number.value.low, part.number.value.high
        if one is None or other is None:
            return None
        low, high = (low - other, high - one) if part.is_negative else (low + one, high + other)
    return low, high
