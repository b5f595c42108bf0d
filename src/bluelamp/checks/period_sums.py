"""Is a row the sum of the periods above it: "Year" under four quarters, "Quarter 1" under its three months?"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from bluelamp.checks.grids import Line

_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_YEAR: Final = r"[\s'’,-]{0,3}(?:(?:19|20)?\d\d(?:[/–-]\d{2,4})?)?"
_MONTH: Final = re.compile(
    rf"(?P<month>{'|'.join(_MONTHS)})(?:uary|ruary|ch|il|e|y|ust|t(?:ember)?|tember|ober|ember)?{_YEAR}", re.I
)
_QUARTER: Final = re.compile(rf"(?:q|qtr|quarter) ?(?P<quarter>[1-4]){_YEAR}", re.I)
_WHOLE: Final = re.compile(
    rf"(?P<year>(?:full |whole |financial )?year{_YEAR})|(?P<quarter>(?:q|qtr|quarter) ?[1-4]?{_YEAR})"
    rf"|(?P<half>half[- ]year{_YEAR}|h[12]{_YEAR}|(?:first|second) half{_YEAR})",
    re.I,
)


def is_of_periods(lines: Sequence[Line], index: int) -> bool:
    """Does the row name a year, a half or a quarter, and do the rows right above name all of its parts?"""
    found = _WHOLE.fullmatch(lines[index].label.strip(" :*"))
    if found is None:
        return False
    if found["quarter"]:
        return _months_above(lines, index) == 3
    if found["half"]:
        return _months_above(lines, index) == 6 or _quarters_above(lines, index) == 2
    return _months_above(lines, index) == 12 or _quarters_above(lines, index) == 4


def _months_above(lines: Sequence[Line], index: int) -> int:
    """How many months follow one another right up to the row."""
    return _run(
        [
            _MONTHS.index(found["month"].lower()) if (found := _MONTH.fullmatch(line.label.strip(" :*"))) else -1
            for line in lines[max(0, index - 13) : index]
        ],
        12,
    )


def _quarters_above(lines: Sequence[Line], index: int) -> int:
    return _run(
        [
            int(found["quarter"]) - 1 if (found := _QUARTER.fullmatch(line.label.strip(" :*"))) else -1
            for line in lines[max(0, index - 5) : index]
        ],
        4,
    )


def _run(numbers: Sequence[int], around: int) -> int:
    """The length of the run at the end, in which each is one more than the one before."""
    length = 0
    for at in range(len(numbers) - 1, -1, -1):
        if numbers[at] < 0 or (length and (numbers[at] + 1) % around != numbers[at + 1]):
            break
        length += 1
    return length
