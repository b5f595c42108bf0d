"""Who is compared with whom, at which period, in which place?"""

from __future__ import annotations

import datetime as dt
import statistics
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bluelamp.figures.comparison import (
    Band,
    Best,
    Comparison,
    Group,
    band_all,
    compare,
    find_group,
    median,
    ordinal,
    rank_all,
)
from bluelamp.figures.months import Month
from bluelamp.figures.not_known import NotKnown
from bluelamp.lib.errors import PlainError

pytestmark = pytest.mark.no_database

D = Decimal
figures = st.dictionaries(st.text("ABCDEFGH", min_size=1, max_size=3), st.integers(0, 9).map(Decimal), min_size=1)

GROUPS = [
    Group(subject="North", members=("East", "West"), start=dt.date(2013, 12, 1), end=dt.date(2020, 3, 31)),
    Group(subject="North", members=("East", "South"), start=dt.date(2020, 4, 1)),
    Group(subject="East", members=("South",), start=dt.date(2013, 12, 1)),
]


@pytest.mark.parametrize(
    ("subject", "day", "members"),
    [
        ("North", dt.date(2020, 3, 31), ("East", "West")),
        ("North", dt.date(2020, 4, 1), ("East", "South")),
        ("East", dt.date(2021, 3, 31), ("South",)),
    ],
)
def test_a_group_is_the_subjects_own_and_of_its_day(subject: str, day: dt.date, members: tuple[str, ...]) -> None:
    found = find_group(GROUPS, subject, day)
    assert isinstance(found, Group)
    assert found.members == members


def test_a_day_without_a_group_is_said() -> None:
    assert find_group(GROUPS, "East", dt.date(2013, 1, 1)) == NotKnown("no group of similar forces on 2013-01-01")
    assert find_group(GROUPS, "West", dt.date(2020, 1, 1)) == NotKnown("no group of similar forces")


def test_two_groups_on_one_day_are_refused() -> None:
    twice = [*GROUPS, Group(subject="East", members=(), start=dt.date(2019, 1, 1))]
    with pytest.raises(PlainError, match="2 groups"):
        find_group(twice, "East", dt.date(2020, 1, 1))


@given(figures, st.sampled_from(Best))
def test_a_place_is_one_more_than_those_ahead(found: dict[str, Decimal], best: Best) -> None:
    for name, rank in rank_all(found, best).items():
        ahead = [o for o in found.values() if (o > found[name] if best is Best.HIGH else o < found[name])]
        same = [other for other, figure in found.items() if figure == found[name] and other != name]
        assert (rank.place, rank.of, rank.shared_with) == (len(ahead) + 1, len(found), len(same))


@given(figures)
def test_bands_go_down_with_the_figure_and_ties_share_one(found: dict[str, Decimal]) -> None:
    bands = band_all(found)
    if len(found) < 4:
        assert bands == NotKnown("fewer than 4 have a figure")
        return
    assert isinstance(bands, dict)
    order = list(Band)
    for one in found:
        for other in found:
            if found[one] >= found[other]:
                assert order.index(bands[one]) <= order.index(bands[other])


def test_eight_different_figures_are_two_to_a_band() -> None:
    bands = band_all({name: D(i) for i, name in enumerate("ABCDEFGH")})
    assert isinstance(bands, dict)
    assert [bands[name].value for name in "HGFEDCBA"] == [band.value for band in Band for _ in (1, 2)]


@given(st.lists(st.integers(-50, 50).map(Decimal), min_size=1))
def test_the_middle_is_that_of_the_library(values: list[Decimal]) -> None:
    assert median(values) == statistics.median(values)


@pytest.mark.parametrize(
    ("number", "said"),
    [(1, "1st"), (2, "2nd"), (3, "3rd"), (4, "4th"), (11, "11th"), (12, "12th"), (22, "22nd"), (111, "111th")],
)
def test_ordinals(number: int, said: str) -> None:
    assert ordinal(number) == said


TO = Month(2021, 3)


def series(last: Month, value: int) -> dict[Month, Decimal | NotKnown]:
    return {Month(2019, 12).plus(3 * i): D(value + i) for i in range(6) if Month(2019, 12).plus(3 * i) <= last}


def test_all_are_compared_at_the_last_period_they_share() -> None:
    found = compare(
        "North",
        {
            "North": series(TO, 50),
            "East": series(Month(2020, 12), 40),
            "South": series(TO, 60),
            "West": series(Month(2020, 12), 50),
            "Isle": series(Month(2019, 12), 1),
            "Vale": {TO: NotKnown("not published")},
        },
        TO,
        best=Best.LOW,
    )
    assert isinstance(found, Comparison)
    assert found.to == Month(2020, 12)
    assert found.figures == {"North": 54, "East": 44, "South": 64, "West": 54}
    assert found.rank.words == "joint 2nd of 4"
    assert found.middle == 54
    assert found.band is Band.UPPER
    assert dict(found.left_out) == {
        "Isle": NotKnown("its figures end with December 2019"),
        "Vale": NotKnown("not published"),
    }
    assert found.note == (
        "Compared over 12 months to December 2020: East and West have no figures for 12 months to March 2021."
    )


def test_no_note_where_all_have_the_period_asked_for() -> None:
    found = compare("North", {"North": series(TO, 50), "East": series(TO, 40)}, TO, best=Best.HIGH)
    assert isinstance(found, Comparison)
    assert (found.to, found.note, found.rank.words) == (TO, "", "1st of 2")
    assert found.band == NotKnown("fewer than 4 have a figure")


def test_where_the_subject_itself_ends_early() -> None:
    found = compare("North", {"North": series(Month(2020, 12), 5), "East": series(TO, 4)}, TO, best=Best.HIGH)
    assert isinstance(found, Comparison)
    assert found.note == (
        "Compared over 12 months to December 2020: North has no figures for 12 months to March 2021."
    )


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ({}, "North has no figure up to March 2021"),
        ({"North": series(TO, 5)}, "no peer has a figure for a period that the subject has"),
        (
            {"North": {TO: D(1), TO.plus(-3): D(1)}, "East": {TO: D(1)}, "West": {TO.plus(-3): D(1)}},
            "there is no period for which all have figures",
        ),
    ],
)
def test_where_nothing_can_be_compared(given: dict[str, dict[Month, Decimal | NotKnown]], why: str) -> None:
    assert compare("North", given, TO, best=Best.HIGH) == NotKnown(why)
