"""Does a sentence say that a force's data is not there: not provided, left out of a graph, excluded from a rate?

A sentence may name many forces, and say of some that they gave no data. So each phrase that says so is tied to
the forces that stand nearest to it in its own clause.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bluelamp.inspections.reading.about_clauses import Clause, find_clauses
from bluelamp.inspections.reading.about_exclusion_words import (
    may_exclude,
    phrase_but_for,
    phrase_cannot_give,
    phrase_data_not_there,
    phrase_left_out,
    phrase_not_there,
    phrase_pointing_back,
    says_asked,
    says_gave,
    says_there_next,
    word_asked_for,
    word_data,
    word_shown,
)
from bluelamp.inspections.reading.about_lists import split_runs
from bluelamp.inspections.reading.about_names import Name


@dataclass(frozen=True, slots=True)
class Exclusion:
    """`subject`: what is not there, in the sentence's words; "" where it says no more than "this data"."""

    subject: str
    start: int  # of the phrase


def find_exclusion(text: str, names: Sequence[Name], code: str, *, of_figure: bool) -> Exclusion | None:
    """The first phrase that says it of the force `code`. `of_figure`: the words are a figure's or its note's."""
    if len(text) > _LONGEST or not may_exclude().search(text):
        return None
    for clause in find_clauses(text, names):
        for search in (_find_cannot_give, _find_not_there, _find_left_out, _find_but_for):
            for position, run in search(clause, of_figure):
                if run and any(name.code == code for name in run):
                    return Exclusion(_subject(clause, position), position)
    return None


_LONGEST = 10_000  # characters: longer than any sentence, and than any list of 43 forces


def says_exclusion(text: str, *, of_figure: bool) -> bool:
    """Does it say so of forces that it does not name ("The following forces could not provide this data:")?"""
    for clause in find_clauses(text, ()):
        if any(
            True
            for search in (_find_cannot_give, _find_not_there, _find_left_out)
            for _ in search(clause, of_figure)
        ):
            return True
    return False


def points_back(text: str, names: Sequence[Name]) -> bool:
    """Does it list the forces of which the sentence before spoke ("These were Kent and ...")?"""
    found = phrase_pointing_back().match(text)
    if not found or not names:
        return False
    listed = any(len(run) > 1 for run in split_runs(text, names))
    plain = found[0].lower().startswith("they")
    return names[0].start - found.end() <= (_NEXT if plain or not listed else _SOON)


_NEXT, _SOON = 25, 80  # characters between "These included" and the first of the forces


def subject_named(text: str) -> str:
    """What the data is of that a sentence says is not there; "" where it does not say."""
    for clause in find_clauses(text, ()):
        for search in (_find_cannot_give, _find_not_there, _find_left_out):
            for position, _ in search(clause, True):
                return _subject(clause, position)
    return ""


Found = list[tuple[int, tuple[Name, ...] | None]]

# -- could not provide ------------------------------------------------------------------------------------


def _find_cannot_give(clause: Clause, of_figure: bool) -> Found:
    found: Found = []
    for match in phrase_cannot_give().finditer(clause.text, clause.start):
        if _OR.search(clause.text[max(0, match.start() - 6) : match.start()]):
            continue  # "managed none, or were unable to specify the number": it may be the one or the other
        if match["be"]:
            if word_data().search(clause.text, clause.start, match.start()) or of_figure:
                found.append((match.end(), _agent(clause, match.end()) or clause.before(match.start())))
        elif _is_of_data(clause, match.end(), of_figure):
            run = clause.before(match.start()) or clause.after(match.end())
            found.append((match.end(), run))
    return found


_OR = re.compile(r"\bor\s(?:they\s)?$")


def _agent(clause: Clause, position: int) -> tuple[Name, ...] | None:
    by = _BY.match(clause.text, position)
    return clause.after(by.end(), 60) if by else None


_BY = re.compile(r"\s(?:to\sus\s)?(?:by|for|from)\s(?:the\s)?|\s?[:(]\s?")


def _is_of_data(clause: Clause, position: int, of_figure: bool) -> bool:
    """Is what was not given data? "It could not provide this" at the end of a clause is."""
    window = clause.text[position : min(clause.end, position + _REACH)]
    if _THIS_ALONE.match(window):
        return True
    data = word_data().search(window)
    if data and len(window[: data.start()].split()) <= _WORDS_TO_DATA:
        return True
    asked = of_figure or says_asked().search(clause.text, clause.start)
    weak = word_asked_for().search(window) if asked else None
    return weak is not None and len(window[: weak.start()].split()) <= _WORDS_TO_DATA


