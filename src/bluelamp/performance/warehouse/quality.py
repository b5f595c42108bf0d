"""What is wrong with the records that a load brought? Counted from the rows as they are kept, nothing mended.

A fault never removes a row: it is counted by force and month, and said, so that whoever reads a rate can know
what stands behind it.
"""

# ruff: noqa: S608  (what is put into SQL passes through quote_name, quote_text, or is ours)
from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Final

from bluelamp.performance.warehouse.mappings import ColumnKind, RecordsMapping
from bluelamp.performance.warehouse.typing_columns import quote_name, quote_text

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

SPREAD: Final = 4.0
"""Points further than so many standard deviations from the middle of a force's own records of the month are
outside. Boundaries, where somebody gives them, say better where it is."""

MOST_VALUES: Final = 50  # new categories of a column that are named one by one


class Check(StrEnum):
    """What was looked for. Each counts rows, but for the two that count values."""

    BLANK = "blank"
    UNREADABLE = "unreadable"
    DUPLICATED = "duplicated"  # rows beyond the first with one identifier, within a force and month
    HOUR_IS_MINUTE = "hour is minute"
    OTHER_MONTH = "outside the month"
    FAR_AWAY = "outside the force"
    NEW_CATEGORY = "new category"
    OTHER_PUBLISHER = "another publisher"  # rows under a name that is not the commonest of the file


@dataclass(frozen=True)
class Box:
    """Degrees, both ends included."""

    west: float
    south: float
    east: float
    north: float

    @property
    def edges(self) -> tuple[float, float, float, float]:
        return self.west, self.south, self.east, self.north


@dataclass(frozen=True, kw_only=True)
class Found:
    """So many rows of one force's month, of so many. `value` is the new category."""

    kind: str
    month: str
    force: str
    check: Check
    column: str
    rows: int
    of: int
    value: str = ""
    is_area: bool = False  # the column is that of the small area: without it a row is in no place


@dataclass(frozen=True, kw_only=True)
class QualityReport:
    """Of one load. `looked_at`: the rows of each kind and force."""

    load: int
    found: tuple[Found, ...]
    looked_at: tuple[tuple[str, str, int], ...]


def look_at_month(
    connection: DuckDBPyConnection, mapping: RecordsMapping, path: Path, month: str, boxes: Mapping[str, Box]
) -> list[Found]:
    """The faults of one month's file. `boxes` by force, where they are known."""
    source = f"read_parquet({quote_text(str(path))}, hive_partitioning = false)"
    expressions = _find_expressions(mapping)
    selected = ", ".join(f"{sql} AS c{n}" for n, (_, _, sql) in enumerate(expressions))
    rows = connection.execute(
        f"SELECT force, COUNT(*) AS of, {selected} FROM {source} GROUP BY force ORDER BY force"
    )
    found, sizes = [], {}
    for force, of, *counts in rows.fetchall():
        sizes[force] = of
        for (check, column, _), count in zip(expressions, counts, strict=True):
            if count:
                found.append(_found(mapping, month, force, check, column, int(count), of))
    for force, check, column, count, value in (
        *_find_new_categories(connection, mapping, source),
        *_find_publishers(connection, mapping, source),
        *_find_far_away(connection, mapping, source, boxes),
    ):
        found.append(_found(mapping, month, force, check, column, count, sizes[force], value))
    return found


def _found(
    mapping: RecordsMapping, month: str, force: str, check: Check, column: str, rows: int, of: int, value: str = ""
) -> Found:
    return Found(
        kind=mapping.kind,
        month=month,
        force=force,
        check=check,
        column=column,
        rows=rows,
        of=of,
        value=value,
        is_area=mapping.columns[column].kind is ColumnKind.AREA,
    )


def _find_expressions(mapping: RecordsMapping) -> list[tuple[Check, str, str]]:
    """What one pass over the file counts."""
    found = []
    for name, column in mapping.columns.items():
        quoted = quote_name(name)
        unreadable = f"COUNT(*) FILTER (list_contains(string_split(unreadable, ','), {quote_text(name)}))"
        found.append((Check.BLANK, name, f"COUNT(*) - COUNT({quoted}) - {unreadable}"))
        if column.kind not in _TEXTS:
            found.append((Check.UNREADABLE, name, unreadable))
        if column.kind is ColumnKind.IDENTIFIER:
            found.append((Check.DUPLICATED, name, f"COUNT({quoted}) - COUNT(DISTINCT {quoted})"))
        if column.kind is ColumnKind.TIME:
            found.append((Check.HOUR_IS_MINUTE, name, f"COUNT(*) FILTER (hour({quoted}) = minute({quoted}))"))
        if column.kind is ColumnKind.MONTH or column.places:
            outside = f"date_trunc('month', {quoted}) <> month"
            found.append((Check.OTHER_MONTH, name, f"COUNT(*) FILTER ({outside})"))
    return found


