"""How do administrators look after people, and those who know the work after its owners?"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any
from uuid import UUID

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Model, QuerySet
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from bluelamp.desk.entrance.people_forms import OwnerForm, PersonForm
from bluelamp.desk.people import find_organisations, find_owner_rows, find_people, make_history
from bluelamp.organisations import actions, actions_sign_in
from bluelamp.organisations.models import User
from bluelamp.organisations.queries import find_owners
from bluelamp.organisations.rules import (
    OWNER_KINDS,
    ROLES,
    NotAllowedError,
    can_change_person,
    can_make_link,
    can_manage_owners,
    check_can_manage_people,
)

PER_PAGE = 50
_FORM = require_http_methods(["GET", "HEAD", "POST"])


def _refuse_others(request: HttpRequest) -> None:
    try:
        check_can_manage_people(request.user)
    except NotAllowedError as error:
        raise PermissionDenied(str(error)) from error


def _page(request: HttpRequest, rows: QuerySet[Any]) -> Any:
    return Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))


@require_safe
def people(request: HttpRequest) -> HttpResponse:
    _refuse_others(request)
    found = find_people(request.GET)
    context = {
        "page": _page(request, found),
        "total": User.objects.count(),
        "filtered": any(request.GET.get(name) for name in ("words", "role", "organisation", "state")),
        "roles": ROLES,
        "organisations": find_organisations().filter(user__isnull=False).distinct(),
        "owner_total": find_owners(viewer=request.user).count(),
    }
    return render(request, "desk/people.html", context)


@_FORM
def add_person(request: HttpRequest) -> HttpResponse:
    _refuse_others(request)
    form = PersonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        person = _try(form, lambda: actions.add_person(by=request.user, now=timezone.now(), **form.cleaned_data))
        if person is not None:
            messages.success(
                request, _("%s is added. Make a sign-in link for them, and send it to them.") % person
            )
            return redirect("desk:person", person.pk)
    return _show_form(request, form, "desk/people_edit.html", {"person": None})


@require_safe
def person(request: HttpRequest, pk: UUID) -> HttpResponse:
    _refuse_others(request)
    return _show_person(request, get_object_or_404(User.objects.select_related("organisation"), pk=pk))


def _show_person(request: HttpRequest, found: User, link: str = "") -> HttpResponse:
    context = {
        "person": found,
        "role": ROLES.get(found.role, found.role),
        "link": link,
        "hours": settings.SIGN_IN.link_hours,
        "step": Authenticator.objects.filter(user=found, type=Authenticator.Type.TOTP).first(),
        "connected": SocialAccount.objects.filter(user=found).exists(),
        "owners": find_owners(viewer=request.user, active_only=False).filter(user=found),
        "may_make_link": can_make_link(request.user, found),
        "may_end": can_change_person(request.user, found, is_active=False),
        "history": make_history(found),
    }
    answer = render(request, "desk/people_person.html", context)
    answer["Cache-Control"] = "no-store"
    return answer


@_FORM
def edit_person(request: HttpRequest, pk: UUID) -> HttpResponse:
    _refuse_others(request)
    found = get_object_or_404(User, pk=pk)
    form = PersonForm(request.POST or None, person=found)
    if request.method == "POST" and form.is_valid():
        said = {name: value for name, value in form.cleaned_data.items() if name != "user_name"}
        if _try(form, lambda: actions.change_person(found, by=request.user, now=timezone.now(), **said)):
            messages.success(request, _("What is known of %s is saved.") % found)
            return redirect("desk:person", found.pk)
    return _show_form(request, form, "desk/people_edit.html", {"person": found})


@require_POST
@never_cache
def make_link(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The link is in this answer and nowhere else: loading the page again makes another, and voids this one."""
    _refuse_others(request)
    found = get_object_or_404(User.objects.select_related("organisation"), pk=pk)
    valid_for = dt.timedelta(hours=settings.SIGN_IN.link_hours)
    try:
        secret = actions.make_sign_in_link(found, by=request.user, now=timezone.now(), valid_for=valid_for)
    except NotAllowedError as error:
        raise PermissionDenied(str(error)) from error
    return _show_person(request, found, request.build_absolute_uri(reverse("desk:use_link", args=[secret])))


