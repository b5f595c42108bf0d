"""Is an inspection's estimate set beside what the force reports, as a doubt and never as a proof?"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from tests.checks.claim_papers import read_paper

from bluelamp.checks.cross_estimates import check_estimates
from bluelamp.checks.model import Check, PrintedStatistic, Subject, Verdict
from bluelamp.figures.printed import read_printed

pytestmark = pytest.mark.no_database

REPORTED = """# Mossgate Police performance report to March 2021

## Crime recording

| Ref | Measure | 12 months to Mar 2020 | 12 months to Mar 2021 |
|---|---|---|---|
| C1 | Compliance with NCRS | 94.1% | {} |
| C2 | Stops and searches | 4,001 | 4,112 |

"""
SENTENCE = (
    "We estimate that it is recording 88.0 percent (with a confidence interval of +/- 2.5 percent) of crime."
)


def pair(reported: str, subject: str = "reported crime") -> list[Subject]:
    inspection = read_paper(f"# Crime recording inspection 2021/22\n\n{SENTENCE}\n", "inspection.md")
    block = inspection.papers[0].blocks[-1]
    value, half = read_printed("88.0%"), read_printed("2.5%")
    assert value is not None
    statistic = PrintedStatistic(
        subject=subject,
        value=value,
        half_width=half,
        n=None,
        citations=inspection.papers[0].print_of(block).citations,
    )
    return [replace(inspection, statistics=(statistic,)), read_paper(REPORTED.format(reported))]


@pytest.mark.parametrize(
    ("reported", "verdict"),
    [
        ("97.6%", Verdict.SUSPECT),
        ("90.5%", Verdict.CONSISTENT),
        ("85.4%", Verdict.CONSISTENT),
        ("81%", Verdict.SUSPECT),
    ],
)
def test_two_that_are_apart_need_explaining(reported: str, verdict: Verdict) -> None:
    for subjects in (pair(reported), pair(reported)[::-1]):
        (result,) = check_estimates(subjects)
        assert result.verdict is verdict
        assert result.check is Check.CROSS_DOCUMENT
        assert {c.document_sha256 for p in result.printed for c in p.citations} == {
            subject.document.sha256 for subject in subjects
        }


def test_a_part_is_not_compared() -> None:
    (result,) = check_estimates(pair("97.6%", subject="violent offences"))
    assert result.verdict is Verdict.UNCHECKED


def test_another_force_is_not_compared() -> None:
    inspection, reported = pair("97.6%")
    assert not list(check_estimates([replace(inspection, force="XX1"), replace(reported, force="XX2")]))


def test_alone_neither_says_anything() -> None:
    inspection, reported = pair("97.6%")
    assert not list(check_estimates([inspection]))
    assert not list(check_estimates([reported]))


@pytest.mark.shared
def test_the_gold_pair(shared: Path) -> None:
    paths = [next((shared / "seeds").glob(f"{number}*.txt")) for number in ("003", "000")]
    subjects = [read_paper(path.read_text(encoding="utf-8"), path.name) for path in paths]
    doubts = [r for r in check_estimates(subjects) if r.verdict is Verdict.SUSPECT]
    assert len(doubts) == 1
    assert "97.6%" in doubts[0].message
    assert "86.4%" in doubts[0].message
    assert "measure different things" in doubts[0].message
