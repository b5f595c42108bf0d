"""Which papers does a meeting pack hold? Agenda, presentations, minutes, each paper, and their appendices.

A part begins where a paper's header stands, where minutes say that they are minutes, where a paper without a
header begins its numbered sections, and where an appendix says so or follows a paper's last section.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from bluelamp.documents.blocks import Block, BlockKind
from bluelamp.documents.document import Document, Part
from bluelamp.lib.days import find_days, is_day
from bluelamp.scrutiny.reading.attendance import heading_kind
from bluelamp.scrutiny.reading.headers import TITLED_ITEM, Header, find_headers, header_rows, title_of
from bluelamp.scrutiny.reading.vocabulary import meetings, papers, plain

AGENDA, MINUTES, PRESENTATION, PAPER, APPENDIX = "agenda", "minutes", "presentation", "paper", "appendix"

_NUMBERED = re.compile(r"(?P<number>\d{1,2}(?:\.\d{1,2}){0,3})\.?\s+(?P<words>.*)", re.DOTALL)
_ITEM_LINE = re.compile(r"(?:agenda\s)?item\s?(?:no\.?|number)?\s?:?\s?\d{1,2}[a-z]?", re.IGNORECASE)
_APPENDIX = re.compile(
    r"(?:appendix|annex|appendices)\b\s*[-–:]?\s*(?:[A-Z]|\d{1,2}|[ivx]{1,4})?\b", re.IGNORECASE
)
_TRAILING = re.compile(r"none|n/?a|nb|not applicable|nil|no background papers?.*|there are no .*", re.IGNORECASE)
_AGENDA_OF = re.compile(r"[-–—:] ?agenda$|^agenda (?:for|of) ")  # "Executive Board – Agenda"
_MINUTES_OF = re.compile(
    r"^[^.:–—]{3,100}\s?[-–—:]\s?(?:draft |unconfirmed )?"
    r"(?:minutes|notes of the meeting|(?:action )?notes|(?:minutes|notes) and actions|actions and decisions)$"
)
_AT_A_MEETING = re.compile(r"at an? (?:\w+ ){0,4}meeting of (?:the )?[^.]{3,200}\bheld (?:at|on|in|via)\b")
_BETWEEN_ITEMS = 3  # blocks that may stand between an agenda's items
_LETTERHEAD_OF_ALL = 5
_LETTERHEAD = 3  # short blocks above a title that belong to it


@dataclass(frozen=True)
class PackPart(Part):
    """One part of a pack; `role` is agenda, presentation, minutes, paper or appendix ("" where unknown)."""

    role: str = ""


@dataclass(frozen=True, slots=True)
class _Cut:
    index: int
    role: str
    title: str


def split_pack(document: Document) -> tuple[Part, ...]:
    """The parts of a pack in order, every block in exactly one; a document that is no pack is one part."""
    blocks = tuple(_split_tables(document.blocks))
    cuts = _cuts(document, blocks)
    if not cuts:
        return (PackPart(document, blocks, document.title),)
    if cuts[0].index > 0:
        cuts.insert(0, _Cut(0, "", _first_title(blocks, document.title)))
    ends = [cut.index for cut in cuts[1:]] + [len(blocks)]
    return tuple(
        PackPart(document, blocks[cut.index : end], cut.title, cut.role)
        for cut, end in zip(cuts, ends, strict=True)
        if end > cut.index
    )


def _split_tables(blocks: Sequence[Block]) -> Iterator[Block]:
    """Tables that were read as one, apart where a paper's header begins in the middle of it."""
    for block in blocks:
        start = _header_start(block) if block.kind is BlockKind.TABLE else 0
        if start <= 0:
            yield block
            continue
        for rows in (block.rows[:start], block.rows[start:]):
            spans = tuple(sorted(span for row in rows for cell in row.cells for span in cell.spans))
            text = " ".join(cell.text for row in rows for cell in row.cells if cell.text)
            if spans:
                yield replace(block, rows=rows, spans=spans, text=text)


