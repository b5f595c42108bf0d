"""Which practice does a report hold up, and what are its main findings?"""

from __future__ import annotations

import re
from collections import Counter
from itertools import zip_longest

from bluelamp.documents.blocks import Block, BlockKind
from bluelamp.documents.document import Document
from bluelamp.documents.facts import Unread
from bluelamp.documents.sentences import split_sentences
from bluelamp.inspections.facts import Finding, Practice
from bluelamp.inspections.reading.criticism_sentences import Why, judge_sentence
from bluelamp.inspections.reading.peel_findings import cite_item
from bluelamp.inspections.reading.peel_items import Item, read_items
from bluelamp.inspections.reading.peel_outline import Piece, PieceKind, Section
from bluelamp.inspections.reading.vocabulary import (
    PRACTICES,
    Role,
    is_caption,
    is_sentence,
    states_something,
)

UNTITLED = "Under this heading no finding's own heading could be told from its text."
ONE_OUTSIDE = "A heading that reads as a finding stands outside the main findings and was not made a finding."
OUTSIDE = "{} headings that read as findings stand outside the main findings and were not made findings."
_LABEL = re.compile(
    r"^(?:the )?(problem|issue|challenge|solution|approach|outcomes?|results?|impact|benefits?)\s*[:.]?$", re.I
)
_RUN_IN = re.compile(r"^(?:the )?(problem|issue|challenge|solution|outcomes?|results?|impact)\s*[:–—]\s+", re.I)
_FIELDS = {
    "problem": "problem", "issue": "problem", "challenge": "problem",
    "solution": "solution", "approach": "solution",
    "outcome": "outcomes", "outcomes": "outcomes", "result": "outcomes", "results": "outcomes",
    "impact": "outcomes", "benefit": "outcomes", "benefits": "outcomes",
}  # fmt: skip


def end_practices(sections: list[Section]) -> None:
    """What follows the last practice under a head is a section of its own: topics, and after a practice without a
    title a paragraph that finds fault."""
    for at in range(len(sections) - 1, -1, -1):
        section = sections[at]
        following = sections[at + 1] if at + 1 < len(sections) else None
        ends = _end_of_practices(section, following) if section.role in PRACTICES else len(section.pieces)
        if ends < len(section.pieces):
            rest = Section(section.area, section.printed_area, Role.OTHER, pieces=section.pieces[ends:])
            section.pieces = section.pieces[:ends]
            sections.insert(at + 1, rest)


def _end_of_practices(section: Section, following: Section | None) -> int:
    titled = [piece for piece in section.pieces if piece.kind is PieceKind.TITLE]
    if any(_LABEL.match(piece.text) for piece in titled):
        return len(section.pieces)
    ends = len(section.pieces) - len(read_items(section.pieces, following).left)
    if titled and titled[0] in section.pieces[:ends]:
        return ends
    return next((n for n, piece in enumerate(section.pieces[:ends]) if n and _finds_fault(piece)), ends)


def _finds_fault(piece: Piece) -> bool:
    if piece.kind is not PieceKind.TEXT or _RUN_IN.match(piece.text):
        return False
    start, end = split_sentences(piece.text)[0] if piece.text.strip() else (0, 0)
    verdict = judge_sentence(piece.text[start:end])
    return verdict.why is Why.CRITICISM and not verdict.bearing.leans


def read_practices(document: Document, sections: list[Section]) -> list[Practice]:
    found: list[Practice] = []
    for section, following in zip_longest(sections, sections[1:]):
        if section.role not in PRACTICES:
            continue
        labelled = [p for p in section.pieces if p.kind is PieceKind.TITLE and _LABEL.match(p.text)]
        if labelled:
            found.append(_labelled_practice(document, section))
            continue
        for item in read_items(section.pieces, following).items:
            found.append(_practice(document, section, item))
    return found


def _practice(document: Document, section: Section, item: Item) -> Practice:
    told = {"problem": "", "solution": "", "outcomes": ""}
    for block in item.texts:
        if match := _RUN_IN.match(block.text):
            told[_FIELDS[match[1].lower()]] = block.text[match.end() :]
    return Practice(
        type=str(section.role),
        area=section.area,
        title=item.title_text,
        text="\n\n".join(block.text for block in item.blocks),
        citations=cite_item(document, item),
        **told,
    )


