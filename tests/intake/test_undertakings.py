"""Does what a letter promises become an item that the local policing body owns?"""

from __future__ import annotations

import datetime as dt

from tests.intake.samples import BY, NOW, Proposed

from bluelamp.assurance.actions_delivery import begin
from bluelamp.assurance.facts import Undertaking
from bluelamp.assurance.models import Action
from bluelamp.documents.document import Document
from bluelamp.intake.actions import accept_all
from bluelamp.intake.actions_corrections import correct
from bluelamp.intake.models import Proposal
from bluelamp.ledger.verification import verify
from bluelamp.organisations.models import Owner
from bluelamp.register.models import Item


def promises(document: Document) -> list[Undertaking]:
    return [
        Undertaking(
            number="1",
            text=document.blocks[3].text,
            due_printed="30 June 2026",
            citations=document.cite(document.blocks[3]),
        ),
        Undertaking(number="2", text=document.blocks[4].text, citations=document.cite(document.blocks[4])),
    ]


def test_a_promise_becomes_an_item_with_an_action_of_the_local_policing_body(
    proposed: Proposed, document: Document
) -> None:
    stored = proposed(promises(document))
    outcome = accept_all(stored, by=BY, now=NOW)
    assert outcome.left == []
    first, second = Item.objects.filter(kind="undertaking").order_by("place")
    assert (first.source, first.delivery, first.due) == ("commissioner", "planned", dt.date(2026, 6, 30))
    assert (second.due, second.timing) == (None, "no-date")
    assert first.owner == second.owner == Owner.objects.get(name="Calder Vale PCC")
    assert verify(None).problems == []


def test_a_correction_of_its_words_leaves_what_is_done(proposed: Proposed, document: Document) -> None:
    accept_all(proposed(promises(document)), by=BY, now=NOW)
    item = Item.objects.filter(kind="undertaking").order_by("place")[0]
    begin(item.actions.get(), by=BY, now=NOW)
    proposal = Proposal.objects.get(result_id=str(item.pk))
    correct(proposal, by=BY, now=NOW, corrected={"text": "I will mend them."}, reason="A slip.")
    item.refresh_from_db()
    assert (item.title, item.delivery) == ("I will mend them.", "in-progress")
    assert Action.objects.get(item=item).state == "in-progress"
    assert verify(None).problems == []
