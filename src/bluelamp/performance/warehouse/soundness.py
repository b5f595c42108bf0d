"""Are the files of the warehouse those that its manifest names, with the records that it says are in them?

A quick look compares names and sizes; a whole one counts every file's records by force and reads every load. The
digest of a Parquet file is not kept, only those of the lists that it was made of.
"""

# ruff: noqa: S608  (what is put into SQL passes through quote_text)
from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from bluelamp.lib.errors import PlainError
from bluelamp.performance.warehouse.connection import DEFAULT, EngineLimits, open_for_reading
from bluelamp.performance.warehouse.manifest import LoadRecord, Manifest, MonthFile, Warehouse
from bluelamp.performance.warehouse.typing_columns import quote_text

Tell = Callable[[int, int], None]
"""Called with how many files were looked at, and how many there are."""


@dataclass
class Soundness:
    """What was found; each fault is one plain sentence."""

    files: int = 0
    records: int = 0
    bytes: int = 0
    faults: list[str] = field(default_factory=list)
    loads: list[LoadRecord] = field(default_factory=list)  # those that can be read


def examine_warehouse(
    warehouse: Warehouse,
    *,
    whole: bool = True,
    limits: EngineLimits = DEFAULT,
    tell: Tell = lambda *_: None,
) -> Soundness:
    """Nothing where nothing was loaded yet."""
    found = Soundness()
    try:
        manifest = warehouse.read_manifest()
    except PlainError as error:
        found.faults.append(str(error))
        return found
    for number, month in enumerate(manifest.months):
        tell(number, len(manifest.months))
        fault = _find_fault(warehouse, month) or (_find_other_records(warehouse, month, limits) if whole else "")
        found.faults += [fault] if fault else []
        found.files, found.records, found.bytes = (
            *(found.files + 1, found.records + month.rows, found.bytes + month.bytes),
        )
    if whole:
        found.loads = list(_read_loads(warehouse, manifest, found.faults))
    return found


def _find_fault(warehouse: Warehouse, month: MonthFile) -> str:
    path = warehouse.path(month.path)
    if not path.is_file():
        return f"{path} is gone: its {month.kind} records of {month.month} cannot be counted. Bring it back."
    if (size := path.stat().st_size) != month.bytes:
        return f"{path} has {size:,} bytes where {month.bytes:,} were written: bring it back."
    return ""


def _find_other_records(warehouse: Warehouse, month: MonthFile, limits: EngineLimits) -> str:
    """Records are counted by force and compared with what each list brought."""
    import duckdb

    path = warehouse.path(month.path)
    source = f"read_parquet({quote_text(str(path))}, hive_partitioning = false)"
    sql = f"SELECT force, COUNT(*) FROM {source} GROUP BY force"
    try:
        with open_for_reading([path], limits) as connection:
            there = {str(force): int(rows) for force, rows in connection.execute(sql).fetchall()}
    except duckdb.Error:
        return f"{path} cannot be read any more: bring it back, or load its archives again."
    said = {part.force: part.rows for part in month.parts if part.rows}
    if there != said:
        force = min(each for each in {*there, *said} if there.get(each) != said.get(each))
        return (
            f"{path} has {there.get(force, 0):,} records of {force} where {said.get(force, 0):,} were loaded:"
            " somebody changed it. Bring it back."
        )
    return ""


def _read_loads(warehouse: Warehouse, manifest: Manifest, faults: list[str]) -> Iterator[LoadRecord]:
    """Each load, where it stands as it was; and every part that counts is of one of them, as it brought it."""
    brought: set[tuple[object, ...]] = set()
    for number in range(1, manifest.load + 1):
        try:
            load = warehouse.read_load(number)
        except PlainError as error:
            faults.append(str(error))
            continue
        brought |= {(number, part.key, part.sha256, part.rows) for part in load.brought}
        yield load
    strange = [each for each in manifest.parts() if (each.load, each.key, each.sha256, each.rows) not in brought]
    if strange:
        faults.append(
            f"The manifest of {warehouse.folder} names {len(strange):,} lists that no load brought, the first of"
            f" them {strange[0].kind} of {strange[0].force}, {strange[0].month}: bring manifest.json back."
        )
