"""Which row does a change speak of that names none whole, and does the row print that change?"""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.checks.made_subjects import check, table, wrong

from bluelamp.checks.claims import check_claims
from bluelamp.checks.model import Verdict

pytestmark = pytest.mark.no_database

SURVEY = table(
    "Question | Year to Mar 2024 | Year to Mar 2025 | Change | Sample",
    "Satisfied with the first call | 61.2% | 63.9% | +2.7 pts | 910",
    "Satisfied with being told of progress | 48.4% | 47.0% | -1.4 pts | 898",
    "Feeling of safety (survey) | 84.1% | 83.4% | -0.7 pts | 905",
)
COUNTS = table(
    "Measure | Baseline 2023/24 (Q2 YTD) | Q2 YTD 2024/25 | Change | Change %",
    "Absent persons found | 3,108 | 2,911 | (197) | (6.3%)",
    "Referrals of children | 1,540 | 1,702 | 162 | 10.5%",
    "Charge rate for arson | 7.9% | 9.4% | 1.5pp | ",
)


def claims(text: str) -> list[Verdict]:
    return [each.verdict for each in wrong(check(check_claims, text))]


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("Satisfaction with being told of progress rose by 1.4 points to 47.0%.", Verdict.CONTRADICTION),
        ("Satisfaction with being told of progress rose by 1.4 points.", Verdict.SUSPECT),
        ("Satisfaction with being told of progress rose by 1.4 percentage points.", Verdict.SUSPECT),
        ("The feeling of safety fell by 0.9 percentage points to 83.4%.", Verdict.SUSPECT),
        ("The feeling of safety rose by 0.7 points to 83.4%.", Verdict.CONTRADICTION),
    ],
)
def test_a_change_that_its_row_does_not_print_is_told(text: str, verdict: Verdict) -> None:
    assert claims(f"{SURVEY}\n{text}\n") == [verdict]


@pytest.mark.parametrize(
    "text",
    [
        "The charge rate for arson rose by 1.5% to 9.4%.",
        "Absences of persons found rose by 197.",
        "Absences of persons found fell by 179 to 2,911.",
    ],
)
def test_counts_and_points_that_are_called_per_cent(text: str) -> None:
    assert claims(f"{COUNTS}\n{text}\n") == [Verdict.SUSPECT]


@pytest.mark.parametrize(
    "text",
    [
        "Satisfaction with being told of progress fell by 1.4 points to 47.0%.",
        "Satisfaction with being told of progress fell by 1.4 points.",
        "Satisfaction with being told of progress fell by 1 point.",
        "Satisfaction rose by 1.4 points.",
        "Satisfaction with the progress of the first call rose by 1.4 points.",
        "Satisfaction with being told of progress rose by 1.4 points among women.",
        "Satisfaction with being told of progress rose by 1.4 points since 2019.",
        "Satisfaction with being told of progress should rise by 1.4 points.",
        "Satisfaction with being told of progress rose by over 1.4 points.",
        "Satisfaction with being told of progress rose by 2.2 points in the quarter to 47.0%.",
        "Satisfaction with being told of progress rose by 3 points.",
        "Satisfaction with the first call rose by 2.7 points to 63.9%, and trust by 1.4 points.",
        "The feeling of safety fell by 0.7 points to 83.4%.",
        "Trust in the courts rose by 1.4 points to 47.0%.",
        "The feeling of safety in the north fell by 2.1 points.",
    ],
)
def test_what_agrees_or_may_mean_another_thing_is_left_alone(text: str) -> None:
    assert not claims(f"{SURVEY}\n{text}\n")


@pytest.mark.parametrize(
    "text",
    [
        "The charge rate for arson rose by 1.5 points to 9.4%.",
        "The charge rate for arson rose by 19% to 9.4%.",
        "Absences of persons found fell by 197.",
        "Absences of persons found fell by 6.3% to 2,911.",
        "Absences of persons found fell by 6% to 2,911.",
        "Absences of persons found fell by about 200 to 2,911.",
    ],
)
def test_counts_that_agree_are_left_alone(text: str) -> None:
    assert not claims(f"{COUNTS}\n{text}\n")


def test_a_sentence_that_was_read_as_a_heading_is_checked() -> None:
    assert claims(f"{SURVEY}\n## Satisfaction with being told of progress rose by 1.4 points to 47.0%.\n")


@settings(deadline=None, max_examples=40)
@given(st.integers(300, 700), st.integers(-60, 60), st.integers(-9, 9))
def test_the_slow_difference_agrees(before: int, moved: int, off: int) -> None:
    """Levels in tenths of a per cent; the sentence tells the change, or one that is `off` by so many tenths."""
    after, told = before + moved, abs(moved) + off
    if moved == 0 or told <= 0:
        return
    one, other, change = (f"{Decimal(tenths) / 10:.1f}" for tenths in (before, after, moved))
    rows = table(
        "Question | Year to Mar 2024 | Year to Mar 2025 | Change",
        f"Trust in courts (survey) | {one}% | {other}% | {change} pts",
        "Fear of fire (survey) | 12.1% | 12.3% | +0.2 pts",
    )
    way = "rose" if moved > 0 else "fell"
    text = f"{rows}\nTrust in courts {way} by {Decimal(told) / 10:.1f} points to {other}%.\n"
    assert abs(off) == 1 or bool(claims(text)) is (off != 0)
