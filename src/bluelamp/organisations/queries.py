"""Which forces, bodies and owners does the workspace know, and which one is meant by a code or name?"""

from __future__ import annotations

from django.db.models import QuerySet

from bluelamp.organisations.models import Organisation, Owner
from bluelamp.organisations.visibility import Viewer, visible_to


def find_forces() -> QuerySet[Organisation]:
    return Organisation.objects.filter(kind="force").order_by("name")


def find_organisation(code_or_name: str) -> Organisation | None:
    """By code ("NTS", without case) or by exact name."""
    wanted = code_or_name.replace("\x00", " ").strip()
    by_code = Organisation.objects.filter(code__iexact=wanted).first()
    return by_code or Organisation.objects.filter(name__iexact=wanted).first()


def force_of(organisation: Organisation | None) -> Organisation | None:
    """The force an organisation is, or holds to account; None for one that is about no single force."""
    if organisation is None:
        return None
    return organisation if organisation.kind == "force" else organisation.force


def find_owners(*, viewer: Viewer, active_only: bool = True) -> QuerySet[Owner]:
    """Who may own work, of those whose record the viewer may see, by name."""
    owners = visible_to(viewer, Owner.objects.select_related("organisation"))
    return owners.filter(active=True) if active_only else owners
