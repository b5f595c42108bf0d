"""Is the Word file one that Word, a screen reader and the next writer can work with?"""

from __future__ import annotations

import io
import zipfile

import docx
import pytest
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from lxml import etree
from tests.papers.samples import SAMPLES, assurance_template, committee_update, every_block, sixty_pages

from bluelamp.papers.anchors import read_anchor
from bluelamp.papers.model import Paper
from bluelamp.papers.rendering import render


def opened(paper: Paper) -> docx.document.Document:
    return docx.Document(io.BytesIO(render(paper, "docx").data))


def parts_of(paper: Paper) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(render(paper, "docx").data)) as archive:
        return {info.filename: archive.read(info) for info in archive.infolist()}


@pytest.mark.parametrize("name", SAMPLES)
def test_every_style_relationship_and_list_is_there(name: str) -> None:
    parts = parts_of(SAMPLES[name]())
    for part, data in parts.items():
        if part.endswith((".xml", ".rels")):
            etree.fromstring(data)
    body = etree.fromstring(parts["word/document.xml"])
    styles = etree.fromstring(parts["word/styles.xml"]).xpath("//*/@*[local-name()='styleId']")
    used = body.xpath("//*[local-name()='pStyle' or local-name()='rStyle' or local-name()='tblStyle']/@*")
    assert set(used) <= set(styles)
    relations = etree.fromstring(parts["word/_rels/document.xml.rels"])
    known = {node.get("Id"): node for node in relations}
    prefix = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
    wanted = {value for node in body.iter() for key, value in node.attrib.items() if key.startswith(prefix)}
    assert wanted <= set(known)
    held = {node.get("Target") for node in relations if node.get("TargetMode") != "External"}
    assert {f"word/{target}" for target in held} <= set(parts)
    lists = etree.fromstring(parts["word/numbering.xml"]).xpath("//*[local-name()='num']/@*")
    assert set(body.xpath("//*[local-name()='numId']/@*")) <= set(lists)
    identifiers = body.xpath("//*[local-name()='bookmarkStart']/@*[local-name()='id']")
    assert len(identifiers) == len(set(identifiers))


def test_headings_lists_and_captions_are_words_own() -> None:
    document = opened(committee_update())
    styles = {paragraph.text: paragraph.style.name for paragraph in document.paragraphs}
    assert styles["Progress on inspection findings"] == "Title"
    assert styles["Purpose of the report"] == "Heading 1"
    assert styles["to note the progress made since June"] == "List Number"
    assert styles["Internal comments are left out."] == "List Bullet"
    assert styles["Table 1: Points by area and by what their owner says"] == "Caption"


def test_paragraphs_are_numbered_by_word_itself() -> None:
    numbered = [p for p in opened(committee_update()).paragraphs if p.style.name == "Numbered Paragraph"]
    levels = {(p._p.pPr.numPr.ilvl.val, p._p.pPr.numPr.numId.val) for p in numbered}
    assert levels == {(1, 1)}


def test_heads_of_tables_repeat_and_tables_say_what_they_are() -> None:
    document = opened(committee_update())
    table = next(table for table in document.tables if table.rows[0].cells[0].text == "Reference")
    assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    assert table._tbl.tblPr.find(qn("w:tblCaption")).get(qn("w:val")) == "Table 4: Points past their date"
    assert table.rows[1].cells[-1].text == "Waiting for the supplier to release the new search screen."


def test_a_figure_has_its_alternative_text_and_a_picture() -> None:
    parts = parts_of(committee_update())
    described = etree.fromstring(parts["word/document.xml"]).xpath("//*[local-name()='docPr']/@descr")
    assert [words[:40] for words in described] == ["A bar for each age: 31 points under 3 mo"]
    assert parts["word/media/picture1.png"].startswith(b"\x89PNG")


def test_it_says_its_language_and_nobodys_name_or_hour() -> None:
    document = opened(committee_update())
    about = document.core_properties
    assert (about.title, about.author, about.last_modified_by) == ("Progress on inspection findings", "", "")
    assert str(about.created) == str(about.modified) == "2024-09-04 00:00:00+00:00"
    assert (about.keywords, about.language) == ("OFFICIAL", "en-GB")
    language = document.styles.element.find(f".//{qn('w:lang')}")
    assert language.get(qn("w:val")) == "en-GB"


def test_marking_and_page_numbers_stand_at_head_and_foot() -> None:
    section = opened(assurance_template()).sections[0]
    assert section.header.paragraphs[0].text == "OFFICIAL-SENSITIVE"
    foot = section.footer.paragraphs[0]
    assert "OFFICIAL-SENSITIVE" in foot.text
    assert [node.text.strip() for node in foot._p.iter(qn("w:instrText"))] == ["PAGE", "NUMPAGES"]


def test_pages_turn_for_wide_tables_and_back() -> None:
    lies = [section.orientation for section in opened(every_block()).sections]
    assert lies == [WD_ORIENT.PORTRAIT, WD_ORIENT.LANDSCAPE, WD_ORIENT.PORTRAIT]
    assert [section.orientation for section in opened(assurance_template()).sections] == [WD_ORIENT.LANDSCAPE]


def test_a_long_paper_has_a_list_of_contents_whose_entries_lead_to_headings() -> None:
    body = opened(sixty_pages()).element.body
    entries = [link.get(qn("w:anchor")) for link in body.iter(qn("w:hyperlink")) if link.get(qn("w:anchor"))]
    marks = {mark.get(qn("w:name")) for mark in body.iter(qn("w:bookmarkStart"))}
    assert len(entries) == 15
    assert set(entries) <= marks


def test_anchors_come_back_from_tags_and_bookmarks() -> None:
    body = opened(assurance_template(3)).element.body
    tags = [read_anchor(tag.get(qn("w:val"))) for tag in body.iter(qn("w:tag"))]
    marks = [read_anchor(mark.get(qn("w:name"))) for mark in body.iter(qn("w:bookmarkStart"))]
    assert tags == ["item-1", "item-2", "item-3"]
    assert [mark for mark in marks if mark] == ["item-1", "answer-1", "item-2", "answer-2", "item-3", "answer-3"]


def test_room_to_be_filled_in_is_empty_and_high() -> None:
    table = next(table for table in opened(assurance_template(3)).tables if len(table.columns) == 4)
    assert [row.cells[3].text for row in table.rows[1:]] == ["", "", ""]
    assert all(row.height is not None and row.height.mm > 12 for row in table.rows[1:])
