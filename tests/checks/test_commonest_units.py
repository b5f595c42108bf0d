"""Which unit do most figures of a column bear, the same on every run?"""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bluelamp.checks.grids import commonest

pytestmark = pytest.mark.no_database


@given(st.lists(st.sampled_from(["", "number", "percent", "gbp", "points"]), max_size=12))
def test_of_units_as_common_the_one_printed_first_is_chosen(units: list[str]) -> None:
    counted = Counter(units)
    most = max(counted.values(), default=0)
    expected = next((unit for unit in units if counted[unit] == most), "")
    assert commonest(units) == expected
