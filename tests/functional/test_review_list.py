"""Does the chosen proposal stay before the eye, and is a failed request said?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, Route, expect
from tests.cli.whole import run
from tests.functional.conftest import signed_in
from tests.functional.served import Desk

pytestmark = pytest.mark.browser

THINGS = ("bicycles", "lamps", "boats", "horses", "whistles", "radios", "gates", "maps", "keys", "ledgers")
HEAD = """Calder Vale Constabulary

HMIC Inspection Report

Neighbourhood Policing

October 2007

Findings

Neighbourhood Policing

GRADE GOOD

Areas for improvement

"""
REPORT = HEAD + "\n\n".join(
    f"• The force should count its {thing} at station {n} each spring." for n in range(1, 7) for thing in THINGS
)


@pytest.fixture
def long_review(browser: Browser, own_desk: Desk, tmp_path: Path) -> Iterator[Page]:
    """The review of a document without pages and with more proposals than are listed at once."""
    report = tmp_path / "a long report.txt"
    report.write_text(REPORT)
    assert run(own_desk.workspace, "ingest", report).returncode == 0
    with signed_in(browser, own_desk, failing=True) as page:
        page.goto(f"{own_desk.address}/documents")
        page.locator("tr", has_text="a long report.txt").get_by_role("link").last.click()
        page.get_by_role("heading", name="Review what was read").wait_for()
        yield page


def top_of(entry: Locator) -> float:
    box = entry.bounding_box()
    assert box is not None
    return box["y"]


def test_a_proposal_that_is_clicked_stays_where_it_was(long_review: Page) -> None:
    page = long_review
    entries = page.locator("[data-proposals] > li")
    assert entries.count() == 40
    for place in (11, 24, 39, 20):
        entry = entries.nth(place)
        title = entry.locator("h3").inner_text()
        entry.locator("[data-choose]").scroll_into_view_if_needed()
        before = top_of(entry)
        entry.locator("[data-choose]").click()
        chosen = page.locator("[data-proposals] > li.chosen")
        expect(chosen.locator("h3")).to_have_text(title)
        page.wait_for_timeout(400)  # whatever scrolls has scrolled
        expect(chosen.get_by_role("button", name=re.compile("^Accept "))).to_be_in_viewport()
        assert abs(top_of(chosen) - before) < 80, place
        expect(page.locator("mark.here").first).to_be_in_viewport()
        page.reload()
        page.wait_for_timeout(400)
        expect(chosen.locator("h3")).to_be_in_viewport()


@pytest.mark.parametrize("status", [500, 403, 404])
def test_a_page_that_fails_is_shown_as_it_failed(long_review: Page, status: int) -> None:
    page = long_review

    def fail(route: Route) -> None:
        route.fulfill(status=status, content_type="text/html", body="<h1>It failed</h1>")

    page.route(re.compile(r"[?&]at="), fail)
    page.locator("[data-choose]").nth(3).click()
    expect(page.get_by_role("heading", name="It failed")).to_be_visible()


def test_what_could_not_be_sent_is_said_to_have_failed(long_review: Page) -> None:
    page = long_review
    page.route(re.compile(r"/accept$"), lambda route: route.abort())
    button = page.get_by_role("button", name=re.compile("^Accept ")).nth(5)
    button.click()
    expect(page.get_by_role("alert")).to_be_in_viewport()
    expect(page.get_by_role("alert")).to_contain_text("This was not done")
    page.unroute(re.compile(r"/accept$"))
    page.route(re.compile(r"/accept$"), lambda route: route.fulfill(status=403, body="No"))
    button.click()
    expect(page.get_by_role("alert")).to_be_visible()
    page.unroute_all()
    page.locator("[data-choose]").nth(5).click()
    expect(page.get_by_role("alert")).to_be_hidden()
