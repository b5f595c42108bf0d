"""Do figures add up across a table: a total column, a column that is another less a third, shares of a whole?

What a column is made of is learnt from the table itself: a sum or a difference that holds in most of its rows is
what the column is, and a row in which it does not hold is a contradiction where the column's name says so too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from bluelamp.checks.casts import HIDDEN, in_table, say_sum
from bluelamp.checks.columns_learnt import names_another_day
from bluelamp.checks.grids import FEWEST, Grid, Line, add_bounds, commonest, grids_of, overlap
from bluelamp.checks.model import Check, Paper, Result, Subject, Verdict
from bluelamp.checks.table_notes import Note
from bluelamp.figures.arrows import has_arrow

_ARITHMETIC = re.compile(
    r"\b(?:totals?|revised|net|variance|variation|change|growth|difference|movement|balance|remaining|carried"
    r"|increase|decrease|reduction|rise|fall|saving|gap|shortfall|surplus|deficit|headroom|vacan(?:t|cies)"
    r"|closing|outturn|all|overall|combined|under ?spend|over ?spend|over/\(?under\)?|ytd|year to date|full year"
    r"|half year|q(?:uarter )?[1-4])\b|\+/-",
    re.I,
)
_RATE = re.compile(r"\b(?:average|avg|mean|median|rates?|ratio|per|percentage|proportion|index)\b|%", re.I)
_MOST: Final = 6  # columns that one column may be the sum of
_ROWS: Final = 3  # in which a rule must hold before it is believed


@dataclass(frozen=True)
class Sum:
    """A column as others added (`plus`) and taken away (`minus`)."""

    column: int
    plus: tuple[int, ...]
    minus: tuple[int, ...] = ()

    def bounds(self, line: Line) -> tuple[Decimal, Decimal] | None:
        figures = [line.figures.get(column) for column in (*self.plus, *self.minus)]
        if any(figure is None or figure.bounds is None for figure in figures):
            return None
        plus = add_bounds(line.figures[column] for column in self.plus)
        minus = add_bounds(line.figures[column] for column in self.minus)
        return (plus[0] - minus[1], plus[1] - minus[0]) if plus and minus else None

    def total(self, line: Line) -> Decimal:
        found = sum((line.figures[column].value or Decimal(0) for column in self.plus), Decimal(0))
        return found - sum((line.figures[column].value or Decimal(0) for column in self.minus), Decimal(0))


def check_columns(subjects: Sequence[Subject]) -> Iterator[Result]:
    """Sums and differences across every table of every paper, and columns of shares."""
    for subject in subjects:
        for paper in subject.papers:
            for grid in grids_of(paper):
                if len(grid.columns) <= 24:
                    yield from _across(paper, grid)
                if grid.note not in (Note.NEED_NOT_SUM, Note.HIDES):
                    yield from _shares(paper, grid)


def _across(paper: Paper, grid: Grid) -> Iterator[Result]:
    lines = rows_added(grid)
    learnt = [rule for column in grid.columns if (rule := find_sum(grid, lines, column)) is not None]
    for rule in _own(grid, learnt, lines):
        for line in lines:
            yield from _judge(paper, grid, line, rule)


def _own(grid: Grid, learnt: Sequence[Sum], lines: Sequence[Line]) -> Iterator[Sum]:
    """Without a column that another is made like in more rows: last month's variance, where little has moved."""
    here = [rule for rule in learnt if not _is_of_another_day(grid, rule)]
    fails = [_hold(rule, lines)[1] for rule in here]
    for n, rule in enumerate(here):
        rivals = [m for m, other in enumerate(here) if m != n and _made_of(other) == _made_of(rule)]
        if not fails[n] or not any((fails[m], m) < (fails[n], n) for m in rivals):
            yield rule


def _made_of(rule: Sum) -> tuple[frozenset[int], frozenset[int]]:
    return frozenset(rule.plus), frozenset(rule.minus)


def _is_of_another_day(grid: Grid, rule: Sum) -> bool:
    parts = [grid.name_of(column) for column in (*rule.plus, *rule.minus)]
    return names_another_day(grid.name_of(rule.column), parts)


def rows_added(grid: Grid) -> list[Line]:
    """The rows that are added up across: no shares, rates and averages among rows of counts."""
    lines = [line for line in grid.lines if line.has_figures]
    counts = [
        line for line in lines if not _RATE.search(line.label) and not units_of(line) & {"percent", "points"}
    ]
    return counts if len(counts) >= _ROWS else lines


def units_of(line: Line) -> set[str]:
    return {figure.unit for figure in line.figures.values() if figure.value is not None}


def find_sum(grid: Grid, lines: Sequence[Line], column: int) -> Sum | None:
    """What the column is made of, if one way holds in most rows and is no accident of noughts."""
    best: tuple[int, Sum] | None = None
    few = 3 if _ARITHMETIC.search(grid.name_of(column)) else 4
    for candidate in _candidates(grid, column):
        fits, fails, telling = _hold(candidate, lines)
        if telling >= _ROWS and fits >= few * fails and (best is None or fits - fails > best[0]):
            best = (fits - fails, candidate)
    return best[1] if best else None


