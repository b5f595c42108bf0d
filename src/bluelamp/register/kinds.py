"""What kinds of point are there, which become items, and what stands for them in a reference?"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from bluelamp.lib.definitions import SHIPPED, DefinitionError, read_definition


@dataclass(frozen=True, kw_only=True)
class ItemKind:
    """`code` is the third part of a reference; `item` says whether an accepted fact of this kind is an item."""

    slug: str
    code: str
    name: str
    plural: str
    item: bool


@dataclass(frozen=True, kw_only=True)
class ItemKindList:
    kinds: tuple[ItemKind, ...]


@lru_cache(maxsize=1)
def load_item_kinds() -> dict[str, ItemKind]:
    """Every kind by slug, in the order of the definition."""
    path = SHIPPED / "vocabularies" / "item-kinds.yaml"
    kinds = read_definition(path, ItemKindList).kinds
    for values in ([kind.slug for kind in kinds], [kind.code for kind in kinds]):
        if len(set(values)) != len(values):
            raise DefinitionError(f"{path.name}: a slug or code is used twice")
    return {kind.slug: kind for kind in kinds}


def item_kinds() -> list[ItemKind]:
    """The kinds that an item can be of."""
    return [kind for kind in load_item_kinds().values() if kind.item]


def becomes_item(kind: str) -> bool:
    found = load_item_kinds().get(kind)
    return found is not None and found.item
