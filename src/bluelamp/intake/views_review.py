"""How does a person go through what was read: accept, correct, reject, with the page beside it?"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from bluelamp.documents.models import StoredDocument, StoredPage
from bluelamp.documents.views import get_document
from bluelamp.intake.actions import Outcome, accept, accept_all, accept_some, reconsider, reject
from bluelamp.intake.actions_corrections import correct
from bluelamp.intake.correcting import can_correct, make_fields, read_corrections
from bluelamp.intake.headings import say_heading
from bluelamp.intake.models import Proposal
from bluelamp.intake.preparing import find_proposed_details, foresee_year, say_about
from bluelamp.intake.preparing_mentions import read_for
from bluelamp.intake.review import first_waiting_page, make_review, next_after, proposals_of, sort_of, waiting_of
from bluelamp.intake.rules import DOCUMENT_DETAIL, can_decide
from bluelamp.lib.errors import PlainError
from bluelamp.register.queries import read_key


@require_safe
def review(request: HttpRequest, pk: UUID) -> HttpResponse:
    document = get_document(request, pk)
    asked = request.GET.get("page", "")
    index = int(asked) - 1 if asked.isdecimal() and len(asked) < 7 else first_waiting_page(document)
    page = get_object_or_404(StoredPage, document=document, index=max(0, index))
    view = make_review(
        document, page, at=read_key(request.GET.get("at", "")), as_text=request.GET.get("show") == "text"
    )
    return render(request, "intake/review.html", _context(request, document, page, view))


def _context(request: HttpRequest, document: StoredDocument, page: StoredPage, view: Any) -> dict[str, Any]:
    about = say_about(document, request.user)
    proposed = find_proposed_details(document)
    may_decide = can_decide(request.user, about)
    foresees = may_decide and view.left and not document.published
    return {
        "document": document,
        "page": page,
        "view": view,
        "may_decide": may_decide,
        "says_year": foresees,
        "proposed_force": about.proposed_force,
        "force_proposal": proposed.get("subject"),
        "year": foresee_year(document, proposed, today=timezone.now().year) if foresees else None,
        "knows_force": document.subject is not None,
        "read_for": read_for(document) if document.subject is None else [],
    }


def _find(request: HttpRequest, pk: UUID, proposal_pk: UUID) -> Proposal:
    document = get_document(request, pk)
    proposal = get_object_or_404(proposals_of(document), pk=proposal_pk)
    proposal.document = document
    return proposal


def address_of(proposal: Proposal, request: HttpRequest) -> str:
    """The review page with this proposal chosen."""
    show = "&show=text" if "show=text" in request.META.get("HTTP_REFERER", "") else ""
    page = reverse("intake:review", args=[proposal.document_id])
    line = proposal.citations[0]["line"] if proposal.citations else 1
    return f"{page}?page={proposal.page_index + 1}&at={proposal.pk}{show}#L{line}"


def _decide(request: HttpRequest, proposal: Proposal, step: Callable[[], Any], said: str) -> HttpResponse:
    """Take the step and go on to the next proposal; or stay, with the reason why not."""
    following = next_after(proposal)
    try:
        step()
    except PlainError as error:
        messages.error(request, str(error))
        return redirect(address_of(proposal, request))
    messages.success(request, f"{said}: {say_heading(proposal)}")
    return redirect(address_of(following or proposal, request))


@require_POST
def accept_one(request: HttpRequest, pk: UUID, proposal_pk: UUID) -> HttpResponse:
    proposal = _find(request, pk, proposal_pk)
    step = lambda: accept(proposal, by=request.user, now=timezone.now())  # noqa: E731
    decided = _decide(request, proposal, step, _("Accepted"))
    stay = request.POST.get("page", "")  # accepted from the banner, which stands on every page
    if stay.isdecimal() and len(stay) < 7:
        return redirect(f"{reverse('intake:review', args=[pk])}?page={stay}")
    return decided


@require_POST
def reject_one(request: HttpRequest, pk: UUID, proposal_pk: UUID) -> HttpResponse:
    proposal = _find(request, pk, proposal_pk)
    reason = request.POST.get("reason", "")
    step = lambda: reject(proposal, by=request.user, now=timezone.now(), reason=reason)  # noqa: E731
    return _decide(request, proposal, step, _("Rejected"))


@require_POST
def reconsider_one(request: HttpRequest, pk: UUID, proposal_pk: UUID) -> HttpResponse:
    """Take a rejection back and stay with the proposal, which waits again."""
    proposal = _find(request, pk, proposal_pk)
    try:
        reconsider(proposal, by=request.user, now=timezone.now())
    except PlainError as error:
        messages.error(request, str(error))
    return redirect(address_of(proposal, request))


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, pk: UUID, proposal_pk: UUID) -> HttpResponse:
    """Correct what was read and accept it so; the first reading is kept beside it."""
    proposal = _find(request, pk, proposal_pk)
    if not can_correct(proposal):
        messages.error(request, _("What was read here is kept as it stands: it can be accepted or rejected."))
        return redirect(address_of(proposal, request))
    if proposal.kind == DOCUMENT_DETAIL and proposal.state == Proposal.ACCEPTED:
        return redirect("intake:describe", pk)
    sent, wrong = None, ""
    if request.method == "POST":
        sent = {name: value for name, value in request.POST.items() if isinstance(value, str)}
        following = next_after(proposal)
        try:
            return _take_corrections(request, proposal, sent, following)
        except PlainError as error:
            wrong = str(error)
    page = get_object_or_404(StoredPage, document=proposal.document, index=proposal.page_index)
    view = make_review(proposal.document, page, at=proposal.pk, as_text=request.GET.get("show") == "text")
    context = _context(request, proposal.document, page, view)
    fields = make_fields(proposal, sent)
    context |= {"proposal": proposal, "fields": fields, "wrong": wrong, "back": address_of(proposal, request)}
    return render(request, "intake/edit.html", context, status=422 if wrong else 200)


def _take_corrections(
    request: HttpRequest, proposal: Proposal, sent: Mapping[str, str], following: Proposal | None
) -> HttpResponse:
    """Accept with corrections what waits; correct what was accepted, for a reason. Raises PlainError."""
    corrections = read_corrections(proposal, sent)
    if proposal.state == Proposal.PROPOSED:
        accept(proposal, by=request.user, now=timezone.now(), corrected=corrections)
        messages.success(request, _("Accepted: %s") % say_heading(proposal))
        return redirect(address_of(following or proposal, request))
    if not corrections:
        messages.info(request, _("Nothing was changed."))
        return redirect(address_of(proposal, request))
    reason = sent.get("reason_for_correction", "")
    correct(proposal, by=request.user, now=timezone.now(), corrected=corrections, reason=reason)
    messages.success(request, _("Corrected: %s") % say_heading(proposal))
    return redirect(address_of(proposal, request))


@require_POST
def accept_sort(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Accept all of one sort on one page."""
    document = get_document(request, pk)
    asked = request.POST.get("page", "")
    page = int(asked) if asked.isdecimal() and len(asked) < 7 else 1
    on_page = waiting_of(document).filter(page_index=page - 1)
    chosen = [each for each in on_page if sort_of(each) == request.POST.get("sort", "")]
    _accept_many(request, lambda: accept_some(document, chosen, by=request.user, now=timezone.now()))
    return redirect(f"{reverse('intake:review', args=[pk])}?page={page}")


@require_POST
def accept_everything(request: HttpRequest, pk: UUID) -> HttpResponse:
    document = get_document(request, pk)
    _accept_many(request, lambda: accept_all(document, by=request.user, now=timezone.now()))
    return redirect("intake:review", pk)


def _accept_many(request: HttpRequest, step: Callable[[], Outcome]) -> None:
    try:
        outcome = step()
    except PlainError as error:
        messages.error(request, str(error))
        return
    said = ngettext("%s proposal was accepted.", "%s proposals were accepted.", outcome.total) % outcome.total
    if outcome.total:
        messages.success(request, said)
    for reason in dict.fromkeys(reason for _proposal, reason in outcome.left):
        left = sum(each == reason for _proposal, each in outcome.left)
        words = ngettext("%s proposal still waits: ", "%s proposals still wait: ", left) % left
        messages.warning(request, words + reason)
