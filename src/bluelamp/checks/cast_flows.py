"""Does a stock go on as its row, or its column, says: opening and what came in, less what went out, is closing?

A table that names its parts so need not be learnt from: where two rows hold, and as many as do not, the others
are wrong. Also a column called Total, or Year to date, beside two or more of its parts, in a table too short to
learn from; a row of totals may carry the error of a row above it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final

from bluelamp.checks.cast_columns import Sum, find_sum, rows_added, units_of
from bluelamp.checks.casts import in_table, say_sum
from bluelamp.checks.grids import FEWEST, NEAR, Figure, Grid, Line, grids_of, overlap, turned
from bluelamp.checks.measures_named import period_in
from bluelamp.checks.model import Check, Paper, Result, Subject, Verdict
from bluelamp.checks.stock_parts import CLOSING, OPENING, Parts, find_parts, part_of
from bluelamp.checks.table_notes import Note
from bluelamp.figures.printed import read_printed

_TOTAL = re.compile(r"(?:grand |overall )?totals?|(?:financial )?year[- ]to[- ]date|ytd|all", re.I)
_ONCE = re.compile(
    r"\b(?:unique|distinct|different|individuals?|people|persons?|victims|offenders|children|callers|users"
    r"|head ?count|in post|strength|case ?load|open|live|outstanding|waiting|held|on hand|balance|time"
    r"|days? (?:to|per))\b",
    re.I,
)
"""Rows whose periods are not added up: whom one meets in two quarters is one person, what is open stays open."""
_MEAN = re.compile(r"\b(?:unique|distinct|average|mean|median|rate|index|score|time|days? (?:to|per))\b", re.I)
_PERIOD = re.compile(
    r"\b(?:q[1-4]|quarter|half|h[12]|month|week|year|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\b", re.I
)
_KEY = re.compile(
    r"\b(?:no|number|ref|reference|code|id|rank|year|target|budget|plan|limit|max\w*|min\w*)\b\.?", re.I
)

_NOUGHT: Final = Figure(read_printed("0", unit="gbp"), "0")
_WIDEST: Final = 12  # columns, or rows, of one table of stocks
_LONGEST: Final = 200  # characters of a row's name
_SURE: Final = 4  # rows that hold, from which on a total has no parts beside those printed


@dataclass(frozen=True)
class _Asked:
    """A sum asked of the lines of a table; `name_of` says what each of its columns is called."""

    grid: Grid
    rule: Sum
    name: str
    name_of: Callable[[int], str]
    is_stock: bool = False
    is_said: bool = False  # by the words of its two ends


def check_flows(subjects: Sequence[Subject]) -> Iterator[Result]:
    for subject in subjects:
        for paper in subject.papers:
            for grid in grids_of(paper):
                if len(grid.columns) <= _WIDEST and grid.note is not Note.HIDES:
                    yield from _flow_across(paper, grid)
                    yield from _flows_down(paper, grid)
                    yield from _total(paper, grid)


# -- stocks and flows -------------------------------------------------------------------------------------


def _flow_across(paper: Paper, grid: Grid) -> Iterator[Result]:
    """Every column between the two ends must have its part in it, so that nothing is left out of the sum."""
    parts = find_parts([(column, grid.name_of(column)) for column in grid.columns])
    if parts is None:
        return
    if len({_units(grid, column) for column in (parts.opening, parts.closing, *parts.between)}) > 1:
        return
    lines = _with_noughts([line for line in grid.lines if line.has_figures], parts)
    asked = _Asked(grid, _rule(parts, lines), "flow-across", grid.name_of, is_stock=True, is_said=parts.is_said)
    yield from _judge(paper, asked, lines)


def _flows_down(paper: Paper, grid: Grid) -> Iterator[Result]:
    """The same with the parts under each other, a column for each year or place; every row of it is named."""
    labels = [line.label[:_LONGEST] for line in grid.lines]
    kinds = [part_of(label) if line.has_figures else "" for label, line in zip(labels, grid.lines, strict=True)]
    for first, kind in enumerate(kinds):
        last = next((n for n in range(first + 2, len(kinds)) if kinds[n] == CLOSING), None)
        if kind != OPENING or last is None or last - first > _WIDEST:
            continue
        rows = range(first, last + 1)
        parts = find_parts([(row, labels[row]) for row in rows])
        if parts is None or parts.opening != first or parts.closing != last:
            continue
        lines = _with_noughts(turned(grid, rows), parts)
        if any(len(_units_of(line)) > 1 for line in lines):
            continue
        name = lambda row: grid.lines[row].label  # noqa: E731
        asked = _Asked(grid, _rule(parts, lines), "flow-down", name, is_stock=True, is_said=True)
        yield from _judge(paper, asked, lines)


def _rule(parts: Parts, lines: Sequence[Line]) -> Sum:
    """What went out is printed with its sign, and so is added, or without it."""
    values = [f.value for line in lines for place in parts.went if (f := line.figures.get(place)) and f.value]
    plus = (parts.opening, *parts.came, *parts.net)
    if values and all(value < 0 for value in values):
        return Sum(parts.closing, (*plus, *parts.went))
    return Sum(parts.closing, plus, parts.went)


def _with_noughts(lines: Sequence[Line], parts: Parts) -> list[Line]:
    """In a table of money a dash among the flows is a nought."""
    found = []
    for line in lines:
        is_money = "gbp" in units_of(line)
        nought = {place: _NOUGHT for place in parts.between if is_money and _is_nil(line.figures.get(place))}
        found.append(replace(line, figures={**line.figures, **nought}) if nought else line)
    return found


def _is_nil(figure: Figure | None) -> bool:
    return figure is not None and figure.is_nil and figure.value is None


def _units(grid: Grid, column: int) -> frozenset[str]:
    return grid.units_at(column) - {"number"} or frozenset({""})


def _units_of(line: Line) -> set[str]:
    return units_of(line) - {"number", ""} or {""}


# -- a total beside its parts -----------------------------------------------------------------------------


def _total(paper: Paper, grid: Grid) -> Iterator[Result]:
    """The last column of figures, called a total, and all before it of its kind."""
    if len(grid.columns) <= FEWEST:
        return
    *parts, last = grid.columns
    if not _TOTAL.fullmatch(grid.name_of(last).strip()):
        return
    lines = rows_added(grid)
    if find_sum(grid, lines, last) is not None:
        return
    if any(_KEY.search(grid.name_of(column)) for column in parts):
        return
    if len({_units(grid, column) for column in grid.columns}) > 1 or grid.units_at(last) & {"percent", "points"}:
        return
    plain = [line for line in lines if not units_of(line) & {"percent", "points"} and _is_added(grid, line, parts)]
    yield from _judge(paper, _Asked(grid, Sum(last, tuple(parts)), "total-across", grid.name_of), plain)


def _is_added(grid: Grid, line: Line, parts: Sequence[int]) -> bool:
    """May the row be added up: no average, and people only where they are no periods and some are too many?"""
    if _MEAN.search(line.label):
        return False
    if not _ONCE.search(line.label):
        return True
    if any(_is_period(grid.name_of(column)) for column in parts):
        return False
    rule = Sum(grid.columns[-1], tuple(parts))
    return rule.bounds(line) is not None and rule.column in line.figures and _is_more(rule, line)


def _is_period(name: str) -> bool:
    return period_in(name) is not None or bool(_PERIOD.search(name))


def _judge(paper: Paper, asked: _Asked, lines: Sequence[Line]) -> Iterator[Result]:
    rule = asked.rule
    held = [(line, fits) for line in lines if (fits := _fits(rule, line)) is not None]
    right = [line for line, fits in held if fits and _tells(rule, line)]
    wrong = [line for line, fits in held if not fits]
    wrongs = len([line for line in wrong if not (line.is_total or line.is_whole)])
    few = wrongs if asked.is_stock else 2 * wrongs
    fits_all = len(held) - len(wrong)
    is_short = asked.is_said and wrongs <= 1 and len(right) >= fits_all - 1
    is_short = is_short or (asked.is_stock and wrongs == 1 and len(right) == 1 and fits_all >= FEWEST)
    if len(right) < max(few, FEWEST) and not is_short:
        return
    if not all(_is_near(asked, line) for line in wrong):
        return
    for line, fits in held:
        verdict = Verdict.CONSISTENT if fits else Verdict.CONTRADICTION
        if not fits and len(right) < FEWEST:
            verdict = Verdict.SUSPECT
        if not fits and not asked.is_stock and len(right) < _SURE and _is_more(rule, line):
            verdict = Verdict.SUSPECT  # of a kind that has no column of its own
        yield _result(paper, asked, line, verdict)


def _is_more(rule: Sum, line: Line) -> bool:
    return (line.figures[rule.column].value or 0) > rule.total(line)


def _fits(rule: Sum, line: Line) -> bool | None:
    whole, bounds = line.figures.get(rule.column), rule.bounds(line)
    if whole is None or whole.bounds is None or bounds is None:
        return None
    return overlap(bounds, whole.bounds)


def _tells(rule: Sum, line: Line) -> bool:
    """Are two of its parts no nought, so that it is no accident that it holds?"""
    return sum(bool(line.figures[column].value) for column in (*rule.plus, *rule.minus)) >= FEWEST


def _is_near(asked: _Asked, line: Line) -> bool:
    """Does it miss by little, and print none of its own parts, as a row of averages would?

    By little of the sum; of a stock, of all that it held and that came and went.
    """
    rule = asked.rule
    printed, total = line.figures[rule.column].value, rule.total(line)
    if printed is None:
        return False
    off = abs(printed - total) * NEAR
    if asked.is_stock:
        held = [abs(line.figures[column].value or Decimal(0)) for column in (*rule.plus, *rule.minus)]
        return off <= sum(held, Decimal(0))
    return off <= abs(total) and printed not in [line.figures[column].value for column in rule.plus]


def _result(paper: Paper, asked: _Asked, line: Line, verdict: Verdict) -> Result:
    rule, grid = asked.rule, asked.grid
    whole = line.figures[rule.column]
    made = say_sum(rule.total(line), whole)
    sums = " + ".join(f"“{asked.name_of(column)}”" for column in rule.plus)
    less = "".join(f" − “{asked.name_of(column)}”" for column in rule.minus)
    link = ", and " if verdict is Verdict.CONSISTENT else "; "
    name_of = asked.name_of(rule.column)
    is_down = asked.name == "flow-down"
    where = f"Under “{line.label}”" if is_down else f"In the row “{line.label}”"
    message = f"{where}, “{name_of}” prints {whole.text}{link}{sums}{less} is {made}."
    rows = [grid.lines[row].row for row in (rule.column, *rule.plus, *rule.minus)] if is_down else [line.row]
    return Result(
        verdict=verdict,
        check=Check.CAST,
        rule=asked.name,
        message=in_table(message, grid),
        printed=tuple(paper.print_of(row) for row in rows),
        recomputed=made,
        tolerance="each figure may have been rounded or cut off"
        if whole.bounds and whole.bounds[0] != whole.bounds[1]
        else "",
    )
