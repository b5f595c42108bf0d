"""Which reports are there, how is one begun, and what is ready in it, and what waits for whom?"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from bluelamp.documents.downloads import send_paper
from bluelamp.lib.errors import PlainError
from bluelamp.organisations.rules import ROLES, NotAllowedError
from bluelamp.papers.html_page import render_fragment
from bluelamp.papers.rendering import FORMATS
from bluelamp.papers.rendering import render as render_paper
from bluelamp.performance.actions_reports import NewReport, begin_report, comment_on_report, resolve_comment
from bluelamp.performance.forms_reports import BeginForm, RemarkForm
from bluelamp.performance.models import Report, ReportComment
from bluelamp.performance.plans import Plan
from bluelamp.performance.queries_drafts import (
    find_contributors,
    find_headlines,
    find_insight_rows,
    find_plan,
    find_releases,
    find_remarks,
    find_report,
    find_reports,
    find_standing,
    freeze_report,
    stand_before,
)
from bluelamp.performance.queries_indicators import find_plans_with_figures, plans
from bluelamp.performance.report_frozen import write_frozen
from bluelamp.performance.report_making import ReleaseWords, paper_of
from bluelamp.performance.report_rules import ReportStander, can_step, check_can_step, find_obstacles, say_why_not
from bluelamp.performance.report_steps import NONE, load_report_states, load_report_steps
from bluelamp.performance.reports.headlines import count_exceptions

T = TypeVar("T")
MOST = 200
STEPS = ("renew-figures", "make-ready", "sign-off", "release", "back", "correct")
"""Steps with a page of their own, in the order of their buttons."""


@require_safe
@never_cache
def reports(request: HttpRequest) -> HttpResponse:
    """One's own reports with what was released of them, and what others have released."""
    own = list(find_reports(viewer=request.user).prefetch_related("releases")[:MOST])
    held = {each.pk for each in own}
    released = find_releases(viewer=request.user, now=timezone.now()).order_by("-made")
    context = {
        "reports": [_list_row(each) for each in own],
        "others": [each for each in released[:MOST] if each.report_id not in held],
        "may_begin": _may(request, "begin", Report(), NONE),
        "now": timezone.now(),
    }
    return render(request, "performance/report_list.html", context)


def _list_row(report: Report) -> dict[str, Any]:
    releases = sorted(report.releases.all(), key=lambda each: each.number)
    return {"report": report, "state": say_state(report), "releases": releases}


def say_state(report: Report) -> str:
    state = load_report_states().get(report.state)
    return state.name if state else report.state


def _may(request: HttpRequest, step: str, report: Report, state: str = "") -> bool:
    return can_step(step, state=state or report.state, by=stand_before(report, request.user))


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def report_new(request: HttpRequest) -> HttpResponse:
    try:
        check_can_step("begin", state=NONE, by=stand_before(Report(), request.user))
    except NotAllowedError as error:
        raise PermissionDenied(str(error)) from error
    loaded = {plan.slug for plan, _number in find_plans_with_figures(viewer=request.user)}
    known, fault = [], ""
    try:
        known = sorted(plans().values(), key=lambda plan: (plan.slug not in loaded, plan.name))
    except PlainError as error:  # a definition of the workspace that cannot be read
        fault = str(error)
    first = {
        "plan": request.GET.get("plan", ""),
        "to": request.GET.get("to", ""),
        "area": request.GET.get("area", ""),
    }
    form = BeginForm(request.POST or None, plans=known, initial=first)
    if request.method == "POST" and form.is_valid():
        try:
            made = begin_report(NewReport(**form.cleaned_data), by=request.user, now=timezone.now())
        except PlainError as error:
            form.add_error(None, ValidationError(str(error)))
        else:
            messages.success(request, _("The report is begun. Its exceptions were worked out from its figures."))
            return redirect("performance:report", made.pk)
    status = 422 if form.errors else 200
    return render(
        request, "performance/report_new.html", {"form": form, "plans": known, "fault": fault}, status=status
    )


