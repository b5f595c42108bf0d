"""Which measures do the tables of these papers print, with which figure for which period?

Rows that a slice has read come first; a table whose columns (or rows) are periods is read here besides.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property, lru_cache
from itertools import pairwise
from typing import Final

from bluelamp.checks.claim_words import Name, name_of
from bluelamp.checks.grids import Figure, Grid, Line, commonest, grids_of
from bluelamp.checks.model import Paper, Printed, PrintedSeries, Subject
from bluelamp.checks.numbers import FoundNumber
from bluelamp.documents.blocks import Block, Row
from bluelamp.documents.citations import Citation
from bluelamp.documents.printed_tables import Table
from bluelamp.figures.printed import PrintedValue, read_printed
from bluelamp.lib.days import DatedPeriod, read_period

_MOST_WORDS = 8  # of a column's head among which its period is looked for


@dataclass(frozen=True)
class At:
    """One figure and the period it is for; `start` is None where the head names only an end."""

    to: dt.date
    start: dt.date | None
    value: PrintedValue

    @property
    def months(self) -> int | None:
        if self.start is None:
            return None
        return (self.to.year - self.start.year) * 12 + self.to.month - self.start.month + 1

    @cached_property
    def bounds(self) -> tuple[Decimal, Decimal] | None:
        return Figure(self.value, self.value.printed).bounds


@dataclass(frozen=True, eq=False)
class Measure:
    """A row of a table (or a column, where its rows are periods), oldest figure first."""

    label: str
    code: str
    title: str  # of its table
    figures: tuple[At, ...]
    changes: tuple[PrintedValue, ...]
    citations: tuple[Citation, ...]
    subject: Subject
    paper: Paper | None
    block: Block | None  # the table
    is_read: bool = True  # by a slice, so that its name stands for itself

    @cached_property
    def name(self) -> Name:
        return name_of(self.label)

    def __post_init__(self) -> None:
        object.__setattr__(self, "figures", _of_sure_length(self.figures))

    @cached_property
    def known(self) -> tuple[At, ...]:
        return tuple(each for each in self.figures if each.value.value is not None and each.bounds is not None)

    @cached_property
    def by_end(self) -> dict[dt.date, list[At]]:
        """Its known figures by the last days of their periods."""
        found: dict[dt.date, list[At]] = {}
        for each in self.known:
            found.setdefault(each.to, []).append(each)
        return found

    @cached_property
    def unit(self) -> str:
        return commonest([each.value.unit for each in self.known])

    @property
    def said(self) -> str:
        return " ".join(filter(None, (self.code, self.label)))

    def printed(self, *figures: At) -> Printed:
        return Printed(" … ".join(each.value.printed for each in figures) or self.label, self.citations)


def _of_sure_length(figures: tuple[At, ...]) -> tuple[At, ...]:
    """ "Dec 2021" and "Dec 2022" over figures of twelve months: a month alone is one only in a row of months."""
    months = [each.to.year * 12 + each.to.month for each in figures]
    is_monthly = len(figures) > 1 and all(b - a == 1 for a, b in pairwise(months))
    if is_monthly or not any(each.months == 1 for each in figures):
        return figures
    return tuple(replace(each, start=None) if each.months == 1 else each for each in figures)


_COUNTS: Final = ("", "number", "fte")
_TIMES: Final = ("days", "hours", "minutes", "seconds")


def is_in_unit(number: FoundNumber, measure: Measure) -> bool:
    """May the number be a figure of the measure? A name may hold the unit: "Timeliness (days)"."""
    unit = number.value.unit
    if unit in _TIMES and measure.unit in _COUNTS:
        return unit.rstrip("s") in measure.label.lower()
    if unit in _COUNTS and measure.unit == "percent":
        return False
    return unit == measure.unit or (unit in _COUNTS and measure.unit in (*_COUNTS, *_TIMES))


_KEPT: Final = "_measures"


def gather_measures(subject: Subject) -> tuple[Measure, ...]:
    """Every measure of the document, as its tables stand; gathered once and kept with the subject."""
    kept: tuple[Measure, ...] | None = subject.__dict__.get(_KEPT)
    if kept is None:
        kept = tuple(measure for measure in _gather(subject) if measure.known)
        subject.__dict__[_KEPT] = kept  # as a cached property would, which the model cannot have
    return kept


def _gather(subject: Subject) -> Iterator[Measure]:
    places = {line: place for place in _table_lines(subject) for line in place[2]}
    found = [_of_series(subject, series, places) for series in subject.series]
    yield from found
    read: dict[int, list[Measure]] = defaultdict(list)
    for measure in found:
        read[id(measure.block)].append(measure)
    for paper in subject.papers:
        grids = {id(grid.table): grid for grid in grids_of(paper)}
        for table in paper.tables:
            if id(table.block) not in read:
                yield from _of_table(subject, paper, grids.get(id(table)) or Grid(table))
            elif not any(period_in(name) for name in table.names):  # a reader may have read but some columns
                names = {measure.name.stems for measure in read[id(table.block)]}
                yield from (each for each in _on_its_side(subject, paper, table) if each.name.stems not in names)


_Place = tuple[Paper, Table, frozenset[int]]


def _table_lines(subject: Subject) -> Iterator[_Place]:
    if not subject.series:
        return
    for paper in subject.papers:
        for table in paper.tables:
            starts = [span[0] for row in table.block.rows for cell in row.cells for span in cell.spans[:1]]
            lines = frozenset(subject.document.line_at(start) for start in starts)
            yield paper, table, lines


def _of_series(subject: Subject, series: PrintedSeries, places: dict[int, _Place]) -> Measure:
    place = places.get(series.citations[0].line)
    starts = _starts(place[1]) if place else {}
    changes = tuple(each for each in (series.change_percent, series.change_actual) if each is not None)
    return Measure(
        label=series.name,
        code=series.code,
        title=place[1].title if place else "",
        figures=tuple(
            sorted((At(p.to, starts.get(p.to), p.value) for p in series.periods), key=lambda each: each.to)
        ),
        changes=changes,
        citations=series.citations,
        subject=subject,
        paper=place[0] if place else None,
        block=place[1].block if place else None,
    )


def _starts(table: Table) -> dict[dt.date, dt.date]:
    periods = [found[0] for name in table.names if (found := period_in(name))]
    return {period.end: period.start for period in periods if period.start is not None}


@lru_cache(maxsize=4096)
def period_in(head: str) -> tuple[DatedPeriod, str] | None:
    """The period that a column's head names, and its other words: "2020/21 Number" is Number in 2020/21."""
    whole = read_period(head)
    if whole is not None:
        return whole, ""
    words = head.split()
    if not 2 <= len(words) <= _MOST_WORDS:
        return None
    for length in range(len(words) - 1, 0, -1):
        for rest, chosen in ((words[length:], words[:length]), (words[:-length], words[-length:])):
            period = read_period(" ".join(chosen))
            if period is not None:
                return period, " ".join(rest)
    return None


