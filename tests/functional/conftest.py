"""A desk served as a person would serve it, on a workspace built once, and a browser to look at it."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import docx
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from tests.cli.whole import begin, run
from tests.functional.served import PERSON, Desk, ask_no_code, serving

EXAMPLES = Path(__file__).resolve().parents[2] / "src" / "bluelamp" / "definitions" / "examples"
ROOT = Path(__file__).resolve().parents[2]
SCREENSHOTS = Path(os.environ.get("BLUELAMP_SCREENSHOTS", ROOT / "build" / "screenshots"))
QUIET = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)


def build(workspace: Path) -> None:
    """Two accepted documents of a fictional force, and a report in PDF that waits."""
    bodies = workspace / "definitions" / "bodies"
    bodies.mkdir(parents=True)
    for path in (EXAMPLES / "bodies").glob("*.yaml"):
        shutil.copyfile(path, bodies / path.name)
    begin(workspace)
    ask_no_code(workspace)
    accepted = [EXAMPLES / "calder-vale-hmic-2007.txt", EXAMPLES / "calder-vale-response-2024.docx"]
    assert run(workspace, "ingest", "--accept", *accepted).returncode == 0
    assert run(workspace, "ingest", EXAMPLES / "calder-vale-peel-2024.pdf").returncode == 0
    send_and_return(workspace)
    live(workspace)


LIVE = """
import datetime as dt
from bluelamp.cli.django import open_workspace
open_workspace()
from bluelamp.cli.demo_life import live
live(dt.datetime.now(dt.UTC))
"""


def live(workspace: Path) -> None:
    """Some months of the example force's answering, as `bluelamp demo` shows them."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    environment = {
        **kept,
        "BLUELAMP_WORKSPACE": str(workspace),
        "DJANGO_SETTINGS_MODULE": "bluelamp.config.settings",
    }
    subprocess.run([sys.executable, "-c", LIVE], env=environment, check=True, timeout=60)


def send_and_return(workspace: Path) -> None:
    """A template that went out and came back with an answer, a doubtful one, a conflict and a point added."""
    sent, back = workspace / "template.docx", workspace / "calder-vale-answers.docx"
    assert run(workspace, "template", "out", sent, "--title", "Assurance template: Calder Vale").returncode == 0
    document = docx.Document(str(sent))
    table = max(document.tables, key=lambda each: len(each.rows))
    rows = table.rows[1:]
    rows[0].cells[3].text = "A superintendent reads ten calls each month and tells the board what was missed."
    rows[1].cells[3].text = "As per 1"
    rows[2].cells[3].text, rows[2].cells[2].text = "The plan was agreed in May.", rows[3].cells[2].text
    added = table.add_row().cells
    added[2].text = "Nobody has counted the keys of the property store."
    added[3].text = "They were counted on 3 May."
    document.save(str(back))
    assert run(workspace, "template", "in", back).returncode == 0


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("desk") / "workspace"
    folder.mkdir()
    build(folder)
    return folder


@pytest.fixture(scope="session")
def desk(built: Path) -> Iterator[Desk]:
    """For tests that only look."""
    with serving(built) as running:
        yield running


@pytest.fixture
def own_desk(built: Path, tmp_path: Path) -> Iterator[Desk]:
    """For tests that decide: a copy of the workspace."""
    copy = tmp_path / "workspace"
    shutil.copytree(built, copy)
    with serving(copy) as running:
        yield running


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if path is None:
        pytest.skip("Chromium is missing; install it with: apt-get install -y chromium")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=list(QUIET))
        yield started
        started.close()


@contextlib.contextmanager
def signed_in(
    browser: Browser, desk: Desk, *, failing: bool = False, person: str = PERSON, **options: object
) -> Iterator[Page]:
    """A page of its own, signed in. A fault in a script fails the test; `failing`: requests are meant to fail."""
    context: BrowserContext = browser.new_context(**{"viewport": {"width": 1280, "height": 900}, **options})  # type: ignore[arg-type]
    page = context.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on(
        "console", lambda message: faults.append(message.text) if _is_fault(message.text, message.type) else None
    )
    said_by_htmx = ("Response Status Error Code", "htmx:")
    page.goto(desk.link(person))
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(f"{desk.address}/")
    yield page
    context.close()
    assert [fault for fault in faults if not (failing and fault.startswith(said_by_htmx))] == []


def _is_fault(text: str, kind: str) -> bool:
    """A page that is not found is no fault of a script; what the content security policy refuses is."""
    return kind == "error" and "Failed to load resource" not in text


@pytest.fixture(scope="session")
def shared_page(browser: Browser, desk: Desk) -> Iterator[Page]:
    with signed_in(browser, desk) as page:
        yield page


@pytest.fixture
def looking(shared_page: Page) -> Page:
    """One page for all tests that only look, as wide as each of them expects it."""
    shared_page.set_viewport_size({"width": 1280, "height": 900})
    return shared_page
