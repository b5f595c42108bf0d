"""Does a sentence that tells what became of so many things tell of all of them?"""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.checks.made_subjects import check, subject_of, wrong

from bluelamp.checks.checking import check_papers
from bluelamp.checks.model import Verdict
from bluelamp.checks.parts_told import check_parts_told

pytestmark = pytest.mark.no_database


@pytest.mark.parametrize(
    "text",
    [
        "The auditor said that of the 30 actions, 20 had been closed, seven were open and two had not begun.",
        "She told us that, of the 12 visits, five are done, four are planned and two have been cancelled.",
        "2.3 Of the 12 visits in the plan, 5 are done, 2 were typed, 4 are planned and 2 have not begun.",
        "The plan has twelve visits: five are done, four are under way and two are yet to begin.",
        "The panel saw 24 clips from cameras, chosen at random: fifteen were graded green, six amber and two red.",
        "There are eleven risks: three red, five amber and two green.",
        "We found that of the 18 findings of 2021, nine were met, five partially met and three not met.",
        "Of the 20 schemes, 12 are finished (60%), five are in progress (25%) and two are being designed (10%).",
        "Of the 30 actions, 20 had been closed, seven were open and the remaining two had not begun.",
    ],
)
def test_a_part_that_is_missing_or_too_many_is_told(text: str) -> None:
    (found,) = wrong(check(check_parts_told, text))
    assert found.rule == "states-in-sentence"
    assert (found.verdict is Verdict.CONTRADICTION) is ("the remaining" in text)


@pytest.mark.parametrize(
    "text",
    [
        "The auditor said that of the 29 actions, 20 had been closed, seven were open and two had not begun.",
        "2.3 Of the 13 visits in the plan, 5 are done, 2 were typed, 4 are planned and 2 have not begun.",
        "Of the 20 schemes, 12 are finished (60%), five are in progress (25%) and three are being designed (15%).",
    ],
)
def test_all_that_are_told_agree(text: str) -> None:
    assert [each.verdict for each in check(check_parts_told, text)] == [Verdict.CONSISTENT]


@pytest.mark.parametrize(
    "text",
    [
        "Of the 30 actions, 20 had been closed, seven were open and two were raised by the panel.",
        "Of the 30 officers, 20 were trained, seven were moved and two were hurt.",
        "Of the 30 actions, some 20 had been closed, seven were open and two had not begun.",
        "Of the 30 actions, 20 had been closed, seven were open and nine are overdue.",
        "Of the 30 actions, 20 had been closed, seven were open, of which two had not begun.",
        "Of the 30 actions, 20 had been closed within 3 months, seven were open and two had not begun.",
        "Of the 30 actions, 8 had been closed, seven were open and two had not begun.",
        "Of the 30 actions 20 had been closed. Seven were open and two had not begun.",
        "He said that 30 had come, 20 had been closed, seven were open and two had not begun.",
        "We saw that of the 30 actions, 20 had been closed, seven were open and more had not begun.",
        "Of the 30 calls, 20 were done in 10 minutes, seven were open and two had not been answered.",
        "Of the 30 actions, 20 had been closed, seven were open and two rose in priority, not scope.",
        "Of the £30m, £20m was spent, £7m is planned and £2m has not been drawn.",
        "The panel saw 24 clips: fifteen were graded green, six amber and two had no sound.",
        "The panel saw 24 clips, of which fifteen were graded green, six amber and two were old.",
        "There are eleven risks: three red, five amber and two green ones that are new each month.",
        "Of the 4 actions, 2 are closed, one is open and two are not begun.",
    ],
)
def test_what_may_not_be_all_is_left_alone(text: str) -> None:
    assert not check(check_parts_told, text)


def test_what_two_checks_see_is_told_once() -> None:
    text = "Of the 30 actions, 20 were closed, seven were open and two were withdrawn."
    report = check_papers([subject_of(text)])
    assert len(wrong(report.results)) == 1


@settings(deadline=None, max_examples=60)
@given(st.lists(st.integers(2, 60), min_size=3, max_size=3), st.integers(-2, 2))
def test_the_slow_sum_agrees(parts: list[int], off: int) -> None:
    whole = -off
    for part in parts:
        whole = whole + part
    one, two, three = parts
    text = f"It says that of the {whole} actions, {one} were closed, {two} were open and {three} had not begun."
    near = abs(off) * 10 <= whole or (abs(off) == 1 and whole >= 6)
    assert bool(wrong(check(check_parts_told, text))) is (off != 0 and near)


@pytest.mark.parametrize(
    "piece", ["that of the 24 a, 15 had ", "of the ", ": 4 not, ", "12 not (4%), ", "twelve "]
)
def test_a_long_line_does_not_hang(piece: str) -> None:
    check(check_parts_told, piece * (19_000 // len(piece)))
    check(check_parts_told, piece * (200_000 // len(piece)))
