"""Where do sentences end to whose full stop a footnote number is glued, and where does such a number stand?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from bluelamp.documents.sentences import split_sentences

_GLUED_SIGN = re.compile(r"(?<=[a-z%’”)\]])[.!?][’”)\"']?(\[\^?\d{1,3}\]|\d{1,3})(?=\s+[A-Z‘“\"(]|\s*$)")
_RAISED_SIGN = re.compile(r"[¹²³⁴⁵⁶⁷⁸⁹⁰]+$")


def find_sentences(text: str) -> Iterator[tuple[int, int]]:
    """The sentences of a text, also where a footnote's number is glued to the full stop; the sign is left out."""
    for start, end in split_sentences(text):
        position = start
        for found in _GLUED_SIGN.finditer(text, start, end):
            yield position, found.start(1)
            position = found.end()
            while position < end and text[position].isspace():
                position += 1
        if position < end:
            raised = _RAISED_SIGN.search(text, position, end)
            yield position, raised.start() if raised and raised.start() > position else end


@lru_cache(maxsize=1024)
def glued_sign(sign: str) -> re.Pattern[str]:
    """A footnote's number glued to a word, a stop or a year: not the last figure of "93.1"."""
    return re.compile(rf"(?:(?<=[A-Za-z;:)’”\"'%])|(?<=[^\d][.,])|(?<=(?<!\d)(?:19|20)\d\d)){sign}(?=[\s.,;:)]|$)")
