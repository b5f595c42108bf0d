"""Presentations: a page for each slide, with its tables, charts and notes."""

from __future__ import annotations

import io

from office_examples import assert_cited
from pptx import Presentation
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE
from pptx.util import Inches

from bluelamp.documents.blocks import BlockKind
from bluelamp.documents.document import Document
from bluelamp.documents.readers import read_bytes


def read(deck) -> Document:
    stream = io.BytesIO()
    deck.save(stream)
    document = read_bytes(stream.getvalue(), file_name="deck.pptx")
    assert_cited(document)
    return document


def test_a_slide_is_a_page_with_title_bullets_and_notes() -> None:
    deck = Presentation()
    slide = deck.slides.add_slide(deck.slide_layouts[1])
    slide.shapes.title.text = "Westmarch Constabulary: response times"
    body = slide.placeholders[1].text_frame
    body.text = "Calls rose"
    deeper = body.add_paragraph()
    deeper.text, deeper.level = "Mostly at night", 1
    slide.notes_slide.notes_text_frame.text = "Say why."
    deck.slides.add_slide(deck.slide_layouts[6])
    last = deck.slides.add_slide(deck.slide_layouts[6])
    last.shapes.add_textbox(0, 0, Inches(3), Inches(1)).text_frame.text = "A box of its own"
    document = read(deck)
    assert [(page.number, page.name) for page in document.pages] == [
        (1, "Westmarch Constabulary: response times"),
        (2, ""),
        (3, ""),
    ]
    assert document.text.count("\f") == 2
    said = [(b.kind.value, b.level, b.marker, b.text) for b in document.blocks]
    assert said == [
        ("heading", 1, "", "Westmarch Constabulary: response times"),
        ("list_item", 1, "•", "Calls rose"),
        ("list_item", 2, "–", "Mostly at night"),
        ("heading", 6, "", "Notes"),
        ("paragraph", 0, "", "Say why."),
        ("paragraph", 0, "", "A box of its own"),
    ]
    assert document.cite(document.blocks[-1])[0].page == 3
    assert document.pages[0].width == 720


def test_tables_groups_and_charts() -> None:
    deck = Presentation()
    slide = deck.slides.add_slide(deck.slide_layouts[6])
    table = slide.shapes.add_table(3, 3, 0, 0, Inches(5), Inches(2)).table
    for row, words in enumerate(["Area|This year|Last year", "Theft|120|140", "Merged||9"]):
        for column, word in enumerate(words.split("|")):
            table.cell(row, column).text = word
    table.cell(2, 0).merge(table.cell(2, 1))
    group = slide.shapes.add_group_shape()
    group.shapes.add_textbox(0, 0, Inches(1), Inches(1)).text_frame.text = "Grouped"
    data = CategoryChartData(number_format="0.0%")
    data.categories = ["Quarter 1", "Quarter 2"]
    data.add_series("Answered in 10 s", (0.9123, 0.8))
    slide.shapes.add_chart(XL_CHART_TYPE.COLUMN_CLUSTERED, 0, 0, Inches(4), Inches(3), data)
    table_block, grouped, chart = (b for b in read(deck).blocks)
    assert table_block.rows[0].is_head
    assert [row.text_at(2) for row in table_block.rows] == ["Last year", "140", "9"]
    assert table_block.rows[2].cells[0].column_span == 2
    assert grouped.text == "Grouped"
    assert chart.kind is BlockKind.TABLE
    assert [[cell.text for cell in row.cells] for row in chart.rows] == [
        ["", "Answered in 10 s"],
        ["Quarter 1", "91.2%"],
        ["Quarter 2", "80.0%"],
    ]
