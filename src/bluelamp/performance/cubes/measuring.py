"""What is a measure, by these keys, over these months? The cube's counts, with coverage, shares and intervals.

Everything is arrays, one entry a cell. The engine's cube has only cells with records; where every key has few
values (force, month, categories) the cells between are made here, and are zero only where coverage says that the
month was published. Cells of small areas are not made up: one that is not listed had no record in
what was published.
"""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final, Protocol

import numpy as np
from numpy.typing import NDArray

from bluelamp.figures.intervals import count_limits, wilson_limits
from bluelamp.figures.months import Month, Span
from bluelamp.performance.cubes.compiling import key_column
from bluelamp.performance.cubes.coverage_grid import CoverageGrid, Flags, Indices, State
from bluelamp.performance.cubes.cube_plan import FORCE, MONTH, CubePlan, Filter, Key, Operator, Tally, Total
from bluelamp.performance.cubes.lookups import Lookup
from bluelamp.performance.cubes.record_measures import Output, RecordMeasure, make_filters, make_tally
from bluelamp.performance.warehouse.mappings import ColumnKind
from bluelamp.performance.warehouse.opening import OpenedRecords

if TYPE_CHECKING:
    import pyarrow as pa

Numbers = NDArray[np.float64]
MOST_MADE: Final = 5_000_000
"""Cells up to which the ones without records are made; beyond, they are not listed."""
_FEW: Final = frozenset({ColumnKind.CATEGORY, ColumnKind.BOOLEAN, ColumnKind.PUBLISHER, ColumnKind.MONTH})


class Engine(Protocol):
    """Whatever counts a plan. Every engine gives the same cube, to the integer."""

    @property
    def name(self) -> str: ...

    def count(self, plan: CubePlan, records: OpenedRecords, lookups: Mapping[str, Lookup]) -> pa.Table: ...


@dataclass(frozen=True, kw_only=True)
class Asked:
    """`first` and `last` are the months that cells end with; without them all that is covered."""

    keys: tuple[Key, ...]
    span: Span = Span.MONTH
    first: Month | None = None
    last: Month | None = None
    only: tuple[Filter, ...] = ()

    @property
    def by_month(self) -> bool:
        return any(key.name == MONTH for key in self.keys)

    @property
    def by_force(self) -> bool:
        return any(key.name == FORCE for key in self.keys)

    @property
    def window(self) -> int:
        return self.span.months if self.by_month else 1

    @property
    def reads_from(self) -> Month | None:
        """The first month whose records count: those of a first window reach back."""
        return None if self.first is None else self.first.plus(1 - self.window)


@dataclass(frozen=True)
class KeyColumn:
    """A key's values, and which of them each cell has. None is a blank; months are `Month.index`."""

    key: Key
    values: tuple[str | int | bool | None, ...]
    codes: Indices


@dataclass(frozen=True)
class Figures:
    """One output of every cell. Numbers are NaN in `value`, `low` and `high` where a figure is not known.

    `numerator` and `denominator` are what was counted of what is there; only where the cell's state is complete
    are they the figure's. Sums of decimals are exact in them (objects), counts are int64.
    """

    output: Output
    numerator: NDArray[Any]
    denominator: NDArray[Any] | None
    value: Numbers
    low: Numbers
    high: Numbers


@dataclass(frozen=True)
class Measured:
    """`made`: cells without records are listed, where they can be. `load` is the warehouse's last load."""

    measure: RecordMeasure
    engine: str
    asked: Asked
    keys: tuple[KeyColumn, ...]
    figures: tuple[Figures, ...]
    states: NDArray[np.int8]
    comparable: Flags
    grid: CoverageGrid
    scopes: Indices
    ends: Indices  # index of each cell's last month
    made: bool
    load: int
    lookups: Mapping[str, Lookup] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.states)


