"""What is a paper, before anybody decides whether it is a PDF, a Word file or a page?

Words are plain text: no markup of any target is understood, and every renderer escapes for its own. Where a block
takes `Words`, a plain string will do. Addresses are shown as links only where `addresses.find_target` allows it.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Literal, TypeAlias

from bluelamp.figures.months import Month

SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


class Marking(StrEnum):
    """The classification printed at the head and the foot of every page."""

    OFFICIAL = "OFFICIAL"
    OFFICIAL_SENSITIVE = "OFFICIAL-SENSITIVE"


# -- words ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Text:
    """Words; a line feed is a new line within the paragraph."""

    words: str
    bold: bool = False
    italic: bool = False


@dataclass(frozen=True, slots=True)
class Link:
    """Words that lead to an address: http, https, mailto, or a path of the desk ("/items/...")."""

    words: str
    address: str


@dataclass(frozen=True, slots=True)
class Reference:
    """An item's reference within a line, never broken over two; `Paragraph.reference` stands in the margin."""

    reference: str
    address: str = ""


@dataclass(frozen=True, slots=True)
class Cited:
    """Where words come from: "PEEL 2021/22, page 8 (printed 6)", and the words themselves where they are given."""

    title: str
    page: int | None = None
    printed_page: str = ""
    quote: str = ""
    address: str = ""


Run: TypeAlias = Text | Link | Reference | Cited
Words: TypeAlias = str | tuple[Run, ...]


# -- tables -----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Number:
    """A number and how it is printed ("£1,076k", "77.4%"); in a workbook it stays a number."""

    value: int | Decimal
    printed: str
    address: str = ""


@dataclass(frozen=True, slots=True)
class Unknown:
    """The name of what is not known: "not published", "no date set". Printed in grey, never a dash or a zero."""

    words: str


@dataclass(frozen=True, slots=True)
class Blank:
    """Room to be filled in, by hand or at a keyboard; `lines` high on paper. `words` stands there already."""

    lines: int = 2
    words: str = ""


Content: TypeAlias = str | tuple[Run, ...] | Number | Unknown | Blank


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell that needs more than its content.

    `anchor` is hidden and comes back from a filled-in file: in Word the tag of a content control round the cell's
    words and a bookmark, in Excel a hidden last column of the row. At most 36 characters of A-Z, a-z, 0-9 and -.
    """

    content: Content
    anchor: str = ""
    strong: bool = False

    def __post_init__(self) -> None:
        if self.anchor and not re.fullmatch(r"[A-Za-z0-9-]{1,36}", self.anchor):
            raise ValueError(f"{self.anchor!r} can't be the anchor of a cell")


Row: TypeAlias = tuple[Content | Cell, ...]


@dataclass(frozen=True, slots=True)
class GroupRow:
    """A row of a table that is one heading for the rows below it."""

    words: str


@dataclass(frozen=True, slots=True)
class Column:
    """`width` is a share of the table's width against the other columns; None lets the words decide."""

    head: str
    unit: str = ""
    numeric: bool = False
    width: float | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """`row_heads`: the first cell of a row names the row. A table without rows prints `empty` in its place.

    `orientation`: "landscape" turns the page for it; "auto" does so where the columns would be too narrow to read.
    """

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[Row | GroupRow, ...]
    totals: tuple[Row, ...] = ()
    note: Words = ""
    empty: str = "There is nothing to list."
    row_heads: bool = True
    orientation: Literal["auto", "portrait", "landscape"] = "auto"

    def __post_init__(self) -> None:
        if not self.columns:
            raise ValueError(f"the table {self.caption!r} has no columns")
        for row in (*self.rows, *self.totals):
            if not isinstance(row, GroupRow) and len(row) != len(self.columns):
                raise ValueError(f"a row of {self.caption!r} has {len(row)} cells for {len(self.columns)} columns")


@dataclass(frozen=True, slots=True)
class FormTable(Table):
    """A table that goes out to be filled in: its `Blank` cells may be written in, the others stay."""


# -- other blocks -----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Paragraph:
    """`numbered` gives it the next number of its section (1.1); `reference` stands in the margin."""

    words: Words
    numbered: bool = False
    reference: str = ""


@dataclass(frozen=True, slots=True)
class Quote:
    """The source's own words, and where they stand."""

    words: Words
    source: Cited | None = None
    reference: str = ""


@dataclass(frozen=True, slots=True)
class Bullets:
    items: tuple[Words, ...]


