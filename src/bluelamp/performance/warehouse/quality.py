"""What is wrong with the records that a load brought? Counted from the rows as they are kept, nothing mended.

A fault never removes a row: it is counted by force and month, and said, so that whoever reads a rate can know
what stands behind it.
"""

# ruff: noqa: S608  (what is put into SQL passes through quote_name, quote_text, or is ours)
from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Final

from bluelamp.figures.months import Month
from bluelamp.performance.warehouse.mappings import ColumnKind, RecordsMapping
from bluelamp.performance.warehouse.typing_columns import quote_name, quote_text

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

SPREAD: Final = 4.0
"""Points further than so many standard deviations from the middle of a force's own records of the month are
outside. Boundaries, where somebody gives them, say better where it is."""

MOST_ALIKE: Final = 1_000  # hashes that are named one by one
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
    """The faults of one month's file. `boxes` by force, where they are known.

    Each question reads only the columns that it is about: a Parquet file gives them apart, and most of them packed
    as a few values.
    """
    source = f"read_parquet({quote_text(str(path))}, hive_partitioning = false)"
    sizes, found = {}, []
    for force, of, faults in _count_faults(connection, mapping, source, Month.parse(month)):
        sizes[force] = of
        found += [(force, check, column, count, "") for check, column, count in faults]
    found += [
        *_find_again(connection, mapping, source),
        *_find_new_categories(connection, mapping, source),
        *_find_publishers(connection, mapping, source),
        *_find_far_away(connection, mapping, source, boxes),
    ]
    return [
        _found(mapping, month, force, check, column, count, sizes[force], value)
        for force, check, column, count, value in found
        if count
    ]


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


def _count_faults(
    connection: DuckDBPyConnection, mapping: RecordsMapping, source: str, month: Month
) -> Iterator[tuple[str, int, list[tuple[Check, str, int]]]]:
    """By force, its rows and what one pass over them counts. A cell is blank if it is empty and was always so."""
    timed = [(check, name, sql) for name in mapping.columns for check, sql in _time_faults(mapping, name, month)]
    counted = [f"COUNT({quote_name(name)})" for name in mapping.columns]
    wanted = ", ".join(("COUNT(*)", "COUNT(unreadable)", *counted, *(sql for _, _, sql in timed)))
    rows = connection.execute(f"SELECT force, {wanted} FROM {source} GROUP BY force ORDER BY force").fetchall()
    unreadable = _count_unreadable(connection, source) if any(row[2] for row in rows) else Counter()
    for force, of, _, *counts in rows:
        faults = []
        for name, there in zip(mapping.columns, counts, strict=False):
            lost = unreadable[force, name]
            faults += [(Check.BLANK, name, of - there - lost), (Check.UNREADABLE, name, lost)]
        late = counts[len(mapping.columns) :]
        faults += [(check, name, count) for (check, name, _), count in zip(timed, late, strict=True)]
        yield force, of, faults


def _count_unreadable(connection: DuckDBPyConnection, source: str) -> Counter[tuple[str, str]]:
    """By force and column."""
    found: Counter[tuple[str, str]] = Counter()
    rows = connection.execute(
        f"SELECT force, unreadable, COUNT(*) FROM {source} WHERE unreadable IS NOT NULL GROUP BY ALL"
    )
    for force, names, count in rows.fetchall():
        for name in names.split(","):
            found[force, name] += count
    return found


def _time_faults(mapping: RecordsMapping, name: str, month: Month) -> Iterator[tuple[Check, str]]:
    column, quoted = mapping.columns[name], quote_name(name)
    if column.kind is ColumnKind.TIME:
        yield Check.HOUR_IS_MINUTE, f"COUNT(*) FILTER (hour({quoted}) = minute({quoted}))"
    if column.kind is ColumnKind.MONTH or column.places:
        outside = f"{quoted} < DATE '{month.first}' OR {quoted} >= DATE '{month.plus(1).first}'"
        yield Check.OTHER_MONTH, f"COUNT(*) FILTER ({outside})"


