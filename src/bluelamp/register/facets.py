"""Which choices does each filter of the register have, and how many items would each leave?"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from bluelamp.documents.models import StoredDocument
from bluelamp.organisations.models import Organisation, Owner
from bluelamp.organisations.visibility import Viewer, visible_to
from bluelamp.register.columns import PARTED_BY, Columns, Mask
from bluelamp.register.queries import BLANKS, FACETS, NONE, filter_items, read_key, say_value
from bluelamp.register.standing import VOCABULARIES, schedule_on
from bluelamp.register.tallies import load_columns, seen_by, slots_of
from bluelamp.register.vocabulary import states_of


@dataclass(frozen=True)
class Choice:
    """A value to filter by, as people read it, and how many items it leaves."""

    value: str
    label: str
    count: int


Facets = dict[str, tuple[Choice, ...]]


def find_facets(
    *,
    viewer: Viewer,
    today: dt.date,
    words: str = "",
    document: StoredDocument | None = None,
    among: QuerySet[Any] | None = None,
    **filters: str | int,
) -> Facets:
    """For each filter its choices with exact counts, given every other filter that is set."""
    columns = load_columns()
    seen = seen_by(viewer, columns)
    if words.strip() or document or among is not None:
        chosen = filter_items(viewer=viewer, words=words, document=document, among=among)
        seen = seen & columns.in_slots(slots_of(chosen))
    masks = {name: _mask(columns, name, str(value), today) for name, value in filters.items() if value}
    counted = {}
    for name in FACETS:
        rows = seen
        for other, mask in masks.items():
            if other != name:
                rows = rows & mask
        counted[name] = columns.count(name, rows)
    return {name: tuple(_make_choices(name, counted[name], viewer, today)) for name in FACETS}


def count_items(
    *,
    viewer: Viewer,
    today: dt.date,
    words: str = "",
    document: StoredDocument | None = None,
    among: QuerySet[Any] | None = None,
    **filters: str | int,
) -> int:
    """How many items `filter_items` finds, without reading them."""
    facets = find_facets(viewer=viewer, today=today, words=words, document=document, among=among, **filters)
    return sum(count_chosen(facets, "kind", str(filters.get("kind", ""))).values())


def count_chosen(facets: Facets, name: str, chosen: str) -> dict[str, int]:
    """How many of the items that answer every filter have each value; a facet leaves out its own filter."""
    return {c.value: c.count for c in facets[name] if c.count and chosen in ("", c.value)}


def _mask(columns: Columns, name: str, value: str, today: dt.date) -> Mask:
    """The rows that answer one filter."""
    return columns.having(name, _wanted(name, value, today))


def _wanted(name: str, value: str, today: dt.date) -> Callable[[str], bool]:
    if name == "force":
        found = Organisation.objects.filter(code__iexact=value.replace("\x00", " ")).first()
        return (str(found.pk) if found else "none such").__eq__
    if name == "year":
        return (value if value.isascii() and len(value) == 4 else "none such").__eq__
    if name == "owner" and value != NONE:
        return str(read_key(value) or "none such").__eq__
    plain = "" if value == NONE and name in BLANKS else value
    return lambda held: _plain(name, held, today) == plain


def _plain(name: str, held: str, today: dt.date) -> str:
    """A column's value as a filter names it."""
    first, _, second = held.partition(PARTED_BY)
    if name == "schedule":
        return schedule_on(first, dt.date.fromisoformat(second) if second else None, today)
    return first


def _make_choices(name: str, counted: dict[str, int], viewer: Viewer, today: dt.date) -> list[Choice]:
    match name:
        case "force":
            forces = Organisation.objects.in_bulk(list(counted))
            named = {str(key): force for key, force in forces.items()}
            choices = [Choice(named[key].code, named[key].name, count) for key, count in counted.items()]
        case "area":
            choices = _area_choices(counted)
        case "owner":
            choices = _owner_choices(counted, viewer)
        case _:
            totals: Counter[str] = Counter()
            for held, count in counted.items():
                totals[_plain(name, held, today)] += count
            choices = [Choice(value or NONE, say_value(name, value), count) for value, count in totals.items()]
    return _in_order(name, choices)


def _area_choices(counted: dict[str, int]) -> list[Choice]:
    """An area is named as most of its items name it: two frameworks may name one differently."""
    names: dict[str, Counter[str]] = {}
    for held, count in counted.items():
        area, _, said = held.partition(PARTED_BY)
        names.setdefault(area, Counter())[said] += count
    return [
        Choice(area or NONE, _commonest(said) if area else say_value("area", ""), sum(said.values()))
        for area, said in names.items()
    ]


def _commonest(said: Counter[str]) -> str:
    return min(said, key=lambda name: (not name, -said[name], name))


def _owner_choices(counted: dict[str, int], viewer: Viewer) -> list[Choice]:
    known = visible_to(viewer, Owner.objects.filter(pk__in=[key for key in counted if key]))
    names = {str(key): name for key, name in known.values_list("pk", "name")}
    return [
        Choice(
            key or NONE, names.get(key, "An owner of another organisation") if key else say_value("owner", ""), n
        )
        for key, n in counted.items()
    ]


def _in_order(name: str, choices: list[Choice]) -> list[Choice]:
    """By name, no value last; years from the latest; the states of a fact as its vocabulary has them."""
    if name in VOCABULARIES:
        order = list(states_of(name))
        return sorted(
            choices, key=lambda c: (c.value not in order, order.index(c.value) if c.value in order else 0)
        )
    if name == "year":
        return sorted(choices, key=lambda choice: choice.value, reverse=True)
    return sorted(choices, key=lambda choice: (choice.value == NONE, choice.label))
