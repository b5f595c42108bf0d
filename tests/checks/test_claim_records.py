"""Is what a sentence calls the highest or lowest so, of the period that it speaks of?"""

from __future__ import annotations

import pytest
from tests.checks.made_subjects import check, table, wrong

from bluelamp.checks.claims import check_claims
from bluelamp.checks.model import Verdict

pytestmark = pytest.mark.no_database

YEARS = table("Measure | 2022/23 | 2023/24 | 2024/25", "Floods | 380 | 402 | 377", "Thefts | 300 | 320 | 310")
QUARTERS = table("Measure | Q3 2024/25 | Q4 2024/25", "Floods | 98 | 91", "Thefts | 52 | 60")
VISITS = table(
    "Year | Visits made", "2020/21 | 96", "2021/22 | 174", "2022/23 | 190", "2023/24 | 181", "2024/25 | 185"
)


@pytest.mark.parametrize(
    ("rows", "text"),
    [
        (YEARS, "Floods fell to 377, the highest for three years."),
        (YEARS, "Floods were the highest for three years."),
        (VISITS, "Visits made, at 185, were the highest since 2020/21."),
        (VISITS, "Visits made were the highest for four years."),
    ],
)
def test_what_was_once_higher_is_told(rows: str, text: str) -> None:
    assert [each.verdict for each in wrong(check(check_claims, f"{rows}\n{text}\n"))] == [Verdict.CONTRADICTION]


@pytest.mark.parametrize(
    ("rows", "text"),
    [
        (YEARS, "In March 40 floods were recorded, the highest for two years."),
        (YEARS, "There were 91 floods in the last quarter, the highest for three years."),
        (YEARS, "Floods fell to 377, the lowest for three years."),
        (QUARTERS, "Floods for the year rose to 402, the highest for three years."),
        (VISITS, "Visits made, at 185, were the highest since 2022/23."),
        (VISITS, "Visits made were the highest for two years."),
        (VISITS, "Visits made were the lowest since 2022/23 for one site."),
    ],
)
def test_a_record_of_another_period_is_left_alone(rows: str, text: str) -> None:
    assert not wrong(check(check_claims, f"{rows}\n{text}\n"))
