"""What did the meeting decide, and what did it ask of whom?

A resolution opens with a word of decision in capitals or at the head of its line ("RESOLVED 2021/004",
"RESOLVED: That ...", "Resolution 12/2023", "AGREED", "DECISION:"), and is numbered as printed. Where minutes use
none of these, sentences that open "It was agreed that" are the decisions.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from bluelamp.documents.blocks import Block, BlockKind, Span
from bluelamp.documents.document import Part
from bluelamp.scrutiny.facts import ActionRequest, Resolution
from bluelamp.scrutiny.reading.decision_tables import is_dated_log, read_decision_table
from bluelamp.scrutiny.reading.minute_items import find_items

_NUMBER = (
    r"(?P<number>(?:[A-Z]{1,6}[ /-]?)?\d{1,4}\s?[/.\-]\s?\d{1,4}(?:\s?[/.\-]\s?\d{1,4})?[a-z]?"
    r"|[A-Z]{0,3}\d{1,4}[a-z]?)"
)
_LABEL = r"(?:RESOLVED|RESOLUTION|AGREED|DECISIONS?|DECIDED|Resolved|Resolution|Agreed|Decisions?|Decided)"
_OPENS = re.compile(
    rf"(?:(?:It was|IT WAS|The \w+(?: \w+){{0,3}}|Members|Panel Members)\s)?{_LABEL}\b"
    rf"(?:\s\(?(?i:unanimously)\)?)?(?:\s(?i:No\.?|Number|Ref\.?))?\s*[:\-–—]?\s*(?:{_NUMBER}(?![\w]))?"
    r"\s*[:\-–—.]?\s*(?P<text>.*)",
    re.DOTALL,
)
_THAT_OR_TO = re.compile(r"(?:that|to)\b|[(:]", re.IGNORECASE)
_STRONG = re.compile(r"(?:RESOLVED|RESOLUTION|AGREED|DECISIONS?|DECIDED)\b")
_LABELLED = re.compile(
    r"(?:Resolved|Resolution|Agreed|Decisions?|Decided)\b"
    r"(?:\s*[:\-–—]|\s(?:No\.?\s|Number\s)?(?:[A-Z]{1,6}[ /-])?\d|$|\sthat\b|\s*\()"
)
_INLINE = re.compile(r"\b(?:RESOLVED|AGREED|DECIDED)\b\s*[:\-–—]?\s*(?P<text>.*)", re.DOTALL)
_SOFT = re.compile(
    r"(?:It was (?:resolved|agreed|decided)"
    r"|(?:Members|Panel members|The (?:\w+\s){0,3}\w+)\s(?:resolved|agreed|decided|approved))\b"
    r"(?P<text>.*)",
    re.DOTALL,
)
_RESOLVED_THAT = re.compile(r"It was (?:unanimously )?resolved\b(?P<text>\s(?:that|to)\b.*)", re.DOTALL)
_VOTES = r"\w{1,10} (?:votes? )?to \w{1,10}(?:,? with \w{1,10} abstentions?)?"
_CARRIED = re.compile(
    r"(?:It was |On a motion )?(?:proposed|moved)\b[^.;]{0,200}\bseconded\b[^.;]{0,120}?"
    r"\b(?:carried|agreed|resolved)\b(?: unanimously| nem con)?"
    rf"(?:,? (?:\(?by {_VOTES}\)?|by a (?:large |clear |simple )?majority|on a vote))?[:,]?"
    r"(?P<text>\s(?:that|to)\b.*)",
    re.DOTALL | re.IGNORECASE,
)
_NEXT_MEETING = re.compile(r"[.;] The (?:date of the )?next (?:meeting|\w+ meeting) [^.]{0,200}\.?$")
_PART = re.compile(r"\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)]\s|that\b|to\b", re.IGNORECASE)
_CLOSES = re.compile(
    r"(?:the )?meeting (?:closed|ended|concluded|finished)|chair(?:man|person)?\b\W*$|signed", re.IGNORECASE
)

_ACTION = re.compile(
    r"actions?\s?(?:point\s?)?(?:no\.?\s?)?(?P<number>[A-Z]{0,3}\d{1,4}(?:[/.\-–]\d{1,4}){0,2})?\s?(?P<owner>\([^)]{2,50}\))?\s?[:\-–—]\s*(?P<text>.*)",
    re.DOTALL | re.I,
)
_ASKS = re.compile(
    r"\b(?:requested|instructed|invited|tasked|sought)\b(?:[^.;]{0,60}?)\b(?:that|to|for|if|whether)\b"
    r"|\basked\b(?!\s(?:what|why|how|when|about|who|which|where|if|whether)\b)"
    r"(?:[^.;]{0,60}?)\b(?:that|to|for)\b"
    r"|\basked\s(?:if|whether)\b[^.;]{0,120}\b(?:could|can|might)\b"
    r"|\b(?:requested|called for)\s(?:an?|more|further|additional|details|information)\b"
    r"|\bit was agreed that\b[^.;]*\b(?:would|will|should|be)\b|\bundertook to\b"
    r"|\bagreed to (?:provide|circulate|report|bring|share|send)\b",
    re.IGNORECASE,
)
_STATUS = re.compile(
    r"(?:action )?(?:closed|completed?|discharged|carried forward|ongoing|done|superseded|in hand|no update"
    r"|on (?:the|today's) agenda|to be carried forward)\b",
    re.IGNORECASE,
)  # of an action asked earlier
_LONGEST_STATUS = 60
_WHO = r"(?P<owner>(?:[Tt]he\s)?[A-Z][\w’'&-]*(?:\s(?:[A-Z][\w’'&-]*|and|of|for|the)){0,6})"
_ASKED_WHOM = re.compile(rf"\b(?:requested|asked|instructed|tasked|invited)\s(?:that\s)?{_WHO}")
_UNDERTAKES = re.compile(rf"{_WHO}\s(?:undertook to|agreed to)\b")
_AGREED_WHO = re.compile(rf"\b[Ii]t was agreed that {_WHO}\s(?:would|will|should)\b")
_ASIDE = re.compile(r"\s(?:ACTIONS?|Actions?)\s?[:–-]\s?(?P<owner>[A-Z][\w/&, ]{1,40})\.?$")  # "... Action: CFO"
_NAMED = re.compile(rf"{_WHO}\sto\s[a-z]")  # "Treasurer to circulate the list"
_UNSAID = frozenset({"that", "to", "the following"})
_INITIALS = re.compile(
    r"(?P<owner>[A-Z]{2,5}(?:(?:/|,\s|\sand\s)[A-Z]{2,5}){0,3})\sto\b"
)  # "RB to supply figures"
_MONTHS = "(?:January|February|March|April|May|June|July|August|September|October|November|December)"
_DUE = re.compile(
    rf"\b(?P<due>(?:by|before) (?:the )?(?:end of )?(?:\d{{1,2}}(?:st|nd|rd|th)?\s)?{_MONTHS}(?:\s\d{{4}})?"
    r"(?: (?:meeting|board|panel|committee))?"
    r"|(?:to|at|before|for|in) (?:the|a|its|their) (?:next|following|future|[A-Z][a-z]+) (?:\w+\s)?"
    r"(?:meetings?|reports?|board|panel|committee|updates?)"
    r"|in (?:all )?future (?:reports?|meetings?|updates?)"
    r"|within \w+ (?:(?:working|calendar|clear) )?(?:days|weeks|months))"
)
_STOP = re.compile(r"(?<!\bNo)(?<!\bMr)(?<!\bMrs)(?<!\bDr)(?<!\bSt)(?<!\bCllr)[.;?!](?=\s|$)")
_PARAGRAPH = re.compile(r"\d{1,3}(?:\.\d{1,3})+\.?\s+")  # a paragraph's number before its words
_DECISION_HEADS = ("decision", "decisions", "resolution", "resolved", "decision made")
_NUMBER_HEADS = (
    "ref",
    "ref.",
    "reference",
    "decision no",
    "decision no.",
    "decision number",
    "number",
    "no",
    "no.",
)
_SHORTEST_DECISION = 12  # "Approved" beside a title is a column of outcomes
_LONGEST_SENTENCE = 900


@dataclass
class _Draft:
    number: str
    item: str
    text: str
    spans: list[Span]
    open_ended: bool  # a list or further parts may follow
    parts: list[str] = field(default_factory=list)


def read_resolutions(part: Part, meeting_date: date | None) -> list[Resolution]:
    drafts = list(_drafts(part.blocks))
    known = {span for draft in drafts for span in draft.spans}
    soft = [draft for draft in _soft_drafts(part, resolved_only=bool(drafts)) if known.isdisjoint(draft.spans)]
    drafts = sorted([*drafts, *soft], key=lambda draft: draft.spans[0])
    return [*_logged(part, meeting_date)] + [
        Resolution(
            meeting_date=meeting_date,
            number=draft.number,
            text=_without_next_meeting(" ".join([draft.text, *draft.parts]).strip()),
            item=draft.item,
            citations=part.document.cite(draft.spans),
            doubt="" if draft.text or draft.parts else "A resolution without words under it.",
        )
        for draft in drafts
    ]


def _logged(part: Part, meeting_date: date | None) -> Iterator[Resolution]:
    """The rows of a log of decisions, each of its own day."""
    items, item = find_items(part.blocks), ""
    for index, block in enumerate(part.blocks):
        item = items.get(index, item)
        if is_dated_log(block):
            yield from read_decision_table(part, block, meeting_date, item)


def _without_next_meeting(text: str) -> str:
    """A paragraph may end by saying when the next meeting is, which was not resolved."""
    found = _NEXT_MEETING.search(text)
    return text[: found.start() + 1] if found else text


def _drafts(blocks: Sequence[Block]) -> Iterator[_Draft]:
    item, current = "", None
    items = find_items(blocks)
    for index, block in enumerate(blocks):
        if is_dated_log(block):
            continue
        if block.kind is BlockKind.TABLE and (decided := list(_table_decisions(block, items.get(index, item)))):
            yield from [current, *decided] if current else decided
            current = None
            continue
        opened = _opening(block)
        if opened is not None:
            if current:
                yield current
            number, text = opened
            current = _Draft(
                number, item, text, list(block.spans), open_ended=not text or text.rstrip().endswith(":")
            )
            continue
        if current and _takes(current, block, is_heading=index in items):
            continue
        if current:
            yield current
            current = None
        item = items.get(index, item)
    if current:
        yield current


def _table_decisions(block: Block, item: str) -> Iterator[_Draft]:
    """Decisions in a log's column of them, or in a cell that opens with the word of decision."""
    heads = (
        {cell.text.strip().lower().rstrip(":"): cell.column for cell in block.rows[0].cells} if block.rows else {}
    )
    decided = next((heads[word] for word in _DECISION_HEADS if word in heads), None)
    number = next((heads[word] for word in _NUMBER_HEADS if word in heads), None)
    for row in block.rows:
        spans = [span for cell in row.cells for span in cell.spans]
        if decided is not None:
            text = row.text_at(decided).strip() if row is not block.rows[0] else ""
            if len(text) > _SHORTEST_DECISION and spans:
                yield _Draft("" if number is None else row.text_at(number).strip(), item, text, spans, False)
            continue
        for cell in row.cells:
            found = _OPENS.match(cell.text.strip()) if _STRONG.match(cell.text.strip()) else None
            if found and found["text"].strip():
                said = re.sub(r"\s", "", found["number"] or ""), found["text"].strip()
                yield _Draft(said[0], item, said[1], list(cell.spans), False)


