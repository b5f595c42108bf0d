"""Which figures are known of an indicator, and which were known after an earlier load?

A vintage is a number: each load of a plan takes the next, and so does a withdrawal. What was known at vintage 7
is what loads 1 to 7 say, but for those that were withdrawn by then. Where two loads speak of the same period,
that one counts which was known later (`known_on`), so that an old report taken in today corrects nothing newer.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable
from typing import Final

from django.db.models import Q, QuerySet

from bluelamp.figures.months import Span
from bluelamp.lib.calendar_days import london_day
from bluelamp.organisations.actors import hash_secret
from bluelamp.organisations.models import User
from bluelamp.organisations.visibility import Viewer, visible_to
from bluelamp.performance.figure_rules import is_open
from bluelamp.performance.loading_comparison import ChangedFigure, compare_published, compare_vintages
from bluelamp.performance.models import BoundarySet, KeptSeries, Load, ReadToken
from bluelamp.performance.plans import Plan
from bluelamp.performance.series import Series, SeriesKey
from bluelamp.performance.stored_points import StoredPoint, restore_point

ORDER: Final = ("known_on", "number")
"""The order in which loads are laid over each other."""


def find_loads(*, viewer: Viewer, plan: str = "") -> QuerySet[Load]:
    """The loads that the viewer may see, oldest first within a plan; withdrawn ones too."""
    loads = visible_to(viewer, Load.objects.all())
    return loads.filter(plan=plan) if plan else loads


def counting_loads(
    *, viewer: Viewer, plan: str, up_to: int | None = None, known_on: dt.date | None = None
) -> list[Load]:
    """The loads that count now, at vintage `up_to`, or on the day `known_on`; in the order in which they are laid.

    On a day counts what was known by then. A load that stood here on that day counts though it was withdrawn
    later; one that was brought in after the day, for the day, and then withdrawn, does not: nobody knew it.
    """
    loads = find_loads(viewer=viewer, plan=plan).select_related("organisation")
    if up_to is not None:
        loads = loads.filter(number__lte=up_to).filter(Q(withdrawn=None) | Q(withdrawn_number__gt=up_to))
    elif known_on is None:
        loads = loads.filter(withdrawn=None)
    if known_on is not None:
        loads = loads.filter(known_on__lte=known_on)
    found = list(loads.order_by(*ORDER))
    if known_on is not None and up_to is None:
        found = [load for load in found if _stood_on(load, known_on)]
    return found


def _stood_on(load: Load, day: dt.date) -> bool:
    return load.withdrawn is None or london_day(load.loaded) <= day < london_day(load.withdrawn)


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
    """The series of a plan as known now, as known at vintage `up_to`, or as known on a day.

    None for codes, areas, span or breakdown means all of them. Two queries, whatever is asked.
    """
    loads = counting_loads(viewer=viewer, plan=plan, up_to=up_to, known_on=known_on)
    kept = find_kept(loads, codes=codes, areas=areas, span=span, breakdown=breakdown)
    return lay_over(plan, [load.pk for load in loads], kept)


Kept = tuple[str, str, str, str, object, list[StoredPoint]]
"""Code, area, span, breakdown, key of the load, points."""


def find_kept(
    loads: Iterable[Load],
    *,
    codes: Collection[str] | None = None,
    areas: Collection[str] | None = None,
    span: Span | None = None,
    breakdown: str | None = "",
) -> Iterable[Kept]:
    """What each of the loads says, series by series."""
    rows = KeptSeries.objects.filter(load__in=[load.pk for load in loads])
    for name, wanted in (("code__in", codes), ("area__in", areas)):
        if wanted is not None:
            rows = rows.filter(**{name: list(wanted)})
    if span is not None:
        rows = rows.filter(span=span.value)
    if breakdown is not None:
        rows = rows.filter(breakdown=breakdown)
    return (
        rows.order_by("code", "area", "span", "breakdown")
        .values_list("code", "area", "span", "breakdown", "load_id", "points")
        .iterator(chunk_size=2_000)
    )


def lay_over(plan: str, order: Collection[object], kept: Iterable[Kept]) -> dict[SeriesKey, Series]:
    """One series for each key. Points are laid over each other as stored, and only what is left is read."""
    rank = {load: at for at, load in enumerate(order)}
    by_key: dict[SeriesKey, list[tuple[int, object, list[StoredPoint]]]] = {}
    for code, area, length, part, load, points in kept:
        key = SeriesKey(plan, code, area, Span(length), part)
        by_key.setdefault(key, []).append((rank[load], load, points))
    found = {}
    for key, said in by_key.items():
        left: dict[str, tuple[object, StoredPoint]] = {}
        for _, load, points in sorted(said, key=lambda each: each[0]):
            left |= {str(point["to"]): (load, point) for point in points}
        found[key] = Series(key, tuple(restore_point(left[to][1], str(left[to][0])) for to in sorted(left)))
    return found


def newest_vintage(*, viewer: Viewer, plan: str) -> int:
    """The number of what is known now; 0 where nothing was loaded."""
    numbers = find_loads(viewer=viewer, plan=plan).values_list("number", "withdrawn_number")
    return max((max(number, withdrawn or 0) for number, withdrawn in numbers), default=0)


def find_load(key: object, *, viewer: Viewer) -> Load | None:
    """A load by its key, where the viewer may see it."""
    return find_loads(viewer=viewer).select_related("document", "organisation").filter(pk=key).first()


def find_loaded_hashes() -> set[str]:
    """The originals that loads and boundaries rest on, of every organisation: for checking the disk, not for
    showing."""
    loads = {file["sha256"] for files in Load.objects.values_list("files", flat=True) for file in files}
    return loads | set(BoundarySet.objects.values_list("sha256", flat=True))


def find_said(load: Load) -> dict[SeriesKey, Series]:
    """What one load said, whatever others say; the viewer was asked when the load was found."""
    return lay_over(load.plan, [load.pk], find_kept([load], breakdown=None))


def changes_since(
    plan: Plan, *, viewer: Viewer, vintage: int | None = None, day: dt.date | None = None
) -> list[ChangedFigure]:
    """What is otherwise now than at a vintage or on a day.

    Of a vintage that is a published report: than that report said, over the periods that it printed.
    """
    now = find_series(viewer=viewer, plan=plan.slug, breakdown=None)
    report = find_loads(viewer=viewer, plan=plan.slug).filter(number=vintage, kind="report").first()
    if vintage is not None and report is not None:
        return compare_published(plan, find_said(report), now)
    then = find_series(viewer=viewer, plan=plan.slug, breakdown=None, up_to=vintage, known_on=day)
    return compare_vintages(then, now)


def find_token_holder(secret: str, *, now: dt.datetime) -> User | None:
    """Whose token has this secret, while it opens; None otherwise. The secret itself is nowhere kept."""
    token = ReadToken.objects.select_related("user").filter(token_hash=hash_secret(secret)).first()
    if token is None:
        return None
    found: User = token.user
    return found if is_open(expires=token.expires, ended=token.ended, active=found.is_active, now=now) else None
