"""Is a percentage in brackets after a count what the whole that the paragraph names gives: "of the 60, 54 (80%)"?

The count stands right before the bracket; its whole is any greater count of the same paragraph. Only where none of
them gives the share, and the sentence opens with "of the 60", is something wrong.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise
from typing import Final

from bluelamp.checks.grids import Figure, overlap
from bluelamp.checks.model import Check, Paper, Result, Subject, Verdict
from bluelamp.checks.numbers import LONGEST, FoundNumber, find_numbers
from bluelamp.documents.blocks import Block
from bluelamp.documents.sentences import split_sentences

_OF = re.compile(
    r"\b(?:of|out of|among|amongst|from)\s(?:the|these|those|our|its|all|all the|a total of)?\s?$", re.I
)
_OPENS = re.compile(
    r"^\W{0,3}(?:\d{1,2}(?:\.\d{1,2}){0,2}\.?\s)?(?:and |but )?(?:out )?of "
    r"(?:the |these |those |all |our |its )?$",
    re.I,
)
_BEFORE_SHARE = re.compile(r"(?P<between>(?:\s(?!of\b|out\b)[A-Za-z’'-]{1,20}){0,2})\s?\(\s?")
_SHARE_CLOSED = re.compile(r"(?:%|per cent)\s?\)")
_AFTER_SHARE = re.compile(r"\s?\)")
_OTHER_WHOLE = re.compile(
    r"\b(?:of whom|of which|of these|of those|of them|more|fewer|less|up|down|rise|fall|increase|decrease|than"
    r"|each|respectively|response rate|last year|previous)\b",
    re.I,
)
_COUNTS: Final = ("", "number")
_FEWEST: Final = 2  # shares of a list that show what it is of


def check_fraction_sentences(subjects: Sequence[Subject]) -> Iterator[Result]:
    """Counts with their shares in brackets, in every paragraph that names what they are of."""
    for subject in subjects:
        for paper in subject.papers:
            for block in paper.prose:
                if len(block.text) > LONGEST:
                    continue
                if ("%" in block.text or "per cent" in block.text) and _SHARE_CLOSED.search(block.text):
                    yield from _in_block(paper, block)


def _in_block(paper: Paper, block: Block) -> Iterator[Result]:
    text = block.text[:LONGEST]
    numbers = find_numbers(text)
    counts = [n for n in numbers if n.value.unit in _COUNTS and n.value.value is not None and n.value.value > 0]
    for start, end in split_sentences(text):
        mine = [n for n in numbers if start <= n.start and n.end <= end]
        whole = next((n for n in mine if n in counts), None)
        if whole is None:
            continue
        pairs = [
            pair for pair in pairwise(mine) if _is_pair(text, pair) and pair[0] in counts and pair[0] is not whole
        ]
        if whole.hedge or not _OPENS.match(text[start : whole.start]):
            before = [n for n in mine if n in counts and not n.hedge and pairs and n.end <= pairs[0][0].start]
            yield from _in_list(paper, block, (start, end), before, pairs, counts)
            continue
        for count, share in pairs:
            result = _judge(paper, block, (start, end), whole, count, share, counts, start)
            if result is not None:
                yield result


def _is_pair(text: str, pair: tuple[FoundNumber, FoundNumber]) -> bool:
    """A count with its share in brackets right behind it."""
    count, share = pair
    found = _BEFORE_SHARE.fullmatch(text[count.end : share.start])
    if found is None or share.value.unit != "percent" or not _AFTER_SHARE.match(text[share.end :]):
        return False
    return not _OF.search(text[max(0, count.start - 24) : count.start])


def _in_list(
    paper: Paper,
    block: Block,
    sentence: tuple[int, int],
    wholes: Sequence[FoundNumber],
    pairs: Sequence[tuple[FoundNumber, FoundNumber]],
    counts: Sequence[FoundNumber],
) -> Iterator[Result]:
    """Shares of a list whose others are of a count before it: "1,240: 744 (60%), 310 (25%) and 186 (14%)"."""
    held = [(pair, bounds) for pair in pairs if (bounds := Figure(pair[1].value, pair[1].value.printed).bounds)]
    for whole in wholes:
        right = [pair for pair, bounds in held if gives(pair[0], whole, bounds)]
        if len(right) >= _FEWEST and len(pairs) - len(right) <= 1:
            break
    else:
        return
    since = pairs[0][0].start  # "1,240, of which 744 (60%)" is of the one that is meant
    for count, share in pairs:
        result = _judge(paper, block, sentence, whole, count, share, counts, since)
        if result is not None:
            is_wrong = result.verdict is Verdict.CONTRADICTION
            yield replace(result, verdict=Verdict.SUSPECT) if is_wrong else result


_ROUNDED_FROM: Final = 1_000  # whole counts below are seldom rounded in print


def _judge(
    paper: Paper,
    block: Block,
    sentence: tuple[int, int],
    whole: FoundNumber,
    count: FoundNumber,
    share: FoundNumber,
    counts: Sequence[FoundNumber],
    since: int,
) -> Result | None:
    """`since` is where words may begin that name another whole for the count."""
    bounds = Figure(share.value, share.value.printed).bounds
    top, bottom = count.value.value, whole.value.value
    if bounds is None or top is None or bottom is None or top > bottom:
        return None
    agrees = gives(count, whole, bounds)
    others = [n for n in counts if n is not count and n is not whole]
    if not agrees and any(gives(count, other, bounds) for other in others):
        return None
    says = block.text[sentence[0] : sentence[1]].strip()
    if not agrees and _OTHER_WHOLE.search(block.text, since, sentence[1]):
        return None
    shown = f"{round(top * 100 / bottom, 2).normalize():f}%"
    is_bare = not block.text[count.end : share.start].strip(" (")
    wrong = Verdict.CONTRADICTION if is_bare and not count.hedge and not share.hedge else Verdict.SUSPECT
    verdict, end = (Verdict.CONSISTENT, ", as printed.") if agrees else (wrong, f", not {share.bare}%.")
    if agrees and not may_print((top * 100 / bottom,) * 2, bounds):
        end = f", and {share.bare}% only if these figures are rounded."
        is_hedged = bool(count.hedge or whole.hedge or share.hedge)
        verdict = verdict if is_hedged or bottom >= _ROUNDED_FROM else Verdict.SUSPECT
    return Result(
        verdict=verdict,
        check=Check.RATIO,
        rule="fraction-of-whole",
        message=f"“{says[:200]}”: {count.bare} of {whole.bare} is {shown}{end}",
        printed=(paper.print_of((block, count.start, share.end)), paper.print_of((block, sentence[0], whole.end))),
        recomputed=shown,
        tolerance=f"the print allows {bounds[0].normalize():f}% to {bounds[1].normalize():f}%",
    )


def gives(count: FoundNumber, whole: FoundNumber, bounds: tuple[Decimal, Decimal]) -> bool:
    """May so many of the whole be the share, as far as either is known?"""
    top, bottom = count.value, whole.value
    if top.value is None or not bottom.value:
        return False
    low = (top.low if top.low is not None else top.value) * 100 / (bottom.high or bottom.value)
    high = (top.high if top.high is not None else top.value) * 100 / (bottom.low or bottom.value)
    return may_print((low, high), bounds)


def may_print(true: tuple[Decimal, Decimal], bounds: tuple[Decimal, Decimal]) -> bool:
    """May it be printed so? What is cut off never reaches the next figure: 15 is not cut off to 14."""
    return overlap(true, bounds) and (true[0] < bounds[1] or bounds[0] == bounds[1])
