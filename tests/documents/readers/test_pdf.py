"""Is a PDF read in its order, with its tables, boxes and notes, and does every citation hold?"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path

import pdf_examples as examples
import pdf_hostile as hostile
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bluelamp.documents.blocks import Block, BlockKind
from bluelamp.documents.document import Document
from bluelamp.documents.readers.pdf import read

ALL = ["REPORT", "TWO_COLUMNS", "FIGURES", "LONG_TABLE", "UNBROKEN", "NOTES", "CONTENTS", "SLIDES", "HMIC"]


def read_example(name: str) -> Document:
    return read_bytes(examples.make_pdf(getattr(examples, name)))


def read_bytes(data: bytes) -> Document:
    return read(data, sha256=hashlib.sha256(data).hexdigest(), file_name="example.pdf")


def of_kind(document: Document, kind: BlockKind) -> list[Block]:
    return [block for block in document.blocks if block.kind is kind]


def texts(blocks: Iterable[Block]) -> list[str]:
    return [block.text for block in blocks]


def cells(block: Block) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in block.rows]


@pytest.mark.parametrize("name", ALL)
def test_every_citation_holds_and_has_a_box_on_its_page(name: str) -> None:
    check_law_one(read_example(name))


@pytest.mark.parametrize("name", ["REPORT", "LONG_TABLE"])
def test_how_many_pages_are_read_is_told_page_by_page_to_the_last(name: str) -> None:
    data = examples.make_pdf(getattr(examples, name))
    heard: list[tuple[int, int]] = []
    document = read(data, sha256="", file_name="example.pdf", tell=lambda *told: heard.append(told))
    pages = len(document.pages)
    assert pages > 1
    assert [done for done, _ in heard] == sorted(done for done, _ in heard)
    assert {done for done, _ in heard} | {0} == set(range(pages + 1))
    assert {of for _, of in heard} == {pages}


def check_law_one(document: Document) -> None:
    for block in (*document.blocks, *document.asides):
        citations = document.cite(block)
        assert citations
        pieces = [document.cite(cell.spans) for row in block.rows for cell in row.cells if cell.spans]
        for citation in (*citations, *(c for piece in pieces for c in piece)):
            assert document.verify(citation), citation
            assert citation.box is not None
            assert citation.page is not None
            page = document.pages[citation.page - 1]
            left, top, right, bottom = citation.box
            assert -2 <= left < right <= page.width + 2
            assert -2 <= top < bottom <= page.height + 2
        assert document.folded(block).text == block.text
    words = sum(
        len(span_text) for b in (*document.blocks, *document.asides) for span_text in spans_of(document, b)
    )
    assert words >= 0.9 * len("".join(document.text.replace(".", "").split())), (
        "words of the text stand in no block"
    )


def spans_of(document: Document, block: Block) -> list[str]:
    return ["".join(document.text[a:b].split()) for a, b in block.spans]


@pytest.mark.parametrize("name", ALL)
def test_text_has_pages_lines_and_a_box_for_each_line(name: str) -> None:
    document = read_example(name)
    pages = document.text.split("\f")
    assert len(pages) == len(document.pages)
    assert all(page.endswith("\n") for page in pages)
    assert len(document.line_boxes) == document.text.count("\n")
    assert len(document.text.splitlines()) == document.text.count("\n") + len(pages) - 1
    for i, page in enumerate(document.pages, 1):
        assert (page.number, document.text[page.start : page.end]) == (i, ("\f" if i > 1 else "") + pages[i - 1])


def test_report_has_headings_by_size() -> None:
    headings = of_kind(read_example("REPORT"), BlockKind.HEADING)
    assert [(h.level, h.text) for h in headings] == [
        (1, "Overall summary"),
        (2, "Our judgments"),
        (2, "Main findings"),
        (3, "Supervisors review plans in good time"),
        (4, "Area for improvement"),
        (1, "Preventing crime"),
        (4, "Good"),
    ]
    assert all(h.strong for h in headings)


def test_grade_table_keeps_areas_under_their_grades() -> None:
    (table,) = of_kind(read_example("REPORT"), BlockKind.TABLE)
    assert cells(table) == [
        ["Outstanding", "Good", "Adequate", "Requires improvement", "Inadequate"],
        ["", "Preventing crime", "Recording data about crime", "", ""],
        ["", "Managing offenders", "Responding to the public", "Investigating crime", ""],
        ["", "", "Treatment of the public", "", ""],
    ]
    assert [row.is_head for row in table.rows] == [True, False, False, False]


def test_items_of_a_list_have_glyph_and_level() -> None:
    items = of_kind(read_example("REPORT"), BlockKind.LIST_ITEM)
    assert [(i.level, i.marker) for i in items] == [(1, "•"), (1, "•"), (2, "‣"), (1, "•")]
    assert items[0].text.startswith("First point")
    assert items[0].text.endswith("and on.")


def test_a_sentence_over_the_turn_of_a_page_is_one_block() -> None:
    document = read_example("REPORT")
    (across,) = [b for b in of_kind(document, BlockKind.PARAGRAPH) if len(b.spans) == 2]
    assert "although in a few it was not" in across.text
    assert [c.page for c in document.cite(across)] == [1, 2]


def test_running_heads_and_numbers_stand_aside() -> None:
    document = read_example("REPORT")
    asides = [(a.kind, a.text) for a in document.asides]
    assert asides == [
        (BlockKind.PAGE_NUMBER, "1"),
        (BlockKind.RUNNING_HEAD, "PEEL 2021/22: Calder Vale Police"),
        (BlockKind.PAGE_NUMBER, "2"),
    ]
    assert [page.printed for page in document.pages] == ["1", "2"]


def test_columns_are_read_one_after_the_other() -> None:
    document = read_example("TWO_COLUMNS")
    numbers = [b.text.split(".")[0] for b in document.blocks if b.text.startswith("Paragraph")]
    assert numbers == [f"Paragraph {i}" for i in (1, 2, 3, 4, 5, 7, 8, 9, 10)]
    assert all(b.text.endswith("itself.") for b in document.blocks if b.text.startswith("Paragraph"))
    assert texts(document.blocks)[0] == "A title across the page"
    assert document.pages[0].printed == "1"


def test_figures_without_rules_are_a_table() -> None:
    (table,) = of_kind(read_example("FIGURES"), BlockKind.TABLE)
    assert cells(table)[0] == ["", "Year to March 2022", "Year to March 2023", "Change"]
    assert cells(table)[3] == ["Theft from a vehicle and interference with a vehicle", "2,015", "2,101", "+4.3%"]
    assert cells(table)[-1] == ["Total", "8,651", "3,618", ""]
    assert [row.is_head for row in table.rows] == [True, False, False, False, False, False]


def test_a_table_over_pages_is_one_and_its_repeated_head_stands_aside() -> None:
    document = read_example("LONG_TABLE")
    (table,) = of_kind(document, BlockKind.TABLE)
    assert [row.text_at(0) for row in table.rows] == ["Ref", *map(str, range(1, 31))]
    heads = [a for a in document.asides if a.kind is BlockKind.REPEATED_HEAD]
    assert texts(heads) == ["Ref Page Issue of concern Action"] * 2
    assert table.rows[3].cells[3].spans == ()


def test_a_row_cut_by_the_page_is_one_row() -> None:
    document = read_example("UNBROKEN")
    (table,) = of_kind(document, BlockKind.TABLE)
    assert [row.text_at(0) for row in table.rows] == ["Ref", "1", "2", "3"]
    cell = table.rows[2].cell_at(1)
    assert cell is not None
    assert cell.text.endswith("by any supervisor of the unit.")
    assert [c.page for c in document.cite(cell.spans)] == [1, 2]


def test_footnotes_have_their_sign_and_stand_after_the_words() -> None:
    document = read_example("NOTES")
    notes = of_kind(document, BlockKind.FOOTNOTE)
    assert [n.marker for n in notes] == ["1", "2"]
    assert notes[0].text.startswith("Calls to 999")
    assert notes[0].text.endswith("counts them.")
    assert "in time¹ and visited" in of_kind(document, BlockKind.PARAGRAPH)[0].text
    assert [page.printed for page in document.pages] == ["i", "ii"]


def test_contents_are_titles_with_pages() -> None:
    lines = of_kind(read_example("CONTENTS"), BlockKind.CONTENTS)
    assert texts(lines) == [
        "Overall summary 2",
        "Our judgments 2",
        "Preventing crime 3",
        "Areas for improvement 3",
    ]


def test_slides_keep_text_side_by_side_apart() -> None:
    document = read_example("SLIDES")
    before, after = of_kind(document, BlockKind.PARAGRAPH)
    assert before.text.startswith("Before:")
    assert before.text.endswith("towns.")
    assert after.text.startswith("After:")
    assert after.text.endswith("next.")
    assert document.pages[0].width > document.pages[0].height


def test_older_reports_have_grades_without_rules_and_numbered_items() -> None:
    document = read_example("HMIC")
    (table,) = of_kind(document, BlockKind.TABLE)
    assert ["Protecting Vulnerable People – Child Abuse", "Poor"] in cells(table)
    items = of_kind(document, BlockKind.LIST_ITEM)
    assert [i.marker for i in items] == ["•", "•", "1.", "2."]
    assert "Areas for improvement" in texts(of_kind(document, BlockKind.HEADING))


_WORDS = [
    "plans",
    "force",
    "review",
    "late",
    "victim",
    "audit",
    "panel",
    "beat",
    "unit",
    "ward",
    "café",
    "naïve",
    "fi",
    "ffl",
    "12%",
    "£4m",
]
_SENTENCE = st.lists(
    st.sampled_from(
        [
            "plans",
            "force",
            "review",
            "late",
            "victim",
            "audit",
            "panel",
            "beat",
            "unit",
            "ward",
            "office",
            "café",
            "naïve",
            "fi",
            "ffl",
            "12%",
            "£4m",
        ]
    ),
    min_size=3,
    max_size=30,
).map(lambda words: " ".join(words).capitalize() + ".")
_PARTS = st.lists(
    st.one_of(
        _SENTENCE,
        _SENTENCE.map(lambda s: "- " + s),
        _SENTENCE.map(lambda s: f"#block(stroke: 1pt, inset: 6pt)[{s}]"),
        _SENTENCE.map(lambda s: f"= {s[:30].strip()}"),
        st.tuples(_SENTENCE, _SENTENCE).map(lambda p: f"#table(columns: 2, [{p[0]}], [{p[1]}], [{p[1]}], [])"),
        _SENTENCE.map(lambda s: f"#columns(2)[{s * 6}]"),
        _SENTENCE.map(lambda s: f"{s[:-1]}#footnote[{s}]."),
    ),
    min_size=1,
    max_size=12,
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(_PARTS)
def test_whatever_is_printed_is_cited(parts: list[str]) -> None:
    source = '#set page(paper: "a5", numbering: "1")\n' + "\n\n".join(p.replace("%", "\\%") for p in parts)
    document = read_bytes(examples.make_pdf(source))
    check_law_one(document)
    assert "victim" not in source.lower() or "victim" in document.text.lower()


def test_another_producer(tmp_path: Path) -> None:
    chromium = Path("/usr/bin/chromium")
    if not chromium.exists():
        pytest.skip("Chromium is absent: apt-get install chromium")
    document = read_bytes(examples.print_with_chromium(chromium, examples.WEB_PAGE, tmp_path))
    check_law_one(document)
    grades, figures = of_kind(document, BlockKind.TABLE)
    assert cells(grades)[1] == ["", "Preventing crime", "Recording data about crime", "Supervising offenders", ""]
    assert cells(figures)[2] == ["Robbery", "312", "340", "+9.0%"]
    assert [i.level for i in of_kind(document, BlockKind.LIST_ITEM)] == [1, 1, 2, 2]
    side = next(b for b in document.blocks if b.text.startswith("The force lends cameras"))
    assert side.text.endswith("without a robbery.")
    beside = next(b for b in document.blocks if b.text.startswith("Each ward"))
    assert beside.text.endswith("say that they read it.")
    right = next(b for b in document.blocks if b.text.startswith("At the meeting"))
    assert "They came in the summer and showed" in right.text


def test_two_tables_below_each_other_are_two() -> None:
    source = """#set page(paper: "a4", margin: 2cm)
