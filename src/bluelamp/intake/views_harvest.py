"""How does a person turn a report's criticism into a template? They tick what stands, gravest first."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from bluelamp.documents.models import StoredDocument
from bluelamp.documents.views import get_document
from bluelamp.intake.actions import accept_some, reject_some
from bluelamp.intake.harvest import LIFTED, make_harvest
from bluelamp.intake.models import Proposal
from bluelamp.intake.preparing import say_about
from bluelamp.intake.review import waiting_of
from bluelamp.intake.rules import can_decide
from bluelamp.lib.errors import PlainError
from bluelamp.register.queries import read_key


@require_safe
def harvest(request: HttpRequest, pk: UUID) -> HttpResponse:
    document = get_document(request, pk)
    as_text = request.GET.get("show") == "text"
    view = make_harvest(document, at=read_key(request.GET.get("at", "")), as_text=as_text)
    about = say_about(document, request.user)
    context = {
        "document": document,
        "view": view,
        "may_decide": can_decide(request.user, about),
        "waiting": view.counts[Proposal.PROPOSED],
        "accepted": view.counts[Proposal.ACCEPTED],
        "rejected": view.counts[Proposal.REJECTED],
        "knows_force": document.subject is not None,
    }
    return render(request, "intake/harvest.html", context)


@require_POST
def decide(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Accept what is ticked, or reject it for a reason."""
    document = get_document(request, pk)
    chosen = _chosen(request, document)
    try:
        if not chosen:
            messages.error(request, _("Nothing was ticked, so nothing was decided."))
        elif "reject" in request.POST:
            reason = request.POST.get("reason", "")
            number = reject_some(document, chosen, by=request.user, now=timezone.now(), reason=reason)
            messages.success(request, ngettext("%d was rejected.", "%d were rejected.", number) % number)
        else:
            outcome = accept_some(document, chosen, by=request.user, now=timezone.now())
            number = outcome.total
            if number:
                words = ngettext(
                    "%d was accepted and has its reference.", "%d were accepted; each has its reference.", number
                )
                messages.success(request, words % number)
            for reason in dict.fromkeys(reason for _proposal, reason in outcome.left):
                messages.warning(request, reason)
    except PlainError as error:
        messages.error(request, str(error))
    return redirect(reverse("intake:harvest", args=[document.pk]))


def _chosen(request: HttpRequest, document: StoredDocument) -> list[Proposal]:
    keys = [key for word in request.POST.getlist("proposal") if (key := read_key(word))]
    waiting = waiting_of(document).filter(pk__in=keys, kind="finding")
    return [each for each in waiting if each.fields.get("type") == LIFTED]
