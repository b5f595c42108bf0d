"""Are changes what subtraction and division make of the figures, and unknown where they make nothing?"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bluelamp.figures.changes import (
    Change,
    find_change,
    percent_change,
)
from bluelamp.figures.contributions import (
    REMAINDER,
    Contributions,
    find_contributions,
    find_ratio_contributions,
    round_half_away,
    share_out,
)
from bluelamp.figures.months import Month
from bluelamp.figures.not_known import NotKnown

pytestmark = pytest.mark.no_database

D = Decimal
START = Month(2019, 4)
amounts = st.decimals(min_value=0, max_value=10**6, places=2)


@given(amounts, amounts)
def test_a_percentage_is_of_the_first_figure(first: Decimal, last: Decimal) -> None:
    found = percent_change(first, last)
    if first == 0:
        assert found == NotKnown("a change from zero has no percentage")
    else:
        assert isinstance(found, Decimal)
        assert float(found) == pytest.approx(float((Fraction(last) / Fraction(first) - 1) * 100), abs=1e-9)


def test_a_change_from_below_zero_has_no_percentage() -> None:
    change = find_change(D("-45.3"), D("-71.0"))
    assert isinstance(change, Change)
    assert change.actual == D("-25.7")
    assert change.percent == NotKnown("a change from below zero has no percentage")


@pytest.mark.parametrize(
    ("first", "last", "why"),
    [(None, D(1), "no first figure"), (D(1), None, "no last figure"), (D(1), NotKnown("pending"), "pending")],
)
def test_a_change_to_what_is_not_known_is_not_known(first: object, last: object, why: str) -> None:
    assert find_change(first, last) == NotKnown(why)  # type: ignore[arg-type]


# -- contributions --------------------------------------------------------------------------------------------

named_areas = st.dictionaries(st.sampled_from("ABCDEFGHIJKL"), st.tuples(amounts, amounts), min_size=1)


@given(named_areas, st.integers(0, 2))
def test_parts_sum_to_the_whole_exactly_and_as_printed(
    areas: dict[str, tuple[Decimal, Decimal]], places: int
) -> None:
    found = find_contributions(areas)
    first, last = (sum((pair[i] for pair in areas.values()), D(0)) for i in (0, 1))
    if first == 0:
        assert isinstance(found, NotKnown)
        return
    assert isinstance(found, Contributions)
    assert found.whole == Fraction(last - first) / Fraction(first) * 100
    assert sum(part.points for part in found.parts) == found.whole
    assert {part.area: part.actual for part in found.parts} == {a: y - x for a, (x, y) in areas.items()}
    printed = found.rounded(places)
    assert sum(printed) == D(round_half_away(found.whole * 10**places)).scaleb(-places)
    for part, shown in zip(found.parts, printed, strict=True):
        assert abs(Fraction(shown) - part.points) < Fraction(1, 10**places)


def test_what_known_areas_do_not_explain_is_a_part_of_its_own() -> None:
    areas = {"City": (D(60), D(75)), "County": (D(30), NotKnown("not published"))}
    found = find_contributions(areas, (D(100), D(120)))
    assert isinstance(found, Contributions)
    assert [(part.area, part.points) for part in found.parts] == [("City", 15), (REMAINDER, 5)]
    assert found.left_out == (("County", NotKnown("not published")),)
    alone = find_contributions(areas)
    assert isinstance(alone, Contributions)
    assert alone.whole == 25
    assert alone.left_out == found.left_out


def test_without_a_known_area_there_are_no_parts() -> None:
    assert find_contributions({"A": (None, D(1))}) == NotKnown("no area has both figures")
    assert find_ratio_contributions({}) == NotKnown("the denominators sum to zero")


pairs = st.integers(1, 400).flatmap(lambda n: st.tuples(st.integers(0, n).map(Decimal), st.just(Decimal(n))))


@given(st.dictionaries(st.sampled_from("ABCDEF"), st.tuples(pairs, pairs), min_size=1))
def test_parts_of_a_percentage_sum_to_its_change(
    areas: dict[str, tuple[tuple[Decimal, Decimal], tuple[Decimal, Decimal]]],
) -> None:
    found = find_ratio_contributions(areas)
    assert isinstance(found, Contributions)
    shares = [
        Fraction(
            sum(int(area[side][0]) for area in areas.values()), sum(int(area[side][1]) for area in areas.values())
        )
        for side in (0, 1)
    ]
    assert sum(part.points for part in found.parts) == found.whole == 100 * (shares[1] - shares[0])


def test_an_area_that_keeps_the_common_percentage_has_no_part_however_it_grows() -> None:
    found = find_ratio_contributions(
        {"A": ((D(10), D(100)), (D(50), D(500))), "B": ((D(10), D(100)), (D(30), D(100)))}
    )
    assert isinstance(found, Contributions)
    assert {part.area: part.points == 0 for part in found.parts} == {"A": True, "B": False}


@given(st.lists(st.fractions(min_value=-100, max_value=100), max_size=12))
def test_sharing_out_keeps_the_sum(parts: list[Fraction]) -> None:
    shown = share_out(parts, 1)
    assert len(shown) == len(parts)
    assert sum(shown) * 10 == round_half_away(sum(parts, Fraction(0)) * 10)
