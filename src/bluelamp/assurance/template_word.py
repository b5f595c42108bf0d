"""How does a template look in Word, so that it can be filled in anywhere and still be read back?"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from itertools import count

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement as Element
from docx.shared import Mm, Pt, RGBColor

from bluelamp.assurance import template_word_xml as xml
from bluelamp.assurance.template_mark import make_mark, make_name, make_template_number, show_number
from bluelamp.assurance.template_model import (
    HEADS,
    Column,
    Layout,
    Section,
    TemplateItem,
    TemplateOrder,
    deadline_line,
    instructions,
    make_sections,
    previous_answer,
)
from bluelamp.assurance.template_word_xml import PLAIN, Look
from bluelamp.documents.readers.office_package import clean
from bluelamp.lib.calendar_days import say_day

_WIDTHS: dict[Layout, tuple[float, ...]] = {  # millimetres, of 170 and of 267
    Layout.ANNEX: (25, 19, 68, 58),
    Layout.FULL: (25, 13, 60, 26, 20, 20, 44, 18, 20, 21),
}
_WIDTHS_WITHOUT_PREVIOUS = (25, 13, 66, 26, 21, 21, 52, 19, 24)
_ROW_MM = {Layout.ANNEX: 14.0, Layout.FULL: 18.0}
_SMALL = Look(colour=xml.GREY, size=15)
_FONT = "Times New Roman"  # as in papers: it, or a twin of its widths, is everywhere


def make_word(order: TemplateOrder, key: bytes) -> bytes:
    """The template as a .docx; the same bytes for the same order and key."""
    word = _WordTemplate(order, key)
    document = word.build()
    buffer = io.BytesIO()
    document.save(buffer)
    return _repack(buffer.getvalue(), order)


class _WordTemplate:
    def __init__(self, order: TemplateOrder, key: bytes) -> None:
        self._order = order
        self._key = key
        self._number = make_template_number(order, key)
        self._columns = columns_of(order)
        self._widths = (
            _WIDTHS[order.layout]
            if Column.PREVIOUS in self._columns or order.layout is Layout.ANNEX
            else _WIDTHS_WITHOUT_PREVIOUS
        )
        self._identifiers = count(1)

    def build(self) -> WordDocument:
        document = Document()
        _set_up_page(document, self._order)
        _set_up_styles(document, self._order)
        self._add_running(document)
        body = document.element.body
        end = body.sectPr
        for element in self._content():
            end.addprevious(element)
        return document

    def _content(self) -> Iterator[Element]:
        order = self._order
        yield xml.paragraph(xml.run(order.title), style="Title")
        yield xml.paragraph(xml.run(self._summary()))
        for line in instructions(order):
            yield xml.paragraph(xml.run(line))
        for section in make_sections(order.items):
            yield xml.paragraph(xml.run(section.name), style="Heading1")
            yield self._table(section)
        yield xml.paragraph(xml.run("End of the template.", _SMALL))

    def _summary(self) -> str:
        number = len(self._order.items)
        points = f"{number:,} point{'' if number == 1 else 's'}"
        whose = f" for {self._order.owner}" if self._order.owner else ""
        return f"{points}{whose}, as the register stood on {say_day(self._order.as_of)}."

    def _table(self, section: Section) -> Element:
        table = xml.table(self._widths, caption=section.name)
        heads = HEADS[self._order.layout]
        bold = Look(bold=True, size=0 if self._order.layout is Layout.ANNEX else 17)
        cells = [
            xml.cell(width, xml.paragraph(xml.run(heads[column], bold)), fill=xml.HEAD_FILL)
            for column, width in zip(self._columns, self._widths, strict=True)
        ]
        table.append(xml.row(*cells, is_head=True))
        for item in section.items:
            cells = [
                xml.cell(width, *self._cell(column, item))
                for column, width in zip(self._columns, self._widths, strict=True)
            ]
            table.append(xml.row(*cells, height_mm=_ROW_MM[self._order.layout]))
        return table

    def _cell(self, column: Column, item: TemplateItem) -> list[Element]:
        match column:
            case Column.REF:
                return self._reference(item)
            case Column.WORDS:
                return self._words(item)
            case Column.RESPONSE | Column.DELIVERY:
                title = HEADS[Layout.FULL][column]
                return [xml.paragraph(xml.choice_list(self._order.choices.of(column), title, self._next()))]
            case Column.TARGET:
                return [xml.paragraph(xml.day_picker(HEADS[Layout.FULL][column], self._next()))]
            case Column.PAGE:
                said = [item.page_ref]
            case Column.OWNER:
                said = [item.owner or "Unallocated", deadline_line(item)]
            case Column.PREVIOUS:
                said = [previous_answer(item)]
            case _:
                said = []
        return [xml.paragraph(xml.run(words)) for words in said if words] or [xml.paragraph()]

    def _reference(self, item: TemplateItem) -> list[Element]:
        """The source's own number as the report's readers know it, ours under it; and what nobody sees."""
        mark = str(make_mark(item, self._number, self._key))
        name = make_name(item, self._number, self._key)
        ours = xml.run(item.reference, _SMALL if item.source_number else PLAIN)
        marked = xml.marked(ours, mark, self._next())
        if not item.source_number:
            return [xml.paragraph(*xml.bookmark(name, self._next(), *marked))]
        number = xml.bookmark(name, self._next(), xml.run(item.source_number))
        return [xml.paragraph(*number), xml.paragraph(*marked)]

    def _words(self, item: TemplateItem) -> list[Element]:
        said = [xml.paragraph(xml.run(words)) for words in (item.words, *item.parts)]
        if self._order.with_office_notes:
            note = Look(italic=True, colour=xml.GREY)
            said += [xml.paragraph(xml.run(words, note)) for words in item.notes_shown]
        return said

    def _add_running(self, document: WordDocument) -> None:
        section = document.sections[0]
        marking = xml.run(self._order.marking, Look(bold=True))
        _fill(section.header._element, xml.paragraph(marking, style="Header", centred=True))
        number = f"Template {show_number(self._number)}, as of {say_day(self._order.as_of)}"
        pages = [xml.run("  ·  Page "), *xml.field("PAGE"), xml.run(" of "), *xml.field("NUMPAGES")]
        marking = xml.run(self._order.marking, Look(bold=True))
        _fill(
            section.footer._element,
            xml.paragraph(marking, style="Footer", centred=True),
            xml.paragraph(xml.run(instructions(self._order)[1]), style="Footer", centred=True),
            xml.paragraph(xml.run(number), *pages, style="Footer", centred=True),
        )

    def _next(self) -> int:
        return next(self._identifiers)


def columns_of(order: TemplateOrder) -> tuple[Column, ...]:
    """The layout's columns; that of earlier answers only where there are any."""
    previous = any(item.answers for item in order.items)
    return tuple(each for each in HEADS[order.layout] if previous or each is not Column.PREVIOUS)


