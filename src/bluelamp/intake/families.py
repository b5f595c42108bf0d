"""What family is a document, or a paper of a pack, of? Recognised by its structure and the field's words."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from bluelamp.documents.blocks import Block, BlockKind, Row
from bluelamp.documents.document import Part

FAMILIES = (
    "inspection_report",
    "assurance_template",
    "performance_report",
    "finance_report",
    "meeting_pack",
    "self_assessment",
    "letter",
    "other",
)


@dataclass(frozen=True)
class Family:
    """A family and the blocks that show it."""

    slug: str
    evidence: tuple[Block, ...] = ()


_POINT = re.compile(r"\b(concern|recommendation|finding|area for improvement|issue|afi)s?\b", re.I)
_ANSWER = re.compile(r"\b(action|response|update|progress|evidence)s?\b", re.I)
_FINDINGS = re.compile(
    r"^(areas? for improvement|causes? of concern|strengths?|work in progress|our judge?ments|main findings"
    r"|recommendations?|summary of (our )?judge?ments|grad(e|ed judge?ments?).*|force summary of judge?ments)$",
    re.I,
)
_INSPECTORATE = re.compile(r"\bHMIC(FRS)?\b|HM Inspector|inspectorate of constabulary", re.I)
_CHARACTERISTIC = re.compile(r"^\s*\d{1,2}\.\d{1,2}\s+(the|our|your) (force|police|constabulary|service)\b", re.I)
_INDICATOR = re.compile(r"^\d{1,2}[A-Z]\.\d{1,2}\b")
_MONEY_HEAD = re.compile(r"\b(budget|outturn|virements?|underspend|overspend|variance|slippage|forecast)\b", re.I)
_HEADER = re.compile(r"^(report to|report of|date of meeting|agenda item|for information|for decision)\b", re.I)
_AGENDA = re.compile(r"^a\s*g\s*e\s*n\s*d\s*a\b", re.I)
_MINUTES = re.compile(r"\b(minutes|notes) of the\b.*\bmeeting\b|^resolved\b|^apologies for absence\b", re.I)
_LETTER = re.compile(r"^(dear\b|yours (sincerely|faithfully)\b)", re.I)


def recognise_family(part: Part, *, framework_found: bool) -> Family:
    """The first family whose signs are all there; "other" where none is."""
    tests: list[tuple[str, Callable[[], tuple[Block, ...]]]] = [
        ("assurance_template", lambda: _template(part)),
        ("meeting_pack", lambda: _pack(part)),
        ("inspection_report", lambda: _inspection(part, framework_found)),
        ("self_assessment", lambda: _many(part, _CHARACTERISTIC, 2)),
        ("performance_report", lambda: _many(part, _INDICATOR, 5)),
        ("finance_report", lambda: _finance(part)),
        ("letter", lambda: _first_lines(part, _LETTER)),
    ]
    for slug, find in tests:
        evidence = find()
        if evidence:
            return Family(slug, evidence[:3])
    return Family("other")


def _tables(part: Part) -> Iterable[Block]:
    return (block for block in part.blocks if block.kind is BlockKind.TABLE)


def _head(row: Row) -> str:
    return " | ".join(cell.text for cell in row.cells)


def _template(part: Part) -> tuple[Block, ...]:
    found = tuple(table for table in _tables(part) if any(_is_template_head(row) for row in table.rows[:4]))
    return found if sum(len(table.rows) - 1 for table in found) >= 2 else ()


def _is_template_head(row: Row) -> bool:
    """A column for the point that was made and another, later one for what was done about it."""
    points = [cell.column for cell in row.cells if len(cell.text) < 60 and _POINT.search(cell.text)]
    answers = [cell.column for cell in row.cells if len(cell.text) < 60 and _ANSWER.search(cell.text)]
    return bool(points) and any(answer > points[0] for answer in answers)


def _pack(part: Part) -> tuple[Block, ...]:
    agenda = _first_lines(part, _AGENDA)
    minutes = _searched(part, _MINUTES)
    headers = [block for block in _lines(part) if _HEADER.match(block.text)]
    if (agenda and (minutes or len(headers) >= 2)) or len(headers) >= 8 or len(minutes) >= 3:
        return (*agenda, *minutes, *headers)
    return ()


def _inspection(part: Part, framework_found: bool) -> tuple[Block, ...]:
    findings = tuple(block for block in _lines(part) if _FINDINGS.match(block.text.rstrip(": ")))
    named = any(_INSPECTORATE.search(block.text) for block in part.blocks)
    enough = 1 if framework_found else 3
    return findings if named and len(findings) >= enough else ()


def _finance(part: Part) -> tuple[Block, ...]:
    return tuple(
        table
        for table in _tables(part)
        if any(len(set(_MONEY_HEAD.findall(_head(row).lower()))) >= 2 for row in table.rows[:4])
    )


def _many(part: Part, pattern: re.Pattern[str], enough: int) -> tuple[Block, ...]:
    found = tuple(block for block in part.blocks if _begins(block, pattern))
    rows = sum(1 for table in _tables(part) for row in table.rows if row.cells and pattern.match(_head(row)))
    return found if found and max(len(found), rows) >= enough else ()


def _begins(block: Block, pattern: re.Pattern[str]) -> bool:
    if block.kind is BlockKind.TABLE:
        return any(pattern.match(_head(row)) for row in block.rows)
    return bool(pattern.match(f"{block.marker} {block.text}".strip()))


def _lines(part: Part) -> Iterable[Block]:
    """Blocks short enough to be a heading or a field."""
    return (block for block in part.blocks if block.kind is not BlockKind.CONTENTS and len(block.text) <= 200)


def _first_lines(part: Part, pattern: re.Pattern[str]) -> tuple[Block, ...]:
    return tuple(block for block in _lines(part) if pattern.match(block.text))


def _searched(part: Part, pattern: re.Pattern[str]) -> tuple[Block, ...]:
    return tuple(block for block in _lines(part) if pattern.search(block.text))
