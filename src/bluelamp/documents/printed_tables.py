"""What is the shape of a printed table: its head, what its columns are called, its title?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from bluelamp.documents.blocks import Block, BlockKind, Cell, Row, Span
from bluelamp.documents.document import Part
from bluelamp.figures.printed import PrintedValue, read_printed
from bluelamp.figures.units import unit_of
from bluelamp.lib.days import read_period

_LONGEST_TITLE = 160
_LONGEST_GROUP = 60
_HEADS_AT_MOST = 4
_SHARED_AT_MOST = 24  # columns that one head may stand over
_UNIT_LINE = re.compile(
    r"[(\[]?\s?(?:all figures (?:are )?in |figures in )?(?:£\s?['’‘]?(?:000s?|k|m|million)|%)\s?[)\]]?", re.I
)
_CAPTION = re.compile(r"(?:table|fig(?:ure)?|chart|appendix|annex)\.?\s?[\dA-Z.]*\s?[:.]?", re.IGNORECASE)
SIGNED_CLOCK = re.compile(r"(?P<sign>[+\-–−])\s?(?P<clock>\d{1,3}:\d{2})")
_MARK_APART = re.compile(r"(?P<figure>[^\s].{0,18}[\d%])\s(?P<mark>[pr])")  # "511 p": provisional, in a table
_CONTENTS = re.compile(r"(?:table of )?contents(?: page)?", re.IGNORECASE)


@dataclass(frozen=True)
class Table:
    """A table block with its head told apart. `names[n]` is what column n is called, "" where it has no head."""

    block: Block
    title: str
    heads: tuple[Row, ...]
    body: tuple[Row, ...]
    names: tuple[str, ...]
    unit: str  # of every column whose own head names none; "" where nothing does
    group: str = ""  # said in a line between this table and the one whose head it shares ("Funded by:")

    @cached_property
    def _cells(self) -> dict[int, dict[int, Cell]]:
        """Each row's cells by column: wide tables are asked for many."""
        return {id(row): cells_by_column(row) for row in self.block.rows}

    def at(self, row: Row, column: int) -> Cell | None:
        return self._cells[id(row)].get(column)

    def text(self, row: Row, column: int) -> str:
        cell = self.at(row, column)
        return cell.text.strip() if cell else ""

    def unit_at(self, column: int) -> str:
        return unit_of(self.name_at(column)) or self.unit

    def name_at(self, column: int) -> str:
        return self.names[column] if 0 <= column < len(self.names) else ""


def cells_by_column(row: Row) -> dict[int, Cell]:
    return {column: cell for cell in row.cells for column in range(cell.column, cell.column + cell.column_span)}


_KEPT = "_tables"


def tables_of(part: Part) -> tuple[Table, ...]:
    """Every table of the part, in order, under the nearest title before it.

    Kept with the document: a slice's reader and the checks ask for the same parts.
    """
    kept: dict[tuple[int, ...], tuple[Table, ...]] = part.document.__dict__.setdefault(_KEPT, {})
    blocks = tuple(map(id, part.blocks))
    if blocks not in kept:
        kept[blocks] = tuple(_tables_of(part))
    return kept[blocks]


def _tables_of(part: Part) -> Iterator[Table]:
    heading = ""
    before: list[Block] = []
    last: Table | None = None
    for block in part.blocks:
        if block.kind is BlockKind.TABLE and block.rows:
            title, unit_line = _title(before, heading)
            table = _headed_above(read_table(block, title, unit_line), unit_line, heading)
            table = _headed_before(table, last, before)
            yield table
            last, before = table, []
        else:
            if block.kind is BlockKind.HEADING or _is_section(block):
                heading = block.text
            before.append(block)
            del before[:-3]


