"""How is a template that came back kept, and how do its answers come into the register?

The file is an original like any other; each answer taken from it is a dated record that cites it, and nothing
older is changed.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping

import msgspec
from django.db import IntegrityError

from bluelamp.assurance.actions_delivery import Said, write_answer
from bluelamp.assurance.actions_steps import working
from bluelamp.assurance.actions_templates import UNALLOCATED, organisation_of, organisation_of_items
from bluelamp.assurance.models import RoundRequest, TemplateDecision, TemplateReturn, TemplateSent
from bluelamp.assurance.queries_templates import (
    Returned,
    find_templates,
    match_stored,
    template_choices,
    template_key,
)
from bluelamp.assurance.template_matching import Match, Verdict
from bluelamp.assurance.template_return import ReturnedTemplate, read_return
from bluelamp.assurance.template_rules import MOST_ITEMS, MOST_ROWS, check_can_use_templates
from bluelamp.assurance.template_wording import write_words
from bluelamp.documents.actions import store_document
from bluelamp.documents.models import StoredDocument
from bluelamp.documents.sandbox import read_form, read_upload
from bluelamp.documents.stored_citations import NotFoundThereError, cite_words
from bluelamp.ledger.actions import Actor, Book, recording
from bluelamp.lib.calendar_days import london_day
from bluelamp.lib.errors import PlainError
from bluelamp.organisations.actors import viewer_of
from bluelamp.organisations.models import Organisation, Owner
from bluelamp.organisations.visibility import visible_to
from bluelamp.register.models import Item

TAKEABLE = frozenset({Verdict.ANSWER, Verdict.REWORDED, Verdict.CONFLICT})


def take_return(data: bytes, file_name: str, *, by: Actor, now: dt.datetime) -> TemplateReturn:
    """Keep a file that came back, and what was read in it. The same bytes again change nothing."""
    check_can_use_templates(by)
    form = read_form(data, file_name)
    read = read_return(form, template_choices(), template_key())
    if not read.rows:
        raise PlainError(
            f"{file_name} has no table with the columns of a template, such as “Report Ref” and “Action taken”:"
            " send the file that was filled in."
        )
    if len(read.rows) > MOST_ROWS:
        raise PlainError(
            f"{file_name} has {len(read.rows):,} rows, and a template at most {MOST_ITEMS:,}: send the file that"
            " was filled in, or its parts one by one."
        )
    document = read_upload(data, file_name)
    template = _find_sent(read, by)
    organisation = _organisation_of_return(read, template, by)
    kept = store_document(
        by=by, now=now, document=document, data=data, file_name=file_name, organisation=organisation
    )
    held = TemplateReturn.objects.filter(document=kept.document).first()
    if held:
        return held
    made = TemplateReturn(
        document=kept.document,
        template=template,
        read=msgspec.to_builtins(read),
        row_count=len(read.rows),
        by_name=by.ledger_label,
        made=now,
        organisation=kept.document.organisation,
    )
    try:
        with recording(by=by, now=now) as book:
            note = {"rows": made.row_count, "template": str(made.template or "")}
            book.event("assurance.template_returned", subject=made, add=[made], note=note)
    except IntegrityError:  # the same file twice at once
        return TemplateReturn.objects.get(document=kept.document)
    return made


def _organisation_of_return(
    read: ReturnedTemplate, template: TemplateSent | None, by: Actor
) -> Organisation | None:
    """Whose record the file is: its template's; of a stranger, whoever brings it, or else whose items it names."""
    if template is not None and template.organisation is not None:
        return template.organisation
    if organisation_of(by) is not None:
        return organisation_of(by)
    named = {row.reference for row in read.rows} | {mark.reference for row in read.rows for mark in row.marks}
    items = visible_to(viewer_of(by), Item.objects.filter(reference__in=named).select_related("organisation"))
    return organisation_of_items(items, by)


def _find_sent(read: ReturnedTemplate, by: Actor) -> TemplateSent | None:
    """The template that most rows name, if this workspace made its marks and whoever reads it may see it."""
    if not read.is_ours:
        # Every mark lost, the number at the foot may still be there; it is no secret, and names it all the same.
        marked = [mark for row in read.rows for mark in row.marks]
        if marked:
            return None
    held = {each.number: each for each in find_templates(viewer=viewer_of(by)).filter(number__in=read.templates)}
    return next((held[number] for number in read.templates if number in held), None)


