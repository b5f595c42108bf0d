"""Where does django-allauth do as we say? What it would write, whom it believes, and what it says."""

from __future__ import annotations

import base64
import hashlib
import logging
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.core.internal import ratelimit
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.stages import AuthenticateStage
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _

from bluelamp.desk.entrance.believing import find_vouched_for
from bluelamp.desk.entrance.proof import vouched_twice, ways_proved
from bluelamp.organisations.actions_sign_in import record_sign_in
from bluelamp.organisations.models import User
from bluelamp.organisations.rules import NotAllowedError

logger = logging.getLogger(__name__)


class PasswordBackend(AuthenticationBackend):
    """A name and a password. Who may no longer sign in is answered like somebody who is not there."""

    @classmethod
    def _stash_user(cls, user: Any) -> None:
        return None


class SecondStep(AuthenticateStage):
    """Asked of everybody who has one, unless the site that vouched for them asked for one itself."""

    def handle(self) -> tuple[HttpResponse | None, bool]:
        if self.login.user is not None and vouched_twice(self.request, self.login.user):
            return None, True
        found: tuple[HttpResponse | None, bool] = super().handle()
        return found


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": _("The name or the password is not right."),
        "incorrect_password": _("The password is not right."),
        "too_many_login_attempts": _("There were too many tries. Wait a while, then try again."),
        "rate_limited": _("There were too many tries. Wait a while, then try again."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def is_ajax(self, request: HttpRequest) -> bool:
        return False

    def is_safe_url(self, url: str) -> bool:
        return is_ours(self.request, url)

    def get_login_stages(self) -> list[str]:
        return [f"{__name__}.SecondStep"]

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """Our own pages say what happened."""

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Tries at any names from one address; those at one name are counted by django-axes, across restarts."""
        self._login_failed_rl_usage = ratelimit.consume(
            request,
            app="allauth.account",
            action="login_failed",
            config={"login_failed": settings.WRONG_PASSWORDS_FROM_AN_ADDRESS},
        )
        if not self._login_failed_rl_usage:
            raise self.validation_error("too_many_login_attempts")

    def respond_user_inactive(self, request: HttpRequest, user: User) -> HttpResponse:
        return refuse(request)

    def login(self, request: HttpRequest, user: User) -> None:
        ways, alone = ways_proved(request, user), settings.SIGN_IN.one_session
        try:
            user = record_sign_in(user, by=user, now=timezone.now(), ways=ways, alone=alone)
        except NotAllowedError as error:  # their access ended after the first step
            raise ImmediateHttpResponse(refuse(request)) from error
        super().login(request, user)


def is_ours(request: HttpRequest, url: str) -> bool:
    """Is it an address of this site, as the browser knows it? Only there may signing in lead."""
    return url_has_allowed_host_and_scheme(
        url, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )


def refuse(request: HttpRequest) -> HttpResponse:
    """One page for everybody another site vouches for in vain: it does not say whether they are known here."""
    return render(request, "desk/sign_in_refused.html", status=403)


class SecondStepAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Keys of second steps are encrypted with the workspace's key, which is not in the database."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _(
            "The code is not right. Codes change every half minute: try the one that is shown now."
        ),
    }

    def get_totp_label(self, user: User) -> str:
        return user.user_name

    def get_totp_issuer(self) -> str:
        return "Bluelamp"

    def encrypt(self, text: str) -> str:
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        try:
            return _cipher().decrypt(encrypted_text.encode()).decode()
        except InvalidToken as error:
            raise PermissionDenied(
                _(
                    "The second step cannot be checked: the workspace's key was changed."
                    " Ask an administrator to remove it."
                )
            ) from error


def _cipher() -> Fernet:
    key = hashlib.sha256(b"bluelamp.second_step:" + settings.SECRET_KEY.encode()).digest()
    return Fernet(base64.urlsafe_b64encode(key))


class SignOnAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """Another site's word is taken as far as bluelamp.toml says; nobody is added unless it says so."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        return False

    def can_authenticate_by_email(self, login: Any, email: str) -> bool:
        return False  # `find_vouched_for` does, by our rules

    def is_email_verified(self, provider: Any, email: str) -> bool:
        return False

    def populate_user(self, request: HttpRequest, sociallogin: Any, data: dict[str, Any]) -> Any:
        sociallogin.claims = {"name": data.get("name") or ""}
        sociallogin.account.extra_data = {}  # what else the site tells of a person is not ours to keep
        return sociallogin.user

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        if sociallogin.state.get("process") != "login":
            raise ImmediateHttpResponse(refuse(request))
        person = find_vouched_for(sociallogin, now=timezone.now())
        if person is None:
            raise ImmediateHttpResponse(refuse(request))
        sociallogin.user = person

    def on_authentication_error(
        self,
        request: HttpRequest,
        provider: Any,
        error: Any = None,
        exception: Any = None,
        extra_context: Any = None,
    ) -> None:
        logger.warning(
            "Single sign-on with %s failed: %s %s", getattr(provider, "name", provider), error, exception
        )
        raise ImmediateHttpResponse(render(request, "desk/sign_on_failed.html", status=403))
