"""Is a document a report of the inspectorate, whatever its kind is called, and what of another is left unread?

"A rapid review", "a joint inspection": the head says who it is by, and a heading that it recommends.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from bluelamp.documents.blocks import Block, BlockKind
from bluelamp.documents.document import Part
from bluelamp.documents.facts import Fact, Reading, Unread
from bluelamp.scrutiny.reading.headers import find_headers

HEAD = 12  # blocks in which a report says who it is by
LONGEST_AUTHOR = 250  # characters
UNDER_HEADING = 12  # blocks under a heading in which a recommendation stands

_CROWN = r"(?:HM|H[ie][sr] Majesty[’']s)"
_CONSTABULARY = rf"HMIC(?:FRS)?|{_CROWN} Inspectorate of Constabulary(?: and Fire (?:&|and) Rescue Services)?"
_OTHERS = (
    rf"{_CROWN} (?:(?:Crown Prosecution Service )?Inspectorate|Inspectorate of (?:Probation|Prisons))"
    r"|HM ?CPSI|HMI (?:Probation|Prisons|Constabulary)|HMIP|Care Quality Commission|CQC|Ofsted|Estyn"
    r"|(?:Care|Healthcare) Inspectorate Wales|Criminal Justice Joint Inspection|(?:the )?College of Policing|IOPC"
    r"|(?:the )?Independent Office for Police Conduct"
)
_KIND = (
    r"(?:an? |the |report (?:on|of) (?:an? |the )?)?(?:(?:joint|thematic|national|rapid|follow-up|unannounced"
    r"|short|further|super-complaint) ){0,3}(?:inspection|review|report|investigation|revisit|study)"
    r" (?:conducted |carried out |published |written )?by (?:the )?"
)
_AUTHOR = re.compile(
    rf"(?:{_KIND}|published by |by )?(?:(?:{_CONSTABULARY}|{_OTHERS}|and|with|&|the)[\s,;()|–—-]{{0,3}}){{1,12}}"
    r"(?:for the Home Secretary)?[\s,;.:–—-]{0,3}(?:\d{1,2} )?(?:[A-Z][a-z]{2,8} 20\d\d)?",
    re.I,
)
_NAMES_CONSTABULARY = re.compile(rf"\b(?:{_CONSTABULARY})\b", re.I)
_RECOMMENDS = re.compile(
    r"(?:\d{1,2}\.? )?(?:(?:our|the|key|main|new|list of|summary of) ){0,3}recommendations?", re.I
)
_ASKS = re.compile(r"\b(?:should|must|needs? to|we recommend|recommends? that|recommendation is that)\b", re.I)
_OF_MEETING = re.compile(
    r"\b(?:recommended that|asked to|invited to|resolved)\b"
    r"|\b(?:members|committee|panel|board|cabinet|council|forum)\b.{0,40}\b(?:notes?|approves?|agrees?|should|endorses?)\b",
    re.I,
)


def report_of_inspectors(part: Part) -> tuple[Block, ...]:
    """The line of the head that names the inspectorate as author, and the headings under which it recommends.

    None for a paper of a meeting: that has a header, and recommends to its members.
    """
    by = [block for block in part.blocks[:HEAD] if _is_author(block)]
    if not by or find_headers(part.document, part.blocks[: 2 * HEAD]):
        return ()
    headings = tuple(part.blocks[at] for at in _recommending(part.blocks))
    return (by[0], *headings) if headings else ()


def _is_author(block: Block) -> bool:
    if block.kind not in (BlockKind.HEADING, BlockKind.PARAGRAPH) or len(block.text) > LONGEST_AUTHOR:
        return False
    return bool(_NAMES_CONSTABULARY.search(block.text) and _AUTHOR.fullmatch(block.text.strip()))


def _recommending(blocks: Sequence[Block]) -> Iterator[int]:
    """Headings that say "Recommendations" over what somebody other than a meeting should do."""
    for at, block in enumerate(blocks):
        if block.kind not in (BlockKind.HEADING, BlockKind.PARAGRAPH) or len(block.text) > 60:
            continue
        if _RECOMMENDS.fullmatch(block.text.strip(" :")) and _asked_under(blocks, at):
            yield at


def _asked_under(blocks: Sequence[Block], heading: int) -> bool:
    under: list[Block] = []
    for block in blocks[heading + 1 : heading + 1 + UNDER_HEADING]:
        if block.kind is BlockKind.HEADING and under:
            break
        under.append(block)
    said = [block.text for block in under if block.kind is not BlockKind.TABLE]
    return any(_ASKS.search(words) and not _OF_MEETING.search(words) for words in said)


def tell_recommendations(part: Part, facts: Sequence[Fact]) -> Reading:
    """The headings of recommendations in a document of no known kind, under which nobody read anything."""
    read = {citation.line for fact in facts for citation in fact.citations}
    blocks = part.blocks
    found = () if find_headers(part.document, blocks) else tuple(_recommending(blocks))
    unread = [
        Unread(reason=_NOT_READ, citations=part.document.cite(blocks[at]))
        for at in found
        if blocks[at].spans and not read & _lines_under(part, at)
    ]
    return Reading(reader="intake.recommendations", version=1, unread=tuple(unread))


_NOT_READ = (
    "Recommendations are printed under this heading, but the document does not say in its head that it is a report"
    " of the inspectorate, so they were not read."
)


def _lines_under(part: Part, heading: int) -> set[int]:
    under = part.blocks[heading + 1 : heading + 1 + UNDER_HEADING]
    return {part.document.line_of(block) for block in under if block.spans}
