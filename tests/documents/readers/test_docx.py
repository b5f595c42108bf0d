"""Word documents say what Word prints: changes accepted, numbers counted, cells merged."""

from __future__ import annotations

import docx
from office_examples import W, assert_cited, edit_part, rewrite, word_bytes, word_with_body

from bluelamp.documents.blocks import BlockKind
from bluelamp.documents.document import Document
from bluelamp.documents.readers import read_bytes


def read(data: bytes) -> Document:
    document = read_bytes(data, file_name="paper.docx")
    assert_cited(document)
    return document


def p(text: str, properties: str = "") -> str:
    return f'<w:p><w:pPr>{properties}</w:pPr><w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:p>'


def texts(document: Document) -> list[str]:
    return [block.text for block in document.blocks]


def test_headings_lists_and_paragraphs() -> None:
    made = docx.Document()
    made.core_properties.title = "Calder Vale Police: action plan"
    made.add_heading("Vulnerable people", level=2)
    made.add_paragraph("The force has a plan.")
    made.add_paragraph("First of all", style="List Number")
    made.add_paragraph("Then this", style="List Number")
    made.add_paragraph("A point", style="List Bullet")
    made.add_paragraph("A deeper point", style="List Bullet 2")
    made.add_paragraph().add_run("All of it bold").bold = True
    document = read(word_bytes(made))
    assert document.title == "Calder Vale Police: action plan"
    assert [page.number for page in document.pages] == [None]
    heading, plain, first, second, point, deeper, bold = document.blocks
    assert (heading.kind, heading.level) == (BlockKind.HEADING, 2)
    assert plain.kind is BlockKind.PARAGRAPH
    assert (first.kind, first.marker, second.marker) == (BlockKind.LIST_ITEM, "1.", "2.")
    assert (point.marker, deeper.marker) == ("•", "•")
    assert bold.strong
    assert not plain.strong
    assert "1. First of all\n2. Then this\n" in document.text


def test_an_outline_level_makes_a_heading_without_a_style() -> None:
    document = read(word_with_body(p("Custody", '<w:outlineLvl w:val="2"/>') + p("Words.")))
    assert [(block.kind.value, block.level) for block in document.blocks] == [("heading", 3), ("paragraph", 0)]


def test_numbering_counts_levels_and_restarts() -> None:
    levels = "".join(
        f'<w:lvl w:ilvl="{n}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/><w:lvlText w:val="{text}"/></w:lvl>'
        for n, (kind, text) in enumerate([("decimal", "%1."), ("decimal", "%1.%2"), ("lowerRoman", "(%3)")])
    )
    numbering = (
        f'<w:numbering {W}><w:abstractNum w:abstractNumId="5">{levels}</w:abstractNum>'
        '<w:num w:numId="7"><w:abstractNumId w:val="5"/></w:num>'
        '<w:num w:numId="8"><w:abstractNumId w:val="5"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/>'
        "</w:lvlOverride></w:num></w:numbering>"
    )

    def item(text: str, level: int, list_id: int = 7) -> str:
        return p(text, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list_id}"/></w:numPr>')

    body = item("a", 0) + item("b", 1) + item("c", 1) + item("d", 2) + item("e", 0) + item("f", 1)
    body += item("g", 0, 8) + item("h", 1, 8) + item("no number", 0, 0)
    data = rewrite(word_with_body(body), {"word/numbering.xml": numbering.encode()})
    document = read(data)
    assert [block.marker for block in document.blocks] == ["1.", "1.1", "1.2", "(i)", "2.", "2.1", "1.", "1.1", ""]


def test_tracked_changes_are_read_as_accepted() -> None:
    run = "<w:r><w:t xml:space='preserve'>{}</w:t></w:r>"
    gone = "<w:r><w:delText>{}</w:delText></w:r>"
    body = (
        "<w:p>" + run.format("The force ")
        + "<w:del w:id='1' w:author='x'>" + gone.format("rarely") + "</w:del>"
        + "<w:ins w:id='2' w:author='x'>" + run.format("always") + "</w:ins>"
        + run.format(" answers.") + "</w:p>"
        + "<w:p><w:moveFrom w:id='3'>" + run.format("Moved away.") + "</w:moveFrom></w:p>"
        + "<w:p><w:moveTo w:id='4'>" + run.format("Moved here.") + "</w:moveTo></w:p>"
        + "<w:p><w:pPr><w:rPr><w:del w:id='5'/></w:rPr></w:pPr>" + run.format("One sentence ") + "</w:p>"
        + "<w:p>" + run.format("now whole.") + "</w:p>"
    )  # fmt: skip
    document = read(word_with_body(body))
    assert texts(document) == ["The force always answers.", "Moved here.", "One sentence now whole."]
    assert any("Tracked changes" in note for note in document.notes)


