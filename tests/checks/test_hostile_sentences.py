"""Do the checkers of sentences and packs come back from a megabyte of anything?"""

from __future__ import annotations

import datetime as dt

import pytest

from bluelamp.checks.cross_sentences import check_cross_sentences
from bluelamp.checks.fraction_sentences import check_fraction_sentences
from bluelamp.checks.model import Paper, Subject
from bluelamp.checks.multiples import check_multiples
from bluelamp.checks.numbered_runs import check_numbered_runs
from bluelamp.checks.parts_told import check_parts_told
from bluelamp.checks.previous_meetings import check_previous_meetings
from bluelamp.checks.set_against import check_set_against
from bluelamp.checks.share_of_before import check_shares_of_before
from bluelamp.checks.sums_said import check_sums_said
from bluelamp.checks.swapped_figures import check_swapped_figures
from bluelamp.checks.variance_sentences import check_variance_sentences
from bluelamp.documents.blocks import Block, BlockKind, Page
from bluelamp.documents.document import Document, whole

pytestmark = pytest.mark.no_database
SIZE = 1_000_000
CHECKERS = (
    check_fraction_sentences,
    check_multiples,
    check_numbered_runs,
    check_previous_meetings,
    check_cross_sentences,
    check_parts_told,
    check_set_against,
    check_shares_of_before,
    check_sums_said,
    check_swapped_figures,
    check_variance_sentences,
)
PIECES = (
    "of the 9, 3 (4%) ",
    "Of the 60 a b c ",
    "£4 a month, or £5 over the year ",
    "9 days over 3 posts, an average of 3 ",
    "a month, which over ",
    "1. A ",
    "2025/01 A",
    "minutes of the meeting held on ",
    "Minutes and a of the last meeting ",
    "identifies eight areas for improvement and ",
    "and also us also us ",
    "We spoke with 212 staff ",
    " ",
    "(((%)",
    "12,",
    "held on 1 May 2021 ",
    "Penhallow ",
    "£5m below the a of a ",
    "an underspend of £5m of the budget ",
)


def _subject(text: str, digest: str) -> Subject:
    head = Block(BlockKind.HEADING, text[:40], ((0, 40),), level=1)
    block = Block(BlockKind.PARAGRAPH, text, ((0, SIZE),))
    page = Page(number=None, start=0, end=SIZE)
    document = Document(sha256=digest * 64, format="txt", text=text, pages=(page,), blocks=(head, block))
    paper = Paper(part=whole(document), title="Penhallow", family="other", meeting=dt.date(2024, 1, 1))
    return Subject(document=document, name="a.txt", papers=(paper,))


@pytest.mark.parametrize("piece", PIECES)
def test_a_megabyte_in_one_line_of_a_pack(piece: str) -> None:
    text = (piece * (SIZE // len(piece) + 1))[:SIZE]
    subjects = [_subject(text, "0"), _subject(text, "1")]
    for checker in CHECKERS:
        list(checker(subjects))
