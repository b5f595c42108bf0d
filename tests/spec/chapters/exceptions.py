"""Which of many indicators and areas really changed in the latest quarter?"""

from __future__ import annotations

from collections.abc import Iterable

from tests.spec.chapter import Chapter, Found, Picture, Row, row_by_row, whole_table

from bluelamp.figures.exception_words import say_judgement
from bluelamp.figures.exceptions import Judgement, Kind, TestedSeries, find_exceptions
from bluelamp.figures.farrington import Bound, FarringtonSettings, find_bounds
from bluelamp.figures.months import Month
from bluelamp.figures.power import Sight, find_power, find_smallest
from bluelamp.figures.published_rule import apply_published_rule, find_false_alarms
from bluelamp.papers.charts_power import describe_power, draw_power_chart

MONTHS = [64, 71, 78, 70, 69, 75, 60, 58, 66, 70, 62, 68]
"""A year of counts that we made up; each case repeats it with a small change from year to year."""


def make_series(years: int, latest: list[float | None], name: str = "Knife crime") -> TestedSeries:
    """`years` years of the months above, then the quarter given; the last month is March 2021."""
    past: list[float | None] = [
        float(count + (year * 5 + place) % 7) for year in range(years) for place, count in enumerate(MONTHS)
    ]
    values = [*past, *latest]
    first = Month(2021, 3).plus(1 - len(values))
    return TestedSeries(key=name, name=name, kind=Kind.COUNT, first=first, values=values)


def judge(row: Row) -> Found:
    counts = [None if row[head] is None else float(str(row[head])) for head in ("Jan", "Feb", "Mar")]
    found: Judgement = find_exceptions([make_series(int(str(row["years"])), counts)], Month(2021, 3))[0]
    return {"standing": found.standing.value, "low": found.low, "high": found.high, "said": say_judgement(found)}


def false_alarms(row: Row) -> Found:
    found = find_false_alarms(float(str(row["variance over mean"])))
    return {
        "trend, each way": 100 * found.trend_each_way,
        "latest quarter": 100 * found.latest_quarter,
        "either": 100 * found.either,
    }


def published(rows: tuple[Row, ...]) -> Iterable[Found]:
    found = apply_published_rule([float(str(row["12 months"])) for row in rows])
    yield {"trend": {1: "up", -1: "down", 0: "none"}[found.trend or 0], "exception": found.is_exception}


def power(row: Row) -> Found:
    sight = Sight(mean=float(str(row["mean a month"])), dispersion=float(str(row["variance over mean"])))
    rise, fall = find_smallest(sight), find_smallest(sight, rise=False)
    return {
        "rise of 25% found": 100 * find_power(sight, 0.25),
        "smallest rise": None if rise is None else 100 * rise,
        "smallest fall": None if fall is None else 100 * fall,
    }


def bounds(rows: tuple[Row, ...]) -> Iterable[Found]:
    counts = [float(count + (year * 5 + place) % 7) for year in range(6) for place, count in enumerate(MONTHS)]
    for row in rows:
        found = find_bounds(
            [*counts, float(str(row["count"]))], [72], FarringtonSettings(bound=Bound(str(row["bound"])))
        )
        yield {"expected": found[0].expected, "upper": found[0].upper, "alarm": found[0].alarm}


