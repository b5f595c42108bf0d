"""Is the change that a published table prints what its own figures give?"""

from __future__ import annotations

import datetime as dt

from tests.spec.chapter import Cell, Chapter, Found, Row, row_by_row

from bluelamp.documents.citations import Citation
from bluelamp.documents.facts import Period
from bluelamp.figures.printed import PrintedValue, read_printed
from bluelamp.figures.recomputing import Verdict, recompute
from bluelamp.performance.facts import IndicatorRow

CITED = (Citation(document_sha256="0" * 64, page=None, printed_page=None, line=1, line_end=1, quote="a row"),)


def read(cell: Cell) -> PrintedValue:
    found = read_printed(str(cell))
    assert found is not None
    return found


def checked(row: Row) -> Found:
    periods = ((dt.date(2020, 3, 31), row["first"]), (dt.date(2021, 3, 31), row["last"]))
    (found,) = recompute(
        IndicatorRow(
            citations=CITED,
            code="",
            name="",
            aim="",
            periods=tuple(Period(to=day, value=read(cell)) for day, cell in periods),
            change_percent=read(row["printed change"]),
        )
    )
    low, high = (found.span.low, found.span.high) if found.span else (None, None)
    if found.verdict is Verdict.AGREES:
        return {"from": low, "to": high, "verdict": "may be", "in words": None}
    return {"from": low, "to": high, "verdict": str(found.verdict), "in words": found.says}


CHAPTER = Chapter(
    title="Printed changes: can they be true?",
    text="""
A printed figure stands for every figure that rounds to it: 89.0% for anything from 88.95% to 89.05%. So the change
between two printed figures is a range. A printed change is wrong only when its own range and that one do not meet:
then no figures, however they were rounded, could have printed so. Counts are exact.

Where a plain slip explains a wrong print it is named: a sign, percentage points printed as per cent, one out in
the last figure, a fraction upside down. Of 73 rows of a report published in May 2021, eight prints cannot be what
the rows' own figures give; 108 others are reproduced.
""",
    cases=(
        row_by_row(
            "What a printed change may be",
            "",
            """
first | last | printed change || from | to | verdict | in words
6,981 | 8,105 | +16.1% || 16.101 | 16.101 | may be |
89.0% | 88.3% | -0.6% pts || -0.80 | -0.60 | may be |
89.0% | 88.3% | -0.5% pts || -0.80 | -0.60 | wrong | Printed -0.5% pts, but 89.0% to 88.3% gives \
-0.7 percentage points; it is one out in its last figure.
0.54% | 0.48% | +0.1% pts || -0.07 | -0.05 | wrong | Printed +0.1% pts, but 0.54% to 0.48% gives \
-0.06 percentage points; the sign is wrong.
10.0% | 9.8% | -0.2% || -2.99 | -1.01 | wrong | Printed -0.2%, but 10.0% to 9.8% gives -2%; that is the change \
in percentage points.
32,189 | 48,202 | +49.8% || 49.747 | 49.747 | wrong | Printed +49.8%, but 32,189 to 48,202 gives +49.747%; it is \
one out in its last figure.
18.0% | Pending | TBC ||  |  | unchecked | the row prints no such change
0 | 5 | +100% ||  |  | unchecked | a change from zero or below has no percentage
""",
            checked,
        ),
    ),
)
