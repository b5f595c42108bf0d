"""Is one figure that two tables print differently found, and only where it is one figure?"""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.checks.claim_papers import read_paper

from bluelamp.checks.cross_figures import check_figures
from bluelamp.checks.model import Result, Verdict

pytestmark = pytest.mark.no_database


def table(title: str, *rows: str, heads: str = "| Measure | 2019/20 | 2020/21 | 2021/22 |") -> str:
    line = "|" + "---|" * heads.count("|")
    return f"## {title}\n\n{heads}\n{line[:-4]}\n" + "\n".join(rows) + "\n\n"


def check(*texts: str) -> list[Result]:
    papers = [read_paper(f"# Wraymoor Police report {n}\n\n{text}", f"{n}.md") for n, text in enumerate(texts)]
    return list(check_figures(papers))


ONE = "| Residential burglary | 1,410 | 1,380 | 1,295 |"
OTHER = "| Residential burglary | 1,410 | 1,380 | 1,259 |"


def verdicts(results: list[Result]) -> list[Verdict]:
    return [result.verdict for result in results]


def test_two_tables_of_one_paper() -> None:
    results = check(table("Acquisitive crime", ONE) + table("Summary of the year", OTHER))
    assert verdicts(results).count(Verdict.CONTRADICTION) == 1
    (wrong,) = (r for r in results if r.verdict is Verdict.CONTRADICTION)
    assert "1,295" in wrong.message
    assert "1,259" in wrong.message
    assert "31 March 2022" in wrong.message
    assert len(wrong.printed) == 2


def test_two_documents_of_the_same_quarter() -> None:
    assert Verdict.CONTRADICTION in verdicts(
        check(table("Acquisitive crime", ONE), table("Acquisitive crime", OTHER))
    )


@pytest.mark.parametrize(
    "other",
    [
        table("Acquisitive crime (revised)", OTHER),
        table("Acquisitive crime", "| Residential burglary | 1,410 | 1,380 | 1,259p |"),
        table("Acquisitive crime", OTHER) + "Figures were restated after an audit.\n",
        table(
            "Acquisitive crime",
            "| Residential burglary | 1,380 | 1,259 | 1,301 |",
            heads="| Measure | 2020/21 | 2021/22 | 2022/23 |",
        ),
    ],
    ids=["revised", "provisional", "restated", "later"],
)
def test_what_may_have_been_revised_is_a_doubt(other: str) -> None:
    found = set(verdicts(check(table("Acquisitive crime", ONE), other)))
    assert Verdict.CONTRADICTION not in found
    assert Verdict.SUSPECT in found


@pytest.mark.parametrize(
    "other",
    [
        table("Acquisitive crime", "| Commercial burglary | 410 | 380 | 295 |"),
        table("Arrests by offence", "| Residential burglary | 141 | 138 | 125 |"),
        table("Acquisitive crime", "| Residential burglary | 4.1% | 3.8% | 2.9% |"),
        table("Acquisitive crime", "| Residential burglary | 1,410 | 1,380 | 1,295 |"),
        table("Acquisitive crime", "| Residential burglary | 888 | 395 | 411 |"),
        table(
            "Acquisitive crime",
            "| Residential burglary | 1,100 | 1,200 | 1,300 |",
            heads="| Measure | 2016/17 | 2017/18 | 2018/19 |",
        ),
    ],
    ids=["another row", "another matter", "another unit", "the same", "all others", "other years"],
)
def test_what_is_no_contradiction(other: str) -> None:
    assert not {Verdict.CONTRADICTION, Verdict.SUSPECT} & set(
        verdicts(check(table("Acquisitive crime", ONE) + other))
    )


@settings(max_examples=40, deadline=None)
@given(st.lists(st.decimals(1, 99, places=3), min_size=3, max_size=3), st.integers(0, 2), st.integers(0, 2))
def test_one_figure_in_two_precisions_agrees(values: list[object], one: int, other: int) -> None:
    rows = [
        "| Share seen in time | " + " | ".join(f"{value:.{places}f}%" for value in values) + " |"
        for places in (one, other)
    ]
    found = verdicts(check(table("Timeliness of visits", rows[0]) + table("Timeliness of visits", rows[1])))
    assert Verdict.CONTRADICTION not in found
