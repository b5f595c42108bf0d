"""Can what was accepted be put right, and what stays as it was?"""

from __future__ import annotations

import pytest
from tests.intake.samples import BY, NOW, Proposed

from bluelamp.assurance.actions_closing import Authority, sign_off
from bluelamp.assurance.actions_opinions import give_opinion
from bluelamp.assurance.actions_reviews import open_review
from bluelamp.documents.models import StoredDocument
from bluelamp.inspections.models import Finding, Judgement, Statistic
from bluelamp.intake.actions import accept_all
from bluelamp.intake.actions_corrections import correct
from bluelamp.intake.models import Proposal
from bluelamp.ledger.models import Event
from bluelamp.ledger.verification import verify
from bluelamp.lib.errors import PlainError
from bluelamp.organisations.actions import add_person
from bluelamp.organisations.models import User
from bluelamp.organisations.rules import NotAllowedError
from bluelamp.register.models import Item
from bluelamp.register.queries import filter_items, item_history

pytestmark = pytest.mark.django_db


@pytest.fixture
def accepted(proposed: Proposed) -> StoredDocument:
    document = proposed()
    accept_all(document, by=BY, now=NOW)
    yield document
    assert verify(None).problems == []


def proposal_of(reference: str) -> Proposal:
    return Proposal.objects.get(result_id=str(Item.objects.get(reference=reference).pk))


def test_a_grade_is_corrected_on_the_item_and_beside_the_inspection(accepted: StoredDocument) -> None:
    proposal = proposal_of("CVP-2022-JUD-01")
    correct(proposal, by=BY, now=NOW, corrected={"grade": "good"}, reason="misread")
    item = Item.objects.get(reference="CVP-2022-JUD-01")
    assert (item.grade, item.title) == ("good", "Responding to the public: Good")
    assert Judgement.objects.get().grade == "good"
    assert item.first_reading["grade"] == "adequate"
    latest = item_history(item, viewer=None)[0]
    assert latest.note == {"reason": "misread"}
    assert {change.column for change in latest.changes} == {"grade", "title", "first_reading"}


def test_a_corrected_title_is_found_and_the_parent_stays(accepted: StoredDocument) -> None:
    correct(
        proposal_of("CVP-2022-REC-01"), by=BY, now=NOW, corrected={"title": "Mend the doors"}, reason="clearer"
    )
    item = Item.objects.get(reference="CVP-2022-REC-01")
    assert item.title == "Mend the doors"
    assert item.parent == Item.objects.get(reference="CVP-2022-COC-01")
    assert list(filter_items(viewer=None, words="doors")) == [item]
    assert item.finding.parent == Finding.objects.get(type="cause_of_concern")


def test_a_concern_keeps_its_recommendations(accepted: StoredDocument) -> None:
    correct(proposal_of("CVP-2022-COC-01"), by=BY, now=NOW, corrected={"text": "Cells."}, reason="shorter")
    assert Item.objects.get(reference="CVP-2022-REC-01").parent == Item.objects.get(reference="CVP-2022-COC-01")


def test_a_figure_without_an_item_is_corrected_too(accepted: StoredDocument) -> None:
    proposal = Proposal.objects.get(kind="statistic")
    correct(proposal, by=BY, now=NOW, corrected={"value": "92.5"}, reason="misread")
    assert str(Statistic.objects.get().value) == "92.500000"
    correct(proposal, by=BY, now=NOW, corrected={"n": 220}, reason="it says of how many")
    statistic = Statistic.objects.get()
    assert (str(statistic.value), statistic.n) == ("92.500000", 220)


@pytest.mark.parametrize(
    ("corrected", "reason", "why"),
    [
        ({"type": "strength"}, "it is one", "reference says what kind"),
        ({"title": "Otherwise"}, " ", "why this is corrected"),
        ({"colour": "blue"}, "odd", "no field called colour"),
        ({"area": "nowhere"}, "odd", "no area"),
    ],
)
def test_what_may_not_be_corrected_changes_nothing(
    accepted: StoredDocument, corrected: dict[str, str], reason: str, why: str
) -> None:
    events = Event.objects.count()
    with pytest.raises(PlainError, match=why):
        correct(proposal_of("CVP-2022-AFI-01"), by=BY, now=NOW, corrected=corrected, reason=reason)
    assert Event.objects.count() == events


def test_what_waits_is_corrected_as_it_is_accepted(proposed: Proposed) -> None:
    proposed()
    with pytest.raises(NotAllowedError, match="as you accept it"):
        correct(Proposal.objects.get(kind="statistic"), by=BY, now=NOW, corrected={"n": 1}, reason="so")


def test_a_detail_is_corrected_on_its_document(accepted: StoredDocument) -> None:
    proposal = Proposal.objects.get(kind="document_detail", fields__name="title")
    correct(proposal, by=BY, now=NOW, corrected={"value": "Another title"}, reason="misread")
    accepted.refresh_from_db()
    assert accepted.title == "Another title"
    assert proposal.corrected == {"name": "title", "value": "Another title"}


def test_words_that_were_tested_and_then_corrected_are_tested_anew(accepted: StoredDocument) -> None:
    item, reviewer = Item.objects.get(reference="CVP-2022-AFI-01"), person("auditor")
    open_review(item, by=BY, now=NOW)
    give_opinion(item, grade="reasonable", looked_at="The log.", by=reviewer, now=NOW)
    same = {"area": "responding-to-the-public"}
    correct(proposal_of("CVP-2022-AFI-01"), by=BY, now=NOW, corrected=same, reason="misplaced")
    assert Item.objects.get(pk=item.pk).assurance == "reasonable", "its area is not what was tested"
    correct(proposal_of("CVP-2022-AFI-01"), by=BY, now=NOW, corrected={"title": "Log it."}, reason="clearer")
    assert Item.objects.get(pk=item.pk).assurance == "testing"
    assert item.reviews.latest("number").reason == "the item's words were corrected: clearer"


def test_words_that_were_signed_off_are_not_corrected_under_the_sign_off(accepted: StoredDocument) -> None:
    item = Item.objects.get(reference="CVP-2022-AFI-01")
    authority = Authority(kind="letter", words="Letter 7", day=NOW.date())
    sign_off(item, code="no-longer-applicable", reason="x", authority=authority, by=BY, now=NOW)
    with pytest.raises(NotAllowedError, match="reopen it first, then correct"):
        correct(proposal_of("CVP-2022-AFI-01"), by=BY, now=NOW, corrected={"title": "Log it."}, reason="clearer")
    assert Item.objects.get(pk=item.pk).title == item.title


def person(role: str) -> User:
    return add_person(by=BY, now=NOW, user_name=role, name=f"The {role}", role=role)
