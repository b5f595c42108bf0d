"""How is a file of evidence handed out? Always saved, never shown, and only to who may see its item."""

from __future__ import annotations

from uuid import UUID

from django.http import FileResponse, Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from bluelamp.assurance.queries_testing import find_evidence
from bluelamp.documents.originals import workspace_originals


@require_safe
@never_cache
def evidence_file(request: HttpRequest, pk: UUID) -> FileResponse:
    """The bytes as they were offered. Anybody may have made them, so no browser takes them for a page of ours."""
    evidence = get_object_or_404(find_evidence(viewer=request.user), pk=pk, kind="file")
    try:
        stream = workspace_originals().path_of(evidence.sha256).open("rb")
    except OSError as error:
        raise Http404("the file is not in the workspace") from error
    response = FileResponse(
        stream, as_attachment=True, filename=evidence.file_name, content_type="application/octet-stream"
    )
    response["X-Content-Type-Options"] = "nosniff"
    return response