_TEXTS: Final = frozenset(
    {
        *(ColumnKind.TEXT, ColumnKind.CATEGORY, ColumnKind.PUBLISHER),
        *(ColumnKind.IDENTIFIER, ColumnKind.REFERENCE, ColumnKind.AREA),
    }
)
_Row = tuple[str, Check, str, int, str]


def _find_new_categories(connection: DuckDBPyConnection, mapping: RecordsMapping, source: str) -> Iterable[_Row]:
    for name, column in mapping.columns.items():
        if column.kind is not ColumnKind.CATEGORY or not column.known:
            continue
        known = ", ".join(quote_text(value) for value in column.known)
        rows = connection.execute(
            f"SELECT force, {quote_name(name)}, COUNT(*) FROM {source} WHERE {quote_name(name)} NOT IN ({known})"
            f" GROUP BY ALL ORDER BY ALL LIMIT {MOST_VALUES}"
        ).fetchall()
        yield from ((force, Check.NEW_CATEGORY, name, count, str(value)[:120]) for force, value, count in rows)


def _find_publishers(connection: DuckDBPyConnection, mapping: RecordsMapping, source: str) -> Iterable[_Row]:
    for name in mapping.of_kind(ColumnKind.PUBLISHER):
        rows = connection.execute(
            f"SELECT force, SUM(n) - MAX(n) AS others FROM (SELECT force, {quote_name(name)}, COUNT(*) AS n"
            f" FROM {source} WHERE {quote_name(name)} IS NOT NULL GROUP BY ALL) GROUP BY force HAVING others > 0"
        ).fetchall()
        yield from ((force, Check.OTHER_PUBLISHER, name, int(count), "") for force, count in rows)


def _find_far_away(
    connection: DuckDBPyConnection, mapping: RecordsMapping, source: str, boxes: Mapping[str, Box]
) -> Iterable[_Row]:
    """Rows outside the box of the force: one that was given, else one about the middle of its own rows."""
    east, north = mapping.of_kind(ColumnKind.LONGITUDE), mapping.of_kind(ColumnKind.LATITUDE)
    if len(east) != 1 or len(north) != 1:
        return
    x, y = quote_name(east[0]), quote_name(north[0])
    middle = ", ".join(f"avg({axis}), stddev_pop({axis})" for axis in (x, y))
    middles = connection.execute(
        f"SELECT force, {middle} FROM {source} WHERE {x} IS NOT NULL AND {y} IS NOT NULL GROUP BY force"
    ).fetchall()
    found = {force: boxes.get(force) or _box_about(*numbers) for force, *numbers in middles}
    if not found:
        return
    # DOUBLE said: a literal with a point is a decimal to DuckDB, and comparing with those took ten times as long.
    listed = ", ".join(
        f"({quote_text(force)}, {', '.join(f'CAST({edge!r} AS DOUBLE)' for edge in box.edges)})"
        for force, box in found.items()
    )
    rows = connection.execute(
        f"SELECT force, COUNT(*) FROM {source} JOIN (VALUES {listed}) AS boxes(force, west, south, east, north)"
        f" USING (force) WHERE NOT ({x} BETWEEN west AND east AND {y} BETWEEN south AND north)"
        " GROUP BY force ORDER BY force"
    ).fetchall()
    yield from ((force, Check.FAR_AWAY, east[0], int(count), "") for force, count in rows)


def _box_about(across: float, wide: float, up: float, high: float) -> Box:
    """About the mean, so many standard deviations each way; never so small that a rounding leaves it."""
    x, y = SPREAD * wide + 1e-6, SPREAD * high + 1e-6
    return Box(across - x, up - y, across + x, up + y)


def make_report(load: int, found: Sequence[Found], sizes: Mapping[tuple[str, str], int]) -> QualityReport:
    looked_at = tuple((kind, force, rows) for (kind, force), rows in sorted(sizes.items()))
    return QualityReport(load=load, found=tuple(found), looked_at=looked_at)


@dataclass(frozen=True)
class Summed:
    """One fault of a kind and force over all its months in the load."""

    kind: str
    force: str
    check: Check
    column: str
    rows: int
    of: int
    value: str = ""
    is_area: bool = False


def sum_report(report: QualityReport) -> list[Summed]:
    """By kind, force, check and column; `of` is all the rows of the kind and force that the load brought."""
    of = {(kind, force): rows for kind, force, rows in report.looked_at}
    counts: Counter[tuple[str, str, Check, str, str, bool]] = Counter()
    for each in report.found:
        counts[each.kind, each.force, each.check, each.column, each.value, each.is_area] += each.rows
    return [
        Summed(kind, force, check, column, rows, of[kind, force], value, is_area)
        for (kind, force, check, column, value, is_area), rows in sorted(counts.items())
    ]
