"""How do notes stand in a PDF? As highlights over the lines that they speak of, with the note as their words.

The copy is the original with its bytes unchanged and an increment after them, where the file allows one.
"""

from __future__ import annotations

import ctypes
import io
from collections.abc import Sequence

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from bluelamp.documents.annotation import AUTHOR, HOMELESS, Annotated, Note, Weight
from bluelamp.documents.blocks import Box
from bluelamp.documents.document import UnreadableFileError
from bluelamp.documents.readers.pdf_opening import open_pdf

_COLOURS = {Weight.GRAVE: (255, 199, 160), Weight.DOUBTFUL: (255, 236, 140)}
_OPACITY = 255  # a highlight is multiplied with what lies under it
_PIN: Box = (10.0, 10.0, 30.0, 30.0)
_PRINTED = 4  # the annotation's flag for being printed
_FINE = 64  # steps to a point: pdfium turns whole steps of a screen into points of the page


def annotate_pdf(data: bytes, notes: Sequence[Note]) -> Annotated:
    """A copy with a highlight for each note on each page it speaks of."""
    with open_pdf(data, "The file") as pdf:
        homeless = []
        for note in notes:
            pages = {place.page for place in note.places if place.page and place.boxes}
            done = [_highlight(pdf, note, page) for page in sorted(pages) if page <= len(pdf)]
            homeless += [] if any(done) else [note.words]
        if homeless:
            _pin(pdf, f"{HOMELESS} {' '.join(homeless)}")
        return Annotated(_save(pdf), len(notes) - len(homeless), len(homeless))


def _pin(pdf: pdfium.PdfDocument, words: str) -> None:
    """A note at the top of the first page, for what has no words to stand at."""
    page = pdf[0]
    annotation = raw.FPDFPage_CreateAnnot(page.raw, raw.FPDF_ANNOT_TEXT)
    if annotation:
        raw.FPDFAnnot_SetRect(annotation, _around([_quad_of(page, _PIN)]))
        _set_words(annotation, b"Contents", words)
        _set_words(annotation, b"T", AUTHOR)
        raw.FPDFPage_CloseAnnot(annotation)
    page.close()


def _highlight(pdf: pdfium.PdfDocument, note: Note, number: int) -> bool:
    boxes = list(dict.fromkeys(box for place in note.places if place.page == number for box in place.boxes))
    try:
        page = pdf[number - 1]
    except pdfium.PdfiumError:
        return False
    annotation = raw.FPDFPage_CreateAnnot(page.raw, raw.FPDF_ANNOT_HIGHLIGHT)
    if not annotation:
        page.close()
        return False
    try:
        quads = [_quad_of(page, box) for box in boxes]
        for quad in quads:
            raw.FPDFAnnot_AppendAttachmentPoints(annotation, quad)
        raw.FPDFAnnot_SetRect(annotation, _around(quads))
        raw.FPDFAnnot_SetColor(annotation, raw.FPDFANNOT_COLORTYPE_Color, *_COLOURS[note.weight], _OPACITY)
        raw.FPDFAnnot_SetFlags(annotation, _PRINTED)
        _set_words(annotation, b"Contents", note.words)
        _set_words(annotation, b"T", AUTHOR)
    finally:
        raw.FPDFPage_CloseAnnot(annotation)
        page.close()
    return bool(quads)


def _quad_of(page: pdfium.PdfPage, box: Box) -> raw.FS_QUADPOINTSF:
    """Our boxes count from the top left of the page as it is seen; a quad counts as the file does."""
    left, top, right, bottom = box
    (x1, y1), (x2, y2) = _in_file(page, left, top), _in_file(page, right, bottom)
    low_x, high_x, low_y, high_y = min(x1, x2), max(x1, x2), min(y1, y2), max(y1, y2)
    return raw.FS_QUADPOINTSF(low_x, high_y, high_x, high_y, low_x, low_y, high_x, low_y)


def _in_file(page: pdfium.PdfPage, x: float, y: float) -> tuple[float, float]:
    width, height = page.get_size()
    found_x, found_y = ctypes.c_double(), ctypes.c_double()
    raw.FPDF_DeviceToPage(
        page.raw, 0, 0, round(width * _FINE), round(height * _FINE), 0,
        round(x * _FINE), round(y * _FINE), found_x, found_y,
    )  # fmt: skip
    return found_x.value, found_y.value


def _around(quads: Sequence[raw.FS_QUADPOINTSF]) -> raw.FS_RECTF:
    return raw.FS_RECTF(
        min(quad.x1 for quad in quads),
        max(quad.y1 for quad in quads),
        max(quad.x2 for quad in quads),
        min(quad.y3 for quad in quads),
    )


def _set_words(annotation: raw.FPDF_ANNOTATION, key: bytes, words: str) -> None:
    encoded = (words + "\x00").encode("utf-16-le", "replace")
    pointer = ctypes.cast(ctypes.create_string_buffer(encoded), ctypes.POINTER(raw.FPDF_WCHAR))
    raw.FPDFAnnot_SetStringValue(annotation, key, pointer)


def _save(pdf: pdfium.PdfDocument) -> bytes:
    for flags in (raw.FPDF_INCREMENTAL, raw.FPDF_NO_INCREMENTAL):
        stream = io.BytesIO()
        try:
            pdf.save(stream, flags=flags)
        except pdfium.PdfiumError:
            continue
        copy = stream.getvalue()
        if _opens(copy, len(pdf)):
            return copy
    raise UnreadableFileError("This PDF cannot be saved with notes in it: use the certificate.")


def _opens(data: bytes, pages: int) -> bool:
    try:
        with open_pdf(data, "The copy") as copy:
            return len(copy) == pages
    except UnreadableFileError:
        return False
