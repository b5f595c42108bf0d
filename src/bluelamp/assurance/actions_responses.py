"""How is a point answered: accepted, partly accepted or disputed? And what does the inspectorate say of it?"""

from __future__ import annotations

import datetime as dt
from typing import Any

from bluelamp.assurance.actions_steps import Taking, Work, working
from bluelamp.assurance.models import Comment, Dispute, Handling, Position, Response
from bluelamp.documents.models import StoredDocument
from bluelamp.ledger.actions import Actor
from bluelamp.lib.calendar_days import london_day
from bluelamp.lib.errors import PlainError
from bluelamp.organisations.models import Owner, User
from bluelamp.organisations.rules import NotAllowedError
from bluelamp.register.models import Item
from bluelamp.register.standing import load_states

_STEPS = {"accepted": "accept", "partly-accepted": "accept-partly", "disputed": "dispute"}


def respond(item: Item, *, answer: str, reason: str = "", by: Actor, now: dt.datetime) -> Response:
    """Answer the point itself. A dispute opens here, and waits for its committee."""
    if answer not in _STEPS:
        raise PlainError(f"A point is answered with one of {', '.join(_STEPS)}; “{answer}” is none of them.")
    with working(by=by, now=now) as work:
        taking = work.take(item)
        taking.check(_STEPS[answer], reason=reason)
        return write_response(taking, answer, reason)


def write_response(taking: Taking, answer: str, reason: str) -> Response:
    """The response's row, and a dispute's, within a transaction whose step is checked already."""
    work, item = taking.work, taking.item
    response = Response(
        item=item, answer=answer, reason=reason.strip(), made_by=work.by.ledger_label, made=work.now
    )
    rows: list[Any] = [response]
    if answer == "disputed":
        rows.append(Dispute(item=item, reason=reason.strip(), raised_by=work.by.ledger_label, raised=work.now))
    before, item.response = item.response, answer
    taking.event(
        "assurance.responded", add=rows, note={"before": before, "after": answer, "reason": reason.strip()}
    )
    return response


def refer_dispute(item: Item, *, committee: str, by: Actor, now: dt.datetime) -> Dispute:
    """Ask a committee for its advice on the point in dispute."""
    if not committee.strip():
        raise PlainError("Name the committee that is asked for advice.")
    with working(by=by, now=now) as work:
        taking, dispute = _open_dispute(work, item)
        taking.check("refer-dispute")
        dispute.referred_to, dispute.referred = committee.strip(), now
        taking.event("assurance.dispute_referred", change=[dispute], note={"committee": dispute.referred_to})
    return dispute


def record_advice(
    item: Item,
    *,
    advice: str,
    cited: str,
    day: dt.date,
    document: StoredDocument | None = None,
    by: Actor,
    now: dt.datetime,
) -> Dispute:
    """What the committee advised, and in which minute. A committee advises; it does not decide."""
    if not advice.strip() or not cited.strip():
        raise PlainError("Advice needs its words and the minute they stand in.")
    with working(by=by, now=now) as work:
        taking, dispute = _open_dispute(work, item)
        taking.check("record-advice")
        if not dispute.referred:
            raise NotAllowedError("Nobody has been asked for advice yet: refer the dispute to a committee first.")
        dispute.advice, dispute.advice_cited, dispute.advice_day = advice.strip(), cited.strip(), day
        dispute.advice_document = document
        taking.event("assurance.advice_recorded", change=[dispute], note={"cited": dispute.advice_cited})
    return dispute


