"""Which items belong together: the same point, in another's place, merged or split? And where is the answer?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Case, Q, QuerySet, When

from bluelamp.ledger.models import Event
from bluelamp.organisations.visibility import Viewer, visible_to
from bluelamp.register.models import Item, ItemLink, Mention
from bluelamp.register.rules import MERGED, SAME_AS, SPLIT, SUPERSEDES, ItemStanding

SAID = {
    (SAME_AS, True): "is the same point as",
    (SAME_AS, False): "is answered here for",
    (SUPERSEDES, True): "takes the place of",
    (SUPERSEDES, False): "was superseded by",
    (MERGED, True): "was merged into",
    (MERGED, False): "has merged into it",
    (SPLIT, True): "was split from",
    (SPLIT, False): "was split; one part is",
}
"""A link as it reads from its item (True) and from the other one."""


@dataclass(frozen=True)
class Linked:
    """A link as it is seen from one item. `to` is the item at its other end."""

    link: ItemLink
    said: str
    to: Item


def links_of(item: Item, *, viewer: Viewer, undone: bool = False) -> list[Linked]:
    """Every standing link of the item, from both ends, whose other item the viewer may see; the earliest first."""
    return links_of_all([item], viewer=viewer, undone=undone)[item.pk]


def links_of_all(items: Iterable[Item], *, viewer: Viewer, undone: bool = False) -> dict[UUID, list[Linked]]:
    """As `links_of`, by the key of each item."""
    found: dict[UUID, list[Linked]] = {item.pk: [] for item in items}
    seen = visible_to(viewer, Item.objects.all())
    links = ItemLink.objects.filter(Q(item__in=found, other__in=seen) | Q(other__in=found, item__in=seen))
    links = links.select_related("item", "other").order_by("made", "item__place", "other__place")
    for link in links if undone else links.filter(undone=None):
        for from_it, key, to in ((True, link.item_id, link.other), (False, link.other_id, link.item)):
            if key in found:
                found[key].append(Linked(link, SAID[(link.kind, from_it)], to))
    return found


def find_link(key: UUID, *, viewer: Viewer) -> ItemLink | None:
    """The link, if the viewer may see both of its items."""
    seen = visible_to(viewer, Item.objects.all())
    found = ItemLink.objects.select_related("item", "other").filter(pk=key, item__in=seen, other__in=seen)
    return found.first()


def mentions_of(item: Item, *, viewer: Viewer) -> QuerySet[Mention]:
    """Where the item's point is made: in the document it was taken from first, then by when each was published;
    those of the items that were merged into it too."""
    # By keys: asked for with an "or" over a join, SQLite walked every mention of 100,000 items.
    mentions = Mention.objects.filter(item__in=_with_merged(item)).select_related("document", "item")
    first = Case(When(item=item, document=item.document_id, then=0), default=1)
    undated = Case(When(document__published="", then=1), default=0)
    order = (first, undated, "document__published", "document__added", "pk")
    return visible_to(viewer, mentions, through="document").order_by(*order)


def _with_merged(item: Item) -> list[UUID]:
    """The item and those that went into it."""
    return [item.pk, *Item.objects.filter(merged_into=item.pk).values_list("pk", flat=True)]


def children_of(item: Item, *, viewer: Viewer) -> QuerySet[Item]:
    """The recommendations of a cause of concern, in reading order; of those merged into it too."""
    children = Item.objects.filter(parent__in=_with_merged(item), merged_into=None)
    return visible_to(viewer, children).order_by("document", "order")


def find_carrier(item: Item, *, viewer: Viewer) -> Item:
    """The item that carries the answer: where a point is the same as another, it is answered once, there."""
    return find_carriers([item], viewer=viewer)[item.pk]


def find_carriers(items: Iterable[Item], *, viewer: Viewer) -> dict[UUID, Item]:
    """By the key of each item the one that carries its answer; itself where it is the same as none."""
    carriers = {item.pk: item for item in items}
    seen = visible_to(viewer, Item.objects.all())
    open_ends = dict(carriers)
    while open_ends:
        keys = {item.pk for item in open_ends.values()}
        links = ItemLink.objects.filter(kind=SAME_AS, undone=None, item__in=keys, other__in=seen)
        following = {link.item_id: link.other for link in links.select_related("other__force", "other__document")}
        open_ends = {key: following[item.pk] for key, item in open_ends.items() if item.pk in following}
        carriers |= open_ends
    return carriers


def find_answered_here(item: Item, *, viewer: Viewer) -> QuerySet[Item]:
    """The items that are answered by this one's answer."""
    keys = beyond(SAME_AS, item.pk, backwards=True) - {item.pk}
    return visible_to(viewer, Item.objects.filter(pk__in=keys, merged_into=None))


def beyond(kind: str, key: UUID, *, backwards: bool = False) -> set[UUID]:
    """The item and every item that it leads to by standing links of a kind (backwards: that leads to it)."""
    found, edge = {key}, {key}
    start, end = ("other", "item") if backwards else ("item", "other")
    while edge:
        links = ItemLink.objects.filter(kind=kind, undone=None, **{f"{start}__in": edge})
        edge = set(links.values_list(end, flat=True)) - found
        found |= edge
    return found


def stand(item: Item) -> ItemStanding:
    """What the rules need to know of the item."""
    return ItemStanding(
        pk=item.pk,
        reference=item.reference,
        force=item.force_id,
        organisation=item.organisation_id,
        marking=item.marking,
        merged=item.merged_into_id is not None,
        parent=item.parent_id,
        worked_on=_was_worked_on(item),
        tested=any(getattr(item, name) != _UNTOUCHED[name] for name in ("assurance", "closing")),
    )


_UNTOUCHED = {
    name: Item._meta.get_field(name).get_default()
    for name in ("response", "delivery", "assurance", "position", "closing")
}


def _was_worked_on(item: Item) -> bool:
    if item.owner_id or any(getattr(item, name) != value for name, value in _UNTOUCHED.items()):
        return True
    return bool(were_worked_on(Item.objects.filter(pk=item.pk)))


def were_worked_on(items: QuerySet[Item]) -> set[UUID]:
    """Those about which assurance ever wrote anything; remarks and evidence have their events too."""
    keys = [str(key) for key in items.values_list("pk", flat=True)]
    events = Event.objects.filter(subject_table=Item._meta.db_table, subject_id__in=keys)
    found = events.filter(action__startswith="assurance.").values_list("subject_id", flat=True)
    return {UUID(key) for key in found.distinct()}
