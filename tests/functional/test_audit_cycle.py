"""Can people design an audit, draw it, read it blind by keyboard and without scripts, settle and close it?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.cli.whole import begin
from tests.functional.conftest import signed_in
from tests.functional.served import Desk, ask_no_code, serving
from tests.functional.test_looks import picture, too_wide, violations

pytestmark = pytest.mark.browser

SECOND = "alex.moor"


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    folder = tmp_path_factory.mktemp("audits") / "workspace"
    begin(folder)
    ask_no_code(folder)
    with serving(folder) as desk:
        yield desk


def look(page: Page, name: str) -> None:
    """Accessible, no wider than a small phone, and its pictures taken."""
    page.set_viewport_size({"width": 1280, "height": 900})
    assert violations(page) == [], name
    picture(page, name)
    for width, kind in ((640, "zoomed"), (320, "phone")):
        page.set_viewport_size({"width": width, "height": 640})
        assert too_wide(page) == [], f"{name} at {width}"
        picture(page, f"{name}-{kind}")
    assert violations(page) == [], f"{name} on a phone"
    page.set_viewport_size({"width": 1280, "height": 900})


def design(page: Page, desk: Desk, folder: Path) -> None:
    cases = [f"CV/{number:04},{'North' if number % 3 else 'South'}" for number in range(1, 61)]
    path = folder / "crimes.csv"
    path.write_text("\n".join(["Crime number,Stratum", *cases]) + "\n", encoding="utf-8")
    page.goto(f"{desk.address}/audits")
    look(page, "audits-empty")
    page.get_by_role("link", name="Design a sample audit").click()
    look(page, "audit-design")
    page.get_by_role("button", name="Keep the design").click()
    page.get_by_label("Title").fill("Were the crimes of March recorded?")
    page.get_by_label("What is it to find out?").fill("How many crimes that were told to us did we record?")
    page.get_by_label("When does a case pass?").fill("A crime number stands in the log within a day.")
    page.get_by_label("List of the cases").set_input_files(path)
    page.get_by_label("Margin").fill("25")
    page.get_by_label("Per cent of the cases read a second time").fill("20")
    page.get_by_role("button", name="Keep the design").click()
    expect(page.locator("main .answer")).to_have_text("13 cases of 60 must be read. Nothing is drawn yet.")
    look(page, "audit-designed")


def read_everything(page: Page) -> int:
    """Every case that waits, with the keyboard: the third and every fifth after it fail."""
    read = 0
    while (
        heading := re.match(r"Case (\d+) of", page.locator("main .over").inner_text())
    ) and "/cases/" in page.url:
        number, before = int(heading.group(1)), page.url
        expect(page.get_by_label("Pass", exact=True)).to_be_focused()
        page.keyboard.press("Space" if number % 5 != 3 else "ArrowDown")
        page.keyboard.press("Enter")
        page.wait_for_url(lambda url, before=before: url != before)
        read += 1
    return read


def test_an_audit_from_its_design_to_its_result(browser: Browser, empty: Desk, tmp_path: Path) -> None:
    with signed_in(browser, empty) as page:
        design(page, empty, tmp_path)
        page.get_by_role("link", name="Draw the sample").click()
        look(page, "audit-draw")
        page.get_by_label("Seed").fill("board of 4 May")
        page.get_by_role("button", name="Draw the sample").click()
        expect(page.locator("main .answer")).to_have_text("No case is judged yet.")
        look(page, "audit-drawn")
        address = page.url
        page.get_by_role("link", name="Read the next case").click()
        look(page, "audit-case")
        assert read_everything(page) == 13
        expect(page.locator("main .answer")).to_contain_text(re.compile(r"\d+ of 13 cases passed: "))
        look(page, "audit-read-once")
    with signed_in(browser, empty, person=SECOND) as page:
        page.goto(address)
        page.get_by_role("link", name="Read the next case").click()
        expect(page.locator("main")).to_contain_text("You do not see what they found")
        look(page, "audit-case-blind")
        page.get_by_label("Cannot be told").check()
        page.get_by_label("What you found").fill("The log of that day is at court.")
        page.get_by_role("button", name="Keep it and go on").click()
        assert read_everything(page) == 2
        expect(page.locator("main .notice--attention")).to_contain_text("was read differently by two people")
        look(page, "audit-differs")
        page.locator("main .notice--attention a").click()
        look(page, "audit-settle")
        page.get_by_label("Pass", exact=True).check()
        page.get_by_label("Why?").fill("The log came back from court and shows the number.")
        page.get_by_role("button", name="Settle it").click()
        page.get_by_role("link", name="Close the audit").click()
        look(page, "audit-close")
        page.get_by_label("What the audit found, in words").fill("Most crimes were recorded; the rest came late.")
        page.get_by_role("button", name="Close the audit").click()
        expect(page.locator("main")).to_contain_text("The result stays as it is.")
        look(page, "audit-closed")
        page.get_by_role("link", name="Use it as evidence").click()
        look(page, "audit-evidence")
        page.goto(f"{empty.address}/audits")
        look(page, "audits")


def test_a_peer_review_works_without_scripts(browser: Browser, empty: Desk) -> None:
    with signed_in(browser, empty, java_script_enabled=False) as page:
        page.goto(f"{empty.address}/audits")
        page.get_by_role("link", name="Begin a thematic audit or peer review").click()
        picture(page, "audit-questions-design")
        page.get_by_label("Peer review").check()
        page.get_by_label("Title").fill("Peer review of custody")
        page.get_by_label("What is it to find out?").fill("Does custody do what it promised?")
        page.get_by_label("The questions").fill(
            "Risk | Is each risk written down?\nRisk | Is it looked at again?\nCare | Is water offered?"
        )
        page.get_by_role("button", name="Keep the questions").click()
        page.get_by_role("link", name="Answer the next question").click()
        picture(page, "audit-question")
        for answer in ("Green", "Amber", "Not applicable"):
            page.get_by_label(answer).check()
            page.get_by_role("button", name="Keep it and go on").click()
        expect(page.locator("main .answer")).to_have_text("1 green and 1 amber of 2 answers: 8 of 10 points, 80%.")
        picture(page, "audit-review")
    with signed_in(browser, empty) as page:
        page.goto(f"{empty.address}/audits")
        page.get_by_role("link", name="Peer review of custody").click()
        look(page, "audit-review-read")
