"""Which areas do the records know at a level? What boundaries are matched with."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from bluelamp.lib.errors import PlainError
from bluelamp.performance.boundaries_reading import FORCE
from bluelamp.performance.cubes.measuring import Asked
from bluelamp.performance.cubes.record_measures import Counted, Output, RecordMeasure
from bluelamp.performance.measure_answers import Counts, RecordDefinitions
from bluelamp.performance.warehouse.manifest import Manifest
from bluelamp.performance.warehouse.mappings import ColumnKind

SMALL_AREA: Final = "small-area"
"""How people name the level of the codes that records bear, whatever their column is called."""


def find_levels(known: RecordDefinitions, kinds: Iterable[str]) -> dict[str, list[str]]:
    """Each level by its name, with the kinds of records whose codes it is read from (none for lookups)."""
    found: dict[str, list[str]] = {FORCE: [], **{level: [] for level in known.levels}}
    for kind in kinds:
        for name, key in known.keys(kind).items():
            if not key.lookup and known.columns(kind)[key.column] is ColumnKind.AREA:
                found.setdefault(name, []).append(kind)
    return found


def name_level(said: str, levels: Iterable[str], known: RecordDefinitions) -> str:
    """The level that somebody named. PlainError says which there are."""
    there = list(levels)
    codes = [level for level in there if level != FORCE and level not in known.levels]
    wanted = said.strip().lower()
    if wanted == SMALL_AREA and len(codes) == 1:
        return codes[0]
    if wanted not in there:
        raise PlainError(f"There is no level of areas {said[:60]}: there are {', '.join(there)}.")
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
