"""What does an Excel workbook show, sheet by sheet?"""

from __future__ import annotations

import io
from dataclasses import dataclass

from lxml import etree

from bluelamp.documents.blocks import BlockKind
from bluelamp.documents.document import Document, UnreadableFileError
from bluelamp.documents.readers.office_package import DAMAGED, OfficePackage, clean, refuse_document_type
from bluelamp.documents.readers.office_text import TextBuilder
from bluelamp.documents.readers.sheets_format import BUILT_IN, show_value
from bluelamp.documents.readers.sheets_rows import S, SheetRows, read_sheet, rich_text
from bluelamp.documents.readers.sheets_tables import add_sheet

_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
MOST_CELLS = 600_000  # about 700 MB once read, of the 1.5 GB that the sandbox allows
MOST_SHEETS = 500


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


@dataclass(frozen=True, slots=True)
class _Style:
    code: str = "General"
    bold: bool = False


class _WorkbookReader:
    def __init__(self, package: OfficePackage, builder: TextBuilder) -> None:
        self._package = package
        self._builder = builder
        self._main = package.main_part()
        self._root = package.xml(self._main)
        properties = self._root.find(S + "workbookPr")
        self._from_1904 = properties is not None and properties.get("date1904") in ("1", "true")
        self._texts = self._shared_texts()
        self._styles = self._read_styles()
        self._left = MOST_CELLS

    def read(self) -> None:
        relationships = self._package.relationships(self._main)
        number = 0
        for sheet in list(self._root.iterfind(f"{S}sheets/{S}sheet"))[:MOST_SHEETS]:
            name = " ".join(clean(sheet.get("name", "")).split())
            found = relationships.get(sheet.get(_R + "id", ""))
            if sheet.get("state") in ("hidden", "veryHidden"):
                self._builder.note(f"The sheet “{name}” is hidden and was not read: unhide it if it is wanted.")
                continue
            if found is None or found.kind != "worksheet" or found.target not in self._package:
                self._builder.note(f"The sheet “{name}” holds no cells (a chart, perhaps) and was not read.")
                continue
            number += 1
            self._builder.begin_page(number, name=name)
            self._add_sheet(found.target, name)
        if self._package.has_macros:
            self._builder.note("This file contains macros: they were neither run nor read.")

    def _add_sheet(self, part: str, name: str) -> None:
        sheet = read_sheet(self._package.read(part), self._show, most_cells=self._left)
        self._left = max(0, self._left - sum(len(cells) for _, cells in sheet.rows))
        add_sheet(self._builder, sheet)
        self._add_sheet_notes(sheet, part, name)
        for drawing in self._package.related(part, "drawing"):
            for paragraph in self._package.xml(drawing).iter(_A + "p"):
                self._builder.add(
                    BlockKind.PARAGRAPH, "".join(each.text or "" for each in paragraph.iter(_A + "t"))
                )

    def _add_sheet_notes(self, sheet: SheetRows, part: str, name: str) -> None:
        note = self._builder.note
        if sheet.cut_at:
            note(
                f"Reading stopped at row {sheet.cut_at:,} of the sheet “{name}”, since the workbook holds more "
                f"than {MOST_CELLS:,} cells: split it to read the rest."
            )
        if sheet.has_hidden:
            note(f"The sheet “{name}” has hidden rows or columns, which were read too.")
        if self._package.related(part, "comments"):
            note(f"Comments on cells of the sheet “{name}” were left out.")

    def _show(self, kind: str, stored: str, style: int) -> tuple[str, bool]:
        found = self._styles[style] if style < len(self._styles) else _Style()
        match kind:
            case "s":
                known = stored.isdigit() and len(stored) < 9 and int(stored) < len(self._texts)
                return (self._texts[int(stored)] if known else ""), found.bold
            case "b":
                return ("TRUE" if stored == "1" else "FALSE"), found.bold
            case "d":
                return stored, found.bold
            case "n":
                return show_value(stored, found.code, from_1904=self._from_1904), found.bold
        return stored, found.bold

    def _shared_texts(self) -> list[str]:
        for part in self._package.related(self._main, "sharedStrings"):
            data = self._package.read(part)
            refuse_document_type(data)
            texts: list[str] = []
            try:
                for _, element in etree.iterparse(
                    io.BytesIO(data), events=("end",), tag=S + "si", resolve_entities=False, no_network=True
                ):
                    texts.append(rich_text(element))
                    element.clear()
                    while element.getprevious() is not None:
                        del element.getparent()[0]
            except etree.XMLSyntaxError as error:
                raise UnreadableFileError(DAMAGED) from error
            return texts
        return []

    def _read_styles(self) -> list[_Style]:
        for part in self._package.related(self._main, "styles"):
            root = self._package.xml(part)
            codes = dict(BUILT_IN)
            for each in root.iterfind(f"{S}numFmts/{S}numFmt"):
                identifier = each.get("numFmtId", "")
                if identifier.isdigit() and len(identifier) < 7:
                    codes[int(identifier)] = each.get("formatCode", "General")
            bold = [_is_bold(font) for font in root.iterfind(f"{S}fonts/{S}font")]
            return [_style_of(each, codes, bold) for each in root.iterfind(f"{S}cellXfs/{S}xf")]
        return []


def _is_bold(font: etree._Element) -> bool:
    found = font.find(S + "b")
    return found is not None and found.get("val", "1") not in ("0", "false")


def _style_of(entry: etree._Element, codes: dict[int, str], bold: list[bool]) -> _Style:
    code, font = entry.get("numFmtId", "0"), entry.get("fontId", "0")
    shown = codes.get(int(code), "General") if code.isdigit() and len(code) < 7 else "General"
    is_bold = font.isdigit() and len(font) < 7 and int(font) < len(bold) and bold[int(font)]
    return _Style(shown, is_bold)
