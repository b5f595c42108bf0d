"""Is a row of percentages what two rows of counts beside it give, column by column?

Tables of months have the calls, those answered in time and their share under each other. What the row is made of
is learnt from its columns, as columns are learnt from their rows.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Final

from bluelamp.checks.cast_columns import units_of
from bluelamp.checks.casts import in_table
from bluelamp.checks.columns_learnt import FEWEST, Held, Way, learn, quotient, said
from bluelamp.checks.grids import Grid, grids_of, turned
from bluelamp.checks.model import Check, Paper, Result, Subject, Verdict

_REACH: Final = 6
"""Rows above and below among which the counts of a row of shares are looked for."""
_MOST: Final = 120  # rows of one table
_WIDEST: Final = 40


def check_ratio_rows(subjects: Sequence[Subject]) -> Iterator[Result]:
    for subject in subjects:
        for paper in subject.papers:
            for grid in grids_of(paper):
                if FEWEST <= len(grid.columns) <= _WIDEST and len(grid.lines) <= _MOST:
                    yield from _rows(paper, grid)


def _rows(paper: Paper, grid: Grid) -> Iterator[Result]:
    counts = [
        index for index, line in enumerate(grid.lines) if units_of(line) <= {"", "number"} and line.has_figures
    ]
    for index, line in enumerate(grid.lines):
        if units_of(line) != {"percent"} or any(figure.text[:1] in "+-−–" for figure in line.figures.values()):
            continue
        near = [count for count in counts if abs(count - index) <= _REACH]
        if len(near) < 2:
            continue
        learnt = learn(_ways(index, near), turned(grid, (index, *near)))
        if learnt is not None:
            way, held = learnt
            yield from (_result(paper, grid, way, each) for each in held)


def _ways(share: int, counts: Sequence[int]) -> Iterator[Way]:
    for top in counts:
        for bottom in counts:
            if top != bottom:
                yield _way(share, top, bottom)


def _way(share: int, top: int, bottom: int) -> Way:
    return Way(
        share,
        lambda line: quotient(line.figures.get(top), line.figures.get(bottom), Decimal(100)),
        lambda line: f"{line.figures[top].text} by {line.figures[bottom].text}",
    )


def _result(paper: Paper, grid: Grid, way: Way, held: Held) -> Result:
    figure = held.line.figures[way.column]
    shown = f"{said(held.made.value, figure)}%"
    label = grid.lines[way.column].label
    link = "as printed" if held.agrees else f"which is {shown}"
    text = f"“{label}” prints {figure.text} under “{held.line.label}” beside {way.says(held.line)}, {link}."
    return Result(
        verdict=Verdict.CONSISTENT if held.agrees else Verdict.CONTRADICTION,
        check=Check.RATIO,
        rule="ratio-row",
        message=in_table(text, grid),
        printed=(paper.print_of(held.line.row),),
        recomputed=shown,
        tolerance="the other columns are made in this way; each figure may have been rounded or cut off",
    )
