"""Which areas differ from the average by more than chance, given how many cases each has?

Limits invert the score interval for proportions (av ± z·√(av(1 - av)/n), what Wilson's bounds come to when turned
round) and the exact Poisson interval for rates and ratios. Two limits: 0.025 and 0.001 in each tail, as public
health funnels in England are drawn. Areas often differ by more than chance alone allows for reasons nobody calls
performance; then (Spiegelhalter 2005) the limits are widened by the dispersion of all areas, its tails winsorised,
either by a factor (√φ) or by a variance between areas added to each one's own (τ²).
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from bluelamp.figures.intervals import Limits, Numbers, count_limits, known_counts, normal_quantile, poisson_limits
from bluelamp.figures.not_known import MaybeFigure, NotKnown
from bluelamp.lib.errors import PlainError

INNER: Final = 0.95
OUTER: Final = 0.998
WINSORISED: Final = 0.1  # of the z-scores at each end are drawn in before the dispersion is taken


class Statistic(StrEnum):
    PROPORTION = "proportion"
    RATE = "rate"  # events per head, or observed over expected


class Widening(StrEnum):
    """What is done about areas that differ by more than chance."""

    NONE = "none"
    FACTOR = "multiplicative"
    BETWEEN = "additive"


class Position(StrEnum):
    """Where an area lies; the values are the words of the published method."""

    HIGH_OUTER = "High (0.001)"
    HIGH_INNER = "High (0.025)"
    WITHIN = "Not significant"
    LOW_INNER = "Low (0.025)"
    LOW_OUTER = "Low (0.001)"

    @property
    def words(self) -> str:
        return _WORDS[self]


_WORDS: Final = {
    Position.HIGH_OUTER: "far above the average",
    Position.HIGH_INNER: "above the average",
    Position.WITHIN: "no different from the average",
    Position.LOW_INNER: "below the average",
    Position.LOW_OUTER: "far below the average",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Area:
    """What an area counted, of how many (cases, people, or events expected)."""

    name: str
    numerator: MaybeFigure
    denominator: MaybeFigure


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """An area in the funnel; `value` is in the funnel's unit."""

    name: str
    value: float
    denominator: float
    position: Position


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """The limits for one size of area, in the funnel's unit."""

    denominator: float
    low_inner: float
    high_inner: float
    low_outer: float
    high_outer: float


@dataclass(frozen=True, slots=True, kw_only=True)
class EventLimit:
    """Of an area that counts so many events: (its size, its value) where it just reaches each limit."""

    events: float
    low_inner: tuple[float, float]
    high_inner: tuple[float, float]
    low_outer: tuple[float, float]
    high_outer: tuple[float, float]


@dataclass(frozen=True, kw_only=True)
class Funnel:
    """`baseline` in the funnel's unit; `dispersion` is φ (1: chance alone), `between` is τ² as shares of one."""

    statistic: Statistic
    multiplier: float
    baseline: float
    areas: tuple[Placed, ...]
    left_out: tuple[tuple[str, NotKnown], ...]
    widening: Widening
    dispersion: float
    between: float

    def limits(self, denominators: Iterable[float]) -> list[Limit]:
        """Limits at sizes of area, to draw the curves."""
        sizes = np.array(list(denominators), np.float64)
        (low, high), (lowest, highest) = (self._limits(sizes, level) for level in (INNER, OUTER))
        return [
            Limit(denominator=n, low_inner=a, high_inner=b, low_outer=c, high_outer=d)
            for n, a, b, c, d in zip(*(x.tolist() for x in (sizes, low, high, lowest, highest)), strict=True)
        ]

    def limits_by_events(self, events: Iterable[float]) -> list[EventLimit]:
        """The curves of a rate or ratio where an area counts so many events: exact, without searching.

        With as many events, an area of the greater size is just low, one of the lesser size just high.
        """
        if self.statistic is not Statistic.RATE or self.dispersion != 1 or self.between:
            raise ValueError("curves by events are of rates whose limits are not widened")
        counted = np.array(list(events), np.float64)
        if (counted <= 0).any():
            raise PlainError("Curves by events begin with one event; give counts above zero.")
        share = self.baseline / self.multiplier
        columns = [counted.tolist()]
        for level in (INNER, OUTER):
            for expected in reversed(poisson_limits(counted, level)):
                columns += [(expected / share).tolist(), (counted / expected * self.baseline).tolist()]
        return [
            EventLimit(
                events=row[0],
                low_inner=(row[1], row[2]),
                high_inner=(row[3], row[4]),
                low_outer=(row[5], row[6]),
                high_outer=(row[7], row[8]),
            )
            for row in zip(*columns, strict=True)
        ]

    def _limits(self, sizes: Numbers, confidence: float) -> Limits:
        share = self.baseline / self.multiplier
        low, high = funnel_limits(
            sizes, share, self.statistic, confidence=confidence, dispersion=self.dispersion, between=self.between
        )
        return low * self.multiplier, high * self.multiplier


