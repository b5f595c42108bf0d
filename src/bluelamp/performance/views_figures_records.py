"""How does an analyst count a plan's indicators from the records, look at what would change, and keep it?"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from bluelamp.lib.errors import PlainError
from bluelamp.performance.actions_figures import load_figures
from bluelamp.performance.forms_figures import FromRecordsForm
from bluelamp.performance.loading_records import CountAsked, CountedFigures, count_figures, find_warehouse
from bluelamp.performance.plans import Plan
from bluelamp.performance.views_figures import plans_in_use_first, refuse_others
from bluelamp.performance.views_figures_loading import make_preview, say_loaded

PAGE = "performance/figures_from_records.html"


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def from_records(request: HttpRequest) -> HttpResponse:
    """The form; what was counted and would change; then it is kept, if it is still what was looked at."""
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
        return _count(request, plan, form.cleaned_data, context)
    return render(request, PAGE, context, status=422 if form.errors else 200)


def _count(request: HttpRequest, plan: Plan, said: dict[str, Any], context: dict[str, Any]) -> HttpResponse:
    """Counted anew each time: what is kept is what the records say now."""
    try:
        counted = count_figures(
            _read(request, plan, said), find_warehouse(settings.WORKSPACE.folder), viewer=request.user
        )
        if request.POST.get("do") == "keep" and _is_the_same(request, counted):
            return say_loaded(
                request, load_figures(counted.read, counted.asked, by=request.user, now=timezone.now())
            )
        context |= make_preview(counted.read, counted.asked, request) | {"digest": counted.digest}
        fields = context["form"].fields
        context["again"] = [(name, value) for name in fields for value in request.POST.getlist(name)]
        if request.POST.get("do") == "keep":
            context["fault"] = _(
                "The records changed since you looked. Nothing was kept: look again, then keep it."
            )
    except PlainError as error:
        context["fault"] = str(error)
    return render(request, PAGE, context, status=422 if "fault" in context else 200)


def _is_the_same(request: HttpRequest, counted: CountedFigures) -> bool:
    return request.POST.get("seen") == counted.digest


def _read(request: HttpRequest, plan: Plan, said: dict[str, Any]) -> CountAsked:
    return CountAsked(
        plan=plan,
        codes=tuple(said["codes"]),
        first=said["first"],
        last=said["last"],
        organisation=request.user.organisation if said.get("own_only") else None,
        marking=said["marking"],
        definitions=settings.WORKSPACE_DEFINITIONS,
    )
