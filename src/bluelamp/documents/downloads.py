"""How does a file leave a page: saved, never shown as a page of ours? And what do papers shown there wear?"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from bluelamp.papers.html_page import stylesheet
from bluelamp.papers.model import Rendered


def send_file(data: bytes | str, file_name: str, media_type: str) -> HttpResponse:
    """A file to be saved under this name; no browser guesses another type for it."""
    headers = {
        "Content-Disposition": content_disposition_header(True, file_name) or "attachment",
        "X-Content-Type-Options": "nosniff",
    }
    return HttpResponse(data, content_type=media_type, headers=headers)


def send_paper(made: Rendered) -> HttpResponse:
    return send_file(made.data, made.file_name, made.media_type)


@require_safe
def paper_style(request: HttpRequest) -> HttpResponse:
    """The looks of papers, for the pages that show one."""
    response = HttpResponse(stylesheet(), content_type="text/css; charset=utf-8")
    response["Cache-Control"] = "private, max-age=3600"
    return response
