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
from bluelamp.documents.blocks import Block, BlockKind
from bluelamp.documents.sentences import split_sentences

_OF = re.compile(r"\bof (?:the |these |those |its |our |all |a total of )?(?:total )?$", re.I)
_ALL = re.compile(
    r"\b(?:remaining|remainder|the rest|the others?|leaving|made up of|comprising|comprised of|consisting of"
    r"|consists? of|split (?:into|between)|divided into)\b",
    re.I,
)
_LISTED = re.compile(r"^[^.;()]{0,40}:\s")
_SUBSET = re.compile(
    r"\b(?:of which|of whom|of these|of those|of them|including|includes?|among (?:them|these)|both|also|again"
    r"|respectively|each|compared|previous|last year|than|target|at least one|some|more than one|further|per"
    r"|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|none|no|several|half|most|others? were"
    r"|whereas|while|but|although|average|rose|fell|increased?|decreased?|from|by|after|within|every|times|up"
    r"|down)\b",
    re.I,
)
_JOINED = re.compile(r"[,;]|\band\b|\bleaving\b|:")
_FEWEST: Final = 2
_NEAR: Final = 10
_LONGEST: Final = 500


def check_sentences(subjects: Sequence[Subject]) -> Iterator[Result]:
    """Wholes and parts named in one sentence, in every paper."""
    for subject in subjects:
        for paper in subject.papers:
            for block in paper.blocks:
                if block.kind is not BlockKind.TABLE:
                    yield from _in_block(paper, block)


def _in_block(paper: Paper, block: Block) -> Iterator[Result]:
    text = block.text[:LONGEST]
    numbers = [n for n in find_numbers(text) if not _is_share(n)]
    if len(numbers) <= _FEWEST:
        return
    for start, end in split_sentences(text):
        mine = [number for number in numbers if start <= number.start and number.end <= end]
        if _FEWEST < len(mine) <= 12 and end - start <= _LONGEST:
            found = _judge(paper, block, start, end, mine)
            if found is not None:
                yield found


def _is_share(number: FoundNumber) -> bool:
    return number.value.unit in ("percent", "points")


def _judge(paper: Paper, block: Block, start: int, end: int, numbers: Sequence[FoundNumber]) -> Result | None:
    text = block.text
    whole, parts = numbers[0], numbers[1:]
    rest = text[whole.end : end]
    says_all = _ALL.search(rest)
    is_list = bool(_OF.search(text[max(0, whole.start - 24) : whole.start])) or bool(_LISTED.match(rest))
    if not (says_all or _LISTED.match(rest)) or not (is_list or says_all) or _SUBSET.search(_ALL.sub("", rest)):
        return None
    if len({n.value.unit for n in numbers}) > 1 or not _are_apart(text, parts):
        return None
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
    wrong = Verdict.CONTRADICTION if says_all and is_list else Verdict.SUSPECT
    words = text[start:end].strip()
    return Result(
        verdict=Verdict.CONSISTENT if agrees else wrong,
        check=Check.CAST,
        rule="parts-in-sentence",
        message=f"“{words[:200]}”: the {len(parts)} parts sum to {total:,f}"
        + (", as printed." if agrees else f", not the {whole.bare} that is printed."),
        printed=(paper.print_of((block, start, end)),),
        recomputed=f"{total:,f}",
    )


def _are_apart(text: str, parts: Sequence[FoundNumber]) -> bool:
    """Does a comma, "and" or the like stand between each part and the next?"""
    return all(_JOINED.search(text[one.end : other.start]) for one, other in pairwise(parts))
