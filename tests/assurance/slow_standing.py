"""How does an item stand? Worked out slowly from the ledger's events alone, for tests to compare its columns with.

Reads what events say (notes) and the rows of actions as they wrote them; of the item's own row only what it was
when it came in. Shares no code with `item_standing` or the actions.
"""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass, field
from typing import Any

from bluelamp.ledger.models import Event, Payload
from bluelamp.register.models import Item

COLUMNS = (
    "response",
    "delivery",
    "delivery_body",
    "assurance",
    "position",
    "closing",
    "original_target",
    "current_target",
    "due",
    "timing",
)


@dataclass
class Slow:
    """What was gathered so far."""

    response: str = "awaiting"
    delivery: str = "unallocated"
    delivery_body: str = ""
    assurance: str = "untested"
    position: str = "not-stated"
    closing: str = "open"
    original_target: dt.date | None = None
    current_target: dt.date | None = None
    due: dt.date | None = None
    timing: str = "no-date"
    deadline: dt.date | None = None
    passed_on: bool = False
    position_day: dt.date | None = None
    actions: dict[int, dict[str, Any]] = field(default_factory=dict)

    def columns(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in COLUMNS}


def stand_slowly(item: Item) -> dict[str, Any]:
    """The columns that the events of this item come to."""
    slow = Slow()
    events = list(Event.objects.filter(subject_id=str(item.pk)).order_by("sequence"))
    payloads = Payload.objects.in_bulk([event.sequence for event in events])
    for event in events:
        body = json.loads(payloads[event.sequence].body)
        _take(slow, event.action, body["note"], body["rows"])
        _settle(slow)
    return slow.columns()


def _take(slow: Slow, action: str, note: dict[str, Any], rows: list[dict[str, Any]]) -> None:
    if action == "register.item_accepted":
        first = next(row["fields"] for row in rows if row["table"] == "register_item")
        slow.deadline = _day(first.get("deadline_date"))
        slow.delivery, slow.closing = first.get("delivery", "unallocated"), first.get("closing", "open")
    for row in rows:
        if row["table"] == "assurance_action":
            slow.actions[row["fields"]["number"]] = row["fields"]
    match action.removeprefix("assurance."):
        case "responded":
            slow.response = note["after"]
        case "dispute_decided" if note["decision"] == "not-upheld":
            slow.response = "awaiting"
        case "position_noted" if slow.position_day is None or _day(note["day"]) >= slow.position_day:  # type: ignore[operator]
            slow.position, slow.position_day = note["position"], _day(note["day"])
        case "passed_on":
            slow.passed_on, slow.delivery_body = True, note["body"]
        case "taken_back" | "allocated":
            slow.passed_on, slow.delivery_body = False, ""
            slow.delivery = "unallocated"
        case "review_opened" | "review_reopened":
            slow.assurance = "testing"
        case "review_closed":
            slow.assurance = note["grade"]
        case "review_ended":
            slow.assurance = "untested"
        case "signed_off":
            slow.closing = "signed-off"
        case "reopened" | "brought_under_test":
            slow.closing = "open"


def _settle(slow: Slow) -> None:
    actions = [slow.actions[number] for number in sorted(slow.actions)]
    states = [action["state"] for action in actions]
    if slow.passed_on:
        slow.delivery = "for-another-body"
    elif states and all(state == "delivered" for state in states):
        slow.delivery = "delivered"
    elif "in-progress" in states or "delivered" in states:
        slow.delivery = "in-progress"
    elif states:
        slow.delivery = "planned"
    for action in actions:
        if slow.original_target is None:
            slow.original_target = _day(action["original_target"])
    targets = [day for action in actions if (day := _day(action["current_target"]))]
    slow.current_target = max(targets, default=None)
    _settle_time(slow, actions)


def _settle_time(slow: Slow, actions: list[dict[str, Any]]) -> None:
    slow.due = None
    if slow.closing != "open":
        slow.timing = "finished"
        return
    if slow.delivery == "delivered":
        slow.timing = _settle_delivered(slow, actions)
        return
    open_days = [_day(action["current_target"]) for action in actions if action["state"] != "delivered"]
    days = sorted(day for day in [*open_days, slow.deadline] if day is not None)
    slow.due = days[0] if days else None
    slow.timing = "to-meet" if days else "no-date"


def _settle_delivered(slow: Slow, actions: list[dict[str, Any]]) -> str:
    delivered = [(_day(action["delivered"]), _day(action["current_target"])) for action in actions]
    if not delivered or (slow.current_target is None and slow.deadline is None):
        return "no-date"
    for day, target in delivered:
        if day and ((target and day > target) or (slow.deadline and day > slow.deadline)):
            return "met-late"
    return "met"


def _day(value: Any) -> dt.date | None:
    return dt.date.fromisoformat(str(value)) if value else None
