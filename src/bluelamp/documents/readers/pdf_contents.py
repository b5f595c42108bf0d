"""Which rows are a table of contents: titles, each with its page?"""

from __future__ import annotations

import re

from bluelamp.documents.blocks import BlockKind
from bluelamp.documents.readers.pdf_blocks import Setting
from bluelamp.documents.readers.pdf_drafts import Draft, Run
from bluelamp.documents.readers.pdf_marks import Line
from bluelamp.documents.readers.pdf_rows import Row

_LEADER = re.compile(r"[.…·_]{2,}|\.")
_TRAILING = re.compile(r"[.…]{3,}(\d{1,4})?$")
_PAGE = re.compile(r"\d{1,4}|[ivxl]{1,6}", re.IGNORECASE)
_TITLE = re.compile(r"(?:table of )?contents|index", re.IGNORECASE)


def find_contents_rows(rows: list[Row], page: int, setting: Setting) -> list[tuple[int, int, list[Draft]]]:
    """Lines of contents as (row, row after it, [block]). With dots they stand anywhere; without, under a title."""
    titled = setting.contents_open
    found: list[tuple[int, int, list[Draft]]] = []
    last = 0
    for i, row in enumerate(rows):
        if _TITLE.fullmatch(row.text.strip(" :")):
            titled = True
            continue
        draft = _read_row(row, page, titled=titled)
        if draft:
            start = i - 1 if i and found and found[-1][1] < i and _wraps(rows[i - 1], row) else i
            if start < i:
                line = Line(rows[start].words, page)
                draft.runs.insert(0, Run(line, 0, len(line.words)))
            found.append((start, i + 1, [draft]))
            last = i
    setting.contents_open = titled and bool(found) and last >= len(rows) - 3
    return found if len(found) > 1 or titled else []


def _wraps(above: Row, row: Row) -> bool:
    return row.baseline - above.baseline < 1.4 * row.size and abs(above.size - row.size) < 0.5


def _read_row(row: Row, page: int, *, titled: bool) -> Draft | None:
    words = row.words
    number = words[-1].text
    if len(words) < 2 or not _PAGE.fullmatch(number):
        return None
    end = len(words) - 1
    while end and _LEADER.fullmatch(words[end - 1].text):
        end -= 1
    dots = "".join(w.text for w in words[end:-1])
    dotted = len(dots) >= 3 or bool(end and _TRAILING.search(words[end - 1].text))
    apart = titled and len(row.pieces) == 2 and len(row.pieces[1].words) == 1
    if not end or not (dotted or apart) or not any(c.isalpha() for w in words[:end] for c in w.text):
        return None
    line = Line(words, page)
    if apart and not dotted:
        line.gaps[-1] = "\t"
    runs = [Run(line, 0, end), Run(line, len(words) - 1, len(words))]
    strong = all(w.bold for w in words[:end])
    return Draft(BlockKind.CONTENTS, runs, page, strong=strong, top=row.top, indent=row.x0)
