"""Does a sentence find fault with the force, how hard, and if not, why not?

A sentence is read word by word against the vocabulary. A word that finds fault counts unless something takes its
force away: it is denied ("no backlogs"), mended ("cleared the backlog"), only supposed ("if delays happen"),
wished for, planned, recalled, or said of others. Nothing here weighs or learns: each rule has its test.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from bluelamp.inspections.reading.criticism_faults import Cue, find_cues, find_faint_cues
from bluelamp.inspections.reading.criticism_pardons import (
    OPENING,
    find_void,
    recalls_a_visit,
    recalls_earlier,
    speaks_of_others,
)
from bluelamp.inspections.reading.criticism_sentence import JOINS, Sentence, places_of
from bluelamp.inspections.reading.criticism_words import is_number, load_words, words_of

LONGEST = 200
"""Words of the longest sentence that is judged: more without a stop is a table that lost its cells."""


_SCALE = 4  # grades in one sentence that print the scale


class Why(StrEnum):
    """What a sentence does."""

    CRITICISM = "criticism"
    NOTHING = "nothing"  # it finds no fault
    OTHERS = "others"  # it speaks of other forces, or of all
    RECALLED = "recalled"  # it tells what an earlier inspection had found
    RESOLVED = "resolved"  # what it speaks of has been put right


@dataclass(frozen=True, slots=True, kw_only=True)
class Bearing:
    """How a sentence hangs on its neighbours."""

    leans: bool = False  # it opens with "This", "They", "As a result"
    is_consequence: bool = False  # and tells what follows from what was said
    is_example: bool = False
    goes_on: bool = False  # an example, or of those that were just spoken of
    mends: bool = False  # it says that what was said before has been put right
    is_past: bool = False  # no verb of it is of today
    is_of_today: bool = False  # some verb of it is
    is_found_now: bool = False  # it says that this inspection found it
    recalls_visit: bool = False  # it says that inspectors came on an earlier day
    ends_supposed: bool = False  # what follows it is only wished for, planned or supposed
    names_the_force: bool = False
    turns: bool = False  # it says that what it tells is not as what was told before
    is_bright: bool = False  # it praises, plans or tells what was put right


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """`strength` is "" where there is no criticism."""

    why: Why
    strength: str = ""
    is_demand: bool = False  # it only asks for better
    is_judgment: bool = False  # it only says a grade again
    bearing: Bearing = Bearing()


def judge_sentence(words: str, names: frozenset[str] = frozenset(), *, national: bool = False) -> Verdict:
    """What one sentence does. `names`: the force's, in small letters.

    With `national` the report speaks of forces in general, and so may the sentence.
    """
    if len(words.split()) > LONGEST:
        return Verdict(why=Why.NOTHING)
    sentence = Sentence(words, names)
    if _prints_a_scale(sentence):
        return Verdict(why=Why.NOTHING)
    void = find_void(sentence)
    bearing = _find_bearing(sentence, void)
    if not national and speaks_of_others(sentence):
        return Verdict(why=Why.OTHERS, bearing=bearing)
    cues = find_cues(sentence, void)
    if recalls_earlier(sentence):
        cues = _said_again(sentence, cues)
        if not cues:
            return Verdict(why=Why.RECALLED, bearing=bearing)
    cues = _left_open(sentence, cues) or find_faint_cues(sentence, void)
    if not cues:
        return Verdict(why=Why.RESOLVED if sentence.at("resolved") else Why.NOTHING, bearing=bearing)
    return Verdict(
        why=Why.CRITICISM,
        strength=_strength(sentence, cues),
        is_demand=all(cue.demand for cue in cues),
        is_judgment=_only_grades(sentence, cues),
        bearing=bearing,
    )


def _prints_a_scale(sentence: Sentence) -> bool:
    """The grades explained, or how many cases came under each ("good in 6, ... inadequate in 12")."""
    named = words_of("grade_names") & set(sentence.tokens)
    requires = any(
        a.startswith("requir") and b == "improvement"
        for a, b in zip(sentence.tokens, sentence.tokens[1:], strict=False)
    )
    counts = sum(is_number(token) for token in sentence.tokens)
    return len(named) >= _SCALE or (requires and counts >= _GRADES_COUNTED and not named.isdisjoint(_GOOD))


_GRADES_COUNTED = 2
_GOOD = frozenset({"good", "outstanding", "adequate"})


def _find_bearing(sentence: Sentence, void: frozenset[int]) -> Bearing:
    first = 1 if sentence.tokens[:1] and sentence.tokens[0] in JOINS else 0
    leans = bool(sentence.starts("leaning") & {0, first})
    moved = bool(sentence.starts("rises", "falls")) and bool(sentence.at("compared"))
    told = any(at <= OPENING for at in sentence.starts("consequences"))
    since = sentence.at("mended_since")
    return Bearing(
        leans=leans,
        is_consequence=leans and (told or moved),
        is_example=bool(sentence.starts("examples") & {0, 1}),
        goes_on=bool(sentence.starts("examples", "going_on") & {0, 1}),
        mends=bool(since) and not sentence.is_denied(since[0].start),
        is_past=sentence.is_past,
        is_of_today=sentence.is_of_today,
        is_found_now=bool(sentence.at("found_now")),
        recalls_visit=recalls_a_visit(sentence),
        ends_supposed=sentence.last_word in void or bool(sentence.at("demands")),
        names_the_force=sentence.names_the_force,
        turns=(sentence.tokens[:1] in (["but"], ["yet"]) or bool(sentence.at("turning")))
        and not sentence.at("announcing"),
        is_bright=bool(sentence.starts("praise", "plans", "resolved") - sentence.neutral),
    )


def _said_again(sentence: Sentence, cues: Sequence[Cue]) -> list[Cue]:
    """Of a recalled sentence only what comes after words that say that it still is so."""
    told = max(min(sentence.starts(tag), default=0) for tag in ("recalled", "inspectors"))
    again = min((at for at in sentence.starts("persisting") if at > told), default=None)
    return [] if again is None else [cue for cue in cues if cue.at >= again]


def _left_open(sentence: Sentence, cues: Sequence[Cue]) -> list[Cue]:
    """The faults that are not in a part which says that they were put right."""
    closed = {sentence.parts[hit.start] for hit in sentence.at("resolved") if not sentence.is_denied(hit.start)}
    worse = {sentence.parts[hit.start] for hit in sentence.at("persisting")}
    return [cue for cue in cues if sentence.parts[cue.at] not in closed or sentence.parts[cue.at] in worse]


def _only_grades(sentence: Sentence, cues: Sequence[Cue]) -> bool:
    """Is a grade, of some area or of the whole, all that is said?"""
    grades = places_of(sentence.at("grade_words"))
    return bool(grades) and all(cue.at in grades for cue in cues)


@lru_cache(maxsize=1)
def strength_order() -> dict[str, int]:
    """The strengths from the mildest, each with its place."""
    return {strength.slug: place for place, strength in enumerate(load_words().strengths)}


def _strength(sentence: Sentence, cues: Sequence[Cue]) -> str:
    """The hardest word's; a reservation takes all but the mildest and the hardest one step down."""
    order = list(strength_order())
    level = max(order.index(cue.strength) for cue in cues)
    hedged = bool(sentence.starts("hedges") - sentence.neutral) or _denies_in_part(sentence)
    return order[level - 1 if hedged and 0 < level < len(order) - 1 else level]


def _denies_in_part(sentence: Sentence) -> bool:
    """ "Not always", "not all", "not every case"."""
    partly = sentence.starts("partly")
    return any(hit.end in partly or hit.end + 1 in partly for hit in sentence.at("denials"))
