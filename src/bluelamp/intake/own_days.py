"""Which day does the head of a paper print as its own: that of the paper, or of the meeting it is for?"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bluelamp.documents.blocks import Block, BlockKind
from bluelamp.documents.document import Document
from bluelamp.lib.days import MONTH, find_days, is_day, read_period
from bluelamp.scrutiny.reading.lines import lines_of

HEAD = 15  # blocks over a paper's first words
TITLE = 8  # blocks of a title and what stands under it
HEAD_ROWS = 10  # rows of a table that opens a paper, or of a sheet over its table
LONGEST_LINE = 250

_OF_WHAT = r"(?:report|paper|response|issue|publication|preparation|(?:the |this )?meeting|decision)"
_LABEL = re.compile(
    r"^(?:(?:(?:report|paper|response|issue|publication|meeting|committee|board|panel) )?"
    rf"date(?: of {_OF_WHAT})?"
    r"|date (?:issued|published|prepared|signed)|dated|issued(?: on)?|prepared(?: on)?|report prepared(?: on)?"
    r"|(?:(?:our|this) )?(?:response|reply|comments?)(?: (?:was|were))? (?:published|issued|sent)(?: on)?"
    r"|(?:for )?(?:the )?meeting(?: of| on| held on)?)\s{0,3}[:–—-]{0,2}\s{0,3}$",
    re.I,
)
_FOR_MEETING = re.compile(
    r"\b(?:for|to) (?:the |a )?(?:[\w&’'-]{1,20} ){0,6}meeting (?:of|on|to be held on|held on)"
    r"(?: the [\w&’' -]{1,60}? on)?\s{1,3}$",
    re.I,
)
_OF_MEETING = re.compile(
    r"^[^.:;]{0,100}\b(?:meeting|committee|board|panel|forum|cabinet)\s{0,2}[,:|(–—-]{1,2}\s{0,3}$", re.I
)
_BY_WHOM = re.compile(
    r"^(?:(?:report|paper) )?(?:produced|prepared|published|issued|compiled|written) by [^.;:]{3,140},\s{1,3}$",
    re.I,
)
_POSITION = re.compile(
    r"(?:^|[:–—(|-]\s{0,2})(?:(?:position|status|data|figures|correct|summary|snapshot)(?: correct)?(?: as)?"
    r"|as) (?:at|of|on)\s{0,2}:?\s{1,2}$"
    r"|^(?:reporting|review) (?:period|month|date)\s{0,2}[:–—-]\s{0,3}$",
    re.I,
)
_TOLD = re.compile(r"\b(?:was|were|has|had|have|approved|adopted|considered|agreed|deferred)\b", re.I)
"""Words of a sentence that tells what became of something."""
_ENDED = re.compile(r"^[\s.,;)\]|]*(?:\([^()]{1,40}\)[\s.;|]*)?$")
_SENTENCE_ENDS = re.compile(r"(?<=[a-z\d)])[.;]\s{1,3}(?=[A-Z\d])|\s\|\s")
_NOT_THIS = re.compile(r"\b(?:next|future|forthcoming|following|previous|last|minutes|since|by|until)\b", re.I)
AGREED_FOR = re.compile(
    r"\b(?:target|due|completion|implementation|closing|expiry|review|revised) (?:date|by)\b"
    r"|\b(?:due|deadline|timescales?|by when|next review|expires)\b",
    re.I,
)
"""Words beside a day by which something is to be done: never that of a paper."""


def find_day_in_head(document: Document) -> tuple[str, Block] | None:
    """The day in ISO form and the block that prints it. The first that names itself; then that of a meeting, where
    the title has none of its own under it."""
    said = [(words, block) for line, block in _lines_of_head(document) for words in _sentences(line)]
    for sign in (_LABEL, _FOR_MEETING, _OF_MEETING, _BY_WHOM):
        for words, block in said:
            found = _day_behind(words, sign)
            if found:
                own = _day_under_title(document) if sign in (_FOR_MEETING, _OF_MEETING) else None
                return own or (found, block)
    return None


def _day_under_title(document: Document) -> tuple[str, Block] | None:
    """A day that is a line of its own among the first of a paper, and under no label."""
    before = ""
    for block in document.blocks[:TITLE]:
        label, before = before, block.text
        if block.kind not in (BlockKind.HEADING, BlockKind.PARAGRAPH) or AGREED_FOR.search(label):
            continue
        days = find_days(block.text) if is_day(block.text) else ()
        if days and not label.rstrip().endswith(":"):
            return days[0].day.isoformat(), block
    return None


def find_day_of_position(document: Document) -> tuple[str, Block] | None:
    """The day, or the month, up to which the head says that the paper tells how things stand."""
    for line, block in _lines_of_head(document):
        for words in _sentences(line):
            dated = None if AGREED_FOR.search(words) else _first_dated(words)
            if dated and _POSITION.search(words[: dated[1]]) and _ENDED.match(words[dated[2] :]):
                return dated[0], block
    return None


def _sentences(line: str) -> tuple[str, ...]:
    """A line of a head may say several things, each with its own day; the whole line first."""
    if len(line) > LONGEST_LINE:
        return ()
    return tuple(dict.fromkeys((line, *(words.strip() for words in _SENTENCE_ENDS.split(line)))))


def _first_dated(words: str) -> tuple[str, int, int] | None:
    """The first day or month, in ISO form, and where it stands."""
    day = next(iter(find_days(words)), None)
    month = _MONTH.search(words)
    if month and (day is None or month.start() < day.start):
        period = read_period(month.group())
        return (f"{period.end:%Y-%m}", month.start(), month.end()) if period else None
    return (day.day.isoformat(), day.start, day.end) if day else None


_MONTH = re.compile(rf"(?<!\d )(?<!\d)(?<!st )(?<!nd )(?<!rd )(?<!th )\b{MONTH} (?:19|20)\d\d\b", re.I)


def _day_behind(line: str, sign: re.Pattern[str]) -> str:
    """The first day of the words, where all that stands before it is the sign."""
    if AGREED_FOR.search(line):
        return ""
    if sign is _BY_WHOM:
        dated = _first_dated(line)
        return dated[0] if dated and sign.search(line[: dated[1]]) and _ENDED.match(line[dated[2] :]) else ""
    days = find_days(line)
    before = line[: days[0].start] if days else ""
    if not before or _NOT_THIS.search(before) or not sign.search(before):
        return ""
    if sign is _OF_MEETING and _TOLD.search(before):
        return ""
    return days[0].day.isoformat()


def _lines_of_head(document: Document) -> Iterator[tuple[str, Block]]:
    """Each line of the head by itself; a table's rows of a label and its words, as one line each. Last, what is
    printed over every page."""
    running = [block for block in document.asides if block.kind is BlockKind.RUNNING_HEAD and block.page == 0]
    for line in lines_of(document, (*document.blocks[:HEAD], *running[:HEAD])):
        if line.block.kind is BlockKind.CONTENTS:
            continue
        if not line.is_row:
            yield line.text, line.block
            if line.first and line.text != line.block.text:
                yield line.block.text, line.block
            continue
        words = [cell for cell in line.text.split("\t") if cell]
        if len(words) in (1, 2, 4) and line.spans[0][0] < _end_of_rows(line.block):
            for label, said in zip(words[::2], [*words[1::2], ""], strict=False):
                yield f"{label} {said}".strip(), line.block


def _end_of_rows(block: Block) -> int:
    """Where the rows of a table end that may hold labels with their words, once or twice in a row."""
    later = [span[0] for row in block.rows[HEAD_ROWS:] for cell in row.cells for span in cell.spans]
    return min(later, default=block.spans[-1][1])
