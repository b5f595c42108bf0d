"""Which slice reads which family? A pack's papers are each read by their own."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bluelamp.assurance.reading import is_template_table, read_response, read_template, tables_left
from bluelamp.assurance.reading_undertakings import read_promises_of_commissioner, read_undertakings
from bluelamp.documents.blocks import Block, BlockKind
from bluelamp.documents.document import Part
from bluelamp.documents.facts import Reading
from bluelamp.inspections.frameworks import Framework
from bluelamp.inspections.reading import read_inspection
from bluelamp.intake.families import finds_under_heads, is_signed_by_inspector, says_inspectorate
from bluelamp.intake.packs import template_tables, without_tables
from bluelamp.organisations.bodies import Body
from bluelamp.performance.reading import read_finance, read_performance
from bluelamp.scrutiny.reading.decision_records import read_decision_records
from bluelamp.scrutiny.reading.headers import read_headers
from bluelamp.scrutiny.reading.meetings import read_meeting
from bluelamp.scrutiny.reading.packs import split_pack
from bluelamp.scrutiny.reading.self_assessment import read_self_assessment
from bluelamp.scrutiny.reading.work_programme import read_work_programme


def read_part(part: Part, family: str, framework: Framework | None, subject: Body | None) -> tuple[Reading, ...]:
    """Everything the readers of this family make of the part."""
    if family == "meeting_pack":
        return tuple(reading for paper in split_pack(part.document) for reading in _read_paper(paper))
    if family == "assurance_template":
        return (read_template(part), read_undertakings(part), read_performance(_with(part, tables_left(part))))
    if framework and (family == "inspection_report" or (family == "letter" and says_inspectorate(part))):
        return (read_inspection(part, framework, subject),)
    if family == "letter":
        return (
            read_response(part),
            read_undertakings(part),
            read_headers(part),
            read_performance(_unclaimed(part)),
        )
    if family == "self_assessment":
        return (read_self_assessment(part),)
    common = (
        read_response(part),
        read_promises_of_commissioner(part),
        read_headers(part),
        read_decision_records(part),
    )
    if family == "finance_report":
        return (*common, read_finance(_unclaimed(part)))
    return (*common, read_performance(_unclaimed(part)))


def _unclaimed(part: Part) -> Part:
    """The part without the tables that are read as a response's."""
    return _with(part, tuple(block for block in part.blocks if not is_template_table(block)))


def _with(part: Part, tables: Sequence[Block]) -> Part:
    """The part with no other tables than these."""
    kept = {id(table) for table in tables}
    return without_tables(part, [b for b in part.blocks if b.kind is BlockKind.TABLE and id(b) not in kept])


def is_letter_of_inspectors(part: Part, family: str) -> bool:
    """A letter in which they tell what they found, rather than one that answers it."""
    if family != "letter" or not says_inspectorate(part):
        return False
    told = finds_under_heads(part) or _inspects(part) or is_signed_by_inspector(part)
    return told or any(_DECIDES.search(block.text) for block in part.blocks)


_DECIDES = re.compile(
    r"\b(?:this|that|these|both) (?:recommendations?|causes? of concern|areas? for improvement)\b", re.I
)
_INSPECTS = re.compile(
    r"\b(?:we|i)(?: also| then| have)? (?:re-?inspected|inspected|re-?visited|examined|reviewed|found|saw)\b", re.I
)


def _inspects(part: Part) -> bool:
    """Does whoever writes say what they themselves inspected and found?"""
    return sum(bool(_INSPECTS.search(block.text)) for block in part.blocks) > 1


def _read_paper(paper: Part) -> tuple[Reading, ...]:
    """What a paper of a meeting says; its tables that answer points are a template's rows and nobody else's."""
    answered = template_tables(paper)
    rest = without_tables(paper, answered)
    common = (read_headers(rest), read_meeting(rest), read_work_programme(rest), read_performance(rest))
    return (*common, read_template(_with(paper, answered))) if answered else common
