"""What do the records say of an indicator, month by month and area by area?

The engine counts; here counts become figures of the plan. A month that a force did not publish is "not published"
and one that nobody loaded is left out: neither is zero. A month that was not over when its records were known is
left out too, and one whose outcomes may still change is provisional.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Final

from bluelamp.figures.months import Month
from bluelamp.lib.errors import PlainError
from bluelamp.lib.written import say_many
from bluelamp.organisations.bodies import Body
from bluelamp.performance.cubes.asking import known_keys
from bluelamp.performance.cubes.cube_plan import FORCE as FORCE_KEY
from bluelamp.performance.cubes.cube_plan import MONTH, Filter, Key, Operator
from bluelamp.performance.cubes.lookups import Lookup
from bluelamp.performance.cubes.measuring import Asked, Engine, Measured, measure_records
from bluelamp.performance.cubes.opening import open_asked
from bluelamp.performance.cubes.record_measures import RecordMeasure
from bluelamp.performance.measures.claimed import find_population
from bluelamp.performance.plan_faults_records import find_source_faults
from bluelamp.performance.plan_shape import Severity
from bluelamp.performance.plans import Indicator, Plan
from bluelamp.performance.records_areas import PlacedArea, find_forces, find_other_forces, place_areas
from bluelamp.performance.records_source import ALONE, RATE, KnownRecords, make_measure
from bluelamp.performance.series import FORCE, Point, SeriesKey
from bluelamp.performance.warehouse.coverage import Covered, Presence
from bluelamp.performance.warehouse.manifest import Warehouse
from bluelamp.performance.warehouse.sight import RecordsViewer, see_manifest

MOST_NAMED: Final = 6


@dataclass(frozen=True, kw_only=True)
class Counting:
    """What indicators are counted with. `first` and `last` bound the months."""

    plan: Plan
    known: KnownRecords
    bodies: Mapping[str, Body]
    warehouse: Warehouse
    viewer: RecordsViewer
    engine: Engine
    first: Month | None = None
    last: Month | None = None


@dataclass(frozen=True)
class CountedPoint:
    """A figure of a series, or why there is none; `covered` is what it was counted from."""

    key: SeriesKey
    point: Point
    covered: tuple[Covered, ...]


@dataclass(frozen=True)
class CountedIndicator:
    indicator: Indicator
    measure: RecordMeasure
    points: tuple[CountedPoint, ...]
    told: tuple[str, ...]


@dataclass
class _Told:
    """What is said of an indicator beside its figures."""

    partial: set[Month] = field(default_factory=set)
    provisional: set[Month] = field(default_factory=set)
    unpublished: set[Month] = field(default_factory=set)
    uncounted: set[str] = field(default_factory=set)  # areas whose people the plan does not say
    others: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class _Work:
    """One indicator that is being counted."""

    counting: Counting
    indicator: Indicator
    measure: RecordMeasure
    told: _Told


def find_counted(plan: Plan, codes: Sequence[str]) -> list[Indicator]:
    """The indicators that are counted from the records, or those named; PlainError where one is not."""
    if not codes:
        found = [each for each in plan.indicators if each.records is not None]
        if not found:
            raise PlainError(
                f"No indicator of the plan {plan.slug} says how it is counted from the records (“records:”)."
            )
        return found
    found = []
    for code in dict.fromkeys(codes):
        indicator = plan.indicator(code)
        if indicator is None:
            raise PlainError(f"The plan {plan.slug} has no indicator {code[:40]}.")
        if indicator.records is None:
            raise PlainError(f"The indicator {code} does not say how it is counted from the records (“records:”).")
        found.append(indicator)
    return found


def count_indicator(counting: Counting, indicator: Indicator) -> CountedIndicator:
    """Its figures by month and area. PlainError where its definition or the plan's areas cannot be used."""
    measure = _make_measure(counting, indicator)
    work = _Work(counting, indicator, measure, _Told())
    manifest = see_manifest(counting.warehouse, counting.viewer)
    there = {part.force for part in manifest.parts() if part.kind == measure.kind}
    if not there:
        raise PlainError(
            f"The indicator {indicator.code} is counted from records of the kind {measure.kind}, and none are"
            " loaded: bluelamp load brings them in."
        )
    force = find_forces(counting.plan, there, counting.bodies, measure.kind)
    points = list(_count_forces(work, [force, *find_other_forces(counting.plan)]))
    for level in _levels(indicator):
        points += _count_level(work, force, level)
    return CountedIndicator(indicator, measure, tuple(points), tuple(_say(work)))


