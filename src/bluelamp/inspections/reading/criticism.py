"""Which criticisms does a report make outside its labelled findings: the harvest for a template?

The prose (criticism_prose) is read into points (criticism_points); a point that is made again is one with more
citations, and a point that an area for improvement or a cause of concern also makes names it as its parent.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from bluelamp.documents.blocks import Span
from bluelamp.documents.citations import Citation
from bluelamp.documents.document import Document
from bluelamp.documents.sentences import split_sentences
from bluelamp.inspections.facts import Finding
from bluelamp.inspections.reading.criticism_likeness import Gathered, Likeness, content_of
from bluelamp.inspections.reading.criticism_points import Point, PointReader, Said, sentence_key
from bluelamp.inspections.reading.criticism_prose import Passage
from bluelamp.inspections.reading.criticism_sentences import strength_order
from bluelamp.lib.text import fold
from bluelamp.organisations.bodies import Body

ISSUE = "issue_of_concern"
GENERAL = "This report speaks of forces in general: the sentence names none."

_LABELLED = frozenset({"area_for_improvement", "cause_of_concern", "recommendation"})
_EXPLAINED = frozenset({"area_for_improvement"})
_PARENTS = frozenset({"area_for_improvement", "cause_of_concern"})
_SAME = 0.5  # the weight of the words that two points share, in that of the words of either
_WITHIN = 0.8  # or in that of the shorter one, where the longer is not much more
_NOT_MUCH_MORE = 0.3
_SAME_ELSEWHERE = 0.6  # in two chapters the same words may be said of two things
_TITLE_WITHIN = 0.6  # a heading says in short what the text under it says
_FEWEST_SHARED = 3
_SUPPORTS = 0.4  # how much of a finding's title a point must say to support it
_SUPPORTS_ELSEWHERE = 0.6  # where areas for improvement are listed at the end, or made in another chapter
_FEWEST_SUPPORTING = 2
_SHORT = 4  # words of content; a shorter point is within any long explanation


def read_criticism(
    document: Document, passages: Iterable[Passage], findings: Sequence[Finding], subject: Body | None
) -> list[Finding]:
    """Each criticism of the force in `passages` that is none of the labelled `findings`, in the report's order."""
    held = list(passages)
    names = frozenset(n.lower() for n in (subject.name, *subject.aliases) if n) if subject else frozenset()
    national = _speaks_of_forces(held, names)
    points = PointReader(names, _labelled_sentences(findings), national=national).read(held)
    likeness = Likeness(content_of(passage.text) for passage in held)
    merged = [each for each in _merge(points, likeness) if not each.is_title]
    parents = _Parents(findings, likeness)
    return [_make(document, each, parents, names if national else None) for each in merged]


_FORCES = re.compile(r"\bforces\b", re.I)
_THE_FORCE = re.compile(r"\b(?:the|this|your) (?:force|constabulary)\b", re.I)


def _speaks_of_forces(passages: Iterable[Passage], names: frozenset[str]) -> bool:
    """Is it a report on forces in general, whatever force it names most?"""
    many = one = 0
    for passage in passages:
        flat = passage.text.lower()
        many += len(_FORCES.findall(flat))
        one += len(_THE_FORCE.findall(flat)) + sum(flat.count(name) for name in names)
    return many > one


def _labelled_sentences(findings: Iterable[Finding]) -> frozenset[str]:
    """The sentences that a labelled finding demands or names; what explains an area for improvement is prose."""
    keys: set[str] = set()
    for finding in findings:
        if finding.type in _LABELLED:
            explained = finding.type in _EXPLAINED and finding.title
            texts = () if explained else finding.text.split("\n\n")
            for words in (finding.title, *texts, *finding.parts):
                keys.update(sentence_key(words[start:end]) for start, end in split_sentences(words))
                keys.add(sentence_key(words))
    return frozenset(keys - {""})


# Repeats -------------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Merged:
    """A point, and the other places where the report makes it."""

    point: Point
    stems: frozenset[str]
    again: list[Point] = field(default_factory=list)

    @property
    def all(self) -> list[Point]:
        return [self.point, *self.again]

    @property
    def is_title(self) -> bool:
        """Is it said in headings alone? A heading names what the prose under it says, or says nothing."""
        return all(point.is_title for point in self.all)

    @property
    def area(self) -> str:
        return next((point.area for point in self.all if point.area), "")


