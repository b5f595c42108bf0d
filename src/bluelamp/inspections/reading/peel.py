"""What does a PEEL report, or a report laid out like one, say? (2014 to 2027)

The outline says what stands where; each kind of fact has a module of its own; this one joins them.
"""

from __future__ import annotations

from itertools import islice, takewhile

from bluelamp.documents.blocks import Block
from bluelamp.documents.document import Document, Part
from bluelamp.documents.facts import Reading, Unread
from bluelamp.inspections.frameworks import Framework
from bluelamp.inspections.reading.closures import read_closures, turn_updates
from bluelamp.inspections.reading.concerns import read_concerns
from bluelamp.inspections.reading.criticism import read_criticism
from bluelamp.inspections.reading.criticism_prose import read_sections
from bluelamp.inspections.reading.judgements import check_inadequate, read_judgements
from bluelamp.inspections.reading.peel_areas import Names
from bluelamp.inspections.reading.peel_outline import PieceKind, Section, read_outline
from bluelamp.inspections.reading.peel_practices import (
    end_practices,
    read_main_findings,
    read_practices,
    report_loose_findings,
    report_untitled_findings,
)
from bluelamp.inspections.reading.peel_recommendations import opens_promises
from bluelamp.inspections.reading.peel_requests import report_requests
from bluelamp.inspections.reading.peel_tables import report_tables_left
from bluelamp.inspections.reading.statistics import read_statistics
from bluelamp.inspections.reading.vocabulary import Role
from bluelamp.organisations.bodies import Body

READER = "inspections.peel"
VERSION = 4

PROMISED = "Those who inspect say here what they will do themselves; it is asked of nobody and was not read."
RECALLED = "This recalls what an earlier inspection had found; nothing here was read as new."
_FRONT_BLOCKS = 8


def read_peel(part: Part, framework: Framework, subject: Body | None) -> Reading:
    """Every fact of the report with its citations, and what was seen and not understood."""
    document = part.document
    names = Names(framework, subject)
    sections = read_outline(part, names)
    turn_updates(sections)
    end_practices(sections)
    judgements = read_judgements(document, sections, names, _front_words(part))
    concerns = read_concerns(document, sections, names)
    facts = (
        *judgements.facts,
        *concerns.findings,
        *read_main_findings(document, sections),
        *read_practices(document, sections),
        *read_closures(document, sections),
        *read_criticism(document, read_sections(sections), concerns.findings, subject),
        *read_statistics(document, part.blocks),
    )
    unread = (
        *judgements.unread,
        *concerns.unread,
        *check_inadequate(judgements.facts, concerns.findings),
        *_report_recalled(document, sections),
        *_report_promises(document, sections),
        *report_requests(document, sections),
        *report_untitled_findings(document, sections),
        *report_loose_findings(document, sections),
    )
    cited = [c for fact in facts for c in fact.citations] + [c for told in unread for c in told.citations]
    left = report_tables_left(document, sections, cited)
    return Reading(reader=READER, version=VERSION, facts=facts, unread=(*unread, *left))


def _front_words(part: Part) -> str:
    """The words of the cover: they say which pillar a report is about."""
    front: list[Block] = list(part.blocks[:_FRONT_BLOCKS])
    return " ".join([part.title, *(block.text for block in front if len(block.text) < 300)])


def _report_promises(document: Document, sections: list[Section]) -> list[Unread]:
    found: list[Unread] = []
    for section in sections:
        for at, piece in enumerate(section.pieces):
            if piece.kind is not PieceKind.ITEM and opens_promises(piece.text):
                listed = takewhile(lambda each: each.kind is PieceKind.ITEM, islice(section.pieces, at + 1, None))
                cited = document.cite(piece.block, *(entry.block for entry in listed))
                found.append(Unread(reason=PROMISED, citations=cited))
    return found


def _report_recalled(document: Document, sections: list[Section]) -> list[Unread]:
    return [
        Unread(reason=RECALLED, citations=document.cite(section.head_block))
        for section in sections
        if section.role is Role.RECALLED and section.head_block and section.pieces
    ]