def decide_dispute(
    item: Item,
    *,
    upheld: bool,
    decided_by_role: str,
    cited: str,
    day: dt.date,
    reason: str,
    document: StoredDocument | None = None,
    by: Actor,
    now: dt.datetime,
) -> Dispute:
    """The chief officer or the local policing body decides, after the committee's advice, and is cited."""
    if decided_by_role not in DECIDERS:
        raise PlainError("A dispute is decided by the chief officer or by the local policing body.")
    if not cited.strip():
        raise PlainError("Cite the decision: the minute, notice or letter it stands in.")
    with working(by=by, now=now) as work:
        taking, dispute = _open_dispute(work, item)
        taking.check("uphold-dispute" if upheld else "reject-dispute", reason=reason)
        if not dispute.advice:
            raise NotAllowedError("The committee's advice is not recorded yet: a dispute is decided after it.")
        dispute.decision = "upheld" if upheld else "not-upheld"
        dispute.decided_by_role, dispute.decided_cited = decided_by_role, cited.strip()
        dispute.decided_day, dispute.decision_document, dispute.decided = day, document, now
        if not upheld:
            taking.item.response = "awaiting"
        note = {"decision": dispute.decision, "cited": dispute.decided_cited, "reason": reason.strip()}
        taking.event("assurance.dispute_decided", change=[dispute], note=note)
    return dispute


DECIDERS = {"chief-officer": "the chief officer", "local-policing-body": "the local policing body"}


def _open_dispute(work: Work, item: Item) -> tuple[Taking, Dispute]:
    taking = work.take(item)
    dispute = Dispute.objects.filter(item=taking.item, decided=None).order_by("-raised").first()
    if dispute is None:
        raise NotAllowedError("This point is not in dispute.")
    return taking, dispute


def note_position(
    item: Item,
    *,
    position: str,
    day: dt.date,
    said_in: str,
    document: StoredDocument | None = None,
    citations: list[dict[str, Any]] | None = None,
    by: Actor,
    now: dt.datetime,
) -> Position:
    """Note what the inspectorate says of the item, with where it says so. Its latest day stands."""
    states = load_states("position")
    if position not in states:
        raise PlainError(f"The inspectorate's positions are {', '.join(states)}; “{position}” is none of them.")
    if not said_in.strip():
        raise PlainError("Say where the inspectorate says so: its letter, report or portal entry.")
    if day > london_day(now):
        raise PlainError("A position cannot be dated after today.")
    with working(by=by, now=now) as work:
        taking = work.take(item)
        taking.check("note-position")
        row = Position(
            item=taking.item, position=position, day=day, said_in=said_in.strip(), document=document,
            citations=citations or [], made=now,
        )  # fmt: skip
        later = Position.objects.filter(item=taking.item, day__gt=day).exists()
        before = taking.item.position
        taking.item.position = before if later else position
        taking.event(
            "assurance.position_noted", add=[row], note={"position": position, "day": str(day), "before": before}
        )
    return row


def set_handling(
    item: Item, *, risk: str, reviewers: int, lead: Owner | None = None, reason: str, by: Actor, now: dt.datetime
) -> Handling:
    """Say how carefully an item is to be handled, how many opinions it asks for, and which chief officer leads."""
    if risk not in ("ordinary", "high") or reviewers not in (1, 2):
        raise PlainError("An item's risk is ordinary or high, and it asks for one opinion or for two.")
    with working(by=by, now=now) as work:
        taking = work.take(item)
        taking.check("set-handling", reason=reason)
        handling = taking.handling
        kept = {"change": [handling]} if handling else {}
        if handling is None:
            handling = taking.handling = Handling(item=taking.item)
            kept = {"add": [handling]}
        handling.risk, handling.reviewers, handling.lead = risk, reviewers, lead
        note = {"risk": risk, "reviewers": reviewers, "lead": lead.name if lead else "", "reason": reason.strip()}
        taking.event("assurance.handling_set", note=note, **kept)
    return handling


def comment(item: Item, *, words: str, by: Actor, now: dt.datetime) -> Comment:
    """An internal remark, read by the writer's own organisation only; part of no paper unless asked for."""
    if not words.strip():
        raise PlainError("A remark needs words.")
    with working(by=by, now=now) as work:
        taking = work.take(item)
        row = Comment(item=taking.item, words=words.strip(), by_name=by.ledger_label, made=now)
        if isinstance(by, User):
            row.by, row.organisation = by, by.organisation
        taking.event("assurance.commented", add=[row])
    return row
