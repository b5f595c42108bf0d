"""How do boundaries of areas come into the record? One event; the file itself is kept by its hash."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from bluelamp.documents.models import MARKINGS
from bluelamp.documents.originals import workspace_originals
from bluelamp.ledger.actions import Actor, recording
from bluelamp.lib.errors import PlainError
from bluelamp.lib.names import show_name
from bluelamp.organisations.models import Organisation
from bluelamp.performance.boundaries_reading import BoundariesRead
from bluelamp.performance.figure_rules import check_can_load_figures
from bluelamp.performance.models import BoundarySet
from bluelamp.performance.queries_boundaries import find_last_of, keep_shapes

MOST_NAMED = 200


@dataclass(frozen=True, kw_only=True)
class GivenBoundaries:
    """A file that was read, with what is said of it. No organisation: everybody's."""

    read: BoundariesRead
    level: str
    name: str
    data: bytes
    organisation: Organisation | None = None
    marking: str = "OFFICIAL"


def load_boundaries(given: GivenBoundaries, *, by: Actor, now: dt.datetime) -> BoundarySet | None:
    """What is drawn of its level from now on; None where the same file is drawn already."""
    check_can_load_figures(by)
    if given.marking not in {known for known, _ in MARKINGS}:
        raise PlainError(f"There is no marking “{given.marking}”.")
    sha256 = workspace_originals().keep(given.data)
    read = given.read
    with recording(by=by, now=now) as book:
        before = find_last_of(given.level, given.organisation)
        if before is not None and is_drawn_so(before, given, sha256):
            return None
        row = BoundarySet(
            level=given.level,
            name=show_name(given.name),
            sha256=sha256,
            code_property=read.code_property,
            name_property=read.name_property,
            areas=len(read.shapes.codes),
            unmatched=list(read.unmatched[:MOST_NAMED]),
            unmatched_count=len(read.unmatched),
            missing_count=len(read.missing),
            loaded=now,
            by_name=by.ledger_label,
            organisation=given.organisation,
            marking=given.marking,
        )
        note = {"level": row.level, "areas": row.areas, "sha256": sha256}
        book.event("performance.boundaries_loaded", subject=row, add=[row], note=note)
    keep_shapes(row, read.shapes)
    return row


def is_drawn_so(before: BoundarySet, given: GivenBoundaries, sha256: str) -> bool:
    """Is it the same file, read the same way?"""
    same = (sha256, given.read.code_property, given.read.name_property, given.marking)
    return (before.sha256, before.code_property, before.name_property, before.marking) == same
