"""Are there as many as is said: "three recommendations:" above a list, "twelve areas for improvement" in a report?

What is counted is printed with a number or a title of its own ("Recommendation 4"), or stands as a list below the
sentence. A list that a sentence only begins ("including") may be shorter.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from bluelamp.checks.model import Check, Paper, Result, Subject, Verdict
from bluelamp.documents.blocks import ASIDES, Block, BlockKind
from bluelamp.documents.sentences import split_sentences

_WORDS: Final = (
    *("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
    *("thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty"),
)
COUNTED = rf"(?P<n>\d{{1,2}}|{'|'.join(_WORDS)})"
_THINGS = (
    r"(?P<thing>recommendations?|areas? for improvement|AFIs?|causes? of concern|objectives?|priorities|themes"
    r"|actions?|findings|questions|options|aims|principles|strands|pillars|outcomes"
    r"|key (?:areas|points|themes|risks)"
    r"|areas|reasons|risks|projects|schemes|factors|stages|elements|categories|criteria|commitments|steps|items)"
)
_LIST_HEAD = re.compile(
    rf"\b{COUNTED} (?:(?!of )[a-z-]{{2,14}} ){{0,3}}?{_THINGS}\b(?P<rest>[^.:]{{0,90}}):\s*-?$", re.I
)
_REST = re.compile(
    r"(?:,|\s|\b(?:are|were|is|as|follows|below|identified|made|set|out|listed|namely|agreed|have|has|been|for|the|in|this"
    r"|of|which|that|include|includes|included|including|report|review|project|plan|force|forces|strategy|programme|year"
    r"|to|by|local|all|following|our|inspection|audit|group|board|proposed|being|these|under|consideration)\b){0,24}",
    re.I,
)
_OPEN = re.compile(
    r"\b(?:includ\w{1,4}|such as|for example|e\.g|among|amongst|some of|of which|at least|addition)\b", re.I
)
_OF_THE = re.compile(r"\bof (?:the |our |its |these )?$", re.I)
_STATED = re.compile(
    rf"\b(?:mak(?:e|es|ing)|made|contain(?:s|ed)?|set(?:s)? out|identif(?:y|ies|ied)|issued?|gave|given|has|had"
    r"|there (?:are|were))"
    rf" (?:a total of |the force |us |also ){{0,2}}{COUNTED}"
    r" (?P<what>recommendations|areas for improvement|causes of concern)\b",
    re.I,
)
_PRINTED: Final = {
    "recommendations": re.compile(r"(?:key )?recommendation (\d{1,3})\b", re.I),
    "areas for improvement": re.compile(r"area for improvement (\d{1,3})\b", re.I),
    "causes of concern": re.compile(r"cause of concern (\d{1,3})\b", re.I),
}
_LEAST: Final = 2
_MOST_ITEMS: Final = 40


def check_counts(subjects: Sequence[Subject]) -> Iterator[Result]:
    """Lists below the sentence that counts them, and counts of recommendations in and across documents."""
    printed = [found for subject in subjects for found in _printed_things(subject)]
    for subject in subjects:
        for paper in subject.papers:
            blocks = [block for block in paper.blocks if block.kind not in ASIDES]
            for index, block in enumerate(blocks):
                if block.kind in (BlockKind.TABLE, BlockKind.CONTENTS):
                    continue
                yield from _check_list(paper, blocks, index)
                yield from _check_stated(subject, paper, block, printed)


def number_of(words: str) -> int:
    return int(words) if words.isdigit() else _WORDS.index(words.lower()) + 1


# -- lists --------------------------------------------------------------------------------------------------


def _check_list(paper: Paper, blocks: Sequence[Block], index: int) -> Iterator[Result]:
    block = blocks[index]
    if index + 1 == len(blocks) or blocks[index + 1].kind is not BlockKind.LIST_ITEM:
        return
    match = _LIST_HEAD.search(block.text[-240:])
    if match is None:
        return
    start = len(block.text) - len(block.text[-240:]) + match.start()
    if _OF_THE.search(block.text[max(0, start - 12) : start]):
        return
    if _OPEN.search(block.text[max(0, start - 40) : start]) or re.match(r"\s?(?:of|out of)\b", match["rest"]):
        return
    if not _REST.fullmatch(match["rest"]):
        return  # "four priorities, designed to deliver:" is a list of what they deliver
    items = list_below(blocks, index)
    said = number_of(match["n"])
    if len(items) < _LEAST or said < _LEAST:
        return
    is_open = bool(_OPEN.search(match["rest"]))
    agrees = len(items) == said or (is_open and len(items) < said)
    words = block.text[start:].strip()
    verdict = Verdict.CONSISTENT if agrees else Verdict.SUSPECT if is_open else Verdict.CONTRADICTION
    if not agrees and abs(len(items) - said) > max(2, said // 2):
        verdict = Verdict.UNCHECKED
    yield Result(
        verdict=verdict,
        check=Check.CROSS_DOCUMENT,
        rule="count-of-list",
        message=f"“{words[-120:]}”: the list below has {len(items)}"
        + (", as said." if agrees else f", not {said}."),
        printed=(
            paper.print_of((block, start, len(block.text))),
            paper.print_of(items[0]),
            paper.print_of(items[-1]),
        ),
        recomputed=str(len(items)),
    )


def list_below(blocks: Sequence[Block], index: int) -> list[Block]:
    """The list right below, of its first item's level and kind of marker."""
    items: list[Block] = []
    for block in blocks[index + 1 : index + 2 + _MOST_ITEMS]:
        if block.kind is not BlockKind.LIST_ITEM:
            break
        if not items or (block.level == items[0].level and _kind(block) == _kind(items[0])):
            items.append(block)
        elif block.level <= items[0].level:
            break
    return items