def _takes(draft: _Draft, block: Block, *, is_heading: bool) -> bool:
    """Does the block go on with the resolution? It does while a list does, or while nothing has been said yet."""
    text = block.text.strip()
    if block.kind is BlockKind.TABLE or _CLOSES.match(text) or (is_heading and (draft.text or draft.parts)):
        return False
    begun = bool(draft.parts) or (draft.text != "" and draft.text.lower() not in _UNSAID)
    is_part = block.kind is BlockKind.LIST_ITEM or bool(_PART.match(text))
    if begun and not (is_part and draft.open_ended):
        return False
    if not begun and is_heading and not re.match(r"(?:that|to)\b|\(", text, re.IGNORECASE):
        return False
    marker = block.marker.strip("-–•* ")
    draft.parts.append(f"{marker} {text}" if marker and not text.startswith(marker) else text)
    draft.spans.extend(block.spans)
    draft.open_ended = is_part and (block.kind is BlockKind.LIST_ITEM or text.endswith((":", ";", "and")))
    draft.open_ended = draft.open_ended or text.endswith(":")
    return True


def _opening(block: Block) -> tuple[str, str] | None:
    """Number and words of a resolution that opens with this block; None where none does."""
    text = block.text.strip()
    if block.kind is BlockKind.TABLE or not text:
        return None
    if numbered := _PARAGRAPH.match(text):
        text = text[numbered.end() :]
    found = _OPENS.match(text)
    if found and (_STRONG.search(text[: found.start("text")]) or _LABELLED.match(text)):
        number, said = re.sub(r"\s", "", found["number"] or ""), found["text"].strip()
        return number, (said if _at_head(text) or _THAT_OR_TO.match(said) or not said else text)
    inline = _INLINE.search(text) if block.kind is not BlockKind.HEADING else None
    if inline is None:
        return None
    said = inline["text"].strip()
    return "", (said if _THAT_OR_TO.match(said) or not said else text)


