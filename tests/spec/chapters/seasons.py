"""Does a monthly series have a season, and what is left of it without?"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from tests.spec.chapter import Chapter, Found, Row, whole_table

from bluelamp.figures.months import Month
from bluelamp.figures.seasons import Kind, Season, find_season, remove_season, say_season

NAMES = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
HEADS = "year | " + " | ".join(NAMES)


def series_of(rows: tuple[Row, ...]) -> tuple[list[Month], list[float | None]]:
    months, values = [], []
    for row in rows:
        for number, name in enumerate(NAMES, 1):
            months.append(Month(int(str(row["year"])), number))
            values.append(float(value) if isinstance(value := row[name], Decimal) else None)
    return months, values


def found(rows: tuple[Row, ...], kind: Kind) -> Iterable[Found]:
    months, values = series_of(rows)
    season: Season = find_season(months, values, kind)
    return [{"what was found": say_season(season), "p": season.p}]


def count(rows: tuple[Row, ...]) -> Iterable[Found]:
    return found(rows, Kind.COUNT)


def rate(rows: tuple[Row, ...]) -> Iterable[Found]:
    return found(rows, Kind.RATE)


def without(rows: tuple[Row, ...], kind: Kind) -> Iterable[Found]:
    months, values = series_of(rows)
    left = remove_season(months, values, find_season(months, values, kind))
    return [
        {"year": row["year"]} | dict(zip(NAMES, left[12 * at : 12 * at + 12], strict=True))
        for at, row in enumerate(rows)
    ]


def count_without(rows: tuple[Row, ...]) -> Iterable[Found]:
    return without(rows, Kind.COUNT)


def rate_without(rows: tuple[Row, ...]) -> Iterable[Found]:
    return without(rows, Kind.RATE)


COUNTS = """
2018 | 88 | 81 | 97 | 103 | 109 | 118 | 121 | 117 | 104 | 99 | 90 | 84
2019 | 86 | 90 | 92 | 99 | 114 | 112 | 125 | 113 | 108 | 94 | 93 | 80
2020 | 83 | 87 | 95 | 106 | 107 | 121 | 116 |  | 110 | 97 | 85 | 88
2021 | 90 | 84 | 93 | 101 | 112 | 117 | 170 | 115 | 103 | 101 | 88 | 82
"""
RATES = """
2019 | 71.2 | 70.4 | 72.0 | 74.1 | 73.8 | 74.9 | 76.0 | 75.2 | 73.1 | 73.5 | 71.9 | 68.2
2020 | 70.1 | 71.3 | 73.2 | 72.9 | 74.6 | 76.1 | 75.3 | 74.8 | 74.0 | 72.2 | 72.4 | 67.5
2021 | 71.8 | 70.9 | 72.5 | 73.6 | 74.0 | 75.5 | 75.7 | 75.9 | 73.4 | 72.8 | 71.1 | 68.9
"""
FLAT = """
2019 | 104 | 97 | 111 | 92 | 101 | 88 | 107 | 99 | 95 | 112 | 103 | 90
2020 | 98 | 106 | 94 | 109 | 87 | 102 | 96 | 113 | 100 | 91 | 105 | 97
2021 | 101 | 89 | 103 | 99 | 110 | 95 | 93 | 104 | 108 | 98 | 92 | 106
"""
RISING = """
2019 | 50 | 53 | 49 | 55 | 58 | 54 | 60 | 57 | 63 | 61 | 66 | 62
2020 | 68 | 64 | 70 | 73 | 69 | 75 | 72 | 78 | 80 | 76 | 83 | 79
2021 | 86 | 82 | 88 | 91 | 87 | 94 | 90 | 97 | 95 | 101 | 98 | 104
"""
COUNTS_LEFT = """
2018 | 104 | 93 | 106 | 103 | 99 | 98 | 98 | 99 | 98 | 105 | 104 | 100
2019 | 102 | 103 | 100 | 99 | 104 | 93 | 101 | 96 | 102 | 100 | 107 | 96
2020 | 99 | 100 | 103 | 106 | 97 | 101 | 94 |  | 104 | 103 | 98 | 105
2021 | 107 | 97 | 101 | 101 | 102 | 98 | 138 | 97 | 97 | 107 | 102 | 98
"""
RATES_LEFT = """
2019 | 73.0 | 72.4 | 72.3 | 73.5 | 72.6 | 72.3 | 73.2 | 72.8 | 72.5 | 73.6 | 73.0 | 72.9
2020 | 71.9 | 73.3 | 73.5 | 72.3 | 73.4 | 73.5 | 72.5 | 72.4 | 73.4 | 72.3 | 73.5 | 72.2
2021 | 73.6 | 72.9 | 72.8 | 73.0 | 72.8 | 72.9 | 72.9 | 73.5 | 72.8 | 72.9 | 72.2 | 73.6
"""
CHAPTER = Chapter(
    title="Seasons: does the time of year explain it?",
    text="""
