"""Does an inspectorate's deadline become a day, and does a correction leave how the item stands?"""

from __future__ import annotations

import datetime as dt

from tests.intake.samples import BY, NOW, Proposed

from bluelamp.assurance.actions_delivery import allocate, deliver
from bluelamp.assurance.dating import say_deadline_rule
from bluelamp.intake.actions import accept_all, describe_document
from bluelamp.intake.actions_corrections import correct
from bluelamp.intake.models import Proposal
from bluelamp.organisations.actions import add_owner
from bluelamp.register.models import Item


def recommendation() -> Item:
    return Item.objects.get(kind="recommendation")


def test_a_deadline_counts_from_the_day_of_publication(proposed: Proposed) -> None:
    document = proposed()
    describe_document(document, by=BY, now=NOW, details={"published": "2024-07-11"})
    accept_all(document, by=BY, now=NOW)
    item = recommendation()
    assert (item.deadline_date, item.due, item.timing) == (dt.date(2024, 10, 11), dt.date(2024, 10, 11), "to-meet")
    assert "3 months from publication on 11 July 2024" in say_deadline_rule(item)


def test_without_the_day_of_publication_the_deadline_has_no_day_and_says_so(proposed: Proposed) -> None:
    document = proposed()
    describe_document(document, by=BY, now=NOW, details={"published": "2024"})
    accept_all(document, by=BY, now=NOW)
    assert recommendation().deadline_date is None
    assert "whose day is not known" in say_deadline_rule(recommendation())


def test_another_day_of_publication_moves_the_deadline_with_it(proposed: Proposed) -> None:
    document = proposed()
    describe_document(document, by=BY, now=NOW, details={"published": "2024"})
    accept_all(document, by=BY, now=NOW)
    describe_document(document, by=BY, now=NOW, details={"published": "2024-01-31"})
    assert recommendation().due == dt.date(2024, 4, 30)


def test_a_correction_of_the_words_leaves_how_the_item_stands(proposed: Proposed) -> None:
    document = proposed()
    describe_document(document, by=BY, now=NOW, details={"published": "2024-07-11"})
    accept_all(document, by=BY, now=NOW)
    owner = add_owner(kind="post", name="Head of custody", by=BY, now=NOW)
    target = dt.date(2024, 9, 1)
    action = allocate(recommendation(), words="Mend them.", owner=owner, target=target, by=BY, now=NOW)
    deliver(action, claim="Mended.", day=target, by=BY, now=NOW)
    proposal = Proposal.objects.get(result_id=str(recommendation().pk))
    correct(proposal, by=BY, now=NOW, corrected={"text": "It should repair the suites."}, reason="A slip.")
    item = recommendation()
    assert (item.delivery, item.timing, item.original_target, item.owner) == ("delivered", "met", target, owner)
    assert item.title == "It should repair the suites."
