"""A share of what the sentence named before it: "upheld 41 of them (17%)", "Thirty-eight of 52 (83%)"."""

from __future__ import annotations

import pytest
from tests.checks.made_subjects import check, wrong

from bluelamp.checks.ratio_sentences import check_ratio_sentences
from bluelamp.checks.ratios import check_ratios

pytestmark = pytest.mark.no_database


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        ("We had 212 complaints and upheld 41 of them (17%).", True),
        ("There were 212 complaints, 41 of which (17%) were upheld.", True),
        ("4.2 There were 212 complaints, 41 of which were upheld (17%).", True),
        ("In all 212 were finalised, of which 41 (17%) were upheld.", True),
        ("We had 212 complaints and upheld 41 of them (19%).", False),
        ("There were 212 complaints, 41 of which (19.3%) were upheld.", False),
        ("There were 212 complaints from 241 people, 41 of which (17%) were upheld.", False),
        ("There were 212 complaints in 2023 and 198 in 2024, 41 of which (10%) were upheld.", False),
        ("There were about 212 complaints, 41 of which (17%) were upheld.", False),
        ("There were 212 complaints, 41 of which (17% of all those heard) were upheld.", False),
        ("There were 212 complaints, 41 of which (17% more than last year) were upheld.", False),
        ("There were 212 complaints; 41 of the letters (17%) were late.", False),
    ],
)
def test_a_share_of_them(sentence: str, told: bool) -> None:
    assert bool(wrong(check(check_ratio_sentences, sentence + "\n"))) is told


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        ("Thirty-eight of 52 (83%) were done.", True),
        ("Thirty-eight of the fifty-two (83%) were done.", True),
        ("Thirty-eight of 52 (73%) were done.", False),
        ("At least thirty-eight of 52 (83%) were done.", False),
        ("One of 52 (83%) in the last quarter.", False),
        ("Phase two of 52 (83%) is done.", False),
    ],
)
def test_a_fraction_in_words(sentence: str, told: bool) -> None:
    assert bool(wrong(check(check_ratios, sentence + "\n"))) is told