_Row = tuple[str, Check, str, int, str]


def _find_again(connection: DuckDBPyConnection, mapping: RecordsMapping, source: str) -> Iterator[_Row]:
    """Identifiers that stand in a force's month before. Only those are compared whose hashes are alike: comparing
    all took half the time of all questions."""
    for name in mapping.of_kind(ColumnKind.IDENTIFIER):
        quoted = quote_name(name)
        there = f"FROM {source} WHERE {quoted} IS NOT NULL"
        alike = f"SELECT h FROM (SELECT hash(force, {quoted}) AS h {there}) GROUP BY h HAVING COUNT(*) > 1"
        found = [h for (h,) in connection.execute(f"{alike} LIMIT {MOST_ALIKE + 1}").fetchall()]
        if not found:
            continue
        listed = ", ".join(map(str, found)) if len(found) <= MOST_ALIKE else alike
        rows = connection.execute(
            f"SELECT force, CAST(SUM(n) - COUNT(*) AS BIGINT) FROM (SELECT force, {quoted}, COUNT(*) AS n {there}"
            f" AND hash(force, {quoted}) IN ({listed}) GROUP BY ALL) GROUP BY force ORDER BY force"
        ).fetchall()
        yield from ((force, Check.DUPLICATED, name, count, "") for force, count in rows)


def _find_new_categories(connection: DuckDBPyConnection, mapping: RecordsMapping, source: str) -> Iterator[_Row]:
    for name, column in mapping.columns.items():
        if column.kind is not ColumnKind.CATEGORY or not column.known:
            continue
        known = ", ".join(quote_text(value) for value in column.known)
        counted = f"SELECT force, {quote_name(name)} AS value, COUNT(*) AS n FROM {source} GROUP BY ALL"
        rows = (
            connection.execute(  # counted first: comparing every row with what is known takes four times as long
                f"WITH counted AS MATERIALIZED ({counted}) SELECT force, value, n FROM counted"
                f" WHERE value NOT IN ({known}) ORDER BY ALL LIMIT {MOST_VALUES}"
            ).fetchall()
        )
        yield from ((force, Check.NEW_CATEGORY, name, count, str(value)[:120]) for force, value, count in rows)


def _find_publishers(connection: DuckDBPyConnection, mapping: RecordsMapping, source: str) -> Iterator[_Row]:
    for name in mapping.of_kind(ColumnKind.PUBLISHER):
        rows = connection.execute(
            f"SELECT force, SUM(n) - MAX(n) AS others FROM (SELECT force, {quote_name(name)}, COUNT(*) AS n"
            f" FROM {source} WHERE {quote_name(name)} IS NOT NULL GROUP BY ALL) GROUP BY force HAVING others > 0"
        ).fetchall()
        yield from ((force, Check.OTHER_PUBLISHER, name, int(count), "") for force, count in rows)


def _find_far_away(
    connection: DuckDBPyConnection, mapping: RecordsMapping, source: str, boxes: Mapping[str, Box]
) -> Iterator[_Row]:
    """Rows outside the box of the force: one that was given, else one about the middle of its own rows."""
    east, north = mapping.of_kind(ColumnKind.LONGITUDE), mapping.of_kind(ColumnKind.LATITUDE)
    if len(east) != 1 or len(north) != 1:
        return
    x, y = quote_name(east[0]), quote_name(north[0])
    placed = f"FILTER ({x} IS NOT NULL AND {y} IS NOT NULL)"
    middle = ", ".join(f"avg({axis}) {placed}, stddev_pop({axis}) {placed}" for axis in (x, y))
    middles = connection.execute(
        f"SELECT force, min({x}), min({y}), max({x}), max({y}), {middle} FROM {source}"
        f" GROUP BY force HAVING COUNT(*) {placed} > 0"
    ).fetchall()
    found = {}
    for force, west, south, east_most, north_most, *numbers in middles:
        box = boxes.get(force) or _box_about(*numbers)
        if west < box.west or south < box.south or east_most > box.east or north_most > box.north:
            found[force] = box
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
