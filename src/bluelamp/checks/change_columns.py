"""Is a column of changes in per cent, or in points, what two columns of its table give, row by row?

For tables that are no performance report's: what a report's own rows print is held in `changes`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from bluelamp.checks.casts import in_table
from bluelamp.checks.columns_learnt import (
    CHANGE,
    POINTS,
    WIDEST,
    Held,
    Made,
    Way,
    columns_of_counts,
    hold,
    learn,
    own_columns,
    printed_bounds,
    said,
)
from bluelamp.checks.grids import Figure, Grid, Line, grids_of, overlap
from bluelamp.checks.measures_named import period_in
from bluelamp.checks.model import Check, Paper, Result, Subject, Verdict
from bluelamp.checks.table_notes import is_marked, rebased_marks
from bluelamp.figures.arrows import has_arrow

_CHANGE = re.compile(
    r"\b(?:change|difference|diff|variance|variation|var|movement|growth|increase|decrease|reduction|fall|rise)\b"
    r"|\+\s?/\s?[-–]|(?:%|\bper cent)\s(?:on|vs\.?|versus|against|from|since|compared)\b",
    re.I,
)
_FALL = re.compile(r"\b(?:decrease|reduction|fall|saving)\b", re.I)
_SINCE = re.compile(r"\b(?:since|from|on|against|vs|versus|compared|target|average|annual|per year|real)\b", re.I)
_YEARS = 2
_MOST = 14


def check_change_columns(subjects: Sequence[Subject]) -> Iterator[Result]:
    for subject in subjects:
        noted = rebased_marks(subject)
        told = _told_by_line(subject)
        for paper in subject.papers:
            for grid in grids_of(paper):
                if len(grid.columns) > WIDEST:
                    continue
                changes = [column for column in grid.columns if _CHANGE.search(grid.name_of(column))]
                lines = [line for line in grid.lines if line.has_figures]
                is_told_apart = not _are_of_several_bases(grid, changes)
                learnt = []
                for column in changes:
                    own = [line for line in lines if not (is_told_apart and _is_told(paper, line, column, told))]
                    found = learn(_ways(grid, column), own) or _learn_named(grid, column, own)
                    learnt += [found] if found else []
                for way, held in own_columns(grid, learnt):
                    yield from _judge(paper, grid, way, held, noted)


def _are_of_several_bases(grid: Grid, changes: Sequence[int]) -> bool:
    """Two columns of changes in per cent: on the last quarter and on the last year, which no reader tells."""
    return sum(any(_unit(line, column) == "percent" for line in grid.lines) for column in changes) > 1


def _unit(line: Line, column: int) -> str:
    figure = line.figures.get(column)
    return figure.unit if figure is not None and figure.value is not None else ""


def _told_by_line(subject: Subject) -> dict[int, set[str]]:
    """The changes that a performance report's reader has read, by the lines of their rows."""
    found: dict[int, set[str]] = {}
    for series in subject.series:
        changes = {each.printed for each in (series.change_percent, series.change_actual) if each is not None}
        for cited in series.citations:
            found.setdefault(cited.line, set()).update(changes)
    return found


def _is_told(paper: Paper, line: Line, column: int, told: dict[int, set[str]]) -> bool:
    """Has a reader read this change, so that it is held elsewhere? One that it did not read is held here."""
    spans = [span for cell in line.row.cells for span in cell.spans]
    if not told or not spans or column not in line.figures:
        return False
    printed = line.figures[column].printed
    return printed is not None and printed.printed in told.get(paper.document.line_at(spans[0][0]), ())


def _learn_named(grid: Grid, column: int, lines: Sequence[Line]) -> tuple[Way, list[Held]] | None:
    """A short table of two years and their change in per cent: two rows that hold do, beside one that does not."""
    others = [each for each in grid.columns if each != column]
    dated = sorted((found[0].end, each) for each in others if (found := period_in(grid.name_of(each))))
    if len(others) != _YEARS or len(dated) != _YEARS or dated[0][0] == dated[1][0]:
        return None
    if "%" not in grid.name_of(column) and grid.units_at(column) != {"percent"}:
        return None
    if any(grid.units_at(each) & {"percent", "points"} for each in others) or _SINCE.search(grid.name_of(column)):
        return None
    way = _change(column, dated[0][1], dated[1][1], falls=bool(_FALL.search(grid.name_of(column))))
    held = [each for line in lines if (each := hold(way, line))]
    right = {each.made.value for each in held if each.agrees and each.is_sharp and each.made.value}
    return (way, held) if len(right) >= _YEARS and sum(not each.agrees for each in held) <= 1 else None


def _judge(paper: Paper, grid: Grid, way: Way, held: Sequence[Held], noted: frozenset[str]) -> Iterator[Result]:
    for each in held:
        if each.agrees or not (noted and is_marked(each.line.label, noted)):
            yield _result(paper, grid, way, each)


