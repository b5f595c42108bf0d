"""Which areas of the records is an area of a plan made of?

What the plan says counts (`records` of an area); else the same name does. Of the force, the slug of its archive is
found among those that there are by the force's own names.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from bluelamp.lib.errors import PlainError
from bluelamp.organisations.bodies import Body
from bluelamp.performance.plan_faults import name_key
from bluelamp.performance.plans import AreaOfPlan, Plan
from bluelamp.performance.series import FORCE

_POLICE = re.compile(r" (?:police(?: service)?|constabulary)$")


@dataclass(frozen=True)
class PlacedArea:
    """An area of a plan (its slug), and the areas of the records that are added up for it."""

    slug: str
    areas: tuple[str, ...]


def find_forces(plan: Plan, there: Collection[str], bodies: Mapping[str, Body], kind: str) -> PlacedArea:
    """The force of the plan, by the slugs that records name it by. PlainError where it cannot be told which."""
    said = _said(plan.area(FORCE), FORCE)
    if said:
        return PlacedArea(FORCE, said)
    body = bodies.get(plan.force)
    found = sorted(_slugs_of(body) & set(there)) if body else []
    if len(found) == 1:
        return PlacedArea(FORCE, (found[0],))
    judged = f"The plan judges {body.name}" if body else "The plan judges no force"
    listed = ", ".join(sorted(there)[:12]) or "nobody"
    example = (sorted(there) or ["slug"])[0]
    raise PlainError(
        f"{judged}, and the records of the kind {kind} are those of {listed}: write in the plan, under its area"
        f" {FORCE}, which of them is meant, as “records: [{{level: force, areas: [{example}]}}]”."
    )


def _slugs_of(body: Body) -> set[str]:
    """ "Avon & Somerset Constabulary" is avon-and-somerset in the public archive."""
    names = {name.casefold().replace("&", "and") for name in (body.name, body.area, *body.aliases) if name}
    names |= {_POLICE.sub("", name) for name in names}
    return {"-".join(re.findall(r"[a-z0-9]+", name)) for name in names}


def _said(area: AreaOfPlan | None, level: str) -> tuple[str, ...]:
    return next((each.areas for each in area.records if each.level == level), ()) if area else ()


def find_other_forces(plan: Plan) -> list[PlacedArea]:
    """Areas of a plan that are forces themselves, as the plan says."""
    placed = (PlacedArea(area.slug, _said(area, FORCE)) for area in plan.areas if area.slug != FORCE)
    return [each for each in placed if each.areas]


def place_areas(
    plan: Plan, level: str, there: Iterable[str], *, overlaps: bool = False
) -> tuple[list[PlacedArea], list[str]]:
    """The plan's areas that have a counterpart at the level, and the names of those that have none.

    PlainError where the plan adds up areas that overlap.
    """
    by_name: dict[str, list[str]] = {}
    for name in sorted(set(there)):
        by_name.setdefault(name_key(name), []).append(name)
    placed, without = [], []
    for area in plan.areas:
        if area.slug == FORCE:
            continue
        areas = _said(area, level) or _same_name(area, by_name)
        if not areas:
            without.append(area.name)
        elif overlaps and len(areas) > 1:
            raise PlainError(
                f"The plan's area {area.slug} is made of {len(areas)} areas of the level {level}, which overlap: a"
                " record would count twice. Name one, or make one list of them."
            )
        else:
            placed.append(PlacedArea(area.slug, tuple(areas)))
    return placed, without


def _same_name(area: AreaOfPlan, by_name: Mapping[str, list[str]]) -> tuple[str, ...]:
    for name in (area.name, *area.aliases, area.slug, area.slug.replace("-", " ")):
        if found := by_name.get(name_key(name)):
            return tuple(found[:1])
    return ()
