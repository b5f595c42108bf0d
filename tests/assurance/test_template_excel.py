"""The template as an Excel file: sorted, edited by other programs, and read back."""

from __future__ import annotations

import dataclasses
import datetime as dt
import io
import itertools

import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.drawing.image import Image
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet
from PIL import Image as Picture
from tests.assurance.template_samples import excel, make_items, make_order, match, read_back

from bluelamp.assurance.template_identity import Certainty
from bluelamp.assurance.template_matching import Match, Verdict
from bluelamp.assurance.template_model import Layout, PastAnswer, TemplateOrder
from bluelamp.documents.readers import read_bytes

ITEMS = make_items()
FIRST, SECOND, THIRD = (item.reference for item in ITEMS[:3])
DONE = "A daily audit began in April."
HEAD = 5  # the row of the head, from 1


def open_excel(order: TemplateOrder) -> Workbook:
    return openpyxl.load_workbook(io.BytesIO(excel(order)))


def save(book: Workbook) -> bytes:
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def column_of(sheet: Worksheet, head: str) -> int:
    return next(cell.column for cell in sheet[HEAD] if cell.value == head)


def row_of(sheet: Worksheet, reference: str) -> int:
    return next(row for row in range(HEAD + 1, sheet.max_row + 1) if reference in str(sheet.cell(row, 2).value))


def give(book: Workbook, order: TemplateOrder) -> dict[str, Match]:
    found = match(read_back(save(book), "return.xlsx"), order)
    return {each.reference: each for each in found if each.verdict is not Verdict.MISSING}


def test_each_section_is_a_sheet_and_the_mark_is_hidden() -> None:
    book = open_excel(make_order())
    assert book.sheetnames == [
        "Issue of concern",
        "Areas for improvement",
        "Cause of concern",
        "Recommendations",
        "bluelamp",
    ]
    assert book["bluelamp"].sheet_state == "veryHidden"
    sheet = book["Issue of concern"]
    assert sheet.column_dimensions["A"].hidden
    heads = ["Mark", "Report Ref", "Page Ref", "ISSUE OF CONCERN", "ACTION TAKEN TO ADDRESS CONCERN"]
    assert [cell.value for cell in sheet[HEAD]] == heads
    assert len(book.defined_names) == len(ITEMS)
    assert "OFFICIAL" in sheet.oddHeader.center.text
    assert sheet.oddFooter.left.text.startswith("Template ")


@pytest.mark.parametrize("layout", list(Layout))
def test_a_sheet_filled_in_and_sorted_comes_back(layout: Layout) -> None:
    order = make_order(layout=layout)
    book = open_excel(order)
    sheet = book["Issue of concern"]
    action = column_of(sheet, "Action taken" if layout is Layout.FULL else "ACTION TAKEN TO ADDRESS CONCERN")
    for reference in (FIRST, SECOND, THIRD):
        sheet.cell(row_of(sheet, reference), action).value = f"{DONE} {reference}"
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=HEAD + 1)]
    for at, row in enumerate(sorted(rows, key=lambda row: str(row[3])), HEAD + 1):
        for column, value in enumerate(row, 1):
            sheet.cell(at, column).value = value
    found = give(book, order)
    for reference in (FIRST, SECOND, THIRD):
        assert found[reference].answer.action == f"{DONE} {reference}"
        assert found[reference].can_be_taken


def test_sorting_that_left_the_hidden_column_behind_is_a_conflict() -> None:
    order = make_order()
    book = open_excel(order)
    sheet = book["Issue of concern"]
    for row in range(HEAD + 1, HEAD + 4):
        sheet.cell(row, 5).value = DONE
    marks = [sheet.cell(row, 1).value for row in range(HEAD + 1, HEAD + 4)]
    for row, mark in zip(range(HEAD + 1, HEAD + 4), [*marks[1:], marks[0]], strict=True):
        sheet.cell(row, 1).value = mark
    matches = match(read_back(save(book), "return.xlsx"), order)
    assert [each.verdict for each in matches[:3]] == [Verdict.CONFLICT] * 3


