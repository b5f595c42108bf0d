"""Which items are in the register: filtered, put in order, and taken away as a table?"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from bluelamp.documents.downloads import send_file
from bluelamp.documents.models import StoredDocument
from bluelamp.documents.queries import find_documents
from bluelamp.organisations.visibility import Viewer
from bluelamp.register.exports import Export, export_rows, make_csv, make_xlsx
from bluelamp.register.facets import Choice, count_chosen, find_counts
from bluelamp.register.kinds import item_kinds
from bluelamp.register.models import Item
from bluelamp.register.narrowing import Narrowing, find_among, narrowings
from bluelamp.register.paging import DEFAULT_SORT, SORTS, page_of
from bluelamp.register.queries import FACETS, NO_POINT, POINTS, filter_items

PER_PAGE = 50
LABELS = {
    "force": _("Force"),
    "source": _("Source"),
    "framework": _("Inspection"),
    "kind": _("Kind"),
    "area": _("Area"),
    "grade": _("Grade"),
    "year": _("Year"),
    "response": _("Response"),
    "delivery": _("Delivery"),
    "assurance": _("Assurance"),
    "position": _("Inspectorate"),
    "schedule": _("Due"),
    "owner": _("Owner"),
    "closing": _("Closing"),
}
ALWAYS_SHOWN = ("force", "kind", "area", "schedule", "delivery", "owner")
"""Filters that people reach for; the others are folded away until they are opened or one of them is set."""
TROUBLES = (("schedule", "overdue"), ("delivery", "unallocated"), ("response", "disputed"))
"""What the first line of the page counts besides the items."""
ASKED = (*FACETS, "words", "document")
LONGEST_WORDS = 200


@dataclass(frozen=True)
class Asked:
    """What an address of the register asks for."""

    filters: dict[str, str]
    document: StoredDocument | None
    sort: str
    today: dt.date
    narrowed: dict[str, str] = field(default_factory=dict)  # by a filter of a slice above: narrowing.py

    @property
    def is_filtered(self) -> bool:
        return bool(self.filters or self.document or self.narrowed)

    @property
    def set_count(self) -> int:
        """How many filters are set: on a phone they are folded away, and this says that they narrow the list."""
        return len(self.filters) + len(self.narrowed) + bool(self.document)

    @property
    def among(self) -> QuerySet[Any] | None:
        return find_among(self.narrowed)

    def items(self, viewer: Viewer) -> QuerySet[Item]:
        return filter_items(
            viewer=viewer, document=self.document, among=self.among, today=self.today, **self.filters
        )

    def address(self, **changes: str) -> str:
        """The questions of this page's address without the place in the list, with changes; no "?" before them."""
        asked = QueryDict(mutable=True)
        values: dict[str, str] = {**self.filters, **self.narrowed}
        if self.document:
            values["document"] = str(self.document.pk)
        if self.sort != DEFAULT_SORT:
            values["sort"] = self.sort
        asked.update({name: value for name, value in (values | changes).items() if value})
        return asked.urlencode()


def read_asked(query: Mapping[str, str], viewer: Viewer) -> Asked:
    """Only what the register knows of; a document that the viewer may not see is not found."""
    words = {name: query.get(name, "").replace("\x00", " ").strip()[:LONGEST_WORDS] for name in ASKED}
    document = _find_document(words.pop("document"), viewer)
    sort = query.get("sort", DEFAULT_SORT)
    filters = {name: value for name, value in words.items() if value}
    narrowed = {each.name: query.get(each.name, "").strip()[:LONGEST_WORDS] for each in narrowings()}
    return Asked(
        filters,
        document,
        sort if sort in SORTS else DEFAULT_SORT,
        timezone.localdate(),
        {name: value for name, value in narrowed.items() if value},
    )


def _find_document(key: str, viewer: Viewer) -> StoredDocument | None:
    if not key:
        return None
    try:
        found = find_documents(viewer=viewer).filter(pk=UUID(key)).first()
    except ValueError:
        found = None
    if found is None:
        raise Http404("no such document")
    return found


