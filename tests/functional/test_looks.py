"""Is every page accessible, and as wide as its screen? Pictures of each are taken on the way, to be looked at."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page
from tests.functional.conftest import SCREENSHOTS, signed_in
from tests.functional.places import find_places
from tests.functional.served import Desk, ask_no_code, serving

pytestmark = pytest.mark.browser

LONGEST_PICTURE = 4000


@pytest.fixture(scope="module")
def places(shared_page: Page, desk: Desk) -> dict[str, str]:
    return find_places(shared_page, desk.address)


def picture(page: Page, name: str) -> None:
    height = page.evaluate("document.documentElement.scrollHeight")
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=SCREENSHOTS / f"{name}.png", full_page=height < LONGEST_PICTURE)


def violations(page: Page) -> list[str]:
    found = Axe().run(page).response["violations"]
    return [f"{each['id']}: {node['html'][:160]}" for each in found for node in each["nodes"]]


def too_wide(page: Page) -> list[str]:
    """What makes the page scroll sideways."""
    script = """() => document.documentElement.scrollWidth <= window.innerWidth ? [] :
        [...document.querySelectorAll('body *')]
            .filter(e => e.getBoundingClientRect().right > window.innerWidth + 1 && !e.closest('.scroll, .pane'))
            .slice(0, 5).map(e => e.outerHTML.slice(0, 120)).concat(['the page'])"""
    found: list[str] = page.evaluate(script)
    return found


def test_every_page_is_accessible(looking: Page, desk: Desk, places: dict[str, str]) -> None:
    wrong = {}
    for name, place in places.items():
        looking.set_viewport_size({"width": 1280, "height": 900})
        looking.goto(desk.address + place)
        looking.wait_for_load_state("networkidle")
        if found := violations(looking):
            wrong[name] = found
        picture(looking, name)
    assert wrong == {}


def test_every_page_fits_a_small_phone(looking: Page, desk: Desk, places: dict[str, str]) -> None:
    wrong = {}
    for name, place in places.items():
        looking.set_viewport_size({"width": 320, "height": 640})
        looking.goto(desk.address + place)
        looking.wait_for_load_state("networkidle")
        if found := too_wide(looking):
            wrong[name] = found
        if found := violations(looking):
            wrong[f"{name}, accessibility"] = found
        picture(looking, f"{name}-phone")
    assert wrong == {}


def test_sign_in_and_its_spent_link_are_accessible(browser: Browser, desk: Desk) -> None:
    page = browser.new_page()
    link = desk.link()
    for name, place in (
        ("sign-in", f"{desk.address}/sign-in"),
        ("sign-in-link", link),
        ("sign-in-link-spent", f"{desk.address}/sign-in/nothing"),
    ):
        page.goto(place)
        if name == "sign-in-link-spent":
            page.get_by_role("button", name="Sign in").click()
            page.get_by_role("heading", name="This link no longer works").wait_for()
        assert violations(page) == []
        picture(page, name)
    page.close()


def test_the_first_page_of_an_empty_workspace_says_what_to_do(
    browser: Browser, tmp_path_factory: pytest.TempPathFactory
) -> None:
    from tests.cli.whole import begin

    folder = tmp_path_factory.mktemp("empty") / "workspace"
    begin(folder)
    ask_no_code(folder)
    with serving(folder) as empty, signed_in(browser, empty) as page:
        for name, place in {
            "home": "/",
            "register": "/register",
            "documents": "/documents",
            "forces": "/forces",
        }.items():
            page.goto(empty.address + place)
            assert violations(page) == []
            picture(page, f"{name}-empty")
        page.goto(f"{empty.address}/")
        page.get_by_role("link", name="Add the first document").click()
        page.get_by_role("heading", name="Add a document").wait_for()


def test_pages_print(looking: Page, desk: Desk, places: dict[str, str]) -> None:
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    for name in ("register", "item", "force"):
        looking.set_viewport_size({"width": 1280, "height": 900})
        looking.goto(desk.address + places[name])
        looking.wait_for_load_state("networkidle")
        printed = looking.pdf(path=SCREENSHOTS / f"{name}.pdf", prefer_css_page_size=True)
        assert printed.startswith(b"%PDF")
        looking.emulate_media(media="print")
        assert not looking.get_by_role("navigation", name="Places").is_visible()
        looking.emulate_media(media="null")


def test_pages_hold_in_forced_colours_and_when_zoomed(
    browser: Browser, desk: Desk, places: dict[str, str]
) -> None:
    with signed_in(browser, desk, forced_colors="active", color_scheme="dark") as page:
        for name in ("register", "item", "review", "force"):
            page.goto(desk.address + places[name])
            page.wait_for_load_state("networkidle")
            picture(page, f"{name}-forced-colours")
    # 400% zoom of a screen 1,280 wide is a viewport of 320 at four device pixels each; 200% is 640 at two.
    with signed_in(browser, desk, viewport={"width": 640, "height": 450}, device_scale_factor=2) as page:
        for name in ("register", "item", "review", "force"):
            page.goto(desk.address + places[name])
            page.wait_for_load_state("networkidle")
            assert too_wide(page) == []
            picture(page, f"{name}-zoomed")


def test_on_paper_rows_stay_whole_and_a_picture_follows_its_heading(looking: Page, desk: Desk) -> None:
    def style(selector: str, name: str) -> str:
        found: str = looking.locator(selector).first.evaluate("(e, name) => getComputedStyle(e)[name]", name)
        return found

    looking.set_viewport_size({"width": 700, "height": 900})
    looking.emulate_media(media="print")
    try:
        looking.goto(f"{desk.address}/forces/CVP")
        assert style("tbody tr", "breakInside") == "avoid"
        assert style("section.inspection", "breakInside") == "avoid"
        looking.goto(f"{desk.address}/documents")
        looking.locator("main table a[href$=review]").first.click()
        looking.goto(looking.url.split("?")[0] + "?page=2")
        assert style(".picture", "breakBefore") == "avoid"
        assert (
            float(style(".picture", "maxHeight").removesuffix("px")) < 257 / 25.4 * 96
        )  # a sheet within its margins
        assert not looking.locator("#failure").is_visible()
    finally:
        looking.emulate_media(media="screen")
