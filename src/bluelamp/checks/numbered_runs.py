"""Do plainly numbered paragraphs (1, 2, 3) and coded heads (2025/01, 12/24) run on through a paper?

A list within a list is told apart by the number that goes on with an outer one. A run is held to account from five
numbers on; one number that is left out is doubtful, one that stands over two different paragraphs cannot be right.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from bluelamp.checks.model import Check, Paper, Printed, Result, Subject, Verdict
from bluelamp.checks.sequences import HEARD_APART
from bluelamp.documents.blocks import Block, BlockKind
from bluelamp.lib.days import find_days

_NUMBERED = re.compile(
    r"(?:(?P<number>\d{1,3})[.)]|(?P<named>(?:Agenda )?[Ii]tem (?:[Nn]o\.? ?)?(?P<item>\d{1,2}))[.:)]?)"
    r"\s+(?:[–-]\s)?"
    r"(?P<words>[A-Z“\"‘'].*)",
    re.S,
)
_MARKER = re.compile(r"(?P<number>\d{1,3})[.)]")
_CODED = re.compile(r"(?P<one>\d{1,4})/(?P<other>\d{1,4})\s+(?P<words>[A-Z].*)", re.S)
_NOTHING = re.compile(r"(?:n/?a|none|nil)\b", re.I)
_STOPS: Final = (".", ";", ":", "?")
_FEWEST: Final = 5
_FEWEST_CODED: Final = 4
_LONGEST_HEAD: Final = 120
_LONGEST_TITLE: Final = 90


@dataclass(frozen=True)
class _Item:
    number: int
    shown: str
    words: str
    block: Block


def check_numbered_runs(subjects: Sequence[Subject]) -> Iterator[Result]:
    for subject in subjects:
        told = {cited.line for item in subject.agenda for cited in item.citations}
        for paper in subject.papers:
            for run in _runs(paper):
                if len(run) >= _FEWEST and not any(paper.document.line_of(item.block) in told for item in run):
                    yield from _judge(paper, run, "paragraph-run")
            for run in _later_runs(paper):
                if not any(paper.document.line_of(item.block) in told for item in run):
                    yield from _judge(paper, run, "item-run")
            yield from _coded(paper)


def _runs(paper: Paper) -> Iterator[list[_Item]]:
    """Runs from 1 on, each as far as it goes: an outer one goes on after an inner one."""
    open_runs: list[list[_Item]] = []
    for block in paper.blocks:
        item = _read(block)
        if item is None:
            continue
        at = next((i for i in reversed(range(len(open_runs))) if open_runs[i][-1].number + 1 == item.number), None)
        if at is None and item.number > 1 and open_runs and _goes_on(open_runs[-1][-1], item):
            at = len(open_runs) - 1
        if at is not None:
            yield from open_runs[at + 1 :]
            open_runs = open_runs[: at + 1]
            open_runs[at].append(item)
        elif item.number == 1:
            open_runs.append([item])
        else:
            yield from open_runs
            open_runs = []
    yield from open_runs


def _later_runs(paper: Paper) -> Iterator[list[_Item]]:
    """Titles numbered on from an earlier meeting (21, 22, 23), with one of them left out.

    Where all are headings they are held among few numbers. What is heard in private has its number, unprinted.
    """
    seen: set[int] = set()
    run: list[_Item] = []
    for block in paper.blocks:
        item = _read(block) if block.kind in (BlockKind.LIST_ITEM, BlockKind.HEADING) else None
        if item is None or len(item.words) > _LONGEST_TITLE or item.words.rstrip().endswith(_STOPS):
            continue  # a list within an item has sentences, or begins again
        if run and item.number in (run[-1].number + 1, run[-1].number + 2):
            run.append(item)
        elif not run and item.number > 1 and item.number - 1 not in seen:
            run = [item]
        elif run and item.number > run[-1].number:
            return  # numbers of something else
        seen.add(item.number)
    gaps = [pair for pair in pairwise(run) if pair[1].number == pair[0].number + 2]
    is_list = any(item.block.kind is BlockKind.LIST_ITEM for pair in gaps for item in pair)
    if len(run) >= _FEWEST and len(gaps) == 1 and is_list and not HEARD_APART.search(paper.document.text):
        yield run


def _goes_on(last: _Item, item: _Item) -> bool:
    """The same number again, or one left out."""
    return item.number in (last.number, last.number + 2)


def _read(block: Block) -> _Item | None:
    if block.kind not in (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM, BlockKind.HEADING):
        return None
    if block.level > 1 and block.kind is BlockKind.LIST_ITEM:
        return None
    marker = _MARKER.fullmatch(block.marker.strip())
    if marker:
        return _Item(int(marker["number"]), marker["number"], block.text[:200], block)
    found = _NUMBERED.match(block.text[:200]) if not block.marker.strip() else None
    if found is None or any(day.start == 0 for day in find_days(block.text[:60])):
        return None
    number = found["number"] or found["item"]
    return _Item(int(number), found["named"] or number, found["words"], block)


def _judge(paper: Paper, run: Sequence[_Item], rule: str) -> Iterator[Result]:
    faults = 0
    for index, (one, other) in enumerate(pairwise(run)):
        goes_on = index + 2 >= len(run) or run[index + 2].number > other.number
        if other.number == one.number and _are_two(one, other) and goes_on:
            faults += 1
            message = f"Two paragraphs are numbered {one.shown}: “{one.words[:60]}” and “{other.words[:60]}”."
            is_slip = (
                index + 2 < len(run) and run[index + 2].number == other.number + 2
            )  # 6, 6, 8: one was meant as 7
            verdict = Verdict.CONTRADICTION if is_slip else Verdict.SUSPECT
            yield _result(paper, rule, verdict, message, one, other)
        elif other.number == one.number + 2 and goes_on and not _stands_between(paper, one, other):
            faults += 1
            message = f"After {one.shown} comes {other.shown}: one number between them is missing."
            yield _result(paper, rule, Verdict.SUSPECT, message, one, other)
    if not faults:
        message = f"The {len(run)} numbers from {run[0].shown} to {run[-1].shown} run on."
        yield _result(paper, rule, Verdict.CONSISTENT, message, run[0], run[-1])


def _are_two(one: _Item, other: _Item) -> bool:
    """A heading and the paragraph under it may both bear its number ("13. Papers", "13. There are none")."""
    if one.words == other.words or one.block.kind is not other.block.kind or _NOTHING.match(other.words):
        return False
    return one.words.rstrip().endswith(_STOPS) == other.words.rstrip().endswith(_STOPS)


def _stands_between(paper: Paper, one: _Item, other: _Item) -> bool:
    """Does a line between the two begin with the number that seems to be left out, however it was read?"""
    if not one.block.spans or not other.block.spans:
        return True
    between = paper.document.text[one.block.spans[0][1] : other.block.spans[0][0]]
    return bool(re.search(rf"^\W{{0,6}}(?:\d{{1,4}}/)?0{{0,2}}{one.number + 1}\b", between[:200_000], re.M))


def _coded(paper: Paper) -> Iterator[Result]:
    """Heads of minutes: "2025/01 Apologies", "12/24 Accounts"."""
    found = [
        (match, block)
        for block in paper.blocks
        if block.kind is not BlockKind.TABLE
        and len(block.text) <= _LONGEST_HEAD
        and (match := _CODED.fullmatch(f"{block.marker} {block.text}".strip()))
    ]
    if len(found) < _FEWEST_CODED:
        return
    for fixed, counts in (("one", "other"), ("other", "one")):
        if len({match[fixed] for match, _ in found}) == 1:
            run = [_Item(int(match[counts]), match[0].split()[0], match["words"], block) for match, block in found]
            if all(one.number <= other.number <= one.number + 2 for one, other in pairwise(run)):
                yield from _judge(paper, run, "coded-run")
            return


def _result(paper: Paper, rule: str, verdict: Verdict, message: str, one: _Item, other: _Item) -> Result:
    printed = tuple(_print(paper, item) for item in (one, other))
    return Result(verdict=verdict, check=Check.SEQUENCE, rule=rule, message=message, printed=printed)


def _print(paper: Paper, item: _Item) -> Printed:
    marker = "" if item.block.text.startswith(item.block.marker) else item.block.marker
    return paper.print_of(item.block, text=f"{marker} {item.block.text}".strip()[:200])
