"""How does a file leave a page: saved, never shown as a page of ours?"""

from __future__ import annotations

import pytest
from django.test import RequestFactory

from bluelamp.documents.downloads import paper_style, send_file, send_paper
from bluelamp.papers.model import Rendered

pytestmark = pytest.mark.no_database


def test_a_file_is_saved_under_its_name_and_its_type_is_not_guessed() -> None:
    response = send_paper(Rendered(b"<b>1</b>", "paper.html", "text/html"))
    assert response.content == b"<b>1</b>"
    assert response["Content-Type"] == "text/html"
    assert response["Content-Disposition"] == 'attachment; filename="paper.html"'
    assert response["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    ("name", "header"),
    [
        ('a"b.csv', 'attachment; filename="a\\"b.csv"'),
        ("Übersicht.csv", "attachment; filename*=utf-8''%C3%9Cbersicht.csv"),
        ("", "attachment"),
    ],
)
def test_a_name_cannot_break_out_of_the_header(name: str, header: str) -> None:
    assert send_file(b"", name, "text/csv")["Content-Disposition"] == header


def test_the_looks_of_papers_are_a_stylesheet_that_a_browser_may_keep() -> None:
    response = paper_style(RequestFactory().get("/papers/paper.css"))
    assert response["Content-Type"] == "text/css; charset=utf-8"
    assert response["Cache-Control"] == "private, max-age=3600"
    assert b"{" in response.content
    assert paper_style(RequestFactory().post("/papers/paper.css")).status_code == 405
