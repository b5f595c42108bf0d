"""What does a revisit say became of a cause of concern, or of what was recommended?"""

from __future__ import annotations

import re
from collections.abc import Generator, Iterator
from dataclasses import dataclass, replace
from itertools import zip_longest

from bluelamp.documents.citations import Citation
from bluelamp.documents.document import Document
from bluelamp.inspections.facts import Closure
from bluelamp.inspections.frameworks import name_key
from bluelamp.inspections.reading.closures_asked import asked_about, says_asked, verdict_on_asked
from bluelamp.inspections.reading.closures_tables import read_closures_table
from bluelamp.inspections.reading.deadlines import find_day
from bluelamp.inspections.reading.peel_outline import PieceKind, Section
from bluelamp.inspections.reading.peel_words import Words, find_sentences
from bluelamp.inspections.reading.vocabulary import Role, explains_a_term, is_demand

_CONCERN = r"causes? (?:of|for) concern"
_NAMED = re.compile(rf"\b{_CONCERN}\b", re.I)
_SHUT = r"(?:closed?|closing|discharged?|discharging|lifted|lift|removed?|removing|signed off|withdrawn)"
_CONDITION = re.compile(
    r"\b(?:before|until|when|once|if|in order to|so that|can only|will only|(?-i:may)|might|could|would|how to"
    r"|working towards?|plan(?:s|ned)? to|expects? to|consider(?:ing)? (?:whether|closing)|decide whether)\b",
    re.I,
)
_REMAINS = re.compile(
    rf"\b{_CONCERN}\b[^.]{{0,160}}?\b(?:remains?|still (?:stands|applies|open)|stays?"
    r"|will (?:stay|remain|continue)"
    rf"|(?:is|are|was|has|have) (?:therefore |yet )?(?:not|n't)(?: yet| been| therefore){{0,2}} {_SHUT})\b"
    r"|\b(?:not|unable to|cannot|can't|too early to|aren't|isn't|haven't|hasn't)"
    rf"(?: yet| therefore| in a position to| able to| ready to| been){{0,3}} {_SHUT}\b[^.]{{0,80}}?\b{_CONCERN}\b",
    re.I,
)
_CLOSED = re.compile(
    rf"\b{_CONCERN}\b[^.]{{0,160}}?\b(?:is|are|was|were|been|be|now|therefore|can|considered) "
    rf"(?:now |therefore |formally |fully )?{_SHUT}\b"
    r"|\b(?:we|I|have|has|are|now|am|inspectorate|HMICFRS|HMIC) (?:have |has |are |will |am )?"
    rf"(?:now |therefore |formally |also |decided to |agreed to ){{0,2}}{_SHUT}\b[^.]{{0,80}}?\b{_CONCERN}\b"
    rf"|\bno longer (?:a |an |considered (?:to be )?a |any )?{_CONCERN}\b"
    rf"|\b{_CONCERN}\b[^.]{{0,120}}?\bno longer (?:in place|applies|stands|a cause)\b",
    re.I,
)
_SUPERSEDED = re.compile(
    rf"\b{_CONCERN}\b[^.]{{0,160}}?\b(?:superseded|replaced|subsumed)\b"
    rf"|\b(?:supersedes?|replaces?)\b[^.]{{0,60}}?\b{_CONCERN}\b",
    re.I,
)
_ABOUT = re.compile(
    rf"\b{_CONCERN}\b (?:(?:that |which )?(?:we|HMICFRS|HMIC) (?:had )?(?:issued|gave|raised|identified|reported)"
    r"[^.]{0,40}? )?(?:in (?:20\d\d|our [^.,]{0,40}?) )?"
    r"(?:about|on|over|regarding|concerning|for|around|relating to|related to|in relation to|with regard to"
    r"|in respect of|in) (?:the force[’']s |the |its |how )?([^.,;]{3,160})",
    re.I,
)
_QUOTED = re.compile(rf"\b{_CONCERN}\b[^.]{{0,30}}?[‘“\"]([^’”\"]{{3,200}})[’”\"]", re.I)
_VERB = re.compile(
    r"\s+(?:is|are|was|were|has|have|had|remains?|will|can|that|which|as|because|in (?:our|the)|at|still|stays"
    r"|no longer|should)\b|\s+\(|\s+(?:in|on|since|from|by) (?:\d|January|February|March|April|May|June|July"
    r"|August|September|October|November|December|early|late|spring|summer|autumn|winter)",
    re.I,
)
_REASON = re.compile(
    r"\b(?:because(?: of)?|given(?: that)?|due to|as (?=the force|it ))\s+(.{3,300})", re.I | re.S
)
_VERDICT_AFTER = re.compile(rf",? (?:and )?(?:we|I|the|our|this|that) [^,.]{{0,60}}?{_CONCERN}", re.I)
_CLOSED_IT = re.compile(
    r"\b(?:we|I) (?:have |are |am )?(?:now |therefore |formally )?(?:c"
    r"losed|closing|discharged|discharging|lifted) "
    r"(?:it|this|them|these)\b|\b(?:it|this) (?:is|has been) (?:now |therefore )?(?:closed|discharged|lifted)\b",
    re.I,
)
_CONCERN_WORDS = 20

UNNAMED = "The passage does not say which cause of concern it speaks of."