def _ways(grid: Grid, column: int) -> Iterator[Way]:
    units = {f.unit for line in grid.lines if (f := line.figures.get(column)) and f.value is not None}
    name = grid.name_of(column)
    falls = bool(_FALL.search(name))
    counts = columns_of_counts(grid, column)[:_MOST]
    shares = [c for c in grid.columns if c != column and grid.is_share(c)][:_MOST]
    if units <= {"percent"} or "%" in name:
        for earlier in counts:
            yield from (_change(column, earlier, later, falls=falls) for later in counts if later != earlier)
    if units == {"percent", "points"}:
        amounts = [c for c in grid.columns if c != column][:_MOST]
        yield from (_either(column, one, two, falls=falls) for one in amounts for two in amounts if one != two)
    if units <= {"percent", "points", "", "number"}:
        mixed = [c for c in grid.columns if c != column and len(grid.units_at(c) - {"number"}) > 1][:_MOST]
        yield from (_of_any(column, one, two, falls=falls) for one in mixed for two in mixed if one != two)
    if units <= {"percent", "points", ""}:
        for earlier in shares:
            yield from (_points(column, earlier, later, falls=falls) for later in shares if later != earlier)


def _change(column: int, earlier: int, later: int, *, falls: bool) -> Way:
    def make(line: Line) -> Made | None:
        one, other = line.figures.get(earlier), line.figures.get(later)
        if one is None or other is None or one.bounds is None or other.bounds is None:
            return None
        if one.value is None or other.value is None or one.bounds[0] <= 0 or other.bounds[0] < 0:
            return None
        low = (other.bounds[0] / one.bounds[1] - 1) * 100
        high = (other.bounds[1] / one.bounds[0] - 1) * 100
        return _signed(Made(low, (other.value / one.value - 1) * 100, high), falls=falls)

    return Way(column, make, _from_to(earlier, later), (CHANGE, later, earlier))


def _from_to(earlier: int, later: int) -> Callable[[Line], str]:
    return lambda line: f"from {line.figures[earlier].text} to {line.figures[later].text}"


def _points(column: int, earlier: int, later: int, *, falls: bool) -> Way:
    def make(line: Line) -> Made | None:
        one, other = line.figures.get(earlier), line.figures.get(later)
        if one is None or other is None or one.bounds is None or other.bounds is None:
            return None
        if one.value is None or other.value is None:
            return None
        made = Made(other.bounds[0] - one.bounds[1], other.value - one.value, other.bounds[1] - one.bounds[0])
        return _signed(made, falls=falls)

    return Way(column, make, _from_to(earlier, later), (POINTS, later, earlier))


def _either(column: int, earlier: int, later: int, *, falls: bool) -> Way:
    """Per cent of counts in one row, points of shares in the next: each row's print says which."""
    change = _change(column, earlier, later, falls=falls)
    points = _points(column, earlier, later, falls=falls)

    def make(line: Line) -> Made | None:
        printed, one, other = line.figures.get(column), line.figures.get(earlier), line.figures.get(later)
        if printed is None or one is None or other is None or one.unit != other.unit:
            return None
        if one.unit == "percent":
            return points.make(line) if printed.unit == "points" else None
        return change.make(line) if printed.unit == "percent" else None

    return Way(column, make, change.says, change.of)


def _of_any(column: int, earlier: int, later: int, *, falls: bool) -> Way:
    """Counts, days and shares under one head: a bare figure is the difference, whatever it is of.

    A per cent beside two shares may be of the one, or be points that are called so.
    """
    change = _change(column, earlier, later, falls=falls)
    points = _points(column, earlier, later, falls=falls)

    def make(line: Line) -> Made | None:
        printed, one, other = line.figures.get(column), line.figures.get(earlier), line.figures.get(later)
        if printed is None or one is None or other is None or one.unit != other.unit:
            return None
        if printed.unit != "percent":
            return points.make(line) if printed.unit != "points" or one.unit == "percent" else None
        made, bounds = change.make(line), printed_bounds(printed)
        if one.unit != "percent" or (made and bounds and overlap((made.low, made.high), bounds)):
            return made
        return points.make(line)

    return Way(column, make, change.says, change.of)


def _signed(made: Made, *, falls: bool) -> Made:
    """A column called a reduction prints a fall without its sign."""
    return Made(-made.high, -made.value, -made.low) if falls else made


def _result(paper: Paper, grid: Grid, way: Way, held: Held) -> Result:
    figure = held.line.figures[way.column]
    shown = said(held.made.value, figure)
    text = f"“{held.line.label}” prints {figure.text} under “{grid.name_of(way.column)}”; {way.says(held.line)}"
    text += " it is that." if held.agrees else f" it is {shown}."
    is_sign = not held.agrees and _is_sign(held, figure)
    wrong = Verdict.SUSPECT if is_sign and has_arrow(figure.text) else Verdict.CONTRADICTION
    if is_sign:
        text = f"{text[:-1]}: the sign is wrong."
    return Result(
        verdict=Verdict.CONSISTENT if held.agrees else wrong,
        check=Check.CHANGE,
        rule="change-column",
        message=in_table(text, grid),
        printed=(paper.print_of(held.line.row),),
        recomputed=shown,
        tolerance="the other rows are made in this way; each figure may have been rounded or cut off",
    )


def _is_sign(held: Held, figure: Figure) -> bool:
    bounds = printed_bounds(figure)
    return bounds is not None and overlap((held.made.low, held.made.high), (-bounds[1], -bounds[0]))
