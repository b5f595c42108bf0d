"""How wide is a number that words stand before: "around 5,100", "over 13,900", "almost 50%"?"""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from typing import Final


def _step(value: Decimal) -> Decimal:
    """The step a writer counts in: the worth of the last figure that is not zero, five of it where it is a 5.

    "13,900" counts in hundreds, "25,000" in five thousands, "1,000" in thousands.
    """
    _, digits, exponent = value.normalize().as_tuple()
    place = Decimal(1).scaleb(int(exponent))
    return place * 5 if digits and digits[-1] == 5 and len(digits) > 1 else place


def _near(value: Decimal) -> Decimal:
    """A step, but never more than a tenth of the number: nobody calls 1,900 "around 1,000"."""
    place = Decimal(1).scaleb(int(value.normalize().as_tuple().exponent))
    return min(place, abs(value) / 10)


Interval = tuple[Decimal, Decimal]

_SUPPRESSED = 10  # "fewer than 5", "<10": small counts are withheld so, whatever they are

# "around 5,100" is within one hundred either way (`_near`). "over 13,900": who had 14,000 or more would have
# said so, hence up to the next step; "just over" is a quarter of that. "almost 50%" is below, and near.
# "under 14,000": who had less than 13,000 would have said so. "up to" and "at most" name only a ceiling.
_HEDGES: Final[dict[str, Callable[[Decimal], Interval]]] = {
    "around": lambda v: (v - _near(v), v + _near(v)),
    "just over": lambda v: (v, v + _step(v) / 4),
    "over": lambda v: (v, v + _step(v)),
    "just under": lambda v: (v - _near(v) / 2, v),
    "almost": lambda v: (v - _near(v), v),
    "under": lambda v: (v - _step(v) if v > _SUPPRESSED else min(Decimal(0), v), v),
    "up to": lambda v: (min(Decimal(0), v), v),
}
_HEDGE_WORDS: Final = {
    "around": r"around|about|approximately|approx\.?|roughly|circa|c\.|c(?=\s?[£\d])|~|some|in the region of",
    "just over": r"just over|just above|slightly (?:over|more than|above)|a little over",
    "over": r"over|more than|in excess of|above|exceeding|at least|upwards of|no fewer than|not less than|>=?|≥",
    "just under": r"just under|just below|slightly (?:under|less than|below)|a little under",
    "almost": r"almost|nearly|close to|approaching|virtually",
    "under": r"under|below|less than|fewer than|<=?|≤",
    "up to": r"up to|at most|no more than|not more than|a maximum of|maximum|max\.?",
}
_HEDGE = re.compile(
    "|".join(
        f"(?P<h{n}>{words})"
        for n, words in enumerate(
            [_HEDGE_WORDS[k] for k in ("just over", "just under", "around", "over", "almost", "under", "up to")]
        )
    ),
    re.IGNORECASE,
)
_ORDER = ("just over", "just under", "around", "over", "almost", "under", "up to")


def split_hedge(words: str) -> tuple[str, str]:
    """The hedge that words open with (or end with: "500+") and the number's own words; ("", words) without one."""
    match = _HEDGE.match(words)
    if match and match.lastgroup:
        return _ORDER[int(match.lastgroup[1:])], words[match.end() :].strip()
    if words.endswith("+"):
        return "over", words[:-1].strip()
    return "", words


def hedged(hedge: str, value: Decimal) -> Interval:
    """What the true value may be where `hedge` stands before `value`."""
    if value < 0:
        low, high = _HEDGES[hedge](-value)
        return -high, -low
    return _HEDGES[hedge](value)
