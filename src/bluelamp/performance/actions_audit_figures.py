"""How does a closed audit's result become a figure of a plan's indicator?"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from bluelamp.figures.months import Month, Span
from bluelamp.ledger.actions import Actor
from bluelamp.lib.calendar_days import london_day
from bluelamp.lib.errors import PlainError
from bluelamp.organisations.models import User
from bluelamp.organisations.rules import NotAllowedError
from bluelamp.performance.actions_audit_designs import find_own_plan
from bluelamp.performance.actions_audits import working_on_audit
from bluelamp.performance.actions_figures import HAND, LoadAsked, load_figures
from bluelamp.performance.audit_results import one_place, restore_found
from bluelamp.performance.audit_rules import KINDS, SAMPLE, check_can_audit, check_known
from bluelamp.performance.loading_figures import ReadFigure, ReadFigures
from bluelamp.performance.loading_refusals import Place
from bluelamp.performance.models import Audit, Load
from bluelamp.performance.queries_figures import find_load, find_series
from bluelamp.performance.series import Point, SeriesKey


def load_result(audit: Audit, *, by: Actor, now: dt.datetime) -> Load:
    """The result as a figure by hand, with its sample and half width, known on the day the audit was closed.

    The load is written first and named by the audit after; where that did not come about, a second call names it.
    """
    check_can_audit("load", kind=audit.kind, state=audit.state, by=by)
    if not audit.plan:
        raise NotAllowedError("This audit names no indicator, so its result is no figure of a plan.")
    if audit.load_id:
        raise NotAllowedError("The result of this audit is a figure of the plan already.")
    plan, key = find_own_plan(audit.plan), key_of(audit)
    asked = LoadAsked(
        plan=plan,
        kind=HAND,
        name=f"{KINDS[audit.kind]}: {audit.title}",
        known_on=london_day(check_known(audit.closed)),
        note="The result of an audit.",
        organisation=audit.organisation,
        marking=audit.marking,
    )
    place = Place(asked.name, "", 1, 0)
    read = ReadFigures((ReadFigure(key, make_point(audit), place),))
    load = load_figures(read, asked, by=by, now=now).load or _find_same(audit, key, by)
    with working_on_audit(audit, step="load", by=by, now=now) as (book, held):
        held.load = load
        book.event("performance.audit_loaded", subject=held, change=[held], note={"vintage": load.number})
    return load


def key_of(audit: Audit) -> SeriesKey:
    return SeriesKey(audit.plan, audit.code, audit.area, Span(audit.span))


def make_point(audit: Audit) -> Point:
    """The figure. Of a weighed share the plain fraction would be another number, so it is not given."""
    to = Month.parse(audit.to)
    if audit.kind != SAMPLE:
        percent = audit.result.get("percent")
        if percent is None:
            raise NotAllowedError("No question applied, so there is no score to make a figure of.")
        top, bottom = Decimal(str(audit.result["points"])), Decimal(str(audit.result["possible"]))
        value = top * 100 / bottom
        return Point(to=to, value=value, numerator=top, denominator=bottom, printed=f"{one_place(value)}%")
    found = restore_found(audit.result)
    if found.value is None or found.half_width is None:
        raise NotAllowedError(f"The audit has no share of all cases to make a figure of. {found.why_not}")
    parts = {} if found.stratified else {"numerator": Decimal(found.passed), "denominator": Decimal(found.judged)}
    value = found.value if found.stratified else Decimal(found.passed) * 100 / found.judged
    return Point(
        to=to,
        value=value,
        **parts,
        sample=found.judged,
        half_width=found.half_width,
        printed=f"{one_place(found.value)}% ± {one_place(found.half_width)}",
    )


def _find_same(audit: Audit, key: SeriesKey, by: Actor) -> Load:
    """The load that says this already."""
    viewer = by if isinstance(by, User) else None
    series = find_series(viewer=viewer, plan=key.plan, codes=[key.code], areas=[key.area], span=key.span).get(key)
    load = find_load(series.at(Month.parse(audit.to)).load, viewer=viewer) if series else None
    if load is None:
        raise PlainError("Nothing new was loaded, and no load that says this was found: look at the plan's loads.")
    return load
