"""Which figures of a plan does a counted list give, and what of it may be loaded?

Only whole months: where a list covers the first nineteen days of May, May is left out and said. The list itself
may name people, so what is kept with a load is the table of its counts and the list's fingerprint.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import Final

from bluelamp.lib.calendar_days import say_day
from bluelamp.lib.written import say_many
from bluelamp.papers.csv_tables import make_csv
from bluelamp.papers.model import Column, Content, Number, Row, Table, Unknown
from bluelamp.performance.loading_figures import ReadFigure, ReadFigures
from bluelamp.performance.loading_refusals import Place
from bluelamp.performance.loading_refusals import Refused as RefusedFigure
from bluelamp.performance.measures.compute import Claimed
from bluelamp.performance.measures.counting import Outcome
from bluelamp.performance.measures.definition import Measure
from bluelamp.performance.measures.records import ReadList
from bluelamp.performance.plans import AreaOfPlan, Plan
from bluelamp.performance.series import FORCE, UNKNOWN, Point

HEADS: Final = ("Output", "Group", "Area", "Month", "Value", "Numerator", "Denominator", "Unit", "Marks")


def make_read(claimed: Claimed, read: ReadList, outcome: Outcome, *, file: str, day: dt.date) -> ReadFigures:
    """The claimed series as figures to be loaded; `day` is the last day that the list covers."""
    figures, partial = [], set()
    for series in claimed.series:
        for point in series.points:
            if point.to.last > day:
                partial.add(point.to)
                continue
            figures.append(ReadFigure(series.key, point, Place(file, "", 1, 0)))
    told = [f"{name}: {say_many(count, 'row')} left out." for name, count in outcome.left_out.items()]
    told += [f"{month.words} is left out: the list covers it to {say_day(day)} only." for month in sorted(partial)]
    told += [f"The plan has no area “{area}”; its figures are left out." for area in claimed.unplaced]
    told += outcome.notes
    refused = tuple(RefusedFigure(file, "", each.cell, each.message) for each in read.refused)
    return ReadFigures(tuple(figures), refused, tuple(told))


def make_counted_csv(outcome: Outcome, measure: Measure) -> bytes:
    """The counts by output, group, area and month; the same bytes for the same counts."""
    rows = tuple(row for row in table_rows(outcome, measure))
    return make_csv(Table(caption=measure.name, columns=tuple(Column(head) for head in HEADS), rows=rows))


def table_rows(outcome: Outcome, measure: Measure) -> list[Row]:
    """One row for each figure: as it is counted, exact; what is not known by its name."""
    return [
        (
            counted.output,
            counted.group,
            counted.area,
            str(point.to),
            print_number(point.value, UNKNOWN.get(point.unknown, "")),
            print_number(point.numerator, ""),
            print_number(point.denominator, ""),
            found.unit if (found := measure.output(counted.output)) else "",
            say_marks(point),
        )
        for counted in outcome.counted
        for point in counted.points
    ]


def say_marks(point: Point) -> str:
    """What a figure carries beside its number: "provisional, 140 asked"."""
    asked = [f"{point.sample:,} looked at"] if point.sample is not None and point.denominator is None else []
    return ", ".join([*(flag.replace("_", " ") for flag in point.flags), *asked])


def print_number(value: Decimal | None, otherwise: str) -> Content:
    """As a cell of a table that is kept: exact, or the name of what is missing."""
    if value is None:
        return Unknown(otherwise) if otherwise else ""
    return Number(value, f"{value:f}")


def find_population(plan: Plan, day: dt.date) -> Mapping[str, int]:
    """People by area, under every name the area has: of the latest year not after the day.

    The force's own figure is used where it stands; else the sum of its commands, where every one has a figure.
    """
    known = {area.slug: people for area in plan.areas if (people := _people(area, day)) is not None}
    found = {
        name: known[area.slug]
        for area in plan.areas
        if area.slug in known
        for name in (area.slug, area.name, *area.aliases)
    }
    commands = [area.slug for area in plan.areas if area.level == "command"]
    if FORCE not in found and commands and all(slug in known for slug in commands):
        found[FORCE] = sum(known[slug] for slug in commands)
    return found


def _people(area: AreaOfPlan, day: dt.date) -> int | None:
    years = [year for year in area.population or {} if year.isdigit() and int(year) <= day.year]
    return (area.population or {})[max(years)] if years else None
