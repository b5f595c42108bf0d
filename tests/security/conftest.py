"""People at the door: with a password, with a second step, and settings as a new workspace has them."""

from __future__ import annotations

import dataclasses
import time
from collections.abc import Callable
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, generate_totp_secret, hotp_value
from django.core.cache import cache
from django.test import Client
from django.utils import timezone
from tests.intake.samples import BODIES, BY, NOW

from bluelamp.organisations.actions import add_person, load_organisations
from bluelamp.organisations.actions_sign_in import add_second_step
from bluelamp.organisations.models import User
from bluelamp.organisations.rules_sign_in import SignInSettings

PASSWORD = "wicket lantern osprey"


@pytest.fixture(autouse=True)
def no_tries_so_far(settings: Any) -> None:
    """Counts of tries are kept in this process: each test begins with none."""
    cache.clear()
    settings.SIGN_IN = SignInSettings()


Set = Callable[..., None]


@pytest.fixture
def choose(settings: Any) -> Set:
    """Chooses as bluelamp.toml would under [sign_in]."""

    def change(**chosen: Any) -> None:
        settings.SIGN_IN = dataclasses.replace(settings.SIGN_IN, **chosen)

    return change


@pytest.fixture
def person(db: None) -> User:
    load_organisations(by=BY, now=NOW, bodies=BODIES)
    return add_person(
        by=BY, now=NOW, user_name="Sam", name="Sam Ferrier", email="sam@cvp.example", password=PASSWORD
    )


@pytest.fixture
def secret(person: User) -> str:
    """The key of the person's second step."""
    made = generate_totp_secret()
    add_second_step(person, by=person, now=timezone.now(), secret=made)
    return made


def code_now(secret: str, later: int = 0) -> str:
    """What the app on the phone shows, so many half minutes from now."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + later))


def recovery_codes(person: User) -> list[str]:
    kept = Authenticator.objects.get(user=person, type=Authenticator.Type.RECOVERY_CODES)
    return list(kept.wrap().get_unused_codes())


def try_password(client: Client, name: str = "Sam", password: str = PASSWORD, **rest: Any) -> Any:
    return client.post("/sign-in", {"login": name, "password": password}, **rest)


def is_in(client: Client) -> bool:
    return bool(client.get("/account").status_code == 200)
