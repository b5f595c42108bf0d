"""Which day does the head of a paper print as its own: that of the paper, or of the meeting it is for?"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bluelamp.documents.blocks import Block, BlockKind
from bluelamp.documents.document import Document
from bluelamp.lib.days import find_days
from bluelamp.scrutiny.reading.lines import lines_of

HEAD = 15  # blocks over a paper's first words
HEAD_ROWS = 10  # rows of a table that opens a paper, or of a sheet over its table
LONGEST_LINE = 250

_OF_WHAT = r"(?:report|paper|issue|publication|preparation|(?:the |this )?meeting|decision)"
_LABEL = re.compile(
    rf"^(?:(?:(?:report|paper|issue|publication|meeting|committee|board|panel) )?date(?: of {_OF_WHAT})?"
    r"|date (?:issued|published|prepared|signed)|dated|issued(?: on)?|prepared(?: on)?|report prepared(?: on)?"
    r"|(?:for )?(?:the )?meeting(?: of| on| held on)?)\s{0,3}[:–—-]{0,2}\s{0,3}$",
    re.I,
)
_FOR_MEETING = re.compile(
    r"\b(?:for|to) (?:the |a )?(?:[\w&’'-]{1,20} ){0,6}meeting (?:of|on|to be held on|held on)"
    r"(?: the [\w&’' -]{1,60}? on)?\s{1,3}$",
    re.I,
)
_OF_MEETING = re.compile(
    r"^[^.:;]{0,100}\b(?:meeting|committee|board|panel|forum|cabinet)\s{0,2}[,:|(–—-]{1,2}\s{0,3}$", re.I
)
_NOT_THIS = re.compile(r"\b(?:next|future|forthcoming|following|previous|last|minutes|since|by|until)\b", re.I)
AGREED_FOR = re.compile(
    r"\b(?:target|due|completion|implementation|closing|expiry|review|revised) (?:date|by)\b"
    r"|\b(?:due|deadline|timescales?|by when|next review|expires)\b",
    re.I,
)
"""Words beside a day by which something is to be done: never that of a paper."""


def find_day_in_head(document: Document) -> tuple[str, Block] | None:
    """The day in ISO form and the block that prints it. The first that names itself; then that of a meeting."""
    lines = list(_lines_of_head(document))
    for sign in (_LABEL, _FOR_MEETING, _OF_MEETING):
        for line, block in lines:
            found = _day_behind(line, sign)
            if found:
                return found, block
    return None


def _day_behind(line: str, sign: re.Pattern[str]) -> str:
    """The first day of the line, where all the words before it are the sign."""
    if len(line) > LONGEST_LINE or AGREED_FOR.search(line):
        return ""
    days = find_days(line)
    before = line[: days[0].start] if days else ""
    if not before or _NOT_THIS.search(before) or not sign.search(before):
        return ""
    return days[0].day.isoformat()


def _lines_of_head(document: Document) -> Iterator[tuple[str, Block]]:
    """Each line of the head by itself; a table's rows of a label and its words, as one line each. Last, what is
    printed over every page."""
    running = [block for block in document.asides if block.kind is BlockKind.RUNNING_HEAD and block.page == 0]
    for line in lines_of(document, (*document.blocks[:HEAD], *running[:HEAD])):
        if line.block.kind is BlockKind.CONTENTS:
            continue
        if not line.is_row:
            yield line.text, line.block
            if line.first and line.text != line.block.text:
                yield line.block.text, line.block
            continue
        words = [cell for cell in line.text.split("\t") if cell]
        if len(words) in (1, 2, 4) and line.spans[0][0] < _end_of_rows(line.block):
            for label, said in zip(words[::2], [*words[1::2], ""], strict=False):
                yield f"{label} {said}".strip(), line.block


def _end_of_rows(block: Block) -> int:
    """Where the rows of a table end that may hold labels with their words, once or twice in a row."""
    later = [span[0] for row in block.rows[HEAD_ROWS:] for cell in row.cells for span in cell.spans]
    return min(later, default=block.spans[-1][1])
