"""Does "The plan holds 29 commitments, of which 11 are complete" agree with another paper's table of the 29?

Only of papers whose heads name the same one year and no part of it, so that the two count on the same day; a whole
of some size that one total row of the others prints; and things that its table is named for. It is only doubted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from bluelamp.checks.grids import Grid, Line, grids_of
from bluelamp.checks.model import Check, Paper, Result, Subject, Verdict
from bluelamp.checks.told_places import total_of, words_about
from bluelamp.checks.total_rows_told import Told, cells_of, may_tell, read_told
from bluelamp.checks.worded_counts import find_counts, value_of
from bluelamp.documents.blocks import Block, BlockKind
from bluelamp.documents.sentences import split_sentences

_YEAR = re.compile(r"\b20\d\d[/–-](?:20)?\d\d\b")
_PART = re.compile(r"\b(?:quarter\w{0,2}|Q[1-4]|mid-?year|half|months?|interim|update|progress|to date)\b", re.I)
_DATED = re.compile(r"\b(?:19|20)\d\d\b|\b(?:now|today|currently|so far|to date|already)\b", re.I)
_HEADS: Final = 6
_LONG: Final = 200
_SURE: Final = 20  # a whole from which on no other table is likely to print it

_Cell = tuple[Paper, Grid, Line, int]


def check_totals_across(subjects: Sequence[Subject]) -> Iterator[Result]:
    if len(subjects) < 2:
        return
    years = [_year_of(subject) for subject in subjects]
    for subject, year in zip(subjects, years, strict=True):
        others = [
            paper
            for other, its in zip(subjects, years, strict=True)
            if other is not subject and year and its == year
            for paper in other.papers
            if paper.tables
        ]
        for paper in subject.papers if others else ():
            for block in paper.prose:
                if may_tell(block.text):
                    yield from _in_block(paper, others, block)


def _year_of(subject: Subject) -> str:
    """The one year that the document's head names; "" where it names none, several or a part of one."""
    first = subject.document.blocks[:_HEADS]
    heads = [subject.document.title, *(block.text[:_LONG] for block in first if block.kind is BlockKind.HEADING)]
    said = " . ".join(filter(None, heads))
    years = {found[0][:4] for found in _YEAR.finditer(said)}
    return years.pop() if len(years) == 1 and not _PART.search(said) else ""


def _in_block(paper: Paper, others: Sequence[Paper], block: Block) -> Iterator[Result]:
    numbers = find_counts(block.text, with_one=True)
    for start, end in split_sentences(block.text):
        if _DATED.search(block.text, start, end):
            continue
        mine = [n for n in numbers if start <= n.start and n.end <= end and n.value.unit != "percent"]
        for told in read_told(block.text, start, end, mine):
            if not any(_cells(told, [paper])):
                yield from _judge(paper, block, (start, end), told, list(_cells(told, others)))


def _cells(told: Told, papers: Sequence[Paper]) -> Iterator[_Cell]:
    whole = value_of(told.whole)
    for paper in papers if whole is not None and whole >= _SURE else ():
        for grid in grids_of(paper):
            total = total_of(grid)
            if total is not None and told.noun & words_about(grid):
                yield from ((paper, grid, line, column) for line, column in cells_of(grid, total, told, whole))


def _judge(
    paper: Paper, block: Block, place: tuple[int, int], told: Told, cells: Sequence[_Cell]
) -> Iterator[Result]:
    part = value_of(told.part)
    if len(cells) != 1 or part is None:
        return
    other, grid, line, column = cells[0]
    printed = {figure.value for each in grid.lines for figure in each.figures.values()}
    figure = line.figures[column]
    if part != figure.value and part in printed:
        return
    agrees = part == figure.value
    words = block.text[place[0] : place[1]].strip()[:200]
    yield Result(
        verdict=Verdict.CONSISTENT if agrees else Verdict.SUSPECT,
        check=Check.CROSS_DOCUMENT,
        rule="part-of-total-elsewhere",
        message=f"“{words}”: the other paper's table of {told.whole.value.printed} prints {figure.text}"
        + (", as told." if agrees else f", not {part:,f}."),
        printed=(paper.print_of((block, *place)), other.print_of(line.row)),
        recomputed=figure.text,
    )