def make_plan(measure: RecordMeasure, asked: Asked, columns: Mapping[str, ColumnKind]) -> CubePlan:
    """Every tally that an output needs, once, in one pass over the records."""
    names = dict.fromkeys(
        each for output in measure.outputs for each in (output.numerator, output.denominator) if each
    )
    tallies: tuple[Tally, ...] = tuple(make_tally(name, measure.tallies[name], columns) for name in names)
    return CubePlan(
        source=measure.kind,
        keys=asked.keys,
        tallies=tallies,
        filters=(*make_filters(measure.where, columns), *asked.only),
        first=asked.reads_from,
        last=asked.last,
        window=asked.window,
    )


def measure_records(
    measure: RecordMeasure,
    asked: Asked,
    records: OpenedRecords,
    *,
    engine: Engine,
    columns: Mapping[str, ColumnKind],
    lookups: Mapping[str, Lookup],
) -> Measured:
    """Counted by the engine and worked out. `records` were opened from `asked.reads_from` to `asked.last`."""
    plan = make_plan(measure, asked, columns)
    if records.hidden:
        plan = dataclasses.replace(plan, filters=(*plan.filters, _leave_out(records.hidden)))
    grid = CoverageGrid(records.covered, asked.by_force, asked.window, measure.maturity_months)
    if not asked.by_month:
        grid = grid.over_span()
    cube = _count_made(plan, asked, grid, records, engine, columns)
    made = cube is not None
    if cube is None:
        cube = _in_order(_within(_read_cube(engine.count(plan, records, lookups), plan), asked, grid))
    scopes, ends = _find_places(cube, grid)
    states, comparable = _look_up(grid, scopes, ends)
    figures = tuple(_work_out(output, cube, states) for output in measure.outputs)
    return Measured(
        *(measure, engine.name, asked, cube.keys, figures, states, comparable),
        *(grid, scopes, ends, made, records.load),
        lookups=lookups,
    )


def _leave_out(forces: Sequence[str]) -> Filter:
    """Rows of forces that the viewer may not count, in files that hold others': said to every engine alike."""
    return Filter(FORCE, Operator.NONE_OF, tuple(forces))


# -- the cube as arrays -------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Cube:
    keys: tuple[KeyColumn, ...]
    numbers: Mapping[str, NDArray[Any]]
    rows: int

    def take(self, where: NDArray[Any]) -> _Cube:
        keys = tuple(KeyColumn(each.key, each.values, each.codes[where]) for each in self.keys)
        numbers = {name: values[where] for name, values in self.numbers.items()}
        rows = int(where.sum()) if where.dtype == np.bool_ else len(where)
        return _Cube(keys, numbers, rows)


def _read_cube(table: pa.Table, plan: CubePlan) -> _Cube:
    keys = tuple(_read_key(table.column(key_column(key)), key) for key in plan.keys)
    numbers = {tally.name: _read_numbers(table.column(tally.name), tally) for tally in plan.tallies}
    return _Cube(keys, numbers, table.num_rows)


def _read_key(column: pa.ChunkedArray, key: Key) -> KeyColumn:
    """Values in order, blanks last."""
    found = column.combine_chunks().dictionary_encode(null_encoding="encode")
    if hasattr(found, "combine_chunks"):
        found = found.combine_chunks()
    values = found.dictionary.to_pylist()
    order = sorted(range(len(values)), key=lambda each: _rank(values[each]))
    ranks = np.empty(len(values), np.int64)
    ranks[order] = np.arange(len(values))
    codes = np.asarray(found.indices.to_numpy(zero_copy_only=False), np.int64)
    return KeyColumn(key, tuple(values[each] for each in order), ranks[codes] if len(values) else codes)


def _rank(value: str | int | bool | None) -> tuple[bool, int, str]:
    return value is None, int(value) if isinstance(value, int) else 0, str(value)


def _read_numbers(column: pa.ChunkedArray, tally: Tally) -> NDArray[Any]:
    """Counts as int64; others as exact objects: engines give sums of wider types."""
    import pyarrow as pa

    if pa.types.is_integer(column.type) and not column.null_count:
        return np.asarray(column.to_numpy(), np.int64)
    nothing = 0 if tally.total is Total.SUM else None
    return np.array([nothing if value is None else _exact(value) for value in column.to_pylist()], object)


