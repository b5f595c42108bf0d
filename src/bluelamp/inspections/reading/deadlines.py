"""By when must something be done, as an inspection report prints it?

A deadline is part of a demand. "Within three months of release" or "responded immediately" are not deadlines,
so each pattern asks for the place in the sentence in which a deadline stands.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from dataclasses import dataclass

from bluelamp.inspections.facts import Deadline

_MONTHS = {name.lower(): number for number, name in enumerate(calendar.month_name) if name}
_MONTHS |= {name.lower(): number for number, name in enumerate(calendar.month_abbr) if name} | {"sept": 9}
_MONTH = "(?:" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + r")\b\.?"
_WORDS = [
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
]
NUMBERS = {word: number for number, word in enumerate(_WORDS, 1)} | {
    "a": 1, "twenty-four": 24, "twenty four": 24, "thirty-six": 36,
}  # fmt: skip
_NUMBER = r"\d{1,2}|" + "|".join(sorted(NUMBERS, key=len, reverse=True))
_DEMAND = r"(?:should|must|shall|needs? to|required to)"

_BY = r"\b(?:by|before|no later than|not later than|on or before|until)(?: no later than)?(?: the)?"
_BY_DATE = re.compile(rf"{_BY} (\d{{1,2}})(?:st|nd|rd|th)?(?: of)? ({_MONTH}),? (\d{{4}})\b", re.I)
_BY_DATE_US = re.compile(rf"{_BY} ({_MONTH}) (\d{{1,2}})(?:st|nd|rd|th)?,? (\d{{4}})\b", re.I)
_BY_MONTH = re.compile(rf"{_BY}(?: end of| close of)? ({_MONTH}),? (\d{{4}})\b", re.I)
_FROM_DATE = re.compile(
    rf"(?:^|[.:;]\s)\W*(?:with effect )?from (\d{{1,2}})(?:st|nd|rd|th)? ({_MONTH}),? (\d{{4}}),", re.I
)
"""From when something must be so: "From 1 January 2026, all forces should ..."."""
_CHANGES_FROM = re.compile(
    r"^\W{0,3}(?:we|I|HMIC(?:FRS)?)(?: therefore| also)? recommends? that\b[^.;:]{0,120}?"
    r"\b(?:amends?|changes?|adopts?|introduces?|begins?|starts?|stops?|ends?)\b[^.;:]{0,60}?"
    rf"\b((?:with effect )?from (\d{{1,2}})(?:st|nd|rd|th)? ({_MONTH}),? (\d{{4}}))"
    r"(?= onwards\b| so that\b|[,.;]|$)",
    re.I,
)
"""From when something that is recommended is to change, told further on in its sentence."""
_BY_YEAR = re.compile(r"\bby (?:the )?end of (20\d\d)(?!\s*[/–-]\s*\d)\b", re.I)
_WITHIN = re.compile(
    rf"\bwithin(?: a period of| the next| the following| the coming)? ({_NUMBER})(?: calendar)?[ -]"
    r"(month|week|day|year)s?\b(?! of (?!(?:the |this )?(?:publication|date|report|issue|inspection)))",
    re.I,
)
_IN_NEXT = re.compile(rf"\b(?:in|over) the (?:next|coming) ({_NUMBER}) (month|week|day|year)s?\b", re.I)
_WHEN_ABLE = re.compile(
    r"^\W*(as soon as (?:is )?(?:reasonably )?(?:practicable|possible))\b"
    rf"|\b{_DEMAND},? (as soon as (?:is )?(?:reasonably )?(?:practicable|possible)),",
    re.I,
)
_AT_ONCE = re.compile(
    r"\bwith immediate effect\b|\bas a matter of urgency\b"
    rf"|\b{_DEMAND}(?: also)?(?: now)?,? (immediately|urgently)\b|^\W*(immediately|urgently)\b"
    r"|\b(?:recommends?|recommended) that,? (immediately)\b"
    r"|\b(immediately)\s*:\s*$"
    rf"|\b{_DEMAND}(?: now)? take (immediate|urgent) (?:action|steps) to\b"
    r"|\b(immediately),? (?:the force|the chief|it|forces|all) ",
    re.I,
)


@dataclass(frozen=True, slots=True)
class FoundDeadline:
    """A deadline and where it stands in the words that were searched."""

    deadline: Deadline
    start: int
    end: int


def find_deadline(words: str) -> FoundDeadline | None:
    """The first deadline in `words`, which must be a demand (a title, or a sentence with "should")."""
    found = [f for search in (_find_date, _find_period, _find_at_once, _find_when_able) if (f := search(words))]
    return min(found, key=lambda f: f.start, default=None)


def read_deadline(words: str) -> Deadline | None:
    found = find_deadline(words)
    return found.deadline if found else None


_ON_DAY = re.compile(rf"\b(\d{{1,2}})(?:st|nd|rd|th)? ({_MONTH}),? (\d{{4}})\b", re.I)


def find_day(words: str) -> dt.date | None:
    """The first full date in `words`, of whatever."""
    match = _ON_DAY.search(words)
    return _day(match[3], match[2], match[1]) if match else None


def _find_date(words: str) -> FoundDeadline | None:
    candidates: list[tuple[re.Match[str], dt.date | None]] = []
    if match := _BY_DATE.search(words):
        candidates.append((match, _day(match[3], match[2], match[1])))
    if match := _FROM_DATE.search(words):
        candidates.append((match, _day(match[3], match[2], match[1])))
    if match := _BY_DATE_US.search(words):
        candidates.append((match, _day(match[3], match[1], match[2])))
    if match := _BY_MONTH.search(words):
        candidates.append((match, _last_day(int(match[2]), _month(match[1]))))
    if match := _BY_YEAR.search(words):
        candidates.append((match, _last_day(int(match[1]), 12)))
    dated = [(m, day) for m, day in candidates if day is not None]
    if not dated and (match := _CHANGES_FROM.search(words)) and (day := _day(match[4], match[3], match[2])):
        return FoundDeadline(Deadline(printed=match[1], rule="date", date=day), match.start(1), match.end(1))
    if not dated:
        return None
    match, day = min(dated, key=lambda pair: pair[0].start())
    return _found(match, Deadline(printed=match[0].strip(" .:;,"), rule="date", date=day))


def _find_period(words: str) -> FoundDeadline | None:
    match = _WITHIN.search(words) or _IN_NEXT.search(words)
    if not match:
        return None
    count, unit = match[1].lower(), match[2].lower()
    number = int(count) if count.isdigit() else NUMBERS[count]
    match unit:
        case "month":
            return _found(match, Deadline(printed=match[0], rule="months", months=number))
        case "year":
            return _found(match, Deadline(printed=match[0], rule="months", months=12 * number))
        case _:  # weeks and days count from a day that the words do not give
            return _found(match, Deadline(printed=match[0], rule="date"))


def _find_at_once(words: str) -> FoundDeadline | None:
    match = _AT_ONCE.search(words)
    if not match:
        return None
    group = next((n for n, text in enumerate(match.groups(), 1) if text), 0)
    deadline = Deadline(printed=match[group], rule="immediately")
    return FoundDeadline(deadline, match.start(group), match.end(group))


def _find_when_able(words: str) -> FoundDeadline | None:
    """ "As soon as practicable": a deadline that gives no day."""
    match = _WHEN_ABLE.search(words)
    if not match:
        return None
    group = 1 if match[1] else 2
    return FoundDeadline(Deadline(printed=match[group], rule="date"), match.start(group), match.end(group))


def _found(match: re.Match[str], deadline: Deadline) -> FoundDeadline:
    return FoundDeadline(deadline, match.start(), match.end())


def _month(name: str) -> int:
    return _MONTHS[name.lower().rstrip(".")]


def _day(year: str, month: str, day: str) -> dt.date | None:
    try:
        return dt.date(int(year), _month(month), int(day))
    except ValueError:
        return None


def _last_day(year: int, month: int) -> dt.date | None:
    """ "By March 2025" is read as by its last day: the report gives the force the whole month."""
    if not 1900 <= year <= 2200:
        return None
    return dt.date(year, month, calendar.monthrange(year, month)[1])
