"""Which changes would be found, by how much is counted and how much it varies?

For a series of a given size and dispersion among a given number of others: the chance that a change that lasts is
found, and the smallest change found nine times in ten. Computed by the looks that judge a series, set against a
baseline as uncertain as such a series' is, over the dispersions that it may be estimated to have. The tests hold
it to simulated families.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from scipy import special

from bluelamp.figures.baselines import Design, Family, Floats, Season, fit_baselines, forecast_total
from bluelamp.figures.exceptions import DEFAULT_SETTINGS, ExceptionSettings
from bluelamp.figures.predictive import count_tail, find_limits

MONTHS: Final = 57  # known before the latest quarter, in a family of five years
SEASON: Final = Design(Season.TWO_WAVES, trend=False)
_DRAWS: Final = 15  # values that the dispersion may have been estimated as


@dataclass(frozen=True, kw_only=True)
class Sight:
    """What can be seen of a series: its mean a month, its dispersion, and how it is tested."""

    mean: float
    dispersion: float = 1.0
    months: int = MONTHS
    family: int = 840
    quarters: int = 2
    settings: ExceptionSettings = DEFAULT_SETTINGS

    @property
    def chance(self) -> float:
        """What this look at this series has of the level."""
        share = self.settings.shares[self.quarters - 1]
        return self.settings.spent * share / max(self.family, 1)


def find_power(sight: Sight, change: float) -> float:
    """The chance that a change by `change` (0.25 is a quarter more) is found once it has lasted."""
    forecast = _Forecast.of(sight)
    return forecast.power(forecast.limit(sight.chance / 2, upper=change > 0), change)


def find_smallest(sight: Sight, *, power: float = 0.9, rise: bool = True) -> float | None:
    """The smallest change, as a share of the mean, found with chance `power`; None where none is."""
    forecast = _Forecast.of(sight)
    limit = forecast.limit(sight.chance / 2, upper=rise)
    low, high = (0.0, 20.0) if rise else (0.0, 0.999)
    sign = 1.0 if rise else -1.0
    if forecast.power(limit, sign * high) < power:
        return None
    for _ in range(20):
        middle = (low + high) / 2
        low, high = (low, middle) if forecast.power(limit, sign * middle) >= power else (middle, high)
    return sign * high


@dataclass(frozen=True, eq=False)
class _Forecast:
    mean: Floats
    uncertainty: Floats
    dispersion: Floats  # as it may be estimated
    freedom: Floats
    true: float  # the dispersion itself

    @staticmethod
    def of(sight: Sight) -> _Forecast:
        """The baseline of a series whose months are all the mean, at the dispersion given."""
        ahead = 3 * sight.quarters
        known = sight.months - 3 * (sight.quarters - 1)
        matrix = SEASON.matrix(np.arange(known + ahead))
        values = np.full((1, known), max(sight.mean, 1e-6))
        ones = np.ones_like(values)
        fit = fit_baselines(Family.COUNT, matrix[:known], values, weights=ones, sizes=ones)
        forecast = forecast_total(fit, matrix[known:], np.ones((1, ahead)))
        extra = max(6 * (sight.dispersion - 1) / sight.mean + 1 / (sight.dispersion * sight.mean), 0.0)
        freedom = max(float(fit.freedom[0]) / (1 + extra / 2), 3.0)
        likely = special.chdtri(freedom, 1 - (np.arange(_DRAWS) + 0.5) / _DRAWS) / freedom
        return _Forecast(
            np.repeat(forecast.mean, _DRAWS),
            np.repeat(forecast.uncertainty, _DRAWS),
            max(sight.dispersion, 1.0) * likely,
            np.full(_DRAWS, freedom),
            max(sight.dispersion, 1.0),
        )

    def limit(self, chance: float, *, upper: bool) -> Floats:
        """The total beyond which a look speaks, for each dispersion estimated."""
        widening = 1 + self.uncertainty / self.mean
        deviation = np.sqrt(np.maximum(self.dispersion, 1.0) * self.mean * widening)
        return find_limits(
            lambda total: count_tail(total, self.mean, widening, self.dispersion, self.freedom, upper=upper),
            self.mean, deviation, np.full(_DRAWS, chance), upper=upper,
        )  # fmt: skip

    def power(self, limit: Floats, change: float) -> float:
        """How often a total whose mean has moved lies beyond the limit; the baseline it is held to varies too."""
        after = self.mean * (1 + change)
        total = np.where(np.isfinite(limit), np.ceil(limit) if change > 0 else np.floor(limit), -1.0)
        own = np.maximum((after + self.uncertainty) / np.maximum(after, 1e-12), 1.0)
        true, sure = np.full(_DRAWS, self.true), np.full(_DRAWS, 1e7)
        found = count_tail(np.maximum(total, 0.0), after, own, true, sure, upper=change > 0)
        return float(np.where(total >= 0, found, 0.0).mean())