#set text(font: "Liberation Sans", size: 10pt)
#grid(columns: (4cm, 1fr), row-gutter: 9pt, [*Area*], [*What we found*], [Serving the public],
  [The force answers its calls in time.], [Working together], [Partners said that the force comes to meetings.])
#v(8pt)
#table(columns: (1fr, 1fr), stroke: none, inset: 5pt, table.hline(), [*Grade in 2006*], [*Grade in 2007*],
  table.hline(), [Fair], [Good], table.hline())"""
    first, second = of_kind(read_bytes(examples.make_pdf(source)), BlockKind.TABLE)
    assert cells(first)[-1] == ["Working together", "Partners said that the force comes to meetings."]
    assert cells(second) == [["Grade in 2006", "Grade in 2007"], ["Fair", "Good"]]
    assert [row.is_head for row in second.rows] == [True, False]


def test_a_page_whose_words_run_upwards_is_read_as_if_turned() -> None:
    source = """#set page(paper: "a4", margin: 2cm)
#place(rotate(-90deg, reflow: true)[#block(width: 20cm)[= Turned page

This paragraph runs upwards, as a wide table is often bound into a narrow paper, with all its words.
#table(columns: 3, [Name], [Sum], [Share], [Robbery], [12], [13%])]])"""
    document = read_bytes(examples.make_pdf(source))
    check_law_one(document)
    assert [b.kind for b in document.blocks] == [BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.TABLE]
    box = document.line_boxes[1]
    assert box is not None
    assert box[3] - box[1] > 10 * (box[2] - box[0])


