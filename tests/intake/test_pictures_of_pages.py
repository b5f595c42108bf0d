"""Is a page that is only a picture told, by what reads a document and by what checks it?"""

from __future__ import annotations

import io
from itertools import pairwise

import pypdfium2 as pdfium
import pytest
import typst
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from bluelamp.checks.checking import check_papers
from bluelamp.checks.model import Report, Verdict
from bluelamp.documents.blocks import Page
from bluelamp.documents.document import Document
from bluelamp.documents.readers import read_bytes
from bluelamp.documents.wordless import find_wordless_pages
from bluelamp.intake.checking import read_subject
from bluelamp.intake.extraction import extract
from bluelamp.intake.wire import extraction_to_wire

pytestmark = pytest.mark.no_database


def _picture(width: int = 200, height: int = 280) -> bytes:
    held = io.BytesIO()
    Image.new("L", (width, height), 200).save(held, "PDF")
    return held.getvalue()


def _words(said: str, foot: str = "") -> bytes:
    page = '#set page(paper: "a5", footer: [' + foot + "])\n"
    made: bytes = typst.compile(f"{page}{said}".encode())
    return made


def _bound(*parts: bytes) -> Document:
    whole = pdfium.PdfDocument.new()
    for part in parts:
        with pdfium.PdfDocument(part) as opened:
            whole.import_pages(opened)
    held = io.BytesIO()
    whole.save(held)
    whole.close()
    return read_bytes(held.getvalue(), file_name="scan.pdf")


def _check(document: Document) -> Report:
    return check_papers([read_subject(document, name="scan.pdf")])


SAID = "The board met in the hall and spoke of the keys."


def test_pages_between_pages_with_words_are_told_with_their_number() -> None:
    document = _bound(_words(SAID), _picture(), _words(SAID), _picture(), _picture())
    unread = extraction_to_wire(extract(document))["unread"]
    advice = "ask for the original, or run it through text recognition."
    assert [(each["page"], each["reason"], each["citations"]) for each in unread] == [
        (2, f"Page 2 is a picture without words and was not read: {advice}", []),
        (4, f"Pages 4 to 5 are pictures without words and were not read: {advice}", []),
    ]
    results = [each for each in _check(document).results if each.rule == "wordless-page"]
    assert [(each.verdict, each.message[:18]) for each in results] == [
        (Verdict.UNCHECKED, "scan.pdf: Page 2 i"),
        (Verdict.UNCHECKED, "scan.pdf: Pages 4 "),
    ]


def test_a_scan_is_told_as_a_whole() -> None:
    document = _bound(_picture(), _picture())
    (unread,) = extract(document).unread
    assert unread.reason.startswith(
        "This document holds pictures of pages without words, and nothing of it was read"
    )
    assert _check(document).counts["unchecked"] == 1


def test_a_page_with_words_beside_its_picture_is_read() -> None:
    made = _bound(_words(SAID), _words(SAID + " It is printed again."))
    assert not [each for each in extract(made).unread if each.reader == "documents.pages"]
    assert not [each for each in _check(made).results if each.rule == "wordless-page"]


@pytest.mark.parametrize(("height", "told"), [("95%", [(3, 3)]), ("8%", [])])
def test_a_running_foot_is_not_the_words_of_a_scanned_page(height: str, told: list[tuple[int, int]]) -> None:
    held = io.BytesIO()
    Image.new("L", (4, 4), 100).save(held, "PNG")
    picture = (
        f'#image(bytes(({",".join(map(str, held.getvalue()))})), width: 100%, height: {height}, fit: "stretch")'
    )
    pages = [f"{SAID} It was told of {thing}." for thing in ("cars", "boats", "", "bells", "doors")]
    pages[2] = picture
    foot = "footer: [Keys board #h(1fr) #context counter(page).display()]"
    made: bytes = typst.compile(f'#set page(paper: "a5", {foot})\n{"#pagebreak()".join(pages)}'.encode())
    runs = find_wordless_pages(read_bytes(made, file_name="board.pdf"))
    assert [(run.first, run.last) for run in runs] == told


def test_an_empty_page_is_no_picture() -> None:
    made = _bound(_words(SAID), _words("#box()"), _words(SAID))
    assert find_wordless_pages(made) == ()


@given(st.lists(st.booleans(), max_size=12))
def test_every_picture_is_in_one_run_and_nothing_else(pictures: list[bool]) -> None:
    pages = tuple(Page(n, n, n, image_only=picture) for n, picture in enumerate(pictures, 1))
    runs = find_wordless_pages(Document("0" * 64, "pdf", "", pages, ()))
    told = [number for run in runs for number in range(run.first, run.last + 1)]
    assert told == [n for n, picture in enumerate(pictures, 1) if picture]
    assert all(later.first > run.last + 1 for run, later in pairwise(runs))
    assert all(run.whole == all(pictures) for run in runs)
