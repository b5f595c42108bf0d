"""How fast do records come into the warehouse, against DuckDB's own CSV reader writing the same rows as Parquet?

The archive is made here, seeded: a folder of CSV files, and the same packed. In one warm process, five rounds in
turn; each ratio is the median of those within a round, by the clock and by the processor (other people's work on
the machine is in the one and not in the other), and both may be 1.3 at most.

What it is compared with is DuckDB's reader as it comes: it reads the folder's files, finds their types, and writes
one Parquet file, packed as ours are. The load does more: it hashes every file, trims every cell, keeps apart what
is blank and what cannot be read, writes a file for each month and each row's force in it, looks for eight kinds of
fault, and leaves nothing half-done. The harder comparison stands beside it without a bound: the same reader that
is told every type, finds nothing out, and writes the same files of months with the force.
"""

from __future__ import annotations

import datetime as dt
import random
import shutil
import sys
import tempfile
import uuid
import zipfile
from collections.abc import Callable
from pathlib import Path

from bench.rounds import find_median, find_peak, find_ratio, take_turns

RATIO_AT_MOST = 1.3
ROUNDS = 5
PLAIN, TOLD, FOLDER = "DuckDB's CSV reader", "its reader, told", "bluelamp, a folder"
TYPES = {"Month": "DATE", "Longitude": "DOUBLE", "Latitude": "DOUBLE"}
PACKED = "(FORMAT parquet, COMPRESSION zstd, COMPRESSION_LEVEL 1, ROW_GROUP_SIZE 122880)"
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
    """As it comes: it finds the types. Nothing is looked at, hashed, or kept of where a row came from."""
    import duckdb

    with duckdb.connect() as connection:
        connection.execute(f"COPY (SELECT * FROM read_csv('{folder}/*/*.csv')) TO '{target}/all.parquet' {PACKED}")


def read_as_told(folder: Path, target: Path) -> None:
    """The least there is: every type is told, the files are trusted; a file for each month, with the force."""
    import duckdb

    columns = ", ".join(f"'{head}': '{TYPES.get(head, 'VARCHAR')}'" for head in HEADS.strip().split(","))
    with duckdb.connect() as connection:
        for month in sorted(folder.iterdir()):
            connection.execute(
                f"COPY (SELECT parse_filename(source)[9:-12] AS force, DATE '{month.name}-01' AS month,"
                f" * EXCLUDE source FROM read_csv('{month}/*.csv', columns = {{{columns}}}, header = true,"
                " auto_detect = false, quote = '\"', dateformat = '%Y-%m', filename = 'source'))"
                f" TO '{target}/{month.name}.parquet' {PACKED}"
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


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="bluelamp-bench-") as name:
        base = Path(name)
        size = make_archive(base / "archive")
        make_zip(base / "archive", base / "archive.zip")
        (base / "plain").mkdir()
        ways: dict[str, Callable[[], None]] = {
            PLAIN: lambda: read_with_duckdb(base / "archive", base / "plain"),
            TOLD: lambda: read_as_told(base / "archive", base / "plain"),
            FOLDER: lambda: load(base / "archive", base / "warehouse"),
            "bluelamp, a zip file": lambda: load(base / "archive.zip", base / "warehouse"),
        }
        times = take_turns(ways, ROUNDS)
    for way, found in times.items():
        seconds = find_median(found).clock
        bound = f" (at most {RATIO_AT_MOST})" if way == FOLDER else ""
        print(
            f"loading: {way:20} {seconds:5.2f} s, {size / seconds / 1e6:4.0f} MB of text a second;"
            f" against {PLAIN} {find_ratio(found, times[PLAIN])}{bound}"
        )
    told = find_ratio(times[FOLDER], times[TOLD])
    print(
        f"loading: against its reader that is told every type {told}; peak memory {find_peak():.2f} GB", flush=True
    )
    if max(find_ratio(times[FOLDER], times[PLAIN])) > RATIO_AT_MOST:
        sys.exit(f"loading: the load takes more than {RATIO_AT_MOST} times as long as DuckDB's reader")


if __name__ == "__main__":
    main()
