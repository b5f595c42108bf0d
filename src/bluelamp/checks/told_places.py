"""Which row and which column of a table do a few words of a sentence name, whole and with nothing left over?"""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from bluelamp.checks.claim_words import name_of
from bluelamp.checks.grids import Grid, Line

_SAY_NOTHING: Final = frozenset(
    {
        *(
            "the",
            "a",
            "an",
            "of",
            "for",
            "in",
            "at",
            "on",
            "to",
            "by",
            "with",
            "and",
            "or",
            "all",
            "there",
            "m",
            "k",
        ),
        *("were", "was", "is", "are", "had", "has", "have", "been", "be", "who", "which"),
        *("our", "its", "their", "these", "those", "this", "that", "it", "they"),
    }
)


@lru_cache(maxsize=8192)
def told_by(text: str) -> frozenset[str]:
    """The stems of all words that say something."""
    return name_of(text).stems - _SAY_NOTHING


def total_of(grid: Grid) -> Line | None:
    """The one row for all of the others."""
    found = [line for line in grid.lines if is_of_all(line)]
    return found[0] if len(found) == 1 and len(grid.lines) > 2 else None


def is_of_all(line: Line) -> bool:
    return line.is_total or line.is_whole or line.is_place


def columns_named(grid: Grid, said: frozenset[str]) -> list[int]:
    return [column for column in grid.columns if said and told_by(grid.name_of(column)) == said]


def lines_named(grid: Grid, said: frozenset[str]) -> list[Line]:
    return [line for line in grid.lines if said and told_by(line.label) == said]


def words_about(grid: Grid) -> frozenset[str]:
    """What a table's title and heads say."""
    return told_by(grid.table.title).union(*(told_by(name) for name in grid.table.names))


def is_count(grid: Grid, column: int) -> bool:
    return grid.units_at(column) <= {"", "number"}
