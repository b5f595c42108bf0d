"""Which grade was each area given, and in which direction does it travel?

A grade is printed in the summary and again in the area's chapter: one fact with both citations where they agree,
two with a doubt where they do not.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from bluelamp.documents.blocks import BlockKind, Row, Span
from bluelamp.documents.document import Document
from bluelamp.documents.facts import Unread
from bluelamp.inspections.facts import GradeDistribution, Judgement
from bluelamp.inspections.frameworks import Framework
from bluelamp.inspections.reading.hmic_areas import AreaNames, AreaRow, NamedArea
from bluelamp.inspections.reading.hmic_distributions import DistributionReader
from bluelamp.inspections.reading.hmic_marks import marked_values, spans_over, words_beside
from bluelamp.inspections.reading.hmic_outline import Chapter, Placed
from bluelamp.inspections.reading.hmic_pieces import Piece
from bluelamp.inspections.reading.hmic_words import Label, Values, read_announced, read_values
from bluelamp.lib.text import fold

_EARLIER_IN_BRACKETS = frozenset({"g(yg", "g(gy"})


@dataclass
class _Said:
    """A grade as one place of the report prints it."""

    named: NamedArea
    grade: str = ""
    previous: str = ""
    direction: str = ""
    spans: list[Span] = field(default_factory=list)
    heading: Piece | None = None  # of a chapter


class GradeReader:
    """Reads every grade and every distribution of a placed report."""

    def __init__(self, document: Document, framework: Framework, names: AreaNames) -> None:
        self._document = document
        self._framework = framework
        self._names = names
        self._in_summary: dict[str, list[_Said]] = {}
        self._in_chapter: dict[str, list[_Said]] = {}
        self._headed: dict[str, NamedArea] = {}
        self._headings: dict[str, Piece] = {}
        self._distributions = DistributionReader(document, framework)
        self.unread: list[Unread] = []
        self._years: tuple[str, ...] = ()
        self._announced = False  # the line before says only "Grade"
        self._earlier: dict[str, tuple[str, tuple[Span, ...]]] = {}
        self._graded: _Said | None = None  # the line before is this grade
        self._pending: Piece | None = None  # a short line that may be the first half of a wrapped area name

    def read(self, placed: Sequence[Placed]) -> tuple[list[Judgement], list[GradeDistribution]]:
        chapter: Chapter | None = None
        for at in placed:
            if at.chapter is not chapter:
                chapter = at.chapter
                self._distributions.begin_chapter()
                if chapter:
                    self._headed.setdefault(chapter.named.area.slug, chapter.named)
                    self._headings.setdefault(chapter.named.area.slug, chapter.heading)
            if at.label is not Label.PRACTICE and not (at.piece.is_item and at.piece.marker):
                self._take(at)
        judgements, distributions = self._judgements(), self._distributions.distributions()
        self.unread.extend(self._distributions.unread)
        return judgements, distributions

    def _take(self, at: Placed) -> None:
        piece = at.piece
        if len(piece.text) > 400:
            self._pending = None
            return
        if self._take_marked(at):
            return
        values = read_values(piece.text, self._framework) or read_announced(piece.text, self._framework)
        if values:
            announced, self._announced = self._announced, _only_announces(values)
            self._take_values(at, replace(values, labelled=True) if announced and values.is_grade else values)
            return
        self._graded, self._announced = None, False
        self._distributions.end_tally()
        row = self._row(piece)
        if row:
            self._take_row(at, *row)
        self._pending = None if row or at.opens else piece

    def _row(self, piece: Piece) -> tuple[AreaRow, tuple[Span, ...]] | None:
        row = self._names.row(piece.text)
        if row:
            return row, piece.spans
        before = self._pending
        if before and before.kind is not BlockKind.TABLE and len(before.text.split()) <= 12:
            row = self._names.row(f"{before.text} {piece.text}")
            if row:
                return row, before.spans + piece.spans
        return None

    def _take_marked(self, at: Placed) -> bool:
        """A row of a table that marks a grade: of the area that it names, else of the chapter."""
        piece = at.piece
        values = marked_values(piece.head, piece.cells, self._framework)
        if values is None or piece.head is None:
            return False
        beside = words_beside(piece.head, piece.cells, self._framework)
        named = self._names.heading(beside[0]) if beside else None
        spans = spans_over(piece.head, values.grades[0], self._framework) + piece.spans
        if named:
            self._take_row(at, AreaRow(named, values), spans)
        else:
            self._take_grade(replace(at, piece=replace(piece, spans=spans)), values)
        return True

    def _take_values(self, at: Placed, values: Values) -> None:
        piece = at.piece
        if self._distributions.take(piece.spans, at.chapter.named if at.chapter else None, values):
            return
        if values.years and (values.labelled or values.travel) and not values.grades:
            self._years = values.years
        elif values.is_grade and at.chapter and self._tells_earlier(values):
            self._take_earlier(at.chapter, values, at.piece)
        elif values.is_grade or (len(values.directions) == 1 and (values.travel or self._graded)):
            self._take_grade(at, values)
        elif len(values.grades) == 2:
            self._take_two_grades(at, values)

    def _tells_earlier(self, values: Values) -> bool:
        """ "Grade in 2006: Fair", "Previous grade: Fair"."""
        if values.years:
            return values.labelled and all(int(year[:4]) < self._framework.first_year for year in values.years)
        return values.previous

    def _take_earlier(self, chapter: Chapter, values: Values, piece: Piece) -> None:
        slug = chapter.named.area.slug
        self._earlier.setdefault(slug, (values.grades[0], piece.spans))

    def _take_grade(self, at: Placed, values: Values) -> None:
        """A grade without an area beside it: the chapter's own, or that of the line before in a summary."""
        grade = values.grades[0] if values.grades else ""
        direction = values.directions[0] if values.directions else ""
        spans = at.piece.spans
        before, self._graded = self._graded, None
        if before and direction and not grade and not before.direction:
            before.direction = direction  # the line under the grade
            before.spans.extend(spans)
        elif at.chapter:
            if not grade or values.labelled or values.travel or self._stands_alone(at):
                said = self._say(self._in_chapter, at.chapter.named, grade, "", direction, spans, at.chapter)
                self._graded = said
        elif self._pending:
            named = self._names.heading(self._pending.text)
            if named and grade and not self._pending.is_item:
                spans = self._pending.spans + spans
                self._graded = self._say(self._in_summary, named, grade, "", direction, spans)
                self._pending = None
            elif grade and values.labelled:
                reason = "A grade stands here under no heading that names an area of this framework."
                self.unread.append(Unread(reason=reason, citations=self._document.cite(spans)))

    def _stands_alone(self, at: Placed) -> bool:
        """A bare "Good" is the chapter's grade only before its findings, and as the whole of its block."""
        return at.label in {None, Label.CONTEXT, Label.DISTRIBUTION, Label.TRAVEL, Label.PROSE}

    def _take_two_grades(self, at: Placed, values: Values) -> None:
        """ "Fair Good" under two years, or "Good (2006: Fair)"."""
        if at.chapter is None:
            return
        if len(self._years) == 2:
            previous, grade = self._by_year(values.grades)
        elif values.order in _EARLIER_IN_BRACKETS and self._is_earlier(values.years[0]):
            grade, previous = values.grades
        else:
            return
        direction = values.directions[0] if values.directions else ""
        self._say(self._in_chapter, at.chapter.named, grade, previous, direction, at.piece.spans, at.chapter)

    def _is_earlier(self, year: str) -> bool:
        return int(year[:4]) < self._framework.last_year

    def _by_year(self, grades: tuple[str, ...]) -> tuple[str, str]:
        """The earlier and the later grade, as the head orders the years."""
        in_order = self._years == tuple(sorted(self._years))
        return (grades[0], grades[1]) if in_order else (grades[1], grades[0])

    def _take_row(self, at: Placed, row: AreaRow, spans: tuple[Span, ...]) -> None:
        values = row.values
        self._years = _years_of(at.piece.head) or self._years
        direction = values.directions[0] if len(values.directions) == 1 else ""
        if values.is_grade:
            self._say(self._in_summary, row.named, values.grades[0], "", direction, spans)
        elif len(values.grades) == 2 and len(self._years) == 2:
            previous, grade = self._by_year(values.grades)
            self._say(self._in_summary, row.named, grade, previous, direction, spans)
        elif len(values.numbers) >= 3 and not values.grades:
            self._distributions.take_row(at.piece.head, row, spans)
        elif values.order in _EARLIER_IN_BRACKETS and self._is_earlier(values.years[0]):
            grade, previous = values.grades
            self._say(self._in_summary, row.named, grade, previous, direction, spans)
        elif len(values.grades) == 2:
            reason = f"Two grades stand beside {row.named.printed} and no years say which is which."
            self.unread.append(Unread(reason=reason, citations=self._document.cite(spans)))

    def _say(
        self,
        place: dict[str, list[_Said]],
        named: NamedArea,
        grade: str,
        previous: str,
        direction: str,
        spans: Sequence[Span],
        chapter: Chapter | None = None,
    ) -> _Said:
        """Keeps what is said; a grade and a direction in two lines of one chapter are one saying."""
        said = place.setdefault(named.area.slug, [])
        last = said[-1] if said else None
        same = last and chapter and last.heading is chapter.heading
        if last and same and (not last.grade or not grade) and not (last.direction and direction):
            last.grade, last.direction = last.grade or grade, last.direction or direction
            last.spans.extend(spans)
            return last
        heading = chapter.heading if chapter else None
        if last and (last.grade, last.direction) == (grade, direction) and last.heading is heading:
            return last
        said.append(_Said(named, grade, previous, direction, list(spans), heading))
        return said[-1]

    def _judgements(self) -> list[Judgement]:
        judgements: list[Judgement] = []
        slugs = dict.fromkeys([*self._in_summary, *self._in_chapter, *self._headed])
        for slug in slugs:
            summary = self._in_summary.get(slug, [])
            chapter = [said for said in self._in_chapter.get(slug, []) if said.grade]
            alone = [said for said in self._in_chapter.get(slug, []) if not said.grade]
            judgements.extend(self._judge(summary, chapter, alone))
            if not summary and not chapter:
                self._report_ungraded(slug)
        return judgements

    def _judge(self, summary: list[_Said], chapter: list[_Said], alone: list[_Said]) -> list[Judgement]:
        sayings = [*summary, *chapter]
        grades = list(dict.fromkeys(said.grade for said in sayings))
        made = []
        for grade in grades:
            agreeing = [said for said in sayings if said.grade == grade]
            directions = list(dict.fromkeys(s.direction for s in (*agreeing, *alone) if s.direction))
            previous = next((said.previous for said in agreeing if said.previous), "")
            spans = [span for said in (*agreeing, *alone) for span in said.spans]
            earlier = self._earlier.get(agreeing[0].named.area.slug)
            if earlier and not previous:
                previous, spans = earlier[0], [*spans, *earlier[1]]
            if not summary and agreeing[0].heading:
                spans = [*agreeing[0].heading.spans, *spans]
            made.append(self._make(agreeing[0].named, grade, previous, directions, spans, len(grades) > 1))
        return made

    def _make(
        self,
        named: NamedArea,
        grade: str,
        previous: str,
        directions: list[str],
        spans: list[Span],
        disputed: bool,
    ) -> Judgement:
        citations = self._document.cite(spans)
        doubt = ""
        if disputed:
            doubt = f"The report prints more than one grade for {named.printed}."
        elif len(directions) > 1:
            doubt = f"The report prints more than one direction of travel for {named.printed}."
        elif not named.area.graded:
            doubt = f"{named.printed} is not graded in this framework, yet a grade stands here."
        if doubt:
            self.unread.append(Unread(reason=doubt, citations=citations))
        return Judgement(
            area=named.area.slug,
            printed_area=named.printed,
            grade=grade,
            previous_grade=previous or None,
            direction=directions[0] if directions else None,
            citations=citations,
            doubt=doubt,
        )

    def _report_ungraded(self, slug: str) -> None:
        named, heading = self._headed.get(slug), self._headings.get(slug)
        if named and heading and named.area.graded:
            reason = f"No grade was found for {fold(named.printed)}."
            self.unread.append(Unread(reason=reason, citations=self._document.cite(heading.spans)))


def _only_announces(values: Values) -> bool:
    return values.labelled and not (values.grades or values.directions or values.numbers or values.years)


def _years_of(head: Row | None) -> tuple[str, ...]:
    if head is None:
        return ()
    words = [word.strip("()") for cell in head.cells for word in cell.text.split()]
    return tuple(word for word in words if word[:4].isdigit() and word[:2] == "20" and len(word) in {4, 7})
