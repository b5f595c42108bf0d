"""What does a response without a table answer? "Recommendation 2", its words, and "Force response" under them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from bluelamp.assurance.facts import TemplateRow
from bluelamp.assurance.reading_columns import section_named
from bluelamp.assurance.reading_pages import parse_page_reference
from bluelamp.documents.blocks import ASIDES, Block, BlockKind, Span
from bluelamp.documents.document import Document, Part
from bluelamp.lib.text import fold

_ITEM = re.compile(
    r"^(?P<name>recommendation|areas? for improvement|afi|cause of concern"
    r"|(?:issue|point) of (?:concern|criticism))"
    r"\s{1,2}(?:no\.?\s{0,2}|number\s)?(?P<number>\d{1,3}(?:\.\d{1,2})?[a-z]?)(?![\w%])\s{0,2}[:.–—-]?\s{0,3}",
    re.I,
)
_ANSWER = re.compile(
    r"^(?:(?:the\s)?(?:force|chief constable|chief officer|commissioner|pcc|pfcc|mayor|opcc|police)[’']?s?"
    r"\s{1,2})?(?:response|answer|comments?|update|actions?(?:\s(?:taken|planned|proposed))?|progress)"
    r"\s{0,2}(?:[:–—]\s{0,3}|$)",
    re.I,
)
_PAGE = re.compile(r"^[(\[]?(?:pages?|pp?\.?|pg\.?)\s{0,2}\d[\d\s,/–-]{0,12}(?:figure\s\d{1,2})?[)\]]?$", re.I)


@dataclass
class _Item:
    section: str
    number: str
    page_ref: str = ""
    text: list[str] = field(default_factory=list)
    action: list[str] = field(default_factory=list)
    spans: list[Span] = field(default_factory=list)
    answered: bool = False  # "Force response" has been said


def read_prose(part: Part) -> list[TemplateRow]:
    """The items of a response in prose; none unless at least one is followed by an answer's own label."""
    items: list[_Item] = []
    current: _Item | None = None
    for block in part.blocks:
        if block.kind in ASIDES or block.kind in {BlockKind.TABLE, BlockKind.CONTENTS, BlockKind.FOOTNOTE}:
            continue
        found = _ITEM.match(block.text)
        if found and _begins_item(block.text, found):
            current = _begin(part.document, block, found)
            items.append(current)
        elif current is not None:
            current = _take(part.document, current, block)
    answered = [item for item in items if item.answered]
    return list(_rows(part.document, items)) if answered else []


def _begins_item(text: str, found: re.Match[str]) -> bool:
    rest = text[found.end() :]
    return not rest or not rest[0].islower()  # "Recommendation 3 has been met" is prose


def _begin(document: Document, block: Block, found: re.Match[str]) -> _Item:
    item = _Item(section_named(found["name"]) or "issue_of_concern", found["number"])
    rest = block.text[found.end() :].strip()
    if _PAGE.match(rest):
        item.page_ref = rest.strip("()[]")
    elif rest:
        item.text.append(rest)
    item.spans.extend(document.spans_within(block, 0, len(block.text)))
    return item


def _take(document: Document, item: _Item, block: Block) -> _Item | None:
    answer = _ANSWER.match(block.text)
    if answer:
        item.answered = True
        rest = block.text[answer.end() :].strip()
        if rest:
            item.action.append(rest)
            item.spans.extend(document.spans_within(block, answer.end(), len(block.text)))
        return item
    if block.kind is BlockKind.HEADING:
        return None
    if not item.answered and not item.text and _PAGE.match(block.text):
        item.page_ref = block.text.strip("()[]")
    else:
        (item.action if item.answered else item.text).append(block.text)
    item.spans.extend(block.spans)
    return item


def _rows(document: Document, items: list[_Item]) -> Iterator[TemplateRow]:
    for item in items:
        if not item.text:
            continue
        yield TemplateRow(
            section=item.section,
            ref=item.number,
            page_ref=item.page_ref,
            pages=parse_page_reference(item.page_ref),
            text=fold(" ".join(item.text)),
            action=fold(" ".join(item.action)),
            citations=document.cite(sorted(item.spans)),
            doubt="" if item.answered else "No answer stands under this item.",
        )
