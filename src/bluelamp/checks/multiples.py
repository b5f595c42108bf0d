"""Is so much a month so much a year; is so many over so many the average that is printed beside them?

"£212,000 a month, which over twelve months is £2.54m"; "11,414 days over 1,811 posts, an average of 6.3 days".
Nothing but the words of the multiple may stand between the two.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final

from bluelamp.checks.claim_spans import span_of
from bluelamp.checks.model import Check, Paper, Result, Subject, Verdict
from bluelamp.checks.numbers import LONGEST, FoundNumber, find_numbers
from bluelamp.documents.blocks import Block
from bluelamp.figures.recomputing import Span

_LINK = r"\s?[,;(]?\s?(?:or|which|that|equivalent to|equal to|equating to|making|i\.e\.)?\s?"
_YEAR = r"(?:the|a|one|each|per)\s(?:full\s|whole\s|financial\s)?year"
_MONTHS = r"(?:(?:the\s)?(?P<months>twelve|12|six|6|three|3|nine|9)\smonths)"
_IS = r"\s?(?:is|are|was|comes to|came to|makes|made|gives|equates to|amounts to|totals|equals|=)?\s?"
_RATE_FIRST = re.compile(
    rf"\s(?:a|per|each|every)\smonth{_LINK}(?:(?:over|in|for|across)\s(?:{_MONTHS}|{_YEAR}){_IS})?", re.I
)
_AFTER = re.compile(
    rf"\s?(?:\)\s?)?(?P<by>(?:over|in|for|across)\s)?(?:{_MONTHS}|{_YEAR})\b(?!\s(?:to|ending|ended)\b)", re.I
)
_NUMBER: Final = {"twelve": 12, "six": 6, "three": 3, "nine": 9}
_AVERAGE = re.compile(
    r"(?:\s[a-z’'-]{1,20}){0,3}?[,;(–-]{0,2}\s?(?:or|giving|which is|making|i\.e\.|that is)?\s?"
    r"(?:an|the|at an)\s(?:average|mean)(?:\sof)?\s?",
    re.I,
)
_OVER = re.compile(
    r"(?:\s(?!not|by|from|to|and\b)[a-z’'-]{1,20}){0,4}\s(?:over|across|among|between|shared by|divided by|for)\s"
    r"(?:the\s|its\s|our\s)?",
    re.I,
)
_TIMES: Final = ("days", "hours", "minutes", "seconds")


def check_multiples(subjects: Sequence[Subject]) -> Iterator[Result]:
    for subject in subjects:
        for paper in subject.papers:
            for block in paper.prose:
                if len(block.text) > LONGEST:
                    continue
                if any(word in block.text for word in ("month", "average", "mean")):
                    yield from _in_block(paper, block)


def _in_block(paper: Paper, block: Block) -> Iterator[Result]:
    text = block.text[:LONGEST]
    numbers = find_numbers(text)
    for one, other in pairwise(numbers):
        months = _months(text, one, other)
        if months:
            yield from _yearly(paper, block, one, other, months)
    for one, other, mean in zip(numbers, numbers[1:], numbers[2:], strict=False):
        at = text.find(other.bare, other.start)
        over = _OVER.fullmatch(text[one.end : at])
        if over and _AVERAGE.fullmatch(text[other.end : mean.start]) and other.hedge in ("", "over"):
            yield from _average(paper, block, one, replace(other, hedge=""), mean)


def _months(text: str, one: FoundNumber, other: FoundNumber) -> int:
    """How many times the first is the second; 0 where the words do not say."""
    between = text[one.end : other.start]
    found = _RATE_FIRST.fullmatch(between) if len(between) < 80 else None
    if found is None or one.value.unit != other.value.unit:
        return 0
    if found["months"]:
        return _said(found["months"])
    if re.search(r"\byear", between, re.I):
        return 12
    after = _AFTER.match(text[other.end : other.end + 40])
    if after is None:
        return 0
    return _said(after["months"]) if after["months"] else 12


def _said(words: str) -> int:
    return _NUMBER.get(words.lower()) or int(words)


def _yearly(paper: Paper, block: Block, one: FoundNumber, other: FoundNumber, months: int) -> Iterator[Result]:
    if one.value.unit == "percent" or not one.value.value or not other.value.value:
        return
    each, whole = span_of(one), span_of(other)
    made = Span(low=each.low * months, high=each.high * months)
    agrees = made.meets(whole)
    product = one.value.value * months
    text = f"{months} times {one.value.printed} is {_plain(product, other)}"
    yield _result(paper, block, one, other, "months", text, agrees=agrees)


def _average(
    paper: Paper, block: Block, one: FoundNumber, other: FoundNumber, mean: FoundNumber
) -> Iterator[Result]:
    top, bottom = one.value, other.value
    plain = ("", "number")
    if bottom.unit not in (*plain, "fte") or not top.value or not bottom.value or bottom.value <= 1:
        return
    unit = mean.value.unit
    is_of_it = unit in _TIMES and unit.rstrip("s") in block.text[max(0, one.start - 60) : one.start].lower()
    if not (unit in (*plain, top.unit) or is_of_it) or top.unit in ("percent", "points") or not mean.value.value:
        return
    a, b = span_of(one), span_of(other)
    if b.low <= 0:
        return
    made = Span(low=a.low / b.high, high=a.high / b.low)
    agrees = made.meets(span_of(mean))
    text = f"{one.value.printed} by {other.bare} is {round(top.value / bottom.value, 2).normalize():f}"
    yield _result(paper, block, one, mean, "average", text, agrees=agrees)


def _plain(value: object, like: FoundNumber) -> str:
    return f"£{value:,f}" if like.value.unit == "gbp" else f"{value:,f}"


def _result(
    paper: Paper, block: Block, one: FoundNumber, other: FoundNumber, rule: str, text: str, *, agrees: bool
) -> Result:
    words = block.text[one.start : other.end]
    return Result(
        verdict=Verdict.CONSISTENT if agrees else Verdict.CONTRADICTION,
        check=Check.RATIO,
        rule=f"multiple-{rule}",
        message=f"“{words}”: {text}" + (", as printed." if agrees else f"; {other.value.printed} is printed."),
        printed=(paper.print_of((block, one.start, other.end)),),
        recomputed=text.rpartition(" is ")[2],
        tolerance="each figure may have been rounded or cut off",
    )
