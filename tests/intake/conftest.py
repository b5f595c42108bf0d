"""A read document of a fictional force, stored and proposed."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from tests.intake.samples import BODIES, BY, DATA, NOW, Proposed, make_extraction, sample_facts
from tests.performance.report_office import office, report  # noqa: F401  (fixtures of these tests too)

from bluelamp.documents.document import Document
from bluelamp.documents.facts import Fact
from bluelamp.documents.models import StoredDocument
from bluelamp.documents.readers import read_bytes
from bluelamp.intake.actions import propose, store_document
from bluelamp.organisations.actions import load_organisations


@pytest.fixture
def document() -> Document:
    return read_bytes(DATA, file_name="calder-vale.txt")


@pytest.fixture
def organisations(db: None) -> None:
    load_organisations(by=BY, now=NOW, bodies=BODIES)


@pytest.fixture
def proposed(organisations: None, document: Document) -> Proposed:
    """Store the document and propose facts of it (the samples, if none are named)."""

    def store_and_propose(found: Iterable[Fact] | None = None, **rest: object) -> StoredDocument:
        kept = store_document(by=BY, now=NOW, document=document, data=DATA, file_name="calder-vale.txt")
        chosen = sample_facts(document) if found is None else found
        propose(kept.document, make_extraction(document, chosen, **rest), by=BY, now=NOW)  # type: ignore[arg-type]
        return kept.document

    return store_and_propose
