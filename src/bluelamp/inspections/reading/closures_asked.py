"""What does a revisit say became of a recommendation, or of an area for improvement?

Reports speak of their recommendations all the time, so a verdict is only read where it is on one that is pointed
at ("this recommendation", "the area for improvement on ...") and where it is the inspectors' own.
"""

from __future__ import annotations

import re

_ASKED = r"(?:recommendations?|areas? for improvement|AFIs?)"
_POINTED = rf"\b(?:this|that|these|those|the|both|all|each)\b(?: [\w’'-]{{1,20}}){{0,3}}? {_ASKED}\b"
_SAYS = re.compile(_POINTED, re.I)
_DONE = r"(?:closed|completed?|met|discharged|fulfilled|achieved|implemented|signed off|removed|satisfied)"
_ADDRESSED = r"(?:fully addressed|addressed in full|(?<=been )addressed)(?! (?:to|in|by|at)\b)"
_SHUT = r"(?:close|discharge|sign off|remove|lift)"
_CLOSED = re.compile(
    rf"{_POINTED}[^.,;]{{0,80}}? (?:is|are|was|were|has been|have been|had been|can be)"
    rf"(?: (?:now|therefore|also|all|both|fully)){{0,2}} (?:{_DONE}|{_ADDRESSED})\b"
    rf"|\b(?:I|we|inspectorate|HMIC(?:FRS)?)\b(?: (?:have|has|am|are|will|can|now|therefore|also|decided to"
    rf"|agreed to|able to)){{0,4}} {_SHUT}(?:d|ed|ing)? {_POINTED}",
    re.I,
)
_REMAINS = re.compile(
    rf"{_POINTED}[^.,;]{{0,80}}? (?:(?:remains?|stays?|will remain)\b|(?:is|are) still (?:open|in place)\b"
    rf"|(?:is|are|was|has|have|had)(?: been)?(?: not|n[’']t)(?: (?:yet|been|fully)){{0,3}}"
    rf" (?:addressed|{_DONE})\b)"
    rf"|\b(?:not|unable|cannot|can[’']t|too early)\b(?: (?:yet|therefore|in a position|able|ready|to)){{0,4}}"
    rf" {_SHUT} {_POINTED}",
    re.I,
)
_SUPERSEDED = re.compile(
    rf"\b(?:this|that|these|those|the|your|our|my)(?: [\w’'-]{{1,20}}){{0,3}}? {_ASKED}\b[^.,;]{{0,80}}?"
    r" (?:is|are|was|were|has been|have been)(?: (?:now|therefore|also|both)){0,2}"
    r" (?:superseded|replaced|subsumed)\b",
    re.I,
)
_CONDITION = re.compile(
    r"\b(?:before|until|when|once|if|in order to|so that|whether|(?-i:may)|might|could|would|should|must|plans?"
    r"|planned|expects?|hopes?|aims?|by the end)\b",
    re.I,
)
_OF_OTHERS = re.compile(
    r"\b(?:told us|tells us|says|said|(?<!\bwe )(?<!\bI )(?:believes?|considers?)|reports?|reported|according to"
    r"|you (?:say|told|tell))\b",
    re.I,
)


_ABOUT = re.compile(
    rf"{_POINTED} (?:about|on|regarding|concerning|relating to|related to|in relation to) (?:the |its )?"
    r"([^.,;:]{3,100}?)(?= (?:is|are|was|were|has|have|had|remains?|stays?|will|can)\b|[.,;:]|$)",
    re.I,
)


def asked_about(sentence: str) -> str:
    """What a recommendation that is pointed at is about, where the sentence says so."""
    found = _ABOUT.search(sentence)
    return found[1] if found else ""


def says_asked(sentence: str) -> bool:
    """Does it point at a recommendation or an area for improvement?"""
    return _SAYS.search(sentence) is not None or _SUPERSEDED.search(sentence) is not None


def verdict_on_asked(sentence: str) -> str | None:
    """ "closed", "remains" or "superseded", where inspectors say that of what they had asked."""
    if not says_asked(sentence) or _OF_OTHERS.search(sentence):
        return None
    if _REMAINS.search(sentence):
        return "remains"
    if _CONDITION.search(sentence):
        return None
    if _SUPERSEDED.search(sentence):
        return "superseded"
    return "closed" if _CLOSED.search(sentence) else None
