"""How long does a list of 5,000 rows take to come in, and for how long does nobody else write meanwhile?

Makes a workspace and two lists (its own words, seeded), takes each in as `bluelamp import items --accept` does,
and prints the seconds of the whole and those under the write lock, the storing of the file as a document included.
"""

from __future__ import annotations

import csv
import datetime as dt
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROWS = 5_000
SLOWEST = 60.0  # seconds, the whole
LONGEST_LOCK = 5.0  # seconds, all locks together
HEADS = ("Ref", "Type", "Source", "Recommendation", "Detail", "Area", "Date raised", "Due date", "Owner", "Status")


def main() -> None:
    """Print the table; exit 1 where it is slower than it may be."""
    print(f"{'list of 5,000 rows':<24}{'whole':>10}{'under lock':>14}")
    bad = False
    for kind in ("csv", "xlsx"):
        with tempfile.TemporaryDirectory(prefix="bluelamp-bench-") as folder:
            environment = {**os.environ, "BLUELAMP_WORKSPACE": f"{folder}/ws"}
            command = [sys.executable, "-m", "bench.imports", kind]
            done = subprocess.run(command, env=environment, stdout=subprocess.PIPE, text=True, check=True)
        whole, locked = map(float, done.stdout.split())
        print(f"{kind:<24}{whole:>8.1f} s{locked:>12.1f} s")
        bad = bad or whole > SLOWEST or locked > LONGEST_LOCK
    if bad:
        print(f"Slower than it may be: {SLOWEST:.0f} s in all, {LONGEST_LOCK:.0f} s under the lock.")
        sys.exit(1)


def measure(kind: str) -> tuple[float, float]:
    """Seconds of the whole import and of its transactions."""
    from bluelamp.cli.django import start_django
    from bluelamp.cli.init import make_workspace

    workspace = start_django()
    make_workspace(workspace)
    path = workspace.folder / f"list.{kind}"
    _write_list(path)
    from bluelamp.cli.import_items import _import
    from bluelamp.register.import_mappings import load_mapping
    from bluelamp.register.import_planning import Asked

    asked = Asked(mapping=load_mapping("action-tracker"), force="NTS")
    start = time.perf_counter()
    with _timed_transactions() as seconds:
        plan = _import(asked, path, True)
    whole = time.perf_counter() - start
    assert plan.counts["new"] == ROWS
    return whole, sum(seconds)


@contextmanager
def _timed_transactions() -> Iterator[list[float]]:
    """The seconds of each outermost transaction, from when it is open to when it is kept."""
    from django.db.transaction import Atomic

    seconds: list[float] = []
    begun: list[float] = []
    enter, leave = Atomic.__enter__, Atomic.__exit__

    def open_(self: Atomic) -> None:
        enter(self)
        begun.append(time.perf_counter())

    def close(self: Atomic, *error: object) -> None:
        leave(self, *error)
        start = begun.pop()
        if not begun:
            seconds.append(time.perf_counter() - start)

    Atomic.__enter__, Atomic.__exit__ = open_, close
    try:
        yield seconds
    finally:
        Atomic.__enter__, Atomic.__exit__ = enter, leave


_WORDS = [
    f"{start}{end}" for start in ("count", "mend", "paint", "check", "train") for end in ("", "s", "ed", "ing")
]


def _write_list(path: Path) -> None:
    choose = random.Random(3)
    rows = [HEADS, *(_make_row(number, choose) for number in range(ROWS))]
    if path.suffix == ".csv":
        with path.open("w", newline="", encoding="utf-8") as file:
            csv.writer(file).writerows(rows)
        return
    import xlsxwriter

    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Tracker")
        for number, row in enumerate(rows):
            for column, words in enumerate(row):
                sheet.write_string(number, column, words)


def _make_row(number: int, choose: random.Random) -> tuple[str, ...]:
    def day() -> str:
        return (dt.date(2023, 1, 1) + dt.timedelta(days=choose.randint(0, 900))).strftime("%d/%m/%Y")

    return (
        f"R{number}",
        choose.choice(("Recommendation", "AFI")),
        choose.choice(("HMICFRS", "IOPC", "Internal audit")),
        f"The force should {' '.join(choose.choices(_WORDS, k=14))} {number}",
        " ".join(choose.choices(_WORDS, k=60)),
        f"Area {number % 12}",
        day(),
        day(),
        f"Head of {choose.choice(_WORDS)}",
        choose.choice(("Complete", "In progress", "Not started", "Overdue")),
    )


if __name__ == "__main__":
    whole, locked = measure(sys.argv[1])
    sys.stdout.write(f"{whole} {locked}")
