"""Is a figure of a sentence that of a row it names, with two figures changed about?"""

from __future__ import annotations

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from tests.checks.made_subjects import check, subject_of, table

from bluelamp.checks.model import Verdict
from bluelamp.checks.swapped_figures import check_swapped_figures

pytestmark = pytest.mark.no_database

ROWS = table(
    "Measure | 2023/24 | 2024/25",
    "All floods | 48,210 | 46,722",
    "Vehicle fires | 1,611 | 1,498",
    "Falls | 388 | 377",
)


@pytest.mark.parametrize(
    ("text", "is_told"),
    [
        ("All floods fell by 3.1% to 46,272 in 2024/25.", True),
        ("In the year 46,272 floods were recorded.", True),
        ("Vehicle fires fell to 1,489.", True),
        ("All floods fell by 3.1% to 46,722 in 2024/25.", False),
        ("All floods fell to about 46,272.", False),
        ("All floods fell to 46,227.", False),
        ("All floods fell to 42,672 if Falls are left out.", False),
        ("All fires of houses fell to 46,272.", False),
        ("Falls fell to 737.", False),
        ("Floods cost £46,272.", False),
        ("There were 48,210 floods, 1,489 of them at night.", False),
    ],
)
def test_a_figure_with_two_changed_about(text: str, is_told: bool) -> None:
    found = check(check_swapped_figures, f"{ROWS}\n{text}\n")
    assert [each.verdict for each in found] == [Verdict.SUSPECT] * is_told


def test_a_figure_of_another_document() -> None:
    subjects = [subject_of(ROWS), subject_of("In the year 46,272 floods were recorded.")]
    assert len(list(check_swapped_figures(subjects))) == 1


@settings(deadline=None, max_examples=60)
@given(st.integers(2_300, 99_999), st.integers(0, 3))
def test_the_slow_swap_agrees(value: int, at: int) -> None:
    digits = list(str(value))
    assume(at + 1 < len(digits))
    digits[at], digits[at + 1] = digits[at + 1], digits[at]
    told = int("".join(digits))
    assume(told >= 2_300 and len(str(told)) == len(str(value)))
    rows = table("Measure | Number | Cost", f"Floods | {value:,} | 3", "Fires | 12 | 5")
    found = check(check_swapped_figures, f"{rows}\nThere were {told:,} floods.\n")
    assert bool(found) is (told != value)


@pytest.mark.parametrize("piece", ["46,272 floods ", "9" * 30 + " ", "46,722. "])
def test_a_long_line_does_not_hang(piece: str) -> None:
    check(check_swapped_figures, f"{ROWS}\n{piece * (19_000 // len(piece))}\n")
    check(check_swapped_figures, f"{ROWS}\n{piece * (200_000 // len(piece))}\n")
