"""Does what one paper says of so many agree with the table of so many in another?"""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.checks.made_subjects import subject_of, table, wrong

from bluelamp.checks.model import Result, Verdict
from bluelamp.checks.totals_across import check_totals_across

pytestmark = pytest.mark.no_database

_PLAN = table(
    "Part | Promises | Kept | Under way", "One | 13 | 5 | 8", "Two | 18 | 6 | 12", "Total | 31 | 11 | 20"
)
_PAPER = f"# Delivery of the plan 2024/25\n\n{_PLAN}\nA word of it.\n"
_REPORT = "# Annual report 2024/25\n\n{}\n"


def _check(report: str, *papers: str) -> list[Result]:
    return list(check_totals_across([subject_of(each) for each in (report, *papers)]))


def test_another_part_of_the_same_whole_is_doubted() -> None:
    (found,) = wrong(_check(_REPORT.format("The plan makes 31 promises, of which 14 are kept."), _PAPER))
    assert (found.verdict, found.recomputed) == (Verdict.SUSPECT, "11")
    assert len({cited.document_sha256 for each in found.printed for cited in each.citations}) == 2


@pytest.mark.parametrize(
    ("report", "papers"),
    [
        (_REPORT.format("The plan makes 31 promises, of which 11 are kept."), [_PAPER]),
        (_REPORT.format("The plan makes 32 promises, of which 14 are kept."), [_PAPER]),
        (_REPORT.format("The plan makes 31 promises, of which 14 are funded."), [_PAPER]),
        (_REPORT.format("The plan makes 31 promises, of which 14 are now kept."), [_PAPER]),
        (_REPORT.format("In May 2025 the plan made 31 promises, of which 14 are kept."), [_PAPER]),
        (_REPORT.format("The force bought 31 cars, of which 14 are kept."), [_PAPER]),
        (
            _REPORT.format("The plan makes 31 promises, of which 14 are kept."),
            [_PAPER.replace("2024/25", "2023/24")],
        ),
        (_REPORT.format("The plan makes 31 promises, of which 14 are kept."), [_PAPER.replace("2024/25", "")]),
        (
            _REPORT.format("The plan makes 31 promises, of which 14 are kept."),
            [_PAPER.replace("plan 2024/25", "plan 2024/25, quarter 3")],
        ),
        (_REPORT.format("The plan makes 31 promises, of which 14 are kept."), [_PAPER, _PAPER + "\nAnd more.\n"]),
        (_REPORT.format("The plan makes 31 promises, of which 14 are kept."), []),
    ],
)
def test_what_agrees_or_may_be_of_another_day_is_left(report: str, papers: list[str]) -> None:
    assert wrong(_check(report, *papers)) == []


@settings(max_examples=30, deadline=None)
@given(st.integers(12, 40), st.integers(41, 90), st.integers(2, 90))
def test_the_slow_way_agrees(kept: int, open_: int, told: int) -> None:
    grid = table(
        "Part | Promises | Kept",
        f"One | {open_} | {kept}",
        f"Two | {kept} | 5",
        f"Total | {open_ + kept} | {kept + 5}",
    )
    report = _REPORT.format(f"The plan makes {open_ + kept} promises, of which {told} are kept.")
    printed = {open_, kept, 5, open_ + kept, kept + 5}
    found = wrong(_check(report, f"# Delivery of the plan 2024/25\n\n{grid}\nA word of it.\n"))
    assert bool(found) is (told not in printed)
