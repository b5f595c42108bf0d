"""What does whoever signs a letter promise to do? "I will ask my auditors to test", "it is my intention to".

A numbered or lettered point of the letter that holds a promise is one undertaking with all its sentences and the
points under it; after words that promise a list ("I will:") each of its points is one, behind those words;
elsewhere each sentence that promises is one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from bluelamp.assurance.facts import Undertaking
from bluelamp.assurance.reading_columns import COMMISSIONER, Role, find_columns, plain_words
from bluelamp.assurance.reading_promised_days import find_promised_day
from bluelamp.assurance.reading_prose import begins_answer_or_item, is_answer_of_force, label_end
from bluelamp.documents.blocks import Block, BlockKind, Span, as_paragraph
from bluelamp.documents.document import Document, Part
from bluelamp.documents.facts import Reading
from bluelamp.documents.sentences import find_sentences
from bluelamp.lib.days import MONTH

READER = "assurance.undertakings"
VERSION = 7

_WHO = r"(?:i|we|my office|our office|my (?:deputy|team|auditors?|staff|internal auditors?)|the commissioner)"
_INTENDS = (
    r"(?:will|shall|intend to|undertake to|propose to|am (?:going|minded) to|are going to|plan to|commit to"
    r"|am asking|am committed to|are committed to)"
)
_ASKED = r"(?:have|has)(?: also| now| already)? (?:asked|instructed|commissioned|requested|required|agreed with)"
_DECIDED = (  # a decision is promised where it says from when, or by when
    r"(?:have|has)(?: also| now| already| therefore)? decided to"
    rf"(?= [^.;:]{{1,120}}? (?:from|by|before) (?:the (?:end|start) of )?(?:\d{{1,2}} )?{MONTH} \d{{4}}\b)"
)
_I_SHALL = (
    r"(?:(?!(?:they|it|he|she|who|which|you)\b)[\w’'-]{1,20} ){1,12}?[\w’'-]{1,20}, and (?:also )?shall\b"
    r"(?! be\b|,)"
)
"""The first person's own word: "I do not agree that this is enough, and shall ask for more"."""
_OTHERS = (
    r"that|which|who|whom|it|he|she|they|force|service|constable|constabulary|police|officers?|team|staff|will"
)
_GOES_ON = (  # "I am content, and will ask ..."
    rf"(?:i|we) (?:(?!(?:{_OTHERS})\b)[\w’'-]{{1,20}},? ){{1,12}}?(?:and|but)(?: (?:also|now))?"
)
_PROMISE = re.compile(
    rf"\b{_WHO}(?: \w{{1,12}})? {_INTENDS}\b|\b{_WHO} {_ASKED}\b|\b{_GOES_ON} {_INTENDS}\b"
    rf"|\b{_WHO} {_DECIDED}\b|\b(?:i|we) {_I_SHALL}"
    r"|\b(?:it is|it will be|it remains) (?:my|our) intention\b|\bmy intention (?:is )?to\b"
    r"|\bwill be asked to\b|\bwill report (?:back )?to (?:me|my|us|our)\b"
    r"|\b(?:the (?:chief constable|chief executive|force|committee|board)|he|she) has (?:also |now )?agreed to\b",
    re.I,
)
_POLITE = re.compile(
    r"\b(?:will|shall) (?:be (?:pleased|happy|glad|grateful|aware|delighted|interested)|note|see|recall|understand"
    r"|appreciate|forgive|no doubt|know|agree|find)\b|\blook forward\b|\bi hope\b",
    re.I,
)
_CONDITION = re.compile(r"^\s{0,3}(?:if|were|should) (?:i|we)\b", re.I)
_POINT = re.compile(r"^\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)]?\)?$", re.I)
_LETTER_POINT = re.compile(r"^\(?[a-z][.)]?\)?$", re.I)
_INTO_LIST = re.compile(r":\s*$")
_END = re.compile(r"^(?:yours (?:sincerely|faithfully|truly)|kind regards|signed\b|(?:annex|appendix)\b)", re.I)


@dataclass
class _Point:
    """A point of a list being gathered, with the points under it."""

    number: str
    words: list[str] = field(default_factory=list)
    spans: list[Span] = field(default_factory=list)
    level: int = 0

    def add(self, block: Block) -> None:
        marker = f"{block.marker} " if block.marker and self.words else ""
        self.words.append(f"{marker}{block.text}")
        self.spans.extend(block.spans)


