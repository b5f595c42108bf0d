"""The real pack beside the project: what must be read of it, and how fast."""

from __future__ import annotations

import hashlib
import json
import time
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from bluelamp.documents.document import Document
from bluelamp.documents.facts import Fact, Reading
from bluelamp.documents.readers import plain
from bluelamp.performance.facts import IndicatorRow
from bluelamp.performance.reading import read_performance
from bluelamp.scrutiny.facts import Attendance, Resolution, WorkProgrammeItem
from bluelamp.scrutiny.reading.headers import read_headers
from bluelamp.scrutiny.reading.meetings import read_meeting
from bluelamp.scrutiny.reading.packs import split_pack
from bluelamp.scrutiny.reading.work_programme import read_work_programme

SECONDS = 3
READERS = (read_headers, read_meeting, read_work_programme, read_performance)


def read_pack(path: Path) -> tuple[Document, list[Reading]]:
    data = path.read_bytes()
    document = plain.read(data, sha256=hashlib.sha256(data).hexdigest(), file_name=path.name)
    return document, [read(part) for part in split_pack(document) for read in READERS]


@pytest.mark.shared
def test_the_pack_of_seed_003(shared: Path) -> None:
    gold = json.loads((shared / "gold" / "seeds.json").read_text())["003"]
    started = time.process_time()
    document, readings = read_pack(next((shared / "seeds").glob("003*")))
    assert time.process_time() - started < SECONDS

    facts: list[Fact] = [fact for reading in readings for fact in reading.facts]
    unread = [each for reading in readings for each in reading.unread]
    assert all(document.verify(citation) for each in (*facts, *unread) for citation in each.citations)

    counts = Counter(fact.kind for fact in facts)
    assert counts["agenda_item"] == gold["agenda_items"]
    assert counts["resolution"] == gold["resolutions"]
    assert counts["indicator_row"] == gold["indicator_rows"]
    assert counts["paper_header"] == 7
    assert counts["budget_row"] == 61
    absent = [f for f in facts if isinstance(f, Attendance) and not f.present]
    assert {f.meeting_date for f in absent} == {date(2021, 3, 10)}
    assert len(absent) == gold["absent_at_10_march"]
    numbers = [f.number for f in facts if isinstance(f, Resolution)]
    assert numbers == [f"{2020 if n == 11 else 2021}/{n:03}" for n in range(1, 13)]  # misnumbered as printed
    programme = [f for f in facts if isinstance(f, WorkProgrammeItem)]
    assert len({f.meeting for f in programme}) == gold["work_programme_meetings"]

    rows = [f for f in facts if isinstance(f, IndicatorRow)]
    assert all(len(row.periods) == 5 for row in rows)
    example = gold["indicator_example"]
    row = next(row for row in rows if row.code == example["code"])
    assert [period.value.value for period in row.periods] == example["values"]
    assert row.change_percent is not None
    assert float(row.change_percent.value or 0) == example["change_percent"]
    assert row.change_actual is not None
    assert row.change_actual.value == example["change_actual"]
    assert row.exception is example["exception"]
