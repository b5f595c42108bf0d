"""What does the rule say that quarterly reports publish, and how often is it wrong?

"Significant improvement in the latest quarter, or an improving trend over three successive quarters", on rolling
twelve months. It is kept, by name, for whoever must apply it; the default is another (`exceptions`), because this
one speaks of more than one indicator in four when nothing has changed. The reports do not say how they judge
"significant": here two Poisson counts are compared, the quarter and the same quarter a year before, at 5%.

A rolling total moves by the difference between a quarter and the one a year before it, so three moves the same way
are three independent differences of one sign: one chance in eight each way.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import sqrt
from typing import Final

from scipy import special

from bluelamp.figures.control_rules import Improvement
from bluelamp.lib.errors import PlainError

NAME: Final = "Significant change in the latest quarter, or a trend over three successive quarters"
QUARTERS: Final = 3
_LEVEL: Final = 0.05


@dataclass(frozen=True)
class FalseAlarms:
    """How often the rule speaks of a series in which nothing has changed."""

    trend_each_way: float
    latest_quarter: float
    either: float

    @property
    def words(self) -> str:
        return (
            f"When nothing has changed this rule marks {self.either:.0%} of series: the trend"
            f" {self.trend_each_way:.1%} each way, the latest quarter {self.latest_quarter:.0%}."
        )


def find_false_alarms(dispersion: float = 1.0) -> FalseAlarms:
    """For counts whose variance is `dispersion` times their mean.

    The sign of the latest difference is independent of its size, so of those with a significant quarter a quarter
    have a trend too.
    """
    if not dispersion > 0:
        raise PlainError(f"A dispersion of {dispersion:g} is none: give how many times the mean the variance is.")
    trend = 0.5**QUARTERS
    latest = float(2 * special.ndtr(special.ndtri(_LEVEL / 2) / sqrt(dispersion)))
    return FalseAlarms(trend, latest, 2 * trend + latest - 2 * trend * latest)


@dataclass(frozen=True, kw_only=True)
class PublishedFinding:
    """What the rule says of one indicator; None where a figure it needs is not known."""

    latest: int | None  # +1 a significant rise in the latest quarter, -1 a fall, 0 neither
    trend: int | None  # +1 three rises of the rolling figure in a row, -1 three falls, 0 neither
    improvement: Improvement

    @property
    def is_exception(self) -> bool | None:
        """None: nothing was found, and not everything could be looked at."""
        if self.latest or self.trend:
            return True
        return None if self.latest is None or self.trend is None else False

    @property
    def good(self) -> bool | None:
        """A positive exception, or a negative one; None where there is none, no polarity, or the two disagree."""
        ways = {way for way in (self.latest, self.trend) if way}
        if len(ways) != 1 or self.improvement is Improvement.NEUTRAL:
            return None
        return (ways == {1}) == (self.improvement is Improvement.INCREASE)


def apply_published_rule(
    rolling: Sequence[float | None],
    *,
    latest: float | None = None,
    year_before: float | None = None,
    sizes: tuple[float, float] | None = None,
    improvement: Improvement = Improvement.NEUTRAL,
) -> PublishedFinding:
    """`rolling`: twelve months to each quarter end, oldest first; the last four are looked at.

    `latest` and `year_before` are the latest quarter's count and that of the same quarter a year before; of
    proportions numerators, with their denominators in `sizes`.
    """
    return PublishedFinding(
        latest=_compare(latest, year_before, sizes), trend=_trend(rolling), improvement=improvement
    )


def _trend(rolling: Sequence[float | None]) -> int | None:
    last = list(rolling)[-QUARTERS - 1 :]
    known = [value for value in last if value is not None]
    if len(known) <= QUARTERS:
        return None
    steps = [after - before for before, after in pairwise(known)]
    if all(step > 0 for step in steps):
        return 1
    return -1 if all(step < 0 for step in steps) else 0


def _compare(latest: float | None, before: float | None, sizes: tuple[float, float] | None) -> int | None:
    if latest is None or before is None:
        return None
    if sizes is None:
        away, spread = latest - before, latest + before
    else:
        if min(sizes) <= 0:
            return None
        share = (latest + before) / sum(sizes)
        away = latest / sizes[0] - before / sizes[1]
        spread = share * (1 - share) * (1 / sizes[0] + 1 / sizes[1])
    if spread <= 0:
        return 0
    score = away / sqrt(spread)
    if abs(score) <= -float(special.ndtri(_LEVEL / 2)):
        return 0
    return 1 if score > 0 else -1
