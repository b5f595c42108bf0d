"""Are there as many as the sentence says?"""

from __future__ import annotations

import pytest
from tests.checks.claim_papers import read_paper

from bluelamp.checks.cross_counts import check_counts
from bluelamp.checks.model import Verdict

pytestmark = pytest.mark.no_database


def check(*texts: str) -> list[Verdict]:
    papers = [read_paper(f"# Tarnside review {n}\n\n{text}\n", f"{n}.md") for n, text in enumerate(texts)]
    return [result.verdict for result in check_counts(papers)]


def items(count: int) -> str:
    return (
        "\n\n" + "\n".join(f"- Point {'abcdefghijkl'[n]} of the matter" for n in range(count)) + "\n\nThe end.\n"
    )


@pytest.mark.parametrize(
    ("head", "count", "verdict"),
    [
        ("The review made four recommendations:", 4, Verdict.CONSISTENT),
        ("The review made four recommendations:", 3, Verdict.CONTRADICTION),
        ("The plan has 5 priorities, which are:", 6, Verdict.CONTRADICTION),
        ("The board agreed three key themes for the year:", 3, Verdict.CONSISTENT),
        ("Six objectives were set for the project, including:", 4, Verdict.CONSISTENT),
        ("Three objectives were set for the project, including:", 4, Verdict.SUSPECT),
    ],
)
def test_a_list_below(head: str, count: int, verdict: Verdict) -> None:
    assert check(head + items(count)) == [verdict]


@pytest.mark.parametrize(
    "head",
    [
        "Two of the four recommendations:",
        "The plan has four priorities, designed to deliver:",
        "The reasons are these:",
        "Four recommendations were made in 2019.",
    ],
)
def test_what_counts_no_list(head: str) -> None:
    assert Verdict.CONTRADICTION not in check(head + items(3))


def numbered(count: int) -> str:
    return "".join(f"## Recommendation {n}\n\nDo the {n}th thing.\n\n" for n in range(1, count + 1))


def test_recommendations_of_the_report_and_of_its_notice() -> None:
    report = "We make three recommendations in this report.\n\n" + numbered(3)
    assert check(report) == [Verdict.CONSISTENT]
    found = check(report, "The inspectors made four recommendations to the force.")
    assert sorted(found) == [Verdict.CONSISTENT, Verdict.SUSPECT]


@pytest.mark.parametrize("piece", ["five recommendations ", "two areas, ", "four "])
def test_a_megabyte_does_not_hang(piece: str) -> None:
    assert check(piece * (1_000_000 // len(piece)) + ":") is not None
