"""Can these dates be: weekdays, days no month has, ends before starts, quarters, the previous meeting's day?"""

from __future__ import annotations

import datetime as dt
import re
from calendar import day_name, monthrange
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final

from bluelamp.checks.model import Check, Paper, Printed, Result, Subject, Verdict
from bluelamp.documents.blocks import Block, BlockKind
from bluelamp.lib.calendar_days import say_day
from bluelamp.lib.days import find_days

_MONTHS: Final = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip
_MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_WEEKDAY = re.compile(r"\b(?P<name>mon|tues|wednes|thurs|fri|satur|sun)day,?\s{1,3}(?:the\s)?$", re.I)
_NO_DAY = re.compile(
    rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s{{1,2}}(?:of\s)?{_MONTH}\.?,?\s{{1,2}}(?P<year>(?:19|20)\d\d)\b", re.I
)
_LONG_YEAR = re.compile(r"(?:19|20)\d\d")
MONTH_YEAR = re.compile(rf"\b{_MONTH}\.?\s{{1,2}}(?P<year>(?:19|20)\d\d)\b", re.I)
_RANGE = re.compile(r"\s{0,2}(?:to|and|until|[-–—])\s{0,2}", re.I)
_RANGE_LEAD = re.compile(r"\b(?:between|from|period)\s{1,2}(?:the\s)?$", re.I)
_QUARTER_END = re.compile(
    r"\bquarter\s(?:ending|ended|to|up to)\s(?:the\s)?(?:end of\s)?(?P<end>[^.;,()]{4,30})", re.I
)
_QUARTER_MONTHS = re.compile(
    r"\b(?:q|quarter\s?|qtr\s?)(?P<quarter>[1-4])\b[^.;]{0,24}?\(\s?(?P<first>[a-z]{3,9})\.?"
    r"\s?(?:to|[-–—/]|and)\s?(?P<last>[a-z]{3,9})\b",
    re.I,
)
_QUARTER = re.compile(r"[Qq](?:[uU]|[tT]|\s?[1-4])")  # a quarter may be spoken of
_NOTES_OF = re.compile(
    r"\b(?:minutes|notes|record|note)\b[^.;]{0,60}\b(?:previous|last)\b[^.;]{0,30}\bmeeting\b"
    r"|\bprevious (?:minutes|meeting)\b",
    re.I,
)
LONGEST: Final = 20_000


def check_dates(subjects: Sequence[Subject]) -> Iterator[Result]:
    for subject in subjects:
        for paper in subject.papers:
            for block in paper.blocks:
                if block.kind is not BlockKind.TABLE:
                    yield from _in_block(paper, block)
                else:
                    yield from _days(paper, block)
        yield from _previous_meeting(subject)


def _in_block(paper: Paper, block: Block) -> Iterator[Result]:
    yield from _days(paper, block)
    yield from _ranges(paper, block)
    if _QUARTER.search(block.text, 0, LONGEST):
        yield from _quarters(paper, block)
        yield from _quarter_ends(paper, block)


def _days(paper: Paper, block: Block) -> Iterator[Result]:
    text = block.text[:LONGEST]
    for found in find_days(text):
        weekday = _WEEKDAY.search(text[max(0, found.start - 16) : found.start]) or _named_inside(
            text, found.start, found.end
        )
        if weekday:
            real = day_name[found.day.weekday()]
            agrees = real.lower().startswith(weekday["name"].lower())
            start = (
                found.start - len(weekday[0]) if weekday[0] not in text[found.start : found.end] else found.start
            )
            words = text[max(0, start) : found.end].strip()
            says = f"“{words}”: {say_day(found.day)} was a {real}"
            yield _one(paper, block, "weekday", agrees, says, (max(0, start), found.end), real)
    for match in _NO_DAY.finditer(text) if _LONG_YEAR.search(text) else ():
        month = number_of_month(match["month"])
        last = monthrange(int(match["year"]), month)[1]
        if not 1 <= int(match["day"]) <= last:
            says = f"“{match[0]}”: {_MONTHS[month - 1].capitalize()} {match['year']} had {last} days"
            yield _one(paper, block, "no-such-day", False, says, match.span(), f"{last} days")


def _named_inside(text: str, start: int, end: int) -> re.Match[str] | None:
    return re.match(r"(?P<name>mon|tues|wednes|thurs|fri|satur|sun)day\b", text[start:end], re.I)


