"""Which items are planned for which future meeting, with what focus, by whom?

A work programme is a table under each meeting's date, one table with a column of dates, or a list under dates.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache

from bluelamp.documents.blocks import Block, BlockKind, Row, Span
from bluelamp.documents.document import Part
from bluelamp.documents.facts import Fact, Reading, Unread
from bluelamp.figures.printed import read_printed
from bluelamp.lib.days import find_days, is_day, read_day, read_period
from bluelamp.scrutiny.facts import WorkProgrammeItem
from bluelamp.scrutiny.reading.decision_tables import is_decision_table
from bluelamp.scrutiny.reading.vocabulary import papers, plain

VERSION = 3
_LONGEST_NAME = 120  # characters of a title
_NOT_ITEMS = re.compile(r"(?:draft|tbc|standing items?|standard items?|strategic items?|none|n/?a)", re.IGNORECASE)
_MEETING_WORDS = re.compile(
    r"\b(?:meeting|committee|panel|board|at|on|am|pm|noon|venue|date|of)\b|[\d:.,()–-]", re.I
)
_PERIODS = re.compile(
    r"\b(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?|quarter|spring|summer|autumn|winter|to|and)\b|\bq[1-4]\b",
    re.IGNORECASE,
)


@dataclass
class _State:
    meeting: str = ""
    meeting_spans: tuple[Span, ...] = ()
    columns: dict[str, int] = field(default_factory=dict)


def read_work_programme(part: Part) -> Reading:
    """The items of every work programme or forward plan in the part."""
    facts: list[Fact] = []
    unread: list[Unread] = []
    if says_work_programme(part):
        blocks = _from_its_title(part)
        facts.extend(_items(part, blocks))
        tables = [block for block in blocks if any("title" in _heads(row) for row in block.rows)]
        if not facts and tables:
            title = tables[0]
            reason = "A work programme in which no meeting with items could be read."
            unread.append(Unread(reason=reason, citations=part.document.cite(title)))
    return Reading(reader="scrutiny.work_programme", version=VERSION, facts=tuple(facts), unread=tuple(unread))


def _from_its_title(part: Part) -> list[Block]:
    """The blocks that may be a programme's: from the title that calls it one, but for logs of what was decided."""
    start = 0
    if not _is_name(plain(part.title)):
        start = next((n for n, block in enumerate(part.blocks) if _names_it(block)), 0)
    return [block for block in part.blocks[start:] if not is_decision_table(block)]


def _names_it(block: Block) -> bool:
    return block.kind is not BlockKind.TABLE and len(block.text) < _LONGEST_NAME and _is_name(plain(block.text))


def says_work_programme(part: Part) -> bool:
    """Does a title in the part call it a work programme, a forward plan or the like?"""
    return _is_name(plain(part.title)) or any(_names_it(block) for block in part.blocks)


def _is_name(words: str) -> bool:
    bare = re.sub(r"^\d{1,2}[.)]?\s|\s?\d{4}(?:\s?[/-]\s?\d{2,4})?$|^appendix \w+\s?[-–:]?\s", "", words).strip()
    return any(
        bare == name or bare.endswith(" " + name) or bare.startswith(name) for name in papers().work_programme
    )


def _items(part: Part, blocks: Sequence[Block]) -> Iterator[WorkProgrammeItem]:
    state = _State()
    for block in blocks:
        if block.kind is BlockKind.TABLE:
            yield from _table_items(part, block, state)
        elif day := _meeting_line(block.text):
            state.meeting, state.meeting_spans = day, block.spans
        elif block.kind is BlockKind.LIST_ITEM and state.meeting and len(block.text) < 250:
            yield _item(part, state, {"title": block.text.strip()}, block.spans)
        elif (
            block.kind is BlockKind.HEADING and not find_days(block.text) and not _NOT_ITEMS.fullmatch(block.text)
        ):
            state.meeting = ""


