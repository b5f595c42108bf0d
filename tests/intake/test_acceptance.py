"""What does accepting make, and what may not be accepted?"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from tests.intake.samples import BY, DETAILS, NOW, Proposed, make_extraction, sample_facts, template_row

from bluelamp.documents.document import Document
from bluelamp.documents.models import StoredDocument
from bluelamp.inspections import facts
from bluelamp.inspections.models import Finding, GradeDistribution, Inspection, Judgement, Practice, Statistic
from bluelamp.intake.actions import accept, accept_all, accept_kind, describe_document, propose, reconsider, reject
from bluelamp.intake.models import Proposal
from bluelamp.intake.preparing import RefusedError
from bluelamp.ledger.models import Event
from bluelamp.ledger.verification import verify
from bluelamp.lib.errors import PlainError
from bluelamp.organisations.actions import add_person
from bluelamp.organisations.models import Organisation
from bluelamp.organisations.rules import NotAllowedError
from bluelamp.register.models import Item, ItemWords

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _the_record_is_sound(db: None) -> object:
    """Whatever a test does, every row has its event."""
    yield
    assert verify(None).problems == []


def proposal_of(document: StoredDocument, kind: str, nth: int = 0) -> Proposal:
    return Proposal.objects.filter(document=document, kind=kind).order_by("order")[nth]


def test_accepting_all_makes_items_numbered_in_reading_order(proposed: Proposed) -> None:
    outcome = accept_all(proposed(), by=BY, now=NOW)
    assert outcome.left == []
    items = Item.objects.order_by("place").values_list("reference", "title", "year_guessed")
    assert list(items) == [
        ("CVP-2022-AFI-01", "The constabulary should log each call within a minute.", False),
        ("CVP-2022-AFI-02", "The constabulary should train its call handlers.", False),
        ("CVP-2022-COC-01", "Custody suites", False),
        ("CVP-2022-JUD-01", "Responding to the public: Adequate", False),
        ("CVP-2022-REC-01", "Within three months it should repair the custody suites.", False),
    ]


def test_each_item_has_its_citations_words_and_one_event(proposed: Proposed) -> None:
    document = proposed()
    accept_all(document, by=BY, now=NOW)
    for item in Item.objects.all():
        mention = item.mentions.get()
        assert mention.citations[0]["document_sha256"] == document.sha256
        assert mention.citations[0]["quote"]
        assert Event.objects.filter(subject_id=str(item.pk), action="register.item_accepted").count() == 1
        assert item.reference in ItemWords.objects.get(item=item).text


def test_the_slice_holds_what_the_report_says(proposed: Proposed) -> None:
    accept_all(proposed(), by=BY, now=NOW)
    inspection = Inspection.objects.get()
    assert (inspection.force.code, inspection.framework, inspection.year) == ("CVP", "peel-2021-22", 2022)
    assert Judgement.objects.get().grade == "adequate"
    assert GradeDistribution.objects.get().counts == {"good": 40, "adequate": 3}
    statistic = Statistic.objects.get()
    assert (statistic.value, statistic.half_width) == (Decimal("91.5"), Decimal("2.5"))
    assert Practice.objects.get().type == "promising"
    strength = Finding.objects.get(type="strength")
    assert strength.item is None


def test_a_recommendation_stands_under_its_cause_of_concern(proposed: Proposed) -> None:
    accept_all(proposed(), by=BY, now=NOW)
    recommendation = Item.objects.get(kind="recommendation")
    assert recommendation.parent == Item.objects.get(kind="cause_of_concern")
    assert recommendation.deadline_printed == "Within three months"
    assert recommendation.finding.deadline == {
        "printed": "Within three months",
        "rule": "months",
        "months": 3,
        "date": None,
    }


def test_a_recommendation_accepted_first_finds_its_cause_of_concern_later(proposed: Proposed) -> None:
    document = proposed()
    describe_document(document, by=BY, now=NOW, details=DETAILS)
    accept(proposal_of(document, "finding", 1), by=BY, now=NOW)
    assert Item.objects.get(kind="recommendation").parent is None
    accept(proposal_of(document, "finding", 0), by=BY, now=NOW)
    assert Item.objects.get(kind="recommendation").parent == Item.objects.get(kind="cause_of_concern")


def test_details_are_written_on_the_document(proposed: Proposed) -> None:
    document = proposed()
    assert document.title == ""
    accept_kind(document, "document_detail", by=BY, now=NOW)
    document.refresh_from_db()
    assert (document.title, document.family, document.published) == (
        "Calder Vale Police 2022",
        "inspection_report",
        "2022-04",
    )
    assert document.subject is not None
    assert document.publisher is not None
    assert (document.subject.code, document.publisher.code) == ("CVP", "HMICFRS")


def test_items_wait_until_somebody_says_which_force(proposed: Proposed) -> None:
    document = proposed(details={"framework": "peel-2021-22"})
    outcome = accept_all(document, by=BY, now=NOW)
    assert {reason for _, reason in outcome.left} == {
        "It is not known which force this document is about: say which before its items are accepted"
        " (--force CODE, or the document's page)."
    }
    describe_document(document, by=BY, now=NOW, details={"subject": "cvp"})
    assert accept_all(document, by=BY, now=NOW).left == []
    assert Item.objects.count() == 5


def test_one_item_is_refused_while_the_subject_is_only_proposed(proposed: Proposed) -> None:
    with pytest.raises(RefusedError, match="accept the proposed force, Calder Vale Police"):
        accept(proposal_of(proposed(), "finding"), by=BY, now=NOW)


def test_a_grade_is_refused_while_the_framework_is_unknown(proposed: Proposed) -> None:
    document = proposed(details={"subject": "CVP", "published": "2022"})
    accept_kind(document, "document_detail", by=BY, now=NOW)
    with pytest.raises(RefusedError, match="which inspection framework"):
        accept(proposal_of(document, "judgement"), by=BY, now=NOW)
    accept(proposal_of(document, "finding"), by=BY, now=NOW)


def test_the_subject_may_be_a_local_policing_body(proposed: Proposed) -> None:
    document = proposed(details={**DETAILS, "subject": "CVP-PCC"})
    accept_all(document, by=BY, now=NOW)
    assert set(Item.objects.values_list("force__code", flat=True)) == {"CVP"}


def test_a_year_nobody_said_is_marked_as_a_guess(proposed: Proposed) -> None:
    document = proposed(details={"subject": "CVP", "framework": "peel-2021-22"})
    accept_all(document, by=BY, now=NOW)
    assert set(Item.objects.values_list("year", "year_guessed")) == {(2022, True)}
    assert Inspection.objects.get().year_guessed


def test_a_date_said_later_leaves_references_as_they_are(proposed: Proposed) -> None:
    document = proposed(details={"subject": "CVP", "framework": "peel-2021-22"})
    accept_all(document, by=BY, now=NOW)
    before = set(Item.objects.values_list("reference", flat=True))
    describe_document(document, by=BY, now=NOW, details={"published": "2023-05-01"})
    assert set(Item.objects.values_list("reference", flat=True)) == before
    inspection = Inspection.objects.get()
    assert (inspection.year, inspection.published, inspection.year_guessed) == (2023, "2023-05-01", False)


def test_a_corrected_item_keeps_the_first_reading(proposed: Proposed) -> None:
    document = proposed()
    accept_kind(document, "document_detail", by=BY, now=NOW)
    proposal = proposal_of(document, "finding", 2)
    read = proposal.fields
    accept(proposal, by=BY, now=NOW, corrected={"title": "Log calls", "area": "responding-to-the-public"})
    item = Item.objects.get()
    assert (item.title, item.area_name) == ("Log calls", "Responding to the public")
    assert item.first_reading == read
    proposal.refresh_from_db()
    assert proposal.fields == read
    assert proposal.corrected["title"] == "Log calls"
    assert item.mentions.get().citations == proposal.citations


@pytest.mark.parametrize(
    ("kind", "corrected", "reason"),
    [
        ("judgement", {"grade": "splendid"}, "no grade “splendid”"),
        ("judgement", {"area": "nowhere"}, "no area “nowhere”"),
        ("judgement", {"colour": "blue"}, "no field called colour"),
        ("statistic", {"value": "many"}, "do not make a statistic"),
    ],
)
def test_a_wrong_correction_is_refused_and_nothing_is_written(
    proposed: Proposed, kind: str, corrected: dict[str, str], reason: str
) -> None:
    document = proposed()
    accept_kind(document, "document_detail", by=BY, now=NOW)
    events = Event.objects.count()
    with pytest.raises(PlainError, match=reason):
        accept(proposal_of(document, kind), by=BY, now=NOW, corrected=corrected)
    assert Event.objects.count() == events


def test_an_accepted_proposal_cannot_be_accepted_again(proposed: Proposed) -> None:
    document = proposed()
    accept_all(document, by=BY, now=NOW)
    with pytest.raises(RefusedError, match="is accepted, so it cannot be accepted"):
        accept(proposal_of(document, "finding"), by=BY, now=NOW)
    assert accept_all(document, by=BY, now=NOW).total == 0
    assert Item.objects.count() == 5


def test_rejecting_needs_a_reason_and_can_be_taken_back(proposed: Proposed) -> None:
    document = proposed()
    proposal = proposal_of(document, "finding")
    with pytest.raises(NotAllowedError, match="why"):
        reject(proposal, by=BY, now=NOW, reason=" ")
    reject(proposal, by=BY, now=NOW, reason="A heading, not a finding.")
    assert accept_all(document, by=BY, now=NOW).accepted["finding"] == 4
    assert not Item.objects.filter(kind="cause_of_concern").exists()
    reconsider(proposal, by=BY, now=NOW)
    accept(proposal, by=BY, now=NOW)
    assert Item.objects.filter(kind="cause_of_concern").exists()


def test_numbers_are_never_given_twice(proposed: Proposed, document: Document) -> None:
    stored = proposed()
    accept_all(stored, by=BY, now=NOW)
    more = [template_row(document, 4, "1", "area_for_improvement")]
    propose(stored, make_extraction(document, [*sample_facts(document), *more]), by=BY, now=NOW)
    accept_all(stored, by=BY, now=NOW)
    assert Item.objects.order_by("place").filter(kind="area_for_improvement").last().reference == "CVP-2022-AFI-03"


def test_template_rows_become_items_of_their_section(proposed: Proposed, document: Document) -> None:
    rows = [template_row(document, 2, "1"), template_row(document, 3, "R1", "recommendation")]
    accept_all(proposed(rows, details={"subject": "CVP"}), by=BY, now=NOW)
    issue, recommendation = Item.objects.order_by("order")
    assert (issue.reference, issue.source, issue.source_number) == ("CVP-2022-IOC-01", "assurance_template", "1")
    assert recommendation.reference == "CVP-2022-REC-01"
    mention = issue.mentions.get()
    assert (mention.cited_pages, mention.notes, mention.printed_action) == (
        "Page 45/46",
        ["See the annex."],
        "The rota changed.",
    )


def test_kinds_without_a_slice_are_accepted_as_facts(proposed: Proposed, document: Document) -> None:
    from bluelamp.scrutiny.facts import AgendaItem

    fact = AgendaItem(
        meeting_date=dt.date(2022, 3, 1), number="1", title="Calls", citations=document.cite(document.blocks[1])
    )
    stored = proposed([fact], details={})
    assert accept_all(stored, by=BY, now=NOW).accepted == {"agenda_item": 1}
    assert proposal_of(stored, "agenda_item").state == Proposal.ACCEPTED
    assert Item.objects.count() == 0


def test_a_reader_may_not_decide_and_another_organisation_neither(proposed: Proposed) -> None:
    document = proposed()
    reader = add_person(by=BY, now=NOW, user_name="ann", name="A. Person")
    with pytest.raises(NotAllowedError, match="Your role"):
        accept_all(document, by=reader, now=NOW)
    officer = add_person(
        by=BY,
        now=NOW,
        user_name="bob",
        name="B. Person",
        role="liaison",
        organisation=Organisation.objects.get(code="CVP"),
    )
    accept_all(document, by=officer, now=NOW)
    assert set(Proposal.objects.values_list("decided_by__user_name", flat=True)) == {"bob"}


def test_the_judgement_of_an_ungraded_area_says_so(proposed: Proposed, document: Document) -> None:
    judgement = facts.Judgement(
        area="", printed_area="Victims", grade=None, citations=document.cite(document.blocks[1])
    )
    accept_all(proposed([judgement]), by=BY, now=NOW)
    assert Item.objects.get().title == "Victims: not graded"
    assert Judgement.objects.get().grade == ""


def test_a_kind_may_be_a_type_of_finding_on_one_page(proposed: Proposed) -> None:
    document = proposed()
    accept_kind(document, "document_detail", by=BY, now=NOW)
    assert accept_kind(document, "area_for_improvement", by=BY, now=NOW, page_index=7).total == 0
    assert accept_kind(document, "area_for_improvement", by=BY, now=NOW, page_index=0).total == 2
    assert accept_kind(document, "strength", by=BY, now=NOW).total == 1
    assert accept_kind(document, "finding", by=BY, now=NOW).total == 2
