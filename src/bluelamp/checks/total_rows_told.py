"""Does "Of the 44 people, 15 were dismissed" agree with the table whose total row prints the 44?

The whole that a sentence names ties it to a table: one total row of the paper prints it, and one other head or row
of that table is named by all that is said of the part. Or the part and its name tie it, and the whole is another
than the total of the column that bears its name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import Final

from bluelamp.checks.grids import Grid, Line, grids_of
from bluelamp.checks.model import Check, Paper, Result, Subject, Verdict
from bluelamp.checks.numbers import LONGEST, FoundNumber
from bluelamp.checks.told_places import columns_named, is_count, lines_named, told_by, total_of, words_about
from bluelamp.checks.worded_counts import find_counts, has_counts, value_of
from bluelamp.documents.blocks import Block
from bluelamp.documents.sentences import split_sentences

_MAY = re.compile(r"\b[Oo]f (?:the|these|those|all|which|whom|\d)\b")
_OF = re.compile(
    r"(?:^\W{0,3}(?:\d{1,2}(?:\.\d{1,2}){0,2}\.?\s)?|\bthat |[;:] )of (?:the |these |those |all )?$", re.I
)
_THINGS = re.compile(r"(?P<noun>(?:\s[^\s.;:(),]{1,20}){1,12}),\s$")
_OF_WHICH = re.compile(r"(?P<noun>(?:\s[^\s.;:(),]{1,20}){1,8}),?\sof (?:which|whom)\s$", re.I)
_CLAUSE = re.compile(r"[^.;:,()]{1,80}")
_AND = re.compile(r"\s(?:and|but|while)\s")
_SHARE = re.compile(r"\s?\(\s?\d{1,3}(?:\.\d{1,2})?\s?(?:%|per cent)\s?\)")
_ANOTHER = re.compile(
    r"\b(?:last|previous|earlier|next|target|expected|forecast|will|would be|should|planned|since|nationally|by"
    r"|not|within|after|before|until|still|partly|partially)\b",
    re.I,
)
_ELSEWHEN = re.compile(
    r"\b(?:last|previous|earlier|(?:year|quarter|month)s? before|next|nationally|elsewhere)\b", re.I
)
_PART_OF_TIME = re.compile(
    r"\b(?:quarter|months?|period|weeks?|since|so far|to date|this year|these|those)\b", re.I
)
_GRADES: Final = frozenset({"high", "medium", "low"})
_ASKED: Final = frozenset(told_by("recommendations findings actions observations points issues"))
_SURE: Final = 20  # a whole from which on no other table is likely to print it
_NEAR: Final = 4
_LONGEST: Final = 500


@dataclass(frozen=True)
class Told:
    whole: FoundNumber
    part: FoundNumber
    noun: frozenset[str]
    state: frozenset[str]


def check_total_rows(subjects: Sequence[Subject]) -> Iterator[Result]:
    for subject in subjects:
        for paper in subject.papers:
            if not paper.tables:
                continue
            for block in paper.prose:
                text = block.text
                if may_tell(text):
                    yield from _in_block(paper, block)


def may_tell(text: str) -> bool:
    return len(text) <= LONGEST and bool(_MAY.search(text)) and has_counts(text, 2)


def _in_block(paper: Paper, block: Block) -> Iterator[Result]:
    numbers = find_counts(block.text, with_one=True)
    for start, end in split_sentences(block.text):
        mine = [n for n in numbers if start <= n.start and n.end <= end and n.value.unit != "percent"]
        for told in read_told(block.text, start, end, mine):
            result = _part_of_total(paper, block, (start, end), told) or _total_of_part(
                paper, block, (start, end), told
            )
            if result is not None:
                yield result


def read_told(text: str, start: int, end: int, numbers: Sequence[FoundNumber]) -> Iterator[Told]:
    if len(numbers) < 2 or end - start > _LONGEST or _ELSEWHEN.search(text, start, end):
        return
    for whole, part in pairwise(numbers):
        if value_of(whole) is None or value_of(part) is None:
            continue
        link = _SHARE.sub("", text[whole.end : part.start])
        found = _OF_WHICH.fullmatch(link)
        if found is None and _OF.search(text[max(start, whole.start - 40) : whole.start]):
            found = _THINGS.fullmatch(link)
        clause = _CLAUSE.match(_SHARE.sub("", text[part.end : min(end, part.end + 120)]))
        if found is None or clause is None or _ANOTHER.search(found["noun"]):
            continue
        noun = told_by(found["noun"])
        for said in dict.fromkeys((clause[0], _AND.split(clause[0])[0])):
            if (state := told_by(said) - noun) and not _ANOTHER.search(said.replace("would have", "")):
                yield Told(whole, part, noun, state)


# -- the whole ties it ------------------------------------------------------------------------------------------


def _part_of_total(paper: Paper, block: Block, place: tuple[int, int], told: Told) -> Result | None:
    whole, part = value_of(told.whole), value_of(told.part)
    found = [
        (grid, total, line, column)
        for grid in grids_of(paper)
        if (total := total_of(grid)) is not None
        for line, column in cells_of(grid, total, told, whole)
    ]
    if not found or part is None or any(line.figures[column].value == part for _, _, line, column in found):
        return None
    grid, total, line, column = found[0]
    if len(found) > 1 or part in _beside(grid, line, column):
        return None
    named = bool(told.noun & words_about(grid))
    if not named and (whole or 0) < _SURE:
        return None
    name = grid.name_of(column) if line is total else line.label
    return Result(
        verdict=Verdict.CONTRADICTION,
        check=Check.CLAIM,
        rule="part-of-total-row",
        message=f"“{_words(block, place)}”: the table whose total is {told.whole.value.printed} prints"
        f" {line.figures[column].text} for “{name}”, not {part:,f}.",
        printed=(paper.print_of((block, *place)), paper.print_of(line.row)),
        recomputed=line.figures[column].text,
    )


def cells_of(grid: Grid, total: Line, told: Told, whole: Decimal | None) -> Iterator[tuple[Line, int]]:
    """Where the part must stand, if the sentence is about this table."""
    wholes = [c for c in grid.columns if is_count(grid, c) and (f := total.figures.get(c)) and f.value == whole]
    for at in wholes:
        others = [told_by(grid.name_of(c)) for c in grid.columns if c != at]
        others += [told_by(line.label) for line in grid.lines if line is not total]
        if any(each and each <= told.noun for each in others):
            continue
        for line in lines_named(grid, told.state):
            if line is not total and (figure := line.figures.get(at)) and figure.value is not None:
                yield line, at
        for column in columns_named(grid, told.state):
            below = total.figures.get(column)
            if column != at and is_count(grid, column) and below and below.value is not None:
                yield total, column


def _beside(grid: Grid, line: Line, column: int) -> set[Decimal]:
    """What else is printed in that row and in that column."""
    found = [figure.value for figure in line.figures.values()]
    found += [each.figures[column].value for each in grid.lines if column in each.figures]
    return {value for value in found if value is not None}


# -- the part ties it -------------------------------------------------------------------------------------------


def _total_of_part(paper: Paper, block: Block, place: tuple[int, int], told: Told) -> Result | None:
    whole, part = value_of(told.whole), value_of(told.part)
    found = [
        (total, summed, printed)
        for grid in grids_of(paper)
        if (total := total_of(grid)) is not None
        for summed, printed in _wholes(grid, total, told, part)
    ]
    if len(found) != 1 or whole is None or part is None or _PART_OF_TIME.search(block.text, *place):
        return None
    total, summed, printed = found[0]
    if whole == summed or whole in printed or abs(whole - summed) * _NEAR > summed:
        return None
    return Result(
        verdict=Verdict.SUSPECT,
        check=Check.CLAIM,
        rule="whole-of-total-row",
        message=f"“{_words(block, place)}”: the table that prints the {part:,f} gives {summed:,f} in all,"
        f" not {whole:,f}.",
        printed=(paper.print_of((block, *place)), paper.print_of(total.row)),
        recomputed=f"{summed:,f}",
    )


def _wholes(grid: Grid, total: Line, told: Told, part: Decimal | None) -> Iterator[tuple[Decimal, set[Decimal]]]:
    """What all come to in a table that prints the part under its name, and what else is printed beside that."""
    for line in lines_named(grid, told.state):
        for column, figure in line.figures.items():
            name, whole = told_by(grid.name_of(column)), total.figures.get(column)
            if line is total or not name or not name <= told.noun or not is_count(grid, column):
                continue
            if figure.value == part and whole is not None and whole.value is not None:
                yield whole.value, _beside(grid, total, column)
    graded = [c for c in grid.columns if grid.name_of(c).strip().lower() in _GRADES and is_count(grid, c)]
    if len(graded) > 1 and told.noun & _ASKED and len(graded) == len({grid.name_of(c) for c in graded}):
        values = [each.value for c in graded if (each := total.figures.get(c)) and each.value is not None]
        at = [c for c in columns_named(grid, told.state) if c in graded]
        if len(values) == len(graded) and len(at) == 1 and total.figures[at[0]].value == part:
            yield (
                sum(values, Decimal(0)),
                {*values, *(_sum_of(line, graded) for line in grid.lines if line is not total)},
            )


def _sum_of(line: Line, columns: Sequence[int]) -> Decimal:
    figures = (line.figures.get(column) for column in columns)
    return sum((figure.value for figure in figures if figure and figure.value is not None), Decimal(0))


def _words(block: Block, place: tuple[int, int]) -> str:
    return block.text[place[0] : place[1]].strip()[:200]
