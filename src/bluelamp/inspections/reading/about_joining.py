"""When are two mentions the same, printed twice: in the summary and in the chapter, in a list and in a box?"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from bluelamp.documents.citations import Citation
from bluelamp.inspections.facts import Mention
from bluelamp.inspections.reading.deadlines import find_deadline

_LABEL = re.compile(
    r"^\s*(?:(?:national\s)?recommendations?|areas?\sfor\simprovement|afi)?\s*\(?[A-Z]?\d{0,3}(?:\.\d+)?[a-z]?\)?\s*[:.–—-]\s*",
    re.I,
)
_SIGNS = re.compile(r"(?<=[a-z.,;:)’])\d{1,3}(?=\s|$)|[¹²³⁴⁵⁶⁷⁸⁹⁰]+")
_MARKS = re.compile(r"[^0-9a-z%]+")
_BY_WORDS = ("sentence", "recommendation_to_all")


def join_repeats(mentions: Iterable[Mention]) -> list[Mention]:
    """The mentions in order; one printed again has a citation for each place, and what either says.

    A remark under two figures ("Calder Vale could not provide this data.") is two: each misses something else.
    """
    alike: dict[tuple[str, str, str], list[Mention]] = {}
    for mention in mentions:
        alike.setdefault(_key(mention), []).append(mention)
    return _without_parts([_join(group) for group in alike.values()])


def _plain(text: str) -> str:
    """Words alone: a table of recommendations has the deadline that opens them in a column of its own."""
    deadline = find_deadline(text[:_OPENING])
    rest = text[deadline.end :] if deadline and not text[: deadline.start].strip() else text
    return _MARKS.sub(" ", _SIGNS.sub("", rest).lower()).strip()


_OPENING = 80


def _key(mention: Mention) -> tuple[str, str, str]:
    words = _plain(_LABEL.sub("", mention.text, count=1))
    if mention.nature == "recommendation_to_all":
        return mention.nature, words, ""
    of = "" if mention.nature == "sentence" else f"{mention.number} {mention.subject}".lower()
    return mention.nature, words, of


def _join(group: Sequence[Mention]) -> Mention:
    """The first of them, with every place and what any of them says."""
    first = group[0]
    if len(group) == 1:
        return first
    return replace(
        first,
        citations=_distinct(citation for mention in group for citation in mention.citations),
        listed_with=tuple(dict.fromkeys(code for mention in group for code in mention.listed_with)),
        number=next((mention.number for mention in group if mention.number), ""),
        deadline=next((mention.deadline for mention in group if mention.deadline), None),
        doubt=first.doubt if all(mention.doubt for mention in group) else "",
        critical=next((mention.critical for mention in group if mention.critical), None),
    )


def _distinct(citations: Iterable[Citation]) -> tuple[Citation, ...]:
    """Each place once; a place that lies within another of the same words is that place."""
    found: list[Citation] = []
    by_line: dict[int, list[Citation]] = {}
    for citation in citations:
        if any(_is_within(citation, other) for other in by_line.get(citation.line, ())):
            continue
        found.append(citation)
        for line in range(citation.line, citation.line_end + 1):
            by_line.setdefault(line, []).append(citation)
    return tuple(found)


def _is_within(one: Citation, other: Citation) -> bool:
    same_page = one.page == other.page and other.line <= one.line and one.line_end <= other.line_end
    return same_page and one.quote in other.quote


def _without_parts(mentions: list[Mention]) -> list[Mention]:
    """A sentence of a numbered recommendation is not a recommendation of its own; where it is printed elsewhere
    too, that place is the recommendation's."""
    wholes = [m for m in mentions if m.nature == "recommendation_to_all"]
    by_words: dict[str, Mention] = {}
    for mention in wholes:
        for opening in _openings(mention):
            known = by_words.get(opening)
            if known is None or len(mention.text) > len(known.text):
                by_words[opening] = mention
    absorbed: dict[int, list[Mention]] = {}
    for mention in wholes:
        whole = by_words.get(_key(mention)[1])
        if whole is not None and whole is not mention:
            absorbed.setdefault(id(whole), []).append(mention)
    gone = {id(each) for group in absorbed.values() for each in group}
    return [_join([m, *absorbed.get(id(m), ())]) for m in mentions if id(m) not in gone]


_SENTENCE = re.compile(r"(?<=[.!?:])\s+")


def _openings(mention: Mention) -> set[str]:
    """The words of each sentence, and of each run from the start to the end of a sentence."""
    pieces = _SENTENCE.split(_LABEL.sub("", mention.text, count=1))
    runs = [" ".join(pieces[: count + 1]) for count in range(min(len(pieces), _MOST_RUNS))]
    return {_plain(words) for words in (*pieces[:_MOST_RUNS], *runs)}


_MOST_RUNS = 12