def _labelled_practice(document: Document, section: Section) -> Practice:
    """One practice told under "Problem", "Solution" and "Outcome"."""
    told: dict[str, list[str]] = {"": [], "problem": [], "solution": [], "outcomes": []}
    title, field, blocks = "", "", list[Block]()
    for piece in section.pieces:
        blocks.append(piece.block)
        label = _LABEL.match(piece.text) if piece.kind is PieceKind.TITLE else None
        if label:
            field = _FIELDS[label[1].lower()]
        elif piece.kind is PieceKind.TITLE and not title:
            title = piece.text
        else:
            told[field].append(piece.text)
    return Practice(
        type=str(section.role),
        area=section.area,
        title=title,
        text="\n\n".join(told[""]),
        problem="\n\n".join(told["problem"]),
        solution="\n\n".join(told["solution"]),
        outcomes="\n\n".join(told["outcomes"]),
        citations=document.cite(*blocks),
    )


def read_main_findings(document: Document, sections: list[Section]) -> list[Finding]:
    """Each heading that is a sentence, with what stands under it up to the next."""
    found: list[Finding] = []
    levels = _levels_of_findings(sections)
    for section in sections:
        if section.role is not Role.MAIN_FINDINGS:
            continue
        for item in _headed(section, levels):
            found.append(
                Finding(
                    type="main_finding",
                    area=section.area,
                    title=item.title_text,
                    text="\n\n".join(block.text for block in item.blocks),
                    citations=cite_item(document, item),
                )
            )
    return found


_MOST = 0.5


def _levels_of_findings(sections: list[Section]) -> frozenset[int]:
    """The levels at which most headings of the report's main findings, and two at least, state one."""
    told, all_ = Counter[int](), Counter[int]()
    for section in (each for each in sections if each.role is Role.MAIN_FINDINGS):
        for piece in section.pieces:
            if piece.kind is PieceKind.TITLE and piece.block.kind is BlockKind.HEADING:
                all_[piece.block.level] += 1
                told[piece.block.level] += states_something(piece.text)
    return frozenset(level for level, count in told.items() if count > 1 and count > _MOST * all_[level])


def _headed(section: Section, levels: frozenset[int]) -> list[Item]:
    """Where one heading states a finding, every heading of its level is that of one."""
    items: list[Item] = []
    titles = [piece.block for piece in section.pieces if piece.kind is PieceKind.TITLE]
    told = [block for block in titles if states_something(block.text)]
    levels = levels | {block.level for block in told if block.kind is BlockKind.HEADING}
    for piece in section.pieces:
        typed = piece.block.kind is BlockKind.HEADING and piece.block.level in levels
        sister = typed and not is_caption(piece.text)
        if piece.kind is PieceKind.TITLE and (sister or piece.block in told):
            items.append(Item(title=piece.block))
        elif items and piece.kind in (PieceKind.TEXT, PieceKind.ITEM):
            items[-1].texts.append(piece.block)
    return items


def report_untitled_findings(document: Document, sections: list[Section]) -> list[Unread]:
    """A part of main findings in which no heading could be told from its text."""
    levels = _levels_of_findings(sections)
    return [
        Unread(reason=UNTITLED, citations=document.cite(section.head_block))
        for section in sections
        if section.role is Role.MAIN_FINDINGS and section.head_block
        if sum(p.kind is PieceKind.TEXT for p in section.pieces) > 1 and not _headed(section, levels)
    ]


def report_loose_findings(document: Document, sections: list[Section]) -> list[Unread]:
    """Sentences as headings in a summary or in the victim service assessment: seen, and left to a person."""
    loose = [
        piece.block
        for section in sections
        if section.role in (None, Role.OTHER, Role.OUTSIDE)
        for piece in section.pieces
        if piece.kind is PieceKind.TITLE and is_sentence(piece.text)
    ]
    citations = tuple(citation for block in loose for citation in document.cite(block))
    reason = OUTSIDE.format(len(loose)) if len(loose) > 1 else ONE_OUTSIDE
    return [Unread(reason=reason, citations=citations)] if citations else []
