"""Do estimates from samples come out as inspectors print them, and as every possible sample would have them?"""

from __future__ import annotations

import itertools
import math
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bluelamp.figures.audit_estimates import (
    Estimate,
    Stratum,
    count_reviews,
    estimate_missed,
    estimate_simple,
    estimate_stratified,
    normal_half_width,
    printed_estimate,
    samples_that_print,
)
from bluelamp.figures.intervals import Interval, normal_quantile
from bluelamp.figures.not_known import NotKnown
from bluelamp.lib.errors import PlainError

pytestmark = pytest.mark.no_database

D = Decimal

SEARCHES = 4_952
"""Stop and searches of the force in the year that was sampled, by its own published table."""


# -- the inspectorate's figures -------------------------------------------------------------------------------


def test_220_searches_print_85_5_with_4_6_when_the_year_has_so_few() -> None:
    """Without the correction for a year of 4,952 searches the half width is 4.66, which would print 4.7."""
    assert normal_half_width(188 / 220, 220) == pytest.approx(
        1.96 * math.sqrt(188 / 220 * 32 / 220 / 220), rel=1e-4
    )
    assert estimate_simple(188, 220).printed == "85.5% ± 4.7"
    assert estimate_simple(188, 220, cases=SEARCHES).printed == "85.5% ± 4.6"
    assert (188, 220) in samples_that_print(D("85.5"), D("4.6"), cases=SEARCHES)


def test_samples_that_print_86_4_with_3_1() -> None:
    found = samples_that_print(D("86.4"), D("3.1"))
    assert found[0] == (394, 456)
    assert found[-1] == (419, 485)
    assert {estimate_simple(*each).printed for each in found} == {"86.4% ± 3.1"}


def test_38_of_48() -> None:
    assert estimate_simple(38, 48).words == "79.2% (65.7% to 88.3%), 38 of 48"
    assert estimate_simple(38, 48).printed == "79.2% ± 11.5"


def test_over_13_900_were_not_recorded() -> None:
    """What was recorded is 86.4% of what was to be; 88,306 recorded and 13,900 not are such."""
    found = estimate_missed(88_306, printed_estimate(D("86.4"), D("3.1")))
    assert isinstance(found, Interval)
    assert (round(found.low), round(found.value), round(found.high)) == (10_360, 13_900, 17_704)


# -- slow twins -----------------------------------------------------------------------------------------------

samples = st.integers(1, 300).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


def bisect(low: float, high: float, holds: object) -> float:
    for _ in range(100):
        middle = (low + high) / 2
        if holds(middle):  # type: ignore[operator]
            high = middle
        else:
            low = middle
    return (low + high) / 2


@settings(deadline=None)
@given(samples, st.integers(1, 5_000))
def test_bounds_are_the_shares_no_further_off_than_their_error(sample: tuple[int, int], more: int) -> None:
    passed, sampled = sample
    cases = sampled + more
    z = normal_quantile(0.95)

    def is_far(share: float) -> bool:
        error = math.sqrt(share * (1 - share) / sampled * (cases - sampled) / (cases - 1))
        return abs(passed / sampled - share) > z * error

    found = estimate_simple(passed, sampled, cases=cases)
    low = 0.0 if passed == 0 else bisect(0, passed / sampled, lambda share: not is_far(share))
    high = 1.0 if passed == sampled else bisect(passed / sampled, 1, is_far)
    assert (found.low, found.high) == pytest.approx((low, high), abs=1e-9)


@given(samples)
def test_who_read_all_cases_knows(sample: tuple[int, int]) -> None:
    passed, sampled = sample
    found = estimate_simple(passed, sampled, cases=sampled)
    assert found.low == found.value == found.high == passed / sampled
    assert found.half_width == 0


@given(samples, st.integers(1, 10**6))
def test_knowing_how_many_there_are_never_widens(sample: tuple[int, int], more: int) -> None:
    endless, within = estimate_simple(*sample), estimate_simple(*sample, cases=sample[1] + more)
    assert within.half_width <= endless.half_width
    assert within.low >= endless.low - 1e-12
    assert within.high <= endless.high + 1e-12


def every_sample(cases: list[int], size: int) -> list[int]:
    """How many pass in each sample of that size."""
    return [sum(sample) for sample in itertools.combinations(cases, size)]


@pytest.mark.parametrize(
    ("strata", "sizes"),
    [
        (([1, 1, 0, 0, 1], [1, 0, 0, 0]), (3, 2)),
        (([1, 1, 1, 0, 0, 0], [1, 1, 0]), (2, 2)),
        (([1, 0, 1, 1], [0, 0, 1, 1, 1], [1, 0]), (2, 3, 2)),
    ],
)
def test_over_every_possible_sample_share_and_variance_are_right(
    strata: tuple[list[int], ...], sizes: tuple[int, ...]
) -> None:
    """The mean of the estimates is the true share, and the mean of their variances is the variance of them."""
    truth = Fraction(sum(map(sum, strata)), sum(map(len, strata)))
    found = []
    for passes in itertools.product(*(every_sample(s, n) for s, n in zip(strata, sizes, strict=True))):
        told = [
            Stratum(name=str(i), cases=len(s), sampled=n, passed=x)
            for i, (s, n, x) in enumerate(zip(strata, sizes, passes, strict=True))
        ]
        found.append(estimate_stratified(told))
    shares = [each.value for each in found]
    variances = [(each.half_width / normal_quantile(0.95)) ** 2 for each in found]
    middle = math.fsum(shares) / len(shares)
    assert middle == pytest.approx(float(truth))
    spread = math.fsum((share - middle) ** 2 for share in shares) / len(shares)
    assert math.fsum(variances) / len(variances) == pytest.approx(spread)


