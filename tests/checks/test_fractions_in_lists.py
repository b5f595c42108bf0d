"""Is one share of a list told where the others show what it is of?"""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.checks.made_subjects import check, wrong

from bluelamp.checks.fraction_sentences import check_fraction_sentences
from bluelamp.checks.model import Verdict
from bluelamp.checks.ratios import check_ratios

pytestmark = pytest.mark.no_database


@pytest.mark.parametrize(
    ("sentence", "verdict"),
    [
        ("There were 1,240 replies: 744 (60%) by post, 310 (25%) online and 186 (14%) other.", Verdict.SUSPECT),
        (
            "In 12 areas 1,240 replied, 744 (60%) by post, 310 (25%) online and 186 (14%) at desks.",
            Verdict.SUSPECT,
        ),
        (
            "We had 1,240 replies, of which 744 (60%) came by post, 310 (25%) online and 186 (14%) others.",
            Verdict.SUSPECT,
        ),
        ("Of 1,240 replies 744 (60%) were by post, 310 (25%) online and 186 (14%) other.", Verdict.CONTRADICTION),
        ("There were 1,240 replies: 744 (60%) by post, 310 (25%) online and 186 (15%) other.", None),
        ("There were 1,240 replies: 744 (60%) by post, 310 (25%) online and 185 (14%) other.", None),
        ("There were 1,240 replies: 744 (60%) by post and 186 (14%) other.", None),
        ("There were 1,240 replies: 744 (55%) by post, 310 (25%) online and 186 (14%) other.", None),
        ("There were about 1,240 replies: 744 (60%) by post, 310 (25%) online and 186 (14%) other.", None),
        ("There were 1,240 replies: 744 (60%) by post, 310 (25%) online, of whom 186 (62%) were new.", None),
        ("There were 1,240 replies: 744 (60%) by post, 310 (25%) online, 186 (14%) more than in May.", None),
        ("We had 1,240 replies, of which 744 (60%) came by post, 310 (25%) online, 186 (14%) fewer.", None),
        ("We had 1,240 replies, of which 744 (60%) came by post, 310 (25%) online and 186 (15%) others.", None),
        ("There were 1,240 replies and 1,330 calls: 744 (60%), 310 (25%) and 186 (14%).", None),
    ],
)
def test_a_share_of_a_list(sentence: str, verdict: Verdict | None) -> None:
    assert [each.verdict for each in wrong(check(check_fraction_sentences, sentence))] == (
        [verdict] if verdict else []
    )


@settings(deadline=None, max_examples=80)
@given(st.integers(1, 400), st.integers(401, 900), st.integers(-3, 3))
def test_a_share_that_nobody_could_print_is_told(top: int, bottom: int, off: int) -> None:
    share = top * 100 // bottom  # cut off
    rounded = (top * 200 + bottom) // (2 * bottom)
    printed = share + off
    is_wrong = printed not in (share, rounded) and printed >= 0
    sentence = f"In the year {top} of {bottom} ({printed}%) were seen."
    if printed >= 0 and (top * 200) % (2 * bottom) != bottom:
        assert bool(wrong(check(check_ratios, sentence))) is is_wrong
