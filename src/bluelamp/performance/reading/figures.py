"""Which columns of a table hold figures, and which hold what its rows are called?"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bluelamp.documents.blocks import Row
from bluelamp.documents.document import Part
from bluelamp.documents.facts import Fact, NamedValue, TableRow, Unread
from bluelamp.documents.printed_tables import Table, as_printed, is_contents, read_cell, row_spans
from bluelamp.figures.units import unit_of

_MOSTLY = 0.6  # of a column's filled cells are figures
_FIGURES_HEAD = re.compile(r"\b(?:budget|actuals?|forecast|outturn|variance|variation)\b", re.IGNORECASE)
_UNIT_LAST = re.compile(r"\((£\s?['’]?(?:000s?|m|million|k)?|%)\)$", re.IGNORECASE)
_NOT_FIGURES = frozenset(
    {"no", "no.", "ref", "ref.", "item", "id", "year", "date", "agenda item", "tel", "telephone", "time"}
)


@dataclass(frozen=True)
class Shape:
    """Columns by what they hold. `labels` stand before the first column of figures."""

    labels: tuple[int, ...]
    figures: tuple[int, ...]


def shape_of(table: Table) -> Shape:
    width = max((cell.column + cell.column_span for row in table.body for cell in row.cells), default=0)
    figures = tuple(column for column in range(width) if _holds_figures(table, column))
    if figures and figures[0] == 0:
        figures = figures[1:]  # the first column says what the row is, even in numbers
    first = figures[0] if figures else width
    return Shape(tuple(range(first)), figures)


def _holds_figures(table: Table, column: int) -> bool:
    name = table.name_at(column).strip().lower().rstrip(":")
    if name in _NOT_FIGURES or name.startswith("page"):
        return False
    rows = [row for row in table.body if column == 0 or plain_label(row) not in _NOT_FIGURES]
    found = [cell for row in rows if (cell := table.at(row, column)) and cell.text.strip()]
    cells = [cell for cell in found if cell.column_span == 1]
    unit = table.unit_at(column)
    values = [value for cell in cells if (value := read_cell(cell, unit))]
    if not name and values and all(_is_page_range(value.printed) for value in values):
        return False
    numbers = [v for v in values if v.value is not None or v.low is not None or v.numerator is not None]
    if not numbers and name and len(values) == len(cells) and _FIGURES_HEAD.search(name):
        return bool(values)  # nothing but dashes under "Variance"
    return bool(numbers) and len(values) >= _MOSTLY * len(cells)


def _is_page_range(printed: str) -> bool:
    """ "49 - 52" under no head: the pages of an agenda's item."""
    found = re.fullmatch(r"(?:pages? )?(\d{1,3}) ?[-–] ?(\d{1,3})", printed.lower())
    return found is not None and int(found[1]) < int(found[2])


def plain_label(row: Row) -> str:
    return row.cells[0].text.strip().lower().rstrip(":") if row.cells else ""


def label_of(table: Table, row: Row, shape: Shape) -> str:
    texts = [table.text(row, column) for column in shape.labels]
    return " ".join(dict.fromkeys(text for text in texts if text))


def read_columns(table: Table, row: Row, columns: Sequence[int]) -> tuple[tuple[NamedValue, ...], list[str]]:
    """The row's figures by their columns' names, and the words of cells that are none."""
    named: list[NamedValue] = []
    strange: list[str] = []
    own = _unit_of_row(table, row, columns)
    for column in columns:
        cell = table.at(row, column)
        if cell is None or not cell.text.strip() or (cell.column != column and cell.column_span > 1):
            continue
        value = read_cell(cell, table.unit_at(column) or own)
        if value is None:
            strange.append(cell.text.strip())
            value = as_printed(cell)
        named.append(NamedValue(name=table.name_at(column), value=value))
    return tuple(named), strange


def _unit_of_row(table: Table, row: Row, columns: Sequence[int]) -> str:
    """The unit that the row's own name ends with: "Authorised limit (£m)"."""
    found = [_UNIT_LAST.search(table.text(row, column)) for column in range(min(columns, default=0))]
    return next((unit_of(match[1]) for match in reversed(found) if match), "")


def doubt_about(strange: list[str]) -> str:
    if not strange:
        return ""
    quoted = "; ".join(f"“{words[:60]}”" for words in strange[:3])
    return f"Not read as a number: {quoted}."


def read_rows(part: Part, table: Table) -> tuple[list[Fact], list[Unread]]:
    """Every row of a table that no other reader claims, if the table holds figures at all."""
    facts: list[Fact] = []
    unread: list[Unread] = []
    shape = shape_of(table)
    if not shape.figures or is_contents(table):
        return facts, unread
    group = ""
    for row in table.body:
        label = label_of(table, row, shape)
        columns, strange = read_columns(table, row, shape.figures)
        citations = part.document.cite(row_spans(row))
        if not citations:
            continue
        if not any(
            named.value.value is not None
            or named.value.flags
            or named.value.numerator is not None
            or named.value.low is not None
            for named in columns
        ):
            group = label if label and not columns else group
            if label and len(strange) > 1 and all(any(c.isdigit() for c in words) for words in strange):
                facts.append(
                    TableRow(
                        table=table.title,
                        row=label,
                        columns=columns,
                        citations=citations,
                        doubt=doubt_about(strange),
                    )
                )
            if strange:
                unread.append(
                    Unread(reason="A table's row in which no figure could be read.", citations=citations)
                )
            continue
        doubt = doubt_about(strange)
        facts.append(
            TableRow(table=table.title, row=label or group, columns=columns, citations=citations, doubt=doubt)
        )
        if doubt:
            unread.append(Unread(reason=doubt, citations=citations))
    return facts, unread
