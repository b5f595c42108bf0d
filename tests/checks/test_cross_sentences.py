"""Two papers of a pack whose sentences print other figures."""

from __future__ import annotations

import pytest
from tests.checks.made_subjects import said, subject_of, table, wrong

from bluelamp.checks.cross_figures import check_figures
from bluelamp.checks.cross_sentences import check_cross_sentences
from bluelamp.checks.model import Verdict

pytestmark = pytest.mark.no_database

REPORT = (
    "# Inspection of Penhallow Fire and Rescue Service\n\n"
    "We make three recommendations and identify six areas for improvement. We spoke with 212 staff.\n\n"
    "Savings of £460k are proposed in the plan. The service received 1,044 complaints in 2023/24.\n"
)


@pytest.mark.parametrize(
    "sentence",
    [
        "The report makes three recommendations and identifies eight areas for improvement.",
        "Inspectors spoke with 221 staff at the stations.",
        "Savings of £640k are proposed in the plan.",
        "The service received 1,404 complaints in the year.",
    ],
)
def test_a_paper_that_says_another_figure(sentence: str) -> None:
    release = subject_of(f"# Inspectors report on Penhallow\n\n{sentence}\n")
    found = said(check_cross_sentences([subject_of(REPORT), release]), Verdict.SUSPECT)
    assert len(found) == 1
    assert len(found[0].printed) == 2


@pytest.mark.parametrize(
    "sentence",
    [
        "The report makes three recommendations and identifies six areas for improvement.",
        "It also identifies two further areas for improvement, of which one is closed.",
        "Inspectors spoke with 212 staff at the stations; the union has 221 members.",
        "Savings of £470k are proposed in the plan.",
        "The service received 1,044 complaints; 1,404 people were asked.",
        "The service received 1,404 complaints in 2019/20.",
        "Around 220 staff were spoken with.",
    ],
)
def test_a_paper_that_says_the_same_or_something_else(sentence: str) -> None:
    release = subject_of(f"# Inspectors report on Penhallow\n\n{sentence}\n")
    assert not wrong(check_cross_sentences([subject_of(REPORT), release]))


def test_papers_of_two_bodies_have_nothing_to_do_with_each_other() -> None:
    other = subject_of(
        "# Inspection of Tolverne Fire and Rescue Service\n\nWe identify eight areas for improvement.\n"
    )
    assert not list(check_cross_sentences([subject_of(REPORT), other]))


def test_a_long_paper_is_read_in_its_length() -> None:
    long = subject_of("# Penhallow\n\n" + "We spoke with 212 staff and identify " * 20_000 + "\n")
    assert not wrong(check_cross_sentences([subject_of(REPORT), long]))


def test_two_tables_that_agree_in_other_rows_count_the_same_things() -> None:
    first = "# Performance, Tarn and Esk, quarter 1 2024/25\n\n" + table(
        "Offence | Q1 2023/24 | Q1 2024/25", "Burglary | 702 | 655", "Robbery | 144 | 151", "Fraud | 410 | 488"
    )
    second = "# Performance, Tarn and Esk, quarter 2 2024/25\n\n" + table(
        "Offence | Q1 2024/25 | Q2 2024/25", "Burglary | 655 | 640", "Robbery | 115 | 149", "Fraud | 488 | 502"
    )
    found = wrong(check_figures([subject_of(first), subject_of(second)]))
    assert len(found) == 1
    assert "Robbery" in found[0].message
