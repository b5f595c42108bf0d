"""What does a measure count of the records, and of what? Definitions as YAML (`definitions/record-measures`).

A measure names a kind of record, tallies (what is counted, each in words), and outputs: a count, or a share of one
tally in another. Two outputs of one measure differ in their denominator, which each of them names.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Final

from bluelamp.lib.definitions import DefinitionError, find_definitions, read_definition
from bluelamp.lib.errors import PlainError
from bluelamp.performance.cubes.cube_plan import FORCE, MONTH, Filter, Operator, PlanError, Scalar, Tally, Total
from bluelamp.performance.warehouse.mappings import ColumnKind, RecordsMapping, say_where_kept

FOLDER: Final = "record-measures"
SUMMED: Final = frozenset({ColumnKind.COUNT, ColumnKind.DECIMAL})
"""Columns that may be added up: sums of doubles depend on the order, and so on the engine."""


@dataclass(frozen=True, kw_only=True)
class Condition:
    """A filter as it is written."""

    column: str
    operator: Operator
    values: tuple[object, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Counted:
    """A tally as it is written. `name` says in words what is counted, as a reader of the figure is told."""

    name: str
    total: Total = Total.COUNT
    column: str = ""
    where: tuple[Condition, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Output:
    """One figure. Without a denominator it is the number itself."""

    slug: str
    name: str
    numerator: str
    denominator: str = ""
    unit: str = "count"  # count | percentage | number (of sums) | ratio


@dataclass(frozen=True, kw_only=True)
class RecordMeasure:
    """`maturity_months`: for so long after a month's end its figures may still change by what becomes of it."""

    slug: str
    name: str
    kind: str
    tallies: Mapping[str, Counted]
    outputs: tuple[Output, ...]
    where: tuple[Condition, ...] = ()
    maturity_months: int = 0
    source: str = ""
    verified: bool = True
    notes: str = ""

    def output(self, slug: str) -> Output | None:
        return next((each for each in self.outputs if each.slug == slug), None)


UNITS: Final = ("count", "percentage", "number", "ratio")


def load_record_measures(
    mappings: Mapping[str, RecordsMapping], extra: Path | None = None
) -> dict[str, RecordMeasure]:
    """Every measure by slug; a workspace's own replace shipped ones. DefinitionError says what is wrong."""
    found: dict[str, RecordMeasure] = {}
    for path in find_definitions(FOLDER, extra):
        measure = read_definition(path, RecordMeasure)
        if faults := find_faults(measure, mappings):
            raise DefinitionError(f"{path.name}: {faults[0]}{_say_cure(measure.kind, mappings, path)}")
        found[measure.slug] = measure
    return found


def _say_cure(kind: str, mappings: Mapping[str, RecordsMapping], path: Path) -> str:
    if kind in kinds_of(mappings):
        return ""
    return f". {say_where_kept(path.absolute().parent.parent)}"


def kinds_of(mappings: Mapping[str, RecordsMapping]) -> list[str]:
    """The kinds of records whose columns are known."""
    return sorted({mapping.kind for mapping in mappings.values()})


def find_record_measure(code: str, known: Mapping[str, RecordMeasure]) -> RecordMeasure:
    """The measure of a code; of `stop-search-find-rate/of-known` with that output alone."""
    slug, _, output = code.partition("/")
    if slug not in known:
        raise PlainError(
            f"There is no measure {slug[:60]}: there are {', '.join(sorted(known))}. One of your own is a file in"
            f" the workspace’s folder definitions/{FOLDER}."
        )
    measure = known[slug]
    if not output:
        return measure
    one = measure.output(output)
    if one is None:
        outputs = ", ".join(each.slug for each in measure.outputs)
        raise PlainError(f"The measure {slug} has no output {output[:60]}: it has {outputs}.")
    return dataclasses.replace(measure, outputs=(one,))


def columns_of(kind: str, mappings: Mapping[str, RecordsMapping]) -> dict[str, ColumnKind]:
    """Every column that records of a kind may have, with what it holds."""
    found = {FORCE: ColumnKind.TEXT, MONTH: ColumnKind.MONTH}
    for mapping in mappings.values():
        if mapping.kind == kind:
            found |= {name: column.kind for name, column in mapping.columns.items()}
    return found


