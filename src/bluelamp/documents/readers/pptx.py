"""What does a presentation say, slide by slide, with its tables, charts and speaker's notes?"""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from bluelamp.documents.blocks import BlockKind
from bluelamp.documents.document import Document, UnreadableFileError
from bluelamp.documents.readers.office_charts import add_chart, add_diagram
from bluelamp.documents.readers.office_package import OfficePackage, Relationship
from bluelamp.documents.readers.office_text import TextBuilder
from bluelamp.documents.readers.pptx_tables import read_slide_table
from bluelamp.documents.readers.pptx_text import A, P, placeholder_of, read_text_body

_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
_DGM = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}"
_SHAPES = (P + "sp", P + "graphicFrame", P + "pic", P + "cxnSp")
_EMU_PER_POINT = 12_700
_TITLES = ("title", "ctrTitle")
_RUNNING = ("ftr", "dt", "hdr")
_BODIES = ("body", "obj")
NOTES_HEAD = "Notes"
"""Stands before the speaker's notes, in the text too, so that nobody takes them for the slide's own words."""


def read(data: bytes, *, sha256: str, file_name: str) -> Document:
    """Read a .pptx (or .pptm: its macros are never touched): one page for each slide, its title as its name."""
    package = OfficePackage(data)
    builder = TextBuilder()
    reader = _DeckReader(package, builder)
    reader.read()
    document = builder.build(sha256=sha256, file_format="pptx", title=package.title)
    if not document.blocks:
        raise UnreadableFileError(
            "This presentation holds no words, only pictures: ask for the original or make it readable with text "
            "recognition (OCR) first."
        )
    return document


