"""Which points of a series are unusual, and is its target within reach?"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from tests.spec.chapter import Cell, Chapter, Found, Picture, Row, row_by_row, whole_table

from bluelamp.figures.control_charts import ControlChart, find_limits, make_control_chart
from bluelamp.figures.control_rules import ControlSettings, find_improvement, find_rules
from bluelamp.figures.control_words import ASSURANCE_ICONS, VARIATION_ICONS, say_point
from bluelamp.figures.months import Month
from bluelamp.papers.charts_control import draw_control_chart


def numbers(said: Cell) -> list[float | None]:
    """ "5 7 ? 6": values in order, a question mark for one that is missing."""
    return [None if each == "?" else float(each) for each in str(said).split()]


def chart_of(values: list[float | None], settings: ControlSettings) -> ControlChart:
    return make_control_chart([Month(2020, 1).plus(at).first for at in range(len(values))], values, settings)


def limits(row: Row) -> Found:
    fix_after = row["fixed after"]
    settings = ControlSettings(
        fix_after=int(fix_after) if isinstance(fix_after, Decimal) else None,
        screen_outliers=row["screened"] == "yes",
    )
    found = find_limits(numbers(row["values"]), settings)
    assert found is not None
    return {"mean": found.mean, "lower": found.lower, "upper": found.upper}


def marks(rows: tuple[Row, ...]) -> Iterable[Found]:
    """The series of the table, its limits fixed by twelve points of 0 and 4 before it."""
    return marks_by("mdc_2021", rows)


def marks_later(rows: tuple[Row, ...]) -> Iterable[Found]:
    return marks_by("mdc_2024", rows)


def marks_by(rules: str, rows: tuple[Row, ...]) -> Iterable[Found]:
    before: list[float | None] = [0.0, 4.0] * 6
    settings = ControlSettings(fix_after=12, rules=find_rules(rules))
    values = [float(value) if isinstance(value := row["value"], Decimal) else None for row in rows]
    chart = chart_of([*before, *values], settings)
    return [{"what it says": say_point(point, chart)} for point in chart.points[12:]]


def icons(row: Row) -> Found:
    target = row["target"]
    settings = ControlSettings(
        target=float(target) if isinstance(target, Decimal) else None,
        improvement=find_improvement(str(row["better"])),
    )
    chart = chart_of([*[0.0, 4.0] * 6, *numbers(row["latest"])], settings)
    assurance = ASSURANCE_ICONS[chart.assurance].words if chart.assurance else None
    return {"variation": VARIATION_ICONS[chart.variation].words, "assurance": assurance}


EXAMPLE = [212, 198, 205, 221, 190, 208, 201, 215, 196, 210, 204, 199, 207, 193, None, 211, 202, 214, 197, 206]
LATER = [176, 181, 169, 174, 185, 171, 178, 166, 182, 173, 177, 170, 183, 175, 168, 232]


def draw() -> str:
    values = [None if value is None else float(value) for value in [*EXAMPLE, *LATER]]
    settings = ControlSettings(
        rebase=(Month(2020, 1).plus(len(EXAMPLE)).first,), target=185.0, improvement=find_improvement("decrease")
    )
    chart = chart_of(values, settings)
    return draw_control_chart(
        chart, "An invented series", unit="Offences a month", day=lambda day: Month.of(day).words
    )


CHAPTER = Chapter(
    title="Control charts: which values are unusual?",
    text="""
A series moves every month, and most of it means nothing. A control chart (XmR: individual values and moving
ranges) says how much movement is usual for this series, and marks what is not. The rules are those of "Making
Data Count"; every result that the reference implementation (NHSRplotthedots 0.2.2) gives, `bluelamp spc` gives
too.

**Limits.** The moving ranges are the differences from each value to the next, without sign. The limits lie 2.66
times their mean above and below the mean of the values, the near limits two thirds of the way out. They are not
stopped at zero. With screening, ranges of 3.267 times their mean or more are left out and the mean is taken once
more; the values themselves are never left out. A rebase begins a new group with limits of its own. Limits can be
fixed by the first points of each group, 12 or more. A group of fewer than 13 points is marked as short.

**Marks.** Where several rules mark a point, the first of these names it:
1. outside: strictly beyond a limit;
2. trend: one of seven or more points that rise, or fall, every time; a peak that ends one and begins another
belongs to the later;
3. two in three: in the outer third, in a window of three that has two there and all three on one side of the mean;
4. shift: one of seven or more in a row on one side; a point on the mean breaks the run.

The rules have versions. Under `mdc_2021` a point beyond a limit is not one of the two in three, under `mdc_2024`
it is. A published chart keeps the version that it was drawn by.

**Where the reference fails, by decision.** It stops at a missing value. Here a missing value is no point: it sets
no limit, no range is made across it, and it ends every run, trend and window, because nobody knows where it lay;
closing the gap would let a rule about seven months in a row speak of months that are not in a row. And with
screening the reference has no limits for a series that never changes. Here its limits are its mean, and the first
point that differs is outside.

**Never on rolling values.** Values over twelve months, told every month, share eleven months with their
neighbours and drift together: of 3,000 series of pure chance every one was flagged, 65% of them at the latest
point. Such a series is refused.

