"""Is an exception what really changed, is silence named, and does the family hold its promise in a null year?"""

from __future__ import annotations

from dataclasses import replace
from math import sqrt

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bluelamp.figures.control_rules import Improvement
from bluelamp.figures.exception_words import say_judgement, say_smallest_change
from bluelamp.figures.exceptions import (
    DEFAULT_SETTINGS,
    Judgement,
    Kind,
    Standing,
    TestedSeries,
    find_adjusted_chances,
    find_exceptions,
)
from bluelamp.figures.months import Month, Span
from bluelamp.figures.multiple_tests import Control
from bluelamp.figures.simulated_years import FIRST, MadeFamily, make_family
from bluelamp.lib.errors import PlainError

pytestmark = pytest.mark.no_database

TO = FIRST.plus(59)
RUNS = 60


def counts(mean: float = 60.0, months: int = 60, seed: int = 1) -> list[float | None]:
    chance = np.random.default_rng(seed)
    month = np.arange(months)
    return list(chance.poisson(mean * (1 + 0.15 * np.sin(2 * np.pi * month / 12))).astype(float))


def series(values: list[float | None], **more: object) -> TestedSeries:
    given_ = {"key": "a", "name": "Knife crime", "kind": Kind.COUNT, "first": FIRST, "values": values} | more
    return TestedSeries(**given_)  # type: ignore[arg-type]


def judge(one: TestedSeries, to: Month = TO) -> Judgement:
    return find_exceptions([one], to)[0]


def test_a_doubling_is_an_exception_and_says_so_with_its_numbers() -> None:
    values = counts()
    assert judge(series(values)).standing is Standing.USUAL
    values[-3:] = [140.0, 150.0, 145.0]
    found = judge(series(values, improvement=Improvement.DECREASE))
    assert (found.standing, found.observed, found.rise, found.good) == (Standing.EXCEPTION, 435.0, True, False)
    before = sum(value or 0 for value in values[-15:-12])
    said = say_judgement(found)
    assert said.startswith(f"Knife crime: 435 in January to March 2021, {before:.0f} a year before; expected ")
    assert said.endswith("Chance alone does not explain so high a figure: a deterioration.")
    assert found.low is not None
    assert found.high is not None
    assert found.low < (found.expected or 0) < found.high < 435


def test_two_quarters_together_find_what_neither_does_alone() -> None:
    values = [float(round(value or 0)) for value in counts(mean=200.0)]
    values[-6:] = [value * 1.15 for value in values[-6:]]
    found = judge(series([float(round(value)) for value in values]))
    assert (found.standing, found.quarters) == (Standing.EXCEPTION, 2)
    assert "in October 2020 to March 2021" in say_judgement(found)
    values[-3:] = [value / 1.15 * 0.97 for value in values[-3:]]  # gone back: over
    assert judge(series([float(round(value)) for value in values])).standing is Standing.USUAL


@pytest.mark.parametrize(
    ("change", "standing", "said"),
    [
        ({"values": [*counts()[:58], None, 60.0]}, Standing.MISSING, "because February 2021 is missing."),
        ({"values": [*counts()[:57], None, None, 60.0]}, Standing.MISSING, "January 2021 and February 2021 are"),
        ({"values": counts()[:50]}, Standing.MISSING, "January 2021, February 2021 and March 2021 are missing."),
        (
            {"values": counts(months=23), "first": Month(2019, 5)},
            Standing.TOO_SHORT,
            "24 earlier months are needed, and 20 are known.",
        ),
        (
            {"kind": Kind.VALUE, "values": [5.0] * 57 + [6.0] * 3, "unit": "days"},
            Standing.UNVARYING,
            "Its earlier figures were all the same",
        ),
        (
            {"kind": Kind.PROPORTION, "values": [8.0] * 57 + [0.0] * 3, "sizes": [10.0] * 57 + [0.0] * 3},
            Standing.NO_DENOMINATOR,
            "because there was nothing to count from.",
        ),
    ],
)
def test_what_cannot_be_tested_says_why(change: dict[str, object], standing: Standing, said: str) -> None:
    one = series(**({"values": counts()} | change))  # type: ignore[arg-type]
    found = judge(one)
    assert found.standing is standing
    assert said in say_judgement(found)
    assert not found.is_exception
    assert found.adjusted is None


def test_a_gap_in_the_past_is_left_out_and_so_is_what_somebody_leaves_out() -> None:
    values = counts(mean=200)
    gone = list(values)
    gone[20:23] = [None, None, None]
    assert judge(series(gone)).known == 54
    odd = list(values)
    odd[48:54] = [20.0] * 6  # a lockdown
    out = frozenset(FIRST.plus(month) for month in range(48, 54))
    widths = [judge(one) for one in (series(odd), series(odd, left_out=out), series(values))]
    width = [(one.high or 0) - (one.low or 0) for one in widths]
    assert width[1] == pytest.approx(width[2], rel=0.25)
    assert width[0] > 1.5 * width[1]


