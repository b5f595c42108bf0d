"""Which figures of which indicators, areas and periods does a file give, and which of its cells cannot be taken?

Everything that is refused says where it stands and why. A figure that is given twice in one file, or that two
files of one load tell differently, is refused at both places: nobody here knows which is right.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from bluelamp.figures.months import Month, Span, period_words
from bluelamp.lib.calendar_days import say_day
from bluelamp.performance.loading_mappings import FiguresMapping
from bluelamp.performance.loading_names import Names
from bluelamp.performance.loading_periods import read_end
from bluelamp.performance.loading_refusals import Place, Refused, RefusedError, shown
from bluelamp.performance.loading_tables import (
    NamedFile,
    RawFigure,
    RawFigures,
    Table,
    find_tables,
    read_table,
    say_unread,
)
from bluelamp.performance.loading_values import SHARES, Figure, Manner, read_figure
from bluelamp.performance.plans import Indicator, Plan
from bluelamp.performance.series import UNKNOWN, Point, SeriesKey
from bluelamp.register.import_mappings import heading_key

LONGEST_BREAKDOWN: Final = 120
OLDEST_YEARS: Final = 60


@dataclass(frozen=True, slots=True)
class ReadFigure:
    """One figure that can be taken."""

    key: SeriesKey
    point: Point
    place: Place


@dataclass(frozen=True)
class ReadFigures:
    """What files give. `told` is what a person should know though nothing is refused: one sentence each."""

    figures: tuple[ReadFigure, ...]
    refused: tuple[Refused, ...] = ()
    told: tuple[str, ...] = ()
    mapping: str = ""  # slugs of those that were used


def read_files(
    files: Sequence[NamedFile],
    plan: Plan,
    mappings: Sequence[FiguresMapping],
    *,
    day: dt.date,
    sheet: str = "",
    span: Span | None = None,
) -> ReadFigures:
    """Every figure of the files; a PlainError where one has no table at all.

    `day` is the day on which the figures are known: a period that ends later is refused.
    """
    read: list[ReadFigure] = []
    refused: list[Refused] = []
    told: list[str] = []
    used: list[str] = []
    for file in files:
        told += [f"{file.name}: {note}" for note in file.values.notes]
        tables = find_tables(file, mappings, Names(plan, mappings[0]).knows, sheet=sheet)
        told += say_unread(tables)
        for table in tables:
            used.append(table.mapping.slug)
            raw = RawFigures()
            read_table(table, raw)
            refused += raw.refused
            taking = _Taking(plan, table, day, span)
            read += taking.take(raw.figures)
            refused += taking.refused
            told += _say_table(table, raw, taking)
    kept, clashes, same = refuse_repeats(read)
    if same:
        told.append(f"{same:,} figures stand in more than one file and agree there.")
    refused = sorted([*refused, *clashes], key=_order)
    return ReadFigures(tuple(kept), tuple(refused), tuple(told), ", ".join(dict.fromkeys(used)))


def _order(refused: Refused) -> tuple[str, str, int, str]:
    digits = "".join(each for each in refused.cell if each.isdigit())
    return refused.file, refused.sheet, int(digits or 0), refused.cell


def _say_table(table: Table, raw: RawFigures, taking: _Taking) -> Iterator[str]:
    where = f"{table.file}, sheet {table.sheet.name}" if table.sheet.name else table.file
    if raw.empty:
        cells = "1 cell is" if raw.empty == 1 else f"{raw.empty:,} cells are"
        yield f"{where}: {cells} empty and gave no figure."
    if not taking.taken and not raw.refused and not taking.refused:
        yield f"{where} has headings and no figure below them."
    if len(taking.shares) > 2 and max(taking.shares) <= 1 and any(taking.shares):
        yield (
            f"{where}: no percentage is above 1. If 0.774 stands for 77.4%, say so in the mapping"
            " (percentages: fraction)."
        )


class _Taking:
    """Takes the figures of one table; what cannot be is in `refused`, each cell once."""

    def __init__(self, plan: Plan, table: Table, day: dt.date, span: Span | None) -> None:
        self.table, self.plan, self.day = table, plan, day
        self.span = span
        self.names = Names(plan, table.mapping)
        self.refused: list[Refused] = []
        self.taken: list[ReadFigure] = []
        self.shares: list[Decimal] = []  # percentages that stand alone in this table
        self._told: set[Place] = set()
        self._manners: dict[str, Manner] = {}

    def take(self, raw: Sequence[RawFigure]) -> list[ReadFigure]:
        for each in raw:
            if figure := self._take(each):
                self.taken.append(figure)
        return self.taken

    def _take(self, raw: RawFigure) -> ReadFigure | None:
        """One figure; None where nothing is said, or it is refused at the cell that is to blame."""
        at = raw.row_place
        try:
            indicator = self.names.indicator(raw.code)
            at = raw.area_place
            area = self.names.area(raw.area, raw.place.sheet)
            at = raw.row_place
            breakdown = _check_breakdown(raw.breakdown)
            at = raw.period_place
            to, span = self._period(raw, indicator)
            at = raw.place
            figure = read_figure(indicator, raw.said, self._manner(indicator))
        except RefusedError as refusal:
            if at not in self._told:
                self._told.add(at)
                self.refused.append(Refused.at(at, str(refusal)))
            return None
        if figure is None:
            return None
        if figure.value is not None and indicator.unit in SHARES and figure.denominator is None:
            self.shares.append(figure.value)
        key = SeriesKey(self.plan.slug, indicator.code, area, span, breakdown)
        return ReadFigure(key, make_point(to, figure, raw.place.short), raw.place)

    def _period(self, raw: RawFigure, indicator: Indicator) -> tuple[Month, Span]:
        if not raw.period:
            raise RefusedError("The row names no period.")
        to, span = read_end(raw.period, indicator.frequency, self.span or _read_span(raw.span))
        if to.last > self.day:
            raise RefusedError(
                f"{period_words(to, span)} ends on {say_day(to.last)}, after {say_day(self.day)}, on which these"
                " figures are said to be known."
            )
        if self.day.year - to.year > OLDEST_YEARS:
            raise RefusedError(
                f"{period_words(to, span)} is more than {OLDEST_YEARS} years before {say_day(self.day)}: look at"
                " the date, since a spreadsheet shows an empty one as 1900."
            )
        return to, span

    def _manner(self, indicator: Indicator) -> Manner:
        if indicator.code not in self._manners:
            mapping = self.table.mapping
            scale = mapping.scale.get(indicator.code) or mapping.scale.get(indicator.unit) or Decimal(1)
            words = {word.casefold(): name for name, said in mapping.words.items() for word in said}
            self._manners[indicator.code] = Manner(scale, mapping.percentages == "fraction", words)
        return self._manners[indicator.code]


def _read_span(words: str) -> Span | None:
    if not words:
        return None
    key = heading_key(words).replace(" ", "-")
    found = _SPANS.get(key)
    if found is None:
        raise RefusedError(
            f"{shown(words)} is no length of a period: write month, quarter, half-year or 12-months."
        )
    return found


_SPANS: Final = {span.value: span for span in Span} | {
    "year": Span.YEAR,
    "annual": Span.YEAR,
    "yearly": Span.YEAR,
    "12-month": Span.YEAR,
    "rolling-12-months": Span.YEAR,
    "monthly": Span.MONTH,
    "quarterly": Span.QUARTER,
    "six-monthly": Span.HALF_YEAR,
    "6-months": Span.HALF_YEAR,
}


def _check_breakdown(words: str) -> str:
    if len(words) > LONGEST_BREAKDOWN:
        raise RefusedError(f"The breakdown {shown(words)} is longer than {LONGEST_BREAKDOWN} letters.")
    return words


def make_point(to: Month, figure: Figure, cell: str) -> Point:
    """The figure as a point of its series."""
    return Point(
        to=to,
        value=figure.value,
        numerator=figure.numerator,
        denominator=figure.denominator,
        unknown=figure.unknown,
        flags=figure.flags,
        printed=figure.printed,
        sample=figure.sample,
        half_width=figure.half_width,
        cell=cell,
    )


# -- the same figure twice -------------------------------------------------------------------------------------


def says_same(one: Point, other: Point) -> bool:
    """Do two points tell the same figure, wherever they stand and however they are printed?"""
    return (
        one.value == other.value
        and one.unknown == other.unknown
        and one.numerator == other.numerator
        and one.denominator == other.denominator
        and one.sample == other.sample
        and one.half_width == other.half_width
        and ("provisional" in one.flags) == ("provisional" in other.flags)
    )


def say_point(point: Point) -> str:
    """ "1,234", "77.4 (1,980 of 2,006)", "pending"."""
    if point.value is None:
        return UNKNOWN[point.unknown]
    said = f"{point.value:,f}"
    if point.numerator is not None and point.denominator is not None:
        said += f" ({point.numerator:,f} of {point.denominator:,f})"
    return f"{said}, provisional" if "provisional" in point.flags else said


def refuse_repeats(read: Sequence[ReadFigure]) -> tuple[list[ReadFigure], list[Refused], int]:
    """What is told once; refusals of what is told twice; how many figures two files tell alike."""
    by_period: dict[tuple[SeriesKey, Month], list[ReadFigure]] = {}
    for each in read:
        by_period.setdefault((each.key, each.point.to), []).append(each)
    kept: list[ReadFigure] = []
    refused: list[Refused] = []
    same = 0
    for (key, to), told in by_period.items():
        if len(told) == 1:
            kept += told
            continue
        files = {each.place.file for each in told}
        if len(files) == len(told) and all(says_same(told[0].point, each.point) for each in told[1:]):
            kept.append(told[0])
            same += 1
            continue
        what = f"{key.code} in {key.area} for {period_words(to, key.span)}"
        refused += [Refused.at(each.place, _say_clash(what, each, told)) for each in told]
    return kept, refused, same


def _say_clash(what: str, here: ReadFigure, told: Sequence[ReadFigure]) -> str:
    other = next(each for each in told if each.place != here.place)
    if here.place.file == other.place.file:
        where = other.place.cell
        if here.place.sheet != other.place.sheet:
            where += f" of the sheet {other.place.sheet}"
        return f"{what} is given twice, here and in cell {where}: take one of them out."
    return (
        f"{what} is {say_point(here.point)} here and {say_point(other.point)} in {other.place.words}:"
        " find out which is right."
    )
