"""Which grade does a report on several bodies give to the one that it is filed under?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from bluelamp.documents.blocks import Block
from bluelamp.documents.document import Document
from bluelamp.documents.facts import Unread
from bluelamp.inspections.facts import Judgement
from bluelamp.inspections.frameworks import Grade
from bluelamp.inspections.reading.peel_areas import Names
from bluelamp.inspections.reading.peel_outline import PieceKind, Section

OTHER_BODY = "This report grades several bodies; this grade is not that of the force it is filed under."


@dataclass(slots=True)
class Judgements:
    facts: list[Judgement] = field(default_factory=list)
    unread: list[Unread] = field(default_factory=list)


def read_named_judgements(document: Document, sections: list[Section], names: Names) -> Judgements:
    """The grade under the subject's own name is its judgement; every other grade is reported."""
    found = Judgements()
    area = next((area for area in names.framework.areas if area.graded), None)
    for title, grade, block in _graded_lines(sections):
        citations = document.cite(*([title] if title else []), block)
        if area is not None and title is not None and names.is_subject(title.text):
            found.facts.append(
                Judgement(area=area.slug, printed_area=area.name, grade=grade.slug, citations=citations)
            )
        else:
            found.unread.append(Unread(reason=OTHER_BODY, citations=citations))
    return found


def _graded_lines(sections: list[Section]) -> Iterator[tuple[Block | None, Grade, Block]]:
    """Each grade that stands alone on a line, with the title above it."""
    for section in sections:
        title = section.head_block
        for piece in section.pieces:
            if piece.kind is PieceKind.TITLE:
                title = piece.block
            elif piece.kind is PieceKind.GRADE and isinstance(piece.grade, Grade):
                yield title, piece.grade, piece.block
