"""Is a column of shares, rates or averages what the counts beside it give, row by row?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import combinations
from typing import Final

from bluelamp.checks.band_ratios import check_bands
from bluelamp.checks.casts import in_table
from bluelamp.checks.columns_learnt import (
    FEWEST,
    WIDEST,
    Held,
    Made,
    Way,
    columns_of_counts,
    hold,
    learn,
    own_columns,
    printed_bounds,
    quotient,
    said,
)
from bluelamp.checks.grids import Figure, Grid, Line, add_bounds, grids_of, overlap
from bluelamp.checks.model import Check, Paper, Result, Subject, Verdict

_PER = re.compile(
    r"\b(?:per|/)\s?(?P<number>\d{1,3}(?:,\d{3})+|\d{3,7})\b|\bper\s(?P<word>thousand|hundred thousand|million)\b"
    r"|\bper\s(?!cent\b)(?P<each>[a-z]{1,20}[\d²³]?)(?![\w])",
    re.I,
)
_WORDS: Final = {"thousand": 1_000, "hundred thousand": 100_000, "million": 1_000_000}
_SHARE = re.compile(r"%|\b(?:per ?cent|percentage|share|proportion|rate)\b", re.I)
_CHANGE = re.compile(
    r"\b(?:change|difference|variance|variation|movement|growth|increase|decrease|reduction)\b|\+/-", re.I
)
_MEAN = re.compile(r"\b(?:average|avg|mean|monthly|weekly|daily|quarterly|per (?:month|week|day|quarter))\b", re.I)
_AVERAGE = re.compile(r"(?:the )?(?:\w+ )?(?:average|mean|median)\b", re.I)
"""A row that may print the mean of the rates above it, instead of what its own figures give."""
_PRODUCT = re.compile(
    r"\b(?:score|rating|yield|amount|cost|precept|income|value|charge|fees?|revenue|exposure|bill|spend)\b", re.I
)
_DAYS: Final = (365, 366, 91, 30)
_PARTS: Final = {"month": (12, 6, 3, 9), "week": (52, 13, 26), "dai": _DAYS, "day": _DAYS, "quarter": (4, 2, 3)}
_MOST: Final = 14  # columns of counts among which two are looked for


def check_ratio_columns(subjects: Sequence[Subject]) -> Iterator[Result]:
    """Shares, rates and averages in every table of every paper."""
    for subject in subjects:
        for paper in subject.papers:
            for grid in grids_of(paper):
                if len(grid.columns) > WIDEST:
                    continue
                yield from check_bands(paper, grid)
                lines = [line for line in grid.lines if line.has_figures and not _AVERAGE.match(line.label)]
                learnt = [found for column in grid.columns if (found := _learn(grid, lines, column))]
                for way, held in own_columns(grid, learnt):
                    yield from _judge(paper, grid, way, held, [line for line in lines if _is_of_all(line)])


def _learn(grid: Grid, lines: Sequence[Line], column: int) -> tuple[Way, list[Held]] | None:
    name = grid.name_of(column)
    if _CHANGE.search(name) or not (
        grid.is_share(column)
        or _SHARE.search(name)
        or _PER.search(name)
        or _MEAN.search(name)
        or _PRODUCT.search(name)
    ):
        return None
    parts = [line for line in lines if not _is_of_all(line)]
    return (
        learn(_ways(grid, column), parts)
        or learn(_ways(grid, column), lines)
        or _learn_with_sums(grid, column, parts, len(lines) - len(parts))
    )


def _learn_with_sums(grid: Grid, column: int, parts: Sequence[Line], totals: int) -> tuple[Way, list[Held]] | None:
    """Two rows and their total, which is wrong itself: what it should be takes its place."""
    if totals != 1 or not 2 <= len(parts) <= FEWEST:
        return None
    whole = next(line for line in grid.lines if line.has_figures and _is_of_all(line))
    learnt = learn(_ways(grid, column), [*parts, summed(grid, parts, whole)])
    return learnt and (learnt[0], [each for each in learnt[1] if each.line in parts])


def _judge(paper: Paper, grid: Grid, way: Way, held: Sequence[Held], totals: Sequence[Line]) -> Iterator[Result]:
    """Each row; and a total, which may print the mean of the rows there instead of what its own figures give."""
    parts = [each for each in held if not _is_of_all(each.line)]
    yield from (_result(paper, grid, way, each) for each in parts)
    if len(parts) < FEWEST or way.of[:1] == ("times",):
        return
    lines = [each.line for each in parts]
    is_whole = len(lines) == sum(line.has_figures and not _is_of_all(line) for line in grid.lines)
    for line in totals:
        found = hold(way, line)
        if found is not None and not found.agrees and not _is_of_sums(grid, way, lines, line):
            if _is_mean(way, lines, line):
                doubt, wrong = "; it is the mean of the rows, and may be meant so", Verdict.UNCHECKED
            else:
                doubt = "" if is_whole else "; a row has no figures"
                wrong = Verdict.CONTRADICTION if is_whole else Verdict.SUSPECT
            yield _result(paper, grid, way, found, doubt, wrong)


def _is_of_sums(grid: Grid, way: Way, parts: Sequence[Line], line: Line) -> bool:
    """Is it right for what the rows add up to, so that not it, but a total beside it is wrong?"""
    made, printed = way.make(summed(grid, parts, line)), printed_bounds(line.figures.get(way.column))
    return made is not None and printed is not None and overlap((made.low, made.high), printed)


def _is_mean(way: Way, parts: Sequence[Line], line: Line) -> bool:
    """Does a total print there the mean of the rows, or the one in their middle?"""
    values = sorted(f.value for part in parts if (f := part.figures.get(way.column)) and f.value is not None)
    bounds = printed_bounds(line.figures.get(way.column))
    if not values or bounds is None:
        return False
    return any(bounds[0] <= each <= bounds[1] for each in (sum(values) / len(values), values[len(values) // 2]))


def summed(grid: Grid, parts: Sequence[Line], line: Line) -> Line:
    """The line with what the parts add up to in every column that may be added."""
    figures = dict(line.figures)
    for column, figure in line.figures.items():
        own = [part.figures.get(column) for part in parts]
        known = [each for each in own if each is not None and each.printed is not None and each.bounds is not None]
        bounds = add_bounds(known)
        if figure.printed is None or len(known) < len(parts) or bounds is None or not grid.is_additive(column):
            continue
        total = sum((each.value or Decimal(0) for each in known), Decimal(0))
        printed = replace(figure.printed, value=total, low=bounds[0], high=bounds[1])
        figures[column] = Figure(printed, f"{total:,f}")
    return replace(line, figures=figures)


def _is_of_all(line: Line) -> bool:
    return line.is_total or line.is_whole


def _ways(grid: Grid, column: int) -> Iterator[Way]:
    name = grid.name_of(column)
    counts = columns_of_counts(grid, column)[:_MOST]
    factors = [Decimal(100)] if grid.is_share(column) or _SHARE.search(name) else []
    if per := _PER.search(name):
        whole = _factor(per)
        factors = [whole, whole / 1000] if whole >= 1000 else [whole]
    for factor in factors:
        for top in counts:
            for bottom in counts:
                if top != bottom:
                    yield _quotient(column, top, bottom, factor)
    if _PRODUCT.search(name):
        before = [count for count in counts if count < column]
        yield from (_product(column, one, other) for one, other in combinations(before, 2))
    if _MEAN.search(name):
        yield from _means(column, name, counts)


def _factor(per: re.Match[str]) -> Decimal:
    if per["number"]:
        return Decimal(per["number"].replace(",", ""))
    return Decimal(_WORDS[per["word"].lower()] if per["word"] else 1)


def _quotient(column: int, top: int, bottom: int, factor: Decimal) -> Way:
    def make(line: Line) -> Made | None:
        return quotient(line.figures.get(top), line.figures.get(bottom), factor)

    def says(line: Line) -> str:
        by = {1: "", 100: ", in per cent,"}.get(int(factor), f", times {factor:,f},")
        return f"{line.figures[top].text} by {line.figures[bottom].text}{by}"

    return Way(column, make, says, (f"by {factor}", top, bottom))


def _product(column: int, one: int, other: int) -> Way:
    """A risk's score is its likelihood times its impact; a yield the base times the rate."""

    def make(line: Line) -> Made | None:
        a, b = line.figures.get(one), line.figures.get(other)
        if a is None or b is None or a.value is None or b.value is None or a.bounds is None or b.bounds is None:
            return None
        if a.bounds[0] < 0 or b.bounds[0] < 0 or 1 in (a.value, b.value):
            return None
        return Made(a.bounds[0] * b.bounds[0], a.value * b.value, a.bounds[1] * b.bounds[1])

    def says(line: Line) -> str:
        return f"{line.figures[one].text} times {line.figures[other].text},"

    return Way(column, make, says, ("times", one, other))


