"""Which findings stand in a table, one to a row?

A register of findings has a column that names the kind ("Area for improvement"), or a column headed by it; the
others are recognised by their heads: number, area, deadline, response (left to the template reader).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from bluelamp.documents.blocks import Block, Cell, Row
from bluelamp.documents.document import Document
from bluelamp.inspections.facts import Deadline, Finding
from bluelamp.inspections.frameworks import name_key
from bluelamp.inspections.reading.closures_tables import read_closures_table
from bluelamp.inspections.reading.deadlines import find_day, read_deadline
from bluelamp.inspections.reading.peel_areas import Names
from bluelamp.inspections.reading.vocabulary import Role, read_head
from bluelamp.lib.text import fold

_KINDS = {
    Role.AREA_FOR_IMPROVEMENT: "area_for_improvement",
    Role.CAUSE_OF_CONCERN: "cause_of_concern",
    Role.RECOMMENDATION: "recommendation",
}
_COLUMNS = {
    "number": ("ref", "reference", "no", "number", "id", "item"),
    "kind": ("type", "kind", "category", "finding-type", "type-of-finding"),
    "area": ("area", "core-question", "question", "section", "theme", "area-of-policing"),
    "text": ("finding", "findings", "description", "text", "wording", "detail", "details", "what-we-found"),
    "deadline": ("deadline", "due", "due-date", "by-when", "timescale", "target-date", "date-due"),
}


@dataclass(frozen=True, slots=True)
class _Layout:
    columns: dict[str, int]
    kinds: dict[int, str]  # columns headed by a kind of finding


def read_findings_table(document: Document, block: Block, names: Names, area: str) -> list[Finding]:
    """The findings of a register's rows; empty for a table of anything else."""
    if len(block.rows) < 2:
        return []
    layout = _layout(block.rows[0])
    if layout is None or read_closures_table(document, block):
        return []
    found: list[Finding] = []
    for row in block.rows[1:]:
        found += _read_row(document, row, layout, names, area, found)
    return found


def _layout(head: Row) -> _Layout | None:
    columns: dict[str, int] = {}
    kinds: dict[int, str] = {}
    for cell in head.cells:
        key = name_key(cell.text)
        role = read_head(cell.text)
        if role and role.role in _KINDS and not role.rest:
            kinds[cell.column] = _KINDS[role.role]
            continue
        for name, heads in _COLUMNS.items():
            if key in heads:
                columns.setdefault(name, cell.column)
    if "kind" in columns and "text" in columns:
        return _Layout(columns, {})
    return _Layout(columns, kinds) if kinds and len(columns) + len(kinds) >= 2 else None


def _read_row(
    document: Document, row: Row, layout: _Layout, names: Names, area: str, above: list[Finding]
) -> Iterator[Finding]:
    parent = next((_name(f) for f in reversed(above) if f.type == "cause_of_concern"), "")
    for kind, cell in _findings_of(row, layout):
        finding = Finding(
            type=kind,
            area=_area(row, layout, names) or area,
            number=_text(row, layout, "number"),
            text=cell.text,
            deadline=_deadline(row, layout, cell) if kind != "cause_of_concern" else None,
            parent=parent if kind == "recommendation" else "",
            citations=document.cite([span for c in row.cells for span in c.spans]),
        )
        parent = _name(finding) if kind == "cause_of_concern" else parent
        yield finding


def _findings_of(row: Row, layout: _Layout) -> Iterator[tuple[str, Cell]]:
    if layout.kinds:
        for column, kind in layout.kinds.items():
            cell = row.cell_at(column)
            if cell and len(cell.text.split()) >= 4:
                yield kind, cell
        return
    role = read_head(_text(row, layout, "kind"))
    cell = row.cell_at(layout.columns["text"])
    if role and role.role in _KINDS and cell and cell.text:
        yield _KINDS[role.role], cell


def _area(row: Row, layout: _Layout, names: Names) -> str:
    area = names.area(_text(row, layout, "area"))
    return area.slug if area else ""


def _deadline(row: Row, layout: _Layout, cell: Cell) -> Deadline | None:
    printed = _text(row, layout, "deadline")
    if found := read_deadline(printed):
        return found
    if day := find_day(printed):
        return Deadline(printed=printed, rule="date", date=day)
    return read_deadline(cell.text)


def _text(row: Row, layout: _Layout, column: str) -> str:
    return row.text_at(layout.columns[column]) if column in layout.columns else ""


def _name(finding: Finding) -> str:
    return fold(finding.title or finding.text)