@require_POST
def change_access(request: HttpRequest, pk: UUID, step: str) -> HttpResponse:
    """The steps that end or give back a person's access, each a button."""
    _refuse_others(request)
    found = get_object_or_404(User, pk=pk)
    if step not in _STEPS:
        raise Http404
    try:
        said = _STEPS[step](found, request.user, timezone.now())
    except NotAllowedError as error:
        raise PermissionDenied(str(error)) from error
    messages.success(request, said % found)
    return redirect("desk:person", found.pk)


def _deactivate(found: User, by: User, now: dt.datetime) -> str:
    actions.change_person(found, by=by, now=now, is_active=False)
    return _("%s may no longer sign in, and is signed out.")


def _reactivate(found: User, by: User, now: dt.datetime) -> str:
    actions.change_person(found, by=by, now=now, is_active=True)
    return _("%s may sign in again.")


def _sign_out(found: User, by: User, now: dt.datetime) -> str:
    actions_sign_in.sign_out_everywhere(found, by=by, now=now)
    return _("%s is signed out everywhere.")


def _remove_step(found: User, by: User, now: dt.datetime) -> str:
    actions_sign_in.remove_second_step(found, by=by, now=now)
    return _("The second step of %s is removed, and they are signed out everywhere.")


def _disconnect(found: User, by: User, now: dt.datetime) -> str:
    actions_sign_in.disconnect_sign_on(found, by=by, now=now)
    return _("%s is no longer signed in by another site.")


_STEPS: dict[str, Callable[[User, User, dt.datetime], str]] = {
    "end": _deactivate,
    "restore": _reactivate,
    "sign-out": _sign_out,
    "remove-second-step": _remove_step,
    "disconnect": _disconnect,
}


@require_safe
def owners(request: HttpRequest) -> HttpResponse:
    """Who may own work, for everybody who may see their record."""
    context = {
        "page": _page(request, find_owner_rows(request.GET, viewer=request.user)),
        "total": find_owners(viewer=request.user, active_only=False).count(),
        "filtered": any(request.GET.get(name) for name in ("words", "kind", "state")),
        "kinds": OWNER_KINDS,
        "may_add": can_manage_owners(request.user, organisation=request.user.organisation),
    }
    return render(request, "desk/owners.html", context)


@_FORM
def add_owner(request: HttpRequest) -> HttpResponse:
    if not can_manage_owners(request.user, organisation=request.user.organisation):
        raise PermissionDenied(_("Your role does not let you say who may own work."))
    form = OwnerForm(request.POST or None, viewer=request.user)
    if request.method == "POST" and form.is_valid():
        made = _try(form, lambda: actions.add_owner(by=request.user, now=timezone.now(), **form.cleaned_data))
        if made is not None:
            messages.success(request, _("%s may own work now.") % made)
            return redirect("desk:owners")
    return _show_form(request, form, "desk/owners_edit.html", {"owner": None})


@_FORM
def owner(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What is known of an owner, and the form that changes it for those who may."""
    found = get_object_or_404(find_owners(viewer=request.user, active_only=False), pk=pk)
    may_change = can_manage_owners(request.user, organisation=found.organisation)
    if request.method == "POST" and not may_change:
        raise PermissionDenied(_("Your role does not let you say who may own work."))
    form = OwnerForm(request.POST or None, viewer=request.user, owner=found)
    if request.method == "POST" and form.is_valid():
        said = {name: value for name, value in form.cleaned_data.items() if name != "organisation"}
        if _try(form, lambda: actions.change_owner(found, by=request.user, now=timezone.now(), **said)):
            messages.success(request, _("What is known of %s is saved.") % found)
            return redirect("desk:owner", found.pk)
    context = {"owner": found, "may_change": may_change, "history": make_history(found), "kinds": OWNER_KINDS}
    return _show_form(request, form, "desk/owners_edit.html", context)


def _try(form: Form, action: Callable[[], Model]) -> Any:
    """What the action made; None where it refused, and the form says why."""
    try:
        return action()
    except NotAllowedError as error:
        form.add_error(None, str(error))
        return None


def _show_form(request: HttpRequest, form: Form, template: str, context: dict[str, Any]) -> HttpResponse:
    return render(request, template, {**context, "form": form}, status=422 if form.errors else 200)
