"""Is what an audit says of its cases the arithmetic of its readings, and of nothing else?"""

from __future__ import annotations

import random
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bluelamp.figures.agreement import find_agreement
from bluelamp.figures.audit_estimates import estimate_simple
from bluelamp.figures.not_known import NotKnown
from bluelamp.performance.audit_results import (
    CaseRead,
    Kind,
    count_passed_over,
    find_result,
    find_steps,
    restore_found,
    store_found,
)
from bluelamp.performance.audit_reviews import Answered, find_review, store_review
from bluelamp.performance.audit_rules import RESULTS

pytestmark = pytest.mark.no_database

ONE = [Kind(name="", cases=100_000)]


def cases_of(results: list[str], **more: object) -> list[CaseRead]:
    return [CaseRead(number=at, first=result, **more) for at, result in enumerate(results, start=1)]  # type: ignore[arg-type]


def test_the_sentence_says_the_share_and_its_bounds() -> None:
    found = find_result(ONE, cases_of(["pass"] * 205 + ["fail"] * 35))
    assert found.sentence == "205 of 240 cases passed: 85.4%, between 80.4 and 89.3."


def test_nothing_judged_is_said_so() -> None:
    found = find_result(ONE, cases_of([""] * 5))
    assert found.sentence == "No case is judged yet."
    assert (found.value, found.unread) == (None, 5)


def test_what_is_not_applicable_is_no_part_of_the_cases() -> None:
    """Of 200 in all, 100 are read, a quarter not applicable: 150 cases are taken to count."""
    results = ["pass"] * 60 + ["fail"] * 15 + ["not-applicable"] * 25
    found = find_result([Kind(name="", cases=200)], cases_of(results))
    assert found.kinds[0].counted == 150
    twin = estimate_simple(60, 75, cases=150)
    assert found.low is not None
    assert float(found.low) == pytest.approx(twin.low * 100, abs=1e-5)
    assert found.left_out_words == "Left out of the share: 25 not applicable."


def test_a_census_has_no_width() -> None:
    found = find_result([Kind(name="", cases=10)], cases_of(["pass"] * 8 + ["fail"] * 2))
    assert found.low == found.value == found.high
    assert found.sentence == "8 of 10 cases passed: 80.0% of all cases, which were all read."


def test_what_could_not_be_told_leaves_a_census_open() -> None:
    found = find_result([Kind(name="", cases=10)], cases_of(["pass"] * 8 + ["fail", "cannot-tell"]))
    assert found.low is not None
    assert found.value is not None
    assert found.low < found.value


def test_kinds_are_weighed_by_their_cases() -> None:
    """Nine of ten pass in the larger kind and one of ten in the smaller: 0.9 * 0.9 + 0.1 * 0.1."""
    kinds = [Kind(name="large", cases=900), Kind(name="small", cases=100)]
    cases = [
        CaseRead(number=at, stratum=name, first="pass" if (at % 10 != 0) == (name == "large") else "fail")
        for at, name in enumerate(["large"] * 10 + ["small"] * 10, start=1)
    ]
    found = find_result(kinds, cases)
    assert found.value == Decimal("82.000000")
    assert "weighed by how many cases there are of each kind" in found.sentence


def test_a_kind_that_is_not_read_stops_the_share_and_is_named() -> None:
    kinds = [Kind(name="North", cases=50), Kind(name="South", cases=50)]
    cases = [CaseRead(number=at, stratum="North", first="pass") for at in range(1, 6)]
    found = find_result(kinds, [*cases, CaseRead(number=6, stratum="South")])
    assert found.value is None
    assert "of South none" in found.sentence


def test_a_settled_case_counts_as_settled_and_an_open_difference_as_first_read() -> None:
    differs = CaseRead(number=1, twice=True, first="pass", second="fail")
    settled = CaseRead(number=2, twice=True, first="pass", second="fail", settled="fail")
    found = find_result(ONE, [differs, settled])
    assert (found.passed, found.failed, found.differ) == (1, 1, 1)


def test_a_case_read_once_of_two_is_not_read() -> None:
    found = find_result(ONE, [CaseRead(number=1, twice=True, first="pass"), CaseRead(number=2, first="pass")])
    assert found.unread == 1


def test_how_many_were_missed_carries_the_interval() -> None:
    found = find_result(ONE, cases_of(["pass"] * 180 + ["fail"] * 20), recorded=9_000)
    assert found.missed == Decimal("1000.000000")
    assert found.missed_words.startswith("About 1,000 were missed, between ")
    assert found.missed_words.endswith("beside 9,000 recorded.")


def test_missed_is_not_known_where_nothing_passed() -> None:
    found = find_result(ONE, cases_of(["fail"] * 20), recorded=9_000)
    assert found.missed is None
    assert "not known" in found.missed_words


