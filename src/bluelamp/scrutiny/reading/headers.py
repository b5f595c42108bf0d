"""What does the header of a paper say: to whom, when, of whom, by whom, for what?

A header is a table, or a run of lines, in which at least three labels of the field stand ("Report to", "Date of
meeting", "Report of"). Each field is kept as printed.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from bluelamp.documents.blocks import Block, BlockKind, Row, Span
from bluelamp.documents.document import Document, Part
from bluelamp.documents.facts import Reading
from bluelamp.lib.days import find_days, is_day, read_day
from bluelamp.lib.text import fold
from bluelamp.scrutiny.facts import PaperHeader
from bluelamp.scrutiny.reading.lines import Line, lines_of
from bluelamp.scrutiny.reading.vocabulary import label_field, papers, plain

VERSION = 3
_ENOUGH = 3  # labels that make a header
_TELLING = frozenset({"report_to", "meeting_date", "report_of", "author", "agenda_item"})
_LABELLED = re.compile(r"(?P<label>[^:\t]{2,45}?)\s?(?::|\t)\s*(?P<value>.*)", re.DOTALL)
_ITEM_LINE = re.compile(
    r"agenda\s(?:item)?\s?(?:no\.?|number)?\s?:?\s?(?P<number>\d{1,2}[a-z]?(?:\.\d)?)", re.IGNORECASE
)
_REPORT_OF = re.compile(
    r"(?:JOINT )?(?:REPORT|Report|report) (?:OF|of|by|BY|from|FROM) (?:THE |the )?"
    r"(?P<who>(?:[A-Z][\w’'&]*|and|of|for|the|,)(?: (?:[A-Z][\w’'&]*|and|of|for|the|&)){0,12})"
)  # said alone: "REPORT OF THE CHIEF CONSTABLE"
TITLED_ITEM = re.compile(
    r"agenda item\s?(?:no\.?|number)?\s?:?\s?(?P<number>\d{1,2}[a-z]?(?:\.\d)?)\s{0,2}[:.–—-]\s{0,2}"
    r"(?P<title>[^\s\d][^\n]{2,150})",
    re.IGNORECASE,
)
"""A paper's item and title in one line."""
_LONGEST_LABEL = 120
_LETTERHEAD = 4  # blocks above a header in which its day may stand
_GAP = 2  # lines without a label that may stand within a header
_LONGEST_VALUE = 250
_ABOVE = 400  # characters above a part's first block in which its running head may stand


@dataclass
class Header:
    """A header as found: its fields, their place, and the first and last block it takes up."""

    first: int
    last: int
    fields: dict[str, str] = field(default_factory=dict)
    spans: list[Span] = field(default_factory=list)

    def take(self, name: str, value: str, spans: Sequence[Span], index: int) -> None:
        self.fields.setdefault(name, value)
        if value and not self.fields[name]:
            self.fields[name] = value
        self.spans.extend(spans)
        self.first, self.last = min(self.first, index), max(self.last, index)

    @property
    def is_header(self) -> bool:
        return len(self.fields) >= _ENOUGH and len(_TELLING & self.fields.keys()) >= 2


@dataclass(frozen=True, slots=True)
class _Entry:
    name: str
    value: str
    spans: tuple[Span, ...]
    index: int
    order: int  # counted in lines


def find_headers(document: Document, blocks: Sequence[Block]) -> list[Header]:
    """Every header in the blocks, in order."""
    headers: list[Header] = []
    current: Header | None = None
    last_order = 0
    for entry in _entries(_lines_with_running_heads(document, blocks)):
        starts_anew = current is not None and entry.name in current.fields and current.is_header
        starts_anew = starts_anew and entry.name in ("purpose", "report_to", "title", "agenda_item")
        if current is None or entry.order - last_order > _GAP + 1 or starts_anew:
            if current is not None and current.is_header:
                headers.append(current)
            current = Header(entry.index, entry.index)
        current.take(entry.name, entry.value, entry.spans, entry.index)
        last_order = entry.order
    if current is not None and current.is_header:
        headers.append(current)
    return headers


