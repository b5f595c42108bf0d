"""What does a report of HMIC of 2004 to 2009 say: a baseline assessment, or a programmed inspection after it?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bluelamp.documents.document import Document, Part
from bluelamp.documents.facts import Fact, Reading, Unread
from bluelamp.inspections.facts import Judgement
from bluelamp.inspections.frameworks import Framework
from bluelamp.inspections.reading.criticism import read_criticism
from bluelamp.inspections.reading.criticism_prose import read_placed
from bluelamp.inspections.reading.hmic_areas import AreaNames
from bluelamp.inspections.reading.hmic_findings import FindingReader
from bluelamp.inspections.reading.hmic_grades import GradeReader
from bluelamp.inspections.reading.hmic_outline import Outline
from bluelamp.inspections.reading.hmic_pieces import Cutter
from bluelamp.inspections.reading.hmic_practices import PracticeReader
from bluelamp.inspections.reading.hmic_reinspected import Earlier, ReinspectionReader
from bluelamp.organisations.bodies import Body

READER = "inspections.hmic"
VERSION = 3


def read_hmic(part: Part, framework: Framework, subject: Body | None) -> Reading:
    """Judgements, distributions, findings and practices, in that order; each kind in the order of the report.

    `subject` is the force that these reports speak of, by whose names a sentence about it is known.
    """
    document = part.document
    names = AreaNames(framework)
    pieces = list(Cutter(document, framework, names).pieces(part))
    placed = Outline(pieces, framework, names, document.format).place()

    grades = GradeReader(document, framework, names)
    judgements, distributions = grades.read(placed)
    again = ReinspectionReader(document, framework, names)
    again.read(placed, frozenset(judgement.area for judgement in judgements))
    findings = FindingReader(document, framework, names)
    findings.read(placed)
    practices = PracticeReader(document, names)
    practices.read(placed)

    judged = _join_earlier(document, judgements, again.judgements, again.earlier)
    criticism = read_criticism(document, read_placed(placed), findings.findings, subject)
    facts: list[Fact] = [*judged, *distributions, *findings.findings, *criticism, *practices.practices]
    unread: list[Unread] = [*grades.unread, *again.unread, *findings.unread, *practices.unread]
    return Reading(reader=READER, version=VERSION, facts=tuple(facts), unread=tuple(unread))


def _join_earlier(
    document: Document, judgements: Sequence[Judgement], again: Sequence[Judgement], earlier: Sequence[Earlier]
) -> list[Judgement]:
    """A grade told in prose joins the one in the tables; only what the tables lack stands alone."""
    joined = list(judgements)
    for told in again:
        at = next((i for i, known in enumerate(joined) if known.area == told.area), None)
        if at is None:
            joined.append(told)
        elif told.grade is None or joined[at].grade == told.grade:
            known = joined[at]
            joined[at] = replace(
                known,
                previous_grade=known.previous_grade or told.previous_grade,
                direction=known.direction or told.direction,
                citations=known.citations + told.citations,
            )
        else:
            joined.append(replace(told, doubt="Prose and tables of this report print different grades."))
    for mention in earlier:
        for i, known in enumerate(joined):
            if known.area == mention.named.area.slug and known.previous_grade is None:
                citations = known.citations + document.cite(mention.spans)
                joined[i] = replace(known, previous_grade=mention.grade, citations=citations)
    return joined
