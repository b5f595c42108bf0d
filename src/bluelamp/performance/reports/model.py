"""What does a performance report hold, before anybody decides how it looks?

The indicator's page, a draft of the report and the published paper are all made of these. Nothing here is text to
be parsed again: each number stands beside how it is printed, and what is not known has a name and a reason.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from typing import Final

from bluelamp.figures.months import Month, Span, period_words
from bluelamp.performance.plans import Indicator, Plan, RecordingChange, Standard, Theme
from bluelamp.performance.series import FORCE, UNKNOWN

# -- what is asked for ------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class Settings:
    """Which report: up to which month, of which area, by which rule of exceptions.

    `rule` is a name of `figures.exceptions`. `quarters` is how many quarter ends the table shows. `known_on`: the
    day on which the figures were what was known; it is printed, nothing is computed from it.
    """

    to: Month
    area: str = FORCE
    rule: str = "default"
    quarters: int = 5
    known_on: dt.date | None = None


@dataclass(frozen=True, kw_only=True)
class LoadKnown:
    """A load (vintage) whose figures the report may use; `key` is what its points carry."""

    key: str
    number: int
    name: str
    kind: str
    known_on: dt.date
    sha256: str = ""

    @property
    def words(self) -> str:
        return f"vintage {self.number}: {self.name}"


# -- one indicator ----------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class PeriodFigure:
    """The figure of one period of the table.

    `value` is in the indicator's unit; `numerator` and `denominator` where they are known. Where it is unknown,
    `unknown` names how and `reason` says why in a sentence. `basis`: "months" (summed here from months),
    "quarters", or "as loaded" (a figure for the whole period came ready made).
    """

    to: Month
    span: Span
    printed: str
    value: Decimal | None = None
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    unknown: str = ""
    reason: str = ""
    basis: str = ""
    flags: tuple[str, ...] = ()
    loads: tuple[str, ...] = ()
    sample: int | None = None
    half_width: Decimal | None = None
    parts: bool = False  # what a percentage is made of stands beside it, and its change in number too

    @property
    def words(self) -> str:
        """ "12 months to March 2021"."""
        return period_words(self.to, self.span)

    @property
    def unknown_words(self) -> str:
        return UNKNOWN.get(self.unknown, self.unknown)


@dataclass(frozen=True, kw_only=True)
class ChangeOfRow:
    """The change over the last year, as the published layout prints it: "+16.1%" or "-0.8% pts", and "+1,124".

    `share` is in per cent or percentage points as `unit` says; `actual` in the unit of what is counted. An actual
    change that the layout does not print ("n/a", of a percentage) is None with `actual_printed` "n/a".
    """

    unit: str  # percent | points
    share_printed: str
    actual_printed: str
    share: Decimal | None = None
    actual: Decimal | None = None
    before: Month | None = None
    reason: str = ""  # why it is not known

    @property
    def is_known(self) -> bool:
        return self.share is not None or self.actual is not None

    @property
    def direction(self) -> int:
        moved = self.actual if self.actual is not None else self.share
        return 0 if not moved else 1 if moved > 0 else -1


class Verdict(StrEnum):
    """What is said of an indicator in the latest quarter; each has a word and a shape, never only a colour."""

    POSITIVE = "positive"
    NEGATIVE = "negative"
    NEITHER = "neither"  # a change as unlikely by chance, of which the plan does not say whether it is good
    NONE = "none"
    CANNOT_TELL = "cannot-tell"

    @property
    def words(self) -> str:
        return _VERDICT_WORDS[self]

    @property
    def shape(self) -> str:
        return _VERDICT_SHAPES[self]

    @property
    def is_exception(self) -> bool:
        return self in (Verdict.POSITIVE, Verdict.NEGATIVE, Verdict.NEITHER)


_VERDICT_WORDS: Final = {
    Verdict.POSITIVE: "positive exception",
    Verdict.NEGATIVE: "negative exception",
    Verdict.NEITHER: "exception, neither good nor bad",
    Verdict.NONE: "no exception",
    Verdict.CANNOT_TELL: "cannot tell",
}
_VERDICT_SHAPES: Final = {
    Verdict.POSITIVE: "▲",
    Verdict.NEGATIVE: "◆",
    Verdict.NEITHER: "■",
    Verdict.NONE: "",
    Verdict.CANNOT_TELL: "",
}


@dataclass(frozen=True, kw_only=True)
class ExceptionOfRow:
    """Whether the latest quarter is an exception, and the sentence that says so with its numbers."""

    verdict: Verdict
    sentence: str
    rule: str = ""
    detectable: str = ""  # what change this series could show


@dataclass(frozen=True, kw_only=True)
class StandardOfRow:
    """A standard in force at the period's end; `met` is None where the figure is not known or comparable."""

    standard: Standard
    met: bool | None
    sentence: str


