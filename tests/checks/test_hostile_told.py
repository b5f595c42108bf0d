"""Do the checkers that hold a sentence to a whole table come back from the longest of anything?"""

from __future__ import annotations

import pytest
from tests.checks.made_subjects import subject_of, table

from bluelamp.checks.numbers import LONGEST
from bluelamp.checks.ratings_told import check_ratings_told
from bluelamp.checks.rows_told import check_rows_told
from bluelamp.checks.scores_moved import check_scores_moved
from bluelamp.checks.shares_of_rows import check_shares_of_rows
from bluelamp.checks.superlatives_told import check_superlatives
from bluelamp.checks.total_rows_told import check_total_rows
from bluelamp.checks.totals_across import check_totals_across

pytestmark = pytest.mark.no_database
CHECKERS = (
    check_ratings_told,
    check_rows_told,
    check_scores_moved,
    check_shares_of_rows,
    check_superlatives,
    check_total_rows,
    check_totals_across,
)
_TABLE = table(
    "Part | Things | Score | Previous score | Rating",
    "A | 1 | 2 | 3 | Red",
    "B | 2 | 3 | 4 | Amber",
    "Total | 3 | | |",
)


@pytest.mark.parametrize(
    "piece",
    [
        "of the 9 things, 3 were red ",
        "of which 3 ",
        "two rose and 2 fell ",
        "one red, two amber and 3 green ",
        "was lowest in ",
        "the highest ",
        "Four of £4 in all ",
        "stood at 3% of ",
        "on average each a b 3.1 ",
        "a were the ",
        "9",
        " ",
        "(",
    ],
)
def test_a_paragraph_as_long_as_is_read(piece: str) -> None:
    text = (piece * (LONGEST // len(piece)))[: LONGEST - 10]
    subjects = [subject_of(f"# A plan 2024/25\n\n{_TABLE}\nWords {text} end{mark}\n") for mark in (".", "!")]
    for checker in CHECKERS:
        assert list(checker(subjects)) is not None
