"""What does a page of a PDF look like?"""

from __future__ import annotations

import io

import pypdfium2 as pdfium

from bluelamp.documents.document import UnreadableFileError
from bluelamp.documents.readers.pdf_opening import open_pdf

WIDTHS = (100, 2400)
HEIGHT_AT_MOST = 6000


def render_page(data: bytes, page_number: int, width_px: int) -> bytes:
    """The page (counted from 1) as PNG, `width_px` wide or less where it would be too high.

    Raises UnreadableFileError. To be called in a child process with limits: the bytes are not trusted.
    """
    with open_pdf(data, "The file") as pdf:
        if not 1 <= page_number <= len(pdf):
            raise UnreadableFileError(f"There is no page {page_number}: the document has {len(pdf)}.")
        try:
            page = pdf[page_number - 1]
        except pdfium.PdfiumError as error:
            raise UnreadableFileError(f"Page {page_number} is damaged and cannot be shown.") from error
        try:
            return _draw(page, min(max(width_px, WIDTHS[0]), WIDTHS[1]))
        finally:
            page.close()


def _draw(page: pdfium.PdfPage, width_px: int) -> bytes:
    width, height = page.get_size()
    scale = min(width_px / max(width, 0.01), HEIGHT_AT_MOST / max(height, 0.01))
    bitmap = page.render(scale=scale, may_draw_forms=False)
    try:
        out = io.BytesIO()
        bitmap.to_pil().save(out, "PNG", optimize=False, compress_level=4)
        return out.getvalue()
    finally:
        bitmap.close()
