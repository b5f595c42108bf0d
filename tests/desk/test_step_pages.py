"""Does a person take a step with an item from its page, and is what they may not do neither offered nor done?"""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from tests.assurance.people import NOW, TODAY, Cast, make_cast

from bluelamp.assurance.actions_delivery import allocate, ask_new_date
from bluelamp.assurance.actions_responses import set_handling
from bluelamp.assurance.models import Action, Evidence
from bluelamp.assurance.step_pages import step_pages
from bluelamp.ledger.actions import recording
from bluelamp.organisations.models import User
from bluelamp.register.models import Item

SOON = (dt.date.today() + dt.timedelta(90)).isoformat()


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


def sign_in(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def page_of(item: Item) -> str:
    return reverse("desk:item", args=[item.reference])


def step_of(item: Item, slug: str, about: object = None) -> str:
    if about is None:
        return reverse("assurance:step", args=[item.reference, slug])
    return reverse("assurance:step_about", args=[item.reference, slug, about.pk])  # type: ignore[attr-defined]


def test_a_point_is_answered_allocated_and_delivered_from_its_page(cast: Cast) -> None:
    item, client = cast.item(), sign_in(cast["liaison"])
    owner = cast.owner()
    shown = client.get(page_of(item)).content.decode()
    assert "Answer the point" in shown
    assert "Say it is delivered" not in shown
    client.post(step_of(item, "respond"), {"answer": "accepted", "reason": ""})
    said = {"words": "Train everyone.", "owner": str(owner.pk), "target": "2026-04-01", "steps": "One\nTwo"}
    answer = client.post(step_of(item, "allocate"), said)
    assert answer.status_code == 302
    action = Action.objects.get(item=item)
    assert [step.words for step in action.steps.all()] == ["One", "Two"]
    client.post(step_of(item, "deliver", action), {"claim": "All trained.", "day": str(TODAY)})
    item.refresh_from_db()
    assert (item.response, item.delivery, item.closing) == ("accepted", "delivered", "open")
    shown = client.get(page_of(item)).content.decode()
    assert "All trained." in shown


def test_what_is_refused_is_said_and_what_was_typed_stays(cast: Cast) -> None:
    item, client = cast.item(), sign_in(cast["liaison"])
    answer = client.post(step_of(item, "respond"), {"answer": "disputed", "reason": ""})
    assert answer.status_code == 422
    assert "say why" in answer.content.decode()
    assert "checked" in answer.content.decode()


def test_every_page_opens_for_everyone_with_its_form_or_the_reason(cast: Cast) -> None:
    item = cast.item()
    action = allocate(
        item,
        words="x",
        owner=cast.owners["The owner in person"],
        steps=["a"],
        target=TODAY,
        by=cast["liaison"],
        now=NOW,
    )
    change = ask_new_date(action, day=TODAY.replace(year=2027), reason="r", by=cast["owner"], now=NOW)
    rows = {type(row): row for row in (action, change, action.steps.get())}
    for person in cast.people.values():
        client = sign_in(person)
        assert client.get(page_of(item)).status_code == 200
        for page in step_pages().values():
            if page.about is not None and page.about not in rows:
                continue
            shown = client.get(step_of(item, page.slug, rows.get(page.about) if page.about else None))
            assert shown.status_code == 200, page.slug
            form = '<form method="post"' in shown.content.decode().split("<main")[1]
            assert form or "You cannot" in shown.content.decode(), (page.slug, person.role)


def test_a_step_of_another_item_or_organisation_is_not_there(cast: Cast) -> None:
    item, other = cast.item(), cast.item("Custody is unsafe.")
    action = allocate(other, words="x", owner=cast.owner(), by=cast["liaison"], now=NOW)
    assert sign_in(cast["liaison"]).get(step_of(item, "begin", action)).status_code == 404
    stranger = make_cast("XYZ")
    assert sign_in(stranger["liaison"]).get(step_of(item, "respond")).status_code == 404
    assert sign_in(stranger["liaison"]).post(step_of(item, "respond"), {"answer": "accepted"}).status_code == 404


def test_an_internal_remark_is_read_by_its_own_organisation_only(cast: Cast) -> None:
    item = cast.item()
    sign_in(cast["liaison"]).post(step_of(item, "comment"), {"words": "Between ourselves: tawdry."})
    assert "tawdry" in sign_in(cast["auditor"]).get(page_of(item)).content.decode()
    shared = cast.register
    other = make_cast("XYZ")
    shared.document.organisation = None
    assert sign_in(other["liaison"]).get(page_of(item)).status_code == 404


def test_from_evidence_to_sign_off_and_reopening_through_the_pages(cast: Cast) -> None:
    item = cast.item()
    liaison, officer, auditor = (sign_in(cast[role]) for role in ("liaison", "lpb_officer", "auditor"))
    refused = liaison.post(step_of(item, "evidence"), {"proves": "All were trained."})
    assert "Offer one thing" in refused.content.decode()
    offered = {"proves": "All were trained.", "file": SimpleUploadedFile("list.txt", b"forty names")}
    assert liaison.post(step_of(item, "evidence"), offered).status_code == 302
    evidence = Evidence.objects.get()
    own = liaison.post(step_of(item, "decide-evidence", evidence), {"decision": "accept", "reason": ""})
    assert (own.status_code, "somebody else must" in own.content.decode()) == (422, True)
    officer.post(step_of(item, "decide-evidence", evidence), {"decision": "accept", "reason": ""})
    liaison.post(step_of(item, "open-review"), {"reason": ""})
    opinion = {"grade": "reasonable", "looked_at": "The list.", "words": "", "evidence_seen": [str(evidence.pk)]}
    auditor.post(step_of(item, "opinion"), opinion)
    item.refresh_from_db()
    assert item.assurance == "reasonable"
    closing = {
        "code": "implemented", "reason": "It is done.", "authority": "minute", "authority_words": "Minute 23",
        "authority_day": "2026-03-01", "watch_kind": "date", "watch_what": "It is still done.",
        "watch_due": SOON,
    }  # fmt: skip
    short = officer.post(step_of(item, "sign-off"), closing | {"watch_kind": ""})
    assert "what should stay true" in short.content.decode()
    assert officer.post(step_of(item, "sign-off"), closing).status_code == 302
    item.refresh_from_db()
    assert item.closing == "signed-off"
    shown = officer.get(page_of(item)).content.decode()
    assert "Minute 23" in shown
    assert "It is still done." in shown
    officer.post(step_of(item, "reopen"), {"reason": "It slid."})
    item.refresh_from_db()
    assert item.closing == "open"
    assert "Minute 23" in officer.get(page_of(item)).content.decode(), "the first sign-off stays"


def test_two_reviewers_see_nothing_of_each_other_on_the_page(cast: Cast) -> None:
    item = cast.item()
    set_handling(item, risk="high", reviewers=2, reason="It matters.", by=cast["liaison"], now=NOW)
    sign_in(cast["liaison"]).post(step_of(item, "open-review"), {"reason": ""})
    said = {"grade": "limited", "looked_at": "Forty peculiar records.", "words": "Patchy."}
    sign_in(cast["auditor"]).post(step_of(item, "opinion"), said)
    for role in ("lpb_officer", "administrator", "liaison"):
        shown = sign_in(cast[role]).get(page_of(item)).content.decode()
        assert "peculiar" not in shown, role
        assert "Limited" not in shown, role
        assert "1 of 2" in shown
    assert "peculiar" in sign_in(cast["auditor"]).get(page_of(item)).content.decode()


def test_one_audit_test_and_one_minute_cover_many_items(cast: Cast) -> None:
    first, second = cast.item(), cast.item("Cells are cold.")
    names = f"{first.reference}, {second.reference}"
    liaison, officer, auditor = (sign_in(cast[role]) for role in ("liaison", "lpb_officer", "auditor"))
    for item in (first, second):
        liaison.post(step_of(item, "evidence"), {"proves": "Done.", "address": "https://example.org/x"})
        evidence = Evidence.objects.get(item=item)
        officer.post(step_of(item, "decide-evidence", evidence), {"decision": "accept", "reason": ""})
    test = {"items": names, "title": "Spring audit", "tested_on": "2026-02-01", "grade": "substantial",
            "looked_at": "Thirty files.", "population": "400", "sample": "30", "passed": "29"}  # fmt: skip
    assert auditor.post(reverse("assurance:audit_test"), test).status_code == 302
    closing = {"items": names, "code": "implemented", "reason": "Tested.", "authority": "minute",
               "authority_words": "Minute 9", "authority_day": "2026-02-20"}  # fmt: skip
    address = reverse("assurance:sign_off_many")
    lacking = officer.post(address, closing)
    assert lacking.status_code == 422
    assert first.reference in lacking.content.decode(), "what each lacks is said"
    assert officer.post(address, closing | {"watch_what": "It stays.", "watch_due": SOON}).status_code == 302
    assert set(Item.objects.values_list("closing", flat=True)) == {"signed-off"}
    assert "does not let you" in sign_in(cast["owner"]).get(address).content.decode()
    assert sign_in(cast["owner"]).post(address, closing).status_code == 403
    stranger = sign_in(make_cast("XYZ")["lpb_officer"])
    assert "no item" in stranger.post(address, closing).content.decode()


def test_what_waits_for_somebody_is_named_to_them_alone(cast: Cast) -> None:
    item = cast.item()
    liaison, auditor = sign_in(cast["liaison"]), sign_in(cast["auditor"])
    liaison.post(step_of(item, "evidence"), {"proves": "Done.", "address": "https://example.org/x"})
    liaison.post(step_of(item, "open-review"), {"reason": ""})
    shown = auditor.get(reverse("assurance:home")).content.decode()
    assert "Evidence to accept or return (1)" in shown
    assert "An opinion to give (1)" in shown
    auditor.post(step_of(item, "opinion"), {"grade": "reasonable", "looked_at": "The list.", "words": ""})
    assert "An opinion to give" not in auditor.get(reverse("assurance:home")).content.decode()
    assert "Evidence to accept" not in liaison.get(reverse("assurance:home")).content.decode(), "it is their own"
    assert "Evidence to accept" not in sign_in(cast["reader"]).get(reverse("assurance:home")).content.decode()


def test_nothing_is_delivered_before_it_was_asked_for(cast: Cast) -> None:
    document = cast.register.document
    document.published = "2026-02-01"
    with recording(by=cast["liaison"], now=NOW) as book:
        book.event("documents.document_described", subject=document, change=[document])
    item = cast.item()
    action = allocate(item, words="x", owner=cast.owner(), by=cast["liaison"], now=NOW)
    answer = sign_in(cast["liaison"]).post(
        step_of(item, "deliver", action), {"claim": "Done.", "day": "1999-12-01"}
    )
    assert "before the document that asks for it" in answer.content.decode()