def _fill(holder: Element, *paragraphs: Element) -> None:
    for child in list(holder):
        holder.remove(child)
    holder.extend(paragraphs)


def _set_up_page(document: WordDocument, order: TemplateOrder) -> None:
    section = document.sections[0]
    wide = order.layout is Layout.FULL
    section.orientation = WD_ORIENT.LANDSCAPE if wide else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = (Mm(297), Mm(210)) if wide else (Mm(210), Mm(297))
    section.left_margin = section.right_margin = Mm(15 if wide else 20)
    section.top_margin = section.bottom_margin = Mm(20)
    section.header_distance = section.footer_distance = Mm(9)
    made = order.made.replace(tzinfo=None)
    properties = document.core_properties
    properties.title, properties.author, properties.comments = clean(order.title), "Bluelamp", ""
    properties.created = properties.modified = made
    properties.language = "en-GB"


def _set_up_styles(document: WordDocument, order: TemplateOrder) -> None:
    styles = document.styles
    small = 9.5 if order.layout is Layout.ANNEX else 8.5
    for name, size, bold in (("Normal", small, False), ("Title", 20, True), ("Heading 1", 14.5, True)):
        style = styles[name]
        style.font.size, style.font.bold = Pt(size), bold
        style.font.color.rgb = RGBColor(0x0B, 0x0C, 0x0C)
        _set_font(style.element.get_or_add_rPr())
        shape = style.paragraph_format
        shape.space_before, shape.space_after = Pt(0 if name == "Normal" else 10), Pt(3)
        if name != "Normal":
            shape.keep_with_next = True
    borders = styles["Title"].element.pPr.find(qn("w:pBdr"))
    if borders is not None:
        styles["Title"].element.pPr.remove(borders)
    for language in styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), "en-GB")


def _set_font(properties: Element) -> None:
    """One font for all scripts, instead of the theme's."""
    fonts = properties.find(qn("w:rFonts"))
    if fonts is not None:
        properties.remove(fonts)
    properties.insert(0, xml.make("rFonts", ascii=_FONT, hAnsi=_FONT, eastAsia=_FONT, cs=_FONT))


def _repack(data: bytes, order: TemplateOrder) -> bytes:
    """The package with the order's own time on every part, where python-docx would write the clock's."""
    made = order.made
    stamp = (max(made.year, 1980), made.month, made.day, made.hour, made.minute, made.second)
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as before, zipfile.ZipFile(buffer, "w") as after:
        for entry in before.infolist():
            fresh = zipfile.ZipInfo(entry.filename, stamp)
            fresh.compress_type = zipfile.ZIP_DEFLATED
            after.writestr(fresh, before.read(entry))
    return buffer.getvalue()
