"""What is wrong with how a plan's indicators are counted from the records, and its areas named in them?"""

from __future__ import annotations

from collections.abc import Iterator

from bluelamp.lib.errors import PlainError
from bluelamp.performance.cubes.record_measures import find_faults as find_measure_faults
from bluelamp.performance.cubes.record_measures import make_filter
from bluelamp.performance.plan_shape import PlanFault, advice, fault, say_meant
from bluelamp.performance.plans import AreaOfPlan, Indicator, Plan
from bluelamp.performance.records_source import (
    ALONE,
    RATE,
    SHARED,
    KnownRecords,
    RecordsSource,
    levels_of,
    make_measure,
)
from bluelamp.performance.series import FORCE


def find_source_faults(plan: Plan, indicator: Indicator, known: KnownRecords) -> list[PlanFault]:
    """Of one indicator; none where it is not counted from the records. A fault hides those that follow from it."""
    source = indicator.records
    if source is None:
        return []
    place = f"indicator {indicator.code}, records"
    found = [*_of_choice(source, place, known)]
    if found:
        return found
    kind = known.measures[source.measure.partition("/")[0]].kind if source.measure else source.kind
    found = [*_of_columns(source, place, known, kind), *_of_levels(source, place, known, kind)]
    found += _of_unit(plan, indicator, source, place, known)
    if source.maturity_months < 0:
        found.append(fault(place, "maturity_months cannot be negative"))
    if not found and not source.measure:
        measure = make_measure(indicator.name, indicator.unit, source, known)
        found = [fault(place, words) for words in find_measure_faults(measure, known.mappings)]
    return found


def _of_choice(source: RecordsSource, place: str, known: KnownRecords) -> Iterator[PlanFault]:
    """A measure or a definition, and one that there is."""
    own = [name for name in ("kind", "numerator", "denominator", "date_field") if getattr(source, name)]
    if source.measure and own:
        yield fault(place, f"it names a measure and says “{own[0]}” too: keep the one or the other")
    elif source.measure:
        yield from _of_measure(source, place, known)
    elif not source.kind:
        yield fault(place, "it names no measure and no kind of records: “records: street-crime” would do")
    elif source.kind not in known.kinds:
        meant = say_meant(source.kind, known.kinds)
        kept = f"{_there(known.kinds)}; the mapping of a list of your own is kept in definitions/records"
        yield fault(place, f"there are no records of the kind “{source.kind[:60]}”{meant or kept}")


def _of_measure(source: RecordsSource, place: str, known: KnownRecords) -> Iterator[PlanFault]:
    slug, _, said = source.measure.partition("/")
    if slug not in known.measures:
        slugs = sorted(known.measures)
        yield fault(place, f"there is no measure “{slug[:60]}”{say_meant(slug, slugs) or _there(slugs)}")
        return
    outputs = [each.slug for each in known.measures[slug].outputs]
    if said and said not in outputs:
        yield fault(place, f"the measure {slug} has no output “{said[:60]}”{_there(outputs)}")
    elif not said and len(outputs) > 1:
        yield fault(
            place,
            f"the measure {slug} has several outputs: name one, as {' or '.join(f'{slug}/{o}' for o in outputs)}",
        )


def _there(names: list[str]) -> str:
    return f"; there are {', '.join(names)}" if names else "; there are none"


def _of_columns(source: RecordsSource, place: str, known: KnownRecords, kind: str) -> Iterator[PlanFault]:
    """Columns that there are, and values that they can say; the date is the one that the list is placed by."""
    columns = known.columns(kind)
    tallies = [each for each in (source.numerator, source.denominator) if each is not None]
    conditions = [*source.filter, *(each for tally in tallies for each in tally.where)]
    for name in dict.fromkeys([*(each.column for each in conditions), *(each.column for each in tallies)]):
        if name and name not in columns:
            names = sorted(columns)
            yield fault(
                place, f"{kind} records have no column “{name[:60]}”{say_meant(name, names) or _there(names)}"
            )
    for each in conditions:
        if each.column in columns:
            try:
                make_filter(each, columns[each.column])
            except ValueError as error:
                yield fault(place, str(error).rstrip("."))
    places = known.places(kind)
    if source.date_field and source.date_field not in places:
        yield fault(
            place,
            f"{kind} records belong to months by {' or '.join(places)}, as the mapping of their list says,"
            f" and not by “{source.date_field[:60]}”",
        )