Thefts from gardens come with summer. On a control chart such a series cries every July and every January: of
series that swing by 15% over the year and do nothing else, a quarter of all points is marked. Where a series has a
season, it is taken out before the chart is drawn, and the chart says so.

**Is there one?** Taking a season out of a series that has none takes out chance, so a test decides: a model of the
level alone against the same with a season, an F test at 1%. The level is a line that may bend every two years, so
that a slow rise is no season. The season has one of two shapes, each tested at half the level, and the shape with
the smaller p value is taken: waves of a year and of half a year, or a term for each calendar month. At least 36
months are needed, each calendar month among them. Counts have a quasi-Poisson model, in which months are factors;
rates, shares and means have least squares, in which months are amounts.

**Taking it out.** Counts are divided by their month's factor, from rates their month's amount is taken. The sum of
the series stays what it was, and a missing value stays missing. Three answers are no answer and have names: too
short, counts too small, no model fits.

**What was measured**, 3,000 series of each kind:

| nothing changes but | months | a season found in | points marked as given | and without the season |
|---|---|---|---|---|
| chance, a mean of 100 (Poisson) | 60 | 1.0% | 5.5% | 5.5% |
| a swing of 15% | 60 | 100.0% | 26.1% | 5.3% |
| chance with three times the variance | 60 | 0.9% | 6.0% | 6.0% |
| the same with a swing of 15% | 60 | 83.1% | 13.8% | 6.0% |
| chance, three years | 36 | 0.8% | 4.7% | 4.7% |
| a swing of 15%, three years | 36 | 97.3% | 24.0% | 4.4% |

Months that hang together for another reason can pass for a season. Where each month carries over three tenths of
its distance from the level to the next, one was found in 4 of 100 series that had none; at six tenths, in 9.
""",
    cases=(
        whole_table(
            "A count with a season",
            "Four invented years. One month is missing, and one July is half as high again.",
            HEADS + COUNTS,
            "what was found | p\nThe series has a season: it swings up and down by 20% of its level, highest in"
            " July, lowest in December. | 0.000000",
            count,
        ),
        whole_table(
            "The count without it",
            "The July that stood out still does, and nothing else.",
            HEADS + COUNTS,
            HEADS + COUNTS_LEFT,
            count_without,
        ),
        whole_table(
            "A share with a season",
            "In per cent, so months are amounts. The low Decembers are a corner.",
            HEADS + RATES,
            "what was found | p\nThe series has a season: it swings up and down, highest in July, lowest in"
            " December. | 0.000000",
            rate,
        ),
        whole_table("The share without it", "", HEADS + RATES, HEADS + RATES_LEFT, rate_without),
        whole_table(
            "No season",
            "Three years of chance.",
            HEADS + FLAT,
            "what was found | p\nNo season was found in the series. | 1.00",
            count,
        ),
        whole_table(
            "A rise is no season",
            "Each December is higher than the January before it, in a steady rise.",
            HEADS + RISING,
            "what was found | p\nNo season was found in the series. | 1.00",
            count,
        ),
        whole_table(
            "Too short",
            "Two of each month: a season and two coincidences look alike.",
            HEADS + "\n".join(COUNTS.split("\n")[:3]),
            "what was found | p\n24 monthly values are too few to look for a season: 36 are needed. |",
            count,
        ),
    ),
)
