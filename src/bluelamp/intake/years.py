"""Which year stands in an item's reference: that of publication, or the best guess at it?"""

from __future__ import annotations

import re
from dataclasses import dataclass

HEAD = 4000  # characters in which a document says of when it is
EARLIEST = 1990
_YEAR = re.compile(r"(?<![\d.,£])(19[89]\d|20\d\d)(?![\d%]|[.,]\d)")


@dataclass(frozen=True)
class Year:
    year: int
    guessed: bool


def find_year(*, published: str, cycle: tuple[int, int] | None, head: str, today: int) -> Year | None:
    """The year of publication; else of a cycle of one year; else the latest year that the head names.

    `cycle` is the framework's first and last year: a year far outside it is not of this document. A cycle of
    several years and no year in the head give its last year. None where nothing says. Only the first is no guess.
    """
    if published[:4].isdigit():
        return Year(int(published[:4]), guessed=False)
    first, last = cycle or (EARLIEST, today)
    if cycle and first == last:
        return Year(first, guessed=True)
    named = [int(year) for year in _YEAR.findall(head[:HEAD])]
    # A report may appear the year after its cycle ends; but a year within the cycle says more.
    for until in (last, last + bool(cycle)):
        likely = [year for year in named if first <= year <= min(until, today)]
        if likely:
            return Year(max(likely), guessed=True)
    return Year(last, guessed=True) if cycle else None
