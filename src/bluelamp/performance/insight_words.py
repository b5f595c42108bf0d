"""Which numbers, periods and words of direction stand in a sentence that a person wrote?

Every pattern is linear: each tries a bounded number of characters from where it begins.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from bluelamp.checks.directions import SaidWay, read_ways
from bluelamp.figures.months import Month, Span
from bluelamp.figures.printed import PrintedValue, read_printed
from bluelamp.lib.days import MONTH


@dataclass(frozen=True, slots=True)
class PrintedNumber:
    printed: str
    start: int
    value: PrintedValue
    signed: bool  # a plus or minus stands before it


@dataclass(frozen=True, slots=True)
class SaidPeriod:
    """`span` is None where the words name only a month in which it ends, or is."""

    printed: str
    start: int
    to: Month
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class SaidName:
    """An indicator's name; `at` is its place among the names that were looked for."""

    printed: str
    start: int
    at: int


@dataclass(frozen=True, slots=True)
class Cut:
    """The end of a clause."""

    start: int


Token: TypeAlias = PrintedNumber | SaidPeriod | SaidWay | SaidName | Cut

_MONTHS = {name: number for number, name in enumerate(
    ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), start=1
)}  # fmt: skip
_YEAR = r"(?:19|20)\d\d"
_PERIODS = re.compile(
    rf"\b(?:(?P<length>12|twelve|six|6|three|3)[ -]months?|(?P<word>year|quarter|half-year)) "
    rf"(?:to|ending|ended)(?: the end of)?(?: \d{{1,2}})? (?P<m>{MONTH}) (?P<y>{_YEAR})\b"
    rf"|\b(?P<m1>{MONTH})(?: (?P<y1>{_YEAR}))? ?(?:to|[-–]) ?(?P<m2>{MONTH}) (?P<y2>{_YEAR})\b"
    rf"|\b(?:\d{{1,2}} )?(?P<m3>{MONTH}) (?P<y3>{_YEAR})\b"
    r"|\b(?:(?P<q>q[1-4]) (?:of )?)?(?P<f>(?:19|20)\d\d)[/–-](?P<g>(?:20)?\d\d)\b",
    re.IGNORECASE,
)
_SPANS = {1: Span.MONTH, 3: Span.QUARTER, 6: Span.HALF_YEAR, 12: Span.YEAR}
_LENGTHS = {"12": 12, "twelve": 12, "year": 12, "six": 6, "6": 6, "half-year": 6, "three": 3, "3": 3, "quarter": 3}
_NUMBER = re.compile(
    r"(?<![\w.,/])(?P<sign>[+\-−–]?)(?P<pound>£?)"
    r"(?P<digits>\d{1,3}(?:,\d{3}){1,4}(?:\.\d{1,6})?|\d{1,15}(?:\.\d{1,6})?)"
    r"(?P<unit> ?(?:% ?(?:-? ?(?:points?|pts?)\b)?|per ?cent\b|percentage points?\b|pp\b)|(?:k|m|bn)\b"
    r"| (?:thousand|million)\b)?"
    r"(?![\w])",
    re.IGNORECASE,
)
_BARE_YEAR = re.compile(rf"{_YEAR}")
_YEAR_BEFORE = re.compile(
    r"\b(?:in|since|of|to|from|by|until|during|and|between|than|before|after|financial|the) $", re.IGNORECASE
)
_LABEL_BEFORE = re.compile(
    r"\b(?:aged?|section|part|tier|grade|band|level|category|appendix|figure|table|page|step|stage|phase)s? $",
    re.IGNORECASE,
)
_ORDINARY_AFTER = re.compile(
    r" (?:successive|consecutive|months?|years?|quarters?|weeks?|hours?|minutes?|seconds?|of the (?:last|past)"
    r"|periods?)\b",
    re.IGNORECASE,
)
_HEDGE_REACH = 24
_HEDGES = re.compile(
    r"(?:(?:just|slightly|a little) )?(?:around|about|approximately|roughly|circa|some|over|more than|above|under"
    r"|below|less than|fewer than|nearly|almost|close to|up to|at least|at most|no more than|in excess of"
    r"|exceeding) (?:[+\-−–]?£?)$",
    re.IGNORECASE,
)
_CUTS = re.compile(
    r"[;:](?= )|[.!?](?= |$)|,(?= )|[()]| (?:while|whilst|whereas|but|although|though) ", re.IGNORECASE
)


def read_tokens(text: str, *, names: Sequence[str] = ()) -> list[Token]:
    """All of them in reading order. Where one of `names` stands (of indicators), nothing else is read."""
    line = " ".join(text.replace("−", "-").split())
    said = list(_read_names(line, names))
    line = _blank(line, ((each.start, each.start + len(each.printed)) for each in said))
    periods = list(_read_periods(line))
    blank = _blank(line, ((each.start, each.start + len(each.printed)) for each in periods))
    numbers = list(_read_numbers(blank))
    blank = _blank(blank, ((each.start, each.start + len(each.printed)) for each in numbers))
    tokens: list[Token] = [*said, *periods, *numbers, *read_ways(blank)]
    tokens += [Cut(found.start()) for found in _CUTS.finditer(blank)]
    return sorted(tokens, key=lambda token: token.start)


