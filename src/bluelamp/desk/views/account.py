"""How does a person look after their own way in? Password, second step, recovery codes, sessions."""

from __future__ import annotations

import base64
from urllib.parse import urlencode

from allauth.account.adapter import get_adapter
from allauth.mfa.adapter import get_adapter as get_second_step_adapter
from allauth.mfa.base.forms import ReauthenticateForm
from allauth.mfa.base.internal.flows import post_authentication
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.totp.internal.auth import clear_totp_secret
from allauth.socialaccount.models import SocialAccount
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from bluelamp.desk.entrance.adapters import is_ours
from bluelamp.desk.entrance.forms import NewPasswordForm, ProveByPasswordForm, ask_code
from bluelamp.desk.entrance.proof import has_proved_twice, note_proof, proved_lately
from bluelamp.desk.entrance.sessions import without_second_step
from bluelamp.desk.people import find_sign_ins
from bluelamp.organisations import actions_sign_in as actions
from bluelamp.organisations.models import User
from bluelamp.organisations.rules import ROLES
from bluelamp.organisations.rules_sign_in import needs_second_step

_SHOW_CODES = "recovery_codes_to_show"
_PAGE = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@never_cache
def account(request: HttpRequest) -> HttpResponse:
    person = request.user
    context = {
        "person": person,
        "role": ROLES.get(person.role, person.role),
        "step": Authenticator.objects.filter(user=person, type=Authenticator.Type.TOTP).first(),
        "codes_left": _count_codes(person),
        "must_have_step": needs_second_step(person.role, settings.SIGN_IN),
        "connected": _name_sign_ons(person),
        "providers": settings.SINGLE_SIGN_ON,
        "sign_ins": find_sign_ins(person, most=10),
        "limits": settings.SIGN_IN,
    }
    return render(request, "desk/account.html", context)


def _name_sign_ons(person: User) -> list[str]:
    names = {provider.slug: provider.name for provider in settings.SINGLE_SIGN_ON}
    return [
        names.get(slug, slug)
        for slug in SocialAccount.objects.filter(user=person).values_list("provider", flat=True)
    ]


def _count_codes(person: User) -> int:
    kept = Authenticator.objects.filter(user=person, type=Authenticator.Type.RECOVERY_CODES).first()
    return len(kept.wrap().get_unused_codes()) if kept else 0


@_PAGE
@never_cache
@without_second_step
@sensitive_post_parameters()
def password(request: HttpRequest) -> HttpResponse:
    """A new password. The old one is asked for, unless there is none or a link has just stood in for it."""
    person, now = request.user, timezone.now()
    with_current = person.has_usable_password() and not proved_lately(request, now=now, by_link=True)
    if not with_current and not proved_lately(request, now=now):
        return _ask_for_proof(request)
    form = NewPasswordForm(request.POST or None, person=person, with_current=with_current)
    if request.method == "POST" and form.is_valid() and _current_is_right(form, person):
        changed = actions.set_password(person, form.cleaned_data["new"], by=person, now=now)
        update_session_auth_hash(request, changed)
        messages.success(request, _("Your password is set. If you were signed in elsewhere, you no longer are."))
        return redirect("desk:account")
    context = {"form": form, "with_current": with_current}
    return render(request, "desk/account_password.html", context, status=422 if form.errors else 200)


def _current_is_right(form: NewPasswordForm, person: User) -> bool:
    if "current" not in form.fields:
        return True
    try:
        if get_adapter().reauthenticate(person, form.cleaned_data["current"]):
            return True
        form.add_error("current", _("That is not your password."))
    except ValidationError as error:
        form.add_error("current", error)
    return False


