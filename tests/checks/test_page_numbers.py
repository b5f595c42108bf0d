"""Are printed page numbers held to one run, and only where the pages around bear numbers that run on?"""

from __future__ import annotations

import pytest
from tests.checks.made_subjects import wrong

from bluelamp.checks.model import Paper, Subject
from bluelamp.checks.page_numbers import check_page_numbers
from bluelamp.documents.blocks import Block, BlockKind, Page
from bluelamp.documents.document import Document, whole

pytestmark = pytest.mark.no_database


def _paged(*printed: str) -> Subject:
    text, pages, blocks = "", [], []
    for index, number in enumerate(printed):
        start = len(text)
        words = f"Words of sheet {index} "
        text += words + number + "\n"
        pages.append(Page(number=index + 1, start=start, end=len(text), printed=number or None))
        blocks.append(Block(BlockKind.PARAGRAPH, words.strip(), ((start, start + len(words) - 1),), page=index))
    document = Document(sha256="0" * 64, format="pdf", text=text, pages=tuple(pages), blocks=tuple(blocks))
    paper = Paper(part=whole(document), title="", family="other")
    return Subject(document=document, name="x.pdf", papers=(paper,))


@pytest.mark.parametrize(
    ("printed", "told"),
    [
        (("1", "2", "3", "4", "5", "6"), []),
        (("1", "2", "3", "3", "4", "5"), ["Two pages bear the number 3."]),
        (("1", "2", "3", "5", "6", "7"), ["After page 3 comes page 5: page 4 is missing."]),
        (("1", "2", "3", "1", "2", "3"), []),
        (("1", "2", "3", "", "5", "6", "7"), []),
        (("1", "2", "99", "4", "5", "6"), []),
        (("i", "ii", "1", "2", "3", "4"), []),
    ],
)
def test_page_numbers(printed: tuple[str, ...], told: list[str]) -> None:
    assert [each.message for each in wrong(check_page_numbers([_paged(*printed)]))] == told
