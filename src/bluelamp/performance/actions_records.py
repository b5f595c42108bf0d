"""How does the record come to know of loads of records?

The warehouse's own manifest says what counts, and is replaced in one step; the ledger's event follows. Whatever
stops a command between the two, the next one records what is missing, so that no load stays unsaid.
"""

from __future__ import annotations

import datetime as dt
import uuid

from bluelamp.documents.models import MARKINGS
from bluelamp.ledger.actions import Actor, recording
from bluelamp.lib.errors import PlainError
from bluelamp.organisations.models import Organisation
from bluelamp.performance.figure_rules import check_can_load_figures
from bluelamp.performance.models import RecordsLoad
from bluelamp.performance.warehouse.manifest import LoadRecord, Warehouse


def record_loads(warehouse: Warehouse, *, by: Actor, now: dt.datetime) -> list[RecordsLoad]:
    """An event for each load of the warehouse that the record does not know of yet; those loads, oldest first."""
    check_can_load_figures(by)
    loads = warehouse.read_loads()
    known = {str(pk) for pk in RecordsLoad.objects.values_list("pk", flat=True)}
    if all(load.id in known for load in loads):
        return []
    with recording(by=by, now=now) as book:
        known = {str(pk) for pk in RecordsLoad.objects.values_list("pk", flat=True)}
        rows = [_make_row(load) for load in loads if load.id not in known]
        for row in rows:
            note = {"number": row.number, "rows": row.rows, "sha256": row.sha256}
            book.event("performance.records_loaded", subject=row, add=[row], note=note)
    return rows


def check_asked(*, marking: str, organisation: str) -> None:
    """Before a load: afterwards it would be too late to say so."""
    if marking not in {known for known, _ in MARKINGS}:
        raise PlainError(f"There is no marking “{marking}”.")
    if organisation and not Organisation.objects.filter(code=organisation).exists():
        raise PlainError(f"There is no organisation {organisation} here: name it by its code, such as CVP.")


def _make_row(load: LoadRecord) -> RecordsLoad:
    return RecordsLoad(
        id=uuid.UUID(load.id),
        number=load.number,
        source=load.source,
        name=load.name,
        sha256=load.sha256,
        known_on=load.known_on,
        loaded=load.loaded,
        by_name=load.by,
        months=len(load.brought),
        rows=load.rows,
        replaced=load.replaced,
        older=load.older,
        confirmed=len(load.confirmed),
        unplaced=load.unplaced,
        refused=list(load.refused),
        told=list(load.told),
        organisation=Organisation.objects.filter(code=load.organisation).first() if load.organisation else None,
        marking=load.marking,
    )
