"""Load a made archive under a bound on memory that the system enforces; print its rows and the peak in megabytes.

`python -m tests.performance.warehouse.warehouse_memory FOLDER`
"""

from __future__ import annotations

import resource
import sys
import zipfile
from pathlib import Path

from tests.performance.warehouse.warehouse_samples import load, make_csv, street_row

from bluelamp.performance.warehouse.connection import EngineLimits
from bluelamp.performance.warehouse.manifest import Warehouse

MONTHS, FORCES, ROWS = 4, 30, 10_000


def make_large(path: Path) -> None:
    """Written file by file; each force's rows are the same, its identifiers too."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for month in (f"2025-{number:02}" for number in range(1, MONTHS + 1)):
            data = make_csv([street_row(n * 2_654_435_761, month) for n in range(ROWS)])
            for force in range(FORCES):
                archive.writestr(f"{month}/{month}-force{force:02}-street.csv", data)


def main(folder: Path) -> None:
    import duckdb  # noqa: F401  (its own libraries are no part of what a load needs)

    make_large(folder / "a.zip")
    resource.setrlimit(resource.RLIMIT_DATA, (1_200_000_000, 1_200_000_000))
    done = load(Warehouse(folder / "warehouse"), folder / "a.zip", limits=EngineLimits(memory="100MB", threads=2))
    assert done.record is not None
    sys.stdout.write(f"{done.record.rows} {find_peak()}\n")


def find_peak() -> int:
    """Megabytes. Not ru_maxrss, which begins at what the process that started this one ever held."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM:")) // 1024


if __name__ == "__main__":
    main(Path(sys.argv[1]))
