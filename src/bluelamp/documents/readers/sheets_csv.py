"""What does a file of comma-separated values say, whatever really separates them?"""

from __future__ import annotations

import csv
import io
from collections import Counter
from itertools import islice

from bluelamp.documents.blocks import BlockKind
from bluelamp.documents.document import Document, UnreadableFileError
from bluelamp.documents.readers.decoding import decode_text
from bluelamp.documents.readers.office_text import CellDraft, RowDraft, TextBuilder, mark_head

_SEPARATORS = ",;\t|"
_SAMPLE_ROWS = 50
_SAMPLE_CHARACTERS = 200_000
MOST_CELLS = 600_000
_LONGEST_CELL = 20_000_000

Row = tuple[int, int, list[str]]
"""The first and last line of the file that a row fills, and its cells."""


def read(data: bytes, *, sha256: str, file_name: str) -> Document:
    """Read a .csv or .tsv: one page, a table for each run of rows, each row on the line it has in the file."""
    text, notes = decode_text(data)
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")
    builder = TextBuilder()
    for each in notes:
        builder.note(each)
    builder.begin_page(1)
    rows = _read_rows(text, builder)
    _add_rows(builder, rows)
    document = builder.build(sha256=sha256, file_format="csv")
    if not document.blocks:
        raise UnreadableFileError("This file has no cell with words or figures: save it again and add that.")
    return document


def find_separator(text: str) -> str:
    """The sign that parts the sample's rows into most cells, most evenly; a comma where none does."""
    sample = text[:_SAMPLE_CHARACTERS]
    best, best_score = ",", 0.0
    for separator in _SEPARATORS:
        try:
            widths = [
                len(row) for row in islice(csv.reader(io.StringIO(sample), delimiter=separator), _SAMPLE_ROWS)
            ]
        except csv.Error:
            continue
        wide = Counter(width for width in widths if width > 1)
        if not wide:
            continue
        _, same = wide.most_common(1)[0]
        score = same / len(widths) + 0.01 * min(wide)
        if score > best_score:
            best, best_score = separator, score
    return best


def _read_rows(text: str, builder: TextBuilder) -> list[Row]:
    csv.field_size_limit(_LONGEST_CELL)
    reader = csv.reader(io.StringIO(text), delimiter=find_separator(text))
    rows: list[Row] = []
    cells = 0
    line = 1
    try:
        for row in reader:
            rows.append((line, max(line, reader.line_num), row))
            line = reader.line_num + 1
            cells += len(row)
            if cells > MOST_CELLS:
                builder.note(
                    f"Reading stopped at line {reader.line_num:,}, since the file holds more than {MOST_CELLS:,} "
                    "cells: split it to read the rest."
                )
                break
    except csv.Error as error:
        raise UnreadableFileError(
            f"This file's quotation marks do not match, or a cell is too long, near line {reader.line_num:,}: "
            "open it in a spreadsheet and save it again."
        ) from error
    return rows


def _add_rows(builder: TextBuilder, rows: list[Row]) -> None:
    group: list[Row] = []
    line = 1
    for row in [*rows, (0, 0, [])]:
        if any(cell.strip() for cell in row[2]):
            group.append(row)
            continue
        if group:
            line = _add_group(builder, group, line)
        group = []


def _add_group(builder: TextBuilder, group: list[Row], line: int) -> int:
    """The next free line of the text after the group has been added at its own lines."""
    for _ in range(group[0][0] - line):
        builder.add_line_break()
    ends = [last - first for first, last, _ in group]
    said = [[(column, cell) for column, cell in enumerate(row) if cell.strip()] for _, _, row in group]
    if all(len(cells) == 1 for cells in said):
        for cells, more in zip(said, ends, strict=True):
            builder.add(BlockKind.PARAGRAPH, cells[0][1])
            for _ in range(more):
                builder.add_line_break()
        return group[-1][1] + 1
    drafts = [RowDraft(tuple(CellDraft(cell, column) for column, cell in cells)) for cells in said]
    builder.add_table(mark_head(drafts), lines_after=ends)
    return group[-1][1] + 1
