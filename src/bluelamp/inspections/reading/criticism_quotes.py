"""Is a sentence nothing but what somebody told those who inspect, in that person's own words?

What a victim says is evidence of a criticism, and the report's own words make it.
"""

from __future__ import annotations

import re

_VICTIM = r"victims?|survivors?|complainants?|callers?|residents?|witness(?:es)?|of them"
_PERSON = rf"(?:{_VICTIM}|woman|man|mother|father|parent|girl|boy|child)"
_WHO = rf"(?:(?:one|another|a second|a third)(?: {_PERSON})?|(?:a|the) {_PERSON})"
_SAYS = r"(?:said|says|told us|told inspectors|told me|explained|added|recalled)"
_QUOTE = r"(?:“[^“”]{2,400}”|\"[^\"]{2,400}\"|‘[^‘”]{2,400}’)"
_QUOTED_FIRST = re.compile(rf"{_QUOTE},? (?:{_WHO} {_SAYS}|{_SAYS} {_WHO})\.?", re.I)
_QUOTED_LAST = re.compile(rf"{_WHO} {_SAYS}(?: that)?[:,]? {_QUOTE}\.?", re.I)
_MARKS = ("“", '"', "‘")


def is_said_by_somebody(words: str) -> bool:
    """ "“Nobody wrote,” said one.": the words of one who is not of the force, and who says them."""
    if not any(mark in words for mark in _MARKS):
        return False
    said = words.strip()
    return bool(_QUOTED_FIRST.fullmatch(said) or _QUOTED_LAST.fullmatch(said))
