"""How are a plan's indicators counted from the records, looked at, and kept by whoever had them counted?"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from bluelamp.lib.errors import PlainError
from bluelamp.performance.actions_figures import load_figures, throw_away
from bluelamp.performance.counted_waiting import WHAT, CountSaid, restore_counted, stamp_counting
from bluelamp.performance.forms_figures import FromRecordsForm
from bluelamp.performance.loading_records import find_warehouse
from bluelamp.performance.models import WaitingFigures
from bluelamp.performance.queries_drafts import find_plan
from bluelamp.performance.signals import count_asked
from bluelamp.performance.views_figures import plans_in_use_first, refuse_others
from bluelamp.performance.views_figures_loading import make_preview, say_loaded

PAGE = "performance/figures_from_records.html"


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def from_records(request: HttpRequest) -> HttpResponse:
    """The form, and what it sends: work that counts, with a page of its own."""
    refuse_others(request)
    known = {
        slug: plan for slug, plan in plans_in_use_first(request).items() if any(i.records for i in plan.indicators)
    }
    said = request.POST if request.method == "POST" else request.GET
    plan = known.get(said.get("plan", "")) or next(iter(known.values()), None)
    context: dict[str, Any] = {"plan": plan}
    if plan is None:
        return render(request, PAGE, context)
    context["able"] = [each for each in plan.indicators if each.records is not None]
    form = FromRecordsForm(
        request.POST or None,
        plans=known,
        chosen=plan,
        organisation=request.user.organisation,
        initial={"plan": plan.slug, "codes": request.GET.getlist("code")},
    )
    context["form"] = form
    if request.method == "POST" and form.is_valid():
        answers = count_asked.send(sender=WaitingFigures, said=_said(form.cleaned_data), by=request.user)
        return redirect(str(answers[0][1]))
    return render(request, PAGE, context, status=422 if form.errors else 200)


def _said(given: dict[str, Any]) -> CountSaid:
    return CountSaid(
        plan=given["plan"],
        codes=tuple(given["codes"]),
        first=str(given["first"] or ""),
        last=str(given["last"] or ""),
        own_only=bool(given.get("own_only")),
        marking=given["marking"],
    )


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def counted_waiting(request: HttpRequest, key: UUID) -> HttpResponse:
    """What was counted and would change; then it is kept, if it still rests on what it was counted from."""
    refuse_others(request)
    waiting = WaitingFigures.objects.filter(pk=key, by=request.user, asked__what=WHAT).first()
    if waiting is None:
        raise Http404("nothing that was counted waits here")
    if request.POST.get("do") == "throw":
        throw_away(waiting)
        messages.success(request, _("What was counted was thrown away. Nothing of it was loaded."))
        return redirect("performance:loads")
    context: dict[str, Any] = {"waiting": waiting}
    try:
        plan = find_plan(waiting.asked["of"])
        warehouse = find_warehouse(settings.WORKSPACE.folder)
        if stamp_counting(plan, warehouse, settings.WORKSPACE_DEFINITIONS) != waiting.asked["stamp"]:
            raise PlainError(_("The records or their definitions changed since this was counted: count again."))
        read, asked = restore_counted(waiting, plan)
        if request.POST.get("do") == "keep":
            done = load_figures(read, asked, by=request.user, now=timezone.now())
            throw_away(waiting)
            return say_loaded(request, done)
        context |= make_preview(read, asked, request)
    except PlainError as error:
        context["fault"] = str(error)
    status = 422 if "fault" in context else 200
    return render(request, "performance/figures_counted.html", context, status=status)
