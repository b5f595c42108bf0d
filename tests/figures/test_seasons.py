"""Is a season found where there is one, hardly ever where there is none, and taken out with the level kept?"""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bluelamp.figures.control_charts import make_control_chart
from bluelamp.figures.control_rules import Cause
from bluelamp.figures.months import Month
from bluelamp.figures.seasons import (
    FEWEST_MONTHS,
    Kind,
    Season,
    Verdict,
    find_season,
    remove_season,
    say_season,
)

pytestmark = pytest.mark.no_database

START = Month(2016, 1)


def months_of(count: int, start: Month = START) -> list[Month]:
    return [start.plus(at) for at in range(count)]


def wave(count: int, height: float) -> np.ndarray:
    return 1 + height * np.sin(2 * np.pi * np.arange(count) / 12)


def share_found(rows: np.ndarray, kind: Kind) -> float:
    months = months_of(rows.shape[1])
    found = [find_season(months, row.tolist(), kind).verdict is Verdict.FOUND for row in rows]
    return float(np.mean(found))


def share_marked(rows: np.ndarray, kind: Kind, *, take_out: bool) -> float:
    """The share of points that a control chart marks."""
    months, marked = months_of(rows.shape[1]), 0
    for row in rows:
        values = row.tolist()
        if take_out:
            values = remove_season(months, values, find_season(months, values, kind))
        chart = make_control_chart([month.first for month in months], values)
        marked += sum(point.cause is not Cause.COMMON for point in chart.points)
    return marked / rows.size


# -- the decision -----------------------------------------------------------------------------------------


def test_chance_has_a_season_in_one_series_of_a_hundred() -> None:
    """600 series each: at a true 1%, three in a hundred is five standard errors away."""
    chance = np.random.default_rng(3)
    assert share_found(chance.poisson(100, (600, 60)).astype(float), Kind.COUNT) <= 0.03
    assert share_found(chance.negative_binomial(50, 1 / 3, (600, 60)).astype(float), Kind.COUNT) <= 0.03
    assert share_found(chance.normal(50, 3, (600, 60)), Kind.RATE) <= 0.03


@pytest.mark.parametrize("level", ["rise", "fall", "step", "hump"])
def test_a_level_that_moves_is_no_season(level: str) -> None:
    at = np.arange(60)
    mean = {
        "rise": 100 * np.exp(0.015 * at),
        "fall": 300 * np.exp(-0.015 * at),
        "step": np.where(at < 30, 100.0, 70.0),
        "hump": 100 * np.exp(-(((at - 30) / 20) ** 2)) + 50,
    }[level]
    rows = np.random.default_rng(4).poisson(mean, (300, 60)).astype(float)
    assert share_found(rows, Kind.COUNT) <= 0.03


def test_a_swing_of_15_per_cent_is_found_in_five_years() -> None:
    chance = np.random.default_rng(5)
    assert share_found(chance.poisson(100 * wave(60, 0.15), (200, 60)).astype(float), Kind.COUNT) >= 0.97
    assert share_found(chance.normal(50 * wave(60, 0.15), 3, (200, 60)), Kind.RATE) >= 0.97
    assert share_found(chance.poisson(100 * wave(36, 0.15), (200, 36)).astype(float), Kind.COUNT) >= 0.9


def test_the_season_taken_out_leaves_the_alarms_of_chance() -> None:
    """The share of marked points, 200 series of 60 months: a chart of pure chance marks 5.5%, of the season 25.8%
    (false_alarm_rates.json, 3,000 series)."""
    chance = np.random.default_rng(6)
    flat = chance.poisson(100, (200, 60)).astype(float)
    seasonal = chance.poisson(100 * wave(60, 0.15), (200, 60)).astype(float)
    assert share_marked(seasonal, Kind.COUNT, take_out=False) > 0.2
    assert share_marked(seasonal, Kind.COUNT, take_out=True) < 0.09
    as_given = share_marked(flat, Kind.COUNT, take_out=False)
    assert abs(share_marked(flat, Kind.COUNT, take_out=True) - as_given) < 0.005


def test_too_little_to_tell_has_names() -> None:
    short = find_season(months_of(35), [float(100 + at % 12) for at in range(35)], Kind.COUNT)
    assert (short.verdict, short.known) == (Verdict.TOO_SHORT, 35)
    gaps = [None if at % 2 else 5.0 for at in range(60)]
    assert find_season(months_of(60), gaps, Kind.COUNT).verdict is Verdict.TOO_SHORT
    rare = [1.0 if at % 7 == 0 else 0.0 for at in range(60)]
    assert find_season(months_of(60), rare, Kind.COUNT).verdict is Verdict.TOO_FEW
    never_in_march = [0.0 if at % 12 == 2 else 20.0 for at in range(60)]
    assert find_season(months_of(60), never_in_march, Kind.COUNT).verdict is Verdict.TOO_FEW
    said = {say_season(Season(verdict, Kind.COUNT, 9, None, (1.0,) * 12)) for verdict in Verdict}
    assert len(said) == len(Verdict)


@pytest.mark.parametrize("constant", [0.0, 7.0, 0.1, 1e-6, 1e9])
def test_a_series_that_never_changes_has_no_season(constant: float) -> None:
    for kind in Kind:
        season = find_season(months_of(48), [constant] * 48, kind)
        assert season.verdict in (Verdict.NOT_FOUND, Verdict.TOO_FEW)


def test_what_cannot_be_is_refused() -> None:
    with pytest.raises(ValueError, match="twice"):
        find_season([START, START], [1.0, 2.0], Kind.RATE)
    with pytest.raises(ValueError, match="below zero"):
        find_season([START], [-1.0], Kind.COUNT)


