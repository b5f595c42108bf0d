"""How are boundaries that came over the web read? In a child process, which hands back points and words alone.

The child knows no database and so no records: which areas they are is decided here, of what it found.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any, Final

import msgspec

from bluelamp.documents.document import UnreadableFileError
from bluelamp.documents.sandbox import DEFAULT, Limits, run_in_sandbox
from bluelamp.performance.boundaries_reading import (
    LONGEST_WORDS,
    AreaShapes,
    BoundariesRead,
    Features,
    match_features,
    read_features,
    read_shapes,
    write_shapes,
)

TASK: Final = "bluelamp.performance.boundaries_sandbox:read_in_child"
MOST_PROPERTIES: Final = 100
"""Of a feature; the 35,672 small areas as published have ten."""

Words = str | int | None


class _Answer(msgspec.Struct):
    properties: list[dict[str, Words]]
    shapes: bytes


def read_boundaries_apart(
    data: bytes,
    file_name: str,
    *,
    known: Collection[str],
    level: str,
    code_property: str = "",
    name_property: str = "",
    limits: Limits = DEFAULT,
) -> BoundariesRead:
    """As `read_boundaries`, with the file opened in a child process that has limits on memory and time.

    UnreadableFileError (a PlainError) where it could not be.
    """
    answer = run_in_sandbox(TASK, data, {"file_name": file_name[-255:]}, limits=limits)
    return match_features(
        _read_answer(answer),
        file_name,
        known=known,
        level=level,
        code_property=code_property,
        name_property=name_property,
    )


def _read_answer(answer: bytes) -> Features:
    try:
        said = msgspec.msgpack.decode(answer, type=_Answer)
        shapes = read_shapes(said.shapes)
    except (msgspec.DecodeError, ValueError, KeyError, EOFError) as error:
        raise UnreadableFileError("This file made its reader stop: look at how it was made.") from error
    return Features(list(said.properties), list(shapes.areas), 0)


# -- in the child -------------------------------------------------------------------------------------------


def read_in_child(data: bytes, request: Mapping[str, object]) -> bytes:
    """The features of the file; a PlainError's sentence goes back as it is."""
    found = read_features(data, str(request["file_name"]))
    count = len(found.properties)
    shapes = AreaShapes(tuple(map(str, range(count))), ("",) * count, tuple(found.polygons))
    return msgspec.msgpack.encode(_Answer([_shorten(each) for each in found.properties], write_shapes(shapes)))


def _shorten(said: Mapping[str, Any]) -> dict[str, Words]:
    """Words and whole numbers, no longer than a code or a name may be: nothing else is looked at."""
    kept = list(said.items())[:MOST_PROPERTIES]
    return {key[:LONGEST_WORDS]: _shorten_value(value) for key, value in kept}


def _shorten_value(value: object) -> Words:
    if isinstance(value, str):
        return value.strip()[:LONGEST_WORDS]
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) < 2**63:
        return value
    return None
