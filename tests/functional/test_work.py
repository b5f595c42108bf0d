"""Can a person do the main job: add, review by keyboard, read, filter, with scripts and without?"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.functional.conftest import signed_in
from tests.functional.served import Desk

pytestmark = pytest.mark.browser

REPORT = b"""Calder Vale Police

An inspection by a body that does not exist

Areas for improvement

The force should count its bicycles each spring.
"""


def open_review(page: Page, desk: Desk) -> None:
    page.goto(f"{desk.address}/")
    page.get_by_role("link", name=re.compile("^Review ")).first.click()
    page.get_by_role("heading", name="Review what was read").wait_for()


def left(page: Page) -> int:
    said = page.locator("#review .answer").inner_text()
    found = re.match(r"([\d,]+) of", said)
    return int(found.group(1).replace(",", "")) if found else 0


def test_review_by_keyboard_alone(browser: Browser, own_desk: Desk) -> None:
    with signed_in(browser, own_desk) as page:
        open_review(page, own_desk)
        before = left(page)
        # Shift and A: everything about the document, so that its items can be numbered.
        page.keyboard.press("Shift+A")
        expect(page.locator("#messages")).to_contain_text("were accepted")
        accepted_details = before - left(page)
        assert accepted_details >= 4
        page.goto(page.url.split("?")[0] + "?page=2")
        first = page.locator("[data-proposals] > li.chosen h3").inner_text()
        page.keyboard.press("j")
        expect(page.locator("[data-proposals] > li.chosen h3")).not_to_have_text(first)
        expect(page.locator("[data-proposals] > li.chosen")).to_be_focused()
        page.keyboard.press("k")
        expect(page.locator("[data-proposals] > li.chosen h3")).to_have_text(first)
        here = left(page)
        page.keyboard.press("a")
        expect(page.locator("#review .answer")).to_contain_text(f"{here - 1} of")
        expect(page.locator("#messages")).to_contain_text("Accepted: ")
        page.wait_for_timeout(1000)  # a person looks before the next key; the list settles meanwhile
        page.keyboard.press("x")
        expect(page.locator("input[name=reason]:focus")).to_be_visible()
        page.keyboard.type("Said of another force.")
        page.keyboard.press("Enter")
        expect(page.locator("#review .answer")).to_contain_text(f"{here - 2} of")
        expect(page.get_by_text("Reason: Said of another force.")).to_be_visible()
        page.keyboard.press("e")
        page.get_by_role("heading", name="Correct what was read").wait_for()


def test_the_keys_can_be_switched_off_and_stay_off(browser: Browser, own_desk: Desk) -> None:
    with signed_in(browser, own_desk) as page:
        open_review(page, own_desk)
        before = left(page)
        page.get_by_label("Use these keys").uncheck()
        page.keyboard.press("a")
        page.keyboard.press("Shift+A")
        page.reload()
        assert not page.get_by_label("Use these keys").is_checked()
        page.keyboard.press("a")
        page.wait_for_timeout(300)
        assert left(page) == before
        page.get_by_label("Use these keys").check()


def test_letters_typed_into_a_field_are_only_letters(browser: Browser, own_desk: Desk) -> None:
    with signed_in(browser, own_desk) as page:
        open_review(page, own_desk)
        before = left(page)
        page.get_by_label("Search words or a reference").fill("")
        page.get_by_label("Search words or a reference").press_sequentially("jakexA")
        assert page.get_by_label("Search words or a reference").input_value() == "jakexA"
        page.reload()
        assert left(page) == before


def test_the_whole_job_without_scripts(browser: Browser, own_desk: Desk, tmp_path: Path) -> None:
    report = tmp_path / "a report.txt"
    report.write_bytes(REPORT)
    with signed_in(browser, own_desk, java_script_enabled=False) as page:
        page.goto(f"{own_desk.address}/documents/add")
        page.get_by_label("File").set_input_files(report)
        page.get_by_label("Which force is it about?").select_option("CVP")
        page.get_by_role("button", name="Add and read it").click()
        for _ in range(40):
            if page.get_by_role("link", name="Review what was read").count():
                break
            page.wait_for_timeout(500)
            page.reload()
        page.get_by_role("link", name="Review what was read").click()
        page.get_by_role("heading", name="Review what was read").wait_for()
        before = left(page)
        assert before
        page.get_by_role("button", name=re.compile("^Accept ")).first.click()
        assert left(page) == before - 1
        page.get_by_text("Reject", exact=False).locator("visible=true").first.click()
        page.get_by_label("Why is it not so?").first.fill("Not about this force.")
        page.get_by_role("button", name="Reject it").first.click()
        assert left(page) == before - 2
        page.goto(f"{own_desk.address}/register")
        page.get_by_label("Kind", exact=True).select_option("area_for_improvement")
        page.get_by_role("button", name="Show").click()
        assert "kind=area_for_improvement" in page.url
        page.get_by_role("row").nth(1).get_by_role("link").click()
        expect(page.locator("mark.here").first).to_be_visible()


def test_the_register_filters_in_place_and_can_be_gone_back_to(looking: Page, desk: Desk) -> None:
    looking.set_viewport_size({"width": 1280, "height": 900})
    looking.goto(f"{desk.address}/register")
    everything = looking.locator("#register .answer").inner_text()
    looking.get_by_label("Kind", exact=True).focus()
    looking.get_by_label("Kind", exact=True).select_option("judgement")
    expect(looking).to_have_url(f"{desk.address}/register?kind=judgement&sort=reference")
    expect(looking.locator("#register .answer")).not_to_have_text(everything)
    expect(looking.get_by_label("Kind", exact=True)).to_be_focused()
    looking.go_back()
    expect(looking.locator("#register .answer")).to_have_text(everything)


def test_an_item_is_one_click_from_its_highlighted_words(looking: Page, desk: Desk) -> None:
    looking.goto(f"{desk.address}/register?kind=area_for_improvement")
    looking.get_by_role("row").nth(1).get_by_role("link").click()
    mark = looking.locator("mark.here").first
    expect(mark).to_be_in_viewport()
    looking.get_by_role("link", name=re.compile("open the (page|document)")).first.click()
    expect(looking.locator("mark.here").first).to_be_in_viewport()


def test_a_page_of_a_pdf_is_drawn_with_the_words_boxed(looking: Page, desk: Desk) -> None:
    open_review(looking, desk)
    looking.goto(looking.url.split("?")[0] + "?page=2")
    looking.wait_for_load_state("networkidle")
    assert looking.locator(".box-here").count() >= 1
    drawn = looking.evaluate(
        """async () => { const url = document.querySelector('.picture image').getAttribute('href');
        const answer = await fetch(url); return [answer.status, answer.headers.get('content-type')]; }"""
    )
    assert drawn == [200, "image/png"]
    looking.get_by_role("link", name="Show the page as text").click()
    expect(looking.locator("mark.here").first).to_be_visible()


def test_a_keyboard_reaches_the_words_past_the_navigation(looking: Page, desk: Desk) -> None:
    looking.goto(f"{desk.address}/register")
    looking.keyboard.press("Tab")
    expect(looking.get_by_role("link", name="Skip to main content")).to_be_focused()
    looking.keyboard.press("Enter")
    expect(looking.locator("#main")).to_be_focused()


def test_signing_out(browser: Browser, desk: Desk) -> None:
    with signed_in(browser, desk) as page:
        page.get_by_role("button", name="Sign out").click()
        expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
        page.goto(f"{desk.address}/register")
        expect(page.get_by_role("heading", name="Sign in")).to_be_visible()


def test_progress_is_shown_without_reloading(browser: Browser, own_desk: Desk, tmp_path: Path) -> None:
    report = tmp_path / "a report.txt"
    report.write_bytes(REPORT)
    with signed_in(browser, own_desk) as page:
        page.get_by_role("link", name="Add a document").click()
        page.get_by_label("File").set_input_files(report)
        page.get_by_role("button", name="Add and read it").click()
        page.get_by_role("heading", name="The document has been read").wait_for(timeout=30_000)
        page.get_by_role("link", name="See the document").click()
        expect(page.get_by_text("a report.txt").first).to_be_visible()
