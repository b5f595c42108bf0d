"""Are tails right where it matters, far out, and limits where their tails say?"""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from scipy import stats

from bluelamp.figures.predictive import count_tail, find_limits, proportion_tail, value_tail

pytestmark = pytest.mark.no_database

SURE = np.array([1e9])
ONE = np.array([1.0])


@given(st.integers(0, 400), st.floats(0.5, 300), st.floats(1.05, 8))
def test_with_a_certain_dispersion_a_count_is_negative_binomial(y: int, mean: float, dispersion: float) -> None:
    twin = stats.nbinom(mean / (dispersion - 1), 1 / dispersion)
    given_ = (np.array([float(y)]), np.array([mean]), ONE, np.array([dispersion]), SURE)
    assert count_tail(*given_, upper=True)[0] == pytest.approx(twin.sf(y - 1), rel=1e-3, abs=1e-13)
    assert count_tail(*given_, upper=False)[0] == pytest.approx(twin.cdf(y), rel=1e-3, abs=1e-13)


@given(st.integers(0, 60), st.floats(0.5, 60))
def test_a_dispersion_under_one_counts_as_one(y: int, mean: float) -> None:
    given_ = (np.array([float(y)]), np.array([mean]), ONE, np.array([0.3]), SURE)
    assert count_tail(*given_, upper=True)[0] == pytest.approx(stats.poisson.sf(y - 1, mean), rel=0.01, abs=1e-9)


@settings(deadline=None)
@given(st.integers(5, 400), st.floats(0.05, 0.95), st.floats(1.2, 4), st.floats(0, 1))
@example(15, 0.9375, 2.0, 0.625)
def test_with_a_certain_dispersion_a_numerator_is_beta_binomial(
    n: int, share: float, dispersion: float, where: float
) -> None:
    dispersion = min(dispersion, 1 + (n - 1) / (1 + 1 / min(share, 1 - share)))  # neither shape under one
    both = (n - 1) / (dispersion - 1) - 1
    y = round(where * n)
    twin = stats.betabinom(n, share * both, (1 - share) * both)
    given_ = (np.array([float(y)]), np.array([float(n)]), np.array([share]), ONE, np.array([dispersion]), SURE)
    assert proportion_tail(*given_, upper=True)[0] == pytest.approx(twin.sf(y - 1), rel=0.05, abs=1e-9)
    assert proportion_tail(*given_, upper=False)[0] == pytest.approx(twin.cdf(y), rel=0.05, abs=1e-9)


@given(st.floats(1.2, 3), st.floats(8, 60), st.floats(-6, 6))
def test_of_large_counts_the_tail_is_students(dispersion: float, freedom: float, score: float) -> None:
    mean = 1e8
    y = mean + score * np.sqrt(dispersion * mean)
    found = count_tail(
        np.array([y]), np.array([mean]), ONE, np.array([dispersion]), np.array([freedom]), upper=True
    )
    if dispersion * (1 - 4 * np.sqrt(2 / freedom)) > 1:  # no draw of the dispersion meets its floor
        assert found[0] == pytest.approx(stats.t.sf(score, freedom), rel=0.05)
    assert found[0] >= 0.95 * stats.t.sf(max(score, 0), freedom)


def test_the_average_over_the_dispersion_is_what_drawing_it_gives() -> None:
    chance = np.random.default_rng(3)
    mean, dispersion, freedom, y = 12.0, 2.0, 20.0, 38
    drawn = np.maximum(dispersion * freedom / chance.chisquare(freedom, 400_000), 1.0001)
    twin = stats.nbinom.sf(y - 1, mean / (drawn - 1), 1 / drawn).mean()
    found = count_tail(
        np.array([float(y)]), np.array([mean]), ONE, np.array([dispersion]), np.array([freedom]), upper=True
    )
    assert found[0] == pytest.approx(twin, rel=0.02)


@settings(deadline=None)
@given(st.floats(2, 3000), st.floats(1, 4), st.sampled_from([0.025, 1e-3, 1e-6]), st.booleans())
def test_beyond_a_limit_lies_its_chance(mean: float, dispersion: float, chance: float, upper: bool) -> None:
    means, phi, freedom = np.array([mean]), np.array([dispersion]), np.array([40.0])

    def tail(total: np.ndarray) -> np.ndarray:
        return count_tail(total, means, ONE, phi, freedom, upper=upper)

    limit = find_limits(tail, means, np.sqrt(means * phi), np.array([chance]), upper=upper)
    if np.isinf(limit[0]):
        assert tail(np.zeros(1))[0] > chance
    else:
        assert tail(limit)[0] == pytest.approx(chance, rel=0.15)


def test_values_have_students_tails() -> None:
    found = value_tail(np.array([3.0]), np.array([1.0]), np.array([0.5]), np.array([9.0]), upper=True)
    assert found[0] == pytest.approx(stats.t.sf(4, 9))