def _at_head(text: str) -> bool:
    """Does the word of decision open the line, or stand in a sentence ("The minutes were AGREED as ...")?"""
    return bool(_STRONG.match(text) or _LABELLED.match(text))


def _soft_drafts(part: Part, *, resolved_only: bool) -> Iterator[_Draft]:
    """Sentences that say what was decided; only "It was resolved" where decisions have a form of their own."""
    item = ""
    items = find_items(part.blocks)
    for index, block in enumerate(part.blocks):
        if index in items:
            item = items[index]
        if index in items or block.kind is BlockKind.TABLE:
            continue
        found = _SOFT.match(block.text.strip()) if not resolved_only else None
        if not resolved_only and (listed := _decided_in_list(part.blocks, index)):
            words = " ".join(_marked(each) for each in listed)
            yield _Draft("", item, words, [s for each in (block, *listed) for s in each.spans], open_ended=False)
            continue
        if found:
            yield _Draft("", item, found["text"].strip(" :,"), list(block.spans), open_ended=False)
            continue
        for start, end in _sentences(block.text):
            if numbered := _PARAGRAPH.match(block.text, start, end):
                start = numbered.end()
            sentence = block.text[start:end]
            if len(sentence) < _LONGEST_SENTENCE and (found := _decided(sentence)):
                spans = list(part.document.spans_within(block, start, end)) or list(block.spans)
                yield _Draft("", item, found["text"].strip(" :,"), spans, open_ended=False)


