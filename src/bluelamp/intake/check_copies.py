"""Which notes does a checked paper get, and where do they stand in it?"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from bluelamp.checks.model import Result, Verdict
from bluelamp.checks.saying_checks import VERDICT_WORDS
from bluelamp.documents.annotation import Note, Place, Weight
from bluelamp.documents.blocks import Box
from bluelamp.documents.citations import Citation

Boxes = Callable[[Citation], Sequence[Box]]
"""The boxes of a citation's lines; of none where the format has none."""

_WEIGHTS = {Verdict.CONTRADICTION: Weight.GRAVE, Verdict.SUSPECT: Weight.DOUBTFUL}


def make_notes(
    results: Iterable[Result], sha256: str, *, boxes: Boxes, answers: Mapping[str, str] | None = None
) -> tuple[Note, ...]:
    """A note for each finding that concerns this document. `answers` are sentences by the finding's key."""
    said = answers or {}
    notes = []
    for result in results:
        weight = _WEIGHTS.get(result.verdict)
        places = tuple(
            _place(cited, boxes(cited))
            for printed in result.printed
            for cited in printed.citations
            if cited.document_sha256 == sha256
        )
        if weight and places:
            notes.append(Note(_words(result, said.get(result.key, "")), weight, places))
    return tuple(notes)


def _words(result: Result, answer: str) -> str:
    head = VERDICT_WORDS[result.verdict].capitalize()
    return " ".join(part for part in (f"{head}: {result.message}", answer) if part)


def _place(cited: Citation, boxes: Sequence[Box]) -> Place:
    return Place(cited.line, cited.line_end, cited.quote, cited.page, tuple(boxes))


def boxes_of_lines(line_boxes: Sequence[Box | None]) -> Boxes:
    """From all line boxes of a document, the first of them line 1's."""

    def find(cited: Citation) -> Sequence[Box]:
        found = [box for box in line_boxes[cited.line - 1 : cited.line_end] if box]
        return found or ([cited.box] if cited.box else [])

    return find
