"""Which force's records of which kind and month are there? What is not there is not zero, in any total."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from bluelamp.figures.months import Month, months_between
from bluelamp.performance.warehouse.manifest import Manifest, Part


class Presence(StrEnum):
    """Whether a month of a force can be counted."""

    PRESENT = "present"  # its list was loaded, be it an empty one
    ABSENT = "absent"  # other forces' lists of the month were loaded: not published, or left out of the archive
    NOT_LOADED = "not loaded"  # nobody's list of the month was


@dataclass(frozen=True, kw_only=True)
class Covered:
    """One kind, force and month. `rows` is None where there is no list, which is not none of them."""

    kind: str
    force: str
    month: Month
    presence: Presence
    rows: int | None = None
    known_on: dt.date | None = None
    load: int | None = None


def find_coverage(
    manifest: Manifest,
    *,
    kind: str,
    first: Month | None = None,
    last: Month | None = None,
    forces: Sequence[str] | None = None,
) -> list[Covered]:
    """Every force and month of a kind, present or not; all that was ever loaded of it where nothing narrower is
    asked. Forces that nobody named and that have no list at all are not known of here."""
    parts = {(part.force, Month.parse(part.month)): part for part in manifest.parts() if part.kind == kind}
    months = {month for _, month in parts}
    if not months and (first is None or last is None):
        return []
    start, end = first or min(months), last or max(months)
    named = sorted({force for force, _ in parts}) if forces is None else sorted(set(forces))
    return [
        _cover(kind, force, month, parts.get((force, month)), loaded=month in months)
        for force in named
        for month in months_between(start, end)
    ]


def _cover(kind: str, force: str, month: Month, part: Part | None, *, loaded: bool) -> Covered:
    if part is None:
        presence = Presence.ABSENT if loaded else Presence.NOT_LOADED
        return Covered(kind=kind, force=force, month=month, presence=presence)
    return Covered(
        kind=kind,
        force=force,
        month=month,
        presence=Presence.PRESENT,
        rows=part.rows,
        known_on=part.known_on,
        load=part.load,
    )


def find_kinds(manifest: Manifest) -> list[str]:
    return sorted({month.kind for month in manifest.months})


@dataclass(frozen=True, kw_only=True)
class Stretch:
    """Months of one force and kind, one after another, that stand alike."""

    kind: str
    force: str
    first: Month
    last: Month
    presence: Presence
    rows: int | None  # of all of them together; None where they are not there


def find_stretches(covered: Sequence[Covered]) -> list[Stretch]:
    """As a person reads it: from when to when."""
    stretches: list[Stretch] = []
    for each in covered:
        before = stretches[-1] if stretches else None
        follows = before is not None and (before.kind, before.force, before.presence, before.last.plus(1)) == (
            *(each.kind, each.force, each.presence),
            each.month,
        )
        if before is not None and follows:
            rows = None if each.rows is None or before.rows is None else before.rows + each.rows
            stretches[-1] = Stretch(
                kind=each.kind,
                force=each.force,
                first=before.first,
                last=each.month,
                presence=each.presence,
                rows=rows,
            )
        else:
            stretches.append(
                Stretch(
                    kind=each.kind,
                    force=each.force,
                    first=each.month,
                    last=each.month,
                    presence=each.presence,
                    rows=each.rows,
                )
            )
    return stretches