# -- a second opinion -------------------------------------------------------------------------------------


def level_by_hand(count: int, bends: int) -> list[list[float]]:
    """A broken line through `bends + 1` heights."""
    places = [at / (count - 1) * bends for at in range(count)]
    return [[max(0.0, 1 - abs(place - top)) for top in range(bends + 1)] for place in places]


def waves_by_hand(at: int) -> list[float]:
    angle = 2 * math.pi * at / 12
    return [math.cos(angle), math.sin(angle), math.cos(2 * angle), math.sin(2 * angle)]


def dummies_by_hand(at: int) -> list[float]:
    return [float(at % 12 == each) - float(at % 12 == 11) for each in range(11)]


@pytest.mark.parametrize("corners", [False, True])
@pytest.mark.parametrize("count", [36, 47, 60, 96])
@pytest.mark.parametrize("kind", list(Kind))
def test_the_test_is_that_of_another_library(count: int, kind: Kind, corners: bool) -> None:
    import statsmodels.api as sm
    from scipy.stats import f

    chance = np.random.default_rng(count)
    shape = np.where(np.arange(count) % 12 == 7, 1.5, 1.0) if corners else wave(count, 0.1)
    values = chance.poisson(80 * shape).astype(float)
    level = np.array(level_by_hand(count, max(1, count // 24)))
    family = sm.families.Poisson() if kind is Kind.COUNT else sm.families.Gaussian()
    base = sm.GLM(values, level, family=family).fit(tol=1e-12)
    told = []
    for by_hand in (waves_by_hand, dummies_by_hand):
        columns = np.hstack([level, [by_hand(at) for at in range(count)]])
        full = sm.GLM(values, columns, family=family).fit(tol=1e-12)
        added, left = columns.shape[1] - level.shape[1], count - columns.shape[1]
        statistic = (base.deviance - full.deviance) / added / (full.pearson_chi2 / left)
        terms = [float(np.dot(by_hand(at), full.params[level.shape[1] :])) for at in range(12)]
        told.append((float(f.sf(statistic, added, left)), terms))
    season = find_season(months_of(count), values.tolist(), kind)
    lowest, terms = min(told)
    assert season.p == pytest.approx(min(1.0, 2 * lowest), rel=1e-6)
    assert (season.verdict is Verdict.FOUND) == (2 * lowest < 0.01)
    if season.effects:
        expected = np.exp(terms) / np.mean(np.exp(terms)) if kind is Kind.COUNT else np.array(terms)
        assert list(season.effects) == pytest.approx(expected.tolist(), rel=1e-6, abs=1e-6)


def test_a_single_high_month_is_found_as_one() -> None:
    months = months_of(60)
    values = [float(150 if month.number == 8 else 100 + month.year % 3) for month in months]
    season = find_season(months, list(values), Kind.COUNT)
    assert season.effects.index(max(season.effects)) == 7
    assert max(season.effects) / min(season.effects) == pytest.approx(1.5, rel=0.03)


# -- the removal ------------------------------------------------------------------------------------------


def test_a_season_without_noise_is_taken_out_whole() -> None:
    months = months_of(60)
    counts = [100 * (1 + 0.2 * math.sin(month.number)) for month in months]
    flat = remove_season(months, counts, find_season(months, list(counts), Kind.COUNT))
    assert flat == pytest.approx([sum(counts) / 60] * 60)
    rates = [5 + 0.2 * math.sin(month.number) for month in months]
    flat = remove_season(months, rates, find_season(months, list(rates), Kind.RATE))
    assert flat == pytest.approx([sum(rates) / 60] * 60)


@given(
    st.lists(st.none() | st.floats(0, 1e4), min_size=1, max_size=70),
    st.lists(st.floats(0.2, 3), min_size=12, max_size=12),
    st.sampled_from(Kind),
    st.integers(0, 11),
)
def test_the_level_and_the_gaps_stay(
    values: list[float | None], effects: list[float], kind: Kind, begins: int
) -> None:
    months = months_of(len(values), START.plus(begins))
    left = remove_season(months, values, Season(Verdict.FOUND, kind, len(values), 0.0, tuple(effects)))
    assert [each is None for each in left] == [each is None for each in values]
    assert math.fsum(each or 0 for each in left) == pytest.approx(math.fsum(each or 0 for each in values))
    if kind is Kind.COUNT:
        assert all(each is None or each >= 0 for each in left)


def test_without_a_season_the_values_are_as_given() -> None:
    values = [1.0, None, 3.0]
    for verdict in set(Verdict) - {Verdict.FOUND}:
        assert remove_season(months_of(3), values, Season(verdict, Kind.COUNT, 2)) == values


def test_the_order_of_months_does_not_matter() -> None:
    months, chance = months_of(FEWEST_MONTHS), np.random.default_rng(9)
    values = chance.poisson(100 * wave(FEWEST_MONTHS, 0.3)).astype(float).tolist()
    turned = find_season(months[::-1], values[::-1], Kind.COUNT)
    assert turned.effects == pytest.approx(find_season(months, values, Kind.COUNT).effects)


def test_a_season_in_words() -> None:
    months = months_of(60)
    counts = [100 * (1 + 0.2 * math.cos((month.number - 7) / 6 * math.pi)) for month in months]
    assert say_season(find_season(months, list(counts), Kind.COUNT)) == (
        "The series has a season: it swings up and down by 20% of its level, highest in July, lowest in January."
    )
