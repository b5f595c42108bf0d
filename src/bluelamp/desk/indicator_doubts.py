"""Which estimates of inspections stand beside a force's own indicators, and where can hardly both be right?

Each statistic that was accepted from an inspection of the force is set beside the indicators of the same matter.
A contradiction is a doubt that both pages say, with both sources, and no proof.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Final

from django.conf import settings
from django.urls import reverse

from bluelamp.checks.estimate_pairs import (
    Bounds,
    Pair,
    are_of_the_same,
    bears_on,
    bounds_of_estimate,
    load_pairs,
    months_to_compare,
    period_end,
    speaks_of,
)
from bluelamp.desk.estimates import bounds_of_figure
from bluelamp.figures.months import Month, Span
from bluelamp.inspections.models import Statistic
from bluelamp.organisations.visibility import Viewer, visible_to
from bluelamp.performance.plans import Indicator
from bluelamp.performance.queries_indicators import Known, find_spans
from bluelamp.performance.reports.model import LoadKnown, PeriodFigure
from bluelamp.performance.reports.periods import SeriesBySpan, find_period
from bluelamp.performance.series import FORCE

NEWEST: Final = 2_000
"""Statistics of a force that are looked through, the newest first: of some thirty reports."""


class Beside(StrEnum):
    """What can be said of the two."""

    CONTRADICTS = "contradicts"
    AGREES = "agrees"
    PART = "part"  # one of them speaks of a part
    NO_MARGIN = "no-margin"  # the estimate has neither a margin nor a sample


@dataclass(frozen=True)
class Comparison:
    """An estimate beside the indicator's figure that is nearest to it in time."""

    pair: Pair
    plan: str
    indicator: Indicator
    statistic: Statistic
    figure: PeriodFigure
    loads: tuple[LoadKnown, ...]  # the figure's
    estimate: Bounds | None
    reported: Bounds
    said: Beside

    @property
    def is_doubt(self) -> bool:
        return self.said is Beside.CONTRADICTS

    @property
    def quote(self) -> str:
        return str(self.statistic.citations[0]["quote"]) if self.statistic.citations else ""

    @property
    def address(self) -> str:
        """The inspection's words in its document."""
        document = self.statistic.inspection.document_id
        if not self.statistic.citations:
            return reverse("desk:document", args=[document])
        return reverse("desk:document_line", args=[document, self.statistic.citations[0]["line"]])


def find_comparisons(known: Known, codes: Collection[str] | None = None, *, viewer: Viewer) -> list[Comparison]:
    """Of a plan's indicators, or of those with `codes`: doubts first, then the newest inspection first."""
    matters = {
        indicator.code: found
        for indicator in known.plan.indicators
        if (codes is None or indicator.code in codes) and (found := find_pairs(indicator))
    }
    if not matters or not known.loads or not known.plan.force:
        return []
    statistics = find_statistics(known.plan.force, viewer=viewer)
    told = [(statistic, _matters_of(statistic.subject, _sentence(statistic))) for statistic in statistics]
    if not any(slugs for _, slugs in told):
        return []
    figures = find_spans(known, matters, area=FORCE, viewer=viewer)
    return sorted(
        _compare_all(known, matters, told, figures),
        key=lambda each: (not each.is_doubt, -each.statistic.inspection.year, each.indicator.code),
    )


def find_pairs(indicator: Indicator) -> list[Pair]:
    return [pair for pair in load_pairs(settings.WORKSPACE_DEFINITIONS).values() if bears_on(pair, indicator)]


def find_statistics(force: str, *, viewer: Viewer) -> list[Statistic]:
    """What inspections of the force estimated, as accepted."""
    found = visible_to(viewer, Statistic.objects.all(), through="inspection__document")
    return list(
        found.filter(inspection__force__code=force)
        .select_related("inspection__document", "inspection__force")
        .order_by("-inspection__year", "-inspection__published", "order", "pk")[:NEWEST]
    )


def _sentence(statistic: Statistic) -> str:
    return str(statistic.citations[0]["quote"]) if statistic.citations else ""


@lru_cache(maxsize=10_000)
def _matters_of(subject: str, sentence: str) -> tuple[str, ...]:
    pairs = load_pairs(settings.WORKSPACE_DEFINITIONS).values()
    return tuple(pair.slug for pair in pairs if speaks_of(pair, subject, sentence))


def _compare_all(
    known: Known,
    matters: Mapping[str, list[Pair]],
    told: Iterable[tuple[Statistic, tuple[str, ...]]],
    figures: Mapping[str, SeriesBySpan],
) -> Iterator[Comparison]:
    loads = {load.key: load for load in known.loads}
    by_code = {indicator.code: indicator for indicator in known.plan.indicators}
    for statistic, slugs in told:
        for code, pairs in matters.items():
            for pair in pairs:
                if pair.slug in slugs and code in figures:
                    found = _compare(known.plan.slug, pair, by_code[code], statistic, figures[code], loads)
                    if found is not None:
                        yield found


def _compare(
    plan: str,
    pair: Pair,
    indicator: Indicator,
    statistic: Statistic,
    series: SeriesBySpan,
    loads: Mapping[str, LoadKnown],
) -> Comparison | None:
    """None where the indicator has no figure near enough in time."""
    figure = _nearest(pair, indicator, statistic, series)
    reported = bounds_of_figure(figure, indicator.decimals) if figure else None
    if figure is None or reported is None:
        return None
    estimate = bounds_of_estimate(
        statistic.printed, statistic.value, statistic.half_width, statistic.n, statistic.unit
    )
    if estimate is None:
        said = Beside.NO_MARGIN
    elif not are_of_the_same(pair, indicator, statistic.subject):
        said = Beside.PART
    else:
        said = Beside.AGREES if estimate.meets(reported) else Beside.CONTRADICTS
    rests = tuple(loads[key] for key in figure.loads if key in loads)
    return Comparison(pair, plan, indicator, statistic, figure, rests, estimate, reported, said)


def _nearest(pair: Pair, indicator: Indicator, statistic: Statistic, series: SeriesBySpan) -> PeriodFigure | None:
    months = months_to_compare(
        period=period_end(statistic.period), published=_published(statistic), apart=pair.apart_months
    )
    span = Span.YEAR if indicator.printed_rolling else None
    found = (find_period(indicator, series, month, span) for month in months)
    return next((figure for figure in found if figure.value is not None), None)


def _published(statistic: Statistic) -> Month:
    """The month of the inspection's report; of one that names only its year, the year's last month."""
    said = statistic.inspection.published
    try:
        return Month.parse(said[:7])
    except ValueError:
        return Month(statistic.inspection.year, 12)
