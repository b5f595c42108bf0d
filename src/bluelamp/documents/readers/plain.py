"""What does a plain text or Markdown file say, block by block?"""

from __future__ import annotations

from dataclasses import replace

from bluelamp.documents.document import Document, UnreadableFileError
from bluelamp.documents.readers.decoding import decode_text
from bluelamp.documents.readers.plain_aligned import find_aligned
from bluelamp.documents.readers.plain_blocks import BlockReader
from bluelamp.documents.readers.plain_lines import normalise
from bluelamp.documents.readers.plain_pages import find_furniture


def read(data: bytes, *, sha256: str, file_name: str) -> Document:
    """Read a text file: each line of the normalised text is the line of the file with the same number.

    Raises UnreadableFileError for an empty file and for bytes that are no text.
    """
    decoded, notes = decode_text(data)
    text, lines, pages = normalise(decoded)
    if not text.strip():
        raise UnreadableFileError("The file is empty: there is no text in it.")
    lines = find_aligned(lines)
    furniture = find_furniture(lines, len(pages))
    blocks, asides = BlockReader(text, lines, furniture).read()
    printed = furniture.printed
    pages = tuple(replace(page, printed=printed.get(number)) for number, page in enumerate(pages))
    return Document(
        sha256=sha256,
        format="md" if file_name.lower().endswith((".md", ".markdown")) else "txt",
        text=text,
        pages=pages,
        blocks=blocks,
        asides=asides,
        notes=notes,
    )
