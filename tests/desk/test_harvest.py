"""Does a person turn a report's criticism into items by ticking, gravest first?"""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse
from tests.desk.conftest import SignIn
from tests.intake.conftest import document, proposed  # noqa: F401  (fixtures)
from tests.intake.samples import BY, NOW, Proposed

from bluelamp.documents.document import Document
from bluelamp.documents.models import StoredDocument
from bluelamp.inspections import facts
from bluelamp.intake.actions import accept_kind
from bluelamp.intake.models import Proposal
from bluelamp.register.models import Item


def criticism(document: Document) -> list[facts.Finding]:  # noqa: F811
    said = [("hedged", 4), ("serious", 2), ("plain", 5)]
    return [
        facts.Finding(
            type="issue_of_concern", text=document.blocks[n].text, strength=strength,
            citations=document.cite(document.blocks[n]),
        )
        for strength, n in said
    ]  # fmt: skip


@pytest.fixture
def report(proposed: Proposed, document: Document) -> StoredDocument:  # noqa: F811
    stored = proposed(criticism(document))
    accept_kind(stored, "document_detail", by=BY, now=NOW)
    return stored


def page(report: StoredDocument) -> str:
    return reverse("intake:harvest", args=[report.pk])


def keys(report: StoredDocument, *strengths: str) -> list[str]:
    waiting = Proposal.objects.filter(document=report, kind="finding")
    return [str(each.pk) for each in waiting if each.fields["strength"] in strengths]


def test_the_gravest_stands_first_and_what_is_hedged_is_not_ticked(report: StoredDocument, desk: Client) -> None:
    shown = desk.get(page(report)).content.decode()
    places = [shown.index(f'<h2 id="{strength}">') for strength in ("serious", "plain", "hedged")]
    assert places == sorted(places)
    assert shown.count("checked") == 2


def test_what_is_ticked_becomes_items_and_the_rest_is_rejected_with_a_reason(
    report: StoredDocument, desk: Client
) -> None:
    address = reverse("intake:harvest_decide", args=[report.pk])
    desk.post(address, {"proposal": keys(report, "serious", "plain"), "accept": "1"})
    assert Item.objects.filter(kind="issue_of_concern").count() == 2
    desk.post(address, {"proposal": keys(report, "hedged"), "reject": "1", "reason": ""})
    assert not Proposal.objects.filter(document=report, state="rejected").exists(), "a reason is asked for"
    desk.post(address, {"proposal": keys(report, "hedged"), "reject": "1", "reason": "Said of another force."})
    assert Proposal.objects.get(state="rejected").reason == "Said of another force."
    shown = desk.get(page(report)).content.decode()
    assert "2 accepted, 0 waiting, 1 rejected" in shown
    assert "Make the template" in shown


def test_a_reader_sees_and_decides_nothing(report: StoredDocument, sign_in: SignIn) -> None:
    reader = sign_in("reader")
    assert 'type="checkbox"' not in reader.get(page(report)).content.decode()
    reader.post(reverse("intake:harvest_decide", args=[report.pk]), {"proposal": keys(report, "serious")})
    assert not Item.objects.exists()
