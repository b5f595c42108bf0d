"""How do figures come into the record, how are they taken back, and who lets a spreadsheet read them?

A load is one event in one transaction: all of its figures, or none. It is never changed; a later one may say
otherwise, and a withdrawal only says that its figures count no more.
"""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import secrets
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from bluelamp.documents.models import MARKINGS, StoredDocument
from bluelamp.documents.originals import workspace_originals
from bluelamp.figures.months import Span
from bluelamp.ledger.actions import Actor, recording
from bluelamp.ledger.models import Head
from bluelamp.lib.errors import PlainError
from bluelamp.lib.names import show_name
from bluelamp.organisations.actors import hash_secret
from bluelamp.organisations.models import Organisation, User
from bluelamp.organisations.visibility import Viewer, visible_to
from bluelamp.performance.figure_rules import (
    TOKEN_DAYS,
    check_can_end_token,
    check_can_load_figures,
    check_can_make_token,
    check_can_withdraw,
)
from bluelamp.performance.loading_figures import ReadFigures, says_same
from bluelamp.performance.loading_planning import LoadPlan, make_series, plan_load
from bluelamp.performance.models import KeptSeries, Load, ReadToken, WaitingFigures
from bluelamp.performance.plans import Plan
from bluelamp.performance.queries_figures import counting_loads, find_kept, lay_over, newest_vintage
from bluelamp.performance.series import SeriesKey
from bluelamp.performance.stored_points import restore_points, store_points

FILE, HAND, REPORT, RECORDS = "file", "hand", "report", "records"
KINDS = {FILE: "a file", HAND: "by hand", REPORT: "a published report", RECORDS: "records"}
"""How figures came, and how that is said."""


@dataclass(frozen=True)
class GivenFile:
    """A file as somebody gave it."""

    name: str
    data: bytes

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.data).hexdigest()


@dataclass(frozen=True, kw_only=True)
class LoadAsked:
    """What a load is told beside its figures. `known_on`: the day on which they were what was known."""

    plan: Plan
    kind: str
    name: str
    known_on: dt.date
    files: tuple[GivenFile, ...] = ()
    document: StoredDocument | None = None
    note: str = ""
    organisation: Organisation | None = None  # whose record it becomes; None for everybody's
    marking: str = "OFFICIAL"


@dataclass(frozen=True)
class Loaded:
    """What happened; no `load` where nothing was new."""

    plan: LoadPlan
    load: Load | None = None


class RefusedLoadError(PlainError):
    """Some of a load cannot be taken, so none was; `plan` says which."""

    def __init__(self, plan: LoadPlan) -> None:
        more = len(plan.refused) - 1
        others = f" There {'is' if more == 1 else 'are'} {more:,} more." if more else ""
        super().__init__(
            f"Nothing was loaded, because not everything can be taken. {plan.refused[0].words}{others}"
            " Mend the file, or load the rest and leave out what is refused."
        )
        self.plan = plan


def look_at_load(read: ReadFigures, asked: LoadAsked, *, viewer: Viewer) -> LoadPlan:
    """What a load would change; nothing is written."""
    codes = {each.key.code for each in read.figures}
    areas = {each.key.area for each in read.figures}
    loads = counting_loads(viewer=viewer, plan=asked.plan.slug)
    loads = [
        load for load in loads if load.organisation_id in _readers(asked)
    ]  # what whoever sees this load sees too
    kept = find_kept(loads, codes=codes, areas=areas, breakdown=None)
    known = lay_over(asked.plan.slug, [load.pk for load in loads], kept)
    days = {str(load.pk): load.known_on for load in loads}
    return plan_load(read, known, days, day=asked.known_on)


def load_figures(
    read: ReadFigures, asked: LoadAsked, *, by: Actor, now: dt.datetime, leave_out: bool = False
) -> Loaded:
    """Keep the figures as the plan's next vintage. Where nothing is new or revised, nothing is written.

    Anything refused stops the load (RefusedLoadError), unless `leave_out` says to load the rest: then what was
    left out is kept with the load.
    """
    check_can_load_figures(by)
    _check_asked(asked)
    viewer = by if isinstance(by, User) else None
    head = Head.objects.values_list("digest", flat=True).get(pk=1)
    plan = look_at_load(read, asked, viewer=viewer)
    if plan.refused and not leave_out:
        raise RefusedLoadError(plan)
    if not _brings_anything(plan, asked, viewer):
        return Loaded(plan)
    for file in asked.files:
        workspace_originals().keep(file.data)  # on the disk before the commit
    load, series = _make_load(read, plan, asked, by, now)
    with recording(by=by, now=now) as book:
        if book.head.digest != head:  # somebody wrote meanwhile: what was found to be new may be known now
            plan = look_at_load(read, asked, viewer=viewer)
            if not _brings_anything(plan, asked, viewer):
                return Loaded(plan)
        load.number = newest_vintage(viewer=None, plan=asked.plan.slug) + 1
        note = {name: count for name, count in plan.counts.items() if count}
        book.event("performance.figures_loaded", subject=load, add=[load, *series], note=note)
    return Loaded(plan, load)


def _readers(asked: LoadAsked) -> set[UUID | None]:
    """Of whose records is what whoever sees this load sees too: everybody's, and its own organisation's."""
    return {None, asked.organisation.pk if asked.organisation else None}


def _check_asked(asked: LoadAsked) -> None:
    if asked.kind not in KINDS:
        raise PlainError(f"There is no kind of load “{asked.kind}”: it is one of {', '.join(KINDS)}.")
    if asked.marking not in {marking for marking, _ in MARKINGS}:
        raise PlainError(f"There is no marking “{asked.marking}”.")


