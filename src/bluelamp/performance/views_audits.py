"""Which audits are there, how is one designed and drawn, what has it found, and how is it closed?"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from bluelamp.documents.downloads import send_file
from bluelamp.lib.errors import PlainError
from bluelamp.organisations.rules import NotAllowedError
from bluelamp.papers.csv_tables import make_csv
from bluelamp.papers.model import Column, Table
from bluelamp.performance.actions_audit_designs import begin_review, begin_sample, change_review, change_sample
from bluelamp.performance.actions_audit_figures import load_result
from bluelamp.performance.actions_audits import close_audit, draw_sample
from bluelamp.performance.audit_results import count_passed_over, find_steps
from bluelamp.performance.audit_rules import (
    CLOSED,
    KINDS,
    NONE,
    OPEN,
    RESULTS,
    SAMPLE,
    STATES,
    STEPS,
    can_audit,
    check_can_audit,
)
from bluelamp.performance.forms_audits import CloseForm, DrawForm, ReviewForm, SampleForm
from bluelamp.performance.models import Audit
from bluelamp.performance.queries_audit_cases import CaseStanding, find_cases, find_next_number, find_rows
from bluelamp.performance.queries_audits import (
    find_audit,
    find_audits,
    find_found,
    find_kinds,
    find_next_question,
    find_population,
    find_questions,
    find_review_found,
    find_strata,
    say_standings,
)
from bluelamp.performance.queries_indicators import plans

PAGE = 50


@require_safe
@never_cache
def audits(request: HttpRequest) -> HttpResponse:
    found = find_audits(viewer=request.user)
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    context = {
        "rows": [
            {"audit": audit, "kind": KINDS[audit.kind], "state": STATES[audit.state], "said": said}
            for audit, said in say_standings(page)
        ],
        "page": page,
        "total": page.paginator.count,
        "may_begin": can_audit("begin", kind=SAMPLE, state=NONE, by=request.user),
    }
    return render(request, "performance/audit_list.html", context)


def get_audit(request: HttpRequest, pk: UUID) -> Audit:
    found = find_audit(pk, viewer=request.user)
    if found is None:
        raise Http404("no such audit")
    return found


def check_may(request: HttpRequest, step: str, found: Audit) -> None:
    """Forbidden, with the reason, where this person may not take the step now."""
    try:
        check_can_audit(step, kind=found.kind, state=found.state, by=request.user)
    except NotAllowedError as error:
        raise PermissionDenied(str(error)) from error


def what_may(request: HttpRequest, found: Audit) -> dict[str, bool]:
    return {step: can_audit(step, kind=found.kind, state=found.state, by=request.user) for step in STEPS}


# -- designs -------------------------------------------------------------------------------------------------


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def audit_new(request: HttpRequest) -> HttpResponse:
    """A sample audit; with ?kind=questions a thematic audit or a peer review."""
    try:
        check_can_audit("begin", kind=SAMPLE, state=NONE, by=request.user)
    except NotAllowedError as error:
        raise PermissionDenied(str(error)) from error
    return _design(request, None)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def audit_design(request: HttpRequest, pk: UUID) -> HttpResponse:
    found = get_audit(request, pk)
    check_may(request, "change", found)
    return _design(request, found)


def _design(request: HttpRequest, held: Audit | None) -> HttpResponse:
    sample = held.kind == SAMPLE if held else request.GET.get("kind") != "questions"
    form = _design_form(request, held, sample=sample)
    if request.method == "POST" and form.is_valid():
        try:
            made = _keep_design(form, held, request)
        except PlainError as error:
            form.add_error(None, ValidationError(str(error)))
        else:
            said = _("The design is kept. Nothing is drawn yet.") if sample else _("The questions are kept.")
            messages.success(request, said)
            return redirect("performance:audit", made.pk)
    context = {
        "form": form,
        "audit": held,
        "sample": sample,
        "alone": getattr(request.user, "organisation_id", None) is None and held is None,
    }
    return render(request, "performance/audit_design.html", context, status=422 if form.errors else 200)


def _design_form(request: HttpRequest, held: Audit | None, *, sample: bool) -> SampleForm | ReviewForm:
    given = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    known = list(plans().values())
    if sample:
        return SampleForm(*given, plans=known, held=held)
    questions = find_questions(held) if held else []
    lines = "\n".join(f"{each.theme} | {each.words}" if each.theme else each.words for each in questions)
    return ReviewForm(*given, plans=known, held=held, lines=lines)


def _keep_design(form: SampleForm | ReviewForm, held: Audit | None, request: HttpRequest) -> Audit:
    by, now = request.user, timezone.now()
    if isinstance(form, SampleForm):
        sample = form.read()
        return change_sample(held, sample, by=by, now=now) if held else begin_sample(sample, by=by, now=now)
    review = form.read()
    return change_review(held, review, by=by, now=now) if held else begin_review(review, by=by, now=now)


# -- one audit -----------------------------------------------------------------------------------------------


@require_safe
@never_cache
def audit(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The answer in a sentence, then what it rests on."""
    found = get_audit(request, pk)
    context = {
        "audit": found,
        "kind": KINDS[found.kind],
        "state": STATES[found.state],
        "may": what_may(request, found),
        "plan": plans().get(found.plan),
        "closed": found.state == CLOSED,
        "open": found.state == OPEN,
    }
    context |= _show_sample(request, found) if found.kind == SAMPLE else _show_review(request, found)
    return render(request, "performance/audit_page.html", context)


