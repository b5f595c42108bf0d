"""How does a person come in and go out? By a link that signs in once, and a button that signs out."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login, logout
from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from bluelamp.organisations.actions import use_sign_in_link

BACKEND = "django.contrib.auth.backends.ModelBackend"
_NEXT = "sign_in_next"


@login_not_required
@require_safe
@never_cache
def sign_in(request: HttpRequest) -> HttpResponse:
    """How to get a link. Where the person wanted to go is kept for when they have one."""
    wanted = request.GET.get("next", "")
    if request.user.is_authenticated:
        return redirect(_safe(request, wanted))
    if wanted:
        request.session[_NEXT] = wanted
    return render(request, "desk/sign_in.html")


@login_not_required
@never_cache
def use_link(request: HttpRequest, secret: str) -> HttpResponse:
    """A page with a button: programs that preview links only look at it, so the link is not used up."""
    if request.method != "POST":
        return render(request, "desk/use_link.html")
    person = use_sign_in_link(secret, now=timezone.now())
    if person is None:
        return render(request, "desk/link_spent.html", status=403)
    wanted = request.session.get(_NEXT, "")
    login(request, person, backend=BACKEND)
    request.session.pop(_NEXT, None)
    return redirect(_safe(request, wanted))


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    logout(request)
    messages.success(request, _("You have signed out."))
    return redirect(settings.LOGIN_URL)


def _safe(request: HttpRequest, wanted: str) -> str:
    ours = url_has_allowed_host_and_scheme(wanted, allowed_hosts={request.get_host()}, require_https=False)
    return wanted if ours else reverse("desk:home")


@login_not_required
@require_safe
def health(request: HttpRequest) -> HttpResponse:
    """Is the site up, and does its database answer? For whatever watches the server."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok\n", content_type="text/plain")
