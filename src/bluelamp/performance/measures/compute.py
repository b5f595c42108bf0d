"""Which figures does a list of events give for a measure, and which indicators of a plan are they?

An indicator says in its definition which measure computes it: "response-times", "response-times/median", or, for
one group of the list, "response-times/within:emergency-urban". Without an output the measure's first one is meant.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from bluelamp.figures.months import Month, Span
from bluelamp.lib.definitions import SHIPPED
from bluelamp.lib.errors import PlainError
from bluelamp.lib.text import fold
from bluelamp.performance.measures.backlogs import count_backlog
from bluelamp.performance.measures.cohorts import count_cohort
from bluelamp.performance.measures.counting import Asked, Counted, Outcome
from bluelamp.performance.measures.definition import Measure
from bluelamp.performance.measures.outcomes import count_outcomes, count_repeats
from bluelamp.performance.measures.records import Record
from bluelamp.performance.measures.severity import Weights, count_severity, read_weights
from bluelamp.performance.measures.shares import count_ratio, count_share, count_survey, count_within
from bluelamp.performance.plans import Indicator, Plan
from bluelamp.performance.series import FORCE, Series, SeriesKey

_COUNT: Final[Mapping[str, Callable[[Sequence[Record], Measure, Asked], Outcome]]] = {
    "within-standard": count_within,
    "share": count_share,
    "survey": count_survey,
    "outcome-rate": count_outcomes,
    "repeat": count_repeats,
    "backlog": count_backlog,
    "ratio": count_ratio,
    "cohort": count_cohort,
}


@dataclass(frozen=True)
class Claimed:
    """The series that a list gives to a plan, and what of it found no place there."""

    series: tuple[Series, ...]
    unplaced: tuple[str, ...]  # areas of the list that the plan does not know


def count_records(
    records: Sequence[Record],
    measure: Measure,
    *,
    day: dt.date,
    extra: Path | None = None,
    population: Mapping[str, int] | None = None,
) -> Outcome:
    """What the list comes to. `day` is the last day it covers: later rows do not count."""
    if not records:
        raise PlainError("The list has no rows to count.")
    asked = Asked(day=day)
    day_field = "opened" if measure.kind == "backlog" else "entered" if measure.kind == "cohort" else "when"
    if all(record.days[day_field] > day for record in records):
        raise PlainError(
            f"Every row of the list stands after {day.isoformat()}, the last day it is said to cover."
        )
    if measure.kind == "severity":
        weights = _load_weights(measure, extra)
        return count_severity(records, measure, asked, weights=weights, population=population or {})
    return _COUNT[measure.kind](records, measure, asked)


def _load_weights(measure: Measure, extra: Path | None) -> Weights:
    for folder in (extra, SHIPPED):
        path = folder / "measures" / measure.weights if folder and measure.weights else None
        if path and path.is_file():
            return read_weights(path.read_text(encoding="utf-8"), name=path.name)
    raise PlainError(
        f"The measure {measure.slug} needs its file of weights, {measure.weights or 'which it does not name'}."
    )


def latest_day(records: Sequence[Record]) -> dt.date:
    """The last day that any row names: what the list covers, where nobody says otherwise."""
    days = [day for record in records for day in record.days.values()]
    if not days:
        raise PlainError("The list has no rows to count.")
    return max(days)


def indicators_of(measure: Measure, plan: Plan) -> list[tuple[Indicator, str, str]]:
    """The plan's indicators that this measure computes, each with the output and the group it takes."""
    found = []
    for indicator in plan.indicators:
        slug, _, rest = indicator.measure.partition("/")
        output, _, group = rest.partition(":")
        if slug == measure.slug:
            found.append((indicator, output or measure.outputs[0].slug, group))
    return found


def claim_series(outcome: Outcome, measure: Measure, plan: Plan) -> Claimed:
    """The outcome as monthly series of the plan's indicators; PlainError where none of them is of this measure."""
    wanted = indicators_of(measure, plan)
    if not wanted:
        raise PlainError(
            f"No indicator of the plan {plan.slug} says that it is computed by {measure.slug}: write"
            f" “measure: {measure.slug}” at the indicator."
        )
    areas = {FORCE: FORCE} | {
        _key(name): area.slug for area in plan.areas for name in (area.slug, area.name, *area.aliases)
    }
    series, unplaced = [], set()
    for indicator, output, group in wanted:
        for counted in outcome.counted:
            if (counted.output, counted.group) != (output, group):
                continue
            area = areas.get(counted.area if counted.area == FORCE else _key(counted.area))
            if area is None:
                unplaced.add(counted.area)
                continue
            series.append(Series(SeriesKey(plan.slug, indicator.code, area, Span.MONTH), counted.points))
    if not series:
        raise PlainError(
            f"The list gives none of what the plan {plan.slug} asks of {measure.slug}: "
            + ", ".join(f"{indicator.code} ({indicator.measure})" for indicator, _, _ in wanted)
            + "."
        )
    return Claimed(tuple(series), tuple(sorted(unplaced)))


def _key(name: str) -> str:
    return fold(name).strip().lower()


def find_counted(outcome: Outcome, output: str, *, group: str = "", area: str = FORCE) -> Counted:
    """One row of the outcome; PlainError where the list gives none."""
    for counted in outcome.counted:
        if (counted.output, counted.group, counted.area) == (output, group, area):
            return counted
    raise PlainError(f"The list gives no {output}{' of ' + group if group else ''} for {area}.")


def covered(outcome: Outcome) -> tuple[Month, Month] | None:
    """The first and the last month of all that was counted."""
    months = [point.to for counted in outcome.counted for point in counted.points]
    return (min(months), max(months)) if months else None
