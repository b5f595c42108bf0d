"""How does a reading become part of the record? Machines propose; people accept, correct or reject (law 9)."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q

from bluelamp.assurance.dating import date_findings_again, date_items_again
from bluelamp.documents.actions import Kept, store_document
from bluelamp.documents.models import StoredDocument
from bluelamp.inspections.facts import FINDING_TYPES
from bluelamp.inspections.models import Finding, Inspection
from bluelamp.intake.acceptance import Made, Prepared
from bluelamp.intake.acceptance_rows import make_rows
from bluelamp.intake.accepted_words import accepted_in
from bluelamp.intake.details_of_documents import check_detail, set_detail
from bluelamp.intake.extraction import Extraction
from bluelamp.intake.models import Proposal
from bluelamp.intake.preparing import RefusedError, describe, prepare, say_about
from bluelamp.intake.preparing_mentions import about_for
from bluelamp.intake.proposing import Proposing, compare_reading
from bluelamp.intake.rules import (
    DOCUMENT_DETAIL,
    check_can_accept,
    check_can_decide,
    check_can_reconsider,
    check_can_reject,
)
from bluelamp.ledger.actions import Actor, Book, recording
from bluelamp.ledger.records import Recorded
from bluelamp.lib.errors import PlainError
from bluelamp.organisations.models import User
from bluelamp.register.actions import index_items, lock_record
from bluelamp.register.models import Item

__all__ = [
    "Kept",
    "Outcome",
    "accept",
    "accept_all",
    "accept_kind",
    "accept_some",
    "describe_document",
    "propose",
    "reconsider",
    "reject",
    "reject_some",
    "store_document",
]


@dataclass
class Outcome:
    """What came of accepting many: how many of each kind, and what was left with the reason in plain English."""

    accepted: Counter[str] = field(default_factory=Counter)
    left: list[tuple[Proposal, str]] = field(default_factory=list)

    @property
    def total(self) -> int:
        return self.accepted.total()


def propose(document: StoredDocument, extraction: Extraction, *, by: Actor, now: dt.datetime) -> Proposing:
    """Keep what was read as proposals. Reading again adds only what is new and changes nothing decided."""
    found = compare_reading(document, extraction)
    if not found:
        return found
    with recording(by=by, now=now) as book:
        lock_record()
        found = compare_reading(document, extraction)
        if found:
            book.event(
                "intake.reading_proposed",
                subject=document,
                add=[*found.new, *found.new_unread],
                change=[*found.changed, *found.changed_unread],
                note={"new": len(found.new), "superseded": sum(each.superseded for each in found.changed)},
            )
    return found


def accept(
    proposal: Proposal, *, by: Actor, now: dt.datetime, corrected: Mapping[str, Any] | None = None
) -> Proposal:
    """Accept one proposal, with a person's values in place of some fields if they corrected it."""
    outcome = _accept(proposal.document, [proposal], by=by, now=now, corrected={proposal.pk: corrected or {}})
    for _, reason in outcome.left:
        raise RefusedError(reason)
    return proposal


def accept_kind(
    document: StoredDocument, kind: str, *, by: Actor, now: dt.datetime, page_index: int | None = None
) -> Outcome:
    """Accept every waiting proposal of a kind, in reading order; on one page only, if it is named.

    `kind` is a fact's kind ("finding") or a finding's type or template's section ("area_for_improvement").
    """
    return _accept(document, _waiting(document, kind, page_index), by=by, now=now)


def accept_all(document: StoredDocument, *, by: Actor, now: dt.datetime) -> Outcome:
    """Accept everything that waits: what is said of the document first, then its facts in reading order."""
    return _accept(document, _waiting(document), by=by, now=now)


def accept_some(
    document: StoredDocument, proposals: Sequence[Proposal], *, by: Actor, now: dt.datetime
) -> Outcome:
    """Accept those of the document's proposals that a person points at (all of one sort on a page, say)."""
    return _accept(document, [each for each in proposals if each.document_id == document.pk], by=by, now=now)


def _waiting(document: StoredDocument, kind: str = "", page_index: int | None = None) -> list[Proposal]:
    waiting = Proposal.objects.filter(document=document, state=Proposal.PROPOSED, superseded=False)
    if kind in FINDING_TYPES:
        waiting = waiting.filter(
            Q(kind="finding", fields__type=kind) | Q(kind="template_row", fields__section=kind)
        )
    elif kind:
        waiting = waiting.filter(kind=kind)
    if page_index is not None:
        waiting = waiting.filter(page_index=page_index)
    return list(waiting.order_by("order", "pk"))


