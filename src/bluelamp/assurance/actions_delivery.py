"""Who does what about an item, by when, and how far is it? Each change of a date or owner is its own event."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from bluelamp.assurance.actions_reviews import follow_change
from bluelamp.assurance.actions_steps import Taking, Work, working
from bluelamp.assurance.models import Action, ActionDependency, Answer, RoundRequest, Step, TargetChange
from bluelamp.assurance.rules import check_day_agreed
from bluelamp.documents.models import StoredDocument
from bluelamp.ledger.actions import Actor
from bluelamp.lib.calendar_days import london_day, read_iso_day
from bluelamp.lib.errors import PlainError
from bluelamp.organisations.actors import OwnerByLink, owners_of
from bluelamp.organisations.models import Owner
from bluelamp.organisations.rules import NotAllowedError
from bluelamp.register.models import Item


def allocate(
    item: Item,
    *,
    words: str,
    owner: Owner,
    target: dt.date | None = None,
    deputy: Owner | None = None,
    lead: Owner | None = None,
    steps: Sequence[str] = (),
    by: Actor,
    now: dt.datetime,
) -> Action:
    """Give somebody something to do about the item. The first owner of an item's actions is the item's owner."""
    if not words.strip():
        raise PlainError("Say what will be done.")
    with working(by=by, now=now) as work:
        taking = work.take(item)
        taking.check("allocate")
        action = Action(
            item=taking.item,
            number=len(taking.actions) + 1,
            words=words.strip(),
            owner=owner,
            deputy=deputy,
            lead=lead,
            original_target=target,
            current_target=target,
            made=now,
        )
        parts = [
            Step(action=action, number=number, words=part.strip())
            for number, part in enumerate((part for part in steps if part.strip()), 1)
        ]
        taking.actions.append(action)
        if taking.item.delivery == "for-another-body":
            taking.item.delivery, taking.item.delivery_body = "planned", ""
        taking.item.owner = taking.item.owner or owner
        note = {"action": action.number, "owner": owner.name, "target": str(target or ""), "words": action.words}
        taking.event("assurance.allocated", add=[action, *parts], note=note)
    return action


def change_owner(
    action: Action,
    *,
    owner: Owner,
    reason: str,
    deputy: Owner | None = None,
    lead: Owner | None = None,
    by: Actor,
    now: dt.datetime,
) -> Action:
    """Another owner. The dates stay as they are: a new owner who needs another day asks for it."""
    with working(by=by, now=now) as work:
        taking, found = _take_action(work, action)
        taking.check("change-owner", action=found, reason=reason)
        before = found.owner
        found.owner, found.deputy, found.lead = owner, deputy, lead
        if taking.item.owner_id == before.pk:
            taking.item.owner = owner
        note = {"action": found.number, "before": before.name, "after": owner.name, "reason": reason.strip()}
        taking.event("assurance.owner_changed", change=[found], note=note)
    return found


def begin(action: Action, *, by: Actor, now: dt.datetime) -> Action:
    with working(by=by, now=now) as work:
        taking, found = _take_action(work, action)
        taking.check("begin", action=found)
        found.state = "in-progress"
        taking.event("assurance.begun", change=[found], note={"action": found.number})
    return found


def deliver(action: Action, *, claim: str, day: dt.date, by: Actor, now: dt.datetime) -> Action:
    """The owner's word that it is done. It is a claim: only somebody else's test says whether it is so."""
    if day > london_day(now):
        raise PlainError("Something cannot be delivered after today.")
    with working(by=by, now=now) as work:
        return write_delivery(work, action, claim, day)


def write_delivery(work: Work, action: Action, claim: str, day: dt.date) -> Action:
    """The claim, within a transaction that may hold other steps (an answer that says it is delivered)."""
    if not claim.strip():
        raise PlainError("Say what was done.")
    taking, found = _take_action(work, action)
    taking.check("deliver", action=found)
    if day > london_day(work.now):
        raise PlainError("Something cannot be delivered after today.")
    published = read_iso_day(taking.item.document.published)
    if published and day < published:
        raise PlainError("That day is before the document that asks for it was published.")
    _check_dependencies(found)
    found.state, found.claim, found.delivered = "delivered", claim.strip(), day
    note = {"action": found.number, "claim": found.claim, "day": str(day)}
    taking.event("assurance.delivered", change=[found], note=note)
    follow_change(taking, reason=f"action {found.number} is said to be delivered")
    return found


def _check_dependencies(action: Action) -> None:
    waiting = action.waits_for.filter(undone=None).exclude(needs__state="delivered").select_related("needs__item")
    names = [f"action {each.needs.number} of {each.needs.item.reference}" for each in waiting]
    if names:
        raise NotAllowedError(f"This action waits for {', '.join(names)}, which is not delivered yet.")


def take_up_again(action: Action, *, reason: str, by: Actor, now: dt.datetime) -> Action:
    """It was not done after all, or not enough. The claim before stays in the history."""
    with working(by=by, now=now) as work:
        taking, found = _take_action(work, action)
        taking.check("take-up-again", action=found, reason=reason)
        found.state, found.delivered = "in-progress", None
        taking.event(
            "assurance.taken_up_again", change=[found], note={"action": found.number, "reason": reason.strip()}
        )
    return found


def pass_on(item: Item, *, body: str, reason: str, by: Actor, now: dt.datetime) -> Item:
    """Only another body can do it, and it is named."""
    if not body.strip():
        raise PlainError("Name the body that must do it.")
    with working(by=by, now=now) as work:
        taking = work.take(item)
        taking.check("pass-on", reason=reason)
        taking.item.delivery, taking.item.delivery_body = "for-another-body", body.strip()
        taking.event("assurance.passed_on", note={"body": body.strip(), "reason": reason.strip()})
    return taking.item


def take_back(item: Item, *, reason: str, by: Actor, now: dt.datetime) -> Item:
    with working(by=by, now=now) as work:
        taking = work.take(item)
        taking.check("take-back", reason=reason)
        body, taking.item.delivery_body = taking.item.delivery_body, ""
        taking.item.delivery = "planned" if taking.actions else "unallocated"
        taking.event("assurance.taken_back", note={"body": body, "reason": reason.strip()})
    return taking.item


def finish_step(step: Step, *, day: dt.date, by: Actor, now: dt.datetime) -> Step:
    with working(by=by, now=now) as work:
        taking, action = _take_action(work, step.action)
        taking.check("answer", action=action)
        found = Step.objects.get(pk=step.pk)
        found.done = day
        taking.event("assurance.step_done", change=[found], note={"action": action.number, "step": found.number})
    return found


def wait_for(action: Action, *, needs: Action, by: Actor, now: dt.datetime) -> ActionDependency:
    """The action cannot be delivered before the other one is."""
    with working(by=by, now=now) as work:
        taking, found = _take_action(work, action)
        other_taking, other = _take_action(work, needs)
        taking.check("allocate")
        if _reaches(other, found):
            raise NotAllowedError("Those two actions would wait for each other.")
        row = ActionDependency(action=found, needs=other, made=now)
        note = {"action": found.number, "needs": f"action {other.number} of {other_taking.item.reference}"}
        taking.event("assurance.dependency_added", add=[row], note=note)
    return row


def _reaches(start: Action, goal: Action) -> bool:
    seen, left = set(), [start.pk]
    while left:
        key = left.pop()
        if key == goal.pk:
            return True
        if key not in seen:
            seen.add(key)
            left += ActionDependency.objects.filter(action=key, undone=None).values_list("needs", flat=True)
    return False


def ask_new_date(action: Action, *, day: dt.date, reason: str, by: Actor, now: dt.datetime) -> TargetChange:
    """The owner asks for another date; nothing moves until the lead agrees."""
    with working(by=by, now=now) as work:
        taking, found = _take_action(work, action)
        taking.check("ask-new-date", action=found, reason=reason)
        if found.target_changes.filter(state="asked").exists():
            raise NotAllowedError("Another date has been asked for already and waits for the lead.")
        if day == found.current_target:
            raise PlainError("That is the date it has now.")
        row = TargetChange(
            action=found,
            before=found.current_target,
            after=day,
            reason=reason.strip(),
            asked_by=by.ledger_name,
            asked=now,
        )
        note = {"action": found.number, "before": str(row.before or ""), "after": str(day), "reason": row.reason}
        taking.event("assurance.date_asked", add=[row], note=note)
    return row


def decide_new_date(
    change: TargetChange, *, agreed: bool, reason: str = "", by: Actor, now: dt.datetime
) -> TargetChange:
    """The lead agrees the date that was asked for, or refuses it. The original target stays as it was."""
    with working(by=by, now=now) as work:
        taking, action = _take_action(work, change.action)
        taking.check(
            "agree-new-date" if agreed else "refuse-new-date", action=action, reason=reason or "x" * agreed
        )
        found = TargetChange.objects.get(pk=change.pk)
        if found.state != "asked":
            raise NotAllowedError("That date has been decided already.")
        leads = {action.lead_id, taking.handling.lead_id if taking.handling else None}
        is_lead = bool(owners_of(by) & leads)
        check_day_agreed(asked_by=found.asked_by, by=taking.stander(action), is_lead=is_lead)
        found.state, found.decided_by, found.decided = "agreed" if agreed else "refused", by.ledger_name, now
        found.decision_reason = reason.strip()
        if agreed:
            action.original_target = action.original_target or found.after
            action.current_target = found.after
        note = {
            "action": action.number, "before": str(found.before or ""), "after": str(found.after),
            "reason": found.reason, "decision": found.decision_reason,
        }  # fmt: skip
        name = "assurance.date_agreed" if agreed else "assurance.date_refused"
        taking.event(name, change=[found, action], note=note)
    return found


@dataclass(frozen=True, kw_only=True)
class Said:
    """What somebody answered about one item (or one of its actions)."""

    item: Item
    words: str
    action: Action | None = None
    delivery: str = ""
    target: dt.date | None = None
    owner: Owner | None = None
    by_name: str = ""
    request: RoundRequest | None = None
    document: StoredDocument | None = None
    citations: tuple[dict[str, Any], ...] = ()


def answer(said: Sequence[Said], *, via: str, by: Actor, now: dt.datetime) -> list[Answer]:
    """Answers, each a dated record of its own; none replaces another. All are kept, or none."""
    for each in said:
        if not each.words.strip():
            raise PlainError("An answer needs words.")
    with working(by=by, now=now) as work:
        work.take_all(each.item for each in said)
        return [write_answer(work, each, via) for each in said]


def write_answer(work: Work, said: Said, via: str) -> Answer:
    taking = work.take(said.item)
    action = next((each for each in taking.actions if said.action and each.pk == said.action.pk), None)
    taking.check("answer", action=action)
    owner = said.owner or (work.by.owner if isinstance(work.by, OwnerByLink) else None)
    row = Answer(
        item=taking.item,
        action=action,
        request=said.request,
        words=said.words.strip(),
        delivery=said.delivery,
        target=said.target,
        by_name=said.by_name or (owner.name if owner else work.by.ledger_label),
        owner=owner,
        via=via,
        document=said.document,
        citations=list(said.citations),
        made=work.now,
    )
    changed: list[Any] = []
    if said.request:
        said.request.answered = work.now
        changed.append(said.request)
    taking.event("assurance.answered", add=[row], change=changed, note={"by": row.by_name, "via": via})
    return row


def _take_action(work: Work, action: Action) -> tuple[Taking, Action]:
    taking = work.take(action.item)
    found = next((each for each in taking.actions if each.pk == action.pk), None)
    if found is None:
        raise NotAllowedError("There is no such action.")
    return taking, found
