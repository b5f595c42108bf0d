"""As whom does somebody who is signed in look into the warehouse?"""

from __future__ import annotations

from bluelamp.organisations.rules import NotAllowedError
from bluelamp.organisations.visibility import Viewer, sees_all
from bluelamp.performance.warehouse.sight import OPERATOR, RecordsViewer


def see_records_as(viewer: Viewer) -> RecordsViewer:
    """The rule of `organisations.visibility`, in the words of the warehouse, which knows no database."""
    if viewer is None or sees_all(viewer):
        return OPERATOR
    if not viewer.is_active:
        raise NotAllowedError("Only people who may sign in can count records.")
    return RecordsViewer(organisation=viewer.organisation.code if viewer.organisation else "")
