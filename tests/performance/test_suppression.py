"""Can a reader who has every published count, and knows that none is below zero, work out a small one?

The reader here is an integer program over all tables with the same published entries: slow, exact, and without any
knowledge of how the withheld ones were chosen. Of what is none the reader knows that it is none.
"""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bluelamp.lib.errors import PlainError
from bluelamp.performance.suppression import add_totals, find_withheld, protect, round_counts

pytestmark = pytest.mark.no_database


@st.composite
def tables(draw: st.DrawFn) -> np.ndarray:
    shape = tuple(draw(st.lists(st.integers(1, 4), min_size=1, max_size=3)))
    size = int(np.prod(shape))
    counts = st.one_of(st.integers(0, 6), st.integers(0, 40))
    return np.array(draw(st.lists(counts, min_size=size, max_size=size)), np.int64).reshape(shape)


def sums(shape: tuple[int, ...]) -> tuple[list[tuple[int, ...]], np.ndarray]:
    """Every entry of the table with totals, and which of the counts it adds up."""
    entries = list(itertools.product(*(range(size + 1) for size in shape)))
    cells = list(itertools.product(*(range(size) for size in shape)))
    rows = [
        [
            all(at in (of, shape[axis]) for axis, (of, at) in enumerate(zip(cell, entry, strict=True)))
            for cell in cells
        ]
        for entry in entries
    ]
    return entries, np.array(rows, float)


def attack(counts: np.ndarray, withheld: np.ndarray, low: np.ndarray, high: np.ndarray, place: tuple[int, ...]):
    """The least and the most that the entry can be, where published entries lie between low and high."""
    from scipy.optimize import Bounds, LinearConstraint, milp

    entries, matrix = sums(counts.shape)
    shown = [row for row, entry in enumerate(entries) if not withheld[entry]]
    target = matrix[entries.index(place)]
    constraints = []
    if shown:
        bounds = [low[entries[row]] for row in shown], [high[entries[row]] for row in shown]
        constraints = [LinearConstraint(matrix[shown], *bounds)]
    found = []
    for sign in (1, -1):
        known = Bounds(0, np.where(counts.ravel() > 0, 10_000, 0))
        done = milp(sign * target, constraints=constraints, bounds=known, integrality=np.ones(counts.size))
        assert done.success
        found.append(round(sign * done.fun))
    return found


def small(counts: np.ndarray, threshold: int) -> list[tuple[int, ...]]:
    whole = add_totals(counts)
    return [tuple(map(int, place)) for place in np.argwhere((whole > 0) & (whole < threshold))]


@settings(max_examples=150, deadline=None)
@given(tables(), st.integers(2, 6))
def test_no_difference_of_published_counts_undoes_a_withheld_one(counts: np.ndarray, threshold: int) -> None:
    withheld = find_withheld(counts, threshold=threshold)
    whole = add_totals(counts)
    for place in small(counts, threshold):
        assert withheld[place]
        least, most = attack(counts, withheld, whole, whole, place)
        assert most - least >= threshold - 1


@settings(max_examples=60, deadline=None)
@given(tables(), st.sampled_from([1, 3, 5]))
def test_nor_does_a_reader_of_the_rounded_ones_who_knows_the_base(counts: np.ndarray, base: int) -> None:
    published = protect(counts, base=base)
    whole = add_totals(counts)
    low = published.counts - base // 2
    high = published.counts + (base - 1) // 2
    shown = ~published.withheld
    assert ((low <= whole) & (whole <= high))[shown].all()
    for place in small(counts, 5):
        assert published.at(place) is None
        least, most = attack(counts, published.withheld, low, high, place)
        assert most - least >= 4


def test_without_the_second_step_the_difference_is_the_count() -> None:
    """What the attack finds where only the small count is withheld: so the tests above can fail."""
    counts = np.array([3, 40, 20])
    whole = add_totals(counts)
    only = whole == 3
    assert attack(counts, only, whole, whole, (0,)) == [3, 3]


def test_a_rounded_table_alone_may_give_a_small_count_away() -> None:
    """Of 1 + 8 + 8 = 17, rounded: 15, 10 and 10. The count of 1, withheld, can only be 0 or 1."""
    counts = np.array([1, 8, 8])
    rounded = round_counts(add_totals(counts), 5)
    only = np.array([True, False, False, False])
    assert attack(counts, only, rounded - 2, rounded + 2, (0,)) == [0, 1]
    assert protect(counts).withheld.sum() == 2


def test_of_one_row_another_part_is_withheld_and_the_total_stands() -> None:
    published = protect(np.array([3, 40, 20, 12]))
    assert [published.at((place,)) for place in range(5)] == [None, 40, 20, None, 75]


def test_a_single_count_takes_its_total_with_it() -> None:
    published = protect(np.array([3]))
    assert published.withheld.tolist() == [True, True]


def test_a_small_total_takes_a_part_along() -> None:
    """Two areas of 1 and 2, all of the force 63: the row of 3 is hidden with another row's total."""
    counts = np.array([[1, 2], [30, 30]])
    withheld = find_withheld(counts)
    assert withheld[0].all()
    assert withheld[1, 2]
    assert not withheld[2, 2]


def test_none_protects_nothing_and_stays_none() -> None:
    """A reader may know that no record can be there: the count of 3 takes its total along, not the two places."""
    published = protect(np.array([[3, 0, 0], [30, 30, 30]]))
    assert published.withheld[0].tolist() == [True, False, False, True]
    assert published.at((0, 1)) == published.at((0, 2)) == 0


def test_what_has_no_small_counts_is_published_whole() -> None:
    published = protect(np.array([[0, 7], [12, 23]]), base=1)
    assert not published.withheld.any()
    assert published.counts.tolist() == [[0, 7, 7], [12, 23, 35], [12, 30, 42]]


@pytest.mark.parametrize("counts", [np.array([-1, 2]), np.array([1.5]), np.zeros((0, 2), np.int64)])
def test_what_is_no_table_of_counts_is_refused(counts: np.ndarray) -> None:
    with pytest.raises(PlainError):
        protect(counts)
