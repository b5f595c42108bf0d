"""How does a force's own list of records (crimes, incidents, calls, referrals, stops) come into the warehouse?

The list is read once, typed by its mapping, and shared out by the month of each row. A month of a force is told
from an earlier list's by its rows alone, so a list that comes every month with all the years before it brings only
what is new in it.
"""

from __future__ import annotations

# ruff: noqa: S608  (what is put into SQL passes through quote_name, quote_text, or is ours)
import csv
import datetime as dt
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from bluelamp.documents.document import UnreadableFileError
from bluelamp.documents.readers.forms import FormRow
from bluelamp.documents.sandbox import read_grid
from bluelamp.figures.months import Month, months_between
from bluelamp.lib.errors import PlainError
from bluelamp.lib.names import show_name
from bluelamp.lib.written import say_many
from bluelamp.performance.warehouse.archives import hash_file
from bluelamp.performance.warehouse.deciding import Verdict
from bluelamp.performance.warehouse.load_in_progress import LoadAsked, Loaded, LoadInProgress, Watcher, loading
from bluelamp.performance.warehouse.manifest import Warehouse
from bluelamp.performance.warehouse.mappings import RecordsMapping, head_key, match_heads
from bluelamp.performance.warehouse.month_files import (
    UnreadableListError,
    explain_fault,
    read_csv_sql,
    read_heads,
    write_parquet,
)
from bluelamp.performance.warehouse.typing_columns import quote_name, quote_text, select_typed

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

Months = tuple[Month, Month]
MOST_NAMED: Final = 5
HEADS_WITHIN: Final = 30  # rows of a sheet from the top among which the headings stand
_SUFFIXES: Final = (".csv", ".xlsx", ".parquet")


@dataclass(frozen=True)
class _Source:
    """A list that DuckDB can read: SQL after FROM, and its headings."""

    sql: str
    heads: tuple[str, ...]


def load_list(
    warehouse: Warehouse,
    path: Path,
    mapping: RecordsMapping,
    asked: LoadAsked,
    watcher: Watcher,
    *,
    covers: Months | None = None,
) -> Loaded:
    """Load a .csv, .xlsx or .parquet file. A PlainError says why nothing was loaded.

    `covers`: the first and last month that the list is complete for. Months of it without a row are then known to
    have none, and rows of other months are left out; otherwise only months that have rows are there.
    """
    name = show_name(path.name)
    _check_asked(path, name, mapping)
    day = asked.known_on
    if day is None:
        raise PlainError(f"Say with --known-on on which day {name} was what was known.")
    watcher.begin(path.stat().st_size)
    try:
        with loading(warehouse, asked, day) as load:
            sha256 = hash_file(path, watcher.advance)
            source = _open_source(load, path, name, mapping)
            staged = load.incoming / "list.parquet"
            unplaced, told = _stage(load.connection, mapping, source, staged, name)
            other = _bring_months(load, mapping, staged, covers)
            if other:
                told.append(
                    f"{say_many(other, 'row')} of other months left out: the list is said to cover {_say(covers)}."
                )
            return load.commit(
                name=name, source=mapping.slug, sha256=sha256, told=told, refused=(), unplaced=unplaced
            )
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise PlainError(f"{name} could not be loaded, and nothing of it was: {reason}.") from error


def _check_asked(path: Path, name: str, mapping: RecordsMapping) -> None:
    if not path.is_file():
        raise PlainError(f"There is no file {show_name(str(path))}: check its name.")
    if path.suffix.lower() not in _SUFFIXES:
        raise PlainError(f"{name} is neither .csv nor .xlsx nor .parquet: save it as one of them.")
    if mapping.archive:
        raise PlainError(f"{mapping.name} comes with the public archive: load it with bluelamp load police-uk.")


def _say(covers: Months | None) -> str:
    return f"{covers[0].words} to {covers[1].words}" if covers else ""


def _open_source(load: LoadInProgress, path: Path, name: str, mapping: RecordsMapping) -> _Source:
    if path.suffix.lower() == ".parquet":
        return _open_parquet(load.connection, path, name)
    if path.suffix.lower() == ".xlsx":
        path = _write_cells(path, name, mapping, load.incoming / "list.csv")
    heads = read_heads(path, name)
    return _Source(read_csv_sql([path], heads), heads)


