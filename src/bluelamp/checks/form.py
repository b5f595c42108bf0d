"""Does a paper's form agree with itself?

Its head with what it asks, a resolution with its words, the work programme with the agenda.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from typing import Final

from bluelamp.checks.model import Check, Paper, Printed, PrintedWork, Result, Subject, Verdict
from bluelamp.documents.blocks import Block, BlockKind
from bluelamp.documents.sentences import split_sentences
from bluelamp.lib.calendar_days import say_day
from bluelamp.lib.text import fold

_ONLY_TO_KNOW = re.compile(r"\b(?:information|noting|note|assurance)\b", re.I)
_TO_DECIDE = re.compile(
    r"\b(?:decision|decide|approval|approve|consideration|endorsement|action|discussion|agreement)\b", re.I
)
_DECIDE = (
    r"(?:formally |also )?(?:approves?|agrees? to|agrees? (?:the|a|an)\b|authoris\w+|adopts?|ratif(?:y|ies)"
    r"|delegates?|signs? off)\b"
)
_ASKS = re.compile(
    rf"\b(?:recommended that (?:the |members )?(?:[\w&’'-]+ ){{0,6}}?{_DECIDE}"
    rf"|recommended to {_DECIDE}|(?:is|are) (?:asked|invited|requested|recommended) to {_DECIDE})",
    re.I,
)
_ASKING: Final = ("recommended", "asked", "invited", "requested")
_THAT = re.compile(
    rf"(?:\d{{1,2}}(?:\.\d{{1,2}})?\.?\s)?(?:[(]?[a-z][).]\s)?that (?:the "
    rf"|members )?(?:[\w&’'-]+ ){{0,4}}?{_DECIDE}",
    re.I,
)
_NUMBERED: Final = 20  # characters in which an item's number and a "that" stand
_NOT_ASKED = re.compile(r"\b(?:previously|already|had|was|were|last year|not recommended|no longer)\b", re.I)
_RECOMMENDATIONS = re.compile(r"(?:\d{1,2}\.?\s)?(?:formal )?recommendations?\b", re.I)
_LED = re.compile(r"\W{0,3}(?:formal )?recommendations?\s?:\s+(?=\S)", re.I)
_FOR = re.compile(
    r"(?:purpose|status|for|action|type|category)\s*:\s*(?:for )?[\w ,/&-]{3,40}|for [\w ,/&-]{3,30}"
    r"|paper for [\w ,/&-]{3,30}",
    re.I,
)
_TOP: Final = 8  # blocks of a paper's head
_WORD = re.compile(r"[a-z]{3,}")
_COMMON: Final = frozenset(
    {"report", "update", "the", "and", "for", "from", "paper", "annual", "quarterly", "quarter", "year", "review",
     "verbal", "item", "progress", "presentation"}
)  # fmt: skip
_RESOLVES = re.compile(
    r"(?:it was )?(?:unanimously )?(?:resolved|agreed|decided)\b[:–—-]?\s+\S+\s+\S+\s+\S+", re.I
)
_BARE_RESOLVES = re.compile(
    r"(?:resolved|(?:it was )?(?:resolved|agreed|decided)(?: ?:|,? that))[ :–—-]*(?:that)?[ :–—-]*", re.I
)
_ITEM_HEAD = re.compile(r"(?:item )?(?:\d{1,4}[/.])?(?P<number>\d{1,4})[.):]?\s+[A-Z]", re.I)
_TITLE: Final = 90
_FEWEST_ITEMS: Final = 4
_LONGEST: Final = 20_000


def check_form(subjects: Sequence[Subject]) -> Iterator[Result]:
    for subject in subjects:
        for paper in subject.papers:
            purpose = _purpose_of(paper)
            if purpose is not None:
                yield from _purpose(paper, purpose)
            yield from _led_to_nothing(subject, paper)
        yield from _wordless(subject)
        yield from _programme(subject)


# -- the head and what is asked ---------------------------------------------------------------------------


def _purpose_of(paper: Paper) -> Printed | None:
    """What the head says the paper is for: as the reader of heads found it, or in a line of its first blocks."""
    if paper.header is not None and paper.header.fields.get("for"):
        return Printed(paper.header.fields["for"], paper.header.citations)
    for block in paper.blocks[:_TOP]:
        found = _FOR.fullmatch(block.text.strip()) if block.kind is not BlockKind.TABLE else None
        if found:
            return paper.print_of(block)
    return None


def _purpose(paper: Paper, head: Printed) -> Iterator[Result]:
    """ "For Information" over "that the Commissioner approves"."""
    purpose = head.text
    only_to_know = bool(_ONLY_TO_KNOW.search(purpose)) and not _TO_DECIDE.search(purpose)
    asked = list(_asked(paper))
    for block, start, end in asked[:3]:
        words = block.text[start:end].strip()
        wrong = only_to_know
        yield Result(
            verdict=Verdict.CONTRADICTION if wrong else Verdict.CONSISTENT,
            check=Check.REFERENCE,
            rule="purpose",
            message=(
                f"The head says “{purpose}”, {'but' if wrong else 'and'} the paper asks for a decision: "
                f"“{words[:160]}”"
            ),
            printed=(paper.print_of((block, start, end)), head),
        )


def _asked(paper: Paper) -> Iterator[tuple[Block, int, int]]:
    """Sentences that ask the meeting to decide, from the paper's recommendations."""
    within = False
    for block in paper.blocks:
        if block.kind is BlockKind.TABLE:
            continue
        if block.kind is BlockKind.HEADING or (len(block.text) < 60 and _RECOMMENDATIONS.match(block.text)):
            within = bool(_RECOMMENDATIONS.match(block.text))
            continue
        for start, end in split_sentences(block.text[:_LONGEST]):
            sentence = block.text[start:end]
            led = _LED.match(sentence)
            sentence = sentence[led.end() :] if led else sentence
            found = _find_asked(sentence)
            if found is None or _NOT_ASKED.search(sentence[: found.end()]):
                continue
            if within or led or not found.group().lower().lstrip("0123456789. ()").startswith("that"):
                yield block, start, end


