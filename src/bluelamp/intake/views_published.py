"""How does what was accepted of a published report become a load of figures, looked at first?"""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from bluelamp.documents.models import StoredDocument
from bluelamp.documents.views import get_document
from bluelamp.figures.months import Span
from bluelamp.intake.published_figures import count_accepted_rows, read_published
from bluelamp.lib.errors import PlainError
from bluelamp.organisations.rules import NotAllowedError
from bluelamp.performance.actions_figures import load_figures, look_at_load
from bluelamp.performance.figure_rules import check_can_load_figures
from bluelamp.performance.forms_figures import PublishedForm
from bluelamp.performance.loading_planning import EARLIER, REVISED
from bluelamp.performance.plans import Plan, load_plans

MOST_SHOWN = 200


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def published_figures(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Which of the document's accepted rows are indicators of a plan; then they are loaded as one vintage."""
    try:
        check_can_load_figures(request.user)
    except NotAllowedError as error:
        raise PermissionDenied(str(error)) from error
    document = get_document(request, pk)
    plans = load_plans(settings.WORKSPACE_DEFINITIONS)
    said = request.POST if request.method == "POST" else request.GET
    form = PublishedForm(
        said if "plan" in said else None,
        plans=plans,
        today=timezone.localdate(),
        initial=_first_values(document, plans),
    )
    context: dict[str, Any] = {"document": document, "form": form, "rows": count_accepted_rows(document)}
    if form.is_valid():
        try:
            loaded = _look_or_load(request, document, plans[form.cleaned_data["plan"]], form, context)
        except PlainError as error:
            context["fault"] = str(error)
        else:
            if loaded is not None:
                return loaded
    status = 422 if form.errors or "fault" in context else 200
    return render(request, "intake/published_figures.html", context, status=status)


def _first_values(document: StoredDocument, plans: dict[str, Plan]) -> dict[str, Any]:
    """The plan that judges the document's force, and the report's own day."""
    code = document.subject.code if document.subject else ""
    mine = next((slug for slug, plan in plans.items() if code and plan.force == code), "")
    try:
        day = dt.date.fromisoformat(document.published)
    except ValueError:
        return {"plan": mine}
    return {"plan": mine, "known_on": day}


def _look_or_load(
    request: HttpRequest, document: StoredDocument, plan: Plan, form: PublishedForm, context: dict[str, Any]
) -> HttpResponse | None:
    chosen = form.cleaned_data
    read, asked = read_published(document, plan, span=Span(chosen["span"]), known_on=chosen["known_on"])
    if request.method == "POST" and request.POST.get("do") in ("load", "leave-out"):
        leave_out = request.POST["do"] == "leave-out"
        done = load_figures(read, asked, by=request.user, now=timezone.now(), leave_out=leave_out)
        if done.load is None:
            messages.success(request, _("There was nothing new in it, so nothing was written."))
            return redirect("desk:document", document.pk)
        words = _("Loaded as vintage %(number)s: %(count)s figures.")
        messages.success(request, words % {"number": done.load.number, "count": f"{done.load.figures:,}"})
        return redirect("performance:load", done.load.pk)
    found = look_at_load(read, asked, viewer=request.user)
    context |= {
        "looked": True,
        "plan": plan,
        "counts": found.counts,
        "figures": len(found.figures),
        "writes": found.writes,
        "revised": found.of(REVISED)[:MOST_SHOWN],
        "earlier": found.of(EARLIER)[:MOST_SHOWN],
        "refused": found.refused[:MOST_SHOWN],
        "told": found.told[:MOST_SHOWN],
    }
    return None
