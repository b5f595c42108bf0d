"""What stands in each cell of an Excel form, in sheets and columns that are not shown too?"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from lxml import etree

from bluelamp.documents.readers.forms import Form, FormCell, FormRow, FormTable
from bluelamp.documents.readers.office_package import OfficePackage, clean
from bluelamp.documents.readers.sheets_book import SheetEntry, Workbook
from bluelamp.documents.readers.sheets_rows import S, SheetRows, place_of, read_sheet, rich_text

_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_XDR = "{http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing}"
_THREADED = "{http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_PLACE = re.compile(r"(?P<sheet>'(?:[^']|''){1,100}'|[^'!]{1,100})!(?P<cell>\$?[A-Z]{1,3}\$?\d{1,7})$")
_MOST_CELLS = 200_000
_MOST_MERGED = 2_000  # rows that one merged cell may cover and still be an answer
_SPARE_COMMENT = "[Threaded comment]"  # what Excel writes for programs that know no threads

Place = tuple[int, int]
"""Row and column, from 1."""


def read(data: bytes) -> Form:
    """The form in a .xlsx or .xlsm, whose macros are never touched; a formula is its last value."""
    package = OfficePackage(data)
    book = Workbook(package)
    names = _defined_names(book.root)
    tables: list[FormTable] = []
    loose: list[str] = []
    running: dict[str, None] = {}
    notes: list[str] = []
    left = _MOST_CELLS
    for entry in book.sheets():
        if not entry.part:
            notes.append(f"The sheet “{entry.name}” holds no cells and was not read.")
            continue
        rows = read_sheet(package.read(entry.part), book.show, most_cells=left)
        left = max(0, left - sum(len(cells) for _, cells in rows.rows))
        if rows.cut_at:
            notes.append(f"Reading stopped at row {rows.cut_at:,} of the sheet “{entry.name}”: it is too large.")
        running.update(dict.fromkeys(_page_marks(package.xml(entry.part))))
        hanging = _Hanging(package, entry, names.get(entry.name, {}))
        loose += hanging.loose
        tables.append(_make_table(entry, rows, hanging))
    if package.has_macros:
        notes.append("This file contains macros: they were neither run nor read.")
    return Form("xlsx", tuple(tables), tuple(loose), tuple(running), tuple(notes))


class _Hanging:
    """What hangs on the cells of one sheet beside their words."""

    def __init__(self, package: OfficePackage, entry: SheetEntry, names: dict[Place, list[str]]) -> None:
        self.names = names
        self.comments: dict[Place, list[str]] = {}
        self.pictures: dict[Place, list[str]] = {}
        self.links: dict[Place, list[str]] = {}
        self.loose: list[str] = []
        for place, said in _comments(package, entry.part):
            self.comments.setdefault(place, []).append(said)
        for part in package.related(entry.part, "drawing"):
            self._read_drawing(package, part)
        self._read_links(package, entry.part)

    def places(self) -> set[Place]:
        return {*self.names, *self.comments, *self.pictures}

    def _read_drawing(self, package: OfficePackage, part: str) -> None:
        relationships = package.relationships(part)
        for anchor in package.xml(part):
            if not isinstance(anchor.tag, str):
                continue
            said = clean(" ".join("".join(t.text or "" for t in p.iter(_A + "t")) for p in anchor.iter(_A + "p")))
            if said.strip():
                self.loose.append(said.strip())
            start = anchor.find(_XDR + "from")
            if start is None or next(anchor.iter(_XDR + "pic"), None) is None:
                continue
            row, column = start.findtext(_XDR + "row", "0"), start.findtext(_XDR + "col", "0")
            place = (_number(row) + 1, _number(column) + 1)
            name = next((n.get("descr") or n.get("name") or "" for n in anchor.iter(_XDR + "cNvPr")), "")
            blip = next(anchor.iter(_A + "blip"), None)
            target = relationships.get(blip.get(_R + "embed", "")) if blip is not None else None
            shown = [each for each in (name, target.target.rsplit("/", 1)[-1] if target else "") if each]
            self.pictures.setdefault(place, []).append(clean(", ".join(shown)) or "a picture")

    def _read_links(self, package: OfficePackage, part: str) -> None:
        relationships = package.relationships(part)
        if not any(each.kind == "hyperlink" for each in relationships.values()):
            return
        for link in package.xml(part).iter(S + "hyperlink"):
            place = place_of(link.get("ref", "").partition(":")[0])
            target = relationships.get(link.get(_R + "id", ""))
            if place and target and target.external:
                self.links.setdefault(place, []).append(clean(target.target))


def _number(digits: str) -> int:
    return int(digits) if digits.isdigit() and len(digits) < 8 else 0


def _make_table(entry: SheetEntry, sheet: SheetRows, hanging: _Hanging) -> FormTable:
    by_row: dict[int, dict[int, FormCell]] = {}
    for number, cells in sheet.rows:
        by_row[number] = {cell.column: FormCell(text=_lines(cell.text), column=cell.column - 1) for cell in cells}
    for row, column in hanging.places():
        by_row.setdefault(row, {}).setdefault(column, FormCell(column=column - 1))
    _merge(by_row, sheet)
    rows = []
    for number in sorted(by_row):
        found = by_row[number]
        rows.append(FormRow(number, tuple(_hang(found[c], (number, c), hanging) for c in sorted(found))))
    return FormTable(entry.name, tuple(rows), heading=entry.name, is_sheet=True, is_hidden=entry.is_hidden)


def _hang(cell: FormCell, place: Place, hanging: _Hanging) -> FormCell:
    return replace(
        cell,
        names=tuple(hanging.names.get(place, ())),
        comments=tuple(hanging.comments.get(place, ())),
        pictures=tuple(hanging.pictures.get(place, ())),
        links=tuple(hanging.links.get(place, ())),
    )


def _merge(by_row: dict[int, dict[int, FormCell]], sheet: SheetRows) -> None:
    for merge in sheet.merges:
        if merge.bottom - merge.top > _MOST_MERGED:
            continue
        span = merge.right - merge.left + 1
        top = by_row.get(merge.top, {}).get(merge.left)
        if top is not None:
            by_row[merge.top][merge.left] = replace(top, span=span)
        for number in range(merge.top + 1, merge.bottom + 1):
            if number in by_row:
                column = merge.left
                by_row[number][column] = FormCell(column=column - 1, span=span, above=True)


def _lines(text: str) -> str:
    lines = [" ".join(clean(line).split()) for line in text.splitlines()]
    return "\n".join(line for line in lines if line)


def _defined_names(root: etree._Element) -> dict[str, dict[Place, list[str]]]:
    """Names that the workbook defines for one cell, by sheet and place."""
    found: dict[str, dict[Place, list[str]]] = {}
    for each in root.iterfind(f"{S}definedNames/{S}definedName"):
        target = _PLACE.match((each.text or "").strip())
        place = place_of(target["cell"]) if target else None
        if target and place:
            sheet = target["sheet"]
            sheet = sheet[1:-1].replace("''", "'") if sheet.startswith("'") else sheet
            found.setdefault(sheet, {}).setdefault(place, []).append(each.get("name", ""))
    return found


def _comments(package: OfficePackage, part: str) -> Iterator[tuple[Place, str]]:
    for comments in package.related(part, "comments"):
        root = package.xml(comments)
        authors = [clean(each.text or "") for each in root.iter(S + "author")]
        for each in root.iter(S + "comment"):
            place = place_of(each.get("ref", ""))
            words = each.find(S + "text")
            said = clean(rich_text(words)).strip() if words is not None else ""
            if place and said and not said.startswith(_SPARE_COMMENT):
                at = _number(each.get("authorId", ""))
                who = authors[at] if at < len(authors) else ""
                yield place, f"{who}: {said}" if who and not said.startswith(who) else said
    for comments in package.related(part, "threadedComment"):
        for each in package.xml(comments).iter(_THREADED + "threadedComment"):
            place = place_of(each.get("ref", ""))
            said = clean(each.findtext(_THREADED + "text") or "").strip()
            if place and said:
                yield place, said


def _page_marks(sheet: etree._Element) -> Iterable[str]:
    """What is printed at the head and foot of every page, without its codes (&L, &P)."""
    for each in sheet.iterfind(f"{S}headerFooter/*"):
        said = re.sub(r'&(?:"[^"]{0,100}"|K[0-9A-F]{6}|\d{1,3}|[A-Z&])', " ", each.text or "")
        words = " ".join(clean(said).split())
        if words:
            yield words