def test_numbered_paragraphs_and_a_table_with_heads_over_three_lines() -> None:
    source = """#set page(paper: "a4", margin: 2cm, footer: context align(center)[Page | #counter(page).display()])
#set text(font: "Liberation Sans", size: 11pt)
*1. PURPOSE*
#grid(columns: (1.2cm, 1fr), row-gutter: 10pt,
  [1.1], [The report gives the outturn of the capital programme and of the budget for the year that ended.],
  [1.2], [It asks for approval of what is shown.])
#table(columns: (5cm, 2.4cm, 2.4cm, 2.4cm), stroke: none, inset: 4pt, align: (left, right, right, right),
  [], [*Original\\ Budget*], [*Revised\\ Budget*], [*Variance*], [*Estates*], [], [], [],
  [New custody suite], [5,400], [6,100], [(1,150)],
  [Northern station refurbishment and roof], [1,200], [1,250], [10],
  [*Total*], [*6,600*], [*7,350*], [*(1,140)*])"""
    document = read_bytes(examples.make_pdf(source))
    assert [i.marker for i in of_kind(document, BlockKind.LIST_ITEM)] == ["1.1", "1.2"]
    (table,) = of_kind(document, BlockKind.TABLE)
    assert cells(table)[0] == ["", "Original Budget", "Revised Budget", "Variance"]
    assert ["Northern station refurbishment and roof", "1,200", "1,250", "10"] in cells(table)
    assert ["Estates", "", "", ""] in cells(table)
    assert document.pages[0].printed == "1"


