"""Which footnote does a sign in a row point at?"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass

from bluelamp.documents.blocks import Block, BlockKind, Span
from bluelamp.documents.document import Document

_RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_SIGN = re.compile(r"[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3}|\[\^?\d{1,3}\]|(?<=[\w.,;:)”’\"'])[*†‡]{1,3}")
_OFFICE_NOTE = re.compile(r"[(\[]\s?(?!NB|EG|IE|PS)[A-Z]{2,4}\s?:[^()\[\]]{1,400}[)\]][\s.]{0,3}$")
_UNIT = re.compile(r"(?:\b(?:k|c|m)?m|\bsq)$", re.I)
_BARE = re.compile(r"^([⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3}|[*†‡]{1,3})\s?\S")


@dataclass(frozen=True)
class Footnote:
    sign: str
    block: Block
    start: int

    @property
    def printed(self) -> str:
        """The note with its sign before it, as it stands on the page."""
        marker = self.block.marker.strip()
        return f"{marker} {self.block.text}" if marker else self.block.text


Footnotes = dict[str, list[Footnote]]
"""By sign, in the order of the document."""


@dataclass(frozen=True)
class Notes:
    found: tuple[Footnote, ...]
    missing: tuple[str, ...]  # signs with no footnote of their own


def fold_sign(printed: str) -> str:
    """The sign without being raised or bracketed: "⁴", "[4]" and "4." are all "4"."""
    return printed.translate(_RAISED).strip("[]().:^ \t")


def find_footnotes(blocks: Iterable[Block]) -> Footnotes:
    """Every footnote by its sign, also those a reader took for a paragraph that begins with a raised sign."""
    found = []
    for block in blocks:
        if not block.spans or block.kind is BlockKind.TABLE:
            continue
        sign = fold_sign(block.marker) if block.kind is BlockKind.FOOTNOTE else ""
        bare = _BARE.match(block.text)
        if not sign and bare:
            sign = fold_sign(bare.group(1))
        if sign:
            found.append(Footnote(sign, block, block.spans[0][0]))
    by_sign: Footnotes = {}
    for note in sorted(found, key=lambda note: note.start):
        by_sign.setdefault(note.sign, []).append(note)
    return by_sign


def notes_of(document: Document, spans: Iterable[Span], footnotes: Footnotes) -> Notes:
    """The footnotes whose signs stand in these spans: the next one of that sign, else the last before."""
    found: dict[int, Footnote] = {}
    missing: list[str] = []
    for start, end in spans:
        for sign in _SIGN.finditer(document.text, start, end):
            if _UNIT.search(document.text[max(start, sign.start() - 3) : sign.start()]):
                continue
            note = _nearest(fold_sign(sign.group()), sign.start(), footnotes)
            if note:
                found[note.start] = note
            else:
                missing.append(sign.group())
    return Notes(tuple(found[start] for start in sorted(found)), tuple(missing))


def office_note(text: str) -> tuple[str, ...]:
    """What somebody of the office put in brackets, under their initials, at the end of an inspector's words."""
    return _split_off(text)[1]


def split_office_notes(text: str) -> tuple[str, tuple[str, ...]]:
    """An inspector's words, and apart from them what the office added at their end.

    "The check was late. (QX: since mended)" is "The check was late." and "(QX: since mended)". A text that is
    nothing but a remark stays as it is, for it is all that there is.
    """
    words, notes = _split_off(text)
    return (words, notes) if words and notes else (text, ())


def _split_off(text: str) -> tuple[str, tuple[str, ...]]:
    notes: list[str] = []
    words = text
    while found := _OFFICE_NOTE.match(words, max(words.rfind("("), words.rfind("["), 0)):
        notes.insert(0, found.group().rstrip(" ."))
        words = words[: found.start()].rstrip()
    return words, tuple(notes)


def _nearest(sign: str, offset: int, footnotes: Footnotes) -> Footnote | None:
    alike = footnotes.get(sign, [])
    after = bisect_right(alike, offset, key=lambda note: note.start)
    return alike[min(after, len(alike) - 1)] if alike else None
