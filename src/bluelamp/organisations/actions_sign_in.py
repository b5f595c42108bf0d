"""What is done when a person signs in, proves themselves a second time, or ends their sessions?

Passwords, keys of second steps and recovery codes are never part of an event: of a password the ledger keeps a
fingerprint, and the tables of django-allauth are not recorded rows (docs/decisions/0010).
"""

from __future__ import annotations

import datetime as dt

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from allauth.socialaccount.models import SocialAccount

from bluelamp.ledger.actions import Actor, recording
from bluelamp.organisations.actions import end_access
from bluelamp.organisations.models import User
from bluelamp.organisations.rules import NotAllowedError, check_can_change_sign_in, check_can_set_password


def record_sign_in(person: User, *, by: Actor, now: dt.datetime, ways: list[str], alone: bool = False) -> User:
    """The person signed in, in these ways ("password", "code", ...). `alone` ends their other sessions."""
    with recording(by=by, now=now) as book:
        person = User.objects.select_for_update().get(pk=person.pk)
        if not person.is_active:
            raise NotAllowedError("This person may not sign in.")
        if alone:
            person.session_number += 1
        note = {"ways": ways, "ended_other_sessions": alone}
        book.event("organisations.signed_in", subject=person, change=[person] if alone else [], note=note)
    return person


def record_lock_out(person: User, *, by: Actor, now: dt.datetime, minutes: int) -> None:
    """Too many wrong passwords were tried for the person's name."""
    with recording(by=by, now=now) as book:
        book.event("organisations.locked_out", subject=person, note={"minutes": minutes})


def record_wrong_code(person: User, *, by: Actor, now: dt.datetime) -> None:
    """Whoever tried had got past the first step, so the person should hear of it."""
    with recording(by=by, now=now) as book:
        book.event("organisations.second_step_failed", subject=person)


def set_password(person: User, password: str, *, by: Actor, now: dt.datetime) -> User:
    """Another password. Every session is over but the one that asks (its view renews it), and unused links too."""
    check_can_set_password(by, person)
    with recording(by=by, now=now) as book:
        person = User.objects.select_for_update().get(pk=person.pk)
        person.set_password(password)
        end_access(person)
        book.event("organisations.password_set", subject=person, change=[person])
    return person


def sign_out_everywhere(person: User, *, by: Actor, now: dt.datetime) -> User:
    """Every session of the person is over at its next request, and unused links are void."""
    check_can_change_sign_in(by, person)
    with recording(by=by, now=now) as book:
        person = User.objects.select_for_update().get(pk=person.pk)
        end_access(person)
        book.event("organisations.signed_out_everywhere", subject=person, change=[person])
    return person


def add_second_step(person: User, *, by: Actor, now: dt.datetime, secret: str) -> None:
    """Codes from an app with the key `secret` are asked for at every sign-in; recovery codes stand in for them."""
    check_can_set_password(by, person)
    with recording(by=by, now=now) as book:
        if Authenticator.objects.filter(user=person, type=Authenticator.Type.TOTP).exists():
            raise NotAllowedError("You have a second step already: remove it before you set up another.")
        TOTP.activate(person, secret)
        Authenticator.objects.filter(user=person, type=Authenticator.Type.RECOVERY_CODES).delete()
        RecoveryCodes.activate(person)
        book.event("organisations.second_step_added", subject=person)


def remove_second_step(person: User, *, by: Actor, now: dt.datetime) -> None:
    """The person signs in with one step again: their phone is lost, or they set up another."""
    check_can_change_sign_in(by, person)
    with recording(by=by, now=now) as book:
        removed, _ = Authenticator.objects.filter(user=person).delete()
        if not removed:
            return
        person = User.objects.select_for_update().get(pk=person.pk)
        others = getattr(by, "pk", None) != person.pk
        if others:  # whoever has the lost phone may be signed in on it
            end_access(person)
        book.event("organisations.second_step_removed", subject=person, change=[person] if others else [])


def renew_recovery_codes(person: User, *, by: Actor, now: dt.datetime) -> None:
    """New codes; none of the old ones works any more."""
    check_can_set_password(by, person)
    with recording(by=by, now=now) as book:
        if not Authenticator.objects.filter(user=person, type=Authenticator.Type.TOTP).exists():
            raise NotAllowedError("Recovery codes stand in for a second step: set one up first.")
        Authenticator.objects.filter(user=person, type=Authenticator.Type.RECOVERY_CODES).delete()
        RecoveryCodes.activate(person)
        book.event("organisations.recovery_codes_renewed", subject=person)


def connect_sign_on(person: User, account: SocialAccount, *, by: Actor, now: dt.datetime) -> None:
    """From now on the provider's own key for them signs the person in, even when their address changes."""
    with recording(by=by, now=now) as book:
        account.user = person
        account.save()
        book.event("organisations.sign_on_connected", subject=person, note={"provider": account.provider})


def disconnect_sign_on(person: User, *, by: Actor, now: dt.datetime) -> None:
    """No other site signs the person in any more, until it vouches for their address again."""
    check_can_change_sign_in(by, person)
    with recording(by=by, now=now) as book:
        removed, _ = SocialAccount.objects.filter(user=person).delete()
        if removed:
            book.event("organisations.sign_on_disconnected", subject=person)
