"""What proposals does a reading make, and which of them are new?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from bluelamp.documents.models import StoredDocument
from bluelamp.inspections.facts import Mention
from bluelamp.intake.extraction import Extraction
from bluelamp.intake.labels import label_fact
from bluelamp.intake.models import Proposal, UnreadPassage
from bluelamp.intake.rules import DOCUMENT_DETAIL
from bluelamp.intake.stored_facts import fields_of, fingerprint_of, stored_citations
from bluelamp.ledger.canonical import canonical

DETAIL_READER, DETAIL_READER_VERSION = "intake.details", 1
FACTS_FROM = 100  # details of the document come before its facts


@dataclass
class Proposing:
    """What a reading adds and changes. Nothing that was accepted or rejected is changed but by `superseded`."""

    new: list[Proposal] = field(default_factory=list)
    changed: list[Proposal] = field(default_factory=list)
    new_unread: list[UnreadPassage] = field(default_factory=list)
    changed_unread: list[UnreadPassage] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.new or self.changed or self.new_unread or self.changed_unread)


def compare_reading(document: StoredDocument, extraction: Extraction) -> Proposing:
    """What is new in this reading of the document, and which earlier proposals it no longer makes."""
    found = Proposing()
    read = {proposal.fingerprint: proposal for proposal in _proposals(document, extraction)}
    held = {proposal.fingerprint: proposal for proposal in Proposal.objects.filter(document=document)}
    found.new = [proposal for fingerprint, proposal in read.items() if fingerprint not in held]
    for fingerprint, proposal in held.items():
        if _was_not_asked_for(proposal, extraction):
            continue
        if proposal.superseded != (fingerprint not in read):
            proposal.superseded = fingerprint not in read
            found.changed.append(proposal)
    _compare_unread(document, extraction, found)
    return found


def _was_not_asked_for(proposal: Proposal, extraction: Extraction) -> bool:
    """A mention of a force that this reading did not look for is not one that it no longer finds."""
    asked = extraction.about.code if extraction.about else ""
    return proposal.kind == Mention.kind and proposal.fields["about"] != asked


def _proposals(document: StoredDocument, extraction: Extraction) -> Iterable[Proposal]:
    page_of = PageIndex(extraction)
    for order, detail in enumerate(extraction.details):
        fields = {"name": detail.name, "value": detail.value}
        yield _make(
            document,
            kind=DOCUMENT_DETAIL,
            fact_id=f"detail-{detail.name}",
            reader=DETAIL_READER,
            reader_version=DETAIL_READER_VERSION,
            order=order,
            page_index=page_of(detail.citations),
            label=f"{detail.name.capitalize()}: {detail.value}",
            fields=fields,
            citations=stored_citations(detail.citations),
            doubt=detail.doubt,
        )
    for order, read in enumerate(extraction.facts, FACTS_FROM):
        yield _make(
            document,
            kind=read.fact.kind,
            fact_id=read.id,
            reader=read.reader,
            reader_version=read.version,
            order=order,
            page_index=page_of(read.fact.citations),
            label=label_fact(read.fact),
            fields=fields_of(read.fact),
            citations=stored_citations(read.fact.citations),
            doubt=read.fact.doubt,
        )


def _make(
    document: StoredDocument, *, fact_id: str, fields: dict[str, Any], citations: list[dict[str, Any]], **rest: Any
) -> Proposal:
    fingerprint = fingerprint_of(fact_id, fields, citations)
    return Proposal(
        document=document, fact_id=fact_id, fields=fields, citations=citations, fingerprint=fingerprint, **rest
    )


class PageIndex:
    """On which page, counted from 0, does the first citation stand?"""

    def __init__(self, extraction: Extraction) -> None:
        document = extraction.document
        self._first_lines = [document.line_at(page.start) for page in document.pages]

    def __call__(self, citations: Iterable[Any]) -> int:
        first = next(iter(citations), None)
        if first is None:
            return 0
        if first.page is not None:
            return max(0, min(first.page, len(self._first_lines)) - 1)
        return max(0, sum(line <= first.line for line in self._first_lines) - 1)


def _compare_unread(document: StoredDocument, extraction: Extraction, found: Proposing) -> None:
    page_of = PageIndex(extraction)
    read: dict[str, UnreadPassage] = {}
    for order, part in enumerate(extraction.unread):
        citations = stored_citations(part.unread.citations)
        read[_key(part.reason, citations)] = UnreadPassage(
            document=document,
            reader=part.reader,
            reader_version=part.version,
            order=order,
            page_index=part.unread.page - 1 if part.unread.page else page_of(part.unread.citations),
            reason=part.reason.replace("\x00", " "),
            citations=citations,
        )
    held: Mapping[str, UnreadPassage] = {
        _key(passage.reason, passage.citations): passage
        for passage in UnreadPassage.objects.filter(document=document)
    }
    found.new_unread = [passage for key, passage in read.items() if key not in held]
    for key, passage in held.items():
        if passage.superseded != (key not in read):
            passage.superseded = key not in read
            found.changed_unread.append(passage)


def _key(reason: str, citations: list[dict[str, Any]]) -> str:
    return canonical([reason.replace("\x00", " "), citations])
