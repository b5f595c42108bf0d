"""What must be read with a passage to understand it: the note's sentence, the list's opening, the figure meant?"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

from bluelamp.documents.blocks import Row
from bluelamp.documents.citations import Citation
from bluelamp.inspections.reading.about_captions import Caption
from bluelamp.inspections.reading.about_hyphens import Hyphens
from bluelamp.inspections.reading.about_lists import is_only_names
from bluelamp.inspections.reading.about_names import Name, Naming
from bluelamp.inspections.reading.about_passages import Passage, PassageKind
from bluelamp.inspections.reading.about_signs import glued_sign
from bluelamp.inspections.reading.about_words import any_of, load_national_words

_PROSE = (PassageKind.TEXT, PassageKind.ITEM)
_NOTE_REACH = 600  # passages before a note in which its sign may stand
_LIST_REACH = 80  # items before and after one
_SCOPE = 40  # passages under a force's name: a report on the one force has more


@dataclass(frozen=True)
class Stretch:
    """Words of one passage."""

    passage: Passage
    start: int
    end: int

    @property
    def text(self) -> str:
        return self.passage.text[self.start : self.end]

    def cite(self) -> tuple[Citation, ...]:
        return self.passage.cite(self.start, self.end)


def whole(passage: Passage) -> Stretch:
    return Stretch(passage, 0, len(passage.text))


@dataclass(frozen=True)
class Report:
    """The passages of a report and what joins them."""

    passages: Sequence[Passage]
    naming: Naming
    hyphens: Hyphens

    def rows_of(self, passage: Passage) -> tuple[Row, ...]:
        """A table's rows, words whole again that a line's end broke."""
        if not self.hyphens.broken:
            return passage.block.rows
        return tuple(
            replace(row, cells=tuple(replace(cell, text=self.hyphens.mend(cell.text).text) for cell in row.cells))
            for row in passage.block.rows
        )

    @cached_property
    def _captions(self) -> dict[tuple[str, str], Caption]:
        found: dict[tuple[str, str], Caption] = {}
        for passage in self.passages:
            if passage.kind is PassageKind.CAPTION and passage.caption:
                found.setdefault((passage.caption.label, passage.caption.number), passage.caption)
        return found

    def before(self, passage: Passage) -> Passage | None:
        """The passage of prose or caption before it."""
        for position in range(passage.order - 1, max(-1, passage.order - 4), -1):
            if self.passages[position].kind in (*_PROSE, PassageKind.CAPTION, PassageKind.REMARK):
                return self.passages[position]
        return None

    def opening_of(self, passage: Passage) -> Stretch | None:
        """The sentence with a colon that opens the list, or the paragraph, in which the passage stands."""
        position = passage.order - 1
        while position >= max(0, passage.order - _LIST_REACH) and passage.kind is PassageKind.ITEM:
            if self.passages[position].kind is not PassageKind.ITEM:
                break
            position -= 1
        if position < 0 or self.passages[position].kind not in (*_PROSE, PassageKind.REMARK):
            return None
        before = self.passages[position]
        if not before.text.rstrip().endswith(":"):
            return None
        start, end = before.sentences[-1]
        return Stretch(before, start, end)

    def items_beside(self, passage: Passage) -> list[Passage]:
        """The other items of the same list."""
        if passage.kind is not PassageKind.ITEM:
            return []
        found: list[Passage] = []
        for step in (-1, 1):
            position = passage.order + step
            while 0 <= position < len(self.passages) and abs(position - passage.order) <= _LIST_REACH:
                if self.passages[position].kind is not PassageKind.ITEM:
                    break
                found.append(self.passages[position])
                position += step
        return sorted(found, key=lambda each: each.order)

    def listed_beside(self, passage: Passage) -> tuple[str, ...]:
        """The forces that the other items of a list name, where each item is only a name."""
        codes: dict[str, None] = {}
        for item in self.items_beside(passage):
            names = self.naming.find_all(item.text)
            if is_only_names(item.text, names):
                codes |= dict.fromkeys(name.code for name in names)
        return tuple(code for code in codes if code != self.naming.own.code)

    def items_under(self, passage: Passage) -> list[Passage]:
        """The items of one list that follow a passage at once; a numbered chapter after bullets is not of it."""
        found: list[Passage] = []
        for position in range(passage.order + 1, min(len(self.passages), passage.order + _LIST_REACH)):
            item = self.passages[position]
            if item.kind is not PassageKind.ITEM or (found and _is_numbered(item) != _is_numbered(found[0])):
                break
            found.append(item)
        return found

    # -- notes --------------------------------------------------------------------------------------------

    def note_of(self, note: Passage) -> Stretch | None:
        """The sentence, or the caption, in which a footnote's sign stands; None where it is not found."""
        sign = _plain_sign(note.block.marker)
        last = self._before_notes(note)
        if note.document.format == "docx":  # its reader puts a note after its paragraph, and leaves the sign out
            return _sentence_on_forces(last) if last else None
        if not sign or (sign.isalnum() and not sign.isdigit()):  # "i" would be found at the end of any word
            return whole(last) if last and not sign else None
        first = max(0, note.order - _NOTE_REACH)
        for pattern in (raised_sign(sign), *([glued_sign(sign)] if sign.isdigit() else [])):
            for position in range(note.order - 1, first - 1, -1):
                passage = self.passages[position]
                if passage.kind in (PassageKind.NOTE, PassageKind.TABLE):
                    continue
                if found := pattern.search(passage.text):
                    return _sentence_at(passage, found.start())
        return None

    def _before_notes(self, note: Passage) -> Passage | None:
        """The passage before the notes among which this one stands."""
        for position in range(note.order - 1, max(-1, note.order - _LIST_REACH), -1):
            if self.passages[position].kind is not PassageKind.NOTE:
                return self.passages[position]
        return None

    def caption_of(self, table: Passage) -> Caption | None:
        """A table's caption: that above it; or, where none above is a table's, one below that is no other's."""
        above = table.near_caption
        if above and above.label == "table":
            return above
        below, after = [*self.passages[table.order + 1 : table.order + 3], None, None][:2]
        own = below is not None and below.kind is PassageKind.CAPTION and (after is None or not after.block.rows)
        if below and below.caption and own and below.caption.label == "table":
            return below.caption
        return above

    # -- figures ------------------------------------------------------------------------------------------

    def figure_meant(self, stretch: Stretch) -> Caption | None:
        """The figure or table that a sentence speaks of by its number, or as "this graph" or "the table below"."""
        numbered = _numbered_figure().search(stretch.text)
        if numbered:
            words = load_national_words().figures
            label = "table" if numbered[1].lower().startswith(words.tables) else "figure"
            return self._captions.get((label, numbered[2]))
        spoken = _spoken_figure().search(stretch.text)
        if not spoken:
            return None
        if spoken[1].lower() in ("following",) or (spoken[2] or "").strip().lower() == "below":
            return self._next_caption(stretch.passage) or stretch.passage.caption
        return stretch.passage.caption or self._next_caption(stretch.passage)

    def _next_caption(self, passage: Passage) -> Caption | None:
        for position in range(passage.order + 1, min(len(self.passages), passage.order + 6)):
            if self.passages[position].kind is PassageKind.CAPTION:
                return self.passages[position].caption
        return None

    # -- under a force's name -----------------------------------------------------------------------------

    @cached_property
    def _under_name(self) -> dict[str, int]:
        """How many passages stand under each heading that is only the force's name."""
        counts: dict[str, int] = {}
        for passage in self.passages:
            if passage.kind is not PassageKind.HEADING and passage.head_words:
                head = passage.head_words[-1]
                if head in counts or self.names_in_head(head):
                    counts[head] = counts.get(head, 0) + 1
        return counts

    def stands_under_name(self, passage: Passage) -> bool:
        """Does it stand under a heading that is only the force's name, in a part and not a whole report of it?"""
        if not passage.head_words or passage.kind not in _PROSE:
            return False
        return 0 < self._under_name.get(passage.head_words[-1], 0) <= _SCOPE

    def heading_of(self, passage: Passage) -> Passage | None:
        """The innermost heading above a passage of a short part."""
        for position in range(passage.order - 1, max(-1, passage.order - 2 * _SCOPE), -1):
            if self.passages[position].kind is PassageKind.HEADING:
                return self.passages[position] if self.passages[position].text == passage.head_words[-1] else None
        return None

    def names_in_head(self, head: str) -> list[Name]:
        """The force's names in a heading that names it and nothing else ("Case study: Calder Vale Police")."""
        plain = _HEAD_LABEL.sub("", head)
        names = self.naming.find(plain)
        own = all(name.code == self.naming.own.code for name in names)
        return names if own and is_only_names(plain, names) else []


