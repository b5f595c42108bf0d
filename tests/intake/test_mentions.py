"""What becomes of what a report on many forces says of one, once a person accepts it?"""

from __future__ import annotations

import datetime as dt
from collections import Counter

import pytest
from tests.inspections.reading.about_reports import DEFINITIONS, FOLDER, bodies
from tests.intake.samples import BY, NOW

from bluelamp.documents.models import StoredDocument
from bluelamp.documents.readers import read_bytes
from bluelamp.inspections.facts import Mention
from bluelamp.intake.actions import accept, accept_all, describe_document, propose, store_document
from bluelamp.intake.actions_corrections import correct
from bluelamp.intake.correcting import make_fields, read_corrections
from bluelamp.intake.extraction import Extraction, extract
from bluelamp.intake.headings import say_heading
from bluelamp.intake.models import Proposal
from bluelamp.intake.preparing import RefusedError
from bluelamp.intake.preparing_mentions import read_for
from bluelamp.intake.review import rank_of, sort_of
from bluelamp.intake.stored_facts import fact_of, fields_of, stored_citations
from bluelamp.ledger.verification import verify
from bluelamp.organisations.actions import load_organisations
from bluelamp.register.models import Item

pytestmark = pytest.mark.django_db
DATA = (FOLDER / "national-2026-property.txt").read_bytes()


@pytest.fixture(autouse=True)
def _the_record_is_sound(db: None) -> object:
    load_organisations(by=BY, now=NOW, bodies=bodies())
    yield
    assert verify(None).problems == []


def read(about: str = "CVP") -> Extraction:
    return extract(read_bytes(DATA, file_name="property.txt"), definitions=DEFINITIONS, about=about)


def take_in(about: str = "CVP") -> StoredDocument:
    found = read(about)
    kept = store_document(by=BY, now=NOW, document=found.document, data=DATA, file_name="property.txt")
    propose(kept.document, found, by=BY, now=NOW)
    return kept.document


def mentions(document: StoredDocument, nature: str = "", **values: str) -> list[Proposal]:
    found = document.proposals.filter(kind="mention").order_by("order")
    chosen = [each for each in found if nature in ("", each.fields["nature"])]
    return [each for each in chosen if all(each.fields[name] == value for name, value in values.items())]


def test_a_national_report_has_no_force_of_its_own() -> None:
    document = take_in()
    names = {each.fields["name"] for each in document.proposals.filter(kind="document_detail")}
    assert "subject" not in names
    assert read_for(document) == ["Calder Vale Police"]


def test_what_was_not_provided_becomes_an_issue_of_concern_of_the_force() -> None:
    document = take_in()
    (proposal,) = [each for each in mentions(document, "exclusion") if "could not provide" in each.fields["text"]]
    accept(proposal, by=BY, now=NOW)
    item = Item.objects.get()
    assert (item.kind, item.force.code, item.source) == ("issue_of_concern", "CVP", "inspectorate")
    assert item.reference == "CVP-2026-IOC-01"
    assert item.document == document
    assert item.title == proposal.fields["text"]
    assert item.text == proposal.fields["subject"]
    assert item.mentions.get().citations == proposal.citations


def test_a_recommendation_to_all_becomes_the_forces_with_its_deadline() -> None:
    document = take_in()
    (proposal,) = mentions(document, "recommendation_to_all", number="1")
    accept(proposal, by=BY, now=NOW)
    item = Item.objects.get()
    assert (item.kind, item.reference, item.source_number) == ("recommendation", "CVP-2026-REC-01", "1")
    assert item.deadline_printed == "By 30 April 2027"
    assert item.deadline_date == dt.date(2027, 4, 30)
    assert say_heading(proposal).startswith("1: By 30 April")


def test_a_deadline_that_counts_from_publication_follows_its_date() -> None:
    document = take_in()
    (proposal,) = mentions(document, "recommendation_to_all", number="3")
    describe_document(document, by=BY, now=NOW, details={"published": "2026-10-01"})
    accept(proposal, by=BY, now=NOW)
    assert Item.objects.get().deadline_date == dt.date(2027, 4, 1)
    describe_document(document, by=BY, now=NOW, details={"published": "2026-10-21"})
    assert Item.objects.get().deadline_date == dt.date(2027, 4, 21)


