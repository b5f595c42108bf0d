"""Is a change said in words held to the two figures of its sentence?"""

from __future__ import annotations

import pytest
from tests.checks.made_subjects import check, wrong

from bluelamp.checks.change_sentences import check_change_sentences

pytestmark = pytest.mark.no_database


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Referrals doubled in the year, from 890 to 2,136.", 1),
        ("Referrals doubled in the year, from 890 to 1,790.", 0),
        ("Referrals nearly doubled, from 890 to 1,650.", 0),
        ("Visits halved from 550 to 446.", 1),
        ("Visits fell by a third in the year, from 600 to 401.", 0),
        ("Visits fell by a third in the year, from 600 to 480.", 1),
        ("Satisfaction rose from 49% to 72%, up 20 percentage points.", 1),
        ("Satisfaction rose from 49% to 72%, up 23 percentage points.", 0),
        ("Satisfaction rose from 49% to 72%, an increase of 24 percentage points.", 0),
        ("Satisfaction rose from 49% to 72%, against 20 percentage points elsewhere.", 0),
        ("The target doubled while calls went from 20 to 30 and then from 30 to 40.", 0),
    ],
)
def test_words_and_figures(text: str, count: int) -> None:
    assert len(wrong(check(check_change_sentences, text))) == count
