"""How do the areas below stand: each one's part in the change, and its place among them?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from bluelamp.figures.contributions import Contributions, find_contributions, find_ratio_contributions
from bluelamp.figures.not_known import NotKnown
from bluelamp.figures.saying import say_signed
from bluelamp.performance.indicator_funnel import AreasFunnel, find_funnel
from bluelamp.performance.plans import Plan
from bluelamp.performance.reports.model import AreaFigure, ReportRow
from bluelamp.performance.reports.periods import ADDED, SeriesBySpan, find_period
from bluelamp.performance.reports.printing import places_of


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
    funnel: AreasFunnel | None  # None where the areas are not placed among each other
    parts_missing: tuple[str, ...]  # areas not in the sum of parts


def make_areas(plan: Plan, row: ReportRow, series: Mapping[str, SeriesBySpan]) -> AreasView | None:
    """None where no area below has figures."""
    if not row.by_area:
        return None
    parts = _find_parts(row, series)
    funnel = find_funnel(plan, row)
    places = funnel.places if funnel else {}
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
                place=places.get(area.slug, ""),
            )
            for area in row.by_area
        ),
        whole=_signed(Decimal(round(parts.whole * 10)) / 10) if parts else "",
        rest=next((text for area, text in printed.items() if area not in slugs), ""),
        funnel=funnel,
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
