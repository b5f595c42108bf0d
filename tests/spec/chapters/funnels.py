"""Which areas differ from the average by more than chance?"""

from __future__ import annotations

from collections.abc import Iterator

from tests.spec.chapter import Chapter, Found, Row, row_by_row, whole_table

from bluelamp.figures.funnels import Area, Funnel, Statistic, Widening, build_funnel


def build(rows: tuple[Row, ...], **asked: object) -> Funnel:
    areas = [Area(name=str(row["area"]), numerator=row["count"], denominator=row["of"]) for row in rows]
    return build_funnel(areas, **asked)  # type: ignore[arg-type]


def place(funnel: Funnel) -> Iterator[Found]:
    for placed in funnel.areas:
        yield {
            "area": placed.name,
            "value": placed.value,
            "position": placed.position,
            "in words": placed.position.words,
        }
    for name, why in funnel.left_out:
        yield {"area": name, "value": None, "position": None, "in words": why.why}


def proportions(rows: tuple[Row, ...]) -> Iterator[Found]:
    return place(build(rows))


def rates(rows: tuple[Row, ...]) -> Iterator[Found]:
    return place(build(rows, statistic=Statistic.RATE, multiplier=1000))


def widened(rows: tuple[Row, ...]) -> Iterator[Found]:
    plain = build(rows)
    factor, between = build(rows, widening=Widening.FACTOR), build(rows, widening=Widening.BETWEEN)
    yield {"what": "dispersion of the areas (1 is chance alone)", "is": factor.dispersion}
    yield {"what": "standard deviation between areas, in points", "is": between.between**0.5 * 100}
    for name, funnel in (("as chance alone has them", plain), ("by a factor", factor), ("by a variance", between)):
        outside = [placed.name for placed in funnel.areas if placed.position.value != "Not significant"]
        yield {"what": f"areas outside, limits {name}", "is": ", ".join(outside) or "none"}


def limits(row: Row) -> Found:
    area = Area(name="all", numerator=row["average"], denominator=100)
    (limit,) = build_funnel([area]).limits([float(str(row["size"]))])
    return {
        "lower 0.001": limit.low_outer,
        "lower 0.025": limit.low_inner,
        "upper 0.025": limit.high_inner,
        "upper 0.001": limit.high_outer,
    }


CHAPTER = Chapter(
    title="Funnels: which areas differ by more than chance?",
    text="""
A league table always has a last place. A funnel asks something else: given how many cases an area has, could its
figure have come from the common average by chance? Small areas swing widely, so their limits are wide.

Two limits are drawn: beyond the inner one lies one area in forty on each side when nothing but chance is at work,
beyond the outer one, one in a thousand. Limits for proportions invert Wilson's score interval; those for rates and
for ratios of observed to expected invert the exact Poisson interval, and a rate lies outside where the interval
published of it leaves the average out. Curves are drawn at the sizes at which published public health funnels have
theirs, and give their numbers.

Areas of a force are not alike, and may all lie outside for reasons that nobody would call performance. Then the
limits may be widened: by the square root of the areas' dispersion, or by adding a variance between areas. The most
extreme tenth at each end is drawn in first, so that the areas looked for do not widen the limits they are
looked for with. Limits are never narrowed.
""",
    cases=(
        row_by_row(
            "Limits, in per cent, for areas of different size",
            "",
            """
average | size || lower 0.001 | lower 0.025 | upper 0.025 | upper 0.001
80 | 10 || 40.9 | 55.2 | 100.0 | 100.0
80 | 100 || 67.6 | 72.2 | 87.8 | 92.4
80 | 1000 || 76.1 | 77.5 | 82.5 | 83.9
80 | 10000 || 78.8 | 79.2 | 80.8 | 81.2
5 | 100 || 0.0 | 0.7 | 9.3 | 11.7
""",
            limits,
        ),
        whole_table(
            "Proportions",
            "An area without figures is left out of the average, by name.",
            """
area | count | of
North | 90 | 100
East | 150 | 200
South | 1400 | 2000
West | 2475 | 3000
Docks | | 500
Park | 0 | 0
""",
            """
area | value | position | in words
North | 90.0 | High (0.025) | above the average
East | 75.0 | Not significant | no different from the average
South | 70.0 | Low (0.001) | far below the average
West | 82.5 | High (0.001) | far above the average
Docks |  |  | no numerator
Park |  |  | the denominator is zero
""",
            proportions,
        ),
        whole_table(
            "Rates for a thousand people",
            "",
            """
area | count | of
North | 4 | 1000
East | 60 | 8000
South | 130 | 10000
West | 206 | 21000
""",
            """
area | value | position | in words
North | 4.0 | Not significant | no different from the average
East | 7.5 | Low (0.025) | below the average
South | 13.0 | High (0.025) | above the average
West | 9.8 | Not significant | no different from the average
""",
            rates,
        ),
        whole_table(
            "Limits widened where all areas differ",
            "",
            """
area | count | of
A | 820 | 1000
B | 760 | 1000
C | 1640 | 2000
D | 1500 | 2000
E | 2340 | 3000
F | 2460 | 3000
G | 610 | 1000
""",
            """
what | is
dispersion of the areas (1 is chance alone) | 16.3
standard deviation between areas, in points | 4.1
areas outside, limits as chance alone has them | A, C, D, F, G
areas outside, limits by a factor | G
areas outside, limits by a variance | G
""",
            widened,
        ),
    ),
)
