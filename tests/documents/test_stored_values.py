"""Is a spreadsheet's cell read as it is stored, and is a file made to do harm refused in a sentence?"""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from decimal import Decimal
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bluelamp.documents.document import UnreadableFileError
from bluelamp.documents.readers import values as values_reader
from bluelamp.documents.readers.values import read_values_bytes
from bluelamp.documents.readers.values_model import DAY, EMPTY_FORMULA, NUMBER, WORDS
from bluelamp.documents.sandbox import Limits, read_values

pytestmark = pytest.mark.no_database


def book(*rows: list[Any], formats: dict[str, str] | None = None, merge: str = "", hidden: str = "") -> bytes:
    made = openpyxl.Workbook()
    sheet = made.active
    sheet.title = "Figures"
    for row in rows:
        sheet.append(row)
    for cell, code in (formats or {}).items():
        sheet[cell].number_format = code
    if merge:
        sheet.merge_cells(merge)
    if hidden:
        made.create_sheet(hidden).sheet_state = "hidden"
    stream = io.BytesIO()
    made.save(stream)
    return stream.getvalue()


def cells(data: bytes, name: str = "figures.xlsx") -> dict[tuple[int, int], tuple[str, int]]:
    sheet = read_values_bytes(data, file_name=name).sheets[0]
    return {(number, column): (words, what) for number, row in sheet.rows for column, words, what in row}


@pytest.mark.parametrize(
    ("stored", "code", "words", "what"),
    [
        (0.7743, "0%", "77.43%", NUMBER),
        (0.774, "0.0%", "77.4%", NUMBER),
        (1234.5678, "#,##0", "1234.5678", NUMBER),
        (1e6, "General", "1000000", NUMBER),
        (0.125, "0.0", "0.125", NUMBER),
        (-3.5, "0.0;(0.0)", "-3.5", NUMBER),
        (dt.date(2021, 3, 31), "dd/mm/yyyy", "2021-03-31", DAY),
        (dt.date(2021, 3, 1), "mmm-yy", "Mar-21", DAY),
        (dt.datetime(2021, 3, 31, 12, 30), "yyyy-mm-dd hh:mm", "2021-03-31", DAY),
        ("1,234 (p)", "General", "1,234 (p)", WORDS),
        ("  two\n words ", "General", "two words", WORDS),
        (44286, '"day" 0', "44286", NUMBER),
        (12, '0 "mmm"', "12", NUMBER),
        ("=1+1", "General", "", EMPTY_FORMULA),
    ],
)
def test_a_cell_says_what_it_holds(stored: object, code: str, words: str, what: int) -> None:
    assert cells(book([stored], formats={"A1": code})) == {(1, 0): (words, what)}


@given(st.decimals(min_value=-(10**12), max_value=10**12, places=4))
def test_a_number_comes_as_it_was_written(number: Decimal) -> None:
    found = cells(book([float(number)]))
    assert Decimal(found[1, 0][0]) == Decimal(repr(float(number)))


def test_rows_and_columns_are_numbered_as_the_spreadsheet_numbers_them() -> None:
    found = cells(b'Code,,Value\n\n"two\nlines",,5\n', "figures.csv")
    assert found == {(1, 0): ("Code", 0), (1, 2): ("Value", 0), (3, 0): ("two lines", 0), (3, 2): ("5", 0)}


def test_merges_and_hidden_sheets_are_told() -> None:
    found = read_values_bytes(book(["a", "b", "c"], merge="A1:C1", hidden="Old"), file_name="x.xlsx")
    assert found.sheets[0].merges == [(1, 0, 1, 2)]
    assert [sheet.name for sheet in found.sheets] == ["Figures"]
    assert "“Old” is hidden" in found.notes[0]


def test_too_many_cells_are_refused_and_not_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(values_reader, "MOST_CELLS", 10)
    for data, name in ((b"a,b,c\n" * 4, "x.csv"), (book(*[["a", "b", "c"]] * 4), "x.xlsx")):
        with pytest.raises(UnreadableFileError, match="more than 10 cells"):
            read_values_bytes(data, file_name=name)


def test_a_million_rows_are_refused_in_the_sandbox() -> None:
    data = b"Code,Area,Period,Value\n" + b"1A1,north,2021-03,5\n" * 1_000_000
    with pytest.raises(UnreadableFileError, match="more than 1,500,000 cells"):
        read_values(data, "figures.csv")


def bomb() -> bytes:
    stream = io.BytesIO(book(["a"]))
    packed = io.BytesIO()
    with zipfile.ZipFile(stream) as old, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            data = old.read(name)
            if name.endswith("sheet1.xml"):
                data = data.replace(b"</sheetData>", b" " * 60_000_000 + b"</sheetData>")
            new.writestr(name, data)
    return packed.getvalue()


def test_a_bomb_is_refused_before_it_unpacks() -> None:
    data = bomb()
    assert len(data) < 200_000
    with pytest.raises(UnreadableFileError, match="unpacks to far more than its size"):
        read_values(data, "figures.xlsx")


@pytest.mark.parametrize(
    ("data", "name", "words"),
    [
        (b"", "x.csv", "empty"),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 600, "x.xls", "not an Excel workbook"),
        (book(["a"])[:900], "x.xlsx", "damaged"),
        (b"%PDF-1.7\n", "x.csv", "Figures come in as Excel"),
        (b'a,"b\n' + b"c" * 200_000, "x.csv", "too long"),
    ],
)
def test_what_is_no_list_is_refused_in_a_sentence(data: bytes, name: str, words: str) -> None:
    with pytest.raises(UnreadableFileError, match=words):
        read_values(data, name)


def test_a_file_that_takes_too_long_is_stopped() -> None:
    with pytest.raises(UnreadableFileError, match="took longer"):
        read_values(b"a,b\n" * 300_000, "x.csv", limits=Limits(seconds=0.01))
