"""How does a person come in and go out? By password and code, by a link that works once, or by another site."""

from __future__ import annotations

from typing import Any

from allauth.account.internal.flows.login import perform_login
from allauth.account.internal.stagekit import clear_login
from allauth.account.models import Login
from allauth.account.views import LoginView
from allauth.mfa.base.views import AuthenticateView
from allauth.mfa.signals import authentication_failed
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.openid_connect.views import callback
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.dispatch import receiver
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_POST, require_safe
from requests import RequestException

from bluelamp.desk.entrance.adapters import is_ours
from bluelamp.desk.entrance.forms import SignInForm, ask_code
from bluelamp.desk.entrance.proof import note_proof
from bluelamp.desk.entrance.sessions import NEXT, without_second_step
from bluelamp.organisations.actions import use_sign_in_link
from bluelamp.organisations.actions_sign_in import record_wrong_code
from bluelamp.organisations.models import User
from bluelamp.organisations.rules_sign_in import needs_second_step


@method_decorator(login_not_required, name="dispatch")
class SignInView(LoginView):  # type: ignore[misc]
    """Name and password, and the other ways in. Where the person wanted to go is kept for when they are in."""

    template_name = "desk/sign_in.html"

    def get_form_class(self) -> type[SignInForm]:
        return SignInForm

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if wanted := request.GET.get("next", ""):
            request.session[NEXT] = wanted
        answer: HttpResponse = super().dispatch(request, *args, **kwargs)
        return answer

    def get_success_url(self) -> str:
        return _wanted(self.request)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found: dict[str, Any] = super().get_context_data(**kwargs)
        return {**found, "providers": settings.SINGLE_SIGN_ON}

    def form_invalid(self, form: SignInForm) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=422)


sign_in = SignInView.as_view()


def _wanted(request: HttpRequest) -> str:
    wanted = request.session.get(NEXT, "")
    return wanted if is_ours(request, wanted) else reverse("desk:home")


@login_not_required
@never_cache
@sensitive_variables("secret")
def use_link(request: HttpRequest, secret: str) -> HttpResponse:
    """A page with a button: programs that preview links only look at it, so the link is not used up."""
    if request.method != "POST":
        return render(request, "desk/use_link.html")
    person = use_sign_in_link(secret, now=timezone.now())
    if person is None:
        return render(request, "desk/link_spent.html", status=403)
    if request.user.is_authenticated and request.user != person:
        logout(request)
    note_proof(request, person, "link")
    if not person.has_usable_password() and not needs_second_step(person.role, settings.SIGN_IN):
        messages.info(
            request, _("To come back without a link, choose a password: your name at the top leads there.")
        )
    answer: HttpResponse = perform_login(request, Login(user=person, redirect_url=_wanted(request)))
    return answer


class SecondStepView(AuthenticateView):  # type: ignore[misc]
    """The code that is asked for after the first step."""

    template_name = "desk/second_step.html"

    def _build_forms(self) -> Any:
        posted = super()._build_forms()
        self.auth_form.fields["code"] = ask_code(
            _("Code"), hint=_("Six digits from the app on your phone, or one of your recovery codes.")
        )
        return posted


second_step = SecondStepView.as_view()


@login_not_required
@require_POST
@never_cache
def start_again(request: HttpRequest) -> HttpResponse:
    """Whoever stands half-way, without a code, may sign in as somebody else."""
    clear_login(request)
    return redirect(settings.LOGIN_URL)


@receiver(authentication_failed)
def keep_wrong_code(user: User, **_rest: Any) -> None:
    record_wrong_code(user, by=user, now=timezone.now())


@login_not_required
@require_POST
@never_cache
def start_sign_on(request: HttpRequest, slug: str) -> HttpResponse:
    """To the other site, by way of a page of ours: a form may send nobody elsewhere (form-action 'self')."""
    try:
        provider = get_adapter().get_provider(request, slug)
        onward = provider.redirect(request, process="login", next_url=_wanted(request))
    except SocialApp.DoesNotExist as error:
        raise Http404 from error
    except (RequestException, KeyError):
        return render(request, "desk/sign_on_failed.html", status=502)
    if not isinstance(onward, HttpResponseRedirect):
        return onward
    return render(request, "desk/sign_on_away.html", {"provider": provider.name, "address": onward.url})


@login_not_required
@require_safe
@never_cache
def sign_on_back(request: HttpRequest, provider_id: str) -> HttpResponse:
    """The other site sends the browser back here with a code."""
    try:
        answer: HttpResponse = callback(request, provider_id)
    except (RequestException, KeyError):
        return render(request, "desk/sign_on_failed.html", status=502)
    return answer


@require_POST
@without_second_step
def sign_out(request: HttpRequest) -> HttpResponse:
    logout(request)
    messages.success(request, _("You have signed out."))
    return redirect(settings.LOGIN_URL)


@login_not_required
@require_safe
def health(request: HttpRequest) -> HttpResponse:
    """Is the site up, and does its database answer? For whatever watches the server."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok\n", content_type="text/plain")