@st.composite
def strata_lists(draw: st.DrawFn) -> list[Stratum]:
    found = []
    for name in draw(st.lists(st.sampled_from("ABCDE"), min_size=1, unique=True)):
        sampled = draw(st.integers(2, 50))
        found.append(
            Stratum(
                name=name,
                cases=sampled + draw(st.integers(0, 500)),
                sampled=sampled,
                passed=draw(st.integers(0, sampled)),
            )
        )
    return found


@given(strata_lists())
def test_a_stratified_estimate_weighs_each_stratum_and_stays_within_bounds(strata: list[Stratum]) -> None:
    found = estimate_stratified(strata)
    total = sum(stratum.cases for stratum in strata)
    slow = sum(Fraction(s.passed, s.sampled) * s.cases for s in strata) / total
    assert found.value == pytest.approx(float(slow))
    assert -1e-12 <= found.low <= found.value + 1e-12
    assert found.value - 1e-12 <= found.high <= 1 + 1e-12
    if any(stratum.sampled < stratum.cases for stratum in strata):
        assert found.low < found.high


def test_strata_that_all_passed_are_still_not_certain() -> None:
    strata = [
        Stratum(name="City", cases=900, sampled=20, passed=20),
        Stratum(name="County", cases=100, sampled=20, passed=20),
    ]
    found = estimate_stratified(strata)
    assert found.value == found.high == 1
    assert found.half_width == 0
    assert 0.8 < found.low < 0.9


# -- missed ---------------------------------------------------------------------------------------------------


@given(samples.filter(lambda sample: sample[0] > 0), st.integers(0, 100_000))
def test_recorded_and_missed_are_together_what_was_to_be_recorded(sample: tuple[int, int], recorded: int) -> None:
    estimate = estimate_simple(*sample)
    found = estimate_missed(recorded, estimate)
    assert isinstance(found, Interval)
    for missed, share in (
        (found.value, estimate.value),
        (found.low, estimate.high),
        (found.high, estimate.low),
    ):
        assert (recorded + missed) * share == pytest.approx(recorded)
    assert found.low <= found.value <= found.high


def test_where_nothing_may_have_been_recorded_there_is_no_end() -> None:
    assert isinstance(estimate_missed(100, estimate_simple(0, 20)), NotKnown)
    assert isinstance(estimate_missed(100, printed_estimate(D(2), D(3))), NotKnown)


# -- reviews, and what is refused -----------------------------------------------------------------------------


def test_what_could_not_be_judged_is_counted_by_its_reason() -> None:
    found = count_reviews([True, False, NotKnown("file not found"), True, NotKnown("file not found")])
    assert (found.passed, found.sampled, found.left_out) == (2, 3, (("file not found", 2),))


@pytest.mark.parametrize(
    ("stratum", "part"),
    [
        (Stratum(name="City", cases=10, sampled=0, passed=0), "No case of City was read"),
        (Stratum(name="City", cases=10, sampled=11, passed=0), "City has 11 read of 10 cases"),
        (Stratum(name="City", cases=10, sampled=5, passed=6), "City has 6 passed of 5 read"),
        (Stratum(name="City", cases=10, sampled=1, passed=1), "One case of City is too few"),
    ],
)
def test_strata_that_cannot_be_are_refused(stratum: Stratum, part: str) -> None:
    with pytest.raises(PlainError, match=part):
        estimate_stratified([stratum])


def test_samples_that_cannot_be_are_refused() -> None:
    with pytest.raises(PlainError, match="no case that was read"):
        estimate_simple(0, 0)
    with pytest.raises(PlainError, match="passed of"):
        estimate_simple(-1, 5)
    with pytest.raises(PlainError, match="read of"):
        estimate_simple(5, 5, cases=4)
    with pytest.raises(PlainError, match="at least one"):
        estimate_stratified([])
    with pytest.raises(PlainError, match="below zero"):
        estimate_missed(-1, estimate_simple(4, 5))
    for percent, half in ((D(0), D(3)), (D(50), D("0.1"))):
        with pytest.raises(PlainError, match="thousands"):
            samples_that_print(percent, half)
    with pytest.raises(PlainError, match="no estimate"):
        printed_estimate(D(101), D(3))


def test_an_estimate_known_only_as_printed_has_no_sample() -> None:
    found = printed_estimate(D("99.0"), D("3.1"))
    assert isinstance(found, Estimate)
    assert (found.high, found.sampled, found.words) == (1, 0, "99.0% (95.9% to 100.0%)")