CHAPTER = Chapter(
    title="Exceptions: which of many really changed?",
    text="""
Each series' latest quarter is set against a seasonal baseline from all months before it, and so are its last
two quarters together. Counts have a quasi-Poisson baseline (the variance is the mean times a dispersion), rates
the same with their exposure, proportions a quasi-binomial one, and values of unknown make (means, percentages
of nobody knows how many) a least-squares one on a scale on which they vary evenly. A season has one or two
waves a year, or a term for each month where those explain more than chance would; where hardly anything was
counted there is a level alone. Two years of earlier figures are the least, and three for a trend.

**How far out is surprising.** Counts are negative binomial and numerators beta-binomial, and the chance of a
total so far out is averaged over what the dispersion may really be. Small counts leave the dispersion less
certain, and that is taken into account. A dispersion under 1 counts as 1.

**Trend.** A trend is extrapolated, so each series' slope is drawn towards the family's by as much as it is
uncertain: where thirty series or more show no more spread of slopes than chance gives, none is used, and where
they do, each keeps its own. A series far from its family (4.5 standard errors), or in a small family, keeps its
own too.

**Months that go together** make sums of months vary more. How much they do is learnt in the same way.

**Many tests.** The two looks share the level evenly, the chances of all series are adjusted for the false
discovery rate (Benjamini and Hochberg), and the 5% is a year's, spread evenly over four reports. The longer
look counts only where the latest quarter is on the same side: what has gone back is over.

**What was measured** (`make bench`, 500 made years, 70 indicators in 12 areas, means from 2 to 3,000 a month,
variance up to 3 times the mean, a season of 15%, a fifth of them proportions). Any false exception in a year's
four reports: 3.4% of years; in one report: 0.9%. A change of 25% that lasts, in a series with a mean of 200 a
month among 840:

| variance over mean | rise, at once | rise, within two quarters | fall, at once | fall, within two quarters |
|---|---|---|---|---|
| 1 | 58% | 98.2% | 79% | 99.9% |
| 1.2 | 44% | 92.5% | 63% | 99.3% |
| 3 | 3% | 24.4% | 11% | 47.9% |

**Where it does not hold.** With a trend of 3% a year in all series 4% of 100 years had an exception, with 10% a
year 2%; with months tied by an autocorrelation of 0.3 in what varies beyond counting 5%, but with 0.6 it was
39% of years: series so strongly tied are marked too often. Where autocorrelation is not taken into account, 0.3
gave a false exception in 9 of 40 years. A past shock that is not left out (a lockdown) widens the baseline and
hides changes.
""",
    cases=(
        row_by_row(
            "One series, and what is said of it",
            """
The counts before January 2021 are made: about 71 a month, a little different each year. A month that is
missing, or a history that is too short, is named and not guessed.
""",
            """
years | Jan | Feb | Mar || standing | low | high | said
5 | 73 | 66 | 72 || nothing exceptional | 183 | 262 | \
Knife crime: 211 in January to March 2021, 220 a year before; expected 183 to 262, so nothing exceptional.
5 | 160 | 150 | 158 || exception | 183 | 262 | \
Knife crime: 468 in January to March 2021, 220 a year before; expected 183 to 262. Chance alone does \
not explain so high a figure.
5 | 73 |  | 72 || the latest quarter is not complete |  |  | \
Knife crime: not tested for January to March 2021, because February 2021 is missing.
1 | 73 | 66 | 72 || too short to tell |  |  | \
Knife crime: 211 in January to March 2021, 216 a year before. To say what was to be expected 24 \
earlier months are needed, and 12 are known.
""",
            judge,
        ),
        row_by_row(
            "What a series could show, among 840, over two quarters",
            """
In per cent: how often a rise of 25% is found, and the smallest changes found nine times in ten. About 20 a month
cannot show a rise of 60%: put areas together.
""",
            """
mean a month | variance over mean || rise of 25% found | smallest rise | smallest fall
20 | 1 || 0 | 75 | -56
20 | 1.2 || 0 | 84 | -60
20 | 3 || 0 | 154 | -83
50 | 1 || 10 | 45 | -37
50 | 1.2 || 6 | 50 | -40
50 | 3 || 0 | 86 | -59
200 | 1 || 98 | 22 | -20
200 | 1.2 || 94 | 24 | -21
200 | 3 || 23 | 39 | -32
1000 | 1 || 100 | 9 | -9
1000 | 1.2 || 100 | 10 | -10
1000 | 3 || 100 | 17 | -15
""",
            power,
        ),
        row_by_row(
            "The published rule: how often it marks a series in which nothing has changed",
            """
"Significant change in the latest quarter, or a trend over three successive quarters", on rolling twelve months:
kept by name, with this printed beside it, in per cent. Three moves of a rolling total are three independent
differences.
""",
            """
variance over mean || trend, each way | latest quarter | either
1 || 12.5 | 5.0 | 28.7
3 || 12.5 | 25.8 | 44.3
""",
            false_alarms,
        ),
        whole_table(
            "The published rule: a trend over three successive quarters",
            "Safeguarding referrals as published: four rises in a row.",
            """
to | 12 months
March 2020 | 6981
June 2020 | 7398
September 2020 | 7752
December 2020 | 7888
March 2021 | 8105
""",
            """
trend | exception
up | yes
""",
            published,
        ),
        whole_table(
            "A bound in Farrington's manner",
            """
For one month after six years of the counts above. The three ways of drawing the bound agree with R's
surveillance to 1 in 10,000 on its own cases.
""",
            """
bound | count
farrington | 75
flexible_delta | 75
flexible_nbPlugin | 75
flexible_nbPlugin | 110
""",
            """
expected | upper | alarm
71.0 | 94.6 | no
71.0 | 91.5 | no
71.0 | 91 | no
71.0 | 91 | yes
""",
            bounds,
        ),
    ),
    pictures=(Picture(name="power", alt=describe_power(), draw=draw_power_chart),),
)