def _headed_before(table: Table, last: Table | None, between: list[Block]) -> Table:
    """A table without a head that goes on with the last one under a group's name ("Funded by:")."""
    if last is None or table.names or len(between) != 1 or not last.names:
        return table
    words = between[0].text.strip()
    if not words.endswith(":") or len(words) > _LONGEST_GROUP or _width(table.block) != _width(last.block):
        return table
    return replace(table, title=last.title, names=last.names, unit=last.unit, group=words.rstrip(": "))


def _width(block: Block) -> int:
    return max((len(row.cells) for row in block.rows), default=0)


def _is_section(block: Block) -> bool:
    """A section's title that was read as a numbered item ("4. Summary of key points")."""
    is_numbered = block.kind is BlockKind.LIST_ITEM and block.marker.strip(" -().").isdigit()
    return is_numbered and len(block.text) <= 140 and not block.text.rstrip().endswith((".", ";", ",", ":"))


def _headed_above(table: Table, unit_line: str, heading: str) -> Table:
    """A table of two columns whose head stands in lines above it: "Slippage to 2021/22", "£'000"."""
    if table.heads or _width(table.block) != 2 or not table.unit or not _UNIT_LINE.fullmatch(unit_line.strip()):
        return table
    return replace(table, names=("", f"{table.title} {unit_line}".strip()), title=heading or table.title)


def read_table(block: Block, title: str, unit_words: str = "") -> Table:
    rows = tuple(row for row in block.rows if any(cell.text.strip() for cell in row.cells))
    count = _count_heads(rows)
    heads, body = rows[:count], rows[count:]
    corner = heads[0].text_at(0) if heads else ""
    unit = unit_of(corner) or _money(unit_words) or _money(title)
    return Table(block, title, heads, body, _names(heads), unit)


def _money(words: str) -> str:
    unit = unit_of(words)
    return unit if unit.startswith("gbp_") or _UNIT_LINE.fullmatch(words.strip()) else ""


def _title(before: list[Block], heading: str) -> tuple[str, str]:
    """The title that stands nearest above a table, and the line that names its unit, if there is one."""
    unit_line, caption = "", ""
    for block in reversed(before):
        words = block.text.strip()
        if _UNIT_LINE.fullmatch(words):
            unit_line = words
        elif block.kind is BlockKind.HEADING or _is_title(block, words):
            if _CAPTION.fullmatch(words) and not caption:
                caption = words
                continue
            return (f"{caption} {words}".strip() if caption else words), unit_line or words
        else:
            break
    return caption.rstrip(" :") or heading, unit_line or caption


def _is_title(block: Block, words: str) -> bool:
    """Does a paragraph stand as a title: short, and no sentence?"""
    if block.kind not in (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM) or len(words) > _LONGEST_TITLE:
        return False
    return bool(_CAPTION.match(words)) or block.strong or not words.rstrip().endswith((".", ";", ":", ","))


def is_contents(table: Table) -> bool:
    """A table of contents has titles and page numbers, and no figures."""
    if _CONTENTS.fullmatch(table.title.strip()):
        return True
    if table.heads or not table.body:
        return False
    pages = [row.cells[-1].text for row in table.body]
    if not all(page.isdigit() for page in pages) or len(pages) < 4:
        return False
    numbers = [int(page) for page in pages]
    return numbers == sorted(numbers) and numbers[-1] < 1000


# -- the head ---------------------------------------------------------------------------------------------


def _count_heads(rows: tuple[Row, ...]) -> int:
    """How many rows at the top are head. What the reader of the file marked as head is believed."""
    marked = 0
    while marked < len(rows) and rows[marked].is_head and _names_columns(rows[marked]):
        marked += 1
    count = marked or (1 if len(rows) > 1 and _is_first_head(rows[0], rows[1:]) else 0)
    while 0 < count < min(_HEADS_AT_MOST, len(rows) - 1) and _goes_on_with_head(rows[count], rows[count - 1]):
        count += 1
    return count


def _names_columns(row: Row) -> bool:
    """A head names at least one column besides the first; "Estates" over figures is a group's name."""
    return any(cell.text.strip() and cell.column + cell.column_span > 1 for cell in row.cells)


