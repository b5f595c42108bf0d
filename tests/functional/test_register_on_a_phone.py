"""Are items seen on a phone's first screen, and can its filters be opened with a key?"""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect
from tests.functional.served import Desk

pytestmark = pytest.mark.browser


def test_the_filters_fold_on_a_phone_and_the_first_item_is_seen(looking: Page, desk: Desk) -> None:
    looking.set_viewport_size({"width": 375, "height": 740})
    looking.goto(f"{desk.address}/register")
    first = looking.locator("tbody th a").first
    box = first.bounding_box()
    assert box
    assert box["y"] + box["height"] < 740
    expect(looking.get_by_label("Force", exact=True)).to_be_hidden()
    looking.get_by_label("Filters").focus()
    looking.keyboard.press("Space")
    expect(looking.get_by_label("Force", exact=True)).to_be_visible()
    facts = [
        each.get_attribute("data-fact")
        for each in looking.locator("tr:has(td.fact)").first.locator("td.fact").all()
    ]
    assert facts == ["Response", "Delivery", "Assurance", "Inspectorate", "Schedule"]


def test_the_filters_stand_open_on_a_wide_screen(looking: Page, desk: Desk) -> None:
    looking.set_viewport_size({"width": 1280, "height": 900})
    looking.goto(f"{desk.address}/register")
    expect(looking.get_by_label("Force", exact=True)).to_be_visible()
    expect(looking.get_by_text("Filters", exact=True)).to_be_hidden()