def _decided(sentence: str) -> re.Match[str] | None:
    return _RESOLVED_THAT.match(sentence) or (_CARRIED.match(sentence) if "seconded" in sentence else None)


def _decided_in_list(blocks: Sequence[Block], index: int) -> list[Block]:
    """The points under "The Committee:", each of which says that it noted, agreed or asked for something."""
    if not _WHO_DECIDES.fullmatch(blocks[index].text.strip()):
        return []
    points = list(itertools.takewhile(lambda each: each.kind is BlockKind.LIST_ITEM, blocks[index + 1 :]))
    return points if points and all(_DECIDES.match(each.text) for each in points) else []


def _marked(block: Block) -> str:
    marker = block.marker.strip("-–•* ")
    return f"{marker} {block.text}".strip()


_WHO_DECIDES = re.compile(
    r"(?:(?:The |the )?(?:\w+ ){0,3}(?:Committee|Panel|Board|Members|Forum|Cabinet|Meeting|Commissioner))"
    r"(?: then| unanimously)?\s?[:–—-]{1,2}"
)
_DECIDES = re.compile(
    r"(?:also |unanimously )?(?:noted?|agreed|approved?|endorsed?|resolved|accepted|received|recommend(?:ed)?"
    r"|requested|asked|adopted|supported|confirmed|delegated|thanked)\b",
    re.I,
)


