"""How is the statutory response begun, written entry by entry, commented on, published and sent?"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings

from bluelamp.assurance.models import StatutoryEntry, StatutoryResponse
from bluelamp.assurance.queries_statutory import find_unanswered
from bluelamp.assurance.statutory_clock import load_duty
from bluelamp.assurance.statutory_rules import check_can_comment, check_can_publish, check_can_write
from bluelamp.documents.models import StoredDocument
from bluelamp.ledger.actions import Actor, Book, recording
from bluelamp.lib.calendar_days import london_day, read_iso_day
from bluelamp.lib.errors import PlainError
from bluelamp.organisations.actors import viewer_of
from bluelamp.organisations.queries import force_of
from bluelamp.organisations.rules import NotAllowedError
from bluelamp.organisations.visibility import visible_to
from bluelamp.register.actions import lock_record
from bluelamp.register.models import Item


def begin_response(report: StoredDocument, *, by: Actor, now: dt.datetime) -> StatutoryResponse:
    """Begin the response to a report whose force and day of publication are known. One a report."""
    check_can_write(by)
    with recording(by=by, now=now) as book:
        lock_record()
        found = visible_to(viewer_of(by), StoredDocument.objects.filter(pk=report.pk)).first()
        if found is None:
            raise NotAllowedError("There is no such document, or it is not yours to see.")
        held = StatutoryResponse.objects.filter(report=found).first()
        if held:
            return held
        force = force_of(found.subject)
        if force is None:
            raise PlainError("Say first which force the report is about.")
        made = StatutoryResponse(
            report=found, force=force, published=_day_of(found), organisation=found.organisation,
            marking=found.marking,
        )  # fmt: skip
        book.event("assurance.response_begun", subject=made, add=[made], note={"report": str(found)})
    return made


def _day_of(report: StoredDocument) -> dt.date:
    day = read_iso_day(report.published)
    if day is None:
        raise PlainError("Say first on which day the report was published: the 56 days count from it.")
    return day


@contextmanager
def _open(response: StatutoryResponse, by: Actor, now: dt.datetime) -> Iterator[tuple[Book, StatutoryResponse]]:
    with recording(by=by, now=now) as book:
        lock_record()
        found = visible_to(viewer_of(by), StatutoryResponse.objects.filter(pk=response.pk)).first()
        if found is None:
            raise NotAllowedError("There is no such response, or it is not yours to see.")
        yield book, found


def answer_point(
    response: StatutoryResponse, item: Item, *, stance: str, words: str, by: Actor, now: dt.datetime
) -> StatutoryEntry:
    """What is done or proposed about one point, or why nothing. Before publication it may be written anew."""
    check_can_write(by)
    duty = load_duty(settings.WORKSPACE_DEFINITIONS)
    if stance not in {each.slug for each in duty.stances}:
        raise PlainError("Say whether action was taken, is proposed, or that none is taken.")
    if not words.strip():
        raise PlainError("Say what is done or proposed; or, where nothing is, why.")
    with _open(response, by, now) as (book, found):
        if found.response_published:
            raise NotAllowedError("The response has been published: what it says stays.")
        if not visible_to(viewer_of(by), Item.objects.filter(pk=item.pk, force=found.force)).exists():
            raise NotAllowedError("There is no such point of this report.")
        entry = StatutoryEntry.objects.filter(response=found, item=item).first()
        kept = "change" if entry else "add"
        entry = entry or StatutoryEntry(response=found, item=item, made=now)
        entry.required_by_law = item.kind in duty.by_law
        entry.stance, entry.words = stance, words.strip()
        note = {"stance": stance, "words": entry.words}
        book.event("assurance.point_answered_in_law", subject=item, note=note, **{kept: [entry]})
    return entry


def invite_chief(response: StatutoryResponse, *, day: dt.date, by: Actor, now: dt.datetime) -> StatutoryResponse:
    """When the chief officer was invited to comment."""
    check_can_write(by)
    _check_day(day, now)
    with _open(response, by, now) as (book, found):
        found.chief_invited = day
        book.event("assurance.chief_invited", subject=found, change=[found], note={"day": str(day)})
    return found


def record_chief_comments(
    response: StatutoryResponse, *, words: str, day: dt.date, by: Actor, now: dt.datetime
) -> StatutoryResponse:
    """What the chief officer said, and when. Comments before these stay in the history."""
    check_can_comment(by)
    _check_day(day, now)
    if not words.strip():
        raise PlainError("The chief officer’s comments need words.")
    with _open(response, by, now) as (book, found):
        if found.response_published:
            raise NotAllowedError("The response has been published: what it says stays.")
        found.chief_comments, found.chief_commented = words.strip(), day
        book.event("assurance.chief_commented", subject=found, change=[found], note={"day": str(day)})
    return found


def write_comments(response: StatutoryResponse, *, words: str, by: Actor, now: dt.datetime) -> StatutoryResponse:
    """The local policing body's own comments on the report."""
    check_can_write(by)
    with _open(response, by, now) as (book, found):
        if found.response_published:
            raise NotAllowedError("The response has been published: what it says stays.")
        found.comments = words.strip()
        book.event("assurance.comments_written", subject=found, change=[found])
    return found


def publish_response(
    response: StatutoryResponse, *, day: dt.date, by: Actor, now: dt.datetime
) -> StatutoryResponse:
    """Record that it was published on a day. Nothing of it changes after."""
    check_can_write(by)
    _check_day(day, now)
    with _open(response, by, now) as (book, found):
        check_can_publish(
            unanswered=find_unanswered(found, by_law=True),
            chief_invited=found.chief_invited,
            day=day,
            published=found.published,
            already=found.response_published,
        )
        found.response_published = day
        book.event("assurance.response_published", subject=found, change=[found], note={"day": str(day)})
    return found


def record_sent(
    response: StatutoryResponse, *, to: str, day: dt.date, by: Actor, now: dt.datetime
) -> StatutoryResponse:
    """A copy went to the inspectorate, or to the Secretary of State."""
    check_can_write(by)
    _check_day(day, now)
    if to not in COPIES:
        raise PlainError("A copy goes to the inspectorate or to the Secretary of State.")
    with _open(response, by, now) as (book, found):
        if not found.response_published:
            raise NotAllowedError("A copy is sent of what was published: record its publication first.")
        setattr(found, COPIES[to], day)
        book.event("assurance.response_sent", subject=found, change=[found], note={"to": to, "day": str(day)})
    return found


COPIES = {"inspectorate": "sent_inspectorate", "secretary-of-state": "sent_secretary"}


def _check_day(day: dt.date, now: dt.datetime) -> None:
    if day > london_day(now):
        raise PlainError("A day after today has not happened yet.")
