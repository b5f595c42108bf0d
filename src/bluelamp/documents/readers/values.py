"""What value does each cell of a spreadsheet hold, as it is stored and not as it is shown?

A cell that shows "77%" may hold 0.7743: whoever counts needs what it holds. Numbers come as exact decimals in
plain digits, days as 2021-03-31, and a formula that was never calculated says so. Nothing is cut off in silence:
a file with more cells than are read is refused.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
from decimal import Decimal, InvalidOperation
from typing import Final

from lxml import etree

from bluelamp.documents.document import UnreadableFileError
from bluelamp.documents.readers.decoding import decode_text
from bluelamp.documents.readers.office_package import OfficePackage, clean
from bluelamp.documents.readers.sheets_book import Workbook
from bluelamp.documents.readers.sheets_csv import find_separator
from bluelamp.documents.readers.sheets_rows import MOST_MERGES, S, cells_of, parts_of, place_of, row_number
from bluelamp.documents.readers.sniff import sniff
from bluelamp.documents.readers.values_model import (
    DAY,
    EMPTY_FORMULA,
    FAULT,
    NUMBER,
    WORDS,
    ValueCell,
    Values,
    ValueSheet,
)

MOST_CELLS: Final = 1_500_000
"""70 indicators by 13 areas by 60 months with a row for each figure and five columns are 273,000."""
_LONGEST_CELL: Final = 100_000
_LONGEST_NUMBER: Final = 40


def read_values_bytes(data: bytes, *, file_name: str) -> Values:
    """The cells of a .xlsx or of comma-separated values. Untrusted: call `documents.sandbox.read_values`."""
    found = sniff(data, file_name)
    if found == "xlsx":
        return _read_workbook(data)
    if found not in ("csv", "txt"):
        raise UnreadableFileError("Figures come in as Excel (.xlsx) or as comma-separated values (.csv).")
    return _read_separated(data)


def _too_many() -> UnreadableFileError:
    return UnreadableFileError(
        f"This file holds more than {MOST_CELLS:,} cells, which is the most that one load takes: split it, for"
        " example by year."
    )


def _read_separated(data: bytes) -> Values:
    text, notes = decode_text(data)
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")
    csv.field_size_limit(_LONGEST_CELL)
    reader = csv.reader(io.StringIO(text), delimiter=find_separator(text), strict=False)
    sheet = ValueSheet("")
    cells = 0
    try:
        for number, row in enumerate(reader, 1):
            cells += len(row)
            if cells > MOST_CELLS:
                raise _too_many()
            held = [(at, said, WORDS) for at, words in enumerate(row) if (said := _fold(words))]
            if held:
                sheet.rows.append((number, held))
    except csv.Error as error:
        raise UnreadableFileError(
            f"This file's quotation marks do not match, or a cell is too long, near line {reader.line_num:,}: "
            "open it in a spreadsheet and save it again."
        ) from error
    return Values([sheet], list(notes))


def _fold(words: str) -> str:
    return words if words.isascii() and words.isalnum() else " ".join(clean(words).split())


def _read_workbook(data: bytes) -> Values:
    package = OfficePackage(data)
    book = _ValueBook(package)
    found = Values()
    left = MOST_CELLS
    for entry in book.sheets():
        if entry.is_hidden:
            found.notes.append(f"The sheet “{entry.name}” is hidden and was not read: unhide it if it is wanted.")
        elif entry.part:
            sheet, cells = _read_sheet(entry.name, package.read(entry.part), book, left)
            left -= cells
            found.sheets.append(sheet)
    if package.has_macros:
        found.notes.append("This file contains macros: they were neither run nor read.")
    return found


class _ValueBook(Workbook):
    """A workbook that tells what a cell holds."""

    def value_of(self, kind: str, stored: str, style: int) -> tuple[str, int]:
        match kind:
            case "n":
                return self._number(stored, style)
            case "e":
                return stored.strip(), FAULT
            case _:
                return _fold(self.show(kind, stored, style)[0]), WORDS

    def _number(self, stored: str, style: int) -> tuple[str, int]:
        code = self._styles[style].code if style < len(self._styles) else "General"
        try:
            value = Decimal(repr(float(stored))) if len(stored) > 15 else Decimal(stored)
        except (InvalidOperation, ValueError, OverflowError):
            return stored.strip(), WORDS
        if not value.is_finite() or abs(value) > Decimal("1e30"):
            return stored.strip(), WORDS
        shape = _shape_of(code)
        if shape == "percent":
            return f"{_plain(value * 100)}%", NUMBER
        if shape in ("day", "month"):
            shown = self.show("n", stored, style)[0]
            return (shown, DAY) if shape == "month" else (_day(value, self._from_1904) or shown, DAY)
        return _plain(value), NUMBER


_QUOTED: Final = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.')
_SHAPES: dict[str, str] = {}


def _shape_of(code: str) -> str:
    """What a number format makes of a number: percent, day (with a day of the month), month, or number."""
    if code not in _SHAPES:
        bare = _QUOTED.sub("", code[:400]).lower().partition(";")[0]
        if "%" in bare:
            _SHAPES[code] = "percent"
        elif bare == "general" or not re.search(r"[ymd]", bare) or re.search(r"[0#?@]", bare):
            _SHAPES[code] = "number"
        elif "d" in bare or "y" not in bare:
            _SHAPES[code] = "day"
        else:
            _SHAPES[code] = "month"
    return _SHAPES[code]


def _plain(value: Decimal) -> str:
    said = f"{value:f}"[:_LONGEST_NUMBER]
    return said.rstrip("0").rstrip(".") if "." in said else said


def _day(value: Decimal, from_1904: bool) -> str:
    """The day of a spreadsheet's serial number; "" where it is no day."""
    if not 1 <= value < 2_958_466:
        return ""
    start = dt.date(1904, 1, 1) if from_1904 else dt.date(1899, 12, 30)
    try:
        return (start + dt.timedelta(days=int(value))).isoformat()
    except OverflowError:
        return ""


def _read_sheet(name: str, data: bytes, book: _ValueBook, left: int) -> tuple[ValueSheet, int]:
    """The cells of one sheet, and how many they are. Sizes that the sheet declares are not believed."""
    sheet = ValueSheet(name)
    cells = number = 0
    for element in parts_of(data, "row", "mergeCell"):
        if element.tag == S + "row":
            number = row_number(element, number)
            row = _read_row(element, book)
            cells += len(row)
            if cells > left:
                raise _too_many()
            if row:
                sheet.rows.append((number, row))
        elif len(sheet.merges) < MOST_MERGES:
            sheet.merges += _read_merge(element.get("ref", ""))
    sheet.rows.sort(key=lambda row: row[0])
    return sheet, cells


def _read_row(row: etree._Element, book: _ValueBook) -> list[ValueCell]:
    cells: list[ValueCell] = []
    for cell in cells_of(row):
        if not cell.stored:
            cells.append((cell.column - 1, "", EMPTY_FORMULA))
            continue
        text, what = book.value_of(cell.kind, cell.stored, cell.style)
        if text:
            cells.append((cell.column - 1, text, what))
    cells.sort(key=lambda each: each[0])
    return cells


def _read_merge(reference: str) -> list[tuple[int, int, int, int]]:
    first, _, last = reference.partition(":")
    start, end = place_of(first), place_of(last or first)
    if start is None or end is None or end < start or end[1] < start[1] or start == end:
        return []
    return [(start[0], start[1] - 1, end[0], end[1] - 1)]
