"""Whose eyes does an actor look with, which owners are they, and what is kept of the secret that lets one in?"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from uuid import UUID

from bluelamp.ledger.actions import Actor
from bluelamp.organisations.models import Owner, User
from bluelamp.organisations.visibility import Viewer


@dataclass(frozen=True)
class OwnerByLink:
    """An owner without an account, who came by a one-use link."""

    owner: Owner

    role = "owner"

    @property
    def ledger_name(self) -> str:
        return f"owner:{self.owner.pk}"

    @property
    def ledger_label(self) -> str:
        return f"{self.owner.name} (by link)"


def viewer_of(by: Actor) -> Viewer:
    """Whose eyes an actor looks with; the machine's operator, and a link that names its items, see all."""
    return by if isinstance(by, User) else None


def owners_of(by: Actor) -> set[UUID]:
    """The owners that this actor is."""
    if isinstance(by, OwnerByLink):
        return {by.owner.pk}
    if isinstance(by, User):
        return set(Owner.objects.filter(user=by).values_list("pk", flat=True))
    return set()


def hash_secret(secret: str) -> str:
    """What is kept of a link's or a token's secret: so many random bits need no salt and no slow hash."""
    return hashlib.sha256(secret.encode()).hexdigest()
