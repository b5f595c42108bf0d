"""What does a report say of a framework that was inspected again, or of the grade an area had before?

Such grades stand in sentences, not in tables: "from Poor in 2006 to Fair in 2007". Where a sentence says that a
grade was kept and does not print it, the grade stays unknown and the reader is told.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bluelamp.documents.blocks import Span
from bluelamp.documents.document import Document
from bluelamp.documents.facts import Unread
from bluelamp.inspections.facts import Judgement
from bluelamp.inspections.frameworks import Framework
from bluelamp.inspections.reading.hmic_areas import AreaNames, NamedArea
from bluelamp.inspections.reading.hmic_outline import Placed
from bluelamp.inspections.reading.hmic_pieces import Piece
from bluelamp.inspections.reading.hmic_words import FINDING_LABELS, Label, read_values
from bluelamp.lib.text import fold_spans

_SENTENCE = re.compile(r"[.!?][)”’\"']?\s+(?=[A-Z“‘(])")
_GRADING = re.compile(
    r"\b(?:re-?)?grad(?:e|es|ed|ing)\b|\bjudg(?:e?ments?|ed)\b|\b(?:re-?)?assess(?:ed|ment)\b", re.I
)
_AGAIN = re.compile(
    r"\b(?:re-?inspect\w{0,4}|re-?visit\w{0,3}|re-?assess\w{0,4}|re-?grad\w{0,3})\b|\bbaseline\b", re.I
)
_KEPT = re.compile(
    r"\b(?:remain(?:s|ed|ing)?|retain(?:s|ed)?|unchanged|stay(?:s|ed)?|maintain(?:s|ed)?|no change)\b", re.I
)
_REGRADED = re.compile(
    r"\b(?:re-?grad\w{1,4}|re-?assess\w{0,4}|now (?:graded|assessed|judged)|(?:up|down)graded"
    r"|(?:raised|lowered) to)\b",
    re.I,
)
_IS_GRADED = re.compile(
    r"\b(?:is|was|are|were|has been|have been)\s{1,3}(?:again\s{1,3})?(?:graded|judged|assessed)\b"
    r"(?:\s{1,3}(?:as|to be|at|overall)){0,2}\s{1,3}[‘'“\"]?$",
    re.I,
)
_FORCE = re.compile(r"\b(?:force|constabulary|police)\b", re.I)
_YEAR = re.compile(r"\b20\d\d\b")
_TRAVEL = re.compile(
    r"\bdirection of travel\b[^.;]{0,30}?\b(?P<way>improved|improving|stable|declined|declining)\b", re.I
)
_WAYS = {"improving": "improved", "declining": "declined"}
_TO = re.compile(r"\bto\s{1,3}(?:a\s{1,3}(?:grade of\s{1,3})?)?[‘'“\"]?$", re.I)
_FROM = re.compile(
    r"\b(?:from|was|previously|had been|previous grade of|earlier)\s{1,3}(?:a\s{1,3}|graded\s{1,3})?[‘'“\"]?$",
    re.I,
)

_LONGEST_PARAGRAPH = 20_000  # characters; the longest seen in a report has 2,500


@dataclass(frozen=True)
class _Printed:
    grade: str
    direction: str
    year: int
    start: int
    end: int


@dataclass(frozen=True)
class Earlier:
    """A grade of an earlier year, printed in prose about an area that has a grade of its own."""

    named: NamedArea
    grade: str
    spans: tuple[Span, ...]


class ReinspectionReader:
    def __init__(self, document: Document, framework: Framework, names: AreaNames) -> None:
        self._document = document
        self._framework = framework
        self._names = names
        self.judgements: list[Judgement] = []
        self.earlier: list[Earlier] = []
        self.unread: list[Unread] = []
        scale = "|".join(_printed_forms(framework))
        ways = "|".join(re.escape(way.capitalize()) + "|" + re.escape(way) for way in framework.directions)
        self._mention = re.compile(
            rf"\b(?P<grade>{scale})\b[’'”\"]?"
            rf"(?:\s{{0,2}}(?:/|,|–|-|and)\s{{0,2}}[‘'“\"]?(?P<way>{ways or 'x^'})\b)?[’'”\"]?"
            r"(?:\s{1,3}(?:in|for|at)\s{1,3}(?:the\s{1,3})?(?:baseline\s{1,3})?(?P<year>20\d\d))?"
        )

    def read(self, placed: Sequence[Placed], graded: frozenset[str]) -> None:
        for at in placed:
            if at.label in FINDING_LABELS or at.label is Label.PRACTICE:
                continue
            if read_values(at.piece.text, self._framework) is not None or self._names.row(at.piece.text):
                continue
            self._read_piece(at, graded)

    def _read_piece(self, at: Placed, graded: frozenset[str]) -> None:
        if not _GRADING.search(at.piece.text):
            return
        if len(at.piece.text) > _LONGEST_PARAGRAPH:
            return
        seen_again = bool(_AGAIN.search(at.piece.text))
        for start, end in _sentences(at.piece.text):
            sentence = at.piece.text[start:end]
            if not _GRADING.search(sentence):
                continue
            areas = self._names.mentioned(sentence)
            printed = self._printed(sentence)
            if not areas and at.chapter and len(printed) == 1 and _of_the_force(sentence, printed[0]):
                areas = [at.chapter.named]
            for named in areas:
                self._read_sentence(at.piece, (start, end), named, printed, graded, seen_again)

    def _read_sentence(
        self,
        piece: Piece,
        place: Span,
        named: NamedArea,
        printed: list[_Printed],
        graded: frozenset[str],
        seen_again: bool,
    ) -> None:
        sentence = piece.text[place[0] : place[1]]
        spans = self._spans(piece, place)
        pair = _from_to(sentence, printed)
        if pair:
            way = pair[1].direction or _direction(sentence)
            self._add(named, pair[1].grade, pair[0].grade, way, spans)
        elif len(printed) == 1 and _KEPT.search(sentence) and named.area.slug not in graded:
            one = printed[0]
            self._add(named, one.grade, one.grade, one.direction, spans)
        elif not printed and _KEPT.search(sentence) and (named.area.code or seen_again):
            self._keep_unknown(named, spans)
        elif len(printed) == 1 and self._is_of_before(sentence, printed[0]):
            self.earlier.append(Earlier(named, printed[0].grade, spans))
        elif len(printed) == 1 and _REGRADED.search(sentence) and named.area.slug not in graded:
            self._add(named, printed[0].grade, "", printed[0].direction or _direction(sentence), spans)
        elif len(printed) == 1 and _told(sentence, printed[0]) and named.area.slug not in graded:
            way = printed[0].direction or _direction(sentence)
            self._add(named, printed[0].grade, "", way, spans, doubt="This grade is told in prose only.")

    def _is_of_before(self, sentence: str, printed: _Printed) -> bool:
        """Every year that the sentence names lies before this cycle."""
        years = [printed.year] if printed.year else [int(year) for year in _YEAR.findall(sentence)]
        return bool(years) and max(years) < self._framework.first_year

    def _printed(self, sentence: str) -> list[_Printed]:
        found = []
        for mention in self._mention.finditer(sentence):
            grade = self._framework.grade_named(mention["grade"])
            if grade:
                way = (mention["way"] or "").lower()
                year = int(mention["year"] or 0)
                found.append(_Printed(grade.slug, way, year, mention.start(), mention.end()))
        return found

    def _add(
        self,
        named: NamedArea,
        grade: str,
        previous: str,
        direction: str,
        spans: tuple[Span, ...],
        doubt: str = "",
    ) -> None:
        known = [j for j in self.judgements if j.area == named.area.slug]
        if any(j.grade == grade and (j.previous_grade or "") in {previous, ""} for j in known):
            return
        self.judgements.append(
            Judgement(
                area=named.area.slug,
                printed_area=named.printed,
                grade=grade,
                previous_grade=previous or None,
                direction=direction or None,
                citations=self._document.cite(spans),
                doubt=doubt,
            )
        )

    def _keep_unknown(self, named: NamedArea, spans: tuple[Span, ...]) -> None:
        if any(j.area == named.area.slug for j in self.judgements):
            return
        citations = self._document.cite(spans)
        reason = f"{named.printed} is said to keep an earlier grade, which this report does not print."
        self.unread.append(Unread(reason=reason, citations=citations))
        self.judgements.append(
            Judgement(
                area=named.area.slug, printed_area=named.printed, grade=None, citations=citations, doubt=reason
            )
        )

    def _spans(self, piece: Piece, place: Span) -> tuple[Span, ...]:
        offsets = fold_spans(self._document.text, piece.spans).offsets[place[0] : place[1]]
        if not offsets:
            return piece.spans
        first, last = offsets[0], offsets[-1] + 1
        return tuple((max(first, a), min(last, b)) for a, b in piece.spans if a < last and b > first)


def _of_the_force(sentence: str, printed: _Printed) -> bool:
    """ "The force was assessed as meeting the standard": its area is the chapter's."""
    return bool(_FORCE.search(sentence[: printed.start])) and _told(sentence, printed)