def _lines_with_running_heads(document: Document, blocks: Sequence[Block]) -> Sequence[Line]:
    """The lines of the blocks, and among them those of running heads that carry a label.

    Papers of one meeting open with the same lines ("Report to ...", "Date ..."), so a reader of pages may take
    them for running heads.
    """
    lines = list(lines_of(document, blocks))
    starts = [block.spans[0][0] if block.spans else 0 for block in blocks]
    if not starts or starts != sorted(starts):
        return lines
    heads = [b for b in document.asides if b.kind is BlockKind.RUNNING_HEAD and starts[0] - _ABOVE < b.spans[0][0]]
    for folded in lines_of(document, heads):
        start, end = folded.spans[0]
        line = replace(folded, text="\t".join(fold(cell) for cell in document.text[start:end].split("\t")))
        index = bisect_left(starts, start)
        if index < len(blocks) and len(line.text) <= _LONGEST_VALUE and _head_entries(line):
            lines.append(replace(line, index=index))
    return sorted(lines, key=lambda line: line.spans[0][0])


def _head_entries(line: Line) -> bool:
    return bool(list(_row_entries(line.text.split("\t"))) or _line_entry(line, (), 0))


def _entries(lines: Sequence[Line]) -> Iterator[_Entry]:
    columned = {id(line.block) for line in lines if line.is_row and line.first and _has_columns(line.block)}
    for order, line in enumerate(lines):
        if id(line.block) in columned:
            continue
        if line.is_row:
            for name, value in _row_entries(line.text.split("\t")):
                yield _Entry(name, value, line.spans, line.index, order)
        elif len(line.text) <= _LONGEST_VALUE + 50 and (found := _line_entry(line, lines, order)):
            yield _Entry(*found, line.spans, line.index, order)


def _has_columns(block: Block) -> bool:
    """A table of things under the names of its columns, of which some happen to be labels ("Date", "Title")."""
    first, *rest = block.rows
    filled = [cell.text.strip() for cell in first.cells if cell.text.strip()]
    wide = [row for row in rest if sum(1 for cell in row.cells if cell.text.strip()) > 2]
    if len(filled) < _FEWEST_COLUMNS or not wide or any(":" in words for words in filled):
        return False
    labels = [label_field(words) is not None for words in filled]
    return (first.is_head and len(wide) == len(rest)) or any(a and b for a, b in pairwise(labels))


_FEWEST_COLUMNS = 3


