"""Is it known how far a paragraph is bold, and does a document keep that when it is sent between processes?"""

from __future__ import annotations

import msgspec
import pytest
from tests.golden.pdf_documents import build_pdf
from tests.golden.word_documents import build_docx

from bluelamp.documents.document import Document
from bluelamp.documents.readers import read_bytes

TEXT = """# Report

**The force should record its reasons in every plan.** Our audit showed that it does not.

**All of this paragraph is bold, as a note may be, and it ends in a stop.**

Only **words inside** are bold here.
"""


def read(kind: str) -> Document:
    build = {"docx": build_docx, "pdf": build_pdf}[kind]
    return read_bytes(build(TEXT), file_name=f"report.{kind}")


def bold(document: Document) -> list[str]:
    return [block.text[: block.strong_until] for block in document.blocks if block.strong_until]


@pytest.mark.parametrize("kind", ["docx", "pdf"])
def test_the_words_in_bold_at_the_start_are_counted(kind: str) -> None:
    assert bold(read(kind)) == ["The force should record its reasons in every plan."]


@pytest.mark.parametrize("kind", ["docx", "pdf"])
def test_it_is_kept_between_processes(kind: str) -> None:
    document = read(kind)
    assert msgspec.msgpack.decode(msgspec.msgpack.encode(document), type=Document) == document
