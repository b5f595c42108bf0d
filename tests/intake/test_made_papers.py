"""Do the papers that are made here pass the checks that others' papers are put to?"""

from __future__ import annotations

import datetime as dt

import pytest
from tests.intake.paper_samples import paper_docx
from tests.performance.report_figures import LOADS, TO, make_figures, make_plan

from bluelamp.intake.made_papers import check_made_paper, contradictions_in
from bluelamp.papers.model import Paper, Rendered
from bluelamp.papers.rendering import render
from bluelamp.performance.reports.assemble import assemble_report
from bluelamp.performance.reports.model import Settings
from bluelamp.performance.reports.paper import make_performance_paper

pytestmark = pytest.mark.no_database


@pytest.fixture(scope="module")
def paper() -> Paper:
    report = assemble_report(make_plan(), make_figures(), Settings(to=TO), loads=LOADS)
    return make_performance_paper(report, as_of=dt.date(2021, 5, 19))


@pytest.mark.parametrize("form", ["docx", "pdf", "html"])
def test_our_own_performance_report_holds_no_contradiction(paper: Paper, form: str) -> None:
    report = check_made_paper(render(paper, form))
    assert [each.message for each in contradictions_in(report)] == []
    assert report.counts["consistent"] > 0


def test_data_are_checked_as_a_page(paper: Paper) -> None:
    assert check_made_paper(paper).results == check_made_paper(render(paper, "html")).results


def test_a_wrong_total_in_a_made_paper_is_found() -> None:
    made = Rendered(paper_docx(97), "patrols.docx", "application/octet-stream")
    (found,) = contradictions_in(check_made_paper(made))
    assert "94" in found.message
