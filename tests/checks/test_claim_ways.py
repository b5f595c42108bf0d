"""Did a figure that a sentence gives come from where it says?"""

from __future__ import annotations

import pytest
from tests.checks.made_subjects import subject_of, table

from bluelamp.checks.claims import check_claims
from bluelamp.checks.model import Verdict

pytestmark = pytest.mark.no_database

ROWS = table(
    "Measure | 2023/24 | 2024/25",
    "Fires | 402 | 377",
    "Floods | 500 | 480",
    "Callers satisfied overall | 74.9% | 73.8%",
    "Callers told of progress | 61.0% | 63.2%",
)


def told(text: str) -> list[Verdict]:
    results = check_claims([subject_of(ROWS), subject_of(text)])
    return [r.verdict for r in results if r.verdict in (Verdict.CONTRADICTION, Verdict.SUSPECT)]


@pytest.mark.parametrize(
    "text",
    [
        "Fires fell to 377 and satisfaction of callers overall rose to 73.8%.",
        "Satisfaction of callers overall rose to 73.8%.",
        "The telling of callers of their progress fell to 63.2%.",
    ],
)
def test_a_level_that_came_from_the_other_side_is_doubted(text: str) -> None:
    assert told(text) == [Verdict.SUSPECT]


@pytest.mark.parametrize(
    "text",
    [
        "Satisfaction of callers overall fell to 73.8%.",
        "Satisfaction of callers overall rose to 75.8%.",
        "Satisfaction of callers overall rose in the quarter to 73.8%.",
        "Satisfaction of callers overall rose to nearly 73.8%.",
        "Trust in the courts rose to 73.8%.",
        "Callers who are women rose to 63.2%.",
        "Satisfaction of callers overall rose since March 2019 to 73.8%.",
        "Satisfaction of callers overall stood at 73.8%.",
    ],
)
def test_what_agrees_or_may_be_another_thing_is_left_alone(text: str) -> None:
    assert not told(text)
