"""Which sentences of a report make one point of criticism?

A point is what somebody would paste into one row of a template: a sentence, with those after it that lean on it
("This means ..."). A list under words that criticise is one point if its entries only end that sentence, else one
each. What the next sentence says has been put right is no point.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from itertools import zip_longest

from bluelamp.documents.sentences import split_sentences
from bluelamp.inspections.frameworks import name_key
from bluelamp.inspections.reading.closures_asked import verdict_on_asked
from bluelamp.inspections.reading.criticism_prose import Passage, Shape
from bluelamp.inspections.reading.criticism_quotes import is_said_by_somebody
from bluelamp.inspections.reading.criticism_sentences import Verdict, Why, judge_sentence, strength_order
from bluelamp.inspections.reading.vocabulary import explains_a_term, says_nothing_found

_SHORTEST = 3  # words of a sentence
_NO_END = 14  # words; a shorter line without an end is a caption or a label
_LONGEST = 150  # words; more without a full stop is no sentence but a table that lost its cells


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence of a passage: `passage.text[start:end]`."""

    passage: Passage
    start: int
    end: int

    @property
    def words(self) -> str:
        return self.passage.text[self.start : self.end]


@dataclass(slots=True)
class Point:
    """A point of criticism and the sentences that make it."""

    said: list[Said]
    verdict: Verdict
    strength: str
    entries: list[Said] = field(default_factory=list)  # of a list that the sentence opens
    under: int = 0  # which heading of the report it stands under

    @property
    def area(self) -> str:
        return self.said[0].passage.area

    @property
    def is_title(self) -> bool:
        return self.said[0].passage.shape is Shape.TITLE

    @property
    def words(self) -> str:
        return " ".join(said.words for said in self.said)


def sentence_key(words: str) -> str:
    """What makes two printings of a sentence the same sentence."""
    return name_key(words)


_HARD = frozenset(list(strength_order())[-2:])
"""How a foreword on forces in general criticises them, where it does more than set the scene."""


@dataclass(slots=True)
class _Lead:
    """Words that open a list ("We found that officers do not:")."""

    said: Said
    verdict: Verdict
    is_labelled: bool = False
    point: Point | None = None


