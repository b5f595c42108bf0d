"""Are chances adjusted as a statistics library adjusts them, and untested ones left out?"""

from __future__ import annotations

from unittest.mock import patch

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.stats.multitest import multipletests

from bluelamp.figures.multiple_tests import Control, adjust

pytestmark = pytest.mark.no_database

chances = st.lists(st.one_of(st.floats(0, 1), st.just(float("nan"))), min_size=1, max_size=40)


@given(chances, st.sampled_from([(Control.FAMILY_WISE, "holm"), (Control.FALSE_DISCOVERY, "fdr_bh")]))
def test_as_a_library_adjusts(given_: list[float], way: tuple[Control, str]) -> None:
    values = np.array(given_)
    found = adjust(values, way[0])
    known = ~np.isnan(values)
    assert (np.isnan(found) == ~known).all()
    if known.any():
        with patch("gc.collect"):  # the library asks for it at each call, and a whole run's memory takes it long
            library = multipletests(values[known], method=way[1])[1]
        assert found[known] == pytest.approx(library, abs=1e-12)


@given(chances)
def test_a_chance_never_gets_smaller_and_none_is_left_as_it_is(given_: list[float]) -> None:
    values = np.array(given_)
    known = ~np.isnan(values)
    assert (adjust(values, Control.NONE)[known] == values[known]).all()
    for control in (Control.FAMILY_WISE, Control.FALSE_DISCOVERY):
        assert (adjust(values, control)[known] >= values[known] - 1e-15).all()
