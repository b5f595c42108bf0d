"""Which rows make a heading, a paragraph or an item of a list?"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from itertools import pairwise

from bluelamp.documents.blocks import BlockKind
from bluelamp.documents.readers.pdf_aligned import is_marker, is_paragraph_number
from bluelamp.documents.readers.pdf_drafts import Draft, whole_line
from bluelamp.documents.readers.pdf_marks import Line
from bluelamp.documents.readers.pdf_rows import Row
from bluelamp.documents.readers.structure import (
    can_follow,
    ends_open,
    ends_sentence,
    find_marker,
    is_title,
    starts_lower,
)

LARGE = 1.12  # of the body's size: a heading
LARGE_IN_BOLD = 1.05
TITLE_WORDS = 30  # a title over several lines has at most
_DASHES = "-–—"
_RUNS_ON = ",–—-&/:;("  # at the end of a heading's line: the next goes on


@dataclass
class Setting:
    """What is usual in the document."""

    body: float = 11.0
    pitch: float = 1.2  # from baseline to baseline, in letter sizes
    rights: dict[int, float] = field(default_factory=dict)  # how far lines reach, by the width of the page
    contents_open: bool = False  # the last page ended within its contents
    last_number: dict[str, str] = field(default_factory=dict)  # the last number of a list, by its family


def read_rows(rows: list[Row], page: int, setting: Setting, right: float) -> list[Draft]:
    """The blocks of rows that stand below each other; `right` is how far lines of the column reach."""
    if not rows:
        return []
    return _Reader(page, setting, right, _pitch(rows, setting)).read(rows)


def _pitch(rows: list[Row], setting: Setting) -> float:
    """The usual distance of lines, in letter sizes; of these rows if they are many."""
    steps = Counter(
        round((b.baseline - a.baseline) / a.size, 1)
        for a, b in pairwise(rows)
        if a.size > 0 and abs(a.size - b.size) < 0.3 and 0.8 < (b.baseline - a.baseline) / a.size < 2.4
    )
    if not steps:
        return setting.pitch
    step, times = steps.most_common(1)[0]
    return step if times >= 8 and step <= 1.25 * setting.pitch else min(setting.pitch, max(step, 1.0))


class _Reader:
    def __init__(self, page: int, setting: Setting, right: float, pitch: float) -> None:
        self.page = page
        self.setting = setting
        self.right = right
        self.pitch = pitch
        self.drafts: list[Draft] = []

    def read(self, rows: list[Row]) -> list[Draft]:
        i = 0
        while i < len(rows):
            end = self._heading_end(rows, i)
            if end > i:
                self._add_heading(rows[i:end], self._look(rows[i]))
                i = end
                continue
            self._add_row(rows[i], rows[i - 1] if i else None)
            i += 1
        for draft in self.drafts:
            draft.strong = draft.kind is not BlockKind.TABLE and _is_strong(draft)
        return self.drafts

    def _line(self, row: Row) -> Line:
        gaps: list[str] = []
        edge = 0.0
        for p, piece in enumerate(row.pieces):
            wide = p > 0 and piece.x0 - edge > 2.5 * row.size and not (p == 1 and is_marker(row.pieces[0]))
            for i, word in enumerate(piece.words):
                gaps.append(("\t" if wide else " " if p else "") if i == 0 else ("" if word.glued else " "))
            edge = piece.x1
        return Line(row.words, self.page, gaps)

    # Headings

    def _heading_end(self, rows: list[Row], start: int) -> int:
        """The row after a heading that begins here; `start` if none does."""
        first = rows[start]
        look = self._look(first)
        if not look or (_item_start(first) and not (look == "large" or _bold_title(first))):
            return start
        if look != "large" and start and (self._flows(rows[start - 1], first) or self._goes_on(rows, start, look)):
            return start
        end = start + 1
        while end < len(rows) and self._look(rows[end]) == look and self._same_heading(rows[end - 1], rows[end]):
            end += 1
        if look == "bold" and end < len(rows) and self._runs_in(rows[end - 1], rows[end]):
            return start
        text = " ".join(row.text for row in rows[start:end])
        long = len(text) > 220 or (ends_sentence(text) and len(text) > (120 if look == "large" else 80))
        if long and end - start > 1 and not is_title(rows[start].text):
            return start
        words = TITLE_WORDS if end - start > 1 else 16
        if look != "large" and not is_title(text.rstrip(":"), words):
            return start
        return end if any(c.isalpha() for c in text) and not long else start

    def _look(self, row: Row) -> str:
        words = [w for w in row.words if not w.symbol]
        if not words:
            return ""
        bold = all(w.bold for w in words)
        if row.size >= (LARGE_IN_BOLD if bold else LARGE) * self.setting.body:
            return "large"
        if bold:
            return "bold"
        letters = "".join(w.text for w in words)
        capitals = letters.isupper() and sum(c.isalpha() for c in letters) > 4
        return "capitals" if capitals and len(words) <= 10 and row.size >= 0.95 * self.setting.body else ""

    def _same_heading(self, above: Row, row: Row) -> bool:
        if abs(above.size - row.size) > 0.4 or row.baseline - above.baseline > 1.55 * row.size:
            return False
        if starts_lower(row.text) or ends_open(above.text) or above.text[-1:] in _RUNS_ON:
            return True
        if above.x1 - above.x0 > 0.6 * (self.right - above.x0) and row.baseline - above.baseline < 1.35 * row.size:
            return True
        centred = abs((above.x0 + above.x1) - (row.x0 + row.x1)) < 6 and abs(above.x0 - row.x0) > 3
        return not self._fits(above, row) or centred

    def _flows(self, above: Row, row: Row) -> bool:
        """Is this row the next line of the sentence above?"""
        if row.baseline - above.baseline > 1.15 * self.pitch * row.size or abs(above.size - row.size) > 0.5:
            return False
        if self._look(above):
            return False
        return not ends_sentence(above.text) and not self._fits(above, row)

    def _goes_on(self, rows: list[Row], start: int, look: str) -> bool:
        """Is this row the middle of a paragraph all in bold?"""
        above = rows[start - 1]
        if self._look(above) != look or not self.drafts or self.drafts[-1].kind is BlockKind.HEADING:
            return False
        near = rows[start].baseline - above.baseline <= 1.1 * self.pitch * rows[start].size
        return near and not self._fits(above, rows[start])

    def _runs_in(self, above: Row, row: Row) -> bool:
        """Does a title in bold end within this row, and its paragraph go on in it?"""
        if not _is_all_bold(above) or not row.words[0].bold or _is_all_bold(row):
            return False
        near = row.baseline - above.baseline <= 1.15 * self.pitch * row.size
        return near and not ends_sentence(above.text) and not self._fits(above, row)

    def _add_heading(self, rows: list[Row], look: str) -> None:
        runs = [whole_line(self._line(row)) for row in rows]
        draft = Draft(BlockKind.HEADING, runs, self.page, top=rows[0].top, indent=rows[0].x0, right=self.right)
        draft.large = rows[0].size if look == "large" else 0.0
        self.drafts.append(draft)

    # Paragraphs and items

    def _add_row(self, row: Row, above: Row | None) -> None:
        line = self._line(row)
        marker = self._marker(row, above)
        last = self.drafts[-1] if self.drafts else None
        if marker:
            self._add_item(row, line, *marker)
        elif last and above and self._continues(last, row, above):
            last.runs.append(whole_line(line))
        else:
            self.drafts.append(
                Draft(
                    BlockKind.PARAGRAPH,
                    [whole_line(line)],
                    self.page,
                    top=row.top,
                    indent=row.x0,
                    right=self.right,
                )
            )

    def _add_item(self, row: Row, line: Line, words: int, marker: str) -> None:
        runs = [whole_line(line, words)]
        indent = row.words[words].x0
        draft = Draft(BlockKind.LIST_ITEM, runs, self.page, marker=marker, top=row.top, indent=indent)
        draft.right = self.right
        self.drafts.append(draft)

    def _marker(self, row: Row, above: Row | None) -> tuple[int, str] | None:
        """How many words are the marker, and the marker as printed."""
        words = row.words
        apart = len(row.pieces) > 1 and is_marker(row.pieces[0])
        if apart:
            count = len(row.pieces[0].words)
            return count, row.pieces[0].text
        if len(words) < 2 or words[1].glued:
            return None
        first = words[0]
        if first.symbol and len(first.text) == 1 and not words[1].symbol:
            return 1, first.text
        if is_paragraph_number(first.text) and "." in first.text[:-1] and not (above and self._flows(above, row)):
            return 1, first.text
        found = find_marker(" ".join(w.text for w in words[:2]) + " x")
        if not found or found.text != first.text:
            return None
        if found.is_number:
            before = self.setting.last_number.get(found.family)
            if not can_follow(found, before):
                return None
            self.setting.last_number[found.family] = found.text
        elif found.text in _DASHES + "*+o" and above and self._flows(above, row):
            return None
        return 1, found.text

    def _continues(self, last: Draft, row: Row, above: Row) -> bool:
        if last.kind not in (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM):
            return False
        if last.runs[-1].line.baseline != above.baseline or abs(above.size - row.size) > 0.6:
            return False
        gap = row.baseline - above.baseline
        if gap > 1.22 * self.pitch * max(row.size, above.size) or gap <= 0:
            return False
        if last.kind is BlockKind.LIST_ITEM:
            marker_at = last.runs[0].line.x0
            if row.x0 < marker_at - 3 or row.x0 > last.indent + 30:
                return False
            return row.x0 > marker_at + 3 or not self._fits(above, row) or not ends_sentence(above.text)
        if (
            _is_all_bold(above) != _is_all_bold(row)
            and ends_or_short(above, self.right)
            and not self._runs_in(above, row)
        ):
            return False
        if row.x0 > above.x0 + row.size and len(last.runs) > 1:
            return False  # the first line of a paragraph is set in
        if len(last.runs) == 1 and ends_sentence(above.text) and self._fits(above, row):
            return False
        return not (self._fits(above, row) and ends_sentence(above.text))

    def _fits(self, above: Row, row: Row) -> bool:
        """Would the row's first word have stood on the line above?"""
        word = row.words[0]
        return above.x1 + 0.3 * row.size + (word.x1 - word.x0) < self.right - 0.1 * row.size


def ends_or_short(row: Row, right: float) -> bool:
    return ends_sentence(row.text) or row.x1 < right - 4 * row.size


def _is_all_bold(row: Row) -> bool:
    return all(w.bold for w in row.words)


def _bold_title(row: Row) -> bool:
    return _is_all_bold(row) and is_title(row.text)


def _item_start(row: Row) -> bool:
    first = row.words[0]
    return (
        len(row.words) > 1
        and not row.words[1].glued
        and (
            is_marker(row.pieces[0])
            if len(row.pieces) > 1
            else first.symbol or (len(first.text) == 1 and not first.text.isalnum())
        )
    )


def _is_strong(draft: Draft) -> bool:
    words = [w for run in draft.runs for w in run.words if not w.symbol]
    if all(w.bold for w in words):
        return True
    return len(draft.runs) == 1 and len(words) < 12 and draft.text.isupper()
