"""Is a share given only where every truth that its margins allow lies within one percentage point of it?"""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bluelamp.performance.suppression_shares import Bounds, find_bounds, find_open, say_open

pytestmark = pytest.mark.no_database


def bounds_of(*numbers: int) -> Bounds:
    return find_bounds(*(np.array([each]) for each in numbers))


def is_open(top: int, top_within: int, bottom: int, bottom_within: int) -> bool:
    share = np.array([top / bottom])
    return bool(find_open(share, bounds_of(top, top_within, bottom, bottom_within))[0])


@given(st.integers(0, 40), st.integers(0, 8), st.integers(1, 60), st.integers(0, 8))
def test_bounds_are_those_of_every_pair_tried_one_by_one(top: int, about: int, bottom: int, around: int) -> None:
    top = min(top, bottom)
    truths = [
        Fraction(part, whole)
        for whole in range(max(1, bottom - around), bottom + around + 1)
        for part in range(max(0, top - about), top + about + 1)
        if part <= whole
    ]
    found = bounds_of(top, about, bottom, around)
    assert found.low[0] == pytest.approx(float(min(truths)))
    assert found.high[0] == pytest.approx(float(max(truths)))
    farthest = max(abs(each - Fraction(top, bottom)) for each in truths)
    assert is_open(top, about, bottom, around) is (farthest > Fraction(1, 100))


def test_what_rounding_decides_is_not_given_and_what_it_hardly_moves_is() -> None:
    assert is_open(45, 4, 45, 6)  # the truth was 41 of 47
    assert is_open(40, 4, 50, 4)
    assert not is_open(300, 2, 600, 2)
    assert not is_open(0, 0, 45, 6)  # none is none
    assert not is_open(45, 0, 50, 0)
    assert is_open(99, 1, 100, 0) is False
    assert is_open(98, 2, 100, 0)


def test_nothing_to_divide_by_is_no_open_share() -> None:
    found = bounds_of(0, 0, 0, 0)
    assert np.isnan(found.low[0])
    assert not find_open(np.array([np.nan]), found)[0]


def test_its_words_are_rounded_outward() -> None:
    assert say_open(0.7451, 0.9549) == "not given: rounding leaves it between 74% and 96%"
    assert say_open(0.0, 1.0) == "not given: rounding leaves it between 0% and 100%"
