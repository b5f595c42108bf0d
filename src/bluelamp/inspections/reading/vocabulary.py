"""What do the headings of an inspection report announce?"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from bluelamp.inspections.frameworks import name_key
from bluelamp.lib.definitions import SHIPPED, read_definition


class Role(StrEnum):
    """What stands under a head."""

    AREA_FOR_IMPROVEMENT = "area_for_improvement"
    CAUSE_OF_CONCERN = "cause_of_concern"
    RECOMMENDATION = "recommendation"
    MAIN_FINDINGS = "main_findings"
    INNOVATIVE = "innovative"
    PROMISING = "promising"
    NOTABLE = "notable"
    OVERALL = "overall"  # the judgment of a whole pillar
    RECALLED = "recalled"  # what an earlier inspection had said
    OTHER = "other"  # a part of a chapter that makes no findings of its own
    OUTSIDE = "outside"  # a part of the report that belongs to no area


PRACTICES = frozenset({Role.INNOVATIVE, Role.PROMISING, Role.NOTABLE})
CLAIMED = frozenset(Role) - {Role.OTHER, Role.OUTSIDE, Role.OVERALL, Role.RECALLED}


@dataclass(frozen=True, kw_only=True)
class HeadWords:
    role: Role
    phrases: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Vocabulary:
    """The field's standing words, from definitions/vocabularies/inspection-heads.yaml."""

    heads: tuple[HeadWords, ...]
    recalling: tuple[str, ...]
    announcing: tuple[str, ...]
    explaining: tuple[str, ...]
    nothing: tuple[str, ...]
    ungraded: tuple[str, ...]
    verbs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Head:
    """A head that was understood: its role, and what it prints beside the standing phrase."""

    role: Role
    number: str = ""
    rest: str = ""
    rest_at: int = 0  # where `rest` begins in the head's words


@lru_cache(maxsize=1)
def load_vocabulary() -> Vocabulary:
    return read_definition(SHIPPED / "vocabularies" / "inspection-heads.yaml", Vocabulary)


@lru_cache(maxsize=1)
def _roles() -> dict[str, Role]:
    return {name_key(phrase): words.role for words in load_vocabulary().heads for phrase in words.phrases}


_NUMBERED = re.compile(r"^\s*(?:\(?\d{1,2}(?:\.\d{1,2}){0,2}[.)]?|annex [a-z]|part \d{1,2})\s*[:.–—-]?\s+", re.I)
_QUALIFIED = re.compile(r"\s*(?:(?:new|accelerated|further|additional|urgent),?\s+(?:and\s+)?){1,3}", re.I)
_NOTE_SIGN = re.compile(r"(?<=[a-z])\d{1,2}$")
_WORD = re.compile(r"[^\s:–—-]+(?:-\w+)*")
_NUMBER_AFTER = re.compile(
    r"\s*(?:no\.?|number)?\s*\(?(\d{1,3}(?:\.\d{1,2}|[a-z])?|[A-Z]\d{0,2})(?!\w)(?=\s*(?:$|[:.()–—-]|of \d))\)?",
    re.I,
)
_ADDRESSED = re.compile(r"\s*\((?:to|for|all)\b[^()]{1,60}\)\s*", re.I)
_NUMBERS = re.compile(r"\s*\d{1,3}(?:\s*(?:,|and|&|to|–|-)\s*\d{1,3}){1,12}\s*")
_JOIN = re.compile(r"\s*(?:[:–—-]|\bof \d{1,3}\b)\s*")
_LONGEST_HEAD = 16  # words


def read_head(words: str) -> Head | None:
    """What `words` announce if they are a head of a known kind, else None.

    "Recommendation 3" has a number; "Areas for improvement: investigating crime" and "Cause of concern –
    domestic abuse" go on. Words that merely begin alike ("Areas for improvement were found") are no head.
    """
    if len(words) > 200 or len(words.split()) > _LONGEST_HEAD:
        return None
    whole = _whole_head(words)
    if whole:
        return whole
    return _continued_head(words)


def _whole_head(words: str) -> Head | None:
    plain = _NOTE_SIGN.sub("", words)  # "Overall judgment3" with a footnote's number
    role = _roles().get(name_key(plain)) or _roles().get(name_key(_NUMBERED.sub("", plain)))
    if role is None and (match := _QUALIFIED.match(plain)):
        role = _roles().get(name_key(plain[match.end() :]))
        role = role if role in CLAIMED else None
    return Head(role) if role else None


