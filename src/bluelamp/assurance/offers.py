"""Which steps may this person take with this item now? For the links of a page; the action asks again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from bluelamp.assurance.actions_steps import keepers_of, keepers_of_item, state_before
from bluelamp.assurance.models import Action, Handling, Step, TargetChange
from bluelamp.assurance.rules import Stander, check_can_take
from bluelamp.assurance.step_pages import step_pages
from bluelamp.assurance.step_pages_model import StepPage
from bluelamp.ledger.actions import Actor
from bluelamp.organisations.actors import owners_of
from bluelamp.organisations.rules import NotAllowedError, role_of
from bluelamp.register.models import Item


@dataclass(frozen=True)
class Offers:
    """What one person may do with one item."""

    item: Item
    by: Actor
    mine: frozenset[Any]
    owns_item: bool

    def refusal(self, page: StepPage, subject: Any) -> str:
        """Why the page may not be used now; "" where it may."""
        if self.item.merged_into_id:
            return "This item was merged into another one: work with that."
        refusals = []
        for step in page.steps:
            try:
                self._check(step, subject)
            except NotAllowedError as error:
                refusals.append(str(error))
            else:
                return ""
        return refusals[0] if refusals else ""

    def _check(self, step: str, subject: Any) -> None:
        action = _action_of(subject)
        state = state_before(step, self.item, action)
        owns = bool(self.mine & set(keepers_of([action]))) if action else self.owns_item
        by = Stander(role=role_of(self.by), ledger_name=self.by.ledger_name, owns=owns, owns_item=self.owns_item)
        check_can_take(step, state=state, by=by, closing=self.item.closing)

    def allows(self, slug: str, subject: Any = None) -> bool:
        return not self.refusal(step_pages()[slug], self.item if subject is None else subject)


def find_offers(item: Item, *, by: Any) -> Offers:
    mine = frozenset(owners_of(by))
    handling = Handling.objects.filter(item=item).first()
    keepers = keepers_of_item(item, Action.objects.filter(item=item), handling)
    return Offers(item, by, mine, bool(mine & keepers))


def _action_of(subject: Any) -> Action | None:
    if isinstance(subject, Action):
        return subject
    return subject.action if isinstance(subject, Step | TargetChange) else None
