"""What does an assurance template ask of a force, row by row?

A commissioner's office lifts every criticism out of a report into a table: reference, page, words, action taken.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from bluelamp.assurance.facts import TemplateRow
from bluelamp.assurance.reading_cards import Card, cards_of, is_labels
from bluelamp.assurance.reading_columns import (
    Columns,
    Role,
    find_columns,
    plain_words,
    section_named,
    section_of_reference,
)
from bluelamp.assurance.reading_notes import Footnotes, find_footnotes, notes_of, split_office_notes
from bluelamp.assurance.reading_pages import parse_page_reference
from bluelamp.assurance.reading_prose import read_prose
from bluelamp.documents.blocks import Block, BlockKind, Cell, Row, Span
from bluelamp.documents.document import Document, Part
from bluelamp.documents.facts import Reading, Unread
from bluelamp.documents.printed_tables import is_contents, read_table
from bluelamp.lib.text import fold
from bluelamp.performance.reading.figures import shape_of

READER = "assurance.template"
VERSION = 7

_LABELS_ONLY = "A row of labels and what each labels was not read as an item."
_LOOK_BACK = 4  # a section's heading stands directly over its table, at most with a sentence between
_LONGEST_NAME = 6  # words of a column's name in a table of figures
_HEAD_ROWS = 8  # a sheet may open with a title and a date before its head
# A template of ours prints our reference under the source's number, which is the row's own.
_OUR_REFERENCE = re.compile(r"(?<=\S)\s{1,3}[A-Z][A-Z0-9]{1,9}-\d{4}-[A-Z]{2,6}-\d{2,9}$")
_FINISHED = re.compile(r"[.!?:;)”\"’']\s*$")
_REF = re.compile(
    r"^(?:(?:[A-Za-z]{1,8}[.\-/]){0,3}[A-Za-z]{0,8}[ .\-/]{0,2}\d{1,4}(?:[.\-/]\d{1,4}){0,2}[a-z]?[.)]?"
    r"|\(?(?:[A-Za-z]|[ivx]{1,5})[.)]{0,2})$"
)

_BETWEEN = {Role.OWNER: "; ", Role.DUE: "; ", Role.STATUS: "; "}
"""What stands between two columns of a role: a due date and a revised one are two."""


@dataclass
class _Line:
    """A row being gathered: the words of each role, and where they stand."""

    section: str
    doubt: str = ""
    has_names: bool = False  # the table has a column for references
    words: dict[Role, list[str]] = field(default_factory=dict)
    goes_on: bool = False  # what is added now is the rest of cells that were begun
    band: str = ""  # the words across the table that it stands under
    remarks: list[str] = field(default_factory=list)  # each behind the head of its column
    spans: list[Span] = field(default_factory=list)

    def add(self, role: Role, cell: Cell) -> None:
        if cell.text:
            said = self.words.setdefault(role, [])
            if self.goes_on and said:
                said[-1] = f"{said[-1]} {cell.text}"
            else:
                said.append(cell.text)
            self.spans.extend(cell.spans)

    def said(self, role: Role) -> str:
        return fold(_BETWEEN.get(role, " ").join(self.words.get(role, [])))


@dataclass
class _Sheet:
    """What is known while the tables of one document are read, top to bottom."""

    columns: Columns | None = None
    section: str = ""
    section_is_fresh: bool = False  # the row before named it
    band: str = ""  # what stood across the table last: which report, which theme
    lines: list[_Line] = field(default_factory=list)
    unread: list[Unread] = field(default_factory=list)
    others: list[Block] = field(default_factory=list)  # tables that are no template's


def read_template(part: Part) -> Reading:
    """Every row of every table that has a template's head, and every item answered in prose beside them."""
    return _read(part, whole=True)


def read_response(part: Part) -> Reading:
    """The same of a letter or a paper that answers a report. Its other tables are for other readers."""
    return _read(part, whole=False)


def tables_left(part: Part) -> tuple[Block, ...]:
    """The tables of a paper that `read_template` leaves to other readers: one paper may hold several kinds."""
    return tuple(_gather(part, whole=True).others)


