"""Which sentences say why, and rest on nothing?"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bluelamp.lib.errors import PlainError
from bluelamp.performance.insight_evidence import Evidence, check_evidence, read_evidence, say_evidence
from bluelamp.performance.insight_opinions import find_cause, find_opinions, load_causes, read_paragraphs

pytestmark = pytest.mark.no_database

WHY = [
    ("The fall is due to fewer people being out.", "due to"),
    ("This is BECAUSE of the season.", "because"),
    ("As a result of Operation Oak, fewer were hurt.", "as a result of"),
    ("It was driven by online fraud.", "driven by"),
    ("The rise is attributable to better recording.", "attributable to"),
    ("The figure reflects better recording.", "reflects"),
    ("Demand rose, owing to the heat.", "owing to"),
]
NOT_WHY = [
    "The new system is due to be opened in June.",
    "The report is due to begin.",
    "The number was down to 45 in March.",
    "The number is down to 45.",
    "It is overdue today.",
    "He reflects on the year.",
    "Knife crime fell to 171 in January to March 2021.",
    "",
]


@pytest.mark.parametrize(("words", "cause"), WHY)
def test_a_sentence_that_says_why_is_found(words: str, cause: str) -> None:
    assert find_cause(words) == cause


@pytest.mark.parametrize("words", NOT_WHY)
def test_a_sentence_that_only_looks_so_is_not(words: str) -> None:
    assert find_cause(words) == ""


def test_every_phrase_of_the_rule_is_found_in_a_plain_sentence() -> None:
    for phrase in load_causes().phrases:
        assert find_cause(f"It changed, {phrase.words} other things."), phrase.words


def test_evidence_named_by_number_makes_it_more_than_opinion() -> None:
    text = "It fell due to the restrictions [1]. It will fall again because people say so. It fell by 5%."
    opinions = find_opinions(text, pieces=1)
    assert [each.words for each in opinions] == ["It will fall again because people say so."]


def test_a_number_of_no_evidence_is_none() -> None:
    assert find_opinions("It fell due to the restrictions [2].", pieces=1)
    assert find_opinions("It fell due to the restrictions [0].", pieces=1)


def test_a_mark_after_the_full_stop_belongs_to_the_sentence_before() -> None:
    assert find_opinions("It fell due to the restrictions. [1] It rose.", pieces=1) == ()


def test_several_numbers_in_one_mark() -> None:
    ((sentence,),) = read_paragraphs("It fell because of both [1, 2].", pieces=2)
    assert sentence.cites == (1, 2)


@given(st.lists(st.sampled_from([*(words for words, _ in WHY), *filter(None, NOT_WHY)]), max_size=6))
def test_opinions_are_counted_sentence_by_sentence(sentences: list[str]) -> None:
    expected = sum(sentence in dict(WHY) for sentence in sentences)
    assert len(find_opinions(" ".join(sentences))) == expected


@given(st.text(max_size=500))
def test_no_words_are_lost(text: str) -> None:
    said = "".join(each.words for line in read_paragraphs(text) for each in line)
    kept = [word for word in said.split() if word.strip(".")]
    assert len("".join(kept)) <= len("".join(text.split()))
    find_opinions(text, pieces=3)


def test_evidence_is_read_from_lines() -> None:
    pieces = read_evidence("[1] Force pack, May 2021, page 4\n\n2021 survey: https://example.org/survey.\n")
    assert [piece.kind for piece in pieces] == ["file", "address"]
    assert say_evidence(pieces) == (
        "[1] Force pack, May 2021, page 4",
        "[2] 2021 survey (https://example.org/survey)",
    )


@pytest.mark.parametrize(
    "piece",
    [
        Evidence(kind="address", words="x", address="javascript:alert(1)"),
        Evidence(kind="address", words="x", address="https://"),
        Evidence(kind="page", words="The report"),
        Evidence(kind="rumour", words="x"),
        Evidence(kind="file", words=" "),
        Evidence(kind="file", words="x" * 501),
    ],
)
def test_what_is_no_evidence_is_refused(piece: Evidence) -> None:
    with pytest.raises(PlainError):
        check_evidence([piece])