def test_without_the_hidden_column_the_print_is_enough() -> None:
    order = make_order()
    book = open_excel(order)
    for sheet in book.worksheets[:-1]:
        sheet.delete_cols(1)
    book["Issue of concern"].cell(HEAD + 1, 4).value = DONE
    found = give(book, order)[FIRST]
    assert (found.answer.action, found.certainty) == (DONE, Certainty.CERTAIN)


def test_choices_and_dates_are_read() -> None:
    order = make_order(layout=Layout.FULL)
    book = open_excel(order)
    sheet = book["Issue of concern"]
    row = row_of(sheet, FIRST)
    sheet.cell(row, column_of(sheet, "Response")).value = "Accepted"
    sheet.cell(row, column_of(sheet, "Delivery")).value = "delivered"
    sheet.cell(row, column_of(sheet, "Target date")).value = dt.date(2024, 5, 3)
    sheet.cell(row, column_of(sheet, "Action taken")).value = DONE
    answer = give(book, order)[FIRST].answer
    assert (answer.response, answer.delivery, answer.target) == ("accepted", "delivered", dt.date(2024, 5, 3))


def test_comments_and_pictures_are_kept_with_their_row() -> None:
    order = make_order()
    book = open_excel(order)
    sheet = book["Issue of concern"]
    sheet.cell(HEAD + 1, 5).value = DONE
    sheet.cell(HEAD + 1, 5).comment = Comment("Please check the month.", "A. Reader")
    buffer = io.BytesIO()
    Picture.new("RGB", (4, 4), "white").save(buffer, "PNG")
    sheet.add_image(Image(buffer), f"E{HEAD + 2}")
    found = give(book, order)
    assert any("Please check the month." in note for note in found[FIRST].notes)
    assert found[SECOND].answer.pictures
    assert found[SECOND].certainty is Certainty.LIKELY


def test_a_row_added_under_a_point_goes_on_with_it_and_a_new_one_is_new() -> None:
    order = make_order()
    book = open_excel(order)
    sheet = book["Issue of concern"]
    for row in range(HEAD + 1, HEAD + 4):
        sheet.cell(row, 5).value = DONE
    sheet.insert_rows(HEAD + 2)
    sheet.cell(HEAD + 2, 5).value = "It goes on in June."
    sheet.cell(HEAD + 5, 4).value = "Nobody looks at how the horses are kept, and the stables stand open at night."
    sheet.cell(HEAD + 5, 5).value = "They are shut now."
    matches = match(read_back(save(book), "return.xlsx"), order)
    assert matches[0].answer.action == f"{DONE}\nIt goes on in June."
    assert [each.verdict for each in matches].count(Verdict.NEW) == 1


def test_nothing_in_a_cell_is_a_formula() -> None:
    items = (dataclasses.replace(ITEMS[0], words='=HYPERLINK("http://x.example","click")'), *ITEMS[1:])
    sheet = open_excel(make_order(items))["Issue of concern"]
    cell = sheet.cell(HEAD + 1, 4)
    assert (cell.data_type, cell.hyperlink) == ("s", None)


def test_the_same_order_gives_the_same_bytes() -> None:
    order = make_order(layout=Layout.FULL)
    assert excel(order) == excel(order)


def test_sections_of_other_kinds_get_sheets_of_their_own() -> None:
    names = ["A kind with a name: far too long / for a sheet", "A kind with a name: far too long / for all"]
    items = tuple(
        dataclasses.replace(item, section=f"kind-{at}", section_name=name)
        for at, (item, name) in enumerate(zip(ITEMS, names, strict=False))
    )
    order = make_order(items)
    book = open_excel(order)
    assert len(book.sheetnames) == 3
    assert all(len(name) <= 31 for name in book.sheetnames)
    assert all(one.casefold() != other.casefold() for one, other in itertools.combinations(book.sheetnames, 2))


def test_our_own_reader_of_documents_reads_it_without_its_secrets() -> None:
    items = (dataclasses.replace(ITEMS[0], answers=(PastAnswer(words="Old.", by="A", day=dt.date(2024, 5, 1)),)),)
    document = read_bytes(excel(make_order(items, Layout.FULL)), file_name="out.xlsx")
    assert ITEMS[0].words in document.text
    assert "Old. (A, 1 May 2024)" in document.text
