"""Is what a citation quotes found in the pages that we hold, as it was in the document that was read?"""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.intake.samples import BY, NOW

from bluelamp.documents.actions import store_document
from bluelamp.documents.citations import Citation
from bluelamp.documents.document import Document
from bluelamp.documents.models import StoredDocument
from bluelamp.documents.readers import read_bytes
from bluelamp.documents.stored_citations import NotFoundThereError, check_citations, cite_words

TEXT = "The first page\nsays one thing.\n\fThe second  page\nsays one thing more.\n\fThe third page ends."


@pytest.fixture
def document() -> Document:
    return read_bytes(TEXT.encode(), file_name="pages.txt")


@pytest.fixture
def stored(db: None, document: Document) -> StoredDocument:
    kept = store_document(by=BY, now=NOW, document=document, data=TEXT.encode(), file_name="pages.txt")
    return kept.document


@pytest.mark.parametrize(
    ("words", "page", "place"),
    [
        ("says one thing", None, (1, 2, 2)),
        ("says one thing", 2, (2, 4, 4)),
        ("second page says", None, (2, 3, 4)),
        ("The third page ends.", None, (3, 5, 5)),
    ],
)
def test_words_are_cited_where_they_first_stand(
    stored: StoredDocument, document: Document, words: str, page: int | None, place: tuple[int, int, int]
) -> None:
    cited = cite_words(stored, words, page=page)
    assert (cited["page"], cited["line"], cited["line_end"]) == place
    assert cited["quote"] == words
    assert document.verify(Citation(**cited)), "the document itself says the same"
    check_citations(stored, [cited])


@pytest.mark.parametrize(
    ("words", "page"),
    [("says two things", None), ("says one thing", 3), ("ends", 9), (" ", None), ("thing. The", None)],
)
def test_words_that_do_not_stand_together_there_are_not_cited(
    stored: StoredDocument, words: str, page: int | None
) -> None:
    with pytest.raises(NotFoundThereError):
        cite_words(stored, words, page=page)


def test_a_citation_needs_a_document() -> None:
    check_citations(None, [])
    with pytest.raises(NotFoundThereError, match="needs the document"):
        check_citations(None, [{"quote": "x"}])


numbers = st.integers(-1, 7)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    page=st.none() | numbers,
    line=numbers,
    line_end=numbers,
    quote=st.sampled_from(["says one thing", "page", "x"]),
)
def test_pages_that_are_stored_judge_as_the_document_did(
    stored: StoredDocument, document: Document, page: int | None, line: int, line_end: int, quote: str
) -> None:
    cited = {"page": page, "printed_page": None, "line": line, "line_end": line_end, "quote": quote, "box": None}
    cited["document_sha256"] = document.sha256
    try:
        check_citations(stored, [cited])
    except NotFoundThereError:
        stands = False
    else:
        stands = True
    # A citation keeps to one page; the document's own check does not ask that of its last line.
    same_page = page_of(document, line) == page_of(document, line_end)
    assert stands == (document.verify(Citation(**cited)) and same_page)  # type: ignore[arg-type]


def page_of(document: Document, line: int) -> int | None:
    starts = [document.line_at(page.start) for page in document.pages]
    return max((number for number, start in enumerate(starts) if start <= line), default=None)
