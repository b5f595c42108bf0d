"""What does a cube plan count on Apache Spark? The same as DuckDB counts, in the same columns of the same types.

Spark is had elsewhere (`performance.spark`): on this machine, on a cluster, or behind Spark Connect. It reads the
files that the manifest names, in the warehouse's folder or under a base address where they were put.
"""

from __future__ import annotations

import datetime as dt
import re
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from bluelamp.lib.errors import PlainError
from bluelamp.performance.cubes.compiling import RECORDS, compile_plan, lookup_view
from bluelamp.performance.cubes.cube_plan import FORCE, CubePlan, Scalar, Total
from bluelamp.performance.cubes.engine_faults import first_line, lacks_columns, lacks_memory
from bluelamp.performance.cubes.lookup_tables import make_lookup_table
from bluelamp.performance.cubes.lookups import Lookup
from bluelamp.performance.warehouse.opening import OpenedRecords

if TYPE_CHECKING:
    import pyarrow as pa
    from pyspark.sql import DataFrame, SparkSession

ALIKE: Final = {
    "spark.sql.ansi.enabled": "true",  # what does not fit is an error, never a wrapped number or a blank
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.files.ignoreMissingFiles": "false",  # a file that is gone is an error, never zero records
    "spark.sql.files.ignoreCorruptFiles": "false",
    "spark.sql.parquet.mergeSchema": "true",  # files of one kind may differ in their columns
    "spark.sql.parquet.datetimeRebaseModeInRead": "CORRECTED",
    "spark.sql.parquet.inferTimestampNTZ.enabled": "true",
    "spark.sql.execution.arrow.useLargeVarTypes": "false",
    "spark.sql.caseSensitive": "false",
}
"""Set on every session, so that no setting of a cluster changes what is counted."""
_GLOB: Final = re.compile(r"([\\{}\[\]*?,^])")
_CAUSE: Final = re.compile(
    r"^(?:Caused by: |: )?(?:[a-z]\w{0,60}\.){1,12}\w{0,80}(?:Error|Exception): (.{1,500})", re.MULTILINE
)
_OTHER_COLUMNS: Final = (
    *("[UNRESOLVED_COLUMN", "[DATATYPE_MISMATCH", "[CAST_INVALID_INPUT]", "[CANNOT_MERGE_SCHEMAS]"),
    "[FAILED_READ_FILE.PARQUET_COLUMN_DATA_TYPE_MISMATCH]",
)
_NO_ROOM: Final = ("OutOfMemoryError", "No space left on device", "[UNABLE_TO_ACQUIRE_MEMORY]")
_NO_FILE: Final = ("[PATH_NOT_FOUND]", "FileNotFoundException", "[FAILED_READ_FILE", "[CANNOT_READ_FILE_FOOTER]")


@dataclass(frozen=True, slots=True)
class FilePlace:
    """Where Spark finds the files of the warehouse in `folder`: there, or under `base` (s3a://bucket/warehouse)."""

    folder: Path
    base: str = ""

    def place(self, file: Path) -> str:
        """As Spark's reader takes it, which reads braces and stars in a path as a pattern."""
        if not self.base:
            found = f"file:{file.absolute()}"
        else:
            found = f"{self.base.rstrip('/')}/{file.relative_to(self.folder).as_posix()}"
        return _GLOB.sub(r"\\\1", found)


@dataclass(frozen=True, slots=True)
class SparkEngine:
    """Counts on a session that somebody opened and will close. One count at a time: its views have fixed names."""

    session: SparkSession
    files: FilePlace
    memory: str = ""
    name: str = "spark"

    def count(self, plan: CubePlan, records: OpenedRecords, lookups: Mapping[str, Lookup]) -> pa.Table:
        """The cube: columns as `compiling.Statement` names them, rows in no order."""
        from py4j.protocol import Py4JError
        from pyspark.errors import PySparkException

        try:
            with unwarned():
                return _in_types_of_duckdb(self._query(plan, records, lookups).toArrow(), plan)
        except (PySparkException, Py4JError, OSError) as error:
            raise self._explain(str(error), records) from error

    def _query(self, plan: CubePlan, records: OpenedRecords, lookups: Mapping[str, Lookup]) -> DataFrame:
        for name, value in ALIKE.items():
            self.session.conf.set(name, value)
        read = self.session.read.option("recursiveFileLookup", "true")  # no columns out of a path's kind=street
        found = read.parquet(*(self.files.place(file) for file in records.files))
        narrow = {name for name, kind in found.dtypes if kind == "bigint"}
        if records.hidden:
            found = found.where(~found[FORCE].isin(list(records.hidden)))
        found.createOrReplaceTempView(RECORDS)
        for level in plan.lookups:
            table = self.session.createDataFrame(make_lookup_table(lookups[level]))
            table.createOrReplaceTempView(lookup_view(level))
        statement = compile_plan(plan, "spark", narrow)
        return self.session.sql(statement.sql, {name: _given(value) for name, value in statement.values.items()})

    def _explain(self, said: str, records: OpenedRecords) -> PlainError:
        """Of what Spark says, often a hundred lines."""
        why = find_reason(said)
        if any(each in said for each in _OTHER_COLUMNS):
            return lacks_columns(records, why)
        if any(each in said for each in _NO_ROOM):
            return lacks_memory(self.memory or "its share")
        if any(each in said for each in _NO_FILE):
            where = self.files.base or self.files.folder
            return PlainError(f"Spark cannot read the files of {records.kind} in {where} ({why}): put them there.")
        return PlainError(f"Spark stopped before it had counted ({why}): measure again.")


@contextmanager
def unwarned() -> Iterator[None]:
    """PySpark warns wherever it may meet pandas 3; nothing here goes through pandas."""
    with warnings.catch_warnings():
        warnings.filterwarnings(
            "ignore", message="PySpark does not yet fully support pandas", category=FutureWarning
        )
        yield


def find_reason(said: str) -> str:
    """The line that says why, of an error with Java's stack under it."""
    causes = _CAUSE.findall(said)
    return first_line(causes[-1] if causes else said)


def _given(value: Scalar) -> Any:
    """A moment as its day in UTC: the statement makes days of both, and PySpark would go by the machine's zone."""
    if not isinstance(value, dt.datetime):
        return value
    return (value.astimezone(dt.UTC) if value.tzinfo else value).date()


def _in_types_of_duckdb(table: pa.Table, plan: CubePlan) -> pa.Table:
    """Sums in 128 bits, whatever Spark made them of; nothing is said to be never empty."""
    import pyarrow as pa

    summed = {tally.name for tally in plan.tallies if tally.total is Total.SUM}
    fields = []
    for field in table.schema:
        kind = pa.decimal128(38, field.type.scale) if field.name in summed else field.type
        fields.append(pa.field(field.name, kind))
    return table.cast(pa.schema(fields))
