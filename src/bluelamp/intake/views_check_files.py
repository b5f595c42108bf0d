"""Which files come of a check: the certificate in several formats, and a copy of the paper with notes in it?"""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from bluelamp.checks.certificate import Certified, CheckedDocument, make_certificate
from bluelamp.documents.annotation import annotate
from bluelamp.documents.blocks import Box
from bluelamp.documents.downloads import send_file, send_paper
from bluelamp.documents.models import StoredDocument
from bluelamp.documents.originals import workspace_originals
from bluelamp.documents.queries import pages_of
from bluelamp.documents.views import get_document
from bluelamp.intake.check_answers import find_answers, say_answers
from bluelamp.intake.check_copies import Boxes, boxes_of_lines, make_notes
from bluelamp.intake.queries_checks import KeptCheck, read_check
from bluelamp.lib.calendar_days import london_day
from bluelamp.lib.errors import PlainError
from bluelamp.lib.names import show_name
from bluelamp.papers.model import Marking
from bluelamp.papers.rendering import render

CERTIFICATE_FORMS = ("pdf", "docx", "html")
_TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
}


@require_safe
def check_certificate(request: HttpRequest, pk: UUID, form: str) -> HttpResponse:
    """What was checked, what could not be and what was answered, as a paper of its own."""
    document = get_document(request, pk)
    kept = _kept(request, document)
    if form not in CERTIFICATE_FORMS:
        raise Http404("no such format")
    answers = say_answers(find_answers(document, viewer=request.user))
    return send_paper(render(make_certificate(_certified(document, kept, answers)), form))


def _certified(document: StoredDocument, kept: KeptCheck, answers: dict[str, str]) -> Certified:
    return Certified(
        title=str(document),
        documents=tuple(
            CheckedDocument(name=each.name, sha256=each.sha256, pages=each.pages) for each in kept.report.documents
        ),
        results=kept.report.results,
        answers=answers,
        checked_on=london_day(kept.check.checked),
        checker_version=kept.check.checker_version,
        marking=Marking(document.marking),
    )


@require_safe
def check_copy(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The paper with notes at the words that cannot be true or are doubtful. The original stays as it is."""
    document = get_document(request, pk)
    kept = _kept(request, document)
    try:
        notes = make_notes(
            kept.report.results,
            document.sha256,
            boxes=_boxes(document),
            answers=say_answers(find_answers(document, viewer=request.user)),
        )
        made = annotate(workspace_originals().read(document.sha256), document.format, notes)
    except PlainError as error:
        messages.warning(request, str(error))
        return redirect("intake:check", document.pk)
    except OSError:
        messages.warning(request, _("The original cannot be read: ask whoever runs Bluelamp to look."))
        return redirect("intake:check", document.pk)
    stem, _dot, ending = document.file_name.rpartition(".")
    name = f"{stem or ending}-checked.{document.format}"
    return send_file(made.data, show_name(name), _TYPES[document.format])


def _boxes(document: StoredDocument) -> Boxes:
    if document.format != "pdf":
        return boxes_of_lines(())
    lines: list[Box | None] = [None] * document.line_count
    for first, boxes in pages_of(document).values_list("first_line", "line_boxes"):
        for offset, box in enumerate(boxes):
            if box and first - 1 + offset < len(lines):
                lines[first - 1 + offset] = (box[0], box[1], box[2], box[3])
    return boxes_of_lines(lines)


def _kept(request: HttpRequest, document: StoredDocument) -> KeptCheck:
    kept = read_check(document, viewer=request.user, key=request.GET.get("check", ""))
    if kept is None:
        raise Http404("this paper was not checked")
    return kept