# -- what the meeting asks --------------------------------------------------------------------------------


def read_requests(part: Part, meeting_date: date | None) -> list[ActionRequest]:
    requests: list[ActionRequest] = []
    resolved = {span for draft in _drafts(part.blocks) for span in draft.spans}
    apart = False  # a head with a column of actions stands apart from its rows
    for block in part.blocks:
        if block.kind is BlockKind.TABLE:
            found = (
                _table_actions(part, block, meeting_date) if not apart else _last_cells(part, block, meeting_date)
            )
            for request in found:
                _add_request(requests, request)
            apart = apart or (len(block.rows) == 1 and "text" in _action_heads(block))
        elif resolved.issuperset(block.spans):
            continue
        elif block.kind is not BlockKind.HEADING or _ACTION.match(block.text.strip()):
            requests.extend(_block_actions(part, block, meeting_date))
    return requests


def _add_request(requests: list[ActionRequest], request: ActionRequest) -> None:
    """A table that sums up the actions adds owner and date to those that were read where they were asked."""
    for number, known in enumerate(requests):
        if known.text.strip(" .").lower().endswith(request.text.strip(" .").lower()):
            requests[number] = replace(
                known,
                owner=known.owner or request.owner,
                due=known.due or request.due,
                citations=(*known.citations, *request.citations),
            )
            return
    requests.append(request)


def _block_actions(part: Part, block: Block, day: date | None) -> Iterator[ActionRequest]:
    text = block.text
    labelled = _ACTION.fullmatch(text.strip()) if len(text) < _LONGEST_SENTENCE else None
    if labelled and _STATUS.match(labelled["text"]) and len(labelled["text"]) < _LONGEST_STATUS:
        return
    if labelled and labelled["text"]:
        owner = (labelled["owner"] or "").strip("() ") or _owner(labelled["text"], opens_with_owner=True)
        yield ActionRequest(
            meeting_date=day,
            text=labelled["text"].strip(),
            owner=owner,
            due=_due(text),
            citations=part.document.cite(block),
        )
        return
    if _opening(block) is not None:
        return
    aside = _ASIDE.search(text[-_LONGEST_STATUS:])
    if aside:
        yield from _before_aside(part, block, aside["owner"], day)
        return
    for start, end in _sentences(text):
        if numbered := _PARAGRAPH.match(text, start, end):
            start = numbered.end()
        words = text[start:end]
        if len(words) > _LONGEST_SENTENCE or not _ASKS.search(words):
            continue
        citations = part.document.cite(part.document.spans_within(block, start, end))
        if citations:
            yield ActionRequest(
                meeting_date=day, text=words, owner=_owner(words), due=_due(words), citations=citations
            )


def _before_aside(part: Part, block: Block, owner: str, day: date | None) -> Iterator[ActionRequest]:
    """What the paragraph asks where it ends with whose action it is: its last sentence."""
    start, end = 0, 0
    for start, end in _sentences(block.text):
        if _ASIDE.search(block.text[start:end]) or block.text[end:].strip().lower().startswith("action"):
            break
    if numbered := _PARAGRAPH.match(block.text, start, end):
        start = numbered.end()
    words = _ASIDE.sub("", block.text[start:end]).strip()
    citations = part.document.cite(part.document.spans_within(block, start, len(block.text)))
    if words and citations and len(words) < _LONGEST_SENTENCE:
        yield ActionRequest(
            meeting_date=day, text=words, owner=owner.strip(), due=_due(words), citations=citations
        )


