"""What do the rows of a page's table say, cells that span rows and columns included?"""

from __future__ import annotations

from dataclasses import dataclass

from lxml import etree

from bluelamp.documents.blocks import Cell, Row, Span
from bluelamp.documents.readers.html_visible import is_dropped, tag_of, visible_text

_WIDEST = 1000  # columns or rows that one cell may span
_MOST_REPEATED = 200_000  # cells that are filled from a row above, in one table
_BLOCKS = frozenset(["table", "h1", "h2", "h3", "h4", "h5", "h6", "main", "article", "section", "form"])


@dataclass(frozen=True, slots=True)
class _Spanning:
    cell: Cell
    rows_left: int


def is_layout(table: etree._Element) -> bool:
    """Is the table there for the look of the page only? Then its cells are read as text."""
    if table.get("role") in ("presentation", "none"):
        return True
    cells = 0
    for element in table.iter():
        if element is table:
            continue
        tag = tag_of(element)
        if tag in _BLOCKS:
            return True
        cells += tag in ("td", "th")
    return cells < 2


def read_table(table: etree._Element, offset: int) -> tuple[str, tuple[Row, ...]]:
    """The table's lines, each ending in a line feed, as they will stand at `offset`, and its rows."""
    lines: list[str] = []
    rows: list[Row] = []
    above: dict[int, _Spanning] = {}
    repeated = 0
    for line in table.iter("tr"):
        if is_dropped(line):
            continue
        filled = repeated < _MOST_REPEATED
        text, row, above = _read_row(line, offset, above if filled else {})
        repeated += len(above)
        if not text.strip():
            continue
        lines.append(text + "\n")
        rows.append(row)
        offset += len(text) + 1
    return "".join(lines), tuple(rows)


def _read_row(
    line: etree._Element, offset: int, above: dict[int, _Spanning]
) -> tuple[str, Row, dict[int, _Spanning]]:
    elements = [cell for cell in line if tag_of(cell) in ("td", "th") and not is_dropped(cell)]
    pieces: list[str] = []
    cells: list[Cell] = []
    below: dict[int, _Spanning] = {}
    column = 0
    for element in elements:
        column = _fill_from_above(column, above, below, cells, pieces)
        start = offset + sum(map(len, pieces)) + len(pieces)
        words = visible_text(element)
        width = _number(element.get("colspan"))
        spans: tuple[Span, ...] = ((start, start + len(words)),) if words else ()
        cell = Cell(words, spans, column, width)
        cells.append(cell)
        pieces.append(words)
        height = _number(element.get("rowspan"))
        if height > 1:
            below[column] = _Spanning(cell, height - 1)
        column += width
    while above:
        column = _fill_from_above(min(above), above, below, cells, pieces)
    is_head = bool(elements) and (_in_head(line) or all(tag_of(cell) == "th" for cell in elements))
    return "\t".join(pieces), Row(tuple(cells), is_head), below


def _fill_from_above(
    column: int,
    above: dict[int, _Spanning],
    below: dict[int, _Spanning],
    cells: list[Cell],
    pieces: list[str],
) -> int:
    """Put cells that reach down from an earlier row where they belong; the next free column."""
    while column in above:
        spanning = above.pop(column)
        cells.append(spanning.cell)
        pieces.append("")
        if spanning.rows_left > 1:
            below[column] = _Spanning(spanning.cell, spanning.rows_left - 1)
        column += spanning.cell.column_span
    return column


def _in_head(line: etree._Element) -> bool:
    parent = line.getparent()
    return parent is not None and tag_of(parent) == "thead"


def _number(value: str | None) -> int:
    bare = (value or "1").strip()
    return min(max(int(bare), 1), _WIDEST) if bare.isascii() and bare.isdigit() and len(bare) < 9 else 1
