"""How has whoever uses this session proved who they are, how often, and how long ago?

django-allauth keeps each proof of a session in the session itself; whoever signed in by any way has at least one.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from allauth.account.authentication import get_authentication_records
from allauth.account.internal.flows.login import record_authentication
from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.http import HttpRequest

WAYS = {"password": "password", "mfa": "code", "link": "link", "socialaccount": "single sign-on"}
"""django-allauth's words for a proof, and ours."""


def note_proof(request: HttpRequest, person: AbstractBaseUser, way: str, **facts: Any) -> None:
    """Whoever uses the session has just proved, in this way, to be that person."""
    record_authentication(request, person, way, **facts)


def ways_proved(request: HttpRequest, person: AbstractBaseUser) -> list[str]:
    """In our words, in order, each once: ["password", "code"]."""
    found = (
        WAYS.get(record["method"], record["method"]) for record in get_authentication_records(request, person)
    )
    return list(dict.fromkeys(found))


def has_proved_twice(request: HttpRequest, person: AbstractBaseUser) -> bool:
    """By a code, or by a site that asks for a second step itself."""
    asking = {provider.slug for provider in settings.SINGLE_SIGN_ON if provider.asks_second_step}
    return any(
        record["method"] == "mfa" or (record["method"] == "socialaccount" and record.get("provider") in asking)
        for record in get_authentication_records(request, person)
    )


def vouched_twice(request: HttpRequest, person: AbstractBaseUser) -> bool:
    """Did the last proof come from a site that asks for a second step itself?"""
    asking = {provider.slug for provider in settings.SINGLE_SIGN_ON if provider.asks_second_step}
    last = get_authentication_records(request, person)[-1:]
    return any(record["method"] == "socialaccount" and record.get("provider") in asking for record in last)


def proved_lately(request: HttpRequest, *, now: dt.datetime, by_link: bool = False) -> bool:
    """Within the last minutes, so that a session left open cannot be used to take the account over.

    `by_link`: only a link counts, which stands in for a password that was forgotten.
    """
    records = get_authentication_records(request, request.user)
    oldest = now.timestamp() - settings.ACCOUNT_REAUTHENTICATION_TIMEOUT
    return any(record["at"] >= oldest and (not by_link or record["method"] == "link") for record in records)