def _sentences(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for end in [stop.end() for stop in _STOP.finditer(text)] + [len(text)]:
        while start < end and text[start].isspace():
            start += 1
        if start < end:
            yield start, end
        start = end


def _owner(words: str, *, opens_with_owner: bool = False) -> str:
    found = _ASKED_WHOM.search(words) or _UNDERTAKES.search(words) or _AGREED_WHO.search(words)
    found = found or _INITIALS.match(words)
    found = found or (_NAMED.match(words) if opens_with_owner else None)
    owner = re.sub(r"^[Tt]he\s|\s(?:and|of|for|the)$", "", found["owner"]) if found else ""
    return "" if owner.lower() in _NOBODY else owner


_NOBODY = ("meeting", "panel", "committee", "board", "it", "he", "she", "they", "we")
"""Whoever is meant by these stands in an earlier sentence."""


def _due(words: str) -> str:
    found = _DUE.search(words)
    return found["due"] if found else ""


_COLUMNS = {
    "text": (
        "action",
        "actions",
        "agreed action",
        "action required",
        "action point",
        "action/decision",
        "task",
        "action / owner",
        "action/owner",
        "action and owner",
        "actions / owner",
        "actions/owner",
    ),
    "owner": ("owner", "lead", "responsible", "by whom", "who", "action owner", "responsible officer", "officer"),
    "due": (
        "due",
        "deadline",
        "by when",
        "target date",
        "due date",
        "timescale",
        "date due",
        "when",
        "completion date",
    ),
}


def _table_actions(part: Part, block: Block, day: date | None) -> Iterator[ActionRequest]:
    """The rows of a table with a column of actions; the owner has a column too, or is named in the action."""
    heads = _action_heads(block)
    if "text" not in heads:
        return
    for row in block.rows[1:]:
        text, owner = row.text_at(heads["text"]).strip(), ""
        if "owner" in heads:
            owner = row.text_at(heads["owner"]).strip()
        elif re.fullmatch(r"[A-Z]{2,4}(?:\s?[/&,]\s?[A-Z]{2,4}){0,3}", text):  # initials beside what was said
            others = [cell.text.strip() for cell in row.cells if cell.column != heads["text"]]
            text, owner = max(others, key=len, default=""), text
        citations = part.document.cite(tuple(span for cell in row.cells for span in cell.spans))
        if len(text) > 3 and citations and text.lower() not in ("none", "n/a", "noted", "closed"):
            if labelled := _ACTION.fullmatch(text):
                text, owner = labelled["text"].strip(), owner or (labelled["owner"] or "").strip("() ")
            due = row.text_at(heads["due"]).strip() if "due" in heads else _due(text)
            owner = owner or _owner(text, opens_with_owner=True)
            yield ActionRequest(meeting_date=day, text=text, owner=owner, due=due, citations=citations)


def _action_heads(block: Block) -> dict[str, int]:
    return {
        field_name: cell.column
        for cell in (block.rows[0].cells if block.rows else ())
        for field_name, words in _COLUMNS.items()
        if cell.text.strip().lower().rstrip(":") in words
    }


def _last_cells(part: Part, block: Block, day: date | None) -> Iterator[ActionRequest]:
    """Actions beside what was said, in rows whose head stands further up: someone "to" do something."""
    for row in block.rows:
        filled = [cell for cell in row.cells if cell.text.strip()]
        text = filled[-1].text.strip() if len(filled) > 1 else ""
        if _INITIALS.match(text) or _NAMED.match(text):
            owner = _owner(text, opens_with_owner=True)
            citations = part.document.cite(filled[-1].spans)
            yield ActionRequest(meeting_date=day, text=text, owner=owner, due=_due(text), citations=citations)
