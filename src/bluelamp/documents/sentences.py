"""Where does one sentence of a block end and the next begin?"""

from __future__ import annotations

import re
from functools import lru_cache

from bluelamp.documents.blocks import Block
from bluelamp.documents.document import Document

_END = re.compile(r"(?<![.!?…])[.!?…]++[)\]}’”'\"»]*+[¹²³⁴⁵⁶⁷⁸⁹⁰]*+(?=\s)")
_OPENING = "([{‘“'\"«"
_LONGEST_WORD = 40

# Words whose point does not end a sentence. A capital after them tells nothing ("St. Ann's", "Insp. Harris").
_NEVER_LAST = frozenset(
    {
        "e.g", "i.e", "eg", "ie", "cf", "viz", "approx", "c", "ca", "vs", "v", "mr", "mrs", "ms", "mx", "dr",
        "rev", "hon", "rt", "prof", "st", "supt", "ch", "insp", "sgt", "det", "cllr", "const", "no", "nos", "para",
        "paras", "p", "pp", "fig", "figs", "sec", "s", "ss", "art", "vol", "ed", "eds", "ref", "op", "dept",
        "incl", "excl", "min", "max", "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sept", "sep", "oct",
        "nov", "dec",
    }
)  # fmt: skip
# These may end a sentence: only a capital after them says that they did.
_MAY_BE_LAST = frozenset({"etc", "al", "ltd", "plc", "inc", "co", "a.m", "p.m", "u.k", "u.s", "jr", "sr"})
# Of the words in `_NEVER_LAST`, those that are words too: with no number after them they end a sentence.
_BEFORE_NUMBERS = frozenset(
    {"no", "nos", "p", "pp", "fig", "figs", "sec", "s", "ss", "art", "vol", "ch", "para", "paras", "ref", "min",
     "max", "mar", "dec", "jan", "feb", "apr", "jun", "jul", "aug", "sept", "sep", "oct", "nov", "c", "ca"}
)  # fmt: skip
_NUMBER_NEXT = re.compile(r"[(\[]?[\d£ivxlIVXL]")


def find_sentences(document: Document, block: Block) -> list[tuple[int, int]]:
    """Start and end in `block.text` of each sentence, in order; together they hold every word of the block.

    `document` is there so that a caller can go on to `document.spans_within(block, start, end)`.
    """
    return split_sentences(block.text)


def split_sentences(text: str) -> list[tuple[int, int]]:
    """Start and end of each sentence of a text on one line."""
    return list(_split(text))


@lru_cache(maxsize=8192)  # whoever reads a paper, and each check of it, asks for the same paragraphs
def _split(text: str) -> tuple[tuple[int, int], ...]:
    sentences: list[tuple[int, int]] = []
    start = 0
    for found in _END.finditer(text):
        following = _next_word_at(text, found.end())
        if following >= len(text) or not _ends(text, found.start(), found.end(), following):
            continue
        sentences.append((start, found.end()))
        start = following
    end = len(text.rstrip())
    first = _next_word_at(text, start)
    if first < end:
        sentences.append((first, end))
    if sentences:
        sentences[0] = (_next_word_at(text, sentences[0][0]), sentences[0][1])
    return tuple(sentences)


def _next_word_at(text: str, position: int) -> int:
    while position < len(text) and text[position].isspace():
        position += 1
    return position


def _ends(text: str, point: int, end: int, following: int) -> bool:
    """Does the sentence end at the points of `text[point:end]`, given what follows?"""
    opening = following
    while opening < len(text) and text[opening] in _OPENING:
        opening += 1
    first = text[opening : opening + 1]
    if first.islower() and not text.startswith(("eCINS", "iQuanta"), opening):
        return False  # a small letter goes on with the sentence
    if text[point] != "." or text[point : point + 2] == "..":
        return True
    word = _word_before(text, point)
    bare = word.casefold()
    if bare in _MAY_BE_LAST:
        return first.isupper()
    if bare in _NEVER_LAST:
        return bare in _BEFORE_NUMBERS and end == point + 1 and not _NUMBER_NEXT.match(text, following)
    return not _is_initial(word, text, point) and not _is_item_number(word, text, point)


def _word_before(text: str, point: int) -> str:
    start = point
    while (
        start > 0
        and point - start < _LONGEST_WORD
        and not text[start - 1].isspace()
        and text[start - 1] not in _OPENING
    ):
        start -= 1
    return text[start:point]


def _is_initial(word: str, text: str, point: int) -> bool:
    """A capital before a name ("J. Vane", "J.R. Vane"), not the letter of a thing ("division B.")."""
    letters = word.replace(".", "")
    if not (letters.isalpha() and letters.isupper() and len(letters) <= 3) or len(word) != 2 * len(letters) - 1:
        return False
    before = text[max(0, point - len(word) - _LONGEST_WORD) : point - len(word)].split()
    return len(letters) > 1 or not before or before[-1].casefold() not in _LABELS


def _is_item_number(word: str, text: str, point: int) -> bool:
    """A number that opens the text ("3. The force")."""
    return point <= _LONGEST_WORD and word.isdigit() and not text[: point - len(word)].strip()


_LABELS = frozenset(
    {
        "annex",
        "appendix",
        "category",
        "class",
        "division",
        "grade",
        "level",
        "part",
        "phase",
        "schedule",
        "section",
    }
)
