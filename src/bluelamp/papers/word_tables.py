"""How does a table of a paper stand in Word: heads that repeat, rows kept whole, anchors for what comes back?"""

from __future__ import annotations

from typing import Final

from bluelamp.papers.anchors import bookmark_of, tag_of
from bluelamp.papers.columns import SMALL_TYPE, TYPE, count_row_lines, fit
from bluelamp.papers.model import Blank, Cell, Column, Content, FormTable, GroupRow, Number, Row, Table, Unknown
from bluelamp.papers.outline import say_caption
from bluelamp.papers.word_runs import RunWriter
from bluelamp.papers.word_xml import TWIPS, Element, Look, Shape, bookmark, control, field, paragraph, run, w
from bluelamp.papers.words import content_of

PORTRAIT_MM, LANDSCAPE_MM = 170, 257
_WHOLE_ROW: Final = 16  # lines; a higher row may break over the page
_WHOLE_TABLE: Final = 20  # lines of a table that is kept together
_LINE: Final = 240  # twentieths of a point that a line to be filled in is high
_STYLES: Final = {TYPE: "TableText", SMALL_TYPE: "TableTextSmall"}


class TableWriter:
    """Writes tables, whose words are written by `runs`."""

    def __init__(self, runs: RunWriter) -> None:
        self._runs = runs

    def write(self, table: Table, number: str, *, landscape: bool) -> list[Element]:
        """Caption, table and note; an empty table in words."""
        made = [self.caption(number, table.caption)]
        if table.rows:
            made.append(self._table(table, number, landscape))
        else:
            made.append(paragraph(run(table.empty, Look(style="Unknown")), style="TableText"))
        note = (
            paragraph(*self._runs.write(table.note), style="Note") if table.note else paragraph(style="AfterTable")
        )
        return [*made, note]

    def caption(self, number: str, caption: str) -> Element:
        """ "Table 2: Points by area"; the number is a field, so Word can list tables and count them anew."""
        if not number:
            return paragraph(run(caption), style="Caption")
        kind, _, nth = number.partition(" ")
        counted = field(f"SEQ {kind} \\* ARABIC", nth)
        return paragraph(run(f"{kind} "), *counted, run(f": {caption}"), style="Caption")

    def _table(self, table: Table, number: str, landscape: bool) -> Element:
        widths, size = fit(table, landscape=landscape)
        style = _STYLES.get(size, "TableTextSmallest")
        across = (LANDSCAPE_MM if landscape else PORTRAIT_MM) * TWIPS
        grid = [round(across * width / sum(widths)) for width in widths]
        made = w("tbl", _table_properties(table, number, sum(grid)))
        made.append(w("tblGrid", *(w("gridCol", w=width) for width in grid)))
        made.append(self._head(table, grid, style))
        rows = (*table.rows, *table.totals)
        lines = [1 if isinstance(row, GroupRow) else count_row_lines(row, widths) for row in rows]
        together = sum(lines) <= _WHOLE_TABLE
        for nth, (row, high) in enumerate(zip(rows, lines, strict=True)):
            keep = together and nth < len(rows) - 1
            if isinstance(row, GroupRow):
                made.append(_group(row, len(grid), sum(grid), style))
            else:
                total = nth >= len(table.rows)
                made.append(self._row(table, row, grid, style, keep=keep, whole=high <= _WHOLE_ROW, total=total))
        return made

    def _head(self, table: Table, grid: list[int], style: str) -> Element:
        cells = [_head_cell(column, width, style) for column, width in zip(table.columns, grid, strict=True)]
        return w("tr", w("trPr", w("cantSplit"), w("tblHeader")), *cells)

    def _row(
        self, table: Table, row: Row, grid: list[int], style: str, *, keep: bool, whole: bool, total: bool
    ) -> Element:
        high = max((cell.lines for cell in map(content_of, row) if isinstance(cell, Blank)), default=0)
        properties = w(
            "trPr",
            w("cantSplit") if whole else None,
            w("trHeight", val=high * _LINE, hRule="atLeast") if high else None,
        )
        made = w("tr", properties if len(properties) else None)
        for column, cell, width in zip(table.columns, row, grid, strict=True):
            shape = Shape(keep_next=keep, align="right" if column.numeric else "")
            edge = w("tcBorders", w("top", val="single", sz=8, space=0, color="0B0C0C")) if total else None
            content = self._cell(cell, bold=total)
            made.append(w("tc", _cell_properties(width, edge), paragraph(*content, style=style, shape=shape)))
        return made

    def _cell(self, cell: Content | Cell, *, bold: bool) -> list[Element]:
        strong = bold or (isinstance(cell, Cell) and cell.strong)
        content = content_of(cell)
        made = self.content(content, bold=strong)
        if not isinstance(cell, Cell) or not cell.anchor:
            return made
        number = self._runs.next_id()
        if not isinstance(content, Blank):
            made = [control(tag_of(cell.anchor), number, *made)]
        return bookmark(bookmark_of(cell.anchor), number, *made)

    def content(self, content: Content, *, bold: bool = False) -> list[Element]:
        """The runs of a cell."""
        match content:
            case Number(_, printed, address):
                return self._runs.link([run(printed, Look(bold=bold))], address)
            case Unknown(words):
                return [run(words, Look(style="Unknown", bold=bold))]
            case Blank(_, words):
                return [run(words)] if words else []
            case _:
                return self._runs.write(content, bold=bold)


def _table_properties(table: Table, number: str, across: int) -> Element:
    return w(
        "tblPr",
        w("tblStyle", val="PaperForm" if isinstance(table, FormTable) else "PaperTable"),
        w("tblW", w=across, type="dxa"),
        w("tblLayout", type="fixed"),
        w("tblLook", firstRow=1, firstColumn=int(table.row_heads), lastRow=0, lastColumn=0, noHBand=1, noVBand=1),
        w("tblCaption", val=say_caption(number, table.caption)),
    )


def _cell_properties(width: int, borders: Element | None = None, *, low: bool = False, span: int = 1) -> Element:
    return w(
        "tcPr",
        w("tcW", w=width, type="dxa"),
        w("gridSpan", val=span) if span > 1 else None,
        borders,
        w("vAlign", val="bottom") if low else None,
    )


def _head_cell(column: Column, width: int, style: str) -> Element:
    words = [run(column.head, Look(bold=True))]
    if column.unit:
        words += [w("r", w("br")), run(column.unit, Look(style="Quiet"))]
    shape = Shape(keep_next=True, align="right" if column.numeric else "")
    edge = w("tcBorders", w("bottom", val="single", sz=8, space=0, color="0B0C0C"))
    return w("tc", _cell_properties(width, edge, low=True), paragraph(*words, style=style, shape=shape))


def _group(row: GroupRow, columns: int, across: int, style: str) -> Element:
    words = paragraph(run(row.words, Look(bold=True)), style=style, shape=Shape(keep_next=True))
    return w("tr", w("trPr", w("cantSplit")), w("tc", _cell_properties(across, span=columns), words))
