"""What does a workbook keep apart from its sheets: their names, its shared words, its number formats?"""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from bluelamp.documents.document import UnreadableFileError
from bluelamp.documents.readers.office_package import DAMAGED, OfficePackage, clean, refuse_document_type
from bluelamp.documents.readers.sheets_format import BUILT_IN, show_value
from bluelamp.documents.readers.sheets_rows import S, rich_text

_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
MOST_SHEETS = 500


@dataclass(frozen=True, slots=True)
class SheetEntry:
    """A sheet as the workbook lists it. `part` is "" for what holds no cells (a chart)."""

    name: str
    part: str
    is_hidden: bool


@dataclass(frozen=True, slots=True)
class _Style:
    code: str = "General"
    bold: bool = False


class Workbook:
    def __init__(self, package: OfficePackage) -> None:
        self._package = package
        self._main = package.main_part()
        self.root = package.xml(self._main)
        properties = self.root.find(S + "workbookPr")
        self._from_1904 = properties is not None and properties.get("date1904") in ("1", "true")
        self._texts = self._shared_texts()
        self._styles = self._read_styles()

    def sheets(self) -> Iterator[SheetEntry]:
        relationships = self._package.relationships(self._main)
        for sheet in list(self.root.iterfind(f"{S}sheets/{S}sheet"))[:MOST_SHEETS]:
            name = " ".join(clean(sheet.get("name", "")).split())
            found = relationships.get(sheet.get(_R + "id", ""))
            holds_cells = found is not None and found.kind == "worksheet" and found.target in self._package
            part = found.target if found is not None and holds_cells else ""
            yield SheetEntry(name, part, sheet.get("state") in ("hidden", "veryHidden"))

    def show(self, kind: str, stored: str, style: int) -> tuple[str, bool]:
        """The cell's text as displayed, and whether it is bold."""
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