def _find_asked(sentence: str) -> re.Match[str] | None:
    lower = sentence.lower()
    asks = _ASKS.search(sentence) if any(word in lower for word in _ASKING) else None
    return (_THAT.match(sentence) if "that" in lower[:_NUMBERED] else None) or asks


# -- resolutions ------------------------------------------------------------------------------------------


def _wordless(subject: Subject) -> Iterator[Result]:
    """A numbered resolution that says nothing."""
    numbered = [each for each in subject.resolutions if each.number]
    for each in numbered:
        has_words = any(character.isalpha() for character in each.text)
        if not has_words and len(numbered) < 2:
            continue
        yield Result(
            verdict=Verdict.CONSISTENT if has_words else Verdict.SUSPECT,
            check=Check.REFERENCE,
            rule="resolution-words",
            message=(
                f"Resolution {each.number} has its words."
                if has_words
                else f"Resolution {each.number} says nothing: no words follow its number."
            ),
            printed=(Printed(each.number, each.citations),),
        )


def _led_to_nothing(subject: Subject, paper: Paper) -> Iterator[Result]:
    """ "RESOLVED: that" right above the next item, in minutes whose other resolutions have words."""
    numbered = {cited.line for each in subject.resolutions for cited in each.citations}
    blocks = [block for block in paper.blocks if block.kind is not BlockKind.TABLE and block.text.strip()]
    with_words = sum(bool(_RESOLVES.match(block.text)) for block in blocks)
    if not with_words:
        return
    for index, block in enumerate(blocks):
        if not _BARE_RESOLVES.fullmatch(block.text.strip()) or subject.document.line_of(block) in numbered:
            continue
        following = blocks[index + 1] if index + 1 < len(blocks) else None
        before = next((n for each in reversed(blocks[:index]) if (n := _item_number(each))), 0)
        if before == 0 or (following is not None and _item_number(following) != before + 1):
            continue
        yield Result(
            verdict=Verdict.SUSPECT,
            check=Check.REFERENCE,
            rule="resolution-words",
            message=f"“{block.text.strip()}” leads to nothing: the next item follows, or the paper ends.",
            printed=(paper.print_of(block), *([paper.print_of(following)] if following else [])),
        )


def _item_number(block: Block) -> int:
    """The number of an item of minutes, with a short title behind it; 0 where the block is none."""
    text = block.text if block.text.startswith(block.marker) else f"{block.marker} {block.text}".strip()
    found = _ITEM_HEAD.match(text) if len(text) < _TITLE and not text.endswith((".", ";", ",")) else None
    return int(found["number"]) if found else 0


# -- the work programme -----------------------------------------------------------------------------------


def _programme(subject: Subject) -> Iterator[Result]:
    """What the work programme lists for this day's meeting is on its agenda."""
    day = _day_of(subject)
    if day is None or len(subject.agenda) < _FEWEST_ITEMS:
        return
    titles = [_words(item.title) for item in subject.agenda] + [_words(header.title) for header in subject.headers]
    for work in subject.work_programme:
        words = _words(work.title)
        if work.meeting != day or not words:
            continue
        is_there = any(_alike(words, title) for title in titles)
        yield _listed(work, day, is_there=is_there)


def _listed(work: PrintedWork, day: dt.date, *, is_there: bool) -> Result:
    link = "and it is on the agenda" if is_there else "but nothing on the agenda is called so"
    return Result(
        verdict=Verdict.CONSISTENT if is_there else Verdict.SUSPECT,
        check=Check.REFERENCE,
        rule="work-programme",
        message=f"The work programme lists “{work.title}” for the meeting of {say_day(day)}, {link}.",
        printed=(Printed(work.title, work.citations),),
    )


def _day_of(subject: Subject) -> dt.date | None:
    """The day of the agenda's meeting: that of the paper in which the agenda stands, else the document's."""
    if not subject.agenda:
        return None
    line = subject.agenda[0].citations[0].line
    for paper in subject.papers:
        lines = [subject.document.line_at(span[0]) for block in paper.blocks for span in block.spans[:1]]
        if lines and min(lines) <= line <= max(lines):
            return paper.meeting or subject.published
    return subject.published


def _words(title: str) -> frozenset[str]:
    return frozenset(word.rstrip("s")[:7] for word in _WORD.findall(fold(title).lower())) - _COMMON


def _alike(one: frozenset[str], other: frozenset[str]) -> bool:
    return bool(one & other)
