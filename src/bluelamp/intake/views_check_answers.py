"""How is a finding of a check read alone and answered, and how is it said which version came before?"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from bluelamp.checks.model import Result
from bluelamp.checks.saying_checks import FAMILY_WORDS, say_rule
from bluelamp.documents.models import StoredDocument
from bluelamp.documents.queries import find_documents
from bluelamp.documents.views import get_document
from bluelamp.intake.actions_checks import (
    AnsweredMeanwhileError,
    answer_finding,
    is_of_another,
    say_follows,
    take_answer_back,
)
from bluelamp.intake.check_answers import find_answers, find_versions
from bluelamp.intake.check_page import WRONG, Finding, make_finding_view, name_findings
from bluelamp.intake.check_rules import can_answer, check_can_answer
from bluelamp.intake.forms_checks import AnswerForm
from bluelamp.intake.models import CheckAnswer
from bluelamp.intake.queries_checks import KeptCheck, find_choices, find_history, read_check, read_keys
from bluelamp.lib.errors import PlainError
from bluelamp.organisations.rules import NotAllowedError


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def check_finding(request: HttpRequest, pk: UUID, finding: str) -> HttpResponse:
    """One finding: both places, the arithmetic, what was ever said to it, and the form that answers it."""
    document = get_document(request, pk)
    kept, found = _find(request, document, finding)
    result = found.result
    form = AnswerForm(request.POST or None)
    wrong = ""
    if request.method == "POST":
        _refuse_others(request, document)
        if form.is_valid():
            try:
                _answer(request, document, result, form)
            except (AnsweredMeanwhileError, NotAllowedError) as error:
                wrong = str(error)
            else:
                messages.success(
                    request, _("Your answer is kept, and the next version of this paper will show it.")
                )
                return redirect(_back(request, document, finding))
    answers = find_answers(document, viewer=request.user)
    standing = answers.get(result.key)
    own = standing.answer if standing and standing.versions_ago == 0 else None
    if not form.is_bound:
        first = {"answer": own.answer, "reason": own.reason} if own else {}
        form = AnswerForm(initial={**first, "seen": own.pk if own else None})
    context: dict[str, Any] = {
        "document": document,
        "check": kept.check,
        "finding": make_finding_view(document, kept, answers, request.GET, found),
        "family": FAMILY_WORDS[result.check],
        "rule": say_rule(result.rule),
        "form": form,
        "wrong": wrong,
        "own": own,
        "seen": own.pk if own else "",
        "alike": sum(each.key == result.key for each in kept.report.results),
        "history": find_history(document, result.key, find_versions(document, viewer=request.user)),
        "may_answer": result.verdict in WRONG
        and can_answer(request.user, other_organisation=is_of_another(document, request.user)),
    }
    return render(request, "intake/check_finding.html", context, status=422 if wrong or form.errors else 200)


def _find(request: HttpRequest, document: StoredDocument, name: str) -> tuple[KeptCheck, Finding]:
    kept = read_check(document, viewer=request.user, key=request.GET.get("check", ""))
    findings = name_findings(kept.report.results) if kept else []
    found = next((each for each in findings if each.name == name), None)
    if kept is None or found is None:
        raise Http404("no such finding")
    return kept, found


def _answer(request: HttpRequest, document: StoredDocument, result: Result, form: AnswerForm) -> CheckAnswer:
    return answer_finding(
        document,
        key=result.key,
        rule=result.rule,
        verdict=result.verdict.value,
        message=result.message,
        answer=form.cleaned_data["answer"],
        reason=form.cleaned_data["reason"],
        seen=form.seen_key(),
        by=request.user,
        now=timezone.now(),
    )


def _back(request: HttpRequest, document: StoredDocument, finding: str) -> str:
    chosen = f"&check={request.GET['check']}" if _is_key(request.GET.get("check", "")) else ""
    return reverse("intake:check", args=[document.pk]) + f"?finding={finding}{chosen}"


def _is_key(words: str) -> bool:
    return bool(read_keys([words]))


def _refuse_others(request: HttpRequest, document: StoredDocument) -> None:
    try:
        check_can_answer(request.user, other_organisation=is_of_another(document, request.user))
    except NotAllowedError as error:
        raise PermissionDenied(str(error)) from error


@require_POST
def check_take_back(request: HttpRequest, pk: UUID, answer_pk: UUID) -> HttpResponse:
    """The finding waits for an answer again."""
    document = get_document(request, pk)
    _refuse_others(request, document)
    answer = get_object_or_404(CheckAnswer, pk=answer_pk, document=document)
    try:
        take_answer_back(answer, by=request.user, now=timezone.now())
    except AnsweredMeanwhileError as error:
        messages.warning(request, str(error))
    else:
        messages.success(request, _("The answer is taken back; the history keeps it."))
    return redirect(_back(request, document, answer.key))


@require_http_methods(["GET", "HEAD", "POST"])
def check_version(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Say of which paper this is the next version, so that its answers are remembered here."""
    document = get_document(request, pk)
    _refuse_others(request, document)
    wrong = ""
    if request.method == "POST":
        earlier = find_documents(viewer=request.user).filter(pk__in=read_keys([request.POST.get("earlier", "")]))
        try:
            say_follows(document, earlier.first(), by=request.user, now=timezone.now())
        except PlainError as error:
            wrong = str(error)
        else:
            messages.success(request, _("Which version came before is kept."))
            return redirect("intake:check", document.pk)
    words = request.POST.get("q", request.GET.get("q", ""))
    held = str(document.supersedes_id or "")
    context = {
        "document": document,
        "choices": find_choices(document, viewer=request.user, words=words, chosen=[held] if held else []),
        "held": held,
        "words": words,
        "wrong": wrong,
    }
    return render(request, "intake/check_version.html", context, status=422 if wrong else 200)
