"""How does an order for insight go out as a Word file, and what was written into one that came back?

Every row that is to be filled in carries the key of its request: round the indicator's code as a content control
and a bookmark, and as a bookmark in the two cells to be written in. Rows may be sorted, copied or cut;
what lost every key is matched by the indicator's code, and what names nothing we asked is said, not dropped.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from bluelamp.documents.readers.forms import Form, FormRow
from bluelamp.lib.calendar_days import say_day
from bluelamp.lib.errors import PlainError
from bluelamp.lib.text import fold
from bluelamp.papers.anchors import read_anchor
from bluelamp.papers.model import (
    Blank,
    Bullets,
    Cell,
    Column,
    FormTable,
    Marking,
    Paper,
    Paragraph,
    Section,
)
from bluelamp.performance.insight_opinions import load_causes

HEADS = ("Code", "Indicator and its facts", "Your insight", "Evidence, one a line")
_KEY = re.compile(r"[0-9a-f]{32}")


@dataclass(frozen=True, kw_only=True)
class AskedRow:
    """One indicator that a contributor is asked about; `key` is the request's, 32 letters of hexadecimal."""

    key: str
    code: str
    name: str
    facts: tuple[str, ...] = ()
    note: str = ""
    words: str = ""  # what stands already


@dataclass(frozen=True, kw_only=True)
class Order:
    """All that one contributor is asked for one report."""

    title: str
    owner: str
    due: dt.date
    as_of: dt.date
    rows: tuple[AskedRow, ...]
    marking: str = "OFFICIAL"
    return_to: str = ""
    name: str = ""  # of the file


def make_order_paper(order: Order) -> Paper:
    """The order as a paper, to be rendered as Word."""
    how = (
        "Write in the column “Your insight” what lies behind the figures, in a few sentences. Leave a row empty if"
        " you have nothing to say to it.",
        "Where you say why something happened, name what shows it in the column “Evidence”, one piece a line, and"
        " put its number after the sentence: [1] for the first line, [2] for the second.",
        load_causes().rule,
    )
    table = FormTable(
        caption=f"What you are asked, {order.owner}",
        columns=(
            Column(HEADS[0], width=1.1),
            Column(HEADS[1], width=4),
            Column(HEADS[2], width=5.5),
            Column(HEADS[3], width=3),
        ),
        rows=tuple(_make_row(each) for each in order.rows),
        orientation="landscape",
    )
    back = (
        f" Send it back to {order.return_to}." if order.return_to else " Send it back to whoever sent it to you."
    )
    asked = f"{order.owner}: please return this file by {say_day(order.due)}.{back}"
    return Paper(
        title=order.title,
        subtitle="Insight asked for",
        kind="insight",
        name=order.name,
        marking=Marking(order.marking),
        as_of=order.as_of,
        prepared_for=order.owner,
        landscape=True,
        sections=(
            Section("How to fill this in", (Paragraph(asked), Bullets(how))),
            Section("Indicators", (table,)),
        ),
    )


def _make_row(asked: AskedRow) -> tuple[Cell, ...]:
    facts = "\n".join(
        each for each in (asked.name, *asked.facts, f"Asked: {asked.note}" if asked.note else "") if each
    )
    return (
        Cell(asked.code, anchor=asked.key),
        Cell(facts),
        Cell(Blank(5, asked.words), anchor=f"w{asked.key}"),
        Cell(Blank(5), anchor=f"e{asked.key}"),
    )


# -- coming back ------------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class ReturnedInsight:
    """What was written to one request. `place` is where in the file; `doubts` why a person should look first."""

    key: str
    place: str
    words: str
    evidence: str = ""
    doubts: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ReturnedOrder:
    """The answers by request, and what else stood in the file, as sentences."""

    answers: tuple[ReturnedInsight, ...]
    unread: tuple[str, ...] = ()
    strangers: int = 0  # rows with keys of something else


@dataclass
class _Read:
    key: str
    place: str
    words: list[str] = field(default_factory=list)
    evidence: list[str] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)


def read_returned(form: Form, asked: Mapping[str, str], *, file_name: str) -> ReturnedOrder:
    """What the file answers to `asked` (the code of each request, by key). PlainError where it answers nothing.

    `asked` are the requests of the report in hand; a key that is not among them is a stranger's.
    """
    reader = _Reader(asked)
    for table in form.tables:
        for row in table.rows:
            reader.read(row, f"{table.name}, row {row.number}")
    if not reader.found and reader.strangers:
        raise PlainError(
            f"{file_name} was filled in for another report, or its requests were withdrawn: nothing was taken."
        )
    if not reader.found:
        raise PlainError(
            f"{file_name} has no row of the insight that was asked for: send the file that went out, filled in."
        )
    return ReturnedOrder(
        answers=tuple(_finish(each) for each in reader.found.values()),
        unread=(*reader.unread, *_say_loose(form.loose)),
        strangers=reader.strangers,
    )


