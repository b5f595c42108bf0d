"""Which items come next in this order? By the last one seen, so that every page costs what the first does."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from bluelamp.register.models import Item

PARTED_BY = "~"


@dataclass(frozen=True)
class Sort:
    """An order of the register: by a column, then by place in the numbering. An index stands behind each."""

    slug: str
    name: str
    column: str = ""  # "" sorts by place alone
    falling: bool = False
    may_be_blank: bool = False  # what has no value comes last, on every database


SORTS: Mapping[str, Sort] = {
    sort.slug: sort
    for sort in (
        Sort("reference", "Reference"),
        Sort("area", "Area", "area"),
        Sort("grade", "Grade", "grade"),
        Sort("year", "Year, latest first", "year", falling=True),
        Sort("due", "Date due", "due", may_be_blank=True),
        Sort("newest", "Newest in the register", "added", falling=True),
    )
}
DEFAULT_SORT = "reference"


@dataclass(frozen=True)
class ItemPage:
    """A page of items.

    `after` and `before` name the places from which the next and the previous page are asked for, "" where none is.
    """

    items: list[Item]
    after: str
    before: str


def page_of(
    items: QuerySet[Item], sort: str = DEFAULT_SORT, *, after: str = "", before: str = "", size: int = 50
) -> ItemPage:
    """The items after (or before) a place. A sort or place that is not one of ours counts as none given."""
    order = SORTS.get(sort, SORTS[DEFAULT_SORT])
    items = items.select_related("force", "document", "owner")
    start = read_place(order, after)
    end = None if start else read_place(order, before)
    if end:
        rows = _take(items, order, end, size + 1, backwards=True)
        more_before, more_after = len(rows) > size, True
        rows = rows[:size][::-1]
    else:
        rows = _take(items, order, start, size + 1, backwards=False)
        more_before, more_after = start is not None, len(rows) > size
        rows = rows[:size]
    return ItemPage(
        items=rows,
        after=_write_place(order, rows[-1]) if rows and more_after else "",
        before=_write_place(order, rows[0]) if rows and more_before else "",
    )


def _take(
    items: QuerySet[Item], order: Sort, place: tuple[Any, str] | None, count: int, *, backwards: bool
) -> list[Item]:
    """Two steps along the index, the rest of the same value and then the next values: an OR of both would make
    either database sort everything."""
    beyond = "lt" if backwards else "gt"
    ordered = items.order_by(*_columns(order, backwards))
    if order.may_be_blank:
        return _take_with_blanks(ordered, order, place, count, backwards=backwards)
    if place is None:
        return list(ordered[:count])
    value, key = place
    if not order.column:
        return list(ordered.filter(**{f"place__{beyond}": key})[:count])
    rows = list(ordered.filter(**{order.column: value, f"place__{beyond}": key})[:count])
    if len(rows) < count:
        further = "lt" if order.falling != backwards else "gt"
        rows += ordered.filter(**{f"{order.column}__{further}": value})[: count - len(rows)]
    return rows


def _take_with_blanks(
    ordered: QuerySet[Item], order: Sort, place: tuple[Any, str] | None, count: int, *, backwards: bool
) -> list[Item]:
    """As `_take`, rising, of a column that may be null: SQLite would put null first and PostgreSQL last."""
    beyond = "lt" if backwards else "gt"
    filled = ordered.filter(**{f"{order.column}__isnull": False})
    blank = ordered.filter(**{order.column: None}).order_by("-place" if backwards else "place")
    steps: list[QuerySet[Item]]
    if place is None:
        steps = [filled, blank]
    elif place[0] is None:
        steps = [blank.filter(**{f"place__{beyond}": place[1]}), *([filled] if backwards else [])]
    else:
        same = ordered.filter(**{order.column: place[0], f"place__{beyond}": place[1]})
        further = ordered.filter(**{f"{order.column}__{beyond}": place[0]})
        steps = [same, further, *([] if backwards else [blank])]
    rows: list[Item] = []
    for step in steps:
        rows += step[: count - len(rows)] if len(rows) < count else ()
    return rows


def _columns(order: Sort, backwards: bool) -> list[str]:
    place = "-place" if backwards else "place"
    if not order.column:
        return [place]
    return [f"-{order.column}" if order.falling != backwards else order.column, place]


def _write_place(order: Sort, item: Item) -> str:
    if not order.column:
        return f"{PARTED_BY}{item.place}"
    value = getattr(item, order.column)
    if isinstance(value, dt.datetime):
        value = value.astimezone(dt.UTC).isoformat()
    elif value is None:
        value = ""
    return f"{value}{PARTED_BY}{item.place}"


def read_place(order: Sort, words: str) -> tuple[Any, str] | None:
    """What `_write_place` wrote; None for anything else."""
    value, parted, key = words.rpartition(PARTED_BY)
    if not parted or not key or "\x00" in words or len(words) > 300:
        return None
    try:
        match order.column:
            case "year":
                return (int(value), key) if len(value) == 4 else None
            case "due":
                return dt.date.fromisoformat(value) if value else None, key
            case "added":
                moment = dt.datetime.fromisoformat(value)
                return (moment, key) if moment.tzinfo else None
            case _:
                return value, key
    except ValueError:
        return None