def test_two_readers_are_held_together() -> None:
    alike = [CaseRead(number=at, twice=True, first="pass", second="pass") for at in range(1, 9)]
    apart = [
        CaseRead(number=9, twice=True, first="fail", second="fail"),
        CaseRead(number=10, twice=True, first="pass", second="fail"),
    ]
    found = find_result(ONE, [*alike, *apart])
    assert (
        found.agreement_words
        == "9 of 10 cases read twice came out alike (90.0%); kappa 0.62, of fewer than 30 cases."
    )


@given(st.lists(st.sampled_from([*RESULTS, ""]), max_size=60), st.integers(0, 500))
def test_every_case_is_counted_once(results: list[str], more: int) -> None:
    found = find_result([Kind(name="", cases=len(results) + more)], cases_of(results))
    total = found.passed + found.failed + found.not_applicable + found.cannot_tell
    assert total == sum(bool(result) for result in results) == found.read
    if found.value is not None and found.low is not None and found.high is not None:
        assert 0 <= found.low <= found.value <= found.high <= 100
        assert found.value == pytest.approx(Decimal(100 * found.passed) / found.judged, abs=Decimal("0.000001"))
    assert restore_found(store_found(found)) == found


@given(st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("abc")), min_size=1, max_size=40))
def test_kappa_is_what_the_slow_way_gives(pairs: list[tuple[str, str]]) -> None:
    """Chance: over every pair of a first and a second word, how often are they alike?"""
    crossed = [first == second for first, _ in pairs for _, second in pairs]
    chance = Fraction(sum(crossed), len(crossed))
    alike = Fraction(sum(first == second for first, second in pairs), len(pairs))
    found = find_agreement(pairs)
    if chance == 1:
        assert isinstance(found.kappa, NotKnown)
    else:
        assert found.kappa == (alike - chance) / (1 - chance)
    assert found.share == alike


def test_kappa_is_that_of_another_library() -> None:
    from statsmodels.stats.inter_rater import cohens_kappa

    pairs = [("pass", "pass")] * 41 + [("pass", "fail")] * 5 + [("fail", "pass")] * 3 + [("fail", "fail")] * 12
    theirs = cohens_kappa([[41, 5], [3, 12]]).kappa
    ours = find_agreement(pairs).kappa
    assert not isinstance(ours, NotKnown)
    assert float(ours) == pytest.approx(theirs)


def test_the_share_grows_in_the_order_drawn() -> None:
    found = find_steps(ONE, cases_of(["pass"] * 30 + ["fail"] * 30), Decimal(95))
    assert [many for many, _ in found] == [10, 20, 30, 40, 50, 60]
    assert [str(at.value) for _, at in found][2:] == ["100.000000", "75.000000", "60.000000", "50.000000"]


def test_cases_that_were_passed_over_are_counted_by_kind() -> None:
    cases = [
        CaseRead(number=1, stratum="a"),
        CaseRead(number=2, stratum="b"),
        CaseRead(number=3, stratum="a", first="pass"),
        CaseRead(number=4, stratum="b"),
    ]
    assert count_passed_over(cases) == 1


# -- reviews -------------------------------------------------------------------------------------------------

POINTS = {"red": 1, "amber": 3, "green": 5}


def test_the_published_score_comes_out() -> None:
    answers = ["green"] * 38 + ["amber"] * 11
    found = find_review([Answered(number=at, answers=(("A", each),)) for at, each in enumerate(answers)], POINTS)
    assert found.sentence == "38 green and 11 amber of 49 answers: 223 of 245 points, 91%."


def test_not_applicable_and_not_answered_are_left_out_and_counted() -> None:
    found = find_review(
        [
            Answered(number=1, answers=(("A", "green"), ("B", "red"))),
            Answered(number=2, answers=(("A", "not applicable"),)),
            Answered(number=3),
        ],
        POINTS,
    )
    assert (found.whole.points, found.whole.possible, found.open) == (6, 10, 1)
    assert found.left_out_words == "Left out of the score: 1 not applicable and 1 not answered."
    assert store_review(found)["percent"] == "60"
    assert [name for name, _ in found.reviewers] == ["A", "B"]


@given(
    st.lists(st.lists(st.sampled_from([*POINTS, "not applicable"]), max_size=3), max_size=20), st.integers(1, 4)
)
def test_themes_add_up_to_the_whole(answers: list[list[str]], themes: int) -> None:
    shuffled = random.Random(themes)
    questions = [
        Answered(
            number=at,
            theme=str(shuffled.randrange(themes)),
            answers=tuple((f"reviewer {nth}", answer) for nth, answer in enumerate(given_)),
        )
        for at, given_ in enumerate(answers)
    ]
    found = find_review(questions, POINTS)
    slow = sum(POINTS.get(answer, 0) for given_ in answers for answer in given_)
    assert found.whole.points == slow
    if found.themes:
        assert sum(score.points for _, score in found.themes) == slow
        assert sum(score.possible for _, score in found.themes) == found.whole.possible
