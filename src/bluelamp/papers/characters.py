"""Which characters of a text can a paper print, and what stands for the others?

XML forbids most control characters, fonts have nothing for unassigned ones, and marks that turn the direction of
reading can make words look like others (CVE-2021-42574). Each becomes a replacement character: seen, not dropped.
"""

from __future__ import annotations

import dataclasses
import re
import unicodedata
from enum import Enum
from typing import Any, Final, TypeVar

Kind = TypeVar("Kind")

_LINE_ENDS: Final = re.compile(r"\r\n?|\x0b|\x0c|\x85|\u2028|\u2029")
# Controls, surrogates, private use, unassigned; then what turns the direction of reading, and two marks of Unicode
# that say something about the bytes and nothing to a reader (byte order mark, interlinear annotation).
_UNPRINTABLE: Final = frozenset({"Cc", "Cs", "Co", "Cn"})
_TURNING: Final = frozenset(
    "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufff9\ufffa\ufffb"
)
_PLAIN: Final = re.compile(r"[ -~\n£–—‘’“”…]*")


def clean(text: str) -> str:
    """The text as every format holds it: line ends as "\\n", tabs as spaces, what can't be printed as U+FFFD."""
    if _PLAIN.fullmatch(text):
        return text
    # A soft hyphen only says where a word may break; beside a sign that no font holds it stops the PDF.
    lines = _LINE_ENDS.sub("\n", text).replace("\t", " ").replace("\ufeff", "").replace("\xad", "")
    return "".join(each if _is_printable(each) else "\N{REPLACEMENT CHARACTER}" for each in lines)


def _is_printable(each: str) -> bool:
    return each == "\n" or (unicodedata.category(each) not in _UNPRINTABLE and each not in _TURNING)


def clean_all(thing: Kind) -> Kind:
    """A copy of a paper, or of any part of it, with every text in it cleaned."""
    cleaned: Any = thing
    if isinstance(thing, str) and not isinstance(thing, Enum):
        cleaned = clean(thing)
    elif isinstance(thing, tuple):
        cleaned = tuple(clean_all(part) for part in thing)
    elif dataclasses.is_dataclass(thing) and not isinstance(thing, type):
        fields = {field.name: getattr(thing, field.name) for field in dataclasses.fields(thing)}
        changed = {name: new for name, old in fields.items() if (new := clean_all(old)) is not old}
        cleaned = dataclasses.replace(thing, **changed) if changed else thing
    return cleaned  # type: ignore[no-any-return]
