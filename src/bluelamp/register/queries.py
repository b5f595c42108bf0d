"""Which items are there: filtered, found by their reference, and by whom were they changed?"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from bluelamp.documents.full_text import find_terms, matching
from bluelamp.documents.models import StoredDocument
from bluelamp.ledger.models import Event, Payload
from bluelamp.organisations.models import Organisation
from bluelamp.organisations.visibility import Viewer, visible_to
from bluelamp.register.kinds import load_item_kinds
from bluelamp.register.models import Item, ItemWords, Mention
from bluelamp.register.references import parse_reference
from bluelamp.register.standing import (
    DUE_SOON,
    NO_DATE,
    ON_TIME,
    OVERDUE,
    SOON,
    TO_MEET,
    VOCABULARIES,
)
from bluelamp.register.vocabulary import sources, states_of

FACETS = (
    "force",
    "source",
    "kind",
    "area",
    "grade",
    "year",
    "framework",
    "response",
    "delivery",
    "assurance",
    "position",
    "schedule",
    "closing",
    "owner",
)
BLANKS = frozenset({"area", "grade", "framework", "owner"})
POINTS = "points"
"""The choice of every kind that must be answered: all but grades."""
NO_POINT = "judgement"
NONE = "none"
"""The choice of items whose column of BLANKS has no value: blank is not "any". An opinion may be none too."""


def filter_items(
    *,
    viewer: Viewer,
    force: str = "",
    year: str | int = "",
    schedule: str = "",
    owner: str = "",
    words: str = "",
    document: StoredDocument | None = None,
    among: QuerySet[Any] | None = None,
    today: dt.date | None = None,
    **values: str,
) -> QuerySet[Item]:
    """Items the viewer may see that answer every filter given. An unknown value finds nothing; it is no error.

    `values` are source, kind, area, grade, framework, response, delivery, assurance, position and closing;
    `schedule` needs `today`; `owner` is an owner's key; `among` are the keys of items that something else chose.
    What was merged into another item is in no list.
    """
    strangers = set(values) - set(FACETS)
    if strangers:
        raise TypeError(f"the register has no filter {', '.join(sorted(strangers))}")
    items = visible_to(viewer, Item.objects.filter(merged_into=None))
    if any("\x00" in value for value in (force, schedule, owner, *values.values())):
        return items.none()  # PostgreSQL refuses it as an error; no value of ours holds it
    if values.get("kind") == POINTS:
        items = items.exclude(kind=NO_POINT)
        values = {**values, "kind": ""}
    items = items.filter(
        **{name: "" if value == NONE and name in BLANKS else value for name, value in values.items() if value}
    )
    items = _narrow(items, force=force, year=str(year), owner=owner)
    if schedule:
        items = _in_schedule(items, schedule, today)
    if document:
        items = _resting_on(items, document)
    if among is not None:
        items = items.filter(pk__in=among)
    return _with_words(items, words, viewer) if words.strip() else items


def _narrow(items: QuerySet[Item], *, force: str, year: str, owner: str) -> QuerySet[Item]:
    if force:
        # By key, not by a join: the count then reads nothing but the index.
        found = Organisation.objects.filter(code__iexact=force).first()
        items = items.filter(force=found.pk) if found else items.none()
    if year:
        items = items.filter(year=int(year)) if year.isdecimal() and len(year) == 4 else items.none()
    if owner:
        key = None if owner == NONE else read_key(owner)
        items = items.none() if key is None and owner != NONE else items.filter(owner=key)
    return items


def read_key(words: str) -> UUID | None:
    """The key that stands in an address; None for anything else."""
    try:
        return UUID(words)
    except ValueError:
        return None


def _in_schedule(items: QuerySet[Item], schedule: str, today: dt.date | None) -> QuerySet[Item]:
    """The items that `standing.schedule_on` names so today."""
    if today is None:
        raise TypeError("which items are due is asked of a day")
    to_meet = items.filter(timing=TO_MEET)
    match schedule:
        case str() if schedule == OVERDUE:
            return to_meet.filter(due__lt=today)
        case str() if schedule == DUE_SOON:
            return to_meet.filter(due__gte=today, due__lte=today + SOON)
        case str() if schedule == ON_TIME:
            return to_meet.filter(due__gt=today + SOON)
        case str() if schedule == NO_DATE:
            return items.filter(Q(timing=NO_DATE) | Q(timing=TO_MEET, due=None))
        case _:
            return items.none() if schedule == TO_MEET else items.filter(timing=schedule)


def _resting_on(items: QuerySet[Item], document: StoredDocument) -> QuerySet[Item]:
    """The items with a mention in the document, their own or of an item that was merged into them."""
    mentions = Mention.objects.filter(document=document).order_by()
    merged = mentions.exclude(item__merged_into=None)
    return items.filter(Q(pk__in=mentions.values("item")) | Q(pk__in=merged.values("item__merged_into")))


def _with_words(items: QuerySet[Item], words: str, viewer: Viewer) -> QuerySet[Item]:
    if parse_reference(words):
        found = find_item(words, viewer=viewer)
        return items.filter(pk=found.pk) if found else items.none()
    terms = find_terms(words)
    if not terms:
        return items.none()
    # Asked of each item along the way: a list of every item that holds a common word took 270 ms of 100,000.
    held = ItemWords.objects.filter(item=OuterRef("pk"), pk__in=matching(ItemWords, terms))
    return items.filter(Exists(held))


def find_slots(words: str, *, viewer: Viewer) -> list[int]:
    """The slots in the counts of the items that have the words, whoever may see them."""
    if parse_reference(words):
        found = find_item(words, viewer=viewer)
        return list(ItemWords.objects.filter(item=found).values_list("pk", flat=True)) if found else []
    terms = find_terms(words)
    return (
        list(ItemWords.objects.filter(pk__in=matching(ItemWords, terms)).values_list("pk", flat=True))
        if terms
        else []
    )


def find_item(reference: str, *, viewer: Viewer) -> Item | None:
    """The item somebody names ("nts 2022 afi 7" too); None where there is none they may see.

    The reference of an item that was merged into another leads to the other.
    """
    found = find_exact_item(reference, viewer=viewer)
    if found is None or found.merged_into_id is None:
        return found
    return visible_to(viewer, _with_what_it_names()).filter(pk=found.merged_into_id).first()


def find_exact_item(reference: str, *, viewer: Viewer) -> Item | None:
    """As `find_item`, the merged item itself too."""
    parsed = parse_reference(reference)
    if parsed is None:
        return None
    return visible_to(viewer, _with_what_it_names()).filter(reference=str(parsed)).first()


def _with_what_it_names() -> QuerySet[Item]:
    return Item.objects.select_related("force", "document", "parent", "owner")


def say_value(name: str, value: str) -> str:
    """A filter's value in words; a named unknown where there is none."""
    if not value:
        unknown = {"grade": "No grade", "area": "No area", "framework": "No framework", "owner": "Unallocated"}
        return unknown.get(name, "None")
    if name == "kind":
        return load_item_kinds()[value].name.capitalize() if value in load_item_kinds() else value
    if name == "source" and value in sources():
        return sources()[value].name
    if name in VOCABULARIES and value in states_of(name):
        return states_of(name)[value].name
    return value if name == "year" else value.replace("-", " ").replace("_", " ").capitalize()