def _means(column: int, name: str, counts: Sequence[int]) -> Iterator[Way]:
    """One column by the months (weeks, days) of its period; the mean of all columns to the left."""
    parts = next((parts for stem, parts in _PARTS.items() if stem in name.lower()), ())
    for count in counts:
        for number in parts:
            yield _divided(column, (count,), Decimal(number), f"by {number}")
    left = [count for count in counts if count < column]
    for most in range(2, len(left) + 1):
        columns = tuple(left[-most:])
        yield _divided(column, columns, Decimal(most), f"the {most} figures before it, by {most}")


def _divided(column: int, parts: tuple[int, ...], number: Decimal, words: str) -> Way:
    def make(line: Line) -> Made | None:
        figures = [line.figures.get(part) for part in parts]
        if any(figure is None or figure.bounds is None or figure.value is None for figure in figures):
            return None
        low = sum((f.bounds[0] for f in figures if f and f.bounds), Decimal(0))
        high = sum((f.bounds[1] for f in figures if f and f.bounds), Decimal(0))
        value = sum((f.value for f in figures if f and f.value is not None), Decimal(0))
        return Made(low / number, value / number, high / number)

    def says(line: Line) -> str:
        return f"{line.figures[parts[0]].text} {words}" if len(parts) == 1 else words

    return Way(column, make, says, (f"by {number}", *parts))


def _result(
    paper: Paper, grid: Grid, way: Way, held: Held, doubt: str = "", wrong: Verdict = Verdict.CONTRADICTION
) -> Result:
    figure = held.line.figures[way.column]
    shown = said(held.made.value, figure)
    name = grid.name_of(way.column) or "%"
    link = "as printed" if held.agrees else f"which gives {shown}"
    text = f"“{held.line.label}” prints {figure.text} under “{name}” beside {way.says(held.line)} {link}{doubt}."
    return Result(
        verdict=Verdict.CONSISTENT if held.agrees else wrong,
        check=Check.RATIO,
        rule="ratio-column",
        message=in_table(" ".join(text.split()), grid),
        printed=(paper.print_of(held.line.row),),
        recomputed=shown,
        tolerance="the other rows are made in this way; each figure may have been rounded or cut off",
    )
