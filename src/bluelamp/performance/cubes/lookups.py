"""In which area of a level does a code lie, and since when? Lookups, as CSV files that a workspace brings.

`definitions/areas/local-authority.csv` has the columns code, area, and where they do not hold for ever, first and
last (months, 2021-04). A small area that was renumbered stands there under both codes, each with its months. A
level whose areas overlap (priority areas as lists) says so by its column `overlaps`, in any row: then a record
counts in each area that it lies in, and the areas are no parts of a whole.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from bluelamp.figures.months import Month
from bluelamp.lib.errors import PlainError

FOLDER: Final = "areas"
EVER: Final = (Month(1900, 1), Month(2199, 12))
MOST_ROWS: Final = 2_000_000


@dataclass(frozen=True, slots=True)
class Placed:
    """A code lies in an area from a first month to a last one."""

    code: str
    area: str
    first: Month = EVER[0]
    last: Month = EVER[1]


@dataclass(frozen=True, slots=True)
class Lookup:
    level: str
    rows: tuple[Placed, ...]
    overlaps: bool = False


def find_lookups(extra: Path | None) -> dict[str, Path]:
    """The levels that a workspace brings a lookup for."""
    folder = extra / FOLDER if extra else None
    return {path.stem: path for path in sorted(folder.glob("*.csv"))} if folder and folder.is_dir() else {}


def read_lookup(path: Path) -> Lookup:
    """PlainError where it cannot be read, or where a code lies in two areas at once that do not overlap."""
    try:
        rows = list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig")), strict=True))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise PlainError(f"{path.name} cannot be read as CSV in UTF-8: save it so.") from error
    if not rows or not {"code", "area"} <= set(rows[0]):
        raise PlainError(f"{path.name} needs the columns code and area, and at least one row.")
    if len(rows) > MOST_ROWS:
        raise PlainError(f"{path.name} has {len(rows):,} rows; at most {MOST_ROWS:,} are read.")
    placed = tuple(_read_row(path.name, number, row) for number, row in enumerate(rows, start=2))
    lookup = Lookup(path.stem, placed, overlaps=any((row.get("overlaps") or "").strip() for row in rows))
    if not lookup.overlaps and (twice := find_twice(placed)):
        raise PlainError(
            f"{path.name} puts {twice.code} into two areas in {max(twice.first, EVER[0])}: give each its first and"
            " last month, or say in a column overlaps that the areas do."
        )
    return lookup


def _read_row(name: str, number: int, row: Mapping[str, str | None]) -> Placed:
    code, area = (row.get("code") or "").strip(), (row.get("area") or "").strip()
    if not code or not area:
        raise PlainError(f"{name}: line {number} has no code or no area.")
    try:
        first = Month.parse(said) if (said := (row.get("first") or "").strip()) else EVER[0]
        last = Month.parse(said) if (said := (row.get("last") or "").strip()) else EVER[1]
    except ValueError as error:
        raise PlainError(f"{name}: line {number}: {error}.") from error
    if last < first:
        raise PlainError(f"{name}: line {number} ends before it begins.")
    return Placed(code, area, first, last)


def find_twice(rows: tuple[Placed, ...]) -> Placed | None:
    """The first row whose code lies elsewhere too in one of its months."""
    before: dict[str, Placed] = {}
    for row in sorted(rows, key=lambda each: (each.code, each.first, each.area)):
        last = before.get(row.code)
        if last is not None and row.first <= last.last:
            return row
        before[row.code] = row
    return None
