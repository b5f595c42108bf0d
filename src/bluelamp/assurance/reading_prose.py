"""What does a response without a table answer? "Recommendation 2", its words, and "Force response" under them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from bluelamp.assurance.facts import TemplateRow
from bluelamp.assurance.reading_columns import COMMISSIONER, Role, role_of, section_named
from bluelamp.assurance.reading_notes import split_office_notes
from bluelamp.assurance.reading_pages import parse_page_reference
from bluelamp.documents.blocks import ASIDES, Block, BlockKind, Span
from bluelamp.documents.document import Document, Part
from bluelamp.lib.text import fold, fold_spans

_ITEM = re.compile(
    r"^(?:(?P<name>recommendation|areas? for improvement|afi|cause of concern|coc"
    r"|(?:issue|point) of (?:concern|criticism))"
    r"\s{0,2}(?:no\.?\s{0,2}|number\s)?(?P<number>\d{1,3}(?:\.\d{1,2})?[a-z]?)(?![\w%])\s{0,2}[:.–—-]?"
    r"|(?P<alone>recommendation|area for improvement|cause of concern|(?:issue|point) of (?:concern|criticism))"
    r"\s{0,2}(?:[:–—]|$))\s{0,3}",
    re.I,
)
_FORCE = r"(?:force|chief constable|chief officer|police(?! and crime|,? fire)|constabulary)"
_OFFICE = (
    r"(?:commissioner|police and crime commissioner|police,? fire and crime commissioner|pcc|pfcc|opcc"
    r"|(?:deputy )?mayor)"
)
_WHO = rf"(?:(?:{_FORCE}|{_OFFICE}|our|my|management)[’']?s?\s{{1,2}})"
_SAYS = r"(?:response|answer|comments?|reply)"
_TO = (
    r"(?:\s{1,2}to (?:this |the )?(?:recommendation|area for improvement|cause of concern|finding)(?:\s\d{1,3})?)"
)
_ANSWER = re.compile(
    rf"^(?:the\s)?(?:{_SAYS} (?:of|from|by) (?:the )?(?:{_FORCE}|{_OFFICE}|management)"
    rf"|{_WHO}?(?:{_SAYS}|(?:progress )?update|actions?(?:\s(?:taken|planned))?|progress|position|commentary)"
    rf"{_TO}?)"
    r"(?:\s{1,2}(?:to date|so far|(?:as )?at\b[^:]{1,20}|[(–-]?\s?(?:\d{1,2}\s)?[A-Z][a-z]{2,8}\s\d{4}\)?))?"
    r"\s{0,2}(?:[:–—]\s{0,3}|$)",
    re.I,
)
_OF_OFFICE = re.compile(rf"{COMMISSIONER.pattern}|^my\b", re.I)
_OF_FORCE = re.compile(rf"\b{_FORCE}\b", re.I)
_FIELD = re.compile(
    r"(?:^|(?<=[.;|\t ]))(?P<label>(?:action )?owner|lead(?: officer)?|officer responsible|responsibility"
    r"|responsible (?:officer|person|manager|owner)|status|rag(?: rating)?|timescales?|deadline|priority"
    r"|(?:(?:target|due|completion|implementation|original|revised|agreed)\s"
    r"(?:(?:due|target|completion|implementation)\s)?)?date)\s{0,2}:\s{0,3}",
    re.I,
)
_STANDING = {Role.OWNER: "owner", Role.DUE: "due", Role.STATUS: "status"}
_WEIGHT = re.compile(
    r"^[\s(\[–—-]{0,3}(?:(?:priority|risk|grade|rating)\b[\s:]{0,2})?"
    r"(?:\d|high|medium|low|fundamental|significant|major|moderate|minor|advisory|critical|essential|important)"
    r"(?: (?:priority|risk))?[)\]\s]{0,3}$",
    re.I,
)
_ASKS = re.compile(r"\b(?:should|must|needs? to|is to|are to|will|shall|ensure|make sure)\b", re.I)
_END = re.compile(r"^(?:yours (?:sincerely|faithfully|truly)|kind regards|signed\b|\[?signature\b)", re.I)
_PAGE = re.compile(r"^[(\[]?(?:pages?|pp?\.?|pg\.?)\s{0,2}\d[\d\s,/–-]{0,12}(?:figure\s\d{1,2})?[)\]]?$", re.I)


@dataclass(frozen=True)
class _Words:
    """A block, or the part of one that begins with a label on a line of its own."""

    text: str
    spans: tuple[Span, ...]
    is_heading: bool = False


@dataclass
class _Item:
    section: str
    number: str
    page_ref: str = ""
    title: str = ""  # behind its number, where words of its own follow
    text: list[str] = field(default_factory=list)
    action: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)  # what the commissioner says of the answer
    remarked: bool = False  # those words are being read
    spans: list[Span] = field(default_factory=list)
    answered: bool = False  # "Force response" has been said
    closed: bool = False  # owner or day was said under its answer: no words of it follow
    standing: dict[str, list[str]] = field(default_factory=dict)  # owner, due and status, as printed


def names_answerer(text: str) -> bool:
    """A label of an answer that says who gives it, the force or the commissioner: "Chief Constable's response"."""
    found = _ANSWER.match(text)
    said = found.group() if found else ""
    return bool(_OF_FORCE.search(said) or COMMISSIONER.search(said)) and _SAID.search(said) is not None


def is_answer_of_force(text: str) -> bool:
    """Does it begin with the label of the force's own answer, and hold nobody's after it?"""
    found = _ANSWER.match(text)
    if not found or not _OF_FORCE.search(found.group()) or COMMISSIONER.search(found.group()):
        return False
    return _LABEL_OF_OFFICE.search(text, found.end()) is None


def label_end(text: str) -> int:
    """Where the words begin behind an answer's label; 0 where none stands there."""
    found = _ANSWER.match(text)
    return found.end() if found else 0


