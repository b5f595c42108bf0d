"""How is something corrected that was accepted already? Its reference and its first reading stay."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bluelamp.assurance.actions_reviews import check_can_correct_words, follow_correction, words_of
from bluelamp.assurance.dating import date_item
from bluelamp.assurance.models import Action
from bluelamp.inspections import facts
from bluelamp.intake.acceptance import Made, Prepared
from bluelamp.intake.acceptance_mentions import item_kind_of
from bluelamp.intake.acceptance_rows import make_rows
from bluelamp.intake.actions import describe_document
from bluelamp.intake.models import Proposal
from bluelamp.intake.preparing import RefusedError, describe, prepare, say_about
from bluelamp.intake.rules import DOCUMENT_DETAIL, check_can_correct, check_can_decide
from bluelamp.ledger.actions import Actor, recording
from bluelamp.ledger.records import Recorded
from bluelamp.organisations.models import Owner
from bluelamp.register.actions import References, index_items, lock_record
from bluelamp.register.models import Item, Mention
from bluelamp.register.references import Reference, parse_reference

# What a correction of the words leaves as it was given when the item was accepted.
_STAYS = {
    "id",
    "reference",
    "place",
    "item",
    "inspection",
    "added",
    "year",
    "year_guessed",
    "organisation",
    "marking",
    # How the item stands: what was done about it does not change with its words.
    *("response", "delivery", "delivery_body", "assurance", "position", "closing", "owner", "merged_into"),
    *("original_target", "current_target", "deadline_date", "due", "timing"),
}
_SAYS_KIND = ("type", "section")


@dataclass
class _SameReference(References):
    """Gives the reference that the item has."""

    reference: Reference | None = None

    def give(self, force_code: str, year: int, kind: str) -> Reference:
        if self.reference is None:
            raise RefusedError("A correction cannot make an item of something that was kept without one.")
        return self.reference


def correct(
    proposal: Proposal, *, by: Actor, now: dt.datetime, corrected: Mapping[str, Any], reason: str
) -> Proposal:
    """Put a person's values in place of accepted ones, on the item and on what stands beside its inspection."""
    if proposal.kind == DOCUMENT_DETAIL:
        details = {proposal.fields["name"]: str(corrected.get("value", ""))}
        describe_document(proposal.document, by=by, now=now, details=details)
        proposal.refresh_from_db()
        return proposal
    check_can_decide(by, say_about(proposal.document, by))
    with recording(by=by, now=now) as book:
        lock_record()
        proposal.refresh_from_db()
        check_can_correct(proposal.state, reason)
        prepared = prepare(proposal, {**(proposal.corrected or {}), **corrected})
        _check_same_kind(prepared)
        item = Item.objects.filter(pk=proposal.result_id).first() if _is_item(proposal) else None
        _, setting = describe(proposal.document, book)
        if setting is None or (setting.force is None and proposal.kind != facts.Mention.kind):
            raise RefusedError("What was accepted from this document has no force any more: say which first.")
        setting.references = _SameReference(reference=parse_reference(item.reference) if item else None)
        before = words_of(item) if item else ()
        changed = _take_over(make_rows(setting, prepared), proposal, item)
        if item:
            date_item(item, prepared.fields.get("deadline"), proposal.document.published)
        if item and words_of(item) != before:
            check_can_correct_words(item)
        proposal.corrected = prepared.fields if prepared.fields != proposal.fields else None
        subject = item or (changed[0] if changed else proposal)
        action = "register.item_corrected" if item else "intake.fact_corrected"
        book.event(action, subject=subject, change=[*changed, proposal], note={"reason": reason.strip()})
        if item and words_of(item) != before:
            follow_correction(item, book=book, reason=reason)  # what was tested says something else now
        book.write()
        index_items([item] if item else [])
    return proposal


def _is_item(proposal: Proposal) -> bool:
    return proposal.result_table == Item._meta.db_table


def _check_same_kind(prepared: Prepared) -> None:
    """The reference says of what kind an item is, and people may have said it aloud."""
    before = prepared.proposal.corrected or prepared.proposal.fields
    if prepared.proposal.kind == facts.Mention.kind:
        differs = item_kind_of(prepared.fields) != item_kind_of(before)
    else:
        differs = any(prepared.fields.get(name) != before.get(name) for name in _SAYS_KIND)
    if differs:
        raise RefusedError(
            "Its reference says what kind this is, so the kind cannot be corrected after acceptance."
        )


def _take_over(made: Made, proposal: Proposal, item: Item | None) -> list[Recorded]:
    """Copy what the correction makes onto the rows that the acceptance made."""
    changed: list[Recorded] = []
    for row in made.add:
        old = _row_before(row, proposal, item)
        if old is None:
            continue
        for field in row._meta.concrete_fields:
            if field.name not in _STAYS:
                setattr(old, field.attname, getattr(row, field.attname))
        changed.append(old)
    return changed


def _row_before(row: Recorded, proposal: Proposal, item: Item | None) -> Recorded | None:
    if isinstance(row, Mention | Action | Owner):
        return None  # where the words stand is not corrected, nor what is done about them
    if isinstance(row, Item):
        return item
    if item:
        return type(row)._default_manager.filter(item=item).first()
    return type(row)._default_manager.filter(pk=proposal.result_id).first()
