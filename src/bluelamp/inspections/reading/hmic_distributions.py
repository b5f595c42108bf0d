"""How did all forces fare in an area: how many were given each grade?

Printed as a head over a row of figures, as a row of a table of areas, or downwards, a grade and its figure a line.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bluelamp.documents.blocks import Row, Span
from bluelamp.documents.document import Document
from bluelamp.documents.facts import Unread
from bluelamp.inspections.facts import GradeCount, GradeDistribution
from bluelamp.inspections.frameworks import Framework
from bluelamp.inspections.reading.hmic_areas import AreaRow, NamedArea
from bluelamp.inspections.reading.hmic_marks import scale_of
from bluelamp.inspections.reading.hmic_words import Values

FORCES = 43
"""Home Office forces of England and Wales, each of which every area was graded for."""


@dataclass(frozen=True)
class _Counted:
    named: NamedArea
    counts: tuple[GradeCount, ...]
    spans: tuple[Span, ...]


class DistributionReader:
    """Is shown every run of values of a report, in order."""

    def __init__(self, document: Document, framework: Framework) -> None:
        self._document = document
        self._framework = framework
        self._counted: dict[str, list[_Counted]] = {}
        self._scale: tuple[tuple[str, ...], tuple[Span, ...]] | None = None
        self._travel_scale = False  # the head before counts directions, not grades
        self._tally: dict[str, tuple[int, tuple[Span, ...]]] = {}
        self.unread: list[Unread] = []

    def begin_chapter(self) -> None:
        self._scale, self._travel_scale = None, False

    def end_tally(self) -> None:
        self._tally = {}

    def take(self, spans: tuple[Span, ...], named: NamedArea | None, values: Values) -> bool:
        """Takes what belongs to a distribution of the area `named`; False for anything else."""
        if values.is_scale:
            self._scale, self._travel_scale = (values.grades, spans), False
            if len(values.numbers) == len(values.grades) and named:
                self._count(named, values.grades, values.numbers, spans)
        elif len(values.directions) >= 2 and not values.grades:
            self._travel_scale = True
        elif len(values.grades) == len(values.numbers) == 1 and not values.labelled:
            self._take_tally(spans, named, values)
        elif values.numbers and not values.grades:
            self._take_numbers(spans, named, values)
        else:
            return False
        return True

    def _take_tally(self, spans: tuple[Span, ...], named: NamedArea | None, values: Values) -> None:
        """One line of a distribution that is printed downwards: "Excellent 6", "Good 14" and so on."""
        self._tally[values.grades[0]] = (values.numbers[0], spans)
        if named and len(self._tally) == len(self._framework.grades):
            numbers = [number for number, _ in self._tally.values()]
            held = tuple(span for _, held in self._tally.values() for span in held)
            self._count(named, tuple(self._tally), numbers, held)
            self._tally = {}

    def _take_numbers(self, spans: tuple[Span, ...], named: NamedArea | None, values: Values) -> None:
        if self._travel_scale:
            self._travel_scale = False
        elif self._scale and named and len(values.numbers) == len(self._scale[0]):
            self._count(named, self._scale[0], values.numbers, self._scale[1] + spans)
            self._scale = None

    def take_row(self, over: Row | None, row: AreaRow, spans: tuple[Span, ...]) -> None:
        head = scale_of(over, self._framework)
        scale = head or (self._scale[0] if self._scale else ())
        if len(scale) == len(row.values.numbers):
            self._count(row.named, scale, row.values.numbers, spans)
            return
        reason = f"Figures stand beside {row.named.printed}, and no head says which grades they count."
        self.unread.append(Unread(reason=reason, citations=self._document.cite(spans)))

    def _count(
        self, named: NamedArea, scale: Sequence[str], numbers: Sequence[int], spans: tuple[Span, ...]
    ) -> None:
        best_first = [grade.slug for grade in self._framework.grades]
        pairs = sorted(zip(scale, numbers, strict=True), key=lambda pair: best_first.index(pair[0]))
        counts = tuple(GradeCount(grade=grade, count=number) for grade, number in pairs)
        self._counted.setdefault(named.area.slug, []).append(_Counted(named, counts, spans))

    def distributions(self) -> list[GradeDistribution]:
        made = []
        for counted in self._counted.values():
            by_counts: dict[tuple[GradeCount, ...], list[_Counted]] = {}
            for one in counted:
                by_counts.setdefault(one.counts, []).append(one)
            for counts, alike in by_counts.items():
                made.append(self._distribution(counts, alike, len(by_counts) > 1))
        return made

    def _distribution(
        self, counts: tuple[GradeCount, ...], alike: list[_Counted], disputed: bool
    ) -> GradeDistribution:
        named = alike[0].named
        citations = self._document.cite([span for one in alike for span in one.spans])
        total = sum(count.count for count in counts)
        doubt = ""
        if disputed:
            doubt = f"The report prints more than one national distribution for {named.printed}."
        elif total != FORCES:
            doubt = f"The grades printed for {named.printed} add up to {total}, not to {FORCES} forces."
        if doubt:
            self.unread.append(Unread(reason=doubt, citations=citations))
        return GradeDistribution(area=named.area.slug, counts=counts, citations=citations, doubt=doubt)
