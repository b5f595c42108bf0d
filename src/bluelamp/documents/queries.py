"""Which documents are held, and what is on their pages?"""

from __future__ import annotations

from django.db.models import QuerySet

from bluelamp.documents.models import StoredDocument, StoredPage
from bluelamp.organisations.visibility import Viewer, visible_to


def find_documents(*, viewer: Viewer) -> QuerySet[StoredDocument]:
    """Newest first."""
    found = visible_to(viewer, StoredDocument.objects.select_related("publisher", "subject"))
    return found.order_by("-added", "pk")


def find_document(*, viewer: Viewer, sha256: str) -> StoredDocument | None:
    return find_documents(viewer=viewer).filter(sha256=sha256).first()


def pages_of(document: StoredDocument) -> QuerySet[StoredPage]:
    return document.pages.order_by("index")


def page_with_line(document: StoredDocument, line: int) -> StoredPage | None:
    """The page on which this line of the normalised text begins."""
    return document.pages.filter(first_line__lte=line).order_by("-index").first()
