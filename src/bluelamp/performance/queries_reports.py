"""Which figures does a performance report rest on, and which areas of a plan have any?"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from bluelamp.figures.months import Month
from bluelamp.lib.errors import PlainError
from bluelamp.organisations.visibility import Viewer
from bluelamp.papers.model import Marking
from bluelamp.performance.plans import Plan, load_plans
from bluelamp.performance.queries_figures import counting_loads, find_series
from bluelamp.performance.queries_indicators import make_load_known
from bluelamp.performance.reports.assemble import areas_at, find_area
from bluelamp.performance.reports.model import LoadKnown
from bluelamp.performance.series import FORCE, Series, SeriesKey

EVERY = "all"
LEVELS = ("force", "command", "neighbourhood", "team")


@dataclass(frozen=True)
class FiguresOfReport:
    """Every series of a plan as known at a vintage or on a day, and the loads that they come from."""

    plan: Plan
    series: Mapping[SeriesKey, Series]
    loads: tuple[LoadKnown, ...]
    marking: Marking

    @property
    def known_on(self) -> dt.date:
        """The day on which the newest of the figures was what was known: the report's own day."""
        return max(load.known_on for load in self.loads)

    @property
    def last(self) -> Month:
        """The last month that any series reaches."""
        return max(series.points[-1].to for series in self.series.values() if series.points)


def find_plan(slug: str, extra: Path | None = None) -> Plan:
    """The plan of that slug, shipped or of the workspace; PlainError names those there are."""
    plans = load_plans(extra)
    if slug in plans:
        return plans[slug]
    known = ", ".join(sorted(plans)) or "none"
    asked = f"There is no plan “{slug}”" if slug else "Name the plan to report on: --plan SLUG"
    raise PlainError(f"{asked}; the plans are: {known}.")


def find_figures(
    plan: Plan, *, viewer: Viewer, up_to: int | None = None, known_on: dt.date | None = None
) -> FiguresOfReport:
    """The plan's figures; PlainError where nothing was loaded."""
    loads = counting_loads(viewer=viewer, plan=plan.slug, up_to=up_to, known_on=known_on)
    series = find_series(viewer=viewer, plan=plan.slug, up_to=up_to, known_on=known_on) if loads else {}
    if not any(each.points for each in series.values()):
        when = f" was known on {known_on.isoformat()}" if known_on else " is loaded"
        raise PlainError(f"No figure of the plan {plan.slug}{when}: load some with bluelamp figures load.")
    high = Marking.OFFICIAL_SENSITIVE
    marking = high if any(load.marking == high.value for load in loads) else Marking.OFFICIAL
    return FiguresOfReport(plan, series, tuple(make_load_known(load) for load in loads), marking)


def choose_areas(figures: FiguresOfReport, asked: str) -> list[str]:
    """The areas that are asked for: a slug, several with commas between, a level of areas, or "all".

    PlainError where the plan has no such area, or an area has no figure.
    """
    having = {key.area for key, series in figures.series.items() if series.points}
    if asked == EVERY:
        listed = [FORCE, *(area.slug for area in figures.plan.areas)]
        return [slug for slug in dict.fromkeys(listed) if slug in having]
    chosen: list[str] = []
    for name in (each.strip() for each in asked.split(",")):
        if name in LEVELS and figures.plan.area(name) is None and name != FORCE:
            chosen += [area.slug for area in areas_at(figures.plan, name) if area.slug in having]
        elif name:
            chosen.append(find_area(figures.plan, name).slug)
    for slug in chosen:
        if slug not in having:
            known = ", ".join(sorted(having))
            raise PlainError(f"No figure of the area “{slug}” is loaded; there are figures of: {known}.")
    if not chosen:
        raise PlainError(f"No area of “{asked}” has a figure; name one of: {', '.join(sorted(having))}.")
    return list(dict.fromkeys(chosen))


def read_report_month(said: str, figures: FiguresOfReport) -> Month:
    """The month to which the report goes; PlainError where it is none, or no figure reaches it."""
    if not said:
        raise PlainError(f"Name the month to which the report goes: --to {figures.last}.")
    try:
        to = Month.parse(said)
    except ValueError:
        raise PlainError(f"“{said}” is no month: write it as --to 2021-03.") from None
    firsts = [series.points[0].to for series in figures.series.values() if series.points]
    if not min(firsts) <= to <= figures.last:
        raise PlainError(
            f"The figures of {figures.plan.slug} go from {min(firsts).words} to {figures.last.words}, so there is"
            f" no report to {to.words}."
        )
    return to
