"""How is something offered to prove a thing, and by whom is it accepted or returned?

Evidence is never replaced: a new version is new evidence that names the one before it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any, TypedDict, Unpack

from bluelamp.assurance.actions_reviews import follow_change
from bluelamp.assurance.actions_steps import Taking, Work, working
from bluelamp.assurance.evidence_rules import (
    ACCEPTED,
    RETURNED,
    check_address,
    check_can_decide_evidence,
    check_file,
    check_indicator,
    check_may_cite,
    check_proves,
)
from bluelamp.assurance.models import Action, Evidence
from bluelamp.assurance.rules import check_is_another
from bluelamp.documents.models import MARKINGS, StoredDocument
from bluelamp.documents.originals import workspace_originals
from bluelamp.documents.queries import find_documents
from bluelamp.documents.sandbox import DEFAULT
from bluelamp.documents.stored_citations import check_citations, cite_words
from bluelamp.ledger.actions import Actor
from bluelamp.lib.calendar_days import london_day
from bluelamp.lib.errors import PlainError
from bluelamp.lib.names import show_name
from bluelamp.organisations.actors import owners_of
from bluelamp.organisations.models import User
from bluelamp.organisations.rules import NotAllowedError
from bluelamp.register.models import Item

LARGEST = DEFAULT.file_bytes


class About(TypedDict, total=False):
    """What may be said of every piece: the action it is of, the piece it replaces, its marking."""

    action: Action | None
    replaces: Evidence | None
    marking: str


def submit_file(
    item: Item, *, proves: str, data: bytes, file_name: str, by: Actor, now: dt.datetime, **about: Unpack[About]
) -> Evidence:
    """A file, kept by the hash of its bytes. On the disk before the row is written."""
    check_file(len(data), largest=LARGEST)
    with working(by=by, now=now) as work:
        taking, row = _begin(work, item, "file", proves, about)
        # Kept under the lock, so that nobody who is refused leaves a file behind: 50 MB took 0.16 s.
        row.sha256 = workspace_originals().keep(data)
        row.file_name, row.size = show_name(file_name)[-255:] or "without a name", len(data)
        if row.replaces and row.replaces.sha256 == row.sha256:
            raise PlainError("This is the very file that it replaces.")
        return _keep(taking, row)


def submit_link(
    item: Item, *, proves: str, address: str, by: Actor, now: dt.datetime, **about: Unpack[About]
) -> Evidence:
    """The address of a page of the web. What stands there can change: a file is better evidence."""
    address = check_address(address)
    with working(by=by, now=now) as work:
        taking, row = _begin(work, item, "link", proves, about)
        row.address = address
        return _keep(taking, row)


def submit_passage(
    item: Item,
    *,
    proves: str,
    document: StoredDocument,
    words: str = "",
    page: int | None = None,
    citations: Sequence[dict[str, Any]] = (),
    by: Actor,
    now: dt.datetime,
    **about: Unpack[About],
) -> Evidence:
    """Words of a document that we hold: as `words` to be found there, or as citations that must hold (law 1)."""
    with working(by=by, now=now) as work:
        taking, row = _begin(work, item, "passage", proves, about)
        row.document = take_document(work, taking.item, document)
        row.citations = cite(row.document, words=words, page=page, citations=citations)
        if not row.citations:
            raise PlainError("A passage needs the words that it quotes.")
        return _keep(taking, row)


def submit_indicator(
    item: Item,
    *,
    proves: str,
    indicator: str,
    value: str,
    day: dt.date,
    by: Actor,
    now: dt.datetime,
    **about: Unpack[About],
) -> Evidence:
    """What an indicator stood at on a day, as it is printed."""
    check_indicator(indicator=indicator, value=value, day=day, today=london_day(now))
    with working(by=by, now=now) as work:
        taking, row = _begin(work, item, "indicator", proves, about)
        row.indicator, row.indicator_value, row.indicator_day = indicator.strip(), value.strip(), day
        return _keep(taking, row)


def accept_evidence(evidence: Evidence, *, reason: str = "", by: Actor, now: dt.datetime) -> Evidence:
    """Somebody who neither offered it nor owns the item says that it proves what it is meant to prove."""
    with working(by=by, now=now) as work:
        taking, row = _take_evidence(work, evidence)
        taking.check("accept-evidence")
        _check_can_decide(taking, row, accept=True)
        _decide(taking, row, ACCEPTED, reason)
        taking.event("assurance.evidence_accepted", change=[row], note={**_note(row), "reason": row.reason})
    return row


def return_evidence(evidence: Evidence, *, reason: str, by: Actor, now: dt.datetime) -> Evidence:
    """It does not prove what it is meant to prove. A grade that may rest on it is tested anew."""
    with working(by=by, now=now) as work:
        taking, row = _take_evidence(work, evidence)
        taking.check("return-evidence", reason=reason)
        _check_can_decide(taking, row, accept=False)
        _decide(taking, row, RETURNED, reason)
        taking.event("assurance.evidence_returned", change=[row], note={**_note(row), "reason": row.reason})
        follow_change(taking, reason=f"evidence was returned: {row.proves}")
    return row


def take_document(work: Work, item: Item, document: StoredDocument) -> StoredDocument:
    """The document as it is now, if whoever acts may see it and its words may be quoted beside the item."""
    viewer = work.by if isinstance(work.by, User) else None
    found = find_documents(viewer=viewer).filter(pk=document.pk).first()
    if found is None:
        raise NotAllowedError("There is no such document, or it is not yours to see.")
    check_may_cite(of_item=item.organisation_id, of_document=found.organisation_id)
    return found


def cite(
    document: StoredDocument | None,
    *,
    words: str = "",
    page: int | None = None,
    citations: Sequence[dict[str, Any]] = (),
) -> list[dict[str, Any]]:
    """Citations that hold: those given, and that of the words; none where neither is given."""
    check_citations(document, citations)
    found = list(citations)
    if words.strip():
        if document is None:
            raise PlainError("Name the document in which these words stand.")
        found.append(cite_words(document, words, page=page))
    return found


def _begin(work: Work, item: Item, kind: str, proves: str, about: About) -> tuple[Taking, Evidence]:
    check_proves(proves)
    taking = work.take(item)
    action = about.get("action")
    held = next((each for each in taking.actions if action and each.pk == action.pk), None)
    if action and held is None:
        raise NotAllowedError("There is no such action.")
    taking.check("submit-evidence", action=held)
    row = Evidence(
        item=taking.item,
        action=held,
        kind=kind,
        proves=proves.strip(),
        replaces=_find_replaced(taking, about.get("replaces")),
        submitted_by=work.by.ledger_name,
        submitted_name=work.by.ledger_label,
        submitted=work.now,
        marking=_check_marking(about.get("marking") or taking.item.marking),
    )
    return taking, row


def _check_marking(marking: str) -> str:
    if marking not in dict(MARKINGS):
        raise PlainError(f"A marking is one of {', '.join(dict(MARKINGS))}; “{marking}” is none of them.")
    return marking


def _find_replaced(taking: Taking, replaces: Evidence | None) -> Evidence | None:
    if replaces is None:
        return None
    found = Evidence.objects.filter(pk=replaces.pk, item=taking.item).first()
    if found is None:
        raise NotAllowedError("There is no such evidence of this item to replace.")
    if found.replaced_by.exclude(state=RETURNED).exists():
        raise NotAllowedError("That evidence is replaced already: replace its newer version.")
    return found


def _keep(taking: Taking, row: Evidence) -> Evidence:
    taking.event("assurance.evidence_submitted", add=[row], note=_note(row))
    follow_change(taking, reason=f"new evidence: {row.proves}")
    return row


def _note(row: Evidence) -> dict[str, Any]:
    note = {"kind": row.kind, "proves": row.proves}
    name = row.file_name or row.address or row.indicator
    return {**note, **({"name": name} if name else {}), **({"replaces": "yes"} if row.replaces_id else {})}


def _take_evidence(work: Work, evidence: Evidence) -> tuple[Taking, Evidence]:
    taking = work.take(evidence.item)
    found = Evidence.objects.filter(pk=evidence.pk, item=taking.item).first()
    if found is None:
        raise NotAllowedError("There is no such evidence.")
    return taking, found


def _check_can_decide(taking: Taking, row: Evidence, *, accept: bool) -> None:
    check_can_decide_evidence(row.state, accept=accept)
    says = "accept evidence" if accept else "return evidence"
    check_is_another(did=row.submitted_by, by=taking.stander(), says=says)
    # Whoever came by a link as an owner and has an account as well is one person.
    if row.submitted_by in {f"owner:{key}" for key in owners_of(taking.work.by)}:
        raise NotAllowedError(f"You cannot {says}: you offered it yourself, so somebody else must.")


def _decide(taking: Taking, row: Evidence, state: str, reason: str) -> None:
    row.state, row.reason = state, reason.strip()
    row.decided_by, row.decided_name = taking.work.by.ledger_name, taking.work.by.ledger_label
    row.decided = taking.work.now
