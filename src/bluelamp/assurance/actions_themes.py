"""How does an item come under a theme, and how is it taken away again?

The machine suggests by the words; only a person's acceptance makes a theme. A suggestion that a person does not
want is kept as taken away, so that it is not suggested again.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from uuid import UUID

from bluelamp.assurance.models import ItemTheme
from bluelamp.assurance.theme_rules import check_can_theme, find_theme
from bluelamp.assurance.themes import Suggestion, suggest_themes
from bluelamp.ledger.actions import Actor, Book, recording
from bluelamp.lib.errors import PlainError
from bluelamp.organisations.actors import viewer_of
from bluelamp.organisations.rules import NotAllowedError
from bluelamp.organisations.visibility import visible_to
from bluelamp.register.models import Item

MOST_AT_ONCE = 2_000
"""Themes that one acceptance may hold: the record is locked while it is written."""


def texts_of(item: Item) -> list[str]:
    """An item's words as themes and recurrence read them: its title, then what stands under it."""
    return [item.title, item.text, *map(str, item.parts)]


def suggest_for(item: Item) -> dict[str, Suggestion]:
    return {each.theme: each for each in suggest_themes(texts_of(item), area_name=item.area_name)}


def accept_theme(item: Item, *, theme: str, by: Actor, now: dt.datetime) -> ItemTheme:
    """The item comes under the theme, whether its words suggested it or a person knows."""
    return accept_themes([(item.pk, theme)], by=by, now=now)[0]


def accept_themes(chosen: Iterable[tuple[UUID, str]], *, by: Actor, now: dt.datetime) -> list[ItemTheme]:
    """Several items' themes in one transaction: all of them, or none. What an item has already stays as it is."""
    wanted = list(dict.fromkeys(chosen))
    if not wanted:
        raise PlainError("Choose at least one theme to accept.")
    if len(wanted) > MOST_AT_ONCE:
        raise PlainError(f"At most {MOST_AT_ONCE:,} themes can be accepted at once; these are {len(wanted):,}.")
    for _item, theme in wanted:
        find_theme(theme)
    with recording(by=by, now=now) as book:
        items = _take(wanted, by)
        held = {(row.item_id, row.theme): row for row in ItemTheme.objects.filter(item__in=items)}
        return [_accept(book, items[key], theme, held.get((key, theme)), now) for key, theme in wanted]


def _accept(book: Book, item: Item, theme: str, held: ItemTheme | None, now: dt.datetime) -> ItemTheme:
    if held is not None and held.removed is None:
        return held
    suggestion = suggest_for(item).get(theme)
    row = held or ItemTheme(item=item, theme=theme)
    row.suggested, row.score = suggestion is not None, suggestion.score if suggestion else None
    row.made, row.removed = now, None
    note = {"theme": theme, "words": list(suggestion.words) if suggestion else []}
    book.event(
        "assurance.theme_accepted",
        subject=item,
        add=[] if held else [row],
        change=[row] if held else [],
        note=note,
    )
    return row


def remove_theme(item: Item, *, theme: str, by: Actor, now: dt.datetime) -> ItemTheme:
    """The item does not come under the theme, whether it was accepted or only suggested."""
    find_theme(theme)
    with recording(by=by, now=now) as book:
        item = _take([(item.pk, theme)], by)[item.pk]
        held = ItemTheme.objects.filter(item=item, theme=theme).first()
        suggestion = suggest_for(item).get(theme)
        if (held is None and suggestion is None) or (held and held.removed):
            raise NotAllowedError("This item does not come under that theme, nor is it suggested for it.")
        row = held or ItemTheme(item=item, theme=theme, suggested=True, made=now)
        if suggestion and not held:
            row.score = suggestion.score
        row.removed = now
        book.event(
            "assurance.theme_removed",
            subject=item,
            add=[] if held else [row],
            change=[row] if held else [],
            note={"theme": theme, "was": "accepted" if held else "suggested"},
        )
    return row


def _take(wanted: list[tuple[UUID, str]], by: Actor) -> dict[UUID, Item]:
    """The items as they are now, if whoever acts may see every one of them and may say what they are about."""
    check_can_theme(by)
    items = visible_to(viewer_of(by), Item.objects.all()).in_bulk([key for key, _ in wanted])
    if any(key not in items for key, _ in wanted):
        raise NotAllowedError("There is no such item, or it is not yours to see.")
    for item in items.values():
        if item.merged_into_id:
            raise NotAllowedError(f"{item.reference} was merged into another item: work with that.")
        if item.kind == "judgement":
            raise NotAllowedError(f"{item.reference} is a judgement: a grade has an area, not themes.")
    return items
