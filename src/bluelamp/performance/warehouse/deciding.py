"""Does what a source says of a month count, now that others have spoken of it?"""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

from bluelamp.performance.warehouse.manifest import Part


class Verdict(StrEnum):
    NEW = "new"  # nobody has spoken of that month, kind and force
    REPLACES = "replaces"  # something older counted until now; it is kept
    OLDER = "older"  # something newer counts; this is kept beside it
    CONFIRMS = "confirms"  # the same bytes as what counts, known on a later day
    SAME = "same"  # said already

    @property
    def brings_rows(self) -> bool:
        return self in (Verdict.NEW, Verdict.REPLACES, Verdict.OLDER)


def decide(counting: Part | None, said_before: dt.date | None, *, sha256: str, known_on: dt.date) -> Verdict:
    """Of a source with that digest: `counting` is what counts now, `said_before` the day the same bytes came with.

    What was known later counts. Of two that were known on one day, that one counts which was loaded later; once
    loaded, loading it again changes nothing.
    """
    if counting is None:
        return Verdict.NEW
    if said_before is not None and known_on <= said_before:
        return Verdict.SAME
    if counting.sha256 == sha256:
        return Verdict.CONFIRMS
    return Verdict.REPLACES if known_on >= counting.known_on else Verdict.OLDER
