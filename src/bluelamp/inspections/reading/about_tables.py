"""Which rows and columns of a report's tables are a force's, and what do they print?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from bluelamp.documents.blocks import Cell, Row
from bluelamp.documents.facts import NamedValue
from bluelamp.figures.printed import PrintedValue, read_printed
from bluelamp.figures.units import unit_of
from bluelamp.inspections.reading.about_exclusion_words import is_cell_without_data
from bluelamp.inspections.reading.about_exclusions import says_exclusion
from bluelamp.inspections.reading.about_lists import is_only_names, listed_with
from bluelamp.inspections.reading.about_names import Name, Naming

_WIDEST = 256
_PROSE_WORDS = 30
_MOST_ROWS = 200  # of a column that is cited cell by cell


@dataclass(frozen=True)
class TableEntry:
    """A row, or a column, that names the force. `cells` are what is cited, in reading order."""

    cells: tuple[Cell, ...]
    name: Name
    listed_with: tuple[str, ...] = ()
    columns: tuple[NamedValue, ...] = ()
    without_data: bool = False

    @property
    def text(self) -> str:
        return " ".join(cell.text for cell in self.cells if cell.text)


@dataclass
class TableReading:
    entries: list[TableEntry] = field(default_factory=list)
    prose: list[Cell] = field(default_factory=list)  # cells of sentences that name the force among others' rows


def read_table(rows: Sequence[Row], naming: Naming, title: str) -> TableReading:
    """The entries of one table. Cells of prose that name the force are left to be read as sentences."""
    found = TableReading()
    if max((len(row.cells) for row in rows), default=0) > _WIDEST:
        return found
    heads = _head_rows(rows)
    names = _column_names(heads)
    if _holds_lists(rows[len(heads) :], naming):
        found.entries.extend(_read_lists(rows[len(heads) :], heads, naming))
        return found
    for cell in (cell for row in heads for cell in row.cells):
        if entry := _read_column(rows, len(heads), cell, naming):
            found.entries.append(entry)
    for row in rows[len(heads) :]:
        _read_row(row, names, title, naming, found)
    return found


def _head_rows(rows: Sequence[Row]) -> list[Row]:
    """The rows marked as head; else the first, where it prints no figure and what follows does."""
    marked = 0
    while marked < len(rows) and rows[marked].is_head:
        marked += 1
    if marked:
        return list(rows[:marked]) if marked < len(rows) else list(rows[:1])
    if len(rows) > 1 and not _prints_figures(rows[0]) and (_prints_figures(rows[1]) or len(rows) > 2):
        return [rows[0]]
    return []


def _prints_figures(row: Row) -> bool:
    return any(any(letter.isdigit() for letter in cell.text) for cell in row.cells[1:])


def _column_names(heads: Sequence[Row]) -> dict[int, str]:
    names: dict[int, list[str]] = {}
    for row in heads:
        for cell in row.cells:
            for column in range(cell.column, min(_WIDEST, cell.column + cell.column_span)):
                if cell.text and cell.text not in names.setdefault(column, []):
                    names[column].append(cell.text)
    return {column: " ".join(words) for column, words in names.items()}


def _holds_lists(rows: Sequence[Row], naming: Naming) -> bool:
    """Are the columns lists of forces, each under what its head says of them, so that a row means nothing?"""
    cells = [cell for row in rows for cell in row.cells if cell.text]
    several = len({cell.column for cell in cells}) > 1
    return several and all(is_only_names(cell.text, naming.find_all(cell.text)) for cell in cells)


def _read_lists(rows: Sequence[Row], heads: Sequence[Row], naming: Naming) -> Iterator[TableEntry]:
    for cell in (cell for row in rows for cell in row.cells):
        own = next((name for name in naming.find(cell.text) if name.code == naming.own.code), None)
        if own is None:
            continue
        above = [head.cell_at(cell.column) for head in heads]
        words = [head for head in above if head and head.text]
        column = (row.cell_at(cell.column) for row in rows)
        listed = dict.fromkeys(name.code for each in column if each for name in naming.find_all(each.text))
        yield TableEntry(
            cells=(*words, cell),
            name=own,
            listed_with=tuple(code for code in listed if code != own.code),
            without_data=any(says_exclusion(head.text, of_figure=True) for head in words),
        )


def _read_row(row: Row, names: dict[int, str], title: str, naming: Naming, found: TableReading) -> None:
    cells = [cell for cell in row.cells if cell.text]
    for cell in cells:
        named = naming.find(cell.text)
        own = next((name for name in named if name.code == naming.own.code), None)
        if own is None:
            continue
        label = is_only_names(cell.text, named)
        if not label and cell.column > 0 and len(cell.text.split()) > _PROSE_WORDS:
            found.prose.append(cell)
            continue
        values = [other for other in cells if other is not cell]
        found.entries.append(
            TableEntry(
                cells=tuple(cells),
                name=own,
                listed_with=listed_with(cell.text, named, naming.own.code),
                columns=tuple(_value(other, names.get(other.column, ""), title) for other in values),
                without_data=label and bool(values) and all(is_cell_without_data(other.text) for other in values),
            )
        )
        return


def _read_column(rows: Sequence[Row], heads: int, head: Cell, naming: Naming) -> TableEntry | None:
    """A table with the forces across its top: the force's column, a value from each row."""
    named = naming.find(head.text) if head.column else []
    own = next((name for name in named if name.code == naming.own.code), None)
    if own is None or not is_only_names(head.text, named):
        return None
    cells, columns = [head], []
    for label, cell in _column(rows[heads:], head.column):
        cells += [each for each in (label, cell) if each.text]
        columns.append(_value(cell, label.text, ""))
    values = tuple(columns)
    without = bool(values) and all(is_cell_without_data(value.value.printed) for value in values)
    return TableEntry(
        tuple(cells), own, listed_with(head.text, named, naming.own.code), values, without_data=without
    )


def _column(rows: Sequence[Row], column: int) -> Iterator[tuple[Cell, Cell]]:
    for row in rows[:_MOST_ROWS]:
        cell = row.cell_at(column)
        if cell and cell.text and row.cells and cell is not row.cells[0]:
            yield row.cells[0], cell


def _value(cell: Cell, name: str, title: str) -> NamedValue:
    """The cell as a printed value; one that prints no number is kept as printed."""
    printed = " ".join(cell.text.split())
    value = read_printed(printed, unit=unit_of(name) or unit_of(title) if _is_figure(printed) else "")
    return NamedValue(name=name, value=value or PrintedValue(printed=printed))


def _is_figure(words: str) -> bool:
    return any(letter.isdigit() for letter in words)