def build_funnel(
    areas: Iterable[Area],
    *,
    statistic: Statistic = Statistic.PROPORTION,
    multiplier: float = 100,
    baseline: float | None = None,
    widening: Widening = Widening.NONE,
) -> Funnel:
    """Areas against their common average, or against `baseline` (in the funnel's unit: a national figure, or for
    ratios of observed to expected, one).

    Areas with a figure missing are left out by name. PlainError where no area is left, or one is impossible.
    """
    known, left_out = _part(areas)
    if not known:
        raise PlainError("No area has both its count and its number of cases, so there is no average; give both.")
    x, n = (np.array(column, np.float64) for column in zip(*((x, n) for _, x, n in known), strict=True))
    _check(known, statistic)
    average = float(x.sum() / n.sum()) if baseline is None else baseline / multiplier
    phi, between = _dispersion(x / n, average, n, statistic, widening)
    positions = [Position.WITHIN] * len(known)
    for level, low_name, high_name in (
        (INNER, Position.LOW_INNER, Position.HIGH_INNER),
        (OUTER, Position.LOW_OUTER, Position.HIGH_OUTER),
    ):
        low, high = _sides(x, n, average, statistic, level, phi, between)
        positions = [
            low_name if below else high_name if above else before
            for before, below, above in zip(positions, low, high, strict=True)
        ]
    return Funnel(
        statistic=statistic,
        multiplier=multiplier,
        baseline=average * multiplier,
        areas=tuple(
            Placed(name=name, value=one / many * multiplier, denominator=many, position=position)
            for (name, one, many), position in zip(known, positions, strict=True)
        ),
        left_out=left_out,
        widening=widening,
        dispersion=phi,
        between=between,
    )


def funnel_limits(
    sizes: ArrayLike,
    average: float,
    statistic: Statistic,
    *,
    confidence: float,
    dispersion: float = 1,
    between: float = 0,
) -> Limits:
    """Limits of the share (or rate for one) at each size; rates exact unless widened, never below nothing."""
    n = np.asarray(sizes, np.float64)
    if (n <= 0).any():
        raise PlainError(f"An area of size {n.min():g} has no limits; sizes are above zero.")
    if statistic is Statistic.RATE and dispersion == 1 and between == 0:
        return _poisson_funnel(average * n, confidence, n)
    width = normal_quantile(confidence) * np.sqrt(_variance(average, n, statistic) * dispersion + between)
    ceiling = 1.0 if statistic is Statistic.PROPORTION else np.inf
    return np.maximum(average - width, 0), np.minimum(average + width, ceiling)