_REACH = 120
_WORDS_TO_DATA = 7
_THIS_ALONE = re.compile(
    r"\s(?:us\s)?(?:with\s)?(?:this|these|it|them|any)(?=\s*(?:$|[.,;:)]|(?:and|so|therefore|because|for|in|at)\s))"
)


# -- no data for ------------------------------------------------------------------------------------------


def _find_not_there(clause: Clause, of_figure: bool) -> Found:
    found: Found = []
    for match in phrase_not_there().finditer(clause.text, clause.start):
        words = match[0].lower()
        rest = clause.text[match.end() : min(clause.end, match.end() + _REACH)]
        if words.startswith(("no ", "nil ")) and not _NONE_THERE.match(rest):
            continue
        if words.endswith(_OPEN_ENDS) and not says_there_next().match(rest):
            continue
        if words.startswith("information") and not (of_figure or says_asked().search(clause.text, clause.start)):
            continue
        if words in _BARE and not (of_figure or word_data().search(clause.text, clause.start, match.start())):
            continue
        found.append((match.end(), _nearest(clause, match)))
    for match in phrase_data_not_there().finditer(clause.text, clause.start):
        found.append((match.end(), _nearest(clause, match)))
    return found


_OPEN_ENDS = (" not", "n't", " be", " been", "n’t")
_BARE = ("not supplied", "not provided", "not submitted", "not returned")
_NONE_THERE = re.compile(
    r"\s*(?:$|[.,;:)]|(?:for|from|by)\s|(?:on|about)\s[^.;]{0,90}\s(?:for|from|by)\s"
    r"|(?:was|were|is|are|has been|have been)\s(?:available|provided|supplied|received|submitted|returned|given)"
    r"|(?:available|provided|supplied|received|returned)\b)"
)


def _nearest(clause: Clause, match: re.Match[str]) -> tuple[Name, ...] | None:
    """ "Kent: data not supplied"; "no data from Kent"; "Data was not available for Kent"; "Missing data: Kent"."""
    follows = _FOR.search(clause.text, match.end(), min(clause.end, match.end() + _REACH))
    after = clause.after(follows.end(), 40) if follows else None
    return after or clause.before(match.start()) or clause.after(match.end())


_FOR = re.compile(r"\s(?:for|from|by)\s(?:the\s)?|\s?[:(–—]\s?")


# -- excluded from this graph -----------------------------------------------------------------------------


def _find_left_out(clause: Clause, of_figure: bool) -> Found:
    found: Found = []
    for match in _WE_LEFT_OUT.finditer(clause.text, clause.start):
        if of_figure or word_shown().search(clause.text, match.end(), clause.end):
            found.append((match.end(), clause.after(match.end(), _AFTER_WE)))
    for match in phrase_left_out().finditer(clause.text, clause.start):
        ahead = word_shown().search(clause.text, match.end(), clause.end) is not None
        if not (of_figure or ahead or _shown_in(clause, match.start())) or _by_force(clause, match.end()):
            continue
        active = _ACTIVE.fullmatch(match[0])
        if match[0].lower() in _PARTICIPLES and not _is_passive(clause, match):
            continue
        after = clause.after(match.end(), 60)
        run = after if active else clause.before(match.start()) or after
        found.append((match.end(), run))
    return found


_WE_LEFT_OUT = re.compile(
    r"\b(?:we|HMIC|HMICFRS)\s(?:have\s|had\s|also\s|therefore\s)*(?:(?:excluded|omitted|removed|left\sout)"
    r"|(?:could\snot|cannot|have\snot|did\snot|were\sunable\sto|were\snot\sable\sto)\s(?:include|use|show|count)d?)\b",
    re.I,
)
_AFTER_WE = 80
_PARTICIPLES = ("excluded", "omitted", "left out", "disregarded", "discounted", "removed from")
_ACTIVE = re.compile(r"do(?:es)?\s+not\s+include", re.I)
_BE = re.compile(r"\b(?:is|are|was|were|be|been|being|all|both|forces|therefore|also|thus|hence)\s+$", re.I)
_OPEN_PASSIVE = re.compile(r"\s*(?:$|[.,;:)(]|(?:from|as|because|due|owing|since|for|in|and|on)\b)", re.I)


