"""What waits for this person: evidence to decide, opinions to give, dates to agree, disputes to settle?"""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from bluelamp.assurance.models import Action, Dispute, Evidence, Opinion, Review, TargetChange
from bluelamp.assurance.steps import load_steps
from bluelamp.organisations.actors import owners_of
from bluelamp.organisations.models import User
from bluelamp.organisations.rules import role_of
from bluelamp.organisations.visibility import visible_to
from bluelamp.register.models import Item

LISTED = 20


@dataclass(frozen=True)
class Waiting:
    """Items that wait for one sort of step. `total` counts all; `items` are the first of them."""

    what: str
    section: str  # of the item's page
    total: int
    items: list[Item]


def find_waiting(person: User) -> list[Waiting]:
    """Of the open items that the person may see and does not own, what their role may do now."""
    mine = owners_of(person)
    own = Action.objects.filter(item=OuterRef("pk"), owner__in=mine)
    items = visible_to(person, Item.objects.filter(closing="open", merged_into=None))
    others = items.exclude(owner__in=mine).exclude(Exists(own)) if mine else items
    name = person.ledger_name
    found = []
    if _may(person, "accept-evidence"):
        offered = Evidence.objects.filter(item=OuterRef("pk"), state="submitted").exclude(submitted_by=name)
        found.append((_("evidence to accept or return"), "evidence", others.filter(Exists(offered))))
    if _may(person, "give-opinion"):
        given = Opinion.objects.filter(review=OuterRef("pk"), by=name)
        open_ = Review.objects.filter(item=OuterRef("pk"), closed=None).exclude(Exists(given))
        found.append((_("an opinion to give"), "opinions", others.filter(Exists(open_))))
    if _may(person, "agree-new-date"):
        asked = TargetChange.objects.filter(action__item=OuterRef("pk"), state="asked").exclude(asked_by=name)
        found.append((_("a new date to agree or refuse"), "actions", items.filter(Exists(asked))))
    if _may(person, "record-advice"):
        referred = Dispute.objects.filter(item=OuterRef("pk"), decided=None, advice="").exclude(referred=None)
        found.append((_("a committee’s advice to record"), "response", others.filter(Exists(referred))))
    if _may(person, "uphold-dispute"):
        advised = Dispute.objects.filter(item=OuterRef("pk"), decided=None).exclude(advice="")
        found.append((_("a dispute to decide"), "response", others.filter(Exists(advised))))
    counted = [
        Waiting(what, section, rows.count(), list(rows.order_by("place")[:LISTED]))
        for what, section, rows in found
    ]
    return [each for each in counted if each.total]


def _may(person: User, step: str) -> bool:
    return role_of(person) in load_steps()[step].roles and role_of(person) != "owner"
