"""What does PDFium see on a page? Its characters as words, and where they stand as one sees the page."""

from __future__ import annotations

import ctypes
import math
import re
from collections.abc import Callable
from typing import NamedTuple

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from bluelamp.documents.readers.pdf_marks import Marks, Word
from bluelamp.documents.readers.pdf_shapes import read_shapes

CHARACTERS_AT_MOST = 150_000
"""Of one page. A full page of small print has 10,000; beyond this only hostile files were seen."""

DOTS_AT_MOST = 200
"""Of one page; more are part of a chart or a map."""

# A word ends at white space, a control character, or the marks that PDFium gives for a hyphen at a line's end.
_WORD = re.compile(r"[^\s\x00-\x1f\x7f\u00ad\ufffe\uffff\u200b\ufeff]+[\x02\u00ad\ufffe]?|[\x02\ufffe]")
_SYMBOL_FONT = re.compile(r"wingding|webding|symbol|dingbat", re.IGNORECASE)
_BOLD_FONT = re.compile(r"bold|black|heavy|semibold|demi", re.IGNORECASE)
_LIGATURES = {0xFB00: "ff", 0xFB01: "fi", 0xFB02: "fl", 0xFB03: "ffi", 0xFB04: "ffl", 0xFB05: "ft", 0xFB06: "st"}
_SUPERSCRIPT = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_BREAKERS = str.maketrans(dict.fromkeys("\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029", " "))


class Placing(NamedTuple):
    """How a point of the file is found on the page as one sees it: crop box and rotation."""

    left: float
    bottom: float
    right: float
    top: float
    turns: int  # quarter turns clockwise

    @property
    def size(self) -> tuple[float, float]:
        wide, high = self.right - self.left, self.top - self.bottom
        return (high, wide) if self.turns % 2 else (wide, high)

    def point(self, x: float, y: float) -> tuple[float, float]:
        if self.turns == 0:
            return x - self.left, self.top - y
        if self.turns == 1:
            return y - self.bottom, x - self.left
        if self.turns == 2:
            return self.right - x, y - self.bottom
        return self.top - y, self.right - x


class _Style(NamedTuple):
    """What all characters of one text object share."""

    size: float
    bold: bool
    symbol: bool
    quarter: int  # quarter turns clockwise from running to the right


def read_marks(page: pdfium.PdfPage, number: int) -> Marks:
    """Everything printed on the page. A page whose words run sideways is read as if it were turned."""
    placing = find_placing(page)
    textpage = page.get_textpage()
    try:
        marks, most = _read_words(textpage.raw, placing, number)
        if most:
            placing = placing._replace(turns=(placing.turns - most) % 4)
            marks, _ = _read_words(textpage.raw, placing, number)
            marks.turned = most
    finally:
        textpage.close()
    read_shapes(page, placing.point, marks)
    if 0 < len(marks.dots) <= DOTS_AT_MOST:
        _add_bullets(marks)
    return marks


def _add_bullets(marks: Marks) -> None:
    """A dot drawn just before the first word of a line is its bullet."""
    for left, top, right, bottom in marks.dots:
        middle = (top + bottom) / 2
        level = [w for w in marks.words if w.top < middle < w.baseline and not w.turned]
        after = min((w for w in level if w.x0 > right), key=lambda w: w.x0, default=None)
        if after is None or not 1 < after.x0 - right < 40 or any(0 < left - w.x1 < 60 for w in level):
            continue
        at = marks.words.index(after)
        bullet = Word("•", left, right, after.baseline, after.size, after.bold, symbol=True)
        marks.words.insert(at, bullet)


def _read_words(textpage: ctypes.c_void_p, placing: Placing, number: int) -> tuple[Marks, int]:
    """The words, and the direction in which four in five of their letters run."""
    width, height = placing.size
    marks = Marks(number, width, height)
    words = _Words(textpage, placing, marks)
    words.read()
    most = max(range(4), key=lambda quarter: words.letters[quarter])
    return marks, most if words.letters[most] > 0.8 * sum(words.letters) else 0


