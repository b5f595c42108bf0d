"""Which framework is a report written to: its grades, its areas, and their printed names?"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from bluelamp.lib.definitions import DefinitionError, find_definitions, read_definition
from bluelamp.lib.text import fold


@dataclass(frozen=True, kw_only=True)
class Grade:
    """A step of a scale. `aliases` are every other way it is printed ("Meets the standard")."""

    slug: str
    name: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Area:
    """An area of inspection. `aliases` are every other name it has in print."""

    slug: str
    name: str
    aliases: tuple[str, ...] = ()
    graded: bool = True
    parent: str = ""  # slug of the area it is part of
    code: str = ""  # "2A"
    verified: bool = True
    source: str = ""


@dataclass(frozen=True, kw_only=True)
class Framework:
    """One cycle of inspection.

    `grades` run from best to worst. `reader` names the module of `inspections.reading` that knows the layout.
    `comparable_with` lists the frameworks whose grades may be set beside these; by default none.
    `recognised_by` are phrases that a report of this cycle prints about itself (matched without case).
    """

    slug: str
    name: str
    publisher: str
    first_year: int
    last_year: int
    reader: str
    grades: tuple[Grade, ...]
    areas: tuple[Area, ...]
    recognised_by: tuple[str, ...] = ()
    comparable_with: tuple[str, ...] = ()
    directions: tuple[str, ...] = ()  # improved, stable, declined
    verified: bool = True
    source: str = ""
    notes: str = ""
    many_bodies: bool = False  # one report grades several forces, each in a chapter that bears its name

    def grade_named(self, printed: str) -> Grade | None:
        return _by_name(self.grades).get(name_key(printed))

    def area_named(self, printed: str) -> Area | None:
        """The area whose name, alias or slug is `printed`, marks and case aside."""
        key = name_key(printed)
        for area in self.areas:
            if key in {name_key(n) for n in (area.name, area.slug, *area.aliases)}:
                return area
        return None

    def area(self, slug: str) -> Area | None:
        return next((a for a in self.areas if a.slug == slug), None)


@lru_cache(maxsize=64)
def _by_name(grades: tuple[Grade, ...]) -> dict[str, Grade]:
    """Each grade under every name it has in print."""
    return {name_key(name): grade for grade in grades for name in (*grade.aliases, grade.name, grade.slug)}


_MARKS = re.compile(r"[^0-9a-z]+")


def name_key(printed: str) -> str:
    """A printed name without case, marks or white space at the ends: "Child abuse:" is "child-abuse"."""
    return _MARKS.sub("-", fold(printed).lower().replace("’", "").replace("'", "").replace("&", " and ")).strip(
        "-"
    )


@lru_cache(maxsize=8)
def load_frameworks(extra: Path | None = None) -> dict[str, Framework]:
    """Every framework by slug; a workspace's own (in `extra/frameworks`) replace shipped ones."""
    found: dict[str, Framework] = {}
    for path in find_definitions("frameworks", extra):
        framework = read_definition(path, Framework)
        _check(framework, path)
        found[framework.slug] = framework
    return found


def _check(framework: Framework, path: Path) -> None:
    slugs = [area.slug for area in framework.areas]
    for slug in slugs:
        if slugs.count(slug) > 1:
            raise DefinitionError(f"{path.name}: the area {slug} is defined twice")
    for area in framework.areas:
        if area.parent and area.parent not in slugs:
            raise DefinitionError(f"{path.name}: {area.slug} names {area.parent} as parent, which is no area")