def _header_start(block: Block) -> int:
    """The row at which a header begins, if it is not the first; 0 where there is none."""
    labels = [header_rows(row) > 0 for row in block.rows]
    for n in range(1, len(labels) - 2):
        if labels[n] and not labels[n - 1] and sum(labels[n : n + 5]) >= min(4, len(labels) - n):
            return n
    return 0


def _cuts(document: Document, blocks: Sequence[Block]) -> list[_Cut]:
    cuts: dict[int, _Cut] = {}
    headers = find_headers(document, blocks)
    for header in headers:
        cut = _header_cut(blocks, header)
        cuts[cut.index] = cut
    for index in range(len(blocks)):
        if is_minutes_title(blocks[index]) and not _within(headers, index):
            start = _with_names_above(blocks, _with_letterhead(blocks, index))
            cuts[start] = _Cut(start, MINUTES, _fold_title(blocks, index))
    for index in _announced_papers(blocks, headers):
        cuts.setdefault(index, _Cut(index, PAPER, _fold_title(blocks, index + 1)))
    for index, title in _titled_items(blocks, headers):
        cuts.setdefault(index, _Cut(index, PAPER, title))
    for index in _headless_papers(blocks, headers, sorted(cuts)):
        cuts.setdefault(index, _Cut(index, PAPER, blocks[index].text.strip()))
    first = min(cuts, default=len(blocks))
    agenda = find_agenda(blocks[:first])
    if agenda is not None:
        cuts[0] = _Cut(0, AGENDA, _first_title(blocks, document.title))
        end = _agenda_end(blocks, agenda, first)
        if end < first:
            cuts[end] = _Cut(end, PRESENTATION, _fold_title(blocks, end))
    _add_appendices(blocks, cuts)
    return [cuts[index] for index in sorted(cuts)]


def _within(headers: Sequence[Header], index: int) -> bool:
    return any(header.first <= index <= header.last for header in headers)


def _first_title(blocks: Sequence[Block], title: str) -> str:
    titles = [b.text.strip() for b in blocks[:8] if is_title(b) and not is_day(b.text)]
    return next((words for words in titles if plain(words) not in papers().agenda), title)


# -- papers -----------------------------------------------------------------------------------------------


def _header_cut(blocks: Sequence[Block], header: Header) -> _Cut:
    title, at = title_of(blocks, header)
    start = header.first if at is None else min(header.first, at)
    while start and (_is_item_line(blocks[start - 1]) or _is_purpose(blocks[start - 1])):
        start -= 1
    if start <= _LETTERHEAD_OF_ALL and all(_is_short(block) for block in blocks[:start]):
        start = 0  # the letterhead of a paper that opens the document
    return _Cut(start, PAPER, title)


def _is_item_line(block: Block) -> bool:
    words = block.text.strip()
    return bool(_ITEM_LINE.fullmatch(words) or (TITLED_ITEM.fullmatch(words) and is_title(block)))


def _titled_items(blocks: Sequence[Block], headers: Sequence[Header]) -> Iterator[tuple[int, str]]:
    """Papers under "Agenda item 6: Staffing", each by its item."""
    found = [(n, item) for n, block in enumerate(blocks) if is_title(block) and (item := _titled_item(block))]
    if len({item["number"] for _, item in found}) < 2:
        return
    for index, item in found:
        if not any(_within([header], index) or header.first == index + 1 for header in headers):
            yield index, item["title"].strip()


def _titled_item(block: Block) -> re.Match[str] | None:
    return TITLED_ITEM.fullmatch(block.text.strip())


def _is_purpose(block: Block) -> bool:
    return plain(block.text) in papers().purposes or plain(block.text) in papers().public_marks


def _announced_papers(blocks: Sequence[Block], headers: Sequence[Header]) -> Iterator[int]:
    """Papers without a header under a line that says "Agenda item 6"."""
    last = ""
    for index, block in enumerate(blocks[:-1]):
        words = plain(block.text)
        if not words.startswith("agenda") or not _ITEM_LINE.fullmatch(words) or words == last:
            continue
        last = words
        if not any(index - 1 <= header.first <= index + 6 or _within([header], index) for header in headers):
            yield index


