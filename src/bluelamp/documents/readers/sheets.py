"""What does an Excel workbook show, sheet by sheet?"""

from __future__ import annotations

from bluelamp.documents.blocks import BlockKind
from bluelamp.documents.document import Document, UnreadableFileError
from bluelamp.documents.readers.office_package import OfficePackage
from bluelamp.documents.readers.office_text import TextBuilder
from bluelamp.documents.readers.sheets_book import Workbook
from bluelamp.documents.readers.sheets_rows import SheetRows, read_sheet, take_hidden
from bluelamp.documents.readers.sheets_tables import add_sheet

_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
MOST_CELLS = 600_000  # about 700 MB once read, of the 1.5 GB that the sandbox allows


def read(data: bytes, *, sha256: str, file_name: str) -> Document:
    """Read a .xlsx (or .xlsm: its macros are never touched): one page for each sheet that is shown.

    Cells are as displayed; a formula is its last calculated value, and is never calculated here.
    """
    package = OfficePackage(data)
    builder = TextBuilder()
    _WorkbookReader(package, builder).read()
    document = builder.build(sha256=sha256, file_format="xlsx", title=package.title)
    if not document.blocks:
        raise UnreadableFileError(
            "This workbook shows no cell with words or figures: check that the sheets you need are not hidden, "
            "save it again and add that."
        )
    return document


class _WorkbookReader:
    def __init__(self, package: OfficePackage, builder: TextBuilder) -> None:
        self._package = package
        self._builder = builder
        self._book = Workbook(package)
        self._left = MOST_CELLS

    def read(self) -> None:
        number = 0
        hidden: list[str] = []
        for sheet in self._book.sheets():
            if sheet.is_hidden:
                hidden.append(f"The sheet “{sheet.name}” is hidden and was not read: unhide it if it is wanted.")
                continue
            if not sheet.part:
                self._builder.note(f"The sheet “{sheet.name}” holds no cells (a chart, perhaps) and was not read.")
                continue
            number += 1
            self._builder.begin_page(number, name=sheet.name)
            self._add_sheet(sheet.part, sheet.name)
        for sentence in hidden:
            self._builder.note(sentence)
        if number:
            self._builder.mark_unshown(*hidden)
        if self._package.has_macros:
            self._builder.note("This file contains macros: they were neither run nor read.")

    def _add_sheet(self, part: str, name: str) -> None:
        sheet = read_sheet(self._package.read(part), self._book.show, most_cells=self._left)
        self._left = max(0, self._left - sum(len(cells) for _, cells in sheet.rows))
        rows, columns = take_hidden(sheet)
        if rows or columns:
            self._tell_hidden(name, rows, columns)
        add_sheet(self._builder, sheet)
        self._add_sheet_notes(sheet, part, name)
        for drawing in self._package.related(part, "drawing"):
            for paragraph in self._package.xml(drawing).iter(_A + "p"):
                self._builder.add(
                    BlockKind.PARAGRAPH, "".join(each.text or "" for each in paragraph.iter(_A + "t"))
                )

    def _tell_hidden(self, name: str, rows: int, columns: int) -> None:
        counted = [f"{n} {what}{'s' if n > 1 else ''}" for n, what in ((rows, "row"), (columns, "column")) if n]
        was = "were" if rows + columns > 1 else "was"
        them = "them if they are" if rows + columns > 1 else "it if it is"
        sentence = f"The sheet “{name}” hides {' and '.join(counted)}, which {was} not read: unhide {them} wanted."
        self._builder.note(sentence)
        self._builder.mark_unshown(sentence, hides_cells=True)

    def _add_sheet_notes(self, sheet: SheetRows, part: str, name: str) -> None:
        note = self._builder.note
        if sheet.cut_at:
            note(
                f"Reading stopped at row {sheet.cut_at:,} of the sheet “{name}”, since the workbook holds more "
                f"than {MOST_CELLS:,} cells: split it to read the rest."
            )
        if self._package.related(part, "comments"):
            note(f"Comments on cells of the sheet “{name}” were left out.")
