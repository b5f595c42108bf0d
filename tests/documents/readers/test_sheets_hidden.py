"""Is what a workbook hides left out and told, and does no total that counts it become a false alarm?"""

from __future__ import annotations

import io

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet
from tests.checks.made_subjects import wrong

from bluelamp.checks.cast_columns import check_columns
from bluelamp.checks.cast_flows import check_flows
from bluelamp.checks.casts import check_casts
from bluelamp.checks.model import Paper, Result, Subject, Verdict
from bluelamp.documents.document import Document, whole
from bluelamp.documents.readers import read_bytes
from bluelamp.documents.wordless import find_wordless_pages

pytestmark = pytest.mark.no_database

ROWS = (
    ("Head", "Staff", "Other", "Total"),
    ("Kelp", 41, 12, 53),
    ("Marsh", 37, 11, 48),
    ("Cove", 28, 9, 37),
    ("Dune", 23, 7, 30),
    ("Total", 129, 39, 168),
)


def _sheet() -> tuple[openpyxl.Workbook, Worksheet]:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = "Posts"
    for row in ROWS:
        sheet.append(row)
    return book, sheet


def _read(book: openpyxl.Workbook) -> Document:
    data = io.BytesIO()
    book.save(data)
    return read_bytes(data.getvalue(), file_name="posts.xlsx")


def _check(document: Document) -> list[Result]:
    paper = Paper(part=whole(document), title="Posts", family="other")
    subjects = [Subject(document=document, name="posts.xlsx", papers=(paper,))]
    return [each for checker in (check_casts, check_columns, check_flows) for each in checker(subjects)]


def _told(document: Document) -> list[str]:
    return [each.words for each in find_wordless_pages(document)]


def test_hidden_rows_are_left_out_and_told() -> None:
    book, sheet = _sheet()
    sheet.row_dimensions[3].hidden = True
    sheet.row_dimensions[40].hidden = True  # holds nothing
    document = _read(book)
    assert "Marsh" not in document.text
    assert _told(document) == ["The sheet “Posts” hides 1 row, which was not read: unhide it if it is wanted."]
    assert list(document.notes) == _told(document)
    results = _check(document)
    assert wrong(results) == []
    unchecked = [each.message for each in results if each.verdict is Verdict.UNCHECKED]
    assert len(unchecked) == 3
    assert all("its sheet hides rows or columns" in message for message in unchecked)


def test_hidden_columns_are_left_out_and_told() -> None:
    book, sheet = _sheet()
    sheet.column_dimensions["C"].hidden = True
    document = _read(book)
    assert "Other" not in document.text
    assert [[cell.text for cell in row.cells] for row in document.blocks[0].rows[:2]] == [
        ["Head", "Staff", "Total"],
        ["Kelp", "41", "53"],
    ]
    assert "hides 1 column, which was not read" in _told(document)[0]
    assert wrong(_check(document)) == []


def test_hidden_rows_and_columns_together() -> None:
    book, sheet = _sheet()
    for row in (3, 4):
        sheet.row_dimensions[row].hidden = True
    sheet.column_dimensions["C"].hidden = True
    assert (
        "hides 2 rows and 1 column, which were not read: unhide them if they are wanted." in _told(_read(book))[0]
    )


def test_a_hidden_sheet_is_told_and_hides_no_cells_of_the_others() -> None:
    book, _ = _sheet()
    secret = book.create_sheet("Workings")
    secret.append(("A", 1))
    secret.sheet_state = "hidden"
    document = _read(book)
    assert _told(document) == ["The sheet “Workings” is hidden and was not read: unhide it if it is wanted."]
    assert not any(page.hides_cells for page in document.pages)


def test_what_is_shown_is_checked_as_ever() -> None:
    book, sheet = _sheet()
    sheet["B6"] = 139
    document = _read(book)
    assert _told(document) == []
    assert ["prints 139" in each.message for each in wrong(_check(document))] == [True, False]