def test_a_paragraph_keeps_its_own_line_breaks_and_is_one_block() -> None:
    said = "<w:t>Ann Dale </w:t><w:br/><w:t> Bo</w:t><w:cr/><w:t>half-</w:t><w:br/><w:t>day</w:t>"
    document = read(word_with_body(f"<w:p><w:r>{said}</w:r></w:p>{p('Ned Fell')}"))
    assert texts(document) == ["Ann Dale Bo half- day", "Ned Fell"]
    assert document.text == "Ann Dale\nBo\nhalf- day\nNed Fell\n"
    assert_cited(document)


def test_small_things_inside_a_paragraph() -> None:
    body = (
        "<w:p><w:r><w:t>well</w:t><w:noBreakHyphen/><w:t>kept</w:t><w:br/><w:t>re</w:t><w:softHyphen/><w:t>cord,</w:t>"
        "<w:lastRenderedPageBreak/><w:tab/></w:r>"
        "<w:hyperlink><w:r><w:t>linked</w:t></w:r></w:hyperlink>"
        "<w:sdt><w:sdtContent><w:r><w:t xml:space='preserve'> controlled</w:t></w:r></w:sdtContent></w:sdt>"
        "<w:r><w:fldChar w:fldCharType='begin'/></w:r><w:r><w:instrText>PAGEREF secret</w:instrText></w:r>"
        "<w:r><w:fldChar w:fldCharType='separate'/></w:r><w:r><w:t xml:space='preserve'> 12</w:t></w:r>"
        "<w:r><w:fldChar w:fldCharType='end'/></w:r>"
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>unseen</w:t></w:r></w:p>"
    )
    document = read(word_with_body(body))
    assert texts(document) == ["well-kept record, linked controlled 12"]
    assert any("hidden" in note for note in document.notes)


def test_merged_cells_cover_every_row_and_column_that_they_cover_on_paper() -> None:
    made = docx.Document()
    table = made.add_table(rows=4, cols=3)
    for row, words in enumerate(["Area|Measure|Result", "Response|Time|12", "|Calls|1,300", "A note|over|all"]):
        for column, word in enumerate(words.split("|")):
            table.cell(row, column).text = word
    table.cell(1, 0).merge(table.cell(2, 0))
    table.cell(3, 0).merge(table.cell(3, 2)).text = "A note over all"
    (block,) = read(word_bytes(made)).blocks
    assert block.kind is BlockKind.TABLE
    assert block.rows[0].is_head
    assert [row.text_at(0) for row in block.rows] == ["Area", "Response", "Response", "A note over all"]
    assert [row.text_at(2) for row in block.rows] == ["Result", "12", "1,300", "A note over all"]
    assert block.rows[3].cells[0].column_span == 3


def test_a_row_is_a_line_and_a_table_within_a_table_follows_it() -> None:
    made = docx.Document()
    table = made.add_table(rows=2, cols=2)
    table.cell(0, 0).text, table.cell(0, 1).text, table.cell(1, 0).text = "one", "two", "three"
    inner = table.cell(1, 1).add_table(rows=1, cols=2)
    inner.cell(0, 0).text, inner.cell(0, 1).text = "in", "side"
    document = read(word_bytes(made))
    assert document.text == "one\ttwo\nthree\nin\tside\n"
    assert [block.kind.value for block in document.blocks] == ["table", "table"]


def test_a_table_of_one_column_is_a_box_round_paragraphs() -> None:
    made = docx.Document()
    cell = made.add_table(rows=1, cols=1).cell(0, 0)
    cell.text = "Area for improvement"
    cell.add_paragraph("The force should record more.", style="List Bullet")
    document = read(word_bytes(made))
    assert [block.kind.value for block in document.blocks] == ["paragraph", "list_item"]


