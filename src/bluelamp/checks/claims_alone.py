"""Does a sentence contradict itself: "fell from 41% to 45%", "rose by 12% from 100 to 108", "a 199% reduction"?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Final

from bluelamp.checks.claim_model import Claim, Kind
from bluelamp.checks.claim_reading import claims_of
from bluelamp.checks.claim_spans import in_whole, percent_span, place_of, size_span, span_of, spans_of
from bluelamp.checks.model import Check, Paper, Printed, Result, Subject, Verdict
from bluelamp.checks.numbers import FoundNumber, find_numbers
from bluelamp.documents.blocks import ASIDES, Block, BlockKind
from bluelamp.figures.recomputing import Span

_SIGNED = re.compile(
    r"\b(?:under ?spend|over ?spend|deficit|surplus|balances?|variance|loss|profit|net|score"
    r"|re-?offending risk)\b",
    re.I,
)
SKIPPED = ASIDES | {BlockKind.TABLE, BlockKind.CONTENTS}


def check_sentences(subjects: Sequence[Subject]) -> Iterator[Result]:
    """Every sentence of every paper by itself."""
    for subject in subjects:
        for paper in subject.papers:
            for block in paper.prose:
                if find_numbers(block.text):
                    yield from _check_block(paper, block)


def _check_block(paper: Paper, block: Block) -> Iterator[Result]:
    claims = claims_of(paper, block)
    for claim in claims:
        if claim.kind is Kind.FROM_TO:
            yield from _check_from_to(claim, claims, _print(paper, block, claim))
        elif claim.kind is Kind.CHANGE and _is_over_all(claim):
            yield _reduction(claim, _print(paper, block, claim))


def _print(paper: Paper, block: Block, claim: Claim) -> Printed:
    return paper.print_of((block, claim.offset, claim.offset + len(claim.text)))


def _is_over_all(claim: Claim) -> bool:
    """Is it said to have fallen by more than all of it?"""
    number = claim.number
    if number is None or claim.way != "down" or number.value.unit != "percent":
        return False
    is_bound = number.hedge in ("under", "up to") or number.value.printed[:1] == "+"
    return not is_bound and span_of(number).low > 100


def _reduction(claim: Claim, cited: Printed) -> Result:
    """Nothing that is counted falls by more than all of it."""
    bare = claim.number.bare if claim.number else ""
    is_signed = bool(_SIGNED.search(claim.text))
    return _result(
        Verdict.UNCHECKED if is_signed else Verdict.CONTRADICTION,
        "reduction-over-all",
        f"“{claim.text.strip()}”: "
        + (
            "what may fall below nought may fall by more than 100%."
            if is_signed
            else f"nothing can fall by more than 100%, and {bare}% is printed."
        ),
        cited,
        "at most 100%",
    )


def _check_from_to(claim: Claim, claims: Sequence[Claim], cited: Printed) -> Iterator[Result]:
    first, last = claim.first, claim.number
    if first is None or last is None or _value(first) <= 0 or _value(last) < 0:
        return
    said = f"“{claim.printed}”"
    if claim.way:
        moved = _moved(first, last)
        verdict = Verdict.CONTRADICTION if moved and moved != claim.way else Verdict.CONSISTENT
        end = (
            f"the sentence says that it {_WENT[claim.way]}, but {last.bare} is {_THAN[moved]} than {first.bare}."
            if verdict is Verdict.CONTRADICTION
            else "the figures go the way that the sentence says."
        )
        yield _result(verdict, "from-to-direction", f"{said}: {end}", cited, "")
    for other, way in claim.also:
        yield _check_size(first, last, other, way, said, cited)
    for worded in claims:
        if worded.kind is Kind.WORDS and worded.offset == claim.offset and 0 <= claim.start - worded.end <= 8:
            yield from _check_worded(worded, first, last, said, cited)


def _moved(first: FoundNumber, last: FoundNumber) -> str:
    """Rounding keeps the order of two figures, so the prints tell which way; hedges may not."""
    if first.hedge == last.hedge:
        a, b = _value(first), _value(last)
        return "up" if b > a else "down" if b < a else ""
    before, after = spans_of(first, last)
    return "down" if after.high < before.low else "up" if after.low > before.high else ""


_WENT = {"up": "rose", "down": "fell"}
_THAN = {"up": "more", "down": "less"}


def _value(number: FoundNumber) -> Decimal:
    return number.value.value or Decimal(0)


def _check_size(
    first: FoundNumber, last: FoundNumber, other: FoundNumber, way: str, said: str, cited: Printed
) -> Result:
    """The change that is printed beside the two figures it is of."""
    counts = [other] if other.value.unit in ("", "number") else []
    a, b = spans_of(first, last, *counts)
    percent = percent_span(a, b)
    points = Span(low=b.low - a.high, high=b.high - a.low)
    shares = "percent" in (first.value.unit, last.value.unit)
    ways = {
        "points": [points] if shares else [],
        "percent": [percent, points] if shares else [percent],
    }.get(other.value.unit, [points] if other.value.unit in ("", first.value.unit, last.value.unit) else [])
    claimed = span_of(other)
    loose = in_whole(other)
    moved = _moved(first, last)
    shown = f"{said} is a change of {_shown(first, last, other, shares=shares)}"
    if not ways:
        return _result(Verdict.UNCHECKED, "from-to-size", f"{shown}, in another unit than is printed.", cited, "")
    fits = any(size_span(span).meets(claimed) for span in ways)
    if moved and way and moved != way:
        end = f", so it {_WENT[moved]}; “{other.value.printed}” is printed as if it {_WENT[way]}."
        return _result(Verdict.CONTRADICTION, "from-to-size", shown + end, cited, "")
    if fits:
        verdict, end = _fitting(first, last, other, claimed, shares=shares)
        return _result(verdict, "from-to-size", f"{shown}{end}", cited, "")
    wider = Span(low=claimed.low - loose, high=claimed.high + loose)
    verdict = Verdict.SUSPECT if any(size_span(span).meets(wider) for span in ways) else Verdict.CONTRADICTION
    return _result(verdict, "from-to-size", f"{shown}; {other.value.printed} is printed.", cited, "")


_FAR: Final = Decimal("0.3")  # of the change: rounding that moves it so far is not the usual reading


def _fitting(
    first: FoundNumber, last: FoundNumber, other: FoundNumber, claimed: Span, *, shares: bool
) -> tuple[Verdict, str]:
    """A change that fits: as it stands, or only if the two figures are rounded, which may be far-fetched."""
    moved = _value(last) - _value(first)
    percent = moved * 100 / _value(first) if _value(first) else Decimal(0)
    exact = [percent, moved] if shares or other.value.unit != "percent" else [percent]
    if is_points_as_percent(first, last, other):
        return Verdict.SUSPECT, "; the sentence gives percentage points as per cent."
    if any(claimed.low <= abs(change) < claimed.high for change in exact):
        return Verdict.CONSISTENT, ", as printed."
    end = f", and {other.value.printed} only if these figures are rounded."
    hedged = any(number.hedge for number in (first, last, other))
    near = any(abs(abs(change) - abs(_value(other))) <= _FAR * abs(change) for change in exact)
    return Verdict.CONSISTENT if hedged or near else Verdict.SUSPECT, end


def is_points_as_percent(first: FoundNumber, last: FoundNumber, other: FoundNumber) -> bool:
    """ "Rose by 3%, from 70% to 73%": just so many points, which are 4% of seventy."""
    if {first.value.unit, last.value.unit, other.value.unit} != {"percent"} or not _value(first):
        return False
    if any(number.hedge for number in (first, last, other)):
        return False
    points, said, half = abs(_value(last) - _value(first)), abs(_value(other)), place_of(other) / 2
    return points == said and not said - half <= points * 100 / _value(first) <= said + half


def _shown(first: FoundNumber, last: FoundNumber, other: FoundNumber, *, shares: bool) -> str:
    change = _value(last) - _value(first)
    percent = f"{round(change * 100 / _value(first), 1):+}%"
    if shares:
        return f"{change:+} percentage points, or {percent}"
    return percent if other.value.unit in ("percent", "points") else f"{change:+,}"


def _check_worded(
    claim: Claim, first: FoundNumber, last: FoundNumber, said: str, cited: Printed
) -> Iterator[Result]:
    """ "doubled from 100 to 150"."""
    if claim.size is None:
        return
    percent = percent_span(*spans_of(first, last))
    low, high = size_bounds(claim)
    agrees = percent.meets(Span(low=low, high=high))
    change = round((_value(last) - _value(first)) * 100 / _value(first), 1)
    yield _result(
        Verdict.CONSISTENT if agrees else Verdict.CONTRADICTION,
        "from-to-words",
        f"{said} is a change of {change:+}%"
        + (f", as “{claim.printed}” says." if agrees else f"; “{claim.printed}” is printed."),
        cited,
        f"{change:+}%",
    )


def size_bounds(claim: Claim) -> tuple[Decimal, Decimal]:
    """Between which changes in per cent "doubled" or "fell by a third" may be said at all."""
    size = claim.size or Decimal(0)
    signed = size if claim.way == "up" else -size
    slack = size * Decimal("0.3")
    low, high = signed - slack, signed + slack * (2 if claim.is_over else 1)
    if claim.is_over and claim.kind is Kind.WORDS and claim.printed.lower().startswith("more than"):
        return (signed - 2, Decimal("1e30")) if claim.way == "up" else (Decimal(-100), signed + 2)
    return low, high


def _result(verdict: Verdict, rule: str, message: str, cited: Printed, recomputed: str) -> Result:
    return Result(
        verdict=verdict,
        check=Check.CLAIM,
        rule=rule,
        message=message,
        printed=(cited,),
        recomputed=recomputed,
    )
