"""What is said where an engine cannot count? The same sentence, whichever engine it is."""

from __future__ import annotations

from bluelamp.lib.errors import PlainError
from bluelamp.performance.warehouse.opening import OpenedRecords


def lacks_columns(records: OpenedRecords, why: str) -> PlainError:
    """`why` is what the engine said, of which the first line is shown."""
    return PlainError(
        f"The records of the kind {records.kind} have not the columns that the measure counts"
        f" ({first_line(why)}): load them again, or look at the definition."
    )


def lacks_memory(memory: str) -> PlainError:
    return PlainError(
        f"The count needs more than {memory} of memory, or more room on the disk: ask for"
        " fewer keys or months, or give the engine more."
    )


def first_line(said: str) -> str:
    """The first line that says anything, cut to what a sentence can hold."""
    return next((line.strip() for line in said.splitlines() if line.strip()), "it did not say why")[:120]
