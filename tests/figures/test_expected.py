"""Is what was expected what a library expects, does its interval hold, do challengers match their references?"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import statsmodels.api as sm

from bluelamp.figures.baselines import Season
from bluelamp.figures.challengers import decompose, repeat_last_year, smooth_exponentially, smooth_without_season
from bluelamp.figures.expected import Counted, ExpectedModel, challenge_expected, find_expected
from bluelamp.figures.expected_words import say_expected
from bluelamp.figures.months import Month
from bluelamp.lib.errors import PlainError

pytestmark = pytest.mark.no_database

FIRST, EVENT, TO = Month(2015, 1), Month(2020, 1), Month(2020, 12)


def made(mean: float = 200.0, effect: float = 1.0, seed: int = 1, months: int = 72) -> Counted:
    chance = np.random.default_rng(seed)
    at = np.arange(months)
    expected = mean * np.exp(0.004 * at + 0.15 * np.sin(2 * np.pi * at / 12))
    expected[60:] *= effect
    return Counted(name="Burglary", first=FIRST, values=tuple(chance.poisson(expected).astype(float)))


def test_the_expected_and_the_effect_are_a_librarys() -> None:
    counted = made(effect=0.8)
    found = find_expected(counted, EVENT, TO)
    at = np.arange(72)
    turn = 2 * np.pi * at / 12
    waves = [np.cos(turn), np.sin(turn), np.cos(2 * turn), np.sin(2 * turn)]
    design = np.column_stack([np.ones(72), at / 12, *waves])
    twin = sm.GLM(np.array(counted.values[:60]), design[:60], family=sm.families.Poisson()).fit(scale="X2")
    assert [one.expected for one in found.months] == pytest.approx(list(twin.predict(design[60:])), rel=1e-6)
    assert found.expected == pytest.approx(twin.predict(design[60:]).sum(), rel=1e-6)
    assert found.dispersion == pytest.approx(twin.scale, rel=1e-6)
    whole = np.column_stack([design, at >= 60])
    step = sm.GLM(np.array(counted.values), whole, family=sm.families.Poisson()).fit(scale="X2")
    assert found.effect is not None
    assert found.effect.percent == pytest.approx(100 * np.expm1(step.params[-1]), rel=1e-6)
    assert found.effect.low < -20 < found.effect.high < -10
    assert found.beyond


def test_nineteen_intervals_of_twenty_hold_what_comes() -> None:
    held = month_held = 0
    for seed in range(300):
        found = find_expected(made(seed=seed), EVENT, TO)
        held += not found.beyond
        month_held += sum(one.low <= (one.actual or 0) <= one.high for one in found.months)
    assert 0.93 <= held / 300 <= 1.0
    assert 0.93 <= month_held / 3600 <= 0.98


def test_a_step_in_the_past_days_and_exposure_are_taken_into_account() -> None:
    values = list(made().values)
    values = [value * (1.5 if place >= 30 else 1) for place, value in enumerate(values) if value is not None]
    counted = Counted(name="Burglary", first=FIRST, values=tuple(values))
    stepped = find_expected(counted, EVENT, TO, ExpectedModel(steps=(FIRST.plus(30),)))
    assert stepped.percent == pytest.approx(0, abs=5)
    assert "a step at July 2017" in stepped.model
    twice = Counted(name="x", first=FIRST, values=made().values, exposure=(1.0,) * 60 + (2.0,) * 12)
    ratio = find_expected(twice, EVENT, TO).expected / find_expected(made(), EVENT, TO).expected
    assert ratio == pytest.approx(2, rel=1e-6)
    assert "per day" in find_expected(made(), EVENT, TO, ExpectedModel(per_day=True)).model


def test_unknown_months_are_named_and_left_out_of_both() -> None:
    values = list(made().values)
    values[10], values[65] = None, None
    found = find_expected(Counted(name="Burglary", first=FIRST, values=tuple(values)), EVENT, TO)
    assert found.unknown == (Month(2020, 6),)
    assert found.actual == sum(value or 0 for value in values[60:])
    whole = find_expected(made(), EVENT, TO)
    assert found.expected == pytest.approx(whole.expected * 11 / 12, rel=0.05)
    assert "June 2020" in say_expected(found)


@pytest.mark.parametrize(
    ("event", "to", "model", "said"),
    [
        (Month(2016, 6), TO, None, "has 17 months before June 2016: 24 are needed"),
        (EVENT, Month(2022, 1), None, "has figures to December 2020"),
        (EVENT, Month(2019, 1), None, "does not lie within them"),
        (EVENT, TO, ExpectedModel(season=Season.PERIODS), None),
    ],
)
def test_what_cannot_be_answered_is_refused(
    event: Month, to: Month, model: ExpectedModel | None, said: str | None
) -> None:
    if said is None:
        assert find_expected(made(), event, to, model).expected > 0
        return
    with pytest.raises(PlainError, match=said):
        find_expected(made(), event, to, model)


def test_no_figures_at_all_are_refused_in_words() -> None:
    nothing = Counted(name="Burglary", first=FIRST, values=(0.0,) * 72)
    with pytest.raises(PlainError, match="too few or too empty"):
        find_expected(nothing, EVENT, TO)
    gone = Counted(name="Burglary", first=FIRST, values=(*made().values[:60], *(None,) * 12))
    with pytest.raises(PlainError, match="no figure from January 2020"):
        find_expected(gone, EVENT, TO)
    with pytest.raises(PlainError, match="needs every month"):
        challenge_expected(gone, EVENT, TO, repeat_last_year)
    with pytest.raises(PlainError, match="a count is 0 or more"):
        Counted(name="Burglary", first=FIRST, values=(-1.0,))


# -- the reference ------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def deaths() -> Any:
    path = Path(__file__).resolve().parents[2] / ".." / "shared" / "conformance" / "expected_ukdriverdeaths.json"
    if not path.is_file():
        pytest.skip("../shared is absent: this test reads the reference's results from it")
    return json.loads(path.read_text())


@pytest.mark.shared
@pytest.mark.parametrize(
    ("name", "smooth", "mean_within", "ends_within"),
    [
        ("snaive", repeat_last_year, 1e-12, 1e-12),
        ("stlf", smooth_without_season, 1e-3, 0.04),
        ("ets", smooth_exponentially, 0.01, 0.06),
    ],
)
def test_challengers_give_the_references_figures(
    deaths: Any, name: str, smooth: Any, mean_within: float, ends_within: float
) -> None:
    train, wanted = np.array(deaths["meta"]["train"], dtype=float), deaths["expected"][name]
    found = smooth(train, len(wanted["mean"]))
    assert found.mean == pytest.approx(wanted["mean"], rel=mean_within)
    assert found.low == pytest.approx(wanted["lo95"], rel=ends_within)
    assert found.high == pytest.approx(wanted["hi95"], rel=ends_within)
    if name == "ets":
        assert found.model.endswith(wanted["model"])


@pytest.mark.shared
def test_the_decomposition_is_the_references(deaths: Any) -> None:
    wanted = deaths["expected"]["stl"]
    found = decompose(
        np.array(deaths["meta"]["train"], dtype=float), window=wanted["s_window"], robust=wanted["robust"]
    )
    assert found.seasonal == pytest.approx(wanted["seasonal"], abs=1e-6)
    assert found.trend == pytest.approx(wanted["trend"], abs=1e-6)
    assert found.remainder == pytest.approx(wanted["remainder"], abs=1e-6)


@pytest.mark.shared
def test_the_default_lies_within_a_tenth_of_every_other_model(deaths: Any) -> None:
    values = (*deaths["meta"]["train"], *deaths["meta"]["actual"])
    counted = Counted(name="Drivers", first=Month(1969, 1), values=values)
    found = find_expected(counted, Month(1983, 2), Month(1984, 12))
    assert found.beyond
    for name in ("ets", "auto_arima", "auto_arima_log", "stlf", "snaive"):
        other = sum(deaths["expected"][name]["mean"])
        assert found.expected == pytest.approx(other, rel=0.1)
        assert found.actual < other


def test_the_plain_rules_interval_for_a_total_is_that_of_simulated_walks() -> None:
    chance = np.random.default_rng(2)
    values = 100 + chance.normal(0, 5, 60)
    found = repeat_last_year(values, 18)
    spread = np.sqrt(np.mean((values[12:] - values[:-12]) ** 2))
    steps = chance.normal(0, spread, (40_000, 2, 12))
    walks = np.cumsum(steps, axis=1)
    totals = walks[:, 0].sum(axis=1) + walks[:, 1, :6].sum(axis=1)
    assert found.total_high - found.total == pytest.approx(1.96 * np.std(totals), rel=0.03)
