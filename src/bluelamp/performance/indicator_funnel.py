"""Which of the areas below differ from the others by more than chance, and how is that drawn?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from bluelamp.figures.funnels import Area, Funnel, Position, Statistic, Widening, build_funnel
from bluelamp.figures.months import Month
from bluelamp.lib.errors import PlainError
from bluelamp.performance.plans import Plan
from bluelamp.performance.reports.model import ReportRow

POSITIONS: Final = {
    Position.HIGH_OUTER: "far above",
    Position.HIGH_INNER: "above",
    Position.WITHIN: "as the others",
    Position.LOW_INNER: "below",
    Position.LOW_OUTER: "far below",
}
_FEWEST_AREAS: Final = 4
"""Areas below which no common average says what is usual among them."""


@dataclass(frozen=True)
class AreasFunnel:
    """The funnel of the areas below, each by its slug; `size_words` says what their sizes count."""

    funnel: Funnel
    names: Mapping[str, str]
    size_words: str

    @property
    def places(self) -> dict[str, str]:
        """Where each stands among the others, by slug; without those that cannot be placed."""
        return {placed.name: POSITIONS[placed.position] for placed in self.funnel.areas}

    @property
    def words(self) -> str:
        """What places an area above or below."""
        funnel = self.funnel
        of = "of what is counted" if funnel.statistic is Statistic.PROPORTION else f"per {funnel.multiplier:,.0f}"
        wider = (
            f", widened {funnel.dispersion**0.5:.1f} times because the areas differ by more than chance"
            if funnel.dispersion > 1
            else ""
        )
        return (
            f"An area is above or below where it lies beyond 95% limits about the areas' common"
            f" {funnel.baseline:,.1f}{self.unit} {of} for its size, far where beyond 99.8% limits{wider}."
        )

    @property
    def unit(self) -> str:
        return "%" if self.funnel.statistic is Statistic.PROPORTION else ""

    @property
    def chart_words(self) -> str:
        """For who cannot see the chart: the average, and who lies beyond a limit."""
        beyond = [
            f"{self.names[placed.name]} is {POSITIONS[placed.position]}"
            for placed in self.funnel.areas
            if placed.position is not Position.WITHIN
        ]
        said = "; ".join(beyond) if beyond else "none lies beyond a limit"
        per = "" if self.unit else f" per {self.funnel.multiplier:,.0f}"
        return (
            f"{len(self.funnel.areas)} areas by size against their common {self.funnel.baseline:,.1f}"
            f"{self.unit}{per}: {said}."
        )

    @property
    def left_out(self) -> tuple[str, ...]:
        return tuple(name for slug, name in self.names.items() if slug not in self.places)


def find_funnel(plan: Plan, row: ReportRow) -> AreasFunnel | None:
    """Areas of the same kind of size: shares by what they are of, counts by the people who live there.

    None where fewer than four areas have both, or where nothing says their size.
    """
    indicator = row.indicator
    if indicator.unit == "count":
        people = {a.slug: _people(plan, a.slug, row.latest.to) for a in row.by_area}
        areas = [Area(name=a.slug, numerator=a.figure.value, denominator=people[a.slug]) for a in row.by_area]
        statistic, multiplier, size_words = Statistic.RATE, 1_000.0, "people who live there"
    elif indicator.unit == "percentage" or (indicator.unit == "rate" and indicator.per):
        areas = [
            Area(name=a.slug, numerator=a.figure.numerator, denominator=a.figure.denominator) for a in row.by_area
        ]
        share = indicator.unit == "percentage"
        statistic, multiplier = (Statistic.PROPORTION, 100.0) if share else (Statistic.RATE, indicator.per or 1)
        size_words = indicator.denominator or "what it is counted of"
    else:
        return None
    funnel = _build(areas, statistic, float(multiplier))
    return AreasFunnel(funnel, {a.slug: a.name for a in row.by_area}, size_words) if funnel else None


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


def draw_areas_funnel(found: AreasFunnel, row: ReportRow) -> str:
    """SVG with its title and description inside."""
    from bluelamp.papers.charts_funnel import draw_funnel_chart, make_funnel_chart

    chart = make_funnel_chart(
        found.funnel,
        title=f"{row.indicator.code} {row.indicator.name} by area, {row.latest.words}",
        description=found.chart_words,
        size_words=found.size_words,
        after=found.unit,
    )
    named = tuple(replace(point, name=found.names[point.name]) for point in chart.points)
    return draw_funnel_chart(replace(chart, points=named))
