"""How does an item stand, given what is done about it? Delivery and dates follow from its actions."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class ActionStanding:
    """One action as far as the item's standing needs it. `delivered` is the day its owner says it was."""

    state: str
    original_target: dt.date | None
    current_target: dt.date | None
    delivered: dt.date | None


@dataclass(frozen=True, kw_only=True)
class ItemStanding:
    """`due` is the next day to be met, None where nothing is left to meet or no day was named."""

    delivery: str
    original_target: dt.date | None
    current_target: dt.date | None
    due: dt.date | None
    timing: str  # no-date, to-meet, met, met-late, finished


def stand_item(
    *,
    actions: Sequence[ActionStanding],
    delivery: str,
    closing: str,
    original_target: dt.date | None,
    deadline_date: dt.date | None,
    current_target: dt.date | None = None,
    timing: str = "no-date",
) -> ItemStanding:
    """The standing of an item whose columns now say `delivery`, `closing`, `original_target` and the rest.

    The original target is the first that any action was given and never changes after (law 4). What an item
    without actions says of delivery (unallocated, for another body, a claim of a foreign tracker) stays; and so
    does a target that came in with it, until an action names one: no step moves a date in silence.
    """
    delivery = _deliver(actions, delivery)
    targets = [action.current_target for action in actions if action.current_target]
    original = original_target or _first(action.original_target for action in actions)
    current = max(targets) if targets else current_target
    if not actions and delivery == "delivered" and closing == "open":
        due, timing = None, timing if timing in ("met", "met-late") else "no-date"
    else:
        due, timing = _time(actions, delivery, closing, current, deadline_date)
    return ItemStanding(
        delivery=delivery, original_target=original, current_target=current, due=due, timing=timing
    )


def _deliver(actions: Sequence[ActionStanding], delivery: str) -> str:
    states = {action.state for action in actions}
    if not states or delivery == "for-another-body":
        return delivery
    if states == {"delivered"}:
        return "delivered"
    return "in-progress" if states & {"in-progress", "delivered"} else "planned"


def _time(
    actions: Sequence[ActionStanding],
    delivery: str,
    closing: str,
    current: dt.date | None,
    deadline: dt.date | None,
) -> tuple[dt.date | None, str]:
    if closing != "open":
        return None, "finished"
    if delivery == "delivered":
        return None, _keep_time(actions, current, deadline)
    left = [action.current_target for action in actions if action.state != "delivered"]
    left = left if any(action.current_target for action in actions) else [current]
    days = [day for day in (*left, deadline) if day]
    return (min(days), "to-meet") if days else (None, "no-date")


def _keep_time(actions: Sequence[ActionStanding], current: dt.date | None, deadline: dt.date | None) -> str:
    """Was everything delivered by its day, and by the inspectorate's? Unknown where no day was ever named."""
    last = max((action.delivered for action in actions if action.delivered), default=None)
    if last is None or not (current or deadline):
        return "no-date"
    late = any(a.delivered and a.current_target and a.delivered > a.current_target for a in actions)
    return "met-late" if late or (deadline and last > deadline) else "met"


def _first(days: Iterable[dt.date | None]) -> dt.date | None:
    return next((day for day in days if day), None)
