"""Workbooks and CSV: cells as displayed, tables parted by blank rows, lies about sizes not believed."""

from __future__ import annotations

import io
from datetime import date
from decimal import Decimal

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from office_examples import assert_cited, edit_part
from openpyxl.styles import Font

from bluelamp.documents.document import Document
from bluelamp.documents.readers import read_bytes
from bluelamp.documents.readers.sheets_csv import find_separator
from bluelamp.documents.readers.sheets_format import show_value


def save(book: openpyxl.Workbook) -> bytes:
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def read(data: bytes, name: str = "returns.xlsx") -> Document:
    document = read_bytes(data, file_name=name)
    assert_cited(document)
    return document


def rows_of(document: Document, index: int = 0) -> list[list[str]]:
    tables = [block for block in document.blocks if block.rows]
    return [[cell.text for cell in row.cells] for row in tables[index].rows]


def test_cells_are_as_displayed_and_blank_rows_part_tables() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Response"
    sheet.append(["Calder Vale Police: returns"])
    sheet.append([])
    sheet.append(["Measure", "Rate", "Calls", "On"])
    sheet.append(["Answered", 0.77352, 13926, date(2024, 9, 4)])
    sheet["B4"].number_format, sheet["C4"].number_format, sheet["D4"].number_format = "0.0%", "#,##0", "dd/mm/yyyy"
    sheet.append([])
    sheet.append(["Other", True, -1234.5, "=1+1"])
    sheet["C6"].number_format = '#,##0.0;[Red]"("#,##0.0")"'
    other = book.create_sheet("Second")
    other["C3"] = "Alone"
    other["C3"].font = Font(bold=True)
    book.create_sheet("Secret").sheet_state = "hidden"
    document = read(save(book))
    assert [(page.number, page.name) for page in document.pages] == [(1, "Response"), (2, "Second")]
    assert rows_of(document) == [
        ["Measure", "Rate", "Calls", "On"],
        ["Answered", "77.4%", "13,926", "04/09/2024"],
    ]
    assert rows_of(document, 1) == [["Other", "TRUE", "(1,234.5)"]]
    assert document.blocks[1].rows[0].is_head
    assert document.blocks[0].text == "Calder Vale Police: returns"
    assert document.blocks[-1].strong
    assert any("Secret" in note for note in document.notes)


def test_merged_cells() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    for row in (["Group", "Year", None], ["Theft", "2023", "12"], [None, "2024", "9"]):
        sheet.append(row)
    sheet.merge_cells("B1:C1")
    sheet.merge_cells("A2:A3")
    (block,) = read(save(book)).blocks
    assert block.rows[0].text_at(2) == "Year"
    assert [row.text_at(0) for row in block.rows] == ["Group", "Theft", "Theft"]


def test_a_sheet_may_lie_about_its_size() -> None:
    book = openpyxl.Workbook()
    book.active.append(["a", "b"])
    book.active.append(["1", "2"])
    data = edit_part(
        save(book),
        "xl/worksheets/sheet1.xml",
        lambda xml: xml.replace('ref="A1:B2"', 'ref="A1:XFD1048576"').replace(
            "</sheetData>", '</sheetData><mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>'
        ),
    )
    assert read(data).text.startswith("a")


def test_a_sheet_of_too_many_cells_is_cut_with_a_note(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bluelamp.documents.readers.sheets.MOST_CELLS", 5_000)
    book = openpyxl.Workbook()
    for row in range(100):
        book.active.append([row] * 100)
    document = read(save(book))
    assert any("Reading stopped at row 51" in note for note in document.notes)
    assert len(rows_of(document)) == 51


@pytest.mark.parametrize(
    ("stored", "code", "shown"),
    [
        ("0.774", "0%", "77%"),
        ("0.7735", "0.00%", "77.35%"),
        ("1234567.5", "#,##0", "1,234,568"),
        ("-3426", "#,##0;(#,##0)", "(3,426)"),
        ("-12.5", "0.0", "-12.5"),
        ("1234567", "#,##0,", "1,235"),
        ("45539", "dd/mm/yyyy", "04/09/2024"),
        ("45539", "[$-809]d mmmm yyyy;@", "4 September 2024"),
        ("45539", "mmm-yy", "Sep-24"),
        ("45539.75", "h:mm AM/PM", "6:00 PM"),
        ("1.5", "[h]:mm:ss", "36:00:00"),
        ("0.0004", "mm:ss", "00:35"),
        ("0", '0;-0;"nil"', "nil"),
        ("1076", '"£"#,##0"k"', "£1,076k"),
        ("12.5", "[$£-809]#,##0.00", "£12.50"),
        ("7", "000", "007"),
        ("0.1", "General", "0.1"),
        ("0.30000000000000004", "General", "0.3"),
        ("12345678901", "General", "12345678901"),
        ("2.50", "0.0#", "2.5"),
        ("0.5", "#.##", ".5"),
        ("12345", "0.00E+00", "1.23E+04"),
        ("5", "@", "5"),
        ("150", '[>100]"high";"low"', "high"),
        ("3.5", "0.0_);(0.0)", "3.5"),
        ("words", "0.0", "words"),
        ("1", "dd/mm/yyyy", "01/01/1900"),
        ("0.25", "# ?/?", "0.25"),
    ],
)
def test_number_formats(stored: str, code: str, shown: str) -> None:
    assert show_value(stored, code) == shown


@given(st.text(max_size=30), st.decimals(allow_nan=False, allow_infinity=False, places=4))
def test_no_number_format_can_make_reading_fail(code: str, value: Decimal) -> None:
    assert isinstance(show_value(str(value), code), str)


@given(st.text('0#?.,%;[h]myds/E+-"\\_*@> ', max_size=20), st.floats(allow_nan=False))
def test_no_likely_number_format_can_make_reading_fail(code: str, value: float) -> None:
    assert isinstance(show_value(repr(value), code), str)


def test_csv_keeps_the_lines_of_its_file() -> None:
    text = 'Title\n\nName;Value\n"Two\nlines";5\nLast;"a;b"\n\n\nAfter;1\n'
    document = read(text.encode(), "x.csv")
    assert rows_of(document) == [["Name", "Value"], ["Two lines", "5"], ["Last", "a;b"]]
    lines = document.text.split("\n")
    assert (lines[0], lines[2], lines[3], lines[5], lines[8]) == (
        "Title",
        "Name\tValue",
        "Two lines\t5",
        "Last\ta;b",
        "After\t1",
    )


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_csv_in_any_encoding(encoding: str) -> None:
    document = read("Force,Spent\nCalder Vale,£1\n".encode(encoding), "x.csv")
    assert rows_of(document)[1] == ["Calder Vale", "£1"]


def test_separators() -> None:
    assert find_separator("a,b\n1,2\n") == ","
    assert find_separator("a;b\n1,5;2,5\n3,5;4,5\n") == ";"
    assert find_separator("a\tb, c\n1\t2\n") == "\t"
    assert find_separator("alone\n") == ","
