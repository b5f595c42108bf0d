"""How do the elements of a page become headings, paragraphs, list items, tables and notes, in order?"""

from __future__ import annotations

import re

from lxml import etree

from bluelamp.documents.blocks import Block, BlockKind
from bluelamp.documents.readers.folding import fold_lines
from bluelamp.documents.readers.html_tables import is_layout, read_table
from bluelamp.documents.readers.html_visible import tag_of, visible_text
from bluelamp.documents.readers.plain_marks import CONTROLS
from bluelamp.documents.readers.structure import find_footnote, find_marker, is_title, superscript

_PARTING = frozenset(
    [
        "html",
        "body",
        "p",
        "div",
        "section",
        "article",
        "main",
        "header",
        "footer",
        "nav",
        "aside",
        "ul",
        "ol",
        "li",
        "dl",
        "dt",
        "dd",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "table",
        "caption",
        "tbody",
        "thead",
        "tfoot",
        "tr",
        "td",
        "th",
        "blockquote",
        "pre",
        "address",
        "figure",
        "figcaption",
        "form",
        "fieldset",
        "legend",
        "details",
        "summary",
        "hr",
        "center",
        "dir",
        "menu",
        "option",
        "hgroup",
    ]
)
_HEADINGS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}
_LISTS = frozenset({"ul", "ol", "menu", "dir"})
_STRONG = frozenset({"b", "strong"})
_FURNITURE = frozenset({"nav", "header", "footer"})
_FURNITURE_ROLES = frozenset({"navigation", "banner", "contentinfo", "search"})
_NOTE = re.compile(r"(?:^|[\s_-])(?:foot|end)notes?(?:$|[\s_:-])|^fn[:_-]?\d+$|^_ftn\d+$", re.IGNORECASE)
_NOTE_ROLES = frozenset({"doc-endnotes", "doc-footnote", "doc-endnote", "note"})
_LINE_BREAK = "\u2028"
_BOLD_TITLE_LEVEL = 4  # of a paragraph that is a title by its bold look alone