def _is_first_head(row: Row, rest: tuple[Row, ...]) -> bool:
    cells = [cell for cell in row.cells if cell.text]
    if any(_is_figure(cell.text) for cell in cells):
        return False
    if len(cells) == 1 and len(row.cells) > 1:
        return unit_of(cells[0].text) != "" or any(_is_figure(c.text) for c in rest[0].cells) is False
    return any(_is_figure(cell.text) for other in rest for cell in other.cells)


def _goes_on_with_head(row: Row, above: Row) -> bool:
    """A further row of the head: no figures; nothing in its first cell, or names under shared heads.

    A cell that reaches down from the row above is that row's.
    """
    reaching = {(cell.column, cell.spans) for cell in above.cells}
    cells = [cell for cell in row.cells if cell.text and (cell.column, cell.spans) not in reaching]
    if not cells or any(_is_figure(cell.text) for cell in cells):
        return False
    if cells[0].column > 0:
        return True
    is_open = not above.cells or not above.cells[0].text
    return is_open and len(cells) > 1 and 2 * len(cells) > len(row.cells)


def _is_figure(text: str) -> bool:
    """A printed number, and not a head's period ("2020/21", "2021") or sign ("%")."""
    if read_period(text) is not None:
        return False
    value = read_printed(text)
    return value is not None and any(character.isdigit() for character in text)


def _names(heads: tuple[Row, ...]) -> tuple[str, ...]:
    width = max((cell.column + cell.column_span for row in heads for cell in row.cells), default=0)
    columns: list[list[str]] = [[] for _ in range(width)]
    texts = [{column: cell.text for column, cell in cells_by_column(row).items()} for row in heads]
    for number, row in enumerate(texts):
        below = texts[number + 1] if number + 1 < len(texts) else {}
        for column in range(width):
            text = row.get(column) or _shared_head(row, below, column)
            if text and (not columns[column] or columns[column][-1] != text):
                columns[column].append(text)
    return tuple(" ".join(names) for names in columns)


def _shared_head(row: dict[int, str], below: dict[int, str], column: int) -> str:
    """An empty head cell under which something stands shares the words to its left."""
    if not below.get(column):
        return ""
    for left in range(column - 1, max(0, column - _SHARED_AT_MOST), -1):
        if not below.get(left):
            return ""
        if row.get(left):
            return row[left]
    return ""


# -- cells ------------------------------------------------------------------------------------------------


def row_spans(row: Row) -> tuple[Span, ...]:
    return tuple(span for cell in row.cells for span in cell.spans)


def read_cell(cell: Cell | None, unit: str) -> PrintedValue | None:
    """A cell's number; a figure that cannot be read is kept as printed, without an interval."""
    return read_cell_words(cell.text, unit) if cell is not None else None


def read_cell_words(text: str, unit: str) -> PrintedValue | None:
    """The number that a cell with these words prints."""
    if not text.strip():
        return None
    value = read_printed(text, unit=unit)
    if value is None and (marked := _MARK_APART.fullmatch(text.strip())):
        value = read_printed(f"{marked['figure']} ({marked['mark']})", unit=unit)
        value = value and replace(value, printed=" ".join(text.split()))
    if value is None and SIGNED_CLOCK.fullmatch(text.strip()):
        return _as_printed(text)  # minutes and seconds, or hours and minutes: the indicator's name may say
    if value is None and unit.startswith("gbp_") and read_period(text) is None:
        value = read_printed(text.replace("£", ""), unit=unit)
    return value


def as_printed(cell: Cell) -> PrintedValue:
    """What stands in a column of figures and is none that can be read ("6 sergeants and 72 constables")."""
    return _as_printed(cell.text)


def _as_printed(text: str) -> PrintedValue:
    return PrintedValue(printed=" ".join(text.split()))


def with_flags(value: PrintedValue, *flags: str) -> PrintedValue:
    return replace(value, flags=(*value.flags, *(flag for flag in flags if flag not in value.flags)))
