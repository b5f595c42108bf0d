"""What is wrong with a plan, in plain words: what cannot be used, and what its readers would ask about?"""

from __future__ import annotations

import datetime as dt
import difflib
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from bluelamp.organisations.bodies import Body
from bluelamp.performance.plan_faults_indicators import find_indicator_faults
from bluelamp.performance.plan_faults_records import find_area_faults, find_source_faults
from bluelamp.performance.plan_shape import PlanFault, advice, fault, say_meant
from bluelamp.performance.plans import LEVELS, AreaOfPlan, Plan, Theme
from bluelamp.performance.records_source import KnownRecords
from bluelamp.performance.series import FORCE

_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
PLAN = "the plan"


@dataclass(frozen=True, kw_only=True)
class Known:
    """What a plan may speak of. None: it was not asked, so nothing is said of it."""

    bodies: Mapping[str, Body]
    inspection_areas: frozenset[str] | None = None  # slugs of the areas of every framework
    measures: frozenset[str] | None = None
    records: KnownRecords | None = None


def find_plan_faults(plan: Plan, known: Known, day: dt.date | None = None) -> list[PlanFault]:
    """Every fault of the plan, in the order of its file. With `day`, reviews that are past by then too."""
    found = [*_of_plan(plan), *_of_bodies(plan, known.bodies), *_of_themes(plan), *_of_areas(plan)]
    found += _doubles("indicator", (each.code for each in plan.indicators))
    found += _names_twice(plan)
    found += find_area_faults(plan, known.records) if known.records else []
    for indicator in plan.indicators:
        found += find_indicator_faults(plan, indicator, day)
        found += _of_links(plan, known, indicator.code)
        found += find_source_faults(plan, indicator, known.records) if known.records else []
    return found


def _of_plan(plan: Plan) -> Iterator[PlanFault]:
    if not _SLUG.fullmatch(plan.slug):
        yield fault(PLAN, f"its slug “{plan.slug[:60]}” must be small letters, digits and hyphens")
    if not plan.name.strip():
        yield fault(PLAN, "it has no name")
    if plan.first and plan.last and plan.last < plan.first:
        yield fault(PLAN, f"it ends on {plan.last}, before it begins on {plan.first}")
    if not plan.indicators:
        yield fault(PLAN, "it has no indicators")
    if not plan.source.strip():
        yield advice(PLAN, "it does not say where it is printed (source)")
    if not plan.verified and not plan.notes.strip():
        yield advice(PLAN, "it is not verified, and its notes do not say what is unsure")


def _of_bodies(plan: Plan, bodies: Mapping[str, Body]) -> Iterator[PlanFault]:
    for field, code, kind in (("body", plan.body, "local_policing_body"), ("force", plan.force, "force")):
        named = bodies.get(code)
        if code and named is None:
            codes = {each.code.lower(): each.code for each in bodies.values() if each.kind == kind}
            near = difflib.get_close_matches(code.lower(), codes, n=1)
            meant = f"; did you mean “{codes[near[0]]}”?" if near else ""
            yield fault(PLAN, f"no {field} has the code “{code[:40]}”{meant}")
        elif named is not None and named.kind != kind and kind == "force":
            yield fault(PLAN, f"“{code}” ({named.name}) is no police force")
    body = bodies.get(plan.body)
    if body is not None and body.force and plan.force and body.force != plan.force:
        yield advice(PLAN, f"{body.name} holds {body.force} to account, and the plan judges {plan.force}")
    if plan.force and not plan.body:
        yield advice(PLAN, "it judges a force, and does not say whose plan it is (body)")


# -- themes and areas ----------------------------------------------------------------------------------------