@require_safe
def register(request: HttpRequest) -> HttpResponse:
    asked = read_asked(request.GET, request.user)
    counts = find_counts(
        viewer=request.user, today=asked.today, document=asked.document, among=asked.among, **asked.filters
    )
    facets, total = counts.facets, counts.total
    kinds = count_chosen(facets, "kind", asked.filters.get("kind", ""))
    page = page_of(
        counts.narrow(asked.items(request.user)),
        asked.sort,
        after=request.GET.get("after", ""),
        before=request.GET.get("before", ""),
        size=PER_PAGE,
    )
    context = {
        "asked": asked,
        "total": total,
        "kinds": [
            (kind.slug, kinds[kind.slug], asked.address(kind=kind.slug))
            for kind in item_kinds()
            if kind.slug in kinds
        ],
        "page": page,
        "first": _first_row(request.GET, total, len(page.items)),
        "fields": [make_field(name, facets[name], asked) for name in ALWAYS_SHOWN],
        "more_fields": [make_field(name, facets[name], asked) for name in LABELS if name not in ALWAYS_SHOWN],
        "more_are_set": any(name in asked.filters for name in LABELS if name not in ALWAYS_SHOWN),
        "troubles": count_troubles(asked, request.user),
        "today": asked.today,
        "narrowings": [make_narrowing(each, asked, request.user) for each in narrowings()],
        "sorts": SORTS.values(),
        "one_force": name_only_force(facets["force"], asked.filters.get("force", "")),
        "many_forces": len(facets["force"]) > 1 and not asked.filters.get("force"),
        "everything": asked.address(),
        "per_page": PER_PAGE,
    }
    return render(request, "register/register.html", _with_pager(context))


def count_troubles(asked: Asked, viewer: Viewer) -> list[tuple[str, str, int, str]]:
    """Of the points that must be answered: fact, state, how many, and the address of exactly these."""
    filters = {**asked.filters, "kind": asked.filters.get("kind") or POINTS}
    counts = find_counts(
        viewer=viewer, today=asked.today, document=asked.document, among=asked.among, **filters
    ).facets
    found = []
    for name, value in TROUBLES:
        number = count_chosen(counts, name, filters.get(name, "")).get(value, 0)
        if number:
            found.append((name, value, number, asked.address(kind=filters["kind"], **{name: value})))
    return found


def name_only_force(choices: Sequence[Choice], chosen: str) -> str:
    """The force that every row is about, "" where there are several or none; `choices` without that filter."""
    about = [choice for choice in choices if not chosen or choice.value.lower() == chosen.lower()]
    return about[0].label if len(about) == 1 else ""


def make_field(name: str, choices: list[Any], asked: Asked) -> dict[str, Any]:
    """A filter with its choices; one that was asked for and finds nothing is kept, so that it can be seen."""
    chosen = asked.filters.get(name, "")
    if name == "kind":
        points = sum(choice.count for choice in choices if choice.value != NO_POINT)
        choices = [Choice(POINTS, str(_("All but grades")), points), *choices]
    known = any(choice.value.lower() == chosen.lower() for choice in choices)
    return {
        "name": name,
        "label": LABELS[name],
        "choices": choices,
        "chosen": next((c.value for c in choices if c.value.lower() == chosen.lower()), chosen),
        "stranger": chosen if chosen and not known and not (name == "kind" and chosen == POINTS) else "",
    }


def make_narrowing(narrowing: Narrowing, asked: Asked, viewer: Viewer) -> dict[str, Any]:
    """A filter of a slice above, with its choices; an unknown one that is asked for is kept, to be seen."""
    chosen = asked.narrowed.get(narrowing.name, "")
    choices = narrowing.choices(viewer)
    stranger = chosen if chosen and chosen not in dict(choices) else ""
    return {
        "name": narrowing.name,
        "label": narrowing.label,
        "choices": choices,
        "chosen": chosen,
        "stranger": stranger,
    }


def _first_row(query: Mapping[str, str], total: int, shown: int) -> int:
    """The number of the first row on this page, as the link that led here said; 0 where it cannot be so."""
    if not query.get("after") and not query.get("before"):
        return 1
    said = query.get("row", "")
    first = int(said) if said.isdecimal() and len(said) < 9 else 0
    return first if first >= 1 and first + shown - 1 <= total else 0


def _with_pager(context: dict[str, Any]) -> dict[str, Any]:
    asked, page, first, shown = context["asked"], context["page"], context["first"], len(context["page"].items)
    row_after = str(first + shown) if first else ""
    row_before = str(max(1, first - PER_PAGE)) if first else ""
    return {
        **context,
        "last": first + shown - 1,
        "next": asked.address(after=page.after, row=row_after) if page.after else "",
        "previous": asked.address(before=page.before, row=row_before) if page.before else "",
    }


@require_safe
def as_csv(request: HttpRequest) -> HttpResponse:
    """Exactly the rows that the page with these filters counts, in its order."""
    asked = read_asked(request.GET, request.user)
    return _attach(make_csv(_rows(asked, request.user)))


@require_safe
def as_xlsx(request: HttpRequest) -> HttpResponse:
    asked = read_asked(request.GET, request.user)
    return _attach(make_xlsx(_rows(asked, request.user), now=timezone.now()))


def _rows(asked: Asked, viewer: Viewer) -> Iterator[tuple[str, ...]]:
    return export_rows(asked.items(viewer), asked.sort, today=asked.today, viewer=viewer)


def _attach(export: Export) -> HttpResponse:
    return send_file(export.data, export.file_name, export.media_type)