**Chance marks points too.** Of 3,000 series of 60 months in which nothing changed, 48% had some marked point, 5.5%
of all points were marked, and 1.4% of the latest. A mark is a reason to look, not a finding.
""",
    cases=(
        row_by_row(
            "Limits",
            """
Values stand in their order, a question mark is a missing one. In the last two rows the tenth value is a mistake of
one digit: screening leaves its two ranges out of the limits, though not its value out of the mean.
""",
            """
values | screened | fixed after || mean | lower | upper
5 7 | yes | || 6.00 | 0.68 | 11.32
10 12 10 ? 60 62 | yes | || 30.80 | 25.48 | 36.12
5 5 5 5 5 | yes | || 5.00 | 5.00 | 5.00
5 | yes | || 5.00 | |
0 0 0 1 0 0 0 0 2 0 0 0 0 0 1 0 | yes | || 0.25 | -0.57 | 1.07
1 3 1 3 1 3 1 3 1 3 1 3 90 95 99 | yes | 12 || 2.00 | -3.32 | 7.32
20 22 21 23 20 22 21 20 23 210 22 21 20 22 23 21 | yes | || 33.19 | 28.69 | 37.69
20 22 21 23 20 22 21 20 23 210 22 21 20 22 23 21 | no | || 33.19 | -37.21 | 103.59
""",
            limits,
        ),
        whole_table(
            "Shift",
            """
Here and in the next four, limits were fixed by twelve earlier points, 0 and 4 in turn: the mean is 2, the limits
are -8.64 and 12.64, the near limits -5.09 and 9.09. Six above the mean are chance; the missing one ends the run.
""",
            """
month | value
Jan 2021 | 3
Feb 2021 | 5
Mar 2021 | 4
Apr 2021 | 3
May 2021 | 5
Jun 2021 | 3
Jul 2021 | 4
Aug 2021 |
Sep 2021 | 3
Oct 2021 | 5
Nov 2021 | 4
Dec 2021 | 5
Jan 2022 | 3
Feb 2022 | 5
""",
            """
what it says
unusual: one of 7 or more in a row above the mean
unusual: one of 7 or more in a row above the mean
unusual: one of 7 or more in a row above the mean
unusual: one of 7 or more in a row above the mean
unusual: one of 7 or more in a row above the mean
unusual: one of 7 or more in a row above the mean
unusual: one of 7 or more in a row above the mean
missing: no value
usual variation
usual variation
usual variation
usual variation
usual variation
usual variation
""",
            marks,
        ),
        whole_table(
            "A point on the mean breaks the run",
            "The same, but the fourth of seven lies on the mean.",
            "value\n3\n5\n4\n2\n5\n3\n4",
            "what it says" + "\nusual variation" * 7,
            marks,
        ),
        whole_table(
            "Trend",
            "Seven that rise, then six steps down from the same peak: the peak belongs to the fall.",
            "value\n-1\n0\n1\n3\n4\n5\n6\n5\n4\n3\n1\n0\n-1",
            "what it says"
            + "\nunusual: one of 7 or more that rise each time" * 6
            + "\nunusual: one of 7 or more that fall each time" * 7,
            marks,
        ),
        whole_table(
            "Two in three",
            """
Only the points in the outer third are marked. The second pair has its third point on the other side of the mean,
whichever window is taken, and is no pattern.
""",
            "value\n0\n10\n3\n10\n0\n11\n-1\n11\n0",
            """
what it says
usual variation
unusual: one of two in three near the upper limit
usual variation
unusual: one of two in three near the upper limit
usual variation
usual variation
usual variation
usual variation
usual variation
""",
            marks,
        ),
        whole_table(
            "A point beyond the limit, in two of three: mdc_2021",
            "One in the outer third and one beyond the limit: under these rules the first is alone.",
            "value\n0\n10\n13\n3\n0",
            """
what it says
usual variation
usual variation
unusual: above the upper limit
usual variation
usual variation
""",
            marks,
        ),
        whole_table(
            "A point beyond the limit, in two of three: mdc_2024",
            "The same values: now they are two.",
            "value\n0\n10\n13\n3\n0",
            """
what it says
usual variation
unusual: one of two in three near the upper limit
unusual: above the upper limit
usual variation
usual variation
""",
            marks_later,
        ),
        row_by_row(
            "The two icons, in words",
            """
The variation is that of the latest known point, and better or worse only where somebody has decided which way is
better. The assurance sets the target against the last group's limits; on a limit is not beyond it. Before the
latest values stand 0 and 4 in turn, six times each.
""",
            """
latest | better | target || variation | assurance
0 4 | increase | || Usual variation: no change to be told from chance |
30 | increase | 2 || Unusual and better: higher | Meets the target in some periods and misses it in others
30 | decrease | 99 || Unusual and worse: higher | Meets the target unless something changes
-30 | decrease | -99 || Unusual and better: lower | Misses the target unless something changes
-30 | increase | -99 || Unusual and worse: lower | Meets the target unless something changes
30 | neutral | 99 || Unusual: higher |
30 ? | neutral | || Unusual: higher |
""",
            icons,
        ),
    ),
    pictures=(
        Picture(
            name="control-chart",
            alt="A control chart of 36 months: one month is missing, new limits begin at a fall, the latest month"
            " lies above them.",
            draw=draw,
        ),
    ),
)