def take_answers(
    of: TemplateReturn,
    *,
    places: Iterable[str] | None = None,
    chosen: Mapping[str, str] | None = None,
    by: Actor,
    now: dt.datetime,
) -> int:
    """Answers become answers of the register: all that are certain, or those at `places`. Returns how many.

    `chosen`: of a conflict, the reference of the item that a person says it belongs to, by place. Matched anew
    under the lock, so that what happened in the meantime is seen.
    """
    check_can_use_templates(by)
    wanted = None if places is None else set(places)
    with working(by=by, now=now) as work:
        returned = _open(of, by, now)
        taking = [
            match
            for match in returned.matches
            if match.row and (returned.can_be_taken(match) if wanted is None else match.row.place in wanted)
        ]
        if wanted is not None and len(taking) < len(wanted):
            raise PlainError("A row that was chosen is not in this file.")
        items = _find_items(returned, taking, chosen or {}, by)
        work.take_all({item.pk: item for item in items.values()}.values())
        decisions = []
        for match in taking:
            decision = _check_open(returned, match)
            item = items[match.rows[0].place]
            said = _say(match, item, of.document, returned)
            answer = write_answer(work, said, "template")
            decision = decision or TemplateDecision(of=of, place=match.rows[0].place)
            decision.item, decision.decision, decision.answer = item, "taken", answer
            decision.by_name, decision.made = by.ledger_label, now
            decisions.append(decision)
        _record(work.book, of, decisions, returned, "assurance.template_answers_taken")
    return len(decisions)


def leave_answer(of: TemplateReturn, *, place: str, by: Actor, now: dt.datetime) -> None:
    """A person looked and takes nothing from this row. It can still be taken later."""
    check_can_use_templates(by)
    with recording(by=by, now=now) as book:
        returned = _open(of, by, now)
        if not any(match.row and match.row.place == place for match in returned.matches):
            raise PlainError("That row is not in this file.")
        if place in returned.decisions:
            raise PlainError("That row was decided already.")
        decision = TemplateDecision(of=of, place=place, decision="left", by_name=by.ledger_label, made=now)
        _record(book, of, [decision], returned, "assurance.template_answer_left")


def _record(
    book: Book, of: TemplateReturn, decisions: list[TemplateDecision], returned: Returned, action: str
) -> None:
    if not decisions:
        return
    held = {decision.pk for decision in returned.decisions.values()}
    note = {"places": [decision.place for decision in decisions]}
    book.event(
        action,
        subject=of,
        add=[each for each in decisions if each.pk not in held],
        change=[each for each in decisions if each.pk in held],
        note=note,
    )


def _open(of: TemplateReturn, by: Actor, now: dt.datetime) -> Returned:
    found = visible_to(viewer_of(by), TemplateReturn.objects.filter(pk=of.pk)).first()
    if found is None:
        raise PlainError("There is no such return.")
    return match_stored(found, viewer=viewer_of(by), today=london_day(now))


def _find_items(returned: Returned, taking: list[Match], chosen: Mapping[str, str], by: Actor) -> dict[str, Item]:
    """The item of each row by its place: the one it was matched to, or one of its rivals that a person chose."""
    references: dict[str, str] = {}
    for match in taking:
        place = match.rows[0].place
        named = chosen.get(place, "")
        if named and named not in {match.reference, *match.rivals}:
            raise PlainError(f"{named} is none of the items that {place} may belong to.")
        if not (named or match.reference):
            raise PlainError(f"Say which item the answer in {place} belongs to.")
        if match.verdict not in TAKEABLE or match.answer.is_empty:
            raise PlainError(f"There is no answer to take in {place}.")
        references[place] = named or match.reference
    held = visible_to(viewer_of(by), Item.objects.select_related("owner")).filter(
        reference__in=references.values()
    )
    by_reference = {item.reference: item for item in held}
    missing = set(references.values()) - set(by_reference)
    if missing:
        raise PlainError(f"{min(missing)} is not in the register.")
    return {place: by_reference[reference] for place, reference in references.items()}


def _check_open(returned: Returned, match: Match) -> TemplateDecision | None:
    decision = returned.decision_of(match)
    if decision is not None and decision.decision == "taken":
        raise PlainError(f"The answer in {decision.place} was taken already.")
    return decision


def _say(match: Match, item: Item, document: StoredDocument, returned: Returned) -> Said:
    template = returned.of.template
    owner = item.owner
    name = owner.name if owner else ""
    if template and template.owner_name not in {"", name, UNALLOCATED}:
        owner, name = None, template.owner_name  # it was sent to somebody who owns the item no more
    request = _find_request(item, owner)
    return Said(
        item=item,
        request=request,
        action=request.action if request else None,
        words=write_words(match.answer, template_choices()),
        delivery=match.answer.delivery,
        target=match.answer.target,
        owner=owner,
        by_name=name or (f"returned template {template}" if template else f"returned file {document.file_name}"),
        document=document,
        citations=tuple(_cite(match, document)),
    )


def _find_request(item: Item, owner: Owner | None) -> RoundRequest | None:
    """What a round still asks of this owner about the item, where that is one thing: it is answered too."""
    if owner is None:
        return None
    asked = RoundRequest.objects.filter(item=item, owner=owner, answered=None, round__closed=None)
    found = list(asked.select_related("action")[:2])
    return found[0] if len(found) == 1 else None


def _cite(match: Match, document: StoredDocument) -> Iterable[dict[str, object]]:
    """Where the answer's lines stand in the returned file; a line that a table broke up is not cited."""
    for line in match.answer.action.split("\n"):
        try:
            yield cite_words(document, line)
        except NotFoundThereError:
            continue
