"""What is the answer to a question about the records, as it is known and as it may be published?

Pure: the page and the command ask the same, as whoever looks.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Protocol

from bluelamp.lib.errors import PlainError
from bluelamp.performance.cubes.asking import known_keys
from bluelamp.performance.cubes.cube_plan import Key
from bluelamp.performance.cubes.lookups import Lookup, find_lookups, read_lookup
from bluelamp.performance.cubes.measuring import Asked, Engine, Measured, measure_records
from bluelamp.performance.cubes.opening import open_asked
from bluelamp.performance.cubes.record_measures import RecordMeasure, columns_of, load_record_measures
from bluelamp.performance.suppression_rules import (
    PublishingRule,
    check_publishable,
    find_publishing_rule,
    load_publishing_rules,
)
from bluelamp.performance.suppression_tables import Parts, Publication, find_base, publish
from bluelamp.performance.warehouse.manifest import Warehouse
from bluelamp.performance.warehouse.mappings import ColumnKind, RecordsMapping, load_mappings
from bluelamp.performance.warehouse.sight import RecordsViewer


class Counts(Protocol):
    """Counts a question; whoever keeps answers gives the kept one."""

    def __call__(self, measure: RecordMeasure, asked: Asked) -> Measured: ...


@dataclass(frozen=True)
class RecordDefinitions:
    """What there is to be asked: lists, measures, areas, rules. Reads files as they are asked for, once."""

    own: Path | None

    @cached_property
    def mappings(self) -> dict[str, RecordsMapping]:
        return load_mappings(self.own)

    @cached_property
    def measures(self) -> dict[str, RecordMeasure]:
        return load_record_measures(self.mappings, self.own)

    @cached_property
    def levels(self) -> dict[str, Path]:
        return find_lookups(self.own)

    @cached_property
    def rules(self) -> dict[str, PublishingRule]:
        overlaps = {level: self.lookup(level).overlaps for level in self.levels}
        return load_publishing_rules(self.measures, self.mappings, overlaps, self.own)

    @cached_property
    def _lookups(self) -> dict[str, Lookup]:
        return {}

    def lookup(self, level: str) -> Lookup:
        if level not in self._lookups:
            self._lookups[level] = read_lookup(self.levels[level])
        return self._lookups[level]

    def columns(self, kind: str) -> dict[str, ColumnKind]:
        return columns_of(kind, self.mappings)

    def keys(self, kind: str) -> dict[str, Key]:
        return known_keys(self.columns(kind), self.levels)

    def find_rule(self, measure: RecordMeasure) -> PublishingRule | None:
        """The rule by which it may be published; None where there is none."""
        try:
            return find_publishing_rule(measure, self.rules)
        except PlainError:
            return None


@dataclass(frozen=True)
class Counter:
    """Counts as whoever looks, whenever it is asked."""

    warehouse: Warehouse
    viewer: RecordsViewer
    known: RecordDefinitions
    engine: Engine

    def __call__(self, measure: RecordMeasure, asked: Asked) -> Measured:
        records = open_asked(self.warehouse, measure, asked, viewer=self.viewer)
        lookups: Mapping[str, Lookup] = {
            key.lookup: self.known.lookup(key.lookup) for key in asked.keys if key.lookup
        }
        columns = self.known.columns(measure.kind)
        return measure_records(measure, asked, records, engine=self.engine, columns=columns, lookups=lookups)


def answer_published(
    measure: RecordMeasure, asked: Asked, *, count: Counts, known: RecordDefinitions
) -> Publication:
    """PlainError where there is no rule for the measure, or where what is asked is not added up from its table."""
    rule = find_publishing_rule(measure, known.rules)
    check_publishable(asked, rule)
    parts = Parts.of([known.measures[slug] for slug in rule.measures])
    base = count(parts.make_measure(rule.kind), find_base(asked, rule, known.keys(rule.kind)))
    return publish(count(measure, asked), base, parts, rule)