def axis_sizes(denominators: Sequence[float], points: int = 100) -> list[float]:
    """Sizes at which the curves are drawn, as the published funnels space them: evenly by ratio, whole numbers.

    From 1 (or a round number under the smallest area where all are of like size) to a round number over the
    largest.
    """
    smallest, largest = min(denominators), max(denominators)
    end = _round_up(largest * 1.05)
    sizes = [1.0 if largest > 2 * smallest else max(1.0, _round_down(smallest * 0.95))]
    for left in range(points - 1, 0, -1):
        ratio = (end / sizes[-1]) ** (1 / left)
        sizes.append(max(float(round(ratio * sizes[-1])), sizes[-1] + 1))
    return sizes


# -- what stands behind -------------------------------------------------------------------------------------

_Known = tuple[str, float, float]


def _part(areas: Iterable[Area]) -> tuple[list[_Known], tuple[tuple[str, NotKnown], ...]]:
    known: list[_Known] = []
    left_out: list[tuple[str, NotKnown]] = []
    for area in areas:
        counts = known_counts(area.numerator, area.denominator)
        if isinstance(counts, NotKnown):
            left_out.append((area.name, counts))
        else:
            known.append((area.name, *counts))
    return known, tuple(left_out)


def _check(known: Iterable[_Known], statistic: Statistic) -> None:
    for name, x, n in known:
        if x < 0 or n < 0:
            raise PlainError(f"{name} has a count below zero ({x:g} of {n:g}); check its row.")
        if statistic is Statistic.PROPORTION and x > n:
            raise PlainError(f"{name} counts {x:g} of {n:g}, which no proportion can be; check its row.")


def _variance(average: float, n: Numbers, statistic: Statistic) -> Numbers:
    spread = average * (1 - average) if statistic is Statistic.PROPORTION else average
    return np.asarray(spread / n, np.float64)


def _dispersion(
    values: Numbers, average: float, n: Numbers, statistic: Statistic, widening: Widening
) -> tuple[float, float]:
    """φ and τ²; (1, 0) where none is asked for, or the areas differ by no more than chance."""
    variance = _variance(average, n, statistic)
    if widening is Widening.NONE or len(values) < 2 or not variance.all():
        return 1.0, 0.0
    scores = (values - average) / np.sqrt(variance)
    drawn_in = np.clip(scores, *np.quantile(scores, [WINSORISED, 1 - WINSORISED]))
    phi = float((drawn_in**2).mean())
    if widening is Widening.FACTOR:
        return max(phi, 1.0), 0.0
    weights, many = 1 / variance, len(values)
    room = float(weights.sum() - (weights**2).sum() / weights.sum())
    return 1.0, max(0.0, (many * phi - (many - 1)) / room)


def _sides(
    x: Numbers, n: Numbers, average: float, statistic: Statistic, level: float, phi: float, between: float
) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Which areas lie strictly below and above.

    A rate lies outside where the interval we publish of it leaves the expected count out, so that no page can
    show an area inside the funnel whose interval does not reach the average.
    """
    if statistic is Statistic.RATE and phi == 1 and between == 0:
        low, high = count_limits(x, level)
        return high < average * n, low > average * n
    low, high = funnel_limits(n, average, statistic, confidence=level, dispersion=phi, between=between)
    return x / n < low, x / n > high


def _poisson_funnel(expected: Numbers, confidence: float, n: Numbers) -> Limits:
    """The counts (not whole) whose exact interval just reaches the expected count, for each in the unit of one."""
    from scipy.special import gdtrib

    normal_quantile(confidence)
    tail = (1 - confidence) / 2
    some = np.where(expected > 0, expected, 1.0)
    low = np.where(expected > 0, np.maximum(gdtrib(1.0, 1 - tail, some) - 1, 0), 0.0)
    high = np.where(expected > 0, gdtrib(1.0, tail, some), 0.0)
    return np.asarray(low / n, np.float64), np.asarray(high / n, np.float64)


def _round_down(number: float) -> float:
    step = 10.0 ** (len(str(math.floor(number))) - 1)
    return math.floor(number / step) * step


def _round_up(number: float) -> float:
    step = 10.0 ** max(0, len(str(math.ceil(number))) - 2)
    return math.ceil(number / step) * step
