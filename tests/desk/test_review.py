"""Can a person accept, correct and reject what was read, with plain forms, and see what is left?"""

from __future__ import annotations

import pytest
from django.test import Client
from tests.desk.conftest import Full, SignIn

from bluelamp.intake.models import Proposal
from bluelamp.ledger.models import Event
from bluelamp.register.models import Item


def step(proposal: Proposal, name: str) -> str:
    return f"/documents/{proposal.document_id}/proposals/{proposal.pk}/{name}"


@pytest.fixture
def numbered(desk: Client, full: Full) -> Full:
    """Someone accepted what the waiting document is about, so that items can be numbered."""
    desk.post(f"/documents/{full.waiting.pk}/accept-sort", {"page": "1", "sort": "document_detail"})
    full.waiting.refresh_from_db()
    assert full.waiting.subject is not None
    return full


def test_the_counter_says_what_is_left(desk: Client, full: Full) -> None:
    page = desk.get(f"/documents/{full.waiting.pk}/review").content.decode()
    waiting = Proposal.objects.filter(document=full.waiting, state="proposed").count()
    assert f"{waiting} of {waiting} proposals wait for a decision" in page


def test_without_a_force_nothing_is_numbered_and_the_reason_is_said(desk: Client, full: Full) -> None:
    page = desk.post(step(full.proposal, "accept"), follow=True).content.decode()
    assert "Say first which force this document is about" in page
    full.proposal.refresh_from_db()
    assert full.proposal.state == "proposed"


def test_accepting_makes_an_item_and_goes_on_to_the_next(desk: Client, numbered: Full) -> None:
    proposal = numbered.proposal
    response = desk.post(step(proposal, "accept"))
    assert f"at={proposal.pk}" not in response["Location"]
    proposal.refresh_from_db()
    assert proposal.state == "accepted"
    assert proposal.decided_by is not None
    item = Item.objects.get(pk=proposal.result_id)
    page = desk.get(response["Location"]).content.decode()
    assert item.reference in page
    assert "Decided on this page" in page


def test_a_correction_is_accepted_and_the_first_reading_kept(desk: Client, numbered: Full) -> None:
    proposal = Proposal.objects.filter(document=numbered.waiting, fields__type="area_for_improvement")[0]
    form = desk.get(step(proposal, "edit")).content.decode()
    assert proposal.fields["title"] in form
    desk.post(step(proposal, "edit"), {"title": "Log every call.", "type": "area_for_improvement"})
    proposal.refresh_from_db()
    assert proposal.corrected["title"] == "Log every call."
    item = Item.objects.get(pk=proposal.result_id)
    page = desk.get(f"/register/{item.reference}").content.decode()
    assert "Log every call." in page
    assert "First reading" in page
    assert page.count(proposal.fields["title"]) >= 2  # among the first reading and in the quote


def test_a_grade_that_the_framework_has_not_is_refused_with_the_form_kept(desk: Client, numbered: Full) -> None:
    proposal = Proposal.objects.get(document=numbered.waiting, kind="judgement")
    response = desk.post(step(proposal, "edit"), {"grade": "splendid", "printed_area": "Answering"})
    page = response.content.decode()
    assert response.status_code == 422
    assert "has no" in page or "no grade" in page
    assert 'value="Answering"' in page
    proposal.refresh_from_db()
    assert proposal.state == "proposed"


def test_an_unchanged_form_is_no_correction(desk: Client, numbered: Full) -> None:
    for proposal in Proposal.objects.filter(document=numbered.waiting, state="proposed"):
        desk.post(step(proposal, "edit"), {})
        proposal.refresh_from_db()
        assert proposal.state == "accepted", proposal.label
        assert proposal.corrected is None


