"""Load figures by children that are killed in the middle, many times, and look at what is left each time.

`python -m tests.performance.figures_killing WORKSPACE TIMES` prints how many were killed before they ended; it
fails where a load was left half kept, or where loading again did not finish it. Then two load at the same moment.
"""

from __future__ import annotations

import datetime as dt
import os
import random
import signal
import sys
import time
from collections.abc import Callable

MONTHS = 24
NOW = dt.datetime(2026, 3, 2, 9, 0, tzinfo=dt.UTC)
DAY = dt.date(2026, 3, 1)


def make_load(number: int) -> Callable[[], None]:
    """Loads the file of that number, read already: the killing is of the writing."""
    from tests.performance.loading_samples import PLAN, read_all

    from bluelamp.figures.months import Month
    from bluelamp.ledger.actions import Operator
    from bluelamp.performance.actions_figures import FILE, GivenFile, LoadAsked, load_figures

    months = [Month(2020, 1).plus(n) for n in range(MONTHS)]
    rows = [f"1A1,{area},{month},{number}" for area in ("force", "north", "south") for month in months]
    data = "\n".join(["Code,Area,Period,Value", *rows]).encode()
    read = read_all({"figures.csv": data}, day=DAY)
    given = (GivenFile("figures.csv", data),)
    asked = LoadAsked(plan=PLAN, kind=FILE, name=f"file {number}", known_on=DAY, files=given)

    def load() -> None:
        load_figures(read, asked, by=Operator("figures load"), now=NOW)

    return load


def look(number: int) -> int:
    """How many figures of the load are there: all or none; and its file stands on the disk."""
    from bluelamp.documents.originals import workspace_originals
    from bluelamp.performance.models import KeptSeries, Load

    loads = list(Load.objects.filter(name=f"file {number}"))
    assert len(loads) <= 1, len(loads)
    series = KeptSeries.objects.filter(load__in=loads)
    figures = sum(len(each.points) for each in series)
    assert figures == (3 * MONTHS if loads else 0), figures
    for load in loads:
        assert workspace_originals().find_fault(load.sha256) == ""
    return figures


def look_at_ledger() -> None:
    """It answers for every row, and every vintage has a number of its own."""
    from bluelamp.ledger.actions import checkpoint_store
    from bluelamp.ledger.verification import verify
    from bluelamp.performance.models import Load

    found = verify(checkpoint_store())
    assert found.problems == [], found.problems
    numbers = list(Load.objects.order_by("number").values_list("number", flat=True))
    assert numbers == list(range(1, len(numbers) + 1)), numbers


def work(load: Callable[[], None]) -> None:
    try:
        load()
    except BaseException as error:  # noqa: BLE001  (whatever it is, the parent is told)
        sys.stderr.write(f"{error!r}\n")
        os._exit(1)
    os._exit(0)


def run(times: int) -> tuple[int, int]:
    """How many children were killed before they ended, and how many ended."""
    from django.db import connections

    from bluelamp.cli.django import start_django
    from bluelamp.cli.init import make_workspace

    make_workspace(start_django())
    chance = random.Random(20260302)
    killed = ended = 0
    longest = 0.0
    for number in range(1, times + 1):
        load = make_load(number)
        connections.close_all()
        child = os.fork()
        if child == 0:
            work(load)
        time.sleep(chance.uniform(0, longest or 0.2))
        os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
        was_killed = os.WIFSIGNALED(status)
        killed, ended = killed + was_killed, ended + (not was_killed)
        look(number)
        if number % 10 == 1:
            began = time.monotonic()
            load()
            longest = time.monotonic() - began
            assert look(number) == 3 * MONTHS
            look_at_ledger()
    look_at_ledger()
    load_at_once(times + 1)
    look_at_ledger()
    return killed, ended


def load_at_once(number: int) -> None:
    """Two processes load the same file, and two others each their own, at one moment: three loads come of it."""
    from django.db import connections

    loads = [make_load(number), make_load(number), make_load(number + 1), make_load(number + 2)]
    connections.close_all()
    children = []
    for load in loads:
        child = os.fork()
        if child == 0:
            work(load)
        children.append(child)
    for child in children:
        assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    assert [look(number + n) for n in range(3)] == [3 * MONTHS] * 3


if __name__ == "__main__":
    os.environ["BLUELAMP_WORKSPACE"] = sys.argv[1]
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bluelamp.config.settings")
    sys.stdout.write("{} killed, {} ended\n".format(*run(int(sys.argv[2]))))
