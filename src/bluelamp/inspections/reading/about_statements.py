"""Do words state something, or only name: an axis, a picture's credit, a publication?"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from bluelamp.inspections.reading.about_context import Stretch
from bluelamp.inspections.reading.about_names import Name
from bluelamp.inspections.reading.about_passages import PassageKind
from bluelamp.inspections.reading.about_words import any_of, compile_any, load_national_words
from bluelamp.inspections.reading.vocabulary import is_sentence

_FEWEST_WORDS = 4


def labels_list(text: str, names: Sequence[Name]) -> bool:
    """ "Good: Calder Vale, Elmshire"."""
    label = _LABELLED.match(text)
    return label is not None and len(names) > 1 and names[0].start >= label.end()


_LABELLED = re.compile(r"[A-Z][^:–—.]{2,80}\s?[:–—]\s")
_ENDS = re.compile(r"[.!?:;][’”\"')\]]*[\d¹²³⁴⁵⁶⁷⁸⁹⁰]{0,3}$")


def is_statement(text: str) -> bool:
    words = len(text.split())
    if words < _FEWEST_WORDS:
        return False
    return is_sentence(text) or (_ENDS.search(text.rstrip()) is not None and not text.rstrip().endswith(":"))


@lru_cache(maxsize=1)
def credit_pattern() -> re.Pattern[str]:
    return re.compile(
        rf"\W*(?:{any_of(load_national_words().credits)})\s?(?:[:©]|by\b|courtesy\b|of\b|credit)|\s*©", re.I
    )


@lru_cache(maxsize=1)
def _referring() -> re.Pattern[str]:
    return compile_any(load_national_words().references)


_TITLE = re.compile(
    r"(?:^|[,.]\s)(?:HMIC|HMICFRS|HM\sInspectorate|Home\sOffice|College\sof\sPolicing|HMSO|TSO|IOPC|IPCC|NPCC|ACPO|Ministry\sof\sJustice"
    r"|Crown\sProsecution\sService|London)\b[^.]{0,40}\b(?:19|20)\d\d\b"
)
_YEAR_LAST = re.compile(r",\s(?:\w+\s)?(?:19|20)\d\d\W*$")
_WEB = re.compile(r"https?://|\bwww\.", re.I)


def is_reference(stretch: Stretch) -> bool:
    """A footnote that only says where another publication is to be found."""
    if stretch.passage.kind is not PassageKind.NOTE:
        return False
    if _WEB.search(stretch.text) or _referring().search(stretch.text):
        return True
    whole = stretch.passage.text
    refers = (
        _WEB.search(whole) or _referring().search(whole) or _TITLE.search(stretch.text) or _YEAR_LAST.search(whole)
    )
    return refers is not None and not is_sentence(stretch.text)