def _headless_papers(blocks: Sequence[Block], headers: Sequence[Header], cuts: Sequence[int]) -> Iterator[int]:
    """Papers that begin with "1. Purpose of the report" under a title, without a header."""
    if len(cuts) == 0:
        return  # one paper alone is no pack
    for index, block in enumerate(blocks):
        number, words = section_of(block)
        if number != "1" or words not in papers().sections[:3] or any(0 <= index - c < 14 for c in cuts):
            continue
        start = index
        while start > max(0, index - 4) and is_title(blocks[start - 1]):
            start -= 1
        if start < index:
            yield start


def section_of(block: Block) -> tuple[str, str]:
    """The number and the words of a numbered section's heading, ("", "") where it is none."""
    text = f"{block.marker} {block.text}" if block.marker else block.text
    found = _NUMBERED.fullmatch(text.strip("- ").strip()) if len(text) < 160 else None
    if not found:
        return "", ""
    words = re.sub(r"\s?\(.*\)$", "", plain(found["words"])).strip()
    return found["number"].rstrip("."), words


def is_title(block: Block) -> bool:
    """May the block be a title: a heading, or a short line in bold or capitals?"""
    text = block.text.strip()
    if block.kind is BlockKind.HEADING:
        return len(text) <= 200
    if block.kind not in (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM) or not 3 < len(text) <= 160:
        return False
    return (block.strong or text.isupper()) and not text.endswith((".", ";", ","))


# -- minutes and agenda -----------------------------------------------------------------------------------


def is_minutes_title(block: Block) -> bool:
    """ "Minutes of the meeting of ..." as a title, and not an item about the minutes of the last meeting."""
    text = block.text.strip()
    if block.kind not in (BlockKind.HEADING, BlockKind.PARAGRAPH) or len(text) > 400 or block.marker:
        return False
    low = text.lower()
    if _AT_A_MEETING.match(low) and find_days(text):
        return True
    if (
        block.kind is BlockKind.HEADING
        and _MINUTES_OF.search(low)
        and not any(w in low for w in meetings().previous)
    ):
        return True
    words = re.match(r"(?:draft|unconfirmed|confirmed|public|open|\(?draft\)?)?\s?(minutes|notes|record)\b", low)
    if not words or any(word in low for word in meetings().previous):
        return False
    says_which = any(word in low for word in meetings().meetings)
    is_alone = (
        words.end() == len(low) and (block.kind is BlockKind.HEADING or block.strong) and words[1] == "minutes"
    )
    return (says_which and (" of " in low or find_days(text) != ())) or is_alone


def _with_letterhead(blocks: Sequence[Block], index: int) -> int:
    start = index
    while start > max(0, index - _LETTERHEAD):
        above = blocks[start - 1]
        address = (
            above.kind is BlockKind.PARAGRAPH
            and len(above.text) < 100
            and re.search(r"\b[A-Z]{1,2}\d", above.text)
        )
        if not (address or (is_title(above) and above.text.isupper())):
            break
        start -= 1
    return start


def _with_names_above(blocks: Sequence[Block], index: int) -> int:
    """Those present may be listed over the title of the minutes."""
    for start in range(index - 1, max(-1, index - _NAMES_ABOVE), -1):
        text = blocks[start].text.strip()
        if heading_kind(text.partition(":")[0]) == "member":
            return start
        if blocks[start].kind is BlockKind.TABLE or len(text) > _LONGEST_NAMES or blocks[start].marker:
            return index
    return index


_NAMES_ABOVE = 16  # blocks
_LONGEST_NAMES = 400  # characters of a paragraph of names


def _fold_title(blocks: Sequence[Block], index: int) -> str:
    """A title, joined with the next line where it says only "Appendix A" or "Minutes"."""
    title = blocks[index].text.strip()
    if len(title) < 14 and index + 1 < len(blocks) and _is_short(blocks[index + 1]):
        return f"{title} {blocks[index + 1].text.strip()}"
    return title


def _is_short(block: Block) -> bool:
    text = block.text.strip()
    shown = block.kind in (BlockKind.HEADING, BlockKind.PARAGRAPH) and len(text) <= 120
    return shown and not text.endswith((".", ";", ":", ","))