@dataclass(frozen=True)
class Change:
    """One column of the item before and after an event."""

    column: str
    before: Any
    after: Any


@dataclass(frozen=True)
class Happening:
    """One event of an item's history. `redacted`: what it wrote has been emptied from the ledger."""

    sequence: int
    time: dt.datetime
    actor: str
    action: str
    note: dict[str, Any]
    changes: tuple[Change, ...]
    redacted: bool


def item_history(item: Item, *, viewer: Viewer) -> list[Happening]:
    """Every event of the item, newest first: who, when, and what changed. Nothing for who may not see the item."""
    if not visible_to(viewer, Item.objects.filter(pk=item.pk)).exists():
        return []
    events = list(
        Event.objects.filter(subject_table=Item._meta.db_table, subject_id=str(item.pk)).order_by("sequence")
    )
    payloads = Payload.objects.in_bulk([event.sequence for event in events])
    before: dict[str, Any] = {}
    history = []
    for event in events:
        payload = payloads.get(event.sequence)
        body: dict[str, Any] = json.loads(payload.body) if payload and payload.body else {}
        after = _item_row(body.get("rows", []), str(item.pk))
        changes = _compare(before, after) if before and after else ()
        before = after or before
        history.append(_happening(event, body, changes))
    return history[::-1]


def _item_row(rows: Iterable[dict[str, Any]], key: str) -> dict[str, Any]:
    table = Item._meta.db_table
    return next((row["fields"] for row in rows if row["table"] == table and row["fields"]["id"] == key), {})


def _compare(before: dict[str, Any], after: dict[str, Any]) -> tuple[Change, ...]:
    columns = [column for column in after if before.get(column) != after[column]]
    return tuple(Change(column, before.get(column), after[column]) for column in columns)


def _happening(event: Event, body: dict[str, Any], changes: tuple[Change, ...]) -> Happening:
    return Happening(
        sequence=event.sequence,
        time=event.time,
        actor=event.actor_name,
        action=event.action,
        note=body.get("note", {}),
        changes=changes,
        redacted=not body,
    )