def find_placing(page: pdfium.PdfPage) -> Placing:
    left, bottom, right, top = page.get_bbox()
    turns = (page.get_rotation() // 90) % 4
    return Placing(min(left, right), min(bottom, top), max(left, right), max(bottom, top), turns)


def _address_of(function: Callable[..., object], arguments: int) -> Callable[..., int | None]:
    """The same C function, giving a plain address: wrapped pointers cost three times as much."""
    types = [ctypes.c_void_p, *[ctypes.c_int] * arguments]
    prototype = ctypes.CFUNCTYPE(ctypes.c_void_p, *types)
    address = ctypes.cast(function, ctypes.c_void_p).value  # type: ignore[arg-type]
    assert address
    return prototype(address)


_text_object = _address_of(raw.FPDFText_GetTextObject, 1)


class _Words:
    """Reads the words of one text page. Styles are asked for once per text object."""

    def __init__(self, textpage: ctypes.c_void_p, placing: Placing, marks: Marks) -> None:
        self.textpage = textpage
        self.address = ctypes.cast(textpage, ctypes.c_void_p)
        self.placing = placing
        self.marks = marks
        self.styles: dict[int, _Style] = {}
        self.fonts: dict[int, tuple[bool, bool]] = {}
        self.letters = [0, 0, 0, 0]  # by the direction in which they run
        self.box = raw.FS_RECTF()
        self.box_pointer = ctypes.pointer(self.box)
        self.x, self.y = ctypes.c_double(), ctypes.c_double()
        self.x_pointer, self.y_pointer = ctypes.pointer(self.x), ctypes.pointer(self.y)

    def read(self) -> None:
        count = raw.FPDFText_CountChars(self.textpage)
        if count <= 0:
            return
        if count > CHARACTERS_AT_MOST:
            self.marks.left_out = True
            count = CHARACTERS_AT_MOST
        text = self._text(count)
        for found in _WORD.finditer(text):
            self._read_word(found.group(), found.start(), text)

    def _text(self, count: int) -> str:
        """One character for each of PDFium's indexes."""
        buffer = (ctypes.c_ushort * (count + 1))()
        written = raw.FPDFText_GetText(self.textpage, 0, count, buffer)
        if written == count + 1:
            return "".join(map(chr, buffer[:count]))
        get = raw.FPDFText_GetUnicode
        return "".join(chr(min(get(self.textpage, i), 0x10FFFF)) for i in range(count))

    def _read_word(self, text: str, start: int, page_text: str) -> None:
        last = start + len(text) - 1
        broken = text[-1] in "\x02\u00ad\ufffe"
        first_object = _text_object(self.address, start)
        same = last == start or _text_object(self.address, last) == first_object
        if same:
            self._add(text, start, last, first_object, False, broken)
        else:
            self._read_mixed_word(text, start, broken)

    def _read_mixed_word(self, text: str, start: int, broken: bool) -> None:
        """A word set in more than one piece: cut where the style changes or the line does."""
        pieces: list[tuple[int, int | None]] = []
        for i in range(len(text)):
            found = _text_object(self.address, start + i) or (pieces[-1][1] if pieces else None)
            if not pieces or pieces[-1][1] != found:
                pieces.append((i, found))
        for k, (begin, found) in enumerate(pieces):
            end = pieces[k + 1][0] if k + 1 < len(pieces) else len(text)
            is_last = end == len(text)
            self._add(text[begin:end], start + begin, start + end - 1, found, k > 0, broken and is_last)

    def _add(self, text: str, first: int, last: int, found: int | None, glued: bool, broken: bool) -> None:
        style = self._style(found, first)
        if style.size < 0.5:
            return
        if not raw.FPDFText_GetLooseCharBox(self.textpage, first, self.box_pointer):
            return
        box = self.box
        left, bottom, right, top = box.left, box.bottom, box.right, box.top
        if last != first and raw.FPDFText_GetLooseCharBox(self.textpage, last, self.box_pointer):
            left, bottom = min(left, box.left), min(bottom, box.bottom)
            right, top = max(right, box.right), max(top, box.top)
        raw.FPDFText_GetCharOrigin(self.textpage, first, self.x_pointer, self.y_pointer)
        self._place(text, style, (left, bottom, right, top), glued, broken)

    def _place(
        self, text: str, style: _Style, file_box: tuple[float, float, float, float], glued: bool, broken: bool
    ) -> None:
        left, bottom, right, top = file_box
        xa, ya = self.placing.point(left, bottom)
        xb, yb = self.placing.point(right, top)
        x0, x1 = (xa, xb) if xa <= xb else (xb, xa)
        baseline = self.placing.point(self.x.value, self.y.value)[1]
        if style.quarter:
            baseline = max(ya, yb)
        self.letters[style.quarter] += len(text)
        marks = self.marks
        if x1 < -1 or x0 > marks.width + 1 or baseline < -1 or baseline - style.size > marks.height:
            return  # outside the page that one sees
        soft = broken and text.endswith("\u00ad")
        if broken:
            text = text[:-1] + "-"
        clean = _clean(text, style.symbol)
        if not clean:
            return
        words = marks.words
        if glued and words:
            glued, clean = self._glue(clean, x0, baseline, style)
        size = round(style.size, 1)
        word = Word(
            clean, x0, x1, baseline, size, style.bold, style.symbol, glued, bool(style.quarter), broken, soft
        )
        if glued and _is_same_piece(words[-1], word):
            left, right = min(words[-1].x0, x0), max(words[-1].x1, x1)
            word = word._replace(text=words[-1].text + clean, x0=left, x1=right, glued=words[-1].glued)
            words[-1] = word
        else:
            words.append(word)

    def _glue(self, text: str, x0: float, baseline: float, style: _Style) -> tuple[bool, str]:
        """Does this piece stand at the word before it? Raised digits become superscript signs."""
        before = self.marks.words[-1]
        if abs(before.baseline - baseline) > before.size * 0.7 or abs(x0 - before.x1) > before.size * 0.6:
            return False, text
        raised = style.size < before.size * 0.85 and before.baseline - baseline > before.size * 0.15
        if raised and text.isdigit():
            text = text.translate(_SUPERSCRIPT)
        return True, text

    def _style(self, found: int | None, index: int) -> _Style:
        key = found or 0
        style = self.styles.get(key)
        if style is None:
            style = self.styles[key] = self._read_style(found, index)
        return style

    def _read_style(self, found: int | None, index: int) -> _Style:
        matrix = raw.FS_MATRIX()
        raw.FPDFText_GetMatrix(self.textpage, index, matrix)
        size = raw.FPDFText_GetFontSize(self.textpage, index)
        scaled = abs(size) * (math.hypot(matrix.c, matrix.d) or 1.0)
        angle = round(math.degrees(math.atan2(matrix.b, matrix.a))) if matrix.a or matrix.b else 0
        seen = (90 * self.placing.turns - angle) % 360  # how it runs on the page as one sees it
        bold, symbol = self._font(found, index)
        return _Style(min(scaled, 2000.0), bold, symbol, round(seen / 90) % 4)

    def _font(self, found: int | None, index: int) -> tuple[bool, bool]:
        font = raw.FPDFTextObj_GetFont(ctypes.cast(found, raw.FPDF_PAGEOBJECT)) if found else None
        key = ctypes.cast(font, ctypes.c_void_p).value or 0 if font else 0
        if key not in self.fonts:
            flags = ctypes.c_int()
            buffer = ctypes.create_string_buffer(200)
            raw.FPDFText_GetFontInfo(self.textpage, index, buffer, 200, flags)
            name = buffer.value.decode("utf-8", "replace")
            weight = raw.FPDFText_GetFontWeight(self.textpage, index)
            bold = bool(_BOLD_FONT.search(name)) or weight >= 600
            self.fonts[key] = (bold, bool(_SYMBOL_FONT.search(name)))
        return self.fonts[key]


def _is_same_piece(before: Word, word: Word) -> bool:
    """Set alike on one line: browsers place each letter of some sizes by itself (Chromium at 11pt, seen 2026)."""
    alike = (before.size, before.bold, before.symbol) == (word.size, word.bold, word.symbol)
    level = abs(before.baseline - word.baseline) < 0.1 * word.size
    return alike and level and not before.turned and not word.turned


def _clean(text: str, symbol: bool) -> str:
    """Ligatures as letters, nothing that breaks a line. Private signs are bullets."""
    if text.isascii():
        return text
    text = text.translate(_LIGATURES).translate(_BREAKERS)
    if symbol or any("\ue000" <= c <= "\uf8ff" for c in text):
        text = "".join("•" if "\ue000" <= c <= "\uf8ff" else c for c in text)
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace").strip("\ufffe\ufeff ")
