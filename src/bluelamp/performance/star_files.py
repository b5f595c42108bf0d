"""How do the tables for analysts leave as CSV and Parquet, the same bytes each time?"""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Iterable
from decimal import Decimal
from typing import Any, Final

from bluelamp.papers.csv_tables import defuse
from bluelamp.performance.star_schema import (
    COLUMNS,
    DAY,
    INTEGER,
    MOMENT,
    NUMBER,
    PLACES,
    TEXT,
    YES_NO,
    StarTable,
    Value,
)

FORMATS: Final = {"csv": "text/csv; charset=utf-8", "parquet": "application/vnd.apache.parquet"}
"""The formats, and how each is called on the wire."""


def write_table(table: StarTable, form: str) -> bytes:
    """The table in one of FORMATS."""
    return write_parquet(table) if form == "parquet" else write_csv(table)


def write_csv(table: StarTable) -> bytes:
    """UTF-8 with its mark, so that Excel reads it as such. Words that could act as a formula begin with ' here."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow(table.names)
    words = [column.type == TEXT for column in table.columns]
    for row in table.rows:
        writer.writerow([_cell(value, is_words) for value, is_words in zip(row, words, strict=True)])
    return stream.getvalue().encode("utf-8-sig")


def _cell(value: Value, is_words: bool) -> str:
    if value is None:
        return ""
    if is_words:
        return defuse(str(value))
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, dt.datetime):
        return value.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return value.isoformat() if isinstance(value, dt.date) else str(value)


def write_parquet(table: StarTable) -> bytes:
    """Typed columns: numbers as exact decimals, days and moments as such, what is not known as null."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    types: dict[str, Any] = {
        TEXT: pa.string(),
        INTEGER: pa.int64(),
        NUMBER: pa.decimal128(38, PLACES),
        DAY: pa.date32(),
        MOMENT: pa.timestamp("us", tz="UTC"),
        YES_NO: pa.bool_(),
    }
    fields = [
        pa.field(column.name, types[column.type], metadata={"description": column.words})
        for column in table.columns
    ]
    columns: Iterable[tuple[Value, ...]] = zip(*table.rows, strict=True) if table.rows else ((),) * len(fields)
    arrays = [
        pa.array([_typed(value) for value in column], type=field.type)
        for column, field in zip(columns, fields, strict=True)
    ]
    stream = io.BytesIO()
    made = pa.Table.from_arrays(arrays, schema=pa.schema(fields, metadata={"description": table.words}))
    pq.write_table(made, stream, compression="zstd")
    return stream.getvalue()


def _typed(value: Value) -> Value:
    return round(value, PLACES) if isinstance(value, Decimal) else value


def describe_columns() -> bytes:
    """Every column of every table, as CSV: what the tables promise."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow(("table", "column", "type", "words"))
    for name, (_, columns) in COLUMNS.items():
        for column in columns:
            writer.writerow((name, column.name, column.type, column.words))
    return stream.getvalue().encode("utf-8-sig")
