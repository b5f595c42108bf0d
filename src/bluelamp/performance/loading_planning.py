"""What would a load change: which figures are new, which are revised, which say what is known already?"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from bluelamp.figures.months import Month, Span, period_words
from bluelamp.performance.loading_figures import ReadFigure, ReadFigures, say_point, says_same
from bluelamp.performance.loading_refusals import Refused
from bluelamp.performance.series import Point, Series, SeriesKey

NEW, REVISED, EARLIER, SAME = "new", "revised", "earlier", "same"
VERDICTS: Final = {
    NEW: "New",
    REVISED: "Revised",
    EARLIER: "Known better since",
    SAME: "Here already",
}
MOST_TOLD: Final = 20


@dataclass(frozen=True, slots=True)
class PlannedFigure:
    """One figure and what happens to it. `before` is what is known now.

    EARLIER: a load that was known later says otherwise and goes on counting; this one is kept beneath it.
    """

    figure: ReadFigure
    verdict: str
    before: Point | None = None

    @property
    def words(self) -> str:
        """ "1A1, force, March 2021: 171, was 168"."""
        key = self.figure.key
        part = f", {key.breakdown}" if key.breakdown else ""
        said = f"{key.code}, {key.area}{part}, {period_words(self.figure.point.to, key.span)}: "
        said += say_point(self.figure.point)
        return f"{said}, was {say_point(self.before)}" if self.before and self.verdict == REVISED else said


@dataclass(frozen=True)
class LoadPlan:
    """What would happen. `told` is what a person should know though nothing is refused."""

    figures: tuple[PlannedFigure, ...]
    refused: tuple[Refused, ...] = ()
    told: tuple[str, ...] = ()
    mapping: str = ""

    @property
    def counts(self) -> dict[str, int]:
        counted = Counter(each.verdict for each in self.figures)
        return {verdict: counted[verdict] for verdict in VERDICTS}

    @property
    def writes(self) -> bool:
        """Is there anything that nobody knew?"""
        return any(each.verdict != SAME for each in self.figures)

    def of(self, verdict: str) -> list[PlannedFigure]:
        return [each for each in self.figures if each.verdict == verdict]


def plan_load(
    read: ReadFigures, known: Mapping[SeriesKey, Series], days: Mapping[str, dt.date], *, day: dt.date
) -> LoadPlan:
    """Each figure with its verdict. `days` says of each load when it was known, by its key; `day` of this one."""
    planned = tuple(_plan(each, known.get(each.key), days, day) for each in read.figures)
    told = (*read.told, *say_gaps([each.figure for each in planned], known))
    return LoadPlan(planned, read.refused, told, read.mapping)


def _plan(figure: ReadFigure, known: Series | None, days: Mapping[str, dt.date], day: dt.date) -> PlannedFigure:
    before = known.at(figure.point.to) if known else None
    if before is None or before.unknown == "not-loaded":
        return PlannedFigure(figure, NEW)
    if says_same(before, figure.point):
        return PlannedFigure(figure, SAME, before)
    later = days.get(before.load, day) > day
    return PlannedFigure(figure, EARLIER if later else REVISED, before)


def make_series(figures: Iterable[ReadFigure]) -> dict[SeriesKey, tuple[Point, ...]]:
    """The figures by series, each in the order of its months."""
    found: dict[SeriesKey, list[Point]] = {}
    for each in figures:
        found.setdefault(each.key, []).append(each.point)
    return {key: tuple(sorted(points, key=lambda point: point.to)) for key, points in found.items()}


def say_gaps(figures: Sequence[ReadFigure], known: Mapping[SeriesKey, Series]) -> list[str]:
    """Periods missing in the middle: between this load's first and last, or since what was known before it."""
    said = []
    for key, points in make_series(figures).items():
        missing = find_gaps(key, [point.to for point in points], known.get(key))
        if missing:
            periods = ", ".join(_say_runs(missing, key.span))
            part = f", {key.breakdown}" if key.breakdown else ""
            said.append(f"{key.code}, {key.area}{part}: no figure for {periods}.")
    if len(said) > MOST_TOLD:
        return [*said[:MOST_TOLD], f"Of {len(said) - MOST_TOLD:,} more series periods are missing in the middle."]
    return said


def find_gaps(key: SeriesKey, months: Sequence[Month], known: Series | None) -> list[Month]:
    """The months in which a period should end, and nobody ever gave one."""
    if key.span is Span.YEAR:
        return []  # reports print 12 months at the quarters' ends, or at the year's, or at one
    held = {point.to for point in known.points} if known else set()
    first, last = min(months), max(months)
    earlier = [month for month in held if month < first]
    start = max(earlier) if earlier else first
    there = held | set(months)
    wanted = (Month.at(index) for index in range(start.index, last.index, key.span.months))
    return [month for month in wanted if month not in there]


def _say_runs(months: Sequence[Month], span: Span) -> Iterator[str]:
    """Runs in a row by their ends: "May 2020 to July 2020", "March 2021"."""
    runs: list[list[Month]] = []
    for month in months:
        if runs and runs[-1][-1].plus(span.months) == month:
            runs[-1].append(month)
        else:
            runs.append([month])
    for run in runs:
        first, last = period_words(run[0], span), period_words(run[-1], span)
        joint = "up to" if span is not Span.MONTH else "to"
        yield first if len(run) == 1 else f"{first} {joint} {last}"
