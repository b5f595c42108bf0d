"""Do two rows of a table print the same figures side by side, so that one of them was likely copied?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import combinations, pairwise
from math import comb
from typing import Final

from bluelamp.checks.casts import digits_told, in_table
from bluelamp.checks.grids import Grid, Line, grids_of
from bluelamp.checks.measures_named import period_in
from bluelamp.checks.model import Check, Paper, Result, Subject, Verdict

_DIGITS: Final = 3  # without noughts at the end: a figure that does not come twice by chance
_QUARTER = re.compile(r"(?:q|quarter )[1-4]\b|(?:first|second) half\b|h[12]\b", re.I)
_LONG: Final = 4  # digits of a figure that does not stand still by chance
_ALIKE: Final = 2
_FEWEST: Final = 3
_WIDEST: Final = 24
_MOST: Final = 200  # rows of one table
_PAIRED: Final = 12  # figures of a row of which every two are looked for again
_CHANCE: Final = Decimal("0.02")
"""How often a pair may come twice by chance in a table as wide and as long, and be told all the same."""


def check_repeats(subjects: Sequence[Subject]) -> Iterator[Result]:
    """Identical pairs of figures in two rows that otherwise differ."""
    for subject in subjects:
        for paper in subject.papers:
            for grid in grids_of(paper):
                yield from _repeats(paper, grid)
                yield from _periods(paper, grid)


def _repeats(paper: Paper, grid: Grid) -> Iterator[Result]:
    seen: dict[tuple[int, Decimal, int, Decimal], Line] = {}
    lines = [each for each in grid.lines if _is_own(each)][:_MOST]
    for line in lines:
        told = [(c, f.value) for c, f in sorted(line.figures.items()) if f.value is not None and _tells(f.value)]
        for (one, a), (other, b) in combinations(told[:_PAIRED], _ALIKE):
            key = (one, a, other, b)
            before = seen.setdefault(key, line)
            if before is line or a == b or not _differ(before, line, (one, other)):
                continue
            if not _may_be_chance(lines, len(grid.columns), ((one, a), (other, b))):
                yield _result(paper, grid, before, line, (one, other))
                return


def _may_be_chance(
    lines: Sequence[Line], width: int, pair: tuple[tuple[int, Decimal], tuple[int, Decimal]]
) -> bool:
    """Would two of as many rows, as near to each other, print the same two figures now and then?

    Rows are near where both figures are within a tenth of the pair; as many figures as fit there are as likely.
    """
    rooms = [max(abs(value) / 5 * 10 ** max(0, -_exponent(value)), Decimal(1)) for _, value in pair]
    near = sum(
        all(
            (found := _value(line, column)) is not None and abs(found - value) * 10 <= abs(value)
            for column, value in pair
        )
        for line in lines
    )
    trials = comb(near, 2) * comb(min(width, _PAIRED), _ALIKE)
    return bool(trials > _CHANCE * rooms[0] * rooms[1])


def _exponent(value: Decimal) -> int:
    exponent = value.as_tuple().exponent
    return exponent if isinstance(exponent, int) else 0


def _periods(paper: Paper, grid: Grid) -> Iterator[Result]:
    """A long figure that one row prints for two periods, where what stands beside it moved and other rows' did."""
    by_rest: dict[str, dict[str, int]] = {}
    for column in grid.columns[:_WIDEST]:
        period, rest = _period_of(grid.name_of(column))
        if period:
            by_rest.setdefault(rest, {}).setdefault(period, column)
    if len(by_rest) < 2:
        return
    lines = [line for line in grid.lines if _is_own(line)][:_MOST]
    for rest, columns in by_rest.items():
        for (first, one), (last, other) in pairwise(columns.items()):
            same = [line for line in lines if _is_long(line, one) and _value(line, one) == _value(line, other)]
            known = [line for line in lines if _value(line, one) is not None and _value(line, other) is not None]
            beside = [
                (each[first], each[last])
                for name, each in by_rest.items()
                if name != rest and first in each and last in each
            ]
            moved = [line for line in same if any(_value(line, a) != _value(line, b) for a, b in beside)]
            if len(same) == 1 and moved and len(known) >= _FEWEST:
                yield _copied(paper, grid, same[0], one, other)


def _period_of(head: str) -> tuple[str, str]:
    """ "Q1 cost £" is the cost of Q1; ("", "") where the head names no period."""
    found = period_in(head)
    if found is not None:
        return found[0].end.isoformat(), found[1].lower()
    quarter = _QUARTER.match(head)
    return (quarter[0].lower(), head[quarter.end() :].strip().lower()) if quarter else ("", "")


def _value(line: Line, column: int) -> Decimal | None:
    figure = line.figures.get(column)
    return figure.value if figure is not None else None


def _is_long(line: Line, column: int) -> bool:
    value = _value(line, column)
    return value is not None and digits_told(value) >= _LONG


def _copied(paper: Paper, grid: Grid, line: Line, one: int, other: int) -> Result:
    text = (
        f"“{line.label}” prints {line.figures[one].text} under “{grid.name_of(one)}” and again under"
        f" “{grid.name_of(other)}”, where the figures beside it moved: one may have been copied."
    )
    return Result(
        verdict=Verdict.SUSPECT,
        check=Check.CAST,
        rule="repeat-in-row",
        message=in_table(text, grid),
        printed=(paper.print_of(line.row),),
    )


def _is_own(line: Line) -> bool:
    """A row that is no sum and no part of another."""
    return bool(line.label) and not (line.is_total or line.is_whole or line.is_part)


def _tells(value: Decimal) -> bool:
    return digits_told(value) >= _DIGITS


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
