"""Is a lone share what the count told just before it gives?"""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.checks.made_subjects import check

from bluelamp.checks.model import Verdict
from bluelamp.checks.share_of_before import check_shares_of_before

pytestmark = pytest.mark.no_database


@pytest.mark.parametrize(
    ("text", "verdicts"),
    [
        ("We made 6,200 calls. Somebody answered 1,550 (27%).", [Verdict.SUSPECT]),
        ("We made 6,200 calls and found someone in 1,550 (27%).", [Verdict.SUSPECT]),
        ("There were 1,980 visits. Of these, 990 (65%) were at night.", [Verdict.SUSPECT]),
        ("3.1 There were 1,980 visits. Of those 990 (55%) were at night.", [Verdict.SUSPECT]),
        ("We made 6,200 calls. Somebody answered 1,550 (25%).", [Verdict.CONSISTENT]),
        ("There were 1,980 visits. Of these, 990 (50%) were at night.", [Verdict.CONSISTENT]),
        ("We made 6,200 calls. Somebody answered 1,550 (83%).", []),
        ("We made 6,200 calls in 14 towns. Somebody answered 1,550 (27%).", [Verdict.SUSPECT]),
        ("We made 6,200 calls. That is 8.0 for each person. Somebody answered 1,550 (27%).", [Verdict.SUSPECT]),
        ("We made 6,200 calls in 2,400 towns. Somebody answered 1,550 (27%).", []),
        ("We made 6,200 calls. It was cold. It was wet. Somebody answered 1,550 (27%).", []),
        ("We made about 6,200 calls. Somebody answered 1,550 (27%).", []),
        ("We made 6,200 calls. That is 1,550 (27%) more than in 2023.", []),
        ("We made 6,200 calls. The rest fell by 1,550 (27%).", []),
        ("We made 6,200 calls. We sent 5,740 letters. Somebody answered 1,550 (27%).", [Verdict.CONSISTENT]),
        ("We sent 5,740 letters and called. We made 6,200 calls. Somebody answered 1,550 (27%).", []),
        ("We made 6,200 calls. Of the men, 1,550 (27%) answered.", []),
        ("We made 6,200 calls. Answers: 1,550 (27%) yes and 930 (16%) no.", []),
        ("Of 60 plans, 33 (65%) are met.", []),
        ("We spent £6,200. Somebody answered 1,550 (27%).", []),
        ("We saw 12 sites. Of these, 5 (45%) were shut.", []),
    ],
)
def test_a_lone_share(text: str, verdicts: list[Verdict]) -> None:
    assert [each.verdict for each in check(check_shares_of_before, text)] == verdicts


@settings(deadline=None, max_examples=60)
@given(st.integers(2_101, 9_999), st.integers(30, 70), st.integers(-4, 4))
def test_the_slow_share_agrees(whole: int, per_cent: int, off: int) -> None:
    count = 0
    while count * 100 < whole * per_cent:
        count += 1
    found = check(
        check_shares_of_before, f"We made {whole:,} calls. Somebody answered {count:,} ({per_cent + off}%)."
    )
    told = any(each.verdict is Verdict.SUSPECT for each in found)
    assert told is (abs(off) > 1) or abs(off) == 1


@pytest.mark.parametrize("piece", ["We saw 62. Of 15 (27%). ", "1 (2%) ", "62 and 15 (", "(((%)"])
def test_a_long_line_does_not_hang(piece: str) -> None:
    check(check_shares_of_before, piece * (19_000 // len(piece)))
    check(check_shares_of_before, piece * (200_000 // len(piece)))
