"""Do the totals of a table add up: down, across, in groups, and in the heading or the sentence above it?

What is compared are intervals: each part may have been rounded or cut off. A row called a total that none of the
sums it could be of can give is a contradiction; one that covers all without being called a total ("Force wide")
is held to its sum only where the same row adds up in most other columns.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final

from bluelamp.checks.grids import FEWEST, NEAR, Figure, Grid, Line, add_bounds, grids_of, overlap
from bluelamp.checks.model import Check, Paper, Printed, Result, Subject, Verdict
from bluelamp.checks.period_sums import is_of_periods
from bluelamp.checks.table_notes import Note
from bluelamp.documents.blocks import Row

_FORWARD = re.compile(
    r"(?:balance |total |sub-?total )?(?P<way>carried|brought) forward\b|(?P<short>[cb]/f)\b", re.I
)


_SMALL: Final = 6
"""What is missing is so many times less than the least part, and so hardly the figure that is not printed."""
HIDDEN: Final = "its sheet hides rows or columns, which may be counted in it"
_DIGIT = re.compile(r"\d")


@dataclass(frozen=True)
class _Try:
    """A total set against one of the sums that it could be of, in one column."""

    column: int
    total: Figure
    parts: tuple[Line, ...]
    fits: bool | None  # None: it cannot be told
    reason: str = ""
    doubt: str = ""  # on what it hangs that it does not hold


def check_casts(subjects: Sequence[Subject]) -> Iterator[Result]:
    """Totals down and lines that are part of another, in every table of every paper."""
    for subject in subjects:
        for paper in subject.papers:
            for grid in grids_of(paper):
                yield from _totals_down(paper, grid)
                yield from _parts_of(paper, grid)


def _totals_down(paper: Paper, grid: Grid) -> Iterator[Result]:
    columns = [column for column in grid.columns if grid.is_additive(column)]
    for index, line in enumerate(grid.lines):
        is_sum = is_of_periods(grid.lines, index)
        is_named = line.is_total or line.is_whole or is_sum or (line.is_place and _ends_group(grid, index))
        if not line.has_figures or not columns or not (is_named or _is_unnamed_sum(grid, index)):
            continue
        tried = [_try_all(parts, line, columns) for parts in _candidates(grid, index)]
        tried = [each for each in tried if each]
        if tried:
            best = _best(tried)
            is_all = (line.is_whole and _ends_group(grid, index)) or is_sum
            is_named = line.is_total or (is_all and _near(best))
            best = [_doubt(grid, index, each) for each in best]
            yield from _judge(paper, grid, line, best, is_named=is_named)


def _doubt(grid: Grid, index: int, tried: _Try) -> _Try:
    """A sum that does not hold, but of which something says that it need not."""
    if tried.fits is not False:
        return tried
    reason = ""
    figures = [part.figures.get(tried.column) for part in tried.parts]
    is_open = any(f is not None and (f.is_nil or f.is_not_applicable) and f.value is None for f in figures)
    known = sum((f.value for f in figures if f is not None and f.value is not None), Decimal(0))
    is_more = tried.total.value is not None and tried.total.value > known
    if grid.note is Note.HIDES:
        reason = HIDDEN
    elif grid.note is Note.NEED_NOT_SUM:
        reason = "a note beside the table says that its figures need not add up"
    elif grid.lines[index].leaves_out:
        reason = "it says itself that it leaves something out"
    elif _may_be_mean(tried, known):
        reason = "it lies among the rows above it, as an average does"
    elif is_more and _is_hole(grid, index):
        reason = "a row above it has no figure"
    elif is_more and is_open:
        money = any(f is not None and f.unit == "gbp" for f in (*figures, tried.total))
        reason = "" if money else "a dash or “n/a” above it may stand for a figure that is not known"
        if not money and _is_less_than_a_part(figures, tried.total, known):
            return replace(tried, doubt="if what is not printed above it is none")
    return replace(tried, fits=None, reason=reason) if reason else tried


def _is_less_than_a_part(figures: Sequence[Figure | None], total: Figure, known: Decimal) -> bool:
    """Is what is missing but a sixth of the least part, so that it is hardly the figure that is not printed?"""
    values = [figure.value for figure in figures if figure is not None and figure.value]
    return total.value is not None and min(values, default=Decimal(0)) > _SMALL * (total.value - known) > 0


def _may_be_mean(tried: _Try, total: Decimal) -> bool:
    """Is what is printed far from the sum and within the rows, and no slip of one digit?"""
    values = [f.value for part in tried.parts if (f := part.figures.get(tried.column)) and f.value is not None]
    printed = tried.total.value
    if printed is None or len(values) <= FEWEST or min(values) < 0 or abs(total - printed) * NEAR <= total:
        return False
    one, other = str(printed), str(total)
    is_slip = len(one) == len(other) and sum(a != b for a, b in zip(one, other, strict=True)) == 1
    return min(values) <= printed <= max(values) and not is_slip


def _is_hole(grid: Grid, index: int) -> bool:
    """Is there a row above without any figure that may be one of the parts, and no group's name?"""
    lines = grid.lines
    if sum(line.is_total for line in lines) > 1:
        return False
    for n in range(1, index):
        if lines[n].label and not lines[n].has_figures and lines[n - 1].has_figures:
            return True
    bare = [n for n, line in enumerate(lines) if not line.has_figures]
    return bare == [0] and bool(lines[0].label)


