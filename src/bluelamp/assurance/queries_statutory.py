"""Which reports must be answered in public, by when, and what is still without an answer?"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.conf import settings
from django.db.models import QuerySet

from bluelamp.assurance.models import StatutoryEntry, StatutoryResponse
from bluelamp.assurance.statutory_clock import Clock, load_duty, read_clock
from bluelamp.documents.models import StoredDocument
from bluelamp.lib.calendar_days import read_iso_day
from bluelamp.organisations.visibility import Viewer, visible_to
from bluelamp.register.models import Item


def find_responses(*, viewer: Viewer) -> QuerySet[StatutoryResponse]:
    found = visible_to(viewer, StatutoryResponse.objects.all())
    return found.select_related("report", "force").order_by("-published", "pk")


def points_of(response: StatutoryResponse) -> QuerySet[Item]:
    """The points of the report that the law or practice wants answered, in reading order."""
    duty = load_duty(settings.WORKSPACE_DEFINITIONS)
    items = Item.objects.filter(document=response.report_id, force=response.force_id, merged_into=None)
    return items.filter(kind__in=duty.answered_kinds).order_by("order", "place")


def find_unanswered(response: StatutoryResponse, *, by_law: bool) -> list[str]:
    """References without an entry: of those the law wants answered, or of all."""
    items = points_of(response).exclude(statutory_entries__response=response)
    if by_law:
        items = items.filter(kind__in=load_duty(settings.WORKSPACE_DEFINITIONS).by_law)
    return list(items.values_list("reference", flat=True))


@dataclass(frozen=True)
class Due:
    """A report that is to be answered, and how its clock stands. `response` is None where none was begun."""

    report: StoredDocument
    response: StatutoryResponse | None
    clock: Clock


def find_due(*, viewer: Viewer, day: dt.date) -> list[Due]:
    """Every report about a force with a recommendation or another point to answer, the most pressing first."""
    duty = load_duty(settings.WORKSPACE_DEFINITIONS)
    points = Item.objects.filter(kind__in=duty.by_law, source="inspectorate", merged_into=None)
    reports = visible_to(viewer, StoredDocument.objects.filter(pk__in=points.values("document")))
    responses = {each.report_id: each for each in find_responses(viewer=viewer)}
    found = []
    for report in reports.select_related("subject"):
        published = read_iso_day(report.published)
        if published is None:
            continue
        response = responses.get(report.pk)
        answered = response.response_published if response else None
        found.append(Due(report, response, read_clock(published=published, answered=answered, day=day, duty=duty)))
    return sorted(found, key=lambda each: (each.clock.days_left is None, each.clock.days_left or 0))


def clock_of(response: StatutoryResponse, *, day: dt.date) -> Clock:
    duty = load_duty(settings.WORKSPACE_DEFINITIONS)
    return read_clock(published=response.published, answered=response.response_published, day=day, duty=duty)


def find_entries(response: StatutoryResponse) -> list[tuple[Item, StatutoryEntry | None]]:
    """Each point with its entry."""
    entries = {entry.item_id: entry for entry in StatutoryEntry.objects.filter(response=response)}
    return [(item, entries.get(item.pk)) for item in points_of(response)]