def _merge(points: Iterable[Point], likeness: Likeness) -> list[_Merged]:
    made: list[_Merged] = []
    gathered = Gathered()
    for point in points:
        stems = content_of(point.said[0].words)  # what leans on it tells two printings apart, not two points
        known = next(
            (
                made[at]
                for at in gathered.sharing(stems, _FEWEST_SHARED)
                if _same(made[at], point, stems, likeness)
            ),
            None,
        )
        if known is None:
            gathered.add(len(made), stems)
            made.append(_Merged(point, stems))
        else:
            known.again.append(point)
    return made


def _same(known: _Merged, point: Point, stems: frozenset[str], likeness: Likeness) -> bool:
    if known.area and point.area and known.area != point.area:
        return likeness.alike(known.stems, stems) >= _SAME_ELSEWHERE
    if known.point.under == point.under and (known.point.is_title or point.is_title):
        return likeness.within(known.stems, stems) >= _TITLE_WITHIN
    alike = likeness.alike(known.stems, stems)
    return alike >= _SAME or (alike >= _NOT_MUCH_MORE and likeness.within(known.stems, stems) >= _WITHIN)


# Parents -------------------------------------------------------------------------------------------------------


class _Parents:
    """The areas for improvement and causes of concern that a point may support."""

    def __init__(self, findings: Iterable[Finding], likeness: Likeness) -> None:
        self._likeness = likeness
        self._explaining = {
            sentence_key(finding.text[start:end]): finding
            for finding in findings
            if finding.type in _EXPLAINED and finding.title
            for start, end in split_sentences(finding.text)
        }
        self._all = [
            (finding, content_of(finding.title or finding.text), content_of(f"{finding.title} {finding.text}"))
            for finding in findings
            if finding.type in _PARENTS
        ]

    def explained_by(self, merged: _Merged) -> Finding | None:
        """The area for improvement in whose own text the point stands."""
        keys = [sentence_key(said.words) for point in merged.all for said in point.said]
        return next((self._explaining[key] for key in keys if key in self._explaining), None)

    def find(self, area: str, stems: frozenset[str]) -> Finding | None:
        """The one in the same area that says the same by its wording; one elsewhere only if nearly all of it."""
        best, most = None, 0.0
        for finding, title, whole in self._all:
            elsewhere = bool(area and finding.area and finding.area != area)
            score = self._share(stems, title)
            if not elsewhere and len(stems) > _SHORT:
                score = max(score, self._share(stems, whole))
            if score > most and score >= (_SUPPORTS_ELSEWHERE if elsewhere else _SUPPORTS):
                best, most = finding, score
        return best

    def _share(self, stems: frozenset[str], words: frozenset[str]) -> float:
        return self._likeness.within(stems, words) if len(stems & words) >= _FEWEST_SUPPORTING else 0.0


def _make(document: Document, merged: _Merged, parents: _Parents, national: frozenset[str] | None) -> Finding:
    main = max(merged.all, key=lambda point: (bool(point.area), not point.is_title))
    parent = parents.explained_by(merged) or parents.find(merged.area, merged.stems)
    named = national is None or any(name in main.words.lower() for name in national)
    return Finding(
        type=ISSUE,
        area=merged.area or (parent.area if parent else ""),
        text=fold(main.words),
        strength=max((point.strength for point in merged.all), key=strength_order().__getitem__),
        parts=tuple(fold(entry.words) for entry in main.entries),
        parent=fold(parent.title or parent.text) if parent else "",
        citations=tuple(dict.fromkeys(c for point in _main_first(merged, main) for c in _cite(document, point))),
        doubt="" if named else GENERAL,
    )


def _main_first(merged: _Merged, main: Point) -> list[Point]:
    return [main, *(point for point in merged.all if point is not main)]


def _cite(document: Document, point: Point) -> tuple[Citation, ...]:
    spans: list[Span] = []
    for said in (*point.said, *point.entries):
        spans.extend(_spans_of(document, said))
    return document.cite(spans)


def _spans_of(document: Document, said: Said) -> tuple[Span, ...]:
    block = said.passage.block
    return document.spans_within(block, said.start, said.end) or block.spans
