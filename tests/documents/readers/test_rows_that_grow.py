"""Are rows whose figures only grow rows, and the lines of a table of contents still its lines?"""

from __future__ import annotations

import pytest

from bluelamp.documents.blocks import BlockKind
from bluelamp.documents.readers import read_bytes

pytestmark = pytest.mark.no_database
ROWS = [("Burglary", "112"), ("Fraud", "187"), ("Robbery", "296")]


@pytest.mark.parametrize(
    "text",
    [
        "Recorded\n\nOffence\tNumber\n" + "\n".join(f"{a}\t{b}" for a, b in ROWS),
        "Recorded\n\n" + "\n".join(f"{a}\t{b}" for a, b in ROWS) + "\nTotal\t595",
        "Recorded\n\n" + "\n".join(f"{a}\t{b}" for a, b in [*ROWS, ("Arson", "12")]),
    ],
)
def test_rows_among_rows_are_a_table(text: str) -> None:
    document = read_bytes(text.encode(), file_name="paper.txt")
    assert [block.kind for block in document.blocks if "Robbery" in block.text] == [BlockKind.TABLE]


@pytest.mark.parametrize("head", ["", "Contents\n\n", "Section\tPage\n"])
def test_titles_and_pages_are_contents(head: str) -> None:
    text = head + "Introduction\t1\nFindings\t4\nNext steps\t9\n\nThe paper begins here and says what it is about."
    document = read_bytes(text.encode(), file_name="paper.txt")
    assert [block.kind for block in document.blocks if "Findings" in block.text] == [BlockKind.CONTENTS]
