"""Does a quarter's report go from draft to release in a browser, and look as it should on every screen?

The analyst's browser runs no script: everything works without.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.cli.whole import begin
from tests.functional.conftest import signed_in
from tests.functional.served import Desk, ask_no_code, serving
from tests.functional.test_looks import picture, too_wide, violations

pytestmark = pytest.mark.browser
ROOT = Path(__file__).resolve().parents[2]
PEOPLE = {"ada": "analyst", "olive": "lpb_officer"}
FILL = """
import datetime as dt
from pathlib import Path
from bluelamp.cli.django import open_workspace
open_workspace()
from bluelamp.ledger.actions import Operator
from bluelamp.organisations.actions import add_owner, add_person
from tests.desk.indicator_samples import add_load, whole_load
now, by = dt.datetime.now(dt.UTC), Operator("test")
for name, role in {people}.items():
    add_person(by=by, now=now, user_name=name, name=name.capitalize(), role=role)
add_owner(by=by, now=now, name="Head of crime", kind="post")
add_load(whole_load())
"""


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A desk with a plan and its figures, an analyst, an officer, and a head of crime without an account."""
    workspace = tmp_path_factory.mktemp("report") / "workspace"
    workspace.mkdir()
    begin(workspace)
    ask_no_code(workspace)
    environment = {**os.environ, "BLUELAMP_WORKSPACE": str(workspace)}
    environment.pop("DATABASE_URL", None)
    environment["DJANGO_SETTINGS_MODULE"] = "bluelamp.config.settings"
    script = (
        "from pathlib import Path; from bluelamp.cli.django import open_workspace; open_workspace();"
        "from tests.desk.indicator_samples import write_plan;"
        f"write_plan(Path({str(workspace / 'definitions')!r}))"
    )
    for each in (script, FILL.format(people=PEOPLE)):
        subprocess.run([sys.executable, "-c", each], env=environment, cwd=ROOT, check=True, timeout=120)
    with serving(workspace) as running:
        yield running


def look(page: Page, name: str) -> None:
    """Accessible, and no wider than its screen: at a desk, on a phone, and with everything twice as large."""
    for width, suffix in ((1280, ""), (320, "-phone"), (640, "-200")):
        page.set_viewport_size({"width": width, "height": 900})
        assert too_wide(page) == [], (name, width)
        picture(page, f"{name}{suffix}")
    page.set_viewport_size({"width": 1280, "height": 900})


def step(page: Page, words: str) -> None:
    """A step by its button, then its page's own button."""
    page.get_by_role("link", name=words, exact=True).click()
    page.get_by_role("button", name=words, exact=True).click()


def test_from_a_draft_to_a_release(browser: Browser, office: Desk) -> None:
    with ExitStack() as stack:
        analyst = stack.enter_context(signed_in(browser, office, person="ada", java_script_enabled=False))
        officer = stack.enter_context(signed_in(browser, office, person="olive"))

        analyst.goto(f"{office.address}/reports")
        analyst.get_by_role("link", name="Begin a report").click()
        analyst.get_by_label("Plan").select_option(label="Calder Vale plan 2018 to 2021")
        analyst.get_by_label("Last month of the period").fill("2021-03")
        analyst.get_by_role("button", name="Begin the report").click()
        said = "1 of 5 indicators is an exception in the quarter to March 2021."
        expect(analyst.get_by_text(said)).to_be_visible()
        report = analyst.url

        analyst.get_by_role("link", name="Ask a contributor").click()
        analyst.get_by_label("Who is asked?").select_option(label="Head of crime")
        analyst.get_by_label("By when?").fill("2027-01-31")
        analyst.get_by_role("button", name="Ask", exact=True).click()
        analyst.get_by_role("button", name="A link Head of crime").click()
        address = analyst.locator("code").inner_text()

        stranger = stack.enter_context(browser.new_context()).new_page()
        stranger.goto(address)
        look_with_axe(stranger, "report-write")
        for name, place in {
            "report-asked": "",
            "report-insight-editing": "/insight/1A.1",
            "report-headlines-editing": "/headlines",
            "report-ask": "/ask",
            "report-renew": "/step/renew-figures",
        }.items():
            officer.goto(report + place)
            look_with_axe(officer, name)
        stranger.get_by_label("What lies behind it?").fill("Cars were taken. This is due to copied keys.")
        stranger.get_by_role("button", name="Send these texts").click()
        expect(stranger.get_by_text("Your text is kept.")).to_be_visible()
        stranger.goto(address)
        expect(stranger.get_by_text("This link opens nothing").first).to_be_visible()

        analyst.goto(report)
        analyst.get_by_role("link", name="Vehicle crime", exact=True).click()
        expect(analyst.get_by_text("1 sentence says why and cites no evidence.")).to_be_visible()
        analyst.get_by_label("Evidence in words").fill("Laboratory note 7 of 2021")
        analyst.get_by_label("Insight", exact=True).fill("Cars were taken. This is due to copied keys [1].")
        analyst.get_by_role("button", name="Keep this text").click()
        expect(analyst.get_by_text("says why and cites no evidence.")).to_have_count(0)

        analyst.goto(f"{report}/headlines")
        analyst.get_by_text("Edit it").first.click()
        analyst.locator("[name=words]").first.fill("Vehicle crime fell over the year.")
        analyst.get_by_role("button", name="Keep the headline").first.click()
        expect(analyst.get_by_text("“fell” disagrees with the figures").first).to_be_visible()
        analyst.locator("[name=words]").first.fill("Vehicle crime rose over the year.")
        analyst.get_by_role("button", name="Keep the headline").first.click()
        expect(analyst.get_by_text("“fell” disagrees with the figures")).to_have_count(0)

        analyst.goto(report)
        step(analyst, "Say that the report is ready")
        officer.goto(report)
        step(officer, "Sign the report off")
        expect(officer.get_by_text("The report is signed off.")).to_be_visible()

        analyst.goto(report)
        step(analyst, "Release the report")
        expect(analyst.get_by_role("heading", name=re.compile("release 1"))).to_be_visible()
        release = analyst.url
        with analyst.expect_download() as kept:
            analyst.get_by_role("link", name=re.compile("^PDF")).click()
        assert Path(kept.value.path()).read_bytes().startswith(b"%PDF")
        analyst.get_by_role("link", name="Make them again and compare").click()
        expect(analyst.get_by_text("All 6 files are the same, byte for byte")).to_be_visible()

        pages = {
            "reports": "/reports",
            "report-new": "/reports/new",
            "report": report.removeprefix(office.address),
            "report-headlines": report.removeprefix(office.address) + "/headlines",
            "report-insight": report.removeprefix(office.address) + "/insight/1A.1",
            "report-preview": report.removeprefix(office.address) + "/preview",
            "report-step": report.removeprefix(office.address) + "/step/correct",
            "release": release.removeprefix(office.address) + "?check=1",
        }
        for name, place in pages.items():
            officer.goto(office.address + place)
            look_with_axe(officer, name)


def look_with_axe(page: Page, name: str) -> None:
    page.wait_for_load_state("networkidle")
    look(page, name)
    assert violations(page) == [], name