def find_agenda(blocks: Sequence[Block]) -> int | None:
    """The block that says "Agenda"."""
    for index, block in enumerate(blocks):
        words = plain(block.text)
        if block.kind is not BlockKind.TABLE and words in papers().agenda:
            return index
        if block.kind is BlockKind.HEADING and len(words) < 120 and _AGENDA_OF.search(words):
            return index
    return None


def _agenda_end(blocks: Sequence[Block], agenda: int, last: int) -> int:
    """The first title after the agenda's items and notes: where presentations begin."""
    items_seen, number, in_notes = 0, 0, False
    for index in range(agenda + 1, last):
        block = blocks[index]
        if block.kind is BlockKind.TABLE:
            items_seen += len(block.rows)
            number = max(number, *(_item_number(row.text_at(0)) for row in block.rows))
        elif found := _item_number(f"{block.marker} {block.text}"):
            items_seen += 1
            number = max(number, found)
        elif not in_notes and _numbers_go_on(blocks[index + 1 : last], number):
            continue
        elif block.kind is BlockKind.HEADING and items_seen > 2:
            if plain(block.text) in papers().agenda_asides:
                in_notes = True
            elif in_notes or index == agenda + 1 or blocks[index - 1].kind is not BlockKind.HEADING:
                return index
    return last


def _item_number(words: str) -> int:
    """The number that opens an item ("4a" is of the fourth); 0 where none does."""
    found = re.match(r"[-–\s]*(?:item\s)?(\d{1,2})[a-z]?(?:[.):]|\s|$)", words, re.IGNORECASE)
    return int(found[1]) if found else 0


def _numbers_go_on(blocks: Sequence[Block], number: int) -> bool:
    """Do the next blocks go on with the agenda's numbers? "Report of ..." and "Part B" stand between items."""
    for block in blocks[:_BETWEEN_ITEMS]:
        words = block.rows[0].text_at(0) if block.rows else f"{block.marker} {block.text}"
        if number and _item_number(words) == number + 1:
            return True
    return False


# -- appendices -------------------------------------------------------------------------------------------


def _add_appendices(blocks: Sequence[Block], cuts: dict[int, _Cut]) -> None:
    for start, end in pairwise([*sorted(cuts), len(blocks)]):
        if cuts[start].role == PAPER:
            for index in _appendix_starts(blocks, start, end):
                cuts.setdefault(index, _Cut(index, APPENDIX, _fold_title(blocks, index)))


def _appendix_starts(blocks: Sequence[Block], start: int, end: int) -> Iterator[int]:
    after = _last_section(blocks, start, end)
    if after is None:
        return
    begun = False
    for index in range(after + 1, end):
        block = blocks[index]
        appendix = (
            bool(_APPENDIX.match(block.text)) and len(block.text) <= 120 and block.kind is not BlockKind.TABLE
        )
        if appendix and _is_listed(blocks, index, end):
            continue
        opens = appendix and (begun or is_title(block) or not block.marker)
        if opens or (not begun and is_title(block) and not _is_trailing(block)):
            begun = True
            yield index


def _last_section(blocks: Sequence[Block], start: int, end: int) -> int | None:
    found = None
    for index in range(start, end):
        number, words = section_of(blocks[index])
        if number and (
            words.startswith(tuple(papers().last_sections)) or words in ("appendices", "appendix", "annexes")
        ):
            found = index
    return found


def _is_listed(blocks: Sequence[Block], index: int, end: int) -> bool:
    """Is an appendix only named here, in a list that goes on or that a numbered section ends?"""
    if index + 1 >= end:
        return True
    following = blocks[index + 1]
    return bool(_APPENDIX.match(following.text)) or section_of(following)[0] != ""


def _is_trailing(block: Block) -> bool:
    text = block.text.strip()
    if section_of(block)[0] or _TRAILING.fullmatch(plain(text)) or len(text) < 4:
        return True
    return (
        "@" in text
        or "http" in text
        or bool(re.match(r"(?:tel|contact|for any|see guidance|signed)\b", text, re.I))
    )
