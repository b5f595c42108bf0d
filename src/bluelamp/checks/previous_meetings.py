"""Is the day of the last meeting, as an agenda or minutes name it, the day of the minutes that are in the pack?

For papers that come as files of their own: the minutes open with the body's name and the day they were held.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from bluelamp.checks.model import Check, Paper, Printed, Result, Subject, Verdict
from bluelamp.documents.blocks import Block, BlockKind
from bluelamp.lib.calendar_days import say_day
from bluelamp.lib.days import find_days

_NAMED = re.compile(
    r"\b(?:minutes|notes|record)\b(?: and \w+)? of (?:the |its |our )?(?:last |previous |ordinary )?meeting"
    r"(?:,? held)?(?: (?:on|of))?(?: the)? *(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,? *)?$",
    re.I,
)
_MINUTES = re.compile(r"\s*(?:draft |unconfirmed |public )?(?:minutes|notes)\b", re.I)
_HELD = re.compile(r"\b(?:held|meeting|date|minutes|notes)\b", re.I)
_BODY = re.compile(r"[A-Z][a-z]{2,}")
_COMMON: Final = frozenset(
    {
        "Minutes",
        "Agenda",
        "Meeting",
        "Notes",
        "Draft",
        "Monday",
        "Tuesday",
        "Wednesday",
        "Thursday",
        "Friday",
        "Held",
    }
)
_TOP: Final = 6
_MOST_APART: Final = 400  # days between a meeting and the one before it


@dataclass(frozen=True)
class _Met:
    """A paper, the words of its head that name its body, and its meeting's day."""

    subject: Subject
    paper: Paper
    body: frozenset[str]
    day: dt.date
    printed: Printed
    is_minutes: bool


def check_previous_meetings(subjects: Sequence[Subject]) -> Iterator[Result]:
    if len(subjects) < 2:  # within one file the dates of minutes are held elsewhere
        return
    met = [found for subject in subjects for paper in subject.papers if (found := _met(subject, paper))]
    for each in met:
        minutes = [
            other
            for other in met
            if other.is_minutes
            and other.subject is not each.subject
            and dt.timedelta(0) < each.day - other.day <= dt.timedelta(days=_MOST_APART)
            and len(each.body & other.body) >= 2
            and 2 * len(each.body & other.body) >= min(len(each.body), len(other.body))
        ]
        if len(minutes) == 1:
            yield from _named(each, minutes[0])


def _met(subject: Subject, paper: Paper) -> _Met | None:
    blocks = [block for block in paper.blocks[:_TOP] if block.kind is not BlockKind.TABLE]
    for block in blocks:
        found = find_days(block.text[:300])
        if found and _HELD.search(block.text[: found[0].start]):
            body = frozenset(_BODY.findall(blocks[0].text[:200])) - _COMMON
            is_minutes = bool(_MINUTES.match(blocks[0].text))
            return _Met(subject, paper, body, found[0].day, paper.print_of(block), is_minutes)
    return None


def _named(each: _Met, minutes: _Met) -> Iterator[Result]:
    for block in each.paper.blocks:
        if block.kind is BlockKind.TABLE:
            continue
        for found in find_days(block.text[:2_000]):
            if not _NAMED.search(block.text[max(0, found.start - 90) : found.start]) or found.day >= each.day:
                continue
            yield _result(each, block, (found.start, found.end), found.day, minutes)
            return


def _result(each: _Met, block: Block, place: tuple[int, int], day: dt.date, minutes: _Met) -> Result:
    agrees = day == minutes.day
    link = "and" if agrees else "but"
    return Result(
        verdict=Verdict.CONSISTENT if agrees else Verdict.SUSPECT,
        check=Check.DATE,
        rule="previous-meeting",
        message=(
            f"“{block.text.strip()[:120]}” names a meeting of {say_day(day)}, {link} the minutes given with it"
            f" are of {say_day(minutes.day)}."
        ),
        printed=(each.paper.print_of((block, 0, place[1])), minutes.printed),
        recomputed=say_day(minutes.day),
    )
