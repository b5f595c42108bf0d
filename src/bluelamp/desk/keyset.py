"""Which rows come next? By the last row seen, so that the thousandth page costs no more than the first."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar
from uuid import UUID

from django.db.models import Model, Q, QuerySet

M = TypeVar("M", bound=Model)
_PARTED_BY = "_"


@dataclass(frozen=True)
class KeysetPage(Generic[M]):
    """`older` and `newer` are what the next and the previous page's address asks for; "" where there is none."""

    rows: list[M]
    older: str
    newer: str


def page_of(found: QuerySet[M], asked: Mapping[str, str], *, field: str, per_page: int) -> KeysetPage[M]:
    """Newest first by a moment and the key. A key that nobody of ours made is as none."""
    backwards = _read(asked.get("newer", ""))
    forwards = _read(asked.get("older", ""))
    if backwards:
        rows = list(found.filter(_beyond(field, backwards, "gt")).order_by(field, "-pk")[: per_page + 1])
        more_newer, more_older = len(rows) > per_page, True
        rows = rows[:per_page][::-1]
    else:
        rest = found.filter(_beyond(field, forwards, "lt")) if forwards else found
        rows = list(rest.order_by(f"-{field}", "pk")[: per_page + 1])
        more_newer, more_older = forwards is not None, len(rows) > per_page
        rows = rows[:per_page]
    return KeysetPage(
        rows=rows,
        older=_write(rows[-1], field) if rows and more_older else "",
        newer=_write(rows[0], field) if rows and more_newer else "",
    )


def _beyond(field: str, place: tuple[dt.datetime, UUID], side: str) -> Q:
    moment, key = place
    key_side = "gt" if side == "lt" else "lt"  # among rows of one moment the keys rise
    return Q(**{f"{field}__{side}": moment}) | Q(**{field: moment, f"pk__{key_side}": key})


def _write(row: Any, field: str) -> str:
    return f"{getattr(row, field).astimezone(dt.UTC).isoformat()}{_PARTED_BY}{row.pk}"


def _read(place: str) -> tuple[dt.datetime, UUID] | None:
    moment, _, key = place.partition(_PARTED_BY)
    try:
        found = dt.datetime.fromisoformat(moment)
        return (found, UUID(key)) if found.tzinfo else None
    except ValueError:
        return None
