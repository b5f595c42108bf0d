"""What shapes do printed lines have: bullets, numbers, footnote signs, page numbers, titles?"""

from __future__ import annotations

import re
from dataclasses import dataclass

_BULLETS = "•·▪▫◦●○■□◆◇►▶➢➤‣⁃∙✓✔✗✘❖→»–—−‐‑\\-*+o§\uf000-\uf0ff\u2610-\u2612"
_GLYPH = re.compile(rf"[ \t\xa0]*([{_BULLETS}])(?:[ \t\xa0]+|$)")
_TIGHT_GLYPH = re.compile(r"[ \t\xa0]*([•▪◦●■➢‣✓✔\uf000-\uf0ff])(?=\w)")
_NUMBER = re.compile(
    r"[ \t\xa0]*(\(?\d{1,3}[.)]|\(?[A-Za-z][.)]|\([ivxIVX]{1,5}\)|[ivxIVX]{1,5}[.)])[ \t\xa0]+(?=\S)"
)
_FOOTNOTE = re.compile(
    r"[ \t]*([¹²³⁴⁵⁶⁷⁸⁹⁰]{1,3}|\[\^?\d{1,3}\]:?|†|‡|\*{1,3}(?=[A-Z])|\*{2,3}(?= ?[A-Z]))[ \t]*(?=\S)"
)
_BARE_NOTE = re.compile(r"[ \t]?(\d{1,3})[ \t]+(?=[A-Z\"'‘“(h])")
_DAY = re.compile(
    r"[ \t]?\d{1,2}[ \t]+(?:January|February|March|April|May|June|July|August|September|October|November"
    r"|December)\b"
)
_PARAGRAPH_NUMBER = re.compile(r"[ \t]*\d{1,2}\.\d{1,3}\.?[ \t]+[A-Z][a-z]")
_PAGE_NUMBER = re.compile(
    r"[ \t\-–|]*(?:page|p\.)[ \t]+(\d{1,4}|[ivxlc]{1,7})(?:[ \t]*(?:of|/)[ \t]*\d{1,4})?[ \t\-–|]*", re.IGNORECASE
)
_BARE_PAGE = re.compile(r"[ \t\-–|\[]*(\d{1,4}|[ivxlc]{1,7})[ \t\-–|\]]*")
_CONTENTS = re.compile(
    r"(\S.*?)(?:[ \t]*\t[ \t.…]*|[ \t]*(?:\.[ \t]?){3,}|[ \t]*…[ \t.…]*)[ \t]*(\d{1,3}|[ivxl]{1,6})[ \t]*"
)
_RAISED_NOTES = re.compile(r"(\s*)\[?(\d{1,3}(?:[,–-] ?\d{1,3}){0,3})\]?(\s*)", re.ASCII)
_SUPERSCRIPTS = str.maketrans("1234567890", "¹²³⁴⁵⁶⁷⁸⁹⁰")
_PLAIN_DIGITS = str.maketrans("¹²³⁴⁵⁶⁷⁸⁹⁰", "1234567890")
_LOWER_START = re.compile(r"[ \t\xa0(\[‘“'\"]*[a-z][a-z'’\-]*(?![A-Za-z])")
_TERMINAL = re.compile(r"[.!?:;…][)\]’”'\"¹²³⁴⁵⁶⁷⁸⁹⁰]*\s*$")
_STOP = re.compile(r"[.!?…][)\]’”'\"¹²³⁴⁵⁶⁷⁸⁹⁰]*\s*$")
_NUMERIC = re.compile(
    r"[~<>≤≥]?[(+\-–−±£€$]*\d[\d,.]*(?:\s?(?:%|k|m|bn|pts|percent|per cent))?[)*†]*(?:\s?(?:pts|pp))?"
)
_YEAR = re.compile(r"(?:19|20)\d\d(?:[/–-]\d{2,4})?$")
_FUNCTION_WORD = re.compile(
    r"\b(?:a|an|and|are|as|at|be|by|for|from|has|have|in|into|is|its|of|on|or|our|that|the|their|this|to|was|were|"
    r"which|who|will|with)$"
)
_SENTENCE_INSIDE = re.compile(r"[a-z]{3}[.?!] [A-Z]")
_SALUTATION = re.compile(r"\s*(?:dear|yours)\s", re.IGNORECASE)

_STARTERS = frozenset({"1", "a", "i"})


@dataclass(frozen=True, slots=True)
class Marker:
    """A bullet or number at a line's start. `end`: where the words begin. `family`: bullets of one look."""

    text: str
    end: int
    family: str

    @property
    def is_number(self) -> bool:
        return self.family.startswith("number")


def find_marker(line: str) -> Marker | None:
    """The bullet or number that a line begins with; a bullet may be followed by a number ("- a. Review")."""
    glyph = _GLYPH.match(line) or _TIGHT_GLYPH.match(line)
    if glyph:
        number = _NUMBER.match(line, glyph.end())
        if number:
            marker = line[glyph.start(1) : number.end(1)]
            return Marker(marker, number.end(), glyph.group(1) + _number_family(number.group(1)))
        return Marker(glyph.group(1), glyph.end(), glyph.group(1))
    number = _NUMBER.match(line)
    if number:
        return Marker(number.group(1), number.end(), _number_family(number.group(1)))
    return None


