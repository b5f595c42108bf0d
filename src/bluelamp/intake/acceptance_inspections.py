"""What do an inspection report's facts become? Rows beside the inspection; items where they need an answer."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from bluelamp.assurance.dating import date_item
from bluelamp.inspections import facts
from bluelamp.inspections.models import Closure, Finding, GradeDistribution, Judgement, Practice, Statistic
from bluelamp.intake.acceptance import INSPECTORATE, Acceptance, Made, Maker, Prepared, first_reading, same_words
from bluelamp.ledger.records import Recorded
from bluelamp.register.actions import Point
from bluelamp.register.kinds import becomes_item

_SIX_PLACES = Decimal("0.000001")  # as the column holds: the ledger must see the same before and after


def _make_judgement(acceptance: Acceptance, prepared: Prepared, fact: facts.Judgement) -> Made:
    area_name = fact.printed_area or acceptance.area_name(fact.area)
    framework = acceptance.framework.slug if acceptance.framework else ""
    point = Point(
        kind="judgement",
        title=f"{area_name}: {acceptance.grade_name(fact.grade)}",
        area=fact.area,
        area_name=acceptance.area_name(fact.area),
        grade=fact.grade or "",
        framework=framework,
        citations=prepared.proposal.citations,
        first_reading=first_reading(prepared),
        order=prepared.proposal.order,
    )
    inspection = acceptance.inspection
    rows = acceptance.add_item(point, source=INSPECTORATE)
    item = acceptance.items[-1]
    judgement = Judgement(
        inspection=inspection,
        item=item,
        framework=framework,
        area=fact.area,
        printed_area=fact.printed_area,
        grade=fact.grade or "",
        previous_grade=fact.previous_grade or "",
        direction=fact.direction or "",
        citations=prepared.proposal.citations,
        order=prepared.proposal.order,
    )
    return Made(item, add=[*rows, judgement], item=item)


def _make_finding(acceptance: Acceptance, prepared: Prepared, fact: facts.Finding) -> Made:
    inspection = acceptance.inspection
    named = _words_of_concern(acceptance, fact.parent)
    parent = _find_parent(acceptance, named, fact.type)
    finding = Finding(
        inspection=inspection,
        parent=parent,
        parent_printed=named,
        type=fact.type,
        area=fact.area,
        number=fact.number,
        title=fact.title,
        text=fact.text,
        strength=fact.strength,
        deadline=prepared.fields.get("deadline"),
        parts=list(fact.parts),
        citations=prepared.proposal.citations,
        order=prepared.proposal.order,
    )
    made = Made(finding, add=[finding])
    if becomes_item(fact.type):
        rows = acceptance.add_item(_point_of(acceptance, prepared, fact), source=INSPECTORATE)
        item = acceptance.items[-1]
        item.parent = parent.item if parent else None
        date_item(item, finding.deadline, inspection.published)
        finding.item = item
        made = Made(item, add=[*rows, finding], item=item)
    if fact.type in _SUPPORTED_BY_ISSUES:
        made.change = _adopt_children(acceptance, finding)
    acceptance.findings.append(finding)
    return made


def _point_of(acceptance: Acceptance, prepared: Prepared, fact: facts.Finding) -> Point:
    return Point(
        kind=fact.type,
        title=fact.title or fact.text,
        text=fact.text if fact.title else "",
        area=fact.area,
        area_name=acceptance.area_name(fact.area) if fact.area else "",
        framework=acceptance.framework.slug if acceptance.framework else "",
        source_number=fact.number,
        parts=fact.parts,
        deadline_printed=fact.deadline.printed if fact.deadline else "",
        citations=prepared.proposal.citations,
        first_reading=first_reading(prepared),
        order=prepared.proposal.order,
    )


def _words_of_concern(acceptance: Acceptance, parent: str) -> str:
    """What the finding says that a recommendation or a criticism names: by its id on the wire, or in its words."""
    if not parent:
        return ""
    concern = acceptance.document.proposals.filter(fact_id=parent, superseded=False).order_by("order").first()
    fields = (concern.corrected or concern.fields) if concern else {}
    return str(fields.get("title") or fields.get("text") or parent)


_SUPPORTED_BY_ISSUES = ("area_for_improvement", "cause_of_concern")


def _may_stand_under(child_type: str, parent_type: str) -> bool:
    """A recommendation belongs to a cause of concern; a criticism may support an area for improvement too."""
    if child_type == "issue_of_concern":
        return parent_type in _SUPPORTED_BY_ISSUES
    return parent_type == "cause_of_concern"


def _find_parent(acceptance: Acceptance, named: str, child_type: str) -> Finding | None:
    """The finding that a recommendation belongs to, or a criticism supports, where it is accepted already."""
    if not named:
        return None
    accepted = [each for each in acceptance.findings if _may_stand_under(child_type, each.type)]
    return next((each for each in accepted if _is_named(each, named)), None)


def _is_named(concern: Finding, printed: str) -> bool:
    return same_words(concern.title, printed) or same_words(concern.text, printed)


def _adopt_children(acceptance: Acceptance, concern: Finding) -> list[Recorded]:
    """Recommendations and criticisms that were accepted before what they belong to now stand under it."""
    changed: list[Recorded] = []
    for child in acceptance.findings:
        if child.parent_id is not None or not _may_stand_under(child.type, concern.type):
            continue
        if child.parent_printed and _is_named(concern, child.parent_printed):
            child.parent = concern
            changed.append(child)
            if child.item and concern.item:
                child.item.parent = concern.item
                changed.append(child.item)
    return changed


def _make_practice(acceptance: Acceptance, prepared: Prepared, fact: facts.Practice) -> Made:
    return _beside_inspection(
        Practice(
            type=fact.type,
            area=fact.area,
            title=fact.title,
            text=fact.text,
            problem=fact.problem,
            solution=fact.solution,
            outcomes=fact.outcomes,
        ),
        acceptance,
        prepared,
    )


def _make_distribution(acceptance: Acceptance, prepared: Prepared, fact: facts.GradeDistribution) -> Made:
    counts = {count.grade: count.count for count in fact.counts}
    return _beside_inspection(GradeDistribution(area=fact.area, counts=counts), acceptance, prepared)


def _make_statistic(acceptance: Acceptance, prepared: Prepared, fact: facts.Statistic) -> Made:
    half_width = fact.half_width.quantize(_SIX_PLACES) if fact.half_width is not None else None
    statistic = Statistic(
        subject=fact.subject,
        printed=fact.printed,
        value=fact.value.quantize(_SIX_PLACES),
        half_width=half_width,
        unit=fact.unit,
        n=fact.n,
        period=fact.period,
    )
    return _beside_inspection(statistic, acceptance, prepared)


def _make_closure(acceptance: Acceptance, prepared: Prepared, fact: facts.Closure) -> Made:
    closure = Closure(concern=fact.concern, verdict=fact.verdict, reason=fact.reason, date=fact.date)
    return _beside_inspection(closure, acceptance, prepared)


def _beside_inspection(row: Any, acceptance: Acceptance, prepared: Prepared) -> Made:
    row.inspection = acceptance.inspection
    row.citations = prepared.proposal.citations
    row.order = prepared.proposal.order
    return Made(row, add=[row])


INSPECTION_MAKERS: Mapping[str, Maker] = {
    facts.Judgement.kind: _make_judgement,
    facts.Finding.kind: _make_finding,
    facts.Practice.kind: _make_practice,
    facts.GradeDistribution.kind: _make_distribution,
    facts.Statistic.kind: _make_statistic,
    facts.Closure.kind: _make_closure,
}
