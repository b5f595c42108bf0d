"""Which themes has an item, which are suggested, and how many items of each inspection come under each?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet

from bluelamp.assurance.actions_themes import suggest_for
from bluelamp.assurance.models import ItemTheme
from bluelamp.assurance.recurrence_pool import Pool, load_pool
from bluelamp.assurance.themes import Suggestion, Theme, load_themes
from bluelamp.documents.models import StoredDocument
from bluelamp.ledger.models import Head
from bluelamp.organisations.models import Organisation
from bluelamp.organisations.visibility import Viewer, sees_all, visible_to
from bluelamp.register.models import Item, Mention
from bluelamp.register.tallies import who_sees


@dataclass(frozen=True)
class ItemThemes:
    """An item's themes: accepted by a person; suggested by its words, best first; and what is left to name."""

    accepted: Sequence[Theme]
    suggested: Sequence[tuple[Theme, Suggestion]]
    others: Sequence[Theme]


def find_item_themes(item: Item, *, viewer: Viewer) -> ItemThemes:
    """Nothing for who may not see the item; a judgement has none."""
    if item.kind == "judgement" or not visible_to(viewer, Item.objects.filter(pk=item.pk)).exists():
        return ItemThemes((), (), ())
    themes = load_themes()
    rows = dict(ItemTheme.objects.filter(item=item).values_list("theme", "removed"))
    accepted = [themes[slug] for slug in themes if slug in rows and rows[slug] is None]
    about = set(_about(load_pool(item.force_id), item.pk))
    suggested = [
        (themes[slug], each) for slug, each in suggest_for(item).items() if slug not in rows and slug in about
    ]
    named = {theme.slug for theme in accepted} | {theme.slug for theme, _ in suggested}
    return ItemThemes(accepted, suggested, [theme for theme in themes.values() if theme.slug not in named])


def _about(pool: Pool, key: UUID) -> tuple[str, ...]:
    return pool.kept[key][1][0] if key in pool.kept else ()


def items_with_theme(slug: str) -> QuerySet[Item]:
    """The items that come under a theme, whoever may see them: for a filter of items that a viewer may see."""
    if slug not in load_themes():
        return Item.objects.none()
    return Item.objects.filter(pk__in=ItemTheme.objects.filter(theme=slug, removed=None).values("item"))


def theme_choices(viewer: Viewer) -> list[tuple[str, str]]:
    """The themes that an item which the viewer may see comes under, in the order of the vocabulary."""
    if connection.in_atomic_block:
        return _read_choices(viewer)
    # Every write has an event, so as long as the ledger's head stands, so do the choices.
    key = (Head.objects.values_list("digest", flat=True).get(pk=1), who_sees(viewer))
    if key not in _CHOICES:
        if len(_CHOICES) >= MOST_KEPT:
            _CHOICES.clear()
        _CHOICES[key] = _read_choices(viewer)
    return _CHOICES[key]


MOST_KEPT = 100
_CHOICES: dict[tuple[str, str], list[tuple[str, str]]] = {}


def _read_choices(viewer: Viewer) -> list[tuple[str, str]]:
    """One item of each theme is looked for: to join every theme with its item took 150 ms for 34,000."""
    held = set(ItemTheme.objects.order_by().values_list("theme", flat=True).distinct())
    rows = visible_to(viewer, ItemTheme.objects.filter(removed=None, item__merged_into=None), through="item")
    return [
        (theme.slug, theme.name)
        for theme in load_themes().values()
        if theme.slug in held and rows.order_by().filter(theme=theme.slug).exists()
    ]


@dataclass(frozen=True)
class ThemeRow:
    """A theme's items: for each document (a column), how many accepted and how many suggested; and in all."""

    theme: Theme
    cells: Sequence[tuple[StoredDocument, int, int]]
    accepted: int
    suggested: int


@dataclass(frozen=True)
class ThemeTable:
    """The themes of one force: a column for each document that items rest on, newest first."""

    force: Organisation
    documents: Sequence[tuple[int, StoredDocument]]  # year, document
    rows: Sequence[ThemeRow]
    accepted: int
    suggested: int