def _accept(
    document: StoredDocument,
    proposals: Sequence[Proposal],
    *,
    by: Actor,
    now: dt.datetime,
    corrected: Mapping[Any, Mapping[str, Any]] | None = None,
) -> Outcome:
    """Parsed and validated here, written in one transaction, an event for each."""
    check_can_decide(by, say_about(document, by))
    outcome = Outcome()
    prepared: list[Prepared] = []
    for proposal in proposals:
        try:
            prepared.append(prepare(proposal, (corrected or {}).get(proposal.pk, {})))
        except PlainError as error:
            outcome.left.append((proposal, str(error)))
    if prepared:
        with recording(by=by, now=now) as book:
            lock_record()
            _write(document, prepared, book, outcome)
    return outcome


def _write(document: StoredDocument, prepared: list[Prepared], book: Book, outcome: Outcome) -> None:
    document.refresh_from_db()
    now = {proposal.pk: proposal for proposal in document.proposals.only("state", "superseded")}
    states = {key: proposal.state for key, proposal in now.items()}
    for each in prepared:  # read before the lock: a reading in the meantime may have dropped it
        each.proposal.superseded = now[each.proposal.pk].superseded
    if len(prepared) > 1:  # what somebody else decided in the meantime is not left to be decided
        prepared = [each for each in prepared if states[each.proposal.pk] == Proposal.PROPOSED]
    details = [each for each in prepared if each.proposal.kind == DOCUMENT_DETAIL]
    facts = [each for each in prepared if each.proposal.kind != DOCUMENT_DETAIL]
    dated = [item for each in details for item in _take(each, states, document, book, outcome)]
    about, setting = describe(document, book)
    accepted = accepted_in(document, about)
    for each in sorted(facts, key=_concerns_first):
        proposal = each.proposal
        try:
            known = about_for(about, each.fact)
            again = accepted.holds(proposal, known.force)
            check_can_accept(proposal.kind, states[proposal.pk], known, same_words_accepted=again)
        except PlainError as error:
            outcome.left.append((proposal, str(error)))
            continue
        accepted.add(proposal, known.force)
        made = make_rows(setting, each) if setting else Made(proposal)
        _decide_accepted(each, made, book)
        outcome.accepted[proposal.kind] += 1
    if setting:
        setting.references.record(book)
    book.write()
    index_items([*dated, *(setting.items if setting else ())])


def _concerns_first(each: Prepared) -> tuple[bool, int]:
    """A recommendation finds its cause of concern however the document is arranged; otherwise in reading order."""
    return each.fields.get("type") != "cause_of_concern", each.proposal.order


def _take(
    each: Prepared, states: Mapping[Any, str], document: StoredDocument, book: Book, outcome: Outcome
) -> list[Item]:
    """Accept a detail: its value goes onto the document. Returns the items that it dates anew."""
    proposal = each.proposal
    try:
        check_can_accept(proposal.kind, states[proposal.pk], say_about(document))
        set_detail(document, each.fields["name"], each.fields["value"])
    except PlainError as error:
        outcome.left.append((proposal, str(error)))
        return []
    made = Made(document, change=[document, *_keep_in_step(document)])
    _decide_accepted(each, made, book)
    outcome.accepted[proposal.kind] += 1
    return [row for row in made.change if isinstance(row, Item)]


def _keep_in_step(document: StoredDocument) -> list[Recorded]:
    """The document's inspection, where its published date is not the document's any more, and the items whose
    deadline counts from it. References stay."""
    loose = Item.objects.filter(document=document, finding=None).exclude(deadline_printed="")
    dated = date_items_again(loose, document.published)
    inspection = Inspection.objects.filter(document=document).exclude(published=document.published).first()
    if inspection is None:
        return [*dated]
    inspection.published = document.published
    if document.published:
        inspection.year, inspection.year_guessed = int(document.published[:4]), False
    findings = Finding.objects.filter(inspection=inspection).exclude(item=None).select_related("item")
    return [inspection, *date_findings_again(findings, document.published), *dated]


