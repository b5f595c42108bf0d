"""When does the inspectorate's deadline of an item fall, and how does the item stand by it?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from typing import Any

from bluelamp.assurance.item_standing import ActionStanding, stand_item
from bluelamp.assurance.models import Action
from bluelamp.inspections.deadline_days import work_out_deadline
from bluelamp.inspections.models import Finding
from bluelamp.inspections.reading.deadlines import read_deadline
from bluelamp.register.models import Item


def date_item(item: Item, deadline: Mapping[str, Any] | None, published: str) -> bool:
    """Put the deadline's day onto the item; did it change? The caller writes the item with its event.

    `deadline` is as it was read ({printed, rule, months, date}); `published` the report's ISO date.
    """
    worked_out = work_out_deadline(deadline, published)
    day = worked_out.day if worked_out else None
    if item.deadline_date == day:
        return False
    item.deadline_date = day
    stand(item, () if item._state.adding else Action.objects.filter(item=item))
    return True


def stand(item: Item, actions: Iterable[Action]) -> None:
    """The item's columns follow from its actions, its deadline and its closing."""
    found = stand_item(
        actions=[_standing_of(action) for action in actions],
        delivery=item.delivery,
        closing=item.closing,
        original_target=item.original_target,
        deadline_date=item.deadline_date,
        current_target=item.current_target,
        timing=item.timing,
    )
    item.delivery, item.timing, item.due = found.delivery, found.timing, found.due
    item.original_target, item.current_target = found.original_target, found.current_target


def _standing_of(action: Action) -> ActionStanding:
    return ActionStanding(
        state=action.state,
        original_target=action.original_target,
        current_target=action.current_target,
        delivered=action.delivered,
    )


def say_deadline_rule(item: Item) -> str:
    """How the deadline's day was worked out, in a sentence; "" of an item that has no deadline."""
    finding = Finding.objects.filter(item=item).select_related("inspection").first()
    if finding is None:
        worked_out = work_out_deadline(_deadline_printed(item), item.document.published)
    else:
        worked_out = work_out_deadline(finding.deadline, finding.inspection.published)
    return worked_out.rule if worked_out else ""


def _deadline_printed(item: Item) -> dict[str, Any] | None:
    """The deadline of an item that no finding stands behind (a national report's recommendation to all forces)."""
    found = read_deadline(item.deadline_printed) if item.deadline_printed else None
    return asdict(found) if found else None


def date_items_again(items: Iterable[Item], published: str) -> list[Item]:
    """Of items that no finding stands behind, those whose deadline now falls on another day."""
    return [item for item in items if date_item(item, _deadline_printed(item), published)]


def date_findings_again(findings: Iterable[Finding], published: str) -> list[Item]:
    """The items of these findings whose deadline falls on another day now that the report's date is another."""
    return [
        finding.item
        for finding in findings
        if finding.item is not None and finding.deadline and date_item(finding.item, finding.deadline, published)
    ]
