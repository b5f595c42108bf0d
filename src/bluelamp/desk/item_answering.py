"""What does the page of one item say of its answering: the five facts, the actions, and what may be done now?"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise

from bluelamp.assurance.models import Action, Evidence, Opinion, TargetChange, Watch
from bluelamp.assurance.offers import Offers, find_offers
from bluelamp.assurance.queries import Answering, find_answering
from bluelamp.assurance.queries_closing import Readiness, find_readiness
from bluelamp.assurance.queries_testing import Testing, find_testing
from bluelamp.assurance.step_pages import step_pages
from bluelamp.assurance.watch_rules import ENDED, SLID
from bluelamp.organisations.models import User
from bluelamp.organisations.visibility import visible_to
from bluelamp.register.models import Item


@dataclass(frozen=True)
class StepLink:
    """A step that this person may take now, and the page of its form."""

    words: str | Promise
    address: str


@dataclass(frozen=True)
class ActionView:
    action: Action
    asked: TargetChange | None
    moved: bool  # the current target is not the original one
    overdue: bool
    links: Sequence[StepLink]
    steps: Sequence[tuple[Any, StepLink | None]]
    changes: Sequence[TargetChange]
    waits_for: Sequence[Action]


@dataclass(frozen=True)
class AnsweringView:
    answering: Answering
    actions: Sequence[ActionView]
    links: dict[str, list[StepLink]]  # by section of the page
    testing: Testing
    evidence: Sequence[tuple[Evidence, StepLink | None]]
    watches: Sequence[tuple[Watch, Sequence[StepLink]]]
    readiness: Readiness | None


SECTIONS = {
    "response": ("respond", "refer-dispute", "record-advice", "decide-dispute"),
    "delivery": ("allocate", "answer", "pass-on", "take-back", "handling"),
    "evidence": ("evidence",),
    "reviews": ("open-review", "opinion"),
    "closing": ("sign-off", "reopen", "bring-under-test"),
    "position": ("note-position",),
    "remarks": ("comment",),
}
"""Which steps are offered under which heading of the page."""
OF_ACTION = ("begin", "deliver", "take-up-again", "ask-new-date", "change-owner")


def make_answering(item: Item, *, by: Any, day: dt.date) -> AnsweringView:
    answering = find_answering(item, viewer=by)
    offers = find_offers(item, by=by)
    links = {
        section: [link(item, slug) for slug in slugs if _offered(offers, slug, answering)]
        for section, slugs in SECTIONS.items()
    }
    testing = find_testing(item, viewer=by)
    ready = find_readiness([item], viewer=by) if offers.allows("sign-off") else {}
    return AnsweringView(
        answering=answering,
        actions=[_view_action(action, offers, answering, day) for action in answering.actions],
        links=links,
        testing=testing,
        evidence=[(each, _decide_link(each, offers)) for each in testing.evidence],
        watches=[(each, _watch_links(each, offers)) for each in answering.watches],
        readiness=ready.get(item.reference),
    )


def _decide_link(evidence: Evidence, offers: Offers) -> StepLink | None:
    may = evidence.state == "submitted" and evidence.submitted_by != offers.by.ledger_name
    return link(offers.item, "decide-evidence", evidence.pk) if may and offers.allows("decide-evidence") else None


def _watch_links(watch: Watch, offers: Offers) -> list[StepLink]:
    if watch.state == SLID:
        slugs = ["explain-slide"]
    elif watch.state == ENDED:
        slugs = []
    else:
        slugs = ["look-again"]
    return [link(offers.item, slug, watch.pk) for slug in slugs if offers.allows(slug)]


def _offered(offers: Offers, slug: str, answering: Answering) -> bool:
    if not offers.allows(slug):
        return False
    dispute = answering.open_dispute
    if slug == "opinion":
        return not _gave_opinion(offers)
    if slug == "refer-dispute":
        return dispute is not None and dispute.referred is None
    if slug == "record-advice":
        return dispute is not None and dispute.referred is not None
    if slug == "decide-dispute":
        return dispute is not None and bool(dispute.advice)
    return True


def _needs(action: Action, offers: Offers) -> list[Action]:
    """The actions it waits for, of items that this person may see."""
    needs = [each.needs for each in action.waits_for.all() if each.undone is None]
    viewer = offers.by if isinstance(offers.by, User) else None
    items = Item.objects.filter(pk__in=[each.item_id for each in needs])
    seen = set(visible_to(viewer, items).values_list("pk", flat=True)) if needs else set()
    return [each for each in needs if each.item_id in seen]


def _gave_opinion(offers: Offers) -> bool:
    """Has this person given theirs in the review that is open?"""
    open_ = Opinion.objects.filter(item=offers.item, review__closed=None, by=offers.by.ledger_name)
    return open_.exists()


def link(item: Item, slug: str, key: Any = None) -> StepLink:
    name, arguments = ("assurance:step_about", [key]) if key else ("assurance:step", [])
    return StepLink(step_pages()[slug].link, reverse(name, args=[item.reference, slug, *arguments]))


def _view_action(action: Action, offers: Offers, answering: Answering, day: dt.date) -> ActionView:
    item = answering.item
    asked = next((each for each in answering.waiting_changes if each.action_id == action.pk), None)
    slugs = [slug for slug in OF_ACTION if offers.allows(slug, action)]
    if asked and "ask-new-date" in slugs:
        slugs.remove("ask-new-date")
    links = [link(item, slug, action.pk) for slug in slugs]
    if asked and asked.asked_by != offers.by.ledger_name and offers.allows("decide-new-date", asked):
        links.insert(0, link(item, "decide-new-date", asked.pk))
    may_finish = offers.allows("answer") and action.state != "delivered"
    return ActionView(
        action=action,
        asked=asked,
        moved=action.original_target != action.current_target,
        overdue=bool(action.current_target and action.current_target < day and action.state != "delivered"),
        links=links,
        steps=[
            (step, link(item, "finish-step", step.pk) if may_finish and not step.done else None)
            for step in action.steps.all()
        ],
        changes=[each for each in action.target_changes.all() if each.state != "asked"],
        waits_for=_needs(action, offers),
    )
