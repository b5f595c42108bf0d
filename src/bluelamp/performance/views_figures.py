"""Which figures came when, what does each load say, and what is otherwise now than it was published?"""

from __future__ import annotations

import datetime as dt
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from bluelamp.documents.downloads import send_file
from bluelamp.documents.originals import workspace_originals
from bluelamp.figures.months import period_words
from bluelamp.lib.errors import PlainError
from bluelamp.organisations.rules import NotAllowedError
from bluelamp.performance.actions_figures import KINDS, withdraw_load
from bluelamp.performance.figure_rules import can_load_figures, can_withdraw, check_can_load_figures
from bluelamp.performance.forms_figures import ReasonForm
from bluelamp.performance.loading_comparison import ADDED, CHANGES
from bluelamp.performance.loading_figures import say_point
from bluelamp.performance.models import Load
from bluelamp.performance.plans import Plan, load_plans
from bluelamp.performance.queries_figures import changes_since, find_load, find_loads, find_said

PER_PAGE = 200


def plans() -> dict[str, Plan]:
    return load_plans(settings.WORKSPACE_DEFINITIONS)


def plans_in_use_first(request: HttpRequest) -> dict[str, Plan]:
    """Every plan, the one whose figures were loaded last first: it is nearly always the one that is meant."""
    known = plans()
    used = find_loads(viewer=request.user).order_by("-loaded").values_list("plan", flat=True)
    return {slug: known[slug] for slug in dict.fromkeys((*used, *known)) if slug in known}


def refuse_others(request: HttpRequest) -> None:
    """Those who may not load figures are told so in words."""
    try:
        check_can_load_figures(request.user)
    except NotAllowedError as error:
        raise PermissionDenied(str(error)) from error


def get_load(request: HttpRequest, pk: UUID) -> Load:
    found = find_load(pk, viewer=request.user)
    if found is None:
        raise Http404("no such load")
    return found


@require_safe
def loads(request: HttpRequest) -> HttpResponse:
    """The loads, newest first."""
    chosen = request.GET.get("plan", "")
    found = find_loads(viewer=request.user, plan=chosen).select_related("document").order_by("-loaded", "-number")
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    names = {slug: plan.name for slug, plan in plans().items()}
    context = {
        "page": page,
        "rows": [(load, names.get(load.plan, load.plan), KINDS.get(load.kind, load.kind)) for load in page],
        "plans": names.items(),
        "chosen": chosen,
        "total": page.paginator.count,
        "counting": found.filter(withdrawn=None).count(),
        "may_load": can_load_figures(request.user),
        "query": f"{urlencode({'plan': chosen})}&" if chosen else "",
    }
    return render(request, "performance/figures_loads.html", context)


