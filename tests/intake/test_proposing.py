"""Does reading again double nothing and change nothing that was decided?"""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.intake.samples import BY, DETAILS, NOW, Proposed, make_extraction, sample_facts

from bluelamp.documents.document import Document
from bluelamp.documents.facts import Unread
from bluelamp.documents.models import StoredDocument
from bluelamp.inspections.facts import Finding
from bluelamp.intake.actions import accept_all, propose
from bluelamp.intake.models import Proposal, UnreadPassage
from bluelamp.ledger.models import Event
from bluelamp.ledger.verification import verify
from bluelamp.register.models import Item

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _the_record_is_sound(db: None) -> object:
    yield
    assert verify(None).problems == []


def read_again(stored: StoredDocument, document: Document, found: list, **rest: object) -> object:
    return propose(stored, make_extraction(document, found, version=2, **rest), by=BY, now=NOW)


def test_the_same_reading_again_changes_nothing(proposed: Proposed, document: Document) -> None:
    stored = proposed()
    held, events = Proposal.objects.count(), Event.objects.count()
    assert not read_again(stored, document, sample_facts(document))
    assert (Proposal.objects.count(), Event.objects.count()) == (held, events)
    assert set(Proposal.objects.values_list("superseded", flat=True)) == {False}


def test_what_a_newer_reader_adds_is_proposed_and_the_rest_stays(proposed: Proposed, document: Document) -> None:
    facts = sample_facts(document)
    stored = proposed(facts[:3])
    accept_all(stored, by=BY, now=NOW)
    before = set(Item.objects.values_list("reference", "title"))
    read_again(stored, document, facts)
    waiting = Proposal.objects.filter(state=Proposal.PROPOSED)
    assert waiting.count() == len(facts) - 3
    assert set(Item.objects.values_list("reference", "title")) == before


def test_a_changed_reading_is_a_new_proposal_beside_the_old(proposed: Proposed, document: Document) -> None:
    facts = sample_facts(document)
    stored = proposed(facts)
    changed = [replace(fact, title="Otherwise") if isinstance(fact, Finding) else fact for fact in facts]
    read_again(stored, document, changed)
    old = Proposal.objects.filter(kind="finding", superseded=True)
    new = Proposal.objects.filter(kind="finding", superseded=False)
    assert (old.count(), new.count()) == (5, 5)
    assert set(old.values_list("fact_id", flat=True)) == set(new.values_list("fact_id", flat=True))


def test_an_accepted_fact_read_differently_is_not_accepted_twice(proposed: Proposed, document: Document) -> None:
    facts = sample_facts(document)
    stored = proposed(facts)
    accept_all(stored, by=BY, now=NOW)
    titles = set(Item.objects.values_list("title", flat=True))
    changed = [replace(fact, title="Otherwise") if isinstance(fact, Finding) else fact for fact in facts]
    read_again(stored, document, changed)
    outcome = accept_all(stored, by=BY, now=NOW)
    assert outcome.total == 0
    assert len(outcome.left) == 5
    assert all("already accepted" in reason for _, reason in outcome.left)
    assert set(Item.objects.values_list("title", flat=True)) == titles


def test_what_a_newer_reader_no_longer_reads_is_marked_and_comes_back(
    proposed: Proposed, document: Document
) -> None:
    facts = sample_facts(document)
    stored = proposed(facts)
    read_again(stored, document, facts[:-1])
    assert Proposal.objects.get(superseded=True).kind == facts[-1].kind
    assert accept_all(stored, by=BY, now=NOW).accepted[facts[-1].kind] == 0
    read_again(stored, document, facts)
    assert not Proposal.objects.filter(superseded=True).exists()


def test_what_was_not_understood_stays_listed(proposed: Proposed, document: Document) -> None:
    unread = Unread(reason="A table without a head.", citations=document.cite(document.blocks[3]))
    stored = proposed([], unread=(unread,))
    read_again(stored, document, [], unread=(unread,))
    assert UnreadPassage.objects.get().reason == "A table without a head."
    read_again(stored, document, [])
    assert UnreadPassage.objects.get().superseded


def test_details_are_proposals_too(proposed: Proposed, document: Document) -> None:
    stored = proposed([])
    details = Proposal.objects.filter(document=stored, kind="document_detail").order_by("order")
    assert {each.fields["name"]: each.fields["value"] for each in details} == DETAILS
    assert StoredDocument.objects.get().title == ""
