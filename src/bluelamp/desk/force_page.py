"""How do a force's judgements stand, each on its own inspection's scale, and what must it answer?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Prefetch

from bluelamp.desk.frameworks import area_name, find_framework, grade_name
from bluelamp.documents.models import StoredDocument
from bluelamp.inspections.frameworks import Framework
from bluelamp.inspections.models import GradeDistribution, Inspection, Judgement
from bluelamp.organisations.models import Organisation
from bluelamp.organisations.visibility import Viewer, visible_to
from bluelamp.register.kinds import item_kinds
from bluelamp.register.models import Item


@dataclass(frozen=True)
class Step:
    """One grade of the scale in one area: is it the force's, and how many forces were given it (if printed)?"""

    name: str
    here: bool
    forces: int | None


@dataclass(frozen=True)
class AreaRow:
    area: str
    printed_area: str
    reference: str
    steps: list[Step]
    forces_line: int | None  # where the document prints how many forces were given each grade
    graded: bool
    earlier: str  # an earlier grade and direction, only where the report prints them


@dataclass(frozen=True)
class ScaleTable:
    """Judgements on one scale. An inspection has more than one where it looked again at an older framework."""

    framework: str
    grades: list[str]
    rows: list[AreaRow] = field(default_factory=list)

    @property
    def has_earlier(self) -> bool:
        return any(row.earlier for row in self.rows)

    @property
    def has_forces(self) -> bool:
        return any(step.forces is not None for row in self.rows for step in row.steps)


@dataclass(frozen=True)
class InspectionBlock:
    name: str
    inspection: Inspection
    tables: list[ScaleTable]
    tally: list[tuple[str, str, int]]  # grades best first: slug, name, in how many areas
    ungraded: int
    framework: str


def find_inspections(force: Organisation, *, viewer: Viewer) -> list[Inspection]:
    """Newest first, with all that the page needs."""
    found = visible_to(viewer, Inspection.objects.filter(force=force), through="document")
    judgements = Judgement.objects.select_related("item").order_by("order", "pk")
    return list(
        found.select_related("document")
        .prefetch_related(
            Prefetch("judgements", queryset=judgements),
            Prefetch("distributions", queryset=GradeDistribution.objects.order_by("order")),
        )
        .order_by("-year", "-published", "framework", "pk")
    )


def make_blocks(inspections: Iterable[Inspection]) -> list[InspectionBlock]:
    return [_make_block(inspection) for inspection in inspections]


def find_areas(inspections: Iterable[Inspection]) -> dict[str, str]:
    """Every area that was judged, with the name it had in the newest of its inspections."""
    found: dict[str, str] = {}
    for inspection in inspections:
        for judgement in inspection.judgements.all():
            found.setdefault(judgement.area, area_name(find_framework(judgement.framework), judgement.area))
    return found


def _make_block(inspection: Inspection) -> InspectionBlock:
    judgements: Sequence[Judgement] = list(inspection.judgements.all())
    forces = {each.area: each for each in inspection.distributions.all()}
    tables: dict[str, ScaleTable] = {}
    for judgement in judgements:
        framework = find_framework(judgement.framework)
        table = tables.get(judgement.framework) or _new_table(judgement.framework, framework)
        tables[judgement.framework] = table
        table.rows.append(_make_row(judgement, framework, forces.get(judgement.area)))
    main = find_framework(inspection.framework)
    counted = Counter(each.grade for each in judgements if each.grade and each.framework == inspection.framework)
    order = [grade.slug for grade in main.grades] if main else sorted(counted)
    return InspectionBlock(
        name=main.name if main else inspection.framework or str(inspection.document),
        inspection=inspection,
        tables=list(tables.values()),
        tally=[(slug, grade_name(main, slug), counted[slug]) for slug in order if counted[slug]],
        ungraded=sum(not each.grade for each in judgements),
        framework=inspection.framework,
    )


def _new_table(slug: str, framework: Framework | None) -> ScaleTable:
    grades = [grade.name for grade in framework.grades] if framework else []
    return ScaleTable(framework.name if framework else slug, grades)


def _make_row(judgement: Judgement, framework: Framework | None, forces: GradeDistribution | None) -> AreaRow:
    grades = framework.grades if framework else ()
    earlier = [grade_name(framework, judgement.previous_grade)] if judgement.previous_grade else []
    earlier += [judgement.direction] if judgement.direction else []
    name = area_name(framework, judgement.area)
    return AreaRow(
        area=name,
        printed_area="" if judgement.printed_area.lower() == name.lower() else judgement.printed_area,
        reference=judgement.item.reference,
        steps=[
            Step(g.name, g.slug == judgement.grade, forces.counts.get(g.slug) if forces else None) for g in grades
        ],
        forces_line=forces.citations[0]["line"] if forces and forces.citations else None,
        graded=bool(judgement.grade),
        earlier=", ".join(earlier),
    )


@dataclass(frozen=True)
class SourceRow:
    """What one document asks the force to answer: how many of each kind, in the order of `item_kinds`."""

    document: StoredDocument
    counts: list[tuple[str, int]]  # kind and number
    total: int


def make_sources(force: Organisation, *, viewer: Viewer) -> list[SourceRow]:
    """The items by document, newest document first."""
    counted: dict[Any, Counter[str]] = {}
    items = visible_to(viewer, Item.objects.filter(force=force)).order_by()
    for document, kind, number in items.values_list("document", "kind").annotate(Count("pk")):
        counted.setdefault(document, Counter())[kind] = number
    documents = StoredDocument.objects.filter(pk__in=counted).order_by("-published", "-added")
    kinds = [kind.slug for kind in item_kinds()]
    return [
        SourceRow(
            document=document,
            counts=[(kind, counted[document.pk][kind]) for kind in kinds],
            total=counted[document.pk].total(),
        )
        for document in documents
    ]