def test_nothing_ever_and_then_one_is_no_exception() -> None:
    quiet: list[float | None] = [0.0] * 57
    assert judge(series([*quiet, 0.0, 0.0, 1.0])).standing is Standing.USUAL
    assert judge(series([*quiet, 0.0, 0.0, 0.0])).standing is Standing.USUAL
    assert judge(series([*quiet, 10.0, 10.0, 10.0])).standing is Standing.EXCEPTION


@pytest.mark.parametrize("value", [0.0, 1.0, 5.0, 3000.0, 2e7])
def test_a_constant_series_is_held_to_what_counting_allows(value: float) -> None:
    found = judge(series([value] * 60))
    assert found.standing is Standing.USUAL
    assert found.low is not None
    assert found.high is not None
    assert found.low <= 3 * value <= found.high


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.one_of(st.none(), st.integers(0, 3), st.integers(0, 10**6)), min_size=1, max_size=70),
    st.sampled_from(list(Kind)),
    st.sampled_from([Span.MONTH, Span.QUARTER]),
)
def test_whatever_comes_is_judged_and_said(values: list[int | None], kind: Kind, step: Span) -> None:
    given_ = [None if value is None else float(value) for value in values]
    one = series(given_, kind=kind, step=step, sizes=[10.0**6] * len(values))  # type: ignore[arg-type]
    last = FIRST.plus((len(values) - 1) * step.months)
    found = judge(one, last)
    assert say_judgement(found).startswith("Knife crime: ")
    assert isinstance(say_smallest_change(found), str)
    if found.standing in (Standing.USUAL, Standing.EXCEPTION):
        assert found.chance is not None
        assert 0 <= found.chance <= 1
        assert found.low is not None
        assert found.low <= (found.high or 0)
        assert (found.adjusted or 0) >= found.chance * 0.999


def test_rates_are_held_to_their_exposure_and_proportions_to_their_denominators() -> None:
    chance = np.random.default_rng(4)
    people = np.r_[np.full(57, 1000.0), np.full(3, 2000.0)]
    events = list(chance.poisson(people * 0.05).astype(float))
    rate = judge(series(events, kind=Kind.RATE, sizes=list(people), per=1000.0))
    assert rate.standing is Standing.USUAL
    assert rate.expected == pytest.approx(50, rel=0.1)
    assert judge(series(events)).standing is Standing.EXCEPTION  # the count alone has doubled
    sizes = [400.0] * 60
    share = list(chance.binomial(400, 0.8, 60).astype(float))
    found = judge(series(share, kind=Kind.PROPORTION, sizes=sizes, improvement=Improvement.INCREASE))
    assert found.standing is Standing.USUAL
    assert found.expected == pytest.approx(80, abs=2)
    share[-3:] = [270.0, 265.0, 272.0]
    found = judge(series(share, kind=Kind.PROPORTION, sizes=sizes, improvement=Improvement.INCREASE))
    assert (found.standing, found.good) == (Standing.EXCEPTION, False)
    assert "67.3% in January to March 2021" in say_judgement(found)


def test_values_of_unknown_make_are_held_to_their_own_months() -> None:
    chance = np.random.default_rng(5)
    days = list(np.exp(chance.normal(3, 0.1, 60)))
    found = judge(series(days, kind=Kind.VALUE, unit="days"))
    assert found.standing is Standing.USUAL
    assert " days on average in January to March 2021" in say_judgement(found)
    days[-3:] = [day * 2 for day in days[-3:]]
    assert judge(series(days, kind=Kind.VALUE, unit="days")).standing is Standing.EXCEPTION


def test_money_and_rates_of_people_are_said_of_the_whole_quarter() -> None:
    """Months of 180,000 pounds are a quarter of 540,000, and 3 incidents for 1,000 people a month are 9."""
    chance = np.random.default_rng(7)
    pounds = list(np.round(chance.normal(180_000, 4_000, 60), 2))
    one = series(pounds, kind=Kind.VALUE, unit="gbp", places=0, adds=True)
    for found, months in ((judge(one), 3), (judge(replace(one, values=[*pounds[:-6], *([260_000.0] * 6)])), 6)):
        assert found.quarters * 3 == months
        assert found.observed == pytest.approx(sum(one_ or 0 for one_ in found.series.values[-months:]))
        assert found.year_before == pytest.approx(
            sum(one_ or 0 for one_ in found.series.values[-12 - months : -12])
        )
        assert (found.low or 0) < (found.expected or 0) < (found.high or 0)
        assert found.expected == pytest.approx(months * 180_000, rel=0.02)
        mean = judge(replace(found.series, adds=False))
        for whole, each in ((found.low, mean.low), (found.high, mean.high), (found.chance, mean.chance)):
            assert whole == pytest.approx((each or 0) * (1 if whole == found.chance else months))
    assert f"£{sum(pounds[-3:]):,.0f} in January to March 2021" in say_judgement(judge(one))
    people = [90_000.0] * 60
    events = list(chance.poisson(270, 60).astype(float))
    rate = judge(series(events, kind=Kind.RATE, sizes=people, per=1000.0, unit="rate", adds=True))
    assert rate.observed == pytest.approx(1000 * sum(events[-3:]) / 90_000)
    assert f"{1000 * sum(events[-3:]) / 90_000:.1f} in January to March 2021" in say_judgement(rate)