def _gather(part: Part, *, whole: bool) -> _Sheet:
    sheet = _Sheet()
    for index, block in enumerate(part.blocks):
        if block.kind is BlockKind.TABLE and (whole or is_template_table(block)):
            heading = _heading_over(part.blocks, index) or _sheet_named(part.document, block)
            _read_table(part.document, block, heading, sheet)
    return sheet


def _read(part: Part, *, whole: bool) -> Reading:
    sheet = _gather(part, whole=whole)
    footnotes = find_footnotes((*part.blocks, *part.document.asides))
    made = [_make_row(part.document, line, footnotes, sheet.unread) for line in sheet.lines]
    rows = [row for row in made if row]
    said = {fold(row.text) for row in rows}
    rows += [row for row in read_prose(part) if fold(row.text) not in said]
    return Reading(reader=READER, version=VERSION, facts=tuple(rows), unread=tuple(sheet.unread))


def is_template_table(block: Block) -> bool:
    """A table with a template's head of its own, or of cards."""
    if block.kind is not BlockKind.TABLE:
        return False
    return bool(cards_of(block)) or any(find_columns(row) for row in block.rows[:_HEAD_ROWS])


def _heading_over(blocks: tuple[Block, ...], index: int) -> str:
    """The section that the words directly over a table name; "" where they name none."""
    seen = 0
    for block in reversed(blocks[:index]):
        if block.kind in {BlockKind.FOOTNOTE, BlockKind.CONTENTS}:
            continue
        if block.kind is BlockKind.TABLE or seen == _LOOK_BACK:
            return ""
        seen += 1
        section = None if block.text.rstrip().endswith(".") else section_named(block.text)
        if section:
            return section
    return ""


def _sheet_named(document: Document, block: Block) -> str:
    """The section that a workbook's sheet is named after."""
    name = document.page_at(block.spans[0][0]).name if block.spans else ""
    return section_named(name) or ""


def _read_table(document: Document, block: Block, heading: str, sheet: _Sheet) -> None:
    if cards := cards_of(block):
        _read_cards(document, cards, heading, sheet)
        return
    head_at, columns = _find_head(block, sheet)
    if columns is None:
        sheet.others.append(block)
        if len(block.rows) > 1 and not _holds_figures(block):
            sheet.unread.append(
                Unread(reason="A table without a template's head was not read.", citations=document.cite(block))
            )
        return
    _open_section(block, head_at, columns, heading, sheet)
    _report_left_out(document, block, head_at, columns, sheet)
    sheet.columns = columns
    sheet.band = sheet.band if head_at < 0 else ""
    for row in block.rows[head_at + 1 :]:
        if is_labels(row):
            spans = [span for cell in row.cells for span in cell.spans]
            sheet.unread.append(Unread(reason=_LABELS_ONLY, citations=document.cite(spans)))
        else:
            _read_row(row, sheet)


def _read_cards(document: Document, cards: tuple[Card, ...], heading: str, sheet: _Sheet) -> None:
    for card in cards:
        own = _own_section(card.columns)
        named = own if own != "issue_of_concern" else ""
        section = named or card.section or heading or own or "issue_of_concern"
        sheet.lines.extend(_lines_of(card.row, card.columns, section))
    first = cards[0]
    left_out = {first.columns.heads[column] for column in first.columns.of(Role.OTHER)}
    if left_out:
        spans = [span for cell in first.row.cells for span in cell.spans]
        sheet.unread.append(Unread(reason=_say_left_out(sorted(left_out)), citations=document.cite(spans)))


def _say_left_out(heads: list[str]) -> str:
    return f"These columns are not part of a template row and were left out: {', '.join(heads)}."


def _find_head(block: Block, sheet: _Sheet) -> tuple[int, Columns | None]:
    for at, row in enumerate(block.rows[:_HEAD_ROWS]):
        columns = find_columns(row)
        if columns:
            return at, columns
    if _has_head_over_figures(block):
        return -1, None
    known = sheet.columns
    width = max((cell.column + cell.column_span for row in block.rows for cell in row.cells), default=0)
    return -1, known if known and width in {known.width, known.width + 1} else None


def _holds_figures(block: Block) -> bool:
    """A table that the reader of figures takes or tells of."""
    table = read_table(block, "")
    return bool(shape_of(table).figures) and not is_contents(table)


