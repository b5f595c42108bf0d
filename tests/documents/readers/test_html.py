"""A page is read for its words and its structure; nothing in it is run, fetched or lost."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bluelamp.documents.blocks import Block, BlockKind
from bluelamp.documents.document import Document, UnreadableFileError
from bluelamp.documents.readers.html import read
from bluelamp.lib.text import fold_spans

H, P, L, T, F = (
    BlockKind.HEADING,
    BlockKind.PARAGRAPH,
    BlockKind.LIST_ITEM,
    BlockKind.TABLE,
    BlockKind.FOOTNOTE,
)


def read_page(page: str | bytes) -> Document:
    return read(page if isinstance(page, bytes) else page.encode(), sha256="0" * 64, file_name="page.html")


def shapes(document: Document) -> list[tuple[BlockKind, int, str, str]]:
    return [(block.kind, block.level, block.marker, block.text) for block in document.blocks]


PAGE = """<!DOCTYPE html><html><head><title>Calder Vale &amp; partners</title><style>p {color: red}</style></head>
<body><header><a href="/">The inspectorate</a></header><nav><ul><li>Home</li></ul></nav>
<main><h1>PEEL <b>2031</b></h1>
<p>The force<sup><a href="#fn1">1</a></sup> is <b>good</b>.<br>It knows so.</p>
<script>document.write("run")</script><p style="display: none">hidden</p><p hidden>hidden too</p>
<ul><li>One<ul><li>nested <b>two</b></li></ul></li><li><p>Three</p><p>goes on</p></li></ul>
<ol start="3" type="a"><li>lettered</li></ol>
<p><strong>Area for improvement</strong></p>
<dl><dt>Term</dt><dd>Meaning</dd></dl>
<div class="footnotes"><ol><li id="fn1">A note.</li></ol></div></main>
<footer>Crown copyright</footer></body></html>"""


def test_a_page_is_read_in_order() -> None:
    document = read_page(PAGE)
    assert document.title == "Calder Vale & partners"
    assert shapes(document) == [
        (H, 1, "", "PEEL 2031"),
        (P, 0, "", "The force¹ is good. It knows so."),
        (L, 1, "•", "One"),
        (L, 2, "•", "nested two"),
        (L, 1, "•", "Three"),
        (P, 0, "", "goes on"),
        (L, 1, "c.", "lettered"),
        (H, 4, "", "Area for improvement"),
        (P, 0, "", "Term"),
        (P, 0, "", "Meaning"),
        (F, 0, "1.", "A note."),
    ]
    assert [aside.text for aside in document.asides] == ["The inspectorate", "Home", "Crown copyright"]
    assert all(document.verify(c) for block in document.blocks for c in document.cite(block))


def test_cells_that_span_rows_and_columns_keep_their_places() -> None:
    document = read_page(
        "<table><caption>Grades</caption><thead><tr><th>Area<th>Grade<th>Year</tr></thead>"
        "<tr><td rowspan=2>Crime<td>Good<td>2031</tr><tr><td>Fair<td>2032</tr>"
        "<tr><td colspan=2>All<td>2033</table>"
    )
    caption, table = document.blocks
    assert caption.text == "Grades"
    assert [row.is_head for row in table.rows] == [True, False, False, False]
    assert [[row.text_at(n) for n in range(3)] for row in table.rows] == [
        ["Area", "Grade", "Year"],
        ["Crime", "Good", "2031"],
        ["Crime", "Fair", "2032"],
        ["All", "All", "2033"],
    ]
    assert "Crime\tGood\t2031\n" in document.text


def test_a_table_for_layout_is_read_as_text() -> None:
    document = read_page(
        "<table><tr><td><h2>Findings</h2><p>The force is good.</p></td><td>Aside</td></tr></table>"
    )
    assert [block.text for block in document.blocks] == ["Findings", "The force is good.", "Aside"]


def test_entities_from_outside_are_never_fetched() -> None:
    page = '<!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/hostname">]><p>words &x; here</p>'
    assert "words &x; here" in read_page(page).text


@pytest.mark.parametrize("encoding", ["iso-8859-1", "windows-1252"])
def test_the_named_encoding_is_used_as_browsers_use_it(encoding: str) -> None:
    page = f'<meta charset="{encoding}"><p>café “good”</p>'.encode("cp1252")
    assert read_page(page).blocks[0].text == "café “good”"


@pytest.mark.parametrize("page", ["", "<script>only()</script>", "<p hidden>x</p>", "<div>" * 20_000 + "deep"])
def test_a_page_that_cannot_be_read_is_refused_in_a_sentence(page: str) -> None:
    with pytest.raises(UnreadableFileError) as refusal:
        read_page(page)
    assert str(refusal.value).endswith(".")


@pytest.mark.parametrize(
    "page",
    ["<p>a" * 60_000, "<p>" + "a " * 1_000_000, "<table><tr>" + "<td rowspan=1000>a" * 500 + "<tr><td>b" * 900],
)
def test_large_pages_are_read(page: str) -> None:
    assert read_page(page).blocks


TAGS = st.sampled_from(
    [
        "p",
        "b",
        "i",
        "div",
        "ul",
        "ol",
        "li",
        "table",
        "tr",
        "td",
        "th",
        "h2",
        "sup",
        "br",
        "main",
        "nav",
        "header",
        "span",
        "pre",
        "dl",
        "dt",
        "dd",
        "section",
    ]
)
TOKENS = st.one_of(
    TAGS.map("<{}>".format),
    TAGS.map("</{}>".format),
    st.sampled_from(["one ", "Two", "• x", "¹ y", "\n", "&amp;", "1. z"]),
)


@settings(max_examples=300, deadline=None)
@given(st.lists(TOKENS, max_size=40).map("".join))
def test_any_page_is_read_whole(page: str) -> None:
    try:
        document = read_page(page)
    except UnreadableFileError:
        return
    taken: set[int] = set()
    for block in (*document.blocks, *document.asides):
        assert block.text == fold_spans(document.text, block.spans).text
        taken |= taken_by(block, taken)
        assert all(document.verify(citation) for citation in document.cite(block))
    left = "".join(c for n, c in enumerate(document.text) if n not in taken)
    assert not any(c.isalpha() for c in left)


def taken_by(block: Block, taken: set[int]) -> set[int]:
    held = {n for start, end in block.spans for n in range(start, end)}
    assert held.isdisjoint(taken)
    return held


def test_a_paragraph_keeps_its_own_line_breaks_and_is_one_block() -> None:
    document = read_page("<p>Ann Dale <br>\nBo<br/>half-<br>day</p><p>Ned\nFell</p>")
    assert [block.text for block in document.blocks] == ["Ann Dale Bo half- day", "Ned Fell"]
    assert document.text == "Ann Dale\nBo\nhalf- day\nNed Fell\n"
