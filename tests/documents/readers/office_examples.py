"""Office files of fictional forces for the tests, made by the libraries that people use and edited as raw XML."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

import docx
from docx.document import Document as WordDocument

from bluelamp.documents.document import Document

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def word_bytes(document: WordDocument) -> bytes:
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def word_with_body(body: str) -> bytes:
    """A Word file whose body is the given XML."""
    blank = word_bytes(docx.Document())

    def replace(xml: str) -> str:
        start = xml.index("<w:body>") + len("<w:body>")
        return xml[:start] + body + xml[xml.rindex("<w:sectPr") :]

    return edit_part(blank, "word/document.xml", replace)


def edit_part(data: bytes, part: str, edit: Callable[[str], str]) -> bytes:
    """The package with one part's text changed."""
    return rewrite(data, {part: edit(zipfile.ZipFile(io.BytesIO(data)).read(part).decode()).encode()})


def rewrite(data: bytes, parts: dict[str, bytes]) -> bytes:
    """The package with some parts replaced or added."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name not in parts:
                new.writestr(name, old.read(name))
        for name, content in parts.items():
            new.writestr(name, content)
    return stream.getvalue()


def assert_cited(document: Document) -> None:
    """Every block, aside and cell can be cited, each citation holds, and spans say what the block says."""
    assert document.pages
    for block in (*document.blocks, *document.asides):
        assert document.folded(block).text == block.text
        citations = document.cite(block)
        assert citations
        for citation in citations:
            assert document.verify(citation), citation
        for row in block.rows:
            for cell in row.cells:
                for citation in document.cite(cell.spans):
                    assert document.verify(citation), citation
                    assert citation.quote == cell.text
