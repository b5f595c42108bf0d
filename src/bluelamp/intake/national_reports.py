"""Is a document a report of the inspectorate, whatever its kind is called, and what of another is left unread?

"A rapid review", "a joint inspection": the head says who it is by, and a heading that it recommends.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from bluelamp.documents.blocks import Block, BlockKind
from bluelamp.documents.document import Part
from bluelamp.documents.facts import Reading, Unread
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
    rf"(?:©\s{{0,2}}|(?:author|from|publisher|published by|organisation|inspectorate)\s?[:\t|]\s{{0,3}}"
    rf"|{_KIND}|published by |by )?(?:(?:{_CONSTABULARY}|{_OTHERS}|and|with|&|the)[\s,;()|–—-]{{0,3}}){{1,12}}"
    r"(?:for the Home Secretary)?[\s,;.:|–—-]{0,3}(?:\d{1,2} )?(?:(?:[A-Z][a-z]{2,8} )?20\d\d)?",
    re.I,
)
_NAMES_CONSTABULARY = re.compile(rf"\b(?:{_CONSTABULARY})\b", re.I)
_RECOMMENDS = re.compile(
    r"(?:\d{1,2}\.? )?(?:(?:our|the|key|main|new|list of|summary of) ){0,3}recommendations?"
    r"(?: \d{1,2}| in (?:full|brief|summary)| (?:for|to) [\w ,’-]{3,40})?",
    re.I,
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
    by = line_of_author(part)
    if not by or find_headers(part.document, part.blocks[: 2 * HEAD]):
        return ()
    headings = tuple(part.blocks[at] for at in _recommending(part.blocks))
    return (by, *headings) if headings else ()


def line_of_author(part: Part) -> Block | None:
    """The line of the head, or over its pages, that names the inspectorate and nobody else but who joined it."""
    over = [block for block in part.document.asides if block.kind is BlockKind.RUNNING_HEAD and block.spans]
    return next((block for block in (*part.blocks[:HEAD], *over[:HEAD]) if _is_author(block)), None)


def _is_author(block: Block) -> bool:
    if block.kind not in _SAYS_BY or len(block.text) > LONGEST_AUTHOR:
        return False
    return bool(_NAMES_CONSTABULARY.search(block.text) and _AUTHOR.fullmatch(block.text.strip()))


_SAYS_BY = frozenset({BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.RUNNING_HEAD})


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
    said = [words for block in under for words in _said(block)]
    return any(_ASKS.search(words) and not _OF_MEETING.search(words) for words in said)


def _said(block: Block) -> list[str]:
    return [cell.text for row in block.rows for cell in row.cells if cell.text] or [block.text]


def tell_recommendations(part: Part, read: Sequence[Reading]) -> Reading:
    """The headings of recommendations under which nobody read anything, nor told that it was not understood."""
    cited = [fact.citations for reading in read for fact in reading.facts]
    cited += [unread.citations for reading in read for unread in reading.unread]
    known = {citation.line for citations in cited for citation in citations}
    blocks = part.blocks
    found = () if find_headers(part.document, blocks) else tuple(_recommending(blocks))
    unread = [
        Unread(reason=NOT_READ, citations=part.document.cite(blocks[at]))
        for at in found
        if blocks[at].spans and not known & _lines_under(part, at)
    ]
    return Reading(reader="intake.recommendations", version=1, unread=tuple(unread))


NOT_READ = "Recommendations are printed under this heading, and none of them was read."


def _lines_under(part: Part, heading: int) -> set[int]:
    """The lines in which the heading and what stands under it begin, rows of a table each by itself."""
    under = part.blocks[heading : heading + 1 + UNDER_HEADING]
    return {part.document.line_at(start) for block in under for start, _ in block.spans}
