"""How does a printed cell become a typed value, and what is said where it cannot? As SQL for DuckDB.

A blank stays empty. A cell that is not blank and cannot be read is empty too, and the column's name stands in the
row's `unreadable`, so that blank and unreadable are two things everywhere (law 3).
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from bluelamp.performance.warehouse.mappings import PLACES, Column, ColumnKind, RecordsMapping

TYPES: Final = {
    ColumnKind.LONGITUDE: "DOUBLE",
    ColumnKind.LATITUDE: "DOUBLE",
    ColumnKind.NUMBER: "DOUBLE",
    ColumnKind.COUNT: "BIGINT",
    ColumnKind.DECIMAL: "DECIMAL(18,4)",
    ColumnKind.BOOLEAN: "BOOLEAN",
    ColumnKind.MONTH: "DATE",
    ColumnKind.DATE: "DATE",
    ColumnKind.TIME: "TIMESTAMP",
}
"""What columns are kept as; every other kind is VARCHAR."""

_DAYS: Final = ("%Y-%m-%d", "%d/%m/%Y")
_MONTHS: Final = ("%Y-%m",)
_EARLIEST, _LATEST = "DATE '1900-01-01'", "DATE '2199-12-31'"


def quote_name(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def quote_text(words: str) -> str:
    return "'" + words.replace("'", "''") + "'"


def select_typed(
    mapping: RecordsMapping,
    heads: Mapping[str, str],
    source: str,
    *,
    beside: Mapping[str, str] = MappingProxyType({}),
    month: str = "",
) -> str:
    """SELECT of a mapping's columns and `unreadable` from `source`; `heads` are those that it has, by column.

    `beside`: SQL of columns that stand first. `month`: what a column of months says almost everywhere (2025-05).
    In three steps, trimmed, read and bounded, so that no cell is trimmed or read twice.
    """
    trimmed = [f"{trim_text(head)} AS {_trimmed(name)}" for name, head in heads.items()]
    read: list[str] = []
    lines = [quote_name(name) for name in beside]
    doubts: dict[str, str] = {}
    for name, column in mapping.columns.items():
        kind = TYPES.get(column.kind, "VARCHAR")
        if name not in heads:
            lines.append(f"CAST(NULL AS {kind}) AS {quote_name(name)}")
        elif kind == "VARCHAR":
            lines.append(f"{_trimmed(name)} AS {quote_name(name)}")
        else:
            read.append(f"{read_value(_trimmed(name), column, month)} AS {_read(name)}")
            sound = _is_sound(_read(name), column.kind)
            lines.append(f"CASE WHEN {sound} THEN {_read(name)} END AS {quote_name(name)}")
            doubts[name] = f"({_trimmed(name)} IS NOT NULL AND ({sound}) IS NOT TRUE)"
    first = ",\n  ".join([*(f"{sql} AS {quote_name(name)}" for name, sql in beside.items()), *trimmed])
    last = ",\n  ".join([*lines, f"{_name_unreadable(doubts)} AS unreadable"])
    return f"SELECT {last}\nFROM (SELECT {', '.join(['*', *read])}\nFROM (SELECT {first}\nFROM {source}))"


def _trimmed(name: str) -> str:
    """No column of a mapping has a space in its name."""
    return quote_name(f"{name} trimmed")


def _read(name: str) -> str:
    return quote_name(f"{name} read")


def _name_unreadable(doubts: Mapping[str, str]) -> str:
    """The names of a row's unreadable columns, with commas between. Put together for the rows that have any: for
    every row it took a tenth of a load's time."""
    if not doubts:
        return "CAST(NULL AS VARCHAR)"
    names = ", ".join(f"CASE WHEN {doubt} THEN {quote_text(name)} END" for name, doubt in doubts.items())
    return f"CASE WHEN {' OR '.join(doubts.values())} THEN CONCAT_WS(',', {names}) END"


def trim_text(head: str) -> str:
    """A cell without outer white space; empty where it is blank.

    TRIM takes away every space that Unicode has, and copies each cell (95 ns). It is asked only for cells that may
    begin or end with one: those that end with a space, begin below "!", or are not all ASCII (14 ns).
    """
    cell = quote_name(head)
    doubtful = f"{cell} < '!' OR suffix({cell}, ' ') OR strlen({cell}) <> length({cell})"
    return f"CASE WHEN {doubtful} THEN NULLIF(TRIM({cell}), '') ELSE {cell} END"


def read_value(raw: str, column: Column, month: str = "") -> str:
    """The SQL of the typed value of the cell whose trimmed text is the SQL `raw`; NULL where it cannot be read."""
    match column.kind:
        case ColumnKind.LONGITUDE | ColumnKind.LATITUDE | ColumnKind.NUMBER:
            return f"TRY_CAST({raw} AS DOUBLE)"
        case ColumnKind.COUNT:  # a cast alone makes 2 of "1.5" here and 1 elsewhere
            return f"CASE WHEN regexp_full_match({raw}, '[+-]?[0-9]{{1,18}}') THEN TRY_CAST({raw} AS BIGINT) END"
        case ColumnKind.DECIMAL:
            number = "[+-]?[0-9]{1,14}([.][0-9]{1,4})?"
            return f"CASE WHEN regexp_full_match({raw}, '{number}') THEN TRY_CAST({raw} AS DECIMAL(18,4)) END"
        case ColumnKind.BOOLEAN:
            return f"CASE WHEN LOWER({raw}) IN ({_listed(column.true)}) THEN TRUE " + (
                f"WHEN LOWER({raw}) IN ({_listed(column.false)}) THEN FALSE END"
            )
        case ColumnKind.MONTH:
            read = f"CAST(TRY_STRPTIME({raw}, {_formats(column.formats or _MONTHS)}) AS DATE)"
            if not month or column.formats:
                return read
            return f"CASE WHEN {raw} = {quote_text(month)} THEN DATE '{month}-01' ELSE {read} END"
        case ColumnKind.DATE:
            return f"CAST(TRY_STRPTIME({raw}, {_formats(column.formats or _DAYS)}) AS DATE)"
        case ColumnKind.TIME if column.formats:
            return f"TRY_STRPTIME({raw}, {_formats(column.formats)})"
        case ColumnKind.TIME:
            # Not "AS TIMESTAMP", which drops the offset in silence (seen in DuckDB 2.0.0); the session is in UTC.
            return f"CAST(TRY_CAST({raw} AS TIMESTAMPTZ) AS TIMESTAMP)"
        case _:
            return raw


_MOST: Final = {ColumnKind.LONGITUDE: 180, ColumnKind.LATITUDE: 90, ColumnKind.NUMBER: 10**15}


def _is_sound(value: str, kind: ColumnKind) -> str:
    """Whether what was read can be kept: no infinity, no not-a-number, no day of another age."""
    if kind in _MOST:
        return f"{value} BETWEEN CAST(-{_MOST[kind]} AS DOUBLE) AND CAST({_MOST[kind]} AS DOUBLE)"
    if kind in PLACES:
        return f"{value} BETWEEN {_EARLIEST} AND {_LATEST}"
    return f"{value} IS NOT NULL"


def _listed(words: tuple[str, ...]) -> str:
    return ", ".join(quote_text(word.strip().lower()) for word in words)


def _formats(formats: tuple[str, ...]) -> str:
    return "[" + ", ".join(quote_text(each) for each in formats) + "]"