def _printed_forms(framework: Framework) -> Iterator[str]:
    """Every form of a grade: one word with its capital, several words also in small letters."""
    for grade in framework.grades:
        for name in (grade.name, *grade.aliases):
            if " " in name:
                yield rf"(?i:{re.escape(name)})"
            elif name == grade.name:
                yield re.escape(name)


def _told(sentence: str, printed: _Printed) -> bool:
    """ "was graded Good", "has been judged to be Fair": said of the force, not of a standard."""
    return bool(_IS_GRADED.search(sentence[max(0, printed.start - 50) : printed.start]))


def _direction(sentence: str) -> str:
    found = _TRAVEL.search(sentence)
    way = found["way"].lower() if found else ""
    return _WAYS.get(way, way)


def _sentences(text: str) -> Iterator[Span]:
    start = 0
    for stop in _SENTENCE.finditer(text):
        yield start, stop.end()
        start = stop.end()
    if start < len(text):
        yield start, len(text)


def _from_to(sentence: str, printed: list[_Printed]) -> tuple[_Printed, _Printed] | None:
    """The earlier and the later of two grades: by the words before them, else by their years."""
    if len(printed) != 2:
        return None
    first, second = printed
    before_first = sentence[max(0, first.start - 40) : first.start]
    before_second = sentence[max(0, second.start - 40) : second.start]
    if _FROM.search(before_first) and not _FROM.search(before_second):
        return first, second
    if _FROM.search(before_second) and _TO.search(before_first):
        return second, first
    if first.year and second.year and first.year != second.year:
        return (first, second) if first.year < second.year else (second, first)
    return None
