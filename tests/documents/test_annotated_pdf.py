"""Do highlights of a PDF copy lie over their lines, on turned and cropped pages too, and are its bytes kept?"""

from __future__ import annotations

import ctypes
import io

import pypdfium2 as pdfium
import pypdfium2.raw as raw
import pytest
from tests.intake.paper_samples import paper_pdf

from bluelamp.documents.annotated_pdf import annotate_pdf
from bluelamp.documents.annotation import Note, Place, Weight
from bluelamp.documents.document import Document
from bluelamp.documents.readers import read_bytes

pytestmark = pytest.mark.no_database

SAID = "The total – 97 – cannot be true: the rows sum to 94 “patrols”."


def read(data: bytes) -> Document:
    return read_bytes(data, file_name="p.pdf")


def place_of(document: Document, words: str, nth: int = 0) -> Place:
    lines = [n for n, line in enumerate(document.text.split("\n"), 1) if words in line.replace("\t", " ")]
    line = lines[nth]
    box = document.line_boxes[line - 1]
    assert box is not None
    page = document.page_at(document.text.index(document.text.split("\n")[line - 1]))
    number = page.number if nth == 0 else max(p.number or 1 for p in document.pages)
    return Place(line, line, words, number, (box,))


def highlights(data: bytes) -> list[tuple[int, str, str, list[tuple[float, float, float, float]]]]:
    """Page, words, author and boxes (left, bottom, right, top as the file counts) of each highlight."""
    found = []
    pdf = pdfium.PdfDocument(data)
    for number in range(len(pdf)):
        page = pdf[number]
        for index in range(raw.FPDFPage_GetAnnotCount(page.raw)):
            annotation = raw.FPDFPage_GetAnnot(page.raw, index)
            if raw.FPDFAnnot_GetSubtype(annotation) == raw.FPDF_ANNOT_HIGHLIGHT:
                quads = []
                for nth in range(raw.FPDFAnnot_CountAttachmentPoints(annotation)):
                    quad = raw.FS_QUADPOINTSF()
                    raw.FPDFAnnot_GetAttachmentPoints(annotation, nth, quad)
                    quads.append((quad.x3, quad.y3, quad.x2, quad.y2))
                found.append((number + 1, _string(annotation, b"Contents"), _string(annotation, b"T"), quads))
            raw.FPDFPage_CloseAnnot(annotation)
        page.close()
    pdf.close()
    return found


def _string(annotation: raw.FPDF_ANNOTATION, key: bytes) -> str:
    length = raw.FPDFAnnot_GetStringValue(annotation, key, None, 0)
    buffer = ctypes.create_string_buffer(length)
    raw.FPDFAnnot_GetStringValue(annotation, key, ctypes.cast(buffer, ctypes.POINTER(raw.FPDF_WCHAR)), length)
    return buffer.raw[:-2].decode("utf-16-le")


def words_under(data: bytes, number: int, quad: tuple[float, float, float, float]) -> str:
    pdf = pdfium.PdfDocument(data)
    page = pdf[number - 1]
    text = page.get_textpage()
    found = text.get_text_bounded(*quad)
    text.close()
    page.close()
    pdf.close()
    return " ".join(found.split())


def colours_at(data: bytes, number: int) -> set[tuple[int, ...]]:
    pdf = pdfium.PdfDocument(data)
    page = pdf[number - 1]
    bitmap = page.render(scale=1)
    picture = bitmap.to_pil().convert("RGB")
    counted = {colour for _, colour in picture.getcolors(1 << 20)}
    bitmap.close()
    page.close()
    pdf.close()
    return counted


def reshaped(data: bytes, *, turned: int = 0, cropped: bool = False) -> bytes:
    pdf = pdfium.PdfDocument(data)
    page = pdf[0]
    if turned:
        page.set_rotation(turned)
    if cropped:
        left, bottom, right, top = page.get_mediabox()
        page.set_cropbox(left + 30, bottom + 40, right - 10, top - 20)
    page.close()
    stream = io.BytesIO()
    pdf.save(stream)
    pdf.close()
    return stream.getvalue()


