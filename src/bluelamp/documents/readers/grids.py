"""What stands in each cell of a list that somebody keeps in a spreadsheet, by row and column as numbered there?

A document's tables close up the rows and columns that hold nothing; whoever mends row 214 needs its own number.
"""

from __future__ import annotations

import csv
import io

from bluelamp.documents.document import UnreadableFileError
from bluelamp.documents.readers.decoding import decode_text
from bluelamp.documents.readers.forms import Form, FormCell, FormRow, FormTable
from bluelamp.documents.readers.office_package import clean
from bluelamp.documents.readers.sheets_csv import MOST_CELLS, find_separator
from bluelamp.documents.readers.sniff import sniff

_LONGEST_CELL = 1_000_000


def read_grid_bytes(data: bytes, *, file_name: str) -> Form:
    """The sheets of a workbook, or a file of comma-separated values as one sheet without a name.

    Untrusted: call `bluelamp.documents.sandbox.read_grid`.
    """
    found = sniff(data, file_name)
    if found == "xlsx":
        from bluelamp.documents.readers.forms_xlsx import read

        return read(data)
    if found != "csv":
        raise UnreadableFileError("A list comes in as Excel (.xlsx) or as comma-separated values (.csv).")
    return _read_csv(data)


def _read_csv(data: bytes) -> Form:
    text, notes = decode_text(data)
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")
    csv.field_size_limit(_LONGEST_CELL)
    reader = csv.reader(io.StringIO(text), delimiter=find_separator(text))
    rows: list[FormRow] = []
    cells = 0
    try:
        for number, row in enumerate(reader, 1):
            held = [FormCell(_lines(words), column) for column, words in enumerate(row) if words.strip()]
            cells += len(row)
            if cells > MOST_CELLS:
                raise UnreadableFileError(f"This file holds more than {MOST_CELLS:,} cells: split it.")
            if held:
                rows.append(FormRow(number, tuple(held)))
    except csv.Error as error:
        raise UnreadableFileError(
            f"This file's quotation marks do not match, or a cell is too long, near line {reader.line_num:,}: "
            "open it in a spreadsheet and save it again."
        ) from error
    return Form("csv", (FormTable("", tuple(rows), is_sheet=True),), notes=notes)


def _lines(text: str) -> str:
    lines = [" ".join(clean(line).split()) for line in text.splitlines()]
    return "\n".join(line for line in lines if line)
