"""Lists of events for the tests: as records, and as files that the reader reads."""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from io import StringIO

from bluelamp.documents.readers.forms import Form, FormCell, FormRow, FormTable
from bluelamp.figures.months import Month
from bluelamp.lib.definitions import SHIPPED
from bluelamp.performance.measures.compute import find_counted
from bluelamp.performance.measures.counting import Outcome
from bluelamp.performance.measures.records import Record
from bluelamp.performance.series import FORCE

EXAMPLES = SHIPPED / "examples" / "measures"


def record(row: int = 2, **said: object) -> Record:
    """A record from its fields: days, numbers, truths and words by their types."""
    return Record(
        row=row,
        words={name: value for name, value in said.items() if isinstance(value, str)},
        days={name: value for name, value in said.items() if isinstance(value, dt.date)},
        moments={},
        numbers={
            name: Decimal(str(value))
            for name, value in said.items()
            if isinstance(value, int | float | Decimal) and not isinstance(value, bool)
        },
        truths={name: value for name, value in said.items() if isinstance(value, bool)},
    )


def form_of(rows: Sequence[Sequence[str]], *, name: str = "") -> Form:
    return Form(
        "csv",
        (
            FormTable(
                name,
                tuple(
                    FormRow(number, tuple(FormCell(text=text, column=column) for column, text in enumerate(row)))
                    for number, row in enumerate(rows, start=1)
                ),
                is_sheet=True,
            ),
        ),
    )


def rows_of(example: str) -> list[list[str]]:
    return list(csv.reader(StringIO((EXAMPLES / example).read_text(encoding="utf-8"))))


def values(outcome: Outcome, output: str, *, group: str = "", area: str = FORCE) -> dict[str, object]:
    """The points of one row of the outcome by month: the value, or the name of what is missing."""
    points = find_counted(outcome, output, group=group, area=area).points
    return {str(point.to): point.unknown or point.value for point in points}


def fractions(
    outcome: Outcome, output: str, *, group: str = "", area: str = FORCE
) -> dict[Month, tuple[int, int]]:
    points = find_counted(outcome, output, group=group, area=area).points
    return {point.to: (int(point.numerator or 0), int(point.denominator or 0)) for point in points}
