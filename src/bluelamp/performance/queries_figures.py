"""Which figures are known of an indicator, and which were known after an earlier load?"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from django.db.models import QuerySet

from bluelamp.figures.months import Span
from bluelamp.organisations.visibility import Viewer, visible_to
from bluelamp.performance.models import KeptSeries, Load
from bluelamp.performance.series import Series, SeriesKey, overlay
from bluelamp.performance.stored_points import restore_points


def find_loads(*, viewer: Viewer, plan: str = "") -> QuerySet[Load]:
    """The loads that the viewer may see, oldest first within a plan; withdrawn ones too."""
    loads = visible_to(viewer, Load.objects.all())
    return loads.filter(plan=plan) if plan else loads


def find_series(
    *,
    viewer: Viewer,
    plan: str,
    codes: Collection[str] | None = None,
    areas: Collection[str] | None = None,
    span: Span | None = None,
    breakdown: str | None = "",
    up_to: int | None = None,
    known_on: dt.date | None = None,
) -> dict[SeriesKey, Series]:
    """The series of a plan as known now, as known after load `up_to`, or as known on a day.

    None for codes, areas, span or breakdown means all of them. One query, whatever is asked.
    """
    loads = find_loads(viewer=viewer, plan=plan).filter(withdrawn=None)
    if up_to is not None:
        loads = loads.filter(number__lte=up_to)
    if known_on is not None:
        loads = loads.filter(known_on__lte=known_on)
    rows = KeptSeries.objects.filter(load__in=loads)
    for name, wanted in (("code__in", codes), ("area__in", areas)):
        if wanted is not None:
            rows = rows.filter(**{name: list(wanted)})
    if span is not None:
        rows = rows.filter(span=span.value)
    if breakdown is not None:
        rows = rows.filter(breakdown=breakdown)
    kept = rows.order_by("load__number").values_list("code", "area", "span", "breakdown", "load_id", "points")
    found: dict[SeriesKey, list[Series]] = {}
    for code, area, length, part, load, points in kept.iterator(chunk_size=2_000):
        key = SeriesKey(plan, code, area, Span(length), part)
        found.setdefault(key, []).append(Series(key, restore_points(points, load=str(load))))
    return {key: overlay(loads) for key, loads in found.items()}
