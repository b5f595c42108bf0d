"""Made archives in the public layout, of forces that do not exist, and how they are loaded in tests."""

from __future__ import annotations

import csv
import datetime as dt
import io
import uuid
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from bluelamp.performance.warehouse.connection import EngineLimits
from bluelamp.performance.warehouse.load_in_progress import LoadAsked, Loaded, NobodyWatches
from bluelamp.performance.warehouse.loading_archives import load_archive
from bluelamp.performance.warehouse.manifest import Warehouse
from bluelamp.performance.warehouse.mappings import load_mappings
from bluelamp.performance.warehouse.opening import connect, open_records
from bluelamp.performance.warehouse.sight import OPERATOR

NOW = dt.datetime(2026, 3, 2, 9, 0, tzinfo=dt.UTC)
# fmt: off
STREET = [
    "Crime ID", "Month", "Reported by", "Falls within", "Longitude", "Latitude", "Location", "LSOA code",
    "LSOA name", "Crime type", "Last outcome category", "Context",
]
STOPS = [
    "Type", "Date", "Part of a policing operation", "Policing operation", "Latitude", "Longitude", "Gender",
    "Age range", "Self-defined ethnicity", "Officer-defined ethnicity", "Legislation", "Object of search",
    "Outcome", "Outcome linked to object of search", "Removal of more than just outer clothing",
]
# fmt: on

Row = Mapping[str, str]


def street_row(n: int, month: str, **said: str) -> Row:
    row = {
        "Crime ID": f"{n:064x}",
        "Month": month,
        "Reported by": "Calder Vale Police",
        "Falls within": "Calder Vale Police",
        "Longitude": f"{-1.5 + (n % 7) / 100:.6f}",
        "Latitude": f"{53.0 + (n % 5) / 100:.6f}",
        "Location": "On or near Mill Lane",
        "LSOA code": f"E0{1000000 + n % 9}",
        "LSOA name": f"Calder Vale 00{n % 9}A",
        "Crime type": ("Burglary", "Drugs", "Robbery")[n % 3],
        "Last outcome category": "Under investigation",
    }
    return row | {key.replace("_", " "): value for key, value in said.items()}


def stop_row(n: int, month: str, **said: str) -> Row:
    row = {
        "Type": "Person search",
        "Date": f"{month}-{n % 28 + 1:02}T{n % 24:02}:30:00+00:00",
        "Latitude": "53.0",
        "Longitude": "-1.5",
        "Gender": "Male",
        "Object of search": "Controlled drugs",
        "Outcome": "Arrest",
        "Outcome linked to object of search": ("True", "False", "")[n % 3],
    }
    return row | {key.replace("_", " "): value for key, value in said.items()}


def make_csv(rows: Sequence[Row], heads: Sequence[str] = STREET) -> bytes:
    out = io.StringIO()
    writer = csv.DictWriter(out, heads, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode()


def street_files(months: Sequence[str], forces: Sequence[str], rows: int = 6, salt: int = 0) -> dict[str, bytes]:
    return {
        f"{month}/{month}-{force}-street.csv": make_csv(
            [street_row(salt + 1000 * f + n, month) for n in range(rows + f)]
        )
        for month in months
        for f, force in enumerate(forces)
    }


def make_zip(path: Path, files: Mapping[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return path


def make_folder(path: Path, files: Mapping[str, bytes]) -> Path:
    for name, data in files.items():
        (path / name).parent.mkdir(parents=True, exist_ok=True)
        (path / name).write_bytes(data)
    return path


def asked(**said: Any) -> LoadAsked:
    limits = EngineLimits(memory="300MB", threads=1)
    return LoadAsked(**({"id": str(uuid.uuid4()), "by": "a test", "now": NOW, "limits": limits} | said))


def load(warehouse: Warehouse, path: Path, **said: Any) -> Loaded:
    return load_archive(warehouse, path, list(load_mappings().values()), asked(**said), NobodyWatches())


def rows_of(
    warehouse: Warehouse, sql: str = "SELECT * FROM records ORDER BY ALL", kind: str = "street"
) -> list[Any]:
    with connect(
        open_records(warehouse, kind=kind, viewer=OPERATOR), EngineLimits(memory="300MB", threads=1)
    ) as connection:
        return connection.execute(sql).fetchall()


def counts_of(warehouse: Warehouse, kind: str = "street") -> dict[tuple[str, str], int]:
    """By month and force, from the rows themselves."""
    found = rows_of(warehouse, "SELECT strftime(month, '%Y-%m'), force, COUNT(*) FROM records GROUP BY ALL", kind)
    return {(month, force): count for month, force, count in found}


def files_of(warehouse: Warehouse) -> dict[str, bytes]:
    """Everything in the folder, but the lock."""
    return {
        path.relative_to(warehouse.folder).as_posix(): path.read_bytes()
        for path in sorted(warehouse.folder.rglob("*"))
        if path.is_file() and path.name != "load.lock"
    }
