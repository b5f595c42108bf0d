"""By how much did a figure change, and which areas made the change?"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from tests.spec.chapter import Cell, Chapter, Found, Row, row_by_row, whole_table

from bluelamp.figures.changes import Change, find_change
from bluelamp.figures.contributions import Contributions, find_contributions, find_ratio_contributions
from bluelamp.figures.months import Month, Span
from bluelamp.figures.not_known import NotKnown
from bluelamp.figures.saying import say_change
from bluelamp.performance.plans import Indicator
from bluelamp.performance.reports import yearly_change
from bluelamp.performance.reports.model import ChangeOfRow
from bluelamp.performance.reports.periods import as_loaded, find_period
from bluelamp.performance.series import Point, Series, SeriesKey

COUNT = Indicator(code="1", name="Counted", theme="1", aim="monitor", polarity="neither", unit="count")
SHARE = Indicator(
    code="2", name="Share", theme="1", aim="monitor", polarity="neither", unit="percentage", decimals=1
)
TO = Month(2021, 3)


def figure(cell: Cell) -> Decimal | NotKnown | None:
    """A blank is not given; words are the name of what is not known."""
    return NotKnown(cell) if isinstance(cell, str) else cell


def point(to: Month, cell: Cell, numerator: Cell = None, denominator: Cell = None) -> Point:
    if isinstance(cell, Decimal):
        parts = [each if isinstance(each, Decimal) else None for each in (numerator, denominator)]
        return Point(to=to, value=cell, numerator=parts[0], denominator=parts[1])
    return Point(to=to, unknown=cell or "not-loaded")


def printed(row: Row, indicator: Indicator) -> ChangeOfRow:
    before = as_loaded(indicator, point(TO.plus(-12), row["first"]), Span.MONTH)
    return yearly_change.find_change(indicator, before, as_loaded(indicator, point(TO, row["last"]), Span.MONTH))


def change(row: Row) -> Found:
    found, shown = find_change(figure(row["first"]), figure(row["last"])), printed(row, COUNT)
    return {
        "number": shown.actual_printed,
        "per cent": shown.share_printed,
        "in a sentence": shown.reason if isinstance(found, NotKnown) else say_change(found),
    }


def points(row: Row) -> Found:
    found = find_change(figure(row["first"]), figure(row["last"]))
    assert isinstance(found, Change)
    return {"points": printed(row, SHARE).share_printed, "in a sentence": say_change(found, "percent")}


def counted(rows: tuple[Row, ...]) -> dict[Span, Series]:
    found = (point(Month.parse(str(row["month"])), row["count"]) for row in rows)
    return {Span.MONTH: Series(SeriesKey("plan", "1"), tuple(found))}


def totals(rows: tuple[Row, ...]) -> Iterator[Found]:
    series = counted(rows)
    for each in series[Span.MONTH].points:
        quarter = find_period(COUNT, series, each.to, Span.QUARTER)
        yield {"to": str(each.to), "three months": quarter.reason if quarter.value is None else quarter.value}


def ratios(rows: tuple[Row, ...]) -> Iterator[Found]:
    found = []
    for row in rows:
        top, bottom = row["positive"], row["cases"]
        assert isinstance(top, Decimal)
        assert isinstance(bottom, Decimal)
        found.append(point(Month.parse(str(row["month"])), top * 100 / bottom, top, bottom))
    series = {Span.MONTH: Series(SeriesKey("plan", "2"), tuple(found))}
    made = find_period(SHARE, series, found[-1].to, Span.QUARTER)
    yield {
        "to": str(made.to),
        "positive": made.numerator,
        "cases": made.denominator,
        "per cent": made.value,
    }


def years(rows: tuple[Row, ...]) -> Iterator[Found]:
    series = counted(rows)
    for words, span in (
        ("March on March", Span.MONTH),
        ("quarter on the same quarter", Span.QUARTER),
        ("12 months on 12 months", Span.YEAR),
    ):
        before, now = find_period(COUNT, series, TO.plus(-12), span), find_period(COUNT, series, TO, span)
        found = yearly_change.find_change(COUNT, before, now)
        yield {
            "what": words,
            "before": before.value,
            "now": now.value,
            "says": found.reason or found.share_printed,
        }


def tell(found: Contributions | NotKnown) -> Iterator[Found]:
    assert isinstance(found, Contributions)
    for part, shown in zip(found.parts, found.rounded(), strict=True):
        yield {"area": part.area, "number": part.actual, "points": shown}
    yield {"area": "whole", "number": None, "points": sum(found.rounded())}
    for area, why in found.left_out:
        yield {"area": area, "number": None, "points": why.why}


def contributions(rows: tuple[Row, ...]) -> Iterator[Found]:
    areas = {str(row["area"]): (figure(row["first"]), figure(row["last"])) for row in rows}
    whole = areas.pop("Force")
    assert isinstance(whole[0], Decimal)
    assert isinstance(whole[1], Decimal)
    return tell(find_contributions(areas, (whole[0], whole[1])))


def ratio_contributions(rows: tuple[Row, ...]) -> Iterator[Found]:
    return tell(
        find_ratio_contributions(
            {
                str(row["area"]): (
                    (figure(row["positive before"]), figure(row["cases before"])),
                    (figure(row["positive"]), figure(row["cases"])),
                )
                for row in rows
            }
        )
    )


CHAPTER = Chapter(
    title="Changes: by how much, and where from?",
    text="""
