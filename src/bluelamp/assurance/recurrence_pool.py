"""Which findings of a force can a point be compared with? Read once, and again when the ledger's head has moved.

Kept in this process, for as many forces as fit. What is kept of a finding are the senses of its sentences, a few
hundred bytes; when the record changes, only findings whose words or themes changed are read again.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import blake2b
from uuid import UUID

from django.db import connection

from bluelamp.assurance.models import ItemTheme
from bluelamp.assurance.recurrence import Passage, Reading, read_finding
from bluelamp.assurance.recurrence_index import PointIndex
from bluelamp.inspections.models import Finding
from bluelamp.ledger.models import Head
from bluelamp.organisations.models import Organisation
from bluelamp.register.models import Item

BESIDE = ("strength", "work_in_progress", "main_finding")
"""Findings without an item that are worth showing beside one: what was praised, under way or spoken of then."""
MOST_KEPT = 300_000
"""Findings kept in this process, of all forces together: about half a kilobyte each."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A finding in the pool: an item of the register, or a finding that stands beside the register."""

    key: UUID
    is_item: bool
    kind: str
    year: int
    document: UUID


@dataclass(frozen=True)
class Pool:
    """The findings of one force, ready to be asked. `kept` is what need not be read again."""

    digest: str  # of the ledger's head
    entries: dict[UUID, Entry]
    index: PointIndex[UUID]
    kept: dict[UUID, tuple[bytes, _Packed]]

    def reading(self, key: UUID) -> Reading:
        return _unpack(self.kept[key][1])


_Packed = tuple[tuple[str, ...], tuple[tuple[int, int, int, tuple[str, ...], tuple[tuple[str, float], ...]], ...]]
_POOLS: OrderedDict[UUID, Pool] = OrderedDict()
_LOCK = threading.Lock()


def load_pool(force: Organisation | UUID) -> Pool:
    """The force's findings as the ledger's head has them."""
    key = force if isinstance(force, UUID) else force.pk
    if _inside_a_writing():
        return _read_pool(key, "", None)
    digest = Head.objects.values_list("digest", flat=True).get(pk=1)
    with _LOCK:
        held = _POOLS.get(key)
        if held is None or held.digest != digest:
            held = _read_pool(key, digest, held)
            _POOLS[key] = held
        _POOLS.move_to_end(key)
        while len(_POOLS) > 1 and sum(len(pool.entries) for pool in _POOLS.values()) > MOST_KEPT:
            _POOLS.popitem(last=False)
    return held


def _inside_a_writing() -> bool:
    """What is half written must not be kept as what the ledger's head says."""
    return connection.in_atomic_block


@dataclass(frozen=True, slots=True)
class _Row:
    entry: Entry
    texts: tuple[str, ...]
    area_name: str


def _read_pool(force: UUID, digest: str, before: Pool | None) -> Pool:
    accepted, removed = _themes_of(force)
    entries: dict[UUID, Entry] = {}
    kept: dict[UUID, tuple[bytes, _Packed]] = {}
    known = before.kept if before else {}
    for row in (*_items(force), *_findings(force)):
        key = row.entry.key
        yes, no = sorted(accepted.get(key, ())), sorted(removed.get(key, ()))
        mark = _fingerprint((*row.texts, row.area_name, "+", *yes, "-", *no))
        entries[key] = row.entry
        held = known.get(key)
        if held is None or held[0] != mark:
            reading = read_finding(row.texts, area_name=row.area_name, accepted=yes, removed=no)
            held = (mark, _pack(reading))
        kept[key] = held
    # Most of what happens to items leaves their words as they are: then the index stands too.
    index = before.index if before and _marks(before.kept) == _marks(kept) else _make_index(kept)
    return Pool(digest, entries, index, kept)


def _marks(kept: dict[UUID, tuple[bytes, _Packed]]) -> dict[UUID, bytes]:
    return {key: mark for key, (mark, _) in kept.items()}


def _make_index(kept: dict[UUID, tuple[bytes, _Packed]]) -> PointIndex[UUID]:
    return PointIndex((key, _unpack(packed)) for key, (_, packed) in kept.items())


def _themes_of(force: UUID) -> tuple[dict[UUID, set[str]], dict[UUID, set[str]]]:
    """The themes that persons accepted and took away, by item."""
    accepted: dict[UUID, set[str]] = {}
    removed: dict[UUID, set[str]] = {}
    rows = ItemTheme.objects.filter(item__force=force).order_by()
    for item, theme, gone in rows.values_list("item", "theme", "removed"):
        (removed if gone else accepted).setdefault(item, set()).add(theme)
    return accepted, removed


def _items(force: UUID) -> Iterator[_Row]:
    items = Item.objects.filter(force=force, merged_into=None).exclude(kind="judgement").order_by()
    columns = items.values_list("pk", "kind", "year", "document", "title", "text", "parts", "area_name")
    for pk, kind, year, document, title, text, parts, area_name in columns.iterator(chunk_size=2000):
        yield _Row(Entry(pk, True, kind, year, document), (title, text, *map(str, parts)), area_name)


def _findings(force: UUID) -> Iterator[_Row]:
    findings = Finding.objects.filter(inspection__force=force, item=None, type__in=BESIDE).order_by()
    columns = findings.values_list(
        "pk", "type", "inspection__year", "inspection__document", "title", "text", "parts", "area"
    )
    for pk, kind, year, document, title, text, parts, area in columns.iterator(chunk_size=2000):
        texts = (title, text, *map(str, parts))
        yield _Row(Entry(pk, False, kind, year, document), texts, area.replace("-", " "))


def _fingerprint(words: Iterable[str]) -> bytes:
    return blake2b("\x1f".join(words).encode(), digest_size=16).digest()


def _pack(reading: Reading) -> _Packed:
    """Tuples of shared strings take a quarter of what sets and objects take."""
    return reading.themes, tuple(
        (each.text, each.start, each.end, tuple(sorted(each.senses)), tuple(sorted(each.themes.items())))
        for each in reading.passages
    )


def _unpack(packed: _Packed) -> Reading:
    themes, passages = packed
    return Reading(
        themes,
        tuple(
            Passage(text, start, end, frozenset(senses), dict(shown))
            for text, start, end, senses, shown in passages
        ),
    )