def _exact(value: Any) -> Any:
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else value.normalize()
    return value


def _ends(cube: _Cube, grid: CoverageGrid) -> Indices:
    """The last month of each cell."""
    for each in cube.keys:
        if each.key.name == MONTH:
            return np.asarray(each.values, np.int64)[each.codes] if each.values else each.codes
    return np.full(cube.rows, grid.start + grid.length - 1, np.int64)


def _within(cube: _Cube, asked: Asked, grid: CoverageGrid) -> _Cube:
    """Only cells that were asked for: no window ends after the last month, or before the first whole one."""
    if not asked.by_month:
        return cube
    ends = _ends(cube, grid)
    return cube.take((ends >= grid.start + asked.window - 1) & (ends < grid.start + grid.length))


# -- cells without records ----------------------------------------------------------------------------------


def _count_made(
    plan: CubePlan,
    asked: Asked,
    grid: CoverageGrid,
    records: OpenedRecords,
    engine: Engine,
    columns: Mapping[str, ColumnKind],
) -> _Cube | None:
    """Every cell, with records or without; None where the keys have too many values for that.

    Windows roll over the months' counts here: 101,738 cells took 5 ms, and 0.5 s or more in the engine, which
    groups twelve times as many rows by words (5 million records, two cores).
    """
    if any(key.lookup or (key.name != FORCE and columns.get(key.column) not in _FEW) for key in plan.keys):
        return None
    monthly = dataclasses.replace(plan, window=1)
    cube = _read_cube(engine.count(monthly, records, {}), monthly)
    if math.prod(len(values) for values in _every_value(cube, grid)) > MOST_MADE:
        return None
    return _roll(_make_whole(cube, plan, grid), plan)


def _roll(cube: _Cube, plan: CubePlan) -> _Cube:
    """Each month with those before it that its window covers; months whose window is not whole are left out."""
    if plan.window == 1:
        return cube
    shape = tuple(len(each.values) for each in cube.keys)
    axis = next(place for place, each in enumerate(cube.keys) if each.key.name == MONTH)
    numbers = {
        tally.name: _fold(_windows(cube.numbers[tally.name].reshape(shape), plan.window, axis), tally).ravel()
        for tally in plan.tallies
    }
    months = cube.keys[axis]
    values = [each.values if each is not months else months.values[plan.window - 1 :] for each in cube.keys]
    keys = _spread_keys([(each.key, left) for each, left in zip(cube.keys, values, strict=True)])
    return _Cube(keys, numbers, math.prod(len(each) for each in values))


def _windows(values: NDArray[Any], months: int, axis: int) -> NDArray[Any]:
    if values.shape[axis] < months:
        shape = (*values.shape[:axis], 0, *values.shape[axis + 1 :], months)
        return np.empty(shape, values.dtype)
    return np.lib.stride_tricks.sliding_window_view(values, months, axis=axis)


def _fold(windows: NDArray[Any], tally: Tally) -> NDArray[Any]:
    if tally.total in (Total.COUNT, Total.SUM):
        return np.asarray(windows.sum(axis=-1))
    choose = min if tally.total is Total.LEAST else max
    folded = np.empty(windows.shape[:-1], object)
    for place in np.ndindex(*folded.shape):
        folded[place] = choose((each for each in windows[place] if each is not None), default=None)
    return folded


def _every_value(cube: _Cube, grid: CoverageGrid) -> list[tuple[str | int | bool | None, ...]]:
    """Of each key: all forces and months that are covered or should be, and the categories that are there."""
    found: list[tuple[str | int | bool | None, ...]] = []
    for each in cube.keys:
        if each.key.name == FORCE:
            found.append(grid.forces)
        elif each.key.name == MONTH:
            found.append(tuple(range(grid.start, grid.start + grid.length)))
        else:
            found.append(each.values)
    return found