def find_theme_table(force: Organisation, *, viewer: Viewer) -> ThemeTable:
    """How many of the force's items that the viewer may see come under each theme, or might."""
    pool = load_pool(force)
    seen = _seen_keys(force, viewer)
    accepted = Counter[tuple[str, UUID]]()
    suggested = Counter[tuple[str, UUID]]()
    in_all: tuple[Counter[str], Counter[str]] = Counter(), Counter()
    decided, resting = _decided(force), _documents_of_items(force)
    years: dict[UUID, int] = {}
    for key, entry in pool.entries.items():
        if not entry.is_item or key not in seen:
            continue
        rows = decided.get(key, {})
        yes = [theme for theme, stands in rows.items() if stands]
        maybe = [theme for theme in _about(pool, key) if theme not in rows]
        in_all[0].update(yes)
        in_all[1].update(maybe)
        for document in resting.get(key, ()):
            years[document] = max(entry.year, years.get(document, 0))
            accepted.update((theme, document) for theme in yes)
            suggested.update((theme, document) for theme in maybe)
    documents = _documents(years, viewer)
    made = [
        ThemeRow(
            theme,
            [(each, accepted[theme.slug, each.pk], suggested[theme.slug, each.pk]) for _, each in documents],
            in_all[0][theme.slug],
            in_all[1][theme.slug],
        )
        for theme in load_themes().values()
    ]
    return ThemeTable(
        force,
        documents,
        [row for row in made if row.accepted or row.suggested],
        in_all[0].total(),
        in_all[1].total(),
    )


def _seen_keys(force: Organisation, viewer: Viewer) -> set[UUID]:
    items = Item.objects.filter(force=force, merged_into=None).order_by()
    return set((items if sees_all(viewer) else visible_to(viewer, items)).values_list("pk", flat=True))


def _decided(force: Organisation) -> dict[UUID, dict[str, bool]]:
    """By item, the themes that a person decided about, and whether each was accepted."""
    decided: dict[UUID, dict[str, bool]] = {}
    rows = ItemTheme.objects.filter(item__force=force).order_by().values_list("item", "theme", "removed")
    for item, theme, removed in rows:
        decided.setdefault(item, {})[theme] = removed is None
    return decided


def _documents_of_items(force: Organisation) -> dict[UUID, set[UUID]]:
    """The documents that each item rests on, as the register's filter by document counts them."""
    resting: dict[UUID, set[UUID]] = {}
    rows = Mention.objects.filter(item__force=force).order_by()
    for item, survivor, document in rows.values_list("item", "item__merged_into", "document"):
        resting.setdefault(survivor or item, set()).add(document)
    return resting


def _documents(years: dict[UUID, int], viewer: Viewer) -> list[tuple[int, StoredDocument]]:
    found = visible_to(viewer, StoredDocument.objects.all()).in_bulk(list(years))
    return sorted(
        ((years[key], document) for key, document in found.items()),
        key=lambda each: (-each[0], str(each[1]), str(each[1].pk)),
    )


@dataclass(frozen=True)
class Suggested:
    """An item that may come under a theme, and the words that suggest it."""

    item: Item
    suggestion: Suggestion


def find_suggested(
    slug: str, *, force: Organisation, viewer: Viewer, document: UUID | None = None, at_most: int
) -> list[Suggested]:
    """Items whose words suggest the theme and about which nobody has decided, strongest first."""
    pool, decided = load_pool(force), _decided(force)
    resting = _documents_of_items(force) if document else {}
    keys = [
        key
        for key, entry in pool.entries.items()
        if entry.is_item
        and slug in _about(pool, key)
        and slug not in decided.get(key, {})
        and (document is None or document in resting.get(key, ()))
    ]
    made = []
    for start in range(0, len(keys), 500):
        items = visible_to(viewer, Item.objects.filter(pk__in=keys[start : start + 500]))
        for item in items.select_related("document", "force"):
            suggestion: Any = suggest_for(item).get(slug)
            if suggestion:
                made.append(Suggested(item, suggestion))
    made.sort(key=lambda each: (-each.suggestion.score, -each.item.year, each.item.place))
    return made[:at_most]
