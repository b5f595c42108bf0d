"""Is a level as far, and on the side, of what it is set against?"""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.checks.made_subjects import check, wrong

from bluelamp.checks.model import Verdict
from bluelamp.checks.set_against import check_set_against

pytestmark = pytest.mark.no_database


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("Lending of £41.0m was £6m below the agreed ceiling of £50m.", Verdict.CONTRADICTION),
        (
            "Lending of £41.0m was within the limit of £70m and £6m below the agreed ceiling of £50m.",
            Verdict.SUSPECT,
        ),
        ("We spent £5.4m, £0.5m more than the budget of £4.3m.", Verdict.CONTRADICTION),
        ("Interest was £1.31m. It exceeded the budget of £1.1m by £0.02m.", Verdict.CONTRADICTION),
        ("Interest of £1.31m exceeded the budget of £1.1m by £0.02m.", Verdict.CONTRADICTION),
        ("Answering, at 84%, was 2 points below the target of 90%.", Verdict.CONTRADICTION),
        ("We took 212 calls, 14 fewer than the target of 240.", Verdict.CONTRADICTION),
        ("Turnover, at 6.9%, is above the national rate of 7.1%.", Verdict.CONTRADICTION),
        ("Turnover was 6.9%, which is well above the average for England of 7.1%.", Verdict.CONTRADICTION),
        ("Turnover was 6.9%, with 58 leavers. This is above the national rate of 7.1%.", Verdict.SUSPECT),
        ("Spending of £5.4m was under the budget of £4.3m.", Verdict.CONTRADICTION),
    ],
)
def test_what_lies_elsewhere_is_told(text: str, verdict: Verdict) -> None:
    assert [each.verdict for each in wrong(check(check_set_against, text))] == [verdict]


@pytest.mark.parametrize(
    "text",
    [
        "Lending of £44.0m was £6m below the agreed ceiling of £50m.",
        "Lending of £44.0m was within the limit of £70m and £6m below the agreed ceiling of £50m.",
        "We spent £5.4m, £1.1m more than the budget of £4.3m.",
        "We spent £5.4m, £1.2m more than the budget of £4.3m.",
        "Interest was £1.31m. It exceeded the budget of £1.1m by £0.2m.",
        "Turnover, at 7.2%, is above the national rate of 7.1%.",
        "Turnover was 6.9%. This is below the national rate of 7.1%.",
    ],
)
def test_what_lies_there_agrees(text: str) -> None:
    assert {each.verdict for each in check(check_set_against, text)} == {Verdict.CONSISTENT}


@pytest.mark.parametrize(
    "text",
    [
        "Lending of about £41.0m was £6m below the agreed ceiling of £50m.",
        "Lending was £6m below the agreed ceiling of £50m.",
        "Turnover, at 6.9%, is not above the national rate of 7.1%.",
        "Turnover is 6.9% for men and 7.3% for women, above the national rate of 7.1%.",
        "Turnover is 7.3% for women and 6.9% for men; for both it is above the national rate of 7.1%.",
        "Turnover is 6.9%. Sickness is above the national rate of 7.1%.",
        "Turnover is 6.9% and sickness 4.1%. This is above the national rate of 7.1%.",
        "The 6.9% of staff who left cost over the year a total of £7.1m.",
        "We took 12 calls, above the target of 240 for the whole year.",
        "We took 212 calls, down from 240, below the target of 200.",
        "Turnover, at 7.1%, is above the national rate of 7.1%.",
        "Turnover, at 6.9%, is below the national rate of 7.1% but above the regional rate of 6.5%.",
        "Some 87% were answered, 2 days below the target of 90.",
    ],
)
def test_what_may_mean_another_thing_is_left_alone(text: str) -> None:
    assert not wrong(check(check_set_against, text))


@settings(deadline=None, max_examples=60)
@given(st.integers(2_200, 9_999), st.integers(11, 99), st.integers(-9, 9), st.booleans())
def test_the_slow_distance_agrees(base: int, by: int, off: int, is_up: bool) -> None:
    level = base
    for _ in range(by):
        level = level + 1 if is_up else level - 1
    side = "above" if is_up else "below"
    text = f"There were {level + off:,} calls, {by} {side} the target of {base:,}."
    assert bool(wrong(check(check_set_against, text))) is (off != 0)


@pytest.mark.parametrize(
    "piece", ["5%, is above the rate of ", "£5m below the a of ", "exceeded the budget of 5 by ", "a "]
)
def test_a_long_line_does_not_hang(piece: str) -> None:
    check(check_set_against, piece * (19_000 // len(piece)))
    check(check_set_against, piece * (200_000 // len(piece)))
