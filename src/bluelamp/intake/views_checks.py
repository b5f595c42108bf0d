"""How is a paper checked on the desk: what was found, checking it beside others, the work under way?"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from bluelamp.documents.annotation import why_not
from bluelamp.documents.models import StoredDocument
from bluelamp.documents.queries import find_documents
from bluelamp.documents.views import get_document
from bluelamp.intake.actions_checks import CHECK_JOB, begin_check, is_of_another
from bluelamp.intake.check_answers import find_answers, find_versions
from bluelamp.intake.check_page import make_check_view
from bluelamp.intake.check_rules import MOST_TOGETHER, can_answer, can_check, check_can_check
from bluelamp.intake.models import Job
from bluelamp.intake.queries_checks import find_checks, find_choices, find_work, read_check, read_keys
from bluelamp.lib.errors import PlainError
from bluelamp.organisations.rules import NotAllowedError


@require_safe
@never_cache
def check(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What was found in the paper; before its first check, what a check does and a button that begins it."""
    document = get_document(request, pk)
    context: dict[str, Any] = {
        "document": document,
        "may_check": can_check(request.user),
        "work": find_work(document),
        "before": find_versions(document, viewer=request.user)[1:],
        "may_answer": can_answer(request.user, other_organisation=is_of_another(document, request.user)),
    }
    checks = find_checks(document, viewer=request.user)
    kept = read_check(document, viewer=request.user, key=request.GET.get("check", ""), checks=checks)
    if kept is None:
        return render(request, "intake/check_none.html", context)
    answers = find_answers(document, viewer=request.user)
    context |= {
        "kept": kept,
        "check": kept.check,
        "checks": checks,
        "counts": kept.check.counts,
        "checked": sum(kept.check.counts.values()) - kept.check.counts.get("unchecked", 0),
        "view": make_check_view(document, kept, answers, request.GET),
        "links": kept.report.links,
        "no_copy": why_not(document.format),
    }
    return render(request, "intake/check.html", context)


@require_POST
def check_start(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Begin a check of the paper with those that were chosen; its page tells how far it is."""
    document = get_document(request, pk)
    keys = read_keys(request.POST.getlist("beside")[: MOST_TOGETHER * 5])
    beside = list(find_documents(viewer=request.user).filter(pk__in=keys))
    try:
        job = begin_check(document, beside, by=request.user, now=timezone.now())
    except NotAllowedError as error:
        raise PermissionDenied(str(error)) from error
    except PlainError as error:
        return _choose(request, document, wrong=str(error))
    return redirect("intake:check_job", document.pk, job.pk)


@require_safe
def check_with(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Choose the papers that this one should agree with."""
    document = get_document(request, pk)
    try:
        check_can_check(request.user)
    except NotAllowedError as error:
        raise PermissionDenied(str(error)) from error
    return _choose(request, document)


def _choose(request: HttpRequest, document: StoredDocument, *, wrong: str = "") -> HttpResponse:
    said = request.POST if request.method == "POST" else request.GET
    words, chosen = said.get("q", ""), said.getlist("beside")[: MOST_TOGETHER * 5]
    context = {
        "document": document,
        "choices": find_choices(document, viewer=request.user, words=words, chosen=chosen),
        "chosen": set(chosen),
        "words": words,
        "wrong": wrong,
        "most": MOST_TOGETHER - 1,
    }
    return render(request, "intake/check_with.html", context, status=422 if wrong else 200)


@require_safe
@never_cache
def check_job(request: HttpRequest, pk: UUID, key: UUID) -> HttpResponse:
    """How far a check is; when it is done, the page with what it found."""
    document = get_document(request, pk)
    job = get_object_or_404(Job, pk=key, kind=CHECK_JOB, arguments__document=str(document.pk))
    if job.by_id != request.user.pk and request.user.role != "administrator":
        raise PermissionDenied(_("This work was begun by someone else."))
    if job.state == Job.DONE:
        address = reverse("intake:check", args=[document.pk]) + f"?check={(job.result or {}).get('check', '')}"
        if request.headers.get("HX-Request"):
            return HttpResponse(headers={"HX-Redirect": address})
        return redirect(address)
    waited = (timezone.now() - job.created).total_seconds()
    context = {
        "document": document,
        "job": job,
        "at_work": job.state in (Job.WAITING, Job.RUNNING),
        "no_worker": job.state == Job.WAITING and waited > 15,
    }
    return render(request, "intake/check_job.html", context)
