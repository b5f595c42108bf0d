"""What stands in each cell of a Word form, printed or not?"""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from bluelamp.documents.document import UnreadableFileError
from bluelamp.documents.readers.docx_numbering import Numbering
from bluelamp.documents.readers.docx_styles import Styles, W, number_of, switched_on
from bluelamp.documents.readers.docx_tables import children, row_cells, table_rows
from bluelamp.documents.readers.docx_text import ParagraphReader, R, count_changes, mark_is_deleted
from bluelamp.documents.readers.forms import Form, FormCell, FormRow, FormTable
from bluelamp.documents.readers.office_package import OfficePackage, Relationship, clean

_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_VML = "{urn:schemas-microsoft-com:vml}"
_OFFICE = "{urn:schemas-microsoft-com:office:office}"
_DEEPEST = 10
_OWN_TABLE = 3  # columns: a narrower table within a cell is part of what the cell says


def read(data: bytes) -> Form:
    """The form in a .docx or .docm, whose macros are never touched."""
    return _FormReader(OfficePackage(data)).read()


class _FormReader:
    def __init__(self, package: OfficePackage) -> None:
        self._package = package
        self._main = package.main_part()
        self._body = package.xml(self._main)
        self._styles = Styles(self._related("styles"))
        self._numbering = Numbering(self._related("numbering"))
        self._paragraphs = ParagraphReader(self._styles)
        self._relationships = package.relationships(self._main)
        self._comments = self._read_comments()
        self._notes_at_foot = self._read_foot_notes()
        self._tables: list[FormTable] = []
        self._loose: list[str] = []
        self._over = ""  # the words that stand directly over the next table
        self._depth = 0

    def read(self) -> Form:
        drop_unmade_choices(self._body)
        for body in self._body.iterchildren(W + "body"):
            self._read_content(body)
        return Form("docx", tuple(self._tables), tuple(self._loose), self._running(), tuple(self._file_notes()))

    def _related(self, kind: str) -> etree._Element | None:
        for part in self._package.related(self._main, kind):
            return self._package.xml(part)
        return None

    def _read_comments(self) -> dict[str, str]:
        root = self._related("comments")
        found = {}
        for each in root if root is not None else ():
            said = clean(" ".join(self._paragraphs.read(p).text for p in each.iter(W + "p"))).strip()
            who = each.get(W + "author", "")
            found[each.get(W + "id", "")] = f"{who}: {said}" if who else said
        return found

    def _read_foot_notes(self) -> dict[tuple[str, str], str]:
        found = {}
        for kind in ("footnote", "endnote"):
            root = self._related(f"{kind}s")
            for each in root if root is not None else ():
                words = " ".join(self._paragraphs.read(p).text for p in each.iter(W + "p"))
                found[kind, each.get(W + "id", "")] = clean(words).strip()
        return found

    def _go_deeper(self) -> None:
        self._depth += 1
        if self._depth > _DEEPEST:
            raise UnreadableFileError(
                f"This Word document has more than {_DEEPEST} tables or boxes within one another: copy its "
                "answers into the template as it was sent."
            )

    def _read_content(self, holder: etree._Element) -> None:
        self._go_deeper()
        for child in children(holder):
            if child.tag == W + "p":
                self._read_loose(child)
            elif child.tag == W + "tbl":
                self._read_table(child, f"table {self._next_table()}")
        self._depth -= 1

    def _next_table(self) -> int:
        return sum(1 for table in self._tables if "," not in table.name) + 1

    def _read_loose(self, paragraph: etree._Element) -> None:
        found = self._paragraphs.read(paragraph)
        text = clean(found.text).strip()
        hidden = " ".join(_hidden_words(paragraph, self._styles))
        if text or hidden:
            self._loose.append(f"{text} {hidden}".strip())
            self._over = text or self._over
        for picture in _pictures(paragraph, self._relationships):
            self._loose.append(f"[picture: {picture}]")
        for box in found.boxes:
            self._read_content(box)

    def _read_table(self, table: etree._Element, name: str) -> None:
        at = len(self._tables)
        over, self._over = self._over, ""
        rows = [self._read_row(row, number, name) for number, row in enumerate(table_rows(table), 1)]
        self._tables.insert(at, FormTable(name, tuple(rows), heading=over))

    def _read_row(self, row: etree._Element, number: int, table: str) -> FormRow:
        properties = row.find(W + "trPr")
        before = number_of(properties.find(W + "gridBefore")) if properties is not None else None
        column = min(max(before or 0, 0), 1_000)
        cells: list[FormCell] = []
        # A bookmark may begin between two cells: it then belongs to the row, which its first cell stands for.
        strays = [each.get(W + "name", "") for each in row.iterchildren(W + "bookmarkStart")]
        for element in row_cells(row):
            cell = self._read_cell(element, column, f"{table}, row {number}", strays)
            strays = []
            column += cell.span
            cells.append(cell)
        return FormRow(number, tuple(cells))

    def _read_cell(self, cell: etree._Element, column: int, place: str, strays: list[str]) -> FormCell:
        properties = cell.find(W + "tcPr")
        span = number_of(properties.find(W + "gridSpan")) if properties is not None else None
        merge = properties.find(W + "vMerge") if properties is not None else None
        above = merge is not None and merge.get(W + "val", "continue") == "continue"
        own = _Hanging(names=list(strays))
        said = self._read_words(cell, place, own)
        return FormCell(
            text="" if above else "\n".join(line for line in said if line.strip()),
            column=column,
            span=min(max(span or 1, 1), 1_000),
            above=above,
            hidden=tuple(own.hidden),
            names=tuple(own.names),
            comments=tuple(own.comments),
            pictures=tuple(own.pictures),
            links=tuple(own.links),
        )

    def _read_words(self, holder: etree._Element, place: str, own: _Hanging) -> list[str]:
        """The lines of a cell; what hangs on its paragraphs is gathered in `own`."""
        said: list[str] = []
        joined = False
        for child in children(holder):
            if child.tag == W + "p":
                words = self._read_paragraph(child, place, own)
                if joined and said:
                    said[-1] += words
                else:
                    said.append(words)
                joined = mark_is_deleted(child)
            elif child.tag == W + "tbl":
                said += self._read_nested(child, place, own)
            elif child.tag == W + "bookmarkStart":
                own.names.append(child.get(W + "name", ""))
        own.hidden += _tags_of(holder)
        return said

    def _read_paragraph(self, paragraph: etree._Element, place: str, own: _Hanging) -> str:
        found = self._paragraphs.read(paragraph)
        own.hidden += _hidden_words(paragraph, self._styles)
        own.names += [each.get(W + "name", "") for each in paragraph.iter(W + "bookmarkStart")]
        own.pictures += _pictures(paragraph, self._relationships)
        own.links += self._links(paragraph)
        own.comments += self._comments_on(paragraph)
        own.comments += [f"Footnote: {self._notes_at_foot.get(note, '')}" for note in found.notes]
        lines = [" ".join(clean(line).split()) for line in found.text.split("\n")]
        words = "\n".join(line for line in lines if line)
        number = self._styles.list_place(paragraph)
        marker = self._numbering.marker(number) if number else ""
        for box in found.boxes:
            words = "\n".join([words, *self._read_words(box, place, own)]).strip("\n")
        return f"{marker} {words}" if marker and words else words

    def _read_nested(self, table: etree._Element, place: str, own: _Hanging) -> list[str]:
        """A narrow table within a cell is part of its words; a wide one was pasted and is read as its own."""
        self._go_deeper()
        rows = table_rows(table)
        said: list[str] = []
        if max((len(row_cells(row)) for row in rows), default=0) >= _OWN_TABLE:
            self._read_table(table, f"{place}, table within")
        else:
            for row in rows:
                cells = [" ".join(self._read_words(cell, place, own)) for cell in row_cells(row)]
                said.append(" | ".join(cell for cell in cells if cell.strip()))
        self._depth -= 1
        return said

    def _links(self, paragraph: etree._Element) -> list[str]:
        found = []
        for link in paragraph.iter(W + "hyperlink"):
            target = self._relationships.get(link.get(R + "id", ""))
            if target and target.external:
                found.append(clean(target.target))
        return found

    def _comments_on(self, paragraph: etree._Element) -> list[str]:
        return [
            self._comments[identifier]
            for each in paragraph.iter(W + "commentReference")
            if (identifier := each.get(W + "id", "")) in self._comments
        ]

    def _running(self) -> tuple[str, ...]:
        found: dict[str, None] = {}
        for kind in ("header", "footer"):
            for part in self._package.related(self._main, kind):
                for paragraph in self._package.xml(part).iter(W + "p"):
                    text = clean(self._paragraphs.read(paragraph).text).strip()
                    if text:
                        found[text] = None
        return tuple(found)

    def _file_notes(self) -> Iterator[str]:
        inserted, deleted = count_changes(self._body)
        if inserted or deleted:
            yield (
                f"Tracked changes were read as accepted: {inserted} insertions kept, {deleted} deletions left out."
            )
        rows = sum(1 for row in self._body.iter(W + "tr") if row.find(f"{W}trPr/{W}del") is not None)
        if rows:
            yield f"{rows} rows were deleted with tracked changes and were not read."
        if next(self._body.iter(W + "altChunk"), None) is not None:
            yield "A part that Word takes from another file inside this one was not read."
        if self._package.has_macros:
            yield "This file contains macros: they were neither run nor read."