@require_safe
def load(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One load: where it came from, what it says, what was left out."""
    found = get_load(request, pk)
    return _show_load(request, found, ReasonForm())


def _show_load(request: HttpRequest, found: Load, form: ReasonForm, status: int = 200) -> HttpResponse:
    plan = plans().get(found.plan)
    lines = _lines(found, plan)
    page = Paginator(lines, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "load": found,
        "plan": plan,
        "kind": KINDS.get(found.kind, found.kind),
        "page": page,
        "form": form,
        "may_withdraw": can_withdraw(request.user, withdrawn=found.withdrawn is not None),
        "may_load": can_load_figures(request.user),
    }
    return render(request, "performance/figures_load.html", context, status=status)


def _lines(found: Load, plan: Plan | None) -> list[dict[str, Any]]:
    """Every figure of the load, in the order of the plan."""
    order = {indicator.code: at for at, indicator in enumerate(plan.indicators)} if plan else {}
    said = find_said(found)
    keys = sorted(said, key=lambda key: (order.get(key.code, len(order)), key.code, key.area, key.breakdown))
    lines = []
    for key in keys:
        indicator = plan.indicator(key.code) if plan else None
        area = plan.area(key.area) if plan else None
        for point in said[key].points:
            lines.append(
                {
                    "code": key.code,
                    "name": indicator.name if indicator else "",
                    "area": area.name if area else key.area,
                    "breakdown": key.breakdown,
                    "period": period_words(point.to, key.span),
                    "said": say_point(point),
                    "known": point.value is not None,
                    "printed": point.printed,
                    "cell": point.cell,
                }
            )
    return lines


@require_POST
def withdraw(request: HttpRequest, pk: UUID) -> HttpResponse:
    found = get_load(request, pk)
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return _show_load(request, found, form, status=422)
    try:
        withdraw_load(found, reason=form.cleaned_data["reason"], by=request.user, now=timezone.now())
    except PlainError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("This load counts no more. It stays here with the reason."))
    return redirect("performance:load", found.pk)


@require_safe
def load_file(request: HttpRequest, pk: UUID, number: int) -> HttpResponse:
    """A file as it was given, for those who load figures: it may hold more than its figures."""
    refuse_others(request)
    found = get_load(request, pk)
    if not 0 < number <= len(found.files):
        raise Http404("no such file")
    file = found.files[number - 1]
    try:
        data = workspace_originals().read(file["sha256"])
    except OSError as error:
        raise Http404("the original is not there") from error
    suffix = file["name"].rpartition(".")[2].lower()
    name = f"vintage-{found.number}-{number}.{suffix if suffix in ('csv', 'xlsx', 'xlsm') else 'bin'}"
    return send_file(data, name, "application/octet-stream")


@require_safe
def compare(request: HttpRequest) -> HttpResponse:
    """What is otherwise now than at a vintage, in a published report, or on a day."""
    known = plans_in_use_first(request)
    used = list(find_loads(viewer=request.user).order_by().values_list("plan", flat=True).distinct())
    chosen = request.GET.get("plan", "") or next((slug for slug in known if slug in used), "")
    plan = known.get(chosen)
    since = request.GET.get("since", "").strip()
    vintages = find_loads(viewer=request.user, plan=chosen).order_by("-number") if plan else Load.objects.none()
    context: dict[str, Any] = {
        "plans": [(slug, each.name) for slug, each in known.items()],
        "chosen": chosen,
        "since": since,
        "vintages": [(str(each.number), f"{each.number}: {each.name}", each.kind) for each in vintages[:500]],
    }
    if plan and since:
        vintage, day = _read_since(since)
        if vintage is None and day is None:
            context["fault"] = (
                _("“%s” is no vintage and no day: write a number, or a day as 2021-05-19.") % since[:40]
            )
        else:
            _add_changes(context, request, plan, vintage, day)
    return render(request, "performance/figures_compare.html", context, status=422 if "fault" in context else 200)


def _read_since(said: str) -> tuple[int | None, dt.date | None]:
    if said.isdecimal() and len(said) < 7:
        return int(said), None
    try:
        return None, dt.date.fromisoformat(said)
    except ValueError:
        return None, None


def _add_changes(
    context: dict[str, Any], request: HttpRequest, plan: Plan, vintage: int | None, day: dt.date | None
) -> None:
    changed = changes_since(plan, viewer=request.user, vintage=vintage, day=day)
    numbers = {str(key): number for key, number in find_loads(viewer=request.user).values_list("pk", "number")}
    shown = [each for each in changed if each.kind != ADDED]
    page = Paginator(shown, PER_PAGE).get_page(request.GET.get("page"))
    rows = []
    for each in page:
        indicator, area = plan.indicator(each.key.code), plan.area(each.key.area)
        rows.append(
            {
                "change": each,
                "name": indicator.name if indicator else "",
                "area": area.name if area else each.key.area,
                "said": CHANGES[each.kind],
                "vintage": numbers.get(each.since),
                "load": each.since,
            }
        )
    context |= {
        "page": page,
        "rows": rows,
        "total": len(shown),
        "added": len(changed) - len(shown),
        "compared": True,
    }
