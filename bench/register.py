"""Does the register answer as fast with 100,000 items as with 1,000?

Makes one workspace of each size (its own words, seeded), asks the same pages of both in turn in this process, and
prints the median and the 95th percentile of each, and the ratio of the medians.
"""

from __future__ import annotations

import datetime as dt
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

SIZES = (1_000, 100_000)
ROUNDS = 15
PAGES = {
    "the register": "/register",
    "one kind": "/register?kind=area_for_improvement",
    "one force and year": "/register?force=NTS&year=2019",
    "one area": "/register?area=area-3",
    "words": "/register?words=hand7",
    "newest first": "/register?sort=newest",
    "search": "/search?q=hand7+cust9",
}
RATIO_AT_MOST = 2.0
GROWING = ("words",)  # finds a hundred times as much among a hundred times as many: held to SLOWEST only
SLOWEST = 0.2  # seconds, 95th percentile with 100,000 items


def main() -> None:
    """Print the table; exit 1 where the register is slower than it may be."""
    answers = {size: _measure_apart(size) for size in SIZES}
    small, large = (answers[size] for size in SIZES)
    print(f"{'page':<22}{'1,000 items':>14}{'100,000 items':>16}{'95th':>10}{'ratio':>8}")
    bad = False
    for page in PAGES:
        few, many = small[page], large[page]
        ratio = statistics.median(many) / statistics.median(few)
        late = sorted(many)[int(len(many) * 0.95) - 1]
        bad = bad or late > SLOWEST or (ratio > RATIO_AT_MOST and page not in GROWING)
        medians = f"{statistics.median(few) * 1000:>11.1f} ms{statistics.median(many) * 1000:>13.1f} ms"
        print(f"{page:<22}{medians}{late * 1000:>7.1f} ms{ratio:>8.2f}")
    if bad:
        print(f"Slower than it may be: a ratio of {RATIO_AT_MOST} and {SLOWEST * 1000:.0f} ms at most.")
        sys.exit(1)


def _measure_apart(size: int) -> dict[str, list[float]]:
    """In a process of its own, since Django knows one workspace at a time."""
    import json

    with tempfile.TemporaryDirectory(prefix="bluelamp-bench-") as folder:
        environment = {**os.environ, "BLUELAMP_WORKSPACE": folder}
        command = [sys.executable, "-m", "bench.register", str(size)]
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    return dict(json.loads(done.stdout))


def measure(size: int) -> dict[str, list[float]]:
    """Seconds of each answer, by page, in a workspace of `size` items."""
    from bluelamp.cli.django import start_django

    workspace = start_django()
    from bluelamp.cli.init import make_workspace
    from bluelamp.cli.sign_in import find_person

    make_workspace(workspace)
    _fill(size)
    from django.test import Client

    client = Client(SERVER_NAME="localhost")
    client.force_login(find_person("bench", add=True))
    times: dict[str, list[float]] = {page: [] for page in PAGES}
    for _ in range(ROUNDS):
        for page, address in PAGES.items():
            start = time.perf_counter()
            answer = client.get(address)
            times[page].append(time.perf_counter() - start)
            assert answer.status_code == 200, (address, answer.status_code)
    return times


_WORDS = [
    f"{start}{end}" for start in ("hand", "cust", "back", "pat", "ref", "aud", "vic", "saf") for end in range(250)
]
"""2,000 words of our own, so that one word is in about one item of a hundred and seventy."""


def _fill(size: int) -> None:
    from bluelamp.documents.models import StoredDocument
    from bluelamp.ledger.actions import Operator, recording
    from bluelamp.organisations.models import Organisation
    from bluelamp.register.actions import index_items
    from bluelamp.register.models import Item

    choose = random.Random(7)
    now = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
    forces = list(Organisation.objects.filter(kind="force").order_by("code"))
    for start in range(0, size, 5_000):
        document = StoredDocument(
            sha256=f"{start:064d}", file_name=f"{start}.txt", size=1, format="txt", reader_version=1, added=now
        )
        items = [_make_item(n, choose, forces, document, now) for n in range(start, min(size, start + 5_000))]
        with recording(by=Operator("bench"), now=now) as book:
            book.event("bench.filled", subject=document, add=[document, *items])
            book.write()
            index_items(items)
    assert Item.objects.count() == size


def _make_item(n: int, choose: random.Random, forces: list[Any], document: Any, now: dt.datetime) -> Any:
    from bluelamp.register.models import Item

    force = forces[n % len(forces)]
    words = " ".join(choose.choice(_WORDS) for _ in range(12))
    kind, code = choose.choice((("area_for_improvement", "AFI"), ("recommendation", "REC"), ("judgement", "JUD")))
    year = 2005 + n % 20
    reference = f"{force.code}-{year}-{code}-{n:06d}"
    return Item(
        reference=reference,
        place=reference,
        force=force,
        kind=kind,
        year=year,
        source="inspectorate",
        document=document,
        framework="peel-2021-22",
        area=f"area-{n % 12}",
        area_name=f"Area {n % 12}",
        grade="good" if kind == "judgement" else "",
        title=f"The force should look again at {words}",
        order=n,
        added=now + dt.timedelta(seconds=n),
    )


if __name__ == "__main__":
    import json

    Path(os.environ["BLUELAMP_WORKSPACE"]).mkdir(parents=True, exist_ok=True)
    sys.stdout.write(json.dumps(measure(int(sys.argv[1]))))