def _make_measure(counting: Counting, indicator: Indicator) -> RecordMeasure:
    assert indicator.records is not None  # asked for by `find_counted`
    faults = find_source_faults(counting.plan, indicator, counting.known)
    if faults := [each for each in faults if each.severity is Severity.FAULT]:
        raise PlainError(f"{faults[0].sentence} bluelamp indicators check says everything.")
    measure = make_measure(indicator.name, indicator.unit, indicator.records, counting.known)
    maturity = max(measure.maturity_months, indicator.maturity_months)
    output = measure.outputs[0]
    if output.denominator:  # its interval is worked out where the figure is shown, and a fault is said here
        output = dataclasses.replace(output, unit="ratio")
    return dataclasses.replace(measure, maturity_months=maturity, outputs=(output,))


def _levels(indicator: Indicator) -> list[str]:
    assert indicator.records is not None
    return [level for level in dict.fromkeys(indicator.records.area_levels) if level != FORCE]


# -- by area --------------------------------------------------------------------------------------------------

_BY_MONTH: Final = (Key(FORCE_KEY, FORCE_KEY), Key(MONTH, MONTH))
_Covered = Mapping[tuple[str, Month], Covered]
_Counts = Mapping[tuple[int, str], tuple[Decimal, Decimal | None]]
"""Numerator and denominator by month (its index) and area; what is not listed had no record."""


@dataclass(frozen=True)
class _Answer:
    """What the engine counted, and what of it is there."""

    counts: _Counts
    covered: _Covered
    lookup: Lookup | None = None


def _count_forces(work: _Work, areas: Sequence[PlacedArea]) -> Iterator[CountedPoint]:
    answer = _measure(work, _BY_MONTH[0], sorted({force for each in areas for force in each.areas}))
    for area in areas:
        yield from _make_points(work, area, answer, area.areas)


def _count_level(work: _Work, force: PlacedArea, level: str) -> Iterator[CountedPoint]:
    known = work.counting.known
    key = known_keys(known.columns(work.measure.kind), known.lookups)[level]
    answer = _measure(work, key, force.areas)
    lookup = answer.lookup
    there = {row.area for row in lookup.rows} if lookup else {area for _, area in answer.counts if area}
    areas, without = place_areas(work.counting.plan, level, there, overlaps=bool(lookup and lookup.overlaps))
    if not areas:
        work.told.others.append(f"No area of the plan is one of the level {level}: only the force was counted.")
        return
    if without:
        work.told.others.append(f"Not counted by {level}, because nothing there has their name: {_list(without)}.")
    work.told.others += _say_unplaced(answer.counts, level)
    for area in areas:
        yield from _make_points(work, area, answer, force.areas)


def _measure(work: _Work, key: Key, forces: Sequence[str]) -> _Answer:
    """Counted by force, month and the key."""
    counting, measure = work.counting, work.measure
    keys = _BY_MONTH if key in _BY_MONTH else (*_BY_MONTH, key)
    only = (Filter(FORCE_KEY, Operator.ANY_OF, tuple(forces)),)
    asked = Asked(keys=keys, first=counting.first, last=counting.last, only=only)
    records = open_asked(counting.warehouse, measure, asked, viewer=counting.viewer)
    lookups = {key.lookup: counting.known.lookup(key.lookup)} if key.lookup else {}
    columns = counting.known.columns(measure.kind)
    measured = measure_records(measure, asked, records, engine=counting.engine, columns=columns, lookups=lookups)
    covered = {(each.force, each.month): each for each in records.covered}
    return _Answer(_read_counts(measured, key.name), covered, lookups.get(key.lookup))


def _read_counts(measured: Measured, name: str) -> _Counts:
    """By month and area of the key of that name; several forces' records of an area together."""
    columns = {each.key.name: each for each in measured.keys}
    months, areas = columns[MONTH], columns[name]
    figures = measured.figures[0]
    found: dict[tuple[int, str], tuple[Decimal, Decimal | None]] = {}
    for row in range(len(measured)):
        month, area = months.values[months.codes[row]], areas.values[areas.codes[row]]
        top = _exact(figures.numerator[row])
        of = None if figures.denominator is None else _exact(figures.denominator[row])
        cell = (int(month or 0), "" if area is None else str(area))
        if before := found.get(cell):
            top, of = before[0] + top, None if of is None or before[1] is None else before[1] + of
        found[cell] = top, of
    return found


def _exact(number: Any) -> Decimal:
    return number if isinstance(number, Decimal) else Decimal(int(number or 0))


# -- by month -------------------------------------------------------------------------------------------------


def _make_points(work: _Work, area: PlacedArea, answer: _Answer, forces: Sequence[str]) -> Iterator[CountedPoint]:
    """The months from the first that is there on; `forces` are those whose records an area is counted from."""
    months = sorted({month for force, month in answer.covered if force in forces})
    shown = [month for month in months if any(_is_there(answer.covered.get((each, month))) for each in forces)]
    key = SeriesKey(work.counting.plan.slug, work.indicator.code, area.slug)
    for month in months:
        if not shown or month < shown[0]:
            continue
        held = tuple(answer.covered[each, month] for each in forces if (each, month) in answer.covered)
        point = _find_gap(month, held, len(forces), work.told) or _make_point(work, area, month, answer, held)
        if point is not None and point.unknown != "not-loaded":
            yield CountedPoint(key, point, held)


