"""Which answers say nothing by themselves: "N/A", "see above", "as per 12"?"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable

from bluelamp.assurance.template_answers import GivenAnswer
from bluelamp.assurance.template_model import TemplateItem
from bluelamp.lib.calendar_days import say_day
from bluelamp.lib.text import fold

_LONGEST = 12  # words: a longer answer says something by itself
_NOTHING = re.compile(
    r"(?:n\.?/?a\.?|not applicable|none|nil|tbc|tba|tbd|to follow|to be confirmed|[-–—.?xX]+)\W*$", re.I
)
_NUMBERED = re.compile(
    r"\b(?:see|as|as per|same as|ditto|refer to|covered by|covered in|linked to)\b.{0,30}?"
    r"\b(?P<reference>[A-Z][A-Z0-9]{1,9}-\d{4}-[A-Z]{2,6}-\d{2,9}|\d{1,3}(?:\.\d{1,2})?[a-z]?)\b",
    re.I,
)
_ELSEWHERE = re.compile(
    r"^\W*ditto\b|\b(?:see|as|as per|same as|refer to)\b.{0,20}\b(?:above|below|previous|earlier|before|other)\b",
    re.I,
)


def find_caution(answer: GivenAnswer, item: TemplateItem, items: Iterable[TemplateItem], today: dt.date) -> str:
    """Why a person should read this answer first; "" where nothing asks for it."""
    words = fold(answer.action)
    if not words:
        return _about_date(answer, today)
    if _NOTHING.match(words):
        return f"“{words}” says nothing about what was done."
    if len(words.split()) > _LONGEST:
        return _about_date(answer, today)
    numbered = _NUMBERED.search(words)
    if numbered:
        pointed = _find(numbered["reference"], item, items)
        where = (
            f"{pointed.reference}" if pointed else f"{numbered['reference']}, which is no item of this template"
        )
        return f"“{words}” points at {where}."
    if _ELSEWHERE.search(words):
        return f"“{words}” points at another answer."
    return _about_date(answer, today)


def _about_date(answer: GivenAnswer, today: dt.date) -> str:
    """A target that has passed, where delivery is not claimed, is often a slip of the year."""
    if answer.target and answer.target < today and answer.delivery != "delivered":
        return f"The target date, {say_day(answer.target)}, has passed already."
    return ""


def _find(named: str, item: TemplateItem, items: Iterable[TemplateItem]) -> TemplateItem | None:
    """The item that is pointed at: by our reference, or by the number it has in the same section."""
    for other in items:
        if other.reference == named.upper():
            return other
    return next(
        (
            each
            for each in items
            if each.source_number == named and each.section == item.section and each is not item
        ),
        None,
    )
