"""What stands in a form that somebody filled in: every table, cell by cell, with what hangs on each cell?

Unlike a document, a form is read with what is not printed: hidden words, tags of controls, bookmarks and names
(they say which row is which), comments, pictures and links (they are part of what somebody answered).
"""

from __future__ import annotations

from dataclasses import dataclass

from bluelamp.documents.document import UnreadableFileError
from bluelamp.documents.readers.sniff import sniff

_OTHER = {"pdf": "a PDF", "pptx": "a presentation", "html": "a web page"}


@dataclass(frozen=True, slots=True)
class FormCell:
    """`text` keeps its paragraphs apart by "\\n"; changes are accepted, choices not made are ""."""

    text: str = ""
    column: int = 0  # from 0, in the table's own grid
    span: int = 1
    above: bool = False  # merged with the cell above it, whose words it shares
    hidden: tuple[str, ...] = ()  # words not shown, tags of controls
    names: tuple[str, ...] = ()  # bookmarks that begin here, names defined for this cell
    comments: tuple[str, ...] = ()  # "Who: what"
    pictures: tuple[str, ...] = ()  # by their titles or file names; files put into the cell too
    links: tuple[str, ...] = ()  # addresses


@dataclass(frozen=True, slots=True)
class FormRow:
    number: int  # from 1, within the table or the sheet
    cells: tuple[FormCell, ...]

    def cell_at(self, column: int) -> FormCell | None:
        for cell in self.cells:
            if cell.column <= column < cell.column + cell.span:
                return cell
        return None


@dataclass(frozen=True, slots=True)
class FormTable:
    name: str  # "table 2", or the sheet's name
    rows: tuple[FormRow, ...]
    heading: str = ""  # the words that stand directly over it
    is_sheet: bool = False
    is_hidden: bool = False  # a sheet that is not shown


@dataclass(frozen=True, slots=True)
class Form:
    format: str  # docx, xlsx
    tables: tuple[FormTable, ...]
    loose: tuple[str, ...] = ()  # words outside every table
    running: tuple[str, ...] = ()  # heads and feet of pages
    notes: tuple[str, ...] = ()  # what a reader should know: one plain sentence each


def read_form_bytes(data: bytes, *, file_name: str) -> Form:
    """The form in `data`, which must be Word or Excel. Untrusted: call `bluelamp.documents.sandbox.read_form`."""
    found = sniff(data, file_name)
    if found == "docx":
        from bluelamp.documents.readers.forms_docx import read
    elif found == "xlsx":
        from bluelamp.documents.readers.forms_xlsx import read
    else:
        raise UnreadableFileError(
            f"This file is {_OTHER.get(found, 'a text file')}, and a filled-in template is Word (.docx) or "
            "Excel (.xlsx): ask for the file that was filled in."
        )
    return read(data)
