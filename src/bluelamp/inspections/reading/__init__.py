"""What does an inspection report say? Its framework names the reader that knows the layout."""

from __future__ import annotations

from bluelamp.documents.document import Part
from bluelamp.documents.facts import Reading
from bluelamp.inspections.frameworks import Framework
from bluelamp.organisations.bodies import Body

__all__ = ["UnknownReaderError", "read_inspection"]


class UnknownReaderError(Exception):
    """A framework names a reader that is not there."""


def read_inspection(part: Part, framework: Framework, subject: Body | None) -> Reading:
    """The facts of one report. Only the reader that is needed is imported.

    Raises UnknownReaderError when the framework's definition names no reader of ours.
    """
    match framework.reader:
        case "peel":
            from bluelamp.inspections.reading.peel import read_peel

            return read_peel(part, framework, subject)
        case "hmic":
            from bluelamp.inspections.reading.hmic import read_hmic

            return read_hmic(part, framework, subject)
        case unknown:
            raise UnknownReaderError(
                f"The framework {framework.slug} names the reader {unknown!r}, which is not known."
            )