def test_a_plain_mention_is_kept_without_an_item_and_a_critical_one_becomes_one() -> None:
    document = take_in()
    plain = next(each for each in mentions(document, "sentence") if "rebuilt their stores" in each.fields["text"])
    accept(plain, by=BY, now=NOW, corrected={"critical": None})
    assert Item.objects.count() == 0
    critical = next(each for each in mentions(document, "sentence") if "corridors" in each.fields["text"])
    accept(critical, by=BY, now=NOW, corrected={"critical": "strong"})
    assert Item.objects.get().kind == "issue_of_concern"


def test_what_was_accepted_as_no_item_is_not_made_one_by_a_correction() -> None:
    document = take_in()
    (proposal,) = mentions(document, "table_row")
    accept(proposal, by=BY, now=NOW)
    with pytest.raises(RefusedError, match="kind cannot be corrected"):
        correct(proposal, by=BY, now=NOW, corrected={"critical": "plain"}, reason="It says so.")
    correct(proposal, by=BY, now=NOW, corrected={"section": "Stores"}, reason="The heading was misread.")
    assert proposal.corrected is not None
    assert proposal.corrected["section"] == "Stores"


def test_a_table_rows_values_come_back_from_the_database_as_they_were_read() -> None:
    fact = next(each.fact for each in read().facts if isinstance(each.fact, Mention) and each.fact.columns)
    assert isinstance(fact, Mention)
    again = fact_of("mention", fields_of(fact), stored_citations(fact.citations))
    assert again == fact


def test_accepting_everything_leaves_what_needs_a_force() -> None:
    document = take_in()
    outcome = accept_all(document, by=BY, now=NOW)
    assert {proposal.kind for proposal, _ in outcome.left} == {"finding"}
    kinds = Counter(Item.objects.values_list("kind", flat=True))
    natures = Counter(each.fields["nature"] for each in mentions(document))
    assert kinds["recommendation"] == natures["recommendation_to_all"]
    assert kinds["issue_of_concern"] >= natures["exclusion"]
    assert not document.proposals.filter(kind="mention", state=Proposal.PROPOSED).exists()


def test_what_can_be_accepted_comes_first_on_the_page() -> None:
    document = take_in()
    ranked = rank_of(document)
    kinds = [each.kind for each in sorted(document.proposals.exclude(kind="document_detail"), key=ranked)]
    assert kinds == sorted(kinds, key=lambda kind: kind != "mention")
    assert {"mention", "finding"} == set(kinds)


def test_what_was_accepted_as_a_finding_is_not_accepted_again_as_a_mention() -> None:
    document = take_in()
    describe_document(document, by=BY, now=NOW, details={"subject": "CVP"})
    outcome = accept_all(document, by=BY, now=NOW)
    titles = [title for title in Item.objects.values_list("title", flat=True) if "one record" in title]
    assert len(titles) == 1
    assert any("already accepted" in reason for _, reason in outcome.left)


def test_a_report_is_read_for_one_force_after_another_and_each_keeps_its_own() -> None:
    document = take_in("CVP")
    first = len(mentions(document))
    propose(document, read("Elmshire"), by=BY, now=NOW)
    assert read_for(document) == ["Calder Vale Police", "Elmshire Constabulary"]
    assert len(mentions(document, about="CVP")) == first
    assert not any(each.superseded for each in mentions(document))
    accept_all(document, by=BY, now=NOW)
    forces = Counter(Item.objects.filter(kind="recommendation").values_list("force__code", flat=True))
    assert forces["CVP"] == forces["ELM"] > 0
    propose(document, read(""), by=BY, now=NOW)
    assert not any(each.superseded for each in mentions(document))


def test_reading_again_proposes_nothing_twice() -> None:
    document = take_in()
    before = document.proposals.count()
    propose(document, read(), by=BY, now=NOW)
    assert document.proposals.count() == before


def test_the_form_of_a_mention_asks_what_it_is_and_how_critical() -> None:
    document = take_in()
    (proposal,) = mentions(document, "table_row")
    assert sort_of(proposal) == "table_row"
    fields = {field.name: field for field in make_fields(proposal)}
    assert "about" not in fields
    assert {choice.value for choice in fields["nature"].choices} >= {"sentence", "exclusion"}
    assert fields["critical"].shape == "choice"
    sent = {name: field.value for name, field in fields.items()} | {"critical": "plain"}
    assert read_corrections(proposal, sent) == {"critical": "plain"}
