"""How does a printed cell become a typed value, and what is said where it cannot? As SQL for DuckDB.

A blank stays empty. A cell that is not blank and cannot be read is empty too, and the column's name stands in the
row's `unreadable`, so that blank and unreadable are two things everywhere (law 3).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from bluelamp.performance.warehouse.mappings import Column, ColumnKind, RecordsMapping

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


def typed_columns(mapping: RecordsMapping, heads: Mapping[str, str]) -> str:
    """The select list of a mapping's columns and `unreadable`; `heads` are those that the file has, by column."""
    lines: list[str] = []
    doubts: dict[str, str] = {}
    for name, column in mapping.columns.items():
        kind = TYPES.get(column.kind, "VARCHAR")
        if name not in heads:
            lines.append(f"CAST(NULL AS {kind}) AS {quote_name(name)}")
            continue
        raw = raw_text(heads[name])
        typed = typed_value(raw, column)
        lines.append(f"{typed} AS {quote_name(name)}")
        if kind != "VARCHAR":
            doubts[name] = f"({raw} IS NOT NULL AND {typed} IS NULL)"
    return ",\n  ".join([*lines, f"{_name_unreadable(doubts)} AS unreadable"])


def _name_unreadable(doubts: Mapping[str, str]) -> str:
    """The names of a row's unreadable columns, with commas between. Put together for the rows that have any: for
    every row it took a tenth of a load's time."""
    if not doubts:
        return "CAST(NULL AS VARCHAR)"
    names = ", ".join(f"CASE WHEN {doubt} THEN {quote_text(name)} END" for name, doubt in doubts.items())
    return f"CASE WHEN {' OR '.join(doubts.values())} THEN CONCAT_WS(',', {names}) END"


def raw_text(head: str) -> str:
    """A cell without outer white space; empty where it is blank."""
    return f"NULLIF(TRIM({quote_name(head)}), '')"


def typed_value(raw: str, column: Column) -> str:
    """The SQL of the typed value of the cell whose text is the SQL `raw`; NULL where it cannot be read."""
    match column.kind:
        case ColumnKind.LONGITUDE:
            return _bounded(raw, 180)
        case ColumnKind.LATITUDE:
            return _bounded(raw, 90)
        case ColumnKind.NUMBER:
            return _bounded(raw, 10**15)
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
            return _sane(f"CAST(TRY_STRPTIME({raw}, {_formats(column.formats or _MONTHS)}) AS DATE)")
        case ColumnKind.DATE:
            return _sane(f"CAST(TRY_STRPTIME({raw}, {_formats(column.formats or _DAYS)}) AS DATE)")
        case ColumnKind.TIME if column.formats:
            return _sane(f"TRY_STRPTIME({raw}, {_formats(column.formats)})")
        case ColumnKind.TIME:
            # Not "AS TIMESTAMP", which drops the offset in silence (seen in DuckDB 2.0.0); the session is in UTC.
            return _sane(f"CAST(TRY_CAST({raw} AS TIMESTAMPTZ) AS TIMESTAMP)")
        case _:
            return raw


def _bounded(raw: str, most: int) -> str:
    number = f"TRY_CAST({raw} AS DOUBLE)"
    return f"CASE WHEN {number} BETWEEN -{most} AND {most} THEN {number} END"  # no infinity, no not-a-number


def _sane(moment: str) -> str:
    return f"CASE WHEN {moment} BETWEEN {_EARLIEST} AND {_LATEST} THEN {moment} END"


def _listed(words: tuple[str, ...]) -> str:
    return ", ".join(quote_text(word.strip().lower()) for word in words)


def _formats(formats: tuple[str, ...]) -> str:
    return "[" + ", ".join(quote_text(each) for each in formats) + "]"