def _shown_in(clause: Clause, position: int) -> bool:
    return word_shown().search(clause.text, clause.start, position) is not None


def _is_passive(clause: Clause, match: re.Match[str]) -> bool:
    """ "Kent was excluded from", "Kent excluded as no data": not "Kent excluded forty cases"."""
    if _BE.search(clause.text[max(0, match.start() - 12) : match.start()]):
        return True
    return _OPEN_PASSIVE.match(clause.text, match.end(), clause.end) is not None


def _by_force(clause: Clause, position: int) -> bool:
    return re.compile(r"\sby\s(?:the\s)?[A-Z]").match(clause.text, position) is not None


# -- all but --------------------------------------------------------------------------------------------


def _find_but_for(clause: Clause, of_figure: bool) -> Found:
    """ "Excluding Kent, the average is 12"; "All forces except Kent provided data"."""
    found: Found = []
    if phrase_cannot_give().search(clause.text, clause.start):  # "all but Kent could not": Kent could
        return found
    for match in phrase_but_for().finditer(clause.text, clause.start):
        strong = match[0].lower().startswith(("exclud", "omit"))
        says_data = word_data().search(clause.text, clause.start) or (
            strong and word_shown().search(clause.text, clause.start)
        )
        gave = says_gave().search(clause.text, clause.start)
        if (strong and (of_figure or says_data)) or (says_data and (of_figure or gave)):
            found.append((match.end(), clause.after(match.end(), _AFTER_BUT)))
    return found


_AFTER_BUT = 25


# -- what is not there ------------------------------------------------------------------------------------

_OBJECT = re.compile(
    r"\b((?:the\s)?(?:data|datasets?|figures|information|numbers?|breakdowns?|statistics|returns?|estimates?|details)"
    r"\s(?:on|about|relating\sto|regarding|concerning|of|showing|for(?!\s(?:the\s)?(?:\d|one|two|three|four|five|six|some|all|part|any|this|these|that|year|period|same"
    r"|whole|last|first|second|(?:\w+\s)?(?:months?|years?|quarters?)|(?-i:[A-Z]))))"
    r"\s[^.;:]{3,220}|how\s(?:many|often|much)\s[^.;:]{3,200})",
    re.I,
)
_ASKS = re.compile(r"\bhow\s(?:many|often|much)\b", re.I)
_OBJECT_END = re.compile(
    r"(?:,?\s(?:could|was|were|is|are|has|have|had|cannot|can|so|therefore|and\s(?:is|are|was|were|has|have|therefore|so|could)"
    r"|because|as\s(?:data|they|it)|which|who|but|for\sthis|in\stime|by\sthe\sdeadline|when\s(?:we|inspectors|asked))\b|,\s|\s\().*$",
    re.I | re.S,
)
_SIGN = re.compile(r"(?:(?<=[a-z])\d{1,3}|[¹²³⁴⁵⁶⁷⁸⁹⁰]+)?[\s.,;:]*$")


def _subject(clause: Clause, position: int) -> str:
    """The object that the clause names: "data on X"; "" where it is only "this data"."""
    found = _OBJECT.search(clause.text, position) or _OBJECT.search(clause.text, clause.start)
    if not found:
        return ""
    asks = found[1].lower().startswith("how")
    if _OF_THIS.search(found[1]):
        return ""
    words = found[1].split(", ")[0] if asks or _ASKS.search(found[1]) else _OBJECT_END.sub("", found[1])
    return _SIGN.sub("", words).strip() if len(words.split()) > _FEWEST else ""


_FEWEST = 2
_OF_THIS = re.compile(r"^(?:the\s)?\w+\s(?:on|about|for|of)\s(?:this|these|that|it|them)\b", re.I)
_ANAPHORIC = re.compile(r"\s(?:us\s)?(?:with\s)?(?:this|these|that|those|the|such|it|them|any)\b", re.I)


def speaks_of_this(text: str, exclusion: Exclusion) -> bool:
    """Does it say only "this data", so that what is meant stands before it?"""
    return _ANAPHORIC.match(text, exclusion.start) is not None
