"""Documents of fictional forces in several layouts, with the facts expected of each beside it."""

from __future__ import annotations

import hashlib
from collections import Counter
from pathlib import Path

import msgspec
import pytest
import yaml

from bluelamp.documents.document import Document, whole
from bluelamp.documents.facts import Fact, Reading
from bluelamp.documents.readers import html, plain
from bluelamp.inspections.facts import GradeDistribution
from bluelamp.inspections.frameworks import load_frameworks
from bluelamp.inspections.reading.hmic import read_hmic

GOLDEN = Path(__file__).resolve().parents[2] / "golden" / "hmic"
STEMS = sorted(path.stem for path in GOLDEN.glob("*.yaml"))


def open_document(stem: str) -> Document:
    path = next(p for p in sorted(GOLDEN.glob(f"{stem}.*")) if p.suffix != ".yaml")
    data = path.read_bytes()
    reader = html if path.suffix == ".html" else plain
    return reader.read(data, sha256=hashlib.sha256(data).hexdigest(), file_name=path.name)


def on_the_wire(fact: Fact) -> dict[str, object]:
    said: dict[str, object] = msgspec.to_builtins(fact)
    said["kind"] = fact.kind
    if isinstance(fact, GradeDistribution):
        said["counts"] = {count.grade: count.count for count in fact.counts}
    return said


def counted(reading: Reading) -> Counter[str]:
    counts: Counter[str] = Counter()
    for fact in map(on_the_wire, reading.facts):
        keys = [str(fact["kind"]), *(str(fact[name]) for name in ("type", "area") if fact.get(name))]
        counts.update("/".join(keys[: length + 1]) for length in range(len(keys)))
    return counts


@pytest.fixture(params=STEMS)
def stem(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def test_the_facts_beside_each_document_are_read(stem: str) -> None:
    document = open_document(stem)
    wanted = yaml.safe_load((GOLDEN / f"{stem}.yaml").read_text(encoding="utf-8"))
    reading = read_hmic(whole(document), load_frameworks()[wanted["framework"]], None)

    found = counted(reading)
    assert {key: found[key] for key in wanted["counts"]} == wanted["counts"]
    facts = [on_the_wire(fact) for fact in reading.facts]
    missing = [w for w in wanted["facts"] if not any(holds(fact, w) for fact in facts)]
    assert missing == []
    for reason in wanted.get("unread", []):
        assert any(reason in unread.reason for unread in reading.unread)
    cited = [citation for fact in (*reading.facts, *reading.unread) for citation in fact.citations]
    assert [citation for citation in cited if not document.verify(citation)] == []


def holds(fact: dict[str, object], wanted: dict[str, object]) -> bool:
    return all(_plain(fact.get(name)) == _plain(value) for name, value in wanted.items())


def _plain(value: object) -> object:
    return list(value) if isinstance(value, tuple) else value
