"""What does an accepted mention become? An item of the force it is about, where the force must answer for it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bluelamp.assurance.dating import date_item
from bluelamp.inspections.facts import Mention
from bluelamp.intake.acceptance import INSPECTORATE, Acceptance, Made, Prepared, first_reading
from bluelamp.intake.preparing_mentions import force_of_mention
from bluelamp.register.actions import Point


def item_kind_of(fields: Mapping[str, Any]) -> str:
    """The kind of item a mention becomes: "" where it only says something of the force."""
    if fields.get("nature") == "recommendation_to_all":
        return "recommendation"
    return "issue_of_concern" if fields.get("nature") == "exclusion" or fields.get("critical") else ""


def make_mention(acceptance: Acceptance, prepared: Prepared, fact: Mention) -> Made:
    """An issue of concern where data was not provided or something is criticised; a recommendation; or no item."""
    kind = item_kind_of(prepared.fields)
    if not kind:
        return Made(prepared.proposal)
    point = Point(
        kind=kind,
        title=fact.text,
        text=_what_is_not_there(fact),
        framework=acceptance.framework.slug if acceptance.framework else "",
        citations=prepared.proposal.citations,
        source_number=fact.number if kind == "recommendation" else "",
        deadline_printed=fact.deadline.printed if fact.deadline else "",
        first_reading=first_reading(prepared),
        order=prepared.proposal.order,
    )
    rows = acceptance.add_item(point, source=INSPECTORATE, force=force_of_mention(fact))
    item = acceptance.items[-1]
    date_item(item, prepared.fields.get("deadline"), acceptance.document.published)
    return Made(item, add=rows, item=item)


def _what_is_not_there(fact: Mention) -> str:
    """ "This data" is understood only with the title of the figure, or the sentence, that it speaks of."""
    return fact.subject if fact.nature == "exclusion" and fact.subject not in fact.text else ""
