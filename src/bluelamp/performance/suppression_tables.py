"""What may be published of an answer, so that nothing else that is published can undo it?

One table is protected: of each force (and place in it) and period, the records by the rule's keys and by which
of the kind's measures count them, with all totals (`suppression.protect`). Those tables have no record in common,
so none of them tells anything of another, and what is loaded later changes none before it. Whatever is
asked for (another measure, a total over forces, twelve months to March and to April) is added up from what these
tables publish, and is withheld where a part of it is. So it says nothing that they do not: taking windows, totals
or breakdowns from each other gives back no more than was published already.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import product
from typing import Any, Final

import numpy as np

from bluelamp.lib.errors import PlainError
from bluelamp.performance.cubes.coverage_grid import Flags, Indices, State
from bluelamp.performance.cubes.cube_plan import FORCE, Filter, Key, Operator
from bluelamp.performance.cubes.measuring import Asked, Figures, KeyColumn, Measured
from bluelamp.performance.cubes.record_measures import Condition, Counted, Output, RecordMeasure
from bluelamp.performance.suppression import Published, protect
from bluelamp.performance.suppression_rules import PublishingRule
from bluelamp.performance.suppression_shares import Bounds, find_bounds, find_open, say_open

Value = str | int | bool | None
Place = tuple[Value, ...]
"""Of a table: its force, its place where the rule has one, the last month of its period (`Month.index`)."""
MOST_TALLIES: Final = 6
"""That differ: each doubles the number of parts."""


@dataclass(frozen=True)
class Parts:
    """The different tallies of all measures of a rule. A part: records that pass some of them alone."""

    wheres: tuple[frozenset[Condition], ...]

    @staticmethod
    def of(measures: Sequence[RecordMeasure]) -> Parts:
        """PlainError where they are too many to be published together."""
        found = dict.fromkeys(
            where_of(measure, name)
            for measure in measures
            for output in measure.outputs
            for name in _names(output)
        )
        wheres = tuple(where for where in found if where)
        if len(wheres) > MOST_TALLIES:
            raise PlainError(
                f"The measures of one publishing rule count {len(wheres)} different things; at most {MOST_TALLIES}"
                " can be looked at together: name fewer measures in the rule."
            )
        return Parts(wheres)

    @property
    def count(self) -> int:
        return 1 << len(self.wheres)

    def find(self, where: frozenset[Condition]) -> list[int]:
        """The parts that a tally is made of."""
        if not where:
            return list(range(self.count))
        bit = 1 << self.wheres.index(where)
        return [part for part in range(self.count) if part & bit]

    def make_measure(self, kind: str) -> RecordMeasure:
        """Counts, for every set of tallies, the records that pass all of them."""
        tallies, outputs = {}, []
        for members in range(self.count):
            chosen = [where for place, where in enumerate(self.wheres) if members >> place & 1]
            conditions = sorted(frozenset().union(*chosen), key=repr)
            tallies[f"t{members}"] = Counted(name=f"t{members}", where=tuple(conditions))
            outputs.append(Output(slug=f"t{members}", name=f"t{members}", numerator=f"t{members}"))
        return RecordMeasure(
            slug=f"parts-of-{kind}", name=kind, kind=kind, tallies=tallies, outputs=tuple(outputs)
        )

    def split(self, passing: np.ndarray) -> np.ndarray:
        """From how many pass all of each set of tallies (last axis) to how many pass just those."""
        parts = passing.copy()
        for bit in (1 << place for place in range(len(self.wheres))):
            without = [members for members in range(self.count) if not members & bit]
            parts[..., without] -= parts[..., [members | bit for members in without]]
        return parts


def _names(output: Output) -> Iterator[str]:
    yield output.numerator
    if output.denominator:
        yield output.denominator


def where_of(measure: RecordMeasure, tally: str) -> frozenset[Condition]:
    return frozenset((*measure.where, *measure.tallies[tally].where))


def find_base(asked: Asked, rule: PublishingRule, keys: Mapping[str, Key]) -> Asked:
    """What is to be counted, period by period, for the tables that the answer is added up from."""
    return Asked(
        keys=tuple(keys[name] for name in rule.keys),
        span=rule.period,
        first=asked.first if rule.by_year else asked.reads_from,
        last=asked.last,
        only=tuple(each for each in asked.only if each.column == FORCE),
    )


# -- the tables ---------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Sum:
    """A number added up from published ones; it is right to within `within` either way."""

    value: int = 0
    within: int = 0
    withheld: bool = False

    def plus(self, other: Sum) -> Sum:
        return Sum(self.value + other.value, self.within + other.within, self.withheld or other.withheld)


@dataclass(frozen=True)
class UnitTable:
    """One place's period. `values` are those of each key of the rule; the last axis are the parts."""

    values: tuple[tuple[Value, ...], ...]
    published: Published
    rule: PublishingRule

    def add_up(self, wanted: Sequence[Sequence[Value] | None], parts: Sequence[int]) -> Sum:
        """The records of these values (None for all) that are of any of these parts."""
        places = [
            [len(known)] if values is None else [known.index(each) for each in values if each in known]
            for known, values in zip(self.values, wanted, strict=True)
        ]
        found = Sum()
        for place in product(*places):
            found = found.plus(self._add_parts(place, parts))
        return found

    def _add_parts(self, place: tuple[int, ...], parts: Sequence[int]) -> Sum:
        """Where a part is withheld, the total less the other parts says as much as may be known."""
        count = self.published.withheld.shape[-1] - 1
        if len(parts) == count:
            return self._read((*place, count))
        found = self._add((*place, part) for part in parts)
        if not found.withheld:
            return found
        whole = self._read((*place, count))
        others = self._add((*place, part) for part in range(count) if part not in parts)
        left = Sum(whole.value - others.value, whole.within + others.within)
        usable = not (whole.withheld or others.withheld) and left.value >= self.rule.threshold
        return left if usable else Sum(withheld=True)

    def _add(self, entries: Iterator[tuple[int, ...]]) -> Sum:
        found = Sum()
        for entry in entries:
            found = found.plus(self._read(entry))
        return found

    def _read(self, entry: tuple[int, ...]) -> Sum:
        value = self.published.at(entry)
        if value is None:
            return Sum(withheld=True)
        return Sum(value, self.rule.base // 2 if value else 0)


def make_tables(base: Measured, parts: Parts, rule: PublishingRule) -> dict[Place, UnitTable]:
    """Of each place and period with records, the table that is published. `base`: as `find_base` asks."""
    size = len(rule.keys) - len(rule.by)
    passing = np.stack([figures.numerator for figures in base.figures], axis=-1)
    rows: dict[Place, list[int]] = {}
    for row in np.flatnonzero(passing[:, 0]):
        if not rule.is_end(int(base.ends[row])):
            continue
        place = tuple(_value(each, int(row)) for each in base.keys[:size])
        rows.setdefault(place, []).append(int(row))
    return {place: _make_table(base.keys[size:], passing, found, parts, rule) for place, found in rows.items()}


def _make_table(
    by: Sequence[KeyColumn], passing: np.ndarray, rows: Sequence[int], parts: Parts, rule: PublishingRule
) -> UnitTable:
    values = tuple(tuple(dict.fromkeys(_value(each, row) for row in rows)) for each in by)
    counts = np.zeros((*(len(each) for each in values), parts.count), np.int64)
    for row in rows:
        counts[tuple(known.index(_value(each, row)) for known, each in zip(values, by, strict=True))] = passing[
            row
        ]
    return UnitTable(values, protect(parts.split(counts), threshold=rule.threshold, base=rule.base), rule)


def _value(column: KeyColumn, row: int) -> Value:
    found: Value = column.values[column.codes[row]]
    return found


# -- the answer ---------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Publication:
    """`measured` with the figures that are published; for each of its outputs which cells are withheld, by how
    much numerator and denominator may differ from what was counted, and between what shares lie that are not given
    for it (NaN for all others)."""

    measured: Measured
    rule: PublishingRule
    withheld: tuple[Flags, ...]
    within: tuple[tuple[Indices, Indices], ...]
    open: tuple[Bounds | None, ...]

    @cached_property
    def count_withheld(self) -> int:
        known = self.measured.states == State.COMPLETE
        return sum(int((flags & known).sum()) for flags in self.withheld)

    def say_open(self, nth: int, row: int) -> str:
        """Why the share of an output's cell is not given; "" where it is, or where there is none."""
        bounds = self.open[nth]
        if bounds is None or np.isnan(bounds.low[row]):
            return ""
        return say_open(float(bounds.low[row]), float(bounds.high[row]))


def publish(measured: Measured, base: Measured, parts: Parts, rule: PublishingRule) -> Publication:
    """The answer as it may be published; `suppression_rules.check_publishable` was asked before."""
    if rule.by_year:
        measured = _take(measured, [row for row in range(len(measured)) if rule.is_end(int(measured.ends[row]))])
    adding = _Adding(measured, make_tables(base, parts, rule), parts, rule)
    found = [adding.work_out(figures) for figures in measured.figures]
    return Publication(
        dataclasses.replace(measured, figures=tuple(each.figures for each in found)),
        rule,
        withheld=tuple(each.withheld for each in found),
        within=tuple(each.within for each in found),
        open=tuple(each.open for each in found),
    )


def _take(measured: Measured, rows: Sequence[int]) -> Measured:
    """These cells alone; a published answer never lists the others as if there were none."""
    keep = np.asarray(rows, np.int64)
    figures = tuple(
        dataclasses.replace(
            each,
            numerator=each.numerator[keep],
            denominator=None if each.denominator is None else each.denominator[keep],
            value=each.value[keep],
            low=each.low[keep],
            high=each.high[keep],
        )
        for each in measured.figures
    )
    return dataclasses.replace(
        measured,
        keys=tuple(KeyColumn(each.key, each.values, each.codes[keep]) for each in measured.keys),
        figures=figures,
        states=measured.states[keep],
        comparable=measured.comparable[keep],
        scopes=measured.scopes[keep],
        ends=measured.ends[keep],
    )


@dataclass(frozen=True)
class _Output:
    """One output as it may be published: as in `Publication`."""

    figures: Figures
    withheld: Flags
    within: tuple[Indices, Indices]
    open: Bounds | None


@dataclass(frozen=True)
class _Adding:
    measured: Measured
    tables: Mapping[Place, UnitTable]
    parts: Parts
    rule: PublishingRule

    def work_out(self, figures: Figures) -> _Output:
        output = figures.output
        top, top_within, withheld = self._add(output.numerator)
        nothing = np.full(len(top), np.nan)
        if not output.denominator:
            value = np.where(withheld, np.nan, top.astype(np.float64))
            made = Figures(output, top, None, value, nothing, nothing)
            return _Output(made, withheld, (top_within, top_within), None)
        bottom, bottom_within, below = self._add(output.denominator)
        withheld = withheld | below
        # rounded apart, a part may be more than its whole: it is said as the whole, and within whichever is wider
        top_within = np.where(top > bottom, np.maximum(top_within, bottom_within), top_within)
        top = np.minimum(top, bottom)
        share = np.divide(top, bottom, out=nothing.copy(), where=(bottom > 0) & ~withheld)
        bounds = find_bounds(top, top_within, bottom, bottom_within)
        left = find_open(share, bounds)
        value = np.where(left, np.nan, share * (100.0 if output.unit == "percentage" else 1.0))
        made = Figures(output, top, bottom, value, nothing, nothing)
        between = Bounds(np.where(left, bounds.low, np.nan), np.where(left, bounds.high, np.nan))
        return _Output(made, withheld, (top_within, bottom_within), between)

    def _add(self, tally: str) -> tuple[Indices, Indices, Flags]:
        parts = self.parts.find(where_of(self.measured.measure, tally))
        sums = [self._add_cell(row, parts) for row in range(len(self.measured))]
        return (
            np.array([0 if each.withheld else each.value for each in sums], np.int64),
            np.array([each.within for each in sums], np.int64),
            np.array([each.withheld for each in sums], bool),
        )

    def _add_cell(self, row: int, parts: Sequence[int]) -> Sum:
        """Over every table that lies in the cell, until one part of it is withheld."""
        if self.measured.states[row] != State.COMPLETE:
            return Sum()
        said = {each.key.name: _value(each, row) for each in self.measured.keys}
        wanted = [self._find_values(name, said) for name in self.rule.by]
        found = Sum()
        for table in self._find_tables(row, said):
            found = found.plus(table.add_up(wanted, parts))
            if found.withheld:
                return Sum(withheld=True)
        return found

    def _find_values(self, name: str, said: Mapping[str, Value]) -> Sequence[Value] | None:
        """What a key's values must be; None for any."""
        if name in said:
            return [said[name]]
        return self._filters.get(name)

    @cached_property
    def _filters(self) -> dict[str, Sequence[Value]]:
        return {each.column.replace("_", "-"): _values_of(each) for each in self.measured.asked.only}

    @cached_property
    def _by_month(self) -> dict[int, list[tuple[Place, UnitTable]]]:
        found: dict[int, list[tuple[Place, UnitTable]]] = {}
        for place, table in self.tables.items():
            month: Any = place[-1]
            found.setdefault(month, []).append((place, table))
        return found

    def _find_tables(self, row: int, said: Mapping[str, Value]) -> Iterator[UnitTable]:
        measured = self.measured
        end = int(measured.ends[row])
        names = (FORCE, *([self.rule.place] if self.rule.place else []))
        wanted = [self._find_values(name, said) for name in names]
        months = measured.asked.window if measured.asked.by_month else measured.grid.window
        months = 1 if self.rule.by_year else months
        for month in range(end - months + 1, end + 1):
            for place, table in self._by_month.get(month, ()):
                if all(values is None or at in values for at, values in zip(place, wanted, strict=False)):
                    yield table


def _values_of(each: Filter) -> list[Value]:
    if each.operator is Operator.BLANK:
        return [None]
    return [value for value in each.values if isinstance(value, str | int | bool)]
