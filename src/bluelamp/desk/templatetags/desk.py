"""How are days, slugs, places and numbers said on a page?"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django import template
from django.template.context import Context
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from bluelamp.desk.frameworks import framework_name
from bluelamp.desk.queries import proposed_details
from bluelamp.documents.models import StoredDocument
from bluelamp.documents.published import say_published
from bluelamp.intake.headings import say_heading
from bluelamp.intake.models import Proposal
from bluelamp.intake.review import sort_of
from bluelamp.register.kinds import load_item_kinds
from bluelamp.register.models import Item
from bluelamp.register.queries import NONE, say_value

register = template.Library()

SHORT_NAMES = {"hmic": "HMIC", "hmicfrs": "HMICFRS", "peel": "PEEL", "pdf": "PDF", "docx": "Word", "txt": "text"}


@register.filter
def day(value: dt.date | dt.datetime | str | None) -> str:
    """4 September 2024; of "2022-04" April 2022; of "2022" the year. "" of nothing."""
    if isinstance(value, dt.datetime):
        value = timezone.localtime(value).date() if timezone.is_aware(value) else value.date()
    if isinstance(value, dt.date):
        return date_format(value, "j F Y")
    return say_published(str(value or ""))


@register.filter
def moment(value: dt.datetime | None) -> str:
    """4 September 2024, 14:05 in London."""
    if value is None:
        return ""
    return date_format(timezone.localtime(value), "j F Y, H:i")


@register.filter
def count(value: int | None) -> str:
    """A number with its thousands marked."""
    return "" if value is None else f"{value:,}"


@register.filter
def words(slug: str) -> str:
    """A slug as words: "requires-improvement" is "Requires improvement"."""
    spoken = str(slug or "").replace("-", " ").replace("_", " ").strip()
    return SHORT_NAMES.get(spoken.lower(), spoken[:1].upper() + spoken[1:])


@register.filter
def kind_name(slug: str) -> str:
    """The name of a kind of point, as in its definition."""
    kind = load_item_kinds().get(slug)
    name = kind.name if kind else words(slug)
    return name[:1].upper() + name[1:]


@register.filter
def sort_name(fact: Proposal) -> str:
    """What sort of fact it is, as a person says it."""
    if fact.kind == "document_detail":
        return _("About the document")
    return kind_name(sort_of(fact))


@register.filter
def titled(document: StoredDocument) -> str:
    """The document's title, else the one that is proposed, else the name of its file."""
    return (
        document.title or proposed_details([document.pk]).get(document.pk, {}).get("title") or document.file_name
    )


@register.filter
def heading(fact: Proposal) -> str:
    """What a fact says, in one line."""
    return say_heading(fact)


@register.filter
def sort_slug(fact: Proposal) -> str:
    """What sort of fact it is, as a slug."""
    return sort_of(fact)


@register.filter
def framework(slug: str) -> str:
    """The name of an inspection framework."""
    return framework_name(slug) if slug != NONE else _("No inspection")


@register.filter
def source_name(item: Item) -> str:
    """Where an item comes from, in few words: the inspection and its year, or the document."""
    if item.framework:
        return framework_name(item.framework)
    published = day(item.document.published)
    name = say_value("source", item.source)
    return f"{name}, {published}" if published else name


@register.filter
def said(item: Item) -> str:
    """The words of an item for a list: of a recommendation that begins with "the force should:" its parts too."""
    return " ".join([item.title, *item.parts]) if item.title.rstrip().endswith(":") else item.title


@register.filter
def as_query(values: Mapping[str, str]) -> str:
    """Values as the questions of an address."""
    return urlencode(values)


@register.filter
def at(mapping: Mapping[Any, Any], key: Any) -> Any:
    """The value under a key; "" where there is none."""
    return mapping.get(key, "")


@register.filter
def plural_of(slug: str, number: int) -> str:
    """ "areas for improvement" or, of one, "area for improvement"."""
    kind = load_item_kinds().get(slug)
    if kind is None:
        return words(slug).lower()
    return kind.name if number == 1 else kind.plural


@register.filter
def place_of(citation: dict[str, Any]) -> str:
    """Where a citation stands, as a person says it."""
    first, last = citation["line"], citation["line_end"]
    lines = _("line %(line)s") % {"line": first} if first == last else _("lines %s to %s") % (first, last)
    if citation.get("page") is None:
        return lines
    printed = citation.get("printed_page")
    page = _("page %s") % citation["page"]
    if printed and printed != str(citation["page"]):
        page += " " + _("(printed %s)") % printed
    return f"{page}, {lines}"


@register.filter
def size(value: int) -> str:
    """Bytes as people say them: 75 KB, 1.2 MB."""
    if value < 1_000_000:
        return f"{max(1, round(value / 1000)):,} KB"
    return f"{value / 1_000_000:,.1f} MB"


@register.simple_block_tag(takes_context=True)
def place(context: Context, content: str, name: str, prefix: str) -> SafeString:
    """An entry of the navigation; the one whose pages we are on says so."""
    request = context.get("request")
    here = request is not None and request.path.startswith(prefix)
    current = SafeString(' aria-current="true"') if here else SafeString("")
    return format_html('<li><a href="{}"{}>{}</a></li>', reverse(name), current, content)


@register.simple_tag(takes_context=True)
def same_page(context: Context, **changes: Any) -> str:
    """This page's address with some of its questions changed; an empty value leaves one out."""
    request = context["request"]
    asked = request.GET.copy()
    for name, value in changes.items():
        if value in (None, ""):
            asked.pop(name, None)
        else:
            asked[name] = value
    return f"?{asked.urlencode()}" if asked else request.path
