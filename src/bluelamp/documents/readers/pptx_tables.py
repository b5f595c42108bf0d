"""What stands in each cell of a slide's table?"""

from __future__ import annotations

from lxml import etree

from bluelamp.documents.readers.office_text import CellDraft, RowDraft, mark_head
from bluelamp.documents.readers.pptx_text import A, read_text_body


def read_slide_table(table: etree._Element) -> list[RowDraft]:
    """Its rows; a cell that is merged into the one on its left is left out."""
    properties = table.find(A + "tblPr")
    has_head = properties is not None and properties.get("firstRow") in ("1", "true")
    rows: list[RowDraft] = []
    for number, row in enumerate(table.iterfind(A + "tr")):
        cells: list[CellDraft] = []
        for column, cell in enumerate(row.iterfind(A + "tc")):
            if cell.get("hMerge") in ("1", "true"):
                continue
            cells.append(_read_cell(cell, column))
        rows.append(RowDraft(tuple(cells), is_head=has_head and number == 0))
    return mark_head(rows) if len(rows) > 1 else [RowDraft(row.cells) for row in rows]


def _read_cell(cell: etree._Element, column: int) -> CellDraft:
    span = cell.get("gridSpan", "1")
    above = cell.get("vMerge") in ("1", "true")
    paragraphs = [] if above else list(read_text_body(cell.find(A + "txBody"), []))
    said = [f"{each.marker} {each.text}" if each.marker else each.text for each in paragraphs]
    strong = bool(paragraphs) and all(each.strong for each in paragraphs)
    width = int(span) if span.isdigit() and len(span) < 5 else 1
    return CellDraft("\n".join(said), column, max(1, width), above, strong)
