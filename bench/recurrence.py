"""Is the same point before found among 100,000 findings while a page is made?

Two measures. All findings in one pool: how long a question takes, and what the pool keeps. And a record of 100,000
items of 43 forces: an item's page the first time a process is asked about its force, again, and after a change;
the themes of a force; the register narrowed to a theme.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from typing import Any

FINDINGS = 100_000
QUESTIONS = 200
SLOWEST_QUESTION = 0.05  # seconds, 95th percentile, among all findings
SLOWEST_PAGE = 0.2  # seconds, 95th percentile of a page, its force read already
PAGES = {"an item": "/register/{reference}", "its point in other years": "/register/{reference}/same-point"}
LISTS = {
    "themes of a force": "/themes?force={force}",
    "the register": "/register",
    "the register, one theme": "/register?theme=crime-recording",
    "one theme of one force": "/register?theme=crime-recording&force={force}",
}


def main() -> None:
    """Print both; exit 1 where a question or a page is slower than it may be."""
    bad = _measure_one_pool()
    with tempfile.TemporaryDirectory(prefix="bluelamp-bench-") as folder:
        environment = {**os.environ, "BLUELAMP_WORKSPACE": folder}
        command = [sys.executable, "-m", "bench.recurrence", "record"]
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    for page, times in json.loads(done.stdout.splitlines()[-1]).items():
        late = _late(times)
        print(f"{page:<48}{statistics.median(times) * 1000:>9.1f} ms{late * 1000:>9.1f} ms")
        bad = bad or (late > SLOWEST_PAGE and "first time" not in page)
    if bad:
        print(
            f"Slower than it may be: {SLOWEST_QUESTION * 1000:.0f} ms a question, "
            f"{SLOWEST_PAGE * 1000:.0f} ms a page."
        )
        sys.exit(1)


def _late(times: list[float]) -> float:
    return sorted(times)[max(0, int(len(times) * 0.95) - 1)]


def make_sentences(number: int, seed: int = 7) -> list[str]:
    """Sentences of our own, made of the field's words: who, what is wrong, and with what."""
    from bluelamp.lib.wording import load_synonyms

    choose = random.Random(seed)
    by_kind: dict[str, list[str]] = {}
    for synonym in load_synonyms().values():
        words = [w.replace("…", "the").replace("=", "").replace("/", " ") for w in synonym.words]
        by_kind.setdefault(synonym.kind, []).extend(words)
    filler = [f"{start}{end}" for start in ("hand", "cust", "back", "pat") for end in range(400)]
    said = []
    for _ in range(number):
        topic, other = choose.choice(by_kind["topic"]), choose.choice(by_kind["topic"])
        fault, who = choose.choice(by_kind["fault"]), choose.choice(by_kind["who"])
        more = " ".join(choose.choice(filler) for _ in range(8))
        said.append(f"The force’s {topic} is {fault} where {who} and {other} meet, {more}.")
    return said


def _measure_one_pool() -> bool:
    from bluelamp.assurance.recurrence import NEAR, read_finding
    from bluelamp.assurance.recurrence_index import PointIndex

    sentences = make_sentences(FINDINGS)
    start = time.perf_counter()
    readings = [read_finding([sentence]) for sentence in sentences]
    read = time.perf_counter() - start
    start = time.perf_counter()
    index = PointIndex(enumerate(readings))
    built = time.perf_counter() - start
    times = []
    for reading in readings[:QUESTIONS]:
        start = time.perf_counter()
        index.find(reading, at_least=NEAR, at_most=200)
        times.append(time.perf_counter() - start)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{FINDINGS:,} findings: read {read:.1f} s ({read / FINDINGS * 1e6:.0f} µs each), index {built:.1f} s")
    print(f"{'a question among them':<48}{statistics.median(times) * 1000:>9.1f} ms{_late(times) * 1000:>9.1f} ms")
    print(f"memory of the process, readings and index: {memory:.0f} MiB")
    return _late(times) > SLOWEST_QUESTION