# -- tables that no slice has read --------------------------------------------------------------------------


def _of_table(subject: Subject, paper: Paper, grid: Grid) -> Iterator[Measure]:
    columns = [(column, found) for column in grid.columns if (found := period_in(grid.name_of(column)))]
    by_rest: dict[str, list[tuple[int, DatedPeriod]]] = {}
    for column, (period, rest) in columns:
        by_rest.setdefault(rest, []).append((column, period))
    for rest, chosen in by_rest.items():
        if len({period.end for _, period in chosen}) == len(chosen) >= 2:
            for line in grid.lines:
                yield from _of_line(subject, paper, grid, line, chosen, rest)
    if not columns:
        yield from _on_its_side(subject, paper, grid.table)


def _of_line(
    subject: Subject,
    paper: Paper,
    grid: Grid,
    line: Line,
    chosen: Sequence[tuple[int, DatedPeriod]],
    rest: str,
) -> Iterator[Measure]:
    figures = [
        At(period.end, period.start, figure.printed)
        for column, period in chosen
        if (figure := line.figures.get(column)) is not None and figure.printed is not None
    ]
    if line.label and len(figures) >= 2:
        yield _measure(subject, paper, grid.table, f"{line.label} {rest}".strip(), figures, [line.row])


def _on_its_side(subject: Subject, paper: Paper, table: Table) -> Iterator[Measure]:
    """Periods down the side, one measure to a column."""
    dated = [(row, period) for row in table.body if (period := read_period(row.text_at(0)))]
    if len(dated) < 2 or len(dated) < len(table.body) - 2 or len({p.end for _, p in dated}) != len(dated):
        return
    for column in range(1, len(table.names)):
        figures, rows = [], []
        for row, period in dated:
            cell = table.at(row, column)
            value = read_printed(cell.text, unit=table.unit_at(column)) if cell and cell.text.strip() else None
            if value is not None:
                figures.append(At(period.end, period.start, value))
                rows.append(row)
        if len(figures) >= 2 and table.name_at(column):
            yield _measure(subject, paper, table, table.name_at(column), figures, rows)


def _measure(
    subject: Subject, paper: Paper, table: Table, label: str, figures: Iterable[At], rows: Sequence[Row]
) -> Measure:
    ordered = tuple(sorted(figures, key=lambda each: each.to))
    printed = paper.print_of(*rows)
    return Measure(
        label=label,
        code="",
        title=table.title,
        figures=ordered,
        changes=(),
        citations=printed.citations,
        subject=subject,
        paper=paper,
        block=table.block,
        is_read=False,
    )
