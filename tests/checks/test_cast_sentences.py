"""Do the parts of a sentence add up to its whole, and only where it says that they are all?"""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.checks.made_subjects import check, wrong

from bluelamp.checks.cast_sentences import check_sentences
from bluelamp.checks.model import Verdict

pytestmark = pytest.mark.no_database


@pytest.mark.parametrize(
    ("text", "verdicts"),
    [
        ("Of the 240 complaints, 130 were upheld, 70 were not and the remaining 40 open.", [Verdict.CONSISTENT]),
        ("Of the 241 complaints, 130 were upheld, 70 were not and the remaining 40 are open.",
         [Verdict.CONTRADICTION]),
        ("Of 240 complaints, 130 were upheld and 70 were not, leaving 43.", [Verdict.CONTRADICTION]),
        ("There were 240 complaints: 130 were upheld, 70 were not and 43 are open.", [Verdict.SUSPECT]),
        ("There were 240 complaints: 130 on conduct and 20 on delay.", []),
        ("Of the 240 complaints, 130 were upheld and 90 concerned the custody suite.", []),
        ("Of the 240 complaints, 130 (54%) were upheld, of which 90 were old and the remaining 40 new.", []),
        ("Of around 240 complaints, 130 were upheld, 71 were not and the remaining 40 open.",
         [Verdict.CONSISTENT]),
        ("The force took 1,284 complaints: 702 under Schedule 3 and 582 otherwise than under Schedule 3.",
         [Verdict.CONSISTENT]),
        ("The force took 1,284 complaints: 793 under Schedule 3 and 582 otherwise than under Schedule 3.",
         [Verdict.SUSPECT]),
        ("Of 5,082 searches 1,398 (27.5%) led on: 611 arrests, 472 warnings, 203 cautions and 112 other.",
         [Verdict.CONSISTENT]),
        ("Of 5,082 searches 1,398 (27.5%) led on: 690 arrests, 472 warnings, 203 cautions and 112 other.",
         [Verdict.SUSPECT]),
        ("There were themes in the 48 replies: 20 on time, 15 on updates and 9 on courtesy.", []),
        ("Of 225 points, 225 are open: 0 overdue, 221 without an owner, 3 disputed.", []),
        ("Two waivers had a total value of £64,250 (£41,000 and £23,250).", [Verdict.CONSISTENT]),
        ("Two waivers had a total value of £70,675 (£41,000 and £23,250).", [Verdict.CONTRADICTION]),
        ("In total 64 officers left (31 in 2022 and 35 in 2023).", []),
        ("A total of 64 officers left (of which 31 women and 38 part time).", []),
        ("Some 64 officers left (31 by choice and 35 by age).", []),
        ("A total of about 64 officers left (31 by choice and 35 otherwise).", []),
        ("It spent £2.4m: £1.3m on pay, £0.7m on fleet and £0.4m on the estate.", [Verdict.CONSISTENT]),
    ],
)  # fmt: skip
def test_parts_and_whole(text: str, verdicts: list[Verdict]) -> None:
    assert [each.verdict for each in check(check_sentences, text)] == verdicts


@settings(deadline=None, max_examples=60)
@given(st.lists(st.integers(12, 900), min_size=3, max_size=3), st.integers(-5, 5))
def test_the_slow_sum_agrees(parts: list[int], off: int) -> None:
    total = 0
    for part in parts:
        total += part
    text = (
        f"Of the {total + off:,} cases, {parts[0]} were closed, {parts[1]} were passed on"
        f" and the remaining {parts[2]} are open."
    )
    near = abs(off) * 10 <= total + off
    assert bool(wrong(check(check_sentences, text))) is (off != 0 and near)
