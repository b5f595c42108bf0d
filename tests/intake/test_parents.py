"""Does a recommendation find its cause of concern when it names it by its id, as readings do on the wire?"""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.intake.samples import BY, DETAILS, NOW, Proposed, make_extraction, sample_facts

from bluelamp.documents.document import Document
from bluelamp.documents.facts import Fact
from bluelamp.inspections.facts import Finding
from bluelamp.intake.actions import accept, accept_all, describe_document
from bluelamp.intake.models import Proposal
from bluelamp.register.models import Item


@pytest.fixture
def named_by_id(document: Document) -> list[Fact]:
    """The sample facts, the recommendation naming its concern as `bluelamp extract` prints it."""
    found = sample_facts(document)
    concern = next(read.id for read in make_extraction(document, found).facts if is_concern(read.fact))
    return [replace(fact, parent=concern) if isinstance(fact, Finding) and fact.parent else fact for fact in found]


def is_concern(fact: Fact) -> bool:
    return isinstance(fact, Finding) and fact.type == "cause_of_concern"


def test_together(proposed: Proposed, named_by_id: list[Fact]) -> None:
    accept_all(proposed(named_by_id), by=BY, now=NOW)
    recommendation = Item.objects.get(kind="recommendation")
    assert recommendation.parent == Item.objects.get(kind="cause_of_concern")
    assert recommendation.finding.parent_printed == "Custody suites"


def test_the_recommendation_first(proposed: Proposed, named_by_id: list[Fact]) -> None:
    document = proposed(named_by_id)
    describe_document(document, by=BY, now=NOW, details=DETAILS)
    for sort in ("recommendation", "cause_of_concern"):
        accept(Proposal.objects.get(document=document, fields__type=sort), by=BY, now=NOW)
    assert Item.objects.get(kind="recommendation").parent == Item.objects.get(kind="cause_of_concern")


@pytest.mark.parametrize(
    "order", [("area_for_improvement", "issue_of_concern"), ("issue_of_concern", "area_for_improvement")]
)
def test_a_criticism_stands_under_the_area_for_improvement_that_it_supports(
    proposed: Proposed, document: Document, order: tuple[str, str]
) -> None:
    supported = Finding(
        type="area_for_improvement",
        title="The constabulary should log calls",
        citations=document.cite(document.blocks[4]),
    )
    criticism = Finding(
        type="issue_of_concern",
        text="Calls are logged late.",
        strength="plain",
        parent="The constabulary should log calls",
        citations=document.cite(document.blocks[6]),
    )
    stored = proposed([supported, criticism])
    describe_document(stored, by=BY, now=NOW, details=DETAILS)
    for sort in order:
        accept(Proposal.objects.get(document=stored, fields__type=sort), by=BY, now=NOW)
    item = Item.objects.get(kind="issue_of_concern")
    assert item.parent == Item.objects.get(kind="area_for_improvement")
    assert item.finding.strength == "plain"


def test_a_recommendation_never_stands_under_an_area_for_improvement(
    proposed: Proposed, document: Document
) -> None:
    title = "The constabulary should log calls"
    found = [
        Finding(type="area_for_improvement", title=title, citations=document.cite(document.blocks[4])),
        Finding(
            type="recommendation", text="Log calls.", parent=title, citations=document.cite(document.blocks[3])
        ),
    ]
    stored = proposed(found)
    describe_document(stored, by=BY, now=NOW, details=DETAILS)
    for sort in ("area_for_improvement", "recommendation"):
        accept(Proposal.objects.get(document=stored, fields__type=sort), by=BY, now=NOW)
    assert Item.objects.get(kind="recommendation").parent is None
