"""Does a count of the reds, the ambers and the greens agree with the column that rates them?"""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.checks.made_subjects import check, table, wrong

from bluelamp.checks.model import Verdict
from bluelamp.checks.ratings_told import check_ratings_told

pytestmark = pytest.mark.no_database

_RISKS = table(
    "Ref | Risk | Rating",
    "1 | Flood | Red",
    "2 | Fire | Red",
    "3 | Fraud | Amber",
    "4 | Fuel | Amber",
    "5 | Fog | Green",
)
_TWICE = table(
    "Risk | Rating | Previous rating", "Flood | Red | Amber", "Fire | Red | Amber", "Fuel | Amber | Green"
)
_SCHEMES = table(
    "Scheme | Cost | RAG", "A | 4 | Red", "B | 6 | Amber", "C | 5 | Green", "D | 9 | Green", "Total | 24 | Amber"
)


@pytest.mark.parametrize(
    ("grid", "text"),
    [
        (_RISKS, "There are five risks: one red, three amber and one green."),
        (_RISKS, "1.2 There are five risks, three red, one amber and one green."),
        (_RISKS, "Three risks are red, one is amber and one is green."),
        (_TWICE, "There are three risks: one red, one amber and one green."),
        (_SCHEMES, "There are four schemes: one red, two amber and one green."),
        (
            _RISKS + "\nThe second list.\n\n" + _SCHEMES,
            "There are five risks: one red, three amber and one green.",
        ),
    ],
)
def test_a_rating_miscounted_is_told(grid: str, text: str) -> None:
    (found,) = wrong(check(check_ratings_told, f"{grid}\n{text}\n"))
    assert found.verdict is (Verdict.SUSPECT if grid.startswith(_RISKS + "\n") else Verdict.CONTRADICTION)


@pytest.mark.parametrize(
    ("grid", "text"),
    [
        (_RISKS, "There are five risks: two red, two amber and one green."),
        (_RISKS, "There are six risks: one red, four amber and one green."),
        (_RISKS, "There are five projects: one red, three amber and one green."),
        (_RISKS, "Last year there were five risks: one red, three amber and one green."),
        (_RISKS, "At quarter 1 there were five risks: one red, three amber and one green."),
        (_RISKS, "Three red risks were talked over with the Chief Constable, and one amber."),
        (_RISKS, "There are five risks: at least one red, three amber and one green."),
        (_RISKS, "Five risks are shown; a sixth, which is green, is not."),
        (_RISKS, "There are five risks: one red, three amber and two green."),
        (_RISKS, "There will be five risks: one red, three amber and one green."),
        (_RISKS, "There are five risks: one is red since May, three amber and one green."),
        (_TWICE, "There are three risks: two red and one amber."),
        (_SCHEMES, "There are four schemes: one red, one amber and two green."),
        (_RISKS + "\nThe second list.\n\n" + _RISKS, "There are five risks: one red, three amber and one green."),
        (
            table("Risk | Rating", "A | Red/Amber", "B | Red", "C | Green"),
            "There are three risks: two red, one green.",
        ),
    ],
)
def test_what_agrees_or_may_be_of_others_is_left(grid: str, text: str) -> None:
    assert wrong(check(check_ratings_told, f"{grid}\n{text}\n")) == []


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from(["Red", "Amber", "Green"]), min_size=4, max_size=12), st.data())
def test_the_slow_way_agrees(ratings: list[str], data: st.DataObject) -> None:
    rows = [f"Item {n} | {n * 7} | {rating}" for n, rating in enumerate(ratings)]
    red = data.draw(st.integers(1, len(ratings) - 2))
    amber = data.draw(st.integers(1, len(ratings) - red - 1))
    told = {"Red": red, "Amber": amber, "Green": len(ratings) - red - amber}
    text = f"There are {len(ratings)} risks: {red} red, {amber} amber and {told['Green']} green."
    found = wrong(check(check_ratings_told, f"{table('Risk | Cost | Rating', *rows)}\n{text}\n"))
    assert bool(found) is (Counter(ratings) != Counter(told))