def _is_numbered(passage: Passage) -> bool:
    return any(letter.isdigit() for letter in passage.block.marker)


_HEAD_LABEL = re.compile(
    r"^\s*(?:\d{1,2}(?:\.\d{1,2})*\.?\s+)?(?:(?:case\s(?:study|example)|example|box|spotlight|annex|good\spractice"
    r"|promising\spractice|innovative\spractice|force)\s?(?:[A-Z]|\d{1,2})?\s*[:.–—-]\s*)?",
    re.I,
)
_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def _plain_sign(marker: str) -> str:
    return marker.strip("[]^:.() ").translate(_SUPERSCRIPTS)


@lru_cache(maxsize=1024)
def raised_sign(sign: str) -> re.Pattern[str]:
    if not sign.isdigit():
        return re.compile(rf"(?<=\S){re.escape(sign)}(?!\w)")
    raised = sign.translate(_RAISED)
    return re.compile(rf"(?<![⁰¹²³⁴⁵⁶⁷⁸⁹]){raised}(?![⁰¹²³⁴⁵⁶⁷⁸⁹])|\[\^?{sign}\]")


def _sentence_at(passage: Passage, position: int) -> Stretch:
    for start, end in passage.sentences:
        if start <= position <= end:  # the sign stands at its end
            return Stretch(passage, start, end)
    return _last_sentence(passage)


def _sentence_on_forces(passage: Passage) -> Stretch:
    """Of a paragraph that does not show where its note's sign stood: the last sentence that speaks of forces."""
    for start, end in reversed(passage.sentences):
        if passage.kind is not PassageKind.CAPTION and _FORCES.search(passage.text, start, end):
            return Stretch(passage, start, end)
    return _last_sentence(passage)


_FORCES = re.compile(r"\bforces\b", re.I)


def _last_sentence(passage: Passage) -> Stretch:
    if passage.kind is PassageKind.CAPTION or not passage.sentences:
        return whole(passage)
    start, end = passage.sentences[-1]
    return Stretch(passage, start, end)


@lru_cache(maxsize=1)
def _numbered_figure() -> re.Pattern[str]:
    words = load_national_words().figures
    return re.compile(
        rf"\b({any_of((*words.labels, *words.tables))})s?\.?\s?(\d{{1,3}}(?:\.\d{{1,3}})?[a-z]?)\b", re.I
    )


@lru_cache(maxsize=1)
def _spoken_figure() -> re.Pattern[str]:
    words = load_national_words().figures
    labels = any_of((*words.labels, *words.tables))
    return re.compile(
        rf"\b(this|the|that|following|above)\s(?:following\s|above\s)?(?:{labels})\b(\s(?:below|above))?", re.I
    )