@dataclass(frozen=True)
class _Lead:
    """Words that promise what the points of the list under them say: "I will:"."""

    words: str
    spans: tuple[Span, ...]

    def begin(self, block: Block) -> _Point:
        point = _Point(block.marker.strip("().") if _POINT.match(block.marker.strip()) else "", level=block.level)
        point.words.append(f"{self.words} {block.text}")
        point.spans.extend((*self.spans, *block.spans))
        return point


def _lead_of(document: Document, block: Block) -> _Lead | None:
    """The last sentence of a paragraph, where it promises and opens a list."""
    if not _INTO_LIST.search(block.text):
        return None
    start, end = find_sentences(document, block)[-1]
    text = block.text[start:end]
    return _Lead(text.strip(), document.spans_within(block, start, end)) if _promises(text) else None


def read_undertakings(part: Part) -> Reading:
    """Every promise of the letter's text before its signature or annexes, and of the commissioner's column."""
    facts = [*_find(part.document, _own(_letter(part.blocks)))]
    for block in part.blocks:
        for remark in _remarks(block):
            facts.extend(_sentences(part.document, remark))
    return Reading(reader=READER, version=VERSION, facts=tuple(facts))


def read_promises_of_commissioner(part: Part) -> Reading:
    """The promises of a paper that is no letter, where its head says that a commissioner or a mayor speaks."""
    head = [block.text for block in part.blocks[:_HEAD] if block.kind in _READ and len(block.text) < _LONGEST_HEAD]
    own_report = any(map(_ANNUAL.search, head)) and any(map(_OFFICE_ALONE.search, head))
    if (own_report or any(map(_SPEAKS.search, head))) and any(
        _OWN_WILL.search(block.text) for block in part.blocks
    ):
        return read_undertakings(part)
    return Reading(reader=READER, version=VERSION)


_HEAD = 8  # blocks
_LONGEST_HEAD = 200
_SPEAKS = re.compile(
    r"\b(?:commissioner|mayor)(?:[’']s)? (?:response|comments?|reply|statement|foreword)\b"
    r"|\b(?:response|comments?|reply|statement|foreword) (?:of|by|from) the [\w, ]{0,40}(?:commissioner|mayor)\b"
    r"|\bpolice(?:,? fire)? and crime plan\b",
    re.I,
)
_ANNUAL = re.compile(r"\bannual report\b", re.I)
_OFFICE_ALONE = re.compile(
    r"^(?:[^.;]{0,80}/ )?(?:office of the )?police(?:,? fire)? and crime commissioner for [^.;]{3,60}$"
    r"|\bcommissioner[’']s (?:\w{3,12} )?annual report\b",
    re.I,
)
"""The line of a title page that says whose report of the year it is."""
_OWN_WILL = re.compile(rf"\bI (?:also |now )?(?:{_INTENDS}|{_ASKED})\b")


def _remarks(block: Block) -> Iterator[Block]:
    """What the commissioner says in a column of their own beside the force's, cell by cell."""
    columns: tuple[int, ...] = ()
    for row in block.rows:
        if found := find_columns(row):
            answers = [at for at, role in found.roles.items() if role in {Role.ACTION, Role.REMARK}]
            columns = tuple(at for at in answers if COMMISSIONER.search(plain_words(found.heads[at])))
            continue
        for cell in (row.cell_at(at) for at in columns):
            if cell and cell.text:
                yield as_paragraph(block, cell)


def _letter(blocks: tuple[Block, ...]) -> list[Block]:
    """What stands before the signature or the first annex."""
    ends = next((i for i, block in enumerate(blocks) if _END.match(block.text) and _is_end(block)), len(blocks))
    return [block for block in blocks[:ends] if block.kind in _READ or block.kind is BlockKind.TABLE]


def _own(blocks: list[Block]) -> list[Block]:
    """The letter without the answers of the force that it prints under their own label: those are not promised by
    whoever signs. A label of its own right over a table of answers is of the table alone."""
    kept: list[Block] = []
    answering = False
    over = ""
    for block in blocks:
        if block.kind is BlockKind.TABLE:
            alone = bool(over) and label_end(over) == len(over)
            answering = answering and not (alone and any(map(find_columns, block.rows[:_HEAD])))
            over = ""
            continue
        over = block.text
        if block.kind is BlockKind.HEADING or begins_answer_or_item(block.text):
            answering = is_answer_of_force(block.text)
        if not answering:
            kept.append(block)
    return kept


