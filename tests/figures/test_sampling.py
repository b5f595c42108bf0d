"""Is the sample large enough, fairly shared out, and can anybody draw it again?"""

from __future__ import annotations

import hashlib
import math
import random
import subprocess
from collections import Counter
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bluelamp.figures.intervals import normal_quantile
from bluelamp.figures.sampling import allocate, draw, draw_key, draw_strata, find_sample_size
from bluelamp.lib.errors import PlainError

pytestmark = pytest.mark.no_database


def half_width(sampled: int, population: int | None, share: float, confidence: float) -> float:
    """As every textbook has it."""
    correction = 1.0 if population is None else (population - sampled) / max(1, population - 1)
    return normal_quantile(confidence) * math.sqrt(share * (1 - share) / sampled * correction)


@given(
    st.floats(0.01, 0.3),
    st.one_of(st.none(), st.integers(1, 20_000)),
    st.floats(0.05, 0.95),
    st.sampled_from([0.9, 0.95, 0.99]),
)
def test_the_size_is_the_least_that_keeps_the_margin(
    margin: float, population: int | None, expected: float, confidence: float
) -> None:
    size = find_sample_size(margin, confidence=confidence, population=population, expected=expected)
    assert half_width(size, population, expected, confidence) <= margin * (1 + 1e-6)
    if size > 1:
        assert half_width(size - 1, population, expected, confidence) > margin * (1 - 1e-6)
    assert population is None or size <= population


def test_sizes_that_everybody_knows() -> None:
    assert find_sample_size(0.05) == 385
    assert find_sample_size(0.05, population=1000) == 278
    assert find_sample_size(0.03) == 1068


@pytest.mark.parametrize(
    ("asked", "part"),
    [
        ({"margin": 0}, "margin of 0 "),
        ({"margin": 1}, "margin of 1 "),
        ({"margin": -0.1}, "margin"),
        ({"margin": 0.05, "population": 0}, "no cases"),
        ({"margin": 0.05, "expected": 1}, "expected share"),
        ({"margin": 0.05, "confidence": 95}, "confidence"),
    ],
)
def test_what_cannot_be_asked_is_refused(asked: dict[str, float], part: str) -> None:
    with pytest.raises(PlainError, match=part):
        find_sample_size(**asked)  # type: ignore[arg-type]


# -- strata ---------------------------------------------------------------------------------------------------

strata_sizes = st.dictionaries(st.sampled_from("ABCDEFGH"), st.integers(1, 400), min_size=1)


@given(strata_sizes, st.integers(0, 5), st.data())
def test_an_allocation_keeps_its_bounds_and_its_sum(
    strata: dict[str, int], minimum: int, data: st.DataObject
) -> None:
    least = sum(min(minimum, count) for count in strata.values())
    size = data.draw(st.integers(max(1, least), max(1, least, sum(strata.values()))))
    expected = data.draw(st.one_of(st.none(), st.fixed_dictionaries({name: st.floats(0, 1) for name in strata})))
    if size > sum(strata.values()):
        return
    found = allocate(strata, size, minimum=minimum, expected=expected)
    assert sum(found.values()) == size
    assert all(min(minimum, strata[name]) <= count <= strata[name] for name, count in found.items())


def by_highest_averages(strata: dict[str, int], size: int) -> dict[str, Fraction]:
    total = sum(strata.values())
    return {name: Fraction(size * count, total) for name, count in strata.items()}


@given(strata_sizes, st.data())
def test_without_a_minimum_it_is_the_share_and_less_than_one_off(
    strata: dict[str, int], data: st.DataObject
) -> None:
    size = data.draw(st.integers(1, sum(strata.values())))
    exact = by_highest_averages(strata, size)
    found = allocate(strata, size, minimum=0)
    assert all(abs(found[name] - exact[name]) < 1 for name in strata)


def clamped(strata: dict[str, int], minimum: int, factor: float) -> dict[str, float]:
    """So much of each, but no less than the minimum and no more than there is."""
    return {name: min(max(factor * count, min(minimum, count)), count) for name, count in strata.items()}


@settings(deadline=None)
@given(strata_sizes, st.integers(0, 60), st.data())
def test_within_the_bounds_one_factor_serves_all(
    strata: dict[str, int], minimum: int, data: st.DataObject
) -> None:
    least = max(1, sum(min(minimum, count) for count in strata.values()))
    size = data.draw(st.integers(least, sum(strata.values())))
    low, high = 0.0, 1.0
    for _ in range(100):
        middle = (low + high) / 2
        if sum(clamped(strata, minimum, middle).values()) < size:
            low = middle
        else:
            high = middle
    found = allocate(strata, size, minimum=minimum)
    for name, share in clamped(strata, minimum, high).items():
        assert abs(found[name] - share) < 1 + 1e-9


