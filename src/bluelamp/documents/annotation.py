"""How does a copy of an original come back with notes at the right words?

The original is never touched. A copy is made in the sandbox, because the bytes are not trusted: comments in a Word
document, highlights with notes in a PDF. Other formats are refused with a sentence that says what to use instead.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import msgspec

from bluelamp.documents.blocks import Box
from bluelamp.documents.sandbox import DEFAULT, Limits, run_in_sandbox
from bluelamp.lib.errors import PlainError

AUTHOR: Final = "Bluelamp"
HOMELESS: Final = "Also found, at words where no note can stand:"


class Weight(StrEnum):
    """How grave a note is: the colour of its highlight; its words say it too."""

    GRAVE = "grave"
    DOUBTFUL = "doubtful"


@dataclass(frozen=True, slots=True)
class Place:
    """Words as a citation gives them: lines of the normalised text, the quote, on a PDF the boxes of its lines."""

    line: int
    line_end: int
    quote: str
    page: int | None = None
    boxes: tuple[Box, ...] = ()


@dataclass(frozen=True, slots=True)
class Note:
    """What is to be said at some words. It stands at each of its places."""

    words: str
    weight: Weight
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Annotated:
    """The copy, how many notes stand at their words, and how many could not (they stand at its head)."""

    data: bytes
    placed: int
    elsewhere: int


class CannotAnnotateError(PlainError):
    """A copy with notes cannot be made of this file; the message says why and what to use."""


INSTEAD: Final = {
    "xlsx": "A copy of a workbook would lose its charts and pictures, so notes are not put into one: use the"
    " certificate, which names every cell's words.",
    "pptx": "Notes are not put into slides: save them as a PDF, check that, and its copy will carry them.",
    "html": "Notes are not put into web pages: use the certificate, or save the page as a PDF and check that.",
}
_TEXT: Final = (
    "A text file has no room for notes: use the certificate, which quotes every place, or check the paper as Word"
    " or PDF."
)


def why_not(file_format: str) -> str:
    """Why no copy with notes can be made of a file of this format; "" where one can."""
    return "" if file_format in ("docx", "pdf") else INSTEAD.get(file_format, _TEXT)


def annotate(data: bytes, file_format: str, notes: Sequence[Note], *, limits: Limits = DEFAULT) -> Annotated:
    """A copy of the file with the notes in it. Raises CannotAnnotateError, or UnreadableFileError."""
    if reason := why_not(file_format):
        raise CannotAnnotateError(reason)
    source = msgspec.msgpack.encode((data, tuple(notes)))
    answer = run_in_sandbox("annotate", source, {"format": file_format}, limits=limits)
    return msgspec.msgpack.decode(answer, type=Annotated)


def annotate_bytes(source: bytes, file_format: str) -> bytes:
    """What the sandbox's child does with the packed file and notes."""
    data, notes = msgspec.msgpack.decode(source, type=tuple[bytes, tuple[Note, ...]])
    if file_format == "pdf":
        from bluelamp.documents.annotated_pdf import annotate_pdf

        made = annotate_pdf(data, notes)
    else:
        from bluelamp.documents.annotated_docx import annotate_docx

        made = annotate_docx(data, notes)
    return msgspec.msgpack.encode(made)