def _open_parquet(connection: DuckDBPyConnection, path: Path, name: str) -> _Source:
    import duckdb

    sql = f"read_parquet([{quote_text(str(path))}], hive_partitioning = false)"
    try:
        described = connection.execute(f"DESCRIBE SELECT * FROM {sql}").fetchall()
    except duckdb.Error as error:
        raise UnreadableListError(f"{name} is no whole Parquet file: make it again.") from error
    heads = tuple(str(row[0]) for row in described)
    return _Source(f"(SELECT {', '.join(_as_text(*row[:2]) for row in described)} FROM {sql})", heads)


def _as_text(head: str, kind: str) -> str:
    """A typed column as it would be printed; a day at midnight that is kept as a moment stays one."""
    quoted = quote_name(head)
    return f"CAST({quoted} AS VARCHAR) AS {quoted}" if kind != "VARCHAR" else quoted


def _write_cells(path: Path, name: str, mapping: RecordsMapping, target: Path) -> Path:
    """A workbook's sheet as CSV. The file is opened in a child process with limits."""
    try:
        form = read_grid(path, path.name)
    except UnreadableFileError as error:
        raise UnreadableListError(f"{name}: {error}") from error
    sheets = {table.name: table for table in form.tables}
    if mapping.sheet and mapping.sheet not in sheets:
        raise UnreadableListError(f"{name} has no sheet “{mapping.sheet}”: it has {', '.join(sheets) or 'none'}.")
    table = sheets[mapping.sheet] if mapping.sheet else next(iter(sheets.values()), None)
    rows = [_cells_of(row) for row in table.rows] if table else []
    at = _find_head_row(rows, mapping)
    if at is None:
        raise UnreadableListError(f"{name} has no row with the headings of {mapping.name} on its sheet.")
    width = max((n + 1 for n, head in enumerate(rows[at]) if head.strip()), default=0)
    with target.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, lineterminator="\n", quoting=csv.QUOTE_ALL)
        for row in rows[at:]:
            if any(cell.strip() for cell in row):
                out.writerow([*row, *([""] * width)][:width])
    return target


def _cells_of(row: FormRow) -> list[str]:
    last = max((cell.column for cell in row.cells), default=-1)
    words = [""] * (last + 1)
    for cell in row.cells:
        words[cell.column] = cell.text
    return words


def _find_head_row(rows: Sequence[Sequence[str]], mapping: RecordsMapping) -> int | None:
    """The row that has a heading of every column that must be there."""
    needed = [
        {head_key(head) for head in column.heads} for column in mapping.columns.values() if not column.optional
    ]
    for at, row in enumerate(rows[:HEADS_WITHIN]):
        keys = {head_key(cell) for cell in row}
        if all(heads & keys for heads in needed):
            return at
    return None


def _stage(
    connection: DuckDBPyConnection, mapping: RecordsMapping, source: _Source, staged: Path, name: str
) -> tuple[int, list[str]]:
    """Every row, typed, with its force and month; returns how many have none of them, and what is said of it."""
    import duckdb

    found = match_heads(mapping, source.heads, where=name)
    typed = select_typed(mapping, found, source.sql)
    select = (
        f"SELECT {_force_sql(mapping)} AS force, CAST(date_trunc('month', {quote_name(mapping.place)}) AS DATE)"
        f" AS month, * FROM ({typed})"
    )
    try:
        write_parquet(connection, select, staged)
    except duckdb.Error as error:
        raise UnreadableListError(f"{name} {explain_fault(error)}") from error
    return _find_unplaced(connection, mapping, staged, name)


def _force_sql(mapping: RecordsMapping) -> str:
    if mapping.force:
        return quote_text(mapping.force)
    cases = " ".join(f"WHEN {quote_text(word)} THEN {quote_text(slug)}" for word, slug in mapping.forces.items())
    return f"CASE {quote_name(mapping.force_column)} {cases} END"


