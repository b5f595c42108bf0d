"""What is new, and what waits for a person?"""

from __future__ import annotations

from typing import Any

from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from bluelamp.desk.queries import find_waiting, items_by_document, waiting_by_document
from bluelamp.documents.models import StoredDocument
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
        "documents": _with_counts(newest, viewer),
        "items": items.select_related("force", "document").order_by("-added", "reference")[:LONGEST_LIST],
        "may_add": can_decide(viewer),
        **_waiting(viewer),
    }
    return render(request, "desk/home.html", context)


def _with_counts(documents: list[StoredDocument], viewer: Viewer) -> list[dict[str, Any]]:
    keys = [document.pk for document in documents]
    waiting = waiting_by_document(keys, viewer=viewer)
    items = items_by_document(keys, viewer=viewer)
    return [
        {"document": document, "waiting": waiting.get(document.pk, 0), "items": items.get(document.pk, 0)}
        for document in documents
    ]


def _waiting(viewer: Viewer) -> dict[str, Any]:
    """The documents with proposals that nobody decided, those with most first."""
    by_document = find_waiting(viewer=viewer).order_by().values("document").annotate(waiting=Count("pk"))
    counted = {row["document"]: row["waiting"] for row in by_document.order_by("-waiting")}
    shown = find_documents(viewer=viewer).in_bulk(list(counted)[:LONGEST_LIST])
    return {
        "waiting_total": sum(counted.values()),
        "waiting_documents": len(counted),
        "waiting": [{"document": shown[key], "waiting": n} for key, n in counted.items() if key in shown],
    }
