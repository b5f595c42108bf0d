"""How do items come into the register, and how are their numbers given?

These are called with another action's book, so that an item, its mention and the acceptance that made it are
written in one transaction.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from bluelamp.documents.models import StoredDocument
from bluelamp.documents.pages import clean
from bluelamp.ledger.actions import Book
from bluelamp.ledger.models import Head
from bluelamp.organisations.models import Organisation
from bluelamp.register.actions_tallies import write_tallies
from bluelamp.register.kinds import load_item_kinds
from bluelamp.register.models import Item, ItemWords, Mention, Numbering
from bluelamp.register.references import Reference

CHUNK = 500  # keys a statement
LONGEST = 100_000  # letters of an item's words that search knows


def lock_record() -> None:
    """Until this transaction ends, nobody else writes: what is read after this stays true until we write."""
    Head.objects.select_for_update().get(pk=1)


@dataclass
class References:
    """Gives numbers within one transaction, after `lock_record`. A number is never given twice."""

    _series: dict[tuple[str, int, str], Numbering] = field(default_factory=dict)
    _new: set[tuple[str, int, str]] = field(default_factory=set)

    def give(self, force_code: str, year: int, kind: str) -> Reference:
        kind_code = load_item_kinds()[kind].code
        key = (force_code, year, kind_code)
        series = self._series.get(key) or self._find(key)
        series.last += 1
        return Reference(force_code, year, kind_code, series.last)

    def _find(self, key: tuple[str, int, str]) -> Numbering:
        force_code, year, kind_code = key
        series = Numbering.objects.filter(force_code=force_code, year=year, kind_code=kind_code).first()
        if series is None:
            series = Numbering(force_code=force_code, year=year, kind_code=kind_code)
            self._new.add(key)
        self._series[key] = series
        return series

    def record(self, book: Book) -> None:
        """One event for each series that gave numbers."""
        for key, series in self._series.items():
            rows = {"add" if key in self._new else "change": [series]}
            book.event("register.numbers_given", subject=series, note={"last": series.last}, **rows)


@dataclass(frozen=True, kw_only=True)
class Point:
    """What an item says, before it has a reference. `citations` as on the wire."""

    kind: str
    title: str
    citations: list[dict[str, Any]]
    text: str = ""
    area: str = ""
    area_name: str = ""
    grade: str = ""
    framework: str = ""
    source_number: str = ""
    parts: tuple[str, ...] = ()
    deadline_printed: str = ""
    cited_pages: str = ""
    notes: tuple[str, ...] = ()
    printed_action: str = ""
    first_reading: dict[str, Any] | None = None
    order: int = 0


@dataclass(frozen=True)
class Setting:
    """What all items of one acceptance share."""

    document: StoredDocument
    force: Organisation
    year: int
    year_guessed: bool
    source: str
    added: Any  # the moment of acceptance


def make_item(point: Point, setting: Setting, references: References) -> tuple[Item, Mention]:
    """An item with its reference and its first mention, not yet written."""
    reference = references.give(setting.force.code, setting.year, point.kind)
    item = Item(
        reference=str(reference),
        place=reference.place,
        force=setting.force,
        kind=point.kind,
        year=setting.year,
        year_guessed=setting.year_guessed,
        source=setting.source,
        document=setting.document,
        framework=point.framework,
        source_number=point.source_number,
        area=point.area,
        area_name=point.area_name,
        grade=point.grade,
        title=point.title,
        text=point.text,
        parts=list(point.parts),
        deadline_printed=point.deadline_printed,
        first_reading=point.first_reading,
        order=point.order,
        added=setting.added,
        organisation=setting.document.organisation,
        marking=setting.document.marking,
    )
    mention = Mention(
        item=item,
        document=setting.document,
        citations=point.citations,
        cited_pages=point.cited_pages,
        notes=list(point.notes),
        printed_action=point.printed_action,
    )
    return item, mention


def index_items(items: Iterable[Item]) -> None:
    """What search and counts know of the items, made anew. Every action that adds or changes items calls this in
    its transaction, after its book has written them: a count that lags could say what a person may not see."""
    items = list({item.pk: item for item in items}.values())
    _write_words(items)
    write_tallies(items)


def _write_words(items: list[Item]) -> None:
    """Most changes of an item leave its words as they were; those are not written, nor indexed, again."""
    held: dict[UUID, ItemWords] = {}
    for start in range(0, len(items), CHUNK):
        keys = [item.pk for item in items[start : start + CHUNK]]
        held.update({words.item_id: words for words in ItemWords.objects.filter(item__in=keys)})
    merged: dict[UUID | None, list[Item]] = defaultdict(list)
    for start in range(0, len(items), CHUNK):
        keys = [item.pk for item in items[start : start + CHUNK]]
        for item in Item.objects.filter(merged_into__in=keys):
            merged[item.merged_into_id].append(item)
    new, changed = [], []
    for item in items:
        # Whoever looks for the words of an item that was merged finds the one it went into.
        text, words = "\n".join(words_of(each) for each in (item, *merged[item.pk]))[:LONGEST], held.get(item.pk)
        if words is None:
            new.append(ItemWords(item=item, text=text))
        elif words.text != text:
            words.text = text
            changed.append(words)
    ItemWords.objects.bulk_create(new, batch_size=CHUNK)
    ItemWords.objects.bulk_update(changed, ["text"], batch_size=CHUNK)


def words_of(item: Item) -> str:
    parts = (item.reference, item.area_name, item.title, item.text, *item.parts, item.source_number)
    return clean("\n".join(part for part in parts if part))[:LONGEST]
