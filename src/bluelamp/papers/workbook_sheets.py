"""How are a table and a paper's words written onto a sheet?"""

from __future__ import annotations

import io
import re
from dataclasses import dataclass, field
from typing import Any, Final

from bluelamp.papers.addresses import find_target
from bluelamp.papers.anchors import EXCEL_HEAD
from bluelamp.papers.columns import count_lines, natural_widths
from bluelamp.papers.model import (
    Blank,
    Bullets,
    Cell,
    Cited,
    Content,
    Facts,
    Figure,
    GroupRow,
    Number,
    NumberedList,
    Paper,
    Paragraph,
    Quote,
    Row,
    SignatureLines,
    Table,
    Tags,
    Text,
    Unknown,
)
from bluelamp.papers.outline import PlacedBlock, place, say_caption
from bluelamp.papers.pictures import draw
from bluelamp.papers.words import content_of, plain_words, say_cited
from bluelamp.papers.workbook_tables import PlacedTable, find_format, is_exact

LONGEST_CELL: Final = 32_767
"""What a cell of Excel holds, in characters of UTF-16."""
_CUT: Final = " … (cut here: a cell holds no more; the Word file has it whole)"
_LONGEST_ADDRESS, _LONGEST_NAME = 2_000, 31
_NARROWEST, _WIDEST = 9.0, 60.0
_CHARACTERS_AN_EM: Final = 2.1
_LINE: Final = 15.0  # points


class SheetNames:
    """Names of sheets: at most 31 characters, none that Excel forbids, no two the same."""

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def next(self, wanted: str) -> str:
        plain = re.sub(r"[\[\]:*?/\\']|[^\x20-\x7e\xa0-\ufffc]", " ", wanted)
        plain = " ".join(plain.split())[:_LONGEST_NAME].strip() or "Table"
        name, nth = plain, 1
        while name.lower() in self._taken or name.lower() == "history":
            nth += 1
            name = f"{plain[: _LONGEST_NAME - 5]} ({nth})"
        self._taken.add(name.lower())
        return name


