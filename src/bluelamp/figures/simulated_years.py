"""What do the figures of 70 indicators in 12 areas look like in years in which nothing changes?

Made figures, by which the exception tests are judged: overdispersed counts (negative binomial) and proportions
(beta-binomial), seasonal, of every size from 2 to 3,000 a month; and, to see what the tests then do, a slow trend,
months that go together, or a change that lasts.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from bluelamp.figures.baselines import Floats
from bluelamp.figures.months import Month
from bluelamp.figures.tested_series import Kind, TestedSeries

FIRST: Final = Month(2016, 4)


@dataclass(frozen=True, kw_only=True)
class MadeFamily:
    """How a family is made; every series has its own mean, dispersion and phase, drawn evenly."""

    indicators: int = 70
    areas: int = 12
    months: int = 60
    means: tuple[float, float] = (2.0, 3000.0)  # a month, evenly in the logarithm
    dispersions: tuple[float, float] = (1.0, 3.0)
    season: float = 0.15  # of the mean, either way
    proportions: float = 0.2  # of the indicators
    trend: float = 0.0  # a year, as a share
    autocorrelation: float = 0.0  # of what varies beyond counting, month to month
    changed: int = 0  # how many series change (the first), all counts
    change: float = 0.0  # as a share of the mean, in the last `lasting` months
    lasting: int = 6
    changed_mean: float = 200.0
    changed_dispersion: float = 1.2

    @property
    def series(self) -> int:
        return self.indicators * self.areas


def make_family(made: MadeFamily, chance: np.random.Generator) -> tuple[TestedSeries, ...]:
    """The series of all indicators and areas, oldest month `FIRST`."""
    number, month = made.series, np.arange(made.months)
    mean = np.exp(chance.uniform(np.log(made.means[0]), np.log(made.means[1]), number))
    dispersion = chance.uniform(*made.dispersions, number)
    mean[: made.changed], dispersion[: made.changed] = made.changed_mean, made.changed_dispersion
    phase = np.repeat(chance.uniform(0, 2 * np.pi, made.indicators), made.areas)[:, None]
    wave = made.season * np.sin(2 * np.pi * month / 12 + phase)
    expected = mean[:, None] * (1 + wave) * (1 + made.trend) ** (month / 12)
    expected[: made.changed, made.months - made.lasting :] *= 1 + made.change
    counts = _count(expected, dispersion[:, None], made.autocorrelation, chance)
    first_share = number - int(made.proportions * made.indicators) * made.areas
    found = [
        TestedSeries(key=f"count-{row}", name=f"Count {row}", kind=Kind.COUNT, first=FIRST, values=counts[row])
        for row in range(first_share)
    ]
    for row in range(max(first_share, made.changed), number):
        share = chance.uniform(0.05, 0.95)
        values, sizes = _part(counts[row], share * (1 + wave[row] * (1 - share)), dispersion[row], chance)
        found.append(
            TestedSeries(
                key=f"share-{row}",
                name=f"Share {row}",
                kind=Kind.PROPORTION,
                first=FIRST,
                values=values,
                sizes=sizes,
            )
        )
    return tuple(found)


def _count(expected: Floats, dispersion: Floats, together: float, chance: np.random.Generator) -> Floats:
    """Counts whose variance is the dispersion times the mean; `together` ties the extra part of months."""
    extra = np.maximum(dispersion - 1, 1e-3)
    if not together:
        return np.asarray(chance.negative_binomial(expected / extra, 1 / (1 + extra)), dtype=float)
    spread = np.log1p(extra / expected)
    noise = chance.normal(size=expected.shape)
    for month in range(1, noise.shape[1]):
        noise[:, month] = together * noise[:, month - 1] + np.sqrt(1 - together**2) * noise[:, month]
    return np.asarray(chance.poisson(expected * np.exp(np.sqrt(spread) * noise - spread / 2)), dtype=float)


def _part(sizes: Floats, share: Floats, dispersion: float, chance: np.random.Generator) -> tuple[Floats, Floats]:
    """Beta-binomial numerators of `sizes` (10 at least), their variance `dispersion` times the binomial's."""
    sizes = np.maximum(sizes, 10.0)
    extra = np.clip((dispersion - 1) / (sizes - 1), 1e-6, 0.9)
    both = 1 / extra - 1
    drawn = chance.beta(share * both, (1 - share) * both)
    return np.asarray(chance.binomial(sizes.astype(int), drawn), dtype=float), sizes