def test_rejecting_needs_a_reason_and_can_be_taken_back(desk: Client, full: Full) -> None:
    page = desk.post(step(full.proposal, "reject"), {"reason": " "}, follow=True).content.decode()
    assert "Say in a few words why this is rejected." in page
    desk.post(step(full.proposal, "reject"), {"reason": "Said of another force."})
    page = desk.get(f"/documents/{full.waiting.pk}/review").content.decode()
    assert "Said of another force." in page
    desk.post(step(full.proposal, "reconsider"))
    full.proposal.refresh_from_db()
    assert full.proposal.state == "proposed"


def test_what_is_in_doubt_comes_first(desk: Client, full: Full) -> None:
    last = Proposal.objects.filter(document=full.waiting).order_by("-order")[0]
    last.doubt = "The summary and the chapter disagree."
    last.save()
    page = desk.get(f"/documents/{full.waiting.pk}/review").content.decode()
    first = page.index(f'id="p-{last.pk}"')
    others = Proposal.objects.filter(document=full.waiting).exclude(pk=last.pk)
    assert all(first < page.index(f'id="p-{other.pk}"') for other in others)
    assert "In doubt" in page


def test_all_of_one_sort_on_a_page_are_accepted_together(desk: Client, numbered: Full) -> None:
    desk.post(f"/documents/{numbered.waiting.pk}/accept-sort", {"page": "1", "sort": "area_for_improvement"})
    states = Proposal.objects.filter(document=numbered.waiting, fields__type="area_for_improvement")
    assert {proposal.state for proposal in states} == {"accepted"}
    numbered.proposal.refresh_from_db()
    assert numbered.proposal.state == "proposed"


def test_everything_is_accepted_and_what_stays_is_explained(desk: Client, full: Full) -> None:
    page = desk.post(f"/documents/{full.waiting.pk}/accept-everything", follow=True).content.decode()
    assert "proposals were accepted" in page
    assert "All " in page
    assert "proposals are decided" in page


@pytest.mark.parametrize("role", ["reader", "analyst", "auditor"])
def test_who_only_reads_sees_no_forms_and_cannot_decide(sign_in: SignIn, full: Full, role: str) -> None:
    reader = sign_in(role)
    page = reader.get(f"/documents/{full.waiting.pk}/review").content.decode()
    assert step(full.proposal, "accept") not in page
    assert "Your role lets you read proposals" in page
    before = Event.objects.count()
    reader.post(step(full.proposal, "accept"))
    reader.post(step(full.proposal, "reject"), {"reason": "No."})
    reader.post(f"/documents/{full.waiting.pk}/accept-everything")
    full.proposal.refresh_from_db()
    assert full.proposal.state == "proposed"
    assert Event.objects.count() == before
    assert reader.get("/documents/add").status_code == 403
    assert reader.get(f"/documents/{full.waiting.pk}/describe").status_code == 403


def test_what_a_document_is_can_be_said(desk: Client, full: Full) -> None:
    address = f"/documents/{full.waiting.pk}/describe"
    said = {
        "title": "A report",
        "subject": "CVP",
        "publisher": "",
        "family": "letter",
        "framework": "",
        "published": "2022-04",
    }
    wrong = desk.post(address, {**said, "published": "April"})
    assert wrong.status_code == 422
    assert "is not a date" in wrong.content.decode()
    desk.post(address, said)
    page = desk.get(f"/documents/{full.waiting.pk}").content.decode()
    assert "A report" in page
    assert "April 2022" in page
    assert Event.objects.order_by("-sequence")[0].action == "documents.document_described"


def test_what_was_accepted_can_be_corrected_for_a_reason(desk: Client, full: Full) -> None:
    proposal = Proposal.objects.get(result_id=str(full.item.pk))
    page = desk.get(f"/register/{full.item.reference}").content.decode()
    assert step(proposal, "edit") in page
    refused = desk.post(step(proposal, "edit"), {"title": "Custody"})
    assert refused.status_code == 422
    desk.post(step(proposal, "edit"), {"title": "Custody", "reason_for_correction": "Misread."})
    page = desk.get(f"/register/{full.item.reference}").content.decode()
    assert "Custody suites" in page
    assert "was “Custody suites”, now “Custody”" in page
    full.item.refresh_from_db()
    assert full.item.title == "Custody"


