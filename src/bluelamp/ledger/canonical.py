"""How does a row look in the ledger, so that the same row always has the same digest?"""

from __future__ import annotations

import hashlib
import json
from typing import Any

from django.db import models

FIRST = "0" * 64
"""The digest before the first event."""


def row_fields(row: models.Model) -> dict[str, Any]:
    """Every column of the row as plain JSON, by column name. Times in UTC, decimals as strings."""
    return {field.attname: _plain(field, row) for field in row._meta.concrete_fields}


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
