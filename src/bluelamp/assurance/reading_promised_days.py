"""By which day, or in which month, is something promised to be done? Never a day on which something was done."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bluelamp.lib.days import MONTH, find_days

_MONTH = re.compile(rf"\b{MONTH}(?:,? (?:19|20)\d\d\b)?", re.I)
_ENDS = r"(?: the)?(?: (?:very )?(?:end|close|start|beginning|middle) of)?\s$"
_BY = re.compile(rf"\b(?:by|before|until|no later than|not later than|on or before){_ENDS}", re.I)
_BY_MONTH = re.compile(rf"\b(?:by|before|no later than|not later than){_ENDS}", re.I)
_AT = re.compile(rf"\b(?:on|in|at|from|during|for){_ENDS}|\b(?:beginning|starting) (?:on |in |from )?\s?$", re.I)
_FIRST = re.compile(r"^\W{0,3}(?:(?:on|in|during|from|at)(?: the (?:end|start|beginning) of)? )$", re.I)
_WAS = re.compile(
    r"\b(?:was|were|been|had|published|issued|made|held|dated|given|closed|inspected|visited|since|occurred|began"
    r"|happened|reported|received|recorded|that i|which i|following|after)\b"
    r"|\bthe (?:[\w’'-]{1,20} ){0,3}(?:inspection|visit|incident|letter|fieldwork|event|death|fire|election"
    r"|hearing|accident|disorder|inquest|baseline) (?:on|in|at|from|during) (?:the )?$",
    re.I,
)
_MEETING = re.compile(r"^ (?:[\w’'-]{1,20} )?(?:meeting|board|panel|committee)s?\b", re.I)


def find_promised_day(text: str, promised: int, promise_ends: int) -> str:
    """The day as printed; "" where none is. The promise itself stands from `promised` to `promise_ends`."""
    said = list(_dated(text))
    until = [(start, end) for start, end, has_year in said if _is_until(text, start, end, has_year=has_year)]
    if until:
        return text[until[-1][0] : until[-1][1]]
    for start, end, has_year in said:
        before = text[:start]
        first = end <= promised and _FIRST.match(before) and not text[end:promised].strip(" ,")
        then = start >= promise_ends and _AT.search(before) and not _WAS.search(before[promise_ends:])
        if has_year and (first or then):
            return text[start:end]
    return ""


def _is_until(text: str, start: int, end: int, *, has_year: bool) -> bool:
    """Does a word say that it is the last day? "Before the May meeting" names no day."""
    if text[start].isdigit() and has_year:
        return bool(_BY.search(text[:start]))
    return bool(_BY_MONTH.search(text[:start])) and (has_year or not _MEETING.match(text[end:]))


def _dated(text: str) -> Iterator[tuple[int, int, bool]]:
    """Each day and month, where it stands and whether its year is printed; a month without a year has its day."""
    days = find_days(text)
    taken = [(day.start, day.end) for day in days]
    found = [(start, end, True) for start, end in taken]
    for month in _MONTH.finditer(text):
        if any(start <= month.start() < end for start, end in taken) or not month.group()[0].isupper():
            continue
        day = _DAY_OF_MONTH.search(text[: month.start()])
        end = month.start() + len(month.group().rstrip("."))
        found.append((day.start() if day else month.start(), end, month.group()[-1].isdigit()))
    yield from sorted(found)


_DAY_OF_MONTH = re.compile(r"\b\d{1,2}(?:st|nd|rd|th)?(?: of)? $", re.I)
