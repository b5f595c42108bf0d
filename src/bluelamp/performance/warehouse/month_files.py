"""How do a month's lists become one Parquet file, typed, every row of them there?"""

# ruff: noqa: S608  (what is put into SQL passes through quote_name, quote_text, or is ours)
from __future__ import annotations

import codecs
import csv
import os
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from bluelamp.lib.errors import PlainError
from bluelamp.performance.warehouse.manifest import settle
from bluelamp.performance.warehouse.mappings import RecordsMapping, match_heads
from bluelamp.performance.warehouse.typing_columns import quote_name, quote_text, select_typed

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

LONGEST_LINE: Final = 1_000_000  # bytes; the longest line seen is 400
SOURCE: Final = "source_file"  # the column that says from which file a row was read
_HEAD_BYTES: Final = 65_536
_LINE: Final = re.compile(r"CSV Error on Line: (\d{1,15})")
_PARQUET: Final = "(FORMAT parquet, COMPRESSION zstd, COMPRESSION_LEVEL 1, ROW_GROUP_SIZE 122880)"


class UnreadableListError(PlainError):
    """A list that cannot be read. The message names it."""


@dataclass(frozen=True)
class MonthList:
    """A CSV file on the disk with one force's records of one month. `name` is how it is shown."""

    path: Path
    name: str
    force: str
    heads: tuple[str, ...]


def read_heads(path: Path, name: str) -> tuple[str, ...]:
    """The headings of a CSV file. UnreadableListError where there are none, or they are no text."""
    with path.open("rb") as file:
        start = file.read(_HEAD_BYTES)
    line = (start.removeprefix(codecs.BOM_UTF8).splitlines() or [b""])[0]
    if not line:
        raise UnreadableListError(f"{name} is empty: it has not even a line of headings.")
    if len(line) >= _HEAD_BYTES - 3 or b"\0" in line:
        raise UnreadableListError(f"{name} does not begin with a line of headings: it is no CSV file.")
    try:
        row = next(csv.reader([line.decode("utf-8")], strict=True))
    except (UnicodeDecodeError, csv.Error) as error:
        raise UnreadableListError(f"{name} does not begin with a line of headings: it is no CSV file.") from error
    return tuple(head.strip() for head in row)


def select_lists(mapping: RecordsMapping, lists: Sequence[MonthList], month: str) -> str:
    """SQL of the typed rows of a month's lists, in their order. `month` is 2025-05."""
    groups: dict[tuple[str, ...], list[MonthList]] = {}
    for each in lists:
        groups.setdefault(each.heads, []).append(each)
    return "\nUNION ALL\n".join(_select_group(mapping, heads, group, month) for heads, group in groups.items())


def _select_group(mapping: RecordsMapping, heads: tuple[str, ...], group: Sequence[MonthList], month: str) -> str:
    found = match_heads(mapping, heads, where=group[0].name)
    forces = " ".join(f"WHEN {quote_text(str(each.path))} THEN {quote_text(each.force)}" for each in group)
    source = read_csv_sql([each.path for each in group], heads)
    beside = {"force": f"CASE {SOURCE} {forces} END", "month": f"DATE '{month}-01'"}
    return select_typed(mapping, found, source, beside=beside, month=month)


def read_csv_sql(paths: Sequence[Path], heads: Sequence[str]) -> str:
    """The call that reads CSV as text. Nothing is guessed: a sniffer that saw no quotation mark in its sample took
    "Bournemouth, Christchurch and Poole" for two cells (6 rows of the East Midlands archive of 2025)."""
    files = ", ".join(quote_text(str(path)) for path in paths)
    columns = ", ".join(f"{quote_text(head)}: 'VARCHAR'" for head in heads)
    return (
        f"read_csv([{files}], columns = {{{columns}}}, header = true, auto_detect = false, delim = ',',"
        f" quote = '\"', escape = '\"', strict_mode = true, null_padding = false, filename = '{SOURCE}',"
        f" max_line_size = {LONGEST_LINE})"
    )