@dataclass(frozen=True, kw_only=True)
class PeerFigure:
    """The figure of another force or a neighbouring area, of a period that may end earlier."""

    name: str
    figure: PeriodFigure
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class AreaFigure:
    """The same indicator in an area below: its last period, its change, its share in the whole's change."""

    slug: str
    name: str
    level: str
    figure: PeriodFigure
    change: ChangeOfRow
    exception: ExceptionOfRow


@dataclass(frozen=True, kw_only=True)
class ChartPoint:
    """One month (or the end of a longer period) of an indicator's chart; limits as a control chart sets them."""

    to: Month
    value: float | None
    centre: float | None = None
    lower: float | None = None
    upper: float | None = None
    signal: str = ""  # "", improvement, concern, neither: a point that a rule of the chart picks out
    unknown: str = ""


@dataclass(frozen=True, kw_only=True)
class ChartOfRow:
    """What an indicator's small chart draws. `limits` says whose they are; "" where there are none."""

    span: Span
    points: tuple[ChartPoint, ...]
    unit_words: str
    decimals: int = 0
    limits: str = ""
    target: float | None = None
    target_words: str = ""
    changes: tuple[RecordingChange, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ControlState:
    """The control chart's two states in words: how the figures vary, and whether the standard will be met.

    How they vary is said of `month`, the last with a figure; an exception is of a quarter, and another test.
    """

    month: str
    variation: str
    variation_words: str
    assurance: str = ""
    assurance_words: str = ""

    @property
    def sentence(self) -> str:
        """ "On its control chart, March 2021 is usual variation: no change to be told from chance" """
        words = self.variation_words
        return f"On its control chart, {self.month} is {words[:1].lower()}{words[1:]}"


@dataclass(frozen=True, kw_only=True)
class ReportRow:
    """An indicator as the report has it, in one area."""

    indicator: Indicator
    periods: tuple[PeriodFigure, ...]  # oldest first
    change: ChangeOfRow
    exception: ExceptionOfRow
    chart: ChartOfRow
    control: ControlState | None = None
    standards: tuple[StandardOfRow, ...] = ()
    peers: tuple[PeerFigure, ...] = ()
    by_area: tuple[AreaFigure, ...] = ()
    notes: tuple[str, ...] = ()  # recording changes, maturity, stars: sentences
    loads: tuple[str, ...] = ()
    starred: bool = False
    provisional: bool = False

    @property
    def code(self) -> str:
        return self.indicator.code

    @property
    def latest(self) -> PeriodFigure:
        return self.periods[-1]


@dataclass(frozen=True)
class SubTheme:
    """`theme` is the sub-theme, or the theme itself where its indicators stand directly under it."""

    theme: Theme
    rows: tuple[ReportRow, ...]


@dataclass(frozen=True)
class ThemeOfReport:
    theme: Theme
    subs: tuple[SubTheme, ...]
    headlines: tuple[str, ...] = ()

    @property
    def rows(self) -> tuple[ReportRow, ...]:
        return tuple(row for sub in self.subs for row in sub.rows)


# -- the whole --------------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class PerformanceReport:
    """The report of one plan, in one area, to one month."""

    plan: Plan
    settings: Settings
    area_name: str
    area_level: str
    ends: tuple[Month, ...]  # the quarter ends of the table, oldest first
    themes: tuple[ThemeOfReport, ...]
    loads: tuple[LoadKnown, ...] = ()  # those whose figures are used, by number
    rule_words: str = ""  # the rule of exceptions, with its false-alarm rate
    tests: int = 0  # how many indicators and areas were tested together

    @property
    def rows(self) -> tuple[ReportRow, ...]:
        return tuple(row for theme in self.themes for row in theme.rows)

    @cached_property
    def _by_code(self) -> dict[str, ReportRow]:
        return {row.code: row for row in self.rows}

    def row(self, code: str) -> ReportRow | None:
        return self._by_code.get(code)

    def count(self, verdict: Verdict) -> int:
        return sum(row.exception.verdict is verdict for row in self.rows)

    @cached_property
    def loads_by_key(self) -> dict[str, LoadKnown]:
        return {load.key: load for load in self.loads}