def begins_answer_or_item(text: str) -> bool:
    """Does another voice, or another item, begin with these words?"""
    return bool(_ANSWER.match(text)) or begins_item(text)


def begins_item(text: str) -> bool:
    """Does a recommendation, an area for improvement or another point begin with these words?"""
    found = _ITEM.match(text)
    return bool(found and _begins_item(text, found))


_SAID = re.compile(rf"\b{_SAYS}\b", re.I)
_LABEL_OF_OFFICE = re.compile(rf"\b{_OFFICE}[’']?s?\s{{1,2}}{_SAYS}\s{{0,2}}:", re.I)


def read_prose(part: Part) -> list[TemplateRow]:
    """The items of a response in prose; none unless at least one is followed by an answer's own label."""
    items: list[_Item] = []
    current: _Item | None = None
    for block in part.blocks:
        if block.kind in ASIDES or block.kind in {BlockKind.TABLE, BlockKind.CONTENTS, BlockKind.FOOTNOTE}:
            continue
        for words in _cut(part.document, block):
            found = _ITEM.match(words.text)
            if found and _begins_item(words.text, found):
                current = _begin(part.document, words, found)
                items.append(current)
            elif current is not None:
                current = _take(part.document, current, words)
    answered = [item for item in items if item.answered]
    return list(_rows(part.document, items)) if answered else []


def _cut(document: Document, block: Block) -> Iterator[_Words]:
    """The block, cut before each line that begins an item or an answer."""
    heading = block.kind is BlockKind.HEADING
    gathered: list[Span] = []
    for span in block.spans:
        start = span[0]
        while start < span[1]:
            end = document.text.find("\n", start, span[1])
            end = span[1] if end == -1 else end + 1
            if gathered and _is_label(document.text[start:end].strip()):
                yield _words(document, gathered, heading)
                gathered = []
            gathered.append((start, end))
            start = end
    if gathered:
        yield _words(document, gathered, heading)