def test_footnotes_stand_after_their_paragraph_and_boxes_too() -> None:
    footnotes = (
        f'<w:footnotes {W}><w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:t>--</w:t></w:r></w:p>'
        "</w:footnote>"
        '<w:footnote w:id="2"><w:p><w:r><w:t>See annex B.</w:t></w:r></w:p></w:footnote></w:footnotes>'
    )
    box = (
        '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
        "<mc:Choice Requires='wps'><w:drawing><w:txbxContent><w:p><w:r><w:t>Boxed.</w:t></w:r></w:p>"
        "</w:txbxContent>"
        "</w:drawing></mc:Choice><mc:Fallback><w:pict><w:txbxContent><w:p><w:r><w:t>Boxed.</w:t></w:r></w:p>"
        "</w:txbxContent></w:pict></mc:Fallback></mc:AlternateContent>"
    )
    body = (
        "<w:p><w:r><w:t>Crime fell</w:t></w:r><w:r><w:footnoteReference w:id='2'/></w:r><w:r><w:t>.</w:t></w:r>"
        f"<w:r>{box}</w:r></w:p>" + p("Next.")
    )
    data = rewrite(word_with_body(body), {"word/footnotes.xml": footnotes.encode()})
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
    data = edit_part(
        data,
        "word/_rels/document.xml.rels",
        lambda xml: xml.replace(
            "</Relationships>", f'<Relationship Id="rFoot" Type="{kind}" Target="footnotes.xml"/></Relationships>'
        ),
    )
    document = read(data)
    assert [(b.kind.value, b.text, b.marker) for b in document.blocks] == [
        ("paragraph", "Crime fell.", ""),
        ("paragraph", "Boxed.", ""),
        ("footnote", "See annex B.", "1"),
        ("paragraph", "Next.", ""),
    ]


def test_headers_and_footers_are_kept_aside() -> None:
    made = docx.Document()
    made.add_paragraph("Words.")
    made.sections[0].header.paragraphs[0].text = "OFFICIAL"
    made.sections[0].footer.paragraphs[0].text = "Page 1"
    document = read(word_bytes(made))
    assert texts(document) == ["Words."]
    assert [(a.kind.value, a.text) for a in document.asides] == [
        ("running_head", "OFFICIAL"),
        ("page_number", "Page 1"),
    ]


def test_typed_bullets_are_list_items_and_initials_are_not() -> None:
    document = read(word_with_body(p("• A point") + p("A. Sample spoke.") + p("(a)\tA typed number")))
    said = [(b.kind.value, b.marker, b.text) for b in document.blocks]
    assert said[:2] == [("list_item", "•", "A point"), ("paragraph", "", "A. Sample spoke.")]


def raised(text: str, how: str = "superscript") -> str:
    properties = f'<w:vertAlign w:val="{how}"/>' if how else ""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def runs(*pieces: str) -> str:
    """A paragraph of these runs, bare words being runs of their own."""
    told = [
        each if each.startswith("<") else f'<w:r><w:t xml:space="preserve">{each}</w:t></w:r>' for each in pieces
    ]
    return f"<w:p>{''.join(told)}</w:p>"


def test_a_raised_number_of_a_note_is_no_part_of_the_figure_before_it() -> None:
    rose = runs("Complaints rose from 950", raised("1"), " to 1,000", raised("3, 4"), ".")
    tight = runs("Of 412", raised("[2] "), "reports")
    assert texts(read(word_with_body(rose + tight))) == [
        "Complaints rose from 950¹ to 1,000³, ⁴.",
        "Of 412² reports",
    ]


def test_what_else_is_raised_stays_as_it_is_said() -> None:
    first = runs("On the 1", raised("st"), " of May, 5 m", raised("2"), " of floor")
    plain = runs("Of 41", raised("2", ""), " and CO", raised("2", "subscript"))
    lowered = runs("Of 41", raised("2", "baseline"))
    assert texts(read(word_with_body(first + plain + lowered))) == [
        "On the 1st of May, 5 m² of floor",
        "Of 412 and CO2",
        "Of 412",
    ]


def test_a_raised_number_by_its_style_and_in_a_cell() -> None:
    made = docx.Document()
    style = made.styles.add_style("Note sign", docx.enum.style.WD_STYLE_TYPE.CHARACTER)
    style.font.superscript = True
    table = made.add_table(rows=2, cols=2)
    for row, words in zip(table.rows, ("District", "North"), strict=True):
        row.cells[0].text = words
        row.cells[1].paragraphs[0].add_run("1,000")
        row.cells[1].paragraphs[0].add_run("3", style="Note sign")
    (block,) = read(word_bytes(made)).blocks
    assert [row.cells[1].text for row in block.rows] == ["1,000³", "1,000³"]