def _decide_accepted(each: Prepared, made: Made, book: Book) -> None:
    proposal = each.proposal
    proposal.state = Proposal.ACCEPTED
    proposal.corrected = each.fields if each.fields != proposal.fields else None
    _sign(proposal, book)
    if made.subject is not proposal:
        proposal.result_table, proposal.result_id = made.subject._meta.db_table, str(made.subject.pk)
    action = "register.item_accepted" if made.item else "intake.proposal_accepted"
    note = {"kind": proposal.kind} | ({"reference": made.item.reference} if made.item else {})
    if proposal.corrected is not None:
        note["corrected"] = sorted(k for k, v in each.fields.items() if proposal.fields.get(k) != v)
    book.event(action, subject=made.subject, add=made.add, change=[*made.change, proposal], note=note)


def _sign(proposal: Proposal, book: Book) -> None:
    proposal.decided = book.now
    proposal.decided_by = book.by if isinstance(book.by, User) else None


def reject(proposal: Proposal, *, by: Actor, now: dt.datetime, reason: str) -> Proposal:
    """Say that this is not so. It stays listed, with the reason."""
    with recording(by=by, now=now) as book:
        lock_record()
        proposal.refresh_from_db()
        check_can_decide(by, say_about(proposal.document, by))
        check_can_reject(proposal.state, reason)
        proposal.state, proposal.reason = Proposal.REJECTED, reason.strip()
        _sign(proposal, book)
        book.event(
            "intake.proposal_rejected", subject=proposal, change=[proposal], note={"reason": proposal.reason}
        )
    return proposal


def reject_some(
    document: StoredDocument, proposals: Sequence[Proposal], *, by: Actor, now: dt.datetime, reason: str
) -> int:
    """Reject those of the document's proposals that a person points at and that still wait. Returns how many."""
    with recording(by=by, now=now) as book:
        lock_record()
        check_can_decide(by, say_about(document, by))
        waiting = document.proposals.filter(pk__in=[each.pk for each in proposals], state=Proposal.PROPOSED)
        rejected = list(waiting.order_by("order", "pk"))
        for proposal in rejected:
            check_can_reject(proposal.state, reason)
            proposal.state, proposal.reason = Proposal.REJECTED, reason.strip()
            _sign(proposal, book)
            note = {"reason": proposal.reason}
            book.event("intake.proposal_rejected", subject=proposal, change=[proposal], note=note)
    return len(rejected)


def reconsider(proposal: Proposal, *, by: Actor, now: dt.datetime) -> Proposal:
    """Take a rejection back: the proposal waits again."""
    with recording(by=by, now=now) as book:
        lock_record()
        proposal.refresh_from_db()
        check_can_decide(by, say_about(proposal.document, by))
        check_can_reconsider(proposal.state)
        proposal.state, proposal.reason = Proposal.PROPOSED, ""
        proposal.decided = proposal.decided_by = None
        book.event("intake.proposal_reconsidered", subject=proposal, change=[proposal])
    return proposal


def describe_document(
    document: StoredDocument, *, by: Actor, now: dt.datetime, details: Mapping[str, str]
) -> StoredDocument:
    """Say what a document is: {"subject": "NTS", "published": "2022-04"}. What was proposed instead is kept."""
    checked = {name: check_detail(name, value) for name, value in details.items()}
    check_can_decide(by, say_about(document, by))
    with recording(by=by, now=now) as book:
        lock_record()
        document.refresh_from_db()
        for name, value in checked.items():
            set_detail(document, name, value)
        proposals = list(_detail_proposals(document, checked))
        for proposal in proposals:
            value = checked[proposal.fields["name"]]
            proposal.state = Proposal.ACCEPTED
            proposal.corrected = None if proposal.fields["value"] == value else {**proposal.fields, "value": value}
            proposal.result_table, proposal.result_id = document._meta.db_table, str(document.pk)
            _sign(proposal, book)
        changed = [document, *proposals, *_keep_in_step(document)]
        book.event("documents.document_described", subject=document, change=changed, note={"details": checked})
        book.write()
        index_items([row for row in changed if isinstance(row, Item)])
    return document


def _detail_proposals(document: StoredDocument, details: Mapping[str, str]) -> Iterable[Proposal]:
    waiting = Proposal.objects.filter(document=document, kind=DOCUMENT_DETAIL).exclude(state=Proposal.REJECTED)
    return [proposal for proposal in waiting if proposal.fields["name"] in details]
