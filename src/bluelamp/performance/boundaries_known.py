"""Which areas do the records know at a level? What boundaries are matched with."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from bluelamp.lib.errors import PlainError
from bluelamp.performance.boundaries_reading import FORCE
from bluelamp.performance.cubes.measuring import Asked
from bluelamp.performance.cubes.record_measures import Counted, Output, RecordMeasure, kinds_of
from bluelamp.performance.measure_answers import Counts, RecordDefinitions
from bluelamp.performance.warehouse.manifest import Manifest
from bluelamp.performance.warehouse.mappings import ColumnKind, say_where_kept

SMALL_AREA: Final = "small-area"
"""How people name the level of the codes that records bear, whatever their column is called."""


@dataclass(frozen=True)
class KnownLevel:
    """A level by its own name, and the areas that records know of it."""

    level: str
    areas: frozenset[str]


def find_levels(known: RecordDefinitions, kinds: Iterable[str]) -> dict[str, list[str]]:
    """Each level by its name, with the kinds of records whose codes it is read from (none for lookups)."""
    found: dict[str, list[str]] = {FORCE: [], **{level: [] for level in known.levels}}
    for kind in kinds:
        for name, key in known.keys(kind).items():
            if not key.lookup and known.columns(kind)[key.column] is ColumnKind.AREA:
                found.setdefault(name, []).append(kind)
    return found


def find_level_areas(said: str, *, manifest: Manifest, count: Counts, known: RecordDefinitions) -> KnownLevel:
    """The level that somebody named, and its areas. PlainError says which levels there are, or what is missing."""
    kinds = sorted({each.kind for each in manifest.months})
    levels = find_levels(known, kinds)
    unknown = [kind for kind in kinds if kind not in kinds_of(known.mappings)]
    level = _name_level(said, levels, known, unknown)
    areas = find_known_areas(level, levels[level], manifest=manifest, count=count, known=known)
    return KnownLevel(level, frozenset(areas))


def _name_level(said: str, levels: Iterable[str], known: RecordDefinitions, unknown: Sequence[str]) -> str:
    """`unknown`: kinds of records that are loaded and whose columns no mapping tells."""
    there = list(levels)
    codes = [level for level in there if level != FORCE and level not in known.levels]
    wanted = said.strip().lower()
    if wanted == SMALL_AREA and len(codes) == 1:
        return codes[0]
    if wanted not in there:
        cure = (
            " A level of your own is a lookup in the workspace, definitions/areas/LEVEL.csv: columns code, area."
        )
        if unknown:
            cure = (
                f" Records of the kind {' and '.join(unknown)} are loaded, and no mapping says which of their"
                f" columns holds areas. {say_where_kept(known.own)}"
            )
        raise PlainError(f"There is no level of areas {said[:60]}: there are {', '.join(there)}.{cure}")
    return wanted


def find_known_areas(
    level: str, kinds: Iterable[str], *, manifest: Manifest, count: Counts, known: RecordDefinitions
) -> set[str]:
    """PlainError where nothing that was loaded lies in any."""
    if level == FORCE:
        found = {part.force for part in manifest.parts()}
    elif level in known.levels:
        found = {row.area for row in known.lookup(level).rows}
    else:
        found = {area for kind in kinds for area in _find_codes(level, kind, count=count, known=known)}
    if not found:
        raise PlainError(f"No records are loaded that name areas of the level {level}: load records first.")
    return found


def _find_codes(level: str, kind: str, *, count: Counts, known: RecordDefinitions) -> set[str]:
    measured = count(make_records_measure(kind), Asked(keys=(known.keys(kind)[level],)))
    return {value for value in measured.keys[0].values if isinstance(value, str)}


def make_records_measure(kind: str) -> RecordMeasure:
    """How many records of a kind there are, whatever a measure counts of them."""
    return RecordMeasure(
        slug=f"records-of-{kind}",
        name=kind,
        kind=kind,
        tallies={"records": Counted(name="Records")},
        outputs=(Output(slug="number", name="Records", numerator="records"),),
    )
