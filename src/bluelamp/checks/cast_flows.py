"""Does a stock go on as its row says: opening and what came in, less what went out, is closing?

A table that names its columns so need not be learnt from: where two rows hold, and as many as do not, the others
are wrong. Also a column called Total, or Year to date, beside two or more of its parts, in a table too short to
learn from; a row of totals may carry the error of a row above it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from bluelamp.checks.cast_columns import Sum, find_sum, rows_added, units_of
from bluelamp.checks.casts import in_table, say_sum
from bluelamp.checks.grids import FEWEST, NEAR, Grid, Line, grids_of, overlap
from bluelamp.checks.model import Check, Paper, Result, Subject, Verdict

_OPENING = re.compile(
    r"\b(?:opening|brought forward|b/?f|(?:at|from) (?:the )?(?:start|beginning)|start of|at 1 april"
    r"|previous total)\b",
    re.I,
)
_CLOSING = re.compile(
    r"\b(?:closing|carried forward|c/?f|at (?:the )?end|end of|at 31 march|still open|outstanding at)\b", re.I
)
_IN = re.compile(
    r"\b(?:in|new|received|joined|joiners|starters|added|additions|opened|recruited|recruits|income|raised|intake"
    r"|arrivals|transfers? in|contributions?|reported|registered)\b",
    re.I,
)
_OUT = re.compile(
    r"\b(?:out|closed|left|leavers|used|spent|resolved|completed|finalised|expenditure|withdrawn|withdrawals|disposals?"
    r"|removed|discharged|departures|transfers? out|drawn down|cleared|concluded|disposed)\b",
    re.I,
)
_TOTAL = re.compile(r"(?:grand |overall )?totals?|(?:financial )?year[- ]to[- ]date|ytd|all", re.I)
_ONCE = re.compile(
    r"\b(?:unique|distinct|different|individuals?|people|persons?|victims|offenders|children|callers|users"
    r"|head ?count|in post|strength|case ?load|open|live|outstanding|waiting|held|on hand|balance|average|mean"
    r"|median|rate|index|score|time|days? (?:to|per))\b",
    re.I,
)
"""Rows whose columns are not added up: whom one meets in two quarters is one person, what is open stays open."""
_KEY = re.compile(
    r"\b(?:no|number|ref|reference|code|id|rank|year|target|budget|plan|limit|max\w*|min\w*)\b\.?", re.I
)

_SURE: Final = 4  # rows that hold, from which on a total has no parts beside those printed


def check_flows(subjects: Sequence[Subject]) -> Iterator[Result]:
    for subject in subjects:
        for paper in subject.papers:
            for grid in grids_of(paper):
                if len(grid.columns) <= 12:
                    yield from _flow(paper, grid)
                    yield from _total(paper, grid)


# -- stocks and flows -------------------------------------------------------------------------------------


def _flow(paper: Paper, grid: Grid) -> Iterator[Result]:
    """Every column of figures must have its part in it, so that nothing is left out of the sum."""
    named = {column: _part(grid.name_of(column)) for column in grid.columns}
    by_part = {
        part: [c for c, each in named.items() if each == part] for part in ("opening", "closing", "in", "out")
    }
    opening, closing = by_part["opening"], by_part["closing"]
    if len(opening) != 1 or len(closing) != 1 or not by_part["in"] or not by_part["out"]:
        return
    if "" in named.values() or len({_units(grid, column) for column in grid.columns}) > 1:
        return
    rule = Sum(closing[0], (*opening, *by_part["in"]), tuple(by_part["out"]))
    yield from _judge(paper, grid, rule, [line for line in grid.lines if line.has_figures], "flow-across")


def _part(name: str) -> str:
    """What a column called so has to do with a stock; "" where that is nothing, or not sure."""
    found = [
        part
        for part, pattern in (("opening", _OPENING), ("closing", _CLOSING), ("in", _IN), ("out", _OUT))
        if pattern.search(name)
    ]
    if found and found[0] in ("opening", "closing") and not {"opening", "closing"} <= set(found):
        return found[0]
    return found[0] if len(found) == 1 else ""


def _units(grid: Grid, column: int) -> frozenset[str]:
    return grid.units_at(column) - {"number"} or frozenset({""})


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
    plain = [line for line in lines if not units_of(line) & {"percent", "points"} and not _ONCE.search(line.label)]
    yield from _judge(paper, grid, Sum(last, tuple(parts)), plain, "total-across")


def _judge(paper: Paper, grid: Grid, rule: Sum, lines: Sequence[Line], name: str) -> Iterator[Result]:
    held = [(line, fits) for line in lines if (fits := _fits(rule, line)) is not None]
    right = [line for line, fits in held if fits and _tells(rule, line)]
    wrong = [line for line, fits in held if not fits]
    wrongs = len([line for line in wrong if not (line.is_total or line.is_whole)])
    few = wrongs if rule.minus else 2 * wrongs
    if len(right) < max(few, FEWEST) or not all(_is_near(rule, line) for line in wrong):
        return
    for line, fits in held:
        verdict = Verdict.CONSISTENT if fits else Verdict.CONTRADICTION
        if not fits and not rule.minus and len(right) < _SURE and _is_more(rule, line):
            verdict = Verdict.SUSPECT  # of a kind that has no column of its own
        yield _result(paper, grid, rule, line, name, verdict)


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


def _is_near(rule: Sum, line: Line) -> bool:
    """Does it miss by little, and print none of its own parts, as a row of averages would?"""
    printed, total = line.figures[rule.column].value, rule.total(line)
    parts = [line.figures[column].value for column in rule.plus]
    return (
        printed is not None
        and abs(printed - total) * NEAR <= abs(total)
        and (bool(rule.minus) or printed not in parts)
    )


def _result(paper: Paper, grid: Grid, rule: Sum, line: Line, name: str, verdict: Verdict) -> Result:
    whole = line.figures[rule.column]
    made = say_sum(rule.total(line), whole)
    sums = " + ".join(f"“{grid.name_of(column)}”" for column in rule.plus)
    less = "".join(f" − “{grid.name_of(column)}”" for column in rule.minus)
    link = ", and " if verdict is Verdict.CONSISTENT else "; "
    name_of = grid.name_of(rule.column)
    message = f"In the row “{line.label}”, “{name_of}” prints {whole.text}{link}{sums}{less} is {made}."
    return Result(
        verdict=verdict,
        check=Check.CAST,
        rule=name,
        message=in_table(message, grid),
        printed=(paper.print_of(line.row),),
        recomputed=made,
        tolerance="each figure may have been rounded or cut off"
        if whole.bounds and whole.bounds[0] != whole.bounds[1]
        else "",
    )
