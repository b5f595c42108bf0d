"""What does an inspection report say? The facts the readers of this slice make."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar

from bluelamp.documents.facts import Fact

FINDING_TYPES = (
    "cause_of_concern",
    "recommendation",
    "area_for_improvement",
    "issue_of_concern",
    "strength",
    "work_in_progress",
    "main_finding",
)
PRACTICE_TYPES = ("innovative", "promising", "notable", "developing")


@dataclass(frozen=True, kw_only=True)
class Judgement(Fact):
    """A grade for an area, or that the area was inspected and not graded (`grade` None)."""

    kind: ClassVar[str] = "judgement"
    area: str  # slug of the framework
    printed_area: str
    grade: str | None  # slug of the framework's scale
    previous_grade: str | None = None  # only where the report itself prints it
    direction: str | None = None  # improved, stable, declined


@dataclass(frozen=True, kw_only=True)
class GradeCount:
    grade: str
    count: int


@dataclass(frozen=True, kw_only=True)
class GradeDistribution(Fact):
    """How many forces were given each grade for an area."""

    kind: ClassVar[str] = "grade_distribution"
    area: str
    counts: tuple[GradeCount, ...]  # on the wire an object {grade: n}


@dataclass(frozen=True, kw_only=True)
class Deadline:
    """When something must be done by, as printed and as a rule."""

    printed: str
    rule: str  # immediately | months | date
    months: int | None = None
    date: dt.date | None = None


@dataclass(frozen=True, kw_only=True)
class Finding(Fact):
    kind: ClassVar[str] = "finding"
    type: str  # one of FINDING_TYPES
    area: str = ""
    number: str = ""  # as printed
    title: str = ""
    text: str = ""
    strength: str = ""  # only for issue_of_concern
    deadline: Deadline | None = None
    parts: tuple[str, ...] = ()
    parent: str = ""  # a recommendation's cause of concern: that finding's title (or text), folded


@dataclass(frozen=True, kw_only=True)
class Practice(Fact):
    kind: ClassVar[str] = "practice"
    type: str  # one of PRACTICE_TYPES
    area: str = ""
    title: str = ""
    text: str = ""
    problem: str = ""
    solution: str = ""
    outcomes: str = ""


@dataclass(frozen=True, kw_only=True)
class Closure(Fact):
    """What a revisit says became of a cause of concern."""

    kind: ClassVar[str] = "closure"
    concern: str
    verdict: str  # closed | remains | superseded
    reason: str = ""
    date: dt.date | None = None


@dataclass(frozen=True, kw_only=True)
class Statistic(Fact):
    kind: ClassVar[str] = "statistic"
    subject: str
    printed: str
    value: Decimal
    half_width: Decimal | None = None
    unit: str = ""
    n: int | None = None
    period: str = ""
