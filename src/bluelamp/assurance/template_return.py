"""What did somebody fill in? Each row of a returned template, with its marks, its words and its answer.

Nothing is matched to an item here, and nothing is dropped: what stands in no known place becomes a note.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from bluelamp.assurance.reading_columns import section_of_reference
from bluelamp.assurance.template_answers import NOTHING, SHARED, GivenAnswer, RowCells, read_answer
from bluelamp.assurance.template_heads import Head, find_head, read_head, section_in
from bluelamp.assurance.template_mark import (
    Mark,
    check_marks,
    drop_marks,
    find_marks,
    find_numbers,
    read_name,
)
from bluelamp.assurance.template_model import Choices, Column
from bluelamp.documents.readers.forms import Form, FormCell, FormRow, FormTable
from bluelamp.lib.text import fold

_REFERENCE = re.compile(r"\b[A-Z][A-Z0-9]{1,9}-\d{4}-[A-Z]{2,6}-\d{2,9}\b", re.I)
_OURS = re.compile(
    r"^(?:\d[\d,]{0,9} points?\b.{0,200}, as the register stood on \d|Please say under “|Return (?:to|it to) "
    r"|End of the template\.$|[A-Z-]{3,30}\. As the register stood on \d)"
)
_SUMMARY = re.compile(r"\bas the register stood on \d", re.I)


@dataclass(frozen=True, kw_only=True)
class ReturnedRow:
    place: str  # "table 2, row 14", "Recommendations!A7"
    table: int  # from 0, in the file's order
    order: int  # from 0, over the whole file
    marks: tuple[Mark, ...] = ()
    reference: str = ""  # ours, where it is in print
    number: str = ""  # whatever else stands with it: the source's own number
    page_ref: str = ""  # as returned, with whatever somebody wrote beside it
    section: str = ""
    words: str = ""
    answer: GivenAnswer = NOTHING
    owner: str = ""  # as returned: what went out, and whatever somebody wrote into it
    previous: str = ""
    notes: tuple[str, ...] = ()  # comments, other columns: for a person to read
    doubts: tuple[str, ...] = ()  # why a person should look before the answer is taken

    @property
    def has_name(self) -> bool:
        """Does it say by itself which point it is about?"""
        return bool(self.marks or self.reference or self.number or self.words or self.page_ref)


@dataclass(frozen=True, kw_only=True)
class ReturnedTemplate:
    rows: tuple[ReturnedRow, ...]
    templates: tuple[str, ...]  # the numbers of the templates it names, the most often named first
    sent: tuple[Mark, ...] = ()  # what went out, as a hidden sheet of the file says
    loose: tuple[str, ...] = ()  # words outside the tables that we did not write
    notes: tuple[str, ...] = ()

    @property
    def is_ours(self) -> bool:
        """Does any mark in it come from this workspace?"""
        return any(mark.is_ours for mark in [*self.sent, *(mark for row in self.rows for mark in row.marks)])


def read_return(form: Form, choices: Choices, key: bytes) -> ReturnedTemplate:
    """Every row that somebody may have filled in, in the order of the file."""
    reader = _ReturnReader(form, choices, key)
    sent: list[Mark] = []
    for at, table in enumerate(form.tables):
        if table.is_hidden:
            sent += reader.checked(mark for row in table.rows for mark in find_marks(_words_of(row)))
        else:
            reader.read_table(table, at)
    return ReturnedTemplate(
        rows=tuple(reader.rows),
        templates=reader.templates,
        sent=tuple(sent),
        loose=tuple(_not_ours([*form.loose, *reader.loose])),
        notes=form.notes,
    )


class _ReturnReader:
    """Reads the tables in order: a table without a head may go on with the one before."""

    def __init__(self, form: Form, choices: Choices, key: bytes) -> None:
        self.templates = _count_templates(form)
        self.rows: list[ReturnedRow] = []
        self.loose: list[str] = []
        self._choices = choices
        self._key = key
        self._head = Head()
        self._section = ""
        self._above: dict[int, FormCell] = {}

    def checked(self, marks: Iterable[Mark]) -> tuple[Mark, ...]:
        return check_marks(dict.fromkeys(marks), self.templates, self._key)

    def read_table(self, table: FormTable, at: int) -> None:
        head_at, head = find_head(table)
        self._above = {}
        if head is not None:
            self._head = head
            self._section = section_in(table.heading) or self._section or head.section
        elif not self._goes_on(table):
            self.loose += [said for row in table.rows if (said := _words_of(row).strip())]
            return
        for row in table.rows[: max(head_at, 0)]:
            said = _words_of(row).strip()
            self._section = section_in(said) or self._section
            self.loose.append(said)
        for row in table.rows[head_at + 1 :]:
            self._read_row(row, table, at)

    def _goes_on(self, table: FormTable) -> bool:
        """Is this table, which has no head, the rest of the one before, or rows that were copied here?"""
        if not self._head.columns:
            return False
        if any(find_marks(_words_of(row)) for row in table.rows):
            return True
        width = max((cell.column + cell.span for row in table.rows for cell in row.cells), default=0)
        return not table.is_sheet and width == self._head.width

    def _read_row(self, row: FormRow, table: FormTable, at: int) -> None:
        if self._head.is_repeated_by(row):
            return
        again = read_head(row)
        if again is not None and not find_marks(_words_of(row)):
            self._head = again  # offices stack their sections in one table
            return
        filled = [cell for cell in row.cells if cell.text]
        section = section_in(filled[0].text) if len(filled) == 1 and not filled[0].hidden else None
        if section:
            self._section = section
            return
        cells = self._place(row)
        place = f"{table.name}!A{row.number}" if table.is_sheet else f"{table.name}, row {row.number}"
        made = self._make_row(cells, place, at, self._marks_of(row))
        if SHARED in made.doubts and self.rows and SHARED not in self.rows[-1].doubts:
            last = self.rows[-1]
            self.rows[-1] = replace(last, doubts=(*last.doubts, SHARED))
        if made.has_name or not made.answer.is_empty or made.notes:
            self.rows.append(made)

    def _place(self, row: FormRow) -> RowCells:
        """The row's cells by what their column holds; one merged with the cell above says what that one says."""
        cells = RowCells()
        for cell in row.cells:
            shared = self._above.get(cell.column) if cell.above else None
            if not cell.above:
                self._above[cell.column] = cell
            held = self._head.column_of(cell.column, cell.span)
            cells.add(
                held, shared or cell, is_shared=shared is not None, head=self._head.printed.get(cell.column, "")
            )
        return cells

    def _marks_of(self, row: FormRow) -> tuple[Mark, ...]:
        found = list(find_marks(_words_of(row)))
        for cell in row.cells:
            found += [mark for words in cell.hidden for mark in find_marks(words)]
            found += [mark for name in cell.names if (mark := read_name(name))]
        return self.checked(found)

    def _make_row(self, cells: RowCells, place: str, table: int, marks: tuple[Mark, ...]) -> ReturnedRow:
        names = drop_marks(cells.said(Column.REF))
        found = _REFERENCE.search(names)
        number = fold(_REFERENCE.sub(" ", names)).strip(".()[] ")
        answer, doubts = read_answer(cells, self._choices)
        named = section_in(cells.said(Column.SECTION))
        return ReturnedRow(
            place=place,
            table=table,
            order=len(self.rows),
            marks=marks,
            reference=found.group().upper() if found else "",
            number=number,
            page_ref=fold(drop_marks(cells.said(Column.PAGE))),
            section=named or section_of_reference(number) or self._section,
            words=drop_marks(cells.said(Column.WORDS)).strip(),
            answer=answer,
            owner=fold(cells.said(Column.OWNER)),
            previous=fold(cells.said(Column.PREVIOUS)),
            notes=cells.notes(),
            doubts=doubts,
        )


def _words_of(row: FormRow) -> str:
    return " | ".join(cell.text for cell in row.cells if cell.text)


def _count_templates(form: Form) -> tuple[str, ...]:
    """The numbers of templates that the file names anywhere, by how often."""
    counted: Counter[str] = Counter()
    for line in (*form.loose, *form.running):
        counted.update(find_numbers(line))
    for table in form.tables:
        for row in table.rows:
            for words in (_words_of(row), *(hidden for cell in row.cells for hidden in cell.hidden)):
                counted.update(find_numbers(words))
                counted.update(mark.template for mark in find_marks(words))
    return tuple(number for number, _ in counted.most_common())


def _not_ours(lines: list[str]) -> Iterator[str]:
    """The lines that are not the title, the headings and the instructions which went out with the template."""
    for at, line in enumerate(lines):
        plain = drop_marks(line).strip()
        is_title = at + 1 < len(lines) and _SUMMARY.search(lines[at + 1])
        if plain and not is_title and not _OURS.search(plain) and section_in(plain) is None:
            yield plain