def test_quarters_alone_can_be_tested() -> None:
    chance = np.random.default_rng(6)
    values = list(chance.poisson(300, 20).astype(float))
    one = series(values, step=Span.QUARTER, first=Month(2016, 6))
    assert judge(one).standing is Standing.USUAL
    values[-1] = 700.0
    assert judge(replace(one, values=values)).standing is Standing.EXCEPTION


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"values": [1.0, -2.0]}, "has -2 for May 2016: a count is 0 or more"),
        ({"kind": Kind.PROPORTION}, "has 60 values and 0 denominators"),
        ({"kind": Kind.PROPORTION, "values": [3.0], "sizes": [2.0]}, "has 3 of 2 in April 2016"),
        ({"step": Span.YEAR}, "never periods that overlap"),
    ],
)
def test_what_is_no_series_is_refused(change: dict[str, object], said: str) -> None:
    with pytest.raises(PlainError, match=said):
        series(**({"values": counts()} | change))  # type: ignore[arg-type]


def test_the_order_of_the_family_does_not_matter_and_every_series_has_its_answer() -> None:
    made = make_family(MadeFamily(indicators=6, areas=5), np.random.default_rng(7))
    found = find_exceptions(made, TO)
    again = find_exceptions(made[::-1], TO)
    assert [one.series.key for one in found] == [one.key for one in made]
    for one, other in zip(found, again[::-1], strict=True):
        assert one.adjusted == pytest.approx(other.adjusted)
        assert one.standing is other.standing
        assert (one.low, one.high) == pytest.approx((other.low, other.high))


def test_a_small_series_says_that_it_could_show_little() -> None:
    made = list(make_family(MadeFamily(proportions=0), np.random.default_rng(8)))
    made[0] = replace(made[0], values=counts(mean=8), name="Small")
    made[1] = replace(made[1], values=counts(mean=2000), name="Large")
    small, large = find_exceptions(made, TO)[:2]
    assert "put areas together" in say_smallest_change(small)
    assert "put areas together" not in say_smallest_change(large)
    rises = [next(c.rise for c in one.smallest if c.quarters == 2 and c.power == 0.9) for one in (small, large)]
    assert rises[0] is not None
    assert rises[1] is not None
    assert rises[0] > 60 > 15 > rises[1]


# -- what the default promises ------------------------------------------------------------------------------


def known_until(family: tuple[TestedSeries, ...], months: int) -> list[TestedSeries]:
    return [replace(one, values=one.values[:months], sizes=one.sizes[:months]) for one in family]


def test_in_a_null_year_any_false_exception_in_four_reports_is_unlikely() -> None:
    years = 0
    for seed in range(RUNS):
        family = make_family(MadeFamily(), np.random.default_rng(seed))
        years += any(
            (find_adjusted_chances(known_until(family, known), FIRST.plus(known - 1)) <= 0.05).any()
            for known in (51, 54, 57, 60)
        )
    assert years / RUNS <= 0.05 + 2 * sqrt(0.05 * 0.95 / RUNS)


@pytest.mark.parametrize("change", [0.25, -0.25])
def test_a_quarter_more_or_less_that_lasts_is_found_within_two_quarters(change: float) -> None:
    alone = replace(DEFAULT_SETTINGS, control=Control.FAMILY_WISE)  # as if each had changed alone
    found = total = 0
    for seed in range(8):
        made = MadeFamily(changed=60, change=change)
        family = make_family(made, np.random.default_rng(seed))
        reports = [
            find_adjusted_chances(known_until(family, known), FIRST.plus(known - 1), alone)[:60] <= 0.05
            for known in (57, 60)
        ]
        found, total = found + int((reports[0] | reports[1]).sum()), total + 60
    assert found / total >= 0.9


def test_a_slow_trend_in_all_is_no_exception() -> None:
    years = 0
    for seed in range(6):
        family = make_family(MadeFamily(trend=0.05), np.random.default_rng(seed))
        years += bool((find_adjusted_chances(family, TO) <= 0.05).any())
    assert years <= 1
