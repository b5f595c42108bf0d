"""Words of the field that say the same are one sense, each with its place in the text."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bluelamp.lib.wording import (
    PhraseBook,
    compile_phrases,
    find_stem,
    load_synonyms,
    read_senses,
    read_words,
    synonym_book,
)


def senses(text: str) -> set[str]:
    return {sense.name for sense in read_senses(text)}


@pytest.mark.parametrize(
    ("one", "other", "sense"),
    [
        ("DV incidents", "domestic abuse", "@domestic-abuse"),
        ("NCRS", "crime data integrity", "@crime-recording"),
        ("crimes that were not recorded", "recording of crime", "@crime-recording"),
        ("SNTs", "beat managers", "@neighbourhood-officers"),
        ("abstracted", "taken away", "@abstraction"),
        ("RSOs", "registered sex offenders", "@sex-offenders"),
        ("OCG mapping", "organised crime groups were mapped", "@ocg-mapping"),
        ("PDRs", "appraisals", "@appraisal"),
        ("child sexual exploitation", "CSE", "@cse"),
        ("knowledge of the communities", "understanding of communities", "@understand-communities"),
    ],
)
def test_the_words_of_other_years_are_the_same_sense(one: str, other: str, sense: str) -> None:
    assert sense in senses(one)
    assert sense in senses(other)


def test_an_abbreviation_is_one_only_in_capitals() -> None:
    assert "@stalking" in senses("a PIN was issued")
    assert "@stalking" not in senses("a pin was found")


def test_a_word_inside_a_longer_phrase_is_not_counted_again() -> None:
    found = senses("Police community support officers")
    assert "@neighbourhood-officers" in found
    assert "@communities" not in found


def test_a_gap_leaves_the_words_in_it_to_speak_and_does_not_end_in_a_phrase() -> None:
    assert senses("The force should record reports of domestic abuse as crimes.") >= {
        "@crime-recording",
        "@domestic-abuse",
    }
    assert "@crime-recording" not in senses("Officers record on the crime system what they told the victim.")


def test_what_is_within_another_synonym_says_that_too() -> None:
    assert senses("MARAC meetings") >= {"@marac", "@domestic-abuse"}


def test_an_exact_word_is_not_matched_by_its_stem() -> None:
    assert "@referral" in senses("the case was referred")
    assert "@referral" not in senses("kept for future reference")


def test_slashes_stand_for_either_word() -> None:
    book = PhraseBook(compile_phrases("x", ["beat/area team"]))
    for text in ("the area teams", "a beat team"):
        assert [found.name for found in book.find(read_words(text))] == ["x"]
    assert not book.find(read_words("a ward team"))


@settings(deadline=None)
@given(st.text(max_size=200))
def test_every_sense_stands_where_it_says(text: str) -> None:
    for sense in read_senses(text):
        assert 0 <= sense.start < sense.end <= len(text)
        assert text[sense.start : sense.end].strip()


SAID = """crime record recorded the abuse domestic DV team beat taken away of a in communities"""
WORDS = st.sampled_from(SAID.split())


EVERY_PHRASE = [
    phrase for slug, synonym in load_synonyms().items() for phrase in compile_phrases(f"@{slug}", synonym.words)
]


@settings(deadline=None, max_examples=40)
@given(st.lists(WORDS, max_size=14))
def test_the_book_finds_what_a_search_of_every_phrase_finds(words: list[str]) -> None:
    """The slow twin: every phrase tried at every word, gaps tried in every length."""
    read = read_words(" ".join(words))
    slow = {
        (phrase.name, at)
        for phrase in EVERY_PHRASE
        for at in range(len(read))
        if _stands(phrase.stems, phrase.capitals, read, at)
    }
    # What the book leaves out stands inside a longer phrase; what it finds, the slow search finds.
    assert {(found.name, found.first) for found in synonym_book().find(read)} <= slow
    assert {name for name, _ in slow} >= {found.name for found in synonym_book().find(read)}
    if slow:
        assert synonym_book().find(read)


def _stands(stems: tuple[str | None, ...], capitals: bool, read: list, at: int) -> bool:  # type: ignore[type-arg]
    if not stems:
        return True
    if stems[0] is None:
        return any(_stands(stems[1:], capitals, read, at + skipped) for skipped in range(6))
    if at >= len(read) or stems[0] not in (read[at].stem, read[at].exact) or (capitals and not read[at].capitals):
        return False
    return _stands(stems[1:], capitals, read, at + 1)


@pytest.mark.parametrize("slug", sorted(load_synonyms()))
def test_every_entry_of_the_synonyms_is_found_by_its_own_words(slug: str) -> None:
    synonym = load_synonyms()[slug]
    assert slug == slug.lower().replace("_", "-")
    for words in synonym.words:
        for phrase in compile_phrases(slug, [words]):
            said = " ".join("is" if stem is None else stem.lstrip("=") for stem in phrase.stems)
            text = said.upper() if phrase.capitals else said
            book = PhraseBook([phrase])
            assert book.find(read_words(text)) or any(find_stem(stem) != stem for stem in phrase.needed), words
