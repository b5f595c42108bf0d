"""Which values does one sheet of a workbook hold? Streamed, and bounded whatever the sheet says of itself."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from lxml import etree

from bluelamp.documents.document import UnreadableFileError
from bluelamp.documents.readers.office_package import DAMAGED, refuse_document_type

S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
LAST_COLUMN = 16_384
LAST_ROW = 1_048_576
MOST_MERGES = 100_000
_PLACE = re.compile(r"([A-Z]{1,3})([1-9]\d{0,6})$")


@dataclass(frozen=True, slots=True)
class SheetCell:
    column: int  # from 1
    text: str
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Merge:
    top: int
    left: int
    bottom: int
    right: int


@dataclass(slots=True)
class SheetRows:
    rows: list[tuple[int, list[SheetCell]]] = field(default_factory=list)  # row number from 1, cells with words
    merges: list[Merge] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)  # first and last, from 1
    cut_at: int | None = None  # the last row read, where the rest was left unread


def take_hidden(sheet: SheetRows) -> tuple[int, int]:
    """Leave out the rows and columns that the sheet hides; how many of each held something."""
    rows = {number for number, _ in sheet.rows if number in sheet.hidden_rows}
    columns = {
        cell.column
        for number, cells in sheet.rows
        if number not in rows
        for cell in cells
        if any(first <= cell.column <= last for first, last in sheet.hidden_columns)
    }
    if rows or columns:
        shown = [(number, cells) for number, cells in sheet.rows if number not in rows]
        kept = [(number, [cell for cell in cells if cell.column not in columns]) for number, cells in shown]
        sheet.rows = [(number, cells) for number, cells in kept if cells]
    return len(rows), len(columns)


class StoredCell(NamedTuple):
    """A cell as its file keeps it; `stored` is "" where a formula was never calculated."""

    column: int  # from 1
    kind: str
    stored: str
    style: int


ShowCell = Callable[[str, str, int], tuple[str, bool]]
"""From a cell's type, stored value and style: its displayed text, and whether it is bold."""


def column_number(letters: str) -> int:
    number = 0
    for each in letters:
        number = number * 26 + ord(each) - 64
    return number


def place_of(reference: str) -> tuple[int, int] | None:
    """Row and column, from 1, of "B7"; None for what is no place on a sheet."""
    found = _PLACE.match(reference.replace("$", ""))
    if not found:
        return None
    row, column = int(found.group(2)), column_number(found.group(1))
    return (row, column) if row <= LAST_ROW and column <= LAST_COLUMN else None


def read_sheet(data: bytes, show: ShowCell, *, most_cells: int) -> SheetRows:
    """The rows that have words. Sizes that the sheet declares (its dimension) are not believed, nor used."""
    found = SheetRows()
    cells = 0
    number = 0
    for element in parts_of(data, "row", "mergeCell", "col"):
        if element.tag == S + "row":
            number = row_number(element, number)
            if _is_hidden(element, "ht"):
                found.hidden_rows.add(number)
            row = [] if found.cut_at else _read_row(element, show)
            cells += len(row)
            if row:
                found.rows.append((number, row))
            if cells > most_cells and not found.cut_at:
                found.cut_at = number
        elif element.tag == S + "mergeCell" and len(found.merges) < MOST_MERGES:
            found.merges += _read_merge(element.get("ref", ""))
        elif element.tag == S + "col":
            first, last = (element.get(name, "") for name in ("min", "max"))
            if _is_hidden(element, "width") and first.isdigit() and last.isdigit() and len(first + last) < 12:
                found.hidden_columns.append((int(first), int(last)))
    found.rows.sort(key=lambda row: row[0])
    return found


def _is_hidden(element: etree._Element, size: str) -> bool:
    return element.get("hidden") in ("1", "true") or element.get(size) == "0"


def parts_of(data: bytes, *tags: str) -> Iterator[etree._Element]:
    """The elements of a sheet with these tags, in order; a row is let go as soon as the next is asked for."""
    refuse_document_type(data)
    events = etree.iterparse(
        io.BytesIO(data),
        events=("end",),
        tag=tuple(S + tag for tag in tags),
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
    )
    try:
        for _, element in events:
            yield element
            if element.tag == S + "row":
                element.clear()
                while element.getprevious() is not None:
                    del element.getparent()[0]
    except etree.XMLSyntaxError as error:
        raise UnreadableFileError(DAMAGED) from error


def row_number(element: etree._Element, before: int) -> int:
    """The number that a row says it has; the one after the row before where it says none that can be."""
    said = element.get("r", "")
    return int(said) if said.isdigit() and 0 < int(said[:9]) <= LAST_ROW and len(said) < 9 else before + 1


def cells_of(row: etree._Element) -> Iterator[StoredCell]:
    """The cells of a row that hold something or a formula, in the order they are stored in."""
    column = 0
    for cell in row.iterfind(S + "c"):
        place = place_of(cell.get("r", ""))
        column = place[1] if place else column + 1
        if column > LAST_COLUMN:
            break
        kind = cell.get("t", "n")
        if kind == "inlineStr":
            inline = cell.find(S + "is")
            stored = rich_text(inline) if inline is not None else ""
        else:
            stored = cell.findtext(S + "v") or ""
        if not stored and cell.find(S + "f") is None:
            continue
        style = cell.get("s", "0")
        yield StoredCell(column, kind, stored, int(style) if style.isdigit() and len(style) < 7 else 0)


def _read_row(row: etree._Element, show: ShowCell) -> list[SheetCell]:
    cells: list[SheetCell] = []
    for cell in cells_of(row):
        if cell.stored:
            text, strong = show(cell.kind, cell.stored, cell.style)
            if text.strip():
                cells.append(SheetCell(cell.column, text, strong))
    cells.sort(key=lambda cell: cell.column)
    return cells


def rich_text(holder: etree._Element) -> str:
    """The words of a shared or inline text; the phonetic guide to them is left out."""
    said: list[str] = []
    for child in holder:
        if child.tag == S + "t":
            said.append(child.text or "")
        elif child.tag == S + "r":
            said.append(child.findtext(S + "t") or "")
    return "".join(said)


def _read_merge(reference: str) -> list[Merge]:
    first, _, last = reference.partition(":")
    start, end = place_of(first), place_of(last or first)
    if start is None or end is None or end < start or end[1] < start[1]:
        return []
    return [Merge(start[0], start[1], end[0], end[1])]