@dataclass(frozen=True, slots=True)
class NumberedList:
    items: tuple[Words, ...]


@dataclass(frozen=True, slots=True)
class ChartLine:
    """A line of a chart, a value for each of its periods (None where there is none); `kind` says how it looks."""

    name: str
    values: tuple[Decimal | None, ...]
    kind: Literal["value", "middle", "limit", "target"] = "value"


@dataclass(frozen=True, slots=True)
class ChartData:
    """The numbers of a chart: a value of each line for each period, which its last month names.

    A workbook lists them and draws them again as a chart of its own.
    """

    periods: tuple[Month, ...]
    lines: tuple[ChartLine, ...]
    unit: str = ""

    def __post_init__(self) -> None:
        for line in self.lines:
            if len(line.values) != len(self.periods):
                raise ValueError(f"{line.name!r} has {len(line.values)} values for {len(self.periods)} periods")


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture as SVG (no scripts, nothing from elsewhere), what it shows in words, and the table behind it.

    `facts` stand beside it where there is room, else below. `data` are for a workbook and for programs; print
    has `table`.
    """

    svg: str
    caption: str
    alternative: str
    table: Table | None = None
    facts: tuple[tuple[str, Content], ...] = ()
    data: ChartData | None = None

    def __post_init__(self) -> None:
        if not self.alternative.strip():
            raise ValueError(f"the figure {self.caption!r} has no alternative text")


@dataclass(frozen=True, slots=True)
class Facts:
    """Pairs of a label and what it says."""

    pairs: tuple[tuple[str, Content], ...]


class Tone(StrEnum):
    """What a tag's shape and edge add to its words; never the only sign."""

    NEUTRAL = "neutral"
    GOOD = "good"
    ATTENTION = "attention"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Tag:
    """One of the five facts: ("Response", "Accepted")."""

    fact: str
    words: str
    tone: Tone = Tone.NEUTRAL


@dataclass(frozen=True, slots=True)
class Tags:
    tags: tuple[Tag, ...]


@dataclass(frozen=True, slots=True)
class PageBreak:
    pass


@dataclass(frozen=True, slots=True)
class SignatureLines:
    """A line to sign on for each label ("Signed", "Name", "Post", "Date")."""

    labels: tuple[str, ...] = ("Signed", "Name", "Post", "Date")


Block: TypeAlias = (
    Paragraph
    | Quote
    | Bullets
    | NumberedList
    | Table
    | Figure
    | Facts
    | Tags
    | PageBreak
    | SignatureLines
)  # fmt: skip


# -- the paper --------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Section:
    """`level` 1 to 3. A section of level 1 is numbered where it, or its subsections, hold numbered paragraphs."""

    heading: str
    blocks: tuple[Block, ...] = ()
    level: int = 1
    reference: str = ""

    def __post_init__(self) -> None:
        if not self.heading.strip():
            raise ValueError("a section needs a heading")
        if self.level not in (1, 2, 3):
            raise ValueError(f"the section {self.heading!r} has the level {self.level}: 1 to 3 are known")


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """`kind` is what sort of paper it is and begins its file's name; a `name` that is given replaces that name.

    `header` are the rows of a committee's paper header ("For", "Information"). `notes` say what was left out and
    how to read the paper; they print at its end. `landscape` turns all its pages. `site` is where the desk is
    served ("https://..."): paths of the desk become links below it, and plain words where it is empty.
    """

    title: str
    kind: str
    marking: Marking
    as_of: dt.date
    subtitle: str = ""
    prepared_for: str = ""
    prepared_by: str = ""
    header: tuple[tuple[str, str], ...] = ()
    sections: tuple[Section, ...] = ()
    notes: tuple[Words, ...] = ()
    landscape: bool = False
    language: str = "en-GB"
    name: str = ""
    site: str = ""

    def __post_init__(self) -> None:
        if not self.title.strip():
            raise ValueError("a paper needs a title")
        for slug in filter(None, (self.kind, self.name)):
            if not SLUG.fullmatch(slug):
                raise ValueError(f"{slug!r} is no slug")
        above = 0
        for section in self.sections:
            if section.level > above + 1:
                raise ValueError(f"the section {section.heading!r} skips a level of headings")
            above = section.level

    @property
    def file_stem(self) -> str:
        return self.name or f"{self.kind}-{self.as_of.isoformat()}"


@dataclass(frozen=True, slots=True)
class Rendered:
    data: bytes
    file_name: str
    media_type: str
