"""Which estimates does a report print, of what, from how many records, about which period?

Only a value with an interval or a fraction of a sample is taken: a report prints hundreds of other numbers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bluelamp.documents.blocks import Block, BlockKind
from bluelamp.documents.citations import Citation
from bluelamp.documents.document import Document
from bluelamp.inspections.facts import Statistic
from bluelamp.inspections.reading.peel_words import Words, find_sentences
from bluelamp.inspections.reading.statistics_found import Found, find_counted, find_statistics

_SAMPLE = re.compile(
    r"\b(?:sample of|reviewed|examined|audited|assessed|dip[- ]sampled|looked at)"
    r"(?: a (?:further )?(?:representative |random )?sample of)?(?: a total of)? "
    r"(\d[\d,]{0,8})\b(?! ?(?:%|per ?cent))",
    re.I,
)
_MONTH = r"(?:January|February|March|April|May|June|July|August|September|October|November|December)"
_DAY = rf"(?:\d{{1,2}} )?{_MONTH}(?: \d{{4}})?"
_PERIOD = re.compile(
    rf"\b(?:from|between) ({_DAY} (?:to|and|until) \d{{0,2}} ?{_MONTH} \d{{4}})\b"
    rf"|\b((?:\d{{1,2}}|twelve|six|three)? ?(?:year|months?|quarter) (?:ending|to|up to|ended) (?:{_DAY}))\b"
    r"|\b(?:in|during|for) (20\d\d(?:[/–-]\d{2,4})?)\b",
    re.I,
)
_EARLIER = re.compile(
    r"\b(?:last|previous|earlier|compared (?:with|to)|down from|up from|reduction from|increase from|was)\b", re.I
)
_OF = re.compile(r"^[^\w]*(?:of|for) (?:all |its |the )?([^.;:,]{3,120})", re.I)
_CUT = re.compile(
    r"\s+(?:is|are|was|were|be|being|been|had|has|have|did|do|does|that|which|who|compared|during|over|in the year"
    r"|between|from|at our|and (?:the|this|it|we)|but|with a)(?=\s|$)",
    re.I,
)
_LEAD_IN = re.compile(r"^(?:of|among|from)(?: all)?(?: the| these| those)? ([^,]{3,120}),", re.I)
_READABLE = (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM, BlockKind.HEADING)
_SUBJECT_WORDS = 12
_BEFORE, _AFTER = 120, 160  # characters round a value in which its own period may stand


@dataclass(slots=True)
class _Said:
    """What earlier sentences of the paragraph said that later ones rely on."""

    sample: int | None = None
    period: str = ""
    subject: str = ""


def read_statistics(document: Document, blocks: tuple[Block, ...]) -> list[Statistic]:
    """Every estimate with an interval, and every fraction of a sample, in order."""
    return [fact for block in blocks if block.kind in _READABLE for fact in _read_block(document, block)]


def _read_block(document: Document, block: Block) -> Iterator[Statistic]:
    said, words = _Said(), Words(document, block)
    for start, end in find_sentences(block.text):
        sentence = block.text[start:end]
        _listen(said, sentence)
        statistics = find_statistics(sentence)
        cited = words.cite(start, end) if statistics else ()
        for found in statistics:
            if cited:
                yield _make(sentence, found, said, cited)


def _make(sentence: str, found: Found, said: _Said, cited: tuple[Citation, ...]) -> Statistic:
    recalls = (
        said.subject != "" and _EARLIER.search(sentence, max(0, found.start - _AFTER), found.end + 60) is not None
    )
    subject = _subject(sentence, found) or said.subject
    said.subject = subject
    own_period = _period(sentence[max(0, found.start - _BEFORE) : found.end + _AFTER])
    sampled = said.sample if found.half_width is not None and not recalls else None
    return Statistic(
        subject=subject,
        printed=sentence[found.start : found.end].strip(),
        value=found.value,
        half_width=found.half_width,
        unit=found.unit,
        n=found.n or sampled,
        period=own_period or ("" if recalls else said.period),
        citations=cited,
    )


def _listen(said: _Said, sentence: str) -> None:
    if match := _SAMPLE.search(sentence):
        said.sample = int(match[1].replace(",", ""))
        said.period = _period(sentence) or said.period


def _period(words: str) -> str:
    match = _PERIOD.search(words)
    return next((group.strip() for group in match.groups() if group), "") if match else ""


def _subject(sentence: str, found: Found) -> str:
    """What the value is a share of: "of ..." after it, the things counted, or "Of the ...," before it."""
    if found.things:
        return _short(found.things)
    after = sentence[found.end : found.end + _AFTER]
    if match := _OF.match(after):
        return _short(match[1])
    if counted := find_counted(after.lstrip()):
        return _short(counted)
    lead = _LEAD_IN.match(sentence)
    if lead and lead.end() <= found.start and not _PERIOD.search(lead[0]):
        return " ".join(lead[1].split()[:_SUBJECT_WORDS])
    return ""


def _short(phrase: str) -> str:
    return " ".join(_CUT.split(phrase, maxsplit=1)[0].strip(" ,–-").split()[:_SUBJECT_WORDS])