def turn_updates(sections: list[Section]) -> None:
    """Under a concern's own head, or a recommendation's, a revisit may tell only what became of it:
    nothing is found or asked anew."""
    for section, following in zip_longest(sections, sections[1:]):
        answered = following is not None and following.role is Role.RECOMMENDATION
        concerns = section.role is Role.CAUSE_OF_CONCERN and not answered
        if (concerns or section.role in _ASKED) and _tells_outcome(section):
            section.role = Role.OTHER


_ASKED = frozenset({Role.RECOMMENDATION, Role.AREA_FOR_IMPROVEMENT})


def _tells_outcome(section: Section) -> bool:
    said = [piece.text for piece in section.pieces if piece.kind in (PieceKind.TEXT, PieceKind.ITEM)]
    if any(is_demand(words) and not RECOMMENDED.search(words) for words in said):
        return False
    before = ""
    for words in said:
        explains = explains_a_term(words)
        for start, end in find_sentences(words):
            sentence = words[start:end]
            if not explains and _verdict(sentence, before):
                return True
            before = sentence
    return False


RECOMMENDED = re.compile(
    r"\b(?:we|I|report|inspectorate|HMIC(?:FRS)?) (?:had |then |also |therefore ){0,2}recommended\b", re.I
)
"""Tells what was recommended, some time before."""


def read_closures(document: Document, sections: list[Section]) -> list[Closure]:
    """Every cause of concern that the report says is closed, remains or was superseded; each verdict once."""
    found: dict[tuple[str, str], list[Closure]] = {}
    for section in sections:
        for closure in (*_read_section(document, section), *_read_tables(document, section)):
            found.setdefault((closure.verdict, name_key(closure.concern)), []).append(closure)
    return [_joined(alike) for alike in found.values()]


def _read_tables(document: Document, section: Section) -> Iterator[Closure]:
    for piece in section.pieces:
        if piece.kind is PieceKind.TABLE:
            yield from read_closures_table(document, piece.block)


def _joined(alike: list[Closure]) -> Closure:
    return replace(
        alike[0],
        citations=tuple(dict.fromkeys(citation for closure in alike for citation in closure.citations)),
        reason=next((closure.reason for closure in alike if closure.reason), ""),
        date=next((closure.date for closure in alike if closure.date), None),
    )


def _read_section(document: Document, section: Section) -> Iterator[Closure]:
    topic = named = _Named()
    if section.head and section.head_block and section.head.role in (Role.CAUSE_OF_CONCERN, *_ASKED):
        asked = section.head.role in _ASKED
        topic = _Named(section.head_block.text if asked else section.head.rest, document.cite(section.head_block))
    for piece in section.pieces:
        if piece.kind is PieceKind.TITLE and section.head and piece.text == section.head.rest:
            continue  # the head's own words, which is cited whole
        if piece.kind is PieceKind.TITLE:
            topic, named = _Named(piece.text, document.cite(piece.block)), _Named()
        elif piece.kind in (PieceKind.TEXT, PieceKind.ITEM) and not explains_a_term(piece.text):
            named = yield from _read_block(Words(document, piece.block), named, topic)


@dataclass(frozen=True, slots=True)
class _Named:
    """A cause of concern as it is named, and where."""

    words: str = ""
    citations: tuple[Citation, ...] = ()


def _read_block(words: Words, named: _Named, topic: _Named) -> Generator[Closure, None, _Named]:
    """The closures of one paragraph; returns the concern that was last named."""
    before = ""
    for start, end in find_sentences(words.block.text):
        sentence = words.block.text[start:end]
        if own := _named_concern(sentence):
            named = _Named(own, words.cite(start, end))
        verdict = _verdict(sentence, before)
        if verdict and (cited := words.cite(start, end)):
            concern = named if named.words else topic
            if says_asked(sentence) and not _NAMED.search(sentence):
                about = asked_about(sentence)
                concern = _Named(about, cited) if about else topic
            yield Closure(
                concern=concern.words,
                verdict=verdict,
                reason=_reason(sentence, before),
                date=find_day(sentence),
                citations=tuple(dict.fromkeys((*cited, *(concern.citations if concern.words else ())))),
                doubt="" if concern.words else UNNAMED,
            )
        before = "" if verdict else sentence
    return named


def _verdict(sentence: str, before: str) -> str | None:
    if not _NAMED.search(sentence):
        named = _NAMED.search(before) or says_asked(before)
        pronoun = named and _CLOSED_IT.search(sentence) and not _CONDITION.search(sentence)
        return "closed" if pronoun else verdict_on_asked(sentence)
    if _REMAINS.search(sentence):
        return "remains"
    if _CONDITION.search(sentence):
        return None
    if _SUPERSEDED.search(sentence):
        return "superseded"
    return "closed" if _CLOSED.search(sentence) else None


def _named_concern(sentence: str) -> str:
    match = _QUOTED.search(sentence) or _ABOUT.search(sentence)
    if not match:
        return ""
    return " ".join(_VERB.split(match[1], maxsplit=1)[0].split()[:_CONCERN_WORDS])


def _reason(sentence: str, before: str) -> str:
    """The clause that gives the reason, else the sentence before, which tells what was found."""
    match = _REASON.search(sentence)
    clause = _VERDICT_AFTER.split(match[1], maxsplit=1)[0].strip(" ,.") if match else ""
    return clause if len(clause.split()) > 1 else before
