"""How are phrases of the vocabulary written, found and refused?"""

from __future__ import annotations

from dataclasses import fields

import pytest

from bluelamp.inspections.reading.criticism_words import (
    CriticismWords,
    Hit,
    PhraseIndex,
    load_index,
    load_words,
    read_tokens,
    words_of,
)
from bluelamp.lib.definitions import DefinitionError


def find(phrase: str, words: str) -> list[tuple[int, int]]:
    index = PhraseIndex()
    index.add("it", [phrase])
    return [(hit.start, hit.end) for hit in index.find(read_tokens(words))]


@pytest.mark.parametrize(
    ("phrase", "words", "found"),
    [
        ("too late", "It came too late.", [(2, 4)]),
        ("late/slow", "slow and late", [(0, 1), (2, 3)]),
        ("inconsisten*", "an inconsistent rule", [(1, 2)]),
        ("missed ... chance*", "missed many good chances", [(0, 4)]),
        ("missed ... chance*", "missed one two three four chances", []),
        ("missed ... chance*", "missed, and chances", []),
        ("missed ..... chance*", "missed one two three four chances", [(0, 6)]),
        ("only <number>", "only 14 percent", [(0, 2)]),
        ("only <number>", "only twelve", [(0, 2)]),
        ("in <year>", "in 2018", [(0, 2)]),
        ("in <year>", "in 2018/19", [(0, 2)]),
        ("in <year>", "in 12 cases", []),
        ("too <word>", "too hot", [(0, 2)]),
        ("too <word>", "too, then", []),
        ("<number> days", "nine days", [(0, 2)]),
    ],
)
def test_a_phrase_is_found_where_its_words_stand(phrase: str, words: str, found: list[tuple[int, int]]) -> None:
    assert find(phrase, words) == found


def test_words_are_small_and_denials_are_words_of_their_own() -> None:
    assert read_tokens("The force doesn’t, can't and won't.") == [
        *("the", "force", "does", "not", ",", "can", "not", "and", "will", "not", "."),
    ]
    assert read_tokens("£0.9m – a well-run 2018/19") == ["£0.9m", "–", "a", "well-run", "2018/19"]


def test_a_hit_says_its_list_and_strength() -> None:
    found = list(load_index().find(read_tokens("unacceptable")))
    assert Hit("faults", 0, 1, "serious") in found


def test_every_list_of_the_vocabulary_holds_small_words_and_none_twice() -> None:
    words = load_words()
    for each in fields(CriticismWords):
        held = getattr(words, each.name)
        if each.name not in ("strengths", "faults"):
            assert held, each.name
            assert all(phrase == phrase.lower() for phrase in held)
            assert len(set(held)) == len(held), [phrase for phrase in held if held.count(phrase) > 1]
    for faults in words.faults:
        assert len(set(faults.phrases)) == len(faults.phrases), [
            phrase for phrase in faults.phrases if faults.phrases.count(phrase) > 1
        ]


def test_each_strength_is_explained_and_used() -> None:
    words = load_words()
    assert [strength.slug for strength in words.strengths] == ["hedged", "plain", "strong", "serious"]
    assert all(strength.name and strength.meaning.endswith(".") for strength in words.strengths)
    assert {faults.strength for faults in words.faults} == {"plain", "strong", "serious"}


def test_a_beginning_of_two_letters_is_refused() -> None:
    with pytest.raises(DefinitionError, match="too many words"):
        PhraseIndex().add("it", ["in*"])


def test_single_words_are_asked_for_by_their_list() -> None:
    assert "however" in words_of("turns")
    assert "delays" not in words_of("turns")