@given(
    st.integers(20, 400), st.integers(20, 400), st.integers(4, 36), st.floats(0.05, 0.95), st.floats(0.05, 0.95)
)
def test_neymans_allocation_is_as_good_as_any(a: int, b: int, size: int, one: float, other: float) -> None:
    """Every split tried: none has a variance much below that of the one found (it is of whole numbers)."""

    def variance(first: int) -> float:
        return a**2 * one * (1 - one) / first + b**2 * other * (1 - other) / (size - first)

    found = allocate({"a": a, "b": b}, size, minimum=1, expected={"a": one, "b": other})
    splits = [first for first in range(1, size) if first <= a and size - first <= b]
    best = min(splits, key=variance)
    assert abs(found["a"] - best) <= 1


@pytest.mark.parametrize(
    ("strata", "size", "part"),
    [
        ({}, 5, "no stratum"),
        ({"City": 0, "County": 10}, 5, "City has no cases"),
        ({"City": 3, "County": 10}, 14, "14 cases are asked for and there are 13"),
        ({"City": 30, "County": 10}, 3, "too small"),
    ],
)
def test_allocations_that_cannot_be_are_refused(strata: dict[str, int], size: int, part: str) -> None:
    with pytest.raises(PlainError, match=part):
        allocate(strata, size)


def test_an_expected_share_beyond_one_is_refused() -> None:
    with pytest.raises(PlainError, match="City is 12"):
        allocate({"City": 30}, 5, expected={"City": 12})


# -- the draw -------------------------------------------------------------------------------------------------

case_lists = st.lists(st.text("abc123/", min_size=1, max_size=6), unique=True, min_size=1, max_size=40)


@given(case_lists, st.data(), st.text("seed 12", min_size=1).filter(str.strip))
def test_a_draw_is_the_same_whatever_the_order_and_begins_every_larger_one(
    cases: list[str], data: st.DataObject, seed: str
) -> None:
    size = data.draw(st.integers(1, len(cases)))
    found = draw(cases, size, seed)
    assert len(set(found)) == size
    assert set(found) <= set(cases)
    assert draw(data.draw(st.permutations(cases)), size, seed) == found
    assert draw(cases, len(cases), seed)[:size] == found


def test_a_draw_is_repeated_by_hand() -> None:
    cases = [f"NTS/{number:04}" for number in range(500)]
    keyed = sorted((hashlib.sha256(b"2021-04-14\n" + case.encode()).hexdigest(), case) for case in cases)
    assert draw(cases, 20, "2021-04-14") == [case for _, case in keyed[:20]]


def test_the_shell_gives_the_same_key() -> None:
    command = 'printf \'%s\\n%s\' "$1" "$2" | sha256sum'
    shell = subprocess.run(
        ["/bin/sh", "-c", command, "sh", "14 April 2021", "NTS/0042"], capture_output=True, text=True, check=True
    )
    assert shell.stdout.split()[0] == draw_key("NTS/0042", "14 April 2021")


def test_every_case_is_drawn_as_often_as_another() -> None:
    """2,000 draws of 5 in 20: each case's count within five standard deviations of 500."""
    cases = [f"case {number}" for number in range(20)]
    drawn = Counter(case for seed in range(2_000) for case in draw(cases, 5, f"seed {seed}"))
    spread = math.sqrt(2_000 * 0.25 * 0.75)
    assert all(abs(drawn[case] - 500) < 5 * spread for case in cases)


@pytest.mark.parametrize(
    ("cases", "size", "seed", "part"),
    [
        (["a", "b"], 3, "s", "3 cases are asked for and the list has 2"),
        (["a", "b"], 0, "s", "tells nothing"),
        (["a", "a", "b"], 1, "s", "a stands in the list more than once"),
        (["a", " "], 1, "s", "without an identifier"),
        (["a"], 1, " ", "seed"),
        ([], 1, "s", "list has 0"),
    ],
)
def test_draws_that_cannot_be_are_refused(cases: list[str], size: int, seed: str, part: str) -> None:
    with pytest.raises(PlainError, match=part):
        draw(cases, size, seed)


def test_strata_are_drawn_apart() -> None:
    strata = {"City": ["c1", "c2", "c3"], "County": ["o1", "o2"]}
    found = draw_strata(strata, {"City": 2, "County": 1}, "s")
    assert found == {"City": draw(strata["City"], 2, "s"), "County": draw(strata["County"], 1, "s")}
    with pytest.raises(PlainError, match="No size is given for County"):
        draw_strata(strata, {"City": 2}, "s")
    with pytest.raises(PlainError, match="c1 stands"):
        draw_strata({"City": ["c1"], "County": ["c1"]}, {"City": 1, "County": 1}, "s")


def test_many_names_are_cut_short() -> None:
    cases = [case for case in "abcdef" for _ in range(2)]
    random.Random(1).shuffle(cases)
    with pytest.raises(PlainError, match="and 3 more"):
        draw(cases, 1, "s")