def _has_head_over_figures(block: Block) -> bool:
    """Short names over columns of figures are another table's head, not the first row of one that goes on."""
    table = read_table(block, "")
    named = [cell.text for row in table.heads for cell in row.cells if cell.text]
    short = all(len(words.split()) <= _LONGEST_NAME and not words.rstrip().endswith(".") for words in named)
    return len(named) > 1 and short and bool(shape_of(table).figures)


def _open_section(block: Block, head_at: int, columns: Columns, heading: str, sheet: _Sheet) -> None:
    """A heading over the table, or a row over its head, names the section; else the text column's own head."""
    over = next(
        (s for row in reversed(block.rows[: max(head_at, 0)]) if (s := _section_row(row))),
        heading,
    )
    own = _own_section(columns)
    if own and own != "issue_of_concern" and head_at >= 0:
        sheet.section = own  # "HMICFRS recommendation" over the words themselves says more than a heading
    elif over:
        sheet.section = over
    elif head_at >= 0 and not (sheet.columns and columns.heads == sheet.columns.heads):
        sheet.section = own or "issue_of_concern"


def _own_section(columns: Columns) -> str:
    """The section that the head of the text column names, or else that of the references, where only one is."""
    for role in (Role.TEXT, Role.REF):
        named = {section for column in columns.of(role) if (section := columns.section(column))}
        if named:
            return named.pop() if len(named) == 1 else ""
    return ""


def _report_left_out(document: Document, block: Block, head_at: int, columns: Columns, sheet: _Sheet) -> None:
    left_out = [columns.heads[column] for column in columns.of(Role.OTHER)]
    if left_out and head_at >= 0:
        spans = [span for cell in block.rows[head_at].cells for span in cell.spans]
        sheet.unread.append(Unread(reason=_say_left_out(left_out), citations=document.cite(spans)))


def _section_row(row: Row) -> str | None:
    """The section that a row of one cell names."""
    filled = {cell.text for cell in row.cells if cell.text}
    return section_named(next(iter(filled))) if len(filled) == 1 else None


def _read_row(row: Row, sheet: _Sheet) -> None:
    columns = sheet.columns
    filled = [cell for cell in row.cells if cell.text]
    if columns is None or not filled or columns.is_repeated_by(row):
        return
    again = find_columns(row)
    if again:  # a second head inside one table: offices stack their sections
        own = _own_section(again)
        sheet.section = sheet.section if sheet.section_is_fresh else own or sheet.section
        sheet.columns = again
        return
    section = _section_row(row)
    sheet.section_is_fresh = bool(section)
    if section:
        sheet.section = section
        return
    if band := _band(row, columns, sheet):
        sheet.band = band
        return
    if _continues(row, columns, sheet):
        sheet.lines[-1].goes_on = True
        _add_cells(row, columns, sheet.lines[-1])
        return
    if _is_broken_cell(row, columns, sheet):
        _mend(row, sheet.lines[-1])
        return
    lines = list(_lines_of(row, columns, sheet.section))
    for line in lines:
        line.band = sheet.band
    sheet.lines.extend(lines)


def _band(row: Row, columns: Columns, sheet: _Sheet) -> str:
    """Words across the table, which say what the rows under them are of; "" for a row of one."""
    filled = [cell for cell in row.cells if cell.text]
    first = filled[0]
    alone = len({cell.spans for cell in filled}) == 1 and first.column == 0
    across = first.column_span > 1 or len(filled) > 1 or len(row.cells) == 1
    named = columns.roles.get(0) in {Role.REF, Role.PAGE, None} and not _REF.match(first.text)
    words = first.text.split()
    short = 1 <= len(words) <= _LONGEST_BAND and not first.text.rstrip().endswith(".") and first.text[:1].isupper()
    return fold(first.text) if alone and short and (across or named) and any(map(str.isalpha, first.text)) else ""


_LONGEST_BAND = 14  # words


def _continues(row: Row, columns: Columns, sheet: _Sheet) -> bool:
    """Is this the rest of the row above: no reference, no page, and words that go on?"""
    names = columns.of(Role.REF) + columns.of(Role.PAGE)
    if not sheet.lines or not names or any(row.text_at(column) for column in names):
        return False
    words = fold(" ".join(row.text_at(column) for column in columns.of(Role.TEXT)))
    if not words:
        return True
    return words[0].islower() or not _FINISHED.search(sheet.lines[-1].said(Role.TEXT))