_PARAGRAPH = re.compile(r"\d{1,2}\.\d{1,2}\b")


def _kind(block: Block) -> str:
    marker = block.marker.strip(" .()")
    if _PARAGRAPH.match(block.text):
        return "paragraph"
    return "n" if marker.isdigit() else "a" if marker.isalpha() else marker


# -- recommendations ----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Things:
    """What a document prints with numbers of their own: 1 to `count`, none left out."""

    subject: Subject
    paper: Paper
    what: str
    first: Block
    last: Block
    count: int


def _printed_things(subject: Subject) -> Iterator[_Things]:
    for paper in subject.papers:
        for what, pattern in _PRINTED.items():
            found: dict[int, Block] = {}
            for block in paper.blocks:
                match = pattern.match(block.text) if block.kind not in ASIDES else None
                if match:
                    found.setdefault(int(match[1]), block)
            if len(found) >= _LEAST and sorted(found) == list(range(1, len(found) + 1)):
                yield _Things(subject, paper, what, found[1], found[len(found)], len(found))


def _check_stated(subject: Subject, paper: Paper, block: Block, printed: Sequence[_Things]) -> Iterator[Result]:
    if not printed or len(block.text) > 5_000:
        return
    for start, end in split_sentences(block.text):
        match = _STATED.search(block.text, start, end)
        things = [each for each in printed if match and each.what == match["what"].lower()]
        own = [each for each in things if each.paper is paper]
        for each in own or ([] if len(things) != 1 else things):
            if match:
                yield _stated(subject, paper, block, (start, end), number_of(match["n"]), each)


def _stated(
    subject: Subject, paper: Paper, block: Block, sentence: tuple[int, int], said: int, things: _Things
) -> Result:
    agrees = said == things.count
    said_in = block.text[sentence[0] : sentence[1]].strip()[:240]
    where = "it" if things.paper is paper else f"“{things.paper.title}”"
    return Result(
        verdict=Verdict.CONSISTENT if agrees else Verdict.SUSPECT,
        check=Check.CROSS_DOCUMENT,
        rule="count-of-things",
        message=f"“{said_in}”: {where} prints {things.count} {things.what}"
        + (", as said." if agrees else f", numbered 1 to {things.count}."),
        printed=(paper.print_of((block, *sentence)), things.paper.print_of(things.first, things.last)),
        recomputed=str(things.count),
    )
