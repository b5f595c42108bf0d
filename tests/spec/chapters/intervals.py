"""How sure is a proportion or a rate?"""

from __future__ import annotations

from tests.spec.chapter import Chapter, Found, Row, row_by_row

from bluelamp.figures.intervals import Interval, byars_bounds, proportion_interval, rate_interval
from bluelamp.figures.not_known import NotKnown

UNKNOWN = {"value": None, "low": None, "high": None, "method": None}


def found(interval: Interval | NotKnown) -> Found:
    if isinstance(interval, NotKnown):
        return UNKNOWN | {"not known": interval.why}
    return {
        "value": interval.value,
        "low": interval.low,
        "high": interval.high,
        "method": interval.method,
        "not known": None,
    }


def proportion(row: Row) -> Found:
    return found(
        proportion_interval(
            row["numerator"], row["denominator"], confidence=float(row["confidence"] or 0.95), multiplier=100
        )
    )


def rate(row: Row) -> Found:
    return found(rate_interval(row["events"], row["population"], multiplier=float(row["per"] or 1)))


def byars(row: Row) -> Found:
    bounds = byars_bounds(row["events"], confidence=float(row["confidence"] or 0.95))
    assert not isinstance(bounds, NotKnown)
    if isinstance(bounds.low, NotKnown):
        return {"low": None, "high": bounds.high, "not known": bounds.low.why}
    return {"low": bounds.low, "high": bounds.high, "not known": None}


CHAPTER = Chapter(
    title="Intervals: how sure is a proportion or a rate?",
    text="""
A count is one of the counts that might have been. The interval says which true values would not make what was
counted a surprise; at a confidence of 0.95, nineteen intervals of twenty hold the true value. It is about chance
alone: it knows nothing of crimes that nobody recorded, or of forms filled in wrongly.

Proportions have Wilson's score interval, which stays between 0% and 100% and is not symmetrical near either.
Rates have the exact Poisson interval under 10 events and Byar's approximation from 10. Both are the methods by
which public health statistics in England are published, and give their numbers to twelve figures.

What is not known has a name, and is never a zero: the rows below say why there is no interval.
""",
    cases=(
        row_by_row(
            "Proportions, in per cent",
            """
Of 220 stop and search records 188 had reasonable grounds. The interval of an exact half is symmetrical, that of
the extremes is not: nought of twenty is no proof of never.
""",
            """
numerator | denominator | confidence || value | low | high | method | not known | refused
188 | 220 | 0.95 || 85.45 | 80.19 | 89.50 | wilson |  |
38 | 48 | 0.95 || 79.2 | 65.7 | 88.3 | wilson |  |
50 | 100 | 0.95 || 50.0 | 40.4 | 59.6 | wilson |  |
50 | 100 | 0.998 || 50.0 | 35.2 | 64.8 | wilson |  |
0 | 20 | 0.95 || 0.0 | 0.0 | 16.1 | wilson |  |
20 | 20 | 0.95 || 100.0 | 83.9 | 100.0 | wilson |  |
0.445 | 1 | 0.95 || 44.5 | 4.4 | 93.3 | wilson |  |
 | 100 | 0.95 ||  |  |  |  | no numerator |
10 |  | 0.95 ||  |  |  |  | no denominator |
0 | 0 | 0.95 ||  |  |  |  | the denominator is zero |
12 | 10 | 0.95 ||  |  |  |  |  | The numerator 12 is above its denominator 10, which no proportion can be; \
check the two columns, or treat the indicator as a rate.
""",
            proportion,
        ),
        row_by_row(
            "Rates",
            "A rate may be above its population: victims of more than one crime are counted for each.",
            """
events | population | per || value | low | high | method | not known
5 | 100 | 1000 || 50.0 | 16.2 | 116.7 | exact |
9 | 10000 | 100000 || 90.0 | 41.2 | 170.8 | exact |
10 | 10000 | 100000 || 100.0 | 47.9 | 183.9 | byars |
250 | 220 | 1000 || 1136.4 | 999.8 | 1286.3 | byars |
0 | 10000 | 100000 || 0.0 | 0.0 | 36.9 | exact |
 | 10000 | 100000 ||  |  |  |  | no numerator
7 | 0 | 100000 ||  |  |  |  | the denominator is zero
""",
            rate,
        ),
        row_by_row(
            "Byar's bounds, asked for by name",
            """
Under 10 events Byar's approximation is rough, and at a high confidence its lower bound falls below zero, where it
means nothing. Whoever asks for it by name is told so; published rates use the exact interval there.
""",
            """
events | confidence || low | high | not known
65 | 0.95 || 50.16 | 82.85 |
1 | 0.95 || 0.013 | 5.564 |
1 | 0.998 ||  | 9.362 | too few events for Byar's lower bound at this confidence
""",
            byars,
        ),
    ),
)
