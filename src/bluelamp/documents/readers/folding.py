"""What do the given spans of a text say in one line? As `fold_spans` says it, at the speed of a regex."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bluelamp.documents.blocks import Span
from bluelamp.lib.text import fold, fold_spans

_BROKEN_HYPHEN = re.compile(r"(?<=\w)-[ \t]*\n[ \t]*(?=\w)")


def fold_text(text: str, spans: Sequence[Span]) -> str:
    """The same words as `fold_spans(text, spans).text`, without the offsets (a property test holds them equal)."""
    pieces = []
    for start, end in spans:
        piece = text[start:end]
        if piece[:1] == "-":  # the hyphen may belong to a word before the span, which only fold_spans sees
            return fold_spans(text, tuple(spans)).text
        pieces.append(_BROKEN_HYPHEN.sub("-", piece) if "-" in piece and "\n" in piece else piece)
    return " ".join(" ".join(pieces).split())


def fold_lines(text: str) -> str:
    """Each line folded, as long as the whole is when folded into one. After a hyphen a word would go on."""
    lines = [words for line in text.split("\n") if (words := fold(line))]
    return "".join(f"{words}{' ' if words.endswith('-') else chr(10)}" for words in lines)[:-1]
