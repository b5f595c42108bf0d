"""How are an item's five facts shown: a word and a shape each, always in the same order?"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django import template
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from bluelamp.register.models import Item
from bluelamp.register.standing import State, schedule_on
from bluelamp.register.vocabulary import states_of

register = template.Library()

FACT_NAMES: dict[str, str | Promise] = {
    "response": _("Response"),
    "delivery": _("Delivery"),
    "assurance": _("Assurance"),
    "position": _("Inspectorate"),
    "schedule": _("Schedule"),
}
LOOKS = {
    "good": "tag--good",
    "attention": "tag--attention",
    "failed": "tag--failed",
    "waiting": "tag--waiting",
}


@dataclass(frozen=True)
class FactTag:
    """One fact as it is shown. `more` is what stands beside the state: a body's name, days overdue."""

    fact: str
    name: str | Promise
    state: State
    look: str
    more: str = ""


@register.filter
def state_name(slug: str, fact: str) -> str:
    return _find(fact, slug).name


@register.inclusion_tag("desk/five_facts.html")
def five_facts(item: Item, day: dt.date) -> dict[str, object]:
    """The five tags of an item as it stands on a day, and its closing."""
    return {"tags": make_fact_tags(item, day), "closing": _find("closing", item.closing), "item": item}


@register.filter
def fact_tags(item: Item, day: dt.date) -> list[FactTag]:
    return make_fact_tags(item, day)


def make_fact_tags(item: Item, day: dt.date) -> list[FactTag]:
    states = {
        "response": item.response,
        "delivery": item.delivery,
        "assurance": item.assurance,
        "position": item.position,
        "schedule": schedule_on(item.timing, item.due, day),
    }
    return [_make(fact, slug, item, day) for fact, slug in states.items()]


def _make(fact: str, slug: str, item: Item, day: dt.date) -> FactTag:
    state = _find(fact, slug)
    more = item.delivery_body if fact == "delivery" else ""
    if fact == "schedule" and item.due and slug == "overdue":
        days = (day - item.due).days
        more = f"{days:,} day" if days == 1 else f"{days:,} days"
    return FactTag(fact, FACT_NAMES[fact], state, LOOKS.get(state.look, ""), more)


def _find(fact: str, slug: str) -> State:
    known = states_of(fact).get(slug)  # a workspace may have words of its own
    return known or State(slug=slug, name=slug, meaning="")
