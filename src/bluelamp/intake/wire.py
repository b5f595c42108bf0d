"""How does an extraction look on the wire? `bluelamp.extract/1` of DESIGN.md."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from enum import Enum
from typing import Any

import msgspec

from bluelamp.documents.citations import Citation
from bluelamp.documents.facts import Fact, NamedValue, Period
from bluelamp.inspections.facts import GradeDistribution
from bluelamp.intake.extraction import Extraction, ReadFact, UnreadPart
from bluelamp.performance.facts import IndicatorRow

Wire = Any
"""What JSON holds: objects, lists, strings, exact decimals, true, false and null."""

_ENCODER = msgspec.json.Encoder(decimal_format="number")


def encode_extraction(extraction: Extraction) -> bytes:
    """The whole extraction as JSON."""
    return msgspec.json.format(_ENCODER.encode(extraction_to_wire(extraction)), indent=2)


def extraction_to_wire(extraction: Extraction) -> Wire:
    document = extraction.document
    return {
        "schema": "bluelamp.extract/1",
        "document": {
            "sha256": document.sha256,
            "family": extraction.detail("family"),
            "title": extraction.detail("title") or None,
            "publisher": extraction.publisher_name or None,
            "subject": extraction.subject_name or None,
            "subject_code": extraction.subject.code if extraction.subject else None,
            "published": extraction.detail("published") or None,
            "framework": extraction.detail("framework") or None,
            "pages": len(document.pages) if document.pages and document.pages[0].number else None,
            **({"about": extraction.about.code} if extraction.about else {}),
        },
        "facts": [read_fact_to_wire(read) for read in extraction.facts],
        "unread": [_unread_to_wire(part) for part in extraction.unread],
        "counts": extraction.counts,
    }


def read_fact_to_wire(read: ReadFact) -> Wire:
    return {"id": read.id, "kind": read.fact.kind, **fact_fields(read.fact), **_cited(read.fact.citations)}


def _unread_to_wire(part: UnreadPart) -> Wire:
    page = {"page": part.unread.page} if part.unread.page else {}
    return {"reason": part.unread.reason, **page, **_cited(part.unread.citations)}


def _cited(citations: Sequence[Citation]) -> Wire:
    return {"citations": citations_to_wire(citations)}


def citations_to_wire(citations: Sequence[Citation]) -> Wire:
    return [to_wire(citation) for citation in citations]


def fact_fields(fact: Fact) -> dict[str, Wire]:
    """A fact's own fields as wire values, without kind, citations and an empty doubt."""
    fields = {
        field.name: to_wire(getattr(fact, field.name))
        for field in dataclasses.fields(fact)
        if field.name not in ("citations", "doubt")
    }
    if isinstance(fact, GradeDistribution):
        fields["counts"] = {count.grade: count.count for count in fact.counts}
    if isinstance(fact, IndicatorRow):
        fields |= _changes(fact)
    if fact.doubt:
        fields["doubt"] = fact.doubt
    return fields


def _changes(row: IndicatorRow) -> dict[str, Wire]:
    """The changes as numbers, and beside them as printed values with their intervals."""
    fields: dict[str, Wire] = {}
    for name, printed in (("change_percent", row.change_percent), ("change_actual", row.change_actual)):
        fields[name] = printed.value if printed else None
        fields[f"printed_{name}"] = to_wire(printed)
    return fields


def to_wire(value: object) -> Wire:
    """A value of a fact as plain JSON values; a named value or a period carries its number's fields itself."""
    if isinstance(value, NamedValue | Period):
        head = {"name": value.name} if isinstance(value, NamedValue) else {"to": value.to.isoformat()}
        return {**head, **to_wire(value.value)}
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {field.name: to_wire(getattr(value, field.name)) for field in dataclasses.fields(value)}
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, tuple | list):
        return [to_wire(each) for each in value]
    if value is None or isinstance(value, bool | int | float | str | Decimal):
        return value
    raise TypeError(f"{type(value).__name__} has no form on the wire")
