"""Above which count would a month be unusual, in Farrington's manner?

The bound of an outbreak detector, for months: a quasi-Poisson model of the same season in earlier years, past
outbreaks weighted down, a trend where it is clear. Three versions: the original (Farrington and others 1996: only
the months around the same month of earlier years), and the improved ("flexible": Noufaily and others 2013: all
months, in blocks of the year) with a bound by the delta method or by the negative binomial.

Held to the values of R's surveillance 1.20.3. Two of its ways are kept because they are what its users publish:
in the flexible versions the significance of the trend and the uncertainty of the forecast are computed from
residuals relative to the mean, not Pearson's (`_fit`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from scipy import special, stats

from bluelamp.figures.baselines import Floats
from bluelamp.lib.errors import PlainError


class Bound(StrEnum):
    """How the bound is drawn."""

    ORIGINAL = "farrington"
    DELTA = "flexible_delta"
    NEGATIVE_BINOMIAL = "flexible_nbPlugin"


@dataclass(frozen=True, kw_only=True)
class FarringtonSettings:
    """Names as the field has them; `alpha` is one-sided in the flexible versions, two-sided in the original."""

    bound: Bound = Bound.NEGATIVE_BINOMIAL
    years_back: int = 5  # b
    half_window: int = 1  # w: months on either side of the same month
    blocks: int = 4  # noPeriods: parts of a year in the flexible versions
    weights_threshold: float = 2.58  # Anscombe residual above which a month is weighted down; 1 in the original
    not_included: int = 3  # latest months that the flexible versions leave out
    trend_level: float = 0.05  # pThresholdTrend
    alpha: float = 0.01
    least: int = 5  # no alarm where fewer were counted ...
    least_months: int = 4  # ... in this many months, the current one included
    periods: int = 12


@dataclass(frozen=True)
class MonthBound:
    """What one month is held to; None where too little was counted, or no model settled."""

    expected: float | None
    upper: float | None
    alarm: bool
    trend: bool = False


def find_bounds(
    observed: Sequence[float], at: Sequence[int], settings: FarringtonSettings | None = None
) -> tuple[MonthBound, ...]:
    """The bound for each place in `at` (0 is the first value), from the values before it."""
    settings = settings or FarringtonSettings()
    values = np.asarray(observed, dtype=float)
    reach = settings.years_back * settings.periods + settings.half_window
    for place in at:
        if not reach <= place < len(values):
            raise PlainError(
                f"A bound for month {place + 1} needs {reach} months before it and its own figure: there are"
                f" {len(values)} months in all. Ask for a later month, or for fewer years back."
            )
    return tuple(_bound_of(values, place, settings) for place in at)


def _bound_of(values: Floats, place: int, settings: FarringtonSettings) -> MonthBound:
    base, groups = _reference(place, settings)
    known = np.isfinite(values[base])
    base, groups = base[known], groups[known]
    model, trend = _fit_with_or_without_trend(values[base], base, groups, place, settings)
    recent = values[max(place - settings.least_months + 1, 0) : place + 1]
    if model is None or not recent.sum() >= settings.least:
        return MonthBound(None, None, False)
    mean, error = model.predict(place, trend, settings)
    upper = _upper(mean, error, model.dispersion, settings)
    beyond = (values[place] - mean) / (upper - mean) > 1 if upper != mean else False
    return MonthBound(mean, upper, bool(beyond and values[place] != 0), trend)


def _reference(place: int, settings: FarringtonSettings) -> tuple[np.ndarray, np.ndarray]:
    """Places of the months that the model learns from, and the block of each (the current month's is the last)."""
    half, years, periods = settings.half_window, settings.years_back, settings.periods
    centres = [place - periods * year for year in range(years, 0, -1)]
    if settings.bound is Bound.ORIGINAL:
        places = np.concatenate([np.arange(centre - half, centre + half + 1) for centre in centres])
        return places, np.zeros(len(places), dtype=int)
    parts = settings.blocks - 1
    blocks: dict[int, int] = dict.fromkeys(range(place - half, place + 1), parts)
    for centre in centres:
        blocks |= dict.fromkeys(range(centre - half, centre + half + 1), parts)
        between = range(centre + half + 1, centre + periods - half)
        for number, part in enumerate(np.array_split(np.array(between), parts) if parts else []):
            blocks |= {int(month): number for month in part}
    kept = sorted(month for month in blocks if month < place - settings.not_included)
    return np.array(kept), np.array([blocks[month] for month in kept])


@dataclass(frozen=True)
class _Model:
    coefficients: Floats
    covariance: Floats  # at dispersion 1
    dispersion: float  # Pearson's, at least 1
    of_trend: float  # the dispersion that the trend is judged by
    of_forecast: float  # the dispersion that the forecast's standard error is made with
    freedom: int
    largest: float
    scale: tuple[float, float]  # the trend counts (month - middle) / reach

    def row(self, place: int, trend: bool, settings: FarringtonSettings) -> Floats:
        blocks = 0 if settings.bound is Bound.ORIGINAL else settings.blocks - 1
        season = [1.0] + [0.0] * (blocks - 1) + [1.0] * (blocks > 0)
        return np.array(season + [(place - self.scale[0]) / self.scale[1]] * trend)

    def predict(self, place: int, trend: bool, settings: FarringtonSettings) -> tuple[float, float]:
        """The expected count and its standard error."""
        row = self.row(place, trend, settings)
        mean = float(np.exp(row @ self.coefficients))
        return mean, mean * float(np.sqrt(row @ self.covariance @ row * self.of_forecast))


def _fit_with_or_without_trend(
    values: Floats, months: np.ndarray, groups: np.ndarray, place: int, settings: FarringtonSettings
) -> tuple[_Model | None, bool]:
    """The trend stays where it is significant, from three years or more, and foretells no count above all seen."""
    model = _fit(values, months, groups, True, settings)
    if model is not None:
        error = float(np.sqrt(model.covariance[-1, -1] * model.of_trend))
        chance = 2 * stats.t.sf(abs(model.coefficients[-1]) / max(error, 1e-300), model.freedom)
        mean, _ = model.predict(place, True, settings)
        if settings.years_back >= 3 and chance < settings.trend_level and mean <= model.largest:
            return model, True
    return _fit(values, months, groups, False, settings), False


def _fit(
    values: Floats, months: np.ndarray, groups: np.ndarray, trend: bool, settings: FarringtonSettings
) -> _Model | None:
    """Fitted twice: what lies far above in the first fit has less weight in the second."""
    levels = [(groups == group) * 1.0 for group in range(1, groups.max() + 1)]
    scale = (float(months.mean()), max(float(np.ptp(months)), 1.0))
    design = np.column_stack([np.ones(len(values)), *levels, *([(months - scale[0]) / scale[1]] if trend else [])])
    if len(values) <= design.shape[1] or not values.sum():
        return None
    freedom = len(values) - design.shape[1]
    first = _quasi_poisson(design, values, np.ones(len(values)))
    if first is None:
        return None
    coefficients, covariance = first
    mean = np.exp(design @ coefficients)
    dispersion = max(float(((values - mean) ** 2 / mean).sum()) / freedom, 1.0)
    leverage = np.einsum("ij,jk,ik->i", design, covariance, design) * mean
    anscombe = 1.5 * (values ** (2 / 3) * mean ** (-1 / 6) - mean**0.5)
    weights = _weights(anscombe / np.sqrt(dispersion * np.maximum(1 - leverage, 1e-12)), settings)
    second = _quasi_poisson(design, values, weights)
    if second is None:
        return None
    coefficients, covariance = second
    mean = np.exp(design @ coefficients)
    pearson = float((weights * (values - mean) ** 2 / mean).sum()) / freedom
    dispersion, of_trend = max(pearson, 1.0), pearson
    of_forecast = dispersion
    if settings.bound is not Bound.ORIGINAL:
        of_trend = of_forecast = float((weights * ((values - mean) / mean) ** 2).sum()) / freedom
    return _Model(coefficients, covariance, dispersion, of_trend, of_forecast, freedom, float(values.max()), scale)


def _weights(residuals: Floats, settings: FarringtonSettings) -> Floats:
    threshold = 1.0 if settings.bound is Bound.ORIGINAL else settings.weights_threshold
    far = residuals > threshold
    weights = np.where(far, 1 / np.where(far, residuals, 1.0) ** 2, 1.0)
    return np.asarray(weights * len(weights) / weights.sum())


def _quasi_poisson(design: Floats, values: Floats, weights: Floats) -> tuple[Floats, Floats] | None:
    """Coefficients and covariance at dispersion 1; None where it does not settle."""
    mean = values + 0.1
    predictor = np.log(mean)
    deviance = np.inf
    for _ in range(25):
        target = predictor + (values - mean) / mean
        information = design.T @ (design * (weights * mean)[:, None])
        coefficients = np.linalg.solve(information, design.T @ (weights * mean * target))
        predictor = design @ coefficients
        if predictor.max() > 50 or predictor.min() < -25:
            return None
        mean = np.exp(predictor)
        before, deviance = (
            deviance,
            2 * float((weights * (special.xlogy(values, values / mean) - values + mean)).sum()),
        )
        if abs(deviance - before) / (abs(deviance) + 0.1) < 1e-8:
            information = design.T @ (design * (weights * mean)[:, None])
            return np.asarray(coefficients), np.asarray(np.linalg.inv(information))
    return None


def _upper(mean: float, error: float, dispersion: float, settings: FarringtonSettings) -> float:
    if settings.bound is Bound.NEGATIVE_BINOMIAL:
        if dispersion <= 1:
            return float(stats.poisson.ppf(1 - settings.alpha, mean))
        return float(stats.nbinom.ppf(1 - settings.alpha, mean / (dispersion - 1), 1 / dispersion))
    alpha = settings.alpha / 2 if settings.bound is Bound.ORIGINAL else settings.alpha
    spread = np.sqrt(4 / 9 * mean ** (1 / 3) * (dispersion + error**2 / mean))
    return float((mean ** (2 / 3) + special.ndtri(1 - alpha) * spread) ** 1.5)