def _meeting_line(text: str) -> str:
    """The meeting that a line names, as printed; "" where it is no line about a meeting's date."""
    words = text.strip()
    if len(words) > 100 or words.startswith("("):
        return ""
    if is_day(words) or (find_days(words) and not re.search(r"[A-Za-z]{3}", _bare(words))):
        return words
    period = read_period(words) if re.search(r"[A-Za-z]{3}", words) else None
    return (
        words if period and not re.search(r"[A-Za-z]{3}", _MEETING_WORDS.sub("", _PERIODS.sub("", words))) else ""
    )


def _bare(words: str) -> str:
    for found in reversed(find_days(words)):
        words = words[: found.start] + words[found.end :]
    return _MEETING_WORDS.sub("", words)


# -- tables -----------------------------------------------------------------------------------------------


@cache
def _column_names() -> dict[str, str]:
    return {word: name for name, words in papers().work_programme_columns.items() for word in words}


def _table_items(part: Part, block: Block, state: _State) -> Iterator[WorkProgrammeItem]:
    last_title = ""
    has_heads = any("title" in _heads(row) for row in block.rows)
    if not (has_heads or state.columns) and any(
        read_printed(cell.text) for row in block.rows for cell in row.cells[1:]
    ):
        return  # figures: a table of something else
    for number, row in enumerate(block.rows):
        spans = tuple(span for cell in row.cells for span in cell.spans)
        filled = [cell for cell in row.cells if cell.text.strip()]
        if not filled:
            continue
        heads = _heads(row)
        if "title" in heads:
            state.columns, last_title = heads, ""
            continue
        if len(filled) == 1:
            named = _meeting_line(filled[0].text)
            if named:
                state.meeting, state.meeting_spans = named, spans
            last_title = "" if filled[0].column <= state.columns.get("title", 0) else last_title
            if named or not _is_lone_title(row, state, block, number):
                continue
        fields = _fields(part, row, state)
        if not fields:
            continue
        meeting = fields.pop("meeting", "")
        if meeting:
            state.meeting, state.meeting_spans = meeting, ()
        fields["title"] = fields.get("title") or last_title
        last_title = fields["title"]
        if state.meeting and fields["title"] and not _NOT_ITEMS.fullmatch(fields["title"]):
            yield _item(part, state, fields, spans)


def _is_lone_title(row: Row, state: _State, block: Block, number: int) -> bool:
    """A row with a title only is a group's name, but for tables that have no other column filled anywhere."""
    others = [r for r in block.rows if sum(1 for cell in r.cells if cell.text.strip()) > 1]
    return len(others) <= 1 and row.text_at(state.columns.get("title", 0)).strip() != "" and number > 0


def _heads(row: Row) -> dict[str, int]:
    """The columns by their heads' words; what stands between title and author is the focus, whatever its head."""
    heads: dict[str, int] = {}
    for cell in row.cells:
        name = _column_names().get(plain(cell.text))
        if name and name not in heads:
            heads[name] = cell.column
    return heads if len(heads) >= 2 else {}


def _without_group(part: Part, row: Row, column: int) -> str:
    """A cell's words without the name of the next group, where the file's reader took that for a second line."""
    cell = row.cell_at(column)
    if cell is None:
        return ""
    lines = [_one_line(part.document.text[start:end]) for start, end in cell.spans]
    if len(lines) > 1 and _NOT_ITEMS.fullmatch(lines[-1]):
        return cell.text[: -len(lines[-1])] if cell.text.endswith(lines[-1]) else cell.text
    return cell.text


def _fields(part: Part, row: Row, state: _State) -> dict[str, str]:
    columns = state.columns
    if columns:
        return {name: _one_line(_without_group(part, row, column)) for name, column in columns.items()}
    texts = [_one_line(cell.text) for cell in row.cells]
    if any(read_printed(text) for text in texts[1:]):
        return {}  # figures: a table of something else
    while texts and not texts[0]:
        texts.pop(0)
    return dict(zip(("title", "focus", "author"), texts, strict=False))


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _item(part: Part, state: _State, fields: dict[str, str], spans: tuple[Span, ...]) -> WorkProgrammeItem:
    return WorkProgrammeItem(
        meeting=state.meeting,
        meeting_date=read_day(state.meeting),
        title=fields["title"],
        focus=fields.get("focus", ""),
        author=fields.get("author", ""),
        citations=part.document.cite(state.meeting_spans, spans),
    )
