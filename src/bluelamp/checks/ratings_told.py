"""Does "There are nine risks: three red, five amber and one green" agree with the column that rates the nine?

Only where all the rows that the one rated column of the paper holds are told: the counts add up to them. A rating
told otherwise is then a rating miscounted.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from bluelamp.checks.grids import Grid, grids_of
from bluelamp.checks.model import Check, Paper, Result, Subject, Verdict
from bluelamp.checks.numbers import LONGEST, FoundNumber, says_any
from bluelamp.checks.told_places import is_of_all, told_by, words_about
from bluelamp.checks.worded_counts import find_counts, has_counts, value_of
from bluelamp.documents.blocks import Block
from bluelamp.documents.sentences import split_sentences

_SCALES: Final = (
    frozenset({"red", "amber", "green"}),
    frozenset({"substantial", "reasonable", "limited"}),
    frozenset({"outstanding", "good", "adequate", "inadequate"}),
    frozenset({"high", "medium", "low"}),
)
_MAY = re.compile(
    r"\b(?:amber|reasonable|adequate|medium|(?:red|limited|good|high)\b.{1,60}\b(?:green|low))\b", re.I
)
_HINTS: Final = ("amber", "reasonable", "adequate", "medium", "green", " low")
_WORD = re.compile(r"[A-Za-z]{3,12}")
_NIL: Final = frozenset({"", "-", "–", "—", "n/a"})
_OTHERWISE = re.compile(
    r"\b(?:including|includes?|both|also|again|each|compared|previous(?:ly)?|last|before|earlier|than|ago|target"
    r"|inherent|expected|forecast|will|would|should|could|at least|some|more|further|several|rose|fell|moved|from"
    r"|quarter|changed|became|remain(?:s|ed)?|of (?:these|those|them|which|whom)|not|under|over|since|until|by)\b",
    re.I,
)
_ANOTHER_DAY = re.compile(
    r"\b(?:previous|last|prior|target|inherent|initial|original|before|expected|Q\d)\b", re.I
)
_FEWEST: Final = 3
_LONGEST: Final = 300


@dataclass(frozen=True)
class _Rated:
    grid: Grid
    name: str
    ratings: Counter[str]


def check_ratings_told(subjects: Sequence[Subject]) -> Iterator[Result]:
    for subject in subjects:
        for paper in subject.papers:
            if not paper.tables:
                continue
            for block in paper.prose:
                text = block.text
                is_near = len(text) <= LONGEST and says_any(text, _HINTS) and bool(_MAY.search(text))
                if is_near and has_counts(text, 2):
                    yield from _in_block(paper, block)


def _in_block(paper: Paper, block: Block) -> Iterator[Result]:
    numbers = find_counts(block.text, with_one=True)
    for start, end in split_sentences(block.text):
        mine = [n for n in numbers if start <= n.start and n.end <= end]
        if len(mine) >= 2 and end - start <= _LONGEST and not _OTHERWISE.search(block.text, start, end):
            for scale in _SCALES:
                told = _read(block.text, start, end, mine, scale)
                if told is not None:
                    yield from _judge(paper, block, (start, end), scale, told)


def _read(
    text: str, start: int, end: int, numbers: Sequence[FoundNumber], scale: frozenset[str]
) -> tuple[frozenset[str], dict[str, int]] | None:
    """What is counted, and how many of each rating there are; the first number may be of all."""
    counts: dict[str, int] = {}
    whole = None
    ends = [*(number.start for number in numbers[1:]), end]
    for at, (number, until) in enumerate(zip(numbers, ends, strict=True)):
        value = value_of(number)
        said = [word for word in _WORD.findall(text[number.end : until].lower()) if word in scale]
        if value is None or len(said) > 1 or (not said and at):
            return None
        if said and said[0] in counts:
            return None
        if said:
            counts[said[0]] = int(value)
        else:
            whole = value
    if len(counts) < 2 or (len(counts) < len(numbers) and whole != sum(counts.values())):
        return None  # parts that do not add up are told by others
    if len(counts) == len(numbers) and len(counts) < len(scale):
        return None
    return told_by(text[start : ends[0]]), counts


def _judge(
    paper: Paper,
    block: Block,
    place: tuple[int, int],
    scale: frozenset[str],
    told: tuple[frozenset[str], dict[str, int]],
) -> Iterator[Result]:
    noun, counts = told
    rated = [each for grid in grids_of(paper) for each in _columns(grid, scale)]
    fitting = [each for each in rated if each.ratings.total() == sum(counts.values())]
    agrees = any(_same(counts, each.ratings) for each in rated)
    if agrees or len(fitting) != 1 or not (noun - scale) & words_about(fitting[0].grid):
        return
    found = fitting[0]
    words = block.text[place[0] : place[1]].strip()[:200]
    shown = ", ".join(f"{count} {rating}" for rating, count in sorted(found.ratings.items()))
    yield Result(
        verdict=Verdict.CONTRADICTION if len(rated) == 1 else Verdict.SUSPECT,
        check=Check.CLAIM,
        rule="ratings-counted",
        message=f"“{words}”: the column “{found.name}” of {found.ratings.total()} rows holds {shown}.",
        printed=(paper.print_of((block, *place)), *(paper.print_of(line.row) for line in found.grid.lines[:1])),
        recomputed=shown,
    )


def _same(counts: dict[str, int], ratings: Counter[str]) -> bool:
    return all(ratings[rating] == count for rating, count in counts.items()) and all(
        rating in counts for rating in ratings
    )


def _columns(grid: Grid, scale: frozenset[str]) -> Iterator[_Rated]:
    """Every column that rates the rows in words of this scale, and holds nothing else."""
    lines = [line for line in grid.lines if not is_of_all(line)]
    for column, name in enumerate(grid.table.names):
        said = [grid.table.text(line.row, column).lower().strip(" *") for line in lines]
        rated = Counter(word for word in said if word not in _NIL)
        if rated.total() >= _FEWEST and set(rated) <= scale and not _ANOTHER_DAY.search(name):
            yield _Rated(grid, name or "Rating", rated)