def _show_sample(request: HttpRequest, found: Audit) -> dict[str, Any]:
    strata = find_strata(found)
    if not found.drawn:
        return {"sample": True, "strata": strata, "twice": -(-found.size * found.second_percent // 100)}
    cases = find_cases(found)
    by, closed = request.user.ledger_name, found.state == CLOSED
    wanted = request.GET.get("show", "")
    shown = [case for case in cases if _is_wanted(case, wanted, by=by, closed=closed)]
    page = Paginator(shown, PAGE).get_page(request.GET.get("page"))
    standing, reads = find_found(found, cases), [case.read for case in cases]
    return {
        "sample": True,
        "strata": strata,
        "found": standing,
        "steps": find_steps(find_kinds(found), reads, standing.confidence),
        "passed_over": 0 if closed else count_passed_over(reads),
        "page": page,
        "rows": find_rows(found, page.object_list, by=by),
        "show": wanted,
        "results": RESULTS,
        "next": find_next_number(cases, by=by) if found.state == OPEN else None,
        "differ": [case.read.number for case in cases if case.read.differs],
        "twice": sum(case.read.twice for case in cases),
    }


def _is_wanted(each: CaseStanding, wanted: str, *, by: str, closed: bool) -> bool:
    match wanted:
        case "waiting":
            return not closed and each.waits(by)
        case "twice":
            return each.read.twice
        case _ if wanted in RESULTS:
            return each.sees(by, closed=closed) and each.read.result == wanted
        case _:
            return True


def _show_review(request: HttpRequest, found: Audit) -> dict[str, Any]:
    questions = find_questions(found)
    mine = find_next_question(questions, by=request.user.ledger_name)
    return {
        "sample": False,
        "questions": questions,
        "found": find_review_found(found, questions),
        "next": mine if found.state != CLOSED else None,
        "points": found.points,
    }


# -- steps ---------------------------------------------------------------------------------------------------


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def audit_draw(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What will be drawn, shown before it is."""
    found = get_audit(request, pk)
    check_may(request, "draw", found)
    form = DrawForm(request.POST or None, initial={"seen": found.version})
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            draw_sample(found, seed=data["seed"], seen=data["seen"], by=request.user, now=timezone.now())
        except PlainError as error:
            form.add_error(None, ValidationError(str(error)))
        else:
            messages.success(request, _("The sample is drawn, and the seed stands on this page."))
            return redirect("performance:audit", found.pk)
    context = {"audit": found, "form": form, "strata": find_strata(found)}
    return render(request, "performance/audit_draw.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def audit_close(request: HttpRequest, pk: UUID) -> HttpResponse:
    found = get_audit(request, pk)
    check_may(request, "close", found)
    standing = find_found(found) if found.kind == SAMPLE else find_review_found(found)
    unread = getattr(standing, "unread", None)
    unread = standing.open if unread is None else unread  # type: ignore[union-attr]
    form = CloseForm(request.POST or None, unread=unread)
    if request.method == "POST" and form.is_valid():
        try:
            close_audit(found, **form.cleaned_data, by=request.user, now=timezone.now())
        except PlainError as error:
            form.add_error(None, ValidationError(str(error)))
        else:
            messages.success(request, _("The audit is closed. Its result stays as it is."))
            return redirect("performance:audit", found.pk)
    context = {"audit": found, "form": form, "found": standing, "unread": unread}
    return render(request, "performance/audit_close.html", context, status=422 if form.errors else 200)


@require_POST
def audit_figure(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The result becomes a figure of the plan."""
    found = get_audit(request, pk)
    try:
        load = load_result(found, by=request.user, now=timezone.now())
    except PlainError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("The result is a figure of the plan, vintage %s.") % load.number)
    return redirect("performance:audit", found.pk)


# -- lists that leave ----------------------------------------------------------------------------------------


@require_safe
@never_cache
def audit_drawn(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The drawn cases as CSV, with the results that this person may see."""
    found = get_audit(request, pk)
    if not found.drawn:
        raise Http404("nothing is drawn yet")
    by, closed = request.user.ledger_name, found.state == CLOSED
    names = dict(found.cases.values_list("pk", "identifier"))
    rows = []
    for each in find_cases(found):
        read = each.read
        sees = each.sees(by, closed=closed)
        said = RESULTS.get(read.result, _("not read")) if sees else _("hidden until it is read twice")
        rows.append((str(read.number), names[each.pk], read.stratum, _("yes") if read.twice else _("no"), said))
    heads = (_("Number"), _("Case"), _("Stratum"), _("Read twice"), _("Result"))
    return _send_csv(heads, rows, "drawn.csv")


@require_safe
@never_cache
def audit_population(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Every case that could be drawn, so that anybody can repeat the draw."""
    found = get_audit(request, pk)
    if found.kind != SAMPLE:
        raise Http404("no list")
    rows = [(case, name) for name, cases in find_population(found).items() for case in cases]
    return _send_csv((_("Case"), _("Stratum")), rows, "cases.csv")


def _send_csv(heads: tuple[str, ...], rows: list[tuple[str, ...]], name: str) -> HttpResponse:
    table = Table(caption=name, columns=tuple(Column(head) for head in heads), rows=tuple(rows))
    return send_file(make_csv(table), name, "text/csv; charset=utf-8")
