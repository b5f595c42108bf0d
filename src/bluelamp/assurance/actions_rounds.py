"""How is everyone who owns something due asked, reminded and, in the end, answered for by their lead?

Each owner gets one list. Messages are rows of their own, written with the round; `actions_messages` sends them.
The secret of a link is in no row: it is made when its message is sent.
"""

from __future__ import annotations

import datetime as dt
import secrets
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Q

from bluelamp.assurance.actions_delivery import Said, write_answer, write_delivery
from bluelamp.assurance.actions_steps import working
from bluelamp.assurance.models import Action, AnswerLink, Notification, Round, RoundRequest
from bluelamp.assurance.round_rules import (
    LINK_DAYS,
    LINK_SPENT,
    LinkError,
    check_can_open,
    check_can_run_rounds,
)
from bluelamp.ledger.actions import Actor, recording
from bluelamp.lib.calendar_days import london_day, say_day
from bluelamp.lib.errors import PlainError
from bluelamp.organisations.actors import OwnerByLink, hash_secret, viewer_of
from bluelamp.organisations.models import Organisation, Owner, User
from bluelamp.organisations.rules import NotAllowedError
from bluelamp.organisations.visibility import visible_to
from bluelamp.register.actions import lock_record
from bluelamp.register.models import Item


def open_round(
    *,
    title: str,
    due: dt.date,
    until: dt.date | None = None,
    organisation: Organisation | None = None,
    items: Iterable[Item] | None = None,
    by: Actor,
    now: dt.datetime,
) -> Round:
    """Ask every owner of an action that is not delivered, of an open item. All or nothing.

    `until`: only actions due by that day; None: all. `items`: only these; None: all that `by` may see.
    """
    check_can_open(by, title=title, due=due, now=now)
    if organisation is None and isinstance(by, User):
        organisation = by.organisation
    with recording(by=by, now=now) as book:
        lock_record()
        actions = _find_asked(by, until, items, organisation)
        if not actions:
            raise PlainError("Nobody owns anything that is still to be delivered, so there is nobody to ask.")
        made = Round(title=title.strip(), opened=now, due=due, organisation=organisation)
        requests = [
            RoundRequest(round=made, owner=action.owner, item=action.item, action=action) for action in actions
        ]
        messages = [_ask(made, owner, len(asked), "asked", now) for owner, asked in _by_owner(requests).items()]
        note = {"due": str(due), "owners": len(messages), "actions": len(requests)}
        book.event("assurance.round_opened", subject=made, add=[made, *requests, *messages], note=note)
    return made


def _find_asked(
    by: Actor, until: dt.date | None, items: Iterable[Item] | None, organisation: Organisation | None
) -> list[Action]:
    """Of the items of the round's own organisation, or of nobody's: everyone who sees the round sees them all."""
    actions = Action.objects.filter(item__closing="open", item__merged_into=None).exclude(state="delivered")
    actions = actions.filter(Q(item__organisation=None) | Q(item__organisation=organisation))
    actions = visible_to(viewer_of(by), actions, through="item")
    if until:
        actions = actions.filter(current_target__lte=until)
    if items is not None:
        actions = actions.filter(item__in=[item.pk for item in items])
    return list(actions.select_related("owner", "lead", "item").order_by("owner__name", "item__place", "number"))


def _by_owner(requests: Sequence[RoundRequest]) -> dict[Owner, list[RoundRequest]]:
    found: dict[Owner, list[RoundRequest]] = defaultdict(list)
    for request in requests:
        found[request.owner].append(request)
    return dict(found)


def _ask(round_: Round, owner: Owner, count: int, kind: str, now: dt.datetime) -> Notification:
    points = "1 action" if count == 1 else f"{count} actions"
    lines = {
        "asked": f"You own {points} that are not delivered yet. Please say how far each is.",
        "reminder": f"We are still waiting for your answer on {points}.",
    }
    return Notification(
        kind=kind,
        round=round_,
        owner=owner,
        email=owner.email,
        subject=f"{round_.title}: {points}, answer by {say_day(round_.due)}",
        body=f"{lines[kind]} The last day is {say_day(round_.due)}.",
        made=now,
        organisation=round_.organisation,
    )


@dataclass(frozen=True)
class Chased:
    """Whom a chase wrote to."""

    reminded: int
    escalated: int


def chase(round_: Round, *, by: Actor, now: dt.datetime) -> Chased:
    """Remind everyone who has not answered; after the last day, tell their leads too. Once a day at most each."""
    check_can_run_rounds(by)
    day = london_day(now)
    with recording(by=by, now=now) as book:
        lock_record()
        found = _find_round(round_, by)
        left = _by_owner(
            list(found.requests.filter(answered=None).select_related("owner", "action__lead", "item"))
        )
        told = {(each.kind, each.owner_id) for each in found.notifications.all() if london_day(each.made) == day}
        reminders = [
            _ask(found, owner, len(requests), "reminder", now)
            for owner, requests in left.items()
            if ("reminder", owner.pk) not in told and ("asked", owner.pk) not in told
        ]
        escalations = _escalate(found, left, told, now) if day > found.due else []
        if reminders or escalations:
            note = {"reminded": len(reminders), "escalated": len(escalations)}
            book.event("assurance.round_chased", subject=found, add=[*reminders, *escalations], note=note)
    return Chased(len(reminders), len(escalations))


