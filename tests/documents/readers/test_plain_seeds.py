"""The real texts beside the project are read whole, quickly, and with their tables and lists in one piece."""

from __future__ import annotations

import hashlib
import time
from pathlib import Path

import pytest

from bluelamp.documents.blocks import BlockKind
from bluelamp.documents.document import Document
from bluelamp.documents.readers.plain import read

pytestmark = pytest.mark.shared


def read_seed(shared: Path, number: str) -> tuple[Document, bytes]:
    (path,) = (shared / "seeds").glob(f"{number}_*.txt")
    data = path.read_bytes()
    return read(data, sha256=hashlib.sha256(data).hexdigest(), file_name=path.name), data


@pytest.mark.parametrize("number", ["000", "001", "002", "003", "004"])
def test_lines_agree_with_the_file_and_every_citation_holds(shared: Path, number: str) -> None:
    document, data = read_seed(shared, number)
    assert document.text.count("\n") == len(data.decode().rstrip("\n").split("\n")) + trailing(data)
    for block in document.blocks:
        assert all(document.verify(citation) for citation in document.cite(block))


def trailing(data: bytes) -> int:
    """Blank lines at the end of the file."""
    text = data.decode()
    return max(0, len(text) - len(text.rstrip("\n")) - 1)


def test_rows_of_the_assurance_template(shared: Path) -> None:
    document, _ = read_seed(shared, "001")
    templates = [b for b in document.blocks if b.kind is BlockKind.TABLE and b.rows[0].is_head]
    rows = [row for block in templates for row in block.rows if not row.is_head]
    assert [sum(not row.is_head for row in block.rows) for block in templates] == [65, 10, 1, 2]
    assert sum(any(len(cell.spans) > 1 for cell in row.cells) for row in rows) == 7
    assert [b.marker for b in document.blocks if b.kind is BlockKind.FOOTNOTE] == ["¹", "²", "³", "4"]


def test_a_large_pack_is_read_at_once(shared: Path) -> None:
    started = time.process_time()
    read_seed(shared, "003")
    assert time.process_time() - started < 2  # 0.1 s on an idle machine
