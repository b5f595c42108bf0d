"""Who has claimed that an item is done, and so cannot be the one who tests it? Read from the ledger.

Who owns an item now is for `rules.Stander`. This is about who owned it when it was said to be delivered: giving
the action to somebody else afterwards makes nobody independent.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any
from uuid import UUID

from bluelamp.assurance.models import Action, Answer
from bluelamp.ledger.models import Event, Payload
from bluelamp.organisations.rules import NotAllowedError
from bluelamp.register.models import Item

CLAIM = "assurance.delivered"
_KEEPERS = ("owner_id", "deputy_id", "lead_id")


def find_claimants(items: Sequence[Item]) -> dict[UUID, set[UUID]]:
    """By item, the owners who kept an action of it when it was said to be delivered, or who answered for it."""
    found: dict[UUID, set[UUID]] = {item.pk: set() for item in items}
    for item, fields in _delivered_actions([item.pk for item in items]):
        found[item] |= {UUID(fields[name]) for name in _KEEPERS if fields.get(name)}
    for answer in Answer.objects.filter(item__in=list(found), owner__isnull=False).only("item", "owner"):
        if answer.owner_id:
            found[answer.item_id].add(answer.owner_id)
    return found


DONE_BY = (CLAIM, "assurance.answered", "assurance.evidence_submitted")


def check_did_nothing_of_it(by: str, item: Item) -> None:
    """Whoever claimed, answered or offered evidence is no independent reviewer, whosever name it was done in.

    `by` is the person as the ledger names them.
    """
    done = Event.objects.filter(
        subject_table=Item._meta.db_table, subject_id=str(item.pk), action__in=DONE_BY, actor=by
    )
    if done.exists():
        raise NotAllowedError(
            "You cannot give an opinion: you said that it was done, or offered the evidence for it, so somebody"
            " else must."
        )


def check_made_no_claim(mine: Iterable[UUID], claimants: set[UUID]) -> None:
    """`mine` are the owners that the person is."""
    if set(mine) & claimants:
        raise NotAllowedError(
            "You cannot give an opinion: you answered for this item, or owned it when it was said to be delivered,"
            " so somebody else must."
        )


def _delivered_actions(items: Sequence[UUID]) -> Iterator[tuple[UUID, dict[str, Any]]]:
    """The rows of actions as each claim of their delivery wrote them. A redacted claim tells nothing any more."""
    subjects = [str(key) for key in items]
    claims = Event.objects.filter(
        subject_table=Item._meta.db_table, subject_id__in=subjects, action=CLAIM
    ).values_list("sequence", flat=True)
    for body in Payload.objects.filter(sequence__in=claims).values_list("body", flat=True):
        for row in json.loads(body)["rows"] if body else ():
            if row["table"] == Action._meta.db_table:
                yield UUID(row["fields"]["item_id"]), row["fields"]
