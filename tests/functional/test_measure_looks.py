"""Do the pages of measures hold on every screen and on paper, with their maps, and to every rule of axe?"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page
from tests.cli.whole import run
from tests.functional.conftest import SCREENSHOTS, signed_in
from tests.functional.served import Desk, serving
from tests.functional.test_looks import picture, too_wide, violations
from tests.performance.measure_samples import small_areas, street_files

pytestmark = pytest.mark.browser
FORCE = "/measures/street-crime/calder-vale"
PLACES = {
    "measures": "/measures",
    "measure-forces": "/measures/street-crime",
    "measure-force": f"{FORCE}?span=month&by=crime-type&to=2025-06",
    "measure-area": f"{FORCE}/lsoa-code/E01000003?span=month",
    "measure-published": f"{FORCE}?span=month&by=crime-type&published=yes",
    "measure-share": "/measures/street-crime-outcome-rate/moorland?span=month",
    "measure-share-published": "/measures/street-crime-outcome-rate/moorland?span=month&published=yes",
    "measure-load": "",
}


@pytest.fixture(scope="module")
def measures_desk(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A copy of the workspace with records of two forces and boundaries of their areas."""
    from tests.performance.warehouse.warehouse_samples import make_zip

    folder = tmp_path_factory.mktemp("measures")
    workspace = folder / "workspace"
    shutil.copytree(built, workspace)
    archive = make_zip(folder / "2025-06.zip", street_files(rugged=True))
    assert run(workspace, "load", "police-uk", archive).returncode == 0
    (folder / "areas.geojson").write_bytes(small_areas())
    drawn = run(workspace, "load", "boundaries", folder / "areas.geojson", "--level", "small-area")
    assert drawn.returncode == 0, drawn.stderr
    with serving(workspace) as running:
        yield running


@pytest.fixture(scope="module")
def measures_page(browser: Browser, measures_desk: Desk) -> Iterator[Page]:
    with signed_in(browser, measures_desk) as page:
        yield page


def go(page: Page, desk: Desk, name: str) -> None:
    """To the page, waiting where its figures are being counted."""
    if name == "measure-load":
        page.goto(f"{desk.address}/measures")
        page.locator("a[href^='/measures/loads/']").first.click()
    else:
        page.goto(desk.address + PLACES[name])
    page.locator("progress").wait_for(state="detached", timeout=60_000)
    page.wait_for_load_state("networkidle")


def test_every_page_is_accessible_and_fits_its_screen(measures_page: Page, measures_desk: Desk) -> None:
    wrong: dict[str, list[str]] = {}
    for width, suffix in ((1280, "-1280"), (320, "-320")):
        measures_page.set_viewport_size({"width": width, "height": 900})
        for name in PLACES:
            go(measures_page, measures_desk, name)
            if found := [*violations(measures_page), *too_wide(measures_page)]:
                wrong[name + suffix] = found
            picture(measures_page, name + suffix)
    assert wrong == {}


def test_a_map_is_a_picture_that_loads_and_says_what_it_shows(measures_page: Page, measures_desk: Desk) -> None:
    measures_page.set_viewport_size({"width": 1280, "height": 900})
    go(measures_page, measures_desk, "measure-force")
    drawn = measures_page.locator(".map img")
    assert (drawn.get_attribute("alt") or "").startswith("A map of 9 areas")
    assert drawn.evaluate("image => image.naturalWidth") > 100


def test_what_is_shown_is_chosen_without_a_script(browser: Browser, measures_desk: Desk) -> None:
    with signed_in(browser, measures_desk, java_script_enabled=False) as page:
        go(page, measures_desk, "measure-forces")
        page.get_by_label("Each figure covers").select_option("month")
        page.get_by_label("To", exact=True).select_option("2025-05")
        page.get_by_role("button", name="Show").click()
        page.get_by_role("link", name="Calder Vale").click()
        page.get_by_role("heading", name="By small area (LSOA), May 2025").wait_for()


def test_it_prints_without_its_forms(measures_page: Page, measures_desk: Desk) -> None:
    go(measures_page, measures_desk, "measure-force")
    assert measures_page.pdf(path=SCREENSHOTS / "measure-force.pdf", prefer_css_page_size=True).startswith(b"%PDF")
    measures_page.emulate_media(media="print")
    assert not measures_page.get_by_role("button", name="Show").is_visible()
    measures_page.emulate_media(media="null")
