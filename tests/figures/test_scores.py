"""Do points add up, and is what did not apply left out of both sides?"""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bluelamp.figures.not_known import NotKnown
from bluelamp.figures.scores import RED_AMBER_GREEN, add_scores, score
from bluelamp.lib.errors import PlainError

pytestmark = pytest.mark.no_database

answers = st.lists(
    st.sampled_from(["red", "Amber", "GREEN ", "not applicable", NotKnown("not asked"), NotKnown("red")]),
    max_size=60,
)


def test_the_peer_review_of_2021() -> None:
    found = score(["green"] * 38 + ["amber"] * 11)
    assert (found.points, found.possible, found.answered) == (223, 245, 49)
    assert found.words == "223 of 245 points, 91%"


@given(answers)
def test_points_are_added_one_by_one(told: list[str | NotKnown]) -> None:
    points = possible = left_out = 0
    for answer in told:
        if isinstance(answer, NotKnown) or answer == "not applicable":
            left_out += 1
        else:
            points += {"r": 1, "a": 3, "g": 5}[answer.strip().lower()[0]]
            possible += 5
    found = score(told)
    assert (found.points, found.possible) == (points, possible)
    assert sum(count for _, count in found.left_out) == left_out
    assert found.answered + left_out == len(told)
    if possible:
        assert found.percent == Decimal(points) * 100 / Decimal(possible)
    else:
        assert found.percent == NotKnown("no question applied")


@given(st.lists(answers, max_size=5))
def test_themes_together_are_one_review(themes: list[list[str | NotKnown]]) -> None:
    whole, parts = score([answer for theme in themes for answer in theme]), add_scores(map(score, themes))
    assert (whole.points, whole.possible) == (parts.points, parts.possible)
    assert dict(whole.left_out) == dict(parts.left_out)
    assert whole.answered == parts.answered


def test_points_are_data() -> None:
    found = score(["met", "not met", "partly"], {"met": 2, "partly": 1, "not met": 0})
    assert (found.points, found.possible) == (3, 6)
    assert found.counts == (("met", 1), ("partly", 1), ("not met", 1))


def test_what_was_left_out_is_said() -> None:
    found = score(["green", "red", "not applicable", NotKnown("not asked"), "Not applicable"])
    assert found.words == "6 of 10 points, 60% (2 not applicable; 1 not asked, left out)"
    assert score(["not applicable"]).words == "no question applied"


def test_a_strange_answer_is_refused() -> None:
    with pytest.raises(PlainError, match="'blue' is no answer that has points; use red, amber, green"):
        score(["green", "blue"])


@pytest.mark.parametrize("points", [{}, {"yes": 0}, {"yes": 1, "no": -1}])
def test_a_scheme_without_points_is_refused(points: dict[str, int]) -> None:
    with pytest.raises(PlainError, match="scheme"):
        score([], points)


def test_the_published_scheme_cannot_be_changed_by_accident() -> None:
    with pytest.raises(TypeError):
        RED_AMBER_GREEN["red"] = 2  # type: ignore[index]
