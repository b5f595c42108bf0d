"""How is a step taken that others will see (ready, signed, released, corrected), and what does a release hold?"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from bluelamp.documents.downloads import send_file
from bluelamp.lib.errors import PlainError
from bluelamp.organisations.rules import NotAllowedError
from bluelamp.performance.actions_releases import begin_correction, release_report
from bluelamp.performance.actions_reports import make_ready, renew_figures, send_back, sign_off
from bluelamp.performance.forms_reports import EmptyForm, ReasonForm, ReleaseForm, RenewForm
from bluelamp.performance.models import Report
from bluelamp.performance.queries_drafts import (
    eyes_of,
    find_release,
    find_report,
    find_standing,
    stand_before,
)
from bluelamp.performance.queries_figures import newest_vintage
from bluelamp.performance.queries_releases import read_file, remake_release
from bluelamp.performance.report_rules import check_can_step, find_obstacles
from bluelamp.performance.report_steps import load_report_steps
from bluelamp.performance.signals import report_made_ready
from bluelamp.performance.views_reports import STEPS, get_report

WILL: dict[str, Any] = {
    "renew-figures": gettext_lazy(
        "The exceptions, the suggested facts and the headlines are worked out again. No word that anybody wrote is"
        " lost."
    ),
    "make-ready": gettext_lazy(
        "Nobody writes in it any more until it is sent back. Somebody else is asked to sign it."
    ),
    "sign-off": gettext_lazy(
        "Plan, figures and words are frozen as they stand now. Figures that are loaded later change nothing of it."
    ),
    "release": gettext_lazy(
        "The files of every format are made and kept. A release is never changed: what is wrong in it is corrected"
        " by the next one."
    ),
    "back": gettext_lazy("It becomes a draft again, and has to be made ready and signed off anew."),
    "correct": gettext_lazy("The report becomes a draft again. What is released stays as it is, and can be read."),
}
DONE: dict[str, Any] = {
    "renew-figures": gettext_lazy("The figures are renewed."),
    "make-ready": gettext_lazy("The report is ready to be signed off."),
    "sign-off": gettext_lazy("The report is signed off."),
    "release": gettext_lazy("The report is released."),
    "back": gettext_lazy("The report was sent back."),
    "correct": gettext_lazy("The correction is begun."),
}


def _form_of(step: str, found: Report, data: Any) -> forms.Form:
    match step:
        case "renew-figures":
            return RenewForm(data)
        case "release":
            return ReleaseForm(data, corrects=found.releases.exists())
        case "back" | "correct":
            return ReasonForm(data)
        case _:
            return EmptyForm(data, initial={"seen": found.version})


def _act(step: str, found: Report, given: dict[str, Any], request: HttpRequest) -> Callable[[], Any]:
    by, now = request.user, timezone.now()
    match step:
        case "renew-figures":
            return lambda: renew_figures(found, vintage=given["vintage"], by=by, now=now)
        case "make-ready":
            return lambda: make_ready(found, by=by, now=now)
        case "sign-off":
            return lambda: sign_off(found, seen=given.get("seen"), by=by, now=now)
        case "release":
            return lambda: release_report(found, **given, by=by, now=now)
        case "back":
            return lambda: send_back(found, reason=given["reason"], by=by, now=now)
        case _:
            return lambda: begin_correction(found, reason=given["reason"], by=by, now=now)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def report_step(request: HttpRequest, pk: UUID, slug: str) -> HttpResponse:
    """Say what will happen, then do it."""
    found = get_report(request, pk)
    if slug not in STEPS:
        raise Http404("no such step")
    try:
        check_can_step(slug, state=found.state, by=stand_before(found, request.user))
    except NotAllowedError as error:
        if request.method == "POST":
            messages.error(request, str(error))
            return redirect("performance:report", found.pk)
        raise PermissionDenied(str(error)) from error
    form = _form_of(slug, found, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            made = _act(slug, found, form.cleaned_data, request)()
        except PlainError as error:
            form.add_error(None, ValidationError(str(error)))
        else:
            if slug == "make-ready":
                report_made_ready.send(sender=Report, report=found, by=request.user)
            messages.success(request, str(DONE[slug]))
            if slug == "release":
                return redirect("performance:release", made.pk)
            return redirect("performance:report", found.pk)
    says = load_report_steps()[slug].says
    obstacles = find_obstacles(find_standing(found)) if slug in ("make-ready", "sign-off") else ()
    context = {
        "report": found,
        "slug": slug,
        "says": says[:1].upper() + says[1:],
        "will": WILL[slug],
        "form": form,
        "obstacles": obstacles,
        "newest": newest_vintage(viewer=eyes_of(found), plan=found.plan) if slug == "renew-figures" else None,
        "number": found.releases.count() + 1,
    }
    return render(request, "performance/report_step.html", context, status=422 if form.errors else 200)


@require_safe
@never_cache
def release(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One release: its files with their hashes; asked for, whether they are the same when made again."""
    now = timezone.now()
    found = find_release(pk, viewer=request.user, now=now)
    if found is None:
        raise Http404("no such release")
    later = found.report.releases.filter(number__gt=found.number).order_by("-number").first()
    if later is not None and find_release(later.pk, viewer=request.user, now=now) is None:
        later = None
    context = {
        "release": found,
        "report": find_report(found.report_id, viewer=request.user),
        "later": later,
        "held_back": found.public_from > now,
        "remade": remake_release(found) if request.GET.get("check") else None,
    }
    return render(request, "performance/report_release.html", context)


@require_safe
@never_cache
def release_file(request: HttpRequest, pk: UUID, form: str) -> HttpResponse:
    found = find_release(pk, viewer=request.user, now=timezone.now())
    if found is None:
        raise Http404("no such release")
    try:
        held = read_file(found, form)
    except OSError as error:
        raise Http404(_("The file is missing or damaged: tell whoever looks after the workspace.")) from error
    if held is None:
        raise Http404("no such file")
    data, file = held
    return send_file(data, str(file["file_name"]), str(file["media_type"]))
