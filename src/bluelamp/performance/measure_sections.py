"""Which sections has the page of a measure, and what is counted for each of them?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

from bluelamp.figures.months import months_between
from bluelamp.performance.boundaries_known import make_records_measure
from bluelamp.performance.boundaries_reading import AreaShapes
from bluelamp.performance.cubes.cube_plan import FORCE
from bluelamp.performance.cubes.measuring import Asked, Measured
from bluelamp.performance.cubes.record_measures import RecordMeasure
from bluelamp.performance.measure_answers import RecordDefinitions
from bluelamp.performance.measure_chart import MonthsChart, make_chart
from bluelamp.performance.measure_map import DrawnMap, make_map, say_places
from bluelamp.performance.measure_page import (
    Answer,
    Line,
    fill_line,
    list_lines,
    list_months,
    make_absent,
    measured_of,
)
from bluelamp.performance.measure_questions import (
    BLANK,
    Loaded,
    Question,
    ask_period,
    ask_series,
    find_filters,
    say_force,
)
from bluelamp.performance.measure_values import check_values
from bluelamp.performance.suppression_tables import Publication


class CountsBoth(Protocol):
    """Counts, as it is known and as it may be published."""

    @property
    def known(self) -> RecordDefinitions: ...

    def __call__(self, measure: RecordMeasure, asked: Asked) -> Measured: ...

    def publish(self, measure: RecordMeasure, asked: Asked) -> Publication: ...


@dataclass(frozen=True)
class Sections:
    """Of one question; each is counted when it is first looked at. `shapes` are those of the parts, if anybody
    gave them."""

    question: Question
    count: CountsBoth
    loaded: Loaded
    shapes: AreaShapes | None

    def make(self) -> Sections:
        """Counts whatever the page shows."""
        _ = self.is_known, self.months, self.chart, self.breakdown, self.parts, self.map
        return self

    @property
    def is_made(self) -> bool:
        return "map" in self.__dict__

    @cached_property
    def is_known(self) -> bool:
        """Does any record of the force lie in the area, or a lookup name it?"""
        question, known = self.question, self.count.known
        if not question.area:
            return True
        if question.level in known.levels:
            return any(row.area == question.area for row in known.lookup(question.level).rows)
        forces, areas = self._everywhere.keys
        if question.area not in areas.values or question.force not in forces.values:
            return False
        here = (areas.codes == areas.values.index(question.area)) & (
            forces.codes == forces.values.index(question.force)
        )
        return bool(here.any())

    @cached_property
    def names(self) -> Mapping[str, str]:
        """Of areas, by their codes."""
        return self.shapes.name_of if self.shapes else {}

    def answer(self, asked: Asked) -> Answer:
        measure = self.question.narrowed
        self._check_value()
        return self.count.publish(measure, asked) if self.question.published else self.count(measure, asked)

    def _check_value(self) -> None:
        """PlainError where no record has the value that is looked at alone."""
        question, keys = self.question, self.count.known.keys(self.question.measure.kind)
        if question.value:
            only = [
                each
                for each in find_filters(question, self.count.known)
                if each.column == keys[question.by].column
            ]
            check_values(only, question.measure.kind, keys=keys, count=self.count)

    # -- month by month ------------------------------------------------------------------------------------

    @cached_property
    def series(self) -> Answer | None:
        """None where no month of it was published."""
        asked = ask_series(self.question, self.count.known)
        first = asked.reads_from or self.loaded.first
        if not self.loaded.has_any(self.question.force, first, self.question.to):
            return None
        return self.answer(asked)

    @property
    def has_period(self) -> bool:
        """Was anything of the one period published?"""
        question = self.question
        return self.loaded.has_any(question.force, question.first, question.to)

    @cached_property
    def months(self) -> Sequence[Line]:
        """Newest first."""
        question = self.question
        ends = [each for each in months_between(question.series_from, question.to) if question.is_end(each)]
        if self.series is None:
            return [make_absent(question, each, self.loaded) for each in reversed(ends)]
        return list_months(self.series, ends, only=self.only)

    @property
    def latest(self) -> Line | None:
        return self.months[0] if self.months else None

    @cached_property
    def chart(self) -> MonthsChart | None:
        return make_chart(self.question, self.months, f"{self.title_of_place}, month by month")

    # -- told apart ----------------------------------------------------------------------------------------

    @cached_property
    def breakdown_answer(self) -> Answer | None:
        if not self.question.by or self.question.value or not self.has_period:
            return None
        return self.answer(ask_period(self.question, self.count.known, self.question.by))

    @cached_property
    def breakdown(self) -> Sequence[Line]:
        """The largest first."""
        found = self.breakdown_answer
        return _largest_first(list_lines(found, self.question.by, only=self.only)) if found else ()

    # -- by force, or by area ------------------------------------------------------------------------------

    @property
    def part_key(self) -> str:
        """What the page's place is divided by: forces, the areas of a force; "" for nothing."""
        question = self.question
        if question.area:
            return ""
        return question.level if question.force else FORCE

    @cached_property
    def parts_answer(self) -> Answer | None:
        if not self.part_key or not self.has_period:
            return None
        return self.answer(ask_period(self.question, self.count.known, self.part_key))

    @cached_property
    def parts(self) -> Sequence[Line]:
        """Forces by name, areas with the most first; records whose area is blank stand last."""
        found = self.parts_answer
        if found is None:
            return ()
        lines = list_lines(found, self.part_key, name=self.name_part)
        if self.part_key == FORCE:
            return sorted(lines, key=lambda line: line.name)
        return _largest_first(lines)

    @cached_property
    def parts_by_key(self) -> Mapping[str, Line]:
        return {line.key: line for line in self.parts}

    def find_part(self, key: str) -> Line:
        """Of an area of a map, whether records lie in it or not."""
        answer = self.parts_answer
        assert answer is not None  # a map is drawn where there are parts
        return self.parts_by_key.get(key) or fill_line(answer, key, self.name_part(key))

    def name_part(self, key: str) -> str:
        if self.part_key == FORCE:
            return say_force(key)
        return "In no area" if key == BLANK else self.names.get(key, key)

    # -- on a map ------------------------------------------------------------------------------------------

    @cached_property
    def weights(self) -> Mapping[str, int]:
        """How many records ever lay in each area that is mostly the force's own; forces weigh alike."""
        if self.part_key == FORCE:
            return dict.fromkeys(self.loaded.forces, 1)
        everywhere = self._everywhere
        forces, areas = everywhere.keys
        own: dict[str, int] = {}
        total: dict[str, int] = {}
        for force, area, number in zip(
            forces.codes.tolist(), areas.codes.tolist(), everywhere.figures[0].numerator.tolist(), strict=True
        ):
            code = str(areas.values[area])
            total[code] = total.get(code, 0) + number
            if forces.values[force] == self.question.force:
                own[code] = number
        return {code: number for code, number in own.items() if number and 2 * number >= total[code]}

    @cached_property
    def _everywhere(self) -> Measured:
        """How many records each force ever had in each area."""
        kind = self.question.measure.kind
        keys = self.count.known.keys(kind)
        return self.count(make_records_measure(kind), Asked(keys=(keys[FORCE], keys[self.question.level])))

    @cached_property
    def map(self) -> DrawnMap | None:
        """None where there is nothing to draw, or no boundaries."""
        if self.parts_answer is None or self.shapes is None:
            return None
        codes = [code for code in self.weights if code in set(self.shapes.codes)]
        lines = {code: self.find_part(code) for code in codes}
        return make_map(self.question, lines, self.shapes, self.weights, self.title)

    @property
    def map_words(self) -> str:
        """How the map's areas are those of the table."""
        if self.map is None or self.shapes is None:
            return ""
        return say_places(self.map, self.parts, frozenset(self.shapes.codes), forces=self.part_key == FORCE)

    @property
    def title(self) -> str:
        return f"{self.title_of_place}, {self.question.words}"

    @property
    def title_of_place(self) -> str:
        question = self.question
        only = f", {question.value}" if question.value else ""
        return f"{question.output.name}{only}, {self.place}"

    @property
    def place(self) -> str:
        """Of whom the page speaks."""
        question = self.question
        if question.area:
            return self.names.get(question.area, question.area)
        return say_force(question.force) if question.force else "all forces that are loaded"

    @property
    def only(self) -> tuple[str, str]:
        """An area of a lookup is one of the cells."""
        question = self.question
        lookup = bool(question.area) and question.level in self.count.known.levels
        return (question.level, question.area) if lookup else ("", "")

    @property
    def withheld(self) -> int:
        lines = (*self.months, *self.breakdown, *self.parts)
        return sum(line.state == "withheld" for line in lines)

    @property
    def unlisted(self) -> bool:
        """Are areas without records left out of the list?"""
        return self.parts_answer is not None and not measured_of(self.parts_answer).made


def _largest_first(lines: Sequence[Line]) -> list[Line]:
    return sorted(
        lines,
        key=lambda line: (line.key == BLANK, line.top is None, -(line.top or 0.0), line.name),
    )
