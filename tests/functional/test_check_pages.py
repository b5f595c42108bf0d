"""Is a paper checked, answered for and taken away with notes in a browser, without script and on a phone?"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from pathlib import Path

import docx
import pytest
from playwright.sync_api import Browser, Page, expect
from tests.cli.whole import begin, run
from tests.functional.conftest import signed_in
from tests.functional.served import Desk, ask_no_code, serving
from tests.functional.test_looks import picture, too_wide, violations
from tests.intake.paper_samples import RIGHT, paper_docx, paper_pdf, paper_text

pytestmark = pytest.mark.browser
WRONG = RIGHT + 3
WIDTHS = ((1280, ""), (320, "-phone"), (640, "-200"))


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A desk that holds a paper in PDF of four tables, its Word file, and a text that corrects it."""
    workspace = tmp_path_factory.mktemp("checks") / "workspace"
    workspace.mkdir()
    begin(workspace)
    ask_no_code(workspace)
    papers = {
        "patrols.pdf": paper_pdf(WRONG, tables=4),
        "patrols.docx": paper_docx(WRONG),
        "patrols-again.md": paper_text(RIGHT),
    }
    for name, data in papers.items():
        path = workspace.parent / name
        path.write_bytes(data)
        assert run(workspace, "ingest", path).returncode == 0
    with serving(workspace) as running:
        yield running


def look(page: Page, name: str) -> None:
    """Accessible, no wider than its screen: at a desk, on a phone, with everything twice as large, in print."""
    for width, suffix in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        assert too_wide(page) == [], (name, width)
        assert violations(page) == [], (name, width)
        picture(page, f"{name}{suffix}")
    page.set_viewport_size({"width": 1280, "height": 900})
    page.emulate_media(media="print")
    picture(page, f"{name}-print")
    page.emulate_media(media="screen")


def find_paper(page: Page, office: Desk, file_name: str) -> str:
    """The address of the paper whose file has this name."""
    page.goto(f"{office.address}/documents")
    for link in page.locator("th.words-cell a").all():
        address = str(link.get_attribute("href"))
        answer = page.request.get(office.address + address)
        if file_name in answer.text():
            return office.address + address
    raise AssertionError(f"{file_name} is not held")


def test_a_pdf_is_checked_and_its_findings_stand_beside_the_page(browser: Browser, office: Desk) -> None:
    with signed_in(browser, office) as page:
        page.goto(find_paper(page, office, "patrols.pdf"))
        page.get_by_role("link", name="Check this paper").click()
        look(page, "check-before")
        page.get_by_role("button", name="Check this paper").click()
        expect(page.get_by_role("heading", name="What was found")).to_be_visible(timeout=30_000)
        expect(page.locator("#answer")).to_contain_text("4 cannot be true")
        page.locator("svg.picture image").wait_for()
        look(page, "check-pdf")
        page.locator("ol.proposals > li a").first.click()
        expect(page.locator("li.chosen")).to_have_count(1)
        expect(page.locator("svg.picture .box-here").first).to_be_visible()
        look(page, "check-pdf-chosen")
        with page.expect_download() as kept:
            page.get_by_role("link", name="The paper with highlights").click()
        assert b"/Highlight" in Path(kept.value.path()).read_bytes()
        with page.expect_download() as kept:
            page.get_by_role("link", name="Certificate as PDF").click()
        assert Path(kept.value.path()).read_bytes().startswith(b"%PDF")


def test_without_script_a_paper_is_checked_answered_and_remembered(browser: Browser, office: Desk) -> None:
    with signed_in(browser, office, java_script_enabled=False) as page:
        first = find_paper(page, office, "patrols.docx")
        page.goto(f"{first}/check")
        page.get_by_role("button", name="Check this paper").click()
        expect(page.get_by_role("heading", name="What was found")).to_be_visible(timeout=30_000)
        with page.expect_download() as kept:
            page.get_by_role("link", name="The paper with comments").click()
        comments = docx.Document(io.BytesIO(Path(kept.value.path()).read_bytes())).comments
        assert any(f"sum to {RIGHT}" in each.text for each in comments)
        page.get_by_role("link", name="Both places, and answer it").first.click()
        page.get_by_label("It is fixed").check()
        page.get_by_role("button", name="Keep this answer").click()
        expect(page.get_by_text("Said to be fixed by").first).to_be_visible()

        second = find_paper(page, office, "patrols-again.md")
        page.goto(f"{second}/check/version")
        page.get_by_label(re.compile("patrols.docx")).check()
        page.get_by_role("button", name="Keep this").click()
        page.get_by_role("button", name="Check this paper").click()
        expect(page.get_by_role("heading", name="Gone since the version before")).to_be_visible(timeout=30_000)
        expect(page.get_by_text("it is gone")).to_be_visible()


def test_what_is_filled_in_looks_as_it_should(browser: Browser, office: Desk) -> None:
    with signed_in(browser, office) as page:
        paper = find_paper(page, office, "patrols.docx")
        page.goto(f"{paper}/check/with")
        look(page, "check-with")
        page.get_by_label(re.compile("patrols-again.md")).check()
        page.get_by_role("button", name="Check them together").click()
        expect(page.get_by_text("together with")).to_be_visible(timeout=30_000)
        look(page, "check-together")
        page.goto(f"{paper}/check/version")
        look(page, "check-version")
        page.goto(f"{paper}/check")
        page.get_by_role("link", name=re.compile("Both places")).first.click()
        look(page, "check-finding")
        page.goto(f"{paper}/check?verdict=consistent")
        look(page, "check-agrees")
