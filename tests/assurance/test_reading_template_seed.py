"""The assurance template in ../shared: 78 rows in four sections, seven of them continued over a page."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from pathlib import Path

import pytest

from bluelamp.assurance.facts import TemplateRow
from bluelamp.assurance.reading import read_template
from bluelamp.documents.document import Document, whole
from bluelamp.documents.readers.plain import read

pytestmark = pytest.mark.shared
CONTINUED = {("issue_of_concern", ref) for ref in ("23", "32", "41", "50", "56", "63")} | {
    ("area_for_improvement", "8")
}


@pytest.fixture(scope="module")
def document(shared: Path) -> Document:
    path = next((shared / "seeds").glob("001*.txt"))
    data = path.read_bytes()
    return read(data, sha256=hashlib.sha256(data).hexdigest(), file_name=path.name)


@pytest.fixture(scope="module")
def rows(document: Document) -> list[TemplateRow]:
    return [f for f in read_template(whole(document)).facts if isinstance(f, TemplateRow)]


def test_78_rows_in_four_sections(rows: list[TemplateRow], shared: Path) -> None:
    wanted = json.loads((shared / "gold" / "seeds.json").read_text())["001"]
    assert Counter(row.section for row in rows) == wanted["counts"]
    for section, count in wanted["counts"].items():
        assert [row.ref for row in rows if row.section == section] == [str(n) for n in range(1, count + 1)]
    known = {(row.section, row.ref, row.page_ref, row.text) for row in rows}
    assert {(e["section"], e["ref"], e["page_ref"], e["text"]) for e in wanted["examples"]} <= known


def test_rows_continued_over_a_page_are_whole(rows: list[TemplateRow]) -> None:
    for row in rows:
        if (row.section, row.ref) in CONTINUED:
            assert row.text.endswith((".", "data."))
            assert not row.text[0].islower()


def test_footnotes_are_notes_of_the_row_their_sign_stands_in(rows: list[TemplateRow]) -> None:
    noted = {row.ref: len(row.notes) for row in rows if row.notes and not row.notes[0].startswith("(")}
    assert noted == {"27": 1, "29": 1, "32": 2}


def test_what_the_office_added_under_its_initials_is_a_note_of_the_row(rows: list[TemplateRow]) -> None:
    added = [row for row in rows if any(note.startswith("(") for note in row.notes)]
    assert [row.ref for row in added] == ["47"]
    assert added[0].notes[0] not in added[0].text
    assert added[0].text.endswith(".")
    assert added[0].notes[0] in " ".join(citation.quote for citation in added[0].citations)
    assert not any("www" in row.text for row in rows)


def test_pages_are_kept_as_printed_and_parsed(rows: list[TemplateRow]) -> None:
    by_ref = {row.ref: row.pages for row in rows if row.section == "issue_of_concern"}
    assert by_ref["54"] is not None
    assert by_ref["54"].pages == ("45", "46")
    assert by_ref["19"] is not None
    assert (by_ref["19"].pages, by_ref["19"].figure) == (("20",), "4")
    assert all(row.pages and row.pages.pages for row in rows)


def test_every_quote_is_found(document: Document, rows: list[TemplateRow]) -> None:
    assert [c for row in rows for c in row.citations if not document.verify(c)] == []