def measure_record() -> dict[str, list[float]]:
    """By page the seconds of each answer, in a workspace of 100,000 items of every force."""
    from bluelamp.cli.django import start_django

    workspace = start_django()
    from bluelamp.cli.init import make_workspace

    make_workspace(workspace)
    forces = _fill()
    from django.test import Client

    from bluelamp.assurance import recurrence_pool
    from bluelamp.ledger.actions import Operator
    from bluelamp.organisations.actions import add_person
    from bluelamp.register.models import Item

    client = Client(SERVER_NAME="localhost")
    now = dt.datetime.now(dt.UTC)
    person = add_person(by=Operator("bench"), now=now, user_name="bench", name="Bench", role="reader")
    client.force_login(person)
    found: dict[str, list[float]] = {}

    def ask(name: str, address: str) -> None:
        start = time.perf_counter()
        answer = client.get(address)
        found.setdefault(name, []).append(time.perf_counter() - start)
        assert answer.status_code == 200, (address, answer.status_code, answer.headers)

    for number, force in enumerate(forces[:10]):
        reference = Item.objects.filter(force=force, year=2024).values_list("reference", flat=True)[number]
        recurrence_pool._POOLS.clear()
        for page, address in PAGES.items():
            for state in ("first time" if page == "an item" else "", "", "after a change"):
                if state == "after a change":
                    _change_an_item(force, number)
                ask(f"{page}, {state}".rstrip(", "), address.format(reference=reference))
        for page, address in LISTS.items():
            ask(page, address.format(force=force.code))
    return found


def _fill() -> list[Any]:
    """Items of every force over twenty years; every third has a theme that somebody accepted."""
    from bluelamp.assurance.models import ItemTheme
    from bluelamp.assurance.themes import load_themes
    from bluelamp.documents.models import StoredDocument
    from bluelamp.ledger.actions import Operator, recording
    from bluelamp.organisations.models import Organisation
    from bluelamp.register.actions import index_items
    from bluelamp.register.models import Item, Mention

    choose = random.Random(7)
    now = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
    forces = list(Organisation.objects.filter(kind="force").order_by("code"))
    sentences = make_sentences(FINDINGS)
    themes = list(load_themes())
    for start in range(0, FINDINGS, 5_000):
        document = StoredDocument(
            sha256=f"{start:064d}", file_name=f"{start}.txt", size=1, format="txt", reader_version=1, added=now
        )
        rows: list[Any] = []
        items = []
        for n in range(start, start + 5_000):
            force, year = forces[n % len(forces)], 2005 + 20 * n // FINDINGS
            reference = f"{force.code}-{year}-AFI-{n + 100}"
            item = Item(
                reference=reference, place=f"{force.code}-{year}-AFI-{n:06d}", force=force, year=year,
                kind="area_for_improvement", source="inspectorate", document=document, title=sentences[n],
                order=n, added=now,
            )  # fmt: skip
            items.append(item)
            cited = {"document_sha256": document.sha256, "page": 1, "printed_page": "", "line": n + 1}
            cited |= {"line_end": n + 1, "quote": sentences[n], "box": None}
            rows.append(Mention(item=item, document=document, citations=[cited]))
            if n % 3 == 0:
                rows.append(ItemTheme(item=item, theme=choose.choice(themes), made=now))
        with recording(by=Operator("bench"), now=now) as book:
            book.event("bench.filled", subject=document, add=[document, *items, *rows])
            book.write()
            index_items(items)
    return forces


def _change_an_item(force: Any, number: int) -> None:
    from bluelamp.ledger.actions import Operator, recording
    from bluelamp.register.actions import index_items
    from bluelamp.register.models import Item

    item = Item.objects.filter(force=force, year=2010)[number]
    item.response = "accepted" if item.response == "awaiting" else "awaiting"
    with recording(by=Operator("bench"), now=dt.datetime.now(dt.UTC)) as book:
        book.event("register.item_changed", subject=item, change=[item])
        book.write()
        index_items([item])


if __name__ == "__main__":
    if sys.argv[1:] == ["record"]:
        print(json.dumps(measure_record()))
    else:
        main()
