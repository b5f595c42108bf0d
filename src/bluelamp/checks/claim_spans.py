"""Which true values may a writer have meant by a number in a sentence, at the most generous?

A printed number may have been rounded or cut off; noughts at its end may be rounding ("12,500 calls"); a hedge
names only a side ("over 25,000", "almost 50%").
"""

from __future__ import annotations

from decimal import Decimal
from itertools import product
from typing import Final

from bluelamp.checks.numbers import FoundNumber
from bluelamp.figures.recomputing import Span

_FAR: Final = Decimal("1e30")
_NEARLY: Final = Decimal("0.005")  # how far "over 7,000" may be from the truth and nobody would mind
_LEAST_ROUND: Final = 100  # below it a nought at the end is a digit like another


def span_of(number: FoundNumber, place: Decimal | None = None) -> Span:
    """Of the number's size: its sign is for whoever reads the sentence to judge.

    `place` is the worth of the last figure meant, where a number beside it tells.
    """
    value = abs(number.value.value or Decimal(0))
    place = place_of(number) if place is None else place
    half = place / 2
    if number.hedge in ("over", "under", "up to", "almost", "just under"):
        half = min(half, value * (2 * _NEARLY if number.value.unit else _NEARLY))
    match number.hedge:
        case "over" | "just over":
            return Span(low=value - half, high=_FAR if number.hedge == "over" else value * Decimal("1.5") + half)
        case "under" | "up to":
            return Span(low=-_FAR, high=value + half)
        case "almost" | "just under":
            return Span(low=value * Decimal("0.85") - place, high=value + half)
        case "around":
            low, high = number.value.low or value, number.value.high or value
            wide = max(abs(high - low) / 2, value / 20, place)
            return Span(low=value - wide, high=value + wide)
    if place == 1 and not number.value.unit:
        return Span(low=value, high=value)
    return Span(low=value - half, high=value + place)


def spans_of(first: FoundNumber, last: FoundNumber, *beside: FoundNumber) -> tuple[Span, Span]:
    """Of two numbers of one sentence, as fine as the finest there: "from 100 to 108" counts in ones."""
    place = min(place_of(number) for number in (first, last, *beside))
    return span_of(first, place), span_of(last, place)


def place_of(number: FoundNumber) -> Decimal:
    """The worth of the last figure that was surely meant."""
    digits = number.bare.replace(",", "")
    value = abs(number.value.value or Decimal(0))
    _, _, decimals = digits.partition(".")
    scale = value / Decimal(digits) if Decimal(digits) else Decimal(1)
    if decimals:
        return Decimal(1).scaleb(-len(decimals)) * scale
    noughts = len(digits) - len(digits.rstrip("0"))
    if value < _LEAST_ROUND or not noughts or number.value.unit in ("percent", "points"):
        return scale
    return Decimal(10) ** min(noughts, len(digits) - 1) * scale


def in_whole(number: FoundNumber) -> Decimal:
    """For a size that may have been rounded to a whole ten of per cent: "a 20% fall" of 18.7%."""
    value = abs(number.value.value or Decimal(0))
    is_round = number.value.unit == "percent" and "." not in number.bare and value % 5 == 0 and value >= 10
    return Decimal("2.5") if is_round else Decimal(0)


def percent_span(before: Span, after: Span) -> Span:
    """(after - before) / before in per cent; everything where the first may be nought."""
    if before.low <= 0:
        return Span(low=Decimal("-1e30"), high=Decimal("1e30"))
    ends = [(b - a) * 100 / a for a, b in product((before.low, before.high), (after.low, after.high))]
    return Span(low=min(ends), high=max(ends))


def size_span(span: Span) -> Span:
    """Of a change, however it goes."""
    if span.low >= 0:
        return span
    if span.high <= 0:
        return Span(low=-span.high, high=-span.low)
    return Span(low=Decimal(0), high=max(-span.low, span.high))
