"""Does the paper checker still find what is planted, and keep quiet about what only looks wrong?"""

from __future__ import annotations

import random

import pytest
from tests.corpus.made import Case, Draw, another
from tests.corpus.making import make_cases
from tests.corpus.report import PRECISION, RECALL
from tests.corpus.scoring import Score, score
from tests.corpus.writing import FORMS, write

pytestmark = pytest.mark.no_database
PAPERS = 36
PLAIN = ("txt", "md", "html")  # other forms bear the time at which they were written


@pytest.fixture(scope="module")
def cases() -> list[Case]:
    return list(make_cases(PAPERS, seed=41))


@pytest.fixture(scope="module")
def scored(cases: list[Case]) -> Score:
    return score(cases)


def test_planted_faults_are_found(scored: Score) -> None:
    assert scored.planted.total() >= PAPERS
    assert scored.recall >= RECALL, scored.missed


def test_little_else_is_told(scored: Score) -> None:
    assert scored.precision >= PRECISION, [(name, result.message) for name, result in scored.false]


def test_near_misses_outnumber_the_faults(cases: list[Case]) -> None:
    plants = sum(len(case.plants) for case in cases)
    assert sum(len(case.nears) for case in cases) >= 2 * plants


def test_every_format_is_made(cases: list[Case]) -> None:
    assert {file.form for case in cases for file in case.files} == set(FORMS)


def test_the_same_case_is_made_again(cases: list[Case]) -> None:
    again = list(make_cases(12, seed=41))
    assert again == cases[:12]
    texts = [(one.files[0], other.files[0]) for one, other in zip(again, cases, strict=False)]
    plain = [pair for pair in texts if pair[0].form in PLAIN]
    assert plain
    assert [write(one) for one, _ in plain] == [write(other) for _, other in plain]


def test_a_planted_number_is_another() -> None:
    r = random.Random(3)
    for number in [1, 7, 10, 99, 100, 674, 1_000, 90_909] * 40:
        assert another(Draw(r.randrange(10**6)), number) != number
