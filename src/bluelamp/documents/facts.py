"""What does every fact read from a document have, whatever it is about?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from bluelamp.documents.citations import Citation
from bluelamp.figures.printed import PrintedValue


@dataclass(frozen=True, kw_only=True)
class Fact:
    """A statement and the words it rests on. `doubt` is one sentence for the person who reviews it."""

    kind: ClassVar[str] = ""
    citations: tuple[Citation, ...]
    doubt: str = ""

    def __post_init__(self) -> None:
        if not self.citations:
            raise ValueError(f"a {self.kind or 'fact'} without a citation cannot be made (law 1)")


@dataclass(frozen=True, kw_only=True)
class Unread:
    """What was seen and not understood; `reason` is one plain sentence."""

    reason: str
    citations: tuple[Citation, ...]  # none where there are no words to cite
    page: int | None = None  # counted from 1, where only the page can be named


@dataclass(frozen=True, kw_only=True)
class Reading:
    """What one slice's reader made of one part of a document."""

    reader: str  # "inspections.peel"
    version: int  # raised whenever the reader may read differently
    facts: tuple[Fact, ...] = ()
    unread: tuple[Unread, ...] = ()


@dataclass(frozen=True, kw_only=True)
class NamedValue:
    """One printed value under its column's name."""

    name: str
    value: PrintedValue


@dataclass(frozen=True, kw_only=True)
class TableRow(Fact):
    """A row of a table that no slice claims."""

    kind: ClassVar[str] = "table_row"
    table: str
    row: str
    columns: tuple[NamedValue, ...]


@dataclass(frozen=True, kw_only=True)
class Period:
    """A period of a printed series by its last day."""

    to: date
    value: PrintedValue
