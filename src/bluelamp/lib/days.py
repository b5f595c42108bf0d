"""Which day, or which period, do these printed words name?

British order throughout: 19.05.21 is 19 May. A year of two figures is 19xx from 70 on, else 20xx. A split year
("2020/21", "2020-2021") and its quarters are financial: April to March. Nothing here reads the clock, so words
that lean on today ("next Tuesday", "3 March" without a year) name no day.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Final

from bluelamp.lib.calendar_days import add_months

_MONTH_NAMES = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
"""The name of a month, whole or short, as a piece of a regular expression that does not mind capitals."""
_YEAR = r"(?:(?:19|20)\d\d|['’]?\d\d)(?![\d/])"
_WEEKDAY = r"(?:mon|tues?|wed(?:nes)?|thur?s?|fri|sat(?:ur)?|sun)(?:day)?,?\s{1,3}"
_WORDY = re.compile(
    rf"\b(?:{_WEEKDAY})?(?:the\s)?(?P<d>\d{{1,2}})\s?(?:st|nd|rd|th)?(?:\s?day)?(?:\sof)?[\s-]{{0,3}}"
    rf"(?P<m>{MONTH})[\s,-]{{0,3}}(?P<y>{_YEAR})",
    re.IGNORECASE,
)
_MONTH_FIRST = re.compile(
    rf"\b(?P<m>{MONTH})\s{{0,2}}(?P<d>\d{{1,2}})(?:st|nd|rd|th)?,\s{{0,2}}(?P<y>(?:19|20)\d\d)\b", re.IGNORECASE
)
_NUMERIC = re.compile(
    r"(?<![\d.,/-])(?P<d>\d{1,2})(?P<s>[./-])(?P<m>\d{1,2})(?P=s)(?P<y>(?:19|20)?\d\d)(?![\d/-])"
)
_ISO = re.compile(r"(?<![\d-])(?P<y>(?:19|20)\d\d)-(?P<m>\d\d)-(?P<d>\d\d)(?!\d)")
_DIGIT = re.compile(r"\d")
# Of a day of each writing: pieces of words of which it holds one, and what begins with a digit and is soon found.
_HINTS: Final = (
    (
        _MONTH_NAMES,
        re.compile(
            r"\d\s?(?:st|nd|rd|th)?(?:\s?day)?(?:\sof)?[\s-]{0,3}(?:" + "|".join(_MONTH_NAMES) + ")", re.IGNORECASE
        ),
        (_WORDY,),
    ),
    (_MONTH_NAMES, re.compile(r"\d(?:st|nd|rd|th)?,\s{0,2}(?:19|20)\d\d", re.IGNORECASE), (_MONTH_FIRST,)),
    (("/", "-", "."), re.compile(r"\d[./-]\d{1,2}[./-]\d"), (_NUMERIC, _ISO)),
)


@dataclass(frozen=True, slots=True)
class FoundDay:
    """A day and the characters that name it."""

    day: date
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class DatedPeriod:
    """A printed period by its first and last day; `start` is None where the words name only its end."""

    end: date
    start: date | None = None


@lru_cache(maxsize=8192)  # the checks of a paper ask for the same sentences many times
def find_days(text: str) -> tuple[FoundDay, ...]:
    """Every fully named day in `text`, in order."""
    if not _DIGIT.search(text):
        return ()
    found: list[FoundDay] = []
    for match in sorted(_matches(text), key=lambda m: (m.start(), -m.end())):
        day = _day_of(match)
        if day and (not found or match.start() >= found[-1].end):
            found.append(FoundDay(day, match.start(), match.end()))
    return tuple(found)


def _matches(text: str) -> Iterator[re.Match[str]]:
    lower = text.lower()
    for words, hint, patterns in _HINTS:
        if any(word in lower for word in words) and hint.search(text):
            for pattern in patterns:
                yield from pattern.finditer(text)


def _day_of(match: re.Match[str]) -> date | None:
    try:
        return date(_year(match["y"]), _month(match["m"]), int(match["d"]))
    except ValueError:
        return None


def read_day(text: str) -> date | None:
    """The first fully named day in `text`, None where there is none."""
    found = find_days(text)
    return found[0].day if found else None


def is_day(text: str) -> bool:
    """Is `text` a day and nothing more, but for a time, brackets and stops?"""
    found = find_days(text)
    if len(found) != 1:
        return False
    rest = text[: found[0].start] + text[found[0].end :]
    return not re.search(r"[A-Za-z]{3}", _TIME.sub("", rest)) and len(rest) < 24


_TIME = re.compile(
    r"\b(?:at|from|commencing|noon|midday|hours|hrs)\b|\d{1,2}(?:[.:]\d\d)?\s?[ap]\.?m\.?", re.IGNORECASE
)


def _year(words: str) -> int:
    digits = words.strip("'’")
    if len(digits) == 4:
        return int(digits)
    return int(digits) + (1900 if int(digits) >= 70 else 2000)


def _month(words: str) -> int:
    return int(words) if words.isdigit() else _MONTH_NAMES.index(words[:3].lower()) + 1


def last_of_month(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])


# -- periods ----------------------------------------------------------------------------------------------

_LEAD = re.compile(
    r"^(?:(?:rolling|latest|previous|last|the|full|as|in|for|data|performance|position|actual|outturn|total|baseline|end|of)\s)*"
    r"(?P<n>r?12|twelve|6|six|3|three)?[\s-]?(?P<unit>months?|mths?|m\b|years?|yr|f?ye\b|quarters?|qtr)?\s?"
    r"(?:rolling\s)?(?:to\sdate\s)?(?P<end>ended|ending|end|to|at|up to|until)?:?(?:\s|(?<=\s))",
    re.IGNORECASE,
)
_LENGTHS: Final = {"12": 12, "r12": 12, "twelve": 12, "6": 6, "six": 6, "3": 3, "three": 3, "": 0}
_MONTH_YEAR = re.compile(rf"(?P<m>{MONTH})[\s,.-]{{0,3}}(?P<y>{_YEAR})", re.IGNORECASE)
_SPLIT_YEAR = re.compile(r"(?:FY\s?)?(?P<a>(?:19|20)?\d\d)\s?[/–-]\s?(?P<b>(?:19|20)?\d\d)", re.IGNORECASE)
_QUARTER = re.compile(r"\b(?:Q|quarter\s|qtr\s?)(?P<q>[1-4])\b", re.IGNORECASE)
_AMOUNT = re.compile(r"[£+-]?\s?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?\s?%?")  # a period only as a bare year
_SINGLE_YEAR = re.compile(r"(?:19|20)\d\d")
_TO = re.compile(r"\s(?:to|until|-)\s|\s?-\s?(?=[A-Za-z\d])", re.IGNORECASE)
_PARENTHESIS = re.compile(r"\s?\([^()]{0,30}\)?$")
_EDGES = " ().,:;*'\"\n\t"
_LONGEST = 60


def read_period(text: str) -> DatedPeriod | None:
    """The period that a column's head names; None where the words are more, or other, than a period.

    "12 months to March 2021", "Mar-21", "31 March 2021", "Q4 2020-2021", "2020/21", "Apr 2020 to Mar 2021",
    "Oct-Dec 2020", "year ending 31 March 2021", "2021".
    """
    words = re.sub(r"[–—−‑]", "-", " ".join(text.split())).strip(_EDGES)
    if not words or len(words) > _LONGEST or not _DIGIT.search(words):
        return None
    if _AMOUNT.fullmatch(words) and not _SINGLE_YEAR.search(words):
        return None
    bare, inside = _PARENTHESIS.sub("", words), _PARENTHESIS.search(words)
    unwrapped = words.replace("(", "").replace(")", "")
    candidates = (words, bare, unwrapped, inside.group().strip(_EDGES) if inside else "")
    for candidate in filter(None, dict.fromkeys(candidates)):
        period = _read_bare(candidate) or _read_led(candidate)
        if period:
            return period
    return None


def _read_led(words: str) -> DatedPeriod | None:
    """A period behind words that say how long it is, or that it ends there."""
    lead = _LEAD.match(words)
    if not lead:
        return None
    rest = words[lead.end() :].strip(_EDGES)
    if (lead["unit"] or "").lower() == "fye" and _SINGLE_YEAR.fullmatch(rest):
        return DatedPeriod(date(int(rest), 3, 31), date(int(rest) - 1, 4, 1))
    period = _read_bare(rest)
    if period is None:
        return None
    unit = (lead["unit"] or "").lower()
    months = 0
    if unit.startswith("m"):
        months = _LENGTHS[(lead["n"] or "").lower()]
    elif unit.startswith("y"):
        months = 12
    elif unit.startswith("q"):
        months = 3
    if months:
        return DatedPeriod(period.end, _months_before(period.end, months))
    if lead["end"]:
        return DatedPeriod(period.end)
    return period


def _months_before(end: date, months: int) -> date:
    """The first day of the `months` that end on `end`."""
    return add_months(end + timedelta(days=1), -months)


def _read_bare(words: str) -> DatedPeriod | None:
    days = find_days(words)
    if len(days) == 1 and is_day(words) and len(words) - (days[0].end - days[0].start) < 4:
        return DatedPeriod(days[0].day)
    if len(days) == 2 and re.fullmatch(r"\s?(?:to|until|-)\s?", words[days[0].end : days[1].start]):
        return DatedPeriod(days[1].day, days[0].day)
    month = _MONTH_YEAR.fullmatch(words)
    if month:
        year, number = _year(month["y"]), _month(month["m"])
        return DatedPeriod(last_of_month(year, number), date(year, number, 1))
    return _read_quarter(words) or _read_year(words) or _read_months(words)


def _read_year(words: str) -> DatedPeriod | None:
    split = _SPLIT_YEAR.fullmatch(words)
    if split and len(split["a"]) >= len(split["b"]):
        first, second = _year(split["a"]), _year(split["b"])
        if second == first + 1:
            return DatedPeriod(date(second, 3, 31), date(first, 4, 1))
        return None
    if _SINGLE_YEAR.fullmatch(words):
        return DatedPeriod(date(int(words), 12, 31), date(int(words), 1, 1))
    return None


def _read_quarter(words: str) -> DatedPeriod | None:
    """Quarters of a split year are financial (Q1 is April to June); of a single year, the calendar's."""
    match = _QUARTER.search(words)
    if not match:
        return None
    rest = (words[: match.start()] + words[match.end() :]).strip(_EDGES + "-/")
    rest = re.sub(r"^(?:of|in|for)\s", "", rest, flags=re.IGNORECASE)
    year = _read_year(rest)
    if year is None or year.start is None:
        return None
    index = year.start.year * 12 + year.start.month - 1 + (int(match["q"]) - 1) * 3
    first = date(index // 12, index % 12 + 1, 1)
    last = last_of_month((index + 2) // 12, (index + 2) % 12 + 1)
    return DatedPeriod(last, first)


def _read_months(words: str) -> DatedPeriod | None:
    """ "Apr 2020 to Mar 2021", "Oct-Dec 2020", "April to June 2021"."""
    for cut in _TO.finditer(words):
        last = _MONTH_YEAR.fullmatch(words[cut.end() :].strip(_EDGES))
        if not last:
            continue
        year, month = _year(last["y"]), _month(last["m"])
        left = words[: cut.start()].strip(_EDGES)
        first = _MONTH_YEAR.fullmatch(left)
        if first:
            return DatedPeriod(last_of_month(year, month), date(_year(first["y"]), _month(first["m"]), 1))
        if re.fullmatch(MONTH, left, re.IGNORECASE):
            number = _month(left)
            start = date(year if number <= month else year - 1, number, 1)
            return DatedPeriod(last_of_month(year, month), start)
    return None
