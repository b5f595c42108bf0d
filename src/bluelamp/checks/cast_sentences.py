"""Do the parts that a sentence names add up to the whole that it names?

"Of the 240 complaints, 130 were upheld, 70 were not and the remaining 40 are open." Where the sentence says that
its parts are all there are ("the remaining", "leaving", "made up of") a sum that differs cannot be true; where it
only lists them, one that misses the whole by little is doubtful.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise
from typing import Final

from bluelamp.checks.grids import overlap
from bluelamp.checks.model import Check, Paper, Result, Subject, Verdict
from bluelamp.checks.numbers import LONGEST, FoundNumber, find_numbers
from bluelamp.documents.blocks import Block
from bluelamp.documents.sentences import split_sentences

_OF = re.compile(r"\bof (?:the |these |those |its |our |all |a total of )?(?:total )?$", re.I)
_ALL = re.compile(
    r"\b(?:remaining|remainder|the rest|the others?|leaving|made up of|comprising|comprised of|consisting of"
    r"|consists? of|split (?:into|between)|divided into)\b",
    re.I,
)
_LISTED = re.compile(r"^(?:\s?\([^()]{1,20}\))?[^.;()]{0,40}:\s")
_SUBSET = re.compile(
    r"\b(?:of which|of whom|of these|of those|of them|including|includes?|among (?:them|these)|both|also|again"
    r"|respectively|each|compared|previous|last year|(?<!otherwise )than|target|at least one|some|more than one"
    r"|further|per|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|none|several|half|most"
    r"|others? were|whereas|while|but|although|average|rose|fell|increased?|decreased?|from|by|after|within"
    r"|every|times|up|down|without|with (?:an?|no))\b",
    re.I,
)
_WITHIN = re.compile(r"\b(?:in|among|amongst|within|from|across) (?:the |these |those |its |our |all )?$", re.I)
_TOTAL = re.compile(
    r"\b(?:totals?|totall?ed|totall?ing|combined|altogether|in all|sum)\b[^.;:(){}\d]{0,40}$", re.I
)
_BRACKET = re.compile(r"(?:\s[a-z’'-]{1,20}){0,4}\s?\(", re.I)
_YEARS = re.compile(r"\b(?:19|20)\d\d\b|\bQ[1-4]\b|\b(?:this|last) (?:year|quarter|month)\b", re.I)
_PLUS = re.compile(r"\b(?:and|plus)\b|\+")
_JOINED = re.compile(r"[,;]|\band\b|\bleaving\b|:")
_FEWEST: Final = 2
_NEAR: Final = 10
_LONGEST: Final = 500


def check_sentences(subjects: Sequence[Subject]) -> Iterator[Result]:
    """Wholes and parts named in one sentence, in every paper."""
    for subject in subjects:
        for paper in subject.papers:
            for block in paper.prose:
                yield from _in_block(paper, block)


def _in_block(paper: Paper, block: Block) -> Iterator[Result]:
    text = block.text[:LONGEST]
    numbers = [n for n in find_numbers(text) if not _is_share(n)]
    if len(numbers) <= _FEWEST:
        return
    for start, end in split_sentences(text):
        mine = [number for number in numbers if start <= number.start and number.end <= end]
        if (
            _FEWEST < len(mine) <= 12 and end - start <= _LONGEST and '":' not in text[start:end]
        ):  # no sentence, data
            found = _judge(paper, block, start, end, mine) or _in_bracket(paper, block, mine)
            if found is not None:
                yield found


def _is_share(number: FoundNumber) -> bool:
    return number.value.unit in ("percent", "points")


def _judge(paper: Paper, block: Block, start: int, end: int, numbers: Sequence[FoundNumber]) -> Result | None:
    text = block.text
    colon = text.find(": ", start, end)
    at = max(sum(number.end <= colon for number in numbers) - 1, 0)
    whole, parts = numbers[at], numbers[at + 1 :]
    if len(parts) < _FEWEST:
        return None
    rest = text[whole.end : end]
    says_all = _ALL.search(rest)
    is_list = bool(_OF.search(text[max(0, whole.start - 24) : whole.start])) or bool(_LISTED.match(rest))
    if not (says_all or _LISTED.match(rest)) or not (is_list or says_all) or _SUBSET.search(_ALL.sub("", rest)):
        return None
    if _WITHIN.search(text[max(0, whole.start - 24) : whole.start]) and not says_all:
        return None
    if len({n.value.unit for n in numbers}) > 1 or not _are_apart(text, parts):
        return None
    wrong = Verdict.CONTRADICTION if says_all and is_list else Verdict.SUSPECT
    return _compare(paper, (block, start, end), whole, parts, wrong)


def _in_bracket(paper: Paper, block: Block, numbers: Sequence[FoundNumber]) -> Result | None:
    """ "A total value of £64,250 (£41,000 and £23,250)": nothing but the parts stands in the bracket."""
    text = block.text
    for index, whole in enumerate(numbers[:-_FEWEST]):
        close = text.find(")", whole.end)
        parts = [number for number in numbers[index + 1 :] if number.end <= close]
        if len(parts) < _FEWEST or not _BRACKET.fullmatch(text[whole.end : parts[0].start]):
            continue
        inside = text[parts[0].start : close]
        is_total = _TOTAL.search(text[max(0, whole.start - 60) : whole.start])
        is_bare = not _SUBSET.search(inside) and not _YEARS.search(inside) and _PLUS.search(inside)
        units = {number.value.unit for number in (whole, *parts)}
        if is_total and is_bare and len(units) == 1 and _are_apart(text, parts) and not whole.hedge:
            return _compare(paper, (block, whole.start, close + 1), whole, parts, Verdict.CONTRADICTION)
    return None


def _compare(
    paper: Paper, place: tuple[Block, int, int], whole: FoundNumber, parts: Sequence[FoundNumber], wrong: Verdict
) -> Result | None:
    block, start, end = place
    text = block.text
    known = [n.value for n in parts if n.value.low is not None and n.value.high is not None]
    whole_low, whole_high, printed = whole.value.low, whole.value.high, whole.value.value
    if len(known) < len(parts) or whole_low is None or whole_high is None or not printed:
        return None
    low = sum((v.low for v in known if v.low is not None), Decimal(0))
    high = sum((v.high for v in known if v.high is not None), Decimal(0))
    total = sum((v.value for v in known if v.value is not None), Decimal(0))
    agrees = overlap((low, high), (whole_low, whole_high))
    near = abs(total - printed) * _NEAR <= printed
    if not agrees and not near:
        return None
    words = text[start:end].strip()
    return Result(
        verdict=Verdict.CONSISTENT if agrees else wrong,
        check=Check.CAST,
        rule="parts-in-sentence",
        message=f"“{words[:200]}”: the {len(parts)} parts sum to {total:,f}"
        + (", as printed." if agrees else f", not the {whole.bare} that is printed."),
        printed=(paper.print_of(place),),
        recomputed=f"{total:,f}",
    )


def _are_apart(text: str, parts: Sequence[FoundNumber]) -> bool:
    """Does a comma, "and" or the like stand between each part and the next?"""
    return all(_JOINED.search(text[one.end : other.start]) for one, other in pairwise(parts))
