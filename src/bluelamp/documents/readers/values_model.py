"""What does a spreadsheet hold, cell by cell, once it was read?"""

from __future__ import annotations

from dataclasses import dataclass, field

WORDS, NUMBER, DAY, EMPTY_FORMULA, FAULT = range(5)
"""What a cell holds: words, a number, a day (or a month, as shown), a formula without a value, a fault (#REF!)."""

ValueCell = tuple[int, str, int]
"""Column from 0, the value in words, and what it is."""


@dataclass(slots=True)
class ValueSheet:
    """One sheet that is shown, or a file of separated values, whose sheet has no name."""

    name: str
    rows: list[tuple[int, list[ValueCell]]] = field(default_factory=list)  # row number from 1; none without cells
    merges: list[tuple[int, int, int, int]] = field(
        default_factory=list
    )  # top, left, bottom, right: from 1, from 0


@dataclass(slots=True)
class Values:
    """The sheets of a file, and what a reader should know: one plain sentence each."""

    sheets: list[ValueSheet] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
