"""What would have happened without the restriction, or the operation, and how far is that from what did?

The months before a dated event teach a model what the months after it would have been: a quasi-Poisson with a
trend and two waves a year by default, days or population as exposure, earlier recording changes as steps. Every
month and the total carry an interval of what chance and the model's own uncertainty allow together; the total's
grows where months go together. The event's effect is estimated by a second model of all months with a step at it.

The model is named with its result, and a challenger stands beside it (`challengers`): the choice of model alone
moved one classic answer by 3.7%.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from scipy import special

from bluelamp.figures.baselines import (
    Design,
    Family,
    Fit,
    Floats,
    Season,
    find_autocorrelation,
    fit_baselines,
    forecast_total,
)
from bluelamp.figures.challengers import Challenge, smooth_exponentially
from bluelamp.figures.months import Month
from bluelamp.figures.predictive import count_tail, find_limits
from bluelamp.lib.errors import PlainError

CONFIDENCE: Final = 0.95
_LEAST: Final = 24  # months before the event
_PRIOR_TIES: Final = 0.15**2  # how far from none an autocorrelation is thought to lie before it is seen


@dataclass(frozen=True, kw_only=True)
class Counted:
    """Counts of months from `first` on; None is missing. `exposure` (population, days) one a month, or nothing."""

    name: str
    first: Month
    values: Sequence[float | None]
    exposure: Sequence[float] = ()

    def __post_init__(self) -> None:
        if self.exposure and (len(self.exposure) != len(self.values) or min(self.exposure) <= 0):
            raise PlainError(
                f"{self.name}: give an exposure above zero for each of its {len(self.values)} months."
            )
        for place, value in enumerate(self.values):
            if value is not None and not value >= 0:
                raise PlainError(
                    f"{self.name} has {value:g} for {self.first.plus(place).words}: a count is 0 or more."
                )


@dataclass(frozen=True, kw_only=True)
class ExpectedModel:
    """Which terms the model of the months before has."""

    trend: bool = True
    season: Season = Season.TWO_WAVES
    per_day: bool = False  # counts are per day of the month
    steps: tuple[Month, ...] = ()  # earlier changes of recording: the level moves from that month on
    left_out: frozenset[Month] = frozenset()

    @property
    def words(self) -> str:
        terms = [f"{self.season.value}"] if self.season is not Season.NONE else []
        terms = (["a trend"] if self.trend else []) + terms
        terms += [f"a step at {month.words}" for month in self.steps]
        said = " and ".join([", ".join(terms[:-1]), terms[-1]] if len(terms) > 1 else terms) or "a level"
        return f"Quasi-Poisson with {said}" + (", per day" if self.per_day else "")


@dataclass(frozen=True)
class ExpectedMonth:
    month: Month
    actual: float | None
    expected: float
    low: float
    high: float


@dataclass(frozen=True)
class Effect:
    """By how many per cent the level moved at the event, with its interval."""

    percent: float
    low: float
    high: float


@dataclass(frozen=True, kw_only=True)
class ExpectedResult:
    """Months from the event to the end of the window, and all together.

    `actual` and `expected` count the months whose figure is known; `unknown` names the others.
    """

    name: str
    model: str
    months: tuple[ExpectedMonth, ...]
    before: tuple[ExpectedMonth, ...]  # the months that taught the model, with what it makes of them
    actual: float
    expected: float
    low: float
    high: float
    unknown: tuple[Month, ...] = ()
    dispersion: float | None = None
    autocorrelation: float | None = None
    effect: Effect | None = None

    @property
    def percent(self) -> float:
        """How far the actual total is from the expected, in per cent of that."""
        return 100 * (self.actual / self.expected - 1) if self.expected else float("nan")

    @property
    def percent_between(self) -> tuple[float, float]:
        """That difference if the expected total lay at either end of its interval."""
        low = 100 * (self.actual / self.high - 1) if self.high else float("nan")
        return low, 100 * (self.actual / self.low - 1) if self.low else float("inf")

    @property
    def beyond(self) -> bool:
        """Is the actual total outside what was to be expected?"""
        return not self.low <= self.actual <= self.high


def find_expected(counted: Counted, event: Month, to: Month, model: ExpectedModel | None = None) -> ExpectedResult:
    """What the months before `event` lead to expect from `event` to `to`, and what came."""
    model = model or ExpectedModel()
    frame = _Frame.of(counted, event, to, model)
    fit = fit_baselines(
        Family.COUNT, frame.design[: frame.known], frame.values[:, : frame.known],
        weights=frame.weights[:, : frame.known], sizes=frame.sizes[:, : frame.known],
    )  # fmt: skip
    if not fit.converged[0] or fit.freedom[0] < 3:
        raise PlainError(
            f"{counted.name}: the months before {event.words} are too few or too empty for this model; take fewer"
            " terms, or a longer history."
        )
    ties = _ties(fit, frame)
    freedom = np.maximum(fit.freedom, 3.0)
    each = [
        _expect(fit, frame, np.array([place]), ties, freedom)
        for place in range(frame.known, frame.design.shape[0])
    ]
    seen = np.flatnonzero(np.isfinite(frame.values[0])[frame.known :]) + frame.known
    if not len(seen):
        raise PlainError(f"{counted.name} has no figure from {event.words} to {to.words}, so nothing to compare.")
    total = _expect(fit, frame, seen, ties, freedom)
    return ExpectedResult(
        name=counted.name, model=model.words,
        months=tuple(frame.month(frame.known + later, *found) for later, found in enumerate(each)),
        before=tuple(
            frame.month(place, float(fit.fitted[0, place]), np.nan, np.nan) for place in range(frame.known)
        ),
        actual=float(frame.values[0, seen].sum()), expected=total[0], low=total[1], high=total[2],
        unknown=tuple(
            frame.first.plus(place) for place in range(frame.known, frame.design.shape[0]) if place not in seen
        ),
        dispersion=float(fit.dispersion[0]), autocorrelation=ties, effect=_find_effect(frame, ties),
    )  # fmt: skip


@dataclass(frozen=True, eq=False)
class _Frame:
    """One row of months from the first figure to the end of the window, and the design over them."""

    first: Month
    known: int  # months before the event
    values: Floats  # 1 x N
    weights: Floats
    sizes: Floats
    design: Floats

    @staticmethod
    def of(counted: Counted, event: Month, to: Month, model: ExpectedModel) -> _Frame:
        number, known = to.index - counted.first.index + 1, event.index - counted.first.index
        if number > len(counted.values) or to < event:
            raise PlainError(
                f"{counted.name} has figures to {counted.first.plus(len(counted.values) - 1).words}: a window from"
                f" {event.words} to {to.words} does not lie within them."
            )
        given = [np.nan if value is None else float(value) for value in counted.values[:number]]
        values = np.array([given])
        out = [(counted.first.plus(place) in model.left_out) for place in range(number)]
        weights = np.isfinite(values) & ~(np.array([out]) & (np.arange(number) < known))
        if weights[0, :known].sum() < _LEAST:
            raise PlainError(
                f"{counted.name} has {int(weights[0, :known].sum())} months before {event.words}: {_LEAST} are"
                " needed to know its season."
            )
        months = [counted.first.plus(place) for place in range(number)]
        sizes = np.array([[float(x) for x in counted.exposure[:number]] or [1.0] * number])
        if model.per_day:
            sizes = sizes * np.array([month.days for month in months])
        start = counted.first.number - 1
        design = Design(model.season, model.trend).matrix(
            np.arange(start, start + number), middle=start + known / 2
        )
        steps = [np.array([float(month >= step) for month in months]) for step in model.steps]
        return _Frame(counted.first, known, values, weights * 1.0, sizes, np.column_stack([design, *steps]))

    def month(self, place: int, expected: float, low: float, high: float) -> ExpectedMonth:
        value = float(self.values[0, place])
        return ExpectedMonth(self.first.plus(place), None if np.isnan(value) else value, expected, low, high)


def _ties(fit: Fit, frame: _Frame) -> float:
    """The autocorrelation of months, drawn towards none by as much as it is uncertain; never below none."""
    found, error = find_autocorrelation(fit, frame.design[: frame.known], frame.weights[:, : frame.known])
    return float(np.clip(found[0] * _PRIOR_TIES / (_PRIOR_TIES + error[0]), 0.0, 0.9))


def _expect(
    fit: Fit, frame: _Frame, places: np.ndarray, ties: float, freedom: Floats
) -> tuple[float, float, float]:
    """Expected total of the months at `places`, and the interval within which chance and the model leave it."""
    forecast = forecast_total(fit, frame.design[places], frame.sizes[:, places])
    number = len(places)
    together = 1 + 2 * sum((1 - step / number) * ties**step for step in range(1, number))
    extra = (1 + ties) / (1 - ties) * forecast.uncertainty / forecast.mean
    widening = together + extra
    deviation = np.sqrt(np.maximum(fit.dispersion, 1.0) * forecast.mean * widening)
    tail = np.array([(1 - CONFIDENCE) / 2])

    def limit(upper: bool) -> float:
        found = find_limits(
            lambda total: count_tail(total, forecast.mean, widening, fit.dispersion, freedom, upper=upper),
            forecast.mean, deviation, tail, upper=upper,
        )  # fmt: skip
        return max(float(found[0]), 0.0)

    return float(forecast.mean[0]), limit(upper=False), limit(upper=True)


def _find_effect(frame: _Frame, ties: float) -> Effect | None:
    """The step at the event in a model of all months; None where it cannot be told from the other terms."""
    step = (np.arange(len(frame.design)) >= frame.known) * 1.0
    design = np.column_stack([frame.design, step])
    if np.linalg.matrix_rank(design) < design.shape[1]:
        return None
    fit = fit_baselines(Family.COUNT, design, frame.values, weights=frame.weights, sizes=frame.sizes)
    if not fit.converged[0] or fit.freedom[0] < 3:
        return None
    spread = max(float(fit.dispersion[0]), 1.0) * (1 + ties) / (1 - ties)
    error = float(np.sqrt(fit.covariance[0, -1, -1] * spread))
    reach = float(special.stdtrit(fit.freedom[0], 1 - (1 - CONFIDENCE) / 2)) * error
    moved = float(fit.coefficients[0, -1])
    low, middle, high = (100 * float(np.expm1(moved + away)) for away in (-reach, 0.0, reach))
    return Effect(middle, low, high)


def challenge_expected(
    counted: Counted, event: Month, to: Month, smooth: Callable[[Floats, int], Challenge] = smooth_exponentially
) -> ExpectedResult:
    """Another model's answer to the same question, in the same form; it needs every month from first to last."""
    known, number = event.index - counted.first.index, to.index - event.index + 1
    given = counted.values[: known + number]
    values = np.array([np.nan if value is None else float(value) for value in given])
    if number < 1 or len(values) < known + number or not np.isfinite(values).all():
        raise PlainError(
            f"{counted.name}: this model needs every month from {counted.first.words} to {to.words}; use the"
            " default model, which can do with gaps."
        )
    challenge = smooth(values[:known], number)
    months = tuple(
        ExpectedMonth(
            event.plus(later), float(values[known + later]), float(challenge.mean[later]),
            float(challenge.low[later]), float(challenge.high[later]),
        )
        for later in range(number)
    )  # fmt: skip
    return ExpectedResult(
        name=counted.name, model=challenge.model, months=months, before=(), actual=float(values[known:].sum()),
        expected=challenge.total, low=challenge.total_low, high=challenge.total_high,
    )  # fmt: skip
