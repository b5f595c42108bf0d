"""Does the record know the loads of the warehouse as the warehouse tells them?"""

from __future__ import annotations

from collections.abc import Sequence

from bluelamp.performance.models import RecordsLoad
from bluelamp.performance.warehouse.manifest import LoadRecord


def compare_loads(loads: Sequence[LoadRecord]) -> tuple[list[str], list[str]]:
    """What contradicts the record, and what only one of both knows; of every organisation, for the operator.

    A load that was stopped before its event is caught up with by the next; a warehouse that is not here any more
    can be loaded again.
    """
    recorded = {str(row.pk): row for row in RecordsLoad.objects.all()}
    problems, limits = [], []
    for load in loads:
        row = recorded.pop(load.id, None)
        if row is None:
            limits.append(
                f"Load {load.number} of the warehouse is not in the record yet: the next load records it."
            )
        elif (row.sha256, row.known_on, row.rows) != (load.sha256, load.known_on, load.rows):
            problems.append(
                f"Load {load.number} of the warehouse is not what the record says of it: bring it back."
            )
    if recorded:
        some = f"{len(recorded)} loads of records are" if len(recorded) > 1 else "1 load of records is"
        limits.append(
            f"{some} in the record and not in the warehouse here: copy its folder back, or load the archives"
            " again."
        )
    return problems, limits
