"""Is a number left out where few are: resolutions 041, 043, 044; minutes 44, 46, 47; paragraphs 4.1, 4.3?

A doubt and never more, and only where the other numbers around it run on. What was heard in private has its number
and is not printed, and an extract leaves things out: where the paper speaks of either, nothing is told. Nor is it
where a line anywhere bears the number that seems to be missing, however it was read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from bluelamp.checks.model import Check, Paper, Printed, Result, Subject, Verdict
from bluelamp.checks.sequences import FEWEST, Numbered, numbered_sections
from bluelamp.documents.blocks import Block, BlockKind
from bluelamp.lib.days import find_days

_PRIVATE = re.compile(
    r"\b(?:exempt|confidential|not for publication|press and public|public and press"
    r"|closed (?:session|meeting|part)|private (?:session|meeting|part|items?)|in private|restricted"
    r"|part (?:two|2|ii|b)|in camera)\b",
    re.I,
)
_PARTLY = re.compile(
    r"\b(?:extracts?|excerpts?|abridged|redacted|selected|relevant (?:minutes|items|sections?|parts?|paragraphs?)"
    r"|not used|deleted|intentionally|removed|withheld|summary of)\b",
    re.I,
)
_RESOLVED = re.compile(
    r"(?:^\W{0,4}(?i:resolution|decision|resolved|decided|agreed)|\b(?:RESOLVED|DECIDED|AGREED))\W{0,4}"
    r"(?:(?:[Nn]o\.?|[Nn]umber)\s)?(?P<year>\d{4})/(?P<number>\d{1,4})\b"
)
_HEAD = re.compile(r"(?P<number>\d{1,3})(?P<year>/\d{2,4})?(?:[.)]\s|\s(?=[A-Z]))\s{0,3}(?P<words>[A-Z].*)", re.S)
_MARKER = re.compile(r"(?P<number>\d{1,3})(?P<year>/\d{2,4})?[.)]?")
_LONGEST_HEAD: Final = 100
_FEWEST: Final = 3
_SECTIONS: Final = 3  # besides, that run on and show that a paper numbers its paragraphs
_LONGEST: Final = 2_000_000


@dataclass(frozen=True)
class _Item:
    number: int
    shown: str  # as printed: "2024/041", "44", "4.1"
    missing: str  # what would stand between it and the one after the next
    printed: Printed


def check_few_numbers(subjects: Sequence[Subject]) -> Iterator[Result]:
    for subject in subjects:
        told = {cited.line for item in subject.agenda for cited in item.citations}
        for paper in subject.papers:
            if not _PARTLY.search(_opening(paper)):
                yield from _sections(paper)
                found: list[Result] = []
                if len(subject.resolutions) < FEWEST:
                    found += _judge(paper, _resolutions(paper), "resolution", "resolution-gap")
                found += _judge(paper, _heads(paper, told), "item", "item-gap")
                if found and not any(_PRIVATE.search(block.text) for block in paper.blocks):
                    yield from found


def _opening(paper: Paper) -> str:
    return " ".join([paper.title, *(block.text[:300] for block in paper.blocks[:8])])


def _judge(paper: Paper, items: Sequence[_Item], what: str, rule: str) -> Iterator[Result]:
    """One gap of one number in a run of at least three that else runs on."""
    steps = [(one, other) for one, other in pairwise(items) if other.number != one.number + 1]
    if len(items) < _FEWEST or len(steps) != 1:
        return
    one, other = steps[0]
    if other.number == one.number + 2 and not _stands_somewhere(paper, one.missing):
        yield Result(
            verdict=Verdict.SUSPECT,
            check=Check.SEQUENCE,
            rule=rule,
            message=f"After {what} {one.shown} comes {other.shown}: {one.missing} is missing.",
            printed=(one.printed, other.printed),
        )


def _stands_somewhere(paper: Paper, missing: str) -> bool:
    """Does a line begin with the number, or a sentence behind another?"""
    text = paper.document.text
    number = rf"(?:[A-Za-z]{{1,12}}\s)?0{{0,2}}{re.escape(missing.lstrip('0'))}(?![\d/]|\.\d)"
    return len(text) > _LONGEST or bool(
        re.search(rf"^[^\w\n]{{0,6}}{number}|[.;:|]\s{{1,3}}{number}\.?\s{{1,3}}[A-Z]", text, re.M)
    )


# -- resolutions and heads of minutes ---------------------------------------------------------------------


def _resolutions(paper: Paper) -> list[_Item]:
    """The resolutions of one year."""
    found: list[tuple[re.Match[str], Block]] = []
    for block in paper.prose:
        if "/" in block.text:
            found += [(match, block) for match in _RESOLVED.finditer(block.text[:2000])]
    if len({match["year"] for match, _ in found}) > 1:
        return []
    return [
        _Item(
            int(match["number"]),
            f"{match['year']}/{match['number']}",
            f"{match['year']}/{int(match['number']) + 1:0{len(match['number'])}}",
            paper.print_of((block, match.start(), match.end())),
        )
        for match, block in found
    ]


def _heads(paper: Paper, told: set[int]) -> list[_Item]:
    """Numbered heads, where no run from 1 on of five or more is held to account elsewhere."""
    found: list[_Item] = []
    years: set[str] = set()
    for block in paper.blocks:
        is_head = block.kind is BlockKind.HEADING or (block.strong and block.kind is BlockKind.PARAGRAPH)
        if not is_head or len(block.text) > _LONGEST_HEAD or not block.spans:
            continue
        match = _MARKER.fullmatch(block.marker.strip()) or _HEAD.fullmatch(block.text)
        if match is None or paper.document.line_at(block.spans[0][0]) in told:
            continue
        if any(day.start == 0 for day in find_days(block.text[:60])):
            continue
        years.add(match["year"] or "")
        number, year = int(match["number"]), match["year"] or ""
        found.append(_Item(number, f"{number}{year}", f"{number + 1}{year}", paper.print_of(block)))
    is_coded = "" not in years
    is_run = bool(found) and (
        (found[0].number == 1 and len(found) >= FEWEST) or (is_coded and len(found) >= FEWEST)
    )
    return [] if is_run or len(years) > 1 else found


# -- paragraphs -------------------------------------------------------------------------------------------


def _sections(paper: Paper) -> Iterator[Result]:
    """A gap in a section of few paragraphs, in a paper whose other sections run on."""
    sections = numbered_sections(paper)
    sound = [section for section, items in sections.items() if _runs_on(items)]
    if len(sound) < _SECTIONS:
        return
    for section, items in sections.items():
        if items[0].number == 1 and 1 < len(items) < FEWEST and section not in sound:
            yield from _gap(paper, section, items)


def _runs_on(items: Sequence[Numbered]) -> bool:
    return [item.number for item in items] == list(range(1, len(items) + 1))


def _gap(paper: Paper, section: int, items: Sequence[Numbered]) -> Iterator[Result]:
    steps = [(one, other) for one, other in pairwise(items) if other.number != one.number + 1]
    if len(steps) != 1 or steps[0][1].number != steps[0][0].number + 2:
        return
    one, other = steps[0]
    missing = f"{section}.{one.number + 1}"
    if _stands_somewhere(paper, missing):
        return
    yield Result(
        verdict=Verdict.SUSPECT,
        check=Check.SEQUENCE,
        rule="paragraph-number",
        message=f"After paragraph {section}.{one.number} comes {section}.{other.number}: {missing} is missing.",
        printed=(one.printed, other.printed),
    )
