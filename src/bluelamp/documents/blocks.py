"""What is a read document made of? Pages, and in them blocks of the normalised text."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

Span = tuple[int, int]
"""Start and end offset in `Document.text`; the end is exclusive."""

Box = tuple[float, float, float, float]
"""Left, top, right, bottom in points from the page's top left corner."""


class BlockKind(StrEnum):
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST_ITEM = "list_item"
    TABLE = "table"
    FOOTNOTE = "footnote"
    CONTENTS = "contents"  # a line of a table of contents: a title and its page
    RUNNING_HEAD = "running_head"  # kept aside
    PAGE_NUMBER = "page_number"  # kept aside
    REPEATED_HEAD = "repeated_head"  # a table's head printed again on the next page; kept aside


ASIDES = frozenset({BlockKind.RUNNING_HEAD, BlockKind.PAGE_NUMBER, BlockKind.REPEATED_HEAD})


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell. `text` is folded to one line; `spans` are empty for an empty cell."""

    text: str = ""
    spans: tuple[Span, ...] = ()
    column: int = 0  # counted from 0
    column_span: int = 1


@dataclass(frozen=True, slots=True)
class Row:
    cells: tuple[Cell, ...]
    is_head: bool = False

    def text_at(self, column: int) -> str:
        """The folded words of the cell that covers `column`; "" where there is none."""
        cell = self.cell_at(column)
        return cell.text if cell else ""

    def cell_at(self, column: int) -> Cell | None:
        for cell in self.cells:
            if cell.column <= column < cell.column + cell.column_span:
                return cell
        return None


@dataclass(frozen=True, slots=True)
class Block:
    """A run of words that belongs together.

    `text` is folded to one line, without bullet glyph or footnote marker. `spans` cover exactly those
    words in `Document.text`, in reading order; more than one where something stands between them
    (a footnote, a page's foot). `level`: headings 1 to 6; list items 1 upwards; else 0.
    `strong`: every word is bold or the line stands alone in capitals. `marker`: the printed bullet, number or
    footnote sign. `page`: index into `Document.pages` of the first word. `strong_until`: so many characters of
    `text` from its start are bold and the rest is not (a title from which a paragraph runs on); 0 where none are.
    """

    kind: BlockKind
    text: str
    spans: tuple[Span, ...]
    page: int = 0
    level: int = 0
    strong: bool = False
    marker: str = ""
    rows: tuple[Row, ...] = field(default=())
    strong_until: int = 0


@dataclass(frozen=True, slots=True)
class Page:
    """One page: `text[start:end]`. `number` counts from 1, None where the format has no pages."""

    number: int | None
    start: int
    end: int
    printed: str | None = None  # the number printed on the page, as printed ("ii", "8")
    name: str = ""  # a sheet's or slide's name
    width: float = 0.0  # points; 0 where unknown
    height: float = 0.0
    image_only: bool = False
    unshown: tuple[str, ...] = ()  # what the file hides here and was not read: one plain sentence each
    hides_cells: bool = False  # rows or columns of a sheet, which its totals may count


def as_paragraph(table: Block, cell: Cell) -> Block:
    """The words of a cell as running text; they stand on their table's page."""
    return Block(BlockKind.PARAGRAPH, cell.text, cell.spans, page=table.page)
