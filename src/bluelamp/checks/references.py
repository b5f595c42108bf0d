"""Does what a paper refers to exist in it: an appendix, a table, a paragraph?

Only references to the paper itself are looked at, and only where it prints others of the same kind: an appendix
may come as a file of its own, a figure may be a picture that was not read, a paragraph another paper's. So a
reference to nothing is doubtful and never more.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from bluelamp.checks.model import Check, Paper, Result, Subject, Verdict
from bluelamp.documents.blocks import Block, BlockKind
from bluelamp.documents.sentences import split_sentences

_LABEL = r"(?P<label>\d{1,2}|[A-Z]|[IVX]{1,4})"
_APPENDIX = re.compile(rf"\b(?P<kind>Appendix|Annex|appendix|annex|APPENDIX|ANNEX)\s{_LABEL}\b(?!\.?\d)")
_TABLE = re.compile(r"\b(?P<kind>[Tt]able)\s(?P<label>\d{1,2})\b(?!\.?\d)")
_FIGURE = re.compile(r"\b(?P<kind>[Ff]ig(?:ure|\.)|[Cc]hart)\s(?P<label>\d{1,2})\b(?!\.?\d)")
_PARAGRAPH = re.compile(r"\b(?P<kind>[Pp]ara(?:graph)?s?\.?)\s(?P<label>\d{1,2}\.\d{1,2})\b(?!\.\d)")
_OPENS = re.compile(
    rf"(?:[-•–]\s?)?(?:\d{{1,2}}\.\d{{1,2}}\.?\s)?(?P<kind>appendix|annex)\s?[-–:]?\s?{_LABEL}\b", re.I
)
_CAPTION = re.compile(
    r"(?P<kind>table|figure|fig\.?|chart)\s?(?P<label>\d{1,2})\b(?!\.\d)(?!\s?(?:shows?|sets|gives?|lists?|and|to|has|is"
    r"|below|above|also|summar\w+|illustrates?|presents?|compares?|provides?|details?|outlines?)\b)",
    re.I,
)
_NUMBERED = re.compile(r"(?:[-•]\s)?(?P<section>\d{1,2})\.(?P<number>\d{1,2})\.?(?:\s+\S|$)")
_ELSEWHERE_AFTER = re.compile(
    r"\s{0,2}[,(]?\s{0,2}(?:of|in|to|from|within|at|under|contained in|attached to|appended to)\s"
    r"(?!this\b|the (?:present |attached )?(?:report|paper)\b|(?:the )?table|full|detail)",
    re.I,
)
_APART = re.compile(
    r"\b(?:separately|exempt|restricted|confidential|to follow|on request|website|online|link|previous(?:ly)?"
    r"|earlier|last (?:year|meeting|report)|published|strategy|regulations?|act|code|agreement|statute"
    r"|inspectorate"
    r"|inspection|hmicfrs|hmic|audit(?:or)?s?['’]? report|guidance|manual|policy|scheme|standing orders|handbook"
    r"|legislation|plan (?:of|for|published)|agenda item|minutes of|their report|its report|background paper"
    r"|available (?:at|from|on)|document)\b",
    re.I,
)
_LONGEST: Final = 20_000
_LONGEST_SENTENCE: Final = 1_500
_FEWEST: Final = 2


@dataclass
class _Printed:
    """What a document prints that can be referred to, in capital letters."""

    appendices: set[str] = field(default_factory=set)
    tables: set[int] = field(default_factory=set)
    figures: set[int] = field(default_factory=set)
    paragraphs: dict[int, set[int]] = field(default_factory=dict)


def check_references(subjects: Sequence[Subject]) -> Iterator[Result]:
    """References to appendices, tables, figures and paragraphs of the same paper."""
    for subject in subjects:
        everywhere = _Printed()
        for paper in subject.papers:
            _collect(paper, everywhere)
        for paper in subject.papers:
            own = _Printed()
            _collect(paper, own)
            for block in paper.blocks:
                if block.kind not in (BlockKind.TABLE, BlockKind.CONTENTS):
                    yield from _in_block(paper, block, own, everywhere)


def _collect(paper: Paper, printed: _Printed) -> None:
    titles = [paper.title, *(table.title for table in paper.tables)]
    for words in [*titles, *(block.text[:80] for block in paper.blocks)]:
        if found := _OPENS.match(words):
            printed.appendices.add(found["label"].upper())
        if found := _CAPTION.match(words):
            numbers = printed.tables if found["kind"].lower() == "table" else printed.figures
            numbers.add(int(found["label"]))
    for block in paper.blocks:
        if block.kind is BlockKind.TABLE:
            for row in block.rows:
                for cell in row.cells:
                    if found := _OPENS.match(cell.text[:80]):
                        printed.appendices.add(found["label"].upper())
            continue
        numbered = _NUMBERED.fullmatch(block.marker.strip()) or _NUMBERED.match(block.text[:40])
        if numbered:
            printed.paragraphs.setdefault(int(numbered["section"]), set()).add(int(numbered["number"]))


def _in_block(paper: Paper, block: Block, own: _Printed, everywhere: _Printed) -> Iterator[Result]:
    text = block.text[:_LONGEST]
    lower = text.lower()
    if not any(word in lower for word in ("append", "annex", "table", "fig", "chart", "para")):
        return
    for start, end in split_sentences(text):
        sentence = text[start:end]
        if len(sentence) > _LONGEST_SENTENCE:
            continue
        for pattern in (_APPENDIX, _TABLE, _FIGURE, _PARAGRAPH):
            for found in pattern.finditer(sentence):
                if found.start() == 0 and pattern is not _PARAGRAPH and len(block.text) < 160 and _heads(sentence):
                    continue
                yield from _judge(paper, block, start, sentence, found, own, everywhere)


def _heads(sentence: str) -> bool:
    """Is it a caption or a title and no sentence?"""
    return not sentence.rstrip().endswith(".") or sentence.count(" ") < 4


def _judge(
    paper: Paper,
    block: Block,
    start: int,
    sentence: str,
    found: re.Match[str],
    own: _Printed,
    everywhere: _Printed,
) -> Iterator[Result]:
    exists, why = _exists(found, own, everywhere)
    if exists is False and (_ELSEWHERE_AFTER.match(sentence[found.end() :]) or _APART.search(sentence)):
        exists, why = None, "it may be another document's"
    words = found.group()
    message = {
        True: f"“{words}” is referred to, and the paper prints it.",
        False: f"“{words}” is referred to, and is not there: {why}.",
        None: f"“{words}” is referred to and could not be looked for: {why}.",
    }[exists]
    verdict = {True: Verdict.CONSISTENT, False: Verdict.SUSPECT, None: Verdict.UNCHECKED}[exists]
    yield Result(
        verdict=verdict,
        check=Check.REFERENCE,
        rule="reference-exists",
        message=message,
        printed=(paper.print_of((block, start + found.start(), start + found.end())),),
    )


def _exists(found: re.Match[str], own: _Printed, everywhere: _Printed) -> tuple[bool | None, str]:
    label = found["label"]
    kind = found["kind"].lower()
    if kind.startswith("para"):
        section, number = (int(part) for part in label.split("."))
        return _paragraph_exists(section, number, own)
    if kind == "table":
        return _number_exists(int(label), own.tables, "tables")
    if kind.startswith(("fig", "chart")):
        there = int(label) in own.figures
        return (True, "") if there else (None, "a figure may be a picture that was not read")
    if label.upper() in everywhere.appendices:
        return True, ""
    alike = sorted(each for each in own.appendices if each.isdigit() == label.isdigit())
    if len(alike) < _FEWEST:
        return None, "the paper prints no other appendices that are named so"
    return False, f"it prints appendices {', '.join(alike)}"


def _number_exists(number: int, known: set[int], what: str) -> tuple[bool | None, str]:
    if number in known:
        return True, ""
    if len(known) < _FEWEST or known != set(range(1, max(known) + 1)):
        return None, f"the paper's {what} do not bear numbers that run on"
    return False, f"its {what} are numbered 1 to {max(known)}"


def _paragraph_exists(section: int, number: int, own: _Printed) -> tuple[bool | None, str]:
    known = own.paragraphs.get(section, set())
    if number in known:
        return True, ""
    if len(known) < _FEWEST + 1 or known != set(range(1, max(known) + 1)):
        return None, "the paper's paragraphs do not bear numbers that run on"
    return False, f"its section {section} has paragraphs {section}.1 to {section}.{max(known)}"
