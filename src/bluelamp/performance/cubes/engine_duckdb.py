"""What does a cube plan count on this machine? DuckDB over the warehouse's Parquet files.

The connection reads those files and nothing else (`warehouse.connection`); the statement's values are parameters.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from bluelamp.lib.errors import PlainError
from bluelamp.performance.cubes.compiling import compile_plan, lookup_view
from bluelamp.performance.cubes.cube_plan import CubePlan
from bluelamp.performance.cubes.lookups import Lookup
from bluelamp.performance.warehouse.connection import DEFAULT, EngineLimits
from bluelamp.performance.warehouse.opening import OpenedRecords, connect

if TYPE_CHECKING:
    import pyarrow as pa

BATCH_ROWS: Final = 122_880


@dataclass(frozen=True, slots=True)
class DuckDbEngine:
    """`limits.memory` bounds what DuckDB holds; it spills beyond."""

    limits: EngineLimits = DEFAULT
    name: str = "duckdb"

    def count(self, plan: CubePlan, records: OpenedRecords, lookups: Mapping[str, Lookup]) -> pa.Table:
        """The cube: columns as `compiling.Statement` names them, rows in no order."""
        with self.count_batches(plan, records, lookups) as batches:
            return batches.read_all()

    @contextmanager
    def count_batches(
        self, plan: CubePlan, records: OpenedRecords, lookups: Mapping[str, Lookup]
    ) -> Iterator[pa.RecordBatchReader]:
        """The cube a batch at a time, for cubes that need not be in memory whole."""
        import duckdb

        statement = compile_plan(plan, "duckdb")
        with connect(records, self.limits) as connection:
            for level in plan.lookups:
                connection.register(lookup_view(level), _make_table(lookups[level]))
            try:
                found: Any = connection.sql(statement.sql, params=dict(statement.values))
                yield found.to_arrow_reader(BATCH_ROWS)
            except duckdb.OutOfMemoryException as error:
                raise PlainError(
                    f"The count needs more than {self.limits.memory} of memory, or more room on the disk: ask for"
                    " fewer keys or months, or give the engine more."
                ) from error
            except (duckdb.BinderException, duckdb.ConversionException) as error:
                raise PlainError(
                    f"The records of the kind {records.kind} have not the columns that the measure counts"
                    f" ({str(error).splitlines()[0][:120]}): load them again, or look at the definition."
                ) from error


def _make_table(lookup: Lookup) -> pa.Table:
    import pyarrow as pa

    return pa.table(
        {
            "code": pa.array([row.code for row in lookup.rows], pa.string()),
            "area": pa.array([row.area for row in lookup.rows], pa.string()),
            "first": pa.array([row.first.first for row in lookup.rows], pa.date32()),
            "last": pa.array([row.last.first for row in lookup.rows], pa.date32()),
        }
    )