def _number_family(marker: str) -> str:
    bare = marker.strip("().")
    shape = "digit" if bare.isdigit() else "upper" if bare.isupper() else "lower"
    return f"number {'(' if marker[0] == '(' else ''}{shape}{marker[-1]}"


def can_follow(marker: Marker, before: str | None) -> bool:
    """May this number stand after the number `before` (None: after none)?"""
    bare = re.sub(r"^\W+|[\s().]+", "", marker.text).lower()
    if bare in _STARTERS:
        return True
    if before is None:
        return False
    last = re.sub(r"^\W+|[\s().]+", "", before).lower()
    if bare.isdigit() and last.isdigit():
        return int(bare) == int(last) + 1
    return (len(bare) == 1 and len(last) == 1 and ord(bare) == ord(last) + 1) or (set(bare + last) <= set("ivx"))


def opens_numbered(line: str) -> bool:
    """Does the line open a numbered paragraph ("6.3 Staff should")?"""
    return bool(_PARAGRAPH_NUMBER.match(line))


def find_footnote(line: str) -> re.Match[str] | None:
    """A footnote's sign at the start of a line: group 1 is the sign, the match ends where the words begin."""
    return _FOOTNOTE.match(line)


def superscript(text: str) -> str:
    """The number of a note, raised: it must not look like a part of the word or the figure before it."""
    found = _RAISED_NOTES.fullmatch(text)
    return f"{found[1]}{found[2].translate(_SUPERSCRIPTS)}{found[3]}" if found else text


def lowered(text: str) -> str:
    """The same with the raised digits as plain ones, as long as it was."""
    return text.translate(_PLAIN_DIGITS)


def find_bare_note(line: str) -> re.Match[str] | None:
    """A plain number that may be a footnote's sign (a date's day is none); only what stands around it can tell."""
    return None if _DAY.match(line) else _BARE_NOTE.match(line)


def find_page_number(line: str) -> str | None:
    """The number in a line that holds nothing but "Page 4", "Page 4 of 37" or the like."""
    found = _PAGE_NUMBER.fullmatch(line) if len(line) < 60 else None
    return found.group(1) if found else None


def find_bare_page(line: str) -> str | None:
    """The number in a line that holds nothing else ("17", "- 17 -", "ii")."""
    found = _BARE_PAGE.fullmatch(line.strip()) if len(line) < 60 else None
    return found.group(1) if found else None


def find_contents(line: str) -> re.Match[str] | None:
    """A line of a table of contents: group 1 the title, group 2 the page."""
    return _CONTENTS.fullmatch(line.strip()) if len(line) < 400 else None


def starts_lower(line: str) -> bool:
    """Does the line begin with a word in small letters, as the middle of a sentence does?"""
    return bool(_LOWER_START.match(line))


def ends_sentence(line: str) -> bool:
    """Does the line end with a stop, a colon or a semicolon?"""
    return bool(_TERMINAL.search(line[-12:]))


def ends_with_stop(line: str) -> bool:
    return bool(_STOP.search(line[-12:]))


def ends_open(line: str) -> bool:
    """Does the line end in a word or sign after which a sentence must go on?"""
    end = line.rstrip()
    return end.endswith((",", "(", "&")) or bool(_FUNCTION_WORD.search(end[-12:]))


def is_numeric(cell: str) -> bool:
    return bool(_NUMERIC.fullmatch(cell.strip())) if len(cell) < 40 else False


def trailing_numbers(line: str) -> int:
    """How many figures the line ends in; a year at the end of a title is none."""
    count = 0
    for word in reversed(line.split()):
        if not is_numeric(word):
            break
        count += 1
    if count == 1 and _YEAR.search(line.rstrip()):
        return 0
    return count


def is_title(line: str, words: int = 16) -> bool:
    """Could the line be a title by its look alone: short, opening with a capital, no stop at its end?

    `words`: how many it may have at most (16 in a line; more where a title is broken over lines).
    """
    said = line.split() if len(line) <= 400 else []
    text = " ".join(said)
    if not said or len(text) > 7.5 * words or len(said) > words or not any(c.isalpha() for c in text):
        return False
    if text.endswith(":"):
        return text.isupper() or len(said) <= 2
    first = text.lstrip("‘“'\"([")[:1]
    if not (first.isupper() or first.isdigit()):
        return False
    if (
        _SENTENCE_INSIDE.search(text)
        or _TERMINAL.search(text[-12:])
        or ends_open(text)
        or _SALUTATION.match(text + " ")
    ):
        return False
    numbers = trailing_numbers(text)
    return numbers == 0 or (numbers == 1 and len(said) <= 4 and said[-1].isdigit() and not first.isdigit())