def _of_themes(plan: Plan) -> Iterator[PlanFault]:
    yield from _doubles("theme", (theme.code for theme in plan.themes))
    parents = {theme.code: theme.parent for theme in plan.themes}
    used = {indicator.theme for indicator in plan.indicators} | set(parents.values())
    for theme in plan.themes:
        place = f"theme {theme.code}"
        yield from _of_parent(place, "theme", theme.code, parents)
        if not theme.name.strip():
            yield fault(place, "it has no name")
        if theme.code not in used:
            yield advice(place, "no indicator stands under it")
    yield from (advice(f"theme {theme.code}", words) for theme, words in _same_theme_names(plan.themes))


def _same_theme_names(themes: Iterable[Theme]) -> Iterator[tuple[Theme, str]]:
    first: dict[str, Theme] = {}
    for theme in themes:
        other = first.setdefault(name_key(theme.name), theme)
        if other is not theme and other.code != theme.code:
            yield theme, f"it has the same name as theme {other.code}"


def _of_areas(plan: Plan) -> Iterator[PlanFault]:
    yield from _doubles("area", (area.slug for area in plan.areas))
    parents = {area.slug: area.parent for area in plan.areas}
    parents.setdefault(FORCE, "")
    called: dict[str, AreaOfPlan] = {}
    for area in plan.areas:
        place = f"area {area.slug}"
        if not _SLUG.fullmatch(area.slug):
            yield fault(place, "its slug must be small letters, digits and hyphens")
        if area.level not in LEVELS:
            yield fault(
                place, f"the level “{area.level}” is none of {', '.join(LEVELS)}{say_meant(area.level, LEVELS)}"
            )
        yield from _of_parent(place, "area", area.slug, parents)
        for name in dict.fromkeys(map(name_key, (area.slug, area.name, *area.aliases))):
            other = called.setdefault(name, area)
            if other is not area and other.slug != area.slug:
                yield fault(place, f"the area {other.slug} has the name “{name}” too, so that figures fit both")


def _of_parent(place: str, noun: str, code: str, parents: Mapping[str, str]) -> Iterator[PlanFault]:
    parent = parents.get(code, "")
    if parent and parent not in parents:
        yield fault(place, f"its parent “{parent}” is no {noun} of the plan{say_meant(parent, sorted(parents))}")
    seen = {code}
    while parent:
        if parent in seen:
            yield fault(place, f"it is its own parent, by way of {parent}")
            return
        seen.add(parent)
        parent = parents.get(parent, "")


# -- indicators among each other, and what they speak of -----------------------------------------------------


def _names_twice(plan: Plan) -> Iterator[PlanFault]:
    called: dict[str, str] = {}
    for indicator in plan.indicators:
        for name in dict.fromkeys(map(name_key, (indicator.name, *indicator.aliases))):
            other = called.setdefault(name, indicator.code)
            if name and other != indicator.code:
                words = f"{other} has the same name, so that a row without a code fits both"
                yield advice(f"indicator {indicator.code}", words)


def _of_links(plan: Plan, known: Known, code: str) -> Iterator[PlanFault]:
    indicator = plan.indicator(code)
    assert indicator is not None  # it is one of the plan's own
    place = f"indicator {code}"
    if known.inspection_areas is not None:
        slugs = sorted(known.inspection_areas)
        for slug in indicator.inspection_areas:
            if slug not in known.inspection_areas:
                yield fault(place, f"no framework has the inspection area “{slug[:60]}”{say_meant(slug, slugs)}")
    measure = indicator.measure.partition("/")[0]
    if known.measures is not None and measure and measure not in known.measures:
        yield fault(place, f"there is no measure “{measure[:60]}”{say_meant(measure, sorted(known.measures))}")


def _doubles(noun: str, codes: Iterable[str]) -> Iterator[PlanFault]:
    for code, times in Counter(codes).items():
        if times > 1:
            yield fault(f"{noun} {code}", f"{times} {noun}s of the plan have this code")


def name_key(name: str) -> str:
    """A name as it is compared: case, marks and white space aside."""
    return " ".join(re.sub(r"[^\w%]+", " ", name.casefold()).split())
