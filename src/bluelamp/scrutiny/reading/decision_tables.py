"""Is a table a log of decisions, and what does each of its rows say was decided, under which number, on which day?

Its head names a column of decisions, and beside it one of their numbers or days. A decision is a commissioner's
own or a board's: each row carries its own day.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from bluelamp.documents.blocks import Block, BlockKind, Row
from bluelamp.documents.document import Part
from bluelamp.lib.days import read_day
from bluelamp.scrutiny.facts import Resolution
from bluelamp.scrutiny.reading.vocabulary import plain

_HEADS = {
    "decision": re.compile(
        r"(?:(?:summary of )?(?:the )?(?:pcc(?:[’']s)? |commissioner(?:[’']s)? |formal |key )?decisions?"
        r"(?: (?:taken|made|summary|details|text))?|(?:what was )?decided|resolved|resolution)"
    ),
    "number": re.compile(
        r"(?:decision |record |log |dn )?(?:no|nos|number|ref|reference|reference no|ref no|id|record)"
    ),
    "day": re.compile(
        r"(?:decision )?date(?: of (?:the )?(?:decision|approval|meeting))?"
        r"|date (?:signed|approved|taken|made|agreed|published)|(?:signed|approved|taken|decided)(?: on)?"
    ),
    "title": re.compile(
        r"(?:decision )?(?:title|subject|matter|topic|item|agenda item|report)(?: of (?:the )?\w+)?"
    ),
}
_HEAD_ROWS = 3
_SHORTEST = 4  # characters
_NOT_DECIDED = frozenset({"tbc", "none", "n/a", "na", "pending", "-", "–", "withdrawn"})


@dataclass(frozen=True)
class _Log:
    head: int
    columns: dict[str, int]


def is_decision_table(block: Block) -> bool:
    """A log whose rows each carry the number or the day of a decision."""
    return _log_of(block) is not None


def is_dated_log(block: Block) -> bool:
    """A log with a column of days: no minutes of one meeting."""
    log = _log_of(block)
    return log is not None and "day" in log.columns


def read_decision_table(part: Part, block: Block, day: date | None = None, item: str = "") -> Iterator[Resolution]:
    """A resolution of each row. `day` and `item` stand for what the row itself does not say."""
    log = _log_of(block)
    for row in block.rows[log.head + 1 :] if log else ():
        said = {name: " ".join(row.text_at(column).split()) for name, column in log.columns.items()} if log else {}
        cited = part.document.cite(tuple(span for cell in row.cells for span in cell.spans))
        if len(said["decision"]) < _SHORTEST or plain(said["decision"]) in _NOT_DECIDED or not cited:
            continue
        yield Resolution(
            meeting_date=read_day(said.get("day", "")) or day,
            number=said.get("number", ""),
            text=said["decision"],
            item=said.get("title", "") or item,
            citations=cited,
        )


def _log_of(block: Block) -> _Log | None:
    if block.kind is not BlockKind.TABLE:
        return None
    for at, row in enumerate(block.rows[:_HEAD_ROWS]):
        columns = _columns(row)
        if "decision" not in columns or len(row.cells) < len(_LEAST):
            continue
        days = [row.text_at(columns["day"]) for row in block.rows[at + 1 :]] if "day" in columns else []
        dated = 2 * sum(read_day(words) is not None for words in days) > len(days) > 0
        if dated or ("number" in columns and "title" in columns) or _numbers_decisions(row, columns):
            return _Log(at, columns)
    return None


_LEAST = ("decision", "number or day")


def _numbers_decisions(row: Row, columns: dict[str, int]) -> bool:
    """ "Decision no." says of itself what it numbers."""
    return "number" in columns and "decision" in plain(row.text_at(columns["number"]))


def _columns(row: Row) -> dict[str, int]:
    found: dict[str, int] = {}
    for cell in row.cells:
        words = plain(cell.text.replace(".", " "))
        for name in ("number", "day", "decision", "title"):
            if name not in found and words and _HEADS[name].fullmatch(words):
                found[name] = cell.column
                break
    return found