def number_of_month(month: str) -> int:
    return next(n for n, name in enumerate(_MONTHS, start=1) if name.startswith(month[:3].lower()))


def _one(
    paper: Paper, block: Block, rule: str, agrees: bool, says: str, span: tuple[int, int], recomputed: str
) -> Result:
    return Result(
        verdict=Verdict.CONSISTENT if agrees else Verdict.CONTRADICTION,
        check=Check.DATE,
        rule=rule,
        message=says + ".",
        printed=(paper.print_of((block, *span)),),
        recomputed=recomputed,
    )


def _ranges(paper: Paper, block: Block) -> Iterator[Result]:
    """ "Between 6 January and 28 April": the end is not before the start."""
    text = block.text[:LONGEST]
    days = find_days(text)
    for one, other in pairwise(days):
        if not _RANGE.fullmatch(text[one.end : other.start]):
            continue
        if not _RANGE_LEAD.search(text[max(0, one.start - 12) : one.start]) and other.day >= one.day:
            continue
        span = (one.start, other.end)
        agrees = one.day <= other.day
        if not agrees and not _RANGE_LEAD.search(text[max(0, one.start - 12) : one.start]):
            continue  # two days that merely stand side by side
        says = f"“{text[span[0] : span[1]]}” ends {'after it begins' if agrees else 'before it begins'}"
        yield _one(paper, block, "range", agrees, says, span, "")


def _quarters(paper: Paper, block: Block) -> Iterator[Result]:
    """ "Q3 (Oct to Dec)": quarters are of the financial year, April to March, or of the calendar's."""
    for match in _QUARTER_MONTHS.finditer(block.text[:LONGEST]):
        try:
            first, last = number_of_month(match["first"]), number_of_month(match["last"])
        except StopIteration:
            continue
        quarter = int(match["quarter"])
        financial = ((quarter * 3) % 12 + 1, (quarter * 3 + 2) % 12 + 1)
        calendar = (quarter * 3 - 2, quarter * 3)
        agrees = (first, last) in (financial, calendar)
        names = f"{_MONTHS[financial[0] - 1].capitalize()} to {_MONTHS[financial[1] - 1].capitalize()}"
        says = f"“{match[0]}”: quarter {quarter} of a financial year is {names}"
        yield _one(paper, block, "quarter-months", agrees, says, match.span(), names)


def _quarter_ends(paper: Paper, block: Block) -> Iterator[Result]:
    """A quarter ends with March, June, September or December; another end may be meant, and is unusual."""
    for match in _QUARTER_END.finditer(block.text[:LONGEST]):
        days = find_days(match["end"])
        month = MONTH_YEAR.match(match["end"])
        if not days and not month:
            continue
        number = days[0].day.month if days else number_of_month(month["month"]) if month else 0
        end = match.start("end") + (days[0].end if days else month.end() if month else 0)
        agrees = number % 3 == 0
        words = block.text[match.start() : end]
        says = f"“{words}”: {'a quarter ends so' if agrees else 'no quarter of a year ends in that month'}"
        found = _one(paper, block, "quarter-end", agrees, says, (match.start(), end), "")
        yield found if agrees else replace(found, verdict=Verdict.SUSPECT)


def _previous_meeting(subject: Subject) -> Iterator[Result]:
    """The agenda's day of the previous meeting against the day that the minutes in the pack bear."""
    minutes = [paper for paper in subject.papers if paper.family == "minutes"]
    held = _day_of_minutes(minutes[0]) if len(minutes) == 1 else None
    if held is None:
        return
    for item in subject.agenda:
        found = find_days(item.title)
        if not _NOTES_OF.search(item.title) or len(found) != 1:
            continue
        agrees = found[0].day == held[0]
        yield Result(
            verdict=Verdict.CONSISTENT if agrees else Verdict.CONTRADICTION,
            check=Check.DATE,
            rule="previous-meeting",
            message=(
                f"Agenda item {item.number} names the previous meeting of {say_day(found[0].day)};"
                f" the minutes in the pack are of {say_day(held[0])}."
            ),
            printed=(Printed(f"{item.number} {item.title}", item.citations), held[1]),
            recomputed=say_day(held[0]),
        )


def _day_of_minutes(paper: Paper) -> tuple[dt.date, Printed] | None:
    """The day that stands in the head of the minutes."""
    for block in paper.blocks[:6]:
        found = find_days(block.text[:LONGEST])
        if len(found) == 1:
            return found[0].day, paper.print_of(block)
    return None