def test_letters_set_one_by_one_are_no_bullets() -> None:
    pieces = b"".join(
        hostile.text_at(x, y, word)
        for y, line in ((700, "The team reviews how low-risk"), (687, "o ffenders are watched."))
        for x, word in placed(line)
    )
    (block,) = read_bytes(hostile.one_page(pieces)).blocks
    assert block.text == "The team reviews how low-risk offenders are watched."


def placed(line: str) -> list[tuple[float, str]]:
    """Words at their places; "o ffenders" is one word in two pieces."""
    found, x = [], 72.0
    for word in line.split():
        found.append((x, word))
        x += 6.12 if word == "o" else 5.4 * len(word) + 6
    return found


def test_a_row_open_at_the_turn_of_the_page_is_still_a_row(tmp_path: Path) -> None:
    chromium = Path("/usr/bin/chromium")
    if not chromium.exists():
        pytest.skip("Chromium is absent: apt-get install chromium")
    rows = "".join(
        f"<tr><td>{i}<td>Page {i}<td>The plan of area {i} is late, and the reason for it was not written down by "
        "the officer who should have done so, nor by the supervisor, as our audit of that area showed.<td></tr>"
        for i in range(1, 41)
    )
    html = f"""<meta charset=utf-8><style>@page{{size:A4;margin:2cm}} body{{font:11pt Arial}}
table{{border-collapse:collapse}} td{{border:1px solid #888;padding:3px}}</style>
<p>Words before.</p><table>{rows}</table>"""
    document = read_bytes(examples.print_with_chromium(chromium, html, tmp_path))
    (table,) = of_kind(document, BlockKind.TABLE)
    assert [row.text_at(0) for row in table.rows] == [str(i) for i in range(1, 41)]
    assert all(row.text_at(2).endswith("area showed.") for row in table.rows)
    check_law_one(document)
