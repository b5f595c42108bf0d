"""What stands in each cell of a Word table, merged cells and tables within tables included?"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from lxml import etree

from bluelamp.documents.readers.docx_styles import W, number_of, switched_on
from bluelamp.documents.readers.office_text import CellDraft, RowDraft, mark_head

_WIDEST = 1_000  # columns; Word itself allows 63
CellReader = Callable[[etree._Element], tuple[str, bool]]
"""A paragraph's words (with its number) and whether they are strong."""


@dataclass(frozen=True, slots=True)
class WordTable:
    rows: list[RowDraft]
    nested: list[etree._Element]  # tables that stand inside its cells


def children(element: etree._Element) -> Iterator[etree._Element]:
    """The element's content, through the wrappers that print nothing (controls, insertions, custom XML)."""
    for child in element:
        if child.tag in (W + "sdt", W + "sdtContent", W + "customXml", W + "ins", W + "moveTo", W + "smartTag"):
            yield from children(child)
        else:
            yield child


def table_rows(table: etree._Element) -> list[etree._Element]:
    """The rows that remain once tracked deletions are accepted."""
    return [child for child in children(table) if child.tag == W + "tr" and child.find(f"{W}trPr/{W}del") is None]


def row_cells(row: etree._Element) -> list[etree._Element]:
    return [
        child for child in children(row) if child.tag == W + "tc" and child.find(f"{W}tcPr/{W}cellDel") is None
    ]


def is_layout(table: etree._Element) -> bool:
    """A table of one column is a box round ordinary paragraphs."""
    return all(len(row_cells(row)) <= 1 for row in table_rows(table))


def read_table(table: etree._Element, read_paragraph: CellReader) -> WordTable:
    rows: list[RowDraft] = []
    nested: list[etree._Element] = []
    for row in table_rows(table):
        properties = row.find(W + "trPr")
        is_head = bool(switched_on(properties, "tblHeader"))
        before = number_of(properties.find(W + "gridBefore")) if properties is not None else None
        column = min(max(before or 0, 0), _WIDEST)
        cells: list[CellDraft] = []
        for cell in row_cells(row):
            draft = _read_cell(cell, column, read_paragraph, nested)
            column += draft.column_span
            if column > _WIDEST:
                break
            if _continues_left(cell) and cells:
                last = cells.pop()
                draft = CellDraft(
                    f"{last.text} {draft.text}".strip(),
                    last.column,
                    last.column_span + draft.column_span,
                    last.above,
                    last.strong,
                )
            cells.append(draft)
        rows.append(RowDraft(tuple(cells), is_head))
    return WordTable(mark_head(rows), nested)


def _read_cell(
    cell: etree._Element, column: int, read_paragraph: CellReader, nested: list[etree._Element]
) -> CellDraft:
    properties = cell.find(W + "tcPr")
    span = number_of(properties.find(W + "gridSpan")) if properties is not None else None
    merge = properties.find(W + "vMerge") if properties is not None else None
    above = merge is not None and merge.get(W + "val", "continue") == "continue"
    said: list[str] = []
    strong: list[bool] = []
    for child in children(cell):
        if child.tag == W + "p":
            words, is_strong = read_paragraph(child)
            if words.strip():
                said.append(words)
                strong.append(is_strong)
        elif child.tag == W + "tbl" and not above:
            nested.append(child)
    text = "" if above else "\n".join(said)
    return CellDraft(text, column, min(max(span or 1, 1), _WIDEST), above, bool(strong) and all(strong))


def _continues_left(cell: etree._Element) -> bool:
    merge = cell.find(f"{W}tcPr/{W}hMerge")
    return merge is not None and merge.get(W + "val", "continue") == "continue"
