"""What of a document is served as a file: its original, and the pictures of its pages?"""

from __future__ import annotations

from uuid import UUID

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from bluelamp.documents.document import UnreadableFileError
from bluelamp.documents.models import StoredDocument
from bluelamp.documents.originals import workspace_originals
from bluelamp.documents.pictures import page_picture
from bluelamp.documents.queries import find_documents


def get_document(request: HttpRequest, pk: UUID) -> StoredDocument:
    """The document, or page not found where there is none that this person may see."""
    return get_object_or_404(find_documents(viewer=request.user), pk=pk)


@require_safe
def original(request: HttpRequest, pk: UUID) -> FileResponse:
    """The bytes as they came in. Always saved, never shown: they are nobody's page of ours."""
    document = get_document(request, pk)
    try:
        stream = workspace_originals().path_of(document.sha256).open("rb")
    except OSError as error:
        raise Http404("the original is not in the workspace") from error
    return FileResponse(
        stream, as_attachment=True, filename=document.file_name, content_type="application/octet-stream"
    )


@require_safe
def picture(request: HttpRequest, pk: UUID, number: int) -> HttpResponse:
    """A page of a PDF as a picture; it never changes, so a browser may keep it."""
    document = get_document(request, pk)
    if document.format != "pdf" or not 1 <= number <= (document.page_count or 0):
        raise Http404("no such page")
    try:
        response = HttpResponse(page_picture(document, number), content_type="image/png")
    except (UnreadableFileError, OSError) as error:
        raise Http404(str(error)) from error
    patch_cache_control(response, private=True, max_age=86_400, immutable=True)
    return response