@require_safe
@never_cache
def report(request: HttpRequest, pk: UUID) -> HttpResponse:
    found = get_report(request, pk)
    plan = plan_of(found)
    rows = find_insight_rows(found, plan=plan)
    wanted = [row for row in rows if row.insight.wanted or row.offers]
    obstacles = find_obstacles(find_standing(found))
    contributors = find_contributors(found)
    by = stand_before(found, request.user)
    context = {
        "report": found,
        "plan": plan,
        "state": load_report_states().get(found.state),
        "states": list(load_report_states().values()),
        "wanted": wanted,
        "others": [row for row in rows if not (row.insight.wanted or row.offers)],
        "exceptions": count_exceptions(sum(row.insight.exception for row in rows), len(rows)),
        "ready": sum(row.state == "ready" for row in wanted),
        "obstacles": obstacles,
        "contributors": contributors,
        "waiting": [each for each in contributors if each.waiting],
        "with_address": any(each.owner.email and each.waiting for each in contributors),
        "headlines": find_headlines(found),
        "remarks": find_remarks(found),
        "remark_form": RemarkForm(auto_id="remark_%s"),
        "releases": list(found.releases.order_by("-number")),
        "moves": [(move, ROLES.get(move.role, move.role)) for move in found.moves.order_by("-made")],
        "formats": FORMATS,
        "now": timezone.now(),
        "steps": find_steps(found, by),
        "why_not_signed": say_why_not("sign-off", state=found.state, by=by),
        "may": {
            name: can_step(step, state=found.state, by=by)
            for name, step in (
                ("ask", "ask"),
                ("edit_headline", "edit-headline"),
                ("comment", "comment"),
                ("resolve", "resolve-comment"),
            )
        },
    }
    return render(request, "performance/report_page.html", context)


def find_steps(found: Report, by: ReportStander) -> list[dict[str, Any]]:
    """The steps that may be taken now, with their words as a button says them."""
    says = {name: load_report_steps()[name].says for name in STEPS}
    return [
        {"slug": name, "says": says[name][:1].upper() + says[name][1:], "quiet": name in ("back", "renew-figures")}
        for name in STEPS
        if can_step(name, state=found.state, by=by)
    ]


def get_report(request: HttpRequest, pk: UUID) -> Report:
    found = find_report(pk, viewer=request.user)
    if found is None:
        raise Http404("no such report")
    return found


def plan_of(found: Report) -> Plan | None:
    """None where its plan is no longer among the definitions."""
    try:
        return find_plan(found.plan)
    except PlainError:
        return None


def attempt(request: HttpRequest, act: Callable[[], T]) -> T | None:
    """What the action gives; None, and a message, where it is refused."""
    try:
        return act()
    except PlainError as error:
        messages.error(request, str(error))
        return None


# -- preview ----------------------------------------------------------------------------------------------


@require_safe
@never_cache
def preview(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The paper as it stands now, as a page or, with a format, as a file."""
    found = get_report(request, pk)
    try:
        paper = paper_of(write_frozen(freeze_report(found, now=timezone.now())), ReleaseWords())
        if form := request.GET.get("format"):
            return send_paper(render_paper(paper, form))
    except PlainError as error:
        return render(
            request, "performance/report_preview.html", {"report": found, "fault": str(error)}, status=422
        )
    # The renderer escapes every word of the paper for HTML; it writes no script and no style.
    shown = mark_safe(render_fragment(paper, heading_level=2))  # noqa: S308
    return render(
        request, "performance/report_preview.html", {"report": found, "paper": shown, "formats": FORMATS}
    )


# -- remarks ----------------------------------------------------------------------------------------------


@require_POST
def remark(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A remark on the report or an indicator of it, or a reply."""
    found = get_report(request, pk)
    code = request.POST.get("code", "")
    answers = None
    if key := request.POST.get("answers"):
        answers = found.comments.filter(pk=key).first() if _is_key(key) else None
        if answers is None:
            raise Http404("no such remark")
    words = request.POST.get("words", "")
    made = attempt(
        request,
        lambda: comment_on_report(
            found, words=words, code=code, answers=answers, by=request.user, now=timezone.now()
        ),
    )
    if made:
        messages.success(request, _("Your remark is kept."))
    return _back(request, found, code)


@require_POST
def resolve(request: HttpRequest, pk: UUID, comment_pk: UUID) -> HttpResponse:
    found = get_report(request, pk)
    held = ReportComment.objects.filter(report=found, pk=comment_pk).select_related("report").first()
    if held is None:
        raise Http404("no such remark")
    attempt(request, lambda: resolve_comment(held, by=request.user, now=timezone.now()))
    return _back(request, found, request.POST.get("code", ""))


def _is_key(said: str) -> bool:
    try:
        UUID(said)
    except ValueError:
        return False
    return True


def _back(request: HttpRequest, found: Report, code: str) -> HttpResponse:
    if code and request.POST.get("here") == "indicator" and found.insights.filter(code=code).exists():
        return redirect("performance:report_insight", found.pk, code)
    return redirect("performance:report", found.pk)
