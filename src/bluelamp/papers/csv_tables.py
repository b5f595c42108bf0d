"""How do a paper's tables leave as CSV, so that no cell of them can act as a formula?"""

from __future__ import annotations

import csv
import io
import re
import zipfile
from decimal import Decimal
from typing import Final

from bluelamp.lib.errors import PlainError
from bluelamp.papers.model import Blank, Cell, Content, GroupRow, Number, Paper, Rendered, Table
from bluelamp.papers.outline import tables_of
from bluelamp.papers.words import content_of, plain_words

_ACTIVE: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", "|", "%")
_LONGEST_NAME: Final = 60
LONG_AGO: Final = (1980, 1, 1, 0, 0, 0)
"""The date of each file in an archive, the first that the format can say: the same paper is the same bytes."""


def render(paper: Paper) -> Rendered:
    """One CSV for a paper with one table; for more, a ZIP with one for each."""
    tables = [table for section in paper.sections for table in tables_of(section.blocks)]
    if not tables:
        raise PlainError(f"The paper “{paper.title}” has no table, so it has no CSV; ask for another format.")
    if len(tables) == 1:
        return Rendered(make_csv(tables[0]), f"{paper.file_stem}.csv", "text/csv; charset=utf-8")
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for nth, table in enumerate(tables, 1):
            info = zipfile.ZipInfo(f"{nth:02}-{name_of(table)}.csv", LONG_AGO)
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, make_csv(table))
    return Rendered(buffer.getvalue(), f"{paper.file_stem}-tables.zip", "application/zip")


def name_of(table: Table) -> str:
    """The table's caption as the name of a file."""
    return re.sub(r"[^a-z0-9]+", "-", table.caption.lower()).strip("-")[:_LONGEST_NAME].strip("-") or "table"


def make_csv(table: Table) -> bytes:
    """UTF-8 with a mark at the start, by which Excel knows it; a row that heads a group is a column of its own."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    grouped = any(isinstance(row, GroupRow) for row in table.rows)
    heads = [f"{column.head} ({column.unit})" if column.unit else column.head for column in table.columns]
    writer.writerow([defuse(head) for head in (["Group", *heads] if grouped else heads)])
    group = ""
    for row in (*table.rows, *table.totals):
        if isinstance(row, GroupRow):
            group = row.words
            continue
        cells = [_say(cell) for cell in row]
        writer.writerow([defuse(group), *cells] if grouped else cells)
    return text.getvalue().encode("utf-8-sig")


def _say(cell: Content | Cell) -> str:
    """A number as a number, words as words that can't act; room to be filled in is empty."""
    content = content_of(cell)
    if isinstance(content, Number):
        return format(content.value, "f") if isinstance(content.value, Decimal) else str(content.value)
    return content.words if isinstance(content, Blank) and not content.words else defuse(plain_words(content))


def defuse(cell: str) -> str:
    """The cell with an apostrophe before anything that a spreadsheet could run."""
    return f"'{cell}" if cell.lstrip(" \u00a0").startswith(_ACTIVE) or cell.startswith(_ACTIVE) else cell
