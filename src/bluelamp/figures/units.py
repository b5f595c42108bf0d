"""Which unit do the words of a head or title name?"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from typing import Final

UNIT_SCALES: Final = {
    "gbp_thousand": ("gbp", Decimal(1_000)),
    "gbp_million": ("gbp", Decimal(1_000_000)),
    "gbp_billion": ("gbp", Decimal(1_000_000_000)),
}
"""Units that are a multiple of another: values are always told in the plain unit (pounds)."""

_THOUSAND = re.compile(r"£\s*\(?[\s'’‘`´]*(?:000|k\b)|\(£k\)|\bthousands?\b", re.IGNORECASE)
_MILLION = re.compile(
    r"£\s*['’‘`]?(?:0(?:\.0{1,4})?)?m(?:n|il|illions?)?\b|£\s*['’‘`]?000,000|\bmillions\b", re.IGNORECASE
)
_POINTS = re.compile(
    r"(?:%|\bpercentage|\bper cent|\bpercent)\s*(?:age\s*)?(?:points?|pts?|pp)\b|\bp\.?p(?:ts?)?\b", re.IGNORECASE
)
_PERCENT = re.compile(r"%|\bper\s?cent(?:age)?\b", re.IGNORECASE)


@lru_cache(maxsize=1024)
def unit_of(words: str) -> str:
    """The unit that a column's head or a table's title names: "£'000" is gbp_thousand; "" where it names none."""
    if _MILLION.search(words):
        return "gbp_million"
    if _THOUSAND.search(words):
        return "gbp_thousand"
    if "£" in words:
        return "gbp"
    if _POINTS.search(words):
        return "points"
    if _PERCENT.search(words):
        return "percent"
    return ""
