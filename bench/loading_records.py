"""How fast do records come into the warehouse, against DuckDB's own CSV reader writing the same rows as Parquet?

Both in one warm process, in turn, the best of three; the archive is made here, seeded. Prints megabytes of text a
second, the ratio of the times (at most 1.3 is wanted) and the process's peak of memory. Exits 1 above the ratio.
"""

from __future__ import annotations

import datetime as dt
import random
import resource
import shutil
import sys
import tempfile
import time
import uuid
import zipfile
from collections.abc import Callable
from pathlib import Path

RATIO_AT_MOST = 1.3
MONTHS, FORCES, ROWS = 3, 12, 15_000
HEADS = (
    "Crime ID,Month,Reported by,Falls within,Longitude,Latitude,Location,LSOA code,LSOA name,Crime type,"
    "Last outcome category,Context\n"
)
KINDS = ("Violence and sexual offences", "Anti-social behaviour", "Shoplifting", "Burglary", "Drugs", "Robbery")
ENDS = ("Unable to prosecute suspect", "Investigation complete; no suspect identified", "", "Local resolution")


def make_archive(folder: Path) -> int:
    """Month folders of forces that do not exist; returns the bytes of text."""
    chance, size = random.Random(20260302), 0
    for month in (f"2025-{n:02}" for n in range(1, MONTHS + 1)):
        (folder / month).mkdir(parents=True)
        for force in range(FORCES):
            lines = [HEADS]
            for _ in range(ROWS):
                area = chance.randrange(600)
                lines.append(
                    f"{chance.getrandbits(256):064x},{month},Force {force} Police,Force {force} Police,"
                    f"{-1.5 + area / 900:.6f},{53 + chance.random() / 2:.6f},On or near Street {area},"
                    f"E010{force:02}{area:03},Force {force} {area:03}A,{chance.choice(KINDS)},"
                    f"{chance.choice(ENDS)},\n"
                )
            text = "".join(lines)
            (folder / month / f"{month}-force-{force}-street.csv").write_text(text, encoding="utf-8")
            size += len(text)
    return size


def make_zip(folder: Path, path: Path) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for file in sorted(folder.rglob("*.csv")):
            archive.write(file, file.relative_to(folder))


def read_with_duckdb(folder: Path, target: Path) -> None:
    """As it comes: it guesses the types. Nothing is looked at, hashed, or kept of where a row came from."""
    import duckdb

    with duckdb.connect() as connection:
        connection.execute(
            f"COPY (SELECT * FROM read_csv('{folder}/*/*.csv')) TO '{target}' (FORMAT parquet, COMPRESSION zstd)"
        )


def read_as_text(folder: Path, target: Path) -> None:
    """The least there is: cells as text, nothing guessed, nothing typed."""
    import duckdb

    columns = ", ".join(f"'{head}': 'VARCHAR'" for head in HEADS.strip().split(","))
    with duckdb.connect() as connection:
        connection.execute(
            f"COPY (SELECT * FROM read_csv('{folder}/*/*.csv', columns = {{{columns}}}, header = true,"
            f" auto_detect = false, quote = '\"')) TO '{target}' (FORMAT parquet, COMPRESSION zstd)"
        )


def load(path: Path, folder: Path) -> None:
    from bluelamp.performance.warehouse.load_in_progress import LoadAsked, NobodyWatches
    from bluelamp.performance.warehouse.loading_archives import load_archive
    from bluelamp.performance.warehouse.manifest import Warehouse
    from bluelamp.performance.warehouse.mappings import load_mappings

    shutil.rmtree(folder, ignore_errors=True)
    asked = LoadAsked(id=str(uuid.uuid4()), by="the bench", now=dt.datetime.now(dt.UTC))
    done = load_archive(Warehouse(folder), path, list(load_mappings().values()), asked, NobodyWatches())
    assert done.record is not None
    assert done.record.rows == MONTHS * FORCES * ROWS


def timed(work: Callable[[], None]) -> tuple[float, float]:
    """Seconds by the clock, and of the processor: on a busy machine only these can be compared."""
    begun, used = time.perf_counter(), time.process_time()
    work()
    return time.perf_counter() - begun, time.process_time() - used


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="bluelamp-bench-") as name:
        base = Path(name)
        size = make_archive(base / "archive")
        make_zip(base / "archive", base / "archive.zip")
        ways: dict[str, Callable[[], None]] = {
            "DuckDB's CSV reader": lambda: read_with_duckdb(base / "archive", base / "plain.parquet"),
            "the same, as text": lambda: read_as_text(base / "archive", base / "text.parquet"),
            "bluelamp, a folder": lambda: load(base / "archive", base / "warehouse"),
            "bluelamp, a zip file": lambda: load(base / "archive.zip", base / "warehouse"),
        }
        best = dict.fromkeys(ways, (float("inf"), float("inf")))
        for _ in range(3):
            for way, work in ways.items():
                wall, used = timed(work)
                best[way] = min(best[way][0], wall), min(best[way][1], used)
        plain = best["DuckDB's CSV reader"]
        for way, (wall, used) in best.items():
            times = f"{wall / plain[0]:5.2f} times (processor {used / plain[1]:4.2f})"
            print(f"{way:22} {wall:6.2f} s  {size / wall / 1e6:6.0f} MB/s  {times}")
        print(f"peak memory of the process: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")
    if best["bluelamp, a folder"][0] > RATIO_AT_MOST * plain[0]:
        print(f"The load takes more than {RATIO_AT_MOST} times as long as DuckDB's reader alone.")
        sys.exit(1)


if __name__ == "__main__":
    main()