class _Hanging:
    """What is gathered for one cell beside its words."""

    def __init__(self, names: list[str]) -> None:
        self.names = names
        self.hidden: list[str] = []
        self.comments: list[str] = []
        self.pictures: list[str] = []
        self.links: list[str] = []


def drop_unmade_choices(body: etree._Element) -> None:
    """Empty each control that still shows what invites to fill it in."""
    for control in list(body.iter(W + "sdt")):
        properties = control.find(W + "sdtPr")
        if properties is None or not switched_on(properties, "showingPlcHdr"):
            continue
        for run in list(control.iter(W + "r")):
            parent = run.getparent()
            if parent is not None:
                parent.remove(run)


def _tags_of(holder: etree._Element) -> list[str]:
    """The tags of the controls in the cell, and of one that holds the cell or its row."""
    found = [
        tag.get(W + "val", "")
        for control in holder.iter(W + "sdt")
        if (tag := control.find(f"{W}sdtPr/{W}tag")) is not None
    ]
    around = holder.getparent()
    while around is not None and around.tag in (W + "sdtContent", W + "sdt", W + "tr"):
        tag = around.find(f"{W}sdtPr/{W}tag") if around.tag == W + "sdt" else None
        if tag is not None:
            found.append(tag.get(W + "val", ""))
        around = around.getparent()
    return found