def _is_there(each: Covered | None) -> bool:
    return each is not None and each.presence is Presence.PRESENT


def _find_gap(month: Month, held: Sequence[Covered], forces: int, told: _Told) -> Point | None:
    """Why the month cannot be counted; None where everything is there."""
    if len(held) < forces or any(each.presence is Presence.NOT_LOADED for each in held):
        return Point(to=month, unknown="not-loaded")
    if all(_is_there(each) for each in held):
        return None
    told.unpublished.add(month)
    return Point(to=month, unknown="not-published")


def _make_point(
    work: _Work, area: PlacedArea, month: Month, answer: _Answer, held: Sequence[Covered]
) -> Point | None:
    """The figure; None of a month that was not over when its records were known."""
    if any(each.known_on is not None and each.known_on < month.last for each in held):
        work.told.partial.add(month)
        return None
    if answer.lookup is not None and not _holds(answer.lookup, area.areas, month):
        return Point(to=month, unknown="not-applicable")
    cells = [answer.counts[month.index, each] for each in area.areas if (month.index, each) in answer.counts]
    top = sum((cell[0] for cell in cells), Decimal(0))
    bottom = sum((cell[1] for cell in cells if cell[1] is not None), Decimal(0))
    return _mark(_work_out(work, area, month, top, bottom), work, held)


def _holds(lookup: Lookup, areas: Sequence[str], month: Month) -> bool:
    """Was there such an area in the month?"""
    return any(row.area in areas and row.first <= month <= row.last for row in lookup.rows)


def _work_out(work: _Work, area: PlacedArea, month: Month, top: Decimal, bottom: Decimal) -> Point:
    """In the indicator's unit, with what it is made of, so that months can be put together to years."""
    indicator = work.indicator
    if indicator.unit in ALONE:
        return Point(to=month, value=top)
    if indicator.unit == RATE:
        people = find_population(work.counting.plan, month.last).get(area.slug)
        if not people:
            work.told.uncounted.add(area.slug)
            return Point(to=month, unknown="not-recorded")
        return Point(to=month, value=top * indicator.per / people, numerator=top, denominator=Decimal(people))
    if not bottom:
        return Point(to=month, unknown="not-applicable", numerator=top, denominator=bottom)
    if indicator.unit == "percentage" and not 0 <= top <= bottom:
        raise PlainError(
            f"The indicator {indicator.code}, {area.slug}, {month.words}: {top:,} of {bottom:,} is no share. What"
            " is counted must be among what it is counted of: look at the conditions of both."
        )
    factor = 100 if indicator.unit in ("percentage", "ratio") else 1
    return Point(to=month, value=top * factor / bottom, numerator=top, denominator=bottom)


def _mark(point: Point, work: _Work, held: Sequence[Covered]) -> Point:
    """Provisional, while what becomes of the month's records may still change."""
    ages = [Month.of(each.known_on).index - each.month.index for each in held if each.known_on is not None]
    if point.value is None or all(age >= work.measure.maturity_months for age in ages):
        return point
    work.told.provisional.add(point.to)
    return dataclasses.replace(point, flags=("provisional",))


# -- what is said beside --------------------------------------------------------------------------------------


def _say(work: _Work) -> Iterator[str]:
    code, told = work.indicator.code, work.told
    if told.provisional:
        months = say_many(work.measure.maturity_months, "month")
        verb = "is" if len(told.provisional) == 1 else "are"
        yield (
            f"{code}: {_list_months(told.provisional)} {verb} provisional, and not yet comparable: outcomes are"
            f" still added for {months} after a month's end."
        )
    if told.unpublished:
        yield f"{code}: not published, and so not counted as none: {_list_months(told.unpublished)}."
    if told.partial:
        yield (
            f"{code}: left out, because it was not over on the day on which its records were known:"
            f" {_list_months(told.partial)}."
        )
    if told.uncounted:
        yield f"{code}: no rate for {_list(sorted(told.uncounted))}: the plan says no population of that year."
    yield from (f"{code}: {each}" for each in told.others)


def _say_unplaced(counts: _Counts, level: str) -> Iterator[str]:
    """Records whose code is blank, or that the lookup does not know: they are in the force and in no area."""
    everything = sum((top if of is None else of for top, of in counts.values()), Decimal(0))
    nowhere = sum((top if of is None else of for (_, area), (top, of) in counts.items() if not area), Decimal(0))
    if nowhere:
        yield f"{nowhere:,} of {everything:,} that were counted lie in no area of the level {level}."


def _list(names: Iterable[str]) -> str:
    listed = list(names)
    more = f" and {len(listed) - MOST_NAMED} more" if len(listed) > MOST_NAMED else ""
    return f"{', '.join(listed[:MOST_NAMED])}{more}"


def _list_months(months: Iterable[Month]) -> str:
    return _list(month.words for month in sorted(months))
