"""Does a certificate count what was checked, list what was not, and never say that a paper is right?"""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.checks.check_samples import read, result

from bluelamp.checks.certificate import MOST_LISTED, Certified, CheckedDocument, make_certificate
from bluelamp.checks.model import Check, Result, Verdict
from bluelamp.checks.saying_checks import FAMILY_WORDS, RULE_WORDS, VERDICT_WORDS, say_counts, say_rule
from bluelamp.papers.model import GroupRow, Number, Paper, Table
from bluelamp.papers.rendering import render

pytestmark = pytest.mark.no_database
DOCUMENT = read()


def certify(results: tuple[Result, ...], answers: dict[str, str] | None = None) -> Paper:
    what = Certified(
        title="Patrols",
        documents=(CheckedDocument(name="pack.md", sha256=DOCUMENT.sha256),),
        results=results,
        answers=answers or {},
        checked_on=dt.date(2026, 3, 2),
        checker_version=7,
    )
    return make_certificate(what)


def html(paper: Paper) -> str:
    return render(paper, "html").data.decode()


RESULTS = st.lists(
    st.builds(
        lambda verdict, check, rule: result(DOCUMENT, verdict=verdict, check=check, rule=rule),
        st.sampled_from(Verdict),
        st.sampled_from(Check),
        st.sampled_from(["total-down", "made-up", "weekday"]),
    ),
    max_size=12,
)


@given(results=RESULTS)
def test_the_table_counts_each_result_once(results: list[Result]) -> None:
    """The twin counts by going through all results for each cell."""
    (table,) = (b for s in certify(tuple(results)).sections for b in s.blocks if isinstance(b, Table))
    family = None
    counted = 0
    for row in table.rows:
        if isinstance(row, GroupRow):
            family = next(check for check, words in FAMILY_WORDS.items() if words == row.words)
            continue
        name, *cells = row
        for verdict, cell in zip(Verdict, cells, strict=True):
            assert isinstance(cell, Number)
            slow = [
                r for r in results if r.verdict is verdict and r.check is family
                and say_rule(r.rule).lower() == str(name).lower()
            ]  # fmt: skip
            assert cell.value == len(slow)
            counted += len(slow)
    assert counted == len(results)


def test_findings_stand_with_their_answers_and_the_unchecked_with_their_reasons() -> None:
    wrong = result(DOCUMENT, message="The total is 97; the rows sum to 94.")
    doubtful = result(DOCUMENT, 1, verdict=Verdict.SUSPECT, message="A figure may have been copied.")
    left = result(DOCUMENT, 2, verdict=Verdict.UNCHECKED, message="“six” is no figure.")
    page = html(certify((wrong, doubtful, left, left), {wrong.key: "Explained by Ada on 2 March 2026: shared."}))
    assert "Cannot be true: The total is 97; the rows sum to 94." in page
    assert "Explained by Ada on 2 March 2026: shared." in page
    assert page.count("Nobody has answered this yet.") == 1
    assert "“six” is no figure. (2 times)" in page
    assert "1 of the 2 findings has an answer." in page


@pytest.mark.parametrize("results", [(), (result(DOCUMENT, verdict=Verdict.CONSISTENT),)])
def test_it_never_says_that_there_is_no_error(results: tuple[Result, ...]) -> None:
    page = html(certify(results)).lower()
    for words in ("no error", "is correct", "error-free", "accurate", "verified"):
        assert words not in page
    assert "may be wrong together" in page


def test_long_lists_say_what_they_leave_out() -> None:
    many = tuple(result(DOCUMENT, message=f"Finding {n}.") for n in range(MOST_LISTED + 3))
    assert "3 more are not listed here." in html(certify(many))


def test_every_family_and_verdict_has_words() -> None:
    assert set(FAMILY_WORDS) == set(Check)
    assert set(VERDICT_WORDS) == set(Verdict)
    assert all(words and words == words.strip() for words in RULE_WORDS.values())


def test_counts_are_a_sentence() -> None:
    counts = {"contradiction": 3, "suspect": 5, "consistent": 206, "unchecked": 31}
    assert say_counts(counts) == (
        "Checked 214 figures and dates: 3 cannot be true, 5 are doubtful, 206 agree; 31 could not be checked."
    )
    assert say_counts({"suspect": 1}).startswith(
        "Checked 1 figure or date: 0 cannot be true, 1 is doubtful, 0 agree"
    )


def test_the_same_certificate_is_the_same_bytes() -> None:
    assert render(certify((result(DOCUMENT),)), "pdf").data == render(certify((result(DOCUMENT),)), "pdf").data
