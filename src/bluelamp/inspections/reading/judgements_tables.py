"""Which grades does a table print? Four layouts of the summary table are known.

Grades as column heads with areas under them; grades as row heads; an area to a row with its grade (and
perhaps an earlier one) in the next columns, or with a mark under the grade; areas as column heads.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bluelamp.documents.blocks import Block, Cell, Row
from bluelamp.documents.citations import Citation
from bluelamp.documents.document import Document
from bluelamp.inspections.frameworks import Area, Grade
from bluelamp.inspections.reading.peel_areas import Names


@dataclass(frozen=True, slots=True)
class Sighting:
    """One place that prints a grade (None: says that there is none) for an area."""

    area: str
    printed_area: str
    grade: str | None
    citations: tuple[Citation, ...]
    previous: str | None = None


_YEAR = re.compile(r"\b(20\d\d)(?:\s*[/–-]\s*(\d{2,4}))?\b")
_EARLIER = re.compile(r"\b(?:previous|last|earlier|prior)\b", re.I)


@dataclass(frozen=True, slots=True)
class GradeTable:
    """What a table says of grades; `unknown` are names under a grade that are no area of the framework."""

    sightings: tuple[Sighting, ...] = ()
    unknown: tuple[tuple[Citation, ...], ...] = ()


def read_grade_table(document: Document, block: Block, names: Names, overall: Area | None = None) -> GradeTable:
    """The grades of a table; empty for a table of anything else. `overall`: what an "Overall judgment" is of."""
    if len(block.rows) < 2:
        return GradeTable()
    table = _Table(document, block, names, overall)
    for read in (table.by_grade_columns, table.by_grade_rows, table.by_area_rows, table.by_area_columns):
        found = tuple(read())
        if found or table.unknown:
            return GradeTable(found, tuple(document.cite(cell.spans) for cell in table.unknown))
    return GradeTable()


class _Table:
    def __init__(self, document: Document, block: Block, names: Names, overall: Area | None) -> None:
        self.document = document
        self.rows = block.rows
        self.names = names
        self.overall = overall
        self.unknown: list[Cell] = []

    def _grade(self, cell: Cell | None) -> Grade | str | None:
        return self.names.cell_grade(cell.text) if cell and cell.text else None

    def _area(self, words: str) -> Area | None:
        if self.names.is_overall(words):
            return self.overall
        named = self.names.cell_area(words)
        return named[0] if named else None

    def _head_grades(self) -> dict[int, Grade]:
        cells = {c.column: self._grade(c) for c in self.rows[0].cells}
        found = {column: grade for column, grade in cells.items() if isinstance(grade, Grade)}
        return found if len(found) >= 2 else {}

    def _see(
        self, area: str, printed: str, grade: Grade | str, *cells: Cell, previous: str | None = None
    ) -> Sighting:
        spans = [span for cell in cells for span in cell.spans]
        slug = grade.slug if isinstance(grade, Grade) else None
        return Sighting(area, printed, slug, self.document.cite(spans), previous)

    def by_grade_columns(self) -> Iterator[Sighting]:
        heads = self._head_grades()
        for row in self.rows[1:] if heads else ():
            first = row.cell_at(0)
            area = self._area(first.text) if first and 0 not in heads else None
            for column, grade in heads.items():
                head, cell = self.rows[0].cell_at(column), row.cell_at(column)
                if head is None or cell is None or not cell.text:
                    continue
                if area and first:  # a mark under the grade
                    yield self._see(area.slug, first.text, grade, first, head, cell)
                listed = [] if area else self.names.areas_in(cell.text)
                if not area and not listed and _is_name(cell.text):
                    self.unknown.append(cell)
                for found, printed in listed:
                    yield self._see(found.slug, printed, grade, head, cell)

    def by_grade_rows(self) -> Iterator[Sighting]:
        firsts = [self._grade(row.cell_at(0)) for row in self.rows]
        if sum(isinstance(grade, Grade) for grade in firsts) < 2:
            return
        for row, grade in zip(self.rows, firsts, strict=True):
            for cell in row.cells[1:] if isinstance(grade, Grade) else ():
                for area, printed in self.names.areas_in(cell.text):
                    if isinstance(grade, Grade):
                        yield self._see(area.slug, printed, grade, row.cells[0], cell)

    def by_area_rows(self) -> Iterator[Sighting]:
        for row in self.rows:
            cells = [cell for cell in row.cells if cell.text]
            named = next(((cell, area) for cell in cells if (area := self._area(cell.text))), None)
            if named is None:
                self._note_unknown_row(cells)
                continue
            cell, area = named
            graded = [(c, g) for c in cells if c is not cell and (g := self._grade(c)) is not None]
            if graded:
                yield self._row_sighting(area.slug, cell, graded)

    def _note_unknown_row(self, cells: list[Cell]) -> None:
        """A name with a grade beside it and nothing else."""
        if len(cells) != 2 or self.names.is_overall(cells[0].text):
            return
        if _is_name(cells[0].text) and isinstance(self._grade(cells[1]), Grade):
            self.unknown.append(cells[0])

    def _row_sighting(self, area: str, cell: Cell, graded: list[tuple[Cell, Grade | str]]) -> Sighting:
        ordered = sorted(graded, key=lambda pair: (self._age(pair[0]), -pair[0].column))
        latest_cell, latest = ordered[-1]
        earlier = ordered[-2] if len(ordered) > 1 and self._age(ordered[-2][0]) != self._age(latest_cell) else None
        previous = earlier[1].slug if earlier and isinstance(earlier[1], Grade) else None
        cells = [cell, latest_cell, *([earlier[0]] if earlier else [])]
        return self._see(area, cell.text, latest, *cells, previous=previous)

    def _age(self, cell: Cell) -> int:
        """The year a column is about; without years the first column of grades is the latest."""
        head = self.rows[0].text_at(cell.column)
        if year := _YEAR.search(head):
            return int(year[1])
        return -1 if _EARLIER.search(head) else 0

    def by_area_columns(self) -> Iterator[Sighting]:
        areas = {c.column: area for c in self.rows[0].cells if c.text and (area := self._area(c.text))}
        for row in self._dated_rows() if len(areas) >= 2 else ():
            for column, area in areas.items():
                head, cell = self.rows[0].cell_at(column), row.cell_at(column)
                grade = self._grade(cell)
                if head and cell and grade:
                    yield self._see(area.slug, head.text, grade, head, cell)

    def _dated_rows(self) -> list[Row]:
        """The one row of grades, or of several the latest year's."""
        rows = [row for row in self.rows[1:] if any(self._grade(cell) for cell in row.cells)]
        dated = [(int(year[1]), row) for row in rows if (year := _YEAR.search(row.text_at(0)))]
        return [max(dated, key=lambda pair: pair[0])[1]] if dated else rows[:1]


def _is_name(words: str) -> bool:
    return sum(character.isalpha() for character in words) > 3
