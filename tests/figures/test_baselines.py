"""Do baselines agree with a statistics library's, whatever is missing?"""

from __future__ import annotations

import numpy as np
import pytest
import statsmodels.api as sm
from hypothesis import given, settings
from hypothesis import strategies as st

from bluelamp.figures.baselines import (
    Design,
    Family,
    Season,
    find_autocorrelation,
    fit_baselines,
    forecast_total,
)

pytestmark = pytest.mark.no_database

designs = st.builds(Design, st.sampled_from(list(Season)), st.booleans(), st.sampled_from([12, 4]))


def make(design: Design, seed: int, family: Family) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    chance = np.random.default_rng(seed)
    number = 5 * design.periods
    mean = 40 * (1 + 0.2 * np.sin(2 * np.pi * np.arange(number) / design.periods))
    sizes = chance.integers(50, 400, (3, number)).astype(float)
    values = {
        Family.COUNT: chance.poisson(mean * sizes / 100),
        Family.PROPORTION: chance.binomial(sizes.astype(int), 0.3),
        Family.VALUE: chance.normal(mean, 3, (3, number)),
    }[family].astype(float)
    weights = (chance.random((3, number)) > 0.1) * 1.0
    matrix = design.matrix(np.arange(number + 3), middle=number / 2)
    return matrix, values, weights, sizes


def pearson(family: Family, y: np.ndarray, n: np.ndarray, fitted: np.ndarray, terms: int) -> float:
    """Pearson's statistic over its degrees of freedom, from the library's fitted values."""
    if family is Family.PROPORTION:
        return float(((y - n * fitted) ** 2 / (n * fitted * (1 - fitted))).sum() / (len(y) - terms))
    spread = fitted if family is Family.COUNT else 1.0
    return float(((y - fitted) ** 2 / spread).sum() / (len(y) - terms))


@pytest.mark.parametrize("family", list(Family))
@settings(max_examples=25, deadline=None)
@given(design=designs, seed=st.integers(0, 10_000))
def test_each_series_is_fitted_as_by_itself_in_a_library(family: Family, design: Design, seed: int) -> None:
    matrix, values, weights, sizes = make(design, seed, family)
    known = values.shape[1]
    fit = fit_baselines(family, matrix[:known], values, weights=weights, sizes=sizes)
    ahead = forecast_total(fit, matrix[known:], np.full((3, 3), 100.0))
    for row in range(3):
        seen = weights[row] > 0
        y, x, n = values[row, seen], matrix[:known][seen], sizes[row, seen]
        model = {
            Family.COUNT: lambda y=y, x=x, n=n: sm.GLM(y, x, family=sm.families.Poisson(), exposure=n),
            Family.PROPORTION: lambda y=y, x=x, n=n: sm.GLM(
                np.column_stack([y, n - y]), x, family=sm.families.Binomial()
            ),
            Family.VALUE: lambda y=y, x=x, n=n: sm.GLM(y, x, family=sm.families.Gaussian()),
        }[family]()
        twin = model.fit(scale="X2")
        assert fit.coefficients[row] == pytest.approx(twin.params, rel=1e-5, abs=1e-6)
        assert fit.dispersion[row] == pytest.approx(pearson(family, y, n, twin.fittedvalues, len(twin.params)))
        assert fit.covariance[row] == pytest.approx(twin.normalized_cov_params, rel=1e-4, abs=1e-9)
        line = matrix[known:] @ twin.params
        mean = {
            Family.COUNT: lambda line=line: 100 * np.exp(line),
            Family.PROPORTION: lambda line=line: 100 / (1 + np.exp(-line)),
            Family.VALUE: lambda line=line: line,
        }[family]()
        assert ahead.mean[row] == pytest.approx(mean.sum(), rel=1e-6)


def test_what_the_terms_add_to_a_total_is_what_refitting_many_made_series_shows() -> None:
    chance = np.random.default_rng(1)
    design = Design(Season.ONE_WAVE, trend=True)
    matrix = design.matrix(np.arange(51), middle=24)
    mean = 60 * np.exp(0.2 * matrix[:, 2])
    values = chance.poisson(mean[:48], (4000, 48)).astype(float)
    ones = np.ones_like(values)
    fit = fit_baselines(Family.COUNT, matrix[:48], values, weights=ones, sizes=ones)
    ahead = forecast_total(fit, matrix[48:], np.ones((4000, 3)))
    assert ahead.uncertainty.mean() == pytest.approx(np.var(ahead.mean), rel=0.08)
    assert ahead.mean.mean() == pytest.approx(mean[48:].sum(), rel=0.005)


def test_residuals_of_noise_show_no_autocorrelation_and_tied_ones_theirs() -> None:
    chance = np.random.default_rng(2)
    matrix = Design(Season.TWO_WAVES, trend=True).matrix(np.arange(60), middle=30)
    noise = chance.normal(size=(3000, 60))
    tied = noise.copy()
    for month in range(1, 60):
        tied[:, month] = 0.4 * tied[:, month - 1] + noise[:, month]
    ones = np.ones_like(noise)
    for values, true, room in ((noise, 0.0, 0.01), (tied, 0.4, 0.08)):
        fit = fit_baselines(Family.VALUE, matrix, values, weights=ones, sizes=ones)
        found, error = find_autocorrelation(fit, matrix, ones)
        assert found.mean() == pytest.approx(true, abs=room)
        assert np.var(found) == pytest.approx(error.mean(), rel=0.25)


def test_a_series_of_zeros_settles_or_says_that_it_has_not() -> None:
    matrix = Design(Season.PERIODS, trend=True).matrix(np.arange(48))
    values = np.zeros((2, 48))
    values[1, 5] = 1.0
    fit = fit_baselines(Family.COUNT, matrix, values, weights=np.ones((2, 48)), sizes=np.ones((2, 48)))
    assert not fit.converged.any()
    assert np.isfinite(fit.fitted).all()
