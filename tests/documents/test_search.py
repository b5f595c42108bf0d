"""Are words found where they stand, on both databases, whatever a person types?"""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bluelamp.documents.actions import store_document
from bluelamp.documents.full_text import find_terms
from bluelamp.documents.models import Passage, StoredDocument
from bluelamp.documents.readers import read_bytes
from bluelamp.documents.search import make_snippet, search_passages
from bluelamp.ledger.actions import Operator
from bluelamp.organisations.models import User

NOW = dt.datetime(2026, 3, 2, 9, 0, tzinfo=dt.UTC)
DATA = """Westmarch Constabulary

Officers recorded burglaries quickly. The record of each burglary was kept.

The constabulary’s café served tea to victims of stalking and harassment.

Response times improved; the control room answered calls within ten seconds.

Harassment was recorded, and later the stalking stopped.
""".encode()


@pytest.fixture
def stored(db: None) -> StoredDocument:
    document = read_bytes(DATA, file_name="westmarch.txt")
    kept = store_document(by=Operator("test"), now=NOW, document=document, data=DATA, file_name="westmarch.txt")
    return kept.document


def find(words: str) -> list[str]:
    return [hit.passage.text[:12] for hit in search_passages(words, viewer=None).hits]


def test_all_words_must_stand_in_the_passage(stored: StoredDocument) -> None:
    assert find("control calls") == ["Response tim"]
    assert find("control burglary") == []


def test_words_are_found_in_their_other_forms(stored: StoredDocument) -> None:
    assert find("burglary") == ["Officers rec"]
    assert find("recording") != []
    assert find("HARASSMENT") != []


def test_a_quoted_phrase_must_stand_together(stored: StoredDocument) -> None:
    assert sorted(find("stalking harassment")) == ["Harassment w", "The constabu"]
    assert find('"stalking and harassment"') == ["The constabu"]
    assert find("“control room”") == ["Response tim"]


def test_hits_are_marked_in_the_words_themselves(stored: StoredDocument) -> None:
    found = search_passages("burglary", viewer=None)
    snippet = found.hits[0].snippet
    assert {snippet.text[start:end].lower() for start, end in snippet.hits} == {"burglaries", "burglary"}
    assert found.total == 1


ODD = [
    "",
    " ",
    '"',
    '""',
    "'",
    "*",
    "a",
    "the",
    "the of and",
    "AND",
    "OR NOT",
    "NEAR(",
    "x" * 5000,
    "-",
    "--",
    "%",
]
ODDER = [
    "text:tea",
    "tea*",
    '"tea',
    "(tea",
    "tea)",
    "^tea",
    "tea OR",
    "\x00",
    "\U0001f600",
    "a:b:c",
    "'; DROP",
    "\\",
]


@pytest.mark.parametrize("words", [*ODD, *ODDER, "\udc80 tea", "C2A/7", "l'été"])
def test_odd_words_are_no_error(stored: StoredDocument, words: str) -> None:
    search_passages(words, viewer=None)


@given(words=st.text(max_size=60))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_nothing_that_can_be_typed_is_an_error(stored: StoredDocument, words: str) -> None:
    found = search_passages(words, viewer=None)
    assert found.total == len(found.hits)


def test_only_very_common_words_find_nothing(stored: StoredDocument) -> None:
    assert not find_terms("The of and")
    assert search_passages("the", viewer=None).total == 0
    assert find("the control of calls") == ["Response tim"]


def test_words_of_a_document_go_with_it(stored: StoredDocument) -> None:
    Passage.objects.filter(text__contains="café").delete()
    assert find("tea") == []
    Passage.objects.filter(text__contains="control").update(text="Entirely otherwise")
    assert find("control") == []
    assert find("otherwise") == ["Entirely oth"]


def test_what_another_organisation_holds_is_neither_found_nor_counted(stored: StoredDocument) -> None:
    assert search_passages("stalking", viewer=User(user_name="ann", role="reader")).total == 2
    assert search_passages("stalking", viewer=User(user_name="ann", role="reader", is_active=False)).total == 0


def test_pages_of_hits_do_not_overlap(stored: StoredDocument) -> None:
    both = search_passages("recorded", viewer=None, limit=10).hits
    first = search_passages("recorded", viewer=None, limit=1).hits
    second = search_passages("recorded", viewer=None, limit=1, offset=1).hits
    assert [hit.passage.pk for hit in (*first, *second)] == [hit.passage.pk for hit in both]


@given(
    before=st.text("ab ", max_size=400),
    hit=st.text("cd", min_size=1, max_size=20),
    after=st.text("ab ", max_size=400),
)
def test_a_snippet_holds_its_first_hit(before: str, hit: str, after: str) -> None:
    snippet = make_snippet(f"{before}\x02{hit}\x03{after}")
    assert len(snippet.text) <= max(240, len(hit))
    start, end = snippet.hits[0]
    assert hit.startswith(snippet.text[start:end])
    assert end > start
    assert snippet.text in before + hit + after
