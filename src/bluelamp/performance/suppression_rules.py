"""Which one table of a kind of records may be published, and from which number on? Rules, as data.

`definitions/publishing/street.yaml`; a workspace's own rule for a kind takes the place of the shipped one.
"""

from __future__ import annotations

import calendar
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from bluelamp.figures.months import Span
from bluelamp.lib.definitions import DefinitionError, find_definitions, read_definition
from bluelamp.lib.errors import PlainError
from bluelamp.performance.cubes.asking import known_keys
from bluelamp.performance.cubes.cube_plan import FORCE, MONTH, Total
from bluelamp.performance.cubes.measuring import Asked
from bluelamp.performance.cubes.record_measures import RecordMeasure, columns_of, kinds_of
from bluelamp.performance.warehouse.mappings import RecordsMapping

FOLDER: Final = "publishing"


@dataclass(frozen=True, kw_only=True)
class PublishingRule:
    """Of each force (and `place` in it) and period, the records of a kind by these keys, with all totals.

    A count from 1 to `threshold` - 1 is withheld, with others that would give it away; the rest is rounded to
    `base`. A period is a month, or the 12 months to the end of one month of the year, which never overlap.
    """

    kind: str
    measures: tuple[str, ...]
    by: tuple[str, ...] = ()
    period: Span = Span.MONTH  # or Span.YEAR
    ends_in: int = 3  # of years: the month that they end with
    place: str = ""  # a level of areas, or the column of small areas; else the whole force
    threshold: int = 5
    base: int = 5
    notes: str = ""

    @property
    def keys(self) -> tuple[str, ...]:
        return (FORCE, *([self.place] if self.place else []), MONTH, *self.by)

    @property
    def by_year(self) -> bool:
        return self.period is Span.YEAR

    def is_end(self, month: int) -> bool:
        """Does one of its periods end with the month of that index?"""
        return not self.by_year or month % 12 == self.ends_in - 1

    @property
    def words(self) -> str:
        """Its table, by its keys and periods."""
        year = f", in years to the end of {calendar.month_name[self.ends_in]}" if self.by_year else ""
        return f"by {', '.join(self.keys)}{year}"


def load_publishing_rules(
    measures: Mapping[str, RecordMeasure],
    mappings: Mapping[str, RecordsMapping],
    levels: Mapping[str, bool],
    extra: Path | None = None,
) -> dict[str, PublishingRule]:
    """Every rule by its kind. `levels`: those that there is a lookup of, and whether their areas overlap."""
    found: dict[str, PublishingRule] = {}
    for path in find_definitions(FOLDER, extra):
        rule = read_definition(path, PublishingRule)
        if faults := find_faults(rule, measures, mappings, levels):
            raise DefinitionError(f"{path.name}: {faults[0]}")
        found[rule.kind] = rule
    return found


def find_faults(
    rule: PublishingRule,
    measures: Mapping[str, RecordMeasure],
    mappings: Mapping[str, RecordsMapping],
    levels: Mapping[str, bool],
) -> list[str]:
    """What is wrong with it, each as a clause that follows the file's name."""
    faults = []
    if rule.threshold < 2 or rule.base < 1 or rule.base > 2 * rule.threshold:
        faults.append("threshold is 2 or more, and base from 1 to twice the threshold")
    if rule.period not in (Span.MONTH, Span.YEAR) or not 1 <= rule.ends_in <= 12:
        faults.append("period is month or 12-months, and ends_in the number of a month")
    if rule.kind not in kinds_of(mappings):
        return [
            *faults,
            f"no mapping in the workspace’s folder definitions/records says which columns records of the kind"
            f" {rule.kind} have",
        ]
    keys = known_keys(columns_of(rule.kind, mappings), levels)
    for name in (*rule.by, *([rule.place] if rule.place else [])):
        if name not in keys or name in (FORCE, MONTH):
            faults.append(f"there is no key {name}; there are {', '.join(keys)}")
    if len({*rule.by, rule.place}) <= len(rule.by):
        faults.append("it names a key twice")
    if levels.get(rule.place) or any(name in levels for name in rule.by):
        faults.append("areas that overlap, or areas among `by`, cannot be added up")
    for slug in rule.measures:
        faults += _find_measure_faults(slug, rule, measures)
    return faults


def _find_measure_faults(slug: str, rule: PublishingRule, measures: Mapping[str, RecordMeasure]) -> list[str]:
    measure = measures.get(slug)
    if measure is None or measure.kind != rule.kind:
        return [f"there is no measure {slug} of {rule.kind} records"]
    return [
        f"{slug}: {name} adds up a column, and only counts are published"
        for name, tally in measure.tallies.items()
        if tally.total is not Total.COUNT
    ]


def find_publishing_rule(measure: RecordMeasure, rules: Mapping[str, PublishingRule]) -> PublishingRule:
    """PlainError where nothing of the measure may be published."""
    rule = rules.get(measure.kind)
    if rule is None or measure.slug not in rule.measures:
        raise PlainError(
            f"No rule says how {measure.slug} may be published: write definitions/{FOLDER}/{measure.kind}.yaml"
            " that names it, or ask without --published for your own use."
        )
    return rule


def check_publishable(asked: Asked, rule: PublishingRule) -> None:
    """PlainError for what is not added up from the one table: published beside it, it could be used against it."""
    columns = {name.replace("-", "_") for name in rule.keys}
    others = [key.name for key in asked.keys if key.name not in rule.keys]
    others += [each.column.replace("_", "-") for each in asked.only if each.column not in columns]
    if rule.by_year and not (asked.by_month and asked.span is Span.YEAR):
        others.append("another period (ask for --window 12-months by month)")
    if others:
        raise PlainError(
            f"Of {rule.kind} records one table is published, {rule.words}; a second one by"
            f" {', '.join(dict.fromkeys(others))} could be used to work out small numbers of the first. Ask by its"
            f" keys, or change definitions/{FOLDER}/{rule.kind}.yaml before anything is published."
        )


def say_rule(rule: PublishingRule) -> str:
    """As it stands under a published table."""
    year = (
        f"Years end with {calendar.month_name[rule.ends_in]}, and no others are published. "
        if rule.by_year
        else ""
    )
    rounded = (
        f"The rest is added up from numbers that are each rounded to the nearest {rule.base}, so it may be off by"
        " the margin that is shown (±), and may differ from totals elsewhere. A share is given only where the"
        " margins leave it within 1 percentage point. "
    )
    return (
        f"Numbers from 1 to {rule.threshold - 1} are withheld, and with them others from which they could be"
        f" worked out. {rounded if rule.base > 1 else ''}{year}None is shown as 0."
    )


def rule_to_wire(rule: PublishingRule) -> dict[str, str | int | list[str] | None]:
    """What a program is told of a published answer."""
    return {
        "rule": rule.kind,
        "table": list(rule.keys),
        "period": rule.period.value,
        "ends_in": rule.ends_in if rule.by_year else None,
        "threshold": rule.threshold,
        "base": rule.base,
        "words": say_rule(rule),
    }
