"""By which rules does a control chart call a point unusual, and what may be asked of it?

The rule sets are those of "Making Data Count", as its reference implementation applies them. They are data and
carry a version, because a chart that was published must come out the same after the rules have changed.
"""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from bluelamp.figures.months import Span
from bluelamp.lib.errors import PlainError
from bluelamp.lib.names import show_name


class Improvement(StrEnum):
    """Which way is better: polarity, not the plan's aim. Neutral where nobody has decided."""

    INCREASE = "increase"
    DECREASE = "decrease"
    NEUTRAL = "neutral"


class Cause(StrEnum):
    """Why a point is called unusual, in the reference's own labels: programs compare them letter by letter."""

    COMMON = "Common Cause"
    ABOVE = "Above UCL"
    BELOW = "Below LCL"
    RISING = "7 Point Trend (Increasing)"
    FALLING = "7 Point Trend (Decreasing)"
    NEAR_UPPER = "2 in 3 Above CL"
    NEAR_LOWER = "2 in 3 Below CL"
    SHIFT_UP = "7 Points Above CL"
    SHIFT_DOWN = "7 Points Below CL"

    @property
    def high(self) -> bool:
        """Does it speak of higher values? A rise does, wherever its points lie."""
        return self in (Cause.ABOVE, Cause.RISING, Cause.NEAR_UPPER, Cause.SHIFT_UP)


@dataclass(frozen=True, slots=True)
class RuleSet:
    """The numbers of one version of the rules. Where several rules mark a point, the first of this order names it:
    outside, trend, two in three, shift."""

    name: str
    summary: str
    limit: float = 2.66  # limits lie this many mean moving ranges from the mean
    near: float = 2 * (2.66 / 3)  # the outer third begins here; kept as the quotient that the reference computes
    screen: float = 3.267  # a moving range of this many times their mean, or more, is left out
    shift: int = 7  # points on one side of the mean
    trend: int = 7  # points, each strictly beyond the one before
    window: int = 3  # two or more of this many points in the outer third, all on one side
    beyond_counts: bool = False  # does a point beyond a limit count among the two?
    short: int = 13  # a group of fewer points is marked as short
    fix_least: int = 12  # the fewest points that may fix the limits


RULE_SETS: Final = {
    rules.name: rules
    for rules in (
        RuleSet("mdc_2021", "In two of three, points beyond a limit do not count."),
        RuleSet("mdc_2024", "In two of three, points beyond a limit count too.", beyond_counts=True),
    )
}
DEFAULT_RULES: Final = RULE_SETS["mdc_2021"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ControlSettings:
    """What is asked of a chart. `check` holds before anything is computed."""

    rebase: tuple[dt.date, ...] = ()
    """Limits begin anew at each point with one of these dates; a date that no point has changes nothing."""
    fix_after: int | None = None
    """Only the first so many known points of each group set its limits."""
    target: float | None = None
    improvement: Improvement = Improvement.NEUTRAL
    screen_outliers: bool = True
    rules: RuleSet = DEFAULT_RULES

    def check(self) -> None:
        """PlainError where the settings contradict the rules."""
        if self.fix_after is not None and self.fix_after < self.rules.fix_least:
            raise PlainError(
                f"Limits cannot be fixed after {self.fix_after} points: give {self.rules.fix_least} or more."
            )
        if self.target is not None and not math.isfinite(self.target):
            raise PlainError("The target is not a number that can be charted: give a plain number, or none.")


PLAIN_SETTINGS: Final = ControlSettings()
"""One group, every point sets the limits, no target, no direction that is better."""


def find_rules(name: str) -> RuleSet:
    """The rule set of that name; PlainError names those there are."""
    if name not in RULE_SETS:
        raise PlainError(f"There is no rule set “{show_name(name[:40])}”: choose {' or '.join(RULE_SETS)}.")
    return RULE_SETS[name]


def find_improvement(name: str) -> Improvement:
    """The direction of that name; PlainError names those there are."""
    try:
        return Improvement(name)
    except ValueError:
        raise PlainError(
            f"“{show_name(name[:40])}” is no direction of improvement: choose {', '.join(Improvement)}."
        ) from None


def can_chart(span: Span, step: int = 1) -> bool:
    """Do periods of this span, `step` months apart, stand for themselves, so that their scatter is chance?"""
    return span.months <= step


def check_can_chart(span: Span, step: int = 1) -> None:
    """PlainError for rolling values: each shares most of its months with the one before, so neighbours move
    together, and on pure chance alone every such series is flagged, 65% of them at their latest point."""
    if not can_chart(span, step):
        raise PlainError(
            f"Values over {span.months} months that are told every {_say_step(step)} overlap, so they cannot be"
            " charted against control limits: give the values of the single months."
        )


def _say_step(step: int) -> str:
    return "month" if step == 1 else f"{step} months"
