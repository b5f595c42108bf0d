"""What else do inspectors write that somebody must act on: a request with a day, a stage of monitoring?

Neither is a recommendation, and the register has no such item; both are told, so that a person puts them where
they belong.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from bluelamp.documents.document import Document
from bluelamp.documents.facts import Unread
from bluelamp.inspections.reading.deadlines import find_day, read_deadline
from bluelamp.inspections.reading.peel_outline import PieceKind, Section
from bluelamp.inspections.reading.peel_words import Words, find_sentences
from bluelamp.inspections.reading.vocabulary import CLAIMED

REQUESTED = "Inspectors ask for something by a day here; it is no recommendation and was not read."
MONITORED = "This tells at which stage of monitoring the force is; it is no finding and was not read."

_ASKS = re.compile(
    r"\b(?:I|we|HMIC(?:FRS)?)\b(?: (?:would|also|therefore|now)){0,2} (?:ask|request|requires?|invite)\b"
    r"|\b(?:I|we) (?:would|should|shall|will) be (?:very )?grateful if you\b"
    r"|^\W*please (?:could you )?(?:send|confirm|provide|write|let me|let us|tell|reply|respond)\b",
    re.I,
)
_STAGE = re.compile(
    r"\b(?:return|returns|returned|moved?|moves|placed|removed?|remains?|stays?|back)\b[^.]{0,60}"
    r"\b(?:scan|engage|routine|default|enhanced)\b[^.]{0,30}\b(?:phase|stage|level|monitoring)\b",
    re.I,
)


def report_requests(document: Document, sections: Iterable[Section]) -> list[Unread]:
    """One note for each sentence that asks for something by a day, or names the force's stage of monitoring."""
    return list(_told(document, sections))


def _told(document: Document, sections: Iterable[Section]) -> Iterator[Unread]:
    for section in sections:
        for piece in section.pieces if section.role not in CLAIMED else ():
            if piece.kind not in (PieceKind.TEXT, PieceKind.ITEM):
                continue
            words = Words(document, piece.block)
            for start, end in find_sentences(piece.text):
                reason = _reason(piece.text[start:end])
                cited = words.cite(start, end) if reason else ()
                if cited:
                    yield Unread(reason=reason, citations=cited)


def _reason(sentence: str) -> str:
    if _ASKS.search(sentence) and (find_day(sentence) or read_deadline(sentence)):
        return REQUESTED
    return MONITORED if _STAGE.search(sentence) else ""
