"""Which files hold the records that a measure counts, and what is missing from them?"""

# ruff: noqa: S608  (what is put into SQL passes through quote_name, quote_text, or is ours)
from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from bluelamp.figures.months import Month
from bluelamp.lib.errors import PlainError
from bluelamp.performance.warehouse.connection import DEFAULT, EngineLimits, open_for_reading
from bluelamp.performance.warehouse.coverage import Covered, Presence, find_coverage, find_kinds
from bluelamp.performance.warehouse.manifest import Warehouse
from bluelamp.performance.warehouse.sight import RecordsViewer, find_hidden, see_manifest
from bluelamp.performance.warehouse.typing_columns import quote_text

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


@dataclass(frozen=True, kw_only=True)
class OpenedRecords:
    """The records of a kind that count, as of one manifest (`load` is its last load).

    Every row of every file counts, but a month's file holds all forces: whoever asked for some filters on `force`,
    and everybody leaves out those of the forces that are `hidden` from them, which `connect` does by itself.
    Files of one kind may differ in their columns (a column came later), so they are read by name. `covered` names
    each month of each force, and a count of one that is not present is not known: it is never zero.
    """

    kind: str
    load: int
    files: tuple[Path, ...]
    covered: tuple[Covered, ...]
    hidden: tuple[str, ...] = ()  # forces in the files whose records the viewer may not count

    @property
    def missing(self) -> tuple[Covered, ...]:
        return tuple(each for each in self.covered if each.presence is not Presence.PRESENT)

    @property
    def source_sql(self) -> str:
        """What stands after FROM in DuckDB."""
        listed = ", ".join(quote_text(str(path)) for path in self.files)
        return f"read_parquet([{listed}], hive_partitioning = false, union_by_name = true)"

    @property
    def where_sql(self) -> str:
        """What follows it: nothing, where nothing is hidden."""
        listed = ", ".join(quote_text(force) for force in self.hidden)
        return f" WHERE force NOT IN ({listed})" if listed else ""


def open_records(
    warehouse: Warehouse,
    *,
    kind: str,
    viewer: RecordsViewer,
    first: Month | None = None,
    last: Month | None = None,
    forces: Sequence[str] | None = None,
) -> OpenedRecords:
    """The files of a kind from a first to a last month; all of them where none is named.

    What the viewer may not count is as if it had not been loaded.

    PlainError where there are no such records at all, or a file that counts is gone.
    """
    manifest = see_manifest(warehouse, viewer)
    covered = find_coverage(manifest, kind=kind, first=first, last=last, forces=forces)
    wanted = {each.month for each in covered if each.presence is Presence.PRESENT}
    found = [each for each in manifest.months if each.kind == kind and Month.parse(each.month) in wanted]
    if not found:
        kinds = ", ".join(find_kinds(manifest)) or "none"
        raise PlainError(
            f"There are no records of the kind “{kind}” for these months and forces: load them first"
            f" (kinds that are loaded: {kinds})."
        )
    files = tuple(warehouse.path(each.path) for each in found)
    for file in files if not warehouse.elsewhere else ():
        if not file.is_file():
            raise PlainError(f"{file} is gone, so nothing was counted: bring it back, or load its archive again.")
    hidden = tuple(
        sorted(force for of, force in find_hidden(warehouse, warehouse.read_manifest(), viewer) if of == kind)
    )
    return OpenedRecords(kind=kind, load=manifest.load, files=files, covered=tuple(covered), hidden=hidden)


@contextmanager
def connect(records: OpenedRecords, limits: EngineLimits = DEFAULT) -> Iterator[DuckDBPyConnection]:
    """DuckDB with a view `records` of these files, and nothing else of the machine within its reach."""
    with open_for_reading(records.files, limits) as connection:
        connection.execute(f"CREATE TEMP VIEW records AS SELECT * FROM {records.source_sql}{records.where_sql}")
        yield connection
