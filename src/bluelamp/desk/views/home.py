"""What is new, and what waits for a person?"""

from __future__ import annotations

from typing import Any

from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from bluelamp.desk.document_rows import make_document_rows
from bluelamp.desk.queries import find_waiting
from bluelamp.documents.queries import find_documents
from bluelamp.intake.rules import can_decide
from bluelamp.organisations.visibility import Viewer, visible_to
from bluelamp.register.models import Item

NEWEST = 5
LONGEST_LIST = 10


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    viewer = request.user
    newest = list(find_documents(viewer=viewer)[:NEWEST])
    items = visible_to(viewer, Item.objects.all())
    context = {
        "document_total": find_documents(viewer=viewer).count(),
        "item_total": items.count(),
        "documents_with_items": items.order_by().values("document").distinct().count(),
        "documents": make_document_rows(newest, viewer=viewer),
        "items": items.select_related("force", "document").order_by("-added", "reference")[:LONGEST_LIST],
        "may_add": can_decide(viewer),
        **_waiting(viewer),
    }
    return render(request, "desk/home.html", context)


def _waiting(viewer: Viewer) -> dict[str, Any]:
    """The documents with proposals that nobody decided, those with most first."""
    by_document = find_waiting(viewer=viewer).order_by().values("document").annotate(waiting=Count("pk"))
    counted = {row["document"]: row["waiting"] for row in by_document.order_by("-waiting")}
    shown = find_documents(viewer=viewer).in_bulk(list(counted)[:LONGEST_LIST])
    return {
        "waiting_total": sum(counted.values()),
        "waiting_documents": len(counted),
        "waiting": make_document_rows([shown[key] for key in counted if key in shown], viewer=viewer),
    }
