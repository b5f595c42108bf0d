"""Is a quote found wherever only the white space differs, and nowhere else?"""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from bluelamp.lib.text import LONG, find_folded, fold, fold_spans

WORDS = st.lists(st.text(alphabet="abc-.()[]*+", min_size=1, max_size=6), min_size=1, max_size=40)
SPACES = st.sampled_from([" ", "  ", "\n", " \n ", "\t", "\f"])


@given(before=WORDS, words=WORDS, after=WORDS, data=st.data(), times=st.sampled_from([1, 400]))
def test_words_are_found_through_any_white_space(before, words, after, data, times) -> None:
    words = words * times
    gap = data.draw(SPACES)
    haystack = gap.join(before) + " " + gap.join(words) + "\n" + " ".join(after)
    found = find_folded(haystack, " ".join(words))
    assert found is not None
    assert fold(haystack[slice(*found)]) == " ".join(words)


def test_a_long_quote_that_is_not_there_is_not_found() -> None:
    assert find_folded("one two three " * 500, "one two four " * LONG) is None
    assert find_folded("", "word") is None
    assert find_folded("word", " ") is None


@given(text=st.text(alphabet="ab -\n\t", max_size=60))
def test_folding_spans_is_folding_but_for_broken_hyphens(text: str) -> None:
    folded = fold_spans(text, ((0, len(text)),))
    assert len(folded.text) == len(folded.offsets)
    assert folded.text.replace("-", "").replace(" ", "") == "".join(text.split()).replace("-", "")
    assert all(folded.text[i] in (" ", text[o]) for i, o in enumerate(folded.offsets))
    if "-" not in text:
        assert folded.text == fold(text)


def test_a_word_broken_at_a_hyphen_is_joined() -> None:
    assert fold_spans("well-\nhoned systems", ((0, 19),)).text == "well-honed systems"


def fold_slowly(text: str, spans: tuple[tuple[int, int], ...]) -> tuple[str, tuple[int, ...]]:
    """Character by character."""
    characters: list[str] = []
    offsets: list[int] = []

    def add(character: str, offset: int) -> None:
        if character != " " or (characters and characters[-1] != " "):
            characters.append(character)
            offsets.append(offset)

    for start, end in spans:
        add(" ", start)
        position = start
        while position < end:
            broken = re.compile(r"(?<=\w)-[ \t]*\n[ \t]*(?=\w)").match(text, position, end)
            add(" " if text[position].isspace() else text[position], position)
            position = broken.end() if broken else position + 1
    while characters and characters[-1] == " ":
        characters.pop()
        offsets.pop()
    return "".join(characters), tuple(offsets)


@given(st.text(alphabet="ab- \n\t\u00a0\r.", max_size=20), st.lists(st.integers(0, 20), max_size=6, unique=True))
def test_spans_are_folded_as_character_by_character(text: str, cuts: list[int]) -> None:
    edges = sorted(min(cut, len(text)) for cut in cuts)
    spans = tuple(zip(edges[::2], edges[1::2], strict=False))
    folded = fold_spans(text, spans)
    assert (folded.text, folded.offsets) == fold_slowly(text, spans)