def _is_broken_cell(row: Row, columns: Columns, sheet: _Sheet) -> bool:
    """Does a line begin in the middle of a cell? Its first cell is no reference but goes on with a sentence."""
    first = row.cell_at(0)
    if not sheet.lines or first is None or columns.roles.get(0) is not Role.REF or _REF.match(first.text):
        return False
    return len(first.text.split()) > 1 and first.text[:1].islower()


def _mend(row: Row, line: _Line) -> None:
    """The first cell goes on with the role that was said last; the next begins the role after it."""
    role = Role.ACTION if line.words.get(Role.ACTION) else Role.TEXT
    for cell in row.cells:
        line.add(role, cell)
        role = Role.ACTION


def _lines_of(row: Row, columns: Columns, section: str) -> Iterator[_Line]:
    """One line; or one for each text column whose head names its own section ("Concern", "Recommendation")."""
    named = {column: columns.section(column) for column in columns.of(Role.TEXT)}
    sections = {held for column, held in named.items() if held and row.text_at(column)}
    if len(sections) < 2:
        line = _Line(section)
        _add_cells(row, columns, line)
        line.section = section_of_reference(line.said(Role.REF)) or line.section
        yield line
        return
    last = max(column for column in named if row.text_at(column))
    for column, held in named.items():
        if row.text_at(column):
            line = _Line(held or section)
            wanted = {column, *columns.of(Role.REF), *columns.of(Role.PAGE)}
            if column == last:
                wanted |= {at for role in _OF_ANSWER for at in columns.of(role)}
            _add_cells(row, columns, line, wanted)
            yield line


_OF_ANSWER = (Role.ACTION, Role.REMARK, Role.OWNER, Role.DUE, Role.STATUS)


def _add_cells(row: Row, columns: Columns, line: _Line, wanted: set[int] | None = None) -> None:
    seen: set[int] = set()
    line.has_names = bool(columns.of(Role.REF))
    for column, role in sorted(columns.roles.items()):
        cell = row.cell_at(column)
        if cell is None or role is Role.OTHER or cell.column in seen:
            continue
        if wanted is not None and column not in wanted:
            continue
        seen.add(cell.column)
        if role is Role.REMARK and cell.text:
            line.remarks.append(f"{fold(columns.heads[column])}: {fold(cell.text)}")
            line.spans.extend(cell.spans)
        else:
            line.add(role, cell)
    printed = line.said(Role.SECTION)
    if printed:
        section = section_named(printed)
        line.section = section or line.section
        line.doubt = "" if section else f"“{printed}” is no section that this reader knows."


def _make_row(document: Document, line: _Line, footnotes: Footnotes, unread: list[Unread]) -> TemplateRow | None:
    text, ref, page_ref = line.said(Role.TEXT), line.said(Role.REF), line.said(Role.PAGE)
    ref = _OUR_REFERENCE.sub("", ref)
    citations = document.cite(sorted(line.spans))
    if not plain_words(text):
        if citations and plain_words(" ".join(c.quote for c in citations)):
            unread.append(Unread(reason="A row of the template has no words of its own.", citations=citations))
        return None
    notes = notes_of(document, line.spans, footnotes)
    if notes.missing:
        signs = ", ".join(notes.missing)
        unread.append(Unread(reason=f"No footnote was found for the sign {signs}.", citations=citations))
    doubt = line.doubt
    if not ref and not page_ref and line.has_names:
        doubt = doubt or "No reference is printed beside this row."
    if ref and not _REF.match(ref) and not section_of_reference(ref):
        doubt = doubt or f"“{ref}” does not look like a reference."
    text, remarks = split_office_notes(text)
    return TemplateRow(
        section=line.section or "issue_of_concern",
        ref=ref.strip(".()"),
        page_ref=page_ref,
        pages=parse_page_reference(page_ref),
        text=text,
        action=line.said(Role.ACTION),
        owner=line.said(Role.OWNER),
        due_printed=line.said(Role.DUE),
        status=line.said(Role.STATUS),
        notes=(*([line.band] if line.band else []), *(n.printed for n in notes.found), *remarks, *line.remarks),
        citations=citations + tuple(c for note in notes.found for c in document.cite(note.block)),
        doubt=doubt,
    )
