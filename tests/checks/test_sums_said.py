"""Is the sum right that a sentence does in words?"""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.checks.made_subjects import check, wrong

from bluelamp.checks.model import Verdict
from bluelamp.checks.sums_said import check_sums_said

pytestmark = pytest.mark.no_database


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("The grant of £56,000 less costs of £54,800 leaves £2,200.", Verdict.CONTRADICTION),
        ("The grant of £5.6m less costs of £5.4m would leave £0.4m.", Verdict.CONTRADICTION),
        ("Grants of £5.4m plus fees of £0.3m make £5.9m.", Verdict.SUSPECT),
        ("The pot of £410,000, minus fees of £15,000, leaves a balance of £405,000.", Verdict.CONTRADICTION),
        ("Grants of £5.4m plus fees of £0.3m make £6.7m.", Verdict.CONTRADICTION),
        ("We had 212 officers plus 14 on loan, which makes 228.", Verdict.CONTRADICTION),
        ("The tax base is 101,200 and Band D £250.00, which raises £26.3m.", Verdict.CONTRADICTION),
        ("A tax base of 101,200 at a Band D of £250.00 yields £23.5m.", Verdict.CONTRADICTION),
        ("That is £13 a year, or 27p a week.", Verdict.CONTRADICTION),
        ("It costs £520 a year (or £11 a week).", Verdict.CONTRADICTION),
        ("It costs £120 a year, or £12 a month.", Verdict.CONTRADICTION),
    ],
)
def test_a_sum_that_is_wrong_is_told(text: str, verdict: Verdict) -> None:
    assert [each.verdict for each in wrong(check(check_sums_said, text))] == [verdict]


@pytest.mark.parametrize(
    "text",
    [
        "The grant of £56,000 less costs of £54,800 leaves £1,200.",
        "The grant of £5.6m less costs of £5.4m would leave £0.3m.",
        "The grant of £5.64m less costs of £5.4m leaves £0.2m.",
        "Grants of £5.4m plus fees of £0.3m make £5.8m.",
        "We had 212 officers plus 14 on loan, which makes 226.",
        "The tax base is 101,200 and Band D £250.00, which raises £25.3m.",
        "That is £13 a year, or 25p a week.",
        "It costs £13 a year (or 4p a day).",
        "It costs £120 a year, or £10 a month.",
    ],
)
def test_a_sum_that_is_right_agrees(text: str) -> None:
    assert [each.verdict for each in check(check_sums_said, text)] == [Verdict.CONSISTENT]


@pytest.mark.parametrize(
    "text",
    [
        "The grant of £56,000 less costs of about £54,800 leaves £2,200.",
        "The grant of £56,000 is less than the £54,800 that leaves £2,200.",
        "The grant of £56,000 less 5% leaves £2,200.",
        "The grant of £56,000 less costs of £54,800 leaves £220 for each site.",
        "The grant of £56,000 less costs of £54,800 leaves £2,200 more than last year.",
        "We had 212 officers plus 14 on loan. That makes 228 with the cadets.",
        "The tax base is 101,200 and Band D £250.00.",
        "The tax base is 101,200, Band D £250.00 and Band H £500.00, and the precept is about £27m.",
        "The tax base is 101,200 and Band D £250.00, and the surplus yields £0.3m.",
        "That is £13 a year, or about 27p a week.",
        "That is £13 a year for them, and 27p a week for us.",
        "It is £13 a year more than it was, and 27p a week is lent.",
    ],
)
def test_what_is_no_sum_is_left_alone(text: str) -> None:
    assert not wrong(check(check_sums_said, text))


@settings(deadline=None, max_examples=60)
@given(st.integers(3_101, 9_999), st.integers(1, 999), st.integers(-9, 9), st.booleans())
def test_the_slow_sum_agrees(one: int, two: int, off: int, is_less: bool) -> None:
    made = one
    for _ in range(two):
        made = made - 1 if is_less else made + 1
    text = f"The {one} cases {'less' if is_less else 'plus'} the {two} others make {made + off}."
    assert bool(wrong(check(check_sums_said, text))) is (off != 0)


@pytest.mark.parametrize(
    "piece", ["£5 less £4 leaves ", "tax base 5 Band D £5 yields ", "£5 a year, or 5p a ", "a plus "]
)
def test_a_long_line_does_not_hang(piece: str) -> None:
    check(check_sums_said, piece * (19_000 // len(piece)))
    check(check_sums_said, piece * (200_000 // len(piece)))
