"""Does "Two risks rose, two fell" agree with the table that prints each score beside the one before?

One table of the paper has such a pair of columns and speaks of what the sentence counts. Rows with no figure
before are neither risen nor fallen; that a writer might count them as risen is left as a doubt.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from bluelamp.checks.grids import Grid, grids_of
from bluelamp.checks.model import Check, Paper, Result, Subject, Verdict
from bluelamp.checks.numbers import LONGEST, says_any
from bluelamp.checks.told_places import is_of_all, told_by, words_about
from bluelamp.checks.worded_counts import find_counts, has_counts, value_of
from bluelamp.documents.blocks import Block
from bluelamp.documents.sentences import split_sentences

_MAY = re.compile(
    r"\b(?:rose|risen|increased|went up|fell|fallen|decreased|went down)\b.{1,60}"
    r"\b(?:rose|risen|increased|went up|fell|fallen|decreased|went down)\b",
    re.I,
)
_HINTS: Final = ("rose", "risen", "increased", "went up", "fell", "fallen", "decreased", "went down")
_UP: Final = r"(?P<up>rose|(?:has|have) risen|(?:has |have )?increased|went up)"
_DOWN: Final = r"(?P<down>fell|(?:has|have) fallen|(?:has |have )?decreased|went down)"
_CLAUSE = re.compile(rf"\s(?P<noun>(?:[a-z]{{3,14}}\s){{0,3}}?)(?:{_UP}|{_DOWN})(?:,?\s(?:and\s)?|[.;]?$)", re.I)
_REST = re.compile(r"(?:(?:and )?the (?:rest|others?)\b[^.;:,]{0,40})?[.;]?", re.I)
_BEFORE = re.compile(r"\b(?:previous|last|prior)\b(?: (?:quarter|month|meeting|report|period))?", re.I)
_FEWEST: Final = 3


@dataclass(frozen=True)
class _Moved:
    grid: Grid
    now: str
    up: int
    down: int
    new: int  # without a figure before


def check_scores_moved(subjects: Sequence[Subject]) -> Iterator[Result]:
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
    for start, end in split_sentences(block.text):
        told = _read(block.text[start:end]) if end - start < 200 else None
        if told is None:
            continue
        noun, up, down = told
        found = [moved for grid in grids_of(paper) for moved in _pairs(grid)]
        if len(found) != 1 or not noun or not noun <= words_about(found[0].grid):
            continue
        yield from _judge(paper, block, (start, end), found[0], (up, down))


def _read(sentence: str) -> tuple[frozenset[str], int, int] | None:
    """What is counted, and how many rose and fell, where that is all that the sentence says."""
    numbers = find_counts(sentence, with_one=True)
    if len(numbers) != 2 or any(value_of(number) is None for number in numbers):
        return None
    first, last = numbers
    clauses = _CLAUSE.fullmatch(sentence[first.end : last.start]), _CLAUSE.match(sentence[last.end :])
    if clauses[0] is None or clauses[1] is None or re.search(r"[a-z]", sentence[: first.start]):
        return None
    if not _REST.fullmatch(sentence[last.end + clauses[1].end() :].strip()):
        return None
    if bool(clauses[0]["up"]) is not bool(clauses[1]["down"]):
        return None
    counts = [int(value_of(number) or 0) for number in numbers]
    up, down = counts if clauses[0]["up"] else counts[::-1]
    return told_by(clauses[0]["noun"]), up, down


def _pairs(grid: Grid) -> Iterator[_Moved]:
    """Each column that stands beside the same of an earlier day."""
    for column in grid.columns:
        name = grid.name_of(column)
        if not _BEFORE.search(name):
            continue
        now = [c for c in grid.columns if c != column and _bare(grid.name_of(c)) == _bare(_BEFORE.sub("", name))]
        if len(now) == 1:
            yield _moved(grid, now[0], column)


def _bare(name: str) -> str:
    return " ".join(name.lower().replace("current", "").split())


def _moved(grid: Grid, now: int, before: int) -> _Moved:
    up = down = new = 0
    for line in grid.lines:
        one, other = line.figures.get(now), line.figures.get(before)
        if is_of_all(line) or one is None or one.value is None:
            continue
        if other is None or other.value is None:
            new += 1
        else:
            up += one.value > other.value
            down += one.value < other.value
    return _Moved(grid, grid.name_of(now), up, down, new)


def _judge(
    paper: Paper, block: Block, place: tuple[int, int], moved: _Moved, told: tuple[int, int]
) -> Iterator[Result]:
    up, down = told
    if len(moved.grid.lines) < _FEWEST:
        return
    agrees = (up, down) == (moved.up, moved.down)
    may_count_new = moved.up <= up <= moved.up + moved.new and down == moved.down
    verdict = Verdict.SUSPECT if may_count_new else Verdict.CONTRADICTION
    words = block.text[place[0] : place[1]].strip()
    yield Result(
        verdict=Verdict.CONSISTENT if agrees else verdict,
        check=Check.CLAIM,
        rule="scores-moved",
        message=f"“{words}”: under “{moved.now}” {moved.up} rose and {moved.down}"
        " fell" + (f", and {moved.new} with no figure before." if moved.new else "."),
        printed=(paper.print_of((block, *place)), paper.print_of(moved.grid.lines[0].row)),
        recomputed=f"{moved.up} rose, {moved.down} fell",
    )
