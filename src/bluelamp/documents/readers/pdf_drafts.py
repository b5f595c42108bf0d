"""What is a block before its words have their place in the text? Lines, and runs of words in them."""

from __future__ import annotations

from dataclasses import dataclass, field

from bluelamp.documents.blocks import BlockKind
from bluelamp.documents.readers.pdf_marks import Line, Word


@dataclass(slots=True)
class Run:
    """Words `first` to `last` (exclusive) of a line."""

    line: Line
    first: int
    last: int

    @property
    def words(self) -> list[Word]:
        return self.line.words[self.first : self.last]


@dataclass(slots=True)
class CellDraft:
    runs: list[Run]
    column: int
    column_span: int = 1

    @property
    def text(self) -> str:
        return " ".join("".join(("" if w.glued else " ") + w.text for w in run.words).strip() for run in self.runs)

    @property
    def bold(self) -> bool:
        return all(w.bold for run in self.runs for w in run.words)


@dataclass(slots=True)
class RowDraft:
    cells: list[CellDraft]
    is_head: bool = False
    top: float = 0.0
    ruled: bool = False  # a rule closes the row, so the next line is another row

    @property
    def filled(self) -> list[CellDraft]:
        return [cell for cell in self.cells if cell.runs]

    @property
    def lines(self) -> list[Line]:
        """Each line once, in order."""
        seen: dict[int, Line] = {}
        for cell in self.cells:
            for run in cell.runs:
                seen.setdefault(id(run.line), run.line)
        return list(seen.values())

    @property
    def key(self) -> tuple[str, ...]:
        return tuple(cell.text for cell in self.filled)


@dataclass(slots=True)
class Draft:
    """A block in the making. `top` and `bottom`: its place on its (first and last) page."""

    kind: BlockKind
    runs: list[Run]
    page: int
    level: int = 0
    marker: str = ""
    strong: bool = False
    rows: list[RowDraft] = field(default_factory=list)
    edges: tuple[float, ...] = ()  # of a table: where its columns begin, and where the last ends
    indent: float = 0.0  # of a list item: where its words begin
    right: float = 0.0  # how far lines of its column reach
    large: float = 0.0  # of a heading: its letter size, where that is larger than its page's
    boxed: bool = False
    stretch: int = 0  # drafts of one column of one page have the same
    top: float = 0.0

    @property
    def lines(self) -> list[Line]:
        if self.kind is BlockKind.TABLE:
            return [line for row in self.rows for line in row.lines]
        return [run.line for run in self.runs]

    @property
    def text(self) -> str:
        return " ".join("".join(("" if w.glued else " ") + w.text for w in run.words).strip() for run in self.runs)


def whole_line(line: Line, first: int = 0) -> Run:
    return Run(line, first, len(line.words))
