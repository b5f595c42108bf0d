"""Which indicators bear on an inspected area, and what did inspectors find in the areas an indicator bears on?"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from django.db.models import Count

from bluelamp.desk.frameworks import area_name, find_framework, framework_name, grade_name
from bluelamp.desk.indicator_doubts import Comparison, find_comparisons
from bluelamp.inspections.models import Judgement
from bluelamp.lib.definitions import DefinitionError
from bluelamp.organisations.visibility import Viewer, visible_to
from bluelamp.performance.plans import Indicator, Plan
from bluelamp.performance.queries_indicators import Known, find_known, find_latest, find_plans_with_figures
from bluelamp.performance.reports.model import ChangeOfRow, PeriodFigure
from bluelamp.register.models import Item

FEW: Final = 5
"""Items that are named for each area; the others are counted and linked."""


# -- from an indicator to what was found ---------------------------------------------------------------------


@dataclass(frozen=True)
class Graded:
    """A judgement of the area: the inspection, and the grade on its own scale."""

    reference: str
    inspection: str
    year: int
    grade: str  # "" when inspected and not graded


@dataclass(frozen=True)
class AreaFound:
    """What inspectors made of an area that an indicator bears on, newest judgement first, and what is open."""

    slug: str
    name: str
    graded: tuple[Graded, ...]
    open_items: tuple[Item, ...]
    open_total: int


def find_found(plan: Plan, indicator: Indicator, *, viewer: Viewer) -> list[AreaFound]:
    """For each inspection area of the indicator that something is known of; none for a plan of no single force."""
    slugs = list(indicator.inspection_areas)
    if not slugs or not plan.force:
        return []
    judgements = _judgements(plan.force, slugs, viewer=viewer)
    items = visible_to(viewer, Item.objects.filter(force__code=plan.force, area__in=slugs, merged_into=None))
    points = items.filter(closing="open").exclude(kind="judgement")
    counted = dict(points.order_by().values_list("area").annotate(Count("pk")))
    named: dict[str, list[Item]] = {}
    for item in points.order_by("-year", "place").select_related("document")[: FEW * len(slugs) * 4]:
        named.setdefault(item.area, []).append(item)
    names = {judgement.area: _name_of(judgement) for judgement in reversed(judgements)}
    names |= {area: each[0].area_name for area, each in named.items() if area not in names}
    return [
        AreaFound(
            slug=slug,
            name=names.get(slug) or slug.replace("-", " ").capitalize(),
            graded=tuple(_make_graded(each) for each in judgements if each.area == slug),
            open_items=tuple(named.get(slug, ())[:FEW]),
            open_total=counted.get(slug, 0),
        )
        for slug in slugs
        if slug in names or counted.get(slug)
    ]


def _judgements(force: str, slugs: Collection[str], *, viewer: Viewer) -> list[Judgement]:
    found = visible_to(viewer, Judgement.objects.all(), through="inspection__document")
    return list(
        found.filter(inspection__force__code=force, area__in=slugs)
        .select_related("item", "inspection")
        .order_by("-inspection__year", "-inspection__published", "order")
    )


def _name_of(judgement: Judgement) -> str:
    return area_name(find_framework(judgement.framework), judgement.area)


def _make_graded(judgement: Judgement) -> Graded:
    framework = find_framework(judgement.framework)
    return Graded(
        reference=judgement.item.reference,
        inspection=framework_name(judgement.inspection.framework),
        year=judgement.inspection.year,
        grade=grade_name(framework, judgement.grade) if judgement.grade else "",
    )


# -- from an area to its indicators --------------------------------------------------------------------------


@dataclass(frozen=True)
class BearsOn:
    """An indicator that bears on an area, with its latest figure; None where no figure of it is loaded."""

    known: Known
    indicator: Indicator
    figure: PeriodFigure | None
    change: ChangeOfRow | None

    @property
    def plan(self) -> Plan:
        return self.known.plan


def find_plans_of(force: str, *, viewer: Viewer) -> list[Known]:
    """The plans that judge the force and have figures, the one loaded last first.

    None where a plan is faulty: the pages of indicators say so, and what inspectors said is shown all the same.
    """
    try:
        plans = [plan for plan, _ in find_plans_with_figures(viewer=viewer) if plan.force == force]
    except DefinitionError:
        return []
    return [find_known(plan, viewer=viewer) for plan in plans]


def find_bearing(
    knowns: Iterable[Known], areas: Collection[str], *, viewer: Viewer
) -> Mapping[str, list[BearsOn]]:
    """The indicators of each of the areas, by its slug, in the plans' order."""
    found: dict[str, list[BearsOn]] = {}
    for known in knowns:
        bearing = [each for each in known.plan.indicators if set(each.inspection_areas) & set(areas)]
        latest = find_latest(known, [each.code for each in bearing], viewer=viewer)
        for indicator in bearing:
            figure, change = latest.get(indicator.code, (None, None))
            for slug in set(indicator.inspection_areas) & set(areas):
                found.setdefault(slug, []).append(BearsOn(known, indicator, figure, change))
    return found


@dataclass(frozen=True)
class AreaIndicators:
    """An inspected area, the indicators that bear on it, and where an estimate contradicts one of them."""

    slug: str
    name: str
    indicators: tuple[BearsOn, ...]
    doubts: tuple[Comparison, ...]


def find_area_indicators(force: str, areas: Mapping[str, str], *, viewer: Viewer) -> list[AreaIndicators]:
    """Of those of a force's `areas` (name by slug) on which any indicator with figures bears, in their order."""
    knowns = find_plans_of(force, viewer=viewer) if areas else []
    bearing = find_bearing(knowns, list(areas), viewer=viewer)
    doubts = _find_doubts(knowns, bearing, viewer=viewer)
    found = []
    for slug, name in areas.items():
        if slug in bearing:
            codes = {(each.plan.slug, each.indicator.code) for each in bearing[slug]}
            own = [doubt for doubt in doubts if (doubt.plan, doubt.indicator.code) in codes]
            doubts = [doubt for doubt in doubts if doubt not in own]  # said once, though it bears on two areas
            found.append(AreaIndicators(slug, name, tuple(bearing[slug]), tuple(own)))
    return found


def _find_doubts(
    knowns: Iterable[Known], bearing: Mapping[str, list[BearsOn]], *, viewer: Viewer
) -> list[Comparison]:
    found = []
    for known in knowns:
        codes = {each.indicator.code for held in bearing.values() for each in held if each.known is known}
        if codes:
            found += [each for each in find_comparisons(known, codes, viewer=viewer) if each.is_doubt]
    return found
