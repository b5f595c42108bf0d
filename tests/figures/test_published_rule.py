"""Does the published rule mark what it says it marks, and as often by chance as is printed beside it?"""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bluelamp.figures.control_rules import Improvement
from bluelamp.figures.published_rule import apply_published_rule, find_false_alarms
from bluelamp.lib.errors import PlainError

pytestmark = pytest.mark.no_database


@pytest.mark.parametrize(
    ("rolling", "latest", "before", "improvement", "found"),
    [
        ([6981, 7398, 7752, 7888, 8105], None, None, Improvement.INCREASE, (None, 1, True, True)),
        ([2895, 2713, 2541, 2473, 2288], None, None, Improvement.NEUTRAL, (None, -1, True, None)),
        ([3006, 2880, 2851, 2925, 2998], None, None, Improvement.DECREASE, (None, 0, None, None)),
        ([100, 100, 101, 100], 30.0, 28.0, Improvement.DECREASE, (0, 0, False, None)),
        ([100, 100, 101, 150], 80.0, 28.0, Improvement.DECREASE, (1, 0, True, False)),
        ([100, 90, 80, 70], 60.0, 20.0, Improvement.DECREASE, (1, -1, True, None)),
        ([100, None, 80, 70], None, None, Improvement.DECREASE, (None, None, None, None)),
        ([0, 0, 0, 0], 0.0, 0.0, Improvement.DECREASE, (0, 0, False, None)),
    ],
)
def test_what_the_rule_marks(
    rolling: list[float | None],
    latest: float | None,
    before: float | None,
    improvement: Improvement,
    found: object,
) -> None:
    one = apply_published_rule(rolling, latest=latest, year_before=before, improvement=improvement)
    assert (one.latest, one.trend, one.is_exception, one.good) == found


def test_proportions_are_compared_with_their_denominators() -> None:
    flat = [1.0, 2.0, 1.0, 2.0]
    assert apply_published_rule(flat, latest=60, year_before=80, sizes=(100, 100)).latest == -1
    assert apply_published_rule(flat, latest=78, year_before=80, sizes=(100, 100)).latest == 0
    assert apply_published_rule(flat, latest=0, year_before=80, sizes=(0, 100)).latest is None


@pytest.mark.parametrize("dispersion", [1.0, 3.0])
def test_its_false_alarms_are_those_of_simulated_years(dispersion: float) -> None:
    chance = np.random.default_rng(1)
    mean, runs = 300.0, 20_000
    extra = max(dispersion - 1, 1e-3)
    quarters = chance.negative_binomial(mean / extra, 1 / (1 + extra), (runs, 7)).astype(float)
    rolling = np.stack([quarters[:, start : start + 4].sum(axis=1) for start in range(4)], axis=1)
    found = [
        apply_published_rule(list(line), latest=each[6], year_before=each[2])
        for line, each in zip(rolling, quarters, strict=True)
    ]
    said = find_false_alarms(dispersion)
    assert np.mean([one.trend == 1 for one in found]) == pytest.approx(said.trend_each_way, abs=0.01)
    assert np.mean([one.trend == -1 for one in found]) == pytest.approx(said.trend_each_way, abs=0.01)
    assert np.mean([bool(one.latest) for one in found]) == pytest.approx(said.latest_quarter, abs=0.01)
    assert np.mean([one.is_exception for one in found]) == pytest.approx(said.either, abs=0.012)


@pytest.mark.shared
def test_its_false_alarms_are_those_that_were_measured(shared: Path) -> None:
    measured = json.loads((shared / "conformance" / "false_alarm_rates.json").read_text())["rows"]
    for row, dispersion in ((measured[0], 1.0), (measured[2], 3.0)):
        said = find_false_alarms(dispersion)
        assert row["r12_up_3"] == pytest.approx(said.trend_each_way, abs=0.015)
        assert row["poisson_z_same_quarter_last_year"] == pytest.approx(said.latest_quarter, abs=0.015)


@given(st.floats(0.1, 50))
def test_more_variation_means_more_false_alarms(dispersion: float) -> None:
    said, more = find_false_alarms(dispersion), find_false_alarms(dispersion * 1.5)
    assert said.latest_quarter < more.latest_quarter
    assert 0.25 < said.either < more.either < 1


def test_the_rate_is_said_beside_the_rule() -> None:
    assert find_false_alarms().words == (
        "When nothing has changed this rule marks 29% of series: the trend 12.5% each way, the latest quarter 5%."
    )
    with pytest.raises(PlainError, match="dispersion"):
        find_false_alarms(0)
