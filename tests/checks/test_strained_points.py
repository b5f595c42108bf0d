"""A change in points that fits its row only where one figure was rounded and another cut off is doubted."""

from __future__ import annotations

import pytest
from tests.checks.made_subjects import check, table

from bluelamp.checks.claims import check_claims
from bluelamp.checks.fraction_sentences import check_fraction_sentences
from bluelamp.checks.model import Verdict

pytestmark = pytest.mark.no_database

ROWS = table(
    "Measure | 2022/23 | 2023/24 | Change",
    "Burglary outcome rate | 14.2% | 13.5% | -0.7",
    "Victim satisfaction | 61% | 58% | -3",
)


@pytest.mark.parametrize(
    ("sentence", "verdict"),
    [
        ("The burglary outcome rate fell by 0.9 percentage points.", Verdict.SUSPECT),
        ("The burglary outcome rate fell by 1.2 percentage points.", Verdict.CONTRADICTION),
        ("Victim satisfaction fell by 1 percentage point.", Verdict.SUSPECT),
        ("The burglary outcome rate fell by 0.7 percentage points.", Verdict.CONSISTENT),
        ("The burglary outcome rate fell by 0.8 percentage points.", Verdict.CONSISTENT),
        ("The burglary outcome rate fell by 0.6 percentage points.", Verdict.CONSISTENT),
        ("The burglary outcome rate fell by around 0.9 percentage points.", Verdict.CONSISTENT),
        ("Victim satisfaction fell by 2 percentage points.", Verdict.CONSISTENT),
        ("Victim satisfaction fell by 2.4 percentage points.", Verdict.CONSISTENT),
    ],
)
def test_points_beside_their_row(sentence: str, verdict: Verdict) -> None:
    found = [
        each for each in check(check_claims, f"# Report\n\n{sentence}\n\n{ROWS}") if each.rule == "claim-change"
    ]
    assert [each.verdict for each in found] == [verdict]


def test_a_paragraph_s_number_of_three_parts_opens_no_sentence() -> None:
    found = check(check_fraction_sentences, "3.1.2 Of the 188 victims, 47 (35%) had been a victim before.")
    assert [each.verdict for each in found] == [Verdict.CONTRADICTION]
