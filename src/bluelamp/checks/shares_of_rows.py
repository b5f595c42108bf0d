"""Is a share or an average that a sentence tells of two named figures what the table that prints both gives?

"Vacancies stood at 3.8% of establishment": both are heads of one table. "People cost 84% of what was spent": a row
of the table of what was spent. "On average each visit met 6.2 detainees": no two figures of the table give it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import permutations
from typing import Final

from bluelamp.checks.claim_spans import span_of
from bluelamp.checks.grids import Figure, Grid, Line, grids_of
from bluelamp.checks.model import Check, Paper, Result, Subject, Verdict
from bluelamp.checks.numbers import LONGEST, FoundNumber, find_numbers, says_any
from bluelamp.checks.told_places import columns_named, is_of_all, lines_named, told_by, total_of, words_about
from bluelamp.documents.blocks import Block
from bluelamp.documents.sentences import split_sentences
from bluelamp.figures.recomputing import Span

_MAY = re.compile(r"(?:%|per cent) of\b|\b(?:[Ee]ach|[Ee]very|average)\b")
_HINTS: Final = ("% of", "per cent of", "each", "every", "average")
_NUMBERED = r"\W{0,3}(?:\d{1,2}(?:\.\d{1,2}){0,2}\.?\s)?"
_STOOD = re.compile(
    rf"{_NUMBERED}(?P<what>[^.;:,()]{{3,60}}?)\s(?P<verb>stood at|stands? at|were|was|are|is|equalled"
    r"|represent(?:ed|s)?|made up|makes? up|accounted for|accounts? for|cost|took|formed)\s",
    re.I,
)
_OF = re.compile(r"\sof\s(?P<whole>[^.;:,()]{3,50})[.;]?", re.I)
_TAKES = re.compile(r"made|make|account|cost|took|formed|represent", re.I)
_IN_ALL: Final = told_by("total what spent spend spending expenditure income cost money budget")
_SPENT: Final = told_by("spent spend spending expenditure cost")
_MEETS = re.compile(
    rf"{_NUMBERED}(?P<avg>On average,?\s)?(?P<each>each|every|an?|the average)\s(?P<one>[a-z]{{3,20}})"
    r"\s[a-z]{3,14}\s",
    re.I,
)
_MANY = re.compile(r"\s(?P<many>[a-z]{3,20})[.;]?", re.I)
_HUNDRED: Final = Decimal(100)
_LONGEST: Final = 160
_FEWEST: Final = 2


@dataclass(frozen=True)
class _Held:
    """What the sentence is held to: the figures, and what they give."""

    line: Line
    top: Figure
    bottom: Figure
    span: Span


def check_shares_of_rows(subjects: Sequence[Subject]) -> Iterator[Result]:
    for subject in subjects:
        for paper in subject.papers:
            if not paper.tables:
                continue
            for block in paper.prose:
                text = block.text
                if len(text) <= LONGEST and says_any(text, _HINTS) and _MAY.search(text):
                    yield from _in_block(paper, block)


def _in_block(paper: Paper, block: Block) -> Iterator[Result]:
    numbers = find_numbers(block.text)
    for start, end in split_sentences(block.text):
        mine = [n for n in numbers if start <= n.start and n.end <= end]
        if len(mine) != 1 or end - start > _LONGEST:
            continue
        before, after = block.text[start : mine[0].start], block.text[mine[0].end : end].rstrip()
        if mine[0].value.unit == "percent":
            yield from _share(paper, block, (start, end), mine[0], before, after)
        elif mine[0].value.unit in ("", "number") and "." in mine[0].bare:
            yield from _average(paper, block, (start, end), mine[0], before, after)


# -- shares -----------------------------------------------------------------------------------------------------


def _share(
    paper: Paper, block: Block, place: tuple[int, int], number: FoundNumber, before: str, after: str
) -> Iterator[Result]:
    stood, of = _STOOD.fullmatch(before), _OF.fullmatch(after)
    if stood is None or of is None:
        return
    what, whole = told_by(stood["what"]), told_by(of["whole"])
    span = span_of(number)
    by_grid = [found for grid in grids_of(paper) if (found := list(_of_heads(grid, what, whole)))]
    is_row = not by_grid
    if is_row and _TAKES.match(stood["verb"]):
        by_grid = [found for grid in grids_of(paper) if (found := list(_of_total(grid, what, whole)))]
    if len(by_grid) != 1 or any(each.span.meets(span) for each in by_grid[0]):
        return
    held = by_grid[0][0]
    yield Result(
        verdict=Verdict.SUSPECT if is_row and len(by_grid[0]) > 1 else Verdict.CONTRADICTION,
        check=Check.RATIO,
        rule="share-of-named-figures",
        message=f"“{_words(block, place)}”: {held.top.text} of {held.bottom.text} is"
        f" {(held.span.low + held.span.high) / 2:.1f}%.",
        printed=(paper.print_of((block, *place)), paper.print_of(held.line.row)),
        recomputed=f"{(held.span.low + held.span.high) / 2:.1f}%",
    )


def _of_heads(grid: Grid, what: frozenset[str], whole: frozenset[str]) -> Iterator[_Held]:
    """The two columns that are named: of all first, then of each row, which may be meant."""
    tops, bottoms = columns_named(grid, what), columns_named(grid, whole)
    total = total_of(grid)
    if len(tops) != 1 or len(bottoms) != 1 or tops == bottoms or total is None:
        return
    for line in (total, *(each for each in grid.lines if each is not total)):
        held = _held(line, line.figures.get(tops[0]), line.figures.get(bottoms[0]))
        if held is not None:
            yield held
        elif line is total:
            return


def _of_total(grid: Grid, what: frozenset[str], whole: frozenset[str]) -> Iterator[_Held]:
    """The row that is named beside the total, in each column that may be meant."""
    lines, total = lines_named(grid, what), total_of(grid)
    named = whole - told_by("what")
    if len(lines) != 1 or total is None or is_of_all(lines[0]) or not named or not named <= _IN_ALL:
        return
    about = words_about(grid) | told_by(total.label)
    if named != told_by("total") and not named & about and not (named & _SPENT and about & _SPENT):
        return
    for column in grid.columns:
        printed = [line.figures[column].value or 0 for line in grid.lines if column in line.figures]
        if min(printed, default=0) < 0:
            return  # what is net of income is no whole
        if grid.units_at(column) <= {"", "number", "gbp"}:
            held = _held(lines[0], lines[0].figures.get(column), total.figures.get(column))
            if held is not None and not _is_share(lines[0], held):
                yield held


def _is_share(line: Line, held: _Held) -> bool:
    return held.bottom.value == _HUNDRED and any(f.value == _HUNDRED for f in line.figures.values())


def _held(line: Line, top: Figure | None, bottom: Figure | None) -> _Held | None:
    span = _ratio(top, bottom, _HUNDRED)
    return _Held(line, top, bottom, span) if top and bottom and span else None


def _ratio(top: Figure | None, bottom: Figure | None, factor: Decimal) -> Span | None:
    if top is None or bottom is None or top.unit != bottom.unit or top.bounds is None or bottom.bounds is None:
        return None
    if top.bounds[0] < 0 or bottom.bounds[0] <= 0:
        return None
    return Span(low=top.bounds[0] / bottom.bounds[1] * factor, high=top.bounds[1] / bottom.bounds[0] * factor)


# -- averages ---------------------------------------------------------------------------------------------------


def _average(
    paper: Paper, block: Block, place: tuple[int, int], number: FoundNumber, before: str, after: str
) -> Iterator[Result]:
    meets, many = _MEETS.fullmatch(before), _MANY.fullmatch(after)
    if meets is None or many is None or not (meets["avg"] or meets["each"].lower() in ("each", "every")):
        return
    one, others = told_by(meets["one"]), told_by(many["many"])
    grids = [g for g in grids_of(paper) if one and others and one | others <= words_about(g) and total_of(g)]
    if len(grids) != 1 or one == others:
        return
    (grid,), span = grids, span_of(number)
    total = total_of(grid)
    lines = [total] if meets["avg"] else grid.lines
    if total is None or any(ratio.meets(span) for line in lines if line for ratio in _pairs(line)):
        return
    tried = [ratio for ratio in _pairs(total) if ratio.low * 2 > span.low and ratio.high < span.high * 2]
    if tried:
        yield Result(
            verdict=Verdict.SUSPECT,
            check=Check.RATIO,
            rule="average-of-row",
            message=f"“{_words(block, place)}”: no two figures of the row “{total.label}” give {number.bare}.",
            printed=(paper.print_of((block, *place)), paper.print_of(total.row)),
        )


def _pairs(line: Line) -> Iterator[Span]:
    figures = [f for f in line.figures.values() if f.value is not None and f.unit in ("", "number")]
    for top, bottom in permutations(figures, _FEWEST):
        ratio = _ratio(top, bottom, Decimal(1))
        if ratio is not None:
            yield ratio


def _words(block: Block, place: tuple[int, int]) -> str:
    return block.text[place[0] : place[1]].strip()[:200]
