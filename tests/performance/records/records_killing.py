"""Count figures from records by children that are killed in the middle, and look at what is left each time.

`python -m tests.performance.records.records_killing WORKSPACE TIMES` prints how many were killed before they
ended; it fails where a vintage was left half kept, or where counting again did not bring what the records say.
"""

from __future__ import annotations

import datetime as dt
import os
import random
import signal
import sys
import time
from pathlib import Path

NOW = dt.datetime(2026, 3, 2, 9, 0, tzinfo=dt.UTC)
MONTHS = 6


def count_and_keep(folder: Path) -> int:
    """The number of the vintage; 0 where nothing was new."""
    from tests.performance.records.records_samples import ENGINE, indicator, make_plan

    from bluelamp.ledger.actions import Operator
    from bluelamp.performance.actions_figures import load_figures
    from bluelamp.performance.loading_records import CountAsked, count_figures
    from bluelamp.performance.warehouse.manifest import Warehouse

    asked = CountAsked(plan=make_plan(indicator("A", measure="street-crime")), definitions=folder / "definitions")
    counted = count_figures(asked, Warehouse(folder / "warehouse"), viewer=None, engine=ENGINE)
    done = load_figures(counted.read, counted.asked, by=Operator("figures from-records"), now=NOW)
    return done.load.number if done.load else 0


def add_archive(folder: Path, number: int) -> None:
    """Each archive has one crime more in each month than the one before it."""
    from tests.performance.records.records_samples import load_records

    from bluelamp.figures.months import Month
    from bluelamp.performance.warehouse.manifest import Warehouse

    months = [str(Month(2020, 1).plus(n)) for n in range(MONTHS)]
    rows = [(month, "calder-vale", "Burglary", "", "E0") for month in months for _ in range(number)]
    day = dt.date(2022, 1, 1) + dt.timedelta(days=number)
    load_records(Warehouse(folder / "warehouse"), folder, rows, name=f"{number}.zip", known_on=day)


def look(number: int) -> int:
    """Every vintage is whole, and what is known is of one archive alone; which of them."""
    from bluelamp.ledger.actions import checkpoint_store
    from bluelamp.ledger.verification import verify
    from bluelamp.performance.models import KeptSeries, Load
    from bluelamp.performance.queries_figures import find_series

    for load in Load.objects.all():
        assert sum(len(each.points) for each in KeptSeries.objects.filter(load=load)) == MONTHS == load.figures
    assert verify(checkpoint_store()).problems == []
    found = {
        point.value
        for series in find_series(viewer=None, plan="calder-vale-records").values()
        for point in series.points
    }
    assert len(found) <= 1, found
    known = int(found.pop() or 0) if found else 0  # nothing before the first is kept
    assert known in (number, number - 1), (known, number)
    return known


def run(folder: Path, times: int) -> int:
    from django.db import connections
    from tests.performance.records.records_samples import make_definitions

    from bluelamp.cli.django import start_django
    from bluelamp.cli.init import make_workspace

    make_workspace(start_django())
    __import__("duckdb"), __import__("pyarrow")  # once, for all children: no engine runs here
    make_definitions(folder / "definitions")
    (folder / "definitions" / "bodies").mkdir()
    body = "bodies:\n  - {code: CVP, name: Calder Vale Police, kind: force, area: Calder Vale}\n"
    (folder / "definitions" / "bodies" / "cvp.yaml").write_text(body, encoding="utf-8")
    chance, killed, longest = random.Random(20260302), 0, 0.5
    for number in range(1, times + 1):
        connections.close_all()
        wait(fork(lambda number=number: add_archive(folder, number)))
        began = time.monotonic()
        child = fork(lambda: count_and_keep(folder))
        if number > 1:
            time.sleep(chance.uniform(longest / 3, longest))
            os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
        killed += os.WIFSIGNALED(status)
        longest = time.monotonic() - began if number == 1 else longest
        look(number)
        connections.close_all()
        wait(fork(lambda: count_and_keep(folder)))
        assert look(number) == number
    return killed


def fork(work: object) -> int:
    """A child that does it: the engine's threads live in children only, so that forking is safe."""
    assert callable(work)
    child = os.fork()
    if child == 0:
        try:
            work()
        except BaseException as error:  # noqa: BLE001  (whatever it is, the parent is told)
            sys.stderr.write(f"{error!r}\n")
            os._exit(1)
        os._exit(0)
    return child


def wait(child: int) -> None:
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


if __name__ == "__main__":
    os.environ["BLUELAMP_WORKSPACE"] = sys.argv[1]
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bluelamp.config.settings")
    sys.stdout.write(f"{run(Path(sys.argv[1]).parent, int(sys.argv[2]))} killed\n")