def _candidates(grid: Grid, column: int) -> Iterator[Sum]:
    units = {c: _unit(grid, c) for c in grid.columns}
    alike = [c for c in grid.columns if c != column and units[c] == units[column]]
    left = [c for c in alike if c < column]
    named = bool(_ARITHMETIC.search(grid.name_of(column)))
    for count in range(FEWEST, min(_MOST, len(left)) + 1):
        yield Sum(column, tuple(left[-count:]))
    if len(left) > _MOST and grid.is_total_column(column):
        yield Sum(column, tuple(left))
    right = [c for c in alike if c > column]
    if grid.is_total_column(column) and len(right) >= FEWEST:
        yield Sum(column, tuple(right))
    if named:
        for later in left:
            for earlier in left:
                if earlier != later:
                    yield Sum(column, (later,), (earlier,))


def _unit(grid: Grid, column: int) -> str:
    return commonest([f.unit for line in grid.lines if (f := line.figures.get(column)) and f.value is not None])


def _hold(candidate: Sum, lines: Sequence[Line]) -> tuple[int, int, int]:
    """In how many rows it holds, in how many not, and in how many of the first it says something."""
    fits = fails = telling = 0
    for line in lines:
        whole, bounds = line.figures.get(candidate.column), candidate.bounds(line)
        if whole is None or whole.bounds is None or bounds is None:
            continue
        if overlap(bounds, whole.bounds):
            fits += 1
            parts = [line.figures[column].value for column in (*candidate.plus, *candidate.minus)]
            telling += sum(1 for part in parts if part) >= FEWEST
        else:
            fails += 1
    return fits, fails, telling


def _judge(paper: Paper, grid: Grid, line: Line, rule: Sum) -> Iterator[Result]:
    whole, bounds = line.figures.get(rule.column), rule.bounds(line)
    if whole is None or whole.bounds is None or bounds is None:
        return
    agrees = overlap(bounds, whole.bounds)
    name = grid.name_of(rule.column) or "the last column"
    named = bool(_ARITHMETIC.search(name))
    said = say_sum(rule.total(line), whole)
    sign = " − ".join(f"“{grid.name_of(c)}”" for c in (*rule.plus, *rule.minus)) if rule.minus else ""
    what = f"{sign} gives {said}" if rule.minus else f"the {len(rule.plus)} columns it adds up sum to {said}"
    link = ", and " if agrees else "; "
    is_turned = has_arrow(whole.text) and overlap(bounds, (-whole.bounds[1], -whole.bounds[0]))
    wrong = Verdict.CONTRADICTION if named and not is_turned else Verdict.SUSPECT
    message = f"In the row “{line.label}”, “{name}” prints {whole.text}{link}{what}."
    if not agrees and grid.note is Note.HIDES:
        wrong = Verdict.UNCHECKED
        message = f"In the row “{line.label}”, “{name}” prints {whole.text}, which could not be checked: {HIDDEN}."
    verdict = Verdict.CONSISTENT if agrees else wrong
    yield Result(
        verdict=verdict,
        check=Check.CAST,
        rule="total-across",
        message=in_table(message, grid),
        printed=(paper.print_of(line.row),),
        recomputed=said,
        tolerance="each figure may have been rounded or cut off" if whole.bounds[0] != whole.bounds[1] else "",
    )


# -- shares of a whole ------------------------------------------------------------------------------------


def _shares(paper: Paper, grid: Grid) -> Iterator[Result]:
    """A column of percentages beside a column of counts: parts of one whole sum to a hundred."""
    counts = [column for column in grid.columns if grid.is_additive(column)]
    for column in grid.columns:
        if not grid.is_share(column) or not counts:
            continue
        parts = [
            line
            for line in grid.lines
            if line.has_figures and not (line.is_total or line.is_whole or line.is_part)
        ]
        figures = [line.figures.get(column) for line in parts]
        known = [figure for figure in figures if figure is not None and figure.bounds is not None]
        if len(known) < _fewest(grid, column) or len(known) < len(parts) or not _are_parts(parts, counts, column):
            continue
        bounds = add_bounds(known)
        total = sum((figure.value or Decimal(0) for figure in known), Decimal(0))
        if bounds is None or not Decimal(80) <= total <= Decimal(120):
            continue
        agrees = bounds[0] <= 100 <= bounds[1]
        yield Result(
            verdict=Verdict.CONSISTENT if agrees else Verdict.SUSPECT,
            check=Check.SHARE,
            rule="shares-of-whole",
            message=in_table(
                f"The {len(known)} shares under “{grid.name_of(column) or '%'}” sum to {total.normalize():f}%"
                + (", which is the whole as rounded." if agrees else ": something is left out or counted twice."),
                grid,
            ),
            printed=(paper.print_of(*[line.row for line in parts]),),
            recomputed=f"{total.normalize():f}%",
            tolerance="each share may have been rounded or cut off",
        )


def _fewest(grid: Grid, column: int) -> int:
    """Two shares will do where the table prints 100 as their sum."""
    sums = [line.figures.get(column) for line in grid.lines if line.is_total]
    return 2 if any(figure is not None and figure.value == 100 for figure in sums) else 3


def _are_parts(parts: Sequence[Line], counts: Sequence[int], column: int) -> bool:
    """Do the percentages go with the counts beside them: the same order, one to one?"""
    for count in counts:
        pairs = [
            (line.figures[count].value, line.figures[column].value)
            for line in parts
            if count in line.figures and column in line.figures
        ]
        values = [(n, share) for n, share in pairs if n is not None and share is not None]
        whole = sum((n for n, _ in values), Decimal(0))
        if len(values) == len(parts) and whole > 0:
            close = [abs(n * 100 / whole - share) <= 1 + share / 20 for n, share in values]
            if sum(close) * 10 >= 9 * len(close) or (len(close) == 2 and any(close)):
                return True
    return False