def write_parquet(connection: DuckDBPyConnection, select: str, target: Path) -> int:
    """Write the rows beside the target and move them into place; returns how many. On the disk when it returns."""
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    beside = target.with_name(target.name + ".new")
    result = connection.execute(f"COPY ({select}) TO {quote_text(str(beside))} {_PARQUET}").fetchone()
    with beside.open("rb") as file:
        os.fsync(file.fileno())
    beside.replace(target)
    settle(target.parent)
    return int(result[0]) if result else 0


def write_month(
    connection: DuckDBPyConnection, mapping: RecordsMapping, lists: Sequence[MonthList], month: str, target: Path
) -> dict[str, int]:
    """One file of a month's lists, forces in order; returns each force's rows. UnreadableListError names one."""
    import duckdb

    ordered = sorted(lists, key=lambda each: each.force)
    try:
        write_parquet(connection, select_lists(mapping, ordered, month), target)
    except duckdb.Error as error:
        raise _find_unreadable(connection, mapping, ordered, month, error) from error
    return {each.force: 0 for each in ordered} | count_forces(connection, target)


def count_forces(connection: DuckDBPyConnection, path: Path) -> dict[str, int]:
    rows = connection.execute(
        f"SELECT force, COUNT(*) FROM read_parquet({quote_text(str(path))}, hive_partitioning = false)"
        " GROUP BY force"
    ).fetchall()
    return {str(force): int(count) for force, count in rows}


def _find_unreadable(
    connection: DuckDBPyConnection,
    mapping: RecordsMapping,
    lists: Sequence[MonthList],
    month: str,
    error: Exception,
) -> PlainError:
    """Which of the lists it was: each is read alone."""
    for each in lists:
        if fault := find_list_fault(connection, mapping, each, month):
            return UnreadableListError(fault)
    return PlainError(f"{month} could not be written: {_first_line(error)}. Look at the room on the disk.")


def find_list_fault(connection: DuckDBPyConnection, mapping: RecordsMapping, each: MonthList, month: str) -> str:
    """Why one list cannot be read, as a sentence; "" if it can."""
    import duckdb

    try:
        connection.execute(f"SELECT COUNT(COLUMNS(*)) FROM ({select_lists(mapping, [each], month)})").fetchall()
    except duckdb.Error as error:
        return f"{each.name} {explain_fault(error)}"
    return ""


def explain_fault(error: Exception) -> str:
    """Why DuckDB could not read CSV, as a clause that follows the file's name."""
    said = str(error)
    found = _LINE.search(said[:200])
    line = f"line {int(found[1]):,}" if found else "a line"
    reasons = {
        "Invalid unicode": f"has characters in {line} that are not UTF-8: save it as UTF-8.",
        "unterminated quote": f"has a quotation mark in {line} that is never closed: it is broken off or damaged.",
        "Expected Number of Columns": f"has too many or too few cells in {line}: it is broken off or damaged.",
        "Maximum line size": f"has a line longer than {LONGEST_LINE:,} characters: it is no list of records.",
        "invalid state": "mixes two kinds of line end, or has stray quotation marks: save it anew as CSV.",
    }
    return next((reason for key, reason in reasons.items() if key in said), f"cannot be read in {line} as CSV.")


def _first_line(error: Exception) -> str:
    return str(error).strip().splitlines()[0][:200] if str(error).strip() else type(error).__name__


def merge_month(
    connection: DuckDBPyConnection, sources: Sequence[tuple[Path, Sequence[str]]], target: Path
) -> None:
    """One file of the named forces' rows from each of the sources, forces in order."""
    selects = [
        f"SELECT * FROM read_parquet({quote_text(str(path))}, hive_partitioning = false)"
        f" WHERE force IN ({', '.join(quote_text(force) for force in forces)})"
        for path, forces in sources
    ]
    union = "\nUNION ALL BY NAME\n".join(selects)
    write_parquet(connection, f"SELECT * FROM ({union}) ORDER BY {quote_name('force')}", target)
