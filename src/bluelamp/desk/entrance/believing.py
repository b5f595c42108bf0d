"""Whom does another site vouch for? Somebody we know, by its key for them or by an address it has verified."""

from __future__ import annotations

import datetime as dt
import logging
from typing import Any

from django.conf import settings

from bluelamp.ledger.actions import Operator
from bluelamp.organisations.actions import add_person
from bluelamp.organisations.actions_sign_in import connect_sign_on
from bluelamp.organisations.models import User
from bluelamp.organisations.queries import find_organisation
from bluelamp.organisations.rules import NotAllowedError
from bluelamp.organisations.rules_sign_in import SingleSignOn, is_same_name, may_vouch_for

logger = logging.getLogger(__name__)
BY = Operator("serve")


def find_vouched_for(sociallogin: Any, *, now: dt.datetime) -> User | None:
    """The person, who may sign in; None where the site knows nobody of ours, or may not vouch for them.

    Why it is None is told to whoever runs the server, never to whoever tries.
    """
    provider = next((p for p in settings.SINGLE_SIGN_ON if p.slug == sociallogin.account.provider), None)
    if provider is None:
        return None
    if sociallogin.is_existing:  # known by the site's own key for them, which never changes hands
        known: User = sociallogin.user
        return known if known.is_active else _say(provider, "the person may no longer sign in")
    address = _vouched_address(sociallogin, provider)
    if not address:
        return _say(provider, "it gave no address that it has verified and may vouch for")
    found = [u for u in User.objects.filter(email__iexact=address) if is_same_name(u.email, address)]
    if len(found) > 1:
        return _say(provider, "two people here have that address")
    if found and not found[0].is_active:
        return _say(provider, "the person may no longer sign in")
    person = found[0] if found else _add(sociallogin, provider, address, now=now)
    if person is not None:
        connect_sign_on(person, sociallogin.account, by=BY, now=now)
    return person


def _vouched_address(sociallogin: Any, provider: SingleSignOn) -> str:
    """The address it says is theirs, if it may say so. Some sites send the words "true" and "false"."""
    for claimed in sociallogin.email_addresses:
        verified = claimed.verified is True or str(claimed.verified).lower() == "true"
        if (verified or provider.addresses_are_verified) and may_vouch_for(claimed.email, provider.addresses):
            return str(claimed.email)
    return ""


def _add(sociallogin: Any, provider: SingleSignOn, address: str, *, now: dt.datetime) -> User | None:
    """A new reader, where the settings let the site bring people in."""
    organisation = find_organisation(provider.add_people_to) if provider.add_people_to else None
    if organisation is None:
        return _say(provider, "nobody here has that address")
    name = " ".join(str(sociallogin.claims["name"]).split())[:200]
    try:
        return add_person(
            by=BY, now=now, user_name=address, name=name or address, organisation=organisation, email=address
        )
    except NotAllowedError as error:
        return _say(provider, str(error))


def _say(provider: SingleSignOn, why: str) -> None:
    logger.warning("Single sign-on with %s was refused: %s.", provider.slug, why)
