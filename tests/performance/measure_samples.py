"""A warehouse of two forces that do not exist, and boundaries of their areas as squares."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tests.performance.warehouse.warehouse_samples import load, make_csv, make_zip, street_row

from bluelamp.performance.warehouse.manifest import Warehouse

NOW = dt.datetime(2026, 3, 2, 9, 0, tzinfo=dt.UTC)
MONTHS = [f"2024-{number:02}" for number in range(1, 13)] + [f"2025-{number:02}" for number in range(1, 7)]
FORCES = ("calder-vale", "moorland")
ABSENT = ("moorland", "2025-06")


def street_warehouse(folder: Path) -> Warehouse:
    """18 months: Calder Vale 27 crimes a month in nine areas, Moorland 30 in one, but for the last month."""
    files = {}
    for at, month in enumerate(MONTHS):
        rows = [street_row(1000 * at + each, month) for each in range(27)]
        files[f"{month}/{month}-calder-vale-street.csv"] = make_csv(rows)
        if ("moorland", month) != ABSENT:
            rows = [street_row(500_000 + 1000 * at + each, month, LSOA_code="E01000999") for each in range(30)]
            files[f"{month}/{month}-moorland-street.csv"] = make_csv(rows)
    warehouse = Warehouse(folder)
    load(warehouse, make_zip(folder.parent / "archive.zip", files))
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
