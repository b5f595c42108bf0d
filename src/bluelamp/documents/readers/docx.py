"""What does a Word document say, block by block, once its changes are accepted?"""

from __future__ import annotations

from lxml import etree

from bluelamp.documents.blocks import BlockKind
from bluelamp.documents.document import Document, UnreadableFileError
from bluelamp.documents.readers.docx_numbering import Numbering
from bluelamp.documents.readers.docx_styles import Styles, W
from bluelamp.documents.readers.docx_tables import children, is_layout, read_table, row_cells, table_rows
from bluelamp.documents.readers.docx_text import (
    ParagraphReader,
    ParagraphText,
    count_changes,
    mark_is_deleted,
)
from bluelamp.documents.readers.office_charts import add_chart, add_diagram
from bluelamp.documents.readers.office_numbers import roman
from bluelamp.documents.readers.office_package import OfficePackage, clean
from bluelamp.documents.readers.office_text import TextBuilder
from bluelamp.documents.readers.structure import find_marker, find_page_number
from bluelamp.lib.text import fold

_DEEPEST = 40  # tables or boxes within one another


def read(data: bytes, *, sha256: str, file_name: str) -> Document:
    """Read a .docx (or .docm: its macros are never touched). Word keeps no pages: they depend on the printer."""
    package = OfficePackage(data)
    reader = _DocxReader(package)
    reader.read()
    builder = reader.builder
    document = builder.build(sha256=sha256, file_format="docx", title=package.title)
    if not document.text.strip():
        raise UnreadableFileError(
            "This Word document holds no words: if its pages are pictures, ask for the original or make them "
            "readable with text recognition (OCR) first."
        )
    return document


