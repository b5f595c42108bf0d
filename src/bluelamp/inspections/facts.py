"""What does an inspection report say? The facts the readers of this slice make."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar

from bluelamp.documents.facts import Fact, NamedValue

FINDING_TYPES = (
    "cause_of_concern",
    "recommendation",
    "area_for_improvement",
    "issue_of_concern",
    "strength",
    "work_in_progress",
    "main_finding",
)
MENTION_NATURES = ("sentence", "figure", "table_row", "exclusion", "recommendation_to_all")
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
    """What a revisit says became of a cause of concern, or of what was recommended."""

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


@dataclass(frozen=True, kw_only=True)
class Mention(Fact):
    """Where a report on many forces speaks of one of them, or asks something of all.

    `text` is the report's: a sentence, a caption, a row's cells; where a list or the sentence before is needed to
    understand it, that stands in front. `number` is a recommendation's or figure's own.
    """

    kind: ClassVar[str] = "mention"
    about: str  # the force's code
    nature: str  # one of MENTION_NATURES
    text: str
    critical: str | None = None  # the strength of a criticism, None where it is none
    named_as: str = ""  # as printed; "" for a recommendation to all that does not name it
    listed_with: tuple[str, ...] = ()  # codes of the other forces in the same list
    subject: str = ""  # what could not be provided, or what is measured
    section: str = ""  # the heading it stands under
    number: str = ""
    deadline: Deadline | None = None
    columns: tuple[NamedValue, ...] = ()  # of a table's row
