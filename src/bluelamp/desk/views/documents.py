"""Which documents are held, what is each, and what is on its pages?"""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from bluelamp.desk.document_rows import make_document_rows
from bluelamp.desk.keyset import page_of
from bluelamp.desk.pages import make_page_view, make_place
from bluelamp.desk.queries import (
    count_read,
    facts_of,
    facts_of_sort,
    references_made,
)
from bluelamp.documents.models import StoredPage
from bluelamp.documents.pictures import has_picture
from bluelamp.documents.queries import find_documents, page_with_line, pages_of
from bluelamp.documents.views import get_document
from bluelamp.intake.harvest import has_criticism
from bluelamp.intake.models import Proposal, UnreadPassage
from bluelamp.intake.published_figures import count_accepted_rows
from bluelamp.intake.rules import can_decide
from bluelamp.performance.figure_rules import can_load_figures

PER_PAGE = 50
MOST_PAGES_LISTED = 400
MOST_FACTS = 500
STATES = (Proposal.PROPOSED, Proposal.ACCEPTED, Proposal.REJECTED)


@require_safe
def documents(request: HttpRequest) -> HttpResponse:
    found = find_documents(viewer=request.user)
    page = page_of(found, request.GET, field="added", per_page=PER_PAGE)
    rows = make_document_rows(page.rows, viewer=request.user)
    return render(
        request,
        "desk/documents.html",
        {"rows": rows, "page": page, "total": found.count(), "may_add": can_decide(request.user)},
    )


@require_safe
def document(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What the document is, how it was read, and what became of that."""
    held = get_document(request, pk)
    row = make_document_rows([held], viewer=request.user)[0]
    counts = count_read(held)
    unread = UnreadPassage.objects.filter(document=held, superseded=False).order_by("order")
    return render(
        request,
        "desk/document.html",
        {
            "document": held,
            "counts": counts,
            "read": sum(count.read for count in counts),
            "waiting": row.waiting,
            "criticised": has_criticism(held),
            "has_figures": can_load_figures(request.user) and count_accepted_rows(held) > 0,
            "items": row.items,
            "row": row,
            "unread": list(unread[:200]),
            "unread_total": unread.count(),
            "pages": list(pages_of(held).only("index", "number", "printed", "name")[:MOST_PAGES_LISTED]),
            "page_total": held.pages.count(),
            "newer": find_documents(viewer=request.user).filter(supersedes=held).first(),
            "may_decide": can_decide(request.user),
        },
    )


@require_safe
def document_page(request: HttpRequest, pk: UUID, number: int) -> HttpResponse:
    """One page, its facts beside it; what the reader came for (a fact, an item or lines) is highlighted."""
    held = get_document(request, pk)
    page = get_object_or_404(StoredPage, document=held, index=number - 1)
    place = make_place(request.GET, held, viewer=request.user)
    as_text = request.GET.get("show") == "text" or not has_picture(held, page)
    asked = request.GET.get("part", "")
    part = int(asked) if asked.isdecimal() and len(asked) < 7 else None
    view = make_page_view(held, page, place, as_text=as_text, part=part, viewer=request.user)
    return render(request, "desk/document_page.html", {"view": view, "document": held, "page": page})


@require_safe
def document_line(request: HttpRequest, pk: UUID, line: int) -> HttpResponse:
    """The page on which a line of the normalised text stands."""
    held = get_document(request, pk)
    page = page_with_line(held, line)
    if page is None or line > held.line_count:
        raise Http404("no such line")
    return redirect(f"{make_address(held.pk, page.index)}?lines={line}-{line}#L{line}")


def make_address(pk: UUID, index: int) -> str:
    """The address of a page; the index counts from 0."""
    return reverse("desk:document_page", args=[pk, index + 1])


@require_safe
def fact(request: HttpRequest, pk: UUID, fact_pk: UUID) -> HttpResponse:
    """A fact on the page where it was read."""
    held = get_document(request, pk)
    found = get_object_or_404(facts_of(held), pk=fact_pk)
    first = found.citations[0]["line"] if found.citations else 1
    return redirect(f"{make_address(held.pk, found.page_index)}?fact={found.pk}#L{first}")


@require_safe
def facts(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Every fact of one sort and state, with the words it rests on."""
    held = get_document(request, pk)
    sort, state = request.GET.get("sort", ""), request.GET.get("state", "")
    found = facts_of_sort(held, sort)
    if state in STATES:
        found = found.filter(state=state)
    shown = list(found[:MOST_FACTS])
    return render(
        request,
        "desk/facts.html",
        {
            "document": held,
            "sort": sort,
            "state": state if state in STATES else "",
            "total": found.count(),
            "facts": shown,
            "references": references_made(shown, viewer=request.user),
        },
    )
