"""How long does a session last, and what is said when it is over in the middle of something?"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import Resolver404, resolve
from django.utils import timezone
from django.utils.translation import gettext as _

from bluelamp.desk.entrance.proof import has_proved_twice
from bluelamp.organisations.rules_sign_in import needs_second_step, why_ended

BEGUN, SEEN, NEXT = "session_begun", "session_seen", "sign_in_next"
NOTED_EVERY = 60  # seconds: a session is not written at each request
Answer = Callable[[HttpRequest], HttpResponse]


@receiver(user_logged_in)
def begin_when_signed_in(request: HttpRequest, **_rest: Any) -> None:
    begin_session(request, now=timezone.now())


def begin_session(request: HttpRequest, *, now: dt.datetime) -> None:
    request.session.pop(NEXT, None)
    request.session[BEGUN] = request.session[SEEN] = now.timestamp()


class SessionLimits:
    """Ends a session that was not used for too long, or has lasted too long, before anything is done with it."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            self._check(request, timezone.now())
        return self.get_response(request)

    def _check(self, request: HttpRequest, now: dt.datetime) -> None:
        if BEGUN not in request.session:  # of an earlier release
            begin_session(request, now=now)
        begun, seen = (_moment(request.session[name]) for name in (BEGUN, SEEN))
        ended = why_ended(now=now, begun=begun, seen=seen, limits=settings.SIGN_IN)
        if ended:
            logout(request)
            messages.warning(request, _SAID[ended]())
        elif (now - seen).total_seconds() >= NOTED_EVERY:
            request.session[SEEN] = now.timestamp()


def _moment(seconds: float) -> dt.datetime:
    return dt.datetime.fromtimestamp(seconds, dt.UTC)


_SAID: dict[str, Callable[[], str]] = {
    "idle": lambda: (
        _("You were signed out because nothing was done for %s minutes.") % settings.SIGN_IN.idle_minutes
    ),
    "longest": lambda: (
        _("You were signed out because %s hours had passed since you signed in.") % settings.SIGN_IN.longest_hours
    ),
}


class SignInRequired(LoginRequiredMiddleware):  # type: ignore[misc]
    """Django's, which asks for signing in wherever a page does not say otherwise; with answers of our own."""

    def handle_no_permission(self, request: HttpRequest, view_func: Any) -> HttpResponse:
        if request.htmx:  # type: ignore[attr-defined]
            return _say_signed_out()
        if request.method in ("GET", "HEAD"):
            answer: HttpResponse = super().handle_no_permission(request, view_func)
            return answer
        messages.error(
            request, _("You are not signed in, so what you sent was not done. Sign in and send it again.")
        )
        return redirect(f"{settings.LOGIN_URL}?{urlencode({'next': _page_before(request)})}")


def _say_signed_out() -> HttpResponse:
    """To a request for a part of a page: the page stays as it is, and its script says what happened."""
    answer = HttpResponse(_("You are signed out."), status=401, content_type="text/plain; charset=utf-8")
    answer["HX-Reswap"] = "none"
    return answer


def _page_before(request: HttpRequest) -> str:
    """The page whose form was sent, if it is ours: what it was sent to cannot be looked at."""
    try:
        before = urlsplit(request.headers.get("referer", ""))
        resolve(before.path)
    except (ValueError, Resolver404):
        return "/"
    return before.path if before.netloc == request.get_host() else "/"


class SecondStepRequired:
    """Who must use a second step and has not gets one, before anything else, whichever way they came in."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        if not request.user.is_authenticated or not getattr(view, "login_required", True):
            return None
        if getattr(view, "without_second_step", False) or not needs_second_step(
            request.user.role, settings.SIGN_IN
        ):
            return None
        if has_proved_twice(request, request.user):
            return None
        if request.htmx:  # type: ignore[attr-defined]
            return _say_signed_out()
        return redirect("desk:second_step_set_up")


def without_second_step(view: Any) -> Any:
    """Marks a page that is open to somebody who has yet to set up the second step they must use."""
    view.without_second_step = True
    return view
