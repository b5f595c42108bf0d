"""Which indicators does a plan have, and which of them changed? The page of one joins findings: see the desk."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from bluelamp.documents.downloads import send_file
from bluelamp.figures.months import Span, period_words
from bluelamp.lib.definitions import DefinitionError
from bluelamp.performance.figure_rules import can_load_figures
from bluelamp.performance.indicator_table import (
    Filters,
    count_choices,
    find_groups,
    make_address,
    make_list_csv,
    make_sentence,
    read_filters,
)
from bluelamp.performance.plans import Plan
from bluelamp.performance.queries_indicators import (
    Known,
    find_known,
    find_plans_with_figures,
    find_report,
    is_worked_out,
    make_settings,
    plans,
)
from bluelamp.performance.reports.model import PerformanceReport, Settings

View = Callable[..., HttpResponse]
LABELS = {"theme": "Theme", "verdict": "Exception", "aim": "Aim"}


def needs_plans(view: View) -> View:
    """A page that cannot be shown where a plan is faulty says which fault; figures are not read by a guess."""

    @wraps(view)
    def show(request: HttpRequest, *args: Any, **values: Any) -> HttpResponse:
        try:
            plans()
        except DefinitionError as error:
            words = {
                "heading": _("A plan cannot be used"),
                "happened": str(error),
                "todo": _("Nothing was changed. Mend the file of the plan, then start the server again."),
            }
            return render(request, "desk/error.html", words, status=422)
        return view(request, *args, **values)

    return show


@require_safe
@needs_plans
def indicators(request: HttpRequest) -> HttpResponse:
    choices = find_plans_with_figures(viewer=request.user)
    plan = choose_plan(request, [plan for plan, _number in choices])
    known = find_known(plan, viewer=request.user) if plan else None
    if known and (waiting := wait_for(request, known, read_settings(request, known))):
        return waiting
    report = _report(request, known)
    context: dict[str, Any] = {"plans": choices, "all_plans": list(plans().values()), "plan": plan, "known": known}
    context["may_load"] = can_load_figures(request.user)
    if known is None or report is None:
        return render(request, "performance/indicators.html", context)
    filters = read_filters(request.GET, report)
    groups = find_groups(report, filters)
    counts = count_choices(report, filters)
    context |= {
        "report": report,
        "filters": filters,
        "groups": groups,
        "total": sum(len(group.rows) for group in groups),
        "sentence": make_sentence(report, report.rows),
        "fields": [
            {"name": name, "label": LABELS[name], "choices": counts[name], "chosen": getattr(filters, name)}
            for name in LABELS
        ],
        "csv": address(reverse("performance:indicators_csv"), report, filters),
        "everything": address(request.path, report, Filters()),
        "exceptions": address(request.path, report, Filters(verdict="exceptions")),
        "cannot_tell": address(request.path, report, Filters(verdict="cannot-tell")),
        "carried": address("", report, Filters(), plan=False),
        "latest_words": period_words(report.settings.to, Span.YEAR),
    }
    return render(request, "performance/indicators.html", context)


@require_safe
@needs_plans
def indicators_csv(request: HttpRequest) -> HttpResponse:
    plan = choose_plan(request, [plan for plan, _number in find_plans_with_figures(viewer=request.user)])
    known = find_known(plan, viewer=request.user) if plan else None
    report = _report(request, known)
    groups = find_groups(report, read_filters(request.GET, report)) if report else []
    name = f"{report.plan.slug}-{report.settings.area}-{report.settings.to}.csv" if report else "indicators.csv"
    return send_file(make_list_csv(report, groups), name, "text/csv; charset=utf-8")


def choose_plan(request: HttpRequest, with_figures: list[Plan]) -> Plan | None:
    """The plan that is asked for; else the one whose figures came last. Not found where no such plan is known."""
    asked = request.GET.get("plan", "")
    if asked:
        if asked not in plans():
            raise Http404("no such plan")
        return plans()[asked]
    return with_figures[0] if with_figures else None


def read_settings(request: HttpRequest, known: Known) -> Settings | None:
    return make_settings(known, to=request.GET.get("to", ""), area=request.GET.get("area", ""))


def _report(request: HttpRequest, known: Known | None) -> PerformanceReport | None:
    asked = read_settings(request, known) if known else None
    return find_report(known, asked, viewer=request.user) if known and asked else None


def wait_for(request: HttpRequest, known: Known, asked: Settings | None) -> HttpResponse | None:
    """A page that comes back by itself, where figures are new and their exceptions are being worked out.

    The page itself asks with a header of its own, and is told to load anew once they are.
    """
    waits = "X-Waits" in request.headers
    if asked is None or is_worked_out(known, asked, viewer=request.user):
        return HttpResponse(status=204, headers={"HX-Refresh": "true"}) if waits else None
    if waits:
        return HttpResponse(status=204)
    again = request.get_full_path()
    if "HX-Request" in request.headers:  # a part of a page was asked for: the whole page waits
        return HttpResponse(status=204, headers={"HX-Redirect": again})
    response = render(
        request, "performance/indicators_wait.html", {"known": known, "asked": asked, "again": again}
    )
    response["Cache-Control"] = "no-store"
    return response


def address(path: str, report: PerformanceReport, filters: Filters, *, plan: bool = True) -> str:
    """The list of this plan, month and area, narrowed so; without the plan for a path that names it."""
    asked = report.settings
    area = asked.area if asked.area != "force" else ""
    return make_address(
        path,
        plan=report.plan.slug if plan else "",
        to=str(asked.to),
        area=area,
        theme=filters.theme,
        verdict=filters.verdict,
        aim=filters.aim,
    )
