"""A document of a fictional force, and readings of it made by hand."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from decimal import Decimal

from bluelamp.assurance.facts import TemplateRow
from bluelamp.documents.document import Document
from bluelamp.documents.facts import Fact, Reading, Unread
from bluelamp.documents.models import StoredDocument
from bluelamp.inspections import facts
from bluelamp.inspections.frameworks import load_frameworks
from bluelamp.intake.details import Detail
from bluelamp.intake.extraction import Extraction, ReadFact, UnreadPart
from bluelamp.intake.extraction import _name_facts as name_facts
from bluelamp.ledger.actions import Operator
from bluelamp.organisations.bodies import Body

NOW = dt.datetime(2026, 3, 2, 9, 0, tzinfo=dt.UTC)
BY = Operator("test")
BODIES = {
    body.code: body
    for body in (
        Body(code="CVP", name="Calder Vale Police", kind="force", fictional=True),
        Body(code="CVP-PCC", name="Calder Vale PCC", kind="local_policing_body", type="pcc", force="CVP"),
        Body(code="HMICFRS", name="The inspectorate", kind="inspectorate"),
    )
}
TEXT = """Calder Vale Police 2022

The constabulary is adequate at answering calls.

The constabulary fails people at risk in its custody suites.

Within three months it should repair the custody suites.

The constabulary should log each call within a minute.

The constabulary should train its call handlers.

Call handlers are calm and kind.

Officers found 91.5% (plus or minus 2.5%) of calls were logged.

A new rota shortened the queue.
"""
DATA = TEXT.encode()
"""Sentences of a report that nobody wrote: paragraphs 0 to 8."""


def sample_facts(document: Document) -> list[Fact]:
    """A fact of each kind that an inspection report gives, in reading order."""
    block = document.blocks
    cite = document.cite
    concern = "Custody suites"
    return [
        facts.Judgement(
            area="responding-to-the-public",
            printed_area="Responding to the public",
            grade="adequate",
            citations=cite(block[1]),
        ),
        facts.Finding(type="cause_of_concern", title=concern, text=block[2].text, citations=cite(block[2])),
        facts.Finding(
            type="recommendation",
            text=block[3].text,
            parent=concern.upper(),
            deadline=facts.Deadline(printed="Within three months", rule="months", months=3),
            citations=cite(block[3]),
        ),
        facts.Finding(type="area_for_improvement", title=block[4].text, citations=cite(block[4])),
        facts.Finding(type="area_for_improvement", title=block[5].text, citations=cite(block[5])),
        facts.Finding(type="strength", text=block[6].text, citations=cite(block[6])),
        facts.Statistic(
            subject="calls",
            printed="91.5%",
            value=Decimal("91.5"),
            half_width=Decimal("2.50"),
            unit="percent",
            citations=cite(block[7]),
        ),
        facts.Practice(type="promising", title="A new rota", text=block[8].text, citations=cite(block[8])),
        facts.GradeDistribution(
            area="responding-to-the-public",
            counts=(facts.GradeCount(grade="good", count=40), facts.GradeCount(grade="adequate", count=3)),
            citations=cite(block[1]),
        ),
    ]


DETAILS = {
    "title": "Calder Vale Police 2022",
    "family": "inspection_report",
    "framework": "peel-2021-22",
    "publisher": "HMICFRS",
    "subject": "CVP",
    "published": "2022-04",
}


def make_extraction(
    document: Document,
    found: Iterable[Fact],
    *,
    details: dict[str, str] | None = None,
    version: int = 1,
    unread: tuple[Unread, ...] = (),
) -> Extraction:
    values = DETAILS if details is None else details
    reading = Reading(reader="test", version=version, facts=tuple(found))
    read: list[ReadFact] = list(name_facts([reading]))
    return Extraction(
        document=document,
        subject=BODIES.get(values.get("subject", "")),
        publisher=BODIES.get(values.get("publisher", "")),
        details=tuple(
            Detail(name=k, value=v, citations=document.cite(document.blocks[0])) for k, v in values.items()
        ),
        framework=load_frameworks().get(values.get("framework", "")),
        facts=tuple(read),
        unread=tuple(UnreadPart(unread=each, reader="test", version=version) for each in unread),
    )


def template_row(document: Document, index: int, ref: str, section: str = "issue_of_concern") -> TemplateRow:
    block = document.blocks[index]
    return TemplateRow(
        section=section,
        ref=ref,
        page_ref="Page 45/46",
        text=block.text,
        action="The rota changed.",
        notes=("See the annex.",),
        citations=document.cite(block),
    )


Proposed = Callable[..., StoredDocument]
"""Stores the sample document and proposes facts of it."""