def find_faults(measure: RecordMeasure, mappings: Mapping[str, RecordsMapping]) -> list[str]:
    """What is wrong with it, each as a clause that follows the file's name."""
    if measure.kind not in kinds_of(mappings):
        return [
            f"it counts records of the kind {measure.kind}, and no mapping says which columns those have; there"
            f" are mappings of the kinds {', '.join(kinds_of(mappings))}"
        ]
    if not measure.outputs:
        return ["name at least one output"]
    columns = columns_of(measure.kind, mappings)
    faults = []
    for name in sorted(
        {each for output in measure.outputs for each in (output.numerator, output.denominator) if each}
    ):
        if name not in measure.tallies:
            faults.append(f"outputs: there is no tally {name}")
    faults += [
        f"outputs: {each.slug}: the unit is one of {', '.join(UNITS)}"
        for each in measure.outputs
        if each.unit not in UNITS
    ]
    for output in measure.outputs:
        if bool(output.denominator) != (output.unit in ("percentage", "ratio")):
            faults.append(f"outputs: {output.slug}: a percentage or ratio has a denominator, and nothing else has")
    for name, tally in measure.tallies.items():
        if tally.column and columns.get(tally.column) not in SUMMED:
            faults.append(f"tallies: {name}: only columns of whole or decimal numbers are added up or compared")
    return faults + _find_filter_faults(measure, columns)


def _find_filter_faults(measure: RecordMeasure, columns: Mapping[str, ColumnKind]) -> list[str]:
    faults = []
    for condition in (*measure.where, *(each for tally in measure.tallies.values() for each in tally.where)):
        if condition.column not in columns:
            faults.append(f"there is no column {condition.column}; there are {', '.join(sorted(columns))}")
            continue
        try:
            make_filter(condition, columns[condition.column])
        except (PlanError, ValueError) as error:
            faults.append(str(error))
    for name, tally in measure.tallies.items():
        try:
            make_tally(name, tally, columns)
        except (PlanError, ValueError) as error:
            faults.append(str(error))
    return faults


def make_filters(conditions: Sequence[Condition], columns: Mapping[str, ColumnKind]) -> tuple[Filter, ...]:
    return tuple(make_filter(each, columns[each.column]) for each in conditions)


def make_filter(condition: Condition, kind: ColumnKind) -> Filter:
    values = tuple(type_value(value, kind, condition.column) for value in condition.values)
    return Filter(condition.column, condition.operator, values)


def make_tally(name: str, tally: Counted, columns: Mapping[str, ColumnKind]) -> Tally:
    return Tally(name, tally.total, tally.column, make_filters(tally.where, columns))


def type_value(value: object, kind: ColumnKind, column: str) -> Scalar:
    """A value as the column keeps it; ValueError where it can be none of it."""
    match kind:
        case ColumnKind.BOOLEAN:
            words = {"true": True, "yes": True, "false": False, "no": False}
            if isinstance(value, bool):
                return value
            if isinstance(value, str) and value.lower() in words:
                return words[value.lower()]
        case ColumnKind.COUNT if isinstance(value, int | str) and not isinstance(value, bool):
            try:
                return int(value)
            except ValueError as error:
                raise ValueError(f"{column}: “{value}” is no whole number") from error
        case ColumnKind.DECIMAL | ColumnKind.NUMBER | ColumnKind.LATITUDE | ColumnKind.LONGITUDE:
            try:
                return Decimal(str(value))
            except InvalidOperation as error:
                raise ValueError(f"{column}: “{value}” is no number") from error
        case ColumnKind.DATE | ColumnKind.TIME:
            if isinstance(value, dt.date):
                return value
            return dt.date.fromisoformat(str(value))
        case ColumnKind.MONTH:
            return value if isinstance(value, dt.date) else dt.date.fromisoformat(f"{value}-01")
        case _ if isinstance(value, str):
            return value
    raise ValueError(f"{column}: “{value}” is nothing that a column of the kind {kind} can say")