def _find_unplaced(
    connection: DuckDBPyConnection, mapping: RecordsMapping, staged: Path, name: str
) -> tuple[int, list[str]]:
    rows = f"read_parquet({quote_text(str(staged))})"
    counted = connection.execute(
        f"SELECT COUNT(*), COUNT(*) FILTER (month IS NULL), COUNT(*) FILTER (force IS NULL),"
        f" COUNT(*) FILTER (month IS NULL OR force IS NULL) FROM {rows}"
    ).fetchone()
    total, timeless, homeless, unplaced = counted or (0, 0, 0, 0)
    if total and unplaced == total:
        raise UnreadableListError(
            f"Not one row of {name} can be placed: look at the formats of {mapping.place}, and at force,"
            " in the mapping."
        )
    told = []
    if timeless:
        told.append(f"{say_many(timeless, 'row')} without a readable {mapping.place}, so of no month: left out.")
    if homeless:
        words = connection.execute(
            f"SELECT DISTINCT COALESCE({quote_name(mapping.force_column)}, '(blank)') AS word FROM {rows}"
            f" WHERE force IS NULL ORDER BY word LIMIT {MOST_NAMED}"
        ).fetchall()
        said = ", ".join(show_name(str(word[0]))[:60] for word in words)
        told.append(f"{say_many(homeless, 'row')} of a force that the mapping does not name ({said}): left out.")
    return int(unplaced), told


def _bring_months(load: LoadInProgress, mapping: RecordsMapping, staged: Path, covers: Months | None) -> int:
    """Bring each month that is new or otherwise; returns how many rows stand outside what the list covers."""
    digests = _digest_parts(load.connection, mapping, staged)
    other = 0
    if covers:
        inside = {str(month) for month in months_between(*covers)}
        other = sum(rows for (month, _), (_, rows) in digests.items() if month not in inside)
        forces = {mapping.force} if mapping.force else set(mapping.forces.values())
        empty = hashlib.sha256(b"no rows").hexdigest()
        digests = {(month, force): digests.get((month, force), (empty, 0)) for month in inside for force in forces}
    for month in sorted({month for month, _ in digests}):
        mine = {force: digest for (each, force), (digest, _) in digests.items() if each == month}
        judged = {force: load.judge((mapping.kind, month, force), digest) for force, digest in mine.items()}
        for counts in (True, False):
            forces = {
                force
                for force, verdict in judged.items()
                if verdict.brings_rows and counts is (verdict is not Verdict.OLDER)
            }
            if forces:
                chosen = {force: mine[force] for force in sorted(forces)}
                load.bring(mapping, month, chosen, _Writer(staged, month, sorted(forces)), counts=counts)
    return other


@dataclass(frozen=True)
class _Writer:
    """Writes a month's rows of the named forces from what was staged."""

    staged: Path
    month: str
    forces: Sequence[str]

    def __call__(self, connection: DuckDBPyConnection, path: Path) -> Mapping[str, int]:
        from bluelamp.performance.warehouse.month_files import count_forces

        listed = ", ".join(quote_text(force) for force in self.forces)
        write_parquet(
            connection,
            f"SELECT * FROM read_parquet({quote_text(str(self.staged))}) WHERE month = DATE '{self.month}-01'"
            f" AND force IN ({listed}) ORDER BY force",
            path,
        )
        return count_forces(connection, path)


def _digest_parts(
    connection: DuckDBPyConnection, mapping: RecordsMapping, staged: Path
) -> dict[tuple[str, str], tuple[str, int]]:
    """By month and force: a digest of its rows, whatever their order, and how many they are."""
    cells = ", ".join(
        f"COALESCE(CAST({quote_name(name)} AS VARCHAR), chr(1))" for name in (*mapping.columns, "unreadable")
    )
    row = f"concat_ws(chr(31), {cells})"
    rows = connection.execute(
        f"SELECT month, force, COUNT(*), SUM(md5_number_lower({row})), SUM(md5_number_upper({row}))"
        f" FROM read_parquet({quote_text(str(staged))}) WHERE month IS NOT NULL AND force IS NOT NULL GROUP BY ALL"
    ).fetchall()
    return {
        (_month_of(month), str(force)): (_digest(count, low, high), int(count))
        for month, force, count, low, high in rows
    }


def _month_of(day: dt.date) -> str:
    return str(Month.of(day))


def _digest(count: int, low: int, high: int) -> str:
    return hashlib.sha256(f"{count}:{low}:{high}".encode()).hexdigest()
