"""A small plan and its figures for the tests of reports: two themes, four areas, five years of months."""

from __future__ import annotations

import datetime as dt
import math
import random
from collections.abc import Iterable
from decimal import Decimal

from bluelamp.figures.months import Month, Span, months_between
from bluelamp.performance.plans import AreaOfPlan, Indicator, Plan, RecordingChange, Standard, Theme
from bluelamp.performance.reports.model import LoadKnown
from bluelamp.performance.series import FORCE, Point, Series, SeriesKey

TO = Month(2021, 3)
FIRST = Month(2016, 4)
LOADS = (
    LoadKnown(key="one", number=1, name="months.csv", kind="file", known_on=dt.date(2020, 5, 1), sha256="a" * 64),
    LoadKnown(key="two", number=2, name="corrections.csv", kind="file", known_on=dt.date(2021, 4, 9)),
    LoadKnown(key="unused", number=3, name="other.csv", kind="file", known_on=dt.date(2021, 4, 10)),
)


def make_plan(*indicators: Indicator) -> Plan:
    return Plan(
        slug="calder-vale",
        name="Calder Vale plan",
        body="",
        force="",
        themes=(
            Theme(code="1", name="Safer places"),
            Theme(code="1A", name="Crime", parent="1"),
            Theme(code="2", name="Service"),
        ),
        areas=(
            AreaOfPlan(slug=FORCE, name="Calder Vale", level="force"),
            AreaOfPlan(slug="north", name="North", level="command"),
            AreaOfPlan(slug="south", name="South", level="command"),
            AreaOfPlan(slug="moor", name="Moor", level="neighbourhood", parent="north"),
        ),
        indicators=indicators or INDICATORS,
    )


INDICATORS = (
    Indicator(
        code="1A.1", name="Burglary", theme="1A", aim="reduce", polarity="lower-is-better", unit="count",
        numerator="Burglaries recorded", source="Crime records",
    ),
    Indicator(
        code="1A.2", name="Burglaries with an outcome", theme="1A", aim="increase", polarity="higher-is-better",
        unit="percentage", decimals=1, numerator="Outcomes", denominator="Burglaries", maturity_months=3,
    ),
    Indicator(
        code="2.1", name="Calls answered in time", theme="2", aim="increase", polarity="higher-is-better",
        unit="percentage", decimals=1,
        standards=(
            Standard(value=Decimal(90), direction="at-least", source="Local standard", first=dt.date(2018, 4, 1)),
            Standard(value=Decimal(80), direction="at-least", source="Older", last=dt.date(2018, 3, 31)),
        ),
        recording_changes=(RecordingChange(day=dt.date(2020, 7, 1), words="a new telephone system counts."),),
    ),
    Indicator(
        code="2.2", name="Complaints", theme="2", aim="monitor", polarity="neither", unit="count",
    ),
)  # fmt: skip


def make_series(code: str, values: Iterable[int | None], area: str = FORCE, first: Month = FIRST) -> Series:
    """Counts of months; None is a month that is not there."""
    key = SeriesKey("calder-vale", code, area)
    ends = (first.plus(nth) for nth in range(10_000))
    points = (
        Point(to=to, value=Decimal(value), load="one" if to < Month(2020, 1) else "two")
        for to, value in zip(ends, values, strict=False)
        if value is not None
    )
    return Series(key, tuple(points))


def make_shares(code: str, tops: Iterable[int], bottoms: Iterable[int], area: str = FORCE) -> Series:
    points = tuple(
        Point(
            to=FIRST.plus(nth),
            value=(Decimal(100) * top / bottom).quantize(Decimal("0.0001")),
            numerator=Decimal(top),
            denominator=Decimal(bottom),
            load="one",
        )
        for nth, (top, bottom) in enumerate(zip(tops, bottoms, strict=True))
    )
    return Series(SeriesKey("calder-vale", code, area), points)


def make_whole(code: str, *values: Point, area: str = FORCE) -> Series:
    """Ready-made figures of twelve months."""
    return Series(SeriesKey("calder-vale", code, area, Span.YEAR), values)


def make_figures(seed: int = 3) -> dict[SeriesKey, Series]:
    """Five years of every indicator in every area; burglary falls by half in the last quarter of the force."""
    rnd = random.Random(seed)
    found = []
    months = list(months_between(FIRST, TO))
    for area, size in ((FORCE, 400), ("north", 250), ("south", 150), ("moor", 60)):
        counts = []
        for month in months:
            mean = size * (1 + 0.15 * math.sin(month.number / 12 * 2 * math.pi))
            mean *= 0.5 if month > Month(2020, 12) else 1
            counts.append(max(0, round(rnd.gauss(mean, math.sqrt(mean)))))
        found.append(make_series("1A.1", counts, area))
        outcomes = [round(count * rnd.uniform(0.1, 0.2)) for count in counts]
        found.append(make_shares("1A.2", outcomes, [max(1, count) for count in counts], area))
        calls = [size * 10 + rnd.randrange(50) for _ in months]
        found.append(make_shares("2.1", [round(c * rnd.uniform(0.86, 0.9)) for c in calls], calls, area))
        gone: list[int | None] = [rnd.randrange(20, 40) for _ in months]
        gone[52] = None
        found.append(make_series("2.2", gone, area))
    return {series.key: series for series in found}
