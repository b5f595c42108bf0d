"""How does one stand among others?"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal

from tests.spec.chapter import Chapter, Found, Row, row_by_row, whole_table

from bluelamp.figures.comparison import Best, Comparison, Group, band_all, compare, find_group, rank_all
from bluelamp.figures.months import Month
from bluelamp.figures.not_known import NotKnown

GROUPS = (
    Group(subject="North", members=("East", "West"), start=dt.date(2013, 12, 1), end=dt.date(2020, 3, 31)),
    Group(subject="North", members=("East", "South"), start=dt.date(2020, 4, 1)),
    Group(subject="East", members=("South", "Vale"), start=dt.date(2013, 12, 1)),
)
PERIODS = ("2020-09", "2020-12", "2021-03")


def group(row: Row) -> Found:
    found = find_group(GROUPS, str(row["force"]), dt.date.fromisoformat(str(row["day"])))
    return {"compared with": found.why if isinstance(found, NotKnown) else ", ".join(found.members)}


def places(rows: tuple[Row, ...]) -> Iterator[Found]:
    figures = {str(row["force"]): row["rate"] for row in rows if isinstance(row["rate"], Decimal)}
    ranks, bands = rank_all(figures, Best.LOW), band_all(figures)
    assert isinstance(bands, dict)
    for name in figures:
        yield {"force": name, "lowest first": ranks[name].words, "band": bands[name].value}


def compared(rows: tuple[Row, ...]) -> Iterator[Found]:
    series = {
        str(row["force"]): {
            Month.parse(to): figure if isinstance(figure, Decimal) else NotKnown(str(figure))
            for to in PERIODS
            if (figure := row[to]) is not None
        }
        for row in rows
    }
    found = compare("North", series, Month(2021, 3), best=Best.LOW)
    assert isinstance(found, Comparison)
    yield {"what": "period", "is": found.note}
    yield {"what": "North", "is": found.rank.words}
    yield {"what": "middle of its peers", "is": str(found.middle)}
    yield {"what": "left out", "is": "; ".join(f"{name}: {why.why}" for name, why in found.left_out)}


CHAPTER = Chapter(
    title="Comparison: how does one stand among others?",
    text="""
A force is compared with those most similar to it. Groups are dated, and not symmetric: that North's group has East
says nothing of East's. A place in a list is shared by those with the same figure, and says of how many. Bands are
quarters of the group by value; which end is better is the indicator's polarity, and not told by the band.

Peers' figures often end earlier than one's own. Then all are compared over the last period that all have, and the
comparison says so. Peers whose figures ended more than a year before are left out by name.

Places say nothing of chance. Whether an area differs from the average by more than chance is asked of the
[funnel](funnels.md).
""",
    cases=(
        row_by_row(
            "Groups are of a day",
            "North's group was East and West up to March 2020, then East and South. East's is South and Vale.",
            """
force | day || compared with
North | 2020-03-31 || East, West
North | 2020-04-01 || East, South
East | 2021-03-31 || South, Vale
South | 2021-03-31 || no group of similar forces
North | 2010-01-01 || no group of similar forces on 2010-01-01
""",
            group,
        ),
        whole_table(
            "Places and bands",
            "",
            """
force | rate
North | 7.9
East | 6.1
South | 7.9
West | 9.2
Vale | 5.0
Isle | 8.4
Moor | 6.6
Fell | 10.3
""",
            """
force | lowest first | band
North | joint 4th of 8 | second highest quarter
East | 2nd of 8 | lowest quarter
South | joint 4th of 8 | second highest quarter
West | 7th of 8 | highest quarter
Vale | 1st of 8 | lowest quarter
Isle | 6th of 8 | second highest quarter
Moor | 3rd of 8 | second lowest quarter
Fell | 8th of 8 | highest quarter
""",
            places,
        ),
        whole_table(
            "Peers whose figures end earlier",
            "Twelve months to each month; March 2021 was asked for.",
            """
force | 2020-09 | 2020-12 | 2021-03
North | 80 | 78 | 75
East | 90 | 88 |
South | 70 | 71 | 72
Vale | | | pending
""",
            """
what | is
period | Compared over 12 months to December 2020: East has no figures for 12 months to March 2021.
North | 2nd of 3
middle of its peers | 79.5
left out | Vale: pending
""",
            compared,
        ),
    ),
)
