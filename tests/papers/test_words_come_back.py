"""Any words at all: each format takes them, and gives the same words back."""

from __future__ import annotations

import csv
import io
import json

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.papers.reading_back import folded, words_of_docx, words_of_html, words_of_pdf, words_of_xlsx
from tests.papers.samples import AS_OF, CHART

from bluelamp.papers.characters import clean
from bluelamp.papers.model import (
    Bullets,
    Cell,
    Cited,
    Column,
    Facts,
    Figure,
    GroupRow,
    Link,
    Marking,
    NumberedList,
    Paper,
    Paragraph,
    Quote,
    Reference,
    Section,
    SignatureLines,
    Table,
    Tag,
    Tags,
    Text,
    Unknown,
)
from bluelamp.papers.rendering import render

SLOW = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
ANYTHING = st.text(st.characters(), max_size=60)
HARMFUL = st.sampled_from(
    [
        '#import "x.typ": *',
        '#eval("1")',
        "$x$ *b* _i_ `c` <label> @ref ~ -- // /* */ \\u{41} \\",
        '=HYPERLINK("http://evil")',
        "+1",
        "@SUM(A1)",
        "\t=1",
        "_x0041_",
        "<script>alert(1)</script>",
        "</style>",
        "&lt;",
        "]]>",
        "<!--",
        "\x00\x01\x1f\x7f\x85",
        "\ud800",
        "\ufffe\uffff",
        "\u202eevil\u202c",
        "a\u0301\u0302",
        "a\U0001f3fb",
        "\U0001f468\u200d\U0001f469",
    ]
)
WORDS = st.one_of(ANYTHING, HARMFUL, st.tuples(HARMFUL, ANYTHING).map("".join))
# What the PDF's fonts hold, and what reads from left to right: there the text must come back letter by letter.
PRINTED = st.text(
    st.characters(
        min_codepoint=0x20,
        max_codepoint=0x24F,
        categories=("L", "N", "P", "S", "Zs"),
        exclude_characters="-\xad\xa0",
    ),
    max_size=120,
)


def everywhere(words: str) -> Paper:
    """A paper with the words in every place that takes words."""
    cell = (words, (Text(words, bold=True), Link(words, "https://example.org/"), Reference(words)))
    head = f"H{words}"
    table = Table(head, (Column(head, unit=words), Column(words)), (GroupRow(head), cell), (cell,), note=words)
    return Paper(
        title=head,
        subtitle=words,
        kind="any",
        marking=Marking.OFFICIAL,
        as_of=AS_OF,
        prepared_for=words,
        header=((words, words),),
        sections=(
            Section(
                head,
                (
                    Paragraph(words, numbered=True, reference=words),
                    Paragraph((Text(words, italic=True), Cited(words, 1, words, words, words))),
                    Quote(words, Cited(words), words),
                    Bullets((words,)),
                    NumberedList((words,)),
                    table,
                    Table(head, (Column(words),), (), empty=words),
                    Facts(((words, Unknown(words)),)),
                    Tags((Tag(words, words),)),
                    Figure(CHART, head, head, table),
                    SignatureLines((words,)),
                ),
                reference=words,
            ),
        ),
        notes=(words,),
    )


def simple(words: str) -> Paper:
    """The words once in a paragraph and once in a cell."""
    table = Table("Words", (Column("Ref"), Column("Said")), (("1", Cell(words, anchor="one")),))
    blocks = (Paragraph(f"[[{words}]]"), table)
    return Paper(title="Any", kind="any", marking=Marking.OFFICIAL, as_of=AS_OF, sections=(Section("S", blocks),))


@SLOW
@given(WORDS)
def test_every_format_takes_any_words_anywhere(words: str) -> None:
    paper = everywhere(words)
    for form in ("html", "pdf", "docx", "xlsx", "csv", "json"):
        assert render(paper, form).data


@SLOW
@given(PRINTED)
def test_the_pdf_says_the_words(words: str) -> None:
    said = folded("".join(words_of_pdf(render(simple(words), "pdf"))))
    assert folded(f"[[{words}]]") in said


@SLOW
@given(WORDS)
def test_the_word_file_says_the_words(words: str) -> None:
    said = words_of_docx(render(simple(words), "docx"))
    assert f"[[{clean(words)}]]" in said
    assert said.count(clean(words)) >= 2


@SLOW
@given(WORDS)
def test_the_page_says_the_words(words: str) -> None:
    said = words_of_html(render(simple(words), "html"))
    assert f"[[{clean(words)}]]" in said


@SLOW
@given(WORDS)
def test_the_workbook_says_the_words(words: str) -> None:
    said = words_of_xlsx(render(simple(words), "xlsx"))
    assert f"[[{clean(words)}]]" in said
    assert not clean(words) or clean(words) in said


@SLOW
@given(WORDS)
def test_the_data_say_the_words(words: str) -> None:
    data = json.loads(render(simple(words), "json").data)
    assert data["sections"][0]["blocks"][0]["words"] == f"[[{clean(words)}]]"
    rows = list(csv.reader(io.StringIO(render(simple(words), "csv").data.decode("utf-8-sig"), newline="")))
    assert rows[1][1].removeprefix("'") == clean(words).removeprefix("'")


def test_a_soft_hyphen_beside_a_sign_that_no_font_holds_does_not_stop_the_pdf() -> None:
    words = "0MM\x1f\x1f\x1f\x1f\x1f\U000106ca\xad"
    assert clean(words).endswith("\U000106ca")
    assert render(everywhere(words), "pdf").data.startswith(b"%PDF")