def _of_levels(source: RecordsSource, place: str, known: KnownRecords, kind: str) -> Iterator[PlanFault]:
    there = levels_of(kind, known)
    for level in source.area_levels:
        if level != FORCE and level not in there:
            meant = say_meant(level, there)
            rest = meant or (
                f": it is a column of the {kind} records, or a lookup that the workspace keeps in"
                " definitions/areas"
            )
            yield fault(place, f"{kind} records have no areas of the level “{level[:60]}”{rest}")


def _of_unit(
    plan: Plan, indicator: Indicator, source: RecordsSource, place: str, known: KnownRecords
) -> Iterator[PlanFault]:
    """Does what is counted come to what the indicator is?"""
    if source.measure:
        slug, _, said = source.measure.partition("/")
        measure = known.measures[slug]
        output = measure.output(said) if said else measure.outputs[0]
        assert output is not None  # looked at before
        of, what = bool(output.denominator), f"{slug}/{output.slug} is"
    else:
        of, what = source.denominator is not None, "its definition is"
    unit = indicator.unit
    if unit in SHARED and not of:
        yield fault(place, f"it is a {unit}, and {what} without a denominator")
    elif unit in ALONE and of:
        yield fault(place, f"it is a {unit}, and {what} with a denominator")
    elif unit == RATE and of:
        yield fault(
            place,
            f"it is a rate per people of the plan’s areas, and {what} with a denominator of its own: leave that"
            " out, or make it a percentage, ratio or mean",
        )
    elif unit == RATE and not any(area.population for area in plan.areas):
        yield fault(place, "it is a rate without a denominator: give the plan’s areas their population by year")


# -- areas ----------------------------------------------------------------------------------------------------


def find_area_faults(plan: Plan, known: KnownRecords) -> list[PlanFault]:
    """Of what areas of the plan are called in the records."""
    return [each for area in plan.areas for each in _of_area(plan, area, known)]


def _of_area(plan: Plan, area: AreaOfPlan, known: KnownRecords) -> Iterator[PlanFault]:
    used = {level for each in plan.indicators if each.records for level in each.records.area_levels}
    levels = sorted({FORCE, *known.lookups, *(level for kind in known.kinds for level in levels_of(kind, known))})
    said: set[str] = set()
    for number, each in enumerate(area.records, start=1):
        place = f"area {area.slug}, records {number}"
        if each.level not in levels:
            meant = say_meant(each.level, levels)
            yield fault(place, f"there is no level of areas “{each.level[:60]}”{meant or _there(levels)}")
        elif each.level in said:
            yield fault(place, f"the level {each.level} stands there twice: put all of its areas into one list")
        elif not each.areas:
            yield fault(place, f"no area of the level {each.level} is named")
        elif each.level in known.lookups:
            yield from _of_names(each.areas, each.level, place, known)
        if each.level in levels and each.level != FORCE and each.level not in used:
            yield advice(place, f"no indicator is counted by the level {each.level}")
        said.add(each.level)


def _of_names(areas: tuple[str, ...], level: str, place: str, known: KnownRecords) -> Iterator[PlanFault]:
    try:
        lookup = known.lookup(level)
    except PlainError as error:
        yield fault(place, str(error).rstrip("."))
        return
    names = {row.area for row in lookup.rows}
    for area in areas:
        if area not in names:
            meant = say_meant(area, sorted(names))
            yield fault(place, f"the lookup {level} has no area “{area[:60]}”{meant}")
    if lookup.overlaps and len(areas) > 1:
        yield fault(
            place,
            f"areas of the level {level} overlap, so that a record would count twice: name one, or make one list"
            " of them in the lookup",
        )
