"""May this person take this step with this item now? The answer is the same for a page, a command and an action.

Pure: the table of `transitions.yaml` decides, and who owns what is told to it.
"""

from __future__ import annotations

from dataclasses import dataclass

from bluelamp.assurance.steps import StepRule, load_steps
from bluelamp.organisations.rules import ROLES, NotAllowedError


@dataclass(frozen=True, kw_only=True)
class Stander:
    """A person before one item. `owns`: they own, deputise for or lead the item or (for "mine") the action."""

    role: str
    ledger_name: str
    owns: bool = False  # the action in hand, where the step is about one; else any action of the item
    owns_item: bool = False  # the item or any of its actions


OPEN = "open"
AFTER_CLOSING = frozenset({"position", "closing"})
"""Facts that may change once an item is signed off; the rest only after it is opened again."""


def check_can_take(step: str, *, state: str, by: Stander, closing: str = OPEN, reason: str = "x") -> StepRule:
    """The rule that allows it; NotAllowedError with the reason in plain English otherwise.

    `state` is of the fact the step is about (of the action, for a step with one action), `closing` the item's.
    """
    rule = load_steps()[step]
    if by.role not in rule.roles:
        raise NotAllowedError(f"You cannot {rule.says}: that is for {_say_roles(rule.roles)}.")
    if closing != OPEN and rule.fact not in AFTER_CLOSING:
        raise NotAllowedError(f"You cannot {rule.says}: {_CLOSED[closing]}.")
    if not rule.begins_in(state):
        raise NotAllowedError(f"You cannot {rule.says} while the item is {state.replace('-', ' ')}.")
    if rule.own == "mine" and by.role == "owner" and not by.owns:
        raise NotAllowedError(f"You cannot {rule.says}: an owner may only with what is theirs.")
    if rule.own == "not-mine" and by.owns_item:
        raise NotAllowedError(
            f"You cannot {rule.says}: you own this item or one of its actions, so somebody else must."
        )
    if rule.reason and not reason.strip():
        raise NotAllowedError(f"To {rule.says}, say why: the reason is kept with it.")
    return rule


_CLOSED = {
    "signed-off": "the item is signed off; reopen it first",
    "closed-elsewhere": "the item was closed elsewhere, not tested here; bring it under test first",
}


def _say_roles(roles: tuple[str, ...]) -> str:
    """ "the roles inspection liaison officer, auditor or administrator" """
    names = [ROLES[role][0].lower() + ROLES[role][1:] for role in roles]
    if len(names) == 1:
        return f"the role {names[0]}"
    return f"the roles {', '.join(names[:-1])} and {names[-1]}"


def can_take(step: str, *, state: str, by: Stander, closing: str = OPEN) -> bool:
    try:
        check_can_take(step, state=state, by=by, closing=closing)
    except NotAllowedError:
        return False
    return True


def check_is_another(*, did: str, by: Stander, says: str) -> None:
    """Nobody judges what they did themselves. `did` is the ledger's name of who did it."""
    if did == by.ledger_name:
        raise NotAllowedError(f"You cannot {says}: you did that yourself, so somebody else must.")


def check_day_agreed(*, asked_by: str, by: Stander, is_lead: bool) -> None:
    """A new date is agreed by the action's lead; where no lead has an account, by a liaison officer for them."""
    check_is_another(did=asked_by, by=by, says="agree a date that you asked for")
    if by.role == "owner" and not is_lead:
        raise NotAllowedError("You cannot agree a new date: that is for the action's lead.")