def test_an_accepted_detail_is_changed_on_the_document_itself(desk: Client, full: Full) -> None:
    detail = Proposal.objects.filter(document=full.accepted, kind="document_detail")[0]
    assert desk.get(step(detail, "edit"))["Location"] == f"/documents/{full.accepted.pk}/describe"


def test_the_proposed_force_is_accepted_from_the_banner(desk: Client, full: Full) -> None:
    subject = Proposal.objects.get(document=full.waiting, kind="document_detail", fields__name="subject")
    page = desk.get(f"/documents/{full.waiting.pk}/review").content.decode()
    assert "Accept the proposed force, Calder Vale Police, or" in page
    assert "Force: Calder Vale Police" in page
    assert page.count(step(subject, "accept")) == 2  # in the banner and in the list
    answer = desk.post(step(subject, "accept"), {"page": "1"})
    assert answer["Location"] == f"/documents/{full.waiting.pk}/review?page=1"
    assert "Accept the proposed force" not in desk.get(answer["Location"]).content.decode()


def test_the_form_begins_with_what_is_proposed_and_says_so(desk: Client, full: Full) -> None:
    address = f"/documents/{full.waiting.pk}/describe"
    page = desk.get(address).content.decode()
    assert '<option value="CVP" selected>' in page
    assert 'id="subject-proposed"' in page
    assert 'value="2022-04"' in page
    Proposal.objects.filter(document=full.waiting, kind="document_detail").update(state="rejected")
    assert 'id="subject-proposed"' not in desk.get(address).content.decode()


def test_before_all_is_accepted_the_year_of_the_references_is_said(desk: Client, full: Full) -> None:
    address = f"/documents/{full.waiting.pk}/review"
    assert "will carry 2022, the year of the proposed date" in desk.get(address).content.decode()
    Proposal.objects.filter(document=full.waiting, fields__name="published").delete()
    page = desk.get(address).content.decode()
    assert "its references will carry 2022, taken from its words" in page
    assert f"/documents/{full.waiting.pk}/describe#published" in page
    full.waiting.published = "2021"
    full.waiting.save()
    assert "references will carry" not in desk.get(address).content.decode()


SAID = {"title": "", "subject": "", "publisher": "", "family": "other", "framework": "", "published": ""}


def test_what_is_too_long_is_refused_beside_its_field_and_not_cut(desk: Client, full: Full) -> None:
    address = f"/documents/{full.waiting.pk}/describe"
    title = "A title " * 50
    response = desk.post(address, {**SAID, "title": title, "published": "some day"})
    page = response.content.decode()
    assert response.status_code == 422
    assert "The title has 399 characters: say it in at most 300." in page
    assert title.strip() in page
    assert 'id="title-wrong"' in page
    assert 'id="published-wrong"' in page
    assert 'id="publisher-wrong"' not in page
    full.waiting.refresh_from_db()
    assert full.waiting.title == ""


@pytest.mark.parametrize(
    ("words", "kept"),
    [
        ("14 April 2022", "2022-04-14"),
        ("14/04/2022", "2022-04-14"),
        ("April 2022", "2022-04"),
        ("2022", "2022"),
        ("2022-04", "2022-04"),
    ],
)
def test_a_date_may_be_said_as_people_write_it(desk: Client, full: Full, words: str, kept: str) -> None:
    desk.post(f"/documents/{full.waiting.pk}/describe", {**SAID, "published": words})
    full.waiting.refresh_from_db()
    assert full.waiting.published == kept


@pytest.mark.parametrize("words", ["31 February 2022", "Q4 2020", "2020/21", "2022-13", "next spring"])
def test_what_is_no_day_month_or_year_is_refused(desk: Client, full: Full, words: str) -> None:
    response = desk.post(f"/documents/{full.waiting.pk}/describe", {**SAID, "published": words})
    assert response.status_code == 422
    assert "is not a date" in response.content.decode()
