"""Does a bad or hostile PDF end in one plain sentence, or is it read safely?"""

from __future__ import annotations

import contextlib
import io

import pdf_examples as examples
import pdf_hostile as hostile
import pypdfium2 as pdfium
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from bluelamp.documents.blocks import BlockKind
from bluelamp.documents.document import Document, UnreadableFileError
from bluelamp.documents.page_images import render_page
from bluelamp.documents.readers.pdf import read

WORDS = hostile.text_at(72, 700, "Words stand here.")


def read_bytes(data: bytes) -> Document:
    return read(data, sha256="0" * 64, file_name="paper.pdf")


def refused(data: bytes) -> str:
    with pytest.raises(UnreadableFileError) as error:
        read_bytes(data)
    message = str(error.value)
    assert message.startswith("paper.pdf ")
    assert message.endswith(".")
    assert "\n" not in message
    return message


def test_bad_files_end_in_a_sentence() -> None:
    good = examples.make_pdf(examples.REPORT)
    assert refused(b"") == "paper.pdf is empty."
    assert "not a PDF" in refused(b"\x89PNG\r\n\x1a\n" + b"0" * 999)
    assert "cut short" in refused(good[: len(good) // 2])
    assert "password" in refused(hostile.encrypt(b"secret"))
    no_pages = {1: b"<< /Type /Catalog /Pages 2 0 R >>", 2: b"<< /Type /Pages /Kids [] /Count 0 >>"}
    refused(hostile.assemble(no_pages))


def test_page_trees_that_loop_or_lie() -> None:
    loop = {1: b"<< /Type /Catalog /Pages 2 0 R >>", 2: b"<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 2 >>"}
    refused(hostile.assemble(loop))
    lie = {1: b"<< /Type /Catalog /Pages 2 0 R >>", 2: b"<< /Type /Pages /Kids [3 0 R] /Count 1000000 >>"}
    assert "split it" in refused(hostile.assemble(lie))


def test_an_empty_password_opens() -> None:
    assert read_bytes(hostile.encrypt(b"")).text == "Locked words of the Calder Vale panel.\n"


@pytest.mark.parametrize("box", [b"0 0 1000000000 1000000000", b"595 842 0 0", b"0 0 0 0", b"a b c d"])
def test_strange_page_boxes(box: bytes) -> None:
    data = hostile.one_page(WORDS, box=box)
    assert read_bytes(data).text == "Words stand here.\n"
    assert render_page(data, 1, 800).startswith(b"\x89PNG")


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_boxes_stand_where_one_sees_the_words(turn: int) -> None:
    data = hostile.one_page(WORDS, page=b"/Rotate %d" % turn)
    document = read_bytes(data)
    (citation,) = document.cite(document.blocks[0])
    assert citation.quote == "Words stand here."
    page = document.pages[0]
    image = Image.open(io.BytesIO(render_page(data, 1, 1000))).convert("L").point(lambda v: 255 * (v < 128))
    seen = image.getbbox()
    assert seen is not None
    assert citation.box is not None
    scale = image.width / page.width
    inside = zip(citation.box, (v / scale for v in seen), strict=True)
    assert all(abs(a - b) < 4 for a, b in inside), (citation.box, seen)


def test_cropped_pages_count_from_their_own_corner() -> None:
    document = read_bytes(hostile.one_page(WORDS, page=b"/CropBox [50 600 400 800]"))
    box = document.line_boxes[0]
    assert box is not None
    assert box[0] == pytest.approx(22, abs=1)
    assert (document.pages[0].width, document.pages[0].height) == (350, 200)


def test_scripts_are_noted_and_not_run() -> None:
    names = b"/Names << /JavaScript << /Names [(a) << /S /JavaScript /JS (app.alert(2)) >>] >> >>"
    assert read_bytes(hostile.one_page(WORDS, catalog=names)).notes == (
        "This PDF holds scripts; they were not run.",
    )


def test_pictures_of_pages_are_said_to_be_pictures() -> None:
    image = io.BytesIO()
    picture = Image.new("L", (200, 280), 200)
    picture.save(image, "PDF", save_all=True, append_images=[picture] * 2)
    document = read_bytes(image.getvalue())
    assert document.notes == ("This PDF holds pictures of pages and no text: 3 of 3 pages cannot be read.",)
    assert document.blocks == ()
    assert all(page.image_only for page in document.pages)


def test_many_tiny_objects_are_bounded() -> None:
    rectangles = b"".join(b"%d %d 3 3 re f\n" % (i % 590, i // 590) for i in range(60_000))
    assert read_bytes(hostile.one_page(rectangles)).blocks == ()
    rules = b"".join(
        b"%d 0 m %d 842 l S 0 %d m 595 %d l S\n" % (i % 595, i % 595, i % 842, i % 842) for i in range(6_000)
    )
    assert "Words stand here." in read_bytes(hostile.one_page(rules + WORDS)).text
    letters = b"".join(hostile.text_at((i * 7) % 590, (i * 3) % 840, "x", size=1 + i % 9) for i in range(20_000))
    read_bytes(hostile.one_page(letters))


def test_one_endless_line() -> None:
    data = hostile.one_page(b"BT /F1 1 Tf 10 700 Td (" + b"word " * 200_000 + b") Tj ET")
    assert read_bytes(data).text.startswith("word word")


def test_signs_of_a_sign_font_are_bullets() -> None:
    content = hostile.text_at(72, 700, "l", font="F3", size=8) + hostile.text_at(90, 700, "A point of the list.")
    content += hostile.text_at(90, 687, "It goes on here.")
    (item,) = read_bytes(hostile.one_page(content)).blocks
    assert (item.kind, item.text) == (BlockKind.LIST_ITEM, "A point of the list. It goes on here.")


def test_words_cut_at_a_line_end_are_mended_where_the_document_shows_how() -> None:
    lines = ["The inspec-", "tion found that a well-", "honed plan of the inspection"]
    content = b"".join(hostile.text_at(72, 700 - 13 * i, line) for i, line in enumerate(lines))
    (block,) = read_bytes(hostile.one_page(content)).blocks
    assert block.text == "The inspection found that a well-honed plan of the inspection"


def test_pages_of_tables_stay_within_bounds() -> None:
    source = """#set page(paper: "a4", margin: 1cm, flipped: true)
#set text(size: 7pt)
#table(columns: 12, inset: 2pt, ..range(540).map(i => str(1000 + i)))"""
    one = pdfium.PdfDocument(examples.make_pdf(source))
    many, out = pdfium.PdfDocument.new(), io.BytesIO()
    many.import_pages(one, [0] * 30)
    many.save(out)
    one.close()
    many.close()
    document = read_bytes(out.getvalue())
    assert len(document.pages) == 30
    assert sum(len(block.rows) for block in document.blocks) == 30 * 45


def test_there_is_no_such_page() -> None:
    with pytest.raises(UnreadableFileError, match="no page 9"):
        render_page(hostile.one_page(WORDS), 9, 800)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 4000), st.binary(min_size=1, max_size=40))
def test_broken_bytes_never_end_in_anything_else(at: int, noise: bytes) -> None:
    good = hostile.one_page(WORDS * 20)
    data = good[:at] + noise + good[at + len(noise) :]
    with contextlib.suppress(UnreadableFileError):
        read_bytes(data)
