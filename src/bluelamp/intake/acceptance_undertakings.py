"""What does an accepted undertaking become? An item with an action that the local policing body itself owns."""

from __future__ import annotations

from bluelamp.assurance.dating import stand
from bluelamp.assurance.facts import Undertaking
from bluelamp.assurance.models import Action
from bluelamp.intake.acceptance import Acceptance, Made, Prepared, first_reading
from bluelamp.ledger.records import Recorded
from bluelamp.lib.days import read_day
from bluelamp.organisations.models import Organisation, Owner
from bluelamp.register.actions import Point

COMMISSIONER = "commissioner"


def make_undertaking(acceptance: Acceptance, prepared: Prepared, fact: Undertaking) -> Made:
    """The promise as an item, and as an action planned by who promised it, by the day it names."""
    point = Point(
        kind="undertaking",
        title=fact.text,
        source_number=fact.number,
        deadline_printed=fact.due_printed,
        citations=prepared.proposal.citations,
        first_reading=first_reading(prepared),
        order=prepared.proposal.order,
    )
    rows = acceptance.add_item(point, source=COMMISSIONER)
    item = acceptance.items[-1]
    owner, new = _find_owner(acceptance)
    day = read_day(fact.due_printed) if fact.due_printed else None
    action = Action(
        item=item,
        number=1,
        words=fact.text,
        owner=owner,
        original_target=day,
        current_target=day,
        made=acceptance.now,
    )
    item.owner = owner
    item.delivery = "planned"
    stand(item, [action])
    return Made(item, add=[*new, *rows, action], item=item)


def _find_owner(acceptance: Acceptance) -> tuple[Owner, list[Recorded]]:
    """The local policing body as an owner, and the row to be written where it is new."""
    document = acceptance.document
    body = _find_body(acceptance)
    name = body.name if body else f"Local policing body of {acceptance.force.name}"
    held = Owner.objects.filter(name=name, organisation=document.organisation, active=True).first()
    known = acceptance.owners.get(name)
    if held or known:
        return held or known, []  # type: ignore[return-value]
    made = Owner(kind="partner-body", name=name, organisation=document.organisation)
    acceptance.owners[name] = made
    return made, [made]


def _find_body(acceptance: Acceptance) -> Organisation | None:
    publisher = acceptance.document.publisher
    if publisher is not None and publisher.kind == "local_policing_body":
        return publisher
    bodies = Organisation.objects.filter(kind="local_policing_body", force=acceptance.force)
    published = acceptance.document.published[:10]
    for body in bodies.order_by("start"):
        begun = body.start is None or str(body.start) <= (published or "9999")
        going_on = body.end is None or str(body.end) >= (published or "0000")
        if begun and going_on:
            return body
    return None