@dataclass
class Looks:
    """The formats of one workbook, each made once."""

    book: Any
    _made: dict[tuple[tuple[str, Any], ...], Any] = field(default_factory=dict)

    def make(self, **properties: Any) -> Any:
        key = tuple(sorted(properties.items()))
        if key not in self._made:
            self._made[key] = self.book.add_format({"valign": "top", **properties})
        return self._made[key]

    @property
    def title(self) -> Any:
        return self.make(bold=True, font_size=14)

    @property
    def bold(self) -> Any:
        return self.make(bold=True, text_wrap=True)

    @property
    def wrapped(self) -> Any:
        return self.make(text_wrap=True)

    @property
    def link(self) -> Any:
        return self.make(text_wrap=True, font_color="#12436D", underline=1)

    def head(self, *, numeric: bool) -> Any:
        align = {"align": "right"} if numeric else {}
        return self.make(bold=True, text_wrap=True, bottom=2, **align)

    def set_up(self, sheet: Any, paper: Paper) -> None:
        """A4 on its side, as wide as the page, the marking at head and foot."""
        title = " ".join(paper.title.split())[:80].replace("&", "&&")
        sheet.set_paper(9)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.set_header(f'&C&"-,Bold"{paper.marking.value}')
        sheet.set_footer(f'&L{title}&C&"-,Bold"{paper.marking.value}&RPage &P of &N')

    def cut(self, words: Content | Cell) -> str:
        said = plain_words(words)
        units = len(said) + sum(each > "\uffff" for each in said)
        return said if units <= LONGEST_CELL else said[: LONGEST_CELL // 2] + _CUT


@dataclass
class TableSheet:
    """One table on one sheet: heads in the first row, as data are kept, so that it can be sorted and filtered."""

    sheet: Any
    looks: Looks
    paper: Paper

    def write(self, placed: PlacedTable) -> None:
        table = placed.table
        self.looks.set_up(self.sheet, self.paper)
        self._grouped = any(isinstance(row, GroupRow) for row in table.rows)
        self._anchored = any(isinstance(cell, Cell) and cell.anchor for row in _rows_of(table) for cell in row)
        heads = [f"{column.head} ({column.unit})" if column.unit else column.head for column in table.columns]
        numeric = [column.numeric for column in table.columns]
        widths = [_NARROWEST, *(min(_WIDEST, width * _CHARACTERS_AN_EM + 2) for width in natural_widths(table))]
        first = 1 if self._grouped else 0
        if self._grouped:
            heads, numeric = ["Group", *heads], [False, *numeric]
            widths[0] = 24.0
        for nth, head in enumerate(heads):
            self.sheet.write_string(0, nth, self.looks.cut(head), self.looks.head(numeric=numeric[nth]))
            self.sheet.set_column(nth, nth, max(_NARROWEST, widths[nth + 1 - first]))
        self.sheet.freeze_panes(1, first + (1 if table.row_heads else 0))
        self.sheet.repeat_rows(0)
        end = self._write_rows(table, first)
        self._write_below(placed, end)

    def _write_rows(self, table: Table, first: int) -> int:
        """The rows and totals; the row after them."""
        at, group = 1, ""
        if self._anchored:
            hidden = first + len(table.columns)
            self.sheet.write_string(0, hidden, EXCEL_HEAD)
            self.sheet.set_column(hidden, hidden, None, None, {"hidden": True})
        for row in table.rows:
            if isinstance(row, GroupRow):
                group = row.words
                continue
            if self._grouped:
                self.sheet.write_string(at, 0, self.looks.cut(group), self.looks.wrapped)
            self._write_row(table, row, at, first)
            at += 1
        if at > 1:
            self.sheet.autofilter(0, 0, at - 1, first + len(table.columns) - 1 + self._anchored)
        for row in table.totals:
            self._write_row(table, row, at, first, bold=True, top=1)
            at += 1
        return at

    def _write_row(self, table: Table, row: Row, at: int, first: int, **look: Any) -> None:
        for nth, (cell, column) in enumerate(zip(row, table.columns, strict=True)):
            own = dict(look)
            if isinstance(cell, Cell) and cell.strong:
                own["bold"] = True
            if column.numeric:
                own["align"] = "right"
            self._write_cell(at, first + nth, content_of(cell), own)
        anchors = [cell.anchor for cell in row if isinstance(cell, Cell) and cell.anchor]
        if anchors:
            self.sheet.write_string(at, first + len(table.columns), " ".join(anchors))
        blanks = [content.lines for content in map(content_of, row) if isinstance(content, Blank)]
        if blanks:
            high = [count_lines(cell, width) for cell, width in zip(row, natural_widths(table), strict=True)]
            self.sheet.set_row(at, min(409.0, _LINE * max(*blanks, *high)))

    def _write_cell(self, at: int, column: int, content: Content, look: dict[str, Any]) -> None:
        target = self._target(content)
        if target:
            look |= {"font_color": "#12436D", "underline": 1}
        match content:
            case Number() if is_exact(content):
                form = find_format(content)
                look |= {"num_format": form} if form else {}
                if target:
                    self.sheet.write_url(at, column, target, self.looks.make(**look), content.printed)
                self.sheet.write_number(at, column, float(content.value), self.looks.make(**look))
            case Blank(_, words):
                shape = self.looks.make(text_wrap=True, border=1, locked=False, **look)
                if words:
                    self.sheet.write_string(at, column, self.looks.cut(content), shape)
                else:
                    self.sheet.write_blank(at, column, None, shape)
            case _:
                look |= {"italic": True, "font_color": "#44494D"} if isinstance(content, Unknown) else {}
                shape, words = self.looks.make(text_wrap=True, **look), self.looks.cut(content)
                if target:
                    self.sheet.write_url(at, column, target, shape, "link")
                self.sheet.write_string(at, column, words, shape)

    def _target(self, content: Content) -> str:
        """Where the whole cell leads; a cell of several runs leads nowhere, since Excel links whole cells."""
        address = ""
        if isinstance(content, Number):
            address = content.address
        elif isinstance(content, tuple) and len(content) == 1 and not isinstance(content[0], Text):
            address = content[0].address
        target = find_target(address, self.paper.site)
        return target if len(target) <= _LONGEST_ADDRESS else ""

    def _write_below(self, placed: PlacedTable, at: int) -> None:
        table = placed.table
        if not table.rows:
            self.sheet.write_string(at, 0, self.looks.cut(table.empty), self.looks.make(italic=True))
            at += 1
        at += 1
        if table.note:
            self.sheet.write_string(at, 0, self.looks.cut(table.note), self.looks.make())
            at += 2
        if placed.figure:
            picture = {"image_data": io.BytesIO(draw(placed.figure.svg)), "description": placed.figure.alternative}
            self.sheet.insert_image(at, 0, "picture.png", picture)


def _rows_of(table: Table) -> list[Row]:
    return [row for row in (*table.rows, *table.totals) if not isinstance(row, GroupRow)]


# -- the words beside the tables


def write_words(sheet: Any, looks: Looks, paper: Paper) -> None:
    """Every other block in order: its section, number, reference, words and where they come from."""
    looks.set_up(sheet, paper)
    for nth, (head, width) in enumerate(
        (("Section", 30), ("Number", 9), ("Reference", 20), ("Words", 90), ("Source", 40))
    ):
        sheet.write_string(0, nth, head, looks.head(numeric=False))
        sheet.set_column(nth, nth, width)
    sheet.freeze_panes(1, 0)
    sheet.repeat_rows(0)
    at = 1
    for section in place(paper):
        heading = " ".join(filter(None, (section.heading.number, section.section.heading)))
        for placed in section.blocks:
            for number, reference, words, source in _rows_of_words(placed):
                for nth, said in enumerate((heading, number, reference, words, source)):
                    sheet.write_string(at, nth, looks.cut(said), looks.wrapped)
                at += 1


def _rows_of_words(placed: PlacedBlock) -> list[tuple[str, str, Content, str]]:
    match placed.block:
        case Paragraph(words, _, reference):
            return [(placed.number, reference, words, "")]
        case Quote(words, source, reference):
            return [("", reference, words, _say_source(source))]
        case Bullets(items):
            return [("", "", item, "") for item in items]
        case NumberedList(items):
            return [(f"{nth}.", "", item, "") for nth, item in enumerate(items, 1)]
        case Facts(pairs):
            return [("", label, content, "") for label, content in pairs]
        case Tags(tags):
            return [("", tag.fact, tag.words, "") for tag in tags]
        case Table():
            return [("", "", f"See {say_caption(placed.number, placed.block.caption)}", "")]
        case Figure(caption=caption, alternative=alternative):
            return [(placed.number, "", f"{caption}: {alternative}", "")]
        case SignatureLines(labels):
            return [("", label, "", "") for label in labels]
        case _:
            return []


def _say_source(source: Cited | None) -> str:
    return say_cited(source) if source else ""
