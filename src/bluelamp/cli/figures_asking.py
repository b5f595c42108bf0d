"""What do the commands about figures ask alike: which plan, which day; and how do they print JSON?"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from bluelamp.lib.errors import PlainError

EVERYBODY = "everybody"
"""Said in place of an organisation's code."""

if TYPE_CHECKING:
    from bluelamp.organisations.models import Organisation
    from bluelamp.performance.plans import Plan


def find_plan(slug: str) -> Plan:
    """The plan of that slug; a PlainError names those that there are."""
    from django.conf import settings

    from bluelamp.performance.plans import load_plans

    plans = load_plans(settings.WORKSPACE_DEFINITIONS)
    if slug in plans:
        return plans[slug]
    names = ", ".join(sorted(plans)) or "none"
    if not slug:
        raise PlainError(f"Say of which plan the figures are with --plan; there is {names}.")
    raise PlainError(f"There is no plan called {slug}; there is {names}.")


def read_day(said: str) -> dt.date:
    try:
        return dt.date.fromisoformat(said)
    except ValueError as error:
        raise PlainError(f"“{said}” is no day: write it as 2021-05-01.") from error


def find_organisation(code: str) -> Organisation:
    """The organisation of that code; a PlainError where there is none."""
    from bluelamp.organisations.models import Organisation

    found = Organisation.objects.filter(code=code.upper()).first()
    if found is None:
        raise PlainError(f"There is no organisation {code} here: name it by its code, such as CVP.")
    return found


def find_owner_of(plan: Plan) -> Organisation | None:
    """Whose record figures of the plan become where nobody says: of whose plan it is, else of the force it judges.

    None of a plan of nobody here, such as national measures: its figures are everybody's.
    """
    from bluelamp.organisations.models import Organisation

    known = {each.code: each for each in Organisation.objects.filter(code__in=[plan.body, plan.force])}
    return known.get(plan.body) or known.get(plan.force)


def print_wire(wire: Any) -> None:
    import msgspec

    from bluelamp.cli.screen import print_json

    print_json(msgspec.json.format(msgspec.json.encode(wire), indent=2))
