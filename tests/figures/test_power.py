"""Is the power that is printed the power that simulated families show?"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bluelamp.figures.exceptions import DEFAULT_SETTINGS, find_adjusted_chances
from bluelamp.figures.multiple_tests import Control
from bluelamp.figures.power import Sight, find_power, find_smallest
from bluelamp.figures.simulated_years import FIRST, MadeFamily, make_family

pytestmark = pytest.mark.no_database


@pytest.mark.parametrize(("mean", "dispersion", "change"), [(200.0, 3.0, 0.35), (50.0, 1.2, -0.35)])
def test_printed_power_is_simulated_power(mean: float, dispersion: float, change: float) -> None:
    alone = replace(DEFAULT_SETTINGS, control=Control.FAMILY_WISE)
    found = []
    for seed in range(5):
        made = MadeFamily(changed=100, change=change, changed_mean=mean, changed_dispersion=dispersion)
        family = make_family(made, np.random.default_rng(seed))
        found.append((find_adjusted_chances(family, FIRST.plus(59), alone)[:100] <= 0.05).mean())
    said = find_power(Sight(mean=mean, dispersion=dispersion), change)
    assert 0.2 < said < 0.97
    assert np.mean(found) == pytest.approx(said, abs=0.1)


@settings(max_examples=30, deadline=None)
@given(st.floats(30, 3000), st.floats(1, 3), st.booleans())
def test_the_smallest_change_is_the_one_found_so_often(mean: float, dispersion: float, rise: bool) -> None:
    sight = Sight(mean=mean, dispersion=dispersion)
    smallest = find_smallest(sight, rise=rise)
    if smallest is not None:
        assert find_power(sight, smallest) == pytest.approx(0.9, abs=0.03)


@settings(max_examples=20, deadline=None)
@given(st.floats(20, 1500), st.floats(1, 3))
def test_more_is_seen_of_larger_steadier_and_fewer_series(mean: float, dispersion: float) -> None:
    sight = Sight(mean=mean, dispersion=dispersion)
    plain = find_smallest(sight)
    assert plain is not None
    for better in (
        replace(sight, mean=mean * 2),
        replace(sight, dispersion=max(dispersion / 1.5, 1.0)),
        replace(sight, family=10),
    ):
        assert (find_smallest(better) or 0) <= plain * 1.001


def test_a_small_area_cannot_show_a_rise_of_six_tenths() -> None:
    assert (find_smallest(Sight(mean=19.0)) or 0) > 0.6
    assert find_smallest(Sight(mean=2.0), rise=False) is None