def _ends_group(grid: Grid, index: int) -> bool:
    """Does nothing with figures follow the row, or only another group?"""
    rest = grid.lines[index + 1 :]
    return not rest or not rest[0].has_figures


def _near(tried: Sequence[_Try]) -> bool:
    """Is the total like a sum of these rows: none of them greater, none below nought, and not far from it?"""
    for each in tried:
        total = each.total.value
        values = [f.value for part in each.parts if (f := part.figures.get(each.column)) and f.value is not None]
        if total is None or not values or min(values) < 0 or max(values) > total:
            return False
        if abs(sum(values) - total) * NEAR > total:
            return False
    return True


def _is_unnamed_sum(grid: Grid, index: int) -> bool:
    """A row without a name below at least two that have one: in finance papers a sum."""
    line = grid.lines[index]
    above = [each for each in grid.lines[:index] if each.has_figures]
    return not line.label and len(above) >= FEWEST and all(each.label for each in above[-FEWEST:])


def _candidates(grid: Grid, index: int) -> Iterator[tuple[Line, ...]]:
    """The rows of which the one at `index` could be the sum, the likeliest first."""
    lines = grid.lines
    is_sum = [line.is_total or _is_forward(lines, n) or _is_unnamed_sum(grid, n) for n, line in enumerate(lines)]
    above = [n for n in range(index) if lines[n].has_figures and not lines[n].is_part]
    start = _boundary(lines, is_sum, index)
    group = tuple(lines[n] for n in above if n > start and not is_sum[n])
    plain = tuple(lines[n] for n in above if not is_sum[n] and not lines[n].is_whole)
    sums = tuple(lines[n] for n in above if is_sum[n])
    last = max((n for n in above if is_sum[n]), default=-1)
    mixed = sums + tuple(lines[n] for n in above if n > last)
    below = tuple(
        line
        for n, line in enumerate(lines)
        if n > index and line.has_figures and not line.is_part and not is_sum[n]
    )
    grand = max((n for n in above if lines[n].is_total), default=-1)
    since = tuple(lines[n] for n in above if n > grand >= 0 and not is_sum[n])
    for parts in (group, plain, sums, mixed, since, _without_children(plain), below if not above else ()):
        if len(parts) >= FEWEST:
            yield parts


def _is_forward(lines: Sequence[Line], index: int) -> bool:
    """What one page carries to the next, and what the next brings: sums of what stands above them."""
    found = _FORWARD.match(lines[index].label.strip())
    if not found or not index:
        return False
    is_carried = (found["way"] or found["short"]).lower().startswith("c")
    return is_carried or any(_FORWARD.match(line.label.strip()) for line in lines[:index])


def _boundary(lines: Sequence[Line], is_sum: Sequence[bool], index: int) -> int:
    """The last row above that ends or heads a group: a sum, or a name without figures."""
    return max((n for n in range(index) if is_sum[n] or not lines[n].has_figures), default=-1)


