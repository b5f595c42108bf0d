"""Do the pages of indicators hold on every screen and on paper, and does one wait while figures are tested?"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page
from tests.desk.indicator_samples import PLAN
from tests.functional.conftest import ROOT, SCREENSHOTS, signed_in
from tests.functional.served import Desk, serving
from tests.functional.test_looks import picture, too_wide, violations

pytestmark = pytest.mark.browser

FIGURES = """
import sys
from bluelamp.cli.django import open_workspace
open_workspace()
sys.path.insert(0, {root!r})
from bluelamp.documents.models import StoredDocument
from tests.desk.indicator_samples import add_load, add_statistic, whole_load
add_load(whole_load())
add_statistic(StoredDocument.objects.get(file_name="calder-vale-peel-2024.pdf"), period="the year to March 2021")
"""
COUNT, SHARE = f"/indicators/{PLAN}/1A.1", f"/indicators/{PLAN}/2.1"
PLACES = {
    "indicators-figures": "/indicators",
    "indicators-filtered": "/indicators?theme=2&aim=increase",
    "indicator-count": COUNT,
    "indicator-event": f"{COUNT}?event=2020-03-23&name=Restrictions+begin",
    "indicator-doubt": SHARE,
    "indicator-area": f"{COUNT}/areas/north",
    "indicator-pending": f"/indicators/{PLAN}/2.3",
}


@pytest.fixture(scope="module")
def indicators_desk(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A copy of the workspace with a plan, its figures, and an estimate that contradicts one of them."""
    from tests.desk.indicator_samples import write_plan

    workspace = tmp_path_factory.mktemp("indicators") / "workspace"
    shutil.copytree(built, workspace)
    write_plan(workspace / "definitions")
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    environment = {
        **kept,
        "BLUELAMP_WORKSPACE": str(workspace),
        "DJANGO_SETTINGS_MODULE": "bluelamp.config.settings",
    }
    script = FIGURES.format(root=str(ROOT))
    subprocess.run([sys.executable, "-c", script], env=environment, check=True, timeout=60)
    with serving(workspace) as running:
        yield running


@pytest.fixture(scope="module")
def page(browser: Browser, indicators_desk: Desk) -> Iterator[Page]:
    with signed_in(browser, indicators_desk) as signed:
        yield signed


def arrive(page: Page, desk: Desk, place: str) -> None:
    page.goto(desk.address + place)
    page.get_by_text("are new here").wait_for(state="detached", timeout=60_000)
    page.wait_for_load_state("networkidle")


def test_the_first_who_asks_waits_and_then_sees_the_list(page: Page, indicators_desk: Desk) -> None:
    page.goto(f"{indicators_desk.address}/indicators")
    page.get_by_role("link", name="5 indicators").wait_for(timeout=60_000)
    page.get_by_label("Aim").select_option("reduce")
    page.get_by_text("1 of 5").wait_for()
    page.get_by_role("link", name="1A.1").click()
    page.get_by_role("heading", name="Vehicle crime").wait_for()


@pytest.mark.parametrize("width", [1280, 640, 320])
def test_every_page_is_accessible_and_fits(page: Page, indicators_desk: Desk, width: int) -> None:
    wrong = {}
    page.set_viewport_size({"width": width, "height": 900})
    for name, place in PLACES.items():
        arrive(page, indicators_desk, place)
        if found := [*violations(page), *too_wide(page)]:
            wrong[name] = found
        picture(page, f"{name}-{width}")
    assert wrong == {}


def test_every_chart_is_there_and_is_said_in_words(page: Page, indicators_desk: Desk) -> None:
    for place, number in ((COUNT, 2), (PLACES["indicator-event"], 3)):  # its months, and its areas by size
        arrive(page, indicators_desk, place)
        charts = page.locator("figure.chart img")
        assert charts.count() == number
        for chart in charts.all():
            assert chart.evaluate("image => image.complete && image.naturalWidth > 0")
            assert len(chart.get_attribute("alt") or "") > 40


def test_a_figure_opens_its_arithmetic_without_script(browser: Browser, indicators_desk: Desk) -> None:
    with signed_in(browser, indicators_desk, java_script_enabled=False) as plain:
        plain.goto(indicators_desk.address + COUNT)
        plain.get_by_text("Arithmetic of the 12 months to March 2021").click()
        assert plain.get_by_role("cell", name="F49").first.is_visible()


def test_a_page_prints(page: Page, indicators_desk: Desk) -> None:
    page.set_viewport_size({"width": 1280, "height": 900})
    arrive(page, indicators_desk, COUNT)
    assert page.pdf(path=SCREENSHOTS / "indicator.pdf", prefer_css_page_size=True).startswith(b"%PDF")
    page.emulate_media(media="print")
    assert not page.get_by_role("button", name="Show").is_visible()
    assert page.locator("tfoot").first.evaluate("e => getComputedStyle(e).display") == "table-row-group"
    page.emulate_media(media="null")