def _continued_head(words: str) -> Head | None:
    start = match.end() if (match := _NUMBERED.match(words)) else 0
    start = match.end() if (match := _QUALIFIED.match(words, start)) else start
    ends = [m.end() for m in _WORD.finditer(words, start)][:6]
    for end in reversed(ends):
        role = _roles().get(name_key(words[start:end]))
        if role is None:
            continue
        number = _NUMBER_AFTER.match(words, end)
        position = number.end() if number else end
        join = _JOIN.match(words, position)
        rest = words[join.end() :] if join else words[position:]
        printed_number = number[1] if number else ""
        if not rest.strip() or (role in CLAIMED and (_ADDRESSED.fullmatch(rest) or _NUMBERS.fullmatch(rest))):
            return Head(role, printed_number)
        if not join:  # the sentence merely goes on
            return Head(Role.RECALLED) if _recalls(rest) and role in CLAIMED else None
        if role not in CLAIMED:
            inner = read_head(rest)  # "Annex: Recommendations"
            return inner if inner and inner.role in CLAIMED else Head(role)
        if _recalls(rest):
            return Head(Role.RECALLED)
        if name_key(rest) in _announcing():
            return Head(Role.OUTSIDE)
        return Head(role, printed_number, rest.strip(), join.end())
    return None


_OF_A_YEAR = re.compile(
    r"(?:(?:made|issued|given|set) )?(?:from|in|of|by) (?:(?:the|our) )?(?:[a-z]{3,12} )?(?:19|20)\d\d\b", re.I
)
"""Which report they stood in: "Recommendations from the 2021 inspection"."""


def _recalls(words: str) -> bool:
    lowered = words.lower()
    named = any(word in lowered for word in load_vocabulary().recalling)
    return named or _OF_A_YEAR.match(words.strip(" :–-")) is not None


@lru_cache(maxsize=1)
def _announcing() -> frozenset[str]:
    return frozenset(map(name_key, load_vocabulary().announcing))


def explains_a_term(words: str) -> bool:
    """Does the passage say what a cause of concern (or the like) is, rather than state one?"""
    lowered = words.lower()
    return any(phrase in lowered for phrase in load_vocabulary().explaining)


def says_nothing_found(words: str) -> bool:
    lowered = words.lower().strip(" .")
    vocabulary = load_vocabulary().nothing
    return lowered in vocabulary or (len(lowered) < 200 and any(p in lowered for p in vocabulary if " " in p))


def says_ungraded(words: str) -> bool:
    return name_key(words) in {name_key(phrase) for phrase in load_vocabulary().ungraded}


_CAPTION = re.compile(
    r"^(?:figure|chart|table|graph|map|source)\b"
    r"|^(?:[^:]{0,60}: )?(?:the )?(?:number|proportion|percentage|rate)s? of\b",
    re.I,
)
_SUBJECT = re.compile(
    r"^(?:[Tt]he (?:force|workforce|constabulary|service)|It|They|There"
    r"|(?:(?:Most|Some|All) )?(?:[Oo]fficers|[Ss]taff|[Ss]upervisors|[Ll]eaders|[Vv]ictims)"
    r"|(?:[A-Z][\w'-]*(?:,? (?:and|&))? ){1,4}(?:Police|Constabulary)) [a-z]+"
)


@lru_cache(maxsize=1)
def _finite() -> re.Pattern[str]:
    return re.compile(r"\b(?:" + "|".join(map(re.escape, load_vocabulary().verbs)) + r")\b", re.I)


def is_sentence(words: str) -> bool:
    """Does the heading state something ("The force needs to ...") rather than name a topic?"""
    flat = words.replace("’", "'")
    if len(flat.split()) < _SENTENCE_WORDS or flat.rstrip().endswith("?") or _CAPTION.match(flat):
        return False
    return _SUBJECT.match(flat) is not None or (len(flat.split()) > 3 and _finite().search(flat) is not None)


_SENTENCE_WORDS = 3


def is_caption(words: str) -> bool:
    """Does it name a figure or a table, or what one counts?"""
    return _CAPTION.match(words.replace("’", "'")) is not None


_TOPIC = re.compile(r"^(?:\w+ing|how|what|why|our|use|data|case)\b", re.I)
_STATEMENT_WORDS = 6


def states_something(words: str) -> bool:
    """Is it a heading that tells a finding, where findings are what is told? A long one that names no topic is."""
    if is_sentence(words):
        return True
    told = len(words.split()) >= _STATEMENT_WORDS and not words.rstrip().endswith("?")
    return told and not _TOPIC.match(words) and not _CAPTION.match(words)


_DEMAND = re.compile(
    r"\b(?:should|must|shall|needs? to|ought to|recommends?|is required to|are required to)\b", re.I
)


def is_demand(words: str) -> bool:
    return _DEMAND.search(words) is not None
