"""What happens after too many wrong passwords? The name is locked for a while, whether or not anybody has it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from axes.signals import user_locked_out
from django.conf import settings
from django.core.cache import cache
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.crypto import salted_hmac

from bluelamp.ledger.actions import Operator
from bluelamp.organisations.actions_sign_in import record_lock_out
from bluelamp.organisations.models import User
from bluelamp.organisations.rules_sign_in import is_same_name


def name_tried(request: HttpRequest, credentials: Mapping[str, Any] | None = None) -> str:
    """What stands for a name in the table of tries: not the name, for people type passwords there by mistake."""
    tried = (credentials or {}).get("username") or request.POST.get("login", "")
    return salted_hmac("bluelamp.name_tried", _plain(str(tried)), algorithm="sha256").hexdigest()


def _plain(name: str) -> str:
    return name.strip().lower()


def address_of(request: HttpRequest) -> str:
    """Who speaks to our server, which takes its proxy's word about a client; we take nobody's from a header."""
    return str(request.META.get("REMOTE_ADDR", ""))


def answer_locked_out(
    request: HttpRequest, response: HttpResponse | None = None, credentials: Mapping[str, Any] | None = None
) -> HttpResponse:
    words = {"minutes": settings.SIGN_IN.lock_minutes}
    return render(request, "desk/locked_out.html", words, status=429)


@receiver(user_locked_out)
def keep_lock_out(request: HttpRequest, username: str, **_rest: Any) -> None:
    """The ledger hears of it once for each time a person's name is locked, not at each try after that."""
    minutes = settings.SIGN_IN.lock_minutes
    if not cache.add(f"locked-out:{username}", value=True, timeout=minutes * 60):
        return
    tried = request.POST.get("login", "").strip() or getattr(request.user, "user_name", "")
    for person in User.objects.filter(user_name__iexact=tried):
        if is_same_name(person.user_name, tried):
            record_lock_out(person, by=Operator("serve"), now=timezone.now(), minutes=minutes)
