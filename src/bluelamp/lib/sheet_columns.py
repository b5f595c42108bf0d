"""By which letters does a spreadsheet name a column?"""

from __future__ import annotations


def column_letters(column: int) -> str:
    """0 is A, 25 Z, 26 AA."""
    letters, left = "", column + 1
    while left:
        left, digit = divmod(left - 1, 26)
        letters = chr(65 + digit) + letters
    return letters
