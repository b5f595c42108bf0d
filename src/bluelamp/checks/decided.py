"""Does a paper tell as done what it dates after the day that it is for?

Only where the day belongs to the deed: "was approved by the board in December 2021", "met on 4 July 2022". A day
that something decided leads to ("approved the closure on 4 July", "agreed that a report come in June") is none.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from typing import Final

from bluelamp.checks.dates import LONGEST, MONTH_YEAR, number_of_month
from bluelamp.checks.model import Check, Paper, Result, Subject, Verdict
from bluelamp.documents.blocks import Block, BlockKind
from bluelamp.documents.sentences import split_sentences
from bluelamp.lib.calendar_days import say_day
from bluelamp.lib.days import find_days

_DONE = (
    r"(?:agreed|approved|decided|resolved|endorsed|confirmed|considered|adopted|ratified|signed(?: off)?|held"
    r"|published"
    r"|completed|received|noted|reported|presented|discussed|issued|launched|appointed|introduced|reviewed|closed"
    r"|opened|concluded|awarded|elected|established)"
)
_WHO = (
    r"(?:the|a|an|all|both|its|their|our|his|her|this|that|joint|full|local|strategic|executive|police|crime"
    r"|audit|chief"
    r"|board|panel|committee|meeting|cabinet|partners?|members?|commissioner|constable|officers?|force|group"
    r"|team|council"
    r"|partnership|inspection|scrutiny|governance|standards|ethics|investment|programme|project|improvement|senior"
    r"|leadership|management|steering|working|advisory|national|regional|fire|rescue|people|finance|estates"
    r"|and|of|for|performance|resources|finance|accountability|authority|office|government|home"
    r"|[a-z]{3,15}(?=\s(?:board|panel|committee|meeting|group|cabinet|council|authority|team)\b)"
    r"|[A-Z][\w’'-]*)"
)
_WHEN = (
    r"(?:in|on|at|dated|at its|at the|at their|at a meeting (?:on|in|of)"
    r"|at (?:its|the|their) meeting (?:on|in|of))"
)
_PASSIVE = re.compile(
    rf"\b(?:was|were|been)\s(?:\w{{3,12}}ly\s|then\s|first\s|duly\s|also\s)?{_DONE}"
    rf"(?:\s(?:by|at|to|with|through)(?:\s{_WHO}){{1,9}})?\s{_WHEN}\s(?:the\s)?(?:early\s|late\s|mid-?\s?)?$"
)
_MET = re.compile(rf"\b(?:met|took place|was held|were held)\s(?:again\s|first\s|last\s)?{_WHEN}\s(?:the\s)?$")
_ACTIVE = re.compile(
    r"\b(?:considered|received|discussed|approved|agreed|endorsed|adopted|reviewed|published)\s"
    r"(?:the|this|that|an|a|these|its|their)\s(?:\w+\s){0,2}?(?:reports?|papers?|strategy|items?|matter"
    r"|updates?|business case"
    rf"|proposals?|recommendations?|draft|priorities|budget|findings|results)\s{_WHEN}\s(?:the\s)?$"
)
_HAD = re.compile(
    rf"\b(?:had|has|have)\s(?:\w{{3,12}}ly\s|already\s|also\s)?{_DONE}\s(?:an?|the|its|their|his|her)\s(?:\w+\s){{1,3}}?"
    r"(?:on|in)\s(?:the\s)?(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,?\s)?$",
    re.I,
)
_AHEAD = re.compile(
    r"\b(?:will|would|shall|should|to be|to have|expected|due|once|when|if|until|after|before|unless|may|might"
    r"|could"
    r"|propos\w+|recommend\w+|plann?\w*\sto|intend\w*|that\s(?:it|they|the)\b[^,]{0,40}\bbe)\b",
    re.I,
)
_LONG_YEAR = re.compile(r"(?:19|20)\d\d")
_LONGEST_SENTENCE: Final = 1_500
_HELD = re.compile(
    r"(?:\b(?:held|meeting|date(?: of (?:the )?meeting)?)\b(?: to be held)?(?: on)?:?|^(?:date|dated):?)"
    r"\s*(?:[A-Z][a-z]{2,5}day,? *)?$",
    re.I,
)
_TO_COME = re.compile(r"\b(?:next|future|forthcoming|following|previous|last)\b", re.I)
_TOP: Final = 6  # blocks of a paper's head
_REACH: Final = 200  # characters before a day in which its deed is looked for


def check_decided(subjects: Sequence[Subject]) -> Iterator[Result]:
    """Deeds told in the past tense whose day is after the paper's own."""
    for subject in subjects:
        for paper in subject.papers:
            known = _own_day(paper) or subject.published
            if known is None:
                continue
            for block in paper.blocks:
                if block.kind is not BlockKind.TABLE:
                    yield from _in_block(paper, block, known)


def _own_day(paper: Paper) -> dt.date | None:
    """The day the paper is for; else the day that its head says it was held, or that stands there by itself."""
    if paper.meeting is not None:
        return paper.meeting
    for block in paper.blocks[:_TOP]:
        days = find_days(block.text[:300]) if block.kind is not BlockKind.TABLE else []
        if len(days) != 1:
            continue
        before, after = block.text[: days[0].start], block.text[days[0].end :]
        if _TO_COME.search(before):
            continue  # the day of the next meeting, or of the last one
        if _HELD.search(before) or not f"{before}{after}".strip(" .,"):
            return days[0].day
    return None


def _in_block(paper: Paper, block: Block, known: dt.date) -> Iterator[Result]:
    text = block.text[:LONGEST]
    if not find_days(text) and not (_LONG_YEAR.search(text) and MONTH_YEAR.search(text)):
        return
    for start, end in split_sentences(text):
        sentence = text[start:end]
        if len(sentence) > _LONGEST_SENTENCE:
            continue
        for first, last, day in _told(sentence):
            verdict = _deed(sentence[max(0, first - _REACH) : first]) if day > known else None
            if verdict is not None:
                yield _result(paper, block, known, sentence, (start, first, last), verdict)


def _deed(before: str) -> Verdict | None:
    for pattern, verdict in (
        (_PASSIVE, Verdict.CONTRADICTION),
        (_MET, Verdict.CONTRADICTION),
        (_ACTIVE, Verdict.SUSPECT),
        (_HAD, Verdict.SUSPECT),
    ):
        found = pattern.search(before)
        if found and not _AHEAD.search(before[max(0, found.start() - 60) :]):
            return verdict
    return None


def _told(sentence: str) -> Iterator[tuple[int, int, dt.date]]:
    """Days and months named in a sentence, each by its first day."""
    days = find_days(sentence)
    for found in days:
        yield found.start, found.end, found.day
    for match in MONTH_YEAR.finditer(sentence):
        if not any(day.start <= match.start() < day.end for day in days):
            yield match.start(), match.end(), dt.date(int(match["year"]), number_of_month(match["month"]), 1)


def _result(
    paper: Paper, block: Block, known: dt.date, sentence: str, place: tuple[int, int, int], verdict: Verdict
) -> Result:
    start, first, last = place
    said = f"A paper for {say_day(known)} tells as done what it dates {sentence[first:last]}"
    return Result(
        verdict=verdict,
        check=Check.DATE,
        rule="decided-later",
        message=f"{said}: “{sentence.strip()[:160]}”.",
        printed=(paper.print_of((block, start, start + len(sentence))),),
        recomputed=f"not after {say_day(known)}",
    )
