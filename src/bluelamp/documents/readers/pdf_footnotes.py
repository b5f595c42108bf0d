"""Which small lines at a column's foot are footnotes, and what is their sign?"""

from __future__ import annotations

import re

from bluelamp.documents.blocks import BlockKind
from bluelamp.documents.readers.pdf_drafts import Draft, Run
from bluelamp.documents.readers.pdf_marks import Line
from bluelamp.documents.readers.pdf_rows import Row

SMALL = 0.93  # of the body's letter size
_SIGN = re.compile(r"\[?(\d{1,3}|[¹²³⁴⁵⁶⁷⁸⁹⁰]{1,3}|\*{1,3}|†|‡)\]?")


def cut_footnotes(rows: list[Row], body: float, height: float, page: int) -> tuple[list[Row], list[Draft]]:
    """The rows without the footnotes at their end, and the footnotes."""
    start = len(rows)
    while start and rows[start - 1].size <= SMALL * body and rows[start - 1].baseline > 0.35 * height:
        start -= 1
    first = next((i for i in range(start, len(rows)) if _sign(rows[i], body)), None)
    if first is None or (first == 0 and len(rows) > 12):
        return rows, []
    notes: list[Draft] = []
    for row in rows[first:]:
        line = Line(row.words, page)
        sign = _sign(row, body)
        if sign:
            runs = [Run(line, 1, len(line.words))]
            marker = sign.strip("[]")
            notes.append(Draft(BlockKind.FOOTNOTE, runs, page, marker=marker, top=row.top))
        else:
            notes[-1].runs.append(Run(line, 0, len(line.words)))
    return rows[:first], notes


def _sign(row: Row, body: float) -> str:
    """The footnote's sign at the row's start: raised, or a number before a capital."""
    words = row.words
    if len(words) < 2 or not _SIGN.fullmatch(words[0].text):
        return ""
    raised = words[0].size < 0.85 * words[1].size or words[0].text[0] in "¹²³⁴⁵⁶⁷⁸⁹⁰*†‡["
    follows = words[1].text[:1]
    if raised or (row.size <= SMALL * body and (follows.isupper() or follows in "‘“\"'") and len(words) > 3):
        return words[0].text
    return ""