def _make_whole(cube: _Cube, plan: CubePlan, grid: CoverageGrid) -> _Cube:
    """Every combination of values, in order; zero, or not there, where there were no records."""
    every = _every_value(cube, grid)
    size = math.prod(len(values) for values in every)
    places = np.zeros(cube.rows, np.int64)
    for each, values in zip(cube.keys, every, strict=True):
        ranks = {value: rank for rank, value in enumerate(values)}
        mapped = np.array([ranks[value] for value in each.values], np.int64)
        places = places * len(values) + (mapped[each.codes] if len(mapped) else each.codes)
    numbers = {tally.name: _spread(cube.numbers[tally.name], tally, places, size) for tally in plan.tallies}
    keys = _spread_keys([(each.key, values) for each, values in zip(cube.keys, every, strict=True)])
    return _Cube(keys, numbers, size)


def _spread_keys(every: Sequence[tuple[Key, tuple[str | int | bool | None, ...]]]) -> tuple[KeyColumn, ...]:
    """Every combination, the last key fastest."""
    shape = tuple(len(values) for _, values in every)
    codes = np.indices(shape).reshape(len(shape), -1) if shape else ()
    return tuple(
        KeyColumn(key, values, np.asarray(code, np.int64))
        for (key, values), code in zip(every, codes, strict=True)
    )


def _spread(values: NDArray[Any], tally: Tally, places: Indices, size: int) -> NDArray[Any]:
    if tally.total in (Total.LEAST, Total.MOST):
        spread = np.full(size, None, object)
    else:
        spread = np.full(size, 0, values.dtype)
    spread[places] = values
    return spread


def _in_order(cube: _Cube) -> _Cube:
    if not cube.keys:
        return cube
    return cube.take(np.lexsort([each.codes for each in reversed(cube.keys)]))


# -- what is known, and what it comes to --------------------------------------------------------------------


def _find_places(cube: _Cube, grid: CoverageGrid) -> tuple[Indices, Indices]:
    """The scope (row of the grid; -1 for a force that coverage does not know) and last month of each cell."""
    scopes = np.zeros(cube.rows, np.int64)
    for each in cube.keys:
        if each.key.name == FORCE:
            rows = {force: row for row, force in enumerate(grid.forces)}
            of_value = np.array([rows.get(str(value), -1) for value in each.values], np.int64)
            scopes = of_value[each.codes] if len(of_value) else each.codes
    return scopes, _ends(cube, grid)


def _look_up(grid: CoverageGrid, scopes: Indices, ends: Indices) -> tuple[NDArray[np.int8], Flags]:
    known = scopes >= 0
    columns = ends - grid.start
    states = np.where(known, grid.states[scopes, columns], np.int8(State.PARTIAL))
    return states, known & grid.comparable[scopes, columns]


def _work_out(output: Output, cube: _Cube, states: NDArray[np.int8]) -> Figures:
    """Shares with Wilson's bounds, counts with those that are published for counts; sums without."""
    complete = states == State.COMPLETE
    top = cube.numbers[output.numerator]
    bottom = cube.numbers[output.denominator] if output.denominator else None
    x = np.where(complete, _as_floats(top), np.nan)
    nothing = np.full(len(x), np.nan)
    if bottom is None:
        low, high = _of_distinct(x) if output.unit == "count" else (nothing, nothing)
        return Figures(output, top, None, x, low, high)
    n = np.where(complete, _as_floats(bottom), np.nan)
    multiplier = 100.0 if output.unit == "percentage" else 1.0
    value = np.divide(x * multiplier, n, out=nothing.copy(), where=np.nan_to_num(n) != 0)
    if output.unit != "percentage":
        return Figures(output, top, bottom, value, nothing, nothing)
    low, high = wilson_limits(x, n)
    return Figures(output, top, bottom, value, low * 100, high * 100)


def _as_floats(values: NDArray[Any]) -> Numbers:
    """Nothing becomes NaN."""
    return values.astype(np.float64)


def _of_distinct(x: Numbers) -> tuple[Numbers, Numbers]:
    """The bounds of a hundred thousand counts are those of their few thousand values."""
    values, places = np.unique(x, return_inverse=True)
    low, high = count_limits(values)
    return low[places], high[places]
