"""Is a filled-in form read with what is not printed, safely, and is what it cannot be said plainly?"""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import docx
import openpyxl
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from bluelamp.documents.document import UnreadableFileError
from bluelamp.documents.readers.forms import Form, read_form_bytes
from bluelamp.documents.sandbox import Limits, read_form


def save(document: docx.document.Document) -> bytes:
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def read_word(document: docx.document.Document) -> Form:
    return read_form_bytes(save(document), file_name="form.docx")


def make_word(*rows: tuple[str, ...]) -> docx.document.Document:
    document = docx.Document()
    document.add_heading("Points", 1)
    table = document.add_table(len(rows), len(rows[0]))
    for row, said in zip(table.rows, rows, strict=True):
        for cell, words in zip(row.cells, said, strict=True):
            cell.text = words
    return document


def test_a_table_is_read_cell_by_cell_under_its_heading() -> None:
    form = read_word(make_word(("Ref", "Action"), ("1", "Done.\nTested.")))
    (table,) = form.tables
    assert (form.format, table.name, table.heading) == ("docx", "table 1", "Points")
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["Ref", "Action"],
        ["1", "Done.\nTested."],
    ]
    assert [row.number for row in table.rows] == [1, 2]


def test_hidden_words_tags_and_bookmarks_are_kept_apart_from_the_words() -> None:
    document = make_word(("Ref", "Action"), ("1", ""))
    cell = document.tables[0].rows[1].cells[0]
    run = cell.paragraphs[0].add_run("secret")
    run.font.hidden = True
    cell.paragraphs[0]._p.append(parse_xml(f'<w:bookmarkStart {nsdecls("w")} w:id="1" w:name="here"/>'))
    cell.paragraphs[0]._p.append(
        parse_xml(
            f'<w:sdt {nsdecls("w")}><w:sdtPr><w:tag w:val="mark"/></w:sdtPr>'
            "<w:sdtContent><w:r><w:t> and more</w:t></w:r></w:sdtContent></w:sdt>"
        )
    )
    found = read_word(document).tables[0].rows[1].cells[0]
    assert (found.text, set(found.hidden), found.names) == ("1 and more", {"secret", "mark"}, ("here",))


def test_hidden_words_that_a_program_cut_into_runs_are_one() -> None:
    document = make_word(("Ref", "Action"), ("1", ""))
    for part in ("NTS-2022", "-AFI-01"):
        run = document.tables[0].rows[1].cells[0].paragraphs[0].add_run(part)
        run.font.hidden = True
    assert read_word(document).tables[0].rows[1].cells[0].hidden == ("NTS-2022-AFI-01",)


def test_merged_cells_say_where_they_go_on() -> None:
    document = make_word(("Ref", "Action"), ("1", "a"), ("2", "b"))
    table = document.tables[0]
    table.cell(1, 1).merge(table.cell(2, 1))
    rows = read_word(document).tables[0].rows
    assert [row.cells[1].above for row in rows] == [False, False, True]


def test_a_wide_table_within_a_cell_is_read_as_its_own() -> None:
    document = make_word(("Ref", "Action"), ("1", ""))
    nested = document.tables[0].rows[1].cells[1].add_table(2, 3)
    nested.rows[0].cells[0].text = "Inside"
    names = [table.name for table in read_word(document).tables]
    assert names == ["table 1", "table 1, row 2, table within"]


def test_tables_within_tables_without_end_are_refused() -> None:
    document = docx.Document()
    cell = document.add_table(1, 3).rows[0].cells[0]
    for _ in range(14):
        cell = cell.add_table(1, 3).rows[0].cells[0]
    with pytest.raises(UnreadableFileError, match="within one another"):
        read_word(document)


def test_loose_words_heads_and_feet_are_told_apart() -> None:
    document = make_word(("Ref", "Action"), ("1", "a"))
    document.add_paragraph("After the table.")
    document.sections[0].header.paragraphs[0].text = "OFFICIAL"
    form = read_word(document)
    assert (form.loose, form.running) == (("Points", "After the table."), ("OFFICIAL",))


def test_a_workbook_is_read_with_its_hidden_sheets_and_columns() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Points"
    sheet.append(["Mark", "Ref", "Action"])
    sheet.append(["m1", 1, "Done."])
    sheet.column_dimensions["A"].hidden = True
    hidden = book.create_sheet("secret")
    hidden.sheet_state = "veryHidden"
    hidden["A1"] = "what went out"
    buffer = io.BytesIO()
    book.save(buffer)
    first, second = read_form_bytes(buffer.getvalue(), file_name="form.xlsx").tables
    assert [[cell.text for cell in row.cells] for row in first.rows] == [
        ["Mark", "Ref", "Action"],
        ["m1", "1", "Done."],
    ]
    assert (first.is_sheet, first.is_hidden, second.is_hidden) == (True, False, True)


def test_it_is_opened_in_a_child_with_limits(tmp_path: Path) -> None:
    path = tmp_path / "form.docx"
    path.write_bytes(save(make_word(("Ref", "Action"), ("1", "a"))))
    assert read_form(path, path.name).tables[0].rows[1].cells[1].text == "a"
    with pytest.raises(UnreadableFileError, match="took longer"):
        read_form(path, path.name, limits=Limits(seconds=0.05))


def test_a_bomb_is_refused(tmp_path: Path) -> None:
    whole = save(make_word(("Ref", "Action"), ("1", "a")))
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(whole)) as before, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as after:
        for entry in before.infolist():
            data = before.read(entry)
            if entry.filename == "word/document.xml":
                data = data.replace(b"<w:body>", b"<w:body>" + b" " * 60_000_000)
            after.writestr(entry.filename, data)
    with pytest.raises(UnreadableFileError, match="unpacks to far more"):
        read_form(buffer.getvalue(), "bomb.docx")


@pytest.mark.parametrize("cut", [10, 400, 3000])
def test_a_damaged_file_is_one_sentence(cut: int) -> None:
    whole = save(make_word(("Ref", "Action"), ("1", "a")))
    with pytest.raises(UnreadableFileError) as found:
        read_form(whole[:-cut] if cut < len(whole) else b"PK\x03\x04", "form.docx")
    assert "\n" not in str(found.value)
