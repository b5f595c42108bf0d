"""How do drafts become the normalised text and blocks with spans in it?"""

from __future__ import annotations

import re
from collections.abc import Iterable

from bluelamp.documents.blocks import Block, BlockKind, Box, Cell, Page, Row, Span
from bluelamp.documents.readers.pdf_drafts import CellDraft, Draft, Run
from bluelamp.documents.readers.pdf_marks import Line, Marks, Word
from bluelamp.lib.text import fold_spans

_LETTERS = re.compile(r"[A-Za-z]+(?:-[A-Za-z]+)*")


_UNFOLDED = re.compile(r"[^ -~]|  ")


class Text:
    """The normalised text as it grows."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.length = 0
        self.boxes: list[Box | None] = []
        self.pages: list[Page] = []
        self.text = ""

    def _write(self, part: str) -> None:
        self.parts.append(part)
        self.length += len(part)

    def write_page(self, marks: Marks, lines: Iterable[Line], printed: str | None, *, image_only: bool) -> None:
        start = self.length
        if self.pages:
            self._write("\f")
        for line in lines:
            if not line.words:
                continue  # all of it was the end of a word of the line above
            self._write_line(line)
            self.boxes.append(_rounded(marks.seen(line.box)))
        if self.length == start or self.parts[-1] == "\f":
            self._write("\n")  # an empty page is an empty line
            self.boxes.append(None)
        width, height = (round(edge, 1) for edge in marks.seen_size)
        page = Page(marks.number, start, self.length, printed, width=width, height=height, image_only=image_only)
        self.pages.append(page)

    def _write_line(self, line: Line) -> None:
        line.offsets = []
        for gap, word in zip(line.gaps, line.words, strict=True):
            if gap:
                self._write(gap)
            line.offsets.append(self.length)
            self._write(word.text)
        self._write("\n")

    def finish(self) -> str:
        self.text = "".join(self.parts)
        return self.text

    def spans(self, runs: Iterable[Run]) -> tuple[Span, ...]:
        """One span for each stretch with nothing but white space between its words."""
        spans: list[Span] = []
        for run in runs:
            if run.first >= run.last:
                continue
            start = run.line.offsets[run.first]
            end = run.line.offsets[run.last - 1] + len(run.line.words[run.last - 1].text)
            if spans and spans[-1][1] <= start and not self.text[spans[-1][1] : start].strip():
                spans[-1] = (spans[-1][0], end)
            else:
                spans.append((start, end))
        return tuple(spans)

    def block(self, draft: Draft) -> Block | None:
        """None where nothing is left of the draft's words."""
        rows = tuple(
            Row(tuple(self._cell(cell) for cell in row.cells), row.is_head) for row in draft.rows if row.filled
        )
        runs = draft.runs
        if draft.kind in (BlockKind.TABLE, BlockKind.REPEATED_HEAD):
            runs = [run for row in draft.rows for cell in row.cells for run in cell.runs]
        spans = self.spans(runs)
        if not spans:
            return None
        text = self._fold(spans)
        page = runs[0].line.page
        bold = 0 if draft.strong or draft.rows else self._strong_until(runs, spans)
        return Block(draft.kind, text, spans, page, draft.level, draft.strong, draft.marker, rows, bold)

    def _strong_until(self, runs: list[Run], spans: tuple[Span, ...]) -> int:
        """How many characters of the folded words are bold before the first that is not."""
        end = 0
        for run in runs:
            for at in range(run.first, run.last):
                word = run.line.words[at]
                if not word.bold and not word.symbol:
                    return len(self._fold(tuple((a, min(b, end)) for a, b in spans if a < end)))
                end = run.line.offsets[at] + len(word.text)
        return 0

    def _cell(self, draft: CellDraft) -> Cell:
        spans = self.spans(draft.runs)
        return Cell(self._fold(spans), spans, draft.column, draft.column_span)

    def _fold(self, spans: tuple[Span, ...]) -> str:
        """As `fold_spans`; most cells are one stretch of a line and need no folding."""
        if not spans:
            return ""
        if len(spans) == 1:
            words = self.text[spans[0][0] : spans[0][1]]
            if words.isascii() and not _UNFOLDED.search(words):
                return words
        return fold_spans(self.text, spans).text


def mend_hyphens(drafts: Iterable[Draft], vocabulary: set[str]) -> None:
    """A word cut by a soft hyphen is put together on its first line; a true hyphen is left alone.

    PDFium does not say which of the two it saw. The document does: where it prints "inspection" elsewhere,
    "inspec-" and "tion" are one word.
    """
    for draft in drafts:
        groups = [cell.runs for row in draft.rows for cell in row.cells] or [draft.runs]
        for runs in groups:
            for i in range(len(runs) - 1):
                _mend(runs[i], runs[i + 1], vocabulary)


def words_seen(words: Iterable[Word]) -> set[str]:
    """The words of the document in small letters, but for those cut at a line's end."""
    return {found.lower() for w in words if not w.broken for found in _LETTERS.findall(w.text)}


def _mend(run: Run, following: Run, vocabulary: set[str]) -> None:
    if not run.words or not following.words or following.first != 0 or run.line is following.line:
        return
    first, second = run.words[-1], following.words[0]
    if not first.broken or not second.text[:1].islower():
        return
    head, tail = _last_letters(first.text[:-1]), _LETTERS.match(second.text)
    joined = (head + (tail.group() if tail else "")).lower()
    if not first.soft and (
        joined not in vocabulary or f"{head}-{tail.group() if tail else ''}".lower() in vocabulary
    ):
        return
    run.line.words[run.last - 1] = first._replace(text=first.text[:-1] + second.text, broken=second.broken)
    line = following.line
    del line.words[0], line.gaps[0]
    if line.gaps:
        line.gaps[0] = ""
    following.last -= 1


def _last_letters(text: str) -> str:
    found = _LETTERS.findall(text)
    return found[-1] if found else ""


def _rounded(box: Box) -> Box:
    left, top, right, bottom = box
    return round(left, 1), round(top, 1), round(right, 1), round(bottom, 1)
