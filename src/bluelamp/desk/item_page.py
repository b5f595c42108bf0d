"""What does the page of one item show: its facts, the words it rests on, its history?"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from bluelamp.desk.events import SAID
from bluelamp.desk.frameworks import find_framework
from bluelamp.documents.models import StoredDocument, StoredPage
from bluelamp.documents.pictures import has_picture
from bluelamp.documents.queries import page_with_line
from bluelamp.documents.sheets import DrawnBox, SheetBlock, find_boxes, find_marks, make_sheet
from bluelamp.documents.windows import Window, around
from bluelamp.inspections.models import Judgement
from bluelamp.lib.calendar_days import say_day
from bluelamp.organisations.models import Owner
from bluelamp.organisations.visibility import Viewer, visible_to
from bluelamp.register.links import mentions_of
from bluelamp.register.models import Item, Mention
from bluelamp.register.queries import Happening, item_history
from bluelamp.register.standing import name_state


@dataclass(frozen=True)
class Cited:
    """One citation of a mention. `address` shows it beside the item; `page_address` opens its page."""

    number: int
    citation: Mapping[str, Any]
    document: StoredDocument
    address: str
    page_address: str
    here: bool


@dataclass(frozen=True)
class MentionView:
    mention: Mention
    cited: Sequence[Cited]


@dataclass(frozen=True)
class Source:
    """The page that the item rests on, the cited words marked; `sheet` where it has no picture."""

    document: StoredDocument
    page: StoredPage
    window: Window
    sheet: Sequence[SheetBlock]
    boxes: Sequence[DrawnBox]
    as_picture: bool
    has_picture: bool
    page_address: str
    total: int


@dataclass(frozen=True)
class HistoryLine:
    happening: Happening
    said: str
    changes: Sequence[tuple[str, str, str]]  # field, before, after
    notes: Sequence[tuple[str, str]] = ()


@dataclass(frozen=True)
class Difference:
    """A field as it was first read, where a person corrected it."""

    field: str
    read: str


def find_mentions(item: Item, *, viewer: Viewer) -> list[Mention]:
    return list(mentions_of(item, viewer=viewer))


def make_mentions(item: Item, mentions: Sequence[Mention], chosen: int) -> list[MentionView]:
    """Every citation numbered from 1 through all mentions."""
    views, number = [], 0
    for mention in sorted(mentions, key=lambda each: each.document_id != item.document_id):
        cited = []
        for citation in mention.citations:
            number += 1
            cited.append(_make_cited(item, mention.document, citation, number, here=number == chosen))
        views.append(MentionView(mention, cited))
    return views


def _make_cited(
    item: Item, document: StoredDocument, citation: Mapping[str, Any], number: int, *, here: bool
) -> Cited:
    line = citation["line"]
    if citation.get("page"):
        page = reverse("desk:document_page", args=[document.pk, citation["page"]])
        page_address = f"{page}?item={item.reference}#L{line}"
    else:
        page_address = reverse("desk:document_line", args=[document.pk, line])
    return Cited(number, citation, document, f"?source={number}#L{line}", page_address, here)


def make_source(cited: Cited, all_cited: Sequence[Cited], *, as_text: bool) -> Source | None:
    """The page of one citation with every other citation on it marked too; None where the page is not held."""
    document = cited.document
    page = _find_page(document, cited.citation)
    if page is None:
        return None
    marks = [(str(each.number), [each.citation]) for each in all_cited if each.document.pk == document.pk]
    picture = has_picture(document, page)
    as_picture = picture and not as_text
    here = str(cited.number)
    window = around(page, cited.citation["line"])
    return Source(
        document=document,
        page=page,
        window=window,
        sheet=[]
        if as_picture
        else make_sheet(page, find_marks(page, marks, here=here, all_here=True), window.blocks),
        boxes=find_boxes(page, marks, here=here, all_here=True) if as_picture else [],
        as_picture=as_picture,
        has_picture=picture,
        page_address=cited.page_address,
        total=document.pages.count(),
    )


def _find_page(document: StoredDocument, citation: Mapping[str, Any]) -> StoredPage | None:
    if citation.get("page"):
        return document.pages.filter(number=citation["page"]).first()
    return page_with_line(document, citation["line"])


def find_judgement(item: Item) -> Judgement | None:
    return Judgement.objects.filter(item=item).first() if item.kind == "judgement" else None


def make_scale(judgement: Judgement | None) -> list[tuple[str, bool]]:
    """The grades of the judgement's own scale, best first, and which is the force's."""
    framework = find_framework(judgement.framework) if judgement else None
    if judgement is None or framework is None or not judgement.grade:
        return []
    return [(grade.name, grade.slug == judgement.grade) for grade in framework.grades]


def make_history(item: Item, *, viewer: Viewer) -> list[HistoryLine]:
    happenings = item_history(item, viewer=viewer)
    changes = [change for each in happenings for change in each.changes if change.column == "owner_id"]
    keys = {key for change in changes for key in (change.before, change.after) if key}
    owners = {str(key): owner.name for key, owner in Owner.objects.in_bulk(keys).items()}
    return [
        HistoryLine(each, str(SAID.get(each.action, each.action)), _say_changes(each, owners), _say_note(each))
        for each in happenings
    ]


FOLLOWS = frozenset({"timing", "place", "due"})
"""Columns that follow from others, which are said."""
STATES = {name: name for name in ("response", "delivery", "assurance", "position", "closing")}
NOTED = ("reason", "words", "claim", "committee", "body", "cited", "decision", "owner", "target")
"""What an event notes that a reader of the history wants to see; never a grade that may still be blind."""


def _say_changes(happening: Happening, owners: Mapping[str, str]) -> list[tuple[str, str, str]]:
    return [
        (
            _say_field(c.column.removesuffix("_id")),
            *(_say_state(c.column, value, owners) for value in (c.before, c.after)),
        )
        for c in happening.changes
        if c.column not in FOLLOWS
    ]


def _say_state(column: str, value: Any, owners: Mapping[str, str]) -> str:
    if column == "owner_id" and value:
        return owners.get(str(value), _("somebody"))
    if column in STATES and value:
        return name_state(column, str(value))
    if isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", value):
        return say_day(dt.date.fromisoformat(value))
    return _say_value(value)


def _say_note(happening: Happening) -> list[tuple[str, str]]:
    return [(_say_field(name), _say_value(happening.note[name])) for name in NOTED if happening.note.get(name)]


def _say_field(name: str) -> str:
    return name.replace("_", " ").capitalize()


def _say_value(value: Any) -> str:
    if value in (None, "", [], {}):
        return _("nothing")
    if isinstance(value, list):
        return "; ".join(_say_value(each) for each in value)
    if isinstance(value, dict):
        return "; ".join(f"{_say_field(str(k))}: {_say_value(v)}" for k, v in value.items())
    return str(value)


COMPARED = (
    "title",
    "text",
    "type",
    "area",
    "printed_area",
    "grade",
    "number",
    "parts",
    "deadline",
    "ref",
    "action",
)


def make_differences(item: Item, now: Mapping[str, Any]) -> list[Difference]:
    """What the machine read where a person corrected it; `now` are the fields that were accepted."""
    read = item.first_reading or {}
    return [
        Difference(_say_field(name), _say_value(read[name]))
        for name in COMPARED
        if name in read and read[name] != now.get(name, read[name])
    ]


def neighbours(item: Item, *, viewer: Viewer) -> tuple[Item | None, Item | None]:
    """The items before and after this one in the order of its document."""
    same: QuerySet[Item] = visible_to(viewer, Item.objects.filter(document=item.document_id, merged_into=None))
    before = same.filter(order__lt=item.order).order_by("-order").only("reference", "title").first()
    after = same.filter(order__gt=item.order).order_by("order").only("reference", "title").first()
    return before, after