def _brings_anything(plan: LoadPlan, asked: LoadAsked, viewer: Viewer) -> bool:
    """Is there anything new? The same bytes again say nothing new even where a later load has corrected them."""
    if not plan.writes:
        return False
    held = visible_to(viewer, Load.objects.filter(plan=asked.plan.slug, known_on=asked.known_on, withdrawn=None))
    loads = [load for load in held if load.organisation_id in _readers(asked)]
    if asked.document is not None:
        loads = [load for load in loads if load.document_id == asked.document.pk]
    else:
        hashes = {file.sha256 for file in asked.files}
        loads = [load for load in loads if hashes and hashes <= {file["sha256"] for file in load.files}]
    return not any(_says_all(load, plan) for load in loads)


def _says_all(load: Load, plan: LoadPlan) -> bool:
    """Did that load say every figure of this one already? Read otherwise, the same bytes may say other figures."""
    said = {
        (SeriesKey(kept.plan, kept.code, kept.area, Span(kept.span), kept.breakdown), point.to): point
        for kept in load.series.all()
        for point in restore_points(kept.points)
    }
    return all(
        (before := said.get((each.figure.key, each.figure.point.to))) is not None
        and says_same(before, each.figure.point)
        for each in plan.figures
    )


def _make_load(
    read: ReadFigures, plan: LoadPlan, asked: LoadAsked, by: Actor, now: dt.datetime
) -> tuple[Load, list[KeptSeries]]:
    files = [
        {"name": show_name(file.name)[-255:], "sha256": file.sha256, "size": len(file.data)}
        for file in asked.files
    ]
    load = Load(
        plan=asked.plan.slug,
        number=0,
        kind=asked.kind,
        name=show_name(asked.name)[:500],
        sha256=files[0]["sha256"] if files else "",
        files=files,
        document=asked.document,
        mapping=plan.mapping[:80],
        known_on=asked.known_on,
        loaded=now,
        by_name=by.ledger_label,
        note=asked.note,
        figures=len(read.figures),
        refused=[{"cell": each.where, "message": each.message} for each in plan.refused],
        told=list(plan.told),
        organisation=asked.organisation,
        marking=asked.marking,
    )
    return load, _make_kept(read, load, asked.plan.slug)


def _make_kept(read: ReadFigures, load: Load, plan: str) -> list[KeptSeries]:
    return [
        KeptSeries(
            load=load,
            plan=plan,
            code=key.code,
            area=key.area,
            span=key.span.value,
            breakdown=key.breakdown,
            first=str(points[0].to),
            last=str(points[-1].to),
            points=store_points(points),
        )
        for key, points in make_series(read.figures).items()
    ]


def withdraw_load(load: Load, *, reason: str, by: Actor, now: dt.datetime) -> Load:
    """Its figures count no more from here on; they stay to be seen, and earlier vintages stay as they were."""
    viewer = by if isinstance(by, User) else None
    with recording(by=by, now=now) as book:
        found = visible_to(viewer, Load.objects.filter(pk=load.pk)).first()
        if found is None:
            raise PlainError("There is no such load.")
        check_can_withdraw(by, withdrawn=found.withdrawn is not None, reason=reason)
        found.withdrawn = now
        found.withdrawn_number = newest_vintage(viewer=None, plan=found.plan) + 1
        found.withdrawn_by = by.ledger_label
        found.withdrawn_reason = reason.strip()
        book.event("performance.load_withdrawn", subject=found, change=[found], note={"reason": reason.strip()})
    return found


def make_read_token(*, name: str, by: User, now: dt.datetime) -> tuple[ReadToken, str]:
    """A token of one's own, and its secret, which is told this once and kept as a hash only."""
    secret = secrets.token_urlsafe(32)
    with recording(by=by, now=now) as book:
        held = ReadToken.objects.filter(user=by, ended=None, expires__gt=now).count()
        check_can_make_token(by, name=name, held=held)
        token = ReadToken(
            user=by,
            name=name.strip(),
            token_hash=hash_secret(secret),
            made=now,
            expires=now + dt.timedelta(days=TOKEN_DAYS),
        )
        book.event("performance.read_token_made", subject=token, add=[token])
    return token, secret


def end_read_token(token: ReadToken, *, by: Actor, now: dt.datetime) -> ReadToken:
    """From here on it opens nothing."""
    with recording(by=by, now=now) as book:
        found = ReadToken.objects.get(pk=token.pk)
        check_can_end_token(by, owner=found.user_id, ended=found.ended is not None)
        found.ended = now
        book.event("performance.read_token_ended", subject=found, change=[found])
    return found


def keep_waiting(
    data: bytes, file_name: str, asked: dict[str, object], *, by: User, now: dt.datetime
) -> WaitingFigures:
    """Put a file aside until somebody has looked at what it would change. No part of the record.

    What the person left waiting for more than a day is thrown away.
    """
    check_can_load_figures(by)
    with transaction.atomic():
        WaitingFigures.objects.filter(by=by, made__lt=now - dt.timedelta(days=1)).delete()
        return WaitingFigures.objects.create(
            by=by,
            made=now,
            file_name=show_name(file_name)[-255:],
            data=base64.b64encode(data).decode("ascii"),
            asked=asked,
        )


def throw_away(waiting: WaitingFigures) -> None:
    """The file is not wanted any more, or was loaded."""
    waiting.delete()
