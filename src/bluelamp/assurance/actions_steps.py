"""How is a step taken with an item? Looked at anew under the lock, checked, its standing kept.

Every action of this slice works through `working`: it opens one transaction, gives each item as it is now, and
at its end brings each item's columns in line with its actions and writes the counts.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from bluelamp.assurance.dating import stand
from bluelamp.assurance.models import Action, Handling
from bluelamp.assurance.rules import Stander, check_can_take
from bluelamp.assurance.steps import StepRule, load_steps
from bluelamp.ledger.actions import Actor, Book, recording
from bluelamp.ledger.records import Recorded
from bluelamp.organisations.actors import owners_of, viewer_of
from bluelamp.organisations.rules import NotAllowedError, role_of
from bluelamp.organisations.visibility import visible_to
from bluelamp.register.actions import index_items, lock_record
from bluelamp.register.models import Item


def state_before(step: str, item: Item, action: Action | None) -> str:
    """The state from which a step is taken: of its action, where it is about delivery, else the item's."""
    fact = load_steps()[step].fact
    return action.state if action and fact == "delivery" else str(getattr(item, fact))


def keepers_of_item(item: Item, actions: Iterable[Action], handling: Handling | None) -> set[UUID | None]:
    """Who owns the item, or keeps any of its actions, or leads it."""
    return {item.owner_id, *keepers_of(actions), handling.lead_id if handling else None}


@dataclass
class Taking:
    """One item within a transaction, as it is now. `check` first, then `event` with what changes."""

    work: Work
    item: Item
    actions: list[Action]
    handling: Handling | None

    def stander(self, action: Action | None = None) -> Stander:
        mine = self.work.owners
        of_item = keepers_of_item(self.item, self.actions, self.handling)
        of_hand = set(keepers_of([action])) if action else of_item
        return Stander(
            role=role_of(self.work.by),
            ledger_name=self.work.by.ledger_name,
            owns=bool(mine & of_hand),
            owns_item=bool(mine & of_item),
        )

    def check(self, step: str, *, action: Action | None = None, reason: str = "x") -> StepRule:
        """The step's rule, or NotAllowedError in plain English."""
        if self.item.merged_into_id:
            raise NotAllowedError("This item was merged into another one: work with that.")
        state = state_before(step, self.item, action)
        return check_can_take(step, state=state, by=self.stander(action), closing=self.item.closing, reason=reason)

    def event(
        self,
        name: str,
        *,
        add: Iterable[Recorded] = (),
        change: Iterable[Recorded] = (),
        note: dict[str, Any] | None = None,
    ) -> None:
        """One event about the item, with the item as it stands after it."""
        self.stand()
        self.work.book.event(name, subject=self.item, add=add, change=[*change, self.item], note=note or {})

    def stand(self) -> None:
        """The item's columns follow from its actions and its closing."""
        stand(self.item, self.actions)


@dataclass
class Work:
    """One transaction's work with items."""

    book: Book
    by: Actor
    now: dt.datetime
    owners: set[UUID]
    _taken: dict[UUID, Taking] = field(default_factory=dict)

    def take(self, item: Item) -> Taking:
        """The item as it is now, if whoever acts may see it; the same one each time."""
        if item.pk not in self._taken:
            self._take_all([item.pk])
        return self._taken[item.pk]

    def take_all(self, items: Iterable[Item]) -> list[Taking]:
        """Many items in a few queries."""
        keys = [item.pk for item in items]
        self._take_all([key for key in keys if key not in self._taken])
        return [self._taken[key] for key in keys]

    def _take_all(self, keys: list[UUID]) -> None:
        found = visible_to(viewer_of(self.by), Item.objects.select_related("force", "document")).in_bulk(keys)
        missing = set(keys) - set(found)
        if missing:
            raise NotAllowedError("There is no such item, or it is not yours to see.")
        actions: dict[UUID, list[Action]] = {key: [] for key in keys}
        for action in Action.objects.filter(item__in=keys).order_by("number"):
            actions[action.item_id].append(action)
        handlings = {handling.item_id: handling for handling in Handling.objects.filter(item__in=keys)}
        for key in keys:
            self._taken[key] = Taking(self, found[key], actions[key], handlings.get(key))

    def finish(self) -> None:
        self.book.write()
        index_items([taking.item for taking in self._taken.values()])


@contextmanager
def working(*, by: Actor, now: dt.datetime) -> Iterator[Work]:
    """One transaction in which steps are taken; all of them are written, or none."""
    with recording(by=by, now=now) as book:
        lock_record()
        work = Work(book, by, now, owners_of(by))
        yield work
        work.finish()


def keepers_of(actions: Iterable[Action]) -> Iterator[UUID | None]:
    """Who owns, deputises for or leads these actions."""
    for action in actions:
        yield from (action.owner_id, action.deputy_id, action.lead_id)
