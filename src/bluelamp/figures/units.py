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
    "thousand": ("", Decimal(1_000)),
    "million": ("", Decimal(1_000_000)),
}
"""Units that are a multiple of another: values are always told in the plain unit (pounds, or none)."""

_THOUSAND = re.compile(r"£\s*\(?[\s'’‘`´]*(?:000|k\b)|\(£k\)", re.IGNORECASE)
_MILLION = re.compile(r"£\s*['’‘`]?(?:0(?:\.0{1,4})?)?m(?:n|il|illions?)?\b|£\s*['’‘`]?000,000", re.IGNORECASE)
_POUNDS = re.compile(r"\bpounds\b", re.IGNORECASE)
_WORDED = re.compile(r"\b(?P<scale>thousand|million)s?\b", re.IGNORECASE)
_OF_ALL = re.compile(
    r"(?:^|[(,:–-] ?|\bin )(?P<scale>thousand|million)s(?:$|[),:]| of (?:pounds|people|persons))", re.IGNORECASE
)
_POINTS = re.compile(
    r"(?:%|\bpercentage|\bper cent|\bpercent)\s*(?:age\s*)?(?:points?|pts?|pp)\b|\bp\.?p(?:ts?)?\b", re.IGNORECASE
)
_PERCENT = re.compile(r"%|\bper\s?cent(?:age)?\b", re.IGNORECASE)


@lru_cache(maxsize=1024)
def unit_of(words: str) -> str:
    """The unit that a column's head or a table's title names; "" where it names none.

    "£'000" and "thousands of pounds" are gbp_thousand; "Population (thousands)" is no money, and thousand.
    """
    if _MILLION.search(words):
        return "gbp_million"
    if _THOUSAND.search(words):
        return "gbp_thousand"
    if "£" in words or _POUNDS.search(words):
        worded = _WORDED.search(words)
        return f"gbp_{worded['scale'].lower()}" if worded else "gbp" if "£" in words else ""
    if scaled := _OF_ALL.search(words):
        return scaled["scale"].lower()
    if _POINTS.search(words):
        return "points"
    if _PERCENT.search(words):
        return "percent"
    return ""