def _row_entries(cells: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Labels and values of a row: in cells of their own, or "label: value" in one."""
    texts = [cell.strip() for cell in cells]
    filled = [text for text in texts if text]
    if len(filled) == 1 and (alone := _alone(filled[0])):
        yield alone, filled[0]
        return
    position = 0
    while position < len(texts):
        text = texts[position]
        name = label_field(text) if len(text) <= 50 else None
        if name:
            following = next((t for t in texts[position + 1 :] if t), "")
            value = "" if following and label_field(following) and following.endswith(":") else following
            yield name, value[:_LONGEST_VALUE]
            position += 2 if value else 1
            continue
        labelled = _LABELLED.fullmatch(text) if 0 < len(text) <= _LONGEST_VALUE and ":" in text else None
        if labelled and (name := label_field(labelled["label"])):
            yield name, labelled["value"].strip()
        position += 1


def _line_entry(line: Line, lines: Sequence[Line], order: int) -> tuple[str, str] | None:
    labelled = _LABELLED.fullmatch(line.text) if re.search(r"[:\t]", line.text) else None
    if labelled and (name := label_field(labelled["label"])):
        value = labelled["value"].strip()
        if not value and order + 1 < len(lines) and not lines[order + 1].is_row:
            following = lines[order + 1].text
            value = "" if ":" in following or len(following) > 120 else following
        return name, value
    if len(line.text) < 30 and (item := _ITEM_LINE.fullmatch(line.text)):
        return "agenda_item", item["number"]
    if len(line.text) < _LONGEST_LABEL and (led := _REPORT_OF.fullmatch(line.text)):
        return "report_of", led["who"]
    alone = _alone(line.text)
    return (alone, line.text) if alone else None


def _alone(text: str) -> str | None:
    """What a line or row that says only "For information" or "Public" fills."""
    words = plain(text)
    if words in papers().purposes:
        return "purpose"
    return "public" if words in papers().public_marks else None


def _day_above(blocks: Sequence[Block], first: int) -> Block | None:
    """A day that stands alone above the header, in the letterhead."""
    for block in reversed(blocks[max(0, first - _LETTERHEAD) : first]):
        if block.kind is not BlockKind.TABLE and is_day(block.text.strip()):
            return block
        if len(block.text) > _LONGEST_LABEL:
            return None
    return None


# -- the fact ---------------------------------------------------------------------------------------------


def header_rows(row: Row) -> int:
    """How many header labels a table's row holds; what splits two tables that were read as one."""
    return sum(1 for name, _ in _row_entries([cell.text for cell in row.cells]) if name)


def title_after(blocks: Sequence[Block], index: int) -> Block | None:
    """The title under a header: the first short block that is neither a note nor a numbered section."""
    for block in blocks[index + 1 : index + 6]:
        text = block.text.strip()
        if block.kind is BlockKind.TABLE or re.match(
            r"\d{1,2}[.)]?\s|1\.", f"{block.marker or ''} {text}".strip()
        ):
            return None
        if block.kind is BlockKind.FOOTNOTE or text.startswith("*") or not text or len(text) > 220:
            continue
        if text.endswith(".") and len(text.split()) > 14:
            continue
        return block
    return None


def title_of(blocks: Sequence[Block], header: Header) -> tuple[str, int | None]:
    """A paper's title and its block: what the header says, else the heading above or the title below it.

    A heading above counts where it opens the document, outranks the title below, or where there is none below.
    """
    if header.fields.get("title"):
        return header.fields["title"], None
    below = title_after(blocks, header.last)
    above = header.first - 1
    if above >= 0 and (item := TITLED_ITEM.fullmatch(blocks[above].text.strip())):
        return item["title"].strip().rstrip("."), above
    if above >= 0 and blocks[above].kind is BlockKind.HEADING:
        outranks = below is None or blocks[above].level < (below.level or 9) or above == 0
        if outranks and len(blocks[above].text) <= _LONGEST_VALUE:
            return blocks[above].text.strip().rstrip("."), above
    if below is None:
        return "", None
    return below.text.strip().rstrip("."), next(n for n, block in enumerate(blocks) if block is below)


def read_headers(part: Part) -> Reading:
    """The header of every paper in the part."""
    headers = find_headers(part.document, part.blocks)
    facts = tuple(_fact(part, header) for header in headers)
    return Reading(reader="scrutiny.headers", version=VERSION, facts=facts)


def _fact(part: Part, header: Header) -> PaperHeader:
    fields = header.fields
    title, at = title_of(part.blocks, header)
    spans = [*header.spans, *(part.blocks[at].spans if at is not None else ())]
    meeting_date = read_day(fields.get("meeting_date", "")) or read_day(fields.get("report_to", ""))
    if meeting_date is None and "meeting_date" not in fields and (above := _day_above(part.blocks, header.first)):
        meeting_date = read_day(above.text)
        spans.extend(above.spans)
    item = TITLED_ITEM.fullmatch(part.blocks[at].text.strip()) if at is not None else None
    doubt = (
        "" if meeting_date or not fields.get("meeting_date") else "The meeting's date could not be read as a day."
    )
    if len({found.day for found in find_days(fields.get("meeting_date", ""))}) > 1:
        doubt = "The header names more than one day; the first is taken."
    return PaperHeader(
        title=title,
        purpose=fields.get("purpose", ""),
        public=fields.get("public", ""),
        report_to=fields.get("report_to", ""),
        meeting_date=meeting_date,
        report_of=fields.get("report_of", ""),
        author=fields.get("author", ""),
        other_contacts=fields.get("other_contacts", ""),
        agenda_item=fields.get("agenda_item", "") or (item["number"] if item else ""),
        citations=part.document.cite(sorted(set(spans))),
        doubt=doubt,
    )
