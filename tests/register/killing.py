"""Take lists in by children that are killed in the middle, a hundred times, and look at what is left each time.

`python -m tests.register.killing WORKSPACE TIMES` prints how many were killed before they ended; it fails where a
list was left half taken in, or where taking it in again did not finish it.
"""

from __future__ import annotations

import datetime as dt
import os
import random
import signal
import sys
import time
from collections.abc import Callable

ROWS = 40
NOW = dt.datetime(2026, 3, 2, 9, 0, tzinfo=dt.UTC)


def make_import(number: int) -> Callable[[], None]:
    """Takes in the list of that number, read already: the killing is of the writing."""
    from tests.register.lists import MAPPING, make_csv, read, row

    from bluelamp.documents.readers import read_bytes
    from bluelamp.ledger.actions import Operator
    from bluelamp.register.actions_imports import import_items
    from bluelamp.register.import_planning import Asked

    rows = [row(f"L{number}-{n}", f"Count the bicycles of shed {n}", owner=f"Post {n % 7}") for n in range(ROWS)]
    data = make_csv(*rows)
    taken, cited = read(data)
    document = read_bytes(data, file_name="list.csv")

    def take_in() -> None:
        asked = Asked(mapping=MAPPING, force="NTS")
        by = Operator("import items")
        import_items(taken, cited, asked, document=document, data=data, file_name="list.csv", by=by, now=NOW)

    return take_in


def look(number: int) -> int:
    """How many rows of the list are there: all or none."""
    from bluelamp.register.models import ImportedRow, Item, Mention

    there = Item.objects.filter(source_number__startswith=f"L{number}-")
    assert there.count() in (0, ROWS), there.count()
    assert Mention.objects.filter(item__in=there).count() == there.count()
    assert ImportedRow.objects.filter(item__in=there).count() == there.count()
    return there.count()


def look_at_ledger() -> None:
    """It answers for every row."""
    from bluelamp.ledger.actions import checkpoint_store
    from bluelamp.ledger.verification import verify

    found = verify(checkpoint_store())
    assert found.problems == [], found.problems


def run(times: int) -> tuple[int, int]:
    """How many children were killed before they ended, and how many ended."""
    from django.db import connections

    from bluelamp.cli.django import start_django
    from bluelamp.cli.init import make_workspace

    make_workspace(start_django())
    chance = random.Random(20261121)
    killed = ended = 0
    longest = 0.0
    for number in range(times):
        take_in = make_import(number)
        connections.close_all()
        child = os.fork()
        if child == 0:
            work(take_in)
        time.sleep(chance.uniform(0, longest or 0.2))
        os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
        was_killed = os.WIFSIGNALED(status)
        killed, ended = killed + was_killed, ended + (not was_killed)
        look(number)
        if number % 10 == 0:
            began = time.monotonic()
            take_in()
            longest = time.monotonic() - began
            assert look(number) == ROWS
            look_at_ledger()
    look_at_ledger()
    return killed, ended


def work(take_in: Callable[[], None]) -> None:
    try:
        take_in()
    except BaseException as error:  # noqa: BLE001  (whatever it is, the parent is told)
        sys.stderr.write(f"{error!r}\n")
        os._exit(1)
    os._exit(0)


if __name__ == "__main__":
    os.environ["BLUELAMP_WORKSPACE"] = sys.argv[1]
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bluelamp.config.settings")
    sys.stdout.write("{} killed, {} ended\n".format(*run(int(sys.argv[2]))))