def _without_children(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """The rows without those that a row above them already adds up (a heading that prints its group's sum)."""
    kept: list[Line] = []
    index = 0
    while index < len(lines):
        kept.append(lines[index])
        index += 1 + _children(lines, index)
    return tuple(kept) if len(kept) < len(lines) else ()


def _children(lines: tuple[Line, ...], index: int) -> int:
    """How many rows below add up to this one in every column; 0 where none do."""
    for count in range(FEWEST, min(12, len(lines) - index - 1) + 1):
        below = lines[index + 1 : index + 1 + count]
        tried = _try_all(below, lines[index], list(lines[index].figures))
        if tried and all(each.fits for each in tried):
            return count
    return 0


def _try_all(parts: tuple[Line, ...], total: Line, columns: Sequence[int]) -> list[_Try]:
    return [found for column in columns if (found := _try(parts, total, column))]


def _try(parts: tuple[Line, ...], line: Line, column: int) -> _Try | None:
    total = line.figures.get(column)
    if total is None or total.bounds is None:
        return None
    figures = [part.figures.get(column) for part in parts]
    known = [figure for figure in figures if figure is not None and figure.bounds is not None]
    if len(known) < FEWEST:
        return None
    bounds = add_bounds(known)
    fits = bounds is not None and overlap(bounds, total.bounds)
    missing = [f for f in figures if f is None or (f.bounds is None and not (f.is_nil or f.is_not_applicable))]
    is_wordy = all(figure is None or not _DIGIT.search(figure.text) for figure in missing)
    if fits or not missing or (is_wordy and _is_too_small(known, total)):
        return _Try(column, total, parts, fits)
    unreadable = next((f.text for f in missing if f is not None and f.text), "")
    reason = f"“{unreadable[:40]}” is no figure that can be added" if unreadable else "a cell above is empty"
    return _Try(column, total, parts, None, reason)


def _is_too_small(known: Sequence[Figure], total: Figure) -> bool:
    """Is the total less than the counts that are known, whatever the others are?"""
    least = add_bounds(known)
    return (
        least is not None
        and total.bounds is not None
        and total.bounds[1] < least[0]
        and all(f.unit in ("", "number") and f.bounds is not None and f.bounds[0] >= 0 for f in known)
    )


def _best(tried: list[list[_Try]]) -> list[_Try]:
    """The sum that the row agrees with in most columns; the likeliest where several do, or none."""
    return max(tried, key=lambda columns: sum(each.fits is True for each in columns))


def _judge(paper: Paper, grid: Grid, line: Line, tried: list[_Try], *, is_named: bool) -> Iterator[Result]:
    fits = sum(each.fits is True for each in tried)
    fails = sum(each.fits is False for each in tried)
    for each in tried:
        if each.fits is False and _is_one_rate(each):
            continue
        if each.fits is None:
            yield _result(paper, grid, line, each, Verdict.UNCHECKED)
        elif each.fits:
            yield _result(paper, grid, line, each, Verdict.CONSISTENT)
        elif is_named:
            verdict = Verdict.SUSPECT if each.doubt else Verdict.CONTRADICTION
            yield _result(paper, grid, line, each, verdict)
        elif fits >= FEWEST and fits > fails:
            yield _result(paper, grid, line, each, Verdict.CONTRADICTION if fits > 2 * fails else Verdict.SUSPECT)
        elif fits >= fails and (line.is_whole or line.is_place) and _near([each]) and _tells(tried):
            yield _result(paper, grid, line, each, Verdict.SUSPECT)
        else:
            reason = (
                f"nothing says that “{line.label or 'the row without a name'}” is the sum of the rows above it"
            )
            unclear = _Try(each.column, each.total, each.parts, None, reason)
            yield _result(paper, grid, line, unclear, Verdict.UNCHECKED)


def _tells(tried: Sequence[_Try]) -> bool:
    """Does a sum that holds have more figures than it would have by chance?"""
    held = [each.total.value for each in tried if each.fits]
    return any(value is not None and digits_told(value) >= FEWEST for value in held)


def digits_told(value: Decimal) -> int:
    """How many figures a number has without the noughts at its ends: few come twice by chance."""
    return len(f"{abs(value).normalize():f}".replace(".", "").strip("0"))


def _is_one_rate(tried: _Try) -> bool:
    """The same figure in every row and in the total: a price or a rate, which nobody adds up."""
    values = {f.value for part in tried.parts if (f := part.figures.get(tried.column)) and f.value is not None}
    return values == {tried.total.value}


def _result(paper: Paper, grid: Grid, line: Line, tried: _Try, verdict: Verdict) -> Result:
    label = f"The row “{line.label}”" if line.label else "The row without a name"
    column = grid.name_of(tried.column)
    under = f" under “{column}”" if column else ""
    head = f"{label} prints {tried.total.text}{under}"
    figures = [f for part in tried.parts if (f := part.figures.get(tried.column)) and f.value is not None]
    total = sum((figure.value or Decimal(0) for figure in figures), Decimal(0))
    unit = figures[0].printed if figures else None
    said = say_sum(total, tried.total)
    rows = f"the {len(figures)} rows it stands for sum to {said}"
    message = {
        Verdict.CONTRADICTION: f"{head}; {rows}.",
        Verdict.SUSPECT: f"{head}; {rows}, {tried.doubt or 'though it adds up elsewhere in the row'}.",
        Verdict.CONSISTENT: f"{head}, and {rows}.",
        Verdict.UNCHECKED: f"{head}, which could not be checked: {tried.reason}.",
    }[verdict]
    exact = unit is not None and all(f.bounds and f.bounds[0] == f.bounds[1] for f in figures)
    return Result(
        verdict=verdict,
        check=Check.CAST,
        rule="total-down",
        message=in_table(message, grid),
        printed=(paper.print_of(line.row), _print_rows(paper, [part.row for part in tried.parts])),
        recomputed=said if verdict is not Verdict.UNCHECKED else "",
        tolerance="" if exact else f"each of the {len(figures)} figures may have been rounded or cut off",
    )


def _print_rows(paper: Paper, rows: Sequence[Row]) -> Printed:
    printed = paper.print_of(*rows)
    return Printed(" | ".join(" ".join(c.text for c in row.cells if c.text) for row in rows), printed.citations)


def in_table(message: str, grid: Grid) -> str:
    """The sentence with the table's title at its end, where it has one."""
    title = grid.table.title.strip()
    return f"{message[:-1]} (table “{title[:80]}”)." if title else message


def say_sum(total: Decimal, like: Figure) -> str:
    """A recomputed sum in the units and to the places of the figure that it is set against."""
    printed = like.printed
    if printed is None or printed.low is None or printed.high is None or printed.value is None:
        return f"{total:,}"
    digits = [c for c in like.text if c.isdigit()]
    scale = Decimal(1)
    if printed.low != printed.high and digits:
        places = len(like.text.partition(".")[2].strip("()%kmbn ")) if "." in like.text else 0
        scale = (printed.high - printed.low) * (Decimal(10) ** places)
    shown = (total / scale).normalize()
    return f"{shown:,f}"


def _parts_of(paper: Paper, grid: Grid) -> Iterator[Result]:
    """A line that is counted in the one above it cannot be more than that one."""
    whole: Line | None = None
    for line in grid.lines:
        if not line.is_part:
            whole = line if line.has_figures else None
            continue
        if whole is None:
            continue
        for column in grid.columns:
            part, of = line.figures.get(column), whole.figures.get(column)
            if not grid.is_additive(column) or part is None or of is None or not part.bounds or not of.bounds:
                continue
            if min(part.bounds[0], of.bounds[0]) < 0:
                continue
            agrees = part.bounds[0] <= of.bounds[1]
            said = "no more than" if agrees else "more than"
            message = (
                f"“{line.label}” prints {part.text}, {said} the {of.text} of “{whole.label}” that it is part of."
            )
            yield Result(
                verdict=Verdict.CONSISTENT if agrees else Verdict.CONTRADICTION,
                check=Check.CAST,
                rule="part-of",
                message=message,
                printed=(paper.print_of(line.row), paper.print_of(whole.row)),
            )
