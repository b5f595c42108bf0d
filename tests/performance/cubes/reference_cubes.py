"""The slow second engine: a cube plan counted in plain Python, row by row."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from bluelamp.figures.months import Month
from bluelamp.performance.cubes.cube_plan import CubePlan, Filter, Key, Operator, Tally, Total
from bluelamp.performance.cubes.lookups import Lookup
from bluelamp.performance.warehouse.coverage import Covered, Presence
from bluelamp.performance.warehouse.opening import OpenedRecords

Row = Mapping[str, Any]
Cube = dict[tuple[Any, ...], tuple[Any, ...]]
SCHEMA = pa.schema(
    {
        "force": pa.string(),
        "month": pa.date32(),
        "crime_type": pa.string(),
        "lsoa_code": pa.string(),
        "outcome_linked": pa.bool_(),
        "victims": pa.int64(),
        "loss": pa.decimal128(18, 4),
    }
)


def passes(row: Row, each: Filter) -> bool:
    value = row[each.column]
    match each.operator:
        case Operator.ANY_OF:
            return value is not None and value in each.values
        case Operator.NONE_OF:
            return value is None or value not in each.values
        case Operator.KNOWN:
            return value is not None
        case Operator.BLANK:
            return value is None
        case Operator.AT_LEAST:
            return value is not None and value >= each.values[0]
        case Operator.AT_MOST:
            return value is not None and value <= each.values[0]


def total(tally: Tally, rows: Iterable[Row]) -> Any:
    kept = [row for row in rows if all(passes(row, each) for each in tally.where)]
    if tally.total is Total.COUNT:
        return len(kept)
    said = [row[tally.column] for row in kept if row[tally.column] is not None]
    match tally.total:
        case Total.SUM:
            return sum(said)
        case Total.LEAST:
            return min(said, default=None)
        case Total.MOST:
            return max(said, default=None)


def values_of(row: Row, key: Key, window: int, lookups: Mapping[str, Lookup]) -> list[Any]:
    """What a record says for a key: several windows, or several areas."""
    month = Month.of(row["month"])
    if key.name == "month":
        return [month.index + later for later in range(window)]
    if not key.lookup:
        return [row[key.column]]
    rows = lookups[key.lookup].rows
    return [each.area for each in rows if each.code == row[key.column] and each.first <= month <= each.last] or [
        None
    ]


def count(plan: CubePlan, rows: Sequence[Row], lookups: Mapping[str, Lookup]) -> Cube:
    cells: dict[tuple[Any, ...], list[Row]] = {} if plan.keys else {(): []}
    for row in rows:
        month = Month.of(row["month"])
        if not all(passes(row, each) for each in plan.filters):
            continue
        if (plan.first and month < plan.first) or (plan.last and month > plan.last):
            continue
        places: list[tuple[Any, ...]] = [()]
        for key in plan.keys:
            places = [(*place, value) for place in places for value in values_of(row, key, plan.window, lookups)]
        for place in places:
            cells.setdefault(place, []).append(row)
    return {place: tuple(total(tally, kept) for tally in plan.tallies) for place, kept in cells.items()}


def as_cube(table: pa.Table, plan: CubePlan) -> Cube:
    """The engine's answer: keys come first, sums of nothing are none."""
    size = len(plan.keys)
    found: Cube = {}
    for values in zip(*(column.to_pylist() for column in table.columns), strict=True):
        numbers = tuple(
            0 if value is None and tally.total is Total.SUM else value
            for value, tally in zip(values[size:], plan.tallies, strict=True)
        )
        assert values[:size] not in found
        found[values[:size]] = numbers
    return found


def make_records(folder: Path, rows: Sequence[Row], covered: Sequence[Covered] = ()) -> OpenedRecords:
    """The rows as the warehouse keeps them, a file for each month; at least one file."""
    folder.mkdir(parents=True, exist_ok=True)
    files = []
    for month in sorted({row["month"] for row in rows}) or [dt.date(2020, 1, 1)]:
        path = folder / f"{month}.parquet"
        pq.write_table(pa.Table.from_pylist([dict(row) for row in rows if row["month"] == month], SCHEMA), path)
        files.append(path)
    return OpenedRecords(kind="street", load=1, files=tuple(files), covered=tuple(covered))


def make_row(**said: Any) -> Row:
    row = {"force": "calder-vale", "month": dt.date(2024, 1, 1), "crime_type": "Burglary", "lsoa_code": "E1"}
    return row | {"outcome_linked": None, "victims": 1, "loss": Decimal("1.5000")} | said


def cover(force: str, month: Month, rows: int | None, known_on: dt.date = dt.date(2026, 1, 31)) -> Covered:
    there = rows is not None
    return Covered(
        kind="street",
        force=force,
        month=month,
        presence=Presence.PRESENT if there else Presence.ABSENT,
        rows=rows,
        known_on=known_on if there else None,
        load=1 if there else None,
    )