class Flow:
    """Takes elements as they open and close; `blocks` and `asides` are what came of them."""

    def __init__(self, *, has_main: bool) -> None:
        self.blocks: list[Block] = []
        self.asides: list[Block] = []
        self._has_main = has_main
        self._lines: list[str] = []
        self._length = 0
        self._words: list[str] = []
        self._strong_words = 0  # characters of the words that are bold
        self._all_words = 0
        self._main = self._content = self._furniture = self._notes = self._strong = 0
        self._furniture_flags: list[bool] = []  # for each open element: is it furniture?
        self._heading = 0
        self._breaks = 0
        self._lists: list[tuple[str, int, str]] = []  # tag, number of the last item, kind of numbers
        self._marker = ""
        self._in_item: list[bool] = []  # has the item that is open said anything?
        self._term = 0
        self._pre = 0
        self._raised = 0

    # -- elements ------------------------------------------------------------------------------------------

    def open(self, element: etree._Element) -> None:
        tag = tag_of(element)
        if tag in _PARTING:
            self._flush()
            self._enter(tag, element, 1)
        elif tag == "br":
            self._break()
        elif tag in _STRONG:
            self._strong += 1
        elif tag == "sup":
            self._raised += 1
        if element.text:
            self.add(element.text)

    def close(self, element: etree._Element) -> None:
        tag = tag_of(element)
        if tag in _PARTING:
            self._flush()
            self._enter(tag, element, -1)
        elif tag in _STRONG:
            self._strong -= 1
        elif tag == "sup":
            self._raised -= 1

    def add(self, text: str) -> None:
        if self._pre and "\n" in text:
            for line in text.split("\n"):
                self._put(line)
                self._flush()
            return
        self._put(superscript(text) if self._raised else text)

    def _put(self, text: str) -> None:
        size = len(text) - text.count(" ")
        if text.strip():
            self._breaks = 0
            self._all_words += size
            self._strong_words += size if self._strong or self._term else 0
        self._words.append(text)

    def _break(self) -> None:
        """One line break begins a line of the paragraph; two in a row end it."""
        self._breaks += 1
        self._words.append(_LINE_BREAK)
        if self._breaks > 1 and self._all_words:
            self._flush()

    def _enter(self, tag: str, element: etree._Element, step: int) -> None:
        role = element.get("role") or ""
        if tag == "main" or role == "main":
            self._main += step
        if tag in ("main", "article") or role == "main":
            self._content += step
        if step > 0:
            self._furniture_flags.append(self._is_furniture(tag, role))
            self._furniture += self._furniture_flags[-1]
        elif self._furniture_flags:
            self._furniture -= self._furniture_flags.pop()
        if _is_note(element, role):
            self._notes += step
        if tag in _HEADINGS:
            self._heading = _HEADINGS[tag] if step > 0 else 0
        elif tag in _LISTS:
            self._enter_list(tag, element, step)
        elif tag == "li":
            self._enter_item(element, step)
        elif tag in ("dt", "legend", "summary"):
            self._term += step
        elif tag == "pre":
            self._pre += step

    def _is_furniture(self, tag: str, role: str) -> bool:
        """Navigation anywhere; a header or a footer only of the page, not of an article in it."""
        if tag == "nav" or role in _FURNITURE_ROLES:
            return True
        return tag in _FURNITURE and not self._content

    def _enter_list(self, tag: str, element: etree._Element, step: int) -> None:
        if step < 0:
            if self._lists:
                self._lists.pop()
            return
        start = (element.get("start") or "1").strip()
        first = int(start) if start.isascii() and start.isdigit() and len(start) < 9 else 1
        self._lists.append((tag, first - 1, element.get("type") or "1"))

    def _enter_item(self, element: etree._Element, step: int) -> None:
        if step < 0:
            if self._in_item:
                self._in_item.pop()
            self._marker = ""
            return
        self._in_item.append(False)
        if not self._lists:
            self._marker = "•"
            return
        tag, last, kind = self._lists[-1]
        self._lists[-1] = (tag, last + 1, kind)
        self._marker = _item_number(last + 1, kind) if tag == "ol" else "•"

    # -- blocks --------------------------------------------------------------------------------------------

    def take_table(self, table: etree._Element) -> bool:
        """Read a table of data whole; False for one that only lays the page out."""
        if is_layout(table):
            return False
        self._flush()
        for caption in table.iter("caption"):
            self._put(visible_text(caption))
            self._flush()
        text, rows = read_table(table, self._length)
        spans = tuple(sorted({span for row in rows for cell in row.cells for span in cell.spans}))
        if not spans:
            return True
        self._lines.append(text)
        self._length += len(text)
        self._keep(Block(BlockKind.TABLE, " ".join(text.split()), spans, rows=rows))
        return True

    def finish(self) -> str:
        self._flush()
        return "".join(self._lines)

    def _flush(self) -> None:
        """The words since the last flush are one block, on one line but for breaks of its own."""
        said = "".join(self._words).translate(CONTROLS).replace("\n", " ")
        lines = fold_lines(said.replace(_LINE_BREAK, "\n"))
        line = lines.replace("\n", " ")
        strong = 0 < self._all_words <= self._strong_words
        self._words, self._breaks, self._all_words, self._strong_words = [], 0, 0, 0
        if not line:
            return
        start = self._length
        self._lines.append(lines + "\n")
        self._length += len(line) + 1
        self._keep(self._block(line, start, strong))

    def _block(self, line: str, start: int, strong: bool) -> Block:
        kind, level, marker, begin = BlockKind.PARAGRAPH, 0, "", 0
        note = find_footnote(line)
        glyph = find_marker(line)
        if self._heading:
            kind, level = BlockKind.HEADING, self._heading
        elif self._notes:
            kind, marker = BlockKind.FOOTNOTE, self._take_marker()
            marker, begin = (note.group(1), note.end()) if note else (marker, 0)
        elif self._in_item and not self._in_item[-1]:
            kind, level, marker = BlockKind.LIST_ITEM, max(1, len(self._lists)), self._take_marker()
        elif note and note.group(1)[0] in "¹²³⁴⁵⁶⁷⁸⁹":
            kind, marker, begin = BlockKind.FOOTNOTE, note.group(1), note.end()
        elif glyph and line[glyph.end :] and not (glyph.is_number and is_title(line[glyph.end :])):
            kind, level, marker, begin = BlockKind.LIST_ITEM, 1, glyph.text, glyph.end
        elif strong and not self._term and not self._in_item and is_title(line):
            kind, level = BlockKind.HEADING, _BOLD_TITLE_LEVEL
        return Block(
            kind, line[begin:], ((start + begin, start + len(line)),), level=level, strong=strong, marker=marker
        )

    def _take_marker(self) -> str:
        marker, self._marker = self._marker, ""
        if self._in_item:
            self._in_item[-1] = True
        return marker

    def _keep(self, block: Block) -> None:
        aside = self._furniture > 0 or (self._has_main and self._main == 0)
        if aside:
            self.asides.append(Block(BlockKind.RUNNING_HEAD, block.text, block.spans, rows=block.rows))
        else:
            self.blocks.append(block)


def _is_note(element: etree._Element, role: str) -> bool:
    if role in _NOTE_ROLES:
        return True
    names = ((element.get("class") or "")[:200], (element.get("id") or "")[:200])
    return any(name and _NOTE.search(name) for name in names)


def _item_number(number: int, kind: str) -> str:
    if kind in ("a", "A") and 1 <= number <= 26:
        return f"{chr(ord(kind) + number - 1)}."
    if kind in ("i", "I") and 1 <= number <= 20:
        roman = [
            "i",
            "ii",
            "iii",
            "iv",
            "v",
            "vi",
            "vii",
            "viii",
            "ix",
            "x",
            "xi",
            "xii",
            "xiii",
            "xiv",
            "xv",
            "xvi",
            "xvii",
            "xviii",
            "xix",
            "xx",
        ][number - 1]
        return f"{roman if kind == 'i' else roman.upper()}."
    return f"{number}."
