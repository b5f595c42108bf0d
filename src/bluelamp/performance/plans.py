"""What does a police and crime plan promise, and by which indicators is it judged?

A plan is a YAML file that people who do not program read and write (`definitions/plans`); a workspace may add its
own. `plan_faults` says what is wrong with one; here stand its shape and its reading.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Final

from bluelamp.lib.definitions import find_definitions
from bluelamp.performance.records_source import AreaInRecords, RecordsSource

AIMS: Final = ("increase", "reduce", "monitor", "maintain")
POLARITIES: Final = ("higher-is-better", "lower-is-better", "neither")
UNITS: Final = ("count", "percentage", "rate", "mean", "ratio", "money", "days")
FREQUENCIES: Final = ("monthly", "quarterly", "six-monthly", "yearly")
DIRECTIONS: Final = ("at-least", "at-most")
STANDARD_KINDS: Final = ("standard", "target", "national-average")
LEVELS: Final = ("force", "command", "neighbourhood", "team")


@dataclass(frozen=True, kw_only=True)
class Standard:
    """What an indicator should reach, between two days; `direction` is at-least or at-most."""

    value: Decimal
    direction: str
    source: str
    first: dt.date | None = None
    last: dt.date | None = None
    area: str = ""  # "" is every area
    words: str = ""
    kind: str = "standard"  # standard, target, national-average
    verified: bool = True


@dataclass(frozen=True, kw_only=True)
class RecordingChange:
    """A day from which the figures are counted in another way. `rebase`: control limits begin again there."""

    day: dt.date
    words: str
    source: str = ""
    rebase: bool = False


@dataclass(frozen=True, kw_only=True)
class Indicator:
    """One measure of a plan. Whether a rise is wanted (`aim`) and whether it is good (`polarity`): two facts."""

    code: str
    name: str
    theme: str  # code of the theme or sub-theme it stands under
    aim: str
    polarity: str
    unit: str
    polarity_reason: str = ""
    numerator: str = ""  # what is counted, in words
    denominator: str = ""
    per: int = 0  # of a rate: per 1,000
    decimals: int = 0  # as printed
    source: str = ""
    owner: str = ""  # a post, not a person
    frequency: str = "monthly"
    lag_days: int = 0  # from a period's end until its figures are there
    written_by: str = ""
    checked_by: str = ""
    review_by: dt.date | None = None
    why: str = ""
    breakdowns: tuple[str, ...] = ()
    standards: tuple[Standard, ...] = ()
    recording_changes: tuple[RecordingChange, ...] = ()
    inspection_areas: tuple[str, ...] = ()  # slugs of areas of any framework
    measure: str = ""  # slug of a measure of `definitions/measures` that computes it
    records: RecordsSource | None = None  # how it is counted from the records of the warehouse
    maturity_months: int = 0  # for so long the latest months are not yet comparable (outcomes mature)
    printed_rolling: bool = True  # the report prints 12 months to each quarter's end
    verified: bool = True
    notes: str = ""
    aliases: tuple[str, ...] = ()  # other names it has in print
    survey: bool = False  # asked of a sample, so that each value has a margin


@dataclass(frozen=True, kw_only=True)
class Theme:
    """A theme ("1") or a sub-theme ("1A", whose `parent` is "1")."""

    code: str
    name: str
    parent: str = ""


@dataclass(frozen=True, kw_only=True)
class AreaOfPlan:
    """An area whose figures are reported. `level` is force, command, neighbourhood or team."""

    slug: str
    name: str
    level: str
    parent: str = ""
    aliases: tuple[str, ...] = ()
    population: Mapping[str, int] | None = None  # year: people
    records: tuple[AreaInRecords, ...] = ()  # what it is called in records, where its name does not say so
    verified: bool = True
    notes: str = ""


@dataclass(frozen=True, kw_only=True)
class Plan:
    """A plan and its indicators, in the order in which they are reported."""

    slug: str
    name: str
    body: str  # code of `definitions/bodies`: whose plan it is; "" for national measures
    force: str  # code of the force it judges; "" for national measures
    first: dt.date | None = None
    last: dt.date | None = None
    source: str = ""
    notes: str = ""
    verified: bool = True
    themes: tuple[Theme, ...] = ()
    areas: tuple[AreaOfPlan, ...] = ()
    indicators: tuple[Indicator, ...] = ()

    @cached_property
    def _by_code(self) -> dict[str, Indicator]:
        return {indicator.code: indicator for indicator in self.indicators}

    def indicator(self, code: str) -> Indicator | None:
        return self._by_code.get(code)

    def theme(self, code: str) -> Theme | None:
        return next((theme for theme in self.themes if theme.code == code), None)

    def area(self, slug: str) -> AreaOfPlan | None:
        return next((area for area in self.areas if area.slug == slug), None)


def load_plans(extra: Path | None = None) -> dict[str, Plan]:
    """Every plan by slug; a workspace's own (in `extra/plans`) replace shipped ones. Read again when one changes.

    Raises DefinitionError with the first fault of a plan that cannot be used, and how many there are.
    """
    folders = ("plans", "areas", "records", "record-measures")  # what a plan may name
    files = [path.stat() for folder in folders for path in find_definitions(folder, extra)]
    return _load_plans(extra, tuple((file.st_ino, file.st_mtime_ns, file.st_size) for file in files))


@lru_cache(maxsize=8)
def _load_plans(extra: Path | None, stamp: tuple[tuple[int, int, int], ...]) -> dict[str, Plan]:
    """`stamp` is of the files as they are now: a server sees a plan that was added since it began."""
    from bluelamp.performance.plan_files import read_usable_plan  # it is made of this module's shapes

    found = (read_usable_plan(path, extra) for path in find_definitions("plans", extra))
    return {plan.slug: plan for plan in found}