def _hidden_words(paragraph: etree._Element, styles: Styles) -> list[str]:
    """Words formatted as hidden, joined where a program has cut them into several runs."""
    said: list[str] = []
    for run in paragraph.iter(W + "r"):
        properties = run.find(W + "rPr")
        direct = switched_on(properties, "vanish")
        named = properties.find(W + "rStyle") if properties is not None else None
        by_style = styles.is_hidden(named.get(W + "val")) if named is not None else None
        if direct or (direct is None and by_style):
            said.append("".join(each.text or "" for each in run.iter(W + "t")))
    joined = "".join(said).strip()
    return [joined] if joined else []


def _pictures(paragraph: etree._Element, relationships: dict[str, Relationship]) -> list[str]:
    """What each picture, and each file put into the paragraph, is called."""
    found: list[str] = []
    for element in paragraph.iter(W + "drawing", W + "pict", W + "object"):
        names = [
            each.get("descr") or each.get("title") or each.get("name") or ""
            for each in element.iter(_DRAWING + "docPr", _VML + "shape")
        ]
        parts = [each.get(R + "embed") or each.get(R + "link") for each in element.iter(_A + "blip")]
        parts += [each.get(R + "id") for each in element.iter(_VML + "imagedata")]
        files = [each.get("ProgID") or "a file" for each in element.iter(_OFFICE + "OLEObject")]
        if not parts and not files:
            continue  # a drawing of lines, or a text box, which is read as words
        targets = [relationships[part].target for part in parts if part in relationships]
        shown = next((name for name in names if name), "")
        file_name = next((target.rsplit("/", 1)[-1] for target in targets if target), "")
        found.append(clean(", ".join(each for each in (shown, file_name, *files) if each)) or "a picture")
    return found
