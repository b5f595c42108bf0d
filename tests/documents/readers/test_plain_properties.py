"""Whatever the text, nothing is lost, nothing is said twice, and every citation holds."""

from __future__ import annotations

import hashlib
import re

from hypothesis import example, given, settings
from hypothesis import strategies as st

from bluelamp.documents.blocks import Block, BlockKind
from bluelamp.documents.document import Document, UnreadableFileError
from bluelamp.documents.readers.plain import read
from bluelamp.lib.text import fold_spans

WORDS = st.sampled_from(
    [
        "the",
        "force",
        "needs",
        "to",
        "improve",
        "its",
        "Recording",
        "of",
        "crime.",
        "and",
        "Good",
        "Adequate",
        "PEEL",
        "6",
        "14",
        "21%",
        "4",
        "2016",
        "(IOM)",
        "well-",
        "e.g.",
        "Strengths",
        "Page",
        "**bold**",
        "*it*",
        "__x__",
        "[link](#)",
        "\\(x\\)",
        "<b>y</b>",
        "<br>",
        "¹",
        "²",
        "[1]",
        "£0.9m",
        "“quoted”",
        "it’s",
        ":",
    ]
)
OPENINGS = st.sampled_from(
    [
        "",
        "",
        "",
        " ",
        "• ",
        "- ",
        "− ",
        "1. ",
        "(a) ",
        "# ",
        "### ",
        "\t",
        "\t\t",
        "¹ ",
        "4 ",
        "**",
        "| ",
        "> ",
        "\f",
        "o ",
        "\uf0b7 ",
    ]
)
ENDINGS = st.sampled_from(
    ["\n", "\n", "\n", "\n\n", " \n", "\r\n", "\r", "\f", "\t\n", ".\n", ":\n\n", "\u2028", "\x0b", " |\n", "**\n"]
)
JOINTS = st.sampled_from([" ", " ", " ", " ", "\t", "  ", "...", " ..... "])


@st.composite
def lines(draw: st.DrawFn) -> str:
    words = draw(st.lists(WORDS, max_size=14))
    joint = draw(JOINTS)
    return draw(OPENINGS) + joint.join(words) + draw(ENDINGS)


PRINTED = st.lists(lines(), max_size=30).map("".join)
ANY = st.text(max_size=300)


def read_text(text: str) -> Document | None:
    data = text.encode("utf-8")
    try:
        return read(data, sha256=hashlib.sha256(data).hexdigest(), file_name="report.txt")
    except UnreadableFileError:
        return None


def check_whole(text: str) -> None:
    document = read_text(text)
    if document is None:
        return
    file_lines = re.split("\r\n|\r|\n", text.removeprefix("\ufeff"))
    if file_lines[-1] == "" and len(file_lines) > 1:
        file_lines.pop()
    assert document.text.count("\n") == len(file_lines)
    assert document.text.endswith("\n")
    assert len(document.text.replace("\f", "").splitlines()) == len(file_lines)
    taken = check_spans(document)
    check_nothing_dropped(document, taken)
    for block in (*document.blocks, *document.asides):
        citations = document.cite(block)
        assert citations or not block.text
        assert all(document.verify(citation) for citation in citations)


def check_spans(document: Document) -> list[bool]:
    taken = [False] * len(document.text)
    for block in (*document.blocks, *document.asides):
        assert block.text == fold_spans(document.text, block.spans).text
        assert list(block.spans) == sorted(block.spans)
        for start, end in block.spans:
            assert 0 <= start < end <= len(document.text)
            assert not any(taken[start:end])
            taken[start:end] = [True] * (end - start)
        for cell in (cell for row in block.rows for cell in row.cells):
            assert cell.text == fold_spans(document.text, cell.spans).text
            assert set(cell.spans) <= set(block.spans)
    starts = [block.spans[0][0] for block in document.blocks if block.spans]
    assert starts == sorted(starts)
    return taken


def check_nothing_dropped(document: Document, taken: list[bool]) -> None:
    """Words that no block holds are a printed marker at its block's start, or signs without letters."""
    markers: dict[int, str] = {}
    for block in document.blocks:
        if block.marker and block.spans:
            markers[document.line_at(block.spans[0][0])] = block.marker
    position = 0
    for number, line in enumerate(document.text.split("\n"), 1):
        left = "".join(c for n, c in enumerate(line, position) if not taken[n])
        position += len(line) + 1
        bare = re.sub(r"\s", "", left)
        marker = re.sub(r"\s", "", markers.get(number, ""))
        assert bare == marker or not any(c.isalnum() for c in bare.removeprefix(marker)), (number, line)


@settings(max_examples=400, deadline=None)
@given(PRINTED)
@example("1\tPage 5\tfirst half of a long cell that is\n\n¹ A note.\n\n\t\tbroken over a page\t\n")
@example("| a | b |\n|---|---|\n| c | d |\n")
@example("**a bold\nrun**\n")
@example("one\ftwo\n\f\fthree\n\f")
@example("•\n-\n1.\n")
def test_printed_text_is_read_whole(text: str) -> None:
    check_whole(text)


@settings(max_examples=300, deadline=None)
@given(ANY)
def test_any_text_is_read_whole(text: str) -> None:
    check_whole(text)


@settings(max_examples=100, deadline=None)
@given(PRINTED)
def test_glyphs_stay_out_of_the_words(text: str) -> None:
    document = read_text(text)
    for block in document.blocks if document else ():
        if block.kind is BlockKind.LIST_ITEM and block.marker == "•":
            assert not starts_with_glyph(block)


def starts_with_glyph(block: Block) -> bool:
    return block.text.startswith("• ")
