"""What do counts know of the items, and who may count which of them?"""

from __future__ import annotations

from dataclasses import dataclass

from django.db import connection
from django.db.models import QuerySet

from bluelamp.ledger.models import Event, Head
from bluelamp.organisations.visibility import Viewer, sees_all
from bluelamp.register.columns import BYTES, NAMES, PARTED_BY, Columns, Mask, join_blocks, renew_columns
from bluelamp.register.models import Item, ItemWords, TallyBlock, TallyValue

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


@dataclass(frozen=True)
class _Held:
    """What this process knows of the items, and up to which event of the ledger."""

    sequence: int
    digest: str
    columns: Columns


_HELD: list[_Held] = []


def load_columns() -> Columns:
    """Every item as columns, kept for as long as the ledger's head stands: every write has an event."""
    if _inside_a_writing():
        return _read_columns()
    head = Head.objects.get(pk=1)
    held = _HELD[0] if _HELD else None
    if held and held.digest == head.digest:
        return held.columns
    if held and Event.objects.filter(sequence=held.sequence, digest=held.digest).exists():
        columns = _read_columns(since=held)
    else:
        columns = _read_columns()
    _HELD[:] = [_Held(head.sequence, head.digest, columns)]
    return columns


def _inside_a_writing() -> bool:
    """What we have half written must not be kept as what the ledger's head says."""
    return connection.in_atomic_block


def _read_columns(since: _Held | None = None) -> Columns:
    """Blocks first: every value that stands in one is there when the values are read."""
    blocks, known = TallyBlock.objects.all(), 0
    if since:
        blocks = blocks.filter(written_after__gte=since.sequence)
        known = max((code for codes in since.columns.values.values() for code in codes), default=0)
    read = {number: bytes(codes) for number, codes in blocks.values_list("number", "codes")}
    values: dict[str, dict[int, str]] = {name: {} for name in NAMES}
    for code, name, value in TallyValue.objects.filter(pk__gt=known).values_list("pk", "name", "value"):
        values[name][code] = value
    return renew_columns(since.columns, read, values) if since else join_blocks(read, values)


def seen_by(viewer: Viewer, columns: Columns) -> Mask:
    """The items that the viewer may see: the rule of organisations.visibility, by column."""
    if sees_all(viewer):
        return columns.everything
    if viewer is None or not viewer.is_active:
        return columns.everything & False
    return columns.having("organisation", {"", str(viewer.organisation_id or "")}.__contains__)


def who_sees(viewer: Viewer) -> str:
    """Those who see the same items have the same name here."""
    if sees_all(viewer):
        return "everything"
    return f"organisation {viewer.organisation_id}" if viewer and viewer.is_active else "nothing"


def slots_of(items: QuerySet[Item]) -> list[int]:
    return list(ItemWords.objects.filter(item__in=items.order_by().values("pk")).values_list("pk", flat=True))


def tallies_stand() -> bool:
    """Are the items counted, in blocks of the shape that this release reads?"""
    first = TallyBlock.objects.first()
    return len(first.codes) == BYTES if first else not Item.objects.exists()