_READ = (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM, BlockKind.HEADING)


def _is_end(block: Block) -> bool:
    """ "Annex 1 of this letter provides ..." is a sentence; a heading or a closing line is not."""
    return block.kind is BlockKind.HEADING or len(block.text) < 60


def _find(document: Document, blocks: list[Block]) -> Iterator[Undertaking]:
    point: _Point | None = None
    lead: _Lead | None = None
    for block in blocks:
        if lead and block.kind is BlockKind.LIST_ITEM:
            if point and block.level > point.level:
                point.add(block)
                continue
            yield from _close(document, point)
            point = lead.begin(block)
            continue
        found = _lead_of(document, block) if block.kind is not BlockKind.LIST_ITEM else None
        if found or block.kind is BlockKind.HEADING:
            yield from _close(document, point)
            yield from _sentences(document, block) if found else ()
            point, lead = None, found
            continue
        lead = None
        if _begins_point(block, point):
            yield from _close(document, point)
            point = _Point(block.marker.strip("().") if block.marker else "", level=block.level)
            point.add(block)
        elif point and _goes_on(block, point):
            point.add(block)
        else:
            yield from _close(document, point)
            point = None
            yield from _sentences(document, block)
    yield from _close(document, point)


def _begins_point(block: Block, point: _Point | None) -> bool:
    if block.kind is not BlockKind.LIST_ITEM or not _POINT.match(block.marker.strip()):
        return False
    return point is None or not _is_under(block, point)


def _is_under(block: Block, point: _Point) -> bool:
    """A deeper level, or letters after a point with a number."""
    deeper = block.level > point.level
    lettered = bool(_LETTER_POINT.match(block.marker.strip())) and point.number.isdigit()
    return deeper or lettered


def _goes_on(block: Block, point: _Point) -> bool:
    if block.kind is BlockKind.LIST_ITEM:
        return _is_under(block, point)
    return bool(_INTO_LIST.search(point.words[-1])) and block.text[:1].islower()


def _close(document: Document, point: _Point | None) -> Iterator[Undertaking]:
    if point is None:
        return
    text = " ".join(point.words)
    if _promises(text):
        yield Undertaking(
            number=point.number, text=text, due_printed=_due(text), citations=document.cite(point.spans)
        )


def _sentences(document: Document, block: Block) -> Iterator[Undertaking]:
    label = label_end(block.text)
    for start, end in find_sentences(document, block):
        start = max(start, label) if end > label else start
        for first, last in _each_promise(block.text, start, end):
            text = block.text[first:last]
            if (_promises(text) or _ASKED_TOO.match(text)) and not _INTO_LIST.search(text):
                spans = document.spans_within(block, first, last)
                yield Undertaking(number="", text=text, due_printed=_due(text), citations=document.cite(spans))


def _each_promise(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A sentence, or the parts of one that promises twice: "I will open it, and I will publish a plan"."""
    sentence = text[start:end]
    if _CONDITION.match(sentence) or not (_AND_AGAIN.search(sentence) or _AND_ASKED.search(sentence)):
        yield start, end
        return
    promised = False
    again = [*_PROMISE.finditer(sentence), *_ASKED_TOO.finditer(sentence)]
    for each in sorted(again, key=re.Match.start):
        at = start + each.start()
        joined = _JOINED.search(text, max(start, at - _LONGEST_JOINT), at)
        if joined and promised:
            yield start, joined.start()
            start = at
        promised = promised or each.re is _PROMISE
    yield start, end


_ASKED_TOO = re.compile(rf"\b{_ASKED} (?:my|our|the)\b", re.I)
_AND_ASKED = re.compile(rf", and {_ASKED} (?:my|our|the)\b", re.I)
_LONGEST_JOINT = 12  # characters of ", and then "
_AND_AGAIN = re.compile(rf"\b(?:and|but) (?:then )?{_WHO}\b", re.I)
_JOINED = re.compile(r"(?:[,;]\s{0,2}| )(?:and|but) (?:then )?$", re.I)


def _promises(text: str) -> bool:
    if _CONDITION.match(text):
        return False
    found = _PROMISE.search(text)
    return bool(found) and not _POLITE.search(text[found.start() : found.end() + 30] if found else "")


def _due(text: str) -> str:
    """The day, or the month, by which or in which it is promised, as printed; "" where none is."""
    found = _PROMISE.search(text) or _ASKED_TOO.match(text)
    return find_promised_day(text, found.start(), found.end()) if found else ""
