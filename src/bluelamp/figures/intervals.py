"""Between which bounds may the true proportion or rate lie, given what was counted?

Proportions: Wilson's score interval. Rates and counts: exact Poisson under 10 events, Byar's approximation from 10
(Breslow and Day 1987, as public health statistics in England publish them). The functions over arrays
(`wilson_limits`, `poisson_limits`, `byars_limits`, `count_limits`) are the one definition; those for one figure
stand on them. An array has NaN where a figure is not known; one figure says `NotKnown` with the reason.
"""

from __future__ import annotations

from dataclasses import dataclass
from statistics import NormalDist
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from bluelamp.figures.not_known import Figure, MaybeFigure, NotKnown, named
from bluelamp.lib.errors import PlainError

Numbers = NDArray[np.float64]
Limits = tuple[Numbers, Numbers]

BYARS_FROM: Final = 10
"""Events from which Byar's approximation is near enough; below, the exact interval."""
NO_NUMERATOR: Final = "no numerator"
NO_DENOMINATOR: Final = "no denominator"
ZERO_DENOMINATOR: Final = "the denominator is zero"


@dataclass(frozen=True, slots=True, kw_only=True)
class Interval:
    """An estimate and its bounds, in the unit that its multiplier gave."""

    value: float
    low: float
    high: float
    confidence: float
    method: str  # wilson | exact | byars | normal | weighted


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """Byar's bounds asked for by name; with few events at a high confidence the lower one is not defined."""

    low: float | NotKnown
    high: float


def normal_quantile(confidence: float) -> float:
    """How many standard errors either way hold `confidence` of a normal distribution: 1.96 for 0.95."""
    if not 0 < confidence < 1:
        raise PlainError(f"A confidence of {confidence:g} is not between 0 and 1; write 95% as 0.95.")
    return NormalDist().inv_cdf((1 + confidence) / 2)


# -- arrays -------------------------------------------------------------------------------------------------


def wilson_limits(numerator: ArrayLike, denominator: ArrayLike, confidence: float = 0.95) -> Limits:
    """Wilson's bounds of each proportion, as shares of one. Numerators may be fractional.

    NaN where the denominator is zero or either is NaN; PlainError where a numerator is above its denominator or
    one is negative. The bounds are the roots of (n + z²)p² - (2x + z²)p + x²/n, so the smaller is had from their
    product: nothing is lost where it is near zero.
    """
    x, n = np.broadcast_arrays(np.asarray(numerator, np.float64), np.asarray(denominator, np.float64))
    _check_proportions(x, n)
    squared = normal_quantile(confidence) ** 2
    n = np.where(n > 0, n, np.nan)
    return _score_low(x, n, squared), 1 - _score_low(n - x, n, squared)


def poisson_limits(events: ArrayLike, confidence: float = 0.95) -> Limits:
    """Exact (Garwood) bounds of the expected count behind each count of events; NaN where it is NaN."""
    from scipy.special import gammaincinv

    x = _check_counts(events)
    tail = _tail(confidence)
    low = np.where(x > 0, gammaincinv(np.where(x > 0, x, 1.0), tail), 0 * x)
    return low, np.asarray(gammaincinv(x + 1, 1 - tail), np.float64)


def byars_limits(events: ArrayLike, confidence: float = 0.95) -> Limits:
    """Byar's bounds of the expected count behind each count; a lower bound below zero is NaN, 0 events give 0."""
    x = _check_counts(events)
    z = normal_quantile(confidence)
    some = np.where(x > 0, x, np.nan)
    low = some * (1 - 1 / (9 * some) - z / (3 * np.sqrt(some))) ** 3
    low = np.where(x == 0, 0.0, np.where(low < 0, np.nan, low))
    high = (x + 1) * (1 - 1 / (9 * (x + 1)) + z / (3 * np.sqrt(x + 1))) ** 3
    return low, high


def count_limits(events: ArrayLike, confidence: float = 0.95) -> Limits:
    """The bounds we publish: exact under 10 events and wherever Byar's has no lower bound, else Byar's."""
    x = _check_counts(events)
    low, high = byars_limits(x, confidence)
    exactly = (x < BYARS_FROM) | np.isnan(low)
    if exactly.any():
        exact_low, exact_high = poisson_limits(x, confidence)
        low, high = np.where(exactly, exact_low, low), np.where(exactly, exact_high, high)
    return low, high


