"""When do two sentences say the same, as a reader would say, and what are candidates found by?"""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bluelamp.inspections.reading.criticism_likeness import Gathered, Likeness, content_of

SENTENCES = [
    "The force does not log visits to cells at night.",
    "Visits to the cells are not always logged by night.",
    "Detectives carry too many enquiries.",
    "Dogs are trained in the yard.",
]


def test_words_that_every_report_has_are_no_content() -> None:
    assert content_of("The force does not always make sure that officers improve.") == frozenset()


def test_forms_of_a_word_are_one() -> None:
    assert content_of("evaluating plans") == content_of("evaluated a plan")
    assert content_of("supervisor's files") == content_of("supervisors' file")


def test_the_same_said_otherwise_is_more_alike_than_anything_else() -> None:
    stems = [content_of(words) for words in SENTENCES]
    likeness = Likeness(stems)
    assert likeness.alike(stems[0], stems[1]) > 0.5
    assert likeness.alike(stems[0], stems[2]) == 0.0


def test_a_rare_word_that_is_shared_weighs_more_than_a_common_one() -> None:
    passages = [frozenset({"call", "queue"}), frozenset({"call", "van"}), frozenset({"call", "radio"})]
    likeness = Likeness(passages)
    assert likeness.weight(["queue"]) > likeness.weight(["call"])


words = st.frozensets(st.sampled_from("abcdefgh"), max_size=8)


@given(st.lists(words, max_size=6), words, words)
def test_likeness_is_a_share_and_goes_both_ways(
    passages: list[frozenset[str]], one: frozenset[str], other: frozenset[str]
) -> None:
    likeness = Likeness(passages)
    for measure in (likeness.alike, likeness.within):
        assert 0.0 <= measure(one, other) <= 1.0 + 1e-9
        assert abs(measure(one, other) - measure(other, one)) < 1e-9
    assert likeness.within(one, other) >= likeness.alike(one, other) - 1e-9


@given(st.lists(words, max_size=12), words, st.integers(1, 4))
def test_candidates_are_those_that_share_words(
    passages: list[frozenset[str]], stems: frozenset[str], least: int
) -> None:
    gathered = Gathered()
    for place, passage in enumerate(passages):
        gathered.add(place, passage)
    found = gathered.sharing(stems, least)
    assert set(found) == {place for place, passage in enumerate(passages) if len(passage & stems) >= least}
    shares = [len(passages[place] & stems) for place in found]
    assert shares == sorted(shares, reverse=True)
