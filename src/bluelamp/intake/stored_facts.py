"""How does a fact stand in the database, and how does it come back as a fact?

The fields are those of the wire, but that decimals are strings: a database's numbers would round them.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

import msgspec

from bluelamp.assurance.facts import TemplateRow, Undertaking
from bluelamp.documents.citations import Citation
from bluelamp.documents.facts import Fact
from bluelamp.inspections.facts import Closure, Finding, GradeDistribution, Judgement, Mention, Practice, Statistic
from bluelamp.intake.wire import citations_to_wire, fact_fields
from bluelamp.lib.errors import PlainError

Fields = dict[str, Any]

TYPES: Mapping[str, type[Fact]] = {
    kind.kind: kind
    for kind in (
        *(Judgement, GradeDistribution, Finding, Practice, Closure, Statistic, TemplateRow, Mention),
        Undertaking,
    )
}
"""The kinds that acceptance turns into rows of a slice. The others are kept as they were read."""


def fields_of(fact: Fact) -> Fields:
    """The fact's own fields as plain JSON, without its doubt."""
    fields: Fields = _plain(fact_fields(fact))
    fields.pop("doubt", None)
    return fields


def stored_citations(citations: Sequence[Citation]) -> list[dict[str, Any]]:
    made: list[dict[str, Any]] = _plain(citations_to_wire(citations))
    return made


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {str(key): _plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, float):
        # To a hundredth of a point; a negative zero would not come back from PostgreSQL as it went.
        return round(value, 2) + 0.0
    if isinstance(value, str):
        return value.replace("\x00", " ")
    return value


def fingerprint_of(fact_id: str, fields: Fields, citations: list[dict[str, Any]]) -> str:
    """The same only for the same reading of the same words."""
    body = json.dumps([fact_id, fields, citations], sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(body.encode()).hexdigest()


def fact_of(kind: str, fields: Fields, citations: list[dict[str, Any]]) -> Fact | None:
    """The fact as its type; None for a kind that is kept as it was read. Raises PlainError."""
    type_ = TYPES.get(kind)
    if type_ is None:
        return None
    whole = {**fields, "citations": citations}
    if type_ is GradeDistribution:
        whole["counts"] = [{"grade": grade, "count": count} for grade, count in fields["counts"].items()]
    if type_ is Mention:
        whole["columns"] = [{"name": column["name"], "value": column} for column in fields["columns"]]
    try:
        return msgspec.convert(whole, type_, strict=False)
    except (msgspec.ValidationError, ValueError, AttributeError, KeyError) as error:
        raise PlainError(f"These values do not make a {kind.replace('_', ' ')}: {error}.") from error


def apply_correction(fields: Fields, corrected: Mapping[str, Any]) -> Fields:
    """The fields with a person's values in place of some. Raises PlainError for a field that is not there."""
    strangers = [name for name in corrected if name not in fields]
    if strangers:
        raise PlainError(f"There is no field called {', '.join(strangers)} to correct.")
    return {**fields, **_plain(corrected)}
