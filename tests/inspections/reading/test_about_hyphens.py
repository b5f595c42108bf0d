"""Are words that a line's end broke found whole, and cited as they were printed?"""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bluelamp.inspections.reading.about_hyphens import Hyphens, find_hyphens


def test_a_word_is_whole_again_where_it_stands_whole_elsewhere_or_is_known() -> None:
    text = "The infor-\nmation on Notting-\nhamshire. Information is good.\n"
    assert find_hyphens(text, {"nottinghamshire"}).broken == {"infor-mation", "notting-hamshire"}


def test_a_word_that_is_written_with_a_hyphen_keeps_it() -> None:
    text = "A well-\nhoned plan, follow-\nup calls and a well-honed follow-up. It is up.\n"
    assert find_hyphens(text, set()).broken == frozenset()


def test_places_in_the_mended_words_lead_back_to_the_printed_ones() -> None:
    printed = "Notting-hamshire gave well-honed infor-mation."
    mended = Hyphens(frozenset({"notting-hamshire", "infor-mation"})).mend(printed)
    assert mended.text == "Nottinghamshire gave well-honed information."
    start = mended.text.index("information")
    assert printed[mended.original(start) : mended.original(start + 10) + 1] == "infor-mation"
    assert printed[: mended.original(14) + 1] == "Notting-hamshire"


@given(st.lists(st.sampled_from(["infor-mation", "well-off", "force", "Notting-hamshire", "a-b"])))
def test_every_character_keeps_its_place(words: list[str]) -> None:
    printed = " ".join(words)
    mended = Hyphens(frozenset({"infor-mation", "notting-hamshire"})).mend(printed)
    assert all(printed[mended.original(at)] == letter for at, letter in enumerate(mended.text))
    assert len(printed) - len(mended.text) == len(mended.cuts)
