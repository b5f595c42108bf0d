"""How is an indicator counted from the records: by which measure, or by which definition of its own?

`records: street-crime` in a plan names a measure of `definitions/record-measures`; fields in its place define one
inline. Both become the one kind of measure that every engine counts (`cubes.record_measures`).
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Final

from bluelamp.performance.cubes.cube_plan import FORCE, MONTH, Operator
from bluelamp.performance.cubes.lookups import Lookup, find_lookups, read_lookup
from bluelamp.performance.cubes.record_measures import (
    Condition,
    Counted,
    Output,
    RecordMeasure,
    columns_of,
    find_record_measure,
    kinds_of,
    load_record_measures,
)
from bluelamp.performance.warehouse.mappings import ColumnKind, RecordsMapping, load_mappings

SHARED: Final = ("percentage", "ratio", "mean", "days")
"""Units that need a denominator: figures of twelve months are made of the sums of both."""
ALONE: Final = ("count", "money")
RATE: Final = "rate"  # per so many people of the plan's areas, who are no records


@dataclass(frozen=True, kw_only=True)
class RecordsSource:
    """Either a measure, or kind, numerator and denominator; both may be narrowed by `filter`."""

    measure: str = ""  # slug of a record measure, with its output: street-crime-outcome-rate/of-crimes
    kind: str = ""  # of records: street, stop-and-search, outcomes, or one of the workspace's own
    filter: tuple[Condition, ...] = ()
    numerator: Counted | None = None  # every record that passes the filter, where it is left away
    denominator: Counted | None = None
    date_field: str = ""  # the column by which a record belongs to a month; as the list's mapping says
    area_levels: tuple[str, ...] = ()  # beside the force: lookups of the workspace, or columns of the records
    maturity_months: int = 0

    @property
    def words(self) -> str:
        """As the page of an indicator says it, in one sentence without a full stop."""
        if self.measure:
            parts = [f"the measure {self.measure}"]
        else:
            parts = [f"records of the kind {self.kind}"]
            parts += [f"counted: {self.numerator.name}"] if self.numerator else []
            parts += [f"of: {self.denominator.name}"] if self.denominator else []
        parts += [f"only where {say_condition(each)}" for each in self.filter]
        if self.area_levels:
            parts.append(f"for the force and by {', '.join(self.area_levels)}")
        return "; ".join(parts)


@dataclass(frozen=True, kw_only=True)
class AreaInRecords:
    """What an area of a plan is called in the records: slugs of forces (`level: force`), or areas of a lookup."""

    level: str
    areas: tuple[str, ...]


_SAID: Final[Mapping[Operator, str]] = {
    Operator.ANY_OF: "is",
    Operator.NONE_OF: "is not",
    Operator.KNOWN: "is known",
    Operator.BLANK: "is blank",
    Operator.AT_LEAST: "is at least",
    Operator.AT_MOST: "is at most",
}


def say_condition(condition: Condition) -> str:
    """ "crime type is Burglary or Robbery"."""
    values = " or ".join(str(value) for value in condition.values)
    return " ".join(filter(None, (condition.column.replace("_", " "), _SAID[condition.operator], values)))


# -- what there is to count by --------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class KnownRecords:
    """Measures, kinds of records with their columns, levels of areas: as shipped and as a workspace has them."""

    measures: Mapping[str, RecordMeasure]
    mappings: Mapping[str, RecordsMapping]
    lookups: Mapping[str, Path]

    @cached_property
    def kinds(self) -> list[str]:
        return kinds_of(self.mappings)

    def columns(self, kind: str) -> dict[str, ColumnKind]:
        return columns_of(kind, self.mappings)

    def places(self, kind: str) -> list[str]:
        """Columns that say in which month a record belongs; the month itself always does."""
        found = {mapping.place for mapping in self.mappings.values() if mapping.kind == kind and mapping.place}
        return [MONTH, *sorted(found)]

    @cached_property
    def _read(self) -> dict[str, Lookup]:
        return {}

    def lookup(self, level: str) -> Lookup:
        """PlainError where its file cannot be read, or says two things at once."""
        if level not in self._read:
            self._read[level] = read_lookup(self.lookups[level])
        return self._read[level]


def load_known_records(extra: Path | None = None) -> KnownRecords:
    """DefinitionError where a shipped or own definition cannot be used."""
    mappings = load_mappings(extra)
    return KnownRecords(
        measures=load_record_measures(mappings, extra), mappings=mappings, lookups=find_lookups(extra)
    )


def levels_of(kind: str, known: KnownRecords) -> list[str]:
    """By which areas records of a kind can be told apart, beside their force."""
    columns = known.columns(kind)
    found = set(known.lookups) if ColumnKind.AREA in columns.values() else set()
    told_apart = (ColumnKind.CATEGORY, ColumnKind.TEXT, ColumnKind.AREA)
    found |= {name.replace("_", "-") for name, holds in columns.items() if holds in told_apart and name != FORCE}
    return sorted(found)


# -- as a measure ---------------------------------------------------------------------------------------------

_COUNTED, _OF = "counted", "of"


def make_measure(name: str, unit: str, source: RecordsSource, known: KnownRecords) -> RecordMeasure:
    """The measure with its one output. The source was looked at (`plan_faults_records`)."""
    if source.measure:
        measure = find_record_measure(source.measure, known.measures)
        maturity = max(source.maturity_months, measure.maturity_months)
        return dataclasses.replace(measure, where=(*measure.where, *source.filter), maturity_months=maturity)
    tallies = {_COUNTED: source.numerator or Counted(name=name)}
    if source.denominator is not None:
        tallies[_OF] = source.denominator
    of = _OF if source.denominator is not None else ""
    output = Output(slug="figure", name=name, numerator=_COUNTED, denominator=of, unit=_unit_of(unit, of))
    return RecordMeasure(
        slug="of-a-plan",
        name=name,
        kind=source.kind,
        tallies=tallies,
        outputs=(output,),
        where=source.filter,
        maturity_months=source.maturity_months,
    )


def _unit_of(unit: str, of: str) -> str:
    """How a measure calls what a plan calls so."""
    if of:
        return "percentage" if unit == "percentage" else "ratio"
    return "count" if unit in ("count", RATE) else "number"


def name_tallies(measure: RecordMeasure) -> Sequence[str]:
    """What is counted and of what, in words."""
    output = measure.outputs[0]
    return [measure.tallies[name].name for name in (output.numerator, output.denominator) if name]