@_PAGE
@never_cache
@without_second_step
def second_step_set_up(request: HttpRequest) -> HttpResponse:
    """A picture for the app on the person's phone, and the code that shows that the app has it."""
    person, now = request.user, timezone.now()
    if Authenticator.objects.filter(user=person, type=Authenticator.Type.TOTP).exists():
        return redirect("desk:account" if has_proved_twice(request, person) else "desk:prove")
    if not proved_lately(request, now=now):
        return _ask_for_proof(request)
    form = ActivateTOTPForm(request.POST or None, user=person)
    form.fields["code"] = ask_code(_("Code"), hint=_("The six digits that the app shows for Bluelamp."))
    if request.method == "POST" and form.is_valid():
        actions.add_second_step(person, by=person, now=now, secret=form.secret)
        clear_totp_secret(request)
        note_proof(request, person, "mfa", reauthenticated=True)
        request.session[_SHOW_CODES] = True
        messages.success(request, _("Your second step is set up. From now on you are asked for a code."))
        return redirect("desk:recovery_codes")
    adapter = get_second_step_adapter()
    picture = adapter.build_totp_svg(adapter.build_totp_url(person, form.secret))
    context = {
        "form": form,
        "picture": "data:image/svg+xml;base64," + base64.b64encode(picture.encode()).decode(),
        "key": " ".join(form.secret[start : start + 4] for start in range(0, len(form.secret), 4)),
        "must": needs_second_step(person.role, settings.SIGN_IN),
    }
    return render(request, "desk/account_second_step.html", context, status=422 if form.errors else 200)


@_PAGE
@never_cache
def remove_second_step(request: HttpRequest) -> HttpResponse:
    if not proved_lately(request, now=timezone.now()):
        return _ask_for_proof(request)
    if request.method == "POST":
        actions.remove_second_step(request.user, by=request.user, now=timezone.now())
        messages.success(request, _("Your second step is removed: you are asked for a password alone."))
        return redirect("desk:account")
    context = {"must": needs_second_step(request.user.role, settings.SIGN_IN)}
    return render(request, "desk/account_remove_second_step.html", context)


@_PAGE
@never_cache
def recovery_codes(request: HttpRequest) -> HttpResponse:
    """The codes are shown once, when they are made; after that, only how many are left."""
    person, now = request.user, timezone.now()
    if not proved_lately(request, now=now):
        return _ask_for_proof(request)
    if request.method == "POST":
        actions.renew_recovery_codes(person, by=person, now=now)
        request.session[_SHOW_CODES] = True
        return redirect("desk:recovery_codes")
    kept = Authenticator.objects.filter(user=person, type=Authenticator.Type.RECOVERY_CODES).first()
    if kept is None:
        return redirect("desk:account")
    show = request.session.pop(_SHOW_CODES, False)
    context = {"codes": kept.wrap().get_unused_codes() if show else [], "left": _count_codes(person)}
    return render(request, "desk/account_codes.html", context)


@require_POST
@without_second_step
def sign_out_everywhere(request: HttpRequest) -> HttpResponse:
    actions.sign_out_everywhere(request.user, by=request.user, now=timezone.now())
    messages.success(request, _("You are signed out everywhere, here as well."))
    return redirect(settings.LOGIN_URL)


def _ask_for_proof(request: HttpRequest) -> HttpResponse:
    """What was sent is not kept: it may hold a password."""
    return redirect(f"{reverse('desk:prove')}?{urlencode({'next': request.path})}")


@_PAGE
@never_cache
@without_second_step
@sensitive_post_parameters()
def prove(request: HttpRequest) -> HttpResponse:
    """Once more the password or a code, before something that would let others in."""
    person = request.user
    with_code = Authenticator.objects.filter(user=person, type=Authenticator.Type.TOTP).exists()
    form = None
    if with_code:
        form = ReauthenticateForm(request.POST or None, user=person)
        form.fields["code"] = ask_code(_("Code"), hint=_("From the app on your phone, or a recovery code."))
    elif person.has_usable_password():
        form = ProveByPasswordForm(request.POST or None, person=person)
    if form is not None and request.method == "POST" and form.is_valid():
        if with_code:
            post_authentication(request, form.authenticator, reauthenticated=True)
        else:
            note_proof(request, person, "password", reauthenticated=True)
        wanted = request.GET.get("next", "")
        return redirect(wanted if is_ours(request, wanted) else "desk:account")
    status = 422 if form is not None and form.errors else 200
    return render(request, "desk/prove.html", {"form": form}, status=status)