def _is_label(line: str) -> bool:
    found = _ITEM.match(line)
    answer = _ANSWER.match(line)
    named = bool(found and _begins_item(line, found)) or bool(answer and ":" in answer.group())
    return named or _FIELD.match(line) is not None


def _words(document: Document, spans: list[Span], heading: bool) -> _Words:
    joined: list[Span] = []
    for start, end in spans:
        if joined and joined[-1][1] == start:
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return _Words(fold_spans(document.text, tuple(joined)).text, tuple(joined), heading)


def _begins_item(text: str, found: re.Match[str]) -> bool:
    rest = text[found.end() :]
    parted = found.group().rstrip()[-1:] in set(":–—")
    return not rest or parted or not rest[0].islower()  # "Recommendation 3 has been met" is prose


def _begin(document: Document, words: _Words, found: re.Match[str]) -> _Item:
    item = _Item(section_named(found["name"] or found["alone"]) or "issue_of_concern", found["number"] or "")
    rest = words.text[found.end() :].strip()
    if _PAGE.match(rest):
        item.page_ref = rest.strip("()[]")
    elif rest and words.is_heading and not _ASKS.search(rest) and not rest.endswith("."):
        item.title = "" if _WEIGHT.match(rest) else rest
    elif rest and not _WEIGHT.match(rest):
        item.text.append(rest)
    item.spans.extend(words.spans)
    return item


def _take(document: Document, item: _Item, words: _Words) -> _Item | None:
    answer = _ANSWER.match(words.text)
    if answer:
        _answer(document, item, words, answer.end())
        return item
    if _FIELD.match(words.text):
        _stand(item, words)
        return item
    if words.is_heading or item.closed or _END.match(words.text):
        return None
    if not item.answered and not item.text and _PAGE.match(words.text):
        item.page_ref = words.text.strip("()[]")
    else:
        (item.remarks if item.remarked else item.action if item.answered else item.text).append(words.text)
    item.spans.extend(words.spans)
    return item


def _stand(item: _Item, words: _Words) -> None:
    """Who owns it, by when, and how it stands; what it weighs is not kept."""
    found = list(_FIELD.finditer(words.text))
    ends = [each.start() for each in found[1:]] + [len(words.text)]
    for each, end in zip(found, ends, strict=True):
        name = _STANDING.get(role_of(each["label"]) or Role.OTHER)
        said = words.text[each.end() : end].strip(" ;|\t")
        if name and said:
            item.standing.setdefault(name, []).append(said)
            item.closed = item.answered
    item.spans.extend(words.spans)


def _answer(document: Document, item: _Item, words: _Words, at: int) -> None:
    """A first answer without its label; a second one with it. What the commissioner says of it is a remark."""
    item.closed = False
    item.remarked = item.answered and _OF_OFFICE.search(words.text[:at]) is not None
    start = 0 if item.answered else at
    item.answered = True
    said = words.text[start:].strip()
    if start == 0 and at == len(words.text) and not said.endswith((":", "–", "—")):
        said += ":"  # a label on a line of its own, over what is said
    if said:
        (item.remarks if item.remarked else item.action).append(said)
        offsets = fold_spans(document.text, words.spans).offsets[start:]
        item.spans.extend((max(offsets[0], a), b) for a, b in words.spans if b > offsets[0])


def _rows(document: Document, items: list[_Item]) -> Iterator[TemplateRow]:
    for item in items:
        text, remarks = split_office_notes(fold(" ".join(item.text or [item.title])))
        if not text:
            continue
        yield TemplateRow(
            section=item.section,
            ref=item.number,
            page_ref=item.page_ref,
            pages=parse_page_reference(item.page_ref),
            text=text,
            action=fold(" ".join(item.action)),
            notes=(*remarks, *([fold(" ".join(item.remarks))] if item.remarks else [])),
            owner="; ".join(item.standing.get("owner", [])),
            due_printed="; ".join(item.standing.get("due", [])),
            status="; ".join(item.standing.get("status", [])),
            citations=document.cite(sorted(item.spans)),
            doubt="" if item.answered else "No answer stands under this item.",
        )
