"""How does a template go out? Recorded with its items as they stood, to be compared with what returns."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

import msgspec

from bluelamp.assurance.models import TemplateSent
from bluelamp.assurance.queries_templates import (
    make_template_items,
    template_choices,
    template_key,
)
from bluelamp.assurance.template_excel import make_excel
from bluelamp.assurance.template_mark import make_template_number
from bluelamp.assurance.template_model import Layout, TemplateOrder, split_by_owner
from bluelamp.assurance.template_rules import MOST_ITEMS, check_can_use_templates
from bluelamp.assurance.template_word import make_word
from bluelamp.ledger.actions import Actor, recording
from bluelamp.lib.calendar_days import london_day
from bluelamp.lib.errors import PlainError
from bluelamp.organisations.actors import viewer_of
from bluelamp.organisations.models import Organisation, User
from bluelamp.organisations.visibility import visible_to
from bluelamp.register.models import Item

UNALLOCATED = "Unallocated"
FORMATS = {"docx": make_word, "xlsx": make_excel}


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """How a template is to look, and where it is to go back to."""

    title: str
    layout: Layout = Layout.ANNEX
    format: str = "docx"
    due: dt.date | None = None
    return_to: str = ""
    by_owner: bool = False  # one file for each owner
    with_office_notes: bool = False
    marking: str = "OFFICIAL"  # raised where an item is marked higher


@dataclass(frozen=True)
class Outgoing:
    template: TemplateSent
    file_name: str
    data: bytes


def send_templates(items: Iterable[Item], wanted: Wanted, *, by: Actor, now: dt.datetime) -> list[Outgoing]:
    """A file for all items, or one for each owner; each recorded with its items as they stand now."""
    check_can_use_templates(by)
    if not wanted.title.strip():
        raise PlainError("A template needs a title, such as “Assurance template: PEEL 2024”.")
    if wanted.format not in FORMATS:
        raise PlainError(f"A template is made as docx or xlsx, not as {wanted.format}.")
    today = london_day(now)
    if wanted.due and wanted.due < today:
        raise PlainError("The day by which it is due cannot lie in the past.")
    viewer = viewer_of(by)
    keys = [item.pk for item in items]
    if len(keys) > MOST_ITEMS:
        raise PlainError(f"{len(keys):,} items are too many for a template: choose at most {MOST_ITEMS:,}.")
    held = visible_to(viewer, Item.objects.select_related("owner", "organisation")).in_bulk(keys)
    chosen = [held[key] for key in keys if key in held]
    shown = make_template_items(chosen, viewer=viewer, today=today)
    organisation = organisation_of_items(chosen, by)
    sensitive = any(item.marking != "OFFICIAL" for item in chosen)
    order = TemplateOrder(
        title=wanted.title.strip(),
        items=shown,
        layout=wanted.layout,
        made=now,
        as_of=today,
        marking="OFFICIAL-SENSITIVE" if sensitive else wanted.marking,
        return_to=wanted.return_to.strip(),
        due=wanted.due,
        choices=template_choices(),
        with_office_notes=wanted.with_office_notes,
    )
    orders = [order]
    if wanted.by_owner:
        orders = [replace(order, items=part, owner=owner or UNALLOCATED) for owner, part in split_by_owner(shown)]
    made = [_make_file(each, wanted.format, organisation, by, now) for each in orders]
    with recording(by=by, now=now) as book:
        for each in made:
            note = {
                "items": each.template.item_count,
                "number": str(each.template),
                "for": each.template.owner_name,
            }
            book.event("assurance.template_sent", subject=each.template, add=[each.template], note=note)
    return made


def organisation_of_items(items: Iterable[Item], by: Actor) -> Organisation | None:
    """Whose record the template is: that of its items, so that nobody else learns of them by it."""
    found = {item.organisation_id: item.organisation for item in items if item.organisation_id}
    if len(found) > 1:
        raise PlainError("These items belong to more than one organisation: make a template for each of them.")
    return next(iter(found.values()), None) or organisation_of(by)


def _make_file(
    order: TemplateOrder, form: str, organisation: Organisation | None, by: Actor, now: dt.datetime
) -> Outgoing:
    key = template_key()
    number = make_template_number(order, key)
    data = FORMATS[form](order, key)
    template = TemplateSent(
        number=number,
        title=order.title,
        layout=order.layout,
        format=form,
        as_of=order.as_of,
        due=order.due,
        return_to=order.return_to,
        owner_name=order.owner,
        items=msgspec.to_builtins(order.items),
        item_count=len(order.items),
        by_name=by.ledger_label,
        made=now,
        organisation=organisation,
        marking=order.marking,
    )
    whose = f"-{_slug(order.owner)}" if order.owner else ""
    return Outgoing(template, f"template{whose}-{template}.{form}", data)


def _slug(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", name.casefold()).strip("-")[:40] or "owner"


def organisation_of(by: Actor) -> Organisation | None:
    return by.organisation if isinstance(by, User) else None
