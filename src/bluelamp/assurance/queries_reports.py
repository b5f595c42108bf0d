"""Which papers can be made of which items, for whom and as of which day?"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from bluelamp.assurance.queries_record import snapshot_of
from bluelamp.assurance.queries_recurrence import Recurrence, find_recurrences
from bluelamp.assurance.reports.committee import make_committee_paper
from bluelamp.assurance.reports.item import make_item_paper
from bluelamp.assurance.reports.questions import Before, make_questions_paper
from bluelamp.assurance.reports.response import make_response_paper
from bluelamp.assurance.reports.summary import make_summary_paper
from bluelamp.assurance.reports.template import make_template_paper
from bluelamp.assurance.snapshot import Snapshot
from bluelamp.assurance.statutory_clock import load_duty
from bluelamp.lib.calendar_days import add_months
from bluelamp.lib.errors import PlainError
from bluelamp.organisations.visibility import Viewer, visible_to
from bluelamp.papers.model import Cited, Paper
from bluelamp.register.models import Item

EARLIEST = 1900
QUARTER = 3
"""Months that a movement covers where no day is named."""


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What somebody asks of a paper. `since` begins the movement."""

    keys: tuple[UUID, ...]
    viewer: Viewer
    day: dt.date
    since: dt.date
    today: dt.date
    _made: dict[dt.date, Snapshot] = field(default_factory=dict)  # a past day is read from the whole ledger: once

    def snapshot(self, day: dt.date | None = None) -> Snapshot:
        day = day or self.day
        if day not in self._made:
            self._made[day] = snapshot_of(self.keys, viewer=self.viewer, day=day, today=self.today)
        return self._made[day]


@dataclass(frozen=True, kw_only=True)
class Report:
    """A sort of paper. `moves`: it speaks of what happened since a day. `one`: it is about one item."""

    slug: str
    name: str | Promise
    says: str | Promise
    make: Callable[[Asked], Paper]
    moves: bool = False
    one: bool = False


def _committee(asked: Asked) -> Paper:
    return make_committee_paper(asked.snapshot(), asked.snapshot(asked.since))


def _summary(asked: Asked) -> Paper:
    return make_summary_paper(asked.snapshot(), asked.snapshot(asked.since))


def _questions(asked: Asked) -> Paper:
    snapshot = asked.snapshot()
    return make_questions_paper(snapshot, find_before(snapshot, viewer=asked.viewer))


def find_before(snapshot: Snapshot, *, viewer: Viewer) -> Mapping[str, Sequence[Before]]:
    """Earlier points of the same meaning, by the key of each open item (the longest overdue, where many are)."""
    open_ = [item for item in snapshot.items if item.is_open and item.kind != "judgement"]
    open_.sort(key=lambda item: (-item.days_overdue, str(item.place)))
    chosen = [item.key for item in open_[:MOST_COMPARED]]
    found = {}
    for item in visible_to(viewer, Item.objects.filter(pk__in=chosen)).select_related("force"):
        before = [_say_before(each) for each in find_recurrences(item, viewer=viewer).before if each.reference]
        if before:
            found[str(item.pk)] = before
    return found


MOST_COMPARED = 60
"""Items whose earlier findings are looked for: a brief has ten questions."""


def _say_before(each: Recurrence) -> Before:
    words = "".join(piece for piece, _ in each.there.pieces) or str(each.found)
    page, printed = each.citation.get("page"), str(each.citation.get("printed_page") or "")
    source = Cited(str(each.document), page, printed, "", each.address)
    return Before(reference=each.reference, year=each.year, words=words, source=source)


def _response(asked: Asked) -> Paper:
    return make_response_paper(asked.snapshot(), load_duty(settings.WORKSPACE_DEFINITIONS))


def _item(asked: Asked) -> Paper:
    snapshot = asked.snapshot()
    if len(snapshot.items) != 1:
        raise PlainError("The history of one item was asked for: name one reference that was there on that day.")
    return make_item_paper(snapshot)


def _template(asked: Asked) -> Paper:
    return make_template_paper(asked.snapshot())


REPORTS: Mapping[str, Report] = {
    report.slug: report
    for report in (
        Report(
            slug="committee",
            name=_("Audit committee’s update"),
            says=_("Counts that foot, movement, what is overdue and why, what was signed off on what."),
            make=_committee,
            moves=True,
        ),
        Report(
            slug="response",
            name=_("Statutory response"),
            says=_("What was done or is proposed about each recommendation of one report, or why nothing."),
            make=_response,
        ),
        Report(
            slug="summary",
            name=_("Summary for a panel"),
            says=_("One page: how much is open, late, untested and disputed."),
            make=_summary,
            moves=True,
        ),
        Report(
            slug="questions",
            name=_("Hearing brief"),
            says=_("Up to ten questions to ask, each with what it rests on."),
            make=_questions,
        ),
        Report(
            slug="template",
            name=_("Assurance template"),
            says=_("Every point in its section, with the latest answer."),
            make=_template,
        ),
        Report(
            slug="item",
            name=_("One item’s history"),
            says=_("Everything that was said and done about one point."),
            make=_item,
            one=True,
        ),
    )
}


def make_report(
    slug: str,
    items: QuerySet[Item],
    *,
    viewer: Viewer,
    today: dt.date,
    as_of: dt.date | None = None,
    since: dt.date | None = None,
) -> Paper:
    """The paper of these items as they stood on a day (today, if none is named)."""
    if slug not in REPORTS:
        raise PlainError(f"There is no report “{slug}”: choose one of {', '.join(REPORTS)}.")
    for asked_day in (as_of, since):
        if asked_day and asked_day.year < EARLIEST:
            raise PlainError(f"Name a day of {EARLIEST} or later.")
    day = min(as_of or today, today)
    begins = since or add_months(day, -QUARTER)
    if begins > day:
        raise PlainError("A movement begins before the day it ends on.")
    if not REPORTS[slug].one:
        items = items.exclude(kind="judgement")  # a grade is nothing to be answered or closed
    keys = tuple(items.order_by("place").values_list("pk", flat=True))
    # What was merged since then stood for itself on that day; the snapshot leaves out what was merged before it.
    merged = visible_to(viewer, Item.objects.filter(merged_into__in=keys)).exclude(kind="judgement")
    keys += tuple(merged.values_list("pk", flat=True))
    asked = Asked(keys=keys, viewer=viewer, day=day, since=begins, today=today)
    if as_of and not asked.snapshot().items:
        raise PlainError(f"On {as_of.isoformat()} the register held none of these items.")
    return REPORTS[slug].make(asked)