class _DocxReader:
    def __init__(self, package: OfficePackage) -> None:
        self.builder = TextBuilder()
        self._package = package
        self._main = package.main_part()
        self._body = package.xml(self._main)
        self._styles = Styles(self._related_xml("styles"))
        self._numbering = Numbering(self._related_xml("numbering"))
        self._paragraphs = ParagraphReader(self._styles)
        self._relationships = package.relationships(self._main)
        self._footnotes = self._note_bodies("footnote")
        self._endnotes = self._note_bodies("endnote")
        self._footnote_count = 0
        self._pending_endnotes: list[str] = []
        self._carried = ""
        self._depth = 0

    def read(self) -> None:
        self.builder.begin_page(None)
        self._add_running("header")
        for body in self._body.iterchildren(W + "body"):
            self._add_content(body)
        self._flush_carried()
        self._add_endnotes()
        self._add_running("footer")
        self._add_file_notes()

    def _related_xml(self, kind: str) -> etree._Element | None:
        for part in self._package.related(self._main, kind):
            return self._package.xml(part)
        return None

    def _note_bodies(self, kind: str) -> dict[str, etree._Element]:
        root = self._related_xml(f"{kind}s")
        ordinary = (None, "normal")
        return {
            each.get(W + "id", ""): each
            for each in (root if root is not None else ())
            if each.tag == W + kind and each.get(W + "type") in ordinary
        }

    def _add_content(self, holder: etree._Element) -> None:
        self._depth += 1
        if self._depth > _DEEPEST:
            raise UnreadableFileError(
                f"This Word document has more than {_DEEPEST} boxes within one another, as no document for people "
                "has: save it as a PDF and add that."
            )
        for child in children(holder):
            if child.tag == W + "p":
                self._add_paragraph(child)
            elif child.tag == W + "tbl":
                self._add_table(child)
            elif child.tag == W + "altChunk":
                self.builder.note("A part that Word takes from another file inside this one was not read.")
        self._depth -= 1

    def _add_paragraph(self, paragraph: etree._Element) -> None:
        found = self._paragraphs.read(paragraph)
        bold = 0 if self._carried else found.strong_until
        text, self._carried = self._carried + found.text, ""
        if mark_is_deleted(paragraph):
            self._carried = text
            text = ""
        if text.strip():
            self._add_words(paragraph, text, found.strong, bold)
        self._add_hanging(found)

    def _add_words(self, paragraph: etree._Element, text: str, strong: bool, bold: int) -> None:
        if self._styles.is_contents_line(paragraph):
            self.builder.add(BlockKind.CONTENTS, text, strong=strong)
            return
        place = self._styles.list_place(paragraph)
        marker = self._numbering.marker(place) if place else ""
        level = self._styles.heading_level(paragraph)
        if level:
            self.builder.add(BlockKind.HEADING, text, level=level, marker=marker, strong=strong)
        elif place and (marker or self._is_list_style(paragraph)):
            depth = place.level + 1
            self.builder.add(
                BlockKind.LIST_ITEM, text, level=depth, marker=marker, strong=strong, strong_until=bold
            )
        else:
            self._add_typed(text, strong, bold)

    def _is_list_style(self, paragraph: etree._Element) -> bool:
        return self._styles.name_of(self._styles.style_of(paragraph)).startswith("list")

    def _add_typed(self, text: str, strong: bool, bold: int) -> None:
        """A paragraph whose bullet or number, if it has any, was typed by hand."""
        marker = find_marker(text)
        # A typed number is one only before a tab: "A. Smith" and "1. July" are words.
        if marker and (not marker.is_number or "\t" in text[: marker.end]) and text[marker.end :].strip():
            words, bold = text[marker.end :], max(0, bold - marker.end)
            self.builder.add(
                BlockKind.LIST_ITEM, words, level=1, marker=marker.text, strong=strong, strong_until=bold
            )
        else:
            self.builder.add(BlockKind.PARAGRAPH, text, strong=strong, strong_until=bold)

    def _add_hanging(self, found: ParagraphText) -> None:
        """What a paragraph holds beside its words: boxes, charts, footnotes."""
        if found.has_hidden:
            self.builder.note("Words that are formatted as hidden, and so not printed, were left out.")
        for box in found.boxes:
            self._add_content(box)
        for identifier in found.charts:
            add_chart(self.builder, self._package, self._target(identifier))
        for identifier in found.diagrams:
            add_diagram(self.builder, self._package, self._target(identifier))
        for kind, identifier in found.notes:
            if kind == "footnote":
                self._footnote_count += 1
                self._add_note(self._footnotes.get(identifier), str(self._footnote_count))
            else:
                self._pending_endnotes.append(identifier)

    def _target(self, identifier: str) -> str:
        found = self._relationships.get(identifier)
        return found.target if found and not found.external else ""

    def _add_note(self, body: etree._Element | None, marker: str) -> None:
        if body is None:
            return
        said = [self._paragraphs.read(each).text for each in body.iter(W + "p")]
        self.builder.add(BlockKind.FOOTNOTE, " ".join(said), marker=marker)

    def _add_endnotes(self) -> None:
        for number, identifier in enumerate(self._pending_endnotes, 1):
            self._add_note(self._endnotes.get(identifier), roman(number))

    def _flush_carried(self) -> None:
        text, self._carried = self._carried, ""
        self.builder.add(BlockKind.PARAGRAPH, text)

    def _add_table(self, table: etree._Element) -> None:
        self._flush_carried()
        if is_layout(table):
            for row in table_rows(table):
                for cell in row_cells(row):
                    self._add_content(cell)
            return
        hanging: list[ParagraphText] = []

        def read_paragraph(paragraph: etree._Element) -> tuple[str, bool]:
            found = self._paragraphs.read(paragraph)
            hanging.append(found)
            place = self._styles.list_place(paragraph)
            marker = self._numbering.marker(place) if place else ""
            bullet_alone = not found.text.strip() and not any(each.isalnum() for each in marker)
            return ("" if bullet_alone else f"{marker} {found.text}"), found.strong

        read_rows = read_table(table, read_paragraph)
        self.builder.add_table(read_rows.rows)
        for found in hanging:
            self._add_hanging(found)
        self._depth += 1
        for nested in read_rows.nested:
            if self._depth <= _DEEPEST:
                self._add_table(nested)
        self._depth -= 1

    def _add_running(self, kind: str) -> None:
        """Each header or footer once, however many sections repeat it."""
        seen: set[str] = set()
        for part in self._package.related(self._main, kind):
            for paragraph in self._package.xml(part).iter(W + "p"):
                text = fold(clean(self._paragraphs.read(paragraph).text))
                if text and text not in seen:
                    seen.add(text)
                    is_number = find_page_number(text) or text.isdigit()
                    aside = BlockKind.PAGE_NUMBER if is_number else BlockKind.RUNNING_HEAD
                    self.builder.add(aside, text)

    def _add_file_notes(self) -> None:
        inserted, deleted = count_changes(self._body)
        if inserted or deleted:
            self.builder.note(
                f"Tracked changes were read as accepted: {inserted} insertions kept, {deleted} deletions left out."
            )
        comments = self._related_xml("comments")
        if comments is not None and len(comments):
            self.builder.note(f"Comments in the margin were left out: {len(comments)}.")
        if self._package.has_macros:
            self.builder.note("This file contains macros: they were neither run nor read.")
