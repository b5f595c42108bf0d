"""How does a template look in Excel, so that its rows can be sorted and moved and still be read back?

Each section is an Excel table: its rows are sorted as a whole, hidden column included, and cells in it cannot be
merged. Every cell is typed as words, so that nothing in it can act as a formula.
"""

from __future__ import annotations

import io
from typing import Any

import xlsxwriter

from bluelamp.assurance.template_mark import make_mark, make_name, make_template_number, show_number
from bluelamp.assurance.template_model import (
    HEADS,
    Choices,
    Column,
    Section,
    TemplateItem,
    TemplateOrder,
    deadline_line,
    instructions,
    make_sections,
    previous_answer,
)
from bluelamp.assurance.template_word import columns_of
from bluelamp.documents.readers.office_package import clean
from bluelamp.lib.calendar_days import say_day

HIDDEN_SHEET = "bluelamp"
MARK_HEAD = "Mark"
LONGEST_CELL = 32_767  # what a cell of Excel holds
_HEAD_AT = 4  # rows over the table: title, summary, two lines of instructions
_WIDTHS = {  # characters
    Column.MARK: 5,
    Column.REF: 17,
    Column.PAGE: 10,
    Column.WORDS: 48,
    Column.OWNER: 19,
    Column.RESPONSE: 15,
    Column.DELIVERY: 15,
    Column.ACTION: 48,
    Column.TARGET: 16,
    Column.EVIDENCE: 24,
    Column.PREVIOUS: 32,
}
_LINE = 13.5  # points
_FEWEST_LINES, _MOST_LINES = 6, 30  # Excel's highest row is 409 points
_MOST_ROWS_CHOSEN = 1_000  # how far below the last row choices are offered, for rows that people add


def make_excel(order: TemplateOrder, key: bytes) -> bytes:
    """The template as a .xlsx; the same bytes for the same order and key."""
    buffer = io.BytesIO()
    never = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(buffer, {"in_memory": True, **never}) as book:
        made = order.made.replace(tzinfo=None)
        book.set_properties({"created": made, "title": clean(order.title), "author": "Bluelamp"})
        _ExcelTemplate(book, order, key).build()
    return buffer.getvalue()


