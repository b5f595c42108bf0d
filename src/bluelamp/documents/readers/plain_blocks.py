"""Which lines of a text belong together: headings, paragraphs, list items, tables, footnotes?"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from bluelamp.documents.blocks import Block, BlockKind, Span
from bluelamp.documents.readers.folding import fold_text
from bluelamp.documents.readers.plain_lines import Line
from bluelamp.documents.readers.plain_look import Looks
from bluelamp.documents.readers.plain_pages import Furniture
from bluelamp.documents.readers.plain_tables import TableDraft, is_row, is_single
from bluelamp.documents.readers.structure import (
    Marker,
    can_follow,
    ends_open,
    ends_sentence,
    ends_with_stop,
    find_bare_note,
    find_contents,
    find_footnote,
    find_marker,
    is_title,
    lowered,
    opens_numbered,
    starts_lower,
)

_SUPERSCRIPT = re.compile(r"[¹²³⁴⁵⁶⁷⁸⁹⁰]{1,3}")
_GLUED = re.compile(r"(?:(?<=[a-z][a-z][.,;:)’”])|(?<=[a-z]{3}))(\d{1,2})(?=[\s.,;:]|$)")
_MOST_BETWEEN = 3  # blocks (a footnote, a box) that may stand inside a broken sentence
_SHORT = 60  # characters: a line that may be a box's words inside a broken sentence
_BROKEN = 30  # characters: a shorter line is not the first half of a sentence broken by a blank line
_DASHES = frozenset("–—-")
_QUOTES = frozenset("‘“'\"")
_LINES_OF_TITLE = 4  # a title is broken over fewer lines
_CHAPTER_LEVEL, _TITLE_LEVEL, _LABEL_LEVEL = 1, 2, 3  # of headings that no Markdown gives a level


@dataclass(slots=True)
class _Draft:
    kind: BlockKind
    page: int
    lines: list[int] = field(default_factory=list)
    spans: list[Span] = field(default_factory=list)
    level: int = 0
    strong: bool = False
    marker: str = ""
    indent: int = 0
    table: TableDraft | None = None


class BlockReader:
    """Reads lines in order; `blocks` and `asides` are what came of them."""

    def __init__(self, text: str, lines: Sequence[Line], furniture: Furniture) -> None:
        self._text = text
        self._lines = lines
        self._furniture = furniture
        self._looks = Looks(lines, frozenset(furniture.asides))
        self._drafts: list[_Draft] = []
        self._asides: list[_Draft] = []
        self._levels: list[tuple[int, str]] = []  # indent and family of the lists that are open
        self._numbers: dict[str, str] = {}  # the last number of each family
        self._signs: set[str] = set()  # footnote signs met in the text and not yet explained
        self._last_note = 0
        self._gap = 0  # blank lines since the last words
        self._run = 0  # short lines that stand alone, one after another
        self._turned = False  # a page's foot or head stood since the last words

    def read(self) -> tuple[tuple[Block, ...], tuple[Block, ...]]:
        for number, line in enumerate(self._lines):
            if line.rule:
                continue
            if line.is_blank:
                self._gap += 1
            elif number in self._furniture.asides:
                self._put_aside(number, self._furniture.asides[number])
            else:
                self._take(number)
                self._gap = 0
                self._turned = False
        return self._finish(self._drafts), self._finish(self._asides)

    # -- what a line is ------------------------------------------------------------------------------------

    def _take(self, number: int) -> None:
        line = self._lines[number]
        opening = False
        if number in self._looks.contents:
            self._take_contents(number)
        elif line.level:
            self._open(BlockKind.HEADING, number, level=line.level)
        elif not (self._take_row(number) or self._take_footnote(number) or self._take_item(number)):
            opening = not self._take_continuation(number)
        if opening:
            self._take_opening(number)
        else:
            self._run = 0
        self._note_signs(line.text)

    def _take_opening(self, number: int) -> None:
        """A line that begins a block and has neither mark nor glyph: a heading, a lost bullet, a paragraph."""
        line = self._lines[number]
        last = self._last
        directly = self._gap == 0 and last is not None and last.kind in (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM)
        alone = self._gap > 0 and self._looks.following(number) != number + 1 and is_title(line.text)
        run = self._run if alone else 0
        self._run = run + 1 if alone else 0
        heading = self._looks.is_heading(number, run=run, gap=self._gap, directly=directly)
        if heading and not self._explains_item(number):
            self._open(BlockKind.HEADING, number, level=self._heading_level(number))
        elif self._has_lost_glyph(number):
            self._open(BlockKind.LIST_ITEM, number, level=max(1, len(self._levels)))
        else:
            self._open(BlockKind.PARAGRAPH, number)

    def _explains_item(self, number: int) -> bool:
        """Does the line stand between two items of one list, as the words under a short item do?"""
        last, after = self._last, self._looks.following(number)
        if last is None or last.kind is not BlockKind.LIST_ITEM or self._looks.is_fresh(number):
            return False
        marker = find_marker(self._lines[number + 1].text) if after == number + 1 else None
        return marker is not None and marker.text == last.marker and not ends_sentence(self._said(last))

    def _heading_level(self, number: int) -> int:
        line = self._lines[number]
        if line.text.rstrip().endswith(":") or (line.strong and not self._looks.is_fresh(number)):
            return _LABEL_LEVEL
        return _CHAPTER_LEVEL if self._looks.is_fresh(number) else _TITLE_LEVEL

    def _has_lost_glyph(self, number: int) -> bool:
        """After a page's turn a bullet's glyph may be lost: the line stands between items, or after a colon."""
        after = self._looks.following(number)
        last = self._last
        if last is None or not self._looks.is_fresh(number) or self._lines[number].fresh or self._gap != 1:
            return False
        if self._lines[number].text.lstrip()[:1] in _QUOTES:
            return False
        if last.kind is BlockKind.PARAGRAPH:
            return self._said(last).rstrip().endswith(":") and ends_sentence(self._paragraph_end(number))
        if last.kind is not BlockKind.LIST_ITEM:
            return False
        while after is not None and after == number + 1:
            number, after = after, self._looks.following(after)
        marker = find_marker(self._lines[after].text) if after is not None else None
        return (marker is not None and after is not None and after - number == 2) or not last.marker

    def _paragraph_end(self, number: int) -> str:
        after = self._looks.following(number)
        while after is not None and after == number + 1:
            number, after = after, self._looks.following(after)
        return self._lines[number].text

    # -- tables and contents -------------------------------------------------------------------------------

    def _take_contents(self, number: int) -> None:
        line = self._lines[number]
        entry = find_contents(line.text)
        self._open(BlockKind.CONTENTS, number)
        if entry:
            start = line.start + len(line.text) - len(line.text.lstrip())
            spans = [(start + entry.start(n), start + entry.end(n)) for n in (1, 2)]
            self._drafts[-1].spans = spans

    def _take_row(self, number: int) -> bool:
        line = self._lines[number]
        table = self._open_table()
        if "\t" not in line.text:
            return table is not None and self._gap == 0 and not self._turned and self._join_tail(table, number)
        broken = self._gap > 0 or self._turned or self._last is None or self._last.table is not table
        if table is not None and broken and table.repeats_head(line) and self._last is not None:
            self._put_aside(number, BlockKind.REPEATED_HEAD)
            return True
        if table is not None and table.take_continuation(line, after_break=broken):
            return True
        if not is_row(line) and not self._is_single_row(number, table is not None and not broken):
            return False
        if table is not None and (not broken or (self._last_is_note() and table.goes_on_after_break(line))):
            table.add(line)
            return True
        self._open(BlockKind.TABLE, number)
        self._drafts[-1].table = TableDraft()
        self._drafts[-1].table.add(line)
        return True

    def _is_single_row(self, number: int, inside: bool) -> bool:
        after = self._looks.following(number)
        before_row = after == number + 1 and is_row(self._lines[number + 1])
        line = self._lines[number]
        if inside:
            return "\t" in line.text and not (find_marker(line.text) and not is_single(line))
        return is_single(line) and before_row

    def _join_tail(self, table: TableDraft, number: int) -> bool:
        return table.take_tail(self._lines[number])

    def _open_table(self) -> TableDraft | None:
        """The table that rows may still join: the last block, but for footnotes after it."""
        for draft in reversed(self._drafts[-_MOST_BETWEEN - 3 :]):
            if draft.kind is not BlockKind.FOOTNOTE:
                return draft.table
        return None

    def _last_is_note(self) -> bool:
        return self._last is not None and (self._last.table is not None or self._last.kind is BlockKind.FOOTNOTE)

    # -- footnotes -----------------------------------------------------------------------------------------

    def _take_footnote(self, number: int) -> bool:
        line = self._lines[number]
        found = find_footnote(line.text)
        if not found and self._gap:
            found = find_bare_note(line.text)
            if found and not self._explains(found.group(1)):
                found = None
        if not found and self._gap == 0:
            found = self._find_note_under_text(line.text)
        elif found and self._gap == 0 and self._last is not None and self._last.kind is not BlockKind.FOOTNOTE:
            return False
        if not found:
            return False
        sign = found.group(1)
        bare = lowered(sign).strip("[]^:")
        if sign.startswith("*") and sign not in self._signs:
            return False
        if sign.startswith("[") and "^" not in sign and sign not in self._signs:
            return False
        self._open(BlockKind.FOOTNOTE, number, words_at=found.end(), marker=sign)
        self._signs.discard(bare)
        self._last_note = int(bare) if bare.isdigit() else self._last_note
        return True

    def _find_note_under_text(self, text: str) -> re.Match[str] | None:
        """A note directly under the text that asked for it by a number glued to a word, the next of its row."""
        found, last = find_bare_note(text), self._last
        if not found or last is None or found.group(1) not in self._signs:
            return None
        said = last.kind is BlockKind.FOOTNOTE or (bool(last.lines) and ends_with_stop(self._said(last)))
        return found if said and int(found.group(1)) > self._last_note else None

    def _explains(self, sign: str) -> bool:
        """Is this plain number the sign of a footnote that the text has asked for?"""
        return sign in self._signs or (int(sign) == self._last_note + 1 and self._last_note > 0 and self._is_cut())

    def _is_cut(self) -> bool:
        """Did the text break off in the middle of a sentence?"""
        last = self._last
        if last is None or last.kind is BlockKind.FOOTNOTE:
            return last is not None
        if last.table is not None:
            return True
        return last.kind in (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM) and not ends_sentence(self._said(last))

    def _note_signs(self, text: str) -> None:
        if len(self._signs) > 500:
            self._signs.clear()
        for found in _SUPERSCRIPT.finditer(text):
            if found.start():
                self._signs.add(lowered(found.group()))
        self._signs.update(found.group(1) for found in _GLUED.finditer(text))
        if "*" in text:
            self._signs.update(run for run in ("*", "**", "***") if run in text.lstrip("* \t"))
        if "[" in text:
            self._signs.update(found.group() for found in re.finditer(r"\[\d{1,3}\]", text) if found.start())

    # -- lists ---------------------------------------------------------------------------------------------

    def _take_item(self, number: int) -> bool:
        line = self._lines[number]
        marker = find_marker(line.text)
        if marker is None or not self._may_open_item(number, marker):
            return False
        if not line.text[marker.end :].strip():
            return not any(character.isalnum() for character in marker.text)  # a glyph without words
        if marker.is_number and self._is_numbered_heading(number, marker):
            self._open(BlockKind.HEADING, number, level=_TITLE_LEVEL)
            return True
        indent = _indent(line.text)
        level = self._list_level(indent, marker.family)
        self._open(BlockKind.LIST_ITEM, number, words_at=marker.end, level=level, marker=marker.text)
        self._drafts[-1].indent = indent
        if marker.is_number:
            self._numbers[marker.family] = marker.text
        return True

    def _may_open_item(self, number: int, marker: Marker) -> bool:
        """A dash or a number at a line's start may be the middle of a wrapped sentence."""
        last = self._last
        wrapped = self._gap == 0 and last is not None and last.kind in (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM)
        if last is None or not wrapped or ends_sentence(self._said(last)):
            return True
        if marker.is_number:
            return can_follow(marker, self._numbers.get(marker.family))
        full = self._looks.is_full(last.lines[-1], number) if last.lines else False
        return not (marker.text in _DASHES and marker.text != last.marker and full)

    def _is_numbered_heading(self, number: int, marker: Marker) -> bool:
        """A numbered title over a text is a heading, not the only item of a list."""
        line = self._lines[number]
        after = self._looks.following(number)
        words = line.text[marker.end :]
        if after is None or not is_title(words) or self._gap == 0 or after == number + 1:
            return False
        if words.isupper() and len(words.split()) > 1:
            return True
        below = self._lines[after]
        says = len(below.text) >= _SHORT or ends_sentence(below.text)
        return find_marker(below.text) is None and says and not is_row(below)

    def _list_level(self, indent: int, family: str) -> int:
        last = self._last
        if last is None or last.kind is not BlockKind.LIST_ITEM:
            carried = self._levels and last is not None and last.kind in (BlockKind.PARAGRAPH, BlockKind.FOOTNOTE)
            if not carried or (indent, family) not in self._levels:
                self._levels = []
        while self._levels and indent < self._levels[-1][0] - 1:
            self._levels.pop()
        families = [known for _, known in self._levels]
        if self._levels and indent > self._levels[-1][0] + 1:
            self._levels.append((indent, family))
        elif family in families:
            del self._levels[families.index(family) + 1 :]
        elif self._levels and last is not None and self._said(last).rstrip().endswith(":"):
            self._levels.append((indent, family))
        elif self._levels:
            self._levels[-1] = (indent, family)
        else:
            self._levels.append((indent, family))
        return len(self._levels)

    # -- sentences that go on ------------------------------------------------------------------------------

    def _take_continuation(self, number: int) -> bool:
        draft = self._find_broken(number)
        if draft is None:
            return False
        self._extend(draft, number)
        return True

    def _find_broken(self, number: int) -> _Draft | None:
        """The block whose sentence goes on in this line."""
        last = self._last
        if last is None:
            return None
        if self._gap == 0 and not self._is_turned(last, number) and last.lines and last.lines[-1] == number - 1:
            joins = last.kind in (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM, BlockKind.FOOTNOTE)
            joins = joins or (last.kind is BlockKind.HEADING and self._lines[number].joined)
            if joins and self._looks.goes_on(number - 1, number):
                return last
        return self._find_broken_above(number)

    def _is_turned(self, last: _Draft, number: int) -> bool:
        """Does a page end between them: at its foot or head or, where it has neither, at a sentence's end?"""
        if self._turned or not last.lines:
            return self._turned
        return self._lines[last.lines[-1]].page != self._lines[number].page and ends_sentence(self._said(last))

    def _find_broken_above(self, number: int) -> _Draft | None:
        line = self._lines[number]
        for between, draft in enumerate(reversed(self._drafts[-_MOST_BETWEEN - 1 :])):
            if draft.kind in (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM):
                said = self._said(draft)
                if not ends_sentence(said) and self._goes_on_after_break(draft, number, between):
                    return draft
            if draft.kind is not BlockKind.FOOTNOTE and (
                draft.table or len(self._said(draft)) > _SHORT or line.strong
            ):
                return None
        return None

    def _goes_on_after_break(self, draft: _Draft, number: int, between: int) -> bool:
        line, said = self._lines[number], self._said(draft)
        if opens_numbered(line.text) and not ends_open(said):
            return False
        if draft.strong != line.strong or self._gap > 6:
            return False
        if starts_lower(line.text):
            return len(said) >= _BROKEN or ends_open(said) or draft.marker != ""
        if between == 0 and ends_open(said):
            return True
        full = self._looks.is_full(draft.lines[-1], number)
        return between == 0 and full and not is_title(line.text) and (self._gap <= 1 or self._turned)

    # -- drafts --------------------------------------------------------------------------------------------

    @property
    def _last(self) -> _Draft | None:
        return self._drafts[-1] if self._drafts else None

    def _said(self, draft: _Draft) -> str:
        return self._lines[draft.lines[-1]].text.rstrip() if draft.lines else ""

    def _open(self, kind: BlockKind, number: int, *, words_at: int = 0, level: int = 0, marker: str = "") -> None:
        line = self._lines[number]
        draft = _Draft(kind, line.page, level=level, strong=line.strong, marker=marker)
        self._drafts.append(draft)
        self._extend(draft, number, words_at)

    def _extend(self, draft: _Draft, number: int, words_at: int = 0) -> None:
        """Add a line's words; one span for lines that stand together."""
        line = self._lines[number]
        words = line.text[words_at:]
        start = line.start + words_at + len(words) - len(words.lstrip())
        end = line.start + words_at + len(words.rstrip())
        if draft.spans and draft.lines[-1] == number - 1 and line.page == self._lines[number - 1].page:
            draft.spans[-1] = (draft.spans[-1][0], end)
        else:
            draft.spans.append((start, end))
        draft.lines.append(number)
        draft.strong = draft.strong and line.strong

    def _put_aside(self, number: int, kind: BlockKind) -> None:
        line = self._lines[number]
        draft = _Draft(kind, line.page)
        self._asides.append(draft)
        self._extend(draft, number)
        self._turned = True

    def _finish(self, drafts: Sequence[_Draft]) -> tuple[Block, ...]:
        for draft in drafts:
            first, last = draft.lines[0], draft.lines[-1]
            whole = (
                draft.kind is BlockKind.PARAGRAPH and 0 < last - first == len(draft.lines) - 1 < _LINES_OF_TITLE
            )
            if whole and len(draft.spans) == 1 and self._looks.is_wrapped_title(first, last):
                draft.kind = BlockKind.HEADING
                draft.level = _CHAPTER_LEVEL if self._looks.is_fresh(first) else _TITLE_LEVEL
        return tuple(self._block(draft) for draft in drafts)

    def _block(self, draft: _Draft) -> Block:
        spans = tuple(draft.table.spans()) if draft.table else tuple(draft.spans)
        return Block(
            kind=draft.kind,
            text=fold_text(self._text, spans),
            spans=spans,
            page=draft.page,
            level=draft.level,
            strong=draft.strong,
            marker=draft.marker,
            rows=draft.table.build() if draft.table else (),
        )


def _indent(text: str) -> int:
    expanded = text[:200].expandtabs(4)
    indent = len(expanded) - len(expanded.lstrip())
    return 0 if indent == 1 else indent
