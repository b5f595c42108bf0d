"""How is a table written onto a sheet, so that it can be read, sorted, filtered and filled in?"""

from __future__ import annotations

import io
from typing import Any, Final

from bluelamp.papers.addresses import find_target
from bluelamp.papers.anchors import EXCEL_HEAD
from bluelamp.papers.columns import natural_widths
from bluelamp.papers.model import Blank, Cell, Content, GroupRow, Number, Paper, Row, Text, Unknown
from bluelamp.papers.pictures import PIXELS_AN_INCH, draw
from bluelamp.papers.words import content_of, plain_words
from bluelamp.papers.workbook_looks import Looks, make_height
from bluelamp.papers.workbook_tables import PlacedTable, find_format, is_exact

_LONGEST_ADDRESS, _MOST_LINKS = 2_000, 65_000  # what Excel takes is 2,079 and 65,530
_NARROWEST, _WIDEST, _GROUP = 9.0, 60.0, 24.0
_CHARACTERS_AN_EM: Final = 2.1
_LINK: Final = {"font_color": "#12436D", "underline": 1}


class TableSheet:
    """One table on one sheet: heads in the first row, as data are kept."""

    def __init__(self, sheet: Any, looks: Looks, paper: Paper, placed: PlacedTable) -> None:
        self._sheet, self._looks, self._site, self._placed = sheet, looks, paper.site, placed
        table = self._table = placed.table
        self._grouped = any(isinstance(row, GroupRow) for row in table.rows)
        rows = [row for row in (*table.rows, *table.totals) if not isinstance(row, GroupRow)]
        self._anchored = any(isinstance(cell, Cell) and cell.anchor for row in rows for cell in row)
        self._first = int(self._grouped)
        self._widths = [max(_NARROWEST, min(_WIDEST, em * _CHARACTERS_AN_EM + 2)) for em in natural_widths(table)]
        self._links = 0
        looks.set_up(sheet, paper)

    @property
    def _hidden(self) -> int:
        """The column of the anchors, after the last of the table."""
        return self._first + len(self._table.columns)

    def write(self) -> None:
        self._write_heads()
        self._write_below(self._write_rows())

    def _write_heads(self) -> None:
        table = self._table
        heads = [f"{column.head} ({column.unit})" if column.unit else column.head for column in table.columns]
        if self._grouped:
            self._sheet.write_string(0, 0, "Group", self._looks.head(numeric=False))
            self._sheet.set_column(0, 0, _GROUP)
        for nth, (head, column, width) in enumerate(zip(heads, table.columns, self._widths, strict=True)):
            look = self._looks.head(numeric=column.numeric, indent=self._indent(nth))
            self._sheet.write_string(0, self._first + nth, self._looks.cut(head), look)
            self._sheet.set_column(self._first + nth, self._first + nth, width)
        self._sheet.set_row(0, make_height(zip(heads, (width * 0.85 for width in self._widths), strict=True)))
        self._sheet.freeze_panes(1, self._first + int(table.row_heads))
        self._sheet.repeat_rows(0)
        if self._anchored:
            self._sheet.write_string(0, self._hidden, EXCEL_HEAD)
            self._sheet.set_column(self._hidden, self._hidden, None, None, {"hidden": True})

    def _indent(self, nth: int) -> int:
        """Words stand off from the number to their left."""
        columns = self._table.columns
        return int(nth > 0 and columns[nth - 1].numeric and not columns[nth].numeric)

    def _write_rows(self) -> int:
        """The rows and totals; the row after them."""
        at, group = 1, ""
        for row in self._table.rows:
            if isinstance(row, GroupRow):
                group = row.words
                continue
            if self._grouped:
                self._sheet.write_string(at, 0, self._looks.cut(group), self._looks.wrapped)
            self._write_row(row, at)
            at += 1
        if at > 1:
            self._sheet.autofilter(0, 0, at - 1, self._hidden - 1 + self._anchored)
        for row in self._table.totals:
            self._write_row(row, at, bold=True, top=1)
            at += 1
        return at

    def _write_row(self, row: Row, at: int, **look: Any) -> None:
        for nth, (cell, column) in enumerate(zip(row, self._table.columns, strict=True)):
            own = look | ({"indent": 1} if self._indent(nth) else {})
            own |= {"bold": True} if isinstance(cell, Cell) and cell.strong else {}
            own |= {"align": "right"} if column.numeric else {}
            self._write_cell(at, self._first + nth, content_of(cell), own)
        anchors = [cell.anchor for cell in row if isinstance(cell, Cell) and cell.anchor]
        if anchors:
            self._sheet.write_string(at, self._hidden, " ".join(anchors))
        self._sheet.set_row(at, make_height(zip(map(_text_of, row), self._widths, strict=True)))

    def _write_cell(self, at: int, column: int, content: Content, look: dict[str, Any]) -> None:
        target = self._target(content)
        look = look | (_LINK if target else {})
        match content:
            case Number() if is_exact(content):
                form = find_format(content)
                shape = self._looks.make(**look, **({"num_format": form} if form else {}))
                if target:
                    self._sheet.write_url(at, column, target, shape, content.printed)
                self._sheet.write_number(at, column, float(content.value), shape)
                return
            case Blank():
                shape = self._looks.make(text_wrap=True, border=1, locked=False, **look)
            case Unknown():
                shape = self._looks.make(text_wrap=True, italic=True, font_color="#44494D", **look)
            case _:
                shape = self._looks.make(text_wrap=True, **look)
        words = self._looks.cut(content)
        if not words:
            self._sheet.write_blank(at, column, None, shape)
        elif target:
            self._sheet.write_url(at, column, target, shape, words)
        else:
            self._sheet.write_string(at, column, words, shape)

    def _target(self, content: Content) -> str:
        """Where the whole cell leads; a cell of several runs leads nowhere, since Excel links whole cells."""
        address = ""
        if isinstance(content, Number):
            address = content.address
        elif isinstance(content, tuple) and len(content) == 1 and not isinstance(content[0], Text):
            address = content[0].address
        target = find_target(address, self._site)
        if not target or len(target) > _LONGEST_ADDRESS or self._links >= _MOST_LINKS:
            return ""
        self._links += 1
        return target

    def _write_below(self, at: int) -> None:
        """What stands in the place of rows, the note, and the figure whose table this is."""
        table, figure = self._table, self._placed.figure
        if not table.rows:
            self._sheet.write_string(at, 0, self._looks.cut(table.empty), self._looks.make(italic=True))
            at += 1
        if table.note:
            self._sheet.write_string(at + 1, 0, self._looks.cut(table.note), self._looks.make())
            at += 2
        if figure:
            scale = 96 / PIXELS_AN_INCH
            options = {"image_data": io.BytesIO(draw(figure.svg)), "description": figure.alternative}
            self._sheet.insert_image(at + 1, 0, "picture.png", {**options, "x_scale": scale, "y_scale": scale})


def _text_of(cell: Content | Cell) -> str:
    """The words by which a row's height is found; of room to be filled in, its lines."""
    content = content_of(cell)
    if isinstance(content, Blank) and not content.words:
        return "\n" * (content.lines - 1)
    return plain_words(content)
