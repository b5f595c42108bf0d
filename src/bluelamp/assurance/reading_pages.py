"""Which pages of a report does a template point at? "Page 45/46", "Page 20 Figure 4", "pp. 12-14"."""

from __future__ import annotations

import re

from bluelamp.assurance.facts import PageReference
from bluelamp.lib.text import fold

_FIGURE = re.compile(r"\b(?:fig(?:ure)?|table|chart|graph)s?\b\.?\s{0,3}(?P<number>\d{1,3}[a-z]?\b)", re.I)
_RANGE = re.compile(r"\b(?P<first>\d{1,4})\s{0,3}(?:-|–|—|\bto\b)\s{0,3}(?P<last>\d{1,4})\b", re.I)
_NUMBER = re.compile(r"(?<!\d)\d{1,4}(?!\d)|\b[ivxl]{1,7}\b", re.I)
_PARAGRAPH = re.compile(
    r"\b(?:para(?:graph)?s?\b\.?|§)\s{0,3}\d{1,3}(?:\.\d{1,3}){0,2}|(?<!\d)(?<!\.)\d{1,3}(?:\.\d{1,3}){1,2}(?![\d.])",
    re.I,
)
LONGEST_RANGE = 40
"""A range of more pages than this is a misprint or a date, and is kept as its two ends."""


def parse_page_reference(printed: str) -> PageReference | None:
    """The pages and the figure that a printed reference names; None where nothing is printed."""
    printed = fold(printed)
    if not printed:
        return None
    figure = _FIGURE.search(printed)
    words = printed[: figure.start()] + " " + printed[figure.end() :] if figure else printed
    words = _RANGE.sub(_spell_out, _PARAGRAPH.sub(" ", words))
    pages = dict.fromkeys(found.group().lower() for found in _NUMBER.finditer(words))
    return PageReference(printed=printed, pages=tuple(pages), figure=figure["number"] if figure else "")


def _spell_out(found: re.Match[str]) -> str:
    first, last = int(found["first"]), int(found["last"])
    if first <= last <= first + LONGEST_RANGE:
        return " ".join(str(page) for page in range(first, last + 1))
    return f"{first} {last}"