class _DeckReader:
    def __init__(self, package: OfficePackage, builder: TextBuilder) -> None:
        self._package = package
        self._builder = builder
        self._xml: dict[str, etree._Element] = {}
        self._part = ""
        self._relationships: dict[str, Relationship] = {}

    def read(self) -> None:
        main = self._package.main_part()
        root = self._package.xml(main)
        relationships = self._package.relationships(main)
        width, height = _size_of(root)
        hidden: list[str] = []
        pictures: list[str] = []
        number = 0
        for entry in root.iterfind(f"{P}sldIdLst/{P}sldId"):
            found = relationships.get(entry.get(_R + "id", ""))
            if found is None or found.target not in self._package:
                continue
            number += 1
            slide = self._package.xml(found.target)
            if slide.get("show") in ("0", "false"):
                hidden.append(str(number))
            if self._add_slide(slide, found.target, number, width, height):
                pictures.append(str(number))
        self._add_file_notes(main, hidden, pictures)

    def _add_file_notes(self, main: str, hidden: list[str], pictures: list[str]) -> None:
        note = self._builder.note
        if hidden:
            note(f"Slides that the presentation hides were read too: {', '.join(hidden)}.")
        if pictures:
            note(f"Slides that are pictures, whose words cannot be read: {', '.join(pictures)}.")
        if self._package.related(main, "commentAuthors") or self._package.related(main, "authors"):
            note("Comments on the slides were left out.")
        if self._package.has_macros:
            note("This file contains macros: they were neither run nor read.")

    def _add_slide(self, slide: etree._Element, part: str, number: int, width: float, height: float) -> bool:
        """True where the slide has pictures and no words."""
        self._part = part
        self._relationships = self._package.relationships(part)
        shapes = list(_shapes_of(slide))
        # The title comes first, wherever it lies in the drawing order.
        shapes.sort(key=lambda shape: (placeholder_of(shape) or ("", ""))[0] not in _TITLES)
        title = _title_of(shapes)
        self._builder.begin_page(number, name=title, width=width, height=height)
        for shape in shapes:
            self._add_shape(shape)
        picture = self._builder.page_is_blank and any(shape.tag == P + "pic" for shape in shapes)
        if picture:
            self._builder.mark_page(image_only=True)
        self._add_speaker_notes(part)
        return picture

    def _add_shape(self, shape: etree._Element) -> None:
        if shape.tag == P + "graphicFrame":
            self._add_frame(shape)
            return
        if shape.tag != P + "sp":
            return
        place = placeholder_of(shape)
        kind = place[0] if place else ""
        styles = self._inherited(place) if place and kind in _BODIES else []
        for each in read_text_body(shape.find(P + "txBody"), styles):
            if kind in _TITLES:
                self._builder.add(BlockKind.HEADING, each.text, level=1, strong=each.strong)
            elif kind == "subTitle":
                self._builder.add(BlockKind.HEADING, each.text, level=2, strong=each.strong)
            elif kind == "sldNum":
                self._builder.mark_page(printed=each.text.strip() or None)
                self._builder.add(BlockKind.PAGE_NUMBER, each.text)
            elif kind in _RUNNING:
                self._builder.add(BlockKind.RUNNING_HEAD, each.text)
            elif each.marker:
                self._builder.add(
                    BlockKind.LIST_ITEM, each.text, level=each.level, marker=each.marker, strong=each.strong
                )
            else:
                self._builder.add(BlockKind.PARAGRAPH, each.text, strong=each.strong)

    def _add_frame(self, frame: etree._Element) -> None:
        for table in frame.iter(A + "tbl"):
            self._builder.add_table(read_slide_table(table))
        for chart in frame.iter(_C + "chart"):
            add_chart(self._builder, self._package, self._target(chart.get(_R + "id")))
        for diagram in frame.iter(_DGM + "relIds"):
            add_diagram(self._builder, self._package, self._target(diagram.get(_R + "dm")))

    def _target(self, identifier: str | None) -> str:
        found = self._relationships.get(identifier or "")
        return found.target if found and not found.external else ""

    def _add_speaker_notes(self, part: str) -> None:
        for notes in self._package.related(part, "notesSlide"):
            headed = False
            for shape in _shapes_of(self._package.xml(notes)):
                place = placeholder_of(shape)
                if place is None or place[0] != "body":
                    continue
                for each in read_text_body(shape.find(P + "txBody"), []):
                    if not headed:
                        self._builder.add(BlockKind.HEADING, NOTES_HEAD, level=6)
                        headed = True
                    self._builder.add(BlockKind.PARAGRAPH, each.text, strong=each.strong)

    def _inherited(self, place: tuple[str, str]) -> list[etree._Element]:
        """The list styles of the layout's placeholder, the master's and the master's body text."""
        found: list[etree._Element] = []
        for layout in self._package.related(self._part, "slideLayout")[:1]:
            found += self._placeholder_styles(layout, place, by_index=True)
            for master in self._package.related(layout, "slideMaster")[:1]:
                found += self._placeholder_styles(master, place, by_index=False)
                body = self._cached(master).find(f"{P}txStyles/{P}bodyStyle")
                found += [body] if body is not None else []
        return found

    def _placeholder_styles(self, part: str, place: tuple[str, str], *, by_index: bool) -> list[etree._Element]:
        for shape in _shapes_of(self._cached(part)):
            other = placeholder_of(shape)
            if other and (other[1] == place[1] if by_index else other[0] in _BODIES):
                style = shape.find(f"{P}txBody/{A}lstStyle")
                return [style] if style is not None else []
        return []

    def _cached(self, part: str) -> etree._Element:
        if part not in self._xml:
            self._xml[part] = self._package.xml(part)
        return self._xml[part]


def _size_of(root: etree._Element) -> tuple[float, float]:
    """The slides' width and height in points."""
    size = root.find(P + "sldSz")
    width, height = (size.get("cx", ""), size.get("cy", "")) if size is not None else ("", "")
    if not (width.isdigit() and height.isdigit()) or len(width + height) > 24:
        return 0.0, 0.0
    return int(width) / _EMU_PER_POINT, int(height) / _EMU_PER_POINT


def _title_of(shapes: list[etree._Element]) -> str:
    for shape in shapes:
        if (placeholder_of(shape) or ("", ""))[0] in _TITLES:
            return " ".join(each.text for each in read_text_body(shape.find(P + "txBody"), []))
    return ""


def _shapes_of(slide: etree._Element) -> Iterator[etree._Element]:
    """The slide's shapes in drawing order (which is the order in which they are read aloud), groups opened."""
    tree = slide.find(f"{P}cSld/{P}spTree")
    if tree is not None:
        yield from _open_group(tree)


def _open_group(group: etree._Element) -> Iterator[etree._Element]:
    for child in group:
        if child.tag == P + "grpSp":
            yield from _open_group(child)
        elif child.tag == _MC + "AlternateContent":
            chosen = child.find(_MC + "Choice")
            chosen = chosen if chosen is not None else child.find(_MC + "Fallback")
            if chosen is not None:
                yield from _open_group(chosen)
        elif child.tag in _SHAPES:
            yield child
