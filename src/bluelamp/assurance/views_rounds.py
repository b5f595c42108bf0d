"""How is a round of progress opened, followed, chased and closed, and how does an owner answer by a link?"""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from bluelamp.assurance.actions_messages import send_waiting
from bluelamp.assurance.actions_rounds import (
    LinkAnswer,
    answer_by_link,
    chase,
    close_round,
    find_link,
    make_answer_link,
    open_round,
)
from bluelamp.assurance.forms import LONGEST, ask_day, ask_line
from bluelamp.assurance.models import AnswerLink, Round, RoundRequest
from bluelamp.assurance.queries_rounds import find_link_requests, find_progress, find_rounds
from bluelamp.assurance.round_rules import LinkError, can_run_rounds, check_can_run_rounds
from bluelamp.lib.errors import PlainError
from bluelamp.organisations.models import Owner
from bluelamp.organisations.rules import NotAllowedError


class RoundForm(forms.Form):
    title = ask_line(gettext_lazy("Title"), hint=gettext_lazy("For example: Progress to June 2026."))
    due = ask_day(gettext_lazy("Last day for answers"))
    until = ask_day(
        gettext_lazy("Only actions due by"),
        required=False,
        hint=gettext_lazy("Empty: every action not delivered."),
    )


@require_safe
def rounds(request: HttpRequest) -> HttpResponse:
    found = list(find_rounds(viewer=request.user)[:200])
    return render(request, "assurance/rounds.html", {"rounds": found, "may_open": can_run_rounds(request.user)})


@require_http_methods(["GET", "HEAD", "POST"])
def open_new(request: HttpRequest) -> HttpResponse:
    _refuse_others(request)
    form = RoundForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        organisation = request.user.organisation
        try:
            made = open_round(**form.cleaned_data, organisation=organisation, by=request.user, now=timezone.now())
        except PlainError as error:
            form.add_error(None, ValidationError(str(error)))
        else:
            messages.success(request, _("The round is open. Its messages wait to be sent."))
            return redirect("assurance:round", made.pk)
    return render(request, "assurance/round_new.html", {"form": form}, status=422 if form.errors else 200)


@require_safe
@never_cache
def round_page(request: HttpRequest, pk: UUID) -> HttpResponse:
    found = _find_round(request, pk)
    progress = find_progress(found, viewer=request.user)
    context = {
        "round": found,
        "waiting": [each for each in progress if each.left],
        "done": [each for each in progress if not each.left],
        "asked": sum(len(each.left) + len(each.answered) for each in progress),
        "answered": sum(len(each.answered) for each in progress),
        "unsent": sum(m.state != "sent" and bool(m.email) for each in progress for m in each.messages),
        "late": found.closed is None and timezone.localdate() > found.due,
        "may_run": can_run_rounds(request.user) and found.closed is None,
    }
    return render(request, "assurance/round.html", context)


@require_POST
def send(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Send what waits, reminders to who has not answered included."""
    found = _find_round(request, pk)
    chased = _try(request, lambda: chase(found, by=request.user, now=timezone.now()))
    if chased is None:
        return redirect("assurance:round", pk)
    sent = send_waiting(by=request.user, now=timezone.now(), address_of_link=_address_maker(request))
    words = ngettext("%(n)d message was sent.", "%(n)d messages were sent.", sent.sent) % {"n": sent.sent}
    if sent.failed:
        words += " " + _("%(n)d could not be sent and will be tried again.") % {"n": sent.failed}
    (messages.warning if sent.failed else messages.success)(request, words)
    return redirect("assurance:round", pk)


def _address_maker(request: HttpRequest) -> Any:
    return lambda secret: request.build_absolute_uri(reverse("assurance:answer_link", args=[secret]))


@require_POST
@never_cache
def link(request: HttpRequest, pk: UUID, owner_pk: UUID) -> HttpResponse:
    """A link for one owner, shown once, to be passed on by hand."""
    found = _find_round(request, pk)
    owner = Owner.objects.filter(pk=owner_pk, requests__round=found).first()
    if owner is None:
        raise Http404("no such owner")
    secret = _try(request, lambda: make_answer_link(found, owner, by=request.user, now=timezone.now()))
    if secret is None:
        return redirect("assurance:round", pk)
    context = {"round": found, "owner": owner, "address": _address_maker(request)(secret)}
    return render(request, "assurance/round_link.html", context)


@require_POST
def close(request: HttpRequest, pk: UUID) -> HttpResponse:
    found = _find_round(request, pk)
    if _try(request, lambda: close_round(found, by=request.user, now=timezone.now())):
        messages.success(request, _("The round is closed. Its links open nothing more."))
    return redirect("assurance:round", pk)


def _try(request: HttpRequest, act: Any) -> Any:
    """What the action gives; None and a message where it is refused."""
    try:
        return act()
    except PlainError as error:
        messages.error(request, str(error))
        return None


def _refuse_others(request: HttpRequest) -> None:
    try:
        check_can_run_rounds(request.user)
    except NotAllowedError as error:
        raise PermissionDenied(str(error)) from error


def _find_round(request: HttpRequest, pk: UUID) -> Round:
    found = find_rounds(viewer=request.user).filter(pk=pk).first()
    if found is None:
        raise Http404("no such round")
    return found


@login_not_required
@never_cache
@sensitive_variables("secret")
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def answer_link(request: HttpRequest, secret: str) -> HttpResponse:
    """An owner without an account answers for their own actions; nothing else of the register is here."""
    try:
        found = find_link(secret, now=timezone.now())
    except LinkError as error:
        return render(request, "assurance/answer_spent.html", {"reason": str(error)}, status=403)
    asked = [_Asked(each, before, request.POST) for each, before in find_link_requests(found.round, found.owner)]
    fault = ""
    if request.method == "POST":
        try:
            kept = answer_by_link(secret, [each.read() for each in asked if each.words], now=timezone.now())
        except PlainError as error:
            fault = str(error)
        else:
            return render(request, "assurance/answer_thanks.html", {"kept": kept, "left": len(asked) - kept})
    context = _about(found) | {"asked": asked, "fault": fault}
    return render(request, "assurance/answer.html", context, status=422 if fault else 200)


def _about(found: AnswerLink) -> dict[str, Any]:
    return {"round": found.round, "owner": found.owner}


class _Asked:
    """One action on the page of a link, with what was typed."""

    def __init__(self, request: RoundRequest, before: list[Any], posted: Any) -> None:
        self.request, self.before = request, before[:3]
        self.words = str(posted.get(f"words-{request.pk}", "")).replace("\x00", " ").strip()
        self.delivered = str(posted.get(f"delivered-{request.pk}", ""))

    def read(self) -> LinkAnswer:
        if len(self.words) > LONGEST:
            raise PlainError(f"An answer holds at most {LONGEST:,} letters; one of yours is longer. Shorten it.")
        try:
            day = dt.date.fromisoformat(self.delivered) if self.delivered else None
        except ValueError as error:
            raise PlainError(f"“{self.delivered[:40]}” is not a day: write it as 2026-03-31.") from error
        return LinkAnswer(request=self.request, words=self.words, delivered=day)
