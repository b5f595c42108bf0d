"""How do the bytes of any file we read become a Document?"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import replace

from bluelamp.documents.document import Document, TellPages, UnreadableFileError
from bluelamp.documents.readers.sniff import describe_mismatch, sniff

READER_VERSION = 1
"""Raised when a reader's result changes, so that what was read before can be read again."""

__all__ = ["READER_VERSION", "UnreadableFileError", "read_bytes"]


def read_bytes(data: bytes, *, file_name: str, tell: TellPages | None = None) -> Document:
    """The document in `data`; raises UnreadableFileError with a sentence for whoever gave us the file.

    `tell` hears how many of how many pages are read, of a PDF: others take no time. The bytes are not trusted:
    outside tests, call `bluelamp.documents.sandbox` instead, which calls this in a child process with limits.
    """
    found = sniff(data, file_name)
    read = _reader_of(found)
    hears = {"tell": tell} if tell is not None and found == "pdf" else {}
    document = read(data, sha256=hashlib.sha256(data).hexdigest(), file_name=file_name, **hears)
    mismatch = describe_mismatch(found, file_name)
    return replace(document, notes=(mismatch, *document.notes)) if mismatch else document


def _reader_of(found: str) -> Callable[..., Document]:
    """Only the module that is needed is imported: a child process starts for every file."""
    match found:
        case "pdf":
            from bluelamp.documents.readers.pdf import read as read_pdf

            return read_pdf
        case "docx":
            from bluelamp.documents.readers.docx import read
        case "pptx":
            from bluelamp.documents.readers.pptx import read
        case "xlsx":
            from bluelamp.documents.readers.sheets import read
        case "csv":
            from bluelamp.documents.readers.sheets_csv import read
        case "html":
            from bluelamp.documents.readers.html import read
        case _:
            from bluelamp.documents.readers.plain import read
    return read
