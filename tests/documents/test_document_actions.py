"""Does a document come in once, with its pages and passages as they were read?"""

from __future__ import annotations

import datetime as dt

import pytest

from bluelamp.documents import actions
from bluelamp.documents.actions import Kept, store_document
from bluelamp.documents.document import Document
from bluelamp.documents.models import Passage, StoredDocument, StoredPage
from bluelamp.documents.originals import workspace_originals
from bluelamp.documents.queries import find_document, page_with_line
from bluelamp.documents.readers import read_bytes
from bluelamp.ledger.actions import Operator, recording
from bluelamp.ledger.models import Event
from bluelamp.ledger.verification import verify
from bluelamp.lib.text import fold
from bluelamp.organisations.models import Organisation

NOW = dt.datetime(2026, 3, 2, 9, 0, tzinfo=dt.UTC)
DATA = b"""Westmarch Constabulary

The constabulary walks its beats.

Area\tGrade
Beats\tGood
Calls\tAdequate
\x0cA second page

The constabulary counts its bicycles and finds them well kept.
"""

pytestmark = pytest.mark.django_db


def read(data: bytes = DATA) -> Document:
    return read_bytes(data, file_name="westmarch.txt")


def store(document: Document, data: bytes = DATA, file_name: str = "westmarch.txt") -> Kept:
    return store_document(by=Operator("test"), now=NOW, document=document, data=data, file_name=file_name)


def test_the_original_and_its_pages_are_kept() -> None:
    document = read()
    kept = store(document)
    assert kept.is_new
    assert workspace_originals().read(document.sha256) == DATA
    pages = StoredPage.objects.filter(document=kept.document)
    assert "".join(page.text for page in pages) == document.text
    assert [page.number for page in pages] == [1, 2]
    assert verify(None).problems == []


def test_the_same_bytes_again_change_nothing() -> None:
    document = read()
    first = store(document)
    events, passages = Event.objects.count(), list(Passage.objects.values_list("pk", flat=True))
    again = store(document, file_name="another name.txt")
    assert not again.is_new
    assert again.document == first.document
    assert StoredDocument.objects.get().file_name == "westmarch.txt"
    assert Event.objects.count() == events
    assert list(Passage.objects.values_list("pk", flat=True)) == passages


def test_a_newer_reader_reads_the_pages_again(monkeypatch: pytest.MonkeyPatch) -> None:
    document = read()
    first = store(document)
    monkeypatch.setattr(actions, "READER_VERSION", first.document.reader_version + 1)
    again = store(document)
    assert not again.is_new
    assert again.document.reader_version == first.document.reader_version + 1
    assert StoredPage.objects.count() == 2
    assert verify(None).problems == []


def test_blocks_stand_on_their_page_with_spans_of_its_text() -> None:
    document = read()
    kept = store(document)
    for page, read_page in zip(StoredPage.objects.filter(document=kept.document), document.pages, strict=True):
        for block in page.blocks:
            words = [page.text[start:end] for start, end in block["spans"]]
            assert all(word.strip() for word in words)
            assert block["continued"] is False
        own = [b for b in document.blocks if read_page.start <= b.spans[0][0] < read_page.end]
        assert len([b for b in page.blocks if b["kind"] not in ("running_head", "page_number")]) == len(own)


def test_passages_are_the_words_of_blocks_and_rows() -> None:
    document = read()
    kept = store(document)
    passages = Passage.objects.filter(document=kept.document)
    joined = " ".join(passages.values_list("text", flat=True))
    for block in document.blocks:
        for word in block.text.split():
            assert word in joined
    for passage in passages:
        lines = document.text.split("\n")[passage.line - 1 : passage.line_end]
        assert fold(passage.text.replace(" | ", " ")).split()[0] in " ".join(lines)


def test_a_very_long_line_becomes_many_passages() -> None:
    data = b"word " * 60_000
    kept = store(read(data), data)
    passages = Passage.objects.filter(document=kept.document)
    assert max(len(text) for text in passages.values_list("text", flat=True)) <= 4000
    assert sum(text.split().count("word") for text in passages.values_list("text", flat=True)) == 60_000


def test_a_hostile_file_name_is_only_words() -> None:
    name = "../../\x1b[31mred\x00" + "x" * 400 + ".txt"
    kept = store(read(), file_name=name)
    assert len(kept.document.file_name) <= 255
    assert kept.document.file_name.isprintable()


def test_bytes_that_were_not_read_are_refused() -> None:
    with pytest.raises(ValueError, match="not read from these bytes"):
        store(read(), b"Other bytes.")
    assert not StoredDocument.objects.exists()


def test_a_line_leads_to_its_page() -> None:
    kept = store(read())
    document = find_document(viewer=None, sha256=kept.document.sha256)
    assert document is not None
    first, last = page_with_line(document, 1), page_with_line(document, 10)
    assert first is not None
    assert last is not None
    assert (first.number, last.number) == (1, 2)


def test_an_organisation_never_learns_that_another_holds_the_same_bytes() -> None:
    document = read()
    ours, theirs = (Organisation(code=code, name=code, kind="force") for code in ("AAA", "BBB"))
    with recording(by=Operator("test"), now=NOW) as book:
        book.event("organisations.organisation_added", subject=ours, add=[ours, theirs])
    kept = [
        store_document(
            by=Operator("test"),
            now=NOW,
            document=document,
            data=DATA,
            file_name="x.txt",
            organisation=organisation,
        )
        for organisation in (ours, theirs, ours)
    ]
    assert [each.is_new for each in kept] == [True, True, False]
    assert kept[0].document.pk == kept[2].document.pk != kept[1].document.pk
    shared = store(document)
    assert shared.is_new
    assert not store(document).is_new
    assert verify(None).problems == []
