"""Can this PDF be opened, and if not, why? What does it carry besides pages?"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from bluelamp.documents.document import UnreadableFileError
from bluelamp.lib.text import fold

PAGES_AT_MOST = 5_000

_WANTS_PASSWORD = "is protected by a password: save a copy without the password and use that"  # noqa: S105
_DAMAGED = "is not a complete PDF: it is damaged or was cut short, so fetch it again"


@contextmanager
def open_pdf(data: bytes, file_name: str) -> Iterator[pdfium.PdfDocument]:
    """The open document. Raises UnreadableFileError with one plain sentence."""
    pdf = _open(data, file_name)
    try:
        pages = len(pdf)
        if pages < 1:
            raise UnreadableFileError(f"{file_name} has no pages.")
        if pages > PAGES_AT_MOST:
            raise UnreadableFileError(
                f"{file_name} has {pages:,} pages, and at most {PAGES_AT_MOST:,} can be read: split it into parts."
            )
        yield pdf
    finally:
        pdf.close()


def _open(data: bytes, file_name: str) -> pdfium.PdfDocument:
    if not data.strip():
        raise UnreadableFileError(f"{file_name} is empty.")
    if b"%PDF-" not in data[:1024]:
        raise UnreadableFileError(f"{file_name} is not a PDF, whatever its name says.")
    try:
        return pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        locked = error.err_code in (raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY) and b"/Encrypt" in data
        raise UnreadableFileError(f"{file_name} {_WANTS_PASSWORD if locked else _DAMAGED}.") from error


def read_title(pdf: pdfium.PdfDocument) -> str:
    """The title in the file's metadata; "" where there is none."""
    try:
        return fold(pdf.get_metadata_value("Title"))[:500]
    except (pdfium.PdfiumError, UnicodeError):
        return ""


def describe_extras(pdf: pdfium.PdfDocument) -> list[str]:
    """What the file carries that is never run or opened: one plain sentence each."""
    notes = []
    if raw.FPDFDoc_GetJavaScriptActionCount(pdf.raw) > 0:
        notes.append("This PDF holds scripts; they were not run.")
    files = raw.FPDFDoc_GetAttachmentCount(pdf.raw)
    if files > 0:
        notes.append(f"This PDF has {files} {'file' if files == 1 else 'files'} attached; they were not opened.")
    return notes
