"""Load archives by children that are killed in the middle, many times, and look at what counts each time.

`python -m tests.performance.warehouse.warehouse_killing FOLDER TIMES` prints how many were killed in the middle.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

from tests.performance.warehouse.warehouse_samples import counts_of, load, make_zip, street_files

from bluelamp.performance.warehouse.manifest import Warehouse

FORCES = ["calder-vale", "esk", "teme"]
MONTHS = [f"2025-{month:02}" for month in range(1, 7)]

State = dict[tuple[str, str], int]


def make_archive(folder: Path, number: int) -> tuple[Path, State]:
    """Archive `number` says of every month of two of the forces, in turn, that it has so many rows."""
    forces = [FORCES[number % 3], FORCES[(number + 1) % 3]]
    files = street_files(MONTHS, forces, rows=5 + number, salt=100_000 * number)
    says = {(m, force): 5 + number + f for m in MONTHS for f, force in enumerate(forces)}
    return make_zip(folder / f"{number:03}.zip", files), says


def load_in_child(warehouse: Path, archive: Path, patience: float) -> bool:
    """True if the child was killed before it ended. No fork of this one: DuckDB's threads would not survive."""
    child = subprocess.Popen(
        [sys.executable, "-m", __spec__.name, str(warehouse), str(archive)], stdout=subprocess.PIPE
    )
    assert child.stdout is not None
    child.stdout.readline()  # it has begun
    try:
        child.wait(timeout=patience)
    except subprocess.TimeoutExpired:
        child.send_signal(signal.SIGKILL)
    child.wait()
    child.stdout.close()
    assert child.returncode in (0, -signal.SIGKILL), child.returncode
    return child.returncode != 0


def look(warehouse: Warehouse, before: State, after: State) -> State:
    """What counts is what counted before, or all that the load brought: nothing between."""
    if not warehouse.read_manifest().months:
        assert before == {}
        return {}
    found = counts_of(warehouse)
    assert found in (before, after), found
    said = {(part.month, part.force): part.rows for part in warehouse.read_manifest().parts()}
    assert said == found
    return found


def run(folder: Path, times: int) -> int:
    warehouse, chance = Warehouse(folder / "warehouse"), random.Random(20260302)
    state: State = {}
    killed, longest = 0, 0.4
    for number in range(times):
        archive, says = make_archive(folder, number)
        after = state | says
        killed += load_in_child(warehouse.folder, archive, chance.uniform(0.0, longest))
        state = look(warehouse, state, after)
        if number % 5 == 4:
            began = time.monotonic()
            load(warehouse, archive, known_on=None)
            longest = max(0.1, time.monotonic() - began) if state != after else longest
            state = look(warehouse, after, after)
    names = {path.name.split("-")[0] for path in warehouse.folder.rglob("*.*") if path.is_file()}
    assert {name for name in names if name.endswith(".new")} == set()
    return killed


if __name__ == "__main__":
    if sys.argv[2].isdecimal():
        sys.stdout.write(f"{run(Path(sys.argv[1]), int(sys.argv[2]))} killed\n")
    else:
        import duckdb  # noqa: F401  (so that the killing is of the load)

        sys.stdout.write("begun\n")
        sys.stdout.flush()
        load(Warehouse(Path(sys.argv[1])), Path(sys.argv[2]))
        os._exit(0)
