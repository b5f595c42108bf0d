"""How fast are measures counted from records, and in how much memory?

Synthetic records of our own, seeded: 43 forces over 180 months, in the warehouse's layout. In one warm process, in
turn: rolling 12 months by force and type, for all months, through Bluelamp (coverage, intervals and all) against
the counts alone in hand-written DuckDB SQL, and against decoding the three columns alone, which is Arrow's reader
bringing them into memory as their words and the place of each row's word among them. (A sum of lengths in DuckDB
asks each word once and no row; it stands beside that without a bound.) Then the same for three times as many
records, for how the time grows; a cube by month, small area and type under a bound of memory, its bounds worked
out batch by batch by the functions of `figures/`, in a process of its own; and pandas.

    python -m bench warehouse                  50 million records, and 150 million
    python -m bench.warehouse 5000000          fewer, and three times as many
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

import numpy as np

from bench.rounds import find_median, find_peak, find_ratio, take_turns, time_once
from bluelamp.figures.intervals import count_limits
from bluelamp.figures.months import Month, Span, months_between
from bluelamp.performance.cubes.asking import read_keys
from bluelamp.performance.cubes.engine_duckdb import DuckDbEngine
from bluelamp.performance.cubes.measuring import Asked, Measured, make_plan, measure_records
from bluelamp.performance.cubes.record_measures import columns_of, load_record_measures
from bluelamp.performance.warehouse.connection import EngineLimits
from bluelamp.performance.warehouse.manifest import Manifest, MonthFile, Part, Warehouse
from bluelamp.performance.warehouse.mappings import load_mappings
from bluelamp.performance.warehouse.opening import OpenedRecords, connect, open_records
from bluelamp.performance.warehouse.sight import OPERATOR

RECORDS: Final = 50_000_000
FIRST, LAST = Month(2011, 1), Month(2025, 12)
FORCES: Final = tuple(f"force-{number:02}" for number in range(1, 44))
TYPES: Final = tuple(f"Type of crime {number:02}" for number in range(1, 15))
AREAS: Final = 35_000
BY_HAND_AT_MOST, DECODING_AT_MOST, PANDAS_AT_LEAST = 1.25, 2.0, 10.0
MORE, GROWTH_AT_MOST = 3, 3.3
ROUNDS: Final = 5
FOLDER: Final = Path(os.environ.get("BLUELAMP_BENCH", "build/bench-warehouse"))
BOUND: Final = EngineLimits(memory="8GB")
SMALL: Final = "1GB"
LARGE_AT_MOST: Final = 2.0  # gigabytes

BY_HAND: Final = """
SELECT month, force, crime_type, sum(n) OVER (
    PARTITION BY force, crime_type ORDER BY month RANGE BETWEEN INTERVAL 11 MONTHS PRECEDING AND CURRENT ROW
) AS n
FROM (SELECT month, force, crime_type, count(*) AS n FROM records GROUP BY ALL)
"""
COLUMNS: Final = ["month", "force", "crime_type"]
LENGTHS: Final = "SELECT max(month), sum(strlen(force)), sum(strlen(crime_type)) FROM records"


# -- the records --------------------------------------------------------------------------------------------


def make_warehouse(folder: Path, records: int) -> Warehouse:
    """A file for each month, as a load writes them; made once for each size and kept."""
    warehouse = Warehouse(folder / f"{records}")
    if warehouse.read_manifest().months:
        return warehouse
    shutil.rmtree(warehouse.folder, ignore_errors=True)
    months = list(months_between(FIRST, LAST))
    files = tuple(_write_month(warehouse, month, records // len(months)) for month in months)
    warehouse.keep_manifest(Manifest(load=1, months=files))
    return warehouse


def _write_month(warehouse: Warehouse, month: Month, rows: int) -> MonthFile:
    import pyarrow as pa
    import pyarrow.parquet as pq

    random = np.random.default_rng(month.index)
    weights = 1 / np.arange(1, len(FORCES) + 1)
    per_force = random.multinomial(rows, weights / weights.sum())
    force = np.repeat(np.arange(len(FORCES), dtype=np.int32), per_force)
    kinds = random.choice(len(TYPES), rows, p=np.arange(1, 15) / 105).astype(np.int32)
    area = (force * (AREAS // len(FORCES)) + random.integers(0, AREAS // len(FORCES), rows)).astype(np.int32)
    table = pa.table(
        {
            "force": _words(force, FORCES),
            "month": pa.array(np.full(rows, np.datetime64(month.first)), pa.date32()),
            "crime_id": _identifiers(random, rows),
            "lsoa_code": _words(area, tuple(f"E01{number:06}" for number in range(AREAS))),
            "crime_type": _words(kinds, TYPES),
            "longitude": pa.array(random.uniform(-5, 2, rows).round(6)),
            "latitude": pa.array(random.uniform(50, 55, rows).round(6)),
        }
    )
    path = warehouse.path(f"records/street/{month}/part-000001.parquet")
    path.parent.mkdir(parents=True, exist_ok=True)
    pq.write_table(table, path, compression="zstd", row_group_size=122_880)
    parts = tuple(
        Part(kind="street", month=str(month), force=name, rows=int(number), sha256="", known_on=LAST.last, load=1)
        for name, number in zip(FORCES, per_force, strict=True)
    )
    name = str(path.relative_to(warehouse.folder))
    return MonthFile(kind="street", month=str(month), path=name, bytes=path.stat().st_size, parts=parts)


def _words(codes: np.ndarray, words: tuple[str, ...]) -> object:
    import pyarrow as pa

    return pa.DictionaryArray.from_arrays(pa.array(codes), pa.array(words)).cast(pa.string())


def _identifiers(random: np.random.Generator, rows: int) -> object:
    """Sixteen random letters each: a column that a careless plan would read."""
    import pyarrow as pa

    letters = random.integers(97, 123, rows * 16, dtype=np.uint8).tobytes()
    offsets = pa.py_buffer(np.arange(0, rows * 16 + 1, 16, dtype=np.int32).tobytes())
    return pa.StringArray.from_buffers(rows, offsets, pa.py_buffer(letters))


# -- the ways to count them ---------------------------------------------------------------------------------


def make_measuring(records: OpenedRecords) -> Callable[[], Measured]:
    """Definitions are read once a process; all else is done each time."""
    mappings = load_mappings()
    columns = columns_of("street", mappings)
    measure = load_record_measures(mappings)["street-crime"]
    asked = Asked(keys=read_keys("force,month,crime-type", columns, ()), span=Span.YEAR)
    engine = DuckDbEngine(BOUND)
    return lambda: measure_records(measure, asked, records, engine=engine, columns=columns, lookups={})


def count_by_hand(records: OpenedRecords) -> int:
    with connect(records, BOUND) as connection:
        return connection.sql(BY_HAND).to_arrow_table().num_rows


def decode_columns(records: OpenedRecords) -> int:
    """A file at a time, on as many threads as Arrow takes."""
    import pyarrow.parquet as pq

    rows = 0
    for file in records.files:
        table = pq.read_table(file, columns=COLUMNS, read_dictionary=COLUMNS[1:], partitioning=None)
        rows += table.num_rows
    return rows


def add_lengths(records: OpenedRecords) -> int:
    with connect(records, BOUND) as connection:
        return len(connection.sql(LENGTHS).fetchall())


def count_in_pandas(records: OpenedRecords) -> int:
    import pandas as pd

    frame = pd.read_parquet([str(file) for file in records.files], columns=COLUMNS)
    frame["ending"] = pd.to_datetime(frame["month"]).dt.to_period("M")
    monthly = frame.groupby(["ending", "force", "crime_type"]).size().unstack("ending", fill_value=0)
    return int(monthly.T.rolling(12).sum().count().sum())


# -- a large cube -------------------------------------------------------------------------------------------


def count_areas(folder: str) -> None:
    """Month x small area x type, a batch at a time; prints cells, records, peak and seconds."""
    mappings = load_mappings()
    columns = columns_of("street", mappings)
    asked = Asked(keys=read_keys("month,lsoa-code,crime-type", columns, ()))
    plan = make_plan(load_record_measures(mappings)["street-crime"], asked, columns)
    begun = time.perf_counter()
    cells = total = 0
    engine = DuckDbEngine(EngineLimits(memory=SMALL))
    with engine.count_batches(
        plan, open_records(Warehouse(Path(folder)), kind="street", viewer=OPERATOR), {}
    ) as batches:
        for batch in batches:
            cells += batch.num_rows
            counts = batch.column("records").to_numpy()
            total += int(counts.sum())
            count_limits(np.unique(counts))  # the bounds of a batch of cells are those of its few counts
    print(cells, total, find_peak(), time.perf_counter() - begun)


def measure_areas(warehouse: Warehouse) -> list[str]:
    done = subprocess.run(
        [sys.executable, "-m", "bench.warehouse", "areas", str(warehouse.folder)],
        check=True,
        capture_output=True,
        text=True,
    )
    cells, total, peak, seconds = done.stdout.split()
    print(
        f"warehouse: month x small area x type: {int(cells):,} cells of {int(total):,} records in"
        f" {float(seconds):.1f} s, {float(peak):.2f} GB (below {LARGE_AT_MOST})",
        flush=True,
    )
    return ["the cube by small area needs too much memory"] if float(peak) >= LARGE_AT_MOST else []


# -- all of it ----------------------------------------------------------------------------------------------


def open_made(records: int) -> tuple[Warehouse, OpenedRecords]:
    begun = time.perf_counter()
    warehouse = make_warehouse(FOLDER, records)
    opened = open_records(warehouse, kind="street", viewer=OPERATOR)
    rows = sum(each.rows or 0 for each in opened.covered)
    seconds = time.perf_counter() - begun
    print(
        f"warehouse: {rows:,} records in {len(opened.files)} files, made or found in {seconds:.0f} s", flush=True
    )
    return warehouse, opened


def main(records: int = RECORDS) -> None:
    warehouse, opened = open_made(records)
    _, more = open_made(records * MORE)
    measuring, measuring_more = make_measuring(opened), make_measuring(more)
    times = take_turns(
        {
            "bluelamp": measuring,
            "by hand": lambda: count_by_hand(opened),
            "decoding": lambda: decode_columns(opened),
            "lengths": lambda: add_lengths(opened),
            "more": measuring_more,
        },
        ROUNDS,
    )
    ours = times["bluelamp"]
    by_hand, decoding = find_ratio(ours, times["by hand"]), find_ratio(ours, times["decoding"])
    growth = find_ratio(times["more"], ours)
    print(
        f"warehouse: rolling 12 months x force x type, {len(measuring()):,} cells: {find_median(ours)} (seconds)"
    )
    print(f"warehouse: against the counts by hand {by_hand} (at most {BY_HAND_AT_MOST})")
    print(f"warehouse: against decoding the columns {decoding} (at most {DECODING_AT_MOST:.0f}); against a sum of")
    print(
        f"warehouse: the words' lengths in DuckDB, which asks each word once, {find_ratio(ours, times['lengths'])}"
    )
    print(f"warehouse: {MORE} times the records take {growth} times as long (at most {GROWTH_AT_MOST})")
    print(f"warehouse: peak memory {find_peak():.2f} GB", flush=True)
    slow = measure_areas(warehouse)
    pandas = time_once(lambda: count_in_pandas(opened)).clock / find_median(ours).clock
    print(f"warehouse: pandas takes {pandas:.0f} times as long (at least {PANDAS_AT_LEAST:.0f})", end="")
    print(f" and {find_peak():.1f} GB")
    for name, found, most in (
        ("counting by hand", by_hand, BY_HAND_AT_MOST),
        ("decoding the columns", decoding, DECODING_AT_MOST),
        ("three times the records", growth, GROWTH_AT_MOST),
    ):
        if max(found) > most:
            slow.append(f"against {name} the ratio is above {most}")
    if pandas < PANDAS_AT_LEAST:
        slow.append(f"pandas is not {PANDAS_AT_LEAST:.0f} times as slow")
    if slow:
        sys.exit(f"warehouse: {'; '.join(slow)}")


if __name__ == "__main__":
    if sys.argv[1:2] == ["areas"]:
        count_areas(sys.argv[2])
    else:
        main(int(sys.argv[1]) if sys.argv[1:] else RECORDS)
