"""Which year stands in an item's reference: that of publication, or the best guess at it?"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

HEAD = 4000  # characters in which a document says of when it is
EARLIEST = 1990
_YEAR = re.compile(r"(?<![\d.,£])(19[89]\d|20\d\d)(?![\d%]|[.,]\d)")


@dataclass(frozen=True)
class Year:
    year: int
    guessed: bool


def find_year(*, published: str, cycle: tuple[int, int] | None, text: str, today: int) -> Year | None:
    """The year of publication; else of a cycle of one year; else the latest year that the head of the text names.

    `cycle` is the framework's first and last year: a year far outside it is not of this document. Where the head
    of a report names none of its cycle, the year most often named in it; where none is, the cycle's first. None
    where nothing says. All but the first are guesses.
    """
    if published[:4].isdigit():
        return Year(int(published[:4]), guessed=False)
    first, last = cycle or (EARLIEST, today)
    if cycle and first == last:
        return Year(first, guessed=True)
    # A report may appear the year after its cycle ends; but a year within the cycle says more.
    head = [int(year) for year in _YEAR.findall(text[:HEAD])]
    for until in (last, last + bool(cycle)):
        likely = [year for year in head if first <= year <= min(until, today)]
        if likely:
            return Year(max(likely), guessed=True)
    if cycle is None:
        return None
    named = Counter(int(year) for year in _YEAR.findall(text) if first <= int(year) <= min(last, today))
    return Year(max(named, key=lambda year: (named[year], -year), default=first), guessed=True)
