"""Are Farrington's bounds those of the reference?"""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from bluelamp.figures.farrington import Bound, FarringtonSettings, find_bounds
from bluelamp.lib.errors import PlainError

pytestmark = pytest.mark.no_database


@pytest.mark.shared
@pytest.mark.parametrize("bound", list(Bound))
def test_every_case_of_the_reference(shared: Path, bound: Bound) -> None:
    cases = json.loads((shared / "conformance" / "farrington_monthly.json").read_text())["cases"]
    assert len(cases) >= 4
    for case in cases.values():
        first, last = case["range"]
        wanted = case[bound.value]
        found = find_bounds(case["observed"], range(first - 1, last), FarringtonSettings(bound=bound))
        assert [one.upper for one in found] == pytest.approx(wanted["upperbound"], rel=1e-4)
        assert [int(one.alarm) for one in found] == wanted["alarm"]
        if "expected" in wanted:
            assert [one.expected for one in found] == pytest.approx(wanted["expected"], rel=1e-5)


def counts(seed: int = 1, mean: float = 50.0) -> list[float]:
    chance = np.random.default_rng(seed)
    month = np.arange(84)
    return list(chance.poisson(mean * (1 + 0.2 * np.sin(2 * np.pi * month / 12))).astype(float))


@pytest.mark.parametrize("bound", list(Bound))
def test_a_doubling_is_an_alarm_and_a_past_outbreak_hides_none(bound: Bound) -> None:
    values = counts()
    usual = find_bounds(values, [83], FarringtonSettings(bound=bound))[0]
    assert not usual.alarm
    values[83] *= 2.5
    assert find_bounds(values, [83], FarringtonSettings(bound=bound))[0].alarm
    values[83 - 12] *= 6
    assert find_bounds(values, [83], FarringtonSettings(bound=bound))[0].alarm


@pytest.mark.parametrize("bound", list(Bound))
def test_hardly_any_counts_give_no_bound(bound: Bound) -> None:
    values = [0.0] * 84
    assert find_bounds(values, [83], FarringtonSettings(bound=bound))[0].upper is None
    values[40] = 1.0
    values[83] = 2.0
    assert not find_bounds(values, [83], FarringtonSettings(bound=bound))[0].alarm


def test_a_missing_month_is_left_out() -> None:
    values = counts()
    values[50] = float("nan")
    found = find_bounds(values, [83])[0]
    assert found.upper is not None
    assert found.expected == pytest.approx(find_bounds(counts(), [83])[0].expected or 0, rel=0.05)


def test_too_early_a_month_is_refused() -> None:
    with pytest.raises(PlainError, match="A bound for month 31 needs 61 months"):
        find_bounds(counts(), [30])
