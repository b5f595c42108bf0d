"""How is it recorded that items belong together, and how is that taken back? All of it, or nothing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from bluelamp.documents.models import StoredDocument
from bluelamp.documents.queries import find_documents
from bluelamp.documents.stored_citations import check_citations
from bluelamp.ledger.actions import Actor, Book, recording
from bluelamp.ledger.records import Recorded
from bluelamp.organisations.models import User
from bluelamp.organisations.rules import NotAllowedError
from bluelamp.organisations.visibility import Viewer, visible_to
from bluelamp.register.actions import Point, References, Setting, index_items, lock_record, make_item
from bluelamp.register.links import beyond, stand
from bluelamp.register.models import Item, ItemLink, Mention
from bluelamp.register.rules import (
    MERGED,
    SAME_AS,
    SPLIT,
    SUPERSEDES,
    check_can_join,
    check_can_link,
    check_can_merge,
    check_can_split,
    check_can_undo,
    check_may_cite,
)

WORDS = ("title", "text", "parts")


@dataclass(frozen=True, kw_only=True)
class Words:
    """What an item says: of a part that is split off, or of what stays."""

    title: str
    text: str = ""
    parts: tuple[str, ...] = ()

    def as_columns(self) -> dict[str, Any]:
        return {"title": self.title.strip(), "text": self.text.strip(), "parts": list(self.parts)}


@dataclass
class _Joining:
    """One transaction about how items belong together. What it changed is indexed at its end."""

    book: Book
    by: Actor
    now: dt.datetime
    _changed: dict[Any, Item] = field(default_factory=dict)

    @property
    def viewer(self) -> Viewer:
        return self.by if isinstance(self.by, User) else None

    def take(self, *items: Item) -> list[Item]:
        """The items as they are now, if whoever acts may see them."""
        found = visible_to(self.viewer, Item.objects.select_related("force", "document"))
        held = found.in_bulk([item.pk for item in items])
        if len(held) < len({item.pk for item in items}):
            raise NotAllowedError("There is no such item, or it is not yours to see.")
        return [held[item.pk] for item in items]

    def changed(self, *items: Item) -> tuple[Item, ...]:
        self._changed.update({item.pk: item for item in items})
        return items

    def link(self, kind: str, item: Item, other: Item, reason: str, **more: Any) -> ItemLink:
        return ItemLink(kind=kind, item=item, other=other, reason=reason.strip(), made=self.now, **more)

    def say(
        self,
        action: str,
        subject: Item,
        about: Item,
        *,
        reason: str = "",
        add: Iterable[Recorded] = (),
        change: Iterable[Recorded] = (),
    ) -> None:
        note = {"item": about.reference, **({"reason": reason.strip()} if reason.strip() else {})}
        self.book.event(action, subject=subject, add=add, change=change, note=note)

    def tell(self, action: str, subject: Item, about: Item, *, reason: str = "") -> None:
        """The same in the history of the other item, unless some who read that may not know of this one."""
        if about.organisation_id in (None, subject.organisation_id):
            self.say(action, subject, about, reason=reason)

    def finish(self) -> None:
        self.book.write()
        index_items(self._changed.values())


@contextmanager
def _joining(*, by: Actor, now: dt.datetime) -> Iterator[_Joining]:
    check_can_link(by)
    with recording(by=by, now=now) as book:
        lock_record()
        joining = _Joining(book, by, now)
        yield joining
        joining.finish()


def say_same(item: Item, other: Item, *, by: Actor, now: dt.datetime, reason: str = "") -> ItemLink:
    """`item` makes the same point as `other`, which carries the answer for both."""
    return _join(
        SAME_AS, item, other, "register.said_same", "register.said_same_here", by=by, now=now, reason=reason
    )


def supersede(item: Item, other: Item, *, by: Actor, now: dt.datetime, reason: str = "") -> ItemLink:
    """`item` takes the place of the earlier `other`."""
    return _join(
        SUPERSEDES, item, other, "register.supersedes", "register.superseded", by=by, now=now, reason=reason
    )


def _join(
    kind: str, item: Item, other: Item, said: str, told: str, *, by: Actor, now: dt.datetime, reason: str
) -> ItemLink:
    with _joining(by=by, now=now) as joining:
        item, other = joining.take(item, other)
        held = ItemLink.objects.filter(kind=kind, item=item, undone=None).exists()
        check_can_join(kind, stand(item), stand(other), beyond=beyond(kind, other.pk), held=held)
        link = joining.link(kind, item, other, reason)
        joining.say(said, item, other, reason=reason, add=[link])
        joining.tell(told, other, item, reason=reason)
    return link


def merge(item: Item, other: Item, *, by: Actor, now: dt.datetime, reason: str = "") -> ItemLink:
    """`item` goes into `other`: out of lists and counts, its reference leading there, its mentions shown there."""
    with _joining(by=by, now=now) as joining:
        item, other = joining.take(item, other)
        check_can_merge(stand(item), stand(other))
        link = joining.link(MERGED, item, other, reason)
        moved = list(Item.objects.filter(merged_into=item))
        for each in (item, *moved):
            each.merged_into = other
        joining.say(
            "register.merged", item, other, reason=reason, add=[link], change=joining.changed(item, *moved)
        )
        joining.tell("register.merged_here", other, item, reason=reason)
        joining.changed(other)
    return link


def split(
    item: Item,
    parts: Sequence[Words],
    *,
    by: Actor,
    now: dt.datetime,
    stays: Words | None = None,
    reason: str = "",
) -> list[Item]:
    """Each part becomes an item under a reference of its own, resting on the same words of the same document.
    What `stays` says is left with the item; None leaves its words as they are."""
    with _joining(by=by, now=now) as joining:
        (item,) = joining.take(item)
        titles = [part.title for part in (*parts, *((stays,) if stays else ()))]
        check_can_split(stand(item), titles, changes_words=stays is not None)
        before = {name: getattr(item, name) for name in WORDS}
        if stays:
            _change_words(item, stays.as_columns())
        left = {name: getattr(item, name) for name in WORDS}
        references = References()
        made = [_part_of(item, part, joining, references) for part in parts]
        for part, mentions in made:
            link = joining.link(SPLIT, part, item, reason, before=before, left=left)
            joining.say("register.split_off", part, item, reason=reason, add=[part, *mentions, link])
        joining.changed(item, *(part for part, _ in made))
        note = {"items": [part.reference for part, _ in made], **({"reason": reason} if reason else {})}
        joining.book.event("register.split", subject=item, change=[item], note=note)
        references.record(joining.book)
    return [part for part, _ in made]


def _change_words(item: Item, words: dict[str, Any]) -> None:
    """The first reading stays beside what a person made of it (law 1)."""
    if item.first_reading is None:
        item.first_reading = {name: getattr(item, name) for name in WORDS}
    for name, value in words.items():
        setattr(item, name, value)


def _part_of(item: Item, words: Words, joining: _Joining, references: References) -> tuple[Item, list[Mention]]:
    mentions = list(Mention.objects.filter(item=item).select_related("document"))
    setting = Setting(item.document, item.force, item.year, item.year_guessed, item.source, joining.now)
    same = ("kind", "area", "area_name", "framework", "source_number", "deadline_printed", "order")
    columns = words.as_columns()
    point = Point(
        title=columns["title"],
        text=columns["text"],
        parts=tuple(columns["parts"]),
        citations=[],
        **{name: getattr(item, name) for name in same},
    )
    part, _ = make_item(point, setting, references)
    part.parent = item.parent
    part.organisation, part.marking = item.organisation, item.marking
    part.deadline_date, part.due, part.timing = item.deadline_date, item.due, item.timing
    copies = [
        Mention(
            item=part,
            document=mention.document,
            citations=mention.citations,
            cited_pages=mention.cited_pages,
            notes=mention.notes,
            printed_action=mention.printed_action,
        )
        for mention in mentions
    ]
    return part, copies


def undo_link(link: ItemLink, *, by: Actor, now: dt.datetime, reason: str = "") -> ItemLink:
    """The link is taken back; it stays on record as one that was. A split is taken back whole: its parts go back
    into the item that they were taken from."""
    with _joining(by=by, now=now) as joining:
        held = ItemLink.objects.select_related("item", "other").get(pk=link.pk)
        links = [held]
        if held.kind == SPLIT and held.undone is None:
            links = list(ItemLink.objects.filter(kind=SPLIT, other=held.other, made=held.made, undone=None))
        (other,) = joining.take(held.other)
        for each in links:
            (each.item,) = joining.take(each.item)
            each.other = other
            _check_can_undo(each)
        for each in links:
            each.undone = now
            change = [each, *_undo(joining, each)]
            add = [joining.link(MERGED, each.item, other, reason)] if each.kind == SPLIT else []
            joining.say("register.link_undone", each.item, other, reason=reason, add=add, change=change)
            joining.tell("register.link_undone", other, each.item, reason=reason)
    return next(each for each in links if each.pk == link.pk)


def _check_can_undo(link: ItemLink) -> None:
    kept = link.left if link.left != link.before else None
    words = {name: getattr(link.other, name) for name in WORDS}
    item, other = stand(link.item), stand(link.other)
    check_can_undo(link.kind, item, other, undone=link.undone is not None, kept=kept, words=words)


def _undo(joining: _Joining, link: ItemLink) -> tuple[Item, ...]:
    """The items that the undoing changes."""
    item, other = link.item, link.other
    if link.kind == MERGED:
        joining.changed(other)
        item.merged_into = None
        gathered = list(Item.objects.filter(pk__in=_gathered_in(link)))
        for each in gathered:
            each.merged_into = item
        return joining.changed(item, *gathered)
    if link.kind == SPLIT:
        item.merged_into_id = other.merged_into_id or other.pk
        for name, value in (link.before or {}).items():
            setattr(other, name, value)
        return joining.changed(item, other)
    return ()


def _gathered_in(link: ItemLink) -> set[Any]:
    """What had been merged into the item before it was itself merged."""
    return beyond(MERGED, link.item_id, backwards=True) - {link.item_id}


def add_mention(
    item: Item,
    document: StoredDocument,
    citations: Sequence[dict[str, Any]],
    *,
    by: Actor,
    now: dt.datetime,
    cited_pages: str = "",
) -> Mention:
    """Another place where the same point is made: a letter before the report, a visit after it."""
    with _joining(by=by, now=now) as joining:
        (item,) = joining.take(item)
        found = find_documents(viewer=joining.viewer).filter(pk=document.pk).first()
        if found is None:
            raise NotAllowedError("There is no such document, or it is not yours to see.")
        standing = stand(item)
        if standing.merged:
            raise NotAllowedError(f"{item.reference} was merged into another item: work with that.")
        check_may_cite(standing, found.organisation_id)
        if not citations:
            raise NotAllowedError("Quote the words in which the point is made there.")
        check_citations(found, citations)
        mention = Mention(item=item, document=found, citations=list(citations), cited_pages=cited_pages)
        joining.book.event("register.mention_added", subject=item, add=[mention], note={"document": str(found)})
        joining.changed(item)
    return mention
