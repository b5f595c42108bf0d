"""Which abbreviations does a document define for forces?"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from bluelamp.inspections.reading.about_names import Naming
from bluelamp.organisations.bodies import Body

_BEHIND = 60  # characters before a bracket in which the name stands

_DEFINES = re.compile(
    r"\s\([‘’'\"“]?(?:(?:hereafter|hereinafter|referred to as|known as|or|also|now|formerly|abbreviated to"
    r"|shortened to|the)[\s,:]+)*[‘’'\"“]?([A-Z][A-Za-z&]{1,9})[’'\"”]?\)"
)
_SMALL = frozenset({"and", "of", "the", "&"})


def find_abbreviations(texts: Iterable[str], bodies: Mapping[str, Body]) -> dict[str, str]:
    """The abbreviations that a document defines for forces: "Calder Vale Police (CVP)" gives {"CVP": "CVP"}.

    One that it defines for something else as well is left out.
    """
    plain = Naming(bodies, next(iter(bodies.values())), {})
    found: dict[str, str] = {}
    other: set[str] = set()
    for text in texts:
        if "(" not in text:
            continue
        for match in _DEFINES.finditer(text):
            code = _named_before(plain, text, match)
            if code:
                found.setdefault(match[1], code)
            elif match[1] not in found or found[match[1]] != code:
                other.add(match[1])
    return {abbreviation: code for abbreviation, code in found.items() if abbreviation not in other}


def _named_before(plain: Naming, text: str, match: re.Match[str]) -> str:
    """The code of the force whose name ends where the bracket begins, if the letters are its own."""
    behind = text[max(0, match.start() - _BEHIND) : match.start()]
    last = next((name for name in reversed(plain.find_all(behind)) if name.end == len(behind)), None)
    if last is None:
        return ""
    initials = "".join(word[0] for word in re.split(r"[\s-]+", last.words) if word.lower() not in _SMALL).lower()
    letters = match[1].replace("&", "").lower()
    fits = letters in (initials, initials[:-1]) or last.words.lower().startswith(letters)
    return last.code if fits else ""
