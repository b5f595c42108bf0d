"""Which records may a person see?

One home for the rule, asked by every query: a user sees what belongs to no organisation and what belongs to their
own; an administrator, and the machine's operator (viewer None), see all. A record's marking does not narrow this
yet: both markings are handled alike inside a workspace.
"""

from __future__ import annotations

from typing import TypeVar

from django.db.models import Model, Q, QuerySet

from bluelamp.organisations.models import User

M = TypeVar("M", bound=Model)

ADMINISTRATOR = "administrator"

Viewer = User | None
"""Who looks: a user, or None for the operator of the machine."""


def sees_all(viewer: Viewer) -> bool:
    return viewer is None or (viewer.is_active and viewer.role == ADMINISTRATOR)


def visible_to(viewer: Viewer, records: QuerySet[M], *, through: str = "") -> QuerySet[M]:
    """Those of `records` that the viewer may see.

    `through` is the path to the record that carries the organisation ("document" for a passage).
    """
    if sees_all(viewer):
        return records
    if viewer is None or not viewer.is_active:
        return records.none()
    organisation = f"{through}__organisation" if through else "organisation"
    shared = Q(**{f"{organisation}__isnull": True})
    if viewer.organisation_id is None:
        return records.filter(shared)
    return records.filter(shared | Q(**{organisation: viewer.organisation_id}))
