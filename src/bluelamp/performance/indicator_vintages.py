"""What was known of an indicator's figures after each load: as published, as revised, as known now?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from bluelamp.figures.months import Month
from bluelamp.figures.saying import say_signed
from bluelamp.performance.indicator_page import print_point
from bluelamp.performance.plans import Indicator
from bluelamp.performance.queries_indicators import Vintage
from bluelamp.performance.reports.model import LoadKnown, PeriodFigure
from bluelamp.performance.reports.periods import find_period
from bluelamp.performance.reports.printing import places_of
from bluelamp.performance.series import UNKNOWN


@dataclass(frozen=True)
class VintageCell:
    """What was known of a period after a load. `moved`: how it differs from what was known before, "" if it does
    not; `published` is what a published report itself said."""

    printed: str
    known: bool
    moved: str
    published: str


@dataclass(frozen=True)
class VintageLine:
    load: LoadKnown
    cells: tuple[VintageCell, ...]

    @property
    def is_new(self) -> bool:
        return any(cell.moved or cell.published for cell in self.cells)


SHOWN_VINTAGES: Final = 12


def make_vintages(
    indicator: Indicator, vintages: Sequence[Vintage], periods: Sequence[PeriodFigure]
) -> tuple[list[VintageLine], int]:
    """The loads that said something new of the periods shown, newest first, and how many are left out."""
    lines: list[VintageLine] = []
    before: dict[Month, PeriodFigure] = {}
    for vintage in vintages:
        cells = []
        for period in periods:
            after = find_period(indicator, vintage.after, period.to, period.span)
            cells.append(_make_cell(indicator, vintage, period, before.get(period.to), after))
            before[period.to] = after
        lines.append(VintageLine(vintage.load, tuple(cells)))
    told = [line for line in reversed(lines) if line.is_new]
    return told[:SHOWN_VINTAGES], len(lines) - len(told[:SHOWN_VINTAGES])


def _make_cell(
    indicator: Indicator, vintage: Vintage, period: PeriodFigure, before: PeriodFigure | None, after: PeriodFigure
) -> VintageCell:
    published = ""
    if vintage.load.kind == "report":
        said = vintage.said.get(period.span)
        point = said.at(period.to) if said else None
        if point is not None and point.unknown != "not-loaded":
            published = point.printed or print_point(indicator, point) or UNKNOWN[point.unknown]
    return VintageCell(
        printed=after.printed if after.value is not None else after.unknown_words,
        known=after.value is not None,
        moved=_say_revision(indicator, before, after),
        published=published,
    )


def _say_revision(indicator: Indicator, before: PeriodFigure | None, after: PeriodFigure) -> str:
    """ "first known", "+5", "no longer known"; "" where nothing changed."""
    if after.value is None:
        return "no longer known" if before is not None and before.value is not None else ""
    if before is None or before.value is None:
        return "first known"
    moved = after.value - before.value
    places = max(indicator.decimals, min(places_of(moved), 2))
    return f"revised {say_signed(moved, places)}" if moved else ""
