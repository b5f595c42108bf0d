"""What does each column of a returned table hold? Its head says so: ours by its words, another's by its sense."""

from __future__ import annotations

from dataclasses import dataclass, field

from bluelamp.assurance.reading_columns import Role, plain_words, role_of, section_named
from bluelamp.assurance.template_model import HEADS, Column
from bluelamp.documents.readers.forms import FormRow, FormTable

_HEAD_ROWS = 12  # a sheet opens with a title and instructions before its head
_LONGEST_NAME = 4  # words of a section's name
_KNOWN = {plain_words(head): column for heads in HEADS.values() for column, head in heads.items()}
_KNOWN["mark"] = Column.MARK
_BY_ROLE = {
    Role.REF: Column.REF,
    Role.PAGE: Column.PAGE,
    Role.TEXT: Column.WORDS,
    Role.ACTION: Column.ACTION,
    Role.SECTION: Column.SECTION,
}


@dataclass(frozen=True)
class Head:
    """A table's columns by what they hold, counted from 0, and what is printed over each, known or not."""

    columns: dict[int, Column] = field(default_factory=dict)
    printed: dict[int, str] = field(default_factory=dict)

    @property
    def width(self) -> int:
        return max(self.printed, default=-1) + 1

    @property
    def section(self) -> str:
        """The section that the head over the inspectors' words names, where that is not the plain one."""
        said = next((self.printed[at] for at, held in self.columns.items() if held is Column.WORDS), "")
        return section_named(said) or ""

    def column_of(self, start: int, span: int) -> Column | None:
        return next((held for at, held in self.columns.items() if start <= at < start + span), None)

    def is_repeated_by(self, row: FormRow) -> bool:
        said = {cell.column: plain_words(cell.text) for cell in row.cells if cell.text}
        ours = {at: plain_words(words) for at, words in self.printed.items() if words}
        return bool(said) and said == ours


def find_head(table: FormTable) -> tuple[int, Head | None]:
    """The row that is the table's head, from 0, and what it says; (-1, None) where there is none."""
    for at, row in enumerate(table.rows[:_HEAD_ROWS]):
        head = read_head(row)
        if head is not None:
            return at, head
    return -1, None


def read_head(row: FormRow) -> Head | None:
    """The head in this row: it names the words or the action, and at least one column more."""
    columns: dict[int, Column] = {}
    printed: dict[int, str] = {}
    for cell in row.cells:
        printed[cell.column] = cell.text
        held = _column_named(cell.text)
        if held is not None and held not in columns.values():
            columns[cell.column] = held
    held_by = set(columns.values())
    filled = sum(1 for words in printed.values() if words)
    if not held_by & {Column.WORDS, Column.ACTION} or len(held_by) < 2 or len(columns) * 2 < filled:
        return None
    return Head(columns, printed)


def section_in(words: str) -> str | None:
    """The section that a line of its own names; None where the line is no name."""
    plain = plain_words(words)
    return section_named(words) if plain and len(plain.split()) <= _LONGEST_NAME else None


def _column_named(words: str) -> Column | None:
    known = _KNOWN.get(plain_words(words))
    if known is not None:
        return known
    role = role_of(words)
    return _BY_ROLE.get(role) if role is not None else None