def _escalate(
    round_: Round, left: dict[Owner, list[RoundRequest]], told: set[tuple[str, object]], now: dt.datetime
) -> list[Notification]:
    of_lead: dict[Owner, list[RoundRequest]] = defaultdict(list)
    for requests in left.values():
        for request in requests:
            lead = request.action.lead if request.action else None
            if lead is not None and ("escalation", lead.pk) not in told:
                of_lead[lead].append(request)
    return [
        Notification(
            kind="escalation",
            round=round_,
            owner=lead,
            email=lead.email,
            subject=f"{round_.title}: no answer from {_names(requests)}",
            body=f"The last day was {say_day(round_.due)}. Not answered: "
            + "; ".join(f"{request.item.reference} ({request.owner.name})" for request in requests)
            + ".",
            made=now,
            organisation=round_.organisation,
        )
        for lead, requests in of_lead.items()
    ]


def _names(requests: Iterable[RoundRequest]) -> str:
    names = list(dict.fromkeys(request.owner.name for request in requests))
    return names[0] if len(names) == 1 else f"{len(names)} owners"


def close_round(round_: Round, *, by: Actor, now: dt.datetime) -> Round:
    """No more answers are expected. Who did not answer stays listed."""
    check_can_run_rounds(by)
    with recording(by=by, now=now) as book:
        lock_record()
        found = _find_round(round_, by)
        found.closed = now
        left = found.requests.filter(answered=None).count()
        AnswerLink.objects.filter(round=found, used=None).update(used=now)
        unsent = list(found.notifications.exclude(state="sent"))
        for message in unsent:
            message.state, message.fault = "ended", "the round was closed before it was sent"
        note = {"unanswered": left}
        book.event("assurance.round_closed", subject=found, change=[found, *unsent], note=note)
    return found


def _find_round(round_: Round, by: Actor) -> Round:
    found = visible_to(viewer_of(by), Round.objects.filter(pk=round_.pk)).first()
    if found is None:
        raise NotAllowedError("There is no such round.")
    if found.closed:
        raise NotAllowedError("This round is closed.")
    return found


def make_answer_link(round_: Round, owner: Owner, *, by: Actor, now: dt.datetime) -> str:
    """The secret of a new link to this owner's list; earlier links of theirs in the round open nothing more."""
    check_can_run_rounds(by)
    secret = secrets.token_urlsafe(32)
    with recording(by=by, now=now) as book:
        lock_record()
        found = _find_round(round_, by)
        if not found.requests.filter(owner=owner).exists():
            raise PlainError(f"{owner.name} was not asked anything in this round.")
        AnswerLink.objects.filter(round=found, owner=owner, used=None).update(used=now)
        expires = dt.datetime.combine(found.due, dt.time.max, dt.UTC) + dt.timedelta(days=LINK_DAYS)
        AnswerLink.objects.create(token_hash=hash_secret(secret), round=found, owner=owner, expires=expires)
        book.event("assurance.answer_link_made", subject=found, note={"owner": owner.name})
    return secret


def find_link(secret: str, *, now: dt.datetime) -> AnswerLink:
    """The link of a secret that still opens; LinkError otherwise."""
    link = AnswerLink.objects.select_related("round", "owner").filter(token_hash=hash_secret(secret)).first()
    if link is None or link.used or link.expires < now or link.round.closed or not link.owner.active:
        raise LinkError(LINK_SPENT)
    return link


@dataclass(frozen=True, kw_only=True)
class LinkAnswer:
    """What an owner says of one request. `delivered`: the day on which they say it was."""

    request: RoundRequest
    words: str
    delivered: dt.date | None = None


def answer_by_link(secret: str, answers: Sequence[LinkAnswer], *, now: dt.datetime) -> int:
    """All answers of one owner at once; the link opens nothing more. Returns how many were kept."""
    said = [each for each in answers if each.words.strip()]
    if not said:
        raise PlainError("Nothing was answered yet: write something for at least one action.")
    by = OwnerByLink(find_link(secret, now=now).owner)
    with working(by=by, now=now) as work:
        link = find_link(secret, now=now)  # again, under the lock: two clicks are one answer
        asked = {request.pk: request for request in link.round.requests.filter(owner=link.owner)}
        for each in said:
            request = asked.get(each.request.pk)
            if request is None:
                raise LinkError(LINK_SPENT)
            taking = Said(item=request.item, action=request.action, words=each.words, request=request)
            write_answer(work, taking, "link")
            if each.delivered and request.action:
                write_delivery(work, request.action, each.words, each.delivered)
        AnswerLink.objects.filter(token_hash=link.token_hash).update(used=now)
    return len(said)
