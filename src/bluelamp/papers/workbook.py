"""How does a paper become an Excel file: a sheet for each table, numbers as numbers, nothing that can act?"""

from __future__ import annotations

import datetime as dt
import io
from typing import Any, Final

import xlsxwriter

from bluelamp.papers.model import Paper, Rendered
from bluelamp.papers.outline import header_pairs
from bluelamp.papers.workbook_charts import write_charts
from bluelamp.papers.workbook_looks import Looks, SheetNames
from bluelamp.papers.workbook_sheets import TableSheet
from bluelamp.papers.workbook_tables import find_tables
from bluelamp.papers.workbook_words import write_words

_MEDIA_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_NEVER: Final = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


def render(paper: Paper) -> Rendered:
    """First what the paper is and what it leaves out, then a sheet for each table, then all its other words."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True, **_NEVER}) as book:
        # A day, not the clock: the same paper is the same bytes.
        created = dt.datetime.combine(paper.as_of, dt.time())
        book.set_properties(
            {"title": paper.title, "subject": paper.subtitle, "keywords": paper.marking.value, "created": created}
        )
        looks = Looks(book)
        names = SheetNames()
        about = book.add_worksheet(names.next("About"))
        tables = [(placed, names.next(placed.sheet_name)) for placed in find_tables(paper)]
        for placed, name in tables:
            TableSheet(book.add_worksheet(name), looks, paper, placed).write()
        listed = [(placed.caption, name) for placed, name in tables]
        listed += write_charts(book, looks, paper, names)
        words = book.add_worksheet(names.next("Words"))
        write_words(words, looks, paper)
        _write_about(about, looks, paper, listed)
    return Rendered(buffer.getvalue(), f"{paper.file_stem}.xlsx", _MEDIA_TYPE)


def _write_about(sheet: Any, looks: Looks, paper: Paper, tables: list[tuple[str, str]]) -> None:
    looks.set_up(sheet, paper)
    sheet.set_column(0, 0, 28)
    sheet.set_column(1, 1, 90)
    sheet.write_string(0, 0, paper.title, looks.title)
    row = 1
    pairs = [("Marking", paper.marking.value)] + ([("", paper.subtitle)] if paper.subtitle else [])
    for label, value in (*pairs, *header_pairs(paper)):
        sheet.write_string(row, 0, label, looks.bold)
        sheet.write_string(row, 1, value, looks.wrapped)
        row += 1
    row += 1
    for caption, name in tables:
        sheet.write_string(row, 0, name, looks.bold)
        sheet.write_url(row, 1, f"internal:'{name}'!A1", looks.link, caption)
        row += 1
    row += 1
    for note in paper.notes:
        sheet.write_string(row, 0, "Note", looks.bold)
        sheet.write_string(row, 1, looks.cut(note), looks.wrapped)
        row += 1
