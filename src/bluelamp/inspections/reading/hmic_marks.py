"""Which grade has the mark in a row of a table, where the head names the grades and a row ticks one of them?"""

from __future__ import annotations

from collections.abc import Sequence

from bluelamp.documents.blocks import Cell, Row, Span
from bluelamp.inspections.frameworks import Framework
from bluelamp.inspections.reading.hmic_words import Values, read_values

_EMPTY = frozenset({"", "-", "–", "—"})
_LONGEST_MARK = 4
"""Characters: a tick, a cross, "Yes"; tick fonts come out as one odd letter."""
FEWEST_GRADES = 3


def scale_of(head: Row | None, framework: Framework) -> tuple[str, ...]:
    """The grades that a head names, if it names enough of them to be a scale."""
    if head is None:
        return ()
    grades = [grade.slug for cell in head.cells if (grade := framework.grade_named(cell.text))]
    return tuple(grades) if len(grades) >= FEWEST_GRADES else ()


def marked_values(head: Row | None, cells: Sequence[Cell], framework: Framework) -> Values | None:
    """The marked grade, with a direction of travel beside it; None unless exactly one grade is marked."""
    if head is None or not scale_of(head, framework):
        return None
    columns = {cell.column: grade.slug for cell in head.cells if (grade := framework.grade_named(cell.text))}
    under = {columns[cell.column]: cell.text for cell in cells if cell.column in columns}
    marked = [slug for slug, text in under.items() if text not in _EMPTY]
    if len(marked) != 1 or not _is_mark(under[marked[0]], framework):
        return None
    beside = [cell.text for cell in cells if cell.column not in columns and cell.text]
    read = [values for text in beside if (values := read_values(text, framework))]
    if any(values.grades or values.numbers for values in read):
        return None
    ways = [way for values in read for way in values.directions]
    return Values(grades=(marked[0],), directions=tuple(ways[:1]), labelled=True)


def spans_over(head: Row, grade: str, framework: Framework) -> tuple[Span, ...]:
    """Where the head prints the grade: a mark alone says nothing."""
    return next(
        (cell.spans for cell in head.cells if (at := framework.grade_named(cell.text)) and at.slug == grade), ()
    )


def words_beside(head: Row, cells: Sequence[Cell], framework: Framework) -> list[str]:
    """The words of a row that stand under no grade."""
    columns = {cell.column for cell in head.cells if framework.grade_named(cell.text)}
    return [cell.text for cell in cells if cell.text and cell.column not in columns]


def _is_mark(text: str, framework: Framework) -> bool:
    return len(text) <= _LONGEST_MARK and not text.isdigit() and framework.grade_named(text) is None
