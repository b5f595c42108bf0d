"""Which period does a sentence speak of, and with which does it compare?

Words that no table of periods can answer ("in April", "last week") say so: `is_other`.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from bluelamp.lib.days import MONTH, DatedPeriod, read_period

_YEAR = r"(?:(?:19|20)\d\d|['’]?\d\d)\b"
_SPLIT = r"(?:19|20)\d\d\s?[/–-]\s?(?:20)?\d\d\b"
_NAMED = re.compile(
    rf"\b(?:(?P<len>12|twelve|six|6|three|3)[ -]months?|(?P<unit>year|quarter|half[ -]year))(?: period)?"
    rf" (?:to|ending|ended|end|up to)(?: the)?(?: end)?(?: of)?"
    rf" (?P<p>(?:\d{{1,2}}(?:st|nd|rd|th)? )?{MONTH} {_YEAR})"
    rf"|\b(?P<q>(?:Q|quarter )[1-4],?(?: of| in)? (?:{_SPLIT}|(?:19|20)\d\d\b))"
    rf"|\b(?P<range>{MONTH}(?: {_YEAR})?\s?(?:to|and|-|–)\s?{MONTH} {_YEAR})"
    rf"|\b(?P<month>(?:\d{{1,2}}(?:st|nd|rd|th)? )?{MONTH} {_YEAR})"
    rf"|\b(?P<split>{_SPLIT})"
    r"|(?<![\d,./£])(?P<single>(?:19|20)\d\d)(?![\d,/%.]\d|%|\w)",
    re.IGNORECASE,
)
_LONG_YEAR = re.compile(r"(?:19|20)\d\d")
_SHORT_YEAR = re.compile(r" ['’]?\d\d")
_MONTH_LAST = re.compile(rf"{MONTH}$", re.I)
_LENGTHS: Final = {
    "12": 12,
    "twelve": 12,
    "year": 12,
    "six": 6,
    "6": 6,
    "half year": 6,
    "half-year": 6,
    "three": 3,
    "3": 3,
    "quarter": 3,
}
_BEFORE = 40
_SINCE = re.compile(r"\bsince(?: the)?(?: end of| start of| year to)? ?$", re.I)
_BASE = re.compile(
    r"(?:\bcompar\w{1,8}(?: to| with| against)?|\bagainst|\bthan|\babove"
    r"|\bbelow|\bversus|\bvs\.?|\bfrom|\bup on|\bdown on"
    r"|\bover|\bon|\bas)"
    r"(?: that| those| levels?| figures?| recorded| seen| in| of| for| the| same| period| previous"
    r"| year| 12| months?| to){0,8},? ?\(?$",
    re.I,
)
_IN = re.compile(r"\b(?:in|during|for|of|throughout) ?$", re.I)
_QUARTER = re.compile(
    r"\b(?:this|the|last|latest|previous|preceding|current|prior|first|second|third|fourth|final"
    r"|year[ -]end) quarter\b"
    r"|\bquarter(?:ly\b| on\b| [1-4]\b)|\bq[1-4]\b",
    re.I,
)
_YEARS = re.compile(r"\b(?P<n>two|three|four|five|six|seven|eight|nine|ten|\d{1,2})[ -]years?\b(?! olds?)", re.I)
_OTHER = re.compile(
    rf"\b(?:month on month|last month|this month|previous month|weeks?|fortnight|today|decade|lockdown|weekends?"
    rf"|six months|half[ -]year|{MONTH}(?! {_YEAR}))",
    re.I,
)
_NUMBERS: Final = ("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


@dataclass(frozen=True)
class Named:
    """A period that the words name; `months` is None where they name only its end."""

    start: int
    end: int
    to: dt.date
    months: int | None
    first: dt.date | None


@dataclass(frozen=True)
class When:
    """Of which period a claim is (`of`), with which it compares (`base`), and what it says besides."""

    of: Named | None = None
    base: Named | None = None
    is_since: bool = False
    is_quarter: bool = False
    years: int | None = None
    is_other: bool = False

    @property
    def is_default(self) -> bool:
        """Nothing but "over the last year", or nothing at all."""
        return not (self.of or self.base or self.is_quarter or self.years or self.is_other)


@lru_cache(maxsize=8192)
def find_named(text: str) -> tuple[Named, ...]:
    """Every period that is fully named, in order."""
    if not _may_name(text):
        return ()
    found = []
    for match in _NAMED.finditer(text):
        words = match["p"] or match["q"] or match["range"] or match["month"] or match["split"] or match["single"]
        period = read_period(words.replace(" and ", " to ")) if match["range"] else read_period(words)
        if period is None:
            continue
        found.append(Named(*match.span(), period.end, _months(match, period, text), period.start))
    return tuple(found)


def _may_name(text: str) -> bool:
    """Does a year of four figures stand in it, or one of two after a month?"""
    if _LONG_YEAR.search(text):
        return True
    return any(_MONTH_LAST.search(text[max(0, m.start() - 12) : m.start()]) for m in _SHORT_YEAR.finditer(text))


def _months(match: re.Match[str], period: DatedPeriod, text: str) -> int | None:
    if match["p"]:
        return _LENGTHS[(match["len"] or match["unit"]).lower().replace("-", " ")]
    if match["month"]:
        return 1 if _IN.search(text[max(0, match.start() - _BEFORE) : match.start()]) else None
    if period.start is None:
        return None
    return (period.end.year - period.start.year) * 12 + period.end.month - period.start.month + 1


def read_when(text: str) -> When:
    """What the words of a clause say of its period."""
    of = base = None
    is_since = False
    blank = list(text)
    for named in find_named(text):
        before = text[max(0, named.start - _BEFORE) : named.start]
        blank[named.start : named.end] = " " * (named.end - named.start)
        if _SINCE.search(before):
            base, is_since = named, True
        elif (_BASE.search(before) and of is not None) or (_BASE.search(before) and not _OPENS.search(before)):
            base = named
        elif of is None:
            of = named
        else:
            base = named
    rest = "".join(blank)
    years = _YEARS.search(rest)
    return When(
        of=of,
        base=base,
        is_since=is_since or (bool(re.search(r"\bsince\b", rest)) and base is None),
        is_quarter=bool(_QUARTER.search(rest)),
        years=_number(years["n"]) if years else None,
        is_other=bool(_OTHER.search(rest)) or (bool(re.search(r"\bsince\b", rest)) and base is None),
    )


_OPENS = re.compile(r"\b(?:over|on)(?: the)?(?: 12| twelve)?(?: months?| year)?(?: to)? ?$", re.I)


def _number(words: str) -> int:
    return int(words) if words.isdigit() else _NUMBERS.index(words.lower()) + 2
