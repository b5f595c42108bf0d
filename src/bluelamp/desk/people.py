"""Who is in the workspace, what may they do, and what was done about them?"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from allauth.mfa.models import Authenticator
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bluelamp.desk.events import SAID
from bluelamp.ledger.models import Event, Payload
from bluelamp.organisations.models import Organisation, Owner, User
from bluelamp.organisations.queries import find_owners
from bluelamp.organisations.rules import OWNER_KINDS, ROLES
from bluelamp.organisations.visibility import Viewer

MOST_EVENTS = 200
WAYS = {
    "password": gettext_lazy("password"),
    "code": gettext_lazy("code"),
    "link": gettext_lazy("one-use link"),
    "single sign-on": gettext_lazy("single sign-on"),
}


@dataclass(frozen=True)
class Line:
    """One event about a person or an owner: who, when, what, and from what to what."""

    event: Event
    said: str
    changes: list[tuple[str, str, str]] = field(default_factory=list)
    ways: str = ""  # how they signed in


def find_people(asked: Mapping[str, str]) -> QuerySet[User]:
    """Everybody with an account, by name; `asked` narrows by words, role, organisation and whether they sign in.

    For administrators only: the caller has checked.
    """
    step = Authenticator.objects.filter(user=OuterRef("pk"), type=Authenticator.Type.TOTP)
    people = User.objects.select_related("organisation").annotate(has_step=Exists(step)).order_by("name", "pk")
    if words := asked.get("words", "").replace("\x00", " ").strip():
        people = people.filter(
            Q(name__icontains=words) | Q(user_name__icontains=words) | Q(email__icontains=words)
        )
    if (role := asked.get("role", "")) in ROLES:
        people = people.filter(role=role)
    if code := asked.get("organisation", ""):
        people = people.filter(organisation__code=code.replace("\x00", ""))
    if (state := asked.get("state", "")) in ("active", "left"):
        people = people.filter(is_active=state == "active")
    return people


def find_owner_rows(asked: Mapping[str, str], *, viewer: Viewer) -> QuerySet[Owner]:
    owners = find_owners(viewer=viewer, active_only=False).select_related("user")
    if words := asked.get("words", "").replace("\x00", " ").strip():
        owners = owners.filter(Q(name__icontains=words) | Q(email__icontains=words))
    if (kind := asked.get("kind", "")) in OWNER_KINDS:
        owners = owners.filter(kind=kind)
    if (state := asked.get("state", "")) in ("active", "left"):
        owners = owners.filter(active=state == "active")
    return owners


def find_sign_ins(person: User, *, most: int) -> list[Line]:
    """The last times the person signed in, newest first."""
    events = _events_about(person).filter(action="organisations.signed_in")
    return _make_lines(list(events[:most]))


def make_history(subject: User | Owner) -> list[Line]:
    """What was done about a person or an owner, newest first. Who may see the subject may see this."""
    return _make_lines(list(_events_about(subject)[:MOST_EVENTS]))


def _events_about(subject: User | Owner) -> QuerySet[Event]:
    return Event.objects.filter(subject_table=subject._meta.db_table, subject_id=str(subject.pk)).order_by(
        "-sequence"
    )


def _make_lines(events: list[Event]) -> list[Line]:
    payloads = Payload.objects.in_bulk([event.sequence for event in events])
    return [_make_line(event, payloads.get(event.sequence)) for event in events]


def _make_line(event: Event, payload: Payload | None) -> Line:
    note = json.loads(payload.body)["note"] if payload and payload.body else {}
    changes = [
        (_say_name(name), *(_say(name, value) for value in pair)) for name, pair in note.get("changed", {}).items()
    ]
    ways = ", ".join(str(WAYS.get(way, way)) for way in note.get("ways", ()))
    return Line(event, str(SAID.get(event.action, event.action)), changes, ways)


def _say_name(name: str) -> str:
    return {
        "name": _("Name"),
        "email": _("E-mail"),
        "role": _("Role"),
        "organisation": _("Organisation"),
        "is_active": _("May sign in"),
        "active": _("May own work"),
        "kind": _("Kind"),
        "user": _("Account"),
    }.get(name, name)


def _say(name: str, value: Any) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if name == "role":
        return str(ROLES.get(value, value))
    if name == "kind":
        return str(OWNER_KINDS.get(value, value))
    return str(value) or _("nothing")


def find_organisations() -> QuerySet[Organisation]:
    return Organisation.objects.order_by("name").only("code", "name")
