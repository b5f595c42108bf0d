"""What is to be counted of which records, by what? A plan, in nothing but what every engine does alike.

Filters, keys, and counts, sums of whole or decimal numbers, least and most. There is no division, no rounding and
no rule about blanks left to an engine: each operator says what a blank does, and the tests' reference does it in
plain Python (`conformance/engine_semantics.txt` holds what engines disagree about).
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Final

from bluelamp.figures.months import Month

Scalar = str | int | bool | Decimal | dt.date
_COLUMN: Final = re.compile(r"[a-z][a-z0-9_]{0,59}")
_NAME: Final = re.compile(r"[a-z][a-z0-9]{0,39}(?:-[a-z0-9]{1,40}){0,8}")
MOST_VALUES: Final = 1000
MONTH, FORCE = "month", "force"
"""Columns that every record has: the first day of its month, and its force's slug."""


class PlanError(ValueError):
    """A plan that says nothing that could be counted; whoever made it out of a definition made a mistake."""


class Operator(StrEnum):
    """How a column is compared. A blank is none of any values, and never less or more than anything."""

    ANY_OF = "any-of"  # says one of the values
    NONE_OF = "none-of"  # says something else, or is blank
    KNOWN = "known"  # is not blank
    BLANK = "blank"
    AT_LEAST = "at-least"
    AT_MOST = "at-most"

    @property
    def values(self) -> tuple[int, int]:
        """How few and how many values it takes."""
        return {
            Operator.ANY_OF: (1, MOST_VALUES),
            Operator.NONE_OF: (1, MOST_VALUES),
            Operator.KNOWN: (0, 0),
            Operator.BLANK: (0, 0),
            Operator.AT_LEAST: (1, 1),
            Operator.AT_MOST: (1, 1),
        }[self]


@dataclass(frozen=True, slots=True)
class Filter:
    """Keeps records whose column compares so."""

    column: str
    operator: Operator
    values: tuple[Scalar, ...] = ()

    def __post_init__(self) -> None:
        check_column(self.column)
        least, most = self.operator.values
        if not least <= len(self.values) <= most:
            raise PlanError(f"{self.column}: {self.operator} does not take {len(self.values)} values")


class Total(StrEnum):
    """What is made of the records of a cell."""

    COUNT = "count"
    SUM = "sum"
    LEAST = "min"
    MOST = "max"


@dataclass(frozen=True, slots=True)
class Tally:
    """One number of each cell, over the records that pass its filters.

    A count and a sum of none are 0, a least and a most of none are not there. Blanks are left out of all but
    counts: a measure that adds up a column counts beside it how many records say anything.
    """

    name: str
    total: Total = Total.COUNT
    column: str = ""  # of a sum, a least or a most
    where: tuple[Filter, ...] = ()

    def __post_init__(self) -> None:
        check_column(self.name)
        if (self.total is Total.COUNT) != (not self.column):
            raise PlanError(f"{self.name}: a {self.total} {'has no' if self.column else 'needs a'} column")
        if self.column:
            check_column(self.column)


@dataclass(frozen=True, slots=True)
class Key:
    """What cells are told apart by: the value of a column; blanks are one cell of their own.

    With a `lookup` it is the area that the column's code lies in, as that lookup says for the record's month;
    a code that it does not know is a blank, and one that lies in several areas counts in each.
    """

    name: str  # as people name it: crime-type
    column: str
    lookup: str = ""

    def __post_init__(self) -> None:
        check_column(self.column)
        if not _NAME.fullmatch(self.name) or (self.lookup and not _NAME.fullmatch(self.lookup)):
            raise PlanError(f"{self.name!r}: keys and lookups are named in small letters, digits and hyphens")


@dataclass(frozen=True, slots=True)
class CubePlan:
    """`window`: how many months each cell covers, ending with its month; more than 1 needs the key `month`.

    `first` and `last` bound the months of the records that are read, not those of the cells.
    """

    source: str  # kind of record
    keys: tuple[Key, ...]
    tallies: tuple[Tally, ...]
    filters: tuple[Filter, ...] = ()
    first: Month | None = None
    last: Month | None = None
    window: int = 1

    def __post_init__(self) -> None:
        names = [key.name for key in self.keys]
        numbers = [tally.name for tally in self.tallies]
        if not self.tallies or len({*names, *numbers}) < len(names) + len(numbers):
            raise PlanError("a plan needs a tally, and no two names alike")
        if not 1 <= self.window <= 120:
            raise PlanError(f"a window of {self.window} months")
        if self.window > 1 and MONTH not in names:
            raise PlanError("a window rolls over months, so one of the keys is the month")
        if any(
            (key.name == MONTH) != (key.column == MONTH) or (key.name == MONTH and key.lookup) for key in self.keys
        ):
            raise PlanError("the key month is the column month, and only that")

    @property
    def by_month(self) -> bool:
        return any(key.name == MONTH for key in self.keys)

    @property
    def lookups(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(key.lookup for key in self.keys if key.lookup))


def check_column(name: str) -> None:
    """PlanError for what is no name of a column: whatever stands in SQL unquoted by a value is one of these."""
    if not _COLUMN.fullmatch(name):
        raise PlanError(f"{name[:60]!r} is no name of a column")
