"""Fictional packs and papers, in several offices' styles and several formats, with the facts expected of them."""

from __future__ import annotations

import hashlib
import io
from collections import Counter
from datetime import date
from decimal import Decimal
from pathlib import Path

import docx
import msgspec
import openpyxl
import pytest
import yaml

from bluelamp.documents.document import Document
from bluelamp.documents.facts import Fact
from bluelamp.documents.readers import plain
from bluelamp.performance.facts import BudgetRow, IndicatorRow
from bluelamp.performance.reading import read_performance
from bluelamp.scrutiny.facts import AgendaItem, Attendance, PaperHeader, Resolution
from bluelamp.scrutiny.reading.headers import read_headers
from bluelamp.scrutiny.reading.meetings import read_meeting
from bluelamp.scrutiny.reading.packs import split_pack
from bluelamp.scrutiny.reading.work_programme import read_work_programme

PACKS = Path(__file__).resolve().parents[2] / "golden" / "packs"
READERS = (read_headers, read_meeting, read_work_programme, read_performance)


def facts_of(document: Document) -> list[Fact]:
    facts = [fact for part in split_pack(document) for read in READERS for fact in read(part).facts]
    assert all(document.verify(citation) for fact in facts for citation in fact.citations)
    return facts


def told(fact: Fact) -> dict[str, object]:
    plainly: dict[str, object] = msgspec.to_builtins(fact, builtin_types=(date, Decimal))
    return {"kind": fact.kind, **plainly}


def agrees(expected: object, found: object) -> bool:
    """Is everything that is expected found? Fields that the expectation leaves out may be anything."""
    if isinstance(expected, dict):
        return isinstance(found, dict) and all(k in found and agrees(v, found[k]) for k, v in expected.items())
    if isinstance(expected, list):
        pairs = isinstance(found, (list, tuple)) and len(expected) == len(found)
        return pairs and all(agrees(e, f) for e, f in zip(expected, found, strict=True))  # type: ignore[arg-type]
    if isinstance(found, Decimal) and isinstance(expected, (int, float)):
        return found == Decimal(str(expected))
    return expected == found


@pytest.mark.parametrize("path", sorted(PACKS.glob("*.yaml")), ids=lambda path: path.stem)
def test_golden(path: Path) -> None:
    expected = yaml.safe_load(path.read_text(encoding="utf-8"))
    source = next(other for other in PACKS.glob(f"{path.stem}.*") if other.suffix != ".yaml")
    data = source.read_bytes()
    facts = facts_of(plain.read(data, sha256=hashlib.sha256(data).hexdigest(), file_name=source.name))
    assert Counter(fact.kind for fact in facts) == expected["counts"]
    found = [told(fact) for fact in facts]
    missing = [fact for fact in expected["facts"] if not any(agrees(fact, other) for other in found)]
    assert missing == []
