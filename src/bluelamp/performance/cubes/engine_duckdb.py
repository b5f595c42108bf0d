"""What does a cube plan count on this machine? DuckDB over the warehouse's Parquet files.

The connection reads those files and nothing else (`warehouse.connection`); the statement's values are parameters.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from bluelamp.performance.cubes.compiling import compile_plan, lookup_view
from bluelamp.performance.cubes.cube_plan import CubePlan
from bluelamp.performance.cubes.engine_faults import lacks_columns, lacks_memory
from bluelamp.performance.cubes.lookup_tables import make_lookup_table
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
                connection.register(lookup_view(level), make_lookup_table(lookups[level]))
            try:
                found: Any = connection.sql(statement.sql, params=dict(statement.values))
                yield found.to_arrow_reader(BATCH_ROWS)
            except duckdb.OutOfMemoryException as error:
                raise lacks_memory(self.limits.memory) from error
            except (duckdb.BinderException, duckdb.ConversionException) as error:
                raise lacks_columns(records, str(error)) from error
