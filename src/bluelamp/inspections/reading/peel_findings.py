"""How does an item of a list become a finding, and when are two of them the same finding?"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from bluelamp.documents.blocks import Block
from bluelamp.documents.citations import Citation
from bluelamp.documents.document import Document
from bluelamp.inspections.facts import Deadline, Finding
from bluelamp.inspections.frameworks import name_key
from bluelamp.inspections.reading.deadlines import read_deadline
from bluelamp.inspections.reading.peel_items import Item
from bluelamp.inspections.reading.peel_outline import Section
from bluelamp.inspections.reading.peel_words import find_sentences
from bluelamp.inspections.reading.vocabulary import is_demand

ODD_DEADLINE = "The printed deadline is neither a day nor a number of months."


def make_finding(document: Document, kind: str, section: Section, item: Item, parent: str = "") -> Finding:
    deadline = _deadline_of(item)
    own, title, text, parts = _without_numbers(item)
    number = item.number or (section.head.number if section.head else "") or own
    return Finding(
        type=kind,
        area=section.area,
        number=number.strip("().: "),
        title=title,
        text=text,
        deadline=deadline,
        parts=parts,
        parent=parent,
        citations=cite_item(document, item),
        doubt=ODD_DEADLINE if deadline and deadline.rule == "date" and deadline.date is None else "",
    )


_PARAGRAPH = r"S\d{1,3}|\d{1,2}\.\d{1,2}"
_BEFORE = re.compile(rf"(?:({_PARAGRAPH})[.):]?|(\d{{1,2}})[.)])\s+(?=[A-Z‘“])")
_AFTER = re.compile(
    rf"\s\((?:see )?(?:(?:(?:paragraphs?|para\.?) )?({_PARAGRAPH})|(?:section|chapter) \d{{1,2}})\)\.?$",
    re.I,
)
_NUMBERED_SO = re.compile(_PARAGRAPH)


def _without_numbers(item: Item) -> tuple[str, str, str, tuple[str, ...]]:
    """The number of the finding's own paragraph ("1.4 The force ...", "... at all times. (1.4)"), its title, its
    text and its parts; the number is none of its words."""
    found: list[str] = []

    def plain(words: str) -> str:
        before = _BEFORE.match(words)
        after = _AFTER.search(words, max(0, len(words) - _NUMBER_LONGEST))
        found.extend(number for sign in (before, after) if sign for number in sign.groups() if number)
        return words[before.end() if before else 0 : after.start() if after else len(words)]

    title, text = plain(item.title_text), plain(item.body)
    parts = tuple(_AFTER.sub("", block.text) for block in item.parts)
    marks = [block.marker.strip("().: ") for block in item.blocks[:1]]
    found += [mark for mark in marks if _NUMBERED_SO.fullmatch(mark)]
    return next(iter(found), ""), title, text, parts


_NUMBER_LONGEST = 24  # characters


def cite_item(document: Document, item: Item) -> tuple[Citation, ...]:
    """The title apart from what explains it, so that each can be shown alone."""
    heads = [document.cite(block) for block in (item.title, item.lead) if block]
    return tuple(citation for group in [*heads, document.cite(*item.blocks)] for citation in group)


def _deadline_of(item: Item) -> Deadline | None:
    """A title is a demand; in what explains it only a sentence that demands can set a deadline."""
    if item.title and (found := read_deadline(item.title.text)):
        return found
    for block, (start, end) in ((b, span) for b in _opening(item) for span in find_sentences(b.text)):
        sentence = block.text[start:end]
        if (is_demand(sentence) or sentence.rstrip().endswith(":")) and (found := read_deadline(sentence)):
            return found
    return None


def _opening(item: Item) -> Iterable[Block]:
    """An explanation under a title tells what was found; only an untitled item demands in its own words."""
    lead = [item.lead] if item.lead else []
    return [*lead, *item.texts] if item.title is None else item.texts[:1]


class FindingList:
    """Findings in order; one printed again (in a summary, say) is one finding with more citations."""

    def __init__(self) -> None:
        self._findings: list[Finding] = []
        self._citations: list[list[Citation]] = []
        self._known: dict[tuple[str, str], list[int]] = {}

    @property
    def findings(self) -> list[Finding]:
        pairs = zip(self._findings, self._citations, strict=True)
        return [replace(finding, citations=tuple(dict.fromkeys(cited))) for finding, cited in pairs]

    def add(self, finding: Finding) -> None:
        alike = self._known.setdefault((finding.type, name_key(finding.title or finding.text)), [])
        for position in alike[:_ALIKE]:
            if _is_same(self._findings[position], finding):
                self._findings[position] = _joined(self._findings[position], finding)
                self._citations[position] += finding.citations
                return
        alike.append(len(self._findings))
        self._findings.append(finding)
        self._citations.append(list(finding.citations))


_ALIKE = 20


def _is_same(one: Finding, other: Finding) -> bool:
    """Of two with the same words: not another number, not another area, not other parts."""
    for name in ("number", "area", "parts"):
        mine, theirs = getattr(one, name), getattr(other, name)
        if mine and theirs and mine != theirs and not (name == "number" and _number_apart(mine, theirs)):
            return False
    return True


def _number_apart(one: str, other: str) -> bool:
    """Is one the number of a paragraph, and the other that of the finding in its list?"""
    return bool(_NUMBERED_SO.fullmatch(one)) != bool(_NUMBERED_SO.fullmatch(other))


def _joined(known: Finding, again: Finding) -> Finding:
    fuller = max(known, again, key=lambda f: (len(f.text), len(f.parts)))
    return replace(
        fuller,
        area=known.area or again.area,
        number=known.number or again.number,
        parent=known.parent or again.parent,
        deadline=known.deadline or again.deadline,
    )
