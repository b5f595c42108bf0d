"""Does a workbook hold numbers as numbers, words as words, and nothing that can act?"""

from __future__ import annotations

import io
import zipfile
from decimal import Decimal

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.papers.samples import AS_OF, assurance_template, committee_update, every_block

from bluelamp.papers.anchors import EXCEL_HEAD
from bluelamp.papers.model import Column, GroupRow, Marking, Number, Paper, Section, Table
from bluelamp.papers.rendering import render
from bluelamp.papers.workbook_looks import SheetNames
from bluelamp.papers.workbook_tables import find_format, is_exact


def opened(paper: Paper) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(render(paper, "xlsx").data))


def test_each_table_has_its_sheet_between_what_the_paper_is_and_its_words() -> None:
    book = opened(committee_update())
    assert book.sheetnames == ["About", "Table 1", "Table 2", "Table 3", "Table 4", "Table 5", "Words"]
    assert book["Table 1"].freeze_panes == "B2"
    assert book["Table 5"]["A2"].value == "No dispute waits for advice."
    about = [cell.value for row in book["About"].iter_rows() for cell in row]
    assert "OFFICIAL" in about
    assert "Internal comments are left out." in about


def test_numbers_are_numbers_that_look_as_printed() -> None:
    sheet = opened(committee_update())["Table 1"]
    assert (sheet["B2"].value, sheet["G2"].value, sheet["G2"].number_format) == (20, 10, '0.0"%"')
    assert sheet["B8"].value == sum(sheet[f"B{row}"].value for row in range(2, 8))


@pytest.mark.parametrize(
    ("value", "printed", "form"),
    [
        ("1076", "£1,076k", '"£"#,##0"k"'),
        ("77.4", "77.4%", '0.0"%"'),
        ("-3426", "(3,426)", '#,##0;"("#,##0")"'),
        ("5", "5", "0"),
        ("-5", "-5", '0;"-"0'),
        ("5100", "around 5,100", '"around "#,##0'),
        ("1076000", "£1,076k", ""),
        ("3", "three", ""),
        ("12", "12 of 40", ""),
    ],
)
def test_a_printed_form_becomes_a_format_where_it_can(value: str, printed: str, form: str) -> None:
    assert find_format(Number(Decimal(value), printed)) == form


@given(st.decimals(allow_nan=False, allow_infinity=False))
def test_a_number_is_kept_exactly_or_as_words(value: Decimal) -> None:
    number = Number(value, str(value))
    if is_exact(number):
        assert Decimal(repr(float(value))) == value


def test_nothing_in_a_workbook_can_act() -> None:
    book = opened(every_block())
    assert not [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
    with zipfile.ZipFile(io.BytesIO(render(every_block(), "xlsx").data)) as archive:
        assert not [name for name in archive.namelist() if "vba" in name or "externalLink" in name]
        assert not [name for name in archive.namelist() if b"<f>" in archive.read(name)]


def test_anchors_stand_in_a_hidden_last_column() -> None:
    sheet = opened(assurance_template(3))["Points of criticism"]
    anchors = [f"item-{nth} answer-{nth}" for nth in (1, 2, 3)]
    assert [cell.value for cell in sheet["E"]] == [EXCEL_HEAD, *anchors]
    assert sheet.column_dimensions["E"].hidden
    assert sheet.auto_filter.ref == "A1:E4"


def test_groups_are_a_column_so_that_rows_can_be_sorted() -> None:
    table = Table("T", (Column("A"),), (GroupRow("First"), ("a",), GroupRow("Second"), ("b",)))
    sheet = opened(
        Paper(title="T", kind="k", marking=Marking.OFFICIAL, as_of=AS_OF, sections=(Section("S", (table,)),))
    )["T"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert rows == [["Group", "A"], ["First", "a"], ["Second", "b"]]


def test_names_of_sheets_are_what_excel_takes() -> None:
    names = SheetNames()
    long = "Points by area and by what their owner says"
    wanted = (long, long, "a/b:c*?[d]'", "", "History", "\U0001f600", "ABOUT", "about")
    made = [names.next(each) for each in wanted]
    assert all(0 < len(name) <= 31 for name in made)
    assert len({name.lower() for name in made}) == len(made)
    assert made[2] == "a b c d"


def test_the_marking_prints_on_every_sheet() -> None:
    for sheet in opened(assurance_template(3)):
        assert sheet.oddHeader.center.text == "OFFICIAL-SENSITIVE"
        assert "OFFICIAL-SENSITIVE" in sheet.oddFooter.center.text
