"""How do the areas below stand: each one's part in the change, and its place among them?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from bluelamp.figures.contributions import Contributions, find_contributions, find_ratio_contributions
from bluelamp.figures.funnels import Area, Funnel, Position, Statistic, Widening, build_funnel
from bluelamp.figures.months import Month
from bluelamp.figures.not_known import NotKnown
from bluelamp.figures.saying import say_signed
from bluelamp.lib.errors import PlainError
from bluelamp.performance.plans import Plan
from bluelamp.performance.reports.model import AreaFigure, ReportRow
from bluelamp.performance.reports.periods import ADDED, SeriesBySpan, find_period
from bluelamp.performance.reports.printing import places_of

_POSITIONS: Final = {
    Position.HIGH_OUTER: "far above",
    Position.HIGH_INNER: "above",
    Position.WITHIN: "as the others",
    Position.LOW_INNER: "below",
    Position.LOW_OUTER: "far below",
}


@dataclass(frozen=True)
class AreaLine:
    """An area below: its figure and change, its part in the whole's change, its place among the areas."""

    area: AreaFigure
    part: str  # "-1.2% of -7.0%": in points of the whole's change; "" where there is none
    part_actual: str
    place: str  # among areas of its level: "above", "as the others"; "" where nothing places it
    population: str = ""


@dataclass(frozen=True)
class AreasView:
    lines: tuple[AreaLine, ...]
    whole: str  # the change that the parts sum to; "" where there are none
    rest: str  # what no area explains
    placed_by: str  # a sentence on how areas are placed; "" where they are not
    parts_missing: tuple[str, ...]  # areas not in the sum of parts


def make_areas(plan: Plan, row: ReportRow, series: Mapping[str, SeriesBySpan]) -> AreasView | None:
    """None where no area below has figures."""
    if not row.by_area:
        return None
    parts = _find_parts(row, series)
    funnel = _find_funnel(plan, row)
    places = {placed.name: placed.position for placed in funnel.areas} if funnel else {}
    printed: dict[str, str] = {}
    actual: dict[str, str] = {}
    if parts:
        rounded = parts.rounded()
        printed = {part.area: _signed(value) for part, value in zip(parts.parts, rounded, strict=True)}
        actual = {
            part.area: say_signed(part.actual, places_of(part.actual))
            for part in parts.parts
            if part.actual is not None
        }
    slugs = {area.slug for area in row.by_area}
    return AreasView(
        lines=tuple(
            AreaLine(
                area=area,
                part=printed.get(area.slug, ""),
                part_actual=actual.get(area.slug, ""),
                place=_POSITIONS[places[area.slug]] if area.slug in places else "",
            )
            for area in row.by_area
        ),
        whole=_signed(Decimal(round(parts.whole * 10)) / 10) if parts else "",
        rest=next((text for area, text in printed.items() if area not in slugs), ""),
        placed_by=_say_funnel(funnel) if funnel else "",
        parts_missing=tuple(area.name for area in row.by_area if parts and area.slug not in printed),
    )


def _signed(value: Decimal) -> str:
    return say_signed(value, 1)


def _find_parts(row: ReportRow, series: Mapping[str, SeriesBySpan]) -> Contributions | None:
    """What each area did to the change over the year; none of an indicator that is no sum of its areas."""
    indicator, to = row.indicator, row.latest.to
    before = {
        area.slug: find_period(indicator, series.get(area.slug, {}), to.plus(-12), row.latest.span)
        for area in row.by_area
    }
    if indicator.unit in ADDED:
        first = next((period for period in row.periods if period.to == row.change.before), None)
        if first is None or first.value is None or row.latest.value is None:
            return None
        found = find_contributions(
            {area.slug: (before[area.slug].value, area.figure.value) for area in row.by_area},
            (first.value, row.latest.value),
        )
    elif indicator.unit == "percentage":
        found = find_ratio_contributions(
            {
                area.slug: (
                    (before[area.slug].numerator, before[area.slug].denominator),
                    (area.figure.numerator, area.figure.denominator),
                )
                for area in row.by_area
            }
        )
    else:
        return None
    return None if isinstance(found, NotKnown) or not found.parts else found


_FEWEST_AREAS: Final = 4
"""Areas below which no common average says what is usual among them."""


def _find_funnel(plan: Plan, row: ReportRow) -> Funnel | None:
    """Areas of the same kind of size: shares by what they are of, counts by the people who live there."""
    if row.indicator.unit == "percentage":
        areas = [
            Area(name=a.slug, numerator=a.figure.numerator, denominator=a.figure.denominator) for a in row.by_area
        ]
        return _build(areas, Statistic.PROPORTION, 100)
    if row.indicator.unit == "rate" and row.indicator.per:
        areas = [
            Area(name=a.slug, numerator=a.figure.numerator, denominator=a.figure.denominator) for a in row.by_area
        ]
        return _build(areas, Statistic.RATE, row.indicator.per)
    if row.indicator.unit == "count":
        people = {a.slug: _people(plan, a.slug, row.latest.to) for a in row.by_area}
        areas = [Area(name=a.slug, numerator=a.figure.value, denominator=people[a.slug]) for a in row.by_area]
        return _build(areas, Statistic.RATE, 1_000)
    return None


def _build(areas: Sequence[Area], statistic: Statistic, multiplier: float) -> Funnel | None:
    known = [area for area in areas if area.numerator is not None and area.denominator]
    if len(known) < _FEWEST_AREAS:
        return None
    try:
        return build_funnel(known, statistic=statistic, multiplier=multiplier, widening=Widening.FACTOR)
    except PlainError:  # an area counted more than it was counted of: its row says so, the others are not placed
        return None


def _people(plan: Plan, slug: str, to: Month) -> int | None:
    """How many live there: of the year in which the period ends, else of the last year before it."""
    area = plan.area(slug)
    held = {int(year): people for year, people in (area.population or {}).items()} if area else {}
    years = [year for year in held if year <= to.year]
    return held[max(years)] if years else None


def _say_funnel(funnel: Funnel) -> str:
    of = "of what is counted" if funnel.statistic is Statistic.PROPORTION else f"per {funnel.multiplier:,.0f}"
    unit = "%" if funnel.statistic is Statistic.PROPORTION else ""
    wider = (
        f", widened {funnel.dispersion**0.5:.1f} times because the areas differ by more than chance"
        if funnel.dispersion > 1
        else ""
    )
    return (
        f"An area is above or below where it lies beyond 95% limits about the areas' common"
        f" {funnel.baseline:,.1f}{unit} {of} for its size, far where beyond 99.8% limits{wider}."
    )
