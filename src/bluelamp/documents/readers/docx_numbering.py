"""What number or bullet does Word print before a paragraph? Nobody typed it: it is counted."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lxml import etree

from bluelamp.documents.readers.docx_styles import ListPlace, W, number_of
from bluelamp.documents.readers.office_numbers import show_bullet, show_number

_LEVELS = 9
_PLACE = re.compile(r"%([1-9])")


@dataclass(frozen=True, slots=True)
class _Level:
    start: int = 1
    kind: str = "decimal"
    pattern: str = ""
    restarts_after: int | None = None  # w:lvlRestart: 0 never
    in_digits: bool = False  # w:isLgl: all numbers of the pattern as digits


class Numbering:
    """Counts through the document: ask once for each paragraph, in order."""

    def __init__(self, root: etree._Element | None) -> None:
        self._abstract: dict[int, etree._Element] = {}
        self._lists: dict[int, etree._Element] = {}
        self._levels: dict[tuple[int, int], _Level] = {}
        self._counts: dict[int, list[int | None]] = {}
        self._restarted: set[tuple[int, int]] = set()
        for element in root if root is not None else ():
            if element.tag == W + "abstractNum":
                self._abstract[number_of(element, "abstractNumId") or 0] = element
            elif element.tag == W + "num":
                self._lists[number_of(element, "numId") or 0] = element

    def marker(self, place: ListPlace) -> str:
        """The printed number or bullet; "" where the list is not defined or prints none."""
        if place.list_id not in self._lists:
            return ""
        counts = self._counts.setdefault(self._abstract_id(place.list_id), [None] * _LEVELS)
        level = self._level(place.list_id, place.level)
        start = self._override(place.list_id, place.level)
        before = counts[place.level]
        if start is not None and (place.list_id, place.level) not in self._restarted:
            self._restarted.add((place.list_id, place.level))
            counts[place.level] = start
        else:
            counts[place.level] = level.start if before is None else before + 1
        for deeper in range(place.level + 1, _LEVELS):
            after = self._level(place.list_id, deeper).restarts_after
            if after is None or place.level + 1 <= after:
                counts[deeper] = None
        if level.kind == "bullet":
            return show_bullet(level.pattern) if level.pattern.strip() else ""
        return self._print(place, level, counts)

    def _print(self, place: ListPlace, level: _Level, counts: list[int | None]) -> str:
        def show(found: re.Match[str]) -> str:
            index = int(found.group(1)) - 1
            each = self._level(place.list_id, index)
            count = counts[index]
            kind = "decimal" if level.in_digits and each.kind != "none" else each.kind
            return show_number(each.start if count is None else count, kind)

        return _PLACE.sub(show, level.pattern).strip()

    def _abstract_id(self, list_id: int) -> int:
        return number_of(self._lists[list_id].find(W + "abstractNumId")) or 0

    def _override(self, list_id: int, level: int) -> int | None:
        for each in self._lists[list_id].findall(W + "lvlOverride"):
            if number_of(each, "ilvl") == level:
                return number_of(each.find(W + "startOverride"))
        return None

    def _level(self, list_id: int, level: int) -> _Level:
        key = (list_id, level)
        if key not in self._levels:
            self._levels[key] = self._read_level(list_id, level)
        return self._levels[key]

    def _read_level(self, list_id: int, level: int) -> _Level:
        holders = [
            each for each in self._lists[list_id].findall(W + "lvlOverride") if number_of(each, "ilvl") == level
        ]
        abstract = self._abstract.get(self._abstract_id(list_id))
        holders += self._with_style_link(abstract)
        for holder in holders:
            for found in holder.findall(W + "lvl"):
                if number_of(found, "ilvl") == level:
                    return _describe(found)
        return _Level()

    def _with_style_link(self, abstract: etree._Element | None) -> list[etree._Element]:
        """A list may take its levels from the list of a numbering style."""
        if abstract is None:
            return []
        link = abstract.find(W + "numStyleLink")
        name = link.get(W + "val") if link is not None else None
        linked = [
            each
            for each in self._abstract.values()
            if name and (styled := each.find(W + "styleLink")) is not None and styled.get(W + "val") == name
        ]
        return [abstract, *linked]


def _describe(level: etree._Element) -> _Level:
    kind = level.find(W + "numFmt")
    pattern = level.find(W + "lvlText")
    start = number_of(level.find(W + "start"))
    return _Level(
        start=1 if start is None else start,
        kind=(kind.get(W + "val") or "decimal") if kind is not None else "decimal",
        pattern=(pattern.get(W + "val") or "")[:80] if pattern is not None else "",
        restarts_after=number_of(level.find(W + "lvlRestart")),
        in_digits=level.find(W + "isLgl") is not None,
    )
