"""What does a measure count in a list of events, and how does the list write it?

A measure is a YAML file (`definitions/measures`): the headings its list may have, the words for its choices, the
standards it is held against with their days, and in words what is counted and of what. A workspace may add more.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Final

from bluelamp.lib.definitions import DefinitionError, find_definitions, read_definition
from bluelamp.lib.errors import PlainError

FIELD_KINDS: Final = ("day", "moment", "month", "number", "words", "choice", "truth")

NEEDS: Final[Mapping[str, tuple[tuple[str, ...], ...]]] = {
    "within-standard": (("when",), ("taken", "start"), ("group",)),
    "share": (("when",), ("truth",)),
    "survey": (("when",), ("answer",)),
    "outcome-rate": (("when",), ("outcome_day",), ("outcome",)),
    "repeat": (("when",), ("who",)),
    "backlog": (("opened",), ("closed",)),
    "ratio": (("when",), ("numerator",), ("denominator",)),
    "cohort": (("entered",), ("left",), ("score_in", "cost_before")),
    "severity": (("when",), ("code",), ("count",)),
}
"""The kinds of measure, and which fields each must have: one of each group."""


@dataclass(frozen=True, kw_only=True)
class Field:
    """A column. Headings are matched without case, marks and white space; the first that is there is taken.

    `words` lists under each of our values what the list writes for it; of a truth, under "yes" and "no". What is
    under neither is unknown, as is a blank: it is never a no.
    """

    kind: str
    heads: tuple[str, ...]
    optional: bool = False
    words: Mapping[str, tuple[str, ...]] | None = None


@dataclass(frozen=True, kw_only=True)
class Limit:
    """A standard for rows of one group: no longer than `limit`, in the unit of the measure, between two days."""

    group: str
    limit: Decimal
    source: str
    first: dt.date | None = None
    last: dt.date | None = None
    verified: bool = True

    def holds_on(self, day: dt.date) -> bool:
        return (self.first is None or self.first <= day) and (self.last is None or day <= self.last)


@dataclass(frozen=True, kw_only=True)
class Output:
    """One figure that the measure gives. `numerator` and `denominator` say what is counted and of what."""

    slug: str
    name: str
    unit: str  # as of indicators: count, percentage, mean, days, money, ratio, rate; or minutes, seconds
    numerator: str = ""
    denominator: str = ""


@dataclass(frozen=True, kw_only=True)
class Measure:
    slug: str
    name: str
    kind: str
    fields: Mapping[str, Field]
    outputs: tuple[Output, ...]
    unit: str = ""  # of what is taken or waited: minutes, seconds, days
    limits: tuple[Limit, ...] = ()
    overdue_after: int = 0  # of a backlog: days, where the list names no due day
    maturity_months: int = 0  # of an outcome rate: for so long the latest months may still grow
    within_days: int = 0  # of an outcome rate: the fixed time in which outcomes count for comparison
    look_back_days: int = 365  # of repeats: an earlier event within so many days
    weights: str = ""  # of severity: the file of weights beside this definition
    per: int = 1  # of a rate: per 1,000
    example: str = ""  # file of definitions/examples/measures
    source: str = ""
    verified: bool = True
    notes: str = ""

    def output(self, slug: str) -> Output | None:
        return next((output for output in self.outputs if output.slug == slug), None)


@lru_cache(maxsize=8)
def load_measures(extra: Path | None = None) -> dict[str, Measure]:
    """Every measure by slug; a workspace's own (in `extra/measures`) replace shipped ones."""
    found: dict[str, Measure] = {}
    for path in find_definitions("measures", extra):
        measure = read_definition(path, Measure)
        if faults := find_faults(measure):
            raise DefinitionError(f"{path.name}: {faults[0]}")
        found[measure.slug] = measure
    return found


def find_measure(slug: str, extra: Path | None = None) -> Measure:
    known = load_measures(extra)
    if slug not in known:
        raise PlainError(f"There is no measure “{slug}”; those that are known are {', '.join(sorted(known))}.")
    return known[slug]


def find_faults(measure: Measure) -> list[str]:
    """What is wrong with a measure, each as a clause that follows the file's name."""
    if measure.kind not in NEEDS:
        return [f"the kind “{measure.kind}” is none of {', '.join(NEEDS)}"]
    faults = [
        f"a measure of the kind {measure.kind} needs a field {' or '.join(group)}"
        for group in NEEDS[measure.kind]
        if not any(name in measure.fields for name in group)
    ]
    for name, field in measure.fields.items():
        if field.kind not in FIELD_KINDS:
            faults.append(f"{name}: the kind “{field.kind}” is none of {', '.join(FIELD_KINDS)}")
        if not field.heads:
            faults.append(f"{name}: name at least one heading under heads")
        if field.kind == "truth" and set(field.words or {}) != {"yes", "no"}:
            faults.append(f"{name}: say under words which of the list's words mean yes, and which no")
    if not measure.outputs:
        faults.append("name at least one output")
    if measure.kind == "within-standard" and not measure.limits:
        faults.append("name at least one standard under limits")
    return faults + _overlaps(measure.limits)


def _overlaps(limits: tuple[Limit, ...]) -> list[str]:
    """Two standards of one group on one day."""
    faults = []
    for index, one in enumerate(limits):
        for other in limits[index + 1 :]:
            ends_before = one.last is not None and other.first is not None and one.last < other.first
            ends_after = other.last is not None and one.first is not None and other.last < one.first
            if one.group == other.group and not (ends_before or ends_after):
                faults.append(f"limits: two standards for {one.group} hold on the same day")
    return faults