# -- one figure ---------------------------------------------------------------------------------------------


def proportion_interval(
    numerator: MaybeFigure, denominator: MaybeFigure, *, confidence: float = 0.95, multiplier: float = 1
) -> Interval | NotKnown:
    """A proportion with Wilson's bounds; `multiplier` 100 for per cent."""
    known = known_counts(numerator, denominator)
    if isinstance(known, NotKnown):
        return known
    x, n = known
    low, high = wilson_limits(x, n, confidence)
    return Interval(
        value=x / n * multiplier,
        low=float(low) * multiplier,
        high=float(high) * multiplier,
        confidence=confidence,
        method="wilson",
    )


def rate_interval(
    events: MaybeFigure, population: MaybeFigure, *, confidence: float = 0.95, multiplier: float = 100_000
) -> Interval | NotKnown:
    """Events per `multiplier` of the population (or of anything counted), with the bounds we publish."""
    known = known_counts(events, population)
    if isinstance(known, NotKnown):
        return known
    x, n = known
    if n < 0:
        raise PlainError(f"A population of {n:g} is below zero; check the column of denominators.")
    low, high = count_limits(x, confidence)
    return Interval(
        value=x / n * multiplier,
        low=float(low) / n * multiplier,
        high=float(high) / n * multiplier,
        confidence=confidence,
        method=count_method(x, confidence),
    )


def count_interval(events: MaybeFigure, *, confidence: float = 0.95) -> Interval | NotKnown:
    """The expected count behind a count of events: a rate for a population of one."""
    return rate_interval(events, 1, confidence=confidence, multiplier=1)


def byars_bounds(events: MaybeFigure, *, confidence: float = 0.95) -> Bounds | NotKnown:
    """Byar's bounds by name, also under 10 events, where they are rough."""
    count: Figure | NotKnown = named(events, NO_NUMERATOR)
    if isinstance(count, NotKnown):
        return count
    low, high = (float(limit) for limit in byars_limits(float(count), confidence))
    few = NotKnown("too few events for Byar's lower bound at this confidence")
    return Bounds(low=few if np.isnan(low) else low, high=high)


def count_method(events: float, confidence: float = 0.95) -> str:
    """By which method `count_limits` works for so many events: exact or byars."""
    if events < BYARS_FROM or np.isnan(byars_limits(events, confidence)[0]):
        return "exact"
    return "byars"


# -- what may go in -----------------------------------------------------------------------------------------


def known_counts(numerator: MaybeFigure, denominator: MaybeFigure) -> tuple[float, float] | NotKnown:
    """Both counts, or why one is not there; a denominator of zero is as good as none."""
    x: Figure | NotKnown = named(numerator, NO_NUMERATOR)
    n: Figure | NotKnown = named(denominator, NO_DENOMINATOR)
    if isinstance(x, NotKnown):
        return x
    if isinstance(n, NotKnown):
        return n
    return (float(x), float(n)) if n else NotKnown(ZERO_DENOMINATOR)


def _score_low(x: Numbers, n: Numbers, squared: float) -> Numbers:
    higher = (2 * x + squared + np.sqrt(squared * (squared + 4 * x * (1 - x / n)))) / 2
    return np.asarray(x * x / (n * higher), np.float64)


def _tail(confidence: float) -> float:
    normal_quantile(confidence)  # refuses what is no confidence
    return (1 - confidence) / 2


def _check_counts(events: ArrayLike) -> Numbers:
    x = np.asarray(events, np.float64)
    if (x < 0).any():
        raise PlainError(f"A count of {x[x < 0].min():g} events is below zero; check the column of counts.")
    return x


def _check_proportions(x: Numbers, n: Numbers) -> None:
    if (x < 0).any() or (n < 0).any():
        lowest = min(np.nanmin(x), np.nanmin(n))
        raise PlainError(f"A count of {lowest:g} is below zero; check numerators and denominators.")
    above = x > n
    if above.any():
        first = int(np.flatnonzero(above)[0])
        raise PlainError(
            f"The numerator {x.flat[first]:g} is above its denominator {n.flat[first]:g}, which no proportion can"
            " be; check the two columns, or treat the indicator as a rate."
        )
