"""Is a level what its sentence sets it against: so many more than, up from?"""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.checks.made_subjects import check, wrong

from bluelamp.checks.change_than import check_changes_than
from bluelamp.checks.model import Verdict

pytestmark = pytest.mark.no_database


@pytest.mark.parametrize(
    ("text", "verdicts"),
    [
        ("Twelve are overdue, four fewer than the 15 reported in December.", [Verdict.CONTRADICTION]),
        ("There were 120 crimes, 25 more than the 100 of last year.", [Verdict.CONTRADICTION]),
        ("Twelve were late (16.9%), four fewer than the 15 reported in May.", [Verdict.CONTRADICTION]),
        ("Eleven were late (16.9%), four fewer than the 15 reported in May.", [Verdict.CONSISTENT]),
        ("Twelve were late (4 by weeks), four fewer than the 15 reported in May.", []),
        ("3.2 We closed 14 cases, one fewer than the 16 in March.", [Verdict.CONTRADICTION]),
        ("We have 41 sites, three more than the 44 of 2023.", [Verdict.CONTRADICTION]),
        ("In 3 months we closed 14 cases, one fewer than the 16 in March.", [Verdict.SUSPECT]),
        ("Eleven are overdue, four fewer than the 15 reported in December.", [Verdict.CONSISTENT]),
        ("There were 125 crimes, 25 more than the 100 of last year.", [Verdict.CONSISTENT]),
        ("There were 125 crimes in 12 places, 25 more than the 100 of last year.", []),
        ("There were about 120 crimes, 25 more than the 100 of last year.", []),
        ("There were 120 crimes, over 25 more than the 100 of last year.", []),
        ("We closed 14 cases, and had 3 more staff than the 16 planned.", []),
        ("It took 9 weeks, 25 more than the 100 calls of last year would.", []),
        ("Some 14 were closed. One fewer than the 16 in March.", []),
        ("We came 12th, four fewer than the 15 in the league.", []),
    ],
)
def test_so_many_more_than(text: str, verdicts: list[Verdict]) -> None:
    assert [each.verdict for each in check(check_changes_than, text)] == verdicts


@pytest.mark.parametrize(
    ("text", "verdicts"),
    [
        ("The rate was 15.4%, up from 15.9% last year.", [Verdict.CONTRADICTION]),
        ("Sickness was 12.1 days, down from 11.4.", [Verdict.CONTRADICTION]),
        ("The rate rose to 15.4% from 15.9%.", [Verdict.CONTRADICTION]),
        ("There were 212 complaints (up from 241).", [Verdict.CONTRADICTION]),
        ("The cost was £5.9m, a fall from £5.4m.", [Verdict.CONTRADICTION]),
        ("Women were 15.4% of all staff in 2024, up from 15.9% in 2023.", [Verdict.CONTRADICTION]),
        ("The rate was 15.4%, higher than the 15.9% of last year.", [Verdict.CONTRADICTION]),
        ("We took 212 complaints, fewer than the 198 of 2023.", [Verdict.CONTRADICTION]),
        ("The rate was 15.4% compared with 15.9% last year, an increase.", [Verdict.CONTRADICTION]),
        ("We took 212 complaints (compared to 198 in 2023), a welcome reduction.", [Verdict.CONTRADICTION]),
        ("We took 212 complaints (compared to 198 in 2023), a reduction.", [Verdict.CONTRADICTION]),
        ("The rate was 15.9%, up from 15.4% last year.", [Verdict.CONSISTENT]),
        ("Women were 15.9% of all staff in 2024, up from 15.4% in 2023.", [Verdict.CONSISTENT]),
        ("The rate was 15.9%, higher than the 15.4% of last year.", [Verdict.CONSISTENT]),
        ("The rate was 15.9% compared with 15.4% last year, an increase.", [Verdict.CONSISTENT]),
        ("We took 212 complaints, fewer than the 198 planned.", []),
        ("We took 212 complaints from 41 of 44 sites, fewer than the 198 before.", []),
        ("The rate was 15.4% compared with a target of 15.9%, an increase of 1 on last year.", []),
        ("The rate was 15.4% compared with 15.9% in the north, an increase on last year.", []),
        ("The rate was 15.4% and the cost, lower than the 15.1% expected, rose.", []),
        ("The rate fell to 15.4% from 15.9%.", [Verdict.CONSISTENT]),
        ("The force ranks 3, up from 5 in the league.", []),
        ("The rate was 15.4%, up from about 15.9%.", []),
        ("The rate was 15.4%, up from 159 cases.", []),
        ("The rate was 15.4% for men and up from 15.9% for women.", []),
        ("There were 212 complaints, up by 4 from 208.", []),
        ("The score was 2, down from 30.", []),
        ("The balance was -4.1%, up from -5.2%.", []),
        ("Satisfaction is 15.4%, an improvement from 15.9%.", []),
        ("We dealt with 212 cases from 41 sites, up from 89.", []),
        ("The rate in the year to March 2025 was 15.4% in the north, up from 15.9% in 2023/24.",
         [Verdict.CONTRADICTION]),
        ("Calls rose to 15,400 from 2,300 homes.", []),
    ],
)  # fmt: skip
def test_up_from(text: str, verdicts: list[Verdict]) -> None:
    assert [each.verdict for each in check(check_changes_than, text)] == verdicts


@settings(deadline=None, max_examples=60)
@given(st.integers(40, 900), st.integers(1, 30), st.integers(-3, 3), st.booleans())
def test_the_slow_difference_agrees(base: int, by: int, off: int, up: bool) -> None:
    level = base
    for _ in range(by):
        level = level + 1 if up else level - 1
    text = f"There were {level + off} cases, {by} {'more' if up else 'fewer'} than the {base} before."
    near = level > 0 and abs(off) * 2 <= level
    assert bool(wrong(check(check_changes_than, text))) is (off != 0 and near)


@pytest.mark.parametrize(
    "piece",
    [
        "12, 4 fewer than the ",
        "up from ",
        "than ",
        "5 a b, lower than the ",
        "5% compared with 6% a, an ",
        "15%, up from 16%, ",
        "twelve ",
    ],
)
def test_a_long_line_does_not_hang(piece: str) -> None:
    check(check_changes_than, piece * (200_000 // len(piece)))
    check(check_changes_than, piece * (19_000 // len(piece)))
