"""What do counts know of the items, and who may count which of them?"""

from __future__ import annotations

from django.db import connection
from django.db.models import Count, QuerySet

from bluelamp.ledger.models import Head
from bluelamp.organisations.visibility import Viewer, sees_all
from bluelamp.register.columns import BYTES, NAMES, PARTED_BY, Columns, Mask, join_blocks
from bluelamp.register.models import Item, TallyBlock, TallySlot, TallyValue

LONGEST_NAME = 200  # of an area: enough to choose by


def values_of(item: Item) -> tuple[str, ...]:
    """The item's value in each column of NAMES."""
    joined = {
        "force": str(item.force_id),
        "organisation": str(item.organisation_id or ""),
        "area": f"{item.area}{PARTED_BY}{item.area_name[:LONGEST_NAME]}",
        "year": str(item.year),
        "schedule": f"{item.timing}{PARTED_BY}{item.due.isoformat() if item.due else ''}",
        "owner": str(item.owner_id or ""),
    }
    return tuple(joined[name] if name in joined else getattr(item, name) for name in NAMES)


_HELD: dict[str, Columns] = {}


def load_columns() -> Columns:
    """Every item as columns, kept for as long as the ledger's head stands: every write has an event."""
    if _inside_a_writing():
        return _read_columns()
    head = Head.objects.values_list("digest", flat=True).get(pk=1)
    held = _HELD.get(head)
    if held is None:
        held = _read_columns()
        _HELD.clear()
        _HELD[head] = held
    return held


def _inside_a_writing() -> bool:
    """What we have half written must not be kept as what the ledger's head says."""
    return connection.in_atomic_block


def _read_columns() -> Columns:
    blocks = dict(TallyBlock.objects.values_list("number", "codes"))
    values: dict[str, dict[int, str]] = {name: {} for name in NAMES}
    for code, name, value in TallyValue.objects.values_list("pk", "name", "value"):
        values[name][code] = value
    return join_blocks({number: bytes(codes) for number, codes in blocks.items()}, values)


def seen_by(viewer: Viewer, columns: Columns) -> Mask:
    """The items that the viewer may see: the rule of organisations.visibility, by column."""
    if sees_all(viewer):
        return columns.everything
    if viewer is None or not viewer.is_active:
        return columns.everything & False
    return columns.having("organisation", {"", str(viewer.organisation_id or "")}.__contains__)


def slots_of(items: QuerySet[Item]) -> list[int]:
    return list(TallySlot.objects.filter(item__in=items.order_by().values("pk")).values_list("pk", flat=True))


def tallies_stand() -> bool:
    """Has every item its place in the counts, in blocks of the shape that this release reads?"""
    counted = Item.objects.aggregate(items=Count("pk"))["items"]
    first = TallyBlock.objects.first()
    return counted == TallySlot.objects.count() and (first is None or len(first.codes) == BYTES)
