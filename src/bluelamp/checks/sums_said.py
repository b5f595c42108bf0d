"""Is the sum right that a sentence does in words: "£56,000 less £54,800 leaves £1,200", "£13 a year, 25p a week"?

Less and plus with what they leave or make, a tax base by its Band D, and a yearly sum by the week or day. Figures
may have been rounded or cut off; where any is hedged nothing is said.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import product
from typing import Final

from bluelamp.checks.claim_spans import place_of, span_of
from bluelamp.checks.model import Check, Paper, Result, Subject, Verdict
from bluelamp.checks.numbers import LONGEST, FoundNumber, find_numbers
from bluelamp.documents.blocks import Block
from bluelamp.documents.sentences import split_sentences
from bluelamp.figures.recomputing import Span

_LESS = re.compile(
    r"\)?(?:\s(?!is\b|was\b|are\b|were\b|no\b|much\b|far\b)[a-z’'-]{1,16}){0,6},?\s(?:less|minus|net of)"
    r"(?:\s(?!than\b)[a-z’'-]{1,16}){0,6}\s\(?$",
    re.I,
)
_PLUS = re.compile(
    r"\)?(?:\s[a-z’'-]{1,16}){0,6},?\s(?:plus|added to|together with)(?:\s[a-z’'-]{1,16}){0,6}\s\(?$", re.I
)
_LEAVES = re.compile(
    r"\)?(?:\s[a-z’'-]{1,16}){0,5},?\s(?:which |that |and |to |will |would )?"
    r"(?:leaves?|leaving|gives?|giving|makes?|making|comes? to|coming to|totals?|totalling|equals|is)"
    r"(?:\san?|\sthe|\sus)?(?:\s(?:net|total|balance|sum|figure|remaining|remainder|surplus|headroom|requirement|of)){0,3}\s$",
    re.I,
)
_MORE_OF_THEM = re.compile(
    r"\s(?:(?:for )?(?:each|every)|a (?:year|month|week|day)|per|more|fewer|less|over|under|times)\b", re.I
)
_BASE = re.compile(r"\btax ?base\b", re.I)
_YIELDS = re.compile(
    r"\b(?:yields?|raises?|produces?|brings? in|generates?|gives?|precept|income)\b[^.;:()\d£]{0,40}£?$", re.I
)
_BAND_D = re.compile(r"\bBand D\b[^.;:()\d£]{0,40}$", re.I)
_PENCE = re.compile(
    r"£(?P<pounds>\d{1,4}(?:,\d{3})?(?:\.\d\d)?)\s(?:a|per|each)\s(?P<of>year|month|week)\b[^.;:\d£]{0,24}?"
    r"[,(]\s?(?:or|which is|equal to|equivalent to|that is|about|i\.e\.)\s(?P<hedge>about |around |just over "
    r"|just under |less than |under |over |nearly |almost |approximately |roughly )?"
    r"(?:(?P<pence>\d{1,3}(?:\.\d)?)p|£(?P<sum>\d{1,4}(?:\.\d\d)?))\s(?:a|per|each)\s(?P<by>month|week|day)\b",
    re.I,
)
_TIMES: Final[dict[tuple[str, str], tuple[Decimal, Decimal]]] = {
    ("year", "month"): (Decimal(12), Decimal(12)),
    ("year", "week"): (Decimal(52), Decimal(365) / 7),
    ("year", "day"): (Decimal(365), Decimal(366)),
    ("month", "week"): (Decimal(4), Decimal("4.5")),
    ("month", "day"): (Decimal(28), Decimal(31)),
    ("week", "day"): (Decimal(5), Decimal(7)),
}
"""The fewest and the most of the shorter that the longer may be taken to have."""
_HALF: Final = Decimal("0.5")
_FAR: Final = 4  # times that it may be off and still be the same thing


def check_sums_said(subjects: Sequence[Subject]) -> Iterator[Result]:
    for subject in subjects:
        for paper in subject.papers:
            for block in paper.prose:
                text = block.text
                if len(text) > LONGEST:
                    continue
                if any(
                    word in text for word in (" less ", " minus ", " plus ", "net of", "added to", "together with")
                ):
                    yield from _in_block(paper, block)
                if "£" in text and _BASE.search(text):
                    yield from _of_base(paper, block)
                if "£" in text and (" week" in text or " day" in text or " month" in text):
                    yield from _in_pence(paper, block)


# -- less and plus ----------------------------------------------------------------------------------------


def _in_block(paper: Paper, block: Block) -> Iterator[Result]:
    text, numbers = block.text, find_numbers(block.text)
    for start, end in split_sentences(text):
        mine = [number for number in numbers if start <= number.start and number.end <= end]
        for one, two, three in zip(mine, mine[1:], mine[2:], strict=False):
            link = text[one.end : two.start]
            is_less, is_plus = bool(_LESS.fullmatch(link)), bool(_PLUS.fullmatch(link))
            if not (is_less or is_plus) or not _LEAVES.fullmatch(text[two.end : three.start]):
                continue
            if _are_plain(one, two, three) and not _MORE_OF_THEM.match(text, three.end):
                yield _judge(paper, block, one, two, three, is_less=is_less)


def _are_plain(*numbers: FoundNumber) -> bool:
    units = {"" if number.value.unit == "number" else number.value.unit for number in numbers}
    known = all(number.value.value for number in numbers) and not any(number.hedge for number in numbers)
    return len(units) == 1 and known and not units & {"points", "seconds", "minutes"}


def _judge(
    paper: Paper, block: Block, one: FoundNumber, two: FoundNumber, three: FoundNumber, *, is_less: bool
) -> Result:
    wrong = judge_sum(one, two, three, is_less=is_less)
    first, second = one.value.value or Decimal(0), two.value.value or Decimal(0)
    exact = first - second if is_less else first + second
    shown = f"{one.value.printed} {'less' if is_less else 'plus'} {two.value.printed} is {_say(exact, three)}"
    return _result(paper, (block, one.start, three.end), shown, wrong, three.value.printed)


def judge_sum(one: FoundNumber, two: FoundNumber, said: FoundNumber, *, is_less: bool) -> Verdict | None:
    """What is wrong with it: all rounded or all cut off is usual, one of each is not."""
    fits = []
    for down, up in ((_HALF, _HALF), (Decimal(0), Decimal(1)), (_HALF, Decimal(1))):
        a, b, told = _spans((one, two, said), down, up)
        low, high = (a.low - b.high, a.high - b.low) if is_less else (a.low + b.low, a.high + b.high)
        is_exact = low == high == told.low == told.high
        fits.append(is_exact or (low < told.high and told.low < high))
    if fits[0] or fits[1]:
        return None
    return Verdict.SUSPECT if fits[2] else Verdict.CONTRADICTION


def _spans(numbers: Sequence[FoundNumber], down: Decimal, up: Decimal) -> Iterator[Span]:
    """Noughts at the end of a number are meant as finely as the finest of them, decimals as they stand."""
    finest = min(place_of(number) for number in numbers)
    for number in numbers:
        value = abs(number.value.value or Decimal(0))
        place = place_of(number) if "." in number.bare else min(place_of(number), finest)
        is_exact = place == 1 and number.value.unit in ("", "number")
        yield Span(low=value, high=value) if is_exact else Span(low=value - down * place, high=value + up * place)


def _say(value: Decimal, like: FoundNumber) -> str:
    if like.value.unit != "gbp":
        return f"{value.normalize():,f}" + ("%" if like.value.unit == "percent" else "")
    return (
        f"£{round(value / 1_000_000, 3).normalize():f}m" if abs(value) >= 1_000_000 else f"£{value.normalize():,f}"
    )


# -- a tax base by its Band D -----------------------------------------------------------------------------


def _of_base(paper: Paper, block: Block) -> Iterator[Result]:
    """ "The tax base is 222,354 and Band D £286.56, which yields £63.7m." """
    text, numbers = block.text, find_numbers(block.text)
    for start, end in split_sentences(text):
        mine = [n for n in numbers if start <= n.start and n.end <= end and not n.hedge and n.value.value]
        bases = [n for n in mine if n.value.unit in ("", "number") and _BASE.search(text, start, n.start)]
        rates = [
            n for n in mine if n.value.unit == "gbp" and _BAND_D.search(text[max(start, n.start - 60) : n.start])
        ]
        told = [
            n for n in mine if n.value.unit == "gbp" and _YIELDS.search(text[max(start, n.start - 70) : n.start])
        ]
        told = [n for n in told if n not in rates]
        if len(bases) == len(rates) == len(told) == 1:
            yield from _product(paper, block, bases[0], rates[0], told[0])


def _product(
    paper: Paper, block: Block, base: FoundNumber, rate: FoundNumber, told: FoundNumber
) -> Iterator[Result]:
    a, b, said = span_of(base), span_of(rate), span_of(told)
    ends = [one * other for one, other in product((a.low, a.high), (b.low, b.high))]
    made = (base.value.value or Decimal(0)) * (rate.value.value or Decimal(0))
    value = told.value.value or Decimal(0)
    if not made / _FAR < value < made * _FAR:
        return
    shown = f"{base.bare} times {rate.value.printed} is {_say(round(made, 0), told)}"
    places = [place for number in (base, rate, told) for place in (number.start, number.end)]
    wrong = None if Span(low=min(ends), high=max(ends)).meets(said) else Verdict.CONTRADICTION
    yield _result(paper, (block, min(places), max(places)), shown, wrong, told.value.printed)


# -- by the week ------------------------------------------------------------------------------------------


def _in_pence(paper: Paper, block: Block) -> Iterator[Result]:
    for found in _PENCE.finditer(block.text[:LONGEST]):
        times = _TIMES.get((found["of"].lower(), found["by"].lower()))
        if found["hedge"] or times is None:
            continue
        pounds = Decimal(found["pounds"].replace(",", ""))
        printed = Decimal(found["pence"]) / 100 if found["pence"] else Decimal(found["sum"])
        places = (found["pence"] or found["sum"]).partition(".")[2]
        place = Decimal(1).scaleb(-len(places)) / (100 if found["pence"] else 1)
        whole = Decimal("0.005") if "." in found["pounds"] else Decimal("0.5")
        low, high = (pounds - whole) / times[1], (pounds + whole) / times[0]
        agrees = low <= printed + place and printed - place / 2 <= high
        each = pounds / times[0]
        said = f"{round(each * 100, 1).normalize():f}p" if found["pence"] else f"£{round(each, 2):,f}"
        shown = f"£{pounds:,f} a {found['of'].lower()} is {said} a {found['by'].lower()}"
        told = f"{found['pence']}p" if found["pence"] else f"£{found['sum']}"
        wrong = None if agrees else Verdict.CONTRADICTION
        yield _result(paper, (block, *found.span()), shown, wrong, told)


def _result(
    paper: Paper, place: tuple[Block, int, int], shown: str, wrong: Verdict | None, printed: str
) -> Result:
    block, start, end = place
    return Result(
        verdict=wrong or Verdict.CONSISTENT,
        check=Check.CAST,
        rule="sum-in-words",
        message=f"“{block.text[start:end].strip()[:240]}”: {shown}"
        + (f", not {printed}." if wrong else ", as printed."),
        printed=(paper.print_of(place),),
        recomputed=shown.rpartition(" is ")[2],
        tolerance="each figure may have been rounded or cut off",
    )
