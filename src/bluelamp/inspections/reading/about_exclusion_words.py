"""With which phrases does a report say that data is not there? The vocabulary's, as patterns."""

from __future__ import annotations

import re
from functools import lru_cache

from bluelamp.inspections.reading.about_words import any_of, compile_any, load_national_words


@lru_cache(maxsize=1)
def phrase_cannot_give() -> re.Pattern[str]:
    words = load_national_words().exclusions
    return re.compile(
        rf"(?<!\w)(?:{any_of(words.cannot)})\s(?P<be>be(?:en)?\s)?(?:\w+ly\s|yet\s|always\s|fully\s)?"
        rf"(?:{any_of(words.giving)})(?!\w)",
        re.I,
    )


@lru_cache(maxsize=1)
def phrase_not_there() -> re.Pattern[str]:
    return compile_any(load_national_words().exclusions.not_there)


@lru_cache(maxsize=1)
def says_there_next() -> re.Pattern[str]:
    words = load_national_words().exclusions.there
    return re.compile(rf"\s(?:\w+\s){{0,3}}?(?:{any_of(words)})(?!\w)", re.I)


@lru_cache(maxsize=1)
def phrase_left_out() -> re.Pattern[str]:
    return compile_any(load_national_words().exclusions.left_out)


@lru_cache(maxsize=1)
def phrase_but_for() -> re.Pattern[str]:
    return compile_any(load_national_words().exclusions.but_for)


@lru_cache(maxsize=1)
def word_data() -> re.Pattern[str]:
    return compile_any(load_national_words().exclusions.data)


@lru_cache(maxsize=1)
def word_asked_for() -> re.Pattern[str]:
    return compile_any(load_national_words().exclusions.data_asked_for)


@lru_cache(maxsize=1)
def says_asked() -> re.Pattern[str]:
    return compile_any(load_national_words().exclusions.asked)


@lru_cache(maxsize=1)
def word_shown() -> re.Pattern[str]:
    words = load_national_words().exclusions
    return compile_any((*words.shown, "data"))


@lru_cache(maxsize=1)
def says_gave() -> re.Pattern[str]:
    words = load_national_words().exclusions
    return compile_any((*words.giving, *words.there, "based on", "covers", "includes"))


@lru_cache(maxsize=1)
def phrase_compared() -> re.Pattern[str]:
    return compile_any(load_national_words().exclusions.compared)


@lru_cache(maxsize=1)
def phrase_pointing_back() -> re.Pattern[str]:
    phrases = any_of(load_national_words().exclusions.pointing_back)
    return re.compile(
        rf"(?:{phrases}|(?:these|those|the)(?:\s\w+)?\sforces\s(?:are|were|include))(?:\s|:|$)", re.I
    )


@lru_cache(maxsize=1)
def may_exclude() -> re.Pattern[str]:
    """One search that most sentences do not pass."""
    words = load_national_words().exclusions
    absent = ("is not", "isn't", "are not", "was not", "were not", "unavailable", "missing", "incomplete")
    return compile_any((*words.cannot, *words.left_out, *words.not_there, *words.but_for, *absent))


@lru_cache(maxsize=1)
def phrase_data_not_there() -> re.Pattern[str]:
    """ "Data on waiting times was not available"; "Figures for 2015 are missing"."""
    there = any_of(load_national_words().exclusions.there)
    return re.compile(
        r"\b(?:data|figures|numbers|statistics|returns?)\s(?:on|about|relating\sto|for|of|from)\s[^.;:]{1,120}?\s"
        rf"(?:(?:was|were|is|are|has|have)(?:\snot|n['’]t)\s(?:\w+\s){{0,3}}?(?:{there})"
        r"|(?:could\snot|cannot)\sbe\s\w+|(?:was|were|is|are)\s(?:un(?:available|usable)|missing|incomplete))(?!\w)",
        re.I,
    )


@lru_cache(maxsize=1)
def cell_pattern() -> re.Pattern[str]:
    return re.compile(rf"\(?(?:{any_of(load_national_words().exclusions.cells)})[\s.)*†\d]*", re.I)


def is_cell_without_data(text: str) -> bool:
    """Does a cell say in words that nothing was provided? A dash or "n/a" does not."""
    return cell_pattern().fullmatch(text.strip()) is not None
