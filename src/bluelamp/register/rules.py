"""Which items may be joined, put in another's place, merged or split, and by whom?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from bluelamp.organisations.rules import DECIDING_ROLES, NotAllowedError, role_of

SAME_AS, SUPERSEDES, MERGED, SPLIT = "same-as", "supersedes", "merged", "split"


@dataclass(frozen=True, kw_only=True)
class ItemStanding:
    """An item as far as these rules need it."""

    pk: UUID
    reference: str
    force: UUID
    organisation: UUID | None
    marking: str
    merged: bool
    worked_on: bool  # something was answered, done, tested or decided about it
    parent: UUID | None = None  # its cause of concern
    tested: bool = False  # somebody tested or signed off what it says now


def check_can_link(by: Any) -> None:
    if role_of(by) not in DECIDING_ROLES:
        raise NotAllowedError(
            "Only a liaison officer, an officer of the local policing body or an administrator"
            " can say how items belong together."
        )


def can_link(by: Any) -> bool:
    try:
        check_can_link(by)
    except NotAllowedError:
        return False
    return True


def check_can_import(by: Any) -> None:
    if role_of(by) not in DECIDING_ROLES:
        raise NotAllowedError(
            "Only a liaison officer, an officer of the local policing body or an administrator"
            " can take items in from another list."
        )


def can_import(by: Any) -> bool:
    try:
        check_can_import(by)
    except NotAllowedError:
        return False
    return True


def check_can_join(
    kind: str, item: ItemStanding, other: ItemStanding, *, beyond: Iterable[UUID], held: bool = False
) -> None:
    """May `item` be the same as `other`, or take its place? `beyond` are the items that `other` leads to by links
    of this kind, itself among them; `held`: the item has a link of this kind already."""
    _check_two(item, other)
    if item.pk in set(beyond):
        raise NotAllowedError(
            f"{other.reference} leads to {item.reference} already: the links would go in a circle."
        )
    if kind == SAME_AS and held:
        raise NotAllowedError(f"{item.reference} is the same as another item already: take that back first.")


def can_join(kind: str, item: ItemStanding, other: ItemStanding, *, beyond: Iterable[UUID]) -> bool:
    try:
        check_can_join(kind, item, other, beyond=beyond)
    except NotAllowedError:
        return False
    return True


def check_can_merge(item: ItemStanding, other: ItemStanding) -> None:
    """May `item` go into `other`? What was done about it would be out of sight, so nothing may have been."""
    _check_two(item, other)
    if item.force != other.force:
        raise NotAllowedError(
            f"{item.reference} and {other.reference} are about different forces:"
            " say that they are the same instead."
        )
    if (item.organisation, item.marking) != (other.organisation, other.marking):
        raise NotAllowedError(
            f"{item.reference} and {other.reference} are not held alike (organisation or marking):"
            " say that they are the same instead."
        )
    if other.tested:
        raise NotAllowedError(
            f"{other.reference} was tested or signed off as it stands, and a merge would add a point to it:"
            " say that they are the same instead."
        )
    if item.parent != other.parent:
        raise NotAllowedError(
            f"{item.reference} and {other.reference} stand under different causes of concern:"
            " say that they are the same instead."
        )
    if item.worked_on:
        raise NotAllowedError(
            f"{item.reference} has been answered or worked on, which a merge would hide:"
            f" merge {other.reference} into it, or say that they are the same."
        )


def can_merge(item: ItemStanding, other: ItemStanding) -> bool:
    try:
        check_can_merge(item, other)
    except NotAllowedError:
        return False
    return True


def check_can_split(item: ItemStanding, titles: Iterable[str], *, changes_words: bool = False) -> None:
    """May parts with these words be taken out of the item?"""
    _check_there(item)
    if changes_words:
        _check_words_may_change(item)
    said = [title.strip() for title in titles]
    if not said:
        raise NotAllowedError("Say which words become an item of their own.")
    if not all(said):
        raise NotAllowedError("Each part needs its words.")


def can_split(item: ItemStanding, titles: Iterable[str]) -> bool:
    try:
        check_can_split(item, titles)
    except NotAllowedError:
        return False
    return True


def check_can_undo(
    kind: str,
    item: ItemStanding,
    other: ItemStanding,
    *,
    undone: bool,
    kept: Mapping[str, Any] | None,
    words: Mapping[str, Any],
) -> None:
    """May the link of `item` be taken back? `kept` are the words that a split left with the item it was made from,
    `words` that item's words now."""
    if undone:
        raise NotAllowedError("That was taken back already.")
    if kind != SPLIT:
        return
    if item.merged:
        raise NotAllowedError(f"{item.reference} was merged since: take that back first.")
    if item.worked_on:
        raise NotAllowedError(
            f"{item.reference} has been answered or worked on since it was split off, so the split stays."
        )
    if kept is not None:
        _check_words_may_change(other)
    if kept is not None and any(words[name] != value for name, value in kept.items()):
        raise NotAllowedError("The words of the item it was split from were changed since, so the split stays.")


def check_may_cite(item: ItemStanding, of_document: UUID | None) -> None:
    """Whoever sees the item sees what its document is called and what it says."""
    if of_document not in (None, item.organisation):
        raise NotAllowedError(
            "That document is another organisation's, and others who see the item may not see it."
        )


def _check_words_may_change(item: ItemStanding) -> None:
    """What an opinion or a sign-off rests on stays as it was read."""
    if item.tested:
        raise NotAllowedError(
            f"{item.reference} was tested or signed off as it stands, so its words stay: split it without"
            " changing them, or correct them, which has it tested anew."
        )


def _check_two(item: ItemStanding, other: ItemStanding) -> None:
    if item.pk == other.pk:
        raise NotAllowedError("Name two items: an item is always the same as itself.")
    _check_there(item)
    _check_there(other)


def _check_there(item: ItemStanding) -> None:
    if item.merged:
        raise NotAllowedError(f"{item.reference} was merged into another item: work with that.")