class _ExcelTemplate:
    def __init__(self, book: Any, order: TemplateOrder, key: bytes) -> None:
        self._book = book
        self._order = order
        self._key = key
        self._number = make_template_number(order, key)
        self._columns = (Column.MARK, *columns_of(order))
        font = {"valign": "top"}
        self._plain = book.add_format({**font, "text_wrap": True, "border": 1, "border_color": "#B1B4B6"})
        self._head = book.add_format(
            {
                **font,
                "text_wrap": True,
                "bold": True,
                "bg_color": "#F3F2F1",
                "border": 1,
                "border_color": "#B1B4B6",
            }
        )
        self._day = book.add_format(
            {**font, "num_format": "d mmmm yyyy", "border": 1, "border_color": "#B1B4B6", "align": "left"}
        )
        self._line = book.add_format({**font})
        self._title = book.add_format({**font, "bold": True, "font_size": 14})

    def build(self) -> None:
        sections = make_sections(self._order.items)
        names = _sheet_names(sections)
        for at, (section, name) in enumerate(zip(sections, names, strict=True)):
            self._add_sheet(section, name, at)
        self._add_hidden_sheet()

    def _add_sheet(self, section: Section, name: str, at: int) -> None:
        sheet = self._book.add_worksheet(name)
        self._set_up_page(sheet)
        first, second = instructions(self._order)
        summary = f"{self._order.marking}. As the register stood on {say_day(self._order.as_of)}."
        sheet.write_string(0, 1, clean(f"{self._order.title}: {section.name}"), self._title)
        for row, line in enumerate((summary, first, second), 1):
            sheet.write_string(row, 1, clean(line), self._line)
        heads = {Column.MARK: MARK_HEAD, **HEADS[self._order.layout]}
        last = _HEAD_AT + len(section.items)
        sheet.add_table(
            _HEAD_AT,
            0,
            last,
            len(self._columns) - 1,
            {
                "name": f"Points{at + 1}",
                "style": None,
                "columns": [{"header": heads[each], "header_format": self._head} for each in self._columns],
            },
        )
        for row, item in enumerate(section.items, _HEAD_AT + 1):
            self._write_row(sheet, row, item)
            defined = make_name(item, self._number, self._key)
            if defined:
                self._book.define_name(defined, f"='{name.replace(chr(39), chr(39) * 2)}'!$B${row + 1}")
        self._offer_choices(sheet, last + _MOST_ROWS_CHOSEN)

    def _set_up_page(self, sheet: Any) -> None:
        for column, kind in enumerate(self._columns):
            options = {"hidden": True} if kind is Column.MARK else {}
            sheet.set_column(column, column, _WIDTHS[kind], None, options)
        sheet.freeze_panes(_HEAD_AT + 1, 2)
        sheet.set_landscape()
        sheet.set_paper(9)  # A4
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(_HEAD_AT)
        marking = self._order.marking.replace("&", "&&")
        where = instructions(self._order)[1].replace("&", "&&")[:120]
        number = f"Template {show_number(self._number)}, as of {say_day(self._order.as_of)}"
        sheet.set_header(f"&C&B{marking}")
        sheet.set_footer(f"&L{number}&C&B{marking}&R{where} Page &P of &N")

    def _write_row(self, sheet: Any, row: int, item: TemplateItem) -> None:
        # Given, because LibreOffice 7.4 and previews do not work out the height of wrapped words.
        lines = max(_count_lines(self._said(kind, item), _WIDTHS[kind]) for kind in self._columns[1:])
        sheet.set_row(row, _LINE * min(max(lines, _FEWEST_LINES), _MOST_LINES))
        for column, kind in enumerate(self._columns):
            words = self._said(kind, item)
            if words:
                sheet.write_string(row, column, words[:LONGEST_CELL], self._plain)
            else:
                sheet.write_blank(row, column, None, self._day if kind is Column.TARGET else self._plain)

    def _said(self, kind: Column, item: TemplateItem) -> str:
        match kind:
            case Column.MARK:
                return str(make_mark(item, self._number, self._key))
            case Column.REF:
                return _lines(item.source_number, item.reference)
            case Column.PAGE:
                return _lines(item.page_ref)
            case Column.WORDS:
                notes = item.notes_shown if self._order.with_office_notes else ()
                return _lines(item.words, *item.parts, *notes)
            case Column.OWNER:
                return _lines(item.owner or "Unallocated", deadline_line(item))
            case Column.PREVIOUS:
                return _lines(previous_answer(item))
        return ""

    def _offer_choices(self, sheet: Any, last: int) -> None:
        for at, kind in enumerate((Column.RESPONSE, Column.DELIVERY)):
            names = self._order.choices.of(kind)
            if kind not in self._columns or not names:
                continue
            column, letter = self._columns.index(kind), "HI"[at]
            sheet.data_validation(
                _HEAD_AT + 1,
                column,
                last,
                column,
                {
                    "validate": "list",
                    "source": f"={HIDDEN_SHEET}!${letter}$2:${letter}${len(names) + 1}",
                    "error_type": "information",
                    "error_title": "Another word",
                    "error_message": "Words of the list will be understood; any other go to a person.",
                },
            )

    def _add_hidden_sheet(self) -> None:
        """What went out, for a file whose marks were lost; and the words to choose from."""
        sheet = self._book.add_worksheet(HIDDEN_SHEET)
        sheet.very_hidden()
        sheet.write_string(0, 0, f"Template {show_number(self._number)}")
        for row, item in enumerate(self._order.items, 1):
            mark = str(make_mark(item, self._number, self._key))
            for column, words in enumerate((item.reference, item.source_number, item.page_ref, mark)):
                sheet.write_string(row, column, clean(words))
        _write_choices(sheet, self._order.choices)


def _write_choices(sheet: Any, choices: Choices) -> None:
    for column, (head, names) in enumerate((("Response", choices.response), ("Delivery", choices.delivery)), 7):
        sheet.write_string(0, column, head)
        for row, choice in enumerate(names, 1):
            sheet.write_string(row, column, clean(choice.name))


def _lines(*words: str) -> str:
    return "\n".join(clean(each).strip() for each in words if each)


def _count_lines(words: str, width: int) -> int:
    """About how many lines the words take in a column so many characters wide."""
    return sum(-(-len(line) // max(width - 3, 1)) or 1 for line in words.split("\n"))


_NEVER_IN_A_NAME = str.maketrans("[]:*?/\\", "       ")
_LONGEST_NAME = 31


def _sheet_names(sections: tuple[Section, ...]) -> list[str]:
    """A name for each sheet: short enough, without what Excel forbids, none twice."""
    names: list[str] = []
    for section in sections:
        plain = " ".join(clean(section.name).translate(_NEVER_IN_A_NAME).split()).strip("'") or "Points"
        name, number = plain[:_LONGEST_NAME], 2
        while name.casefold() in {each.casefold() for each in [*names, HIDDEN_SHEET, "History"]}:
            name, number = f"{plain[: _LONGEST_NAME - 4]} {number}", number + 1
        names.append(name)
    return names
