"""Which forces are named in one list?"""

from __future__ import annotations

import re
from collections.abc import Sequence

from bluelamp.inspections.reading.about_names import Name

_SEPARATOR = re.compile(r"[,;/]|\s(?:and|or|&|plus|as well as)\s|\s?&\s?|,\s(?:and|or)\s")
_ELEMENT = re.compile(
    r"\)?\s?(?:(?:the|both|also|then|and|or)(?:\s|$))*"
    r"(?:[A-Z][\w’'&.-]*(?:\s(?:of|and|the|&)\s[A-Z][\w’'&.-]*|\s[A-Z][\w’'&.-]*){0,5})?"
    r"(?:['’]s)?(?:\s?(?:police|forces?|constabulary|constabularies|areas?))?\s?(?:\([^()]{0,60}\)?)?[\d¹²³⁴⁵⁶⁷⁸⁹⁰]{0,3}"
)
_LONGEST_GAP = 140


def split_runs(text: str, names: Sequence[Name]) -> list[list[Name]]:
    """The names that are listed together ("Cumbria, Kent and Surrey"), a list each."""
    runs: list[list[Name]] = []
    for name in names:
        last = runs[-1][-1] if runs else None
        gap = text[last.end : name.start] if last else ""
        if last and ((gap == " (" and last.code == name.code) or _is_list_gap(gap)):
            runs[-1].append(name)
        else:
            runs.append([name])
    return runs


def _is_list_gap(gap: str) -> bool:
    if len(gap) > _LONGEST_GAP or not _SEPARATOR.search(f"{gap} "):
        return False
    return all(_ELEMENT.fullmatch(piece.strip()) for piece in _SEPARATOR.split(f" {gap} ") if piece.strip())


def listed_with(text: str, names: Sequence[Name], code: str) -> tuple[str, ...]:
    """The codes of the other forces in the same list, in their order."""
    for run in split_runs(text, names):
        codes = dict.fromkeys(name.code for name in run)
        if code in codes:
            return tuple(other for other in codes if other != code)
    return ()


_ONLY_NAMES = re.compile(
    r"[\s,;:.&/|()\d%*†‡¹²³⁴⁵⁶⁷⁸⁹⁰–—-]*(?:(?:and|the|force|forces|police|constabulary|or)[\s,;:.)]*)*", re.I
)


def is_only_names(text: str, names: Sequence[Name]) -> bool:
    """Is there nothing but names of forces, and numbers and marks between them?"""
    position = 0
    for name in names:
        if not _ONLY_NAMES.fullmatch(text, position, name.start):
            return False
        position = name.end
    return bool(names) and _ONLY_NAMES.fullmatch(text, position) is not None