def split_clauses(tokens: Sequence[Token]) -> Iterator[list[Token]]:
    """Numbers keep with the words of direction before them: "(-16.2%)" goes on with its clause."""
    clause: list[Token] = []
    has_way, cut = False, False
    for token in tokens:
        if isinstance(token, Cut):
            cut = True
            continue
        if cut and has_way and isinstance(token, SaidWay):
            yield clause
            clause, has_way = [], False
        cut = False
        has_way = has_way or isinstance(token, SaidWay)
        clause.append(token)
    if clause:
        yield clause


def _read_names(line: str, names: Sequence[str]) -> Iterator[SaidName]:
    """Longer names first, so that "Violent knife crime" is not found as "Knife crime"."""
    low = line.lower()
    taken: list[tuple[int, int]] = []
    wanted = sorted(
        ((" ".join(name.lower().split()).rstrip("."), at) for at, name in enumerate(names)), reverse=True
    )
    for name, at in sorted(wanted, key=lambda each: -len(each[0])):
        start = low.find(name) if len(name) > 1 else -1
        while start >= 0:
            end = start + len(name)
            if _stands_alone(low, start, end) and all(end <= a or start >= b for a, b in taken):
                taken.append((start, end))
                yield SaidName(line[start:end], start, at)
            start = low.find(name, end)


def _stands_alone(line: str, start: int, end: int) -> bool:
    return not (line[start - 1 : start].isalnum() or line[end : end + 1].isalnum())


def _blank(line: str, spans: Iterable[tuple[int, int]]) -> str:
    characters = list(line)
    for start, end in spans:
        characters[start:end] = "\x01" * (end - start)
    return "".join(characters)


def _read_periods(line: str) -> Iterator[SaidPeriod]:
    for found in _PERIODS.finditer(line):
        period = _period(found)
        if period is not None:
            yield SaidPeriod(found.group(), found.start(), *period)


def _period(found: re.Match[str]) -> tuple[Month, Span | None] | None:
    if found["m"]:
        length = _LENGTHS[(found["length"] or found["word"]).lower()]
        return Month(int(found["y"]), _month(found["m"])), _SPANS[length]
    if found["m2"]:
        to = Month(int(found["y2"]), _month(found["m2"]))
        first = _month(found["m1"])
        year = int(found["y1"]) if found["y1"] else to.year - (first > to.number)
        months = to.index - Month(year, first).index + 1
        return (to, _SPANS[months]) if months in _SPANS else None
    if found["m3"]:
        return Month(int(found["y3"]), _month(found["m3"])), None
    if found["f"]:
        first, last = (
            int(found["f"]),
            int(found["f"][:2] + found["g"]) if len(found["g"]) == 2 else int(found["g"]),
        )
        if last != first + 1:
            return None
        if found["q"]:
            return Month(first, 3).plus(3 * int(found["q"][1])), Span.QUARTER
        return Month(last, 3), Span.YEAR
    return None


def _month(words: str) -> int:
    return _MONTHS[words[:3].lower()]


def _read_numbers(line: str) -> Iterator[PrintedNumber]:
    for found in _NUMBER.finditer(line):
        before = line[max(0, found.start() - _HEDGE_REACH) : found.start()]
        unit = (found["unit"] or "").strip().lower()
        if (
            not unit
            and not found["pound"]
            and _is_no_figure(found["digits"], before, line[found.end() : found.end() + 24])
        ):
            continue
        sign = "-" if found["sign"] in ("-", "–") else found["sign"]
        start = found.start()
        hedge = _HEDGES.search(before)
        printed = f"{sign}{found['pound']}{found['digits']}{_plain_unit(unit)}"
        said = f"{hedge.group().strip()} {printed}" if hedge and not sign else printed
        value = read_printed(said) or read_printed(printed)
        if value is not None and value.low is not None:
            yield PrintedNumber(found.group().strip(), start, value, bool(sign))


def _plain_unit(unit: str) -> str:
    if unit in ("k", "m", "bn", "thousand", "million"):
        return f" {unit}" if len(unit) > 2 else unit
    if not unit:
        return ""
    return (
        " percentage points"
        if "p" in unit.replace("per cent", "").replace("percent", "", 1) or "percentage" in unit
        else "%"
    )


def _is_no_figure(digits: str, before: str, after: str) -> bool:
    """A year, a label ("grade 1") or a length of time ("3 quarters") is no figure of an indicator."""
    if _BARE_YEAR.fullmatch(digits) and _YEAR_BEFORE.search(before):
        return True
    return bool(_LABEL_BEFORE.search(before)) or bool(_ORDINARY_AFTER.match(after))
