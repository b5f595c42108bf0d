"""A warehouse of two forces that do not exist, and boundaries of their areas as squares."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tests.performance.warehouse.warehouse_samples import load, make_csv, make_zip, street_row

from bluelamp.ledger.actions import Operator
from bluelamp.performance.warehouse.manifest import Warehouse

BY = Operator("load")
NOW = dt.datetime(2026, 3, 2, 9, 0, tzinfo=dt.UTC)
MONTHS = [f"2024-{number:02}" for number in range(1, 13)] + [f"2025-{number:02}" for number in range(1, 7)]
FORCES = ("calder-vale", "moorland")
ABSENT = ("moorland", "2025-06")
OUTCOMES = ("Under investigation", "Suspect charged", "Local resolution", "Unable to prosecute suspect")


def street_files(*, rugged: bool = False) -> dict[str, bytes]:
    """18 months: Calder Vale 27 crimes a month in nine areas, Moorland 30 in one, but for the last month.

    `rugged` ones go up and down, as records do, and some have an outcome.
    """
    files = {}
    for at, month in enumerate(MONTHS):
        for force, first, rows, area in (("calder-vale", 0, 27, ""), ("moorland", 500_000, 30, "E01000999")):
            if (force, month) == ABSENT:
                continue
            begin = first + 1000 * at
            chosen = [each * each % 97 if rugged else each for each in range(rows + (7 * at % 5) * 9 * rugged)]
            made = [street_row(begin + each, month, **({"LSOA_code": area} if area else {})) for each in chosen]
            if rugged:
                made = [row | {"Last outcome category": OUTCOMES[n % 4]} for n, row in enumerate(made)]
            files[f"{month}/{month}-{force}-street.csv"] = make_csv(made)
    return files


def street_warehouse(folder: Path) -> Warehouse:
    warehouse = Warehouse(folder)
    load(warehouse, make_zip(folder.parent / "archive.zip", street_files()))
    return warehouse


def square(west: float, south: float, size: float = 0.1) -> dict[str, Any]:
    ring = [[west, south], [west + size, south], [west + size, south + size], [west, south + size], [west, south]]
    return {"type": "Polygon", "coordinates": [ring]}


def feature(geometry: Any, **properties: Any) -> dict[str, Any]:
    return {"type": "Feature", "geometry": geometry, "properties": properties}


def collection(features: Sequence[dict[str, Any]]) -> bytes:
    return json.dumps({"type": "FeatureCollection", "features": list(features)}).encode()


def small_areas() -> bytes:
    """Nine squares of Calder Vale in a row, one of Moorland, and one that no record knows."""
    codes = [f"E0{1000000 + each}" for each in range(9)] + ["E01000999", "E01999999"]
    return collection(
        [
            feature(square(-2 + at / 10, 53), LSOA21CD=code, LSOA21NM=f"Square {at}")
            for at, code in enumerate(codes)
        ]
    )