class _Reader:
    def __init__(self, asked: Mapping[str, str]) -> None:
        self.asked = asked
        self.by_code: dict[str, list[str]] = {}
        for key, code in asked.items():
            self.by_code.setdefault(code.casefold(), []).append(key)
        self.found: dict[str, _Read] = {}
        self.unread: list[str] = []
        self.strangers = 0

    def read(self, row: FormRow, place: str) -> None:
        if [fold(cell.text) for cell in row.cells][: len(HEADS)] == list(HEADS):
            return
        keys = _keys_of(row)
        known = [key for key in keys if key in self.asked]
        if keys and not known:
            self.strangers += 1
            if words := _said(row):
                self.unread.append(f"{place} belongs to something else and was left: “{words[:80]}”.")
            return
        key, doubts = self._choose(row, known)
        if not key:
            if words := _said(row):
                self.unread.append(f"{place} names no indicator that was asked for: “{words[:80]}”.")
            return
        self._take(row, key, place, doubts)

    def _choose(self, row: FormRow, known: Sequence[str]) -> tuple[str, list[str]]:
        """The request that a row answers: its keys, else its code; a doubt where the two do not agree."""
        code = fold(row.cells[0].text).casefold() if row.cells else ""
        by_code = self.by_code.get(code, [])
        if len(set(known)) > 1:
            named = [key for key in dict.fromkeys(known) if key in by_code]
            return (named or [known[0]])[0], ["Its keys name more than one indicator: rows were joined or copied."]
        if known:
            differs = bool(code) and known[0] not in by_code
            return known[0], ["Its key and its code name different indicators."] if differs else []
        if len(by_code) == 1:
            return by_code[0], ["It lost its key, and was found by its code."]
        return "", []

    def _take(self, row: FormRow, key: str, place: str, doubts: list[str]) -> None:
        read = self.found.get(key)
        if read is None:
            read = self.found[key] = _Read(key, place)
        else:
            read.doubts.append("It stands in more than one row of the file.")
        words, evidence, moved = _columns_of(row, key)
        read.words += words
        read.evidence += evidence
        read.doubts += doubts
        if moved:
            read.doubts.append("Its columns were changed.")
        read.doubts += [f"A comment: {each}" for cell in row.cells for each in cell.comments]
        if any(cell.pictures for cell in row.cells):
            read.doubts.append("A picture stands in it, which was not read.")


def _keys_of(row: FormRow) -> list[str]:
    anchors = (read_anchor(name) for cell in row.cells for name in (*cell.names, *cell.hidden))
    plain = (each[1:] if len(each) == 33 and each[0] in "we" else each for each in anchors)
    return [each for each in plain if _KEY.fullmatch(each)]


def _columns_of(row: FormRow, key: str) -> tuple[list[str], list[str], bool]:
    """What stands in the two columns to be written in: by their own bookmarks, else by their places."""
    cells = list(row.cells)
    words = [cell for cell in cells if _carries(cell.names, f"w{key}")]
    evidence = [cell for cell in cells if _carries(cell.names, f"e{key}")]
    moved = False
    if not words and len(cells) > 2:
        words, moved = [cells[2]], len(cells) != len(HEADS)
    if not evidence and len(cells) > 3:
        evidence = [cells[3]]
    spare = [cell.text for cell in cells[2:] if cell not in words and cell not in evidence and cell.text.strip()]
    moved = moved or bool(spare) or not words
    return [cell.text for cell in words] + spare, [cell.text for cell in evidence if cell not in words], moved


def _carries(names: Sequence[str], anchor: str) -> bool:
    return any(read_anchor(name) == anchor for name in names)


def _said(row: FormRow) -> str:
    return fold(" ".join(cell.text for cell in row.cells[2:]))


def _finish(read: _Read) -> ReturnedInsight:
    words = list(dict.fromkeys(each.strip() for each in read.words if each.strip()))
    return ReturnedInsight(
        key=read.key,
        place=read.place,
        words="\n".join(words),
        evidence="\n".join(dict.fromkeys(each.strip() for each in read.evidence if each.strip())),
        doubts=tuple(dict.fromkeys(read.doubts)),
    )


_OURS = re.compile(
    r"^(?:Write in the column “|Where you say why|A sentence that says why|How to fill this in$|Indicators$"
    r"|Insight asked for|What you are asked|.{1,400}: please return this file by )"
)


def _say_loose(loose: Sequence[str]) -> Iterator[str]:
    """Words outside the table that we did not write; the first line is the paper's title."""
    for line in loose[1:]:
        said = fold(line)
        if len(said) > 40 and not _OURS.match(said):
            yield f"Outside the table stands: “{said[:160]}”."
