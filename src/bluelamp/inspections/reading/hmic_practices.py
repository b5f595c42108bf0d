"""Which practices does a report hold up to other forces: the problem, the solution, what came of it?

The name and telephone number of a contact are left out of the fact and of its citations.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from bluelamp.documents.blocks import Span
from bluelamp.documents.document import Document
from bluelamp.documents.facts import Unread
from bluelamp.inspections.facts import Practice
from bluelamp.inspections.reading.hmic_areas import AreaNames
from bluelamp.inspections.reading.hmic_outline import Placed
from bluelamp.inspections.reading.hmic_pieces import FIELD, Piece
from bluelamp.inspections.reading.hmic_words import Label, plain_words
from bluelamp.lib.text import fold

_TYPES = (
    ("innovative", re.compile(r"\binnovative\b")),
    ("promising", re.compile(r"\bpromising\b")),
    ("notable", re.compile(r"\b(?:notable|good|best|effective)\b")),
)
_ORDER = ("area", "title", "problem", "solution", "outcomes")
_CONTACT = re.compile(r"\b0\d{2,4}[ -]?\d{3,4}[ -]?\d{3,4}\b|@[\w.-]{3,60}|\b\d{5} \d{5,6}\b")


@dataclass
class _Draft:
    type: str
    area: str
    printed_area: str = ""
    said: dict[str, list[str]] = field(default_factory=dict)
    spans: list[Span] = field(default_factory=list)
    current: str = "text"

    def say(self, words: str, spans: Sequence[Span]) -> None:
        if words:
            self.said.setdefault(self.current, []).append(words)
            self.spans.extend(spans)

    def words(self, name: str) -> str:
        return fold(" ".join(self.said.get(name, [])))

    @property
    def has_fields(self) -> bool:
        return any(self.words(name) for name in ("problem", "solution", "outcomes"))


class PracticeReader:
    def __init__(self, document: Document, names: AreaNames) -> None:
        self._document = document
        self._names = names
        self.practices: list[Practice] = []
        self.unread: list[Unread] = []
        self._draft: _Draft | None = None

    def read(self, placed: Sequence[Placed]) -> None:
        type_ = "developing"
        for at in placed:
            if at.opens is Label.PRACTICE:
                self._finish()
                type_ = _type_of(at.piece.text)
                self._draft = _Draft(type_, at.area)
            elif self._opens_without_label(at):
                self._finish()
                self._draft = _Draft(type_, at.area)
                self._take(at.piece)
            elif at.label is Label.PRACTICE and self._draft is not None:
                self._take(at.piece, at.area)
            elif self._draft is not None and at.label is not Label.PRACTICE:
                self._finish()
        self._finish()

    def _opens_without_label(self, at: Placed) -> bool:
        """Two fields of a practice stand where no label announced one."""
        found = FIELD.match(at.piece.text)
        return bool(
            found and self._draft is None and at.label is not Label.PRACTICE and _field(found["name"]) == "area"
            and found["name"].lower() != "area"
        )  # fmt: skip

    def _take(self, piece: Piece, area: str = "") -> None:
        draft = self._draft
        if draft is None:
            return
        found = FIELD.match(piece.text)
        if found and self._is_field(piece, found):
            name = _field(found["name"])
            if self._begins_another(draft, name):
                self._finish()
                draft = self._draft = _Draft(draft.type, area or draft.area)
            draft.current = name
            if name != "contact":
                self._say_after(draft, piece, found.end())
        elif draft.current == "contact":
            if _CONTACT.search(piece.text) or piece.text[:1] in "–-":
                return
            draft.current = "after"
        elif draft.current in {"area", "title"} and draft.words(draft.current):
            draft.current = draft.current if piece.text[:1].islower() else "text"
            draft.say(piece.text, piece.spans)
        else:
            draft.say(piece.text, piece.spans)

    def _is_field(self, piece: Piece, found: re.Match[str]) -> bool:
        """ "Solution:" is a field; "Outcome - " in the middle of prose is not."""
        return ":" in found.group() or found["name"].isupper() or found.end() == len(piece.text)

    def _begins_another(self, draft: _Draft, name: str) -> bool:
        if draft.current in {"contact", "after"}:
            return name != "contact"
        if name not in _ORDER or not draft.said:
            return False
        return bool(draft.words(name)) or (name in {"area", "title"} and draft.has_fields)

    def _say_after(self, draft: _Draft, piece: Piece, at: int) -> None:
        words = piece.text[at:].strip()
        draft.say(words, piece.spans)

    def _promote_title(self, draft: _Draft) -> None:
        """A short first line without a full stop is the title where no field names one."""
        lines = draft.said.get("text", [])
        if lines and not draft.words("title") and len(lines[0].split()) <= 16 and lines[0][-1] not in ".;:":
            draft.said["title"] = [lines.pop(0)]

    def _finish(self) -> None:
        draft, self._draft = self._draft, None
        if draft is None:
            return
        self._promote_title(draft)
        title, text = draft.words("title"), draft.words("text")
        printed = draft.words("area")
        named = self._names.heading(printed) if printed else None
        citations = self._document.cite(sorted(draft.spans))
        if not citations:
            return
        if not draft.has_fields and (not title or not draft.area):
            if title or printed:
                reason = "A practice stands here without problem, solution or outcomes."
                self.unread.append(Unread(reason=reason, citations=citations))
            return
        if printed and named is None:
            reason = f"The practice names “{printed}”, which is no area of this framework."
            self.unread.append(Unread(reason=reason, citations=citations))
        self.practices.append(
            Practice(
                type=draft.type,
                area=named.area.slug if named else draft.area,
                title=title,
                text=text,
                problem=draft.words("problem"),
                solution=draft.words("solution"),
                outcomes=draft.words("outcomes"),
                citations=citations,
            )
        )


def _field(printed: str) -> str:
    words = plain_words(printed)
    if "area" in words:
        return "area"
    if "contact" in words or "further" in words:
        return "contact"
    return "outcomes" if words.startswith("outcome") else words


def _type_of(printed: str) -> str:
    words = plain_words(printed)
    return next((type_ for type_, pattern in _TYPES if pattern.search(words)), "developing")
