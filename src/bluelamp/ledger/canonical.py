"""How does a row look in the ledger, so that the same row always has the same digest?"""

from __future__ import annotations

import hashlib
import json
from functools import cache
from typing import Any

from django.db import models

from bluelamp.ledger.records import Recorded

FIRST = "0" * 64
"""The digest before the first event."""


def row_fields(row: models.Model) -> dict[str, Any]:
    """Every column of the row as plain JSON, by column name. Times in UTC, decimals as strings."""
    return {field.attname: _plain(field, row) for field in row._meta.concrete_fields}


CONCEALED = "sha256:"
"""What the fingerprint of a concealed value begins with; no value that is concealed may begin so."""


def ledger_fields(row: Recorded) -> dict[str, Any]:
    """As `row_fields`, with a fingerprint in place of every value that the ledger may not keep."""
    return as_known_now(type(row), row_fields(row))


def as_known_now(model: type[Recorded], written: dict[str, Any]) -> dict[str, Any]:
    """Fields as an event of any release wrote them, by the columns that the table has now.

    A column that came later holds its default, which is what its migration gave to every row; one that is gone is
    left out; a value that is concealed now is shown as its fingerprint.
    """
    fields = {name: written.get(name, default) for name, default in _defaults(model).items()}
    for name in model.concealed:
        if not str(fields[name]).startswith(CONCEALED):
            fields[name] = CONCEALED + digest_of(str(fields[name]))
    return fields


@cache
def _defaults(model: type[Recorded]) -> dict[str, Any]:
    return row_fields(model())


def _plain(field: models.Field[Any, Any], row: models.Model) -> Any:
    value = getattr(row, field.attname)
    if value is None or isinstance(value, (bool, int, str)):
        return value
    if isinstance(field, models.JSONField):
        return value
    if isinstance(field, models.ForeignKey):
        return str(value)
    return field.value_to_string(row)


def canonical(value: object) -> str:
    """JSON with sorted keys and no spare white space."""
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def digest_of(*parts: str) -> str:
    """SHA-256 of the parts, each with its length before it so that they cannot run together."""
    running = hashlib.sha256()
    for part in parts:
        encoded = part.encode()
        running.update(f"{len(encoded)}:".encode())
        running.update(encoded)
    return running.hexdigest()
