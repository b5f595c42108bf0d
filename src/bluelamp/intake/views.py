"""How does a document come in through the browser, and how is its reading followed?"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from bluelamp.documents.models import StoredDocument
from bluelamp.documents.queries import find_documents
from bluelamp.documents.sandbox import DEFAULT
from bluelamp.documents.views import get_document
from bluelamp.inspections.frameworks import load_frameworks
from bluelamp.intake.actions import describe_document
from bluelamp.intake.actions_checks import CHECK_JOB
from bluelamp.intake.actions_jobs import ask_to_stop, begin_job
from bluelamp.intake.counting_work import COUNT_JOB
from bluelamp.intake.details_of_documents import check_detail, detail_now
from bluelamp.intake.families import FAMILIES
from bluelamp.intake.models import Job
from bluelamp.intake.preparing import find_proposed_details, say_about
from bluelamp.intake.rules import check_can_decide
from bluelamp.intake.uploads import keep_upload
from bluelamp.lib.errors import PlainError
from bluelamp.organisations.models import Organisation
from bluelamp.organisations.queries import find_forces
from bluelamp.organisations.rules import NotAllowedError

LARGEST = DEFAULT.file_bytes


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    """The form, and what it sends: the file is put aside and its reading begun."""
    _refuse_others(request)
    wrong = ""
    if request.method == "POST":
        upload = request.FILES.get("file")
        wrong = _find_fault(upload)
        if not wrong and upload is not None:
            return _begin(request, upload)
    chosen = {"chosen": request.POST.get("force", ""), "about": request.POST.get("about", "")}
    context = {"wrong": wrong, "forces": find_forces(), **chosen}
    return render(request, "intake/add.html", context, status=422 if wrong else 200)


def _refuse_others(request: HttpRequest, document: Any = None) -> None:
    try:
        check_can_decide(request.user, say_about(document, request.user) if document else None)
    except NotAllowedError as error:
        raise PermissionDenied(str(error)) from error


def _find_fault(upload: Any) -> str:
    if upload is None:
        return _("Choose a file.")
    if not upload.size:
        return _("The file is empty. Choose another, or save it again from the program it was made with.")
    if upload.size > LARGEST:
        return _("The file is larger than %s MB. Save it in parts, or without its pictures.") % (
            LARGEST // 1_000_000
        )
    return ""


def _begin(request: HttpRequest, upload: Any) -> HttpResponse:
    key = uuid.uuid4()
    keep_upload(key, upload.chunks())
    force = find_forces().filter(code=request.POST.get("force", "")).first()
    about = find_forces().filter(code=request.POST.get("about", "")).first()
    arguments = {
        "file_name": upload.name[-255:],
        "details": {"subject": force.code} if force else {},
        "about": about.code if about else "",
    }
    begin_job("take_in", arguments, by=request.user, now=timezone.now(), key=key)
    return redirect("intake:job", key)


@require_safe
@never_cache
def job(request: HttpRequest, key: UUID) -> HttpResponse:
    """How far the work is. The page may be left and returned to: the work goes on."""
    found = get_object_or_404(Job, pk=key)
    if found.by_id != request.user.pk and request.user.role != "administrator":
        raise PermissionDenied(_("This work was begun by someone else."))
    if found.kind == CHECK_JOB:
        return redirect("intake:check_job", found.arguments["document"], found.pk)
    if found.kind == COUNT_JOB:
        return redirect("intake:count_job", found.pk)
    made = (found.result or {}).get("document", "")
    document = find_documents(viewer=request.user).filter(pk=made).first() if made else None
    at_work = found.state in (Job.WAITING, Job.RUNNING)
    waited = (timezone.now() - found.created).total_seconds()
    context = {
        "job": found,
        "document": document,
        "at_work": at_work,
        "no_worker": found.state == Job.WAITING and waited > 15,
    }
    return render(request, "intake/job.html", context)


@require_POST
def stop_job(request: HttpRequest, key: UUID) -> HttpResponse:
    found = get_object_or_404(Job, pk=key, by=request.user)
    ask_to_stop(found)
    return redirect("intake:job", key)


@require_http_methods(["GET", "HEAD", "POST"])
def describe(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Say what a document is, where the reading could not, or was wrong."""
    document = get_document(request, pk)
    _refuse_others(request, document)
    names = ("title", "subject", "publisher", "family", "framework", "published")
    now = {name: detail_now(document, name) for name in names}
    shown, proposed = _prefill(document, now)
    wrong: dict[str, str] = {}
    if request.method == "POST":
        shown = {name: request.POST.get(name, "").strip() for name in names}
        changed, wrong = _find_changes(shown, now)
        if not wrong:
            if changed:
                describe_document(document, by=request.user, now=timezone.now(), details=changed)
                messages.success(
                    request, _("What the document is has been changed. The history keeps what was there.")
                )
            return redirect(reverse("desk:document", args=[document.pk]))
    context = {
        "document": document,
        "now": shown,
        "proposed": proposed,
        "wrong": wrong,
        "families": FAMILIES,
        "frameworks": load_frameworks().values(),
        "forces": find_forces(),
        "bodies": Organisation.objects.order_by("name").only("code", "name"),
    }
    return render(request, "intake/describe.html", context, status=422 if wrong else 200)


def _prefill(document: StoredDocument, now: Mapping[str, str]) -> tuple[dict[str, str], set[str]]:
    """What the form begins with: what is held, else what is proposed; and the names of what is only proposed."""
    proposals = find_proposed_details(document)
    unsaid = {name for name in now if not now[name] or (name, now[name]) == ("family", "other")}
    proposed = {name: str(proposals[name].fields["value"]) for name in unsaid & proposals.keys()}
    return {**now, **proposed}, set(proposed)


def _find_changes(said: Mapping[str, str], now: Mapping[str, str]) -> tuple[dict[str, str], dict[str, str]]:
    """The details that a person changed, as they will be kept; and what is wrong with others, by name."""
    changed: dict[str, str] = {}
    wrong: dict[str, str] = {}
    for name in (name for name in said if said[name] != now[name]):
        try:
            value = check_detail(name, said[name])
        except PlainError as error:
            wrong[name] = str(error)
        else:
            changed |= {name: value} if value != now[name] else {}
    return changed, wrong