Counts change by a number and per cent; percentages change by percentage points, never per cent. Everything is
exact until it is printed, and then rounded once, halves away from zero. What rounds to nothing has no sign: there
is no -0.0%. A change from zero has no percentage: its cell says n/a. Figures that
came ready made keep the decimals they came with, two at the most, and so does their change.

A total over months is the total of all of them. Where a month is missing the total is not known, and names the
month: eleven months are not a year. A ratio over months adds what is above the line and what is below it apart;
a mean of the months' ratios would be something else.

Twelve-month totals of successive quarters share nine months. They are printed because people know them; whether
something changed is asked of the months and quarters.
""",
    cases=(
        row_by_row(
            "Counts",
            "",
            """
first | last || number | per cent | in a sentence
6981 | 8105 || +1,124 | +16.1% | rose by 16.1% (1,124) to 8,105
2895 | 2288 || -607 | -21.0% | fell by 21.0% (607) to 2,288
10000 | 10003 || +3 | 0.0% | rose by less than 0.1% (3) to 10,003
163 | 163 || 0 | 0.0% | stayed at 163
0 | 5 || +5 | n/a | rose by 5 to 5
18 | pending || pending | pending | March 2021: pending.
 | 12 || not loaded | not loaded | March 2020: not loaded.
""",
            change,
        ),
        row_by_row(
            "Percentages",
            "",
            """
first | last || points | in a sentence
13.7 | 12.9 || -0.8% pts | fell by 0.8 percentage points to 12.9%
14.3 | 17.8 || +3.5% pts | rose by 3.5 percentage points to 17.8%
34.12 | 34.10 || -0.02% pts | fell by less than 0.1 percentage points to 34.1%
0.54 | 0.48 || -0.06% pts | fell by 0.1 percentage points to 0.5%
""",
            points,
        ),
        whole_table(
            "Totals over three months",
            "June was never given; July's figure is pending.",
            """
month | count
2020-03 | 10
2020-04 | 20
2020-05 | 30
2020-07 | pending
2020-08 | 50
""",
            """
to | three months
2020-03 | January 2020 to February 2020: not loaded.
2020-04 | February 2020: not loaded.
2020-05 | 60
2020-07 | June 2020: not loaded. July 2020: pending.
2020-08 | June 2020: not loaded. July 2020: pending.
""",
            totals,
        ),
        whole_table(
            "A ratio over months",
            "The mean of the three months' percentages would be 40%.",
            """
month | positive | cases
2021-01 | 10 | 100
2021-02 | 10 | 100
2021-03 | 10 | 10
""",
            """
to | positive | cases | per cent
2021-03 | 30 | 210 | 14.3
""",
            ratios,
        ),
        whole_table(
            "A year before",
            "A quarter is set against the same quarter of the year before, so that the season is the same.",
            """
month | count
2020-01 | 20
2020-02 | 22
2020-03 | 24
2021-01 | 30
2021-02 | 33
2021-03 | 18
""",
            """
what | before | now | says
March on March | 24 | 18 | -25.0%
quarter on the same quarter | 66 | 81 | +22.7%
12 months on 12 months |  |  | April 2020 to December 2020: not loaded.
""",
            years,
        ),
        whole_table(
            "Which areas made a change",
            """
An area's part is its change over the whole's first figure, in percentage points of the whole's change. The parts
sum to the whole's change exactly, and as printed: the odd tenth goes where most was cut off. What the known areas
do not explain is a part of its own.
""",
            """
area | first | last
City | 400 | 432
North | 300 | 287
South | 200 | 207
Park | 100 | not published
Force | 1000 | 1024
""",
            """
area | number | points
City | 32 | 3.2
North | -13 | -1.3
South | 7 | 0.7
not in a known area | -2 | -0.2
whole |  | 2.4
Park |  | not published
""",
            contributions,
        ),
        whole_table(
            "Which areas made a change in a percentage",
            """
An area's part is how far it draws the whole away from the first percentage, after less before. South grew and kept
the common 20%, so it made no part of the change.
""",
            """
area | positive before | cases before | positive | cases
North | 10 | 100 | 12 | 100
City | 50 | 200 | 60 | 200
South | 20 | 100 | 40 | 200
""",
            """
area | number | points
North |  | 0.9
City |  | 1.5
South |  | 0.0
whole |  | 2.4
""",
            ratio_contributions,
        ),
    ),
)
