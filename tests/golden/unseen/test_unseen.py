"""Are documents of forms that the readers' authors had not seen read as expected, but for what remains?"""

from __future__ import annotations

import pytest
from tests.golden.unseen.documents import UnseenDocument, find_faults, unseen_documents

from bluelamp.inspections.facts import Finding, Judgement
from bluelamp.lib.text import fold


@pytest.mark.parametrize("unseen", unseen_documents(), ids=lambda unseen: unseen.path.name)
def test_an_unseen_document_is_read_as_expected(unseen: UnseenDocument) -> None:
    remains = [str(each) for each in unseen.expected.get("remains") or []]  # type: ignore[union-attr]
    faults = find_faults(unseen)
    assert [fault for fault in faults if not fault.startswith(tuple(remains) or ("\0",))] == []


@pytest.mark.parametrize("unseen", unseen_documents(), ids=lambda unseen: unseen.path.name)
def test_every_quote_says_what_its_fact_says(unseen: UnseenDocument) -> None:
    for fact in unseen.reading.facts:
        quoted = fold(" ".join(citation.quote for citation in fact.citations)).lower()
        if isinstance(fact, Finding):
            said = fold(fact.title or fact.text).lower()
            assert said[:25].split("-")[0] in quoted
        if isinstance(fact, Judgement) and fact.grade:
            framework = unseen.extraction.framework
            names = (
                {grade.name.lower() for grade in framework.grades if grade.slug == fact.grade}
                if framework
                else set()
            )
            plain = quoted.replace("requires", "require")
            assert any(name.replace("requires", "require")[:4] in plain for name in names), (fact.grade, quoted)
