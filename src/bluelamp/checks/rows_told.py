"""Does "Four virements, of £465,000 in all" stand beside a table whose rows come to that and are three?

The sum ties the sentence to the table: its total row, or what its rows come to, is the sum that is told, and the
things counted are named in the table's title or head. A row may yet stand for two: this is only doubted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Final

from bluelamp.checks.claim_spans import span_of
from bluelamp.checks.grids import Figure, Grid, Line, grids_of
from bluelamp.checks.model import Check, Paper, Result, Subject, Verdict
from bluelamp.checks.numbers import LONGEST, FoundNumber
from bluelamp.checks.told_places import told_by, total_of, words_about
from bluelamp.checks.worded_counts import find_counts, has_counts, value_of
from bluelamp.documents.blocks import Block
from bluelamp.documents.sentences import split_sentences
from bluelamp.figures.recomputing import Span

_MAY = re.compile(r"\b(?:in all|in total|altogether|totalling|worth|amounting to|coming to|together)\b", re.I)
_HEAD = re.compile(r"\W{0,3}(?:\d{1,2}(?:\.\d{1,2}){0,2}\.?\s)?(?:(?:there were|the|these)\s)?", re.I)
_NOUN = re.compile(
    r"\s(?P<noun>[a-z]{3,20}(?:\s[a-z]{3,20})?),?\s(?:(?:of|worth|amounting to|coming to)|(?:and\s)?totalling)\s"
    r"(?P<all>(?:in all|in total|altogether|together)\s)?",
    re.I,
)
_OTHER_TIME = re.compile(
    r"\b(?:last|previous|earlier|largest|main|biggest|top|over £|more than|first|further)\b", re.I
)
_FEWEST: Final = 2
_MOST: Final = 30
_LONGEST: Final = 250


def check_rows_told(subjects: Sequence[Subject]) -> Iterator[Result]:
    for subject in subjects:
        for paper in subject.papers:
            if not paper.tables:
                continue
            for block in paper.prose:
                text = block.text
                if len(text) <= LONGEST and "£" in text and _MAY.search(text) and has_counts(text, 2):
                    yield from _in_block(paper, block)


def _in_block(paper: Paper, block: Block) -> Iterator[Result]:
    numbers = find_counts(block.text)
    for start, end in split_sentences(block.text):
        mine = [n for n in numbers if start <= n.start and n.end <= end]
        if len(mine) < 2 or end - start > _LONGEST or _OTHER_TIME.search(block.text, start, end):
            continue
        count, money = mine[:2]
        noun = _NOUN.fullmatch(block.text[count.end : money.start])
        told = value_of(count)
        is_first = _HEAD.fullmatch(block.text[start : count.start])
        if noun is None or told is None or not is_first or money.value.unit != "gbp":
            continue
        tied = [(g, at) for g in grids_of(paper) if (at := _rows(g, told_by(noun["noun"]), money)) is not None]
        if len(tied) == 1:
            yield from _judge(paper, block, (start, end), told, tied[0])


def _rows(grid: Grid, noun: frozenset[str], money: FoundNumber) -> list[Line] | None:
    """The rows that are counted, of a table that comes to the money and is named for the things."""
    total = total_of(grid)
    if total is None or not noun or not noun <= words_about(grid):
        return None
    span = span_of(money)
    columns = [c for c in grid.columns if grid.is_additive(c) and _meets(total.figures.get(c), span)]
    if len(columns) != 1 or any(line.is_part or line.leaves_out for line in grid.lines):
        return None
    rows = [line for line in grid.lines if line is not total and line.has_figures]
    if any(line.figures.get(columns[0]) is None or line.figures[columns[0]].value is None for line in rows):
        return None
    return rows if _FEWEST <= len(rows) <= _MOST else None


def _meets(figure: Figure | None, span: Span) -> bool:
    """Is it the sum, in pounds or in the thousands or millions that its head may say it is in?"""
    if figure is None or figure.value is None or figure.value <= 0:
        return False
    return any(
        span.low <= figure.value * scale <= span.high for scale in (Decimal(1), Decimal(1000), Decimal(10) ** 6)
    )


def _judge(
    paper: Paper, block: Block, place: tuple[int, int], told: Decimal, tied: tuple[Grid, list[Line]]
) -> Iterator[Result]:
    rows = tied[1]
    agrees = told == len(rows)
    words = block.text[place[0] : place[1]].strip()[:200]
    yield Result(
        verdict=Verdict.CONSISTENT if agrees else Verdict.SUSPECT,
        check=Check.CLAIM,
        rule="rows-counted",
        message=f"“{words}”: the table that comes to that has {len(rows)} rows"
        + ("." if agrees else f", not {told:,f}."),
        printed=(paper.print_of((block, *place)), *(paper.print_of(line.row) for line in rows[-1:])),
        recomputed=str(len(rows)),
    )