class PointReader:
    """Reads the passages of one report in order. `names` are the force's, in small letters."""

    def __init__(self, names: frozenset[str], labelled: frozenset[str], *, national: bool = False) -> None:
        """`labelled`: the sentences, by their key, that are findings under a label already."""
        self._names = names
        self._labelled = labelled
        self._national = national
        self._points: list[Point] = []
        self._lead: _Lead | None = None
        self._open: Point | None = None  # the point that the sentence just read belongs to
        self._recalling = self._visited = False
        self._left_open = False  # the passage says that what was recommended stays open
        self._told_before = False  # a sentence of the same passage went before
        self._under = 0

    def read(self, passages: Iterable[Passage]) -> list[Point]:
        held = list(passages)
        for passage, following in zip_longest(held, held[1:]):
            self._open, self._recalling, self._visited = None, False, False
            opens_list = following is not None and following.shape is Shape.ITEM
            if passage.shape is Shape.TITLE:
                self._under, self._lead = self._under + 1, None
                self._take(Said(passage, 0, len(passage.text)))
            elif passage.shape is Shape.ITEM and self._lead:
                self._take_entry(passage, self._lead)
            else:
                self._lead = None
                self._take_passage(passage, opens_list=opens_list)
        return self._points

    def _take_passage(self, passage: Passage, *, opens_list: bool) -> None:
        spans = _without_number(passage.text)
        self._left_open = any(verdict_on_asked(passage.text[start:end]) == "remains" for start, end in spans)
        for start, end in spans:
            said = Said(passage, start, end)
            self._told_before = start > spans[0][0]
            if opens_list and end == spans[-1][1] and said.words.rstrip().endswith(":"):
                self._lead = _Lead(said, self._judge(said), self._is_labelled(said))
            else:
                self._take(said)

    def _take_entry(self, passage: Passage, lead: _Lead) -> None:
        """An entry counts as the words that open its list: all criticised, all asked for, or each by itself."""
        wished_for = lead.verdict.bearing.ends_supposed and lead.verdict.why is not Why.CRITICISM
        if wished_for or lead.is_labelled:
            return
        is_rest = passage.text[:1].islower() or not passage.text.rstrip().endswith((".", "!", "”", "’", '"'))
        if lead.verdict.why is not Why.CRITICISM:
            self._take_passage(passage, opens_list=False)
        elif is_rest:
            if lead.point is None:
                lead.point = self._add([lead.said], lead.verdict)
            lead.point.entries.append(Said(passage, 0, len(passage.text)))
        else:
            self._take_passage(passage, opens_list=False)
            if self._open is None and (spans := _without_number(passage.text)):
                self._add([Said(passage, *spans[0])], lead.verdict)

    def _is_labelled(self, said: Said) -> bool:
        return sentence_key(said.words) in self._labelled

    def _judge(self, said: Said) -> Verdict:
        return judge_sentence(said.words, self._names, national=self._national)

    def _take(self, said: Said) -> None:
        words = said.words
        if (
            not _is_sentence(said)
            or self._is_labelled(said)
            or explains_a_term(words)
            or says_nothing_found(words)
            or is_said_by_somebody(words)
            or (self._left_open and _POSITION.fullmatch(words))
        ):
            self._open = None
            return
        verdict = self._judge(said)
        if self._is_left_out(said, verdict):
            self._open = None
        elif verdict.why is Why.CRITICISM:
            if self._open and (verdict.bearing.leans or verdict.bearing.is_example):
                self._join(self._open, said, verdict.strength)
            else:
                self._open = self._add([said], verdict)
        elif verdict.bearing.mends:
            self._forget_mended()
        elif self._turns_against(verdict):
            self._open = self._add([said], replace(verdict, strength=next(iter(strength_order()))))
        elif (
            self._open
            and (verdict.bearing.is_consequence or (verdict.bearing.goes_on and not verdict.bearing.is_bright))
            and verdict.why is Why.NOTHING
            and not verdict.bearing.ends_supposed
        ):
            self._join(self._open, said, "")
        else:
            self._open = None

    def _turns_against(self, verdict: Verdict) -> bool:
        """After words that find no fault, "By contrast, ..." finds one, though none of its own words does."""
        bearing = verdict.bearing
        plain = verdict.why is Why.NOTHING and not bearing.is_bright and not bearing.ends_supposed
        return bearing.turns and plain and self._open is None and self._told_before

    def _is_left_out(self, said: Said, verdict: Verdict) -> bool:
        """Is it a judgment said again, a scene that does not name the force, or more of what is recalled?"""
        bearing = verdict.bearing
        if bearing.recalls_visit and verdict.why is not Why.CRITICISM:
            self._visited = True
        if verdict.why is Why.RECALLED:
            self._recalling = True
            return True
        if bearing.is_past and (self._visited or (self._recalling and not bearing.is_found_now)):
            return True
        if bearing.is_of_today or bearing.is_found_now:
            self._recalling = self._visited = False
        if verdict.is_judgment and (
            said.passage.area or any(said.words.lower().startswith(n) for n in self._names)
        ):
            return True
        told_of_all = self._national and verdict.strength in _HARD
        return said.passage.in_context and not bearing.names_the_force and not told_of_all

    def _add(self, said: list[Said], verdict: Verdict) -> Point:
        point = Point(said, verdict, verdict.strength, under=self._under)
        self._points.append(point)
        return point

    def _join(self, point: Point, said: Said, strength: str) -> None:
        point.said.append(said)
        if strength and strength_order()[strength] > strength_order()[point.strength]:
            point.strength = strength

    def _forget_mended(self) -> None:
        """The criticisms that run up to here, in this passage, have been put right."""
        last = self._open
        while last is not None and self._points and self._points[-1] is last:
            before = self._points.pop()
            last = self._points[-1] if self._points and _run_on(self._points[-1], before) else None
        self._open = None


_POSITION = re.compile(
    r"(?:the|this) (?:position|situation|picture)"
    r" (?:(?:has|had)(?: not|n[’']t)(?: yet)? (?:improved|changed|moved on)"
    r"|(?:is|remains) (?:unchanged|the same|no better))"
    r"(?: since (?:then|20\d\d|our last (?:visit|inspection)))?\.?",
    re.I,
)
"""Part of the verdict that something stays open, and no fault by itself."""
_NUMBER = re.compile(r"(?:[A-Z]{1,2}\d{1,3}|\d{1,3}(?:\.\d{1,3}){1,2})[.)]?\s+(?=[A-Z‘“'\"])")


def _without_number(text: str) -> list[tuple[int, int]]:
    """The sentences of a passage, the paragraph's own number left out ("3.14", "S21")."""
    number = _NUMBER.match(text)
    start = number.end() if number else 0
    return [(start + a, start + b) for a, b in split_sentences(text[start:])]


def _is_sentence(said: Said) -> bool:
    words = len(said.words.split())
    if said.words.rstrip().endswith("?") or not _SHORTEST <= words <= _LONGEST:
        return False
    if said.start == 0 and _KEY.match(said.words):
        return False
    unended = said.words.rstrip()[-1:] not in ".!:;”’\"')"
    return not (unended and words < _NO_END and said.passage.shape is Shape.TEXT)


_KEY = re.compile(r"(?:[a-z]/[a-z]{1,2}|[*†‡#]{1,3}|\.\.)\s*[:=–]\s", re.I)
"""What a sign in a table stands for ("n/k: not known")."""


def _run_on(one: Point, other: Point) -> bool:
    """Does one point end in the passage where the other begins, with nothing between?"""
    last, first = one.said[-1], other.said[0]
    return last.passage is first.passage and not last.passage.text[last.end : first.start].strip()
