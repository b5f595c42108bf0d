"""Do two rows of a table print the same figures side by side, so that one of them was likely copied?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import combinations
from typing import Final

from bluelamp.checks.casts import in_table
from bluelamp.checks.grids import Grid, Line, grids_of
from bluelamp.checks.model import Check, Paper, Result, Subject, Verdict

_DIGITS: Final = 3  # without noughts at the end: a figure that does not come twice by chance
_ALIKE: Final = 2
_MOST: Final = 200  # rows of one table


def check_repeats(subjects: Sequence[Subject]) -> Iterator[Result]:
    """Identical pairs of figures in two rows that otherwise differ."""
    for subject in subjects:
        for paper in subject.papers:
            for grid in grids_of(paper):
                yield from _repeats(paper, grid)


def _repeats(paper: Paper, grid: Grid) -> Iterator[Result]:
    seen: dict[tuple[int, Decimal, int, Decimal], Line] = {}
    for line in [each for each in grid.lines if _is_own(each)][:_MOST]:
        told = [(c, f.value) for c, f in sorted(line.figures.items()) if f.value is not None and _tells(f.value)]
        for (one, a), (other, b) in combinations(told[:12], _ALIKE):
            key = (one, a, other, b)
            before = seen.setdefault(key, line)
            if before is not line and _differ(before, line, (one, other)) and a != b:
                yield _result(paper, grid, before, line, (one, other))
                return


def _is_own(line: Line) -> bool:
    """A row that is no sum and no part of another."""
    return bool(line.label) and not (line.is_total or line.is_whole or line.is_part)


def _tells(value: Decimal) -> bool:
    return len(f"{abs(value).normalize():f}".replace(".", "").strip("0")) >= _DIGITS


def _differ(one: Line, other: Line, alike: tuple[int, int]) -> bool:
    """Is another figure of the two rows different, and neither the name of the other's group?"""
    if one.label.lower() in other.label.lower() or other.label.lower() in one.label.lower():
        return False
    rest = [c for c in one.figures if c not in alike and c in other.figures]
    values = [(one.figures[c].value, other.figures[c].value) for c in rest]
    return any(a is not None and b is not None and a != b for a, b in values)


def _result(paper: Paper, grid: Grid, one: Line, other: Line, alike: tuple[int, int]) -> Result:
    pair = " and ".join(one.figures[c].text for c in alike)
    text = (
        f"“{one.label}” and “{other.label}” both print {pair}, and differ in the rest: one may have been copied."
    )
    return Result(
        verdict=Verdict.SUSPECT,
        check=Check.CAST,
        rule="identical-pair",
        message=in_table(text, grid),
        printed=(paper.print_of(one.row), paper.print_of(other.row)),
    )
