"""Which items does an agenda list?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from bluelamp.documents.blocks import Block, BlockKind, Span
from bluelamp.documents.document import Part
from bluelamp.documents.facts import Unread
from bluelamp.lib.days import read_day
from bluelamp.scrutiny.facts import AgendaItem
from bluelamp.scrutiny.reading.lines import Line, lines_of
from bluelamp.scrutiny.reading.packs import find_agenda
from bluelamp.scrutiny.reading.vocabulary import papers, plain

_NUMBER = r"(?P<number>\d{1,2}(?:\.\d{1,2})?[a-z]?|[A-Z]\d{1,2})"
_ITEM = re.compile(
    rf"[-–•]?\s*(?:item\s)?\(?{_NUMBER}(?:[.):]|\s|$)[.):\s–-]*(?P<title>.*)", re.IGNORECASE | re.DOTALL
)
_BARE = re.compile(rf"\(?{_NUMBER}[.):]?")
_TRAIL = re.compile(r"\s*\(?\bpages?\s?\d+(?:\s?(?:[-–]|to)\s?\d+)?\)?\s*$", re.IGNORECASE)
_BARE_PAGES = re.compile(r"\s+\d{1,3}\s?[-–]\s?\d{1,3}$")  # pages, if several items end so
_BY_WHOM = re.compile(
    r"(?:(?:joint|verbal|oral)\s)?(?:reports?|presentations?|papers?|update|verbal)"
    r"\s(?:of|by|from|attached|to follow|enclosed)\b",
    re.IGNORECASE,
)
_LONGEST = 300
_NEAR_THE_TOP = 40  # blocks in which an agenda says that it is one


@dataclass
class _Draft:
    number: str
    title: str
    spans: list[Span]
    index: int


def read_agenda(part: Part, meeting_date: date | None) -> tuple[list[AgendaItem], list[Unread]]:
    """The items under "Agenda", numbered, in order; none where the part has no agenda."""
    start = find_agenda(part.blocks[:_NEAR_THE_TOP])
    if start is None:
        return [], []
    drafts = [draft for draft in _drafts(part, start) if draft.title]
    paged = sum(1 for draft in drafts if _BARE_PAGES.search(draft.title)) > 1
    items = [
        AgendaItem(
            meeting_date=meeting_date,
            number=draft.number,
            title=_bare_title(draft.title, paged=paged),
            citations=part.document.cite(draft.spans),
        )
        for draft in drafts
    ]
    if items:
        return items, []
    reason = "An agenda in which no numbered item was found."
    return [], [Unread(reason=reason, citations=part.document.cite(part.blocks[start]))]


def meeting_day(part: Part) -> date | None:
    """The day of the meeting: the first full date near the top."""
    for line in lines_of(part.document, part.blocks[:30])[:40]:
        day = read_day(line.text)
        if day:
            return day
    return None


def _drafts(part: Part, start: int) -> list[_Draft]:
    drafts: list[_Draft] = []
    for line in _agenda_lines(part, start):
        found = _table_item(line) if line.is_row else _line_item(line)
        if found and _follows(found[0], drafts):
            drafts.append(_Draft(found[0], found[1], list(line.spans), line.index))
        elif drafts and _goes_on(drafts[-1], line, part.blocks):
            drafts[-1].title = f"{drafts[-1].title} {line.text}".strip()
            drafts[-1].spans.extend(line.spans)
    return drafts


def _bare_title(title: str, *, paged: bool) -> str:
    """The title without the pages on which its paper stands."""
    bare = _TRAIL.sub("", title)
    return (_BARE_PAGES.sub("", bare) if paged else bare).strip(" \t-–")


def _agenda_lines(part: Part, start: int) -> Iterator[Line]:
    """The lines from the agenda's title to its notes."""
    for line in lines_of(part.document, part.blocks):
        if line.index <= start:
            continue
        is_aside = plain(line.text) in papers().agenda_asides
        if is_aside and line.block.kind in (BlockKind.HEADING, BlockKind.PARAGRAPH):
            return
        yield line


def _line_item(line: Line) -> tuple[str, str] | None:
    text = line.text
    marker = line.marker.strip("-–•* ")
    if len(text) > _LONGEST:
        return None
    if marker and (found := _BARE.fullmatch(marker)) and not text.startswith(marker):
        return found["number"], text
    found = _ITEM.fullmatch(text)
    return (found["number"], found["title"].strip()) if found else None


def _table_item(line: Line) -> tuple[str, str] | None:
    cells = [cell.strip() for cell in line.text.split("\t")]
    filled = [cell for cell in cells if cell]
    if len(filled) >= 2 and (found := _BARE.fullmatch(filled[0])):
        return found["number"], filled[1]
    if filled and (found := _ITEM.fullmatch(filled[0])) and len(filled[0]) <= _LONGEST:
        return found["number"], found["title"].strip()
    return None


def _follows(number: str, drafts: Sequence[_Draft]) -> bool:
    """Numbers go up: 4 after 3, 4a after 4, 5 after a missing 4."""
    if not drafts:
        return _worth(number) in (0, 1)
    before, now = _worth(drafts[-1].number), _worth(number)
    same = now == before and number.lower() > drafts[-1].number.lower()
    return same or before < now <= before + 2


def _worth(number: str) -> int:
    digits = re.search(r"\d+", number)
    return int(digits.group()) if digits else 0


def _goes_on(draft: _Draft, line: Line, blocks: Sequence[Block]) -> bool:
    """A line that goes on with the item's title: the item's own block, or a title that had not yet come."""
    if line.is_row or len(line.text) > 120 or (draft.title and _ends_title(draft.title, line.text)):
        return False
    return (line.index == draft.index and not line.first) or (not draft.title and line.index == draft.index + 1)


def _ends_title(title: str, following: str) -> bool:
    """Pages end a title, and so does a line that says whose report it is."""
    return bool(_TRAIL.search(title) or _BY_WHOM.match(following))
