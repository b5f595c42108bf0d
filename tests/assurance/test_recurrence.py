"""An old point in new words is found; the same words about another matter are not."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.assurance.recurrence_measures import measure_golden

from bluelamp.assurance.recurrence import (
    NEAR,
    SAME,
    Reading,
    compare,
    compare_passages,
    find_agreements,
    mark_words,
    read_finding,
)
from bluelamp.assurance.recurrence_index import PointIndex


def likeness(one: str, other: str) -> float:
    found = compare(read_finding([one]), read_finding([other]), here_texts=[one], there_texts=[other])
    return found.score if found else 0.0


# What was measured when the words and weights were last changed, a little rounded down: a change that loses more
# than this has lost something. docs/decisions has the figures.
@pytest.mark.parametrize(
    ("name", "precision", "recall"), [("seen", 0.85, 0.90), ("seen_later", 0.95, 0.60), ("held_out", 0.90, 0.80)]
)
def test_invented_points_are_found_and_kept_apart(name: str, precision: float, recall: float) -> None:
    measure = measure_golden(name, SAME)
    assert measure.precision >= precision, str(measure)
    assert measure.recall >= recall, str(measure)


def test_the_same_meaning_in_other_words_is_the_same_point() -> None:
    one = "Neighbourhood officers are regularly redeployed to response duties."
    assert likeness(one, "SNTs are too often taken away from their beats.") >= SAME
    assert likeness(one, "Neighbourhood officers have too few vehicles.") < NEAR


def test_a_whole_is_most_like_itself_and_likeness_goes_both_ways() -> None:
    one, other = "Crime recording is poor.", "NCRS compliance is not audited."
    assert likeness(one, one) >= likeness(one, other) == likeness(other, one)


def test_a_theme_taken_away_no_longer_makes_a_point() -> None:
    text = "Crime recording is poor."
    without = read_finding([text], removed=["crime-recording"])
    assert (
        compare(without, read_finding([text.replace("poor", "bad")]), here_texts=[text], there_texts=["x"]) is None
    )


def test_an_accepted_theme_counts_where_only_the_explanation_shows_it() -> None:
    texts = ["The force should improve.", "Some staff said that wellbeing matters."]
    assert "wellbeing" not in read_finding(texts).themes
    assert "wellbeing" in read_finding(texts, accepted=["wellbeing"]).themes


def test_a_sentence_without_a_theme_is_the_same_only_word_for_word() -> None:
    one = "The mounted section lacks suitable stabling and saddlery for its six horses."
    assert likeness(one, one.replace("six", "seven")) == 1.0
    assert likeness(one, "The six horses of the mounted section are suitable.") == 0.0


def test_the_agreeing_words_are_marked_and_paired() -> None:
    here, there = "DV cases are risk assessed late.", "Domestic abuse risk assessments wait for weeks."
    found = compare(read_finding([here]), read_finding([there]), here_texts=[here], there_texts=[there])
    assert found is not None
    assert found.theme == "domestic-abuse-risk"
    marked = [here[start:end] for start, end in mark_words(here, found.here, found.senses)]
    assert {"DV", "risk assessed"} <= set(marked)
    evaluated = "Plans to solve problems are seldom assessed."
    (passage,) = read_finding([evaluated]).passages
    spans = mark_words(evaluated, passage, [], theme="evaluating-what-works")
    assert [evaluated[start:end] for start, end in spans] == ["solve problems", "assessed"], "what shows the theme"
    assert ("DV", "Domestic abuse") in find_agreements(here, found.here, there, found.there)


SAID = """crime recording DV domestic abuse risk assessed SNTs taken away beats not the force victims repeat
evaluated problem-solving plans partners share information calls answered late supervisors record appraisal"""
WORDS = st.sampled_from(SAID.split())
SENTENCES = st.lists(WORDS, min_size=1, max_size=9).map(lambda words: " ".join(words).capitalize() + ".")
TEXTS = st.lists(SENTENCES, min_size=1, max_size=3).map(lambda said: [said[0], " ".join(said[1:])])


@settings(deadline=None, max_examples=60)
@given(TEXTS, st.lists(TEXTS, max_size=6))
def test_the_index_scores_as_the_slow_comparison_of_each_pair(asked: list[str], pool: list[list[str]]) -> None:
    reading = read_finding(asked)
    readings = [read_finding(texts) for texts in pool]
    found = dict(PointIndex(enumerate(readings)).find(reading, at_least=0.01, at_most=100))
    for number, other in enumerate(readings):
        slow = max(
            (compare_passages(a, b) for a in reading.passages for b in other.passages),
            default=0.0,
        )
        if slow > 0.011:
            assert found[number] == pytest.approx(max(slow, 1.0 if found[number] == 1 else slow), abs=1e-4)
        if found.get(number, 0) not in (0, 1.0):
            assert found[number] == pytest.approx(slow, abs=1e-4)


@settings(deadline=None, max_examples=40)
@given(TEXTS, TEXTS)
def test_whatever_compares_the_index_brings_up(asked: list[str], other: list[str]) -> None:
    one, two = read_finding(asked), read_finding(other)
    found = compare(one, two, here_texts=asked, there_texts=other)
    ranked = PointIndex([("it", two)]).find(one, at_least=NEAR, at_most=1)
    if found and found.score >= NEAR + 0.001:
        assert ranked


def test_an_empty_index_and_an_empty_reading_find_nothing() -> None:
    reading = read_finding(["Crime recording is poor."])
    assert PointIndex[int]([]).find(reading, at_least=0.1, at_most=5) == []
    assert PointIndex([(1, reading)]).find(Reading((), ()), at_least=0.1, at_most=5) == []


def test_the_best_come_first_and_no_more_than_asked() -> None:
    pool = ["Crime recording is poor.", "Beats are abstracted.", "Crime recording is not audited."]
    index = PointIndex((text, read_finding([text])) for text in pool)
    found = index.find(read_finding(["Crime recording is poor."]), at_least=0.1, at_most=1)
    assert [key for key, _ in found] == [pool[0]]