def test_a_highlight_lies_over_its_line_with_its_words() -> None:
    data = paper_pdf(97)
    copy = annotate_pdf(data, [Note(SAID, Weight.GRAVE, (place_of(read(data), "Total 97"),))])
    assert (copy.placed, copy.elsewhere) == (1, 0)
    assert copy.data.startswith(data)  # an increment: what was there is there
    ((page, words, author, quads),) = highlights(copy.data)
    assert (page, words, author) == (1, SAID, "Bluelamp")
    assert words_under(copy.data, 1, quads[0]) == "Total 97"
    assert colours_at(copy.data, 1) - colours_at(data, 1)


@pytest.mark.parametrize("turned", [0, 90, 180, 270])
@pytest.mark.parametrize("cropped", [False, True])
def test_pages_that_are_turned_or_cropped_have_it_in_the_right_place(turned: int, cropped: bool) -> None:
    data = reshaped(paper_pdf(97), turned=turned, cropped=cropped)
    document = read(data)
    line = next(n for n, said in enumerate(document.text.split("\n"), 1) if "Cedar" in said)
    box = document.line_boxes[line - 1]
    assert box is not None
    copy = annotate_pdf(data, [Note("N", Weight.DOUBTFUL, (Place(line, line, "Cedar", 1, (box,)),))])
    ((_, _, _, quads),) = highlights(copy.data)
    assert "Cedar" in words_under(copy.data, 1, quads[0])
    assert "Birch" not in words_under(copy.data, 1, quads[0])


def test_places_on_several_pages_get_one_each() -> None:
    data = paper_pdf(97, tables=9)
    document = read(data)
    first, last = place_of(document, "Total 97"), place_of(document, "Total 97", nth=-1)
    assert (first.page, last.page) != (1, 1)
    copy = annotate_pdf(data, [Note(SAID, Weight.GRAVE, (first, last))])
    found = highlights(copy.data)
    assert [page for page, *_ in found] == [1, last.page]
    assert copy.placed == 1


def test_what_has_no_box_or_page_is_counted_and_nothing_breaks() -> None:
    data = paper_pdf(97)
    nowhere = [
        Note("no box", Weight.GRAVE, (Place(1, 1, "x", 1, ()),)),
        Note("no page", Weight.GRAVE, (Place(1, 1, "x", 99, ((0, 0, 5, 5),)),)),
        Note("nothing", Weight.GRAVE, ()),
    ]
    copy = annotate_pdf(data, nowhere)
    assert (copy.placed, copy.elsewhere) == (0, 3)
    assert highlights(copy.data) == []
    pdf = pdfium.PdfDocument(copy.data)
    page = pdf[0]
    last = raw.FPDFPage_GetAnnot(page.raw, raw.FPDFPage_GetAnnotCount(page.raw) - 1)
    assert raw.FPDFAnnot_GetSubtype(last) == raw.FPDF_ANNOT_TEXT
    assert _string(last, b"Contents").endswith("no box no page nothing")
    raw.FPDFPage_CloseAnnot(last)
    page.close()
    pdf.close()


def test_hostile_words_are_words() -> None:
    data = paper_pdf(97)
    words = "(\\)>> /JS (app.alert(1)) \U0001f600 \ud83d" + "x" * 5_000
    copy = annotate_pdf(data, [Note(words, Weight.GRAVE, (place_of(read(data), "Total 97"),))])
    ((_, said, _, _),) = highlights(copy.data)
    assert said.startswith("(\\)>> /JS (app.alert(1)) \U0001f600")
    pdf = pdfium.PdfDocument(copy.data)
    assert raw.FPDFDoc_GetJavaScriptActionCount(pdf.raw) == 0
    pdf.close()
