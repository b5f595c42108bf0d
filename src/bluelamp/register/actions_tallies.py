"""How do counts follow the items? Each write changes the numbers of the items it wrote, and of no other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import TypeVar
from uuid import UUID

from django.db.models import Q

from bluelamp.ledger.models import Head
from bluelamp.register.columns import BLOCK, NAMES, change_block
from bluelamp.register.models import Item, ItemWords, TallyBlock, TallyValue
from bluelamp.register.tallies import values_of

CHUNK = 500  # keys a statement
EMPTY = (0,) * len(NAMES)

T = TypeVar("T")


def write_tallies(items: Sequence[Item]) -> None:
    """What counts know of these items, made anew. Their rows are written already, in this transaction."""
    slots = _find_slots([item.pk for item in items])  # every item has its words already
    values = {slots[item.pk]: None if item.merged_into_id else values_of(item) for item in items}
    codes = _find_codes({pair for row in values.values() if row for pair in zip(NAMES, row, strict=True)})
    changes: dict[int, dict[int, tuple[int, ...]]] = defaultdict(dict)
    for slot, row in values.items():
        number, place = divmod(slot, BLOCK)
        pairs = zip(NAMES, row, strict=True) if row else ()
        changes[number][place] = tuple(codes[pair] for pair in pairs) or EMPTY
    held = {block.number: block for block in TallyBlock.objects.filter(number__in=list(changes))}
    after = Head.objects.values_list("sequence", flat=True).get(pk=1)
    blocks = [
        TallyBlock(
            number=number,
            codes=change_block(held[number].codes if number in held else b"", rows),
            written_after=after,
        )
        for number, rows in changes.items()
    ]
    TallyBlock.objects.bulk_create(
        blocks,
        update_conflicts=True,
        unique_fields=["number"],
        update_fields=["codes", "written_after"],
        batch_size=CHUNK,
    )


def rewrite_tallies() -> None:
    """Every count from the items themselves: after an upgrade, when the columns are others than they were."""
    TallyBlock.objects.all().delete()
    TallyValue.objects.all().delete()
    keys = list(Item.objects.order_by("place").values_list("pk", flat=True))
    for chunk in _chunks(keys, 10 * CHUNK):
        items: list[Item] = []
        for part in _chunks(chunk, CHUNK):
            items += Item.objects.filter(pk__in=part)
        write_tallies(items)


def _find_slots(keys: list[UUID]) -> dict[UUID, int]:
    found: dict[UUID, int] = {}
    for chunk in _chunks(keys, CHUNK):
        found.update(ItemWords.objects.filter(item__in=chunk).values_list("item", "pk"))
    return found


def _find_codes(pairs: set[tuple[str, str]]) -> dict[tuple[str, str], int]:
    """The code of each value of each column; a value that is new is given the next."""
    wanted: dict[str, list[str]] = defaultdict(list)
    for name, value in pairs:
        wanted[name].append(value)
    asked = [Q(name=name, value__in=chunk) for name, values in wanted.items() for chunk in _chunks(values, CHUNK)]
    found: dict[tuple[str, str], int] = {}
    for some in _chunks(asked, len(NAMES)):
        either = Q()
        for one in some:
            either |= one
        for name, value, code in TallyValue.objects.filter(either).values_list("name", "value", "pk"):
            found[(name, value)] = code
    new = [TallyValue(name=name, value=value) for name, value in sorted(pairs - set(found))]
    for made in TallyValue.objects.bulk_create(new, batch_size=CHUNK):
        found[(made.name, made.value)] = made.pk
    return found


def _chunks(rows: Sequence[T], size: int) -> Iterator[Sequence[T]]:
    return (rows[start : start + size] for start in range(0, len(rows), size))
