"""How is one case of an audit read, a difference settled, one question answered; and which comes next?"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from bluelamp.lib.errors import PlainError
from bluelamp.performance.actions_audits import answer_question, read_case, settle_case
from bluelamp.performance.audit_rules import CLOSED, OPEN, RESULTS, SAMPLE, can_audit, can_reread
from bluelamp.performance.forms_audits import AnswerForm, ReadingForm, SettleForm
from bluelamp.performance.models import Audit, AuditCase
from bluelamp.performance.queries_audit_cases import (
    find_case,
    find_cases,
    find_next_number,
    make_case_row,
    read_of,
)
from bluelamp.performance.queries_audits import find_next_question, find_question, find_questions
from bluelamp.performance.views_audits import check_may, get_audit


@require_safe
@never_cache
def audit_next(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The next case or question that waits for this person; the audit's page where none does."""
    return _go_on(request, get_audit(request, pk))


def _go_on(request: HttpRequest, found: Audit, after: int = 0) -> HttpResponse:
    by = request.user.ledger_name
    if found.kind == SAMPLE:
        number = find_next_number(find_cases(found), by=by, after=after) if found.state == OPEN else None
        page = "performance:audit_case"
    else:
        questions = find_questions(found) if found.state != CLOSED else []
        number = find_next_question(questions, by=by, after=after)
        page = "performance:audit_question"
    if number is None:
        messages.info(request, _("Nothing of this audit waits for you."))
        return redirect("performance:audit", found.pk)
    return redirect(page, found.pk, number)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def audit_case(request: HttpRequest, pk: UUID, number: int) -> HttpResponse:
    """One case: what its reader finds. After it is kept, the next one opens."""
    found = get_audit(request, pk)
    case = _get_case(found, number)
    row = make_case_row(case, by=request.user.ledger_name)
    may = can_audit("read", kind=found.kind, state=found.state, by=request.user) and bool(row.turn)
    mine = read_of(case).get(row.turn)
    form = ReadingForm(
        request.POST or None,
        initial={"result": mine.result, "words": mine.words} if mine else {},
        about=case.identifier,
        focused=mine is None,
    )
    if request.method == "POST":
        check_may(request, "read", found)
        if form.is_valid():
            try:
                read_case(case, **form.cleaned_data, by=request.user, now=timezone.now())
            except PlainError as error:
                form.add_error(None, ValidationError(str(error)))
            else:
                return _go_on(request, found, after=number)
    context = _case_context(request, found, case) | {"form": form, "row": row, "mine": mine}
    context["may_read"] = may and can_reread(readings=len(read_of(case)), settled=bool(case.settled))
    return render(request, "performance/audit_case.html", context, status=422 if form.errors else 200)


def _get_case(found: Audit, number: int) -> AuditCase:
    case = find_case(found, number)
    if case is None:
        raise Http404("no such case")
    case.audit = found
    return case


def _case_context(request: HttpRequest, found: Audit, case: AuditCase) -> dict[str, Any]:
    total = found.cases.count()
    may_settle = can_audit("settle", kind=found.kind, state=found.state, by=request.user)
    return {
        "audit": found,
        "case": case,
        "total": total,
        "before": case.number - 1 if case.number > 1 else None,
        "after": case.number + 1 if case.number < total else None,
        "results": RESULTS,
        "may_settle": may_settle,
    }


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def audit_settle(request: HttpRequest, pk: UUID, number: int) -> HttpResponse:
    """Two people read it differently: what counts, and why."""
    found = get_audit(request, pk)
    check_may(request, "settle", found)
    case = _get_case(found, number)
    row = make_case_row(case, by=request.user.ledger_name)
    if not row.differs and request.method != "POST":
        messages.info(request, _("There is no difference to settle in this case."))
        return redirect("performance:audit_case", found.pk, number)
    form = SettleForm(request.POST or None, about=case.identifier)
    if request.method == "POST" and form.is_valid():
        try:
            settle_case(case, **form.cleaned_data, by=request.user, now=timezone.now())
        except PlainError as error:
            form.add_error(None, ValidationError(str(error)))
        else:
            messages.success(request, _("The difference is settled."))
            return redirect("performance:audit", found.pk)
    context = _case_context(request, found, case) | {"form": form, "row": row}
    return render(request, "performance/audit_settle.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def audit_question(request: HttpRequest, pk: UUID, number: int) -> HttpResponse:
    """One question: this reviewer's answer. After it is kept, the next one opens."""
    found = get_audit(request, pk)
    question = find_question(found, number)
    if question is None:
        raise Http404("no such question")
    answers = list(question.answers.all())
    mine = next((answer for answer in answers if answer.by_key == request.user.ledger_name), None)
    initial = {"answer": mine.answer, "words": mine.words} if mine else {}
    form = AnswerForm(request.POST or None, audit=found, initial=initial)
    if request.method == "POST":
        check_may(request, "answer", found)
        if form.is_valid():
            try:
                answer_question(found, number=number, **form.cleaned_data, by=request.user, now=timezone.now())
            except PlainError as error:
                form.add_error(None, ValidationError(str(error)))
            else:
                return _go_on(request, found, after=number)
    total = found.questions.filter(version=found.version).count()
    context = {
        "audit": found,
        "question": question,
        "answers": answers,
        "mine": mine,
        "form": form,
        "total": total,
        "before": number - 1 if number > 1 else None,
        "after": number + 1 if number < total else None,
        "may_answer": can_audit("answer", kind=found.kind, state=found.state, by=request.user),
    }
    return render(request, "performance/audit_question.html", context, status=422 if form.errors else 200)
