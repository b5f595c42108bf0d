"""When does a session end, who must prove themselves twice, and whom may another site vouch for?

Everything here is settled by the workspace's settings (`bluelamp.toml`, read by `config.sign_in`).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

CAREFUL_ROLES = ("administrator", "liaison", "lpb_officer")
"""Who must use a second step unless the settings say otherwise: they add people, accept facts, sign things off."""

Ended = Literal["", "idle", "longest"]


@dataclass(frozen=True, kw_only=True)
class SignInSettings:
    """The table `[sign_in]`. Defaults are the safe choice, so a setting that is missing is no hole.

    An hour idle: reading a report of 40 pages beside the register takes minutes a page, and a session that ends
    under a reader's hands teaches people to evade it. Twelve hours in all: the longest shift.
    """

    idle_minutes: int = 60
    longest_hours: int = 12
    one_session: bool = False  # signing in ends the person's other sessions
    require_mfa: tuple[str, ...] = CAREFUL_ROLES
    wrong_passwords: int = 5
    lock_minutes: int = 15
    link_hours: int = 24  # how long a link works that an administrator makes on the page of people


@dataclass(frozen=True, kw_only=True)
class SingleSignOn:
    """One table `[[single_sign_on]]`: an OpenID Connect provider, and how far it is believed."""

    slug: str
    name: str
    server: str  # its address before /.well-known/openid-configuration
    client_id: str
    client_secret_file: str  # beside bluelamp.toml, e.g. keys/force.secret
    addresses: tuple[str, ...]  # the part after the @ of the e-mail addresses that it may vouch for
    addresses_are_verified: bool = False  # it is the organisation's own and keeps no address that is not true
    asks_second_step: bool = False  # it asks for one itself, so ours is not asked as well
    add_people_to: str = ""  # code of an organisation: whoever it vouches for becomes a reader there


def why_ended(*, now: dt.datetime, begun: dt.datetime, seen: dt.datetime, limits: SignInSettings) -> Ended:
    """Is a session over that began and was last used at these moments?"""
    if now - begun >= dt.timedelta(hours=limits.longest_hours):
        return "longest"
    return "idle" if now - seen >= dt.timedelta(minutes=limits.idle_minutes) else ""


def needs_second_step(role: str, limits: SignInSettings) -> bool:
    return role in limits.require_mfa


def may_vouch_for(address: str, domains: Iterable[str]) -> bool:
    """Does the address end in one of these domains (not in a part of one)?"""
    before, at, domain = address.rpartition("@")
    return bool(before and at) and any(is_same_name(domain, allowed) for allowed in domains)


def is_same_name(one: str, other: str) -> bool:
    """The same but for capitals. Only ASCII has capitals here: other letters that look alike are other letters.

    Databases fold more than that ("ı" and "i" meet in PostgreSQL's UPPER), which once let strangers take over
    accounts (CVE-2019-19844).
    """
    return _fold(one) == _fold(other)


def _fold(words: str) -> str:
    return "".join(letter.lower() if letter.isascii() else letter for letter in words)
